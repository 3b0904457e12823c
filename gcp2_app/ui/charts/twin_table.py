"""A chart's table twin on screen: header cells both ways, every cell readable, rows that can be copied.

Knows the twin's shape; nothing of what it is about.
"""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.clipboard import BriefClipboard

if TYPE_CHECKING:
    from gcp2_app.reports.charts.twin import Twin, TwinRow

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
#: The most room a column of words takes, in steps; the less the narrower the table's own room is.
_MOST_STEPS: Final = (60, 48, 40, 32, 26, 22)
_ENDLESS: Final = 100_000
_SHOWN: Final = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})


class TwinModel(QAbstractTableModel):
    """The rows of a twin. Its first column is the header of each row, so that it stays when the table scrolls."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[str, ...] = ()
        self._rows: tuple[TwinRow, ...] = ()

    def show_twin(self, twin: "Twin | None") -> None:
        """Show a twin, or nothing."""
        self.beginResetModel()
        self._columns = () if twin is None else twin.columns
        self._rows = () if twin is None else twin.rows
        self.endResetModel()

    @property
    def first_head(self) -> str:
        """The head of the first column, which holds the rows' headers."""
        return self._columns[0] if self._columns else ""

    def row(self, number: int) -> "TwinRow":
        """Return a row, from 0."""
        return self._rows[number]

    def as_text(self, numbers: "list[int]") -> str:
        """Return rows with the heads of their columns, tab between cells and a line a row, as spreadsheets take it."""
        lines = [self._columns, *(self._rows[number].cells for number in numbers)]
        return "\n".join("\t".join(_one_line(cell) for cell in line) for line in lines)

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else max(0, len(self._columns) - 1)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self._rows[index.row()].cells[index.column() + 1]
        if role in _SHOWN:
            return cell
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if cell.isdecimal() else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignTop
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        if role not in _SHOWN:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self._columns[section + 1]
        return self._rows[section].cells[0]


class TwinTable(QTableView):
    """A twin as a table.

    Args:
        whole: as tall as its rows, on a page that scrolls itself.

    Attributes:
        chosen: emitted with the TwinRow on which Enter was pressed or that was clicked twice.
        copied: emitted with how many rows went to the clipboard.
    """

    chosen = Signal(object)
    copied = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, whole: bool = False) -> None:
        super().__init__(parent)
        self._whole = whole
        self._twin = TwinModel(self)
        self._clipboard = BriefClipboard(self)
        self._fitted = False
        self._corner = style.label("", "quiet", wrap=False)
        self._corner.setParent(self)
        self._corner.setIndent(0)
        self._corner.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setModel(self._twin)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        pad = style.space(0.5)
        self.setStyleSheet(
            f"QTableView::item {{ padding: {pad}px {pad}px; }}"
            f"QHeaderView::section {{ padding: {pad}px {pad}px; }}"
            f"QLabel {{ padding: {pad}px {pad}px; font-weight: 600; }}"
        )
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.doubleClicked.connect(lambda index: self.chosen.emit(self._twin.row(index.row())))

    def show_twin(self, twin: "Twin | None") -> None:
        """Show a twin, or nothing."""
        self._twin.show_twin(twin)
        self.setAccessibleName("" if twin is None else twin.title)
        self._fitted = False
        if twin is None:
            self._clipboard.clear()
        elif self.isVisible():
            self.fit()

    def fit(self) -> None:
        """Give columns and rows the room their words need; long words go on in a next line.

        Measured here rather than asked of each cell: asking takes seconds where there are many.
        """
        self._fitted = True
        model, plain = self._twin, self.fontMetrics()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        head = QFontMetrics(bold)
        across, down = 2 * style.space(1.5), 2 * style.space(1)
        tall: dict[int, int] = {}
        told = [
            [str(model.index(row, column).data()) for row in range(model.rowCount())]
            for column in range(model.columnCount())
        ]
        measured = [[plain.horizontalAdvance(word) for word in words] for words in told]
        titles = [
            head.horizontalAdvance(str(model.headerData(column, Qt.Orientation.Horizontal)))
            for column in range(len(told))
        ]
        numbers = [column for column, words in enumerate(told) if words and all(word.isdecimal() for word in words)]
        rooms = self._rooms(measured, titles, across, max(numbers, default=len(told) - 1) + 1)
        for column, (words, widths, room) in enumerate(zip(told, measured, rooms, strict=True)):
            self.horizontalHeader().resizeSection(column, room + across)
            for row, (word, width) in enumerate(zip(words, widths, strict=True)):
                if width > room:
                    wrapped = plain.boundingRect(QRect(0, 0, room, _ENDLESS), Qt.TextFlag.TextWordWrap, word)
                    tall[row] = max(tall.get(row, 0), wrapped.height())
        rows = self.verticalHeader()
        rows.setDefaultSectionSize(plain.height() + down)
        for row, height in tall.items():
            rows.resizeSection(row, height + down)
        if self._whole:
            bar, heads = self.horizontalScrollBar(), self.horizontalHeader()
            wide = heads.length() + rows.sizeHint().width() > self.width()
            under = bar.sizeHint().height() if wide else 0
            self.setFixedHeight(heads.sizeHint().height() + rows.length() + 2 * self.frameWidth() + under)
        self._place_corner()

    def _rooms(self, measured: "list[list[int]]", titles: "list[int]", across: int, seen: int) -> "list[int]":
        """Return the room of each column: as much as its words take, less where the numbers would be out of sight.

        Args:
            measured: the widths of the words of each column.
            titles: the width of each column's head.
            across: what is added to each.
            seen: how many columns are to be in sight at once.
        """
        rooms: list[int] = []
        for most in _MOST_STEPS:
            rooms = [
                max(title, min(style.space(most), max(widths, default=0)))
                for widths, title in zip(measured, titles, strict=True)
            ]
            if sum(rooms[:seen]) + across * seen <= self.viewport().width():
                break
        return rooms

    def _place_corner(self) -> None:
        """Let the head of the first column stand where both headers meet."""
        across, down = self.verticalHeader(), self.horizontalHeader()
        self._corner.setText(self._twin.first_head)
        self._corner.setGeometry(across.x(), down.y(), across.width(), down.height())
        self._corner.setVisible(across.isVisible())

    @override
    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._place_corner()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        wider = event.size().width() != event.oldSize().width()
        super().resizeEvent(event)
        if wider and self.isVisible():
            self.fit()

    def copy(self) -> None:
        """Put the selected rows, or all where none is, on the clipboard for half a minute."""
        numbers = sorted({index.row() for index in self.selectionModel().selectedRows()})
        numbers = numbers or list(range(self._twin.rowCount()))
        self._clipboard.copy(self._twin.as_text(numbers))
        self.copied.emit(len(numbers))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._fitted:
            self.fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fitted = False
            if self.isVisible():
                self.fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.chosen.emit(self._twin.row(self.currentIndex().row()))
        else:
            super().keyPressEvent(event)


def _one_line(cell: str) -> str:
    return " ".join(cell.split())
