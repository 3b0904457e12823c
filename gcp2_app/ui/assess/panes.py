"""Three panes side by side where there is room; else the page alone, and the others one at a time in its place."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui import style

#: Widths in steps of the text size: the panes beside the page, and what the page itself wants.
_LEFT, _RIGHT, _CENTRE = 54, 44, 150
_NO_LIMIT: Final = 16_777_215


class Panes(QWidget):
    """The tree, the page, and what is missing.

    Attributes:
        pages: the page in the middle.
        room_changed: emitted with whether the left and the right pane stand beside the page.
    """

    room_changed = Signal(bool, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = QStackedWidget()
        self._left, self._right = QFrame(), QFrame()
        self._held: dict[QFrame, QWidget] = {}
        self._open: QFrame | None = None
        for pane in (self._left, self._right):
            inside = QVBoxLayout(pane)
            inside.setContentsMargins(0, 0, 0, 0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._left)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self._right)

    def fill(self, left: QWidget, right: QWidget) -> None:
        """Put something in the panes."""
        self.clear()
        for pane, widget in ((self._left, left), (self._right, right)):
            layout = pane.layout()
            if layout is not None:
                layout.addWidget(widget)
            self._held[pane] = widget
        self._fit()

    def clear(self) -> None:
        """Take out what is in the panes."""
        for widget in self._held.values():
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        self._held = {}

    @property
    def right_stands(self) -> bool:
        """Whether the right pane stands beside the page."""
        return self.width() >= style.space(_LEFT + _CENTRE + _RIGHT)

    def toggle_left(self) -> bool:
        """Open the left pane, or close it where it covers the page; return whether it is open."""
        return self._toggle(self._left)

    def toggle_right(self) -> bool:
        """Open the right pane, or close it where it covers the page; return whether it is open."""
        return self._toggle(self._right)

    def show_page(self) -> None:
        """Let go of a pane that covers the page."""
        self._open = None
        self._fit()

    def _toggle(self, pane: QFrame) -> bool:
        covers = self._open is pane and self.pages.isHidden()
        self._open = None if covers else pane
        self._fit()
        return not covers

    def _fit(self) -> None:
        room = self.width()
        left = room >= style.space(_LEFT + _CENTRE)
        right = self.right_stands
        stands = {self._left: left, self._right: right}
        covered = self._open is not None and not stands[self._open]
        self.pages.setVisible(not covered)
        for pane, width in ((self._left, _LEFT), (self._right, _RIGHT)):
            covers = covered and pane is self._open
            pane.setMinimumWidth(0 if covers else style.space(width))
            pane.setMaximumWidth(_NO_LIMIT if covers else style.space(width))
            pane.setVisible(covers or (stands[pane] and not covered))
        self.room_changed.emit(left, right)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
