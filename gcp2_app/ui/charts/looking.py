"""What somebody looks at in the charts of a view: kept from chart to chart, and where it makes sense between children.

Knows layers and days; no widgets and nothing of what a chart shows.
"""

from collections.abc import Iterable
from datetime import date
from enum import IntEnum

from gcp2_app.domain.selecting.selection import Layer, Period, Selection, last_months


class Reach(IntEnum):
    """Which days are looked at, from the most to the fewest; two dates apart."""

    ALL = 0
    TWO_YEARS = 1
    YEAR = 2
    DATES = 3


_MONTHS = {Reach.TWO_YEARS: 24, Reach.YEAR: 12}


class Looking:
    """The choice of one view.

    Attributes:
        reach: which days.
        dates: the two dates, where they are chosen.
        left_out: codes of the layers that are left out.
    """

    def __init__(self) -> None:
        self.reach = Reach.ALL
        self.dates: Period | None = None
        self.left_out: frozenset[str] = frozenset()
        self._own: set[str] = set()

    def selection(self, last_day: date) -> Selection:
        """Return what is looked at of a chart whose time axis ends with a day."""
        return Selection(left_out=self.left_out, period=self._period(last_day))

    def _period(self, last_day: date) -> Period | None:
        if self.reach in _MONTHS:
            return last_months(_MONTHS[self.reach], last_day)
        return self.dates if self.reach is Reach.DATES else None

    def choose(self, reach: Reach, dates: Period | None = None) -> None:
        """Look at other days."""
        self.reach, self.dates = reach, dates

    def go_nearer(self, by: int) -> None:
        """Look at fewer days (1), or at more (-1); two dates become all days."""
        now = Reach.ALL if self.reach is Reach.DATES else self.reach
        self.choose(Reach(min(Reach.YEAR, max(Reach.ALL, now + by))))

    def learn(self, layers: Iterable[Layer]) -> None:
        """Remember which of a chart's layers are its child's alone."""
        self._own.update(layer.code for layer in layers if layer.own)

    def turn_to_another_child(self) -> None:
        """Keep what makes sense for any child: not two dates, and not which of its carers are left out."""
        self.left_out -= self._own
        self._own.clear()
        if self.reach is Reach.DATES:
            self.choose(Reach.ALL)
