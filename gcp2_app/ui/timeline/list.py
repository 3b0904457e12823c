"""The list of a timeline: months as headings, entries in two lines, gaps as a mark. Knows its model's rows alone."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.timeline import words
from gcp2_app.ui.timeline.model import ENTRY, ROW, TimelineModel
from gcp2_app.ui.timeline.rows import EntryRow, GapRow, MonthRow, Row

if TYPE_CHECKING:
    from gcp2_app.domain.entries import Entry
    from gcp2_app.domain.kinds import EntryKind

_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TimelineList(QListView):
    """The rows, keyboard first: arrows go from entry to entry and pass over headings.

    Attributes:
        entry_chosen: emitted with the id of the entry that is current, or empty.
    """

    entry_chosen = Signal(str)

    def __init__(self, model: TimelineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self._painter = _RowPainter(self)
        self.setItemDelegate(self._painter)
        self.setProperty("role", "choices")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(style.space(50))
        self.setAccessibleName(self.tr("Entries, newest first"))
        self.selectionModel().currentChanged.connect(self._tell)

    @property
    def kinds(self) -> "Mapping[str, EntryKind]":
        """The declared kinds of entry."""
        return self._model.kinds

    def row(self, number: int) -> Row | None:
        """Return a row, or None where there is none."""
        return self._model.row(number)

    @property
    def current_id(self) -> str:
        """Id of the current entry, or empty."""
        row = self._model.row(self.currentIndex().row())
        return row.place.id if isinstance(row, EntryRow) else ""

    def go_to(self, number: int, *, at_top: bool = False) -> None:
        """Make a row the current one and bring it into view; of a heading, the entry below it."""
        step = number
        while not isinstance(self._model.row(step), EntryRow):
            step += 1
            if step >= self._model.rowCount():
                return
        self.setCurrentIndex(self._model.index(step, 0))
        if at_top:
            # With the heading of its month.
            head = self._model.index(max(0, step - 1), 0)
            self.scrollTo(head, QAbstractItemView.ScrollHint.PositionAtTop)

    def go_to_entry(self, entry_id: str, *, at_top: bool = False) -> bool:
        """Make an entry the current one; return whether it is in the list."""
        number = self._model.number_of(entry_id)
        if number is not None:
            self.go_to(number, at_top=at_top)
        return number is not None

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        row = self._model.row(now.row())
        self.entry_chosen.emit(row.place.id if isinstance(row, EntryRow) else "")

    def _step(self, by: int, count: int = 1) -> None:
        """Go on by entries, passing over what is none."""
        number, left = self.currentIndex().row(), count
        found = number
        while left:
            number += by
            row = self._model.row(number)
            if row is None:
                break
            if isinstance(row, EntryRow):
                found, left = number, left - 1
        if found >= 0:
            self.setCurrentIndex(self._model.index(found, 0))
            above = self._model.row(found - 1)
            if by < 0 and isinstance(above, MonthRow):
                self.scrollTo(self._model.index(found - 1, 0))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = max(1, self.viewport().height() // max(1, entry_height(self.font())) - 1)
        steps = {
            Qt.Key.Key_Down: (1, 1),
            Qt.Key.Key_Up: (-1, 1),
            Qt.Key.Key_PageDown: (1, page),
            Qt.Key.Key_PageUp: (-1, page),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step(*step)
        elif event.key() == Qt.Key.Key_Home:
            self.go_to(0)
            self.scrollToTop()
        elif event.key() == Qt.Key.Key_End:
            self._step(1, self._model.rowCount())
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._painter.forget_sizes()
        self.scheduleDelayedItemsLayout()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._painter.forget_sizes()


def entry_height(font: QFont) -> int:
    """Return how tall the row of an entry is."""
    return 2 * QFontMetrics(font).lineSpacing() + style.space(3)


class _RowPainter(QStyledItemDelegate):
    """Draws one row."""

    def __init__(self, view: TimelineList) -> None:
        super().__init__(view)
        self._view = view
        self._sizes: dict[object, QSize] = {}

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        # Asked of thousands of rows at once: sizes are worked out once for each sort of row.
        row = self._view.row(index.row())
        sort = type(row) if not isinstance(row, GapRow) else row
        size = self._sizes.get(sort)
        if size is None:
            size = self._sizes[sort] = self._size(row)
        return size

    def forget_sizes(self) -> None:
        """Work sizes out anew: the room or the text changed."""
        self._sizes.clear()

    def _size(self, row: Row | None) -> QSize:
        font = self._view.font()
        if isinstance(row, EntryRow):
            return QSize(style.space(50), entry_height(font))
        lines = 1
        if isinstance(row, GapRow):
            width = max(1, self._view.viewport().width() - style.space(6))
            lines = -(-QFontMetrics(font).horizontalAdvance(words.gap(row.gap)) // width)
        return QSize(style.space(50), lines * QFontMetrics(font).lineSpacing() + style.space(2.5))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW)
        rect: QRect = option.rect
        painter.save()
        painter.setFont(self._view.font())
        if isinstance(row, MonthRow):
            self._paint_month(painter, rect, row)
        elif isinstance(row, GapRow):
            self._paint_gap(painter, rect, row)
        else:
            state: Any = option.state
            self._paint_entry(painter, rect, index.data(ENTRY), selected=bool(state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _paint_month(self, painter: QPainter, rect: QRect, row: MonthRow) -> None:
        tone = style.colours()
        painter.fillRect(rect, QColor(tone.page))
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        inside = rect.adjusted(style.space(1.5), 0, -style.space(1.5), 0)
        painter.setPen(QColor(tone.text))
        painter.drawText(inside, _LEFT, words.month_head(row))
        used = painter.fontMetrics().horizontalAdvance(words.month_head(row)) + style.space(2)
        painter.setFont(self._view.font())
        painter.setPen(QColor(tone.quiet))
        painter.drawText(inside.adjusted(used, 0, 0, 0), _LEFT, words.tr("%n entry|%n entries", row.count))

    def _paint_gap(self, painter: QPainter, rect: QRect, row: GapRow) -> None:
        tone = style.colours()
        painter.fillRect(rect, QColor(tone.warn_ground))
        painter.setPen(QPen(QColor(tone.warn), max(1, style.space(0.3)), Qt.PenStyle.DashLine))
        edge = rect.left() + style.space(0.8)
        painter.drawLine(QPoint(edge, rect.top() + 2), QPoint(edge, rect.bottom() - 2))
        painter.setPen(QColor(tone.text))
        flags = int(_LEFT | Qt.TextFlag.TextWordWrap)
        painter.drawText(rect.adjusted(style.space(2.5), 0, -style.space(1.5), 0), flags, words.gap(row.gap))

    def _paint_entry(self, painter: QPainter, rect: QRect, entry: "Entry | None", *, selected: bool) -> None:
        tone = style.colours()
        painter.fillRect(rect, QColor(tone.accent if selected else tone.panel))
        text, quiet = (tone.on_accent, tone.on_accent) if selected else (tone.text, tone.quiet)
        if not selected:
            painter.setPen(QColor(tone.line))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inside = rect.adjusted(style.space(1.5), style.space(1.2), -style.space(1.5), -style.space(1.2))
        line = painter.fontMetrics().lineSpacing()
        first, second = QRect(inside), QRect(inside)
        first.setHeight(line)
        second.setTop(inside.bottom() - line + 1)
        if entry is None:
            painter.setPen(QColor(quiet))
            painter.drawText(first, _LEFT, "…")
            return
        when = words.when(entry)
        column = min(style.space(38), max(style.space(18), inside.width() // 3))
        beside = first.adjusted(column, 0, 0, 0)
        if entry.entered_in_error is not None:
            painter.setPen(QColor(quiet))
            self._elided(painter, inside, words.spoken(entry, self._view.kinds))
            return
        painter.setPen(QColor(text))
        self._elided(painter, QRect(first.left(), first.top(), column - style.space(1), line), when)
        marks = "  ·  ".join(words.marks(entry))
        room = min(painter.fontMetrics().horizontalAdvance(marks), beside.width() // 2) if marks else 0
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        self._elided(painter, beside.adjusted(0, 0, -room - style.space(1), 0), self._head(entry))
        painter.setFont(self._view.font())
        painter.setPen(QColor(quiet))
        if marks:
            self._elided(painter, QRect(beside.right() - room + 1, beside.top(), room, line), marks)
        agency = words.agency(entry.source.agency or "") if entry.source is not None else ""
        self._elided(painter, QRect(second.left(), second.top(), column - style.space(1), line), agency)
        painter.setPen(QColor(text))
        self._elided(painter, second.adjusted(column, 0, 0, 0), words.says(entry) or words.themes(entry))

    def _head(self, entry: "Entry") -> str:
        title, themes = words.title(entry, self._view.kinds), words.themes(entry)
        return f"{title}  ({themes})" if themes else title

    @staticmethod
    def _elided(painter: QPainter, rect: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 1)
        painter.drawText(rect, _LEFT, shown)

    @override
    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(index.data(ROW), EntryRow):
            # Words of a record are never markup.
            text = str(index.data(Qt.ItemDataRole.AccessibleTextRole)).replace("&", "&amp;").replace("<", "&lt;")
            QToolTip.showText(event.globalPos(), f"<p>{text}</p>", view)
            return True
        return super().helpEvent(event, view, option, index)
