"""Typing a passphrase: hidden, shown on demand, with a word about Caps Lock."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gcp2_app.overriding import override
from gcp2_app.ui import style


class PassphraseLine(QLineEdit):
    """A line that hides what is typed and notices Caps Lock.

    Attributes:
        caps_seen: emitted with whether Caps Lock is on, as far as the letters typed tell.
    """

    caps_seen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Not at the top: see `style.label`.
        from PySide6.QtCore import Qt

        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            # Whichever way it went, the next letter tells.
            self.caps_seen.emit(False)
        elif len(letter) == 1 and letter.isalpha() and letter.lower() != letter.upper():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_seen.emit(letter.isupper() != shifted)
        super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.caps_seen.emit(False)
        super().focusOutEvent(event)


class PassphraseEdit(QWidget):
    """A passphrase line, a button that shows it, and a Caps Lock hint.

    Attributes:
        line: the line itself.
        show_button: shows or hides what is typed.
        edited: emitted after each change by the person.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = PassphraseLine()
        self.show_button = style.button(self.tr("Show"))
        self.show_button.setCheckable(True)
        # In a dialog, Return in the line would press it and show what nobody may read over a shoulder.
        self.show_button.setAutoDefault(False)
        self.show_button.setAccessibleName(self.tr("Show the passphrase"))
        self._caps = style.label(self.tr("Caps Lock is on."), "error")
        self._caps.hide()
        across = QHBoxLayout()
        across.setSpacing(style.space(1))
        across.addWidget(self.line, 1)
        across.addWidget(self.show_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(max(2, style.space(0.5)))
        layout.addLayout(across)
        layout.addWidget(self._caps)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self.edited)
        self.line.caps_seen.connect(self._caps.setVisible)
        self.show_button.toggled.connect(self.reveal)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    @property
    def caps_lock_shown(self) -> bool:
        """Whether the Caps Lock hint stands there."""
        return not self._caps.isHidden()

    def reveal(self, shown: bool) -> None:
        """Show or hide what is typed."""
        self.show_button.setChecked(shown)
        self.show_button.setText(self.tr("Hide") if shown else self.tr("Show"))
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def clear(self) -> None:
        """Forget what was typed, and hide again."""
        self.line.clear()
        self.reveal(shown=False)

    @override
    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    @override
    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        self.line.setAccessibleDescription(description)
