"""The timeline as a list model: it knows every row there is and holds only the entries that were looked at.

Entries are fetched a window at a time when one of them is first looked at. Knows the stream service; nothing of how
rows are drawn.
"""

from collections import OrderedDict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui.latest import Latest
from gcp2_app.ui.timeline import words
from gcp2_app.ui.timeline.rows import EntryRow, GapRow, MonthRow, Row, rows_of
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.entries import Entry
    from gcp2_app.domain.kinds import EntryKind
    from gcp2_app.services.stream import Outline, StreamQuery

#: Entries fetched at a time: a few screens of them.
WINDOW: Final = 80
#: Windows kept; the one looked at longest ago goes first.
_KEPT: Final = 12
#: Roles under which an index gives its row, and its entry once that is there.
ROW: Final = int(Qt.ItemDataRole.UserRole)
ENTRY: Final = ROW + 1

_WORDS: Final = frozenset(map(int, (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)))
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class TimelineModel(QAbstractListModel):
    """Months, entries and gaps as rows.

    Attributes:
        shown: emitted with the outline after the answer to a new question is shown.
        failed: emitted with an AppError.
    """

    shown = Signal(object)
    failed = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._latest = Latest(workspace.tasks, self)
        self._query: StreamQuery | None = None
        self._why = ""
        self._rows: tuple[Row, ...] = ()
        self._kinds: Mapping[str, EntryKind] = {}
        self._windows: OrderedDict[int, dict[str, Entry]] = OrderedDict()
        self._asked: set[int] = set()
        self._answer = 0

    @property
    def kinds(self) -> "Mapping[str, EntryKind]":
        """The declared kinds of entry."""
        return self._kinds

    def ask(self, query: "StreamQuery", why: str) -> None:
        """Show a stream. What is shown stays until the answer is there.

        Args:
            why: the reason a restricted record was opened for.
        """
        from gcp2_app.services import entries, stream

        session = self._workspace.session

        def work() -> "tuple[Outline, tuple[Entry, ...], Mapping[str, EntryKind]] | AppError":
            try:
                found = stream.outline(session, query, why=why)
                first = [place.id for place in found.places[:WINDOW]]
                return found, stream.read(session, query.child, first, why=why), entries.kinds()
            except AppError as error:
                return error

        self._latest.ask(work, lambda answer: self._show(query, why, answer))

    def clear(self) -> None:
        """Let go of every entry."""
        self._latest.forget()
        self.beginResetModel()
        self._answer += 1
        self._query, self._rows = None, ()
        self._windows.clear()
        self._asked.clear()
        self.endResetModel()

    def row(self, number: int) -> Row | None:
        """Return a row, or None where there is none."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def entry(self, row: Row | None) -> "Entry | None":
        """Return the entry of a row, or None while it is being fetched and for rows that are none."""
        if not isinstance(row, EntryRow):
            return None
        window = row.number // WINDOW
        held = self._windows.get(window)
        if held is None:
            self._fetch(window)
            return None
        self._windows.move_to_end(window)
        return held.get(row.place.id)

    def number_of(self, entry_id: str) -> int | None:
        """Return the number of an entry's row, or None where it is not in the list."""
        for number, row in enumerate(self._rows):
            if isinstance(row, EntryRow) and row.place.id == entry_id:
                return number
        return None

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self.row(index.row()), EntryRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        # Read out when the eye passes it, and never what the keys stop at.
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW:
            return row
        if role == ENTRY:
            return self.entry(row)
        return self._say(row) if role in _WORDS else None

    def _say(self, row: Row) -> str:
        if isinstance(row, MonthRow):
            return words.month_row(row)
        if isinstance(row, GapRow):
            return words.gap(row.gap)
        entry = self.entry(row)
        return "…" if entry is None else words.spoken(entry, self._kinds)

    def _show(
        self,
        query: "StreamQuery",
        why: str,
        answer: "tuple[Outline, tuple[Entry, ...], Mapping[str, EntryKind]] | AppError",
    ) -> None:
        if not self._workspace.is_unlocked:
            return
        if isinstance(answer, AppError):
            self.failed.emit(answer)
            return
        outline, entries, kinds = answer
        self.beginResetModel()
        self._answer += 1
        self._query, self._why, self._kinds, self._rows = query, why, kinds, rows_of(outline)
        self._windows.clear()
        self._asked.clear()
        self._windows[0] = {entry.id: entry for entry in entries}
        self.endResetModel()
        self.shown.emit(outline)

    def _fetch(self, window: int) -> None:
        if self._query is None or window in self._asked:
            return
        from gcp2_app.services import stream

        self._asked.add(window)
        session, child, why, answer = self._workspace.session, self._query.child, self._why, self._answer
        ids = [row.place.id for row in self._rows if isinstance(row, EntryRow) and row.number // WINDOW == window]
        self._workspace.tasks.run(
            self,
            lambda: stream.read(session, child, ids, why=why),
            lambda entries: self._keep(answer, window, entries),
            self.failed.emit,
        )

    def _keep(self, answer: int, window: int, entries: "tuple[Entry, ...]") -> None:
        if answer != self._answer:
            return
        self._asked.discard(window)
        self._windows[window] = {entry.id: entry for entry in entries}
        # The first window stays: it is where every way back begins.
        while len(self._windows) > _KEPT:
            self._windows.pop(next(held for held in self._windows if held not in {0, window}))
        numbers = [
            number
            for number, row in enumerate(self._rows)
            if isinstance(row, EntryRow) and row.number // WINDOW == window
        ]
        if numbers:
            self.dataChanged.emit(self.index(numbers[0], 0), self.index(numbers[-1], 0))
