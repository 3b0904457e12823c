"""What a step of the set-up is to the frame around it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.ui import style


class Step(QWidget):
    """One step: a title, something to fill in, and a check that says what is missing beside where it is missing.

    Attributes:
        completed: emitted when Return is pressed in the last field.
        changed: emitted when :attr:`may_go_on` may have changed.
        body: the layout that takes the step's widgets.
    """

    completed = Signal()
    changed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(style.space(2.5))

    @property
    def may_go_on(self) -> bool:
        """Whether there is anything to go on with yet; the step has a button of its own where not."""
        return True

    def enter(self) -> None:
        """Get ready to be shown."""

    def check(self) -> bool:
        """Return whether the step is done; shows what is missing where it is not."""
        return True
