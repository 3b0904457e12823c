"""A chart that is one grid: its frame above, the grid, its notes below."""

from gcp2_app.reports.charts.drawing import ChartDrawing, ChartMark
from gcp2_app.reports.charts.frame import Frame
from gcp2_app.reports.charts.grid import Grid, GridPlan
from gcp2_app.reports.charts.lettering import Letters
from gcp2_app.reports.charts.palette import Theme
from gcp2_app.reports.charts.sheet import Sheet
from gcp2_app.reports.charts.trend_layout import MARGIN, Sizes

#: A title and its notes need this much, in points.
_LEAST = 340.0


def grid_least_width(grid: Grid, text_scale: float) -> float:
    """Return the width in points a grid needs."""
    return GridPlan(grid, width=_LEAST * text_scale, sizes=Sizes(scale=text_scale)).width


def draw_grid(
    plan: GridPlan, frame: Frame, *, height: float | None, theme: Theme, sizes: Sizes, nothing: str
) -> ChartDrawing:
    """Draw a grid in its frame.

    Args:
        plan: where everything goes.
        frame: what stands around it, as wide as the plan.
        height: of the figure, in points, at least; None for what it needs.
        theme: the colours.
        sizes: of words.
        nothing: what is said instead, where there is nothing to draw.
    """
    body = sizes.small * 3 if nothing else plan.height
    needed = frame.height + body + frame.notes_height + 3 * MARGIN
    sheet = Sheet(plan.width, max(needed, height or 0), theme.paper)
    marks: list[ChartMark] = []
    if nothing:
        sheet.words(MARGIN, frame.height + sizes.small * 1.5, nothing, Letters(size=sizes.small, ink=theme.text))
    else:
        marks = plan.draw(sheet, frame.height, theme)
    frame.draw(sheet, frame.height + body + MARGIN)
    return ChartDrawing(figure=sheet.figure(), width=sheet.width, height=sheet.height, marks=tuple(marks))
