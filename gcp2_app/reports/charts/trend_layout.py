"""Where everything of a trend chart goes: a plan in points from the top left, made before anything is drawn.

Knows the trend and the sizes of words, nothing of colours.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from gcp2_app.domain.assessment import Window
from gcp2_app.domain.circumstances import in_rows
from gcp2_app.domain.trend import Trend, TrendArea, TrendSeries
from gcp2_app.reports.charts.lettering import Letters, width_of
from gcp2_app.reports.charts.time_axis import TimeAxis, set_apart
from gcp2_app.reports.words import short_date, short_range

MARGIN = 8.0
#: Stands in the gutter beside the days of each assessment.
DATES_HEAD = "days of the assessment"
_INK = "#000000"
#: The gutter of grade labels takes at most this share of the width.
_GUTTER_SHARE = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Sizes in points at one text scale (1.0 to 2.0)."""

    scale: float

    @property
    def title(self) -> float:
        """Of the chart's title."""
        return 12 * self.scale

    @property
    def area(self) -> float:
        """Of an area's name."""
        return 9.5 * self.scale

    @property
    def small(self) -> float:
        """Of everything else."""
        return 7.6 * self.scale

    @property
    def count(self) -> float:
        """Of the numbers of the strip."""
        return 7.4 * self.scale

    @property
    def marker(self) -> float:
        """Width of a marker."""
        return 7.0 * math.sqrt(self.scale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One assessment's column in the strips.

    Attributes:
        x: its middle.
        wanted: where its window's middle lies on the time axis.
        dates: the window, on one line or two.
    """

    assessment: str
    x: float
    wanted: float
    unit: int
    dates: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One area's place.

    Attributes:
        top: of the name line.
        plot_top: of the first grade's row.
        row: height of one grade's row.
        little_top: of the row "too little seen", or None.
        plot_bottom: end of all rows.
        strip_top: of the first row of counts.
        strip_row: height of one row of counts.
        bottom: end of the strip.
    """

    area: TrendArea
    series: tuple[TrendSeries, ...]
    top: float
    plot_top: float
    row: float
    little_top: float | None
    plot_bottom: float
    strip_top: float
    strip_row: float
    bottom: float

    @property
    def scale_bottom(self) -> float:
        """End of the last grade's row."""
        return self.plot_top + self.row * len(self.area.grades)

    def lane(self, series: TrendSeries) -> float:
        """Return how far a caregiving unit's line lies from the middle of a row."""
        units = sorted({one.unit for one in self.series})
        apart = self.row * min(0.42, 0.8 / len(units))
        return (units.index(series.unit) - (len(units) - 1) / 2) * apart

    def level(self, series: TrendSeries, grade: int | None) -> float:
        """Return the height of a unit's line at a grade, or in the row "too little seen" for None."""
        if grade is None:
            top = self.scale_bottom if self.little_top is None else self.little_top
        else:
            top = self.plot_top + self.row * (self.area.rank(grade) - 1)
        return top + self.row / 2 + self.lane(series)

    @property
    def watched(self) -> tuple[int, ...]:
        """The grade values that the strip counts."""
        return tuple(grade.value for grade in self.area.grades if grade.value >= self.area.thresholds.watch_from)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendLayout:
    """The whole plan.

    Attributes:
        gutter: width left of the time axis.
        band_top: of the first row of names of circumstances, or None.
        band_row: height of such a row.
        lane_top: of the line for breaks and pack changes, or None.
        columns: by assessment id, oldest first.
        dates_top: of the window dates below the last strip.
        dates_height: of the window dates.
        below_top: of what another chart draws below, if it does.
        notes_top: of the notes below everything.
    """

    width: float
    height: float
    sizes: Sizes
    gutter: float
    axis: TimeAxis
    band_top: float | None
    band_row: float
    lane_top: float | None
    panels: tuple[Panel, ...]
    columns: dict[str, Column]
    column_gap: float
    dates_top: float
    dates_height: float
    below_top: float
    notes_top: float


def lay_out(
    trend: Trend,
    *,
    width: float,
    height: float | None,
    scale: float,
    key_height: float,
    notes_height: float,
    below: float = 0.0,
) -> TrendLayout:
    """Plan the chart.

    Args:
        trend: what is drawn.
        width: of the sheet, in points.
        height: of the sheet, in points, or None for what it needs; a lower one than it needs is raised.
        scale: of all words, 1.0 to 2.0.
        key_height: of title and key above the first area.
        notes_height: of the notes below.
        below: of what another chart draws between the trend and its notes.
    """
    sizes = Sizes(scale=scale)
    gutter = _gutter(trend, width, sizes)
    axis = TimeAxis(from_=trend.from_, to=trend.to, left=gutter, right=width - MARGIN)
    columns, gap = _columns(trend, axis, sizes)
    # Where nothing is drawn, a line says so.
    dates_height = _dates_height(columns, sizes) if trend.areas else 2 * sizes.small
    band_top = key_height if trend.circumstances else None
    band_row = 13 * scale
    first = key_height + band_row * len(in_rows(trend.circumstances))
    lane_top = first if trend.breaks or trend.pack_changes or trend.birth else None
    first += 12 * scale if lane_top is not None else 0
    with_little = _has_little(trend)
    several = len({one.unit for one in trend.series}) > 1
    head = _head(trend, axis, sizes)
    fixed = first + dates_height + notes_height + below + MARGIN
    rows = 0
    for area in trend.areas:
        counts = sum(1 for grade in area.grades if grade.value >= area.thresholds.watch_from) + 1
        rows += len(area.grades) + with_little
        fixed += head + _around_plot(sizes, several=several) + counts * _strip_row(sizes)
    # Two lines share a row where two units were assessed.
    least = max(13.0, 10.5 * scale) + (3 if several else 0)
    row = least if height is None else max(least, min((height - fixed) / max(rows, 1), 2 * least))
    panels: list[Panel] = []
    top = first
    for area in trend.areas:
        panels.append(_panel(trend, area, top, row, sizes, head=head, with_little=with_little))
        top = panels[-1].bottom + 9 * scale
    bottom = panels[-1].bottom if panels else first
    dates_top = bottom + 3 * scale
    below_top = dates_top + dates_height + 6 * scale
    notes_top = below_top + below + (6 * scale if below else 0)
    needed = notes_top + notes_height + MARGIN
    return TrendLayout(
        width=width,
        height=max(needed, height or 0),
        sizes=sizes,
        gutter=gutter,
        axis=axis,
        band_top=band_top,
        band_row=band_row,
        lane_top=lane_top,
        panels=tuple(panels),
        columns=columns,
        column_gap=gap,
        dates_top=dates_top,
        dates_height=dates_height,
        below_top=below_top,
        notes_top=notes_top,
    )


def least_width(trend: Trend, scale: float) -> float:
    """Return the width in points below which the columns of the strips no longer keep apart."""
    sizes = Sizes(scale=scale)
    plot = max(_column_need(sizes) * len(trend.assessments), 200 * scale)
    return (plot + MARGIN) / (1 - _GUTTER_SHARE)


def middle(axis: TimeAxis, window: Window) -> float:
    """Return the position of an assessment's marker: the middle of its window, as far as the axis shows it."""
    return (axis.start_of(max(window.from_, axis.from_)) + axis.end_of(min(window.to, axis.to))) / 2


def dates_of(axis: TimeAxis, sizes: Sizes) -> list[tuple[float, str]]:
    """Return the dates written above a plot and where, as many as keep apart."""
    room = width_of("Mar 2027", Letters(size=sizes.small, ink=_INK)) + 10
    return [(axis.start_of(day), words) for day, words in axis.ticks(room)]


def next_day(day: date) -> date:
    """Return the day after."""
    return day + timedelta(days=1)


def _around_plot(sizes: Sizes, *, several: bool) -> float:
    scale = sizes.scale
    return (7 + 9 + (8 if several else 0)) * scale


def _head(trend: Trend, axis: TimeAxis, sizes: Sizes) -> float:
    """Return the height of an area's name and the dates: on two lines where a name would run into a date."""
    bold, plain = Letters(size=sizes.area, ink=_INK, bold=True), Letters(size=sizes.small, ink=_INK)
    names_end = MARGIN + max((width_of(area.label, bold) for area in trend.areas), default=0.0) + 6
    meet = any(x - width_of(words, plain) / 2 < names_end for x, words in dates_of(axis, sizes))
    return (14 + (11 if meet else 0)) * sizes.scale


def _panel(
    trend: Trend, area: TrendArea, top: float, row: float, sizes: Sizes, *, head: float, with_little: bool
) -> Panel:
    scale = sizes.scale
    several = len({one.unit for one in trend.series}) > 1
    plot_top = top + head
    scale_bottom = plot_top + row * len(area.grades)
    plot_bottom = scale_bottom + (row if with_little else 0)
    strip_top = plot_bottom + (7 + (8 if several else 0)) * scale
    counts = sum(1 for grade in area.grades if grade.value >= area.thresholds.watch_from) + 1
    return Panel(
        area=area,
        series=tuple(one for one in trend.series if one.area == area),
        top=top,
        plot_top=plot_top,
        row=row,
        little_top=scale_bottom if with_little else None,
        plot_bottom=plot_bottom,
        strip_top=strip_top,
        strip_row=_strip_row(sizes),
        bottom=strip_top + counts * _strip_row(sizes),
    )


def _has_little(trend: Trend) -> bool:
    return any(point.shown_grade is None for series in trend.series for point, _ in series.dated)


def _strip_row(sizes: Sizes) -> float:
    return sizes.count * 1.45


def _column_need(sizes: Sizes) -> float:
    return width_of("20", Letters(size=sizes.count, ink=_INK, bold=True)) + 2.5


def _gutter(trend: Trend, width: float, sizes: Sizes) -> float:
    letters = Letters(size=sizes.small, ink=_INK)
    labels = [f"{grade.value}  {grade.label}" for area in trend.areas for grade in area.grades]
    widest = max(width_of(label, letters) for label in (*labels, DATES_HEAD))
    return min(widest + MARGIN + 6, width * _GUTTER_SHARE)


def _columns(trend: Trend, axis: TimeAxis, sizes: Sizes) -> tuple[dict[str, Column], float]:
    """Return the columns and how far they keep apart: wide enough for two lines of dates where there is room."""
    points: dict[str, tuple[float, Window, int]] = {}
    for series in trend.series:
        for point, window in series.dated:
            points[point.assessment] = middle(axis, window), window, series.unit
    ordered = sorted(points.items(), key=lambda item: (item[1][0], item[1][2], item[0]))
    room = (axis.right - axis.left) / max(len(ordered), 1)
    wide = 2.6 * sizes.small
    # Two lines of dates where every column has the room for them, one where not.
    two_lines = room >= wide
    gap = wide if two_lines else min(_column_need(sizes) + 2, max(room, _column_need(sizes)))
    half = gap / 2
    wanted = [place for _, (place, _, _) in ordered]
    placed = set_apart(wanted, gap, axis.left + half, axis.right - half)
    columns: dict[str, Column] = {}
    for (assessment, (place, window, unit)), x in zip(ordered, placed, strict=True):
        if two_lines and window.from_ != window.to:
            dates: tuple[str, ...] = (short_date(window.from_), f"to {short_date(window.to)}")
        else:
            dates = (short_range(window),)
        columns[assessment] = Column(assessment=assessment, x=x, wanted=place, unit=unit, dates=dates)
    return columns, gap


def _dates_height(columns: dict[str, Column], sizes: Sizes) -> float:
    letters = Letters(size=sizes.small, ink=_INK)
    return max(
        (width_of(line, letters) for column in columns.values() for line in column.dates),
        default=0.0,
    )
