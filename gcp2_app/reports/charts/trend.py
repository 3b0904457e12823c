"""The trend chart: four small multiples on one true time axis, steps and never curves, a strip of counts under each.

A pure function from a trend to a drawing. The words are in :mod:`gcp2_app.reports.charts.trend_words`.

Source: experience.md, Charts, Trend.
"""

from collections.abc import Sequence
from itertools import groupby, pairwise

from gcp2_app.domain.assessment import Window
from gcp2_app.domain.circumstances import Circumstance, in_rows
from gcp2_app.domain.spans import SpanKind
from gcp2_app.domain.trend import Trend, TrendPoint, TrendSeries
from gcp2_app.domain.words import listed, long_date
from gcp2_app.reports.charts.circumstances import circumstance_signs, extent_of, shade
from gcp2_app.reports.charts.drawing import ChartDrawing, ChartMark, ChartNote, Place
from gcp2_app.reports.charts.lettering import Letters, shortened, width_of
from gcp2_app.reports.charts.palette import LIGHT, Theme, series_ink
from gcp2_app.reports.charts.sheet import (
    CORRECTED_SHAPE,
    ELSEWHERE_SHAPE,
    UNIT_SHAPES,
    Align,
    Look,
    Sheet,
)
from gcp2_app.reports.charts.trend_key import BROKEN_DASH, CHANGED_DASH, TrendKey
from gcp2_app.reports.charts.trend_layout import (
    MARGIN,
    Panel,
    Sizes,
    TrendLayout,
    dates_of,
    lay_out,
    least_width,
    middle,
    next_day,
)
from gcp2_app.reports.charts.trend_names import Rectangle, name_moves
from gcp2_app.reports.charts.trend_strip import draw_counts, draw_dates
from gcp2_app.reports.charts.trend_words import point_words

__all__ = ["TrendPicture", "draw_trend", "trend_least_width"]

#: Half a target of 24 pixels on a screen of 96 dots an inch, in points.
_REACH = 9.0


def trend_least_width(trend: Trend, *, text_scale: float = 1.0) -> float:
    """Return the width in points below which counts would run into one another; a screen scrolls from there."""
    return least_width(trend, text_scale)


def draw_trend(
    trend: Trend,
    *,
    width: float,
    height: float | None = None,
    theme: Theme = LIGHT,
    text_scale: float = 1.0,
    notes: Sequence[str] = (),
) -> ChartDrawing:
    """Draw a child's grades over time.

    Args:
        trend: what to draw.
        width: of the figure, in points.
        height: of the figure, in points; None for what it needs. It becomes higher where it must.
        theme: the colours.
        text_scale: of all words, 1.0 to 2.0.
        notes: said below the chart before its own: which past it shows, what is left out.
    """
    sizes = Sizes(scale=text_scale)
    signs = circumstance_signs(trend.circumstances, sizes, theme)
    key = TrendKey(trend, width=width, sizes=sizes, theme=theme, signs=signs, notes=notes)
    layout = lay_out(
        trend,
        width=width,
        height=height,
        scale=text_scale,
        key_height=key.height,
        notes_height=key.notes_height,
    )
    sheet = Sheet(layout.width, layout.height, theme.paper)
    key.draw(sheet, layout.notes_top)
    picture = TrendPicture(trend, layout, sheet, theme)
    picture.draw()
    return ChartDrawing(
        figure=sheet.figure(),
        width=layout.width,
        height=layout.height,
        marks=tuple(picture.marks),
        notes=tuple(picture.notes),
    )


class TrendPicture:
    """One drawing of a trend: the plan, the sheet, and what has been drawn so far.

    Args:
        trend: what is drawn.
        layout: where everything goes.
        sheet: what it is drawn on.
        theme: the colours.
        shaded: periods shaded behind the grades that something else names; None for the trend's own.
    """

    def __init__(
        self,
        trend: Trend,
        layout: TrendLayout,
        sheet: Sheet,
        theme: Theme,
        *,
        shaded: Sequence[Circumstance] | None = None,
    ) -> None:
        self.marks: list[ChartMark] = []
        self.notes: list[ChartNote] = []
        self._trend = trend
        self._shaded = trend.circumstances if shaded is None else shaded
        self._layout = layout
        self._sheet = sheet
        self._theme = theme
        sizes = layout.sizes
        self._small = Letters(size=sizes.small, ink=theme.text)
        self._quiet = Letters(size=sizes.small, ink=theme.quiet)
        self._rule = Look(edge=theme.line, width=0.6)

    def draw(self) -> None:
        """Draw every area, the dates and what breaks the lines; the key is the caller's."""
        sheet, layout, theme = self._sheet, self._layout, self._theme
        for panel in layout.panels:
            written = self._ground(panel)
            self._labels(panel)
            for series in panel.series:
                self._line(panel, series)
                self._points(panel, series)
            name_moves(sheet, panel, layout, theme, written=written, uprights=self._uprights)
            draw_counts(sheet, self._trend, layout, panel, theme)
        if not layout.panels:
            y = layout.dates_top + layout.sizes.small
            sheet.words(MARGIN, y, f"No assessment is {self._trend.there}.", self._small)
        draw_dates(sheet, layout, theme)
        self._periods()
        self._events()

    @property
    def _uprights(self) -> list[float]:
        """Where lines run through every plot: breaks, changes of pack, the birth."""
        trend = self._trend
        days = {*(one.on for one in trend.breaks), *(one.on for one in trend.pack_changes)}
        days |= {trend.birth} if trend.birth else set()
        return sorted(self._layout.axis.start_of(day) for day in days)

    # What lies under the lines.

    def _ground(self, panel: Panel) -> list[Rectangle]:
        """Paint days of which nothing is known, rules between grades, and the dates; return where words stand."""
        axis, sheet, theme = self._layout.axis, self._sheet, self._theme
        height = panel.scale_bottom - panel.plot_top
        width = axis.right - axis.left
        sheet.box(axis.left, panel.plot_top, width, height, Look(fill=theme.unknown), layer=-1)
        shade(sheet, self._shaded, axis, (panel.plot_top, panel.plot_bottom), theme)
        for series in panel.series:
            for span in series.spans:
                if span.kind is not SpanKind.NOT_KNOWN:
                    left, right = axis.start_of(span.from_), axis.start_of(next_day(span.to))
                    known = Look(fill=theme.known)
                    sheet.box(left, panel.plot_top, right - left, height, known, layer=1)
        for rank in range(len(panel.area.grades) + 1):
            y = panel.plot_top + rank * panel.row
            sheet.line([(axis.left, y), (axis.right, y)], self._rule, layer=2)
        written = self._say_not_known(panel)
        for x, words in dates_of(axis, self._layout.sizes):
            sheet.line([(x, panel.plot_top), (x, panel.plot_bottom)], self._rule, layer=2)
            if x + width_of(words, self._quiet) / 2 < self._layout.width:
                y = panel.plot_top - self._layout.sizes.area * 0.65
                sheet.words(x, y, words, self._quiet, align=Align.CENTRE)
        return written

    def _say_not_known(self, panel: Panel) -> list[Rectangle]:
        """Write "not known" in every stretch of days that no unit's line knows, where there is room for it.

        It stands between upright lines where it can, else on a ground that hides them.
        """
        axis, theme = self._layout.axis, self._theme
        periods = [extent for each in self._shaded if (extent := extent_of(each, axis)) is not None]
        cuts = sorted({*self._uprights, *(edge for extent in periods for edge in extent)})
        wide, tall = width_of("not known", self._quiet), self._quiet.size
        room = wide + 8
        written: list[Rectangle] = []
        for left, right in self._unknown(panel):
            if right - left < room:
                continue
            passing = {
                before.shown_grade
                for series in panel.series
                for (before, window), (_, following) in pairwise(series.standing)
                if axis.end_of(window.to) <= left + 1 and axis.start_of(following.from_) >= right - 1
            }
            ranks = range(len(panel.area.grades))
            centre = (len(panel.area.grades) - 1) / 2
            # The row nearest the middle that no dotted line runs along.
            free = [rank for rank in ranks if panel.area.grades[rank].value not in passing] or list(ranks)
            rank = min(free, key=lambda rank: (abs(rank - centre), rank))
            y = panel.plot_top + (rank + 0.5) * panel.row
            clear = pairwise([left, *(x for x in cuts if left < x < right), right])
            first, last = max(clear, key=lambda stretch: stretch[1] - stretch[0])
            halfway = (first + last) / 2 if last - first >= room else (left + right) / 2
            shaded = any(start <= halfway <= end for start, end in periods)
            ground = Look(fill=theme.shade if shaded else theme.unknown)
            self._sheet.box(halfway - wide / 2 - 2, y - tall / 2, wide + 4, tall, ground, layer=4)
            self._sheet.words(halfway, y, "not known", self._quiet, align=Align.CENTRE)
            written.append((halfway - wide / 2, y - tall / 2, halfway + wide / 2, y + tall / 2))
        return written

    def _unknown(self, panel: Panel) -> list[tuple[float, float]]:
        """Return the stretches, left to right, in which every unit's line is not known."""
        axis = self._layout.axis
        known = sorted(
            (axis.start_of(span.from_), axis.end_of(span.to))
            for series in panel.series
            for span in series.spans
            if span.kind is not SpanKind.NOT_KNOWN
        )
        stretches: list[tuple[float, float]] = []
        left = axis.left
        for start, end in [*known, (axis.right, axis.right)]:
            if start > left:
                stretches.append((left, start))
            left = max(left, end)
        return stretches

    @property
    def _area_letters(self) -> Letters:
        return Letters(size=self._layout.sizes.area, ink=self._theme.text, bold=True)

    def _labels(self, panel: Panel) -> None:
        """Write the area's name and its grades, best at the top."""
        sheet, layout = self._sheet, self._layout
        sheet.words(MARGIN, panel.top + layout.sizes.area * 0.8, panel.area.label, self._area_letters)
        number = Letters(size=layout.sizes.small, ink=self._theme.text, bold=True)
        widest = max(width_of(str(grade.value), number) for grade in panel.area.grades)
        words_left = MARGIN + widest + 4
        for rank, grade in enumerate(panel.area.grades):
            y = panel.plot_top + (rank + 0.5) * panel.row
            sheet.words(MARGIN + widest, y, str(grade.value), number, align=Align.RIGHT)
            label = shortened(grade.label, self._small, layout.gutter - words_left - 4)
            sheet.words(words_left, y, label, self._small)
            if grade.value >= panel.area.thresholds.alert_from:
                alert = Look(fill=self._theme.alert)
                top = panel.plot_top + rank * panel.row
                sheet.box(layout.gutter - 3.5, top, 3.5, panel.row, alert, layer=2)
        if panel.little_top is not None:
            y = panel.little_top + panel.row / 2
            sheet.words(words_left, y, "too little seen", self._quiet)

    # The lines.

    def _line(self, panel: Panel, series: TrendSeries) -> None:
        """Draw a unit's steps: solid in windows, hatched between like ones, dotted where nothing is known."""
        axis, sheet = self._layout.axis, self._sheet
        ink = series_ink(self._theme, series.unit)
        thick = self._layout.sizes.marker * 0.5
        for span in series.spans:
            left, right = axis.start_of(span.from_), axis.start_of(next_day(span.to))
            if span.kind is SpanKind.ASSESSED:
                y = panel.level(series, span.grade)
                wide = max(right - left, 2.0)
                sheet.box(left, y - thick / 2, wide, thick, Look(fill=ink), layer=4)
            elif span.kind is SpanKind.BETWEEN:
                y = panel.level(series, span.grade)
                look = Look(edge=ink, width=0.8, crisp=False)
                sheet.hatch(left, y - thick / 2, right - left, thick, look, gap=3.0, layer=4)
        dots = Look(edge=ink, width=0.9, dash=(1.0, 2.2), crisp=False)
        carried = {span.assessment: axis.end_of(span.to) for span in series.spans if span.kind is SpanKind.BETWEEN}
        for before, after in pairwise(series.standing):
            start = carried.get(before[0].assessment, axis.end_of(before[1].to))
            self._step(panel, series, earlier=before, later=after, start=start, dots=dots)

    def _step(
        self,
        panel: Panel,
        series: TrendSeries,
        *,
        earlier: tuple[TrendPoint, Window],
        later: tuple[TrendPoint, Window],
        start: float,
        dots: Look,
    ) -> None:
        """Lead the eye from one window to the next over days that are not known: along, then up or down."""
        (before, _), (after, window) = earlier, later
        if before.shown_grade is None or after.shown_grade is None:
            return
        end = self._layout.axis.start_of(window.from_)
        from_y = panel.level(series, before.shown_grade)
        to_y = panel.level(series, after.shown_grade)
        if end > start or from_y != to_y:
            self._sheet.line([(min(start, end), from_y), (end, from_y), (end, to_y)], dots, layer=3)

    def _points(self, panel: Panel, series: TrendSeries) -> None:
        ink = series_ink(self._theme, series.unit)
        for point, window in series.dated:
            x, y = middle(self._layout.axis, window), panel.level(series, point.shown_grade)
            size = self._layout.sizes.marker
            if point.corrected_by:
                faded = Look(edge=self._theme.axis, width=1.2, crisp=False)
                self._sheet.mark(x, y, CORRECTED_SHAPE, size * 0.8, faded, layer=5)
            else:
                shape = UNIT_SHAPES[series.unit % len(UNIT_SHAPES)]
                if point.recorded_elsewhere:
                    shape, size = ELSEWHERE_SHAPE, size * 1.15
                hollow = point.provisional or point.thin
                fill = self._theme.known if hollow else ink
                look = Look(fill=fill, edge=ink, width=1.3, crisp=False)
                self._sheet.mark(x, y, shape, size, look, layer=6)
            self.marks.append(self._mark(panel, series, point, window, x=x, y=y))

    def _mark(
        self, panel: Panel, series: TrendSeries, point: TrendPoint, window: Window, *, x: float, y: float
    ) -> ChartMark:
        column = self._layout.columns[point.assessment]
        gap = self._layout.column_gap
        strip = Place(
            x=column.x - gap / 2,
            y=panel.plot_bottom,
            width=gap,
            height=panel.bottom - panel.plot_bottom,
        )
        return ChartMark(
            assessment=point.assessment,
            area=point.area,
            carers=series.carers,
            window=window,
            x=x,
            y=y,
            reach=_REACH,
            places=(strip,),
            text=point_words(series, point),
        )

    def _periods(self) -> None:
        """Name the periods that changed the work above the plots they are shaded in."""
        layout, theme = self._layout, self._theme
        if layout.band_top is None:
            return
        edge = Look(fill=theme.shade, edge=theme.axis, width=0.8)
        for number, row in enumerate(in_rows(self._trend.circumstances)):
            top, tall = layout.band_top + number * layout.band_row, layout.band_row - 2
            extents = [(each, extent) for each in row if (extent := extent_of(each, layout.axis)) is not None]
            following = [*(left for _, (left, _) in extents[1:]), layout.axis.right]
            for (each, (left, right)), free in zip(extents, following, strict=True):
                self._sheet.box(left, top, right - left, tall, edge, layer=2)
                # A name goes on beside a short period, where nothing else stands.
                beside = width_of(each.name, self._small) > right - left - 6 and free - right > right - left
                x, room = (right + 3, free - right - 6) if beside else (left + 3, right - left - 6)
                self._sheet.words(x, top + tall / 2, shortened(each.name, self._small, room), self._small)
                place = Place(x=left, y=top, width=right - left, height=tall)
                text = f"{each.words}: a period that changed the work."
                self.notes.append(ChartNote(place=place, text=text, entry=each.entry))

    def _events(self) -> None:
        """Mark breaks and changes of pack through every plot, named above the first where there is room."""
        layout, trend = self._layout, self._trend
        if layout.lane_top is None or not layout.panels:
            return
        axis, scale = layout.axis, layout.sizes.scale
        broken = Look(edge=self._theme.axis, width=0.8, dash=BROKEN_DASH)
        changed = Look(edge=self._theme.text, width=1.1, dash=CHANGED_DASH)
        events = [
            *((one.on, str(one.kind), broken, one.entry) for one in trend.breaks),
            *((one.on, f"pack, version or policy changed to {one.after}", changed, None) for one in trend.pack_changes),
            *((on, "birth", changed, None) for on in filter(None, [trend.birth])),
        ]
        y = layout.lane_top + 6 * scale
        events.sort(key=lambda event: (event[0], event[1]))
        days = [(on, list(same)) for on, same in groupby(events, key=lambda event: event[0])]
        following = [*(axis.start_of(on) for on, _ in days[1:]), layout.width + 4]
        for (on, same), next_x in zip(days, following, strict=True):
            x = axis.start_of(on)
            for _, words, look, entry in same:
                for panel in layout.panels:
                    self._sheet.line([(x, panel.plot_top), (x, panel.plot_bottom)], look, layer=3)
                self._sheet.mark(x, y + 3 * scale, "v", 4 * scale, Look(fill=look.edge, crisp=False), layer=5)
                place = Place(x=x - _REACH, y=layout.lane_top, width=2 * _REACH, height=12 * scale)
                self.notes.append(ChartNote(place=place, text=f"{long_date(on)}: {words}.", entry=entry))
            short = listed("pack changed" if words.startswith("pack,") else words for _, words, _, _ in same)
            if x + 5 + width_of(short, self._quiet) + 4 <= next_x:
                self._sheet.words(x + 5, y, short, self._quiet)
