"""How the cells of the caseload look: words on two lines, the grades of the areas, the rows of steps.

Each paints what its model's row holds; none reads the store. The selected row is tinted, not inverted, so that the
colours of grades keep their meaning. A window of cells is painted at each step of a scroll, so whatever hangs on the
text size or the theme alone is worked out once.
"""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.caseload import areas
from gcp2_app.ui.caseload.columns import Column, Said
from gcp2_app.ui.caseload.model import ROW, SAID
from gcp2_app.ui.colours import Colours

_Index = QModelIndex | QPersistentModelIndex
#: How much of the accent a selected row's ground takes, 0 to 1.
_TINT = 0.16


class _Line:
    """How one line of words is written: font, its measures, colour."""

    def __init__(self, font: QFont, colour: str) -> None:
        self.font = font
        self.measures = QFontMetricsF(font)
        self.height = self.measures.height()
        self.ascent = self.measures.ascent()
        self.colour = QColor(colour)

    def write(self, painter: QPainter, left: float, top: float, width: float, text: str) -> None:
        """Write a text, shortened where it does not fit.

        Args:
            left, top, width: the place of the line, in pixels.
        """
        painter.setFont(self.font)
        painter.setPen(self.colour)
        shown = self.measures.elidedText(text, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QPointF(left, top + self.ascent), shown)


class Look:
    """Everything about a cell that hangs on the text size and the theme."""

    def __init__(self, font: QFont, tone: Colours) -> None:
        self.base = QFont(font)
        self.tone = tone
        strong, small, warning = QFont(font), QFont(font), QFont(font)
        strong.setWeight(QFont.Weight.DemiBold)
        small.setPointSizeF(font.pointSizeF() * 0.86)
        warning.setPointSizeF(small.pointSizeF())
        warning.setWeight(QFont.Weight.DemiBold)
        self.text = _Line(self.base, tone.text)
        self.strong = _Line(strong, tone.text)
        self.more = _Line(small, tone.quiet)
        self.warning = _Line(warning, tone.warn)
        self.none = _Line(self.base, tone.quiet)
        self.selected = tint(tone.panel, tone.accent)
        self.accent = QColor(tone.accent)
        self.rule = QColor(tone.line)
        self.margin = style.space(1.5)
        self.bar = style.space(0.7)


class Cell(QStyledItemDelegate):
    """The ground every cell has: a tint where selected, and a bar at the start of the current row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look: Look | None = None

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look = self.look(option.font)
        ground = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(ground, look.selected)
            if index.column() == 0:
                painter.fillRect(QRectF(ground.left(), ground.top(), look.bar, ground.height()), look.accent)
        painter.fillRect(QRectF(ground.left(), ground.bottom() - 1, ground.width(), 1), look.rule)
        self.paint_content(painter, ground.adjusted(look.margin, 0, -look.margin, -1), look, index)

    def look(self, font: QFont) -> Look:
        """Return what hangs on text size and theme, kept until either changes."""
        tone = style.colours()
        if self._look is None or self._look.tone is not tone or self._look.base != font:
            self._look = Look(font, tone)
        return self._look

    def paint_content(self, painter: QPainter, rect: QRectF, look: Look, index: _Index) -> None:
        """Paint what the cell shows into a rectangle."""
        raise NotImplementedError


class WordsCell(Cell):
    """One line, and a quieter one below it."""

    @override
    def paint_content(self, painter: QPainter, rect: QRectF, look: Look, index: _Index) -> None:
        said = index.data(SAID)
        if not isinstance(said, Said):
            said = Said(index.data() or "")
        first = look.strong if index.column() == Column.NAME else look.text
        second = look.warning if said.warn else look.more
        top = rect.center().y() - (first.height + (second.height if said.more else 0)) / 2
        first.write(painter, rect.left(), top, rect.width(), said.text)
        if said.more:
            second.write(painter, rect.left(), top + first.height, rect.width(), said.more)


class GradesCell(Cell):
    """The areas of the latest assessment, each with letter, grade and mark."""

    @override
    def paint_content(self, painter: QPainter, rect: QRectF, look: Look, index: _Index) -> None:
        row = index.data(ROW)
        if row is None:
            return
        if not row.areas:
            top = rect.center().y() - look.none.height / 2
            look.none.write(painter, rect.left(), top, rect.width(), areas.tr("No grades yet"))
            return
        painter.save()
        painter.setClipRect(rect)
        areas.paint(painter, rect, row.areas, look.base)
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(self.wide(option.font), row_height())

    def wide(self, font: QFont) -> int:
        """Return the width the areas need, in pixels."""
        return areas.width(font) + 2 * style.space(1.5)


class StepsCell(Cell):
    """One tiny row of steps an area; never one line for all."""

    @override
    def paint_content(self, painter: QPainter, rect: QRectF, look: Look, index: _Index) -> None:
        row = index.data(ROW)
        if row is not None and row.spark:
            margin = style.space(1)
            areas.paint_steps(painter, rect.adjusted(0, margin, 0, -margin), row.spark)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(style.space(18), row_height())


def row_height() -> int:
    """Return the height of a row: two lines of text or a grade, with room around them."""
    return style.space(8)


def tint(ground: str, colour: str) -> QColor:
    """Return a ground with a little of a colour in it; text keeps its contrast on it."""
    under, over = QColor(ground), QColor(colour)
    return QColor.fromRgbF(
        under.redF() * (1 - _TINT) + over.redF() * _TINT,
        under.greenF() * (1 - _TINT) + over.greenF() * _TINT,
        under.blueF() * (1 - _TINT) + over.blueF() * _TINT,
    )
