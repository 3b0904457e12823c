"""The family grid on screen: number, shape and colour of each grade, a mark with words, and a walk by keyboard."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.caseload.cells import tint
from gcp2_app.ui.family.grid_model import PAINTED, GridModel, Painted

_Index = QModelIndex | QPersistentModelIndex
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
#: The narrowest column of a child that still reads well, in steps of the text size.
_NARROWEST: Final = 26
#: The most that the units' names take, in the same steps; longer ones go on in a next line.
_MOST_FOR_UNITS: Final = 44
#: What a grade and its mark take before the words, and the words' margin, in the same steps.
_BESIDE_WORDS: Final = 11
_ENDLESS: Final = 100_000


class GridCellPainter(QStyledItemDelegate):
    """One unit of one child."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painted = index.data(PAINTED)
        if not isinstance(painted, Painted):
            return
        tone, ground = style.colours(), QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(ground, tint(tone.panel, tone.accent))
        elif painted.marked:
            painter.fillRect(ground, tint(tone.panel, tone.warn))
        painter.fillRect(QRectF(ground.left(), ground.bottom(), ground.width(), 1), QColor(tone.line))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(tone.accent))
            painter.drawRect(ground.adjusted(1, 1, -2, -2))
        left = ground.left() + style.space(1.5)
        if painted.rank is not None:
            side = float(style.space(4))
            box = QRectF(left, ground.center().y() - side / 2, side, side)
            painter.setFont(option.font)
            style.paint_grade(painter, box, painted.rank, painted.scale, painted.grade, hollow=not painted.settled)
            left = box.right() + style.space(1)
        if painted.marked:
            left = _paint_mark(painter, left, ground.center().y()) + style.space(0.8)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold if painted.marked else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(tone.text if painted.marked else tone.quiet))
        room = QRectF(left, ground.top(), ground.right() - left - style.space(0.5), ground.height())
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(room, flags, painted.text)
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(style.space(_NARROWEST), style.space(5))


class Mark(QWidget):
    """The mark of the legend."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        side = style.space(3)
        self.setFixedSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        _paint_mark(painter, 1, self.height() / 2)
        painter.end()


class GridTable(QTableView):
    """The units of a family: arrow keys walk, Enter opens.

    Attributes:
        chosen: emitted with row and column, from 0, of a cell to open.
    """

    chosen = Signal(int, int)

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._painter = GridCellPainter(self)
        self.setItemDelegate(self._painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName(self.tr("Grades of the children, unit by unit"))
        self.setAccessibleDescription(self.tr("Arrow keys move, Enter opens that unit of that child’s assessment."))
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        wrapping = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        self.verticalHeader().setDefaultAlignment(wrapping)
        self.doubleClicked.connect(lambda index: self.chosen.emit(index.row(), index.column()))
        model.modelReset.connect(self.fit)

    def fit(self) -> None:
        """Give rows and columns their sizes, for the room and the text there is."""
        model, plain = self.model(), self.fontMetrics()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        measures = QFontMetrics(bold)
        names = [str(model.headerData(row, Qt.Orientation.Vertical)) for row in range(model.rowCount())]
        widest = max((measures.horizontalAdvance(name) for name in names), default=0)
        beside, around = min(widest, style.space(_MOST_FOR_UNITS)), 2 * style.space(1)
        self.verticalHeader().setFixedWidth(beside + 2 * style.space(1.5))
        room = (self.width() - self.verticalHeader().width() - style.space(5)) // max(model.columnCount(), 1)
        for column in range(model.columnCount()):
            lines = str(model.headerData(column, Qt.Orientation.Horizontal)).splitlines()
            head = max(measures.horizontalAdvance(line) for line in lines) + 2 * style.space(1.5)
            self.horizontalHeader().resizeSection(column, max(room, head, style.space(_NARROWEST)))
        least = max(style.space(5), plain.height() + around)
        for row, name in enumerate(names):
            height = _tall(measures, name, beside)
            for column in range(model.columnCount()):
                painted = model.index(row, column).data(PAINTED)
                if isinstance(painted, Painted) and painted.marked:
                    left = self.columnWidth(column) - style.space(_BESIDE_WORDS)
                    height = max(height, _tall(measures, painted.text, left))
            self.verticalHeader().resizeSection(row, max(least, height + around))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in _ENTER and index.isValid():
            self.chosen.emit(index.row(), index.column())
        else:
            super().keyPressEvent(event)


def _tall(measures: QFontMetrics, text: str, width: int) -> int:
    """Return the height of a text broken into lines, in pixels."""
    return measures.boundingRect(QRect(0, 0, width, _ENDLESS), Qt.TextFlag.TextWordWrap, text).height()


def _paint_mark(painter: QPainter, left: float, middle: float) -> float:
    """Paint the mark, a triangle that points down with an edge, and return where it ends."""
    side = float(style.space(2.2))
    tone = style.colours()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(tone.warn))
    painter.setBrush(QColor(tone.warn))
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(left, middle - side / 2),
                QPointF(left + side, middle - side / 2),
                QPointF(left + side / 2, middle + side / 2),
            ]
        )
    )
    painter.restore()
    return left + side
