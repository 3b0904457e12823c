"""The words around the trend: its title and key above, its packs, cautions and notes below.

The key explains only what is on the chart. Knows the trend, nothing of where its points lie.
"""

from collections.abc import Iterator, Sequence

from gcp2_app.domain.spans import SpanKind
from gcp2_app.domain.trend import Trend, TrendPoint
from gcp2_app.domain.words import listed, long_date
from gcp2_app.reports.charts.frame import Frame, Sign, key_line, marker_sign, sign_width, upright_sign, words_sign
from gcp2_app.reports.charts.lettering import Letters
from gcp2_app.reports.charts.palette import Theme, series_ink
from gcp2_app.reports.charts.sheet import CORRECTED_SHAPE, ELSEWHERE_SHAPE, UNIT_SHAPES, Look, Sheet
from gcp2_app.reports.charts.trend_layout import Sizes
from gcp2_app.reports.charts.trend_words import not_drawn

#: Lines through every plot: days past which nothing is carried, and days from which grades compare with care.
BROKEN_DASH = (3.0, 2.0)
CHANGED_DASH = (6.0, 2.5)


class TrendKey:
    """Title, key and notes of one trend chart.

    Args:
        trend: what is drawn.
        width: of the sheet, in points.
        sizes: of words.
        theme: the colours.
        title: stands before the child's name.
        signs: further signs of the key.
        notes: further notes, above those of the trend.

    Attributes:
        height: of title and key, in points.
        notes_height: of the notes, in points.
    """

    def __init__(
        self,
        trend: Trend,
        *,
        width: float,
        sizes: Sizes,
        theme: Theme,
        title: str = "Care over time",
        signs: Sequence[tuple[Sign, str]] = (),
        notes: Sequence[str] = (),
    ) -> None:
        self._trend = trend
        self._sizes = sizes
        self._theme = theme
        self._frame = Frame(
            f"{title}: {trend.child_label}",
            signs=[*self._signs(), *signs],
            notes=[*notes, *self._note_texts()],
            practice=trend.practice,
            width=width,
            sizes=sizes,
            theme=theme,
        )
        self.height = self._frame.height
        self.notes_height = self._frame.notes_height

    def draw(self, sheet: Sheet, notes_top: float) -> None:
        """Draw title and key at the top of a sheet, and the notes from a height on."""
        self._frame.draw(sheet, notes_top)

    def _signs(self) -> Iterator[tuple[Sign, str]]:
        points = [point for series in self._trend.series for point in series.points]
        units = {series.unit: series.carer_label for series in self._trend.series}
        for unit, label in sorted(units.items()):
            ink = series_ink(self._theme, unit)
            yield self._marker(UNIT_SHAPES[unit % len(UNIT_SHAPES)], ink, ink), label
        ink, known = self._theme.text, self._theme.known
        kinds = {span.kind for series in self._trend.series for span in series.spans}
        if SpanKind.ASSESSED in kinds:
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
        yield from self._upright_signs()

    def _upright_signs(self) -> Iterator[tuple[Sign, str]]:
        if self._trend.breaks:
            kinds_of_break = listed(sorted({str(one.kind) for one in self._trend.breaks}))
            broken = Look(edge=self._theme.axis, width=0.8, dash=BROKEN_DASH)
            yield upright_sign(self._sizes, broken), f"{kinds_of_break}: nothing is carried past it"
        others = ["another pack, version or policy"] if self._trend.pack_changes else []
        others += ["birth"] if self._trend.birth else []
        if others:
            changed = Look(edge=self._theme.text, width=1.1, dash=CHANGED_DASH)
            yield upright_sign(self._sizes, changed), listed(others)

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

    def _marker(self, shape: str, fill: str | None, edge: str) -> Sign:
        return marker_sign(shape, self._sizes, fill=fill, edge=edge)

    def _name(self, code: str) -> Sign:
        return words_sign(code, Letters(size=self._sizes.small, ink=self._theme.text, bold=True))

    @property
    def _sign_width(self) -> float:
        return sign_width(self._sizes)

    @property
    def _line(self) -> float:
        return key_line(self._sizes)

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


def _first_moved(points: list[TrendPoint]) -> TrendPoint | None:
    return next((point for point in points if point.moved_by), None)
