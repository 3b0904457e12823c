"""A row of widgets that goes on in a next row where the width ends, for bars that must survive large text."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from gcp2_app.overriding import override


class Flow(QLayout):
    """Lays widgets out like words in a line, centred on the line's height.

    The widgets added after :meth:`push` stand at the right end while everything fits in one row.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._pushed_from: int | None = None

    def push(self) -> None:
        """Put what is added from here on at the right end."""
        self._pushed_from = len(self._items)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:  # Qt asks past the end
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:  # Qt asks past the end
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    @override
    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        margins = self.contentsMargins()
        width = sum(hint.width() for hint in shown) + self.spacing() * max(0, len(shown) - 1)
        height = max((hint.height() for hint in shown), default=0)
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    @override
    def minimumSize(self) -> QSize:
        margins = self.contentsMargins()
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Return the height the widgets need in a rectangle's width, and put them there if wanted."""
        inside = rect.marginsRemoved(self.contentsMargins())
        rows = self._rows(inside.width())
        top = inside.top()
        for row in rows:
            height = max(item.sizeHint().height() for _, item in row)
            if move:
                self._place_row(row, QRect(inside.left(), top, inside.width(), height), alone=len(rows) == 1)
            top += height + self.spacing()
        margins = self.contentsMargins()
        return (top - self.spacing() if rows else top) - inside.top() + margins.top() + margins.bottom()

    def _rows(self, width: int) -> list[list[tuple[int, QLayoutItem]]]:
        rows: list[list[tuple[int, QLayoutItem]]] = []
        used = 0
        for index, item in enumerate(self._items):
            if item.isEmpty():
                continue
            wide = item.sizeHint().width()
            if rows and used + self.spacing() + wide <= width:
                rows[-1].append((index, item))
                used += self.spacing() + wide
            else:
                rows.append([(index, item)])
                used = wide
        return rows

    def _place_row(self, row: list[tuple[int, QLayoutItem]], rect: QRect, *, alone: bool) -> None:
        used = sum(item.sizeHint().width() for _, item in row) + self.spacing() * (len(row) - 1)
        left = rect.left()
        pushed = False
        for index, item in row:
            if alone and not pushed and self._pushed_from is not None and index >= self._pushed_from:
                left += max(0, rect.width() - used)
                pushed = True
            hint = item.sizeHint()
            item.setGeometry(QRect(QPoint(left, rect.top() + (rect.height() - hint.height()) // 2), hint))
            left += hint.width() + self.spacing()
