"""The caseload as a table model: it knows how many children there are and holds only the windows of rows asked for.

A window is fetched when one of its rows is first looked at. Knows the caseload service; nothing of how rows are drawn.
"""

from collections import OrderedDict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from gcp2_app.overriding import override
from gcp2_app.ui.caseload import columns
from gcp2_app.ui.caseload.columns import Column
from gcp2_app.ui.latest import Latest
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.storage.caseload import CaseloadPage, CaseloadQuery, CaseloadRow

#: Rows fetched at a time: whoever types in the filter waits for so many of them, and sees a dozen or two.
WINDOW: Final = 50
#: Windows kept; the one looked at longest ago goes first.
_KEPT: Final = 16
#: Role under which a cell gives its whole row.
ROW: Final = int(Qt.ItemDataRole.UserRole)
#: Role under which a cell gives what it says, first line and second.
SAID: Final = ROW + 1

_WORDS: Final = frozenset(
    map(
        int,
        (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
            SAID,
        ),
    )
)
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class CaseloadModel(QAbstractTableModel):
    """Children as rows, fetched window by window from the store.

    Attributes:
        shown: emitted with the total after the answer to a new question is shown.
    """

    shown = Signal(int)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._latest = Latest(workspace.tasks, self)
        self._query: CaseloadQuery | None = None
        self._today = date.min
        self._total = 0
        self._windows: OrderedDict[int, tuple[CaseloadRow, ...]] = OrderedDict()
        self._asked: set[int] = set()
        self._stale: set[int] = set()
        self._answer = 0

    def ask(self, text: str, column: Column, *, descending: bool) -> None:
        """Show the children that match a text, sorted by a column. What is shown stays until the answer is there."""
        from gcp2_app.services import caseload

        session = self._workspace.session
        sort: Any = columns.sort_key(column)
        query = caseload.CaseloadQuery(text=text.strip(), sort=sort, descending=descending, limit=WINDOW)
        self._latest.ask(lambda: caseload.page(session, query), lambda page: self._show(query, page))

    def clear(self) -> None:
        """Let go of every child."""
        self._latest.forget()
        self.beginResetModel()
        self._answer += 1
        self._query, self._total = None, 0
        self._windows.clear()
        self._asked.clear()
        self.endResetModel()

    def row(self, number: int) -> "CaseloadRow | None":
        """Return a row, or None while its window is being fetched."""
        window, place = divmod(number, WINDOW)
        rows = self._windows.get(window)
        if rows is None or window in self._stale:
            self._fetch(window)
        if rows is None:
            return None
        self._windows.move_to_end(window)
        return rows[place] if place < len(rows) else None

    def number_of(self, child_id: str) -> int | None:
        """Return the number of a child's row, or None where it is not among the rows held."""
        for window, rows in self._windows.items():
            for place, row in enumerate(rows):
                if row.id == child_id:
                    return window * WINDOW + place
        return None

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._total

    @override
    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.row(index.row())
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole and index.column() == Column.NAME else None
        if role == ROW:
            return row
        if role not in _WORDS:
            return None
        said = columns.say(row, Column(index.column()), self._today)
        if role == SAID:
            return said
        return said.text if role == Qt.ItemDataRole.DisplayRole else said.spoken

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return columns.header(Column(section))
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole}:
            return columns.explanation(Column(section))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _show(self, query: "CaseloadQuery", page: "CaseloadPage") -> None:
        if not self._workspace.is_unlocked:
            return
        again = (query, page.total) == (self._query, self._total)
        if not again:
            self.beginResetModel()
            self._windows.clear()
        self._answer += 1
        self._query, self._total = query, page.total
        self._today = self._workspace.session.today()
        self._asked.clear()
        self._windows[0] = page.rows
        # What was known of the other rows stays on screen until they are fetched again.
        self._stale = {window for window in self._windows if window}
        if not again:
            self.endResetModel()
        elif page.total:
            self.dataChanged.emit(self.index(0, 0), self.index(page.total - 1, len(Column) - 1))
        self.shown.emit(page.total)

    def _fetch(self, window: int) -> None:
        if self._query is None or window in self._asked:
            return
        from gcp2_app.services import caseload

        self._asked.add(window)
        session, answer = self._workspace.session, self._answer
        query = replace(self._query, offset=window * WINDOW)
        self._workspace.tasks.run(
            self, lambda: caseload.page(session, query), lambda page: self._keep(answer, window, page)
        )

    def _keep(self, answer: int, window: int, page: "CaseloadPage") -> None:
        if answer != self._answer:
            return
        self._asked.discard(window)
        self._stale.discard(window)
        self._windows[window] = page.rows
        # The first window stays: it is where every way back begins.
        while len(self._windows) > _KEPT:
            self._windows.pop(next(held for held in self._windows if held not in {0, window}))
        first = self.index(window * WINDOW, 0)
        last = self.index(min((window + 1) * WINDOW, self._total) - 1, len(Column) - 1)
        self.dataChanged.emit(first, last)
