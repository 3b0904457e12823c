"""Gathers what was shared with the family and others, and when."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.kinds import EntryKind
from gcp2_app.domain.rules.meetings import MEETINGS
from gcp2_app.domain.rules.record import day_of
from gcp2_app.domain.withheld import Secret, SecretKind, Why
from gcp2_app.domain.words import capital, counted, listed, long_date
from gcp2_app.reports.pdf.blocks.shared import HEADING, SharedLine, SharedPart
from gcp2_app.reports.words import held_from, long_range, shared_with
from gcp2_app.services.documents.reading import Reading

#: The kind of entry that says a report was given to somebody.
KIND: Final = "report_shared"


def shared(reading: Reading) -> SharedPart:
    """Return each time something was shared, the latest first; what is from before the first day is counted.

    Assessments shown on the screen or shared, what the log of shared reports says, and reports of meetings that were
    shared with the family before there was an entry of it.
    """
    found: list[tuple[date, SharedLine]] = []
    for assessment in reading.assessments:
        for sharing in assessment.sharings:
            day = sharing.at.date()
            who = [reading.name(id_) for id_ in sharing.present]
            differs = len(sharing.disagreed)
            if differs and not reading.reader.hears_all(sharing.present):
                # How others see it is theirs to say.
                reading.copying.taken.append((HEADING, Secret(SecretKind.WORDS, "", Why.THIRD_PARTY)))
                differs = 0
            how = ["Shown on the screen", "they have seen the grades" if sharing.seen else ""]
            how.append(f"they see {counted(differs, 'unit')} differently" if differs else "")
            line = SharedLine(
                when=long_date(day),
                what=f"The family’s copy of {_called(reading, assessment)}",
                whom="; ".join(
                    filter(
                        None,
                        (
                            listed([*who, *([sharing.others] if sharing.others else [])]),
                            held_from(assessment, reading.name, day),
                        ),
                    )
                ),
                how=sentences(how),
            )
            found.append((day, line))
        if assessment.shared_on is not None and not assessment.sharings:
            line = SharedLine(
                when=long_date(assessment.shared_on),
                what=capital(_called(reading, assessment)),
                whom=shared_with(assessment, reading.name, assessment.shared_on) or "The family",
            )
            found.append((assessment.shared_on, line))
    given = reading.entries(HEADING, KIND)
    found += [(day, line) for entry in given for day, line in _given(entry, reading.kinds[KIND])]
    logged = {entry.data.get("meeting") for entry in given}
    for entry in reading.entries(HEADING, "meeting"):
        on = day_of(entry.data.get("report_shared_on"))
        if on is not None and entry.id not in logged:
            found.append((on, SharedLine(when=long_date(on), what=_report_to(entry), whom="The family")))
    past = [(day, line) for day, line in found if day <= reading.day]
    near = [(day, line) for day, line in past if reading.since is None or day >= reading.since]
    earlier = len(past) - len(near)
    return SharedPart(
        lines=tuple(line for _, line in sorted(near, key=lambda pair: pair[0], reverse=True)),
        earlier=f"{capital(counted(earlier, 'earlier time'))} in the record, not printed here." if earlier else "",
    )


def _given(entry: Entry, kind: EntryKind) -> Iterator[tuple[date, SharedLine]]:
    """Return what one entry of the log says with its last possible day; nothing where that is not known."""
    day = entry.when.last if entry.when is not None else None
    if day is None:
        return
    how = [chosen_words(kind, entry, "how"), chosen_words(kind, entry, "format").lower()]
    how += [str(entry.data.get("explained") or "").strip(), understood_words(entry, kind)]
    line = SharedLine(
        when=long_date(day),
        what=str(entry.data.get("document") or "A report"),
        whom=str(entry.data.get("to") or ""),
        how=sentences(how),
    )
    yield day, line


def sentences(parts: Iterable[str]) -> str:
    """Return parts one after the other, each ended by one full stop where nothing else ends it."""
    said = (capital(part.strip()) for part in parts if part.strip())
    return " ".join(part if part.rstrip("'’\"”)").endswith((".", "?", "!")) else f"{part}." for part in said)


def _called(reading: Reading, assessment: Assessment) -> str:
    """Return which assessment it is; where another has the same days, of whose care."""
    if assessment.window is None:
        return "the assessment"
    alike = sum(each.window == assessment.window for each in reading.assessments)
    care = listed(reading.people.get(id_) or "a carer not named" for id_ in assessment.carers) if alike > 1 else ""
    return f"the assessment of {long_range(assessment.window)}{f', care given by {care}' if care else ''}"


def _report_to(entry: Entry) -> str:
    title = MEETINGS.get(str(entry.data.get("type")), "a meeting")
    day = day_of(entry.data.get("held")) or day_of(entry.data.get("planned_for"))
    return f"Report to {title}" + (f" on {long_date(day)}" if day is not None else "")


def understood_words(entry: Entry, kind: EntryKind) -> str:
    """Return whether what was shared was understood and how that is known, or an empty text where nobody said."""
    chosen = chosen_words(kind, entry, "understood")
    said = str(entry.data.get("understood_words") or "").strip()
    understood = f"understood: {chosen.lower()}" if chosen else ""
    return " – ".join(filter(None, (understood, said)))


def chosen_words(kind: EntryKind, entry: Entry, name: str) -> str:
    """Return what the option chosen for an item of an entry is called, or an empty text."""
    item = next(each for each in kind.items if each.name == name)
    return next((option.label for option in item.options if option.code == entry.data.get(name)), "")
