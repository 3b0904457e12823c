"""One picture: the trend, and under it what happened, lane by lane on the same days.

A pure function from data to a drawing, with its words and its table twin. Nothing in it says that one thing caused
another.

Source: experience.md, Charts, One picture.
"""

from collections.abc import Sequence

from gcp2_app.domain.one_picture import OnePicture
from gcp2_app.domain.words import counted, long_date
from gcp2_app.reports.charts.circumstances import circumstance_signs, meeting, shade
from gcp2_app.reports.charts.drawing import ChartDrawing
from gcp2_app.reports.charts.lane_stack import LaneStack
from gcp2_app.reports.charts.lanes import LANE_COLUMNS, lane_notes, lane_rows, lane_signs, lane_words
from gcp2_app.reports.charts.palette import LIGHT, Theme
from gcp2_app.reports.charts.sheet import Sheet
from gcp2_app.reports.charts.trend import TrendPicture, trend_least_width
from gcp2_app.reports.charts.trend_key import TrendKey
from gcp2_app.reports.charts.trend_layout import Sizes, TrendLayout, lay_out
from gcp2_app.reports.charts.trend_words import PRACTICE_SAID, point_words, trend_parts
from gcp2_app.reports.charts.twin import Twin, TwinRow
from gcp2_app.reports.words import long_range

_NO_CAUSE = "What stands above each other happened at the same time; that does not say that one caused the other."


def picture_least_width(data: OnePicture, *, text_scale: float = 1.0) -> float:
    """Return the width in points below which it cannot be read; a screen scrolls from there."""
    return max(trend_least_width(data.trend, text_scale=text_scale), 480 * text_scale)


def draw_picture(
    data: OnePicture,
    *,
    width: float,
    height: float | None = None,
    theme: Theme = LIGHT,
    text_scale: float = 1.0,
    notes: Sequence[str] = (),
) -> ChartDrawing:
    """Draw the trend and everything that happened under it.

    Args:
        data: what to draw.
        width: of the figure, in points.
        height: of the figure, in points, at least; None for what it needs.
        theme: the colours.
        text_scale: of all words, 1.0 to 2.0.
        notes: said below the chart before its own: which past it shows, what is left out.
    """
    sizes = Sizes(scale=text_scale)
    shaded = meeting(data.lanes.about.circumstances, [(data.trend.from_, data.trend.to)])
    signs = [*lane_signs(data.lanes, sizes, theme), *circumstance_signs(shaded, sizes, theme)]
    key = TrendKey(
        data.trend,
        width=width,
        sizes=sizes,
        theme=theme,
        title="One picture",
        signs=signs,
        notes=[*notes, _NO_CAUSE, *lane_notes(data.lanes)],
    )

    def planned(below: float) -> TrendLayout:
        return lay_out(
            data.trend,
            width=width,
            height=height,
            scale=text_scale,
            key_height=key.height,
            notes_height=key.notes_height,
            below=below,
        )

    plan = planned(0)
    stack = LaneStack(data.lanes.lanes, axis=plan.axis, left=plan.gutter, sizes=sizes)
    layout = planned(stack.height)
    sheet = Sheet(layout.width, layout.height, theme.paper)
    bottom = layout.below_top + stack.height
    key.draw(sheet, layout.notes_top)
    picture = TrendPicture(data.trend, layout, sheet, theme, shaded=shaded)
    picture.draw()
    shade(sheet, shaded, layout.axis, (layout.below_top, bottom), theme)
    marks = stack.draw(sheet, layout.below_top, theme)
    return ChartDrawing(
        figure=sheet.figure(),
        width=layout.width,
        height=layout.height,
        marks=(*picture.marks, *marks),
        notes=tuple(picture.notes),
    )


def picture_parts(data: OnePicture) -> tuple[str, ...]:
    """Return the whole as sentences without full stops: the trend first, then lane by lane."""
    first, *rest = trend_parts(data.trend)
    rest = [part for part in rest if part != PRACTICE_SAID]
    things = sum(len(lane.things) for lane in data.lanes.lanes)
    lanes = [f"Under it {counted(things, 'thing')} in {counted(len(data.lanes.lanes), 'lane')}"] if things else []
    lanes += [lane_words(lane) for lane in data.lanes.lanes]
    notes = [note.rstrip(".") for note in (_NO_CAUSE, *lane_notes(data.lanes))]
    return (first.replace("Care over time", "One picture"), *rest, *lanes, *notes)


def picture_table(data: OnePicture) -> Twin:
    """Return every point of the trend, what is marked on its axis and everything in the lanes as a row."""
    points = tuple(
        TwinRow(
            cells=(
                series.area.label,
                "no dates recorded" if point.window is None else long_range(point.window),
                "no grade" if point.shown_grade is None else str(point.shown_grade),
                point_words(series, point),
                "provisional" if point.provisional else "",
            ),
            assessment=point.assessment,
        )
        for series in data.trend.series
        for point in series.points
    )
    marked = tuple(
        TwinRow(
            cells=("Marked on the axis", long_date(one.on), str(one.kind), "Nothing is carried past it.", ""),
            entry=one.entry or "",
        )
        for one in data.trend.breaks
    )
    title = f"One picture, {data.lanes.about.child_label}"
    return Twin(title=title, columns=LANE_COLUMNS, rows=(*points, *marked, *lane_rows(data.lanes)))
