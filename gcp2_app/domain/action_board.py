"""What was agreed, what was said about it, what a check found, and whether that was seen to last; as data.

Knows entries; nothing of drawing. It never says why something was not done.

Source: casework.md, row LP11: "*Agreed · Said · Checked · Seen to last* board: how each action was checked (seen,
document, child, third party), what was found".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gcp2_app.domain.charting import About, ChartRecord
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.rules.record import day_of


class Found(StrEnum):
    """What a check found; the stored codes. Empty while no check is recorded."""

    NOTHING_YET = ""
    DONE = "done"
    PART = "part"
    NOT_DONE = "not_done"
    COULD_NOT_CHECK = "could_not_check"


#: What a check found, as readers see it.
FOUND_WORDS = {
    Found.NOTHING_YET: "not checked",
    Found.DONE: "found done",
    Found.PART: "found done in part",
    Found.NOT_DONE: "found not done",
    Found.COULD_NOT_CHECK: "could not be checked",
}


class Lasting(StrEnum):
    """Whether what was found done was seen to last.

    Attributes:
        NONE: nothing was found done yet.
        NOT_LOOKED: found done, and not looked at again.
        LASTED: found done again at a later check of the same action.
        AGREED_AGAIN: the same action was agreed again after it was found done.
    """

    NONE = "none"
    NOT_LOOKED = "not_looked"
    LASTED = "lasted"
    AGREED_AGAIN = "agreed_again"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """One agreed action.

    Attributes:
        again: how many times the same action had been agreed before.
        overdue: due by a day that has passed, and not said to be done.
        by: how it was checked, as stored, or empty.
        lasting_on: the day of the later check or agreement, where there is one.
    """

    entry: str
    what: str
    who: str
    agreed_on: date | None
    due: date | None
    said_done_on: date | None
    checked_on: date | None
    found: Found
    by: str
    again: int
    overdue: bool
    lasting: Lasting
    lasting_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionBoard:
    """Every agreed action.

    Attributes:
        lines: by the day first agreed; the same action agreed again stands below its first.
        today: the last day looked at.
    """

    about: About
    lines: tuple[ActionLine, ...]
    today: date

    def count(self, *found: Found) -> int:
        """Return how many actions a check found so."""
        return sum(1 for line in self.lines if line.found in found)


def make_action_board(record: ChartRecord) -> ActionBoard:
    """Lay out the agreed actions of a record, those that follow from each other together.

    A day past the one looked at has not come: what was said or found then is left out.
    """
    actions = sorted(record.of_kind("action"), key=_agreed)
    chains: list[list[Entry]] = []
    chain_of: dict[str, list[Entry]] = {}
    for entry in actions:
        chain = chain_of.get(str(entry.data.get("same_as") or ""))
        if chain is None:
            chain = []
            chains.append(chain)
        chain.append(entry)
        chain_of[entry.id] = chain
    lines = [
        _line(entry, chain[place + 1 :], place, record.today) for chain in chains for place, entry in enumerate(chain)
    ]
    return ActionBoard(about=record.about, lines=tuple(lines), today=record.today)


def _agreed(entry: Entry) -> tuple[date, str]:
    return day_of(entry.data.get("agreed_on")) or (entry.when.last if entry.when else None) or date.min, entry.id


def _come(entry: Entry, name: str, today: date) -> date | None:
    day = day_of(entry.data.get(name))
    return day if day is not None and day <= today else None


def _found(entry: Entry, today: date) -> Found:
    """Return what a check found; one whose day was not kept counts with the entry."""
    checked = day_of(entry.data.get("checked_on"))
    if checked is not None and checked > today:
        return Found.NOTHING_YET
    result = str(entry.data.get("checked_result") or "")
    return Found(result) if result in frozenset(Found) else Found.NOTHING_YET


def _line(entry: Entry, later: Iterable[Entry], again: int, today: date) -> ActionLine:
    found = _found(entry, today)
    said, due = _come(entry, "said_done_on", today), day_of(entry.data.get("due"))
    lasting, on = _lasting(later, found, today)
    return ActionLine(
        entry=entry.id,
        what=str(entry.data.get("what") or entry.what),
        who=str(entry.data.get("who") or ""),
        agreed_on=day_of(entry.data.get("agreed_on")),
        due=due,
        said_done_on=said,
        checked_on=_come(entry, "checked_on", today),
        found=found,
        by=str(entry.data.get("checked_by") or "") if found is not Found.NOTHING_YET else "",
        again=again,
        overdue=due is not None and due < today and said is None and found is not Found.DONE,
        lasting=lasting,
        lasting_on=on,
    )


def _lasting(later: Iterable[Entry], found: Found, today: date) -> tuple[Lasting, date | None]:
    if found is not Found.DONE:
        return Lasting.NONE, None
    following = list(later)
    for entry in following:
        if _found(entry, today) is Found.DONE:
            return Lasting.LASTED, _come(entry, "checked_on", today)
    if following:
        return Lasting.AGREED_AGAIN, day_of(following[0].data.get("agreed_on"))
    return Lasting.NOT_LOOKED, None
