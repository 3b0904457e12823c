"""The table of the caseload: whole rows, keyboard first, widths that follow the text size.

Typing anywhere in it goes to the filter. Knows its model's columns; nothing of the store.
"""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.caseload import columns
from gcp2_app.ui.caseload.cells import Cell, GradesCell, StepsCell, WordsCell, row_height
from gcp2_app.ui.caseload.columns import Column
from gcp2_app.ui.caseload.model import CaseloadModel

#: Widths of the columns of words, in steps of :func:`gcp2_app.ui.style.space`; the name takes what is left.
_STEPS: Final = {
    Column.AGE: 26,
    Column.STATUS: 33,
    Column.ASSESSED: 23,
    Column.LAST_ENTRY: 20,
    Column.DUE: 21,
}
_LEAST_NAME: Final = 40


class CaseloadTable(QTableView):
    """Children as rows.

    Attributes:
        chosen: emitted with the number of a row to open.
        typed: emitted with text typed while the table has the focus.
        sort_wanted: emitted with a Column and whether to sort downwards.
    """

    chosen = Signal(int)
    typed = Signal(str)
    sort_wanted = Signal(object, bool)

    def __init__(self, model: CaseloadModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(self.tr("Children on the caseload"))
        self.setAccessibleDescription(self.tr("Arrow keys move, Enter opens the child, typing filters."))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self._cells: dict[Column, Cell] = {column: WordsCell(self) for column in Column}
        self._cells[Column.GRADES] = GradesCell(self)
        self._cells[Column.OVER_TIME] = StepsCell(self)
        for column, cell in self._cells.items():
            self.setItemDelegateForColumn(column, cell)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._set_up_header()
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))
        self._fit()

    def show_sorting(self, column: Column, *, descending: bool) -> None:
        """Show in the header which column the rows are sorted by."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header = self.horizontalHeader()
        header.blockSignals(True)
        header.setSortIndicator(column, order)
        header.blockSignals(False)
        header.viewport().update()

    def go_to(self, number: int) -> None:
        """Make a row the current one and bring it into view."""
        index = self.model().index(number, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setHighlightSections(False)
        header.setSectionsMovable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._sorted = (Column.NAME, False)
        header.sortIndicatorChanged.connect(self._sort_clicked)

    def _sort_clicked(self, section: int, order: Qt.SortOrder) -> None:
        column = Column(section)
        if columns.sort_key(column):
            self._sorted = (column, order is Qt.SortOrder.DescendingOrder)
            self.sort_wanted.emit(*self._sorted)
        else:
            # Sorting by grades would rank families.
            self.show_sorting(self._sorted[0], descending=self._sorted[1])

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(row_height())
        header = self.horizontalHeader()
        header.setMinimumSectionSize(style.space(8))
        widths = {column: style.space(steps) for column, steps in _STEPS.items()}
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        for column in (Column.GRADES, Column.OVER_TIME):
            widths[column] = self._cells[column].sizeHint(option, QModelIndex()).width()
        free = self.viewport().width() - sum(widths.values())
        widths[Column.NAME] = max(style.space(_LEAST_NAME), free)
        for column, width in widths.items():
            header.resizeSection(column, width)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().row())
            return
        if event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and self.model().rowCount():
            # Rows are what matters here: Home and End would only move along one.
            self.go_to(0 if event.key() == Qt.Key.Key_Home else self.model().rowCount() - 1)
            return
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if plain and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
            return
        super().keyPressEvent(event)
