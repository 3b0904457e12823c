"""What each row of another agency's chronology becomes, before anything is taken in."""

from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QHeaderView, QTableView, QVBoxLayout, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.timeline import words
from gcp2_app.ui.timeline.import_words import becomes, beside, look_at, summary, tr

if TYPE_CHECKING:
    from gcp2_app.services.chronology_import import BadRow, Coming, Preview

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WORDS: Final = frozenset(map(int, (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)))


class Column(IntEnum):
    """Columns, left to right."""

    ROW = 0
    WHEN = 1
    BECOMES = 2
    SAYS = 3
    LOOK = 4


#: The least each column gets, in steps of :func:`gcp2_app.ui.style.space`; what it says and what is odd get the rest.
_LEAST: Final = {Column.ROW: 11, Column.WHEN: 27, Column.BECOMES: 26, Column.SAYS: 24, Column.LOOK: 24}


class PreviewModel(QAbstractTableModel):
    """The rows of a file, those that stay out among them.

    Attributes:
        ticked_changed: emitted after a row was ticked or its tick taken away.
    """

    ticked_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preview: Preview | None = None
        self._rows: list[Coming | BadRow] = []
        self._left_out: set[int] = set()
        self._only_odd = False

    @property
    def preview(self) -> "Preview | None":
        """What is shown."""
        return self._preview

    @property
    def left_out(self) -> frozenset[int]:
        """Numbers of the rows without a tick."""
        return frozenset(self._left_out)

    def show_preview(self, preview: "Preview | None") -> None:
        """Show rows; what says the same word for word as something in the record has no tick."""
        self._preview = preview
        self._left_out = {row.number for row in preview.rows if row.same} if preview is not None else set()
        self.show_only_odd(odd=False)

    def show_only_odd(self, *, odd: bool) -> None:
        """Show every row, or only those that should be looked at."""
        self.beginResetModel()
        self._only_odd = odd
        found: list[Coming | BadRow] = [] if self._preview is None else [*self._preview.rows, *self._preview.bad]
        self._rows = sorted((row for row in found if not odd or _is_odd(row)), key=lambda row: row.number)
        self.endResetModel()

    def row(self, number: int) -> "Coming | BadRow | None":
        """Return a row, from 0."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == Column.ROW and _coming(self._rows[index.row()]) is not None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == Column.ROW and _coming(row) is not None:
            out = row.number in self._left_out
            return Qt.CheckState.Unchecked if out else Qt.CheckState.Checked
        if role in _WORDS or role == Qt.ItemDataRole.ToolTipRole:
            return self._say(row, Column(index.column()))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row(index.row()) if index.isValid() else None
        if row is None or role != Qt.ItemDataRole.CheckStateRole or _coming(row) is None:
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._left_out.discard(row.number)
        else:
            self._left_out.add(row.number)
        self.dataChanged.emit(index, index)
        self.ticked_changed.emit()
        return True

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            heads = {
                Column.ROW: tr("Row"),
                Column.WHEN: tr("When"),
                Column.BECOMES: tr("Becomes"),
                Column.SAYS: tr("What it says"),
                Column.LOOK: tr("Look at"),
            }
            return heads[Column(section)]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _say(self, row: "Coming | BadRow", column: Column) -> str:
        coming, preview = _coming(row), self._preview
        if column is Column.ROW:
            return str(row.number)
        if coming is None or preview is None:
            return {Column.BECOMES: tr("Stays out"), Column.LOOK: _reason(row)}.get(column, "")
        return {
            Column.WHEN: words.when(coming.entry),
            Column.BECOMES: becomes(coming, preview),
            Column.SAYS: words.says(coming.entry) or coming.entry.action_taken,
            Column.LOOK: " ".join(look_at(coming)),
        }[column]


class PreviewTable(QTableView):
    """The rows; the space bar ticks one."""

    def __init__(self, model: PreviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(tr("Rows of the file"))
        self.setAccessibleDescription(tr("Arrow keys move, the space bar ticks a row."))
        model.modelReset.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(max(24, self.fontMetrics().lineSpacing() + style.space(1.5)))
        rest = max(0, self.viewport().width() - style.space(sum(_LEAST.values())))
        for column, steps in _LEAST.items():
            share = rest // 2 if column in {Column.SAYS, Column.LOOK} else 0
            self.horizontalHeader().resizeSection(column, style.space(steps) + share)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.model().index(self.currentIndex().row(), Column.ROW)
        now = index.data(Qt.ItemDataRole.CheckStateRole)
        if event.key() == Qt.Key.Key_Space and now is not None:
            other = Qt.CheckState.Unchecked if Qt.CheckState(now) is Qt.CheckState.Checked else Qt.CheckState.Checked
            self.model().setData(index, other, Qt.ItemDataRole.CheckStateRole)
        else:
            super().keyPressEvent(event)


class PreviewPage(QWidget):
    """The rows, the current one in full, and how many go in.

    Attributes:
        only_odd: shows only the rows that should be looked at.
        table: the rows.
        full_card: what the current row says, in full.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = PreviewModel(self)
        self.table = PreviewTable(self.model)
        self.table.setMinimumHeight(style.space(36))
        self.only_odd = QCheckBox(tr("Only rows to look at"))
        self._summary = style.label()
        self._left = style.label("", "quiet")
        self.full_card, inside = style.card()
        self._full = style.label()
        inside.addWidget(self._full)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1.5))
        for part in (self._summary, self._left, self.only_odd):
            layout.addWidget(part)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.full_card)
        self.only_odd.toggled.connect(lambda odd: self.model.show_only_odd(odd=odd))
        self.model.modelReset.connect(self._begin)
        self.model.ticked_changed.connect(self._sum_up)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._read(now.row()))

    @property
    def wanted(self) -> int:
        """How many rows go in."""
        preview = self.model.preview
        return 0 if preview is None else sum(row.number not in self.model.left_out for row in preview.rows)

    @property
    def text(self) -> str:
        """What is said of all rows, and of the current one."""
        return f"{self._summary.text()}\n{self._left.text()}\n{self._full.text()}"

    def show_preview(self, preview: "Preview | None") -> None:
        """Show what taking a file in would do; None shows nothing."""
        self.only_odd.blockSignals(True)
        self.only_odd.setChecked(False)
        self.only_odd.blockSignals(False)
        self.model.show_preview(preview)
        left = preview.left if preview is not None else ()
        self._left.setText(tr("Columns left out: {names}.").format(names=", ".join(left)))
        self._left.setVisible(bool(left))
        odd = 0 if preview is None else len(preview.bad) + sum(map(_is_odd, preview.rows))
        self.only_odd.setText(tr("Only the %n row to look at|Only the %n rows to look at", odd))
        self.only_odd.setVisible(bool(odd))
        self._sum_up()

    def _begin(self) -> None:
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._read(0)

    def _sum_up(self) -> None:
        preview = self.model.preview
        self._summary.setText(summary(preview, self.wanted) if preview is not None else "")

    def _read(self, number: int) -> None:
        row, preview = self.model.row(number), self.model.preview
        if row is None or preview is None:
            self._full.clear()
            return
        coming = _coming(row)
        if coming is None:
            self._full.setText(tr("Row {number}. {reason}").format(number=row.number, reason=_reason(row)))
            return
        entry = coming.entry
        written = tr("Date as written: {words}").format(words=coming.written) if coming.written else ""
        said = filter(None, (entry.what, entry.child_words, entry.impact, entry.action_taken, entry.outcome))
        lines = (" · ".join(said), written, *look_at(coming), *beside(coming, preview))
        self._full.setText("\n".join(filter(None, lines)))


def _coming(row: "Coming | BadRow") -> "Coming | None":
    from gcp2_app.services.chronology_import import Coming

    return row if isinstance(row, Coming) else None


def _reason(row: "Coming | BadRow") -> str:
    from gcp2_app.services.chronology_import import BadRow

    return row.reason if isinstance(row, BadRow) else ""


def _is_odd(row: "Coming | BadRow") -> bool:
    coming = _coming(row)
    return coming is None or bool(look_at(coming))
