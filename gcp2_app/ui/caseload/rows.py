"""A table in which a whole row is one thing: to be moved to, seen at once, and opened.

Where its columns do not fit side by side, it can stand them below each other, so that nobody scrolls sideways. Knows
nothing of what its rows are about. The tables made from it fit their columns.
"""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui.caseload.cells import Cell, Look, WordsCell, row_height

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class RowsTable(QTableView):
    """A table of whole rows, keyboard first; it is fitted again when its room or the size of the text changes.

    Args:
        model: the rows.
        cells: what paints a column, for columns that do not hold words.
        bands: the columns that stand side by side where not all of them do, a band below the other; the first column
            then says the whole row to a screen reader. Where there are none, the table scrolls sideways.

    Attributes:
        chosen: emitted with the number of a row to open.
    """

    chosen = Signal(int)

    def __init__(
        self,
        model: QAbstractItemModel,
        cells: Mapping[int, type[Cell]],
        parent: QWidget | None = None,
        *,
        bands: Sequence[Sequence[int]] = (),
    ) -> None:
        super().__init__(parent)
        self._folded = _FoldedCell(self, bands) if bands else None
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
        wanted = dict(widths)
        folds = self._folded is not None and sum(wanted.values()) > self.viewport().width()
        self.horizontalHeader().setHidden(folds)
        for column in range(1, self.model().columnCount()):
            self.setColumnHidden(column, folds)
        if self._folded is not None:
            self.setItemDelegateForColumn(0, self._folded if folds else self.cells[0])
        if folds and self._folded is not None:
            self._folded.widths = wanted
            self.verticalHeader().setDefaultSectionSize(self._folded.height())
            wanted = {0: self.viewport().width()}
        for column, width in wanted.items():
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


class _FoldedCell(Cell):
    """A whole row in one cell: its columns in bands, each below what its header says.

    Attributes:
        widths: what each column asks for, in pixels; a band shares its width out after it.
    """

    def __init__(self, table: RowsTable, bands: Sequence[Sequence[int]]) -> None:
        super().__init__(table)
        self._table = table
        self._bands = bands
        self.widths: Mapping[int, int] = {}

    def height(self) -> int:
        """Return the height of a row, in pixels."""
        return len(self._bands) * (row_height() + round(self.look(self._table.font()).more.height))

    @override
    def paint_content(
        self, painter: QPainter, rect: QRectF, look: Look, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model, height = self._table.model(), rect.height() / len(self._bands)
        for number, band in enumerate(self._bands):
            left, top = rect.left(), rect.top() + number * height
            share = rect.width() / sum(self.widths[column] for column in band)
            for column in band:
                room = QRectF(
                    left, top + look.margin / 2, self.widths[column] * share - look.margin, height - look.margin
                )
                head = str(model.headerData(column, Qt.Orientation.Horizontal))
                look.more.write(painter, room.left(), room.top(), room.width(), head)
                under = room.adjusted(0, look.more.height, 0, 0)
                self._table.cells[column].paint_content(painter, under, look, index.sibling(index.row(), column))
                left += self.widths[column] * share
