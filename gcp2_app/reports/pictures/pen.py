"""The pen all pictures are drawn with: one line, round ends, one tint, on a square of 100 by 100 with its foot at 0."""

from collections.abc import Sequence
from typing import Any, Final

from reportlab.lib.colors import Color, HexColor

#: Width of every line, in hundredths of the square.
_LINE: Final = 4.5
_INK: Final[Color] = HexColor("#0B0C0C")
#: The one tint; it carries no meaning.
_TINT: Final[Color] = HexColor("#CFE3F5")
_PAPER: Final[Color] = HexColor("#FFFFFF")

Point = tuple[float, float]


class Pen:
    """Draws lines and shapes on a canvas.

    Args:
        canvas: what it draws on; the square's lower left corner is its origin.
        size: side of the square in points.
    """

    def __init__(self, canvas: Any, size: float) -> None:
        self._canvas = canvas
        canvas.scale(size / 100, size / 100)
        canvas.setLineWidth(_LINE)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        canvas.setStrokeColor(_INK)

    def line(self, *points: Point) -> None:
        """Draw a line from point to point."""
        self._path(points, closed=False)

    def shape(self, *points: Point, tint: bool = True) -> None:
        """Draw a closed shape, filled with the tint or with white."""
        self._path(points, closed=True, fill=_TINT if tint else _PAPER)

    def solid(self, *points: Point) -> None:
        """Draw a closed shape filled with the colour of the line."""
        self._path(points, closed=True, fill=_INK)

    def circle(self, x: float, y: float, radius: float, *, tint: bool = True) -> None:
        """Draw a circle around a point, filled with the tint or with white."""
        self._canvas.setFillColor(_TINT if tint else _PAPER)
        self._canvas.circle(x, y, radius, stroke=1, fill=1)

    def dot(self, x: float, y: float, radius: float = 3.2) -> None:
        """Draw a solid dot."""
        self._canvas.setFillColor(_INK)
        self._canvas.circle(x, y, radius, stroke=0, fill=1)

    def box(self, x: float, y: float, width: float, height: float, *, round_by: float = 4, tint: bool = True) -> None:
        """Draw a box with rounded corners, its lower left corner at a point."""
        self._canvas.setFillColor(_TINT if tint else _PAPER)
        self._canvas.roundRect(x, y, width, height, round_by, stroke=1, fill=1)

    def arc(self, x: float, y: float, radius: float, *, begin: float, sweep: float) -> None:
        """Draw part of a circle around a point, from an angle on, both in degrees against the clock."""
        path = self._canvas.beginPath()
        path.arc(x - radius, y - radius, x + radius, y + radius, startAng=begin, extent=sweep)
        self._canvas.drawPath(path, stroke=1, fill=0)

    def curve(self, start: Point, *bends: tuple[Point, Point, Point], closed: bool = False, tint: bool = True) -> None:
        """Draw bends one after the other.

        Args:
            start: where it begins.
            bends: two points that pull the line, and the point it reaches.
            closed: fills what it goes around.
            tint: fills it with the tint, else with white.
        """
        path = self._canvas.beginPath()
        path.moveTo(*start)
        for first, second, end in bends:
            path.curveTo(*first, *second, *end)
        if closed:
            path.close()
            self._canvas.setFillColor(_TINT if tint else _PAPER)
        self._canvas.drawPath(path, stroke=1, fill=int(closed))

    def _path(self, points: Sequence[Point], *, closed: bool, fill: Color | None = None) -> None:
        path = self._canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        if closed:
            path.close()
        if fill is not None:
            self._canvas.setFillColor(fill)
        self._canvas.drawPath(path, stroke=1, fill=int(fill is not None))
