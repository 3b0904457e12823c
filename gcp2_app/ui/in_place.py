"""Lists and tables that show other lines than before without being made anew: what stays keeps its row.

So the keyboard, the pointer and the eye keep their places. Knows nothing of what the lines are about.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

L = TypeVar("L", bound=Hashable)


def follow_lines(
    view: QListWidget, held: Sequence[L], wanted: Sequence[L], fill: Callable[[QListWidgetItem, L], object]
) -> None:
    """Bring a list from the lines it holds to the lines wanted; rows of lines that stay are left alone.

    Args:
        view: the list; its rows are the lines held, in their order.
        held: what it shows.
        wanted: what it is to show.
        fill: writes a line into its row.
    """
    for first, end, from_, to in _changes(held, wanted):
        shared = min(end - first, to - from_)
        for row in reversed(range(first + shared, end)):
            view.takeItem(row)
        for number in range(to - from_):
            if number >= shared:
                view.insertItem(first + number, "")
            fill(view.item(first + number), wanted[from_ + number])


class RowsModel(QAbstractTableModel):
    """Rows that all stand here, each about one thing with an id.

    Attributes:
        followed: emitted after other rows are shown.
    """

    followed = Signal()

    def __init__(self, id_of: Callable[[Any], str], parent: QObject | None = None) -> None:
        """Make a table without rows.

        Args:
            id_of: gives the id of the thing a row is about.
            parent: ends it.
        """
        super().__init__(parent)
        self._id_of = id_of
        self._rows: tuple[Any, ...] = ()

    def number_of(self, id_: str) -> int | None:
        """Return the number of the row about a thing, or None where there is none."""
        return next((number for number, row in enumerate(self._rows) if self._id_of(row) == id_), None)

    def _follow(self, rows: tuple[Any, ...]) -> None:
        """Show these rows."""
        for first, end, from_, to in _changes([*map(self._id_of, self._rows)], [*map(self._id_of, rows)]):
            if end > first:
                self.beginRemoveRows(QModelIndex(), first, end - 1)
                self._rows = self._rows[:first] + self._rows[end:]
                self.endRemoveRows()
            if to > from_:
                self.beginInsertRows(QModelIndex(), first, first + to - from_ - 1)
                self._rows = self._rows[:first] + rows[from_:to] + self._rows[first:]
                self.endInsertRows()
        self._rows = rows
        if rows:
            # What is said can hang on the day too.
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.columnCount() - 1))
        self.followed.emit()


def _changes(held: Sequence[Hashable], wanted: Sequence[Hashable]) -> Iterator[tuple[int, int, int, int]]:
    """Yield which lines held give way to which lines wanted, from the end: the numbers of those before stay right."""
    found = SequenceMatcher(None, held, wanted, autojunk=False).get_opcodes()
    for change, first, end, from_, to in reversed(found):
        if change != "equal":
            yield first, end, from_, to
