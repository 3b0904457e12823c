"""Draws charts off the GUI thread: at most one drawing under way, and of those asked for meanwhile only the last."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from gcp2_app.ui.tasks import Tasks

if TYPE_CHECKING:
    from gcp2_app.reports.charts.drawing import ChartDrawing


class Plot(QObject):
    """Turns a chart into an image for a screen.

    Attributes:
        drawn: emitted with the ChartDrawing and its QImage.
    """

    drawn = Signal(object, object)

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._under_way = False
        self._wanted = True
        self._next: tuple[Callable[[], ChartDrawing], float, float] | None = None

    def ask(self, draw: "Callable[[], ChartDrawing]", *, dpi: float, scale: float) -> None:
        """Draw a chart on the computing thread.

        Args:
            draw: makes the drawing; called there.
            dpi: logical dots an inch, as words beside the chart have them.
            scale: dots of the screen for one logical dot.
        """
        self._wanted = True
        if self._under_way:
            self._next = (draw, dpi, scale)
            return
        self._under_way = True

        def work() -> "tuple[ChartDrawing, QImage]":
            drawing = draw()
            return drawing, _image(drawing, dpi, scale)

        self._tasks.compute(self, work, self._deliver)

    def forget(self) -> None:
        """Drop what is under way and what waits."""
        self._wanted = False
        self._next = None

    def _deliver(self, made: "tuple[ChartDrawing, QImage]") -> None:
        self._under_way = False
        if self._next is not None:
            (draw, dpi, scale), self._next = self._next, None
            self.ask(draw, dpi=dpi, scale=scale)
        elif self._wanted:
            self.drawn.emit(*made)


def _image(drawing: "ChartDrawing", dpi: float, scale: float) -> QImage:
    from gcp2_app.reports.charts.output import chart_pixels

    pixels, width, height = chart_pixels(drawing, dpi * scale)
    shared = QImage(pixels, width, height, QImage.Format.Format_RGBA8888)
    # A copy of its own, in the format that is painted fastest.
    image = shared.convertToFormat(QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    return image
