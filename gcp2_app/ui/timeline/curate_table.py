"""Tables of curated chronologies: the entries to pick from, and a version as it reads."""

from collections.abc import Collection, Mapping, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.timeline import words
from gcp2_app.ui.timeline.curate_words import tr

if TYPE_CHECKING:
    from gcp2_app.domain.entries import Entry
    from gcp2_app.domain.kinds import EntryKind
    from gcp2_app.services.chronologies import FrozenRow

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WORDS: Final = frozenset(map(int, (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)))
_LEFT: Final = Qt.AlignmentFlag.AlignLeft


class Column(IntEnum):
    """Columns of what can be picked, left to right."""

    WHEN = 0
    KIND = 1
    SAYS = 2
    MARKS = 3


_LEAST: Final = {Column.WHEN: 34, Column.KIND: 26, Column.SAYS: 24, Column.MARKS: 28}


class PickModel(QAbstractTableModel):
    """The entries of a child in time, with a tick where one is picked.

    Attributes:
        picked_changed: emitted with an entry's id after it was picked or its tick taken away.
    """

    picked_changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[Entry] = ()
        self._rows: list[Entry] = []
        self._kinds: Mapping[str, EntryKind] = {}
        self.picked: set[str] = set()

    def show_entries(self, entries: "Sequence[Entry]", kinds: "Mapping[str, EntryKind]", picked: set[str]) -> None:
        """Show every entry."""
        self._all, self._kinds, self.picked = entries, kinds, picked
        self.show_only(None)

    def show_only(self, ids: Collection[str] | None) -> None:
        """Show only some entries; None for all."""
        self.beginResetModel()
        self._rows = [entry for entry in self._all if ids is None or entry.id in ids]
        self.endResetModel()

    def entry(self, number: int) -> "Entry | None":
        """Return an entry by its row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def pick(self, number: int) -> None:
        """Pick an entry by its row."""
        if self.entry(number) is not None:
            self._set(number, wanted=True)

    def pick_all(self, *, wanted: bool) -> None:
        """Pick every entry that is shown, or none of them."""
        for number, entry in enumerate(self._rows):
            if (entry.id in self.picked) is not wanted:
                self._set(number, wanted=wanted)

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == Column.WHEN else flags

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None:
            return None
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == Column.WHEN:
            return Qt.CheckState.Checked if entry.id in self.picked else Qt.CheckState.Unchecked
        if role in _WORDS or role == Qt.ItemDataRole.ToolTipRole:
            return self._say(entry, Column(index.column()))
        return _LEFT | Qt.AlignmentFlag.AlignVCenter if role == Qt.ItemDataRole.TextAlignmentRole else None

    @override
    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole:
            return False
        self._set(index.row(), wanted=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            heads = {
                Column.WHEN: tr("When"),
                Column.KIND: tr("What sort"),
                Column.SAYS: tr("What it says"),
                Column.MARKS: tr("Marks"),
            }
            return heads[Column(section)]
        return _LEFT | Qt.AlignmentFlag.AlignVCenter if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _say(self, entry: "Entry", column: Column) -> str:
        match column:
            case Column.WHEN:
                return words.when(entry)
            case Column.KIND:
                return words.title(entry, self._kinds)
            case Column.SAYS:
                return words.says(entry)
            case Column.MARKS:
                return ", ".join(words.marks(entry))

    def _set(self, number: int, *, wanted: bool) -> None:
        id_ = self._rows[number].id
        if wanted:
            self.picked.add(id_)
        else:
            self.picked.discard(id_)
        index = self.index(number, Column.WHEN)
        self.dataChanged.emit(index, index)
        self.picked_changed.emit(id_)


class PickTable(QTableView):
    """The entries; the space bar picks one."""

    def __init__(self, model: PickModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        _make_plain(self)
        self.setWordWrap(False)
        self.setAccessibleName(tr("Entries to pick from, oldest first"))
        self.setAccessibleDescription(tr("Arrow keys move, the space bar picks an entry."))
        model.modelReset.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(max(24, self.fontMetrics().lineSpacing() + style.space(1.5)))
        rest = max(0, self.viewport().width() - style.space(sum(_LEAST.values())))
        for column, steps in _LEAST.items():
            share = rest if column is Column.SAYS else 0
            self.horizontalHeader().resizeSection(column, style.space(steps) + share)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.model().index(self.currentIndex().row(), Column.WHEN)
        if event.key() == Qt.Key.Key_Space and index.isValid():
            now = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
            other = Qt.CheckState.Unchecked if now is Qt.CheckState.Checked else Qt.CheckState.Checked
            self.model().setData(index, other, Qt.ItemDataRole.CheckStateRole)
        else:
            super().keyPressEvent(event)


class VersionModel(QAbstractTableModel):
    """A chronology as it reads, or as it was frozen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[str, ...] = ()
        self._heads: tuple[str, ...] = ()
        self._rows: tuple[FrozenRow, ...] = ()

    def show_rows(self, columns: tuple[str, ...], heads: tuple[str, ...], rows: "tuple[FrozenRow, ...]") -> None:
        """Show rows under their heads."""
        self.beginResetModel()
        self._columns, self._heads, self._rows = columns, heads, rows
        self.endResetModel()

    @property
    def columns(self) -> tuple[str, ...]:
        """Codes of the columns."""
        return self._columns

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._heads)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in _WORDS:
            cells = self._rows[index.row()].cells
            if not cells:
                return tr("Entered in error since: sealed.") if self._columns[index.column()] == "what" else ""
            return cells[index.column()]
        return _LEFT | Qt.AlignmentFlag.AlignTop if role == Qt.ItemDataRole.TextAlignmentRole else None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return _LEFT | Qt.AlignmentFlag.AlignVCenter if role == Qt.ItemDataRole.TextAlignmentRole else None


#: How wide columns of a version are, in steps; the others are as wide as a phrase.
_WIDE: Final = {"number": 8, "when": 28, "what": 62, "kind": 22, "analysis": 48, "details": 44, "marks": 26}
_PHRASE: Final = 34
#: Up to how many rows are as tall as their texts; measuring more would be felt.
_MOST_WHOLE: Final = 300


class VersionTable(QTableView):
    """A chronology as it reads, its texts whole."""

    def __init__(self, model: VersionModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._version = model
        self.setModel(model)
        _make_plain(self)
        self.setWordWrap(True)
        self.setStyleSheet(f"QTableView::item {{ padding: {max(2, style.space(0.7))}px; }}")
        self.setAccessibleName(tr("The chronology as it reads"))
        model.modelReset.connect(self._fit)

    def _fit(self) -> None:
        columns = self._version.columns
        header = self.horizontalHeader()
        widths = [
            max(style.space(_WIDE.get(code, _PHRASE)), header.sectionSizeHint(place))
            for place, code in enumerate(columns)
        ]
        rest = self.viewport().width() - sum(widths)
        for place, code in enumerate(columns):
            wide = widths[place] + (max(0, rest) if code == "what" else 0)
            header.resizeSection(place, wide)
        if self._version.rowCount() <= _MOST_WHOLE:
            self.resizeRowsToContents()
        else:
            self.verticalHeader().setDefaultSectionSize(4 * self.fontMetrics().lineSpacing())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()


def _make_plain(table: QTableView) -> None:
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.verticalHeader().hide()
    table.horizontalHeader().setHighlightSections(False)
