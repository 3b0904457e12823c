"""Days that deadlines are counted in: England's working days, and calendar months.

Day 0 is the day that starts a clock, whatever day it is; day 1 is the next working day. Knows dates alone: which days
are bank holidays comes in.

Source: casework.md, How rules read the record.
"""

import calendar
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache

_DAY = timedelta(days=1)
_SATURDAY = 5
_FIRST, _LAST = date(1990, 1, 1), date(2060, 12, 31)


@dataclass(frozen=True)
class WorkingDays:
    """Monday to Friday less the days that are given.

    Attributes:
        closed: bank holidays, and the days on which the area's services are closed.
    """

    closed: frozenset[date] = field(default_factory=frozenset)

    def is_working(self, day: date) -> bool:
        """Whether people are at work on this day."""
        return day.weekday() < _SATURDAY and day not in self.closed

    def after(self, day: date, count: int) -> date:
        """Return the working day that comes so many working days after a day.

        Args:
            day: day 0, working or not.
            count: working days, 0 or more; 0 is the day itself.
        """
        if count and _FIRST <= day <= _LAST:
            place = bisect_right(self._days, day) + count - 1
            if place < len(self._days):
                return self._days[place]
        return self._walk(day, count, _DAY)

    def before(self, day: date, count: int) -> date:
        """Return the working day that comes so many working days before a day; 0 is the day itself."""
        if count and _FIRST <= day <= _LAST:
            place = bisect_left(self._days, day) - count
            if place >= 0:
                return self._days[place]
        return self._walk(day, count, -_DAY)

    def between(self, day: date, later: date) -> int:
        """Return how many working days have passed: those after ``day`` up to and with ``later``; never negative."""
        if later <= day:
            return 0
        if day >= _FIRST and later <= _LAST:
            return bisect_right(self._days, later) - bisect_right(self._days, day)
        return sum(self.is_working(day + _DAY * step) for step in range(1, (later - day).days + 1))

    def closed_also(self, days: Iterable[date]) -> "WorkingDays":
        """Return the same calendar with more days closed."""
        return WorkingDays(self.closed | frozenset(days))

    @cached_property
    def _days(self) -> tuple[date, ...]:
        """Every working day from :data:`_FIRST` to :data:`_LAST`: deadlines are asked for by the thousand."""
        span = (_LAST - _FIRST).days + 1
        return tuple(day for step in range(span) if self.is_working(day := _FIRST + _DAY * step))

    def _walk(self, day: date, count: int, step: timedelta) -> date:
        while count > 0:
            day += step
            count -= self.is_working(day)
        return day


@lru_cache(maxsize=8192)
def add_months(day: date, months: int) -> date:
    """Return the same day some calendar months later, or the last day of a month that has no such day.

    Args:
        day: where the count starts.
        months: calendar months; negative goes back.
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def quarter(day: date) -> tuple[int, int]:
    """Return the calendar quarter of a day as year and number, 1 to 4."""
    return day.year, (day.month + 2) // 3


def quarter_start(year: int, number: int) -> date:
    """Return the first day of a calendar quarter; numbers beyond 1 to 4 run on into other years."""
    years, index = divmod(number - 1, 4)
    return date(year + years, index * 3 + 1, 1)
