"""What lies under each plot of the trend: the counts of units, and below all the days of each assessment.

Every grade carries its counts, so that one unit of fifteen never reads as "all needs met".

Source: instrument.md, Roll-up, 6; experience.md, Charts, Trend.
"""

from gcp2_app.domain.trend import Trend, TrendPoint
from gcp2_app.reports.charts.lettering import Letters
from gcp2_app.reports.charts.palette import Theme, series_ink
from gcp2_app.reports.charts.sheet import UNIT_SHAPES, Align, Look, Sheet
from gcp2_app.reports.charts.trend_layout import DATES_HEAD, Column, Panel, TrendLayout


def draw_counts(sheet: Sheet, trend: Trend, layout: TrendLayout, panel: Panel, theme: Theme) -> None:
    """Count an area's units at each watched grade, and without one, assessment by assessment."""
    quiet = Letters(size=layout.sizes.small, ink=theme.quiet)
    heads = [f"units at {value}" for value in panel.watched] + ["units not scored"]
    for place, head in enumerate(heads):
        y = panel.strip_top + (place + 0.5) * panel.strip_row
        sheet.words(layout.gutter - 6, y, head, quiet, align=Align.RIGHT)
    several = len({series.unit for series in trend.series}) > 1
    for series in panel.series:
        for point, _ in series.dated:
            column = layout.columns[point.assessment]
            _draw_thread(sheet, layout, panel, column, theme)
            if several:
                _draw_head(sheet, layout, panel, column, series_ink(theme, series.unit))
            _draw_numbers(sheet, layout, panel, point=point, x=column.x, theme=theme)


def draw_dates(sheet: Sheet, layout: TrendLayout, theme: Theme) -> None:
    """Write each assessment's days under its column, upwards."""
    quiet = Letters(size=layout.sizes.small, ink=theme.quiet)
    line = quiet.size * 1.15
    for column in layout.columns.values():
        for place, words in enumerate(column.dates):
            x = column.x + (place - (len(column.dates) - 1) / 2) * line
            sheet.words(x, layout.dates_top, words, quiet, align=Align.RIGHT, turned=True)
    if layout.columns:
        y = layout.dates_top + quiet.size * 0.6
        sheet.words(layout.gutter - 6, y, DATES_HEAD, quiet, align=Align.RIGHT)


def _draw_thread(sheet: Sheet, layout: TrendLayout, panel: Panel, column: Column, theme: Theme) -> None:
    """Lead from an assessment's place in time to its column, which may have moved to have room."""
    foot = panel.plot_bottom + 6 * layout.sizes.scale
    thread = [(column.wanted, panel.plot_bottom), (column.x, foot)]
    sheet.line(thread, Look(edge=theme.axis, width=0.5, crisp=False), layer=2)


def _draw_head(sheet: Sheet, layout: TrendLayout, panel: Panel, column: Column, ink: str) -> None:
    """Head a column with the marker of its caregiving unit, where there are several."""
    shape = UNIT_SHAPES[column.unit % len(UNIT_SHAPES)]
    look = Look(fill=ink, edge=ink, width=0.8, crisp=False)
    y = panel.strip_top - 4.5 * layout.sizes.scale
    sheet.mark(column.x, y, shape, layout.sizes.marker * 0.65, look, layer=5)


def _draw_numbers(
    sheet: Sheet, layout: TrendLayout, panel: Panel, *, point: TrendPoint, x: float, theme: Theme
) -> None:
    size = layout.sizes.count
    wide = min(layout.column_gap - 1, 2.2 * size)
    alert = panel.area.thresholds.alert_from
    cells = [
        (point.counts.by_grade.get(value, 0), theme.alert if value >= alert else theme.watch) for value in panel.watched
    ]
    for place, (number, fill) in enumerate([*cells, (point.counts.unscored, "")]):
        top = panel.strip_top + place * panel.strip_row
        if number and fill:
            sheet.box(x - wide / 2, top + 0.5, wide, panel.strip_row - 1, Look(fill=fill), layer=3)
        letters = Letters(size=size, ink=theme.text if number else theme.quiet, bold=bool(number))
        sheet.words(x, top + panel.strip_row / 2, str(number), letters, align=Align.CENTRE)
