"""The review queue as a table: what waits, since when, and whether its reader may sign it.

Knows the queue's shape; nothing of the store. Its cells look as the caseload's do.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from gcp2_app.domain.when import LONDON
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.caseload import areas
from gcp2_app.ui.caseload.cells import Cell, GradesCell, WordsCell, row_height
from gcp2_app.ui.caseload.columns import Said
from gcp2_app.ui.caseload.model import ROW, SAID

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


#: The widest a column of words gets, in steps of :func:`gcp2_app.ui.style.space`; the child takes what is left.
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


class ReviewModel(QAbstractTableModel):
    """What waits, as rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Waiting, ...] = ()
        self._today = date.min

    def show_queue(self, rows: "tuple[Waiting, ...]", today: date) -> None:
        """Show what waits."""
        self.beginResetModel()
        self._rows, self._today = rows, today
        self.endResetModel()

    def row(self, number: int) -> "Waiting":
        """Return a row, from 0."""
        return self._rows[number]

    def number_of(self, assessment_id: str) -> int | None:
        """Return the number of an assessment's row, or None where it does not wait."""
        ids = [row.summary.id for row in self._rows]
        return ids.index(assessment_id) if assessment_id in ids else None

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


class ReviewTable(QTableView):
    """What waits, keyboard first.

    Attributes:
        chosen: emitted with the number of a row to open.
    """

    chosen = Signal(int)

    def __init__(self, model: ReviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(self.tr("Assessments waiting for sign-off"))
        self.setAccessibleDescription(self.tr("Arrow keys move, Enter opens the assessment."))
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
        for column, cell in self._cells.items():
            self.setItemDelegateForColumn(column, cell)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))
        model.modelReset.connect(self._fit)
        self._fit()

    def go_to(self, number: int) -> None:
        """Make a row the current one and bring it into view."""
        index = self.model().index(number, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(row_height())
        header = self.horizontalHeader()
        widths = {
            column: min(style.space(_WIDEST), max(self.sizeHintForColumn(column), header.sectionSizeHint(column)))
            for column in Column
        }
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        widths[Column.GRADES] = self._cells[Column.GRADES].sizeHint(option, QModelIndex()).width()
        widths[Column.CHILD] += max(0, self.viewport().width() - sum(widths.values()))
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
        else:
            super().keyPressEvent(event)
