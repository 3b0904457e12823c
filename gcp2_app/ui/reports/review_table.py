"""The review queue as a table: what waits, since when, and whether its reader may sign it.

Knows the queue's shape; nothing of the store. Its cells look as the caseload's do.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import IntEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import QWidget

from gcp2_app.domain.when import LONDON
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.caseload import areas
from gcp2_app.ui.caseload.cells import GradesCell
from gcp2_app.ui.caseload.columns import Said
from gcp2_app.ui.caseload.model import ROW, SAID
from gcp2_app.ui.caseload.rows import RowsTable
from gcp2_app.ui.in_place import RowsModel

if TYPE_CHECKING:
    from gcp2_app.services.review import Waiting

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WORDS: Final = frozenset(
    int(role) for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
)


class Column(IntEnum):
    """Columns, left to right."""

    CHILD = 0
    DAYS = 1
    ASSESSORS = 2
    SINCE = 3
    GRADES = 4


#: The widest a column of words gets where there is no room for all of it, in steps of
#: :func:`gcp2_app.ui.style.space`; where there is room, the child takes what is left.
_WIDEST: Final = 64


def tr(text: str, count: int = -1) -> str:
    """Translate a text of this module; ``one|many`` is chosen by the count, which replaces ``%n``."""
    if count < 0:
        return QCoreApplication.translate("review", text)
    one, _, many = text.partition("|")
    return QCoreApplication.translate("review", one if count == 1 else many or one).replace("%n", str(count))


def say_child(waiting: "Waiting") -> Said:
    """Return whose assessment it is, and why its reader cannot sign it, where that is so."""
    own = tr("You assessed this: someone else signs") if waiting.own else ""
    return Said(waiting.child_name, own, warn=waiting.own)


def say_days(waiting: "Waiting") -> Said:
    """Return the days of the assessment."""
    window = waiting.summary.window
    correction = tr("Corrects an earlier version") if waiting.summary.corrects else ""
    return Said(tr("No dates recorded") if window is None else words.window(window), correction)


def say_assessors(waiting: "Waiting") -> Said:
    """Return who assessed: the first, and the others below."""
    first, *others = waiting.assessors or (tr("Not known"),)
    return Said(first, tr("with {names}").format(names=", ".join(others)) if others else "")


def say_since(waiting: "Waiting", today: date) -> Said:
    """Return since when it waits."""
    at = waiting.submitted_at
    if at is None:
        return Said(tr("Not known"))
    on = at.astimezone(LONDON).date()
    days = (today - on).days
    return Said(words.day(on), tr("today") if days <= 0 else tr("%n day ago|%n days ago", days))


def say_grades(waiting: "Waiting") -> Said:
    """Return the grades of all areas."""
    return Said(areas.spoken(waiting.summary.areas))


class ReviewModel(RowsModel):
    """What waits, as rows."""

    _rows: "tuple[Waiting, ...]"

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(attrgetter("summary.id"), parent)
        self._today = date.min

    def show_queue(self, rows: "tuple[Waiting, ...]", today: date) -> None:
        """Show what waits."""
        self._today = today
        self._follow(rows)

    def row(self, number: int) -> "Waiting":
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
            return row.summary
        said = self._say(row, Column(index.column()))
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

    def _say(self, row: "Waiting", column: Column) -> Said:
        ways: Mapping[Column, Callable[[Waiting], Said]] = {
            Column.CHILD: say_child,
            Column.DAYS: say_days,
            Column.ASSESSORS: say_assessors,
            Column.SINCE: lambda waiting: say_since(waiting, self._today),
            Column.GRADES: say_grades,
        }
        return ways[column](row)


def _heads() -> Mapping[Column, str]:
    return {
        Column.CHILD: tr("Child"),
        Column.DAYS: tr("Days of the assessment"),
        Column.ASSESSORS: tr("Assessed by"),
        Column.SINCE: tr("Submitted"),
        Column.GRADES: tr("Grades"),
    }


class ReviewTable(RowsTable):
    """What waits."""

    def __init__(self, model: ReviewModel, parent: QWidget | None = None) -> None:
        super().__init__(model, {Column.GRADES: GradesCell}, parent)
        self.setAccessibleName(self.tr("Assessments waiting for sign-off"))
        self.setAccessibleDescription(self.tr("Arrow keys move, Enter opens the assessment."))
        self.open_by_click()
        model.followed.connect(self.fit)
        self.fit()

    @override
    def fit(self) -> None:
        super().fit()
        header = self.horizontalHeader()
        widths = {column: max(self.sizeHintForColumn(column), header.sectionSizeHint(column)) for column in Column}
        widths[Column.GRADES] = self.wide(Column.GRADES)
        if sum(widths.values()) > self.viewport().width():
            most = style.space(_WIDEST)
            widths |= {column: min(most, widths[column]) for column in Column if column is not Column.GRADES}
        widths[Column.CHILD] += max(0, self.viewport().width() - sum(widths.values()))
        self.set_widths(widths.items())
