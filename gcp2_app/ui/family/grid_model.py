"""The family grid as a table model: a row a unit, a column a child; every cell says in words what it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gcp2_app.domain.answers import UnitState
from gcp2_app.domain.family_grid import GridCell, GridColumn, GridRow
from gcp2_app.overriding import override
from gcp2_app.ui import words
from gcp2_app.ui.assess.wording import grade_words

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
#: What of a cell is painted: a Painted.
PAINTED: Final = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Shown:
    """One child's column.

    Attributes:
        name: what the child is called among its siblings.
        about: dates, state and age band of the assessment, in words.
    """

    name: str
    about: str
    column: GridColumn


@dataclass(frozen=True, slots=True)
class Painted:
    """What a cell shows.

    Attributes:
        rank: rank of the grade, or None.
        scale: how many grades there are.
        grade: the grade as a text; empty where there is none.
        text: what stands beside it, or in its place.
        marked: graded two or more worse than a sibling.
        settled: practitioners agree.
    """

    rank: int | None
    scale: int
    grade: str
    text: str
    marked: bool
    settled: bool


class GridModel(QAbstractTableModel):
    """Every unit of every child."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Shown, ...] = ()
        self._rows: tuple[GridRow, ...] = ()

    def say(self, columns: Sequence[Shown], rows: Sequence[GridRow]) -> None:
        """Show a grid."""
        self.beginResetModel()
        self._columns, self._rows = tuple(columns), tuple(rows)
        self.endResetModel()

    def row(self, number: int) -> GridRow:
        """Return a row, from 0."""
        return self._rows[number]

    def shown(self, number: int) -> Shown:
        """Return a column, from 0."""
        return self._columns[number]

    def place_of(self, column: int, code: str) -> QModelIndex:
        """Return the cell of a unit of a child, or none."""
        for number, row in enumerate(self._rows):
            if row.code == code and row.cells[column].state is not None:
                return self.index(number, column)
        return QModelIndex()

    def marked_units(self, column: int) -> tuple[str, ...]:
        """Return codes of the units in which a child is graded two or more worse than a sibling."""
        return tuple(row.code for row in self._rows if row.cells[column].worse_than)

    @override
    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        cell = row.cells[index.column()]
        if role == PAINTED:
            return self._painted(cell, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._said(cell, column)
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            told = self.tr("{unit}, {child}: {said}")
            return told.format(unit=self.unit_name(row), child=column.name, said=self._said(cell, column))
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Horizontal:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        if orientation is Qt.Orientation.Vertical:
            return self.unit_name(self._rows[section])
        shown = self._columns[section]
        return f"{shown.name}\n{shown.about}"

    def unit_name(self, row: GridRow) -> str:
        """Return a unit's code and label, with the age bands of one that is not in all."""
        name = f"{row.code} {row.label}"
        if not row.bands or not self._columns:
            return name
        pack = self._columns[0].column.pack
        labels = ", ".join(band.label for band in pack.bands if band.code in row.bands)
        return self.tr("{unit} ({bands})").format(unit=name, bands=labels)

    def _painted(self, cell: GridCell, shown: Shown) -> Painted:
        scale = len(shown.column.pack.grades)
        if cell.rank is None:
            return Painted(None, scale, "", self._without_grade(cell), marked=False, settled=True)
        text = self._better(cell)
        if not cell.settled:
            text = ", ".join(filter(None, (self.tr("not agreed"), text)))
        return Painted(cell.rank, scale, str(cell.grade), text, marked=bool(cell.worse_than), settled=cell.settled)

    def _without_grade(self, cell: GridCell) -> str:
        if cell.state is None:
            return self.tr("not in this age band")
        return self.tr("not graded") if cell.state is UnitState.NOT_STARTED else words.say(cell.state).lower()

    def _better(self, cell: GridCell) -> str:
        names = ", ".join(self._columns[number].name for number in cell.worse_than)
        return self.tr("2 or more worse than {names}").format(names=names) if names else ""

    def _said(self, cell: GridCell, shown: Shown) -> str:
        if cell.grade is None:
            return self._without_grade(cell)
        said = self.tr("grade {grade}").format(grade=grade_words(shown.column.pack, cell.grade))
        if not cell.settled:
            said = self.tr("{said}, practitioners have not agreed").format(said=said)
        if cell.worse_than:
            why = self.tr("ask why this child is treated differently")
            said = f"{said}. {self._better(cell)}: {why}"
        return said
