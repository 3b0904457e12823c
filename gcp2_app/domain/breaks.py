"""Days after which an earlier grade no longer speaks for a child's care.

A strategy discussion, an admission to hospital, a change of carer, of home or of who else lives there: from that day
nothing is carried over from the assessment before. Knows entries and households; nothing of grades.

Source: experience.md, Charts, Trend.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Child, Household, Member, StatusKind
from gcp2_app.domain.when import When


class BreakKind(StrEnum):
    """What happened. The values are the words readers see."""

    STRATEGY = "strategy discussion"
    ADMISSION = "admission to hospital"
    CARER = "change of carer"
    HOME = "change of home"
    HOUSEHOLD = "change in the household"


_HOME_EVENTS = {
    "household_change": BreakKind.HOUSEHOLD,
    "new_adult": BreakKind.HOUSEHOLD,
    "homelessness": BreakKind.HOME,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A day on which nothing is carried any further.

    Attributes:
        on: the day.
        entry: id of the entry that says so, or None where the register does.
    """

    on: date
    kind: BreakKind
    entry: str | None = None


def find_breaks(child: Child, entries: Iterable[Entry], households: Iterable[Household]) -> tuple[Break, ...]:
    """Return every break recorded for a child, oldest first, one a day and kind.

    A change in the household on the day of a change of carer or home, or on the day after somebody's last day, is that
    change.

    A date that is only approximate counts on its last possible day; an unknown one cannot be placed. Entries made in
    error do not count.

    Args:
        child: whose care is looked at.
        entries: of any kind; those of other children are passed over.
        households: of any family; those the child never lived in are passed over.
    """
    found = [
        *(
            made
            for entry in entries
            if child.id in entry.children and entry.entered_in_error is None
            for made in _from_entry(entry)
        ),
        *(made for household in households for made in _from_household(child, household)),
        *_from_statuses(child),
    ]
    first: dict[tuple[date, BreakKind], Break] = {}
    for made in sorted(found, key=lambda made: (made.on, made.kind, made.entry or "~")):
        first.setdefault((made.on, made.kind), made)
    changed = {made.on: made.entry for made in first.values() if made.kind is BreakKind.HOUSEHOLD}
    for (on, kind), made in [*first.items()]:
        for day in (on, on + timedelta(days=1)):
            if day in changed and kind in {BreakKind.CARER, BreakKind.HOME}:
                first[on, kind] = replace(first[on, kind], entry=made.entry or changed[day])
                first.pop((day, BreakKind.HOUSEHOLD), None)
    return tuple(first.values())


def _from_entry(entry: Entry) -> Iterator[Break]:
    match entry.kind, entry.data.get("type"):
        case "meeting", "strategy":
            on, kind = _day(entry.data.get("held")), BreakKind.STRATEGY
        case "admission", _:
            on, kind = _day(entry.data.get("admitted")), BreakKind.ADMISSION
        case "event", str(event) if event in _HOME_EVENTS:
            on, kind = None, _HOME_EVENTS[event]
        case _:
            return
    if on is None and entry.when is not None:
        on = entry.when.last
    if on is not None:
        yield Break(on=on, kind=kind, entry=entry.id)


def _from_household(child: Child, household: Household) -> Iterator[Break]:
    stays = [member for member in household.members if member.who == child.id]
    if not stays:
        return
    for stay in stays:
        for day in (stay.from_, stay.to):
            if day is not None:
                yield Break(on=day, kind=BreakKind.HOME)
    for address in household.addresses:
        if address.from_ is not None and any(_covers(stay, address.from_) for stay in stays):
            yield Break(on=address.from_, kind=BreakKind.HOME)
    carers = {carer.person for carer in child.carers}
    for member in household.members:
        for day in (member.from_, member.to) if member.who in carers else ():
            if day is not None and any(_covers(stay, day) for stay in stays):
                yield Break(on=day, kind=BreakKind.CARER)


def _from_statuses(child: Child) -> Iterator[Break]:
    for status in child.statuses:
        if status.status is StatusKind.LOOKED_AFTER:
            for day in (status.from_, status.to):
                if day is not None:
                    yield Break(on=day, kind=BreakKind.CARER)


def _covers(stay: Member, day: date) -> bool:
    return (stay.from_ is None or stay.from_ <= day) and (stay.to is None or day <= stay.to)


def _day(value: Any) -> date | None:
    return When(value).last if isinstance(value, str) and value else None
