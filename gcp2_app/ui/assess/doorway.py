"""What stands in the assessment's place while none is open: that it opens, or why it does not."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.errors import AppError
from gcp2_app.ui import style
from gcp2_app.ui.notice import Notice


class Doorway(QWidget):
    """Says one thing.

    Attributes:
        back_wanted: emitted when the person goes back to where they came from.
    """

    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opening = style.label("", "quiet")
        self._wrong = Notice()
        self._back = style.button(self.tr("Back"))
        self._back.clicked.connect(self.back_wanted)
        layout = QVBoxLayout(self)
        margin = style.space(4)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.addWidget(self._opening)
        layout.addWidget(self._wrong)
        layout.addLayout(style.row(self._back))
        layout.addStretch(1)
        self.say("")

    def say(self, text: str) -> None:
        """Say that something is under way, or nothing."""
        self._opening.setText(text)
        self._wrong.clear()
        self._back.hide()

    def refuse(self, error: AppError) -> None:
        """Say why an assessment cannot be opened, and offer the way back."""
        self.say("")
        self._wrong.show_error(error)
        self._back.show()
