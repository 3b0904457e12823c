"""The words around the trend: its title and key above, its packs, cautions and notes below.

The key explains only what is on the chart. Knows the trend, nothing of where its points lie.
"""

import math
from collections.abc import Callable, Iterator

from gcp2_app.domain.spans import SpanKind
from gcp2_app.domain.trend import Trend, TrendPoint
from gcp2_app.domain.words import listed, long_date
from gcp2_app.reports.charts.lettering import Letters, width_of, wrapped
from gcp2_app.reports.charts.palette import Theme, series_ink
from gcp2_app.reports.charts.sheet import (
    CORRECTED_SHAPE,
    ELSEWHERE_SHAPE,
    UNIT_SHAPES,
    Align,
    Look,
    Sheet,
)
from gcp2_app.reports.charts.trend_layout import MARGIN, Sizes
from gcp2_app.reports.charts.trend_words import not_drawn

_Sign = Callable[[Sheet, float, float], None]


class TrendKey:
    """Title, key and notes of one trend chart.

    Args:
        trend: what is drawn.
        width: of the sheet, in points.
        sizes: of words.
        theme: the colours.

    Attributes:
        height: of title and key, in points.
        notes_height: of the notes, in points.
    """

    def __init__(self, trend: Trend, *, width: float, sizes: Sizes, theme: Theme) -> None:
        self._trend = trend
        self._width = width
        self._sizes = sizes
        self._theme = theme
        self._small = Letters(size=sizes.small, ink=theme.text)
        self._quiet = Letters(size=sizes.small, ink=theme.quiet)
        self._title = Letters(size=sizes.title, ink=theme.text, bold=True)
        self._practice = Letters(size=sizes.small, ink=theme.practice, bold=True)
        title_room = width - 2 * MARGIN - (self._practice_width + 8 if trend.practice else 0)
        self._title_lines = wrapped(f"Care over time: {trend.child_label}", self._title, title_room)
        self._items = self._placed(list(self._signs()))
        self._notes = [line for note in self._note_texts() for line in wrapped(note, self._quiet, width - 2 * MARGIN)]
        rows = 1 + max((row for row, *_ in self._items), default=-1)
        self._key_top = MARGIN / 2 + len(self._title_lines) * sizes.title * 1.35 + 2 * sizes.scale
        self.height = self._key_top + rows * self._line + 4 * sizes.scale
        self.notes_height = len(self._notes) * self._note_line

    @property
    def _line(self) -> float:
        return self._sizes.small * 1.75

    @property
    def _note_line(self) -> float:
        return self._sizes.small * 1.4

    @property
    def _sign_width(self) -> float:
        return 18 * math.sqrt(self._sizes.scale)

    @property
    def _practice_width(self) -> float:
        return width_of("PRACTICE: no real child", self._practice) + 12

    def draw(self, sheet: Sheet, notes_top: float) -> None:
        """Draw title and key at the top of a sheet, and the notes from a height on."""
        sizes, theme = self._sizes, self._theme
        for place, line in enumerate(self._title_lines):
            y = MARGIN / 2 + (place + 0.6) * sizes.title * 1.35
            sheet.words(MARGIN, y, line, self._title)
        if self._trend.practice:
            width, height = self._practice_width, sizes.small * 1.9
            left, top = self._width - MARGIN - width, MARGIN / 2 + 1
            sheet.box(left, top, width, height, Look(edge=theme.practice, width=1.2))
            words = "PRACTICE: no real child"
            sheet.words(left + width / 2, top + height / 2, words, self._practice, align=Align.CENTRE)
        for row, x, sign, words in self._items:
            y = self._key_top + (row + 0.5) * self._line
            sign(sheet, x + self._sign_width / 2, y)
            sheet.words(x + self._sign_width + 3, y, words, self._small)
        for place, line in enumerate(self._notes):
            sheet.words(MARGIN, notes_top + (place + 0.5) * self._note_line, line, self._quiet)

    def _placed(self, signs: list[tuple[_Sign, str]]) -> list[tuple[int, float, _Sign, str]]:
        """Set the key's items side by side, row by row."""
        placed: list[tuple[int, float, _Sign, str]] = []
        row, x = 0, MARGIN
        for sign, words in signs:
            wide = self._sign_width + 3 + width_of(words, self._small) + 12 * self._sizes.scale
            if x > MARGIN and x + wide > self._width:
                row, x = row + 1, MARGIN
            placed.append((row, x, sign, words))
            x += wide
        return placed

    def _signs(self) -> Iterator[tuple[_Sign, str]]:
        points = [point for series in self._trend.series for point in series.points]
        units = {series.unit: series.carer_label for series in self._trend.series}
        for unit, label in sorted(units.items()):
            ink = series_ink(self._theme, unit)
            yield self._marker(UNIT_SHAPES[unit % len(UNIT_SHAPES)], ink, ink), label
        ink, known = self._theme.text, self._theme.known
        kinds = {span.kind for series in self._trend.series for span in series.spans}
        yield self._bar, "days of an assessment"
        if SpanKind.BETWEEN in kinds:
            yield self._hatched, "between assessments of the same grade"
        if len(points) > len(units) and SpanKind.NOT_KNOWN in kinds:
            yield self._dotted, "not known"
        if any(point.provisional for point in points):
            yield self._marker("o", known, ink), "provisional"
        if any(point.recorded_elsewhere for point in points):
            yield self._marker(ELSEWHERE_SHAPE, ink, ink), "recorded elsewhere; counts sub-areas"
        if any(point.corrected_by for point in points):
            yield self._marker(CORRECTED_SHAPE, None, self._theme.axis), "corrected since"
        if moved := _first_moved(points):
            yield self._name(moved.moved_by[0].code), "the unit that moved the grade"
        if self._trend.breaks:
            kinds_of_break = listed(sorted({str(one.kind) for one in self._trend.breaks}))
            yield self._upright, f"{kinds_of_break}: nothing is carried past it"

    def _note_texts(self) -> Iterator[str]:
        trend = self._trend
        yield from not_drawn(trend)
        if trend.birth is not None:
            yield f"Born on {long_date(trend.birth)}: marked “birth” above the grades."
        for change in trend.pack_changes:
            yield f"From {long_date(change.on)}: {change.after}. Before: {change.before}. Compare with care."
        if trend.packs:
            yield f"Made with {'; '.join(trend.packs)}."
        yield from trend.cautions

    def _marker(self, shape: str, fill: str | None, edge: str) -> _Sign:
        look = Look(fill=fill, edge=edge, width=1.3, crisp=False)

        def sign(sheet: Sheet, x: float, y: float) -> None:
            sheet.mark(x, y, shape, self._sizes.marker, look, layer=6)

        return sign

    def _name(self, code: str) -> _Sign:
        letters = Letters(size=self._sizes.small, ink=self._theme.text, bold=True)

        def sign(sheet: Sheet, x: float, y: float) -> None:
            sheet.words(x, y, code, letters, align=Align.CENTRE)

        return sign

    def _bar(self, sheet: Sheet, x: float, y: float) -> None:
        wide, thick = self._sign_width - 4, self._sizes.marker * 0.5
        sheet.box(x - wide / 2, y - thick / 2, wide, thick, Look(fill=self._theme.text), layer=4)

    def _hatched(self, sheet: Sheet, x: float, y: float) -> None:
        wide, thick = self._sign_width - 4, self._sizes.marker * 0.5
        look = Look(edge=self._theme.text, width=0.8, crisp=False)
        sheet.hatch(x - wide / 2, y - thick / 2, wide, thick, look, gap=3.0, layer=4)

    def _dotted(self, sheet: Sheet, x: float, y: float) -> None:
        wide, tall = self._sign_width - 2, self._line * 0.8
        ground = Look(fill=self._theme.unknown, edge=self._theme.line, width=0.6)
        sheet.box(x - wide / 2, y - tall / 2, wide, tall, ground, layer=3)
        look = Look(edge=self._theme.text, width=0.9, dash=(1.0, 2.2), crisp=False)
        sheet.line([(x - wide / 2, y), (x + wide / 2, y)], look, layer=4)

    def _upright(self, sheet: Sheet, x: float, y: float) -> None:
        tall = self._line * 0.8
        look = Look(edge=self._theme.axis, width=0.8, dash=(3.0, 2.0))
        sheet.line([(x, y - tall / 2), (x, y + tall / 2)], look, layer=3)


def _first_moved(points: list[TrendPoint]) -> TrendPoint | None:
    return next((point for point in points if point.moved_by), None)
