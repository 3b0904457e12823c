"""Gathers when and how the child was seen, seen alone, and if not why."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from gcp2_app.domain.assessment import Window
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.openings import is_unborn
from gcp2_app.domain.visits import sighting_of
from gcp2_app.domain.words import capital, counted, long_date
from gcp2_app.reports.entry_lines import source_words
from gcp2_app.reports.pdf.blocks.seen import HEADING, SeenLine, SeenPart
from gcp2_app.reports.words import long_range
from gcp2_app.services.documents.parts.family import called
from gcp2_app.services.documents.parts.happened import every, option_words, when
from gcp2_app.services.documents.reading import Reading

_IN_PERSON = frozenset({"home", "doorstep", "school", "clinic", "office"})
_MOST = 40
#: How far back contacts are printed one by one where no first day was chosen.
_SPAN = timedelta(days=365)


def seen(reading: Reading, *, ours: Callable[[Entry], bool] = every) -> SeenPart:
    """Return contacts with the child, the latest first; those from before the first day are counted.

    Args:
        reading: whose record.
        ours: which contacts count.
    """
    found = [entry for entry in reversed(reading.entries(HEADING, "visit")) if ours(entry)]
    since = reading.since or reading.day - _SPAN
    near = [entry for entry in found if (day := _day(entry)) is None or day >= since][:_MOST]
    earlier = len(found) - len(near)
    born = [entry for entry in near if _is_born(reading, entry)]
    return SeenPart(
        summary=(
            f"{_span(_first(reading, near, since, cut=len(near) == _MOST), reading.day)}: {_contacts(near)}",
            *(["The child is not born yet."] if is_unborn(reading.child) else _summary(born, reading.child.id)),
        )
        if near
        else (),
        lines=tuple(_line(reading, entry) for entry in near),
        earlier=f"{capital(counted(earlier, 'earlier contact'))} in the record, not printed here." if earlier else "",
        others=tuple(_others(reading, since)) if ours is every else (),
    )


def _others(reading: Reading, since: date) -> Iterable[str]:
    """Say how each other child of the family was seen; nothing to the family, to whom each child's record is its own.

    Source: experience.md, Reports ("when and how each child was seen").
    """
    if not reading.reader.reads_analysis:
        return
    for child in reading.around.children:
        if child.id == reading.child.id or is_unborn(child) or not reading.session.may_reach(child):
            continue
        if child.restricted:
            yield f"{called(reading, child)}: not shown here."
            continue
        found = [entry for entry in reading.visits_of(child) if (day := _day(entry)) is None or day >= since]
        saw, alone = _seen_and_alone(found, child.id)
        yield f"{called(reading, child)}: {_at('seen', saw)}; {_at('seen alone', alone)}."


def _at(words: str, entries: list[Entry]) -> str:
    if not entries:
        return f"not {words}"
    days = [day for entry in entries if (day := _day(entry)) is not None]
    last = f", the last time on {long_date(max(days))}" if days else ""
    return f"{words} at {counted(len(entries), 'contact')}{last}"


def _line(reading: Reading, entry: Entry) -> SeenLine:
    data, kind = entry.data, reading.kinds["visit"]
    mine = sighting_of(entry, reading.child.id)
    how = [option_words(kind, "mode", data.get("mode")) or "How: not recorded"]
    if data.get("announced") is not None:
        how.append("announced" if data["announced"] else "unannounced")
    access = data.get("access")
    if access and access != "given":
        how.append({"refused": "access refused", "no_answer": "no answer"}.get(str(access), "child not there"))
    if data.get("cancelled_by"):
        how.append(f"cancelled by the {data['cancelled_by']}")
    child = [
        yes if said else no
        for said, yes, no in (
            (mine.seen, "seen", "not seen"),
            (mine.alone, "alone", "not alone"),
            (mine.awake, "awake", "asleep"),
            (data.get("bedroom_seen"), "bedroom seen", "bedroom not seen"),
        )
        if said is not None
    ]
    why = [
        f"Why not {word}: {entry.not_known[name]}"
        if said is False
        else f"{capital(word)}: not known, {entry.not_known[name]}"
        for name, said, word in (
            ("child_seen", mine.seen, "seen"),
            ("seen_alone", mine.alone, "alone"),
            ("seen_awake", mine.awake, "awake"),
        )
        if entry.not_known.get(name)
    ]
    return SeenLine(
        when=when(entry),
        how=", ".join(filter(None, how)),
        by=source_words(entry.source),
        child="\n".join(filter(None, (capital(", ".join(child)), *why)))
        if _is_born(reading, entry)
        else "Not born yet",
        what=entry.what,
    )


def _is_born(reading: Reading, entry: Entry) -> bool:
    born, day = reading.child.date_of_birth, _day(entry)
    return not is_unborn(reading.child) and (born is None or day is None or day >= born)


def _span(first: date, last: date) -> str:
    return long_range(Window(from_=first, to=last)) if first < last else long_date(last)


def _contacts(found: list[Entry]) -> str:
    """Count contacts in words."""
    took_place, in_person = _kept(found)
    at_home = [entry for entry in in_person if entry.data.get("mode") == "home"]
    unannounced = [entry for entry in at_home if entry.data.get("announced") is False]
    return (
        f"{counted(len(found), 'contact')} planned or made. {capital(str(len(took_place) or 'none'))} took place, "
        f"{len(in_person) or 'none'} in person, {len(at_home) or 'none'} at home, "
        f"{len(unannounced) or 'none'} of those unannounced."
    )


def _kept(found: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Return the contacts that took place, and those of them that were in person."""
    took_place = [entry for entry in found if _took_place(entry)]
    return took_place, [entry for entry in took_place if entry.data.get("mode") in _IN_PERSON]


def _seen_and_alone(found: list[Entry], child: str) -> tuple[list[Entry], list[Entry]]:
    """Return the contacts at which a child was seen in person, and those of them at which alone."""
    saw = [entry for entry in _kept(found)[1] if sighting_of(entry, child).seen is True]
    return saw, [entry for entry in saw if sighting_of(entry, child).alone is True]


def _first(reading: Reading, near: list[Entry], since: date, *, cut: bool) -> date:
    """Return the first day that is counted: of a younger child the day of birth, or of the first contact before it."""
    earliest = min((day for entry in near if (day := _day(entry)) is not None), default=since)
    return earliest if cut else max(since, min(earliest, reading.child.date_of_birth or since))


def _summary(found: list[Entry], child_id: str) -> Iterable[str]:
    """Count how the child was seen; nothing is said of what nobody recorded."""
    saw, alone = _seen_and_alone(found, child_id)
    yield _last("The child was seen", saw)
    yield _last("The child was seen alone", alone)
    not_alone = sum(sighting_of(entry, child_id).alone is False for entry in saw)
    if not_alone:
        # Why is the practitioner's to say; where it is not written the reader should know that it is not.
        with_reason = sum("seen_alone" in entry.not_known for entry in saw)
        yield (
            f"At {counted(not_alone, 'contact')} the child was seen, but not alone"
            + (f"; the reason is recorded for {with_reason}." if with_reason else "; the reason is not recorded.")
        )
    for by, who in (("family", "the family"), ("service", "a service")):
        cancelled = sum(entry.data.get("cancelled_by") == by for entry in found)
        if cancelled:
            yield f"{capital(counted(cancelled, 'contact'))} cancelled by {who}."
    refused = sum(entry.data.get("access") in {"refused", "no_answer"} for entry in found)
    if refused:
        yield f"{capital(counted(refused, 'contact'))} without access: refused, or no answer."


def _last(words: str, entries: list[Entry]) -> str:
    if not entries:
        return f"{words}: not recorded in these contacts."
    return f"{_at(words, entries)}."


def _took_place(entry: Entry) -> bool:
    return not entry.data.get("cancelled_by") and entry.data.get("access") not in {"refused", "no_answer"}


def _day(entry: Entry) -> date | None:
    return entry.when.last if entry.when is not None else None
