"""What is still missing, as a list; each line leads to where it is mended."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gcp2_app.domain.completeness import Missing
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.steps import mended_at
from gcp2_app.ui.assess.wording import Line, still_missing
from gcp2_app.ui.in_place import follow_lines

_LINE: Final = Qt.ItemDataRole.UserRole
_WRAP: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex


class _LineDelegate(QStyledItemDelegate):
    """Draws a line in full, however many rows it takes; the present one has a bar at its side."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        width = self._view.viewport().width()
        room = QRect(0, 0, max(width - 3 * style.space(1), 1), 100_000)
        text = QFontMetrics(self._view.font()).boundingRect(room, _WRAP, str(index.data()))
        return QSize(width, max(text.height() + style.space(1.5), style.space(4.5)))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        tone = style.colours()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        present = bool(state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        if present or over:
            bar = QRect(rect.left(), rect.top() + 2, max(3, style.space(0.6)), rect.height() - 4)
            painter.fillRect(bar, QColor(tone.accent if present else tone.line))
        font = QFont(self._view.font())
        font.setUnderline(present or over)
        painter.setFont(font)
        painter.setPen(QColor(tone.accent))
        painter.drawText(rect.adjusted(2 * style.space(1), 0, -style.space(1), 0), _WRAP, str(index.data()))
        painter.restore()


class MissingList(QListWidget):
    """The lines of what is missing, of everything or of what is asked for here.

    Attributes:
        spot_wanted: emitted with a Spot when the person chooses a line.
    """

    spot_wanted = Signal(object)

    def __init__(
        self,
        draft: Draft,
        *,
        on_card: bool,
        of: Callable[[], Sequence[Missing]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._of = of or (lambda: draft.missing)
        self._lines: tuple[Line, ...] = ()
        ground = style.colours().panel if on_card else style.colours().page
        self.setStyleSheet(f"QListView, QListView:focus {{ background: {ground}; border: none; outline: none; }}")
        self.setItemDelegate(_LineDelegate(self))
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Still missing"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines shown."""
        return self._lines

    @property
    def heading(self) -> str:
        """How much is missing, in words: what has to be there, and what one can go on without."""
        needed = sum(line.item.blocks for line in self._lines)
        if needed == len(self._lines):
            return self.tr("Still missing ({count})").format(count=needed)
        if not needed:
            return self.tr("Worth another look ({count})").format(count=len(self._lines))
        return self.tr("Still missing ({needed}, and {rest} you can go on without)").format(
            needed=needed, rest=len(self._lines) - needed
        )

    @property
    def whole_height(self) -> int:
        """Height of all lines, in pixels."""
        return sum(self.sizeHintForRow(row) for row in range(self.count())) + style.space(1)

    def refresh(self) -> None:
        """Show what is missing now."""
        # What has to be there comes first; the order is otherwise that of the assessment.
        lines = tuple(sorted(still_missing(self._draft.pack, self._of()), key=lambda line: not line.item.blocks))
        if lines == self._lines:
            return
        follow_lines(self, self._lines, lines, self._fill)
        self._lines = lines

    def _fill(self, item: QListWidgetItem, line: Line) -> None:
        text = self._named(line)
        item.setText(text if line.item.blocks else self.tr("{what} (you can go on without)").format(what=text))
        item.setData(_LINE, line)

    def _named(self, line: Line) -> str:
        """Return a line that says whom it is about, where the assessment has more than one carer."""
        if not line.item.person or len(self._draft.value.carers) < 2:
            return line.text
        return self.tr("{name}: {what}").format(
            name=self._draft.name(line.item.person), what=f"{line.text[:1].lower()}{line.text[1:]}"
        )

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)

    @override
    def sizeHint(self) -> QSize:
        # It takes what room there is, and asks for little: a list that wants all its lines would stretch the window.
        return QSize(super().sizeHint().width(), style.space(12))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _choose(self, item: QListWidgetItem) -> None:
        line = item.data(_LINE)
        if isinstance(line, Line) and line.item.visit:
            self._draft.want_sorting(line.item.visit)
        elif isinstance(line, Line):
            self.spot_wanted.emit(mended_at(self._draft.pack, line.item))
