"""The order in which the keyboard goes through a page: as its layouts read, not as its widgets happened to be made.

What is folded out or added later is made last, and Qt would come to it last.
"""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

#: They hold widgets of their own, which no Tab leads to.
_WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit)


def stops(page: QWidget) -> list[QWidget]:
    """Return the widgets of a page that Tab leads to, in the order a person reads them."""
    return list(_stops(page))


def go_on(page: QWidget, *, forward: bool) -> bool:
    """Move the keyboard to the next widget of a page or to the one before; False where it is nowhere on it."""
    order, here = stops(page), page.focusWidget()
    if here not in order:
        return False
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    there = order[(order.index(here) + (1 if forward else -1)) % len(order)]
    there.setFocus(reason)
    around = there.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(there)
        around = around.parentWidget()
    return True


def put_in_order(page: QWidget, after: QWidget) -> None:
    """Have Tab go through a page in the order it reads, and then to a widget that was made before it."""
    order = [after, *stops(page), after]
    for here, following in pairwise(order):
        QWidget.setTabOrder(here, following)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if widget.isHidden() or not widget.isEnabled():
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    if isinstance(widget, _WHOLE):
        return
    layout = widget.layout()
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        # A bare area holds nothing.
        yield from _stops(inner) if inner is not None else ()
    elif layout is not None:
        yield from _of_layout(layout)
    else:
        for child in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            yield from _stops(child)


def _of_layout(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from _stops(widget)
        elif inner is not None:
            yield from _of_layout(inner)
