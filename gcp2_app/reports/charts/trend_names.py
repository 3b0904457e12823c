"""Names beside each jump of the trend: the unit that moved the grade, set where nothing else stands.

Knows the plan of the chart and what stands on it.
"""

from collections.abc import Sequence

from gcp2_app.domain.trend import TrendPoint
from gcp2_app.reports.charts.lettering import Letters, width_of
from gcp2_app.reports.charts.palette import Theme, series_ink
from gcp2_app.reports.charts.sheet import Look, Sheet
from gcp2_app.reports.charts.trend_layout import Panel, TrendLayout, middle

#: Left, top, right and bottom, in points.
Rectangle = tuple[float, float, float, float]
#: Names beside each other keep so many points apart.
_BETWEEN = 4.0


def name_moves(
    sheet: Sheet,
    panel: Panel,
    layout: TrendLayout,
    theme: Theme,
    *,
    written: Sequence[Rectangle] = (),
    uprights: Sequence[float] = (),
) -> None:
    """Write which unit caused each jump of an area, clear of markers and other words, and of upright lines if it can.

    A name that fits nowhere is left to the tip and the table.

    Args:
        sheet: what it is drawn on.
        panel: the area.
        layout: where everything goes.
        theme: the colours.
        written: where words stand already: left, top, right, bottom.
        uprights: where lines run from top to bottom.
    """
    size = layout.sizes.marker
    markers: list[Rectangle] = []
    words_there: list[Rectangle] = [*written]
    for series in panel.series:
        for point, window in series.dated:
            x, y = middle(layout.axis, window), panel.level(series, point.shown_grade)
            markers.append((x - size / 2, y - size / 2, x + size / 2, y + size / 2))
    for series in panel.series:
        letters = Letters(size=layout.sizes.small, ink=series_ink(theme, series.unit), bold=True)
        for point, window in series.dated:
            if not point.moved_by:
                continue
            words = _name(point)
            x, y = middle(layout.axis, window), panel.level(series, point.shown_grade)
            width, height = width_of(words, letters), letters.size * 0.95
            free = [
                place
                for left, top in _candidates(x, y, width, height, size)
                if _inside(place := (left - 1, top, left + width + 1, top + height), panel, layout)
                and not any(_meet(place, marker) for marker in markers)
                and not any(_meet(_roomy(place), other) for other in words_there)
            ]
            if free:
                place = next((each for each in free if not _crossed(each, uprights)), free[0])
                words_there.append(place)
                left, top, right, _ = place
                sheet.box(left, top, right - left, height, Look(fill=theme.known), layer=5)
                sheet.words(left + 1, top + height / 2, words, letters)


def _name(point: TrendPoint) -> str:
    more = len(point.moved_by) - 1
    return point.moved_by[0].code + (f" +{more}" if more else "")


def _candidates(x: float, y: float, width: float, height: float, marker: float) -> list[tuple[float, float]]:
    """Return top left corners to try, nearest and plainest first."""
    beside, off = marker / 2 + 2, marker / 2 + 1
    return [
        (x + beside, y - height / 2),
        (x - width / 2, y - off - height),
        (x - width / 2, y + off),
        (x - beside - width, y - height / 2),
        (x + beside - 2, y - off - height + 2),
        (x + beside - 2, y + off - 2),
        (x - beside - width + 2, y - off - height + 2),
        (x - beside - width + 2, y + off - 2),
        (x - width / 2, y - off - 2 * height),
        (x - width / 2, y + off + height),
    ]


def _roomy(place: Rectangle) -> Rectangle:
    """Return a place with what keeps its words from reading on into others beside them."""
    left, top, right, bottom = place
    return left - _BETWEEN, top, right + _BETWEEN, bottom


def _crossed(place: Rectangle, uprights: Sequence[float]) -> bool:
    # A screen rounds letters to its pixels, and they run a little longer.
    return any(place[0] - 1 < x < place[2] + 2 for x in uprights)


def _inside(place: Rectangle, panel: Panel, layout: TrendLayout) -> bool:
    left, top, right, bottom = place
    axis = layout.axis
    return left >= axis.left and right <= axis.right and top >= panel.plot_top and bottom <= panel.plot_bottom


def _meet(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
