"""A child's assessments as a table model: dates, where each stands, whose care, pack, assessors, the four areas."""

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gcp2_app.overriding import override
from gcp2_app.ui import words
from gcp2_app.ui.caseload import areas
from gcp2_app.ui.caseload.columns import Said
from gcp2_app.ui.caseload.model import ROW, SAID
from gcp2_app.ui.child.names import person_name, professional_name

if TYPE_CHECKING:
    from gcp2_app.storage.results import AssessmentSummary
    from gcp2_app.ui.child.shown import Shown

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Column(IntEnum):
    """Columns, left to right."""

    WINDOW = 0
    STATE = 1
    CARERS = 2
    GRADES = 3
    ASSESSORS = 4
    PACK = 5


class AssessmentList(QAbstractTableModel):
    """One row an assessment, newest window first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: Shown | None = None
        self._rows: tuple[AssessmentSummary, ...] = ()

    def say(self, shown: "Shown | None") -> None:
        """Show a child's assessments, or none."""
        self.beginResetModel()
        self._shown = shown
        self._rows = shown.file.assessments if shown is not None else ()
        self.endResetModel()

    def assessment(self, number: int) -> "AssessmentSummary | None":
        """Return the assessment of a row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def number_of(self, assessment_id: str) -> int | None:
        """Return the row of an assessment."""
        return next((number for number, row in enumerate(self._rows) if row.id == assessment_id), None)

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.assessment(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW:
            return row
        said = self._say(row, Column(index.column()))
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            # Where the columns stand below each other, nobody gets to the others.
            return "; ".join(self._say(row, column).spoken for column in Column)
        roles: dict[int, Any] = {
            SAID: said,
            Qt.ItemDataRole.DisplayRole: said.text,
            Qt.ItemDataRole.ToolTipRole: said.spoken,
            Qt.ItemDataRole.AccessibleTextRole: said.spoken,
        }
        return roles.get(role)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return {
                Column.WINDOW: self.tr("Dates"),
                Column.STATE: self.tr("Where it stands"),
                Column.CARERS: self.tr("Care by"),
                Column.GRADES: self.tr("Grades"),
                Column.ASSESSORS: self.tr("Assessed by"),
                Column.PACK: self.tr("Pack"),
            }[Column(section)]
        return None

    def _say(self, row: "AssessmentSummary", column: Column) -> Said:
        if self._shown is None:
            return Said("")
        match column:
            case Column.WINDOW:
                return self._say_window(row)
            case Column.STATE:
                return self._say_state(row)
            case Column.GRADES:
                return Said(areas.spoken(row.areas, self._shown.area_labels(row)))
            case Column.CARERS | Column.ASSESSORS:
                return self._say_names(row, self._shown, carers=column is Column.CARERS)
            case Column.PACK:
                return self._say_pack(row, self._shown)

    def _say_names(self, row: "AssessmentSummary", shown: "Shown", *, carers: bool) -> Said:
        if row.recorded_elsewhere and not carers:
            return Said(self.tr("Recorded elsewhere"), shown.elsewhere.get(row.id, ""))
        if carers:
            names = [person_name(shown, id_) for id_ in row.carers]
        else:
            names = [professional_name(shown, id_) for id_ in row.assessors]
        first, *others = names or [self.tr("Not known")]
        return Said(first, ", ".join(others))

    def _say_pack(self, row: "AssessmentSummary", shown: "Shown") -> Said:
        pack = shown.pack(row)
        version = self.tr("version {version}").format(version=row.pack_version)
        return Said(pack.short_title if pack is not None else row.pack, version)

    def _say_window(self, row: "AssessmentSummary") -> Said:
        if row.window is None:
            return Said(self.tr("Not known"))
        first, last = row.window.from_, row.window.to
        return Said(words.short_day(first), self.tr("to {day}").format(day=words.short_day(last)))

    def _say_state(self, row: "AssessmentSummary") -> Said:
        if row.corrected_by is not None:
            return Said(words.say(row.state), self.tr("replaced by a correction"))
        if row.signed_off_on is not None:
            return Said(words.say(row.state), words.short_day(row.signed_off_on))
        if row.corrects is not None:
            return Said(words.say(row.state), self.tr("corrects an earlier version"))
        return Said(words.say(row.state))
