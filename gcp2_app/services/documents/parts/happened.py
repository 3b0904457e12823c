"""Turns entries into the lines every document prints, with their marks where the reader is shown any."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.entry_fields import DATA
from gcp2_app.domain.kinds import EntryKind
from gcp2_app.domain.plans.meeting_list import planned_words
from gcp2_app.domain.typed_dates import when_words
from gcp2_app.domain.words import capital
from gcp2_app.reports.entry_lines import EntryLine, entry_lines, in_one_line, source_words
from gcp2_app.reports.pdf.blocks.happened import HappenedLine
from gcp2_app.services.documents.reading import Reading

#: What may stand around the same words.
_AROUND = " .'’‘\"“”"
#: What stands beside the fields of an entry that is about other children as well: whose words they are is not said.
_OF_SEVERAL: Final[Mapping[str, str]] = {
    "child_words": "A child’s own words",
    "impact": "What it means for the children",
}


def happened(
    reading: Reading, entries: Iterable[Entry], *, fields: bool = False, titled: bool = True
) -> tuple[HappenedLine, ...]:
    """Return entries as they are printed.

    Args:
        reading: whose record.
        entries: as the reader may see them, from :meth:`Reading.entries`.
        fields: prints the fields of their kind as well.
        titled: says of each what kind of entry it is.
    """
    found = tuple(entries)
    names = reading.names_in(*found) if found else {}
    return tuple(_line(reading, entry, names, fields=fields, titled=titled) for entry in found)


def _line(reading: Reading, entry: Entry, names: Mapping[str, str], *, fields: bool, titled: bool) -> HappenedLine:
    kind = reading.kinds[entry.kind]
    lines = {line.name: line for line in entry_lines(entry, kind, names)}
    if reading.is_of_several(entry):
        lines |= {name: replace(lines[name], label=label) for name, label in _OF_SEVERAL.items() if name in lines}
    own = [line for name, line in lines.items() if name.startswith(DATA)]
    title = planned_words(entry) or kind.title
    said = entry.what if entry.what and not titled else f"{title}: {entry.what}" if entry.what else title
    more = [*(own if fields or not entry.what else []), *_told(lines, entry.what)]
    return HappenedLine(
        when=when(entry),
        what=said,
        more="\n".join(map(_more, more)),
        who=source_words(entry.source),
        marks="\n".join(_marks(entry)) if reading.reader.sees_marks else "",
    )


def _more(line: EntryLine) -> str:
    """Return a field in words; several that say more than one thing each stand one below the other."""
    label, several = f"{line.label}{'' if line.label.endswith('?') else ':'}", line.text.splitlines()
    if len(several) > 1 and any("; " in each for each in several):
        return "\n".join((label, *several))
    return f"{label} {in_one_line(line.text)}"


def every(_entry: Entry) -> bool:
    """Say yes: whoever recorded it."""
    return True


def when(entry: Entry) -> str:
    """Return when an entry happened, in words."""
    return capital(when_words(entry.when)) if entry.when is not None else "Not known"


def option_words(kind: EntryKind, name: str, code: object, *, within: str = "") -> str:
    """Return what a field's code stands for; a code that the kind does not name stays as it is, nothing is empty.

    Args:
        kind: declares the field.
        name: of the field, or of the group the field is in.
        code: what is kept.
        within: name of the field in that group.
    """
    items = next((each.items for each in kind.items if each.name == name), ()) if within else kind.items
    item = next((each for each in items if each.name == (within or name)), None)
    options = () if item is None else item.options
    return next((option.label for option in options if option.code == code), str(code or ""))


def is_since(reading: Reading, entry: Entry) -> bool:
    """Whether an entry can have happened on or after the first day that was chosen; without one, every entry."""
    last = entry.when.last if entry.when is not None else None
    return reading.since is None or last is None or last >= reading.since


def _told(lines: Mapping[str, EntryLine], said: str) -> Iterator[EntryLine]:
    for name in ("child_words", "impact", "carer_response", "action_taken", "outcome"):
        # A statement may hold the child's words as what happened, with quotation marks around them.
        if name in lines and lines[name].text.strip(_AROUND) not in said:
            yield lines[name]


def _marks(entry: Entry) -> Iterator[str]:
    if entry.third_party:
        yield "From a third party"
    if entry.harm_if_disclosed:
        yield "Could do harm if it were disclosed"
    if entry.withheld_from:
        yield "Withheld from somebody"
