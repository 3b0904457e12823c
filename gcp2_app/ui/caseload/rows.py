"""A table in which a whole row is one thing: to be moved to, seen at once, and opened.

Knows nothing of what its rows are about. The tables made from it fit their columns.
"""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui.caseload.cells import Cell, WordsCell, row_height

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class RowsTable(QTableView):
    """A table of whole rows, keyboard first; it is fitted again when its room or the size of the text changes.

    Args:
        model: the rows.
        cells: what paints a column, for columns that do not hold words.

    Attributes:
        chosen: emitted with the number of a row to open.
    """

    chosen = Signal(int)

    def __init__(
        self, model: QAbstractItemModel, cells: Mapping[int, type[Cell]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.cells = {column: cells.get(column, WordsCell)(self) for column in range(model.columnCount())}
        for column, cell in self.cells.items():
            self.setItemDelegateForColumn(column, cell)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def open_by_click(self) -> None:
        """Let one click open a row, and the pointer say so."""
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))

    def go_to(self, number: int) -> None:
        """Make a row the current one and bring it into view."""
        index = self.model().index(number, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def fit(self) -> None:
        """Give rows and columns their sizes, for the room and the text there is."""
        self.verticalHeader().setDefaultSectionSize(row_height())

    def wide(self, column: int) -> int:
        """Return the width a column's cells ask for, in pixels, whatever they hold."""
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        return self.cells[column].sizeHint(option, QModelIndex()).width()

    def set_widths(self, widths: Iterable[tuple[int, int]]) -> None:
        """Give columns their widths: of each its number and how many pixels."""
        for column, width in widths:
            self.horizontalHeader().resizeSection(column, width)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
