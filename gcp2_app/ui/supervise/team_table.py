"""The team's children as a table: grades, last seen, next review due, oldest unanswered. Nothing ranks them.

Knows the row's shape; nothing of the store. Its cells look as the caseload's do.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import IntEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.caseload import areas
from gcp2_app.ui.caseload.cells import GradesCell
from gcp2_app.ui.caseload.columns import Said
from gcp2_app.ui.caseload.model import ROW, SAID
from gcp2_app.ui.caseload.rows import RowsTable
from gcp2_app.ui.in_place import RowsModel

if TYPE_CHECKING:
    from gcp2_app.services.supervision.desk import DeskRow

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WORDS: Final = frozenset(
    int(role) for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
)
_WIDEST: Final = 52
_NARROWEST: Final = 30


class Column(IntEnum):
    """Columns, left to right."""

    CHILD = 0
    GRADES = 1
    SEEN = 2
    DUE = 3
    UNANSWERED = 4
    WORKER = 5


def tr(text: str, count: int = -1) -> str:
    """Translate a text of the supervisor's screens; ``one|many`` is chosen by the count, which replaces ``%n``."""
    if count < 0:
        return QCoreApplication.translate("supervise", text)
    one, _, many = text.partition("|")
    return QCoreApplication.translate("supervise", one if count == 1 else many or one).replace("%n", str(count))


def _ago(on: date, today: date) -> str:
    days = (today - on).days
    return tr("today") if days <= 0 else tr("%n day ago|%n days ago", days)


def say(row: "DeskRow", column: Column, today: date) -> Said:
    """Return what a cell says, and what stands below it."""
    ways: Mapping[Column, Callable[[], Said]] = {
        Column.CHILD: lambda: _child(row),
        Column.GRADES: lambda: Said(areas.spoken(row.line.areas)),
        Column.SEEN: lambda: _seen(row, today),
        Column.DUE: lambda: _due(row, today),
        Column.UNANSWERED: lambda: _unanswered(row),
        Column.WORKER: lambda: Said(row.line.allocated or tr("Nobody")),
    }
    return ways[column]()


def _child(row: "DeskRow") -> Said:
    line = row.line
    name = f"{line.given_names} {line.family_name}".strip()
    if line.unborn and not line.given_names:
        name = tr("Unborn child {name}").format(name=line.family_name).strip()
    return Said(name, words.status(line.statuses[0]) if line.statuses else "")


def _seen(row: "DeskRow", today: date) -> Said:
    if row.last_seen is None:
        return Said(tr("None recorded"))
    return Said(words.short_day(row.last_seen), _ago(row.last_seen, today))


def _due(row: "DeskRow", today: date) -> Said:
    due = row.line.next_due
    if due is None:
        return Said(tr("Not set"))
    return Said(words.short_day(due), tr("Overdue") if due < today else "", warn=due < today)


def _unanswered(row: "DeskRow") -> Said:
    since = row.oldest_unanswered
    return Said(tr("Nothing") if since is None else words.short_day(since))


class TeamModel(RowsModel):
    """A page of the team, as rows."""

    _rows: "tuple[DeskRow, ...]"

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(attrgetter("line.id"), parent)
        self._today = date.min

    def show_rows(self, rows: "tuple[DeskRow, ...]", today: date) -> None:
        """Show a page."""
        self._today = today
        self._follow(rows)

    def row(self, number: int) -> "DeskRow":
        """Return a row, from 0."""
        return self._rows[number]

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row.line
        said = say(row, Column(index.column()), self._today)
        if role == SAID:
            return said
        return said.spoken if role in _WORDS else None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _heads()[Column(section)]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def _heads() -> Mapping[Column, str]:
    return {
        Column.CHILD: tr("Child"),
        Column.GRADES: tr("Latest grades"),
        Column.SEEN: tr("Last seen"),
        Column.DUE: tr("Review due"),
        Column.UNANSWERED: tr("Unanswered since"),
        Column.WORKER: tr("Allocated"),
    }


class TeamTable(RowsTable):
    """A page of the team's children."""

    def __init__(self, model: TeamModel, parent: QWidget | None = None) -> None:
        super().__init__(model, {Column.GRADES: GradesCell}, parent)
        self.setAccessibleName(tr("Children of the team"))
        self.setAccessibleDescription(tr("Arrow keys move, Enter opens the twenty-minute page."))
        self.open_by_click()
        model.followed.connect(self.fit)
        self.fit()

    @override
    def fit(self) -> None:
        super().fit()
        header = self.horizontalHeader()
        most = style.space(_WIDEST)
        widths = {
            column: min(most, max(self.sizeHintForColumn(column), header.sectionSizeHint(column))) for column in Column
        }
        widths[Column.GRADES] = self.wide(Column.GRADES)
        widths[Column.WORKER] = min(style.space(_NARROWEST) * 2 // 3, widths[Column.WORKER])
        free = self.viewport().width() - sum(widths.values())
        if free < 0:
            widths[Column.CHILD] = max(style.space(_NARROWEST), widths[Column.CHILD] + free)
        widths[Column.WORKER] += max(0, free)
        self.set_widths(widths.items())
