"""Answers to tap: a row of large buttons, of which one, or several, are chosen; a tick says which."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gcp2_app.ui import style
from gcp2_app.ui.flow import Flow

_TICK = "✓ "


class Picks(QWidget):
    """A caption with its answers. A chosen one pressed again is taken back.

    Args:
        text: the caption; read out with each answer.
        options: stored code and words of each answer.
        many: several can be chosen.

    Attributes:
        changed: emitted when a person chose or took back.
        buttons: by code.
    """

    changed = Signal()

    def __init__(
        self, text: str, options: Sequence[tuple[str, str]], *, many: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._many = many
        # An ampersand in a name is no key.
        self._texts = {code: words.replace("&", "&&") for code, words in options}
        self.buttons: dict[str, QPushButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(max(2, style.space(0.5)))
        caption = style.label(text)
        font = caption.font()
        font.setWeight(font.Weight.DemiBold)
        caption.setFont(font)
        layout.addWidget(caption)
        row = Flow()
        row.setSpacing(style.space(1))
        for code, words in options:
            button = style.button(self._texts[code])
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setMinimumHeight(style.space(7))
            # Room for the tick, so that nothing jumps when it comes.
            button.setText(_TICK + self._texts[code])
            button.setMinimumWidth(button.sizeHint().width())
            button.setText(self._texts[code])
            button.setAccessibleName(f"{text}: {words}")
            button.clicked.connect(partial(self._pressed, code))
            self.buttons[code] = button
            row.addWidget(button)
        layout.addLayout(row)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Codes chosen, in the order they are offered."""
        return tuple(code for code, button in self.buttons.items() if button.isChecked())

    @property
    def one(self) -> str:
        """The code chosen, or empty."""
        return next(iter(self.chosen), "")

    def choose(self, codes: Sequence[str]) -> None:
        """Show answers as chosen."""
        for code, button in self.buttons.items():
            button.setChecked(code in codes)
            button.setText(_TICK + self._texts[code] if code in codes else self._texts[code])

    def _pressed(self, code: str) -> None:
        if self._many:
            self.choose(self.chosen)
        else:
            self.choose((code,) if self.buttons[code].isChecked() else ())
        self.changed.emit()
