"""What each row of another agency's chronology becomes: an entry, or the reason why it stays out. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.kinds import EntryKind
from gcp2_app.domain.register import Agency
from gcp2_app.domain.words import AGENCIES
from gcp2_app.exchange.chronology_columns import Holds
from gcp2_app.exchange.chronology_dates import repair
from gcp2_app.exchange.chronology_import import Cell, Sheet, SheetRow, cell_text

#: Stands where a kind asks for something that chronologies do not say.
NOT_SAID: Final = "not said in the chronology"
#: What a row without a kind of its own is.
PLAIN_KIND: Final = "note"
_EVENT: Final = "event"
#: Kinds that are made here and nowhere else, or whose fields decide who may do what.
_NEVER: Final = frozenset({"chronology_frozen", "training", "medicine", "teach_back"})

#: How agencies are called besides their own names.
_ALSO_CALLED: Final[Mapping[str, Agency]] = {
    "csc": Agency.CHILDRENS_SOCIAL_CARE,
    "childrens services": Agency.CHILDRENS_SOCIAL_CARE,
    "social care": Agency.CHILDRENS_SOCIAL_CARE,
    "social services": Agency.CHILDRENS_SOCIAL_CARE,
    "social worker": Agency.CHILDRENS_SOCIAL_CARE,
    "sw": Agency.CHILDRENS_SOCIAL_CARE,
    "mash": Agency.MASH,
    "gp": Agency.GP,
    "surgery": Agency.GP,
    "doctor": Agency.GP,
    "health visitor": Agency.HEALTH_VISITING,
    "hv": Agency.HEALTH_VISITING,
    "school nurse": Agency.SCHOOL_NURSING,
    "sn": Agency.SCHOOL_NURSING,
    "a and e": Agency.HOSPITAL,
    "a&e": Agency.HOSPITAL,
    "ed": Agency.HOSPITAL,
    "midwife": Agency.HOSPITAL,
    "maternity": Agency.HOSPITAL,
    "education": Agency.SCHOOL,
    "primary school": Agency.SCHOOL,
    "nursery": Agency.EARLY_YEARS,
    "preschool": Agency.EARLY_YEARS,
    "police": Agency.POLICE,
    "council housing": Agency.HOUSING,
    "adult social care": Agency.ADULT_SERVICES,
    "camhs": Agency.MENTAL_HEALTH,
    "mental health": Agency.MENTAL_HEALTH,
    "charity": Agency.VOLUNTARY,
    "grandmother": Agency.RELATIVE,
    "grandparent": Agency.RELATIVE,
    "family member": Agency.RELATIVE,
    "neighbour": Agency.NEIGHBOUR,
    "anonymous": Agency.ANONYMOUS,
}
#: Short ones that are nobody's name, so that they are known among other words too.
_SURE: Final = frozenset({"gp", "hv", "sw"})
_SIGNIFICANCE: Final[Mapping[str, str]] = {
    **dict.fromkeys(("low", "l", "green", "minor", "1"), "low"),
    **dict.fromkeys(("medium", "m", "moderate", "amber", "2"), "medium"),
    **dict.fromkeys(("high", "h", "red", "major", "critical", "very high", "3"), "high"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose chronology it is.

    Attributes:
        agency: it counts as the source wherever a row names none.
        owner: who there made it, or empty.
    """

    agency: Agency
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A row that can go in.

    Attributes:
        number: of the row in the file.
        entry: what it becomes, without an id.
        written: the words its date was read from.
        said: what the person should look at.
    """

    number: int
    entry: Entry
    written: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that stays out: its number in the file, and a plain sentence why."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Every row below the headings."""

    good: tuple[Proposed, ...]
    bad: tuple[BadRow, ...]


def read_rows(
    sheet: Sheet,
    heading: int,
    columns: Mapping[int, Holds],
    whose: Whose,
    *,
    child: str,
    kinds: Mapping[str, EntryKind],
    today: date,
) -> Read:
    """Return what every row below the headings becomes. One bad row never stops the rest.

    Args:
        sheet: the table.
        heading: number of the row with the headings; 0 where there is none.
        columns: what a column holds, by its place from 0; the others are left out.
        whose: the agency it comes from.
        child: id of the child it is about.
        kinds: every kind of entry.
        today: the day in Europe/London.
    """
    good: list[Proposed] = []
    bad: list[BadRow] = []
    before: date | None = None
    at = {holds: place for place, holds in columns.items()}
    for row in sheet.rows:
        if row.number <= heading:
            continue
        if row.problem:
            bad.append(BadRow(row.number, f"Left out: {row.problem}"))
            continue
        cells = {holds: _cell(row, place) for holds, place in at.items()}
        made = _proposed(row.number, cells, whose, kinds, child=child, today=today, before=before)
        if made is None:
            bad.append(BadRow(row.number, "Left out: it does not say what happened."))
            continue
        before = made.entry.when.last if made.entry.when and made.entry.when.last else before
        good.append(made)
    return Read(good=tuple(good), bad=tuple(bad))


def _cell(row: SheetRow, place: int) -> Cell:
    return row.cells[place] if place < len(row.cells) else ""


def _proposed(
    number: int,
    cells: Mapping[Holds, Cell],
    whose: Whose,
    kinds: Mapping[str, EntryKind],
    *,
    child: str,
    today: date,
    before: date | None,
) -> Proposed | None:
    text = {holds: cell_text(cell).strip() for holds, cell in cells.items()}
    if not any(text.get(holds) for holds in (Holds.WHAT, Holds.ACTION, Holds.OUTCOME, Holds.CHILD_WORDS)):
        return None
    found = repair(cells.get(Holds.DATE, ""), cells.get(Holds.TIME, ""), today=today, before=before)
    said = [found.said] if found.said else []
    kind, data, unread = _kind(text.get(Holds.KIND, ""), kinds)
    what = text.get(Holds.WHAT, "")
    if unread:
        what = ": ".join(filter(None, (unread, what)))
    source, note = _source(text.get(Holds.AGENCY, ""), text.get(Holds.AUTHOR, ""), whose)
    said += [note] if note else []
    level = text.get(Holds.SIGNIFICANCE, "")
    significance = _SIGNIFICANCE.get(level.casefold(), "")
    entry = Entry(
        id="",
        kind=kind.code,
        children=(child,),
        when=found.when,
        source=source,
        what=what,
        impact=text.get(Holds.IMPACT, ""),
        carer_response=text.get(Holds.CARER_RESPONSE, ""),
        action_taken=text.get(Holds.ACTION, ""),
        outcome=text.get(Holds.OUTCOME, ""),
        significance=significance,
        significance_why="" if significance else level,
        child_words=text.get(Holds.CHILD_WORDS, ""),
        data=data,
        not_known=_not_known(kind, data, what),
    )
    return Proposed(number=number, entry=entry, written=found.written, said=tuple(said))


def _not_known(kind: EntryKind, data: Mapping[str, str], what: str) -> dict[str, str]:
    missing = [
        item.name for item in kind.items if item.required and not item.or_source_agency and item.name not in data
    ]
    if not what and (kind.what_required or not data):
        missing.append("what")
    return dict.fromkeys(missing, NOT_SAID)


def _kind(said: str, kinds: Mapping[str, EntryKind]) -> tuple[EntryKind, dict[str, str], str]:
    """Return the kind a row is, the type of event where that was said, and the words that named neither."""
    wanted = _plain(said)
    if not wanted:
        return kinds[PLAIN_KIND], {}, ""
    for kind in kinds.values():
        if kind.code not in _NEVER and wanted in {_plain(kind.code), _plain(kind.title), _plain(kind.plural)}:
            return kind, {}, ""
    event = kinds[_EVENT]
    for option in event.items[0].options:
        if wanted in {_plain(option.code), _plain(option.label)}:
            return event, {event.items[0].name: option.code}, ""
    return kinds[PLAIN_KIND], {}, " ".join(said.split())


def _source(agency: str, author: str, whose: Whose) -> tuple[Source, str]:
    """Return who a row comes from, and what the person should look at."""
    if not agency:
        return Source(name=author or whose.owner, agency=whose.agency), ""
    known = agency_of(agency)
    if known is not None:
        # What it is called there says more than our word for it, such as which school.
        role = "" if _plain(agency) in _names() else agency
        return Source(name=author, role=role, agency=known), ""
    note = f"“{agency[:60]}” is no agency known here: kept as words, from {AGENCIES[whose.agency]}."
    return Source(name=author, role=agency, agency=whose.agency), note


def agency_of(said: str) -> Agency | None:
    """Return the agency that words name, or None where they name none, or more than one."""
    text = _plain(said)
    if text in _names():
        return _names()[text]
    found = {
        agency
        for name, agency in _names().items()
        if (len(name) > 2 or name in _SURE) and re.search(rf"\b{re.escape(name)}s?\b", text)
    }
    # "School nurse" is no school.
    if Agency.SCHOOL_NURSING in found:
        found.discard(Agency.SCHOOL)
    if Agency.ADULT_SERVICES in found:
        found.discard(Agency.CHILDRENS_SOCIAL_CARE)
    return found.pop() if len(found) == 1 else None


@cache
def _names() -> Mapping[str, Agency]:
    names = dict(_ALSO_CALLED)
    for agency, words in AGENCIES.items():
        if agency is not Agency.OTHER:
            names |= {_plain(words): agency, _plain(agency.value): agency}
    return names


def _plain(text: str) -> str:
    """Return words in small letters without marks between them."""
    return " ".join(re.sub(r"[’']", "", text.casefold()).replace("_", " ").replace("-", " ").split())


def alike(first: str, second: str) -> float:
    """Return how near two texts are, from 0 to 1: 1 for the same words in the same order."""
    import difflib

    one, other = re.findall(r"\w+", first.casefold()), re.findall(r"\w+", second.casefold())
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    # Words, not letters: a chronology may have thousands of rows.
    return difflib.SequenceMatcher(None, one[:400], other[:400], autojunk=False).ratio()
