"""The strip above a timeline: a lane for each agency, and how many entries it has over time.

Height says how many; where nothing was recorded of a child with a plan, the ground is hatched. A click or Return goes
to that time in the list.
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.timeline import words
from gcp2_app.ui.timeline.lanes import Lanes, lanes_of

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from gcp2_app.services.stream import Outline

#: The narrowest a column is drawn, in pixels.
_LEAST: Final = 5


class DensityStrip(QWidget):
    """Lanes of a stream.

    Attributes:
        entry_wanted: emitted with the id of the newest entry of the time that was chosen.
    """

    entry_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outline: Outline | None = None
        self._today = date.min
        self._lanes: Lanes | None = None
        self._column = -1
        self._bars: list[QRectF] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Entries of each agency over time"))

    @property
    def lanes(self) -> Lanes | None:
        """What is drawn, or None where nothing is."""
        return self._lanes

    @property
    def said(self) -> str:
        """What the chosen time holds, in words."""
        return self._say(self._column)

    def show_outline(self, outline: "Outline | None", today: date) -> None:
        """Draw where the entries of a stream stand; None draws nothing."""
        self._outline, self._today = outline, today
        self._column = -1
        self._make()

    def _make(self) -> None:
        outline = self._outline
        self._lanes = None
        if outline is not None:
            most = max(1, self._room().width() // _LEAST)
            self._lanes = lanes_of(outline.places, outline.gaps, today=self._today, most_columns=most)
        self.setVisible(self._lanes is not None)
        if self._lanes is not None and not -1 <= self._column < self._lanes.columns:
            self._column = -1
        self._bars = None
        self._describe()
        self.updateGeometry()
        self.update()

    def _lay_out(self) -> Iterator[QRectF]:
        """Yield a bar for each lane and column with entries."""
        lanes, room, height = self._lanes, self._room(), self._lane_height()
        if lanes is None:
            return
        wide, most = room.width() / lanes.columns, lanes.most()
        for number, lane in enumerate(lanes.lanes):
            base = (number + 1) * height - 1
            for column, count in enumerate(lane.counts):
                if count:
                    tall = max(3.0, (height - 3) * count / most)
                    yield QRectF(room.left() + column * wide, base - tall, max(2.0, wide - 1), tall)

    def _describe(self) -> None:
        lanes = self._lanes
        if lanes is None:
            return
        whole = "; ".join(f"{words.agency(lane.agency)} {sum(lane.counts)}" for lane in lanes.lanes)
        self.setAccessibleDescription(self.said or whole)

    def _say(self, column: int) -> str:
        lanes = self._lanes
        if lanes is None or not 0 <= column < lanes.columns:
            return ""
        first = lanes.month(column)
        time = words.month(first) if lanes.months == 1 else self._period(first, column)
        counts = [(words.agency(lane.agency), lane.counts[column]) for lane in lanes.lanes if lane.counts[column]]
        if not counts:
            return f"{time}: {self.tr('no entry')}"
        return f"{time}: " + ", ".join(f"{agency} {count}" for agency, count in counts)

    def _period(self, first: date, column: int) -> str:
        lanes = self._lanes
        after = lanes.month(column + 1) if lanes is not None else first
        last = date(after.year - (after.month == 1), after.month - 1 or 12, 1)
        return self.tr("{first} to {last}").format(first=words.month(first), last=words.month(last))

    def _lane_height(self) -> int:
        return max(self.fontMetrics().lineSpacing(), 16)

    def _room(self) -> QRect:
        """Return where the columns are."""
        left = min(style.space(30), self.width() // 3)
        return QRect(left, 0, max(1, self.width() - left - style.space(1)), self.height())

    def _rect_of(self, column: int, lane: int) -> QRectF:
        lanes, room = self._lanes, self._room()
        wide = room.width() / max(1, lanes.columns if lanes is not None else 1)
        return QRectF(room.left() + column * wide, lane * self._lane_height(), wide, self._lane_height())

    def _column_at(self, x: float) -> int:
        lanes, room = self._lanes, self._room()
        if lanes is None or x < room.left():
            return -1
        return min(lanes.columns - 1, int((x - room.left()) * lanes.columns / room.width()))

    def _choose(self, column: int) -> None:
        lanes = self._lanes
        if lanes is None or not lanes.columns:
            return
        self._column = max(0, min(lanes.columns - 1, column))
        self._describe()
        self.update()

    def _go(self) -> None:
        """Want the newest entry of the chosen time, or of the nearest time before it that has one."""
        lanes = self._lanes
        if lanes is None or self._column < 0:
            return
        for column in (*range(self._column, -1, -1), *range(self._column, lanes.columns)):
            wanted = lanes.newest[column]
            if wanted is not None:
                self.entry_wanted.emit(wanted)
                return

    @override
    def sizeHint(self) -> QSize:
        lanes = len(self._lanes.lanes) if self._lanes is not None else 0
        return QSize(style.space(80), (lanes + 1) * self._lane_height() + style.space(0.5))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(style.space(40), self.sizeHint().height())

    @override
    def resizeEvent(self, event: "QResizeEvent") -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._make()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        lanes = self._lanes
        if lanes is None:
            return
        painter, tone = QPainter(self), style.colours()
        room, height = self._room(), self._lane_height()
        for column in lanes.gaps:
            ground = QRectF(self._rect_of(column, 0))
            ground.setHeight(height * len(lanes.lanes))
            painter.fillRect(ground, QBrush(QColor(tone.warn), Qt.BrushStyle.BDiagPattern))
        for number, lane in enumerate(lanes.lanes):
            base = (number + 1) * height
            label = QRect(0, number * height, room.left() - style.space(1), height)
            text = painter.fontMetrics().elidedText(
                words.agency(lane.agency), Qt.TextElideMode.ElideRight, label.width()
            )
            painter.setPen(QColor(tone.quiet))
            painter.drawText(label, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
            painter.setPen(QColor(tone.line))
            painter.drawLine(room.left(), base - 1, room.right(), base - 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone.accent))
        if self._bars is None:
            self._bars = list(self._lay_out())
        painter.drawRects(self._bars)
        self._paint_years(painter, lanes, len(lanes.lanes) * height)
        if self._column >= 0:
            chosen = QRectF(self._rect_of(self._column, 0))
            chosen.setHeight(height * len(lanes.lanes) - 1)
            painter.setPen(QPen(QColor(tone.text), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(chosen.adjusted(0, 1, 0, 0))
        if self.hasFocus():
            painter.setPen(QPen(QColor(tone.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_years(self, painter: QPainter, lanes: Lanes, top: int) -> None:
        tone = style.colours()
        painter.setPen(QColor(tone.quiet))
        free = 0.0
        begins = [0, *(column for column in range(1, lanes.columns) if _is_new_year(lanes, column))]
        if len(begins) > 1 and self._rect_of(begins[1], 0).left() - self._room().left() < style.space(8):
            # The rest of a year that is hardly there makes way for the next one's name.
            begins = begins[1:]
        for column in begins:
            text = str(lanes.month(column).year)
            left = self._rect_of(column, 0).left()
            width = painter.fontMetrics().horizontalAdvance(text)
            if left < free or left + width > self.width():
                continue
            painter.drawLine(QPointF(left, top - 1), QPointF(left, top + 3))
            painter.drawText(QPointF(left + 2, top + painter.fontMetrics().ascent() + 1), text)
            free = left + width + style.space(1.5)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        column = self._column_at(event.position().x())
        if column >= 0:
            self._choose(column)
            self._go()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        lanes = self._lanes
        last = lanes.columns - 1 if lanes is not None else 0
        here = self._column if self._column >= 0 else last + 1
        steps = {
            Qt.Key.Key_Left: here - 1,
            Qt.Key.Key_Right: here + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if (column := steps.get(Qt.Key(event.key()))) is not None:
            self._choose(column)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._go()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._say(self._column_at(event.pos().x())), self)
            return True
        return super().event(event)


def _is_new_year(lanes: Lanes, column: int) -> bool:
    return lanes.month(column).year != lanes.month(column - 1).year
