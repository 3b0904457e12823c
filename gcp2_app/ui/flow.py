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
        self._kept: set[int] = set()
        # Asked for many times a layout, by width; what was measured counts until something inside changes.
        self._heights: dict[int, int] = {}

    def keep_together(self) -> None:
        """Never let the row end between what was added last and what is added next, as a label and its control."""
        self._kept.add(len(self._items))
        self.invalidate()

    def push(self) -> None:
        """Put what is added from here on at the right end."""
        self._pushed_from = len(self._items)

    @override
    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:  # Qt asks past the end
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:  # Qt asks past the end
        if not 0 <= index < len(self._items):
            return None
        self.invalidate()
        return self._items.pop(index)

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

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
        for together in self._groups():
            least = [item.minimumSize() for _, item in together]
            width = sum(each.width() for each in least) + self.spacing() * (len(least) - 1)
            size = size.expandedTo(QSize(width, max(each.height() for each in least)))
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Return the height the widgets need in a rectangle's width, and put them there if wanted."""
        inside = rect.marginsRemoved(self.contentsMargins())
        rows = self._rows(inside.width())
        top = inside.top()
        for row in rows:
            height = max(self._size(item, inside.width()).height() for _, item in row)
            if move:
                self._place_row(row, QRect(inside.left(), top, inside.width(), height), alone=len(rows) == 1)
            top += height + self.spacing()
        margins = self.contentsMargins()
        return (top - self.spacing() if rows else top) - inside.top() + margins.top() + margins.bottom()

    def _groups(self) -> list[list[tuple[int, QLayoutItem]]]:
        """Return what is shown, with what must not be parted side by side."""
        groups: list[list[tuple[int, QLayoutItem]]] = []
        for index, item in enumerate(self._items):
            if item.isEmpty():
                continue
            if groups and index in self._kept and groups[-1][-1][0] == index - 1:
                groups[-1].append((index, item))
            else:
                groups.append([(index, item)])
        return groups

    def _rows(self, width: int) -> list[list[tuple[int, QLayoutItem]]]:
        rows: list[list[tuple[int, QLayoutItem]]] = []
        used = 0
        for group in self._groups():
            wide = sum(self._size(item, width).width() for _, item in group) + self.spacing() * (len(group) - 1)
            if rows and used + self.spacing() + wide <= width:
                rows[-1].extend(group)
                used += self.spacing() + wide
            else:
                rows.append(list(group))
                used = wide
        return rows

    @staticmethod
    def _size(item: QLayoutItem, width: int) -> QSize:
        """Return the size an item wants, no wider than the row where it can shrink."""
        hint = item.sizeHint()
        wide = max(min(hint.width(), width), item.minimumSize().width())
        if wide < hint.width() and item.hasHeightForWidth():
            return QSize(wide, item.heightForWidth(wide))
        return QSize(wide, hint.height())

    def _place_row(self, row: list[tuple[int, QLayoutItem]], rect: QRect, *, alone: bool) -> None:
        sizes = [self._size(item, rect.width()) for _, item in row]
        used = sum(size.width() for size in sizes) + self.spacing() * (len(row) - 1)
        over = max(0, used - rect.width())
        left = rect.left()
        pushed = False
        for (index, item), hint in zip(row, sizes, strict=True):
            if alone and not pushed and self._pushed_from is not None and index >= self._pushed_from:
                left += max(0, rect.width() - used)
                pushed = True
            # What must stay together and is too wide for a row gives way where it can.
            give = min(over, max(0, hint.width() - item.minimumSize().width()))
            over -= give
            size = QSize(hint.width() - give, hint.height())
            item.setGeometry(QRect(QPoint(left, rect.top() + (rect.height() - size.height()) // 2), size))
            left += size.width() + self.spacing()
