"""The room a chart is shown in: it draws the chart at its own size, theme and text size, anew whenever one changes.

Knows how to ask for a drawing; nothing of what is drawn.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, Qt, QTimer
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.charts.canvas import ChartCanvas
from gcp2_app.ui.charts.plot import Plot
from gcp2_app.ui.tasks import Tasks

if TYPE_CHECKING:
    from gcp2_app.reports.charts.drawing import ChartDrawing
    from gcp2_app.reports.charts.palette import Theme

_POINTS_PER_INCH: Final = 72
#: Text size of the window, in points, at which a chart's words have their own size: a little under the usual ten, so
#: that the smallest of them can be read on a laptop.
_BASE_TEXT_POINTS: Final = 9
#: Laying out a page resizes the room a few times within a moment. A drag is slowed by the drawing itself.
_SETTLE_MILLISECONDS: Final = 10
_LOOKS: Final = {
    QEvent.Type.FontChange,
    QEvent.Type.PaletteChange,
    QEvent.Type.StyleChange,
    QEvent.Type.DevicePixelRatioChange,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What a chart is drawn for.

    Attributes:
        width, height: in points; a chart that needs more is scrolled.
        text_scale: of all words, 1.0 to 2.0.
    """

    width: float
    height: float
    theme: "Theme"
    text_scale: float


class ChartPane(QScrollArea):
    """A chart that fills its room and scrolls past its least size.

    Attributes:
        canvas: the picture, its marks and its keys.
    """

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = ChartCanvas()
        self._make: Callable[[Room], ChartDrawing] | None = None
        self._drawn_for: tuple[Room, float, float] | None = None
        self._plot = Plot(tasks, self)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLE_MILLISECONDS)
        self.setWidget(self.canvas)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._settled.timeout.connect(self._draw)
        self._plot.drawn.connect(self._show)
        self.canvas.moved.connect(self._bring_into_view)

    def show_chart(self, make: "Callable[[Room], ChartDrawing]") -> None:
        """Show a chart.

        Args:
            make: draws it for a room; called on the computing thread.
        """
        self._make = make
        self._drawn_for = None
        self._draw()

    def clear(self) -> None:
        """Let go of the chart."""
        self._make = None
        self._settled.stop()
        self._plot.forget()
        self.canvas.clear()

    def pixels(self, points: float) -> float:
        """Return a length in points as logical pixels of this screen."""
        return points * self.logicalDpiX() / _POINTS_PER_INCH

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw_soon()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _LOOKS:
            self._draw_soon()

    def _draw_soon(self) -> None:
        if self._make is not None:
            self._settled.start()

    def _draw(self) -> None:
        make = self._make
        if make is None:
            return
        # Room for the scroll bar is kept whether it is there or not: its coming would have the chart drawn twice.
        bar = self.verticalScrollBar().sizeHint().width()
        room = Room(
            width=(self.width() - bar) / self.pixels(1),
            # A chart of exactly the room's height could round up to a scroll bar.
            height=self.height() / self.pixels(1) - 1,
            theme=chart_theme(),
            text_scale=text_scale(),
        )
        dpi, scale = float(self.logicalDpiX()), self.devicePixelRatioF()
        # Many changes of a window change nothing a chart is drawn for.
        if self._drawn_for != (room, dpi, scale):
            self._drawn_for = (room, dpi, scale)
            self._plot.ask(lambda: make(room), dpi=dpi, scale=scale)

    def _show(self, drawing: "ChartDrawing", image: QImage) -> None:
        paper = chart_theme().paper
        self.viewport().setStyleSheet(f"background: {paper}")
        self.canvas.show_drawing(drawing, image, paper)

    def _bring_into_view(self, place: QRect) -> None:
        around = style.space(16)
        area: QWidget | None = self
        # The page around it may scroll too.
        while area is not None:
            page = area.widget() if isinstance(area, QScrollArea) else None
            if isinstance(area, QScrollArea) and page is not None:
                middle = self.canvas.mapTo(page, place.center())
                area.ensureVisible(middle.x(), middle.y(), around, around)
            area = area.parentWidget()


def text_scale() -> float:
    """Return how large a chart's words are, 1.0 to 2.0, as the window's own are."""
    return min(2.0, max(1.0, QApplication.font().pointSizeF() / _BASE_TEXT_POINTS))


def chart_theme() -> "Theme":
    """Return the chart colours that go with the window's."""
    from gcp2_app.reports.charts import palette

    themes = {"light": palette.LIGHT, "dark": palette.DARK, "high_contrast": palette.HIGH_CONTRAST_DARK}
    return themes[style.colours().name]
