"""What is not yet in the agency's own record, as a table. Knows the list's shape; nothing of the store."""

from collections.abc import Mapping
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from gcp2_app.domain.assessment import Window
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.agency.ask import tr
from gcp2_app.ui.caseload.columns import Said
from gcp2_app.ui.caseload.model import SAID
from gcp2_app.ui.caseload.rows import RowsTable

if TYPE_CHECKING:
    from gcp2_app.storage.agency_records import Unmarked

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WORDS: Final = frozenset(
    int(role) for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
)
#: The widest a column of words gets, in steps of :func:`gcp2_app.ui.style.space`; the child takes what is left.
_WIDEST: Final = 72
#: The least the child's column gets.
_CHILD: Final = 36


def _name(name: str, *, unborn: bool) -> str:
    if not unborn:
        return name or tr("Unborn child")
    return tr("Unborn child, {family}").format(family=name) if name else tr("Unborn child")


class Column(IntEnum):
    """Columns, left to right."""

    CHILD = 0
    WHAT = 1
    WHEN = 2


class Row(NamedTuple):
    """One record.

    Attributes:
        kind: ``assessment`` or ``entry``.
    """

    kind: str
    unmarked: "Unmarked"


class AgencyModel(QAbstractTableModel):
    """The records, as rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._titles: Mapping[str, str] = {}

    def show_rows(self, rows: tuple[Row, ...], titles: Mapping[str, str]) -> None:
        """Show rows.

        Args:
            rows: the records.
            titles: what kinds of entry are called, by their codes.
        """
        self.beginResetModel()
        self._rows, self._titles = rows, titles
        self.endResetModel()

    def row(self, number: int) -> Row | None:
        """Return a row, from 0."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def say(self, row: Row, column: Column) -> Said:
        """Return what a cell says."""
        record = row.unmarked
        match column:
            case Column.CHILD:
                names = [_name(name, unborn=id_ in record.unborn) for id_, name in record.children]
                return Said(
                    names[0] if names else "", tr("and {names}").format(names=", ".join(names[1:])) if names[1:] else ""
                )
            case Column.WHAT:
                return Said(
                    tr("Assessment") if row.kind == "assessment" else self._titles.get(record.kind, record.kind)
                )
            case Column.WHEN:
                if record.first is None or record.last is None:
                    return Said(tr("Not known"))
                return Said(words.window(Window(from_=record.first, to=record.last)))

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
        said = self.say(self._rows[index.row()], Column(index.column()))
        if role == SAID:
            return said
        return said.spoken if role in _WORDS else None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return {Column.CHILD: tr("Child"), Column.WHAT: tr("What"), Column.WHEN: tr("When")}[Column(section)]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class AgencyTable(RowsTable):
    """The records."""

    def __init__(self, model: AgencyModel, parent: QWidget | None = None) -> None:
        super().__init__(model, {}, parent)
        self.setAccessibleName(self.tr("Not yet in the agency’s record"))
        self.setAccessibleDescription(self.tr("Arrow keys move, Enter asks for the reference."))
        model.modelReset.connect(self.fit)
        self.doubleClicked.connect(lambda index: self.chosen.emit(index.row()))
        self.fit()

    @override
    def fit(self) -> None:
        super().fit()
        header = self.horizontalHeader()
        widths = {
            column: min(style.space(_WIDEST), max(self.sizeHintForColumn(column), header.sectionSizeHint(column)))
            for column in Column
        }
        rest = self.viewport().width() - widths[Column.WHAT] - widths[Column.WHEN]
        widths[Column.CHILD] = max(style.space(_CHILD), rest)
        self.set_widths(widths.items())
