"""How the cells of the caseload look: words on two lines, the grades of the areas, the rows of steps.

Each paints what its model's row holds; none reads the store. The selected row is tinted, not inverted, so that the
colours of grades keep their meaning.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.caseload import areas
from gcp2_app.ui.caseload.columns import Column, Said
from gcp2_app.ui.caseload.model import ROW, SAID

_Index = QModelIndex | QPersistentModelIndex


class Cell(QStyledItemDelegate):
    """The ground every cell has: a tint where selected, and a bar at the start of the current row."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        painter.setClipRect(option.rect)
        ground = QRectF(option.rect)
        tone = style.colours()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(ground, tint(tone.panel, tone.accent))
            if index.column() == 0:
                bar = QRectF(ground.left(), ground.top(), style.space(0.7), ground.height())
                painter.fillRect(bar, QColor(tone.accent))
        painter.fillRect(QRectF(ground.left(), ground.bottom() - 1, ground.width(), 1), QColor(tone.line))
        margin = style.space(1.5)
        self.paint_content(painter, ground.adjusted(margin, 0, -margin, -1), option.font, index)
        painter.restore()

    def paint_content(self, painter: QPainter, rect: QRectF, font: QFont, index: _Index) -> None:
        """Paint what the cell shows into a rectangle."""
        raise NotImplementedError


class WordsCell(Cell):
    """One line, and a quieter one below it."""

    @override
    def paint_content(self, painter: QPainter, rect: QRectF, font: QFont, index: _Index) -> None:
        said = index.data(SAID)
        if not isinstance(said, Said):
            said = Said(index.data() or "")
        tone = style.colours()
        first, second = _fonts(font, strong=index.column() == Column.NAME, warn=said.warn)
        first_height, second_height = QFontMetricsF(first).height(), QFontMetricsF(second).height()
        top = rect.center().y() - (first_height + (second_height if said.more else 0)) / 2
        _paint_line(painter, QRectF(rect.left(), top, rect.width(), first_height), said.text, first, tone.text)
        if said.more:
            below = QRectF(rect.left(), top + first_height, rect.width(), second_height)
            _paint_line(painter, below, said.more, second, tone.warn if said.warn else tone.quiet)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        said = index.data(SAID)
        if not isinstance(said, Said):
            return QSize(style.space(14), row_height())
        first, second = _fonts(option.font, strong=index.column() == Column.NAME, warn=said.warn)
        wide = max(
            QFontMetricsF(first).horizontalAdvance(said.text), QFontMetricsF(second).horizontalAdvance(said.more)
        )
        return QSize(round(wide) + 2 * style.space(1.5) + 4, row_height())


class GradesCell(Cell):
    """The areas of the latest assessment, each with letter, grade and mark."""

    @override
    def paint_content(self, painter: QPainter, rect: QRectF, font: QFont, index: _Index) -> None:
        row = index.data(ROW)
        if row is not None and row.areas:
            areas.paint(painter, rect, row.areas, font)
        elif row is not None:
            _paint_line(painter, rect, areas.tr("No grades yet"), font, style.colours().quiet)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(self.wide(option.font), row_height())

    def wide(self, font: QFont) -> int:
        """Return the width the areas need, in pixels."""
        return areas.width(font) + 2 * style.space(1.5)


class StepsCell(Cell):
    """One tiny row of steps an area; never one line for all."""

    @override
    def paint_content(self, painter: QPainter, rect: QRectF, font: QFont, index: _Index) -> None:
        row = index.data(ROW)
        if row is not None:
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
    part = 0.16
    return QColor.fromRgbF(
        under.redF() * (1 - part) + over.redF() * part,
        under.greenF() * (1 - part) + over.greenF() * part,
        under.blueF() * (1 - part) + over.blueF() * part,
    )


def _fonts(font: QFont, *, strong: bool, warn: bool) -> tuple[QFont, QFont]:
    first, second = QFont(font), QFont(font)
    if strong:
        first.setWeight(QFont.Weight.DemiBold)
    second.setPointSizeF(font.pointSizeF() * 0.86)
    if warn:
        second.setWeight(QFont.Weight.DemiBold)
    return first, second


def _paint_line(painter: QPainter, rect: QRectF, text: str, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
