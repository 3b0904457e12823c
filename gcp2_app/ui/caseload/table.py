"""The table of the caseload: whole rows, keyboard first, widths that follow the text size.

Typing anywhere in it goes to the filter. Knows its model's columns; nothing of the store.
"""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.caseload import columns
from gcp2_app.ui.caseload.cells import GradesCell, StepsCell
from gcp2_app.ui.caseload.columns import Column
from gcp2_app.ui.caseload.model import CaseloadModel
from gcp2_app.ui.caseload.rows import RowsTable

#: Widths of the columns of words, in steps of :func:`gcp2_app.ui.style.space`; the name takes what is left.
_STEPS: Final = {
    Column.AGE: 25,
    Column.STATUS: 28,
    Column.ASSESSED: 24,
    Column.ALERTS: 17,
    Column.LAST_ENTRY: 20,
    Column.DUE: 20,
}
_LEAST_NAME: Final = 40


class CaseloadTable(RowsTable):
    """Children as rows.

    Attributes:
        typed: emitted with text typed while the table has the focus.
        sort_wanted: emitted with a Column and whether to sort downwards.
    """

    typed = Signal(str)
    sort_wanted = Signal(object, bool)

    def __init__(self, model: CaseloadModel, parent: QWidget | None = None) -> None:
        super().__init__(model, {Column.GRADES: GradesCell, Column.OVER_TIME: StepsCell}, parent)
        self.setAccessibleName(self.tr("Children on the caseload"))
        self.setAccessibleDescription(self.tr("Arrow keys move, Enter opens the child, typing filters."))
        self._set_up_header()
        self.open_by_click()
        self.fit()

    def show_sorting(self, column: Column, *, descending: bool) -> None:
        """Show in the header which column the rows are sorted by."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header = self.horizontalHeader()
        header.blockSignals(True)
        header.setSortIndicator(column, order)
        header.blockSignals(False)
        header.viewport().update()

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSectionsMovable(False)
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

    @override
    def fit(self) -> None:
        super().fit()
        self.horizontalHeader().setMinimumSectionSize(style.space(8))
        widths = {column: style.space(steps) for column, steps in _STEPS.items()}
        widths |= {column: self.wide(column) for column in (Column.GRADES, Column.OVER_TIME)}
        free = self.viewport().width() - sum(widths.values())
        widths[Column.NAME] = max(style.space(_LEAST_NAME), free)
        self.set_widths(widths.items())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and self.model().rowCount():
            # Rows are what matters here: Home and End would only move along one.
            self.go_to(0 if event.key() == Qt.Key.Key_Home else self.model().rowCount() - 1)
            return
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if plain and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
            return
        super().keyPressEvent(event)
