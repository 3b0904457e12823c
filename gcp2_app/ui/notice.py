"""A framed notice at the head of a form: an error with its mend, or a plain note."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gcp2_app.errors import AppError
from gcp2_app.ui import style


class Notice(QFrame):
    """Hidden until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(2), style.space(1), style.space(2), style.space(1))
        layout.setSpacing(max(2, style.space(0.5)))
        self._message = style.label()
        self._mend = style.label()
        layout.addWidget(self._message)
        layout.addWidget(self._mend)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, or empty."""
        return "" if self.isHidden() else " ".join(filter(None, (self._message.text(), self._mend.text())))

    def show_error(self, error: AppError) -> None:
        """Say what is wrong and what to do."""
        self._show("warning", error.message, error.mend)

    def show_note(self, text: str) -> None:
        """Say something that is no error."""
        self._show("note", text, "")

    def clear(self) -> None:
        """Say nothing."""
        self._message.clear()
        self._mend.clear()
        self.hide()

    def clear_error(self) -> None:
        """Take an error away; a note stays."""
        if self.property("role") == "warning":
            self.clear()

    def _show(self, role: str, message: str, mend: str) -> None:
        self.setProperty("role", role)
        self.style().unpolish(self)
        self.style().polish(self)
        self._message.setText(message)
        self._mend.setText(mend)
        self._mend.setVisible(bool(mend))
        self.setAccessibleName(" ".join(filter(None, (message, mend))))
        self.show()
