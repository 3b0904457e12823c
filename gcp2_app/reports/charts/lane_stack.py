"""Lanes drawn under one another on a time axis: moments as marks, stretches as bars, words where there is room.

Things that would lie on each other stand in rows of their own within their lane. Knows drawing and lanes.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from gcp2_app.domain.lanes import Lane, Thing
from gcp2_app.domain.lanes import Look as ThingLook
from gcp2_app.reports.charts.drawing import ChartMark, Place
from gcp2_app.reports.charts.grid import REACH
from gcp2_app.reports.charts.lettering import Letters, shortened, width_of, wrapped
from gcp2_app.reports.charts.palette import Theme, series_ink
from gcp2_app.reports.charts.sheet import Look, Sheet
from gcp2_app.reports.charts.time_axis import TimeAxis
from gcp2_app.reports.charts.trend_layout import MARGIN, Sizes

#: Shapes of moments, by how they look.
MOMENT_SHAPES = {ThingLook.PLAIN: "o", ThingLook.OPEN: "o", ThingLook.HIGH: "^"}
#: A label takes at most this share of the axis.
_LABEL_SHARE = 0.4
_DAY = timedelta(days=1)


class LaneStack:
    """Where everything of some lanes goes.

    Args:
        lanes: from the top; a shaded one has its names here and its shade wherever the caller paints it.
        axis: the days.
        left: room for names, from the margin to here.
        sizes: of words.

    Attributes:
        height: that the lanes need.
    """

    def __init__(self, lanes: Sequence[Lane], *, axis: TimeAxis, left: float, sizes: Sizes) -> None:
        self._lanes = lanes
        self._axis = axis
        self._left = left
        self._sizes = sizes
        self._small = Letters(size=sizes.small, ink="#000000")
        self.row = max(sizes.small * 1.7, sizes.marker + 3)
        self._names = [wrapped(lane.label, self._small, (left - MARGIN - 6) * 0.96) for lane in lanes]
        self._rows = [self._placed(lane) for lane in lanes]
        self._heights = [
            max(1 + max((row for row, *_ in placed), default=0), len(names) * 0.8) * self.row + 6
            for placed, names in zip(self._rows, self._names, strict=True)
        ]
        self.height = sum(self._heights)

    def _placed(self, lane: Lane) -> list[tuple[int, Thing, float, float, str]]:
        """Set things in rows so that none covers another; a label is cut, and left out where others crowd."""
        ends: list[float] = []
        placed: list[tuple[int, Thing, float, float, str]] = []
        most = (self._axis.right - self._axis.left) * _LABEL_SHARE
        on_axis = [thing for thing in lane.things if self.is_drawn(thing)]
        crowded = len(on_axis) > 60
        for thing in on_axis:
            left, right = self._extent(thing)
            first, past = self._covered(thing, left, right)
            label = "" if crowded else shortened(thing.label, self._small, most)
            beside = not thing.lasted or right - left < width_of(label, self._small) + 6
            reach = past + (width_of(label, self._small) + 8 if beside and label else 3)
            if beside and reach > self._axis.right:
                # A label past the edge is written before its mark.
                left_edge = first - width_of(label, self._small) - 6
                row = next((place for place, end in enumerate(ends) if end <= left_edge), len(ends))
                reach = past + 3
            else:
                row = next((place for place, end in enumerate(ends) if end <= first), len(ends))
            if row == len(ends):
                ends.append(reach)
            ends[row] = reach
            placed.append((row, thing, left, right, label))
        return placed

    def is_drawn(self, thing: Thing) -> bool:
        """Whether a thing has a place on the axis."""
        return thing.from_ is not None and thing.from_ <= self._axis.to and self._last(thing) >= self._axis.from_

    def _last(self, thing: Thing) -> date:
        if thing.lasted:
            return date.max if thing.to is None else thing.to
        return thing.to or thing.from_ or date.max

    def _extent(self, thing: Thing) -> tuple[float, float]:
        axis = self._axis
        first = max(thing.from_ or axis.from_, axis.from_)
        last = min(self._last(thing), axis.to)
        left, right = axis.start_of(first), axis.end_of(max(first, last))
        if thing.lasted:
            return left, max(right, left + 3)
        middle, half = (left + right) / 2, self._sizes.marker / 2
        return middle - half, middle + half

    def _covered(self, thing: Thing, left: float, right: float) -> tuple[float, float]:
        """Return where a thing begins and ends with the dots over the days on which it may have happened."""
        if thing.lasted or thing.certain or thing.from_ is None:
            return left, right
        axis = self._axis
        last = min(thing.to or axis.to, axis.to)
        return min(left, axis.start_of(max(thing.from_, axis.from_))), max(right, axis.end_of(last))

    def draw(self, sheet: Sheet, top: float, theme: Theme) -> list[ChartMark]:
        """Draw the lanes from a height on, and return what can be reached, lane by lane, oldest first."""
        marks: list[ChartMark] = []
        axis = self._axis
        rule = Look(edge=theme.line, width=0.6)
        name = Letters(size=self._sizes.small, ink=theme.text)
        y = top
        for lane, names, placed, height in zip(self._lanes, self._names, self._rows, self._heights, strict=True):
            sheet.line([(MARGIN, y), (axis.right, y)], rule, layer=1)
            for number, words in enumerate(names):
                sheet.words(MARGIN, y + 3 + (number * 0.8 + 0.5) * self.row, words, name)
            for row, thing, left, right, label in placed:
                middle = y + 3 + (row + 0.5) * self.row
                self._thing(sheet, thing, (left, right), middle, label=label, theme=theme)
                marks.append(
                    ChartMark(
                        area=lane.code,
                        x=(left + right) / 2,
                        y=middle,
                        reach=min(REACH, self.row / 2 + 1),
                        places=(Place(x=left, y=middle - self.row / 2, width=right - left, height=self.row),),
                        text=f"{lane.label}. {thing.text}",
                        entry=thing.entry,
                    )
                )
            y += height
        sheet.line([(MARGIN, y), (axis.right, y)], rule, layer=1)
        return marks

    def _thing(
        self, sheet: Sheet, thing: Thing, extent: tuple[float, float], y: float, *, label: str, theme: Theme
    ) -> None:
        left, right = extent
        words = Letters(size=self._sizes.small, ink=theme.text)
        ink = series_ink(theme, 1 if thing.look is ThingLook.HIGH else 0)
        wide = width_of(label, words)
        if thing.lasted:
            tall = self.row * 0.8
            fill = theme.alert if thing.look is ThingLook.HIGH else theme.known
            dash = () if thing.certain else (2.0, 2.0)
            sheet.box(left, y - tall / 2, right - left, tall, Look(fill=fill, edge=ink, width=1.0, dash=dash), layer=4)
            if thing.ongoing:
                look = Look(fill=ink, crisp=False)
                sheet.mark(right - 3, y, ">", self._sizes.marker * 0.6, look, layer=5)
            if wide + 6 <= right - left:
                sheet.words(left + 3, y, label, words)
                return
        else:
            hollow = thing.look is ThingLook.OPEN or not thing.certain
            look = Look(fill=theme.paper if hollow else ink, edge=ink, width=1.3, crisp=False)
            if not thing.certain and thing.from_ is not None:
                self._span(sheet, thing, y, ink)
            middle = (left + right) / 2
            sheet.mark(middle, y, MOMENT_SHAPES[thing.look], self._sizes.marker * 0.9, look, layer=6)
            left, right = self._covered(thing, left, right)
        if right + 3 + wide <= self._axis.right:
            sheet.words(right + 3, y, label, words)
        elif label:
            sheet.words(left - 3 - wide, y, label, words)

    def _span(self, sheet: Sheet, thing: Thing, y: float, ink: str) -> None:
        """Dot over the days on one of which it happened."""
        axis = self._axis
        first, last = max(thing.from_ or axis.from_, axis.from_), min(thing.to or axis.to, axis.to)
        dots = Look(edge=ink, width=0.9, dash=(1.0, 2.2), crisp=False)
        sheet.line([(axis.start_of(first), y), (axis.end_of(last), y)], dots, layer=5)
