"""A page of the assessment: scrolls, knows the way on and back, and can be pointed at one place on it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.steps import Spot, Step
from gcp2_app.ui.column import Column


class StepPage(Column):
    """One step.

    Attributes:
        step: which.
        body: the layout that takes what the step asks.
        spot_wanted: emitted with a Spot when the person asks to go there.
        step_wanted: emitted with 1 or -1 when the person goes on, or back.
    """

    spot_wanted = Signal(object)
    step_wanted = Signal(int)
    # Asked for while the scroll area is still being made.
    _revealed: QWidget | None = None

    def __init__(self, draft: Draft, step: Step, width_steps: float = 120, parent: QWidget | None = None) -> None:
        super().__init__(width_steps, parent)
        self._draft = draft
        self.step = step
        self.back: QPushButton | None = None
        self.next: QPushButton | None = None

    def refresh(self) -> None:
        """Show what is held now."""
        raise NotImplementedError

    def go_to(self, spot: Spot) -> None:
        """Put the focus where the spot points, and bring it into view."""
        raise NotImplementedError

    def reveal(self, widget: QWidget) -> None:
        """Bring a widget into view, its head first where it is taller than the page.

        As long as the focus is in it or beside it, it stays in view when the page grows.
        """
        self._revealed = widget
        self._scroll_to(widget)

    def shows_from_top(self, widget: QWidget) -> bool:
        """Whether a widget can be seen whole when the page begins at its top."""
        ground = self.widget() or self
        layout = ground.layout()
        if layout is not None:
            layout.activate()
        return widget.mapTo(ground, widget.rect().bottomLeft()).y() < self.viewport().height()

    def stop_revealing(self) -> None:
        """Keep nothing in view when the page grows."""
        self._revealed = None

    def _scroll_to(self, widget: QWidget) -> None:
        ground = self.widget() or self
        layout = ground.layout()
        if layout is not None:
            layout.activate()
        margin = style.space(3)
        top = widget.mapTo(ground, widget.rect().topLeft()).y()
        bar = self.verticalScrollBar()
        view = self.viewport().height()
        if widget.height() + 2 * margin > view or top - margin < bar.value():
            bar.setValue(top - margin)
        elif top + widget.height() + margin > bar.value() + view:
            bar.setValue(top + widget.height() + margin - view)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        revealed = self._revealed
        if event.type() is QEvent.Type.Resize and watched is self.widget() and revealed is not None:
            if not isValid(revealed):
                self._revealed = None
            elif _holds_focus(revealed) or _holds_focus(revealed.parentWidget()):
                self._scroll_to(revealed)
        return super().eventFilter(watched, event)

    def focus(self, widget: QWidget) -> None:
        """Put the focus on a widget and bring it into view."""
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reveal(widget)

    def add_heading(self, text: str, about: str = "") -> None:
        """Begin the page with its heading."""
        self.body.addWidget(style.heading(text))
        if about:
            self.body.addWidget(style.label(about, "quiet"))

    def add_card(self) -> QVBoxLayout:
        """Add a panel and return its layout."""
        frame, layout = style.card()
        layout.setSpacing(style.space(2))
        self.body.addWidget(frame)
        return layout

    def add_ways(self, before: str, after: str) -> None:
        """End the page with the ways back and on.

        Args:
            before: name of the step before, or empty.
            after: name of the step after, or empty.
        """
        ways = QHBoxLayout()
        if before:
            self.back = style.button(self.tr("← {step}").format(step=before))
            self.back.setAccessibleName(self.tr("Back to {step}").format(step=before))
            self.back.clicked.connect(lambda: self.step_wanted.emit(-1))
            ways.addWidget(self.back)
        ways.addStretch(1)
        if after:
            self.next = style.button(self.tr("Next: {step}").format(step=after))
            self.next.clicked.connect(lambda: self.step_wanted.emit(1))
            ways.addWidget(self.next)
        self.body.addLayout(ways)
        self.body.addStretch(1)


def _holds_focus(widget: QWidget | None) -> bool:
    focused: QWidget | None = QApplication.focusWidget()
    while focused is not None and focused is not widget:
        focused = focused.parentWidget()
    return focused is not None
