"""The rows of a timeline: a line for each month, the entries below it, and a mark where nothing was recorded.

Pure: made from where the entries stand, before one of them is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gcp2_app.services.stream import Gap, Outline, Place


@dataclass(frozen=True, slots=True)
class MonthRow:
    """The head of a month.

    Attributes:
        month: its first day; None for entries whose date is not known.
        count: how many entries stand below it.
        in_error: they were entered in error, and what is left of them has no date.
    """

    month: date | None
    count: int
    in_error: bool = False


@dataclass(frozen=True, slots=True)
class GapRow:
    """A stretch without an entry."""

    gap: "Gap"


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry.

    Attributes:
        number: its place among the entries, from 0.
    """

    place: "Place"
    number: int


Row = MonthRow | GapRow | EntryRow


def month_of(place: "Place") -> date | None:
    """Return the first day of the month an entry stands in; None where its date is not known."""
    return place.last_day.replace(day=1) if place.last_day is not None else None


def rows_of(outline: "Outline") -> tuple[Row, ...]:
    """Return the rows of a timeline, newest first."""
    return tuple(_rows(outline))


def _rows(outline: "Outline") -> Iterator[Row]:
    counts: dict[tuple[date | None, bool], int] = {}
    for place in outline.places:
        counts[_head_of(place)] = counts.get(_head_of(place), 0) + 1
    waiting = list(outline.gaps)
    before: tuple[date | None, bool] | None = None
    for number, place in enumerate(outline.places):
        # A gap stands above the first entry that is not later than its beginning.
        while waiting and (place.last_day is None or place.last_day <= waiting[0].after):
            yield GapRow(waiting.pop(0))
        head = _head_of(place)
        if head != before:
            yield MonthRow(head[0], counts[head], head[1])
        before = head
        yield EntryRow(place, number)
    yield from (GapRow(gap) for gap in waiting)


def _head_of(place: "Place") -> tuple[date | None, bool]:
    month = month_of(place)
    return month, month is None and place.in_error
