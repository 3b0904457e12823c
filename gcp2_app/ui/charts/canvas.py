"""A drawn chart on screen: pointer and keys lead from mark to mark, and from a mark to its source.

Knows stops and images; nothing of what the chart is about.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.charts.walk import Stop, Walk

if TYPE_CHECKING:
    from gcp2_app.reports.charts.drawing import ChartDrawing

#: How much of a side a bracket's arm takes.
_ARM = 0.2
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class ChartCanvas(QWidget):
    """The picture and the marks on it.

    Attributes:
        pointed: emitted with the Stop under the pointer or reached by key, or None where there is none.
        chosen: emitted with the Stop clicked, or on which Enter was pressed.
        moved: emitted with the rectangle of the stop reached by key, so that it can be scrolled into view.
    """

    pointed = Signal(object)
    chosen = Signal(object)
    moved = Signal(QRect)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._paper = ""
        self._scale = 1.0
        self._walk = Walk()
        self._current: Stop | None = None
        self._hovered: Stop | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def stops(self) -> tuple[tuple[Stop, ...], ...]:
        """Everything that can be reached, row by row."""
        return self._walk.rows

    @property
    def current(self) -> Stop | None:
        """Where the walk by keys stands."""
        return self._current

    @property
    def shown_stop(self) -> Stop | None:
        """What is to be read: the stop under the pointer, else the one reached by keys."""
        return self._hovered or self._current

    def place_of(self, stop: Stop) -> QRect:
        """Return the square of a stop on this widget, in pixels."""
        middle, half = QPointF(stop.x, stop.y) * self._scale, stop.reach * self._scale
        return QRect(round(middle.x() - half), round(middle.y() - half), round(2 * half), round(2 * half))

    def show_drawing(self, drawing: "ChartDrawing", image: QImage, paper: str) -> None:
        """Show a chart. The walk stays where it was, if that place is still there.

        Args:
            paper: the chart's own ground, for where the image does not reach yet.
        """
        self._image, self._paper = image, paper
        before = self.shown_stop
        size = image.deviceIndependentSize()
        self._scale = size.width() / drawing.width
        self._walk = Walk(drawing)
        self._hovered = None if self._hovered is None else self._walk.again(self._hovered)
        self._current = None if self._current is None else self._walk.again(self._current)
        if self._current is None and self.hasFocus():
            self._current = self._walk.start
        self.setFixedSize(size.toSize())
        self.update()
        if before is not None and self.shown_stop != before:
            # What was read may be gone, or say something else now.
            self.pointed.emit(self.shown_stop)

    def clear(self) -> None:
        """Let go of the chart."""
        self._image, self._walk = QImage(), Walk()
        self._current = self._hovered = None
        self.setFixedSize(QSize(0, 0))
        self.pointed.emit(None)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._paper or style.colours().panel))
        if not self._image.isNull():
            painter.drawImage(QPointF(0, 0), self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._hovered is not None and self._hovered != self._current:
            self._ring(painter, self._hovered, 2)
        if self._current is not None:
            self._ring(painter, self._current, 3 if self.hasFocus() else 1)
        painter.end()

    def _ring(self, painter: QPainter, stop: Stop, width: int) -> None:
        """Draw a bracket above and one below that stand out from any mark and ground: the accent on a border of paper.

        The sides stay open, so that the words beside a mark stay whole.
        """
        box = QRectF(self.place_of(stop)).adjusted(1, 1, -1, -1)
        arm = box.height() * _ARM
        brackets = QPainterPath()
        for edge, towards in ((box.top(), arm), (box.bottom(), -arm)):
            brackets.moveTo(box.left(), edge + towards)
            brackets.lineTo(box.left(), edge)
            brackets.lineTo(box.right(), edge)
            brackets.lineTo(box.right(), edge + towards)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, wide in ((self._paper, width + 3), (style.colours().accent, width)):
            painter.setPen(QPen(QColor(colour), wide, c=Qt.PenCapStyle.FlatCap))
            painter.drawPath(brackets)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._stop_at(event.position()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        stop = self._stop_at(event.position())
        if stop is not None and event.button() is Qt.MouseButton.LeftButton:
            self._current = self._walk.again(stop)
            self.update()
            self.chosen.emit(stop)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        stop = self._current
        if stop is None:
            super().keyPressEvent(event)
            return
        walk = self._walk
        key = Qt.Key(event.key())
        if key in _ENTER:
            self.chosen.emit(stop)
        elif key is Qt.Key.Key_Left:
            self._go(walk.along(stop, -1))
        elif key is Qt.Key.Key_Right:
            self._go(walk.along(stop, 1))
        elif key is Qt.Key.Key_Up:
            self._go(walk.across(stop, -1))
        elif key is Qt.Key.Key_Down:
            self._go(walk.across(stop, 1))
        elif key is Qt.Key.Key_Home:
            self._go(walk.first(stop))
        elif key is Qt.Key.Key_End:
            self._go(walk.last(stop))
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        stop = self._current or self._walk.start
        if stop is not None and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self._go(stop)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _go(self, stop: Stop) -> None:
        self._current, self._hovered = stop, None
        self.update()
        self.pointed.emit(stop)
        self.moved.emit(self.place_of(stop))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, stop.text))

    def _hover(self, stop: Stop | None) -> None:
        if stop == self._hovered:
            return
        self._hovered = stop
        if stop is not None and (stop.assessment or stop.entry):
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()
        self.update()
        self.pointed.emit(self.shown_stop)

    def _stop_at(self, position: QPointF) -> Stop | None:
        return self._walk.at(position.x() / self._scale, position.y() / self._scale)
