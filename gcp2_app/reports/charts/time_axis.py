"""True time along a line: where a day lies, which dates are written, and columns set apart where days crowd.

Knows dates and points, nothing of what happened on them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gcp2_app.reports.words import short_month

#: Months between written dates, finest first.
_STEPS = (1, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeAxis:
    """Days laid out evenly between two positions.

    Attributes:
        from_, to: first and last day, both inclusive.
        left, right: positions in points of the start of the first day and the end of the last.
    """

    from_: date
    to: date
    left: float
    right: float

    def start_of(self, day: date) -> float:
        """Return the position at which a day begins."""
        days = (self.to - self.from_).days + 1
        return self.left + (self.right - self.left) * (day - self.from_).days / days

    def end_of(self, day: date) -> float:
        """Return the position at which a day ends."""
        return self.start_of(date.fromordinal(day.toordinal() + 1))

    def ticks(self, label_width: float) -> list[tuple[date, str]]:
        """Return the dates to write and their words, as many as keep apart.

        Args:
            label_width: room one label needs, in points.
        """
        per_month = (self.right - self.left) / max((self.to - self.from_).days / 30.44, 1)
        step = next((step for step in _STEPS if step * per_month >= label_width), _STEPS[-1])
        month = self.from_.year * 12 + self.from_.month - 1
        ticks: list[tuple[date, str]] = []
        for number in range(month - month % step, self.to.year * 12 + self.to.month, step):
            day = date(number // 12, number % 12 + 1, 1)
            if self.from_ <= day <= self.to:
                ticks.append((day, str(day.year) if step >= 12 else short_month(day)))
        return ticks


def set_apart(wanted: Sequence[float], gap: float, left: float, right: float) -> list[float]:
    """Return positions in order, at least a gap apart, each as near as can be to where it is wanted.

    Where there is not room for all, the gap shrinks.

    Args:
        wanted: positions in ascending order.
        gap: least distance between neighbours.
        left: no position lies before it.
        right: nor past it.
    """
    if not wanted:
        return []
    gap = min(gap, (right - left) / max(len(wanted) - 1, 1))
    # Positions less their share of gaps must not fall: pool neighbours that would, at their middle.
    pools: list[list[float]] = []
    for place, position in enumerate(wanted):
        pools.append([position - place * gap])
        while len(pools) > 1 and _middle(pools[-2]) > _middle(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    placed: list[float] = []
    for pool in pools:
        placed += [_middle(pool)] * len(pool)
    low, high = left, right - (len(wanted) - 1) * gap
    return [min(max(base, low), high) + place * gap for place, base in enumerate(placed)]


def _middle(pool: Sequence[float]) -> float:
    return sum(pool) / len(pool)
