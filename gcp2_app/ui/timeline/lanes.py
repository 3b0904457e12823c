"""How many entries each agency has over time: a lane an agency, a column a month, a quarter or a year. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gcp2_app.services.stream import Gap, Place

#: Months in a column, the finest first.
_WIDTHS: Final = (1, 3, 12, 60)
#: The most lanes; agencies with fewer entries share the last.
MOST_LANES: Final = 6
#: Stands for the agencies that share a lane.
OTHERS: Final = "+"


@dataclass(frozen=True, slots=True)
class Lane:
    """One agency.

    Attributes:
        agency: its code; empty where none is given; :data:`OTHERS` for several.
        counts: entries in each column.
    """

    agency: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """All lanes.

    Attributes:
        first: the month of the first column.
        months: how many months a column holds.
        lanes: those with most entries first.
        newest: for each column the id of its newest entry, or None.
        gaps: columns in which nothing was recorded of a child with a plan.
    """

    first: date
    months: int
    lanes: tuple[Lane, ...]
    newest: tuple[str | None, ...]
    gaps: frozenset[int]

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.newest)

    def month(self, column: int) -> date:
        """Return the first day of a column; of the one after the last too."""
        return _plus(self.first, column * self.months)

    def most(self) -> int:
        """Return the largest count of any lane and column, 1 at least."""
        return max((count for lane in self.lanes for count in lane.counts), default=1) or 1


def lanes_of(places: Sequence["Place"], gaps: Sequence["Gap"], *, today: date, most_columns: int) -> Lanes | None:
    """Return the lanes of a stream, or None where no entry has a date.

    Args:
        places: newest first; those entered in error are left out.
        most_columns: how many columns there is room for.
    """
    dated = [(place, place.last_day) for place in places if place.last_day is not None and not place.in_error]
    if not dated:
        return None
    start = min(day for _, day in dated).replace(day=1)
    end = max(today, *(day for _, day in dated))
    whole = _between(start, end) + 1
    months = next((width for width in _WIDTHS if -(-whole // width) <= most_columns), _WIDTHS[-1])
    first = start if months == 1 else _aligned(start, months)
    columns = _between(first, end) // months + 1
    newest: list[str | None] = [None] * columns
    counts: dict[str, list[int]] = {}
    for place, day in dated:
        column = _between(first, day) // months
        newest[column] = newest[column] or place.id
        counts.setdefault(place.agency or "", [0] * columns)[column] += 1
    empty = frozenset(
        column
        for gap in gaps
        for column in range(_between(first, gap.after) // months, _between(first, gap.before or today) // months + 1)
        if 0 <= column < columns and newest[column] is None
    )
    return Lanes(first, months, _lanes(counts), tuple(newest), empty)


def _lanes(counts: dict[str, list[int]]) -> tuple[Lane, ...]:
    ordered = sorted(counts.items(), key=lambda pair: (-sum(pair[1]), pair[0]))
    if len(ordered) <= MOST_LANES:
        return tuple(Lane(agency, tuple(each)) for agency, each in ordered)
    kept, rest = ordered[: MOST_LANES - 1], ordered[MOST_LANES - 1 :]
    shared = tuple(map(sum, zip(*(each for _, each in rest), strict=True)))
    return (*(Lane(agency, tuple(each)) for agency, each in kept), Lane(OTHERS, shared))


def _between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _plus(month: date, months: int) -> date:
    count = month.year * 12 + month.month - 1 + months
    return date(min(count // 12, date.max.year), count % 12 + 1, 1)


def _aligned(month: date, months: int) -> date:
    """Return the beginning of the quarter, year or five years a month lies in."""
    if months < 12:
        return month.replace(month=(month.month - 1) // months * months + 1)
    years = months // 12
    return date(max(1, month.year // years * years), 1, 1)
