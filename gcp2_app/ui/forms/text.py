"""Editors of words: one line, several lines, and a list written one a line."""

from typing import Any

from PySide6.QtCore import QSizeF
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from gcp2_app.domain.kinds import Item
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.forms.editor import Context, Editor

#: The longest line that is kept, in characters.
MOST_CHARACTERS = 500
#: The most lines a box of text shows without being scrolled.
MOST_LINES = 8


class StringEditor(Editor):
    """One line of text."""

    def __init__(self, item: Item, _context: Context) -> None:
        self._line = QLineEdit()
        self._line.setMaxLength(MOST_CHARACTERS)
        super().__init__(item, self._line)
        self._held: str | None = None
        self._shown = ""
        self._line.textEdited.connect(lambda _: self.changed.emit())

    @override
    def value(self) -> str | None:
        text = self._line.text()
        # What nobody touched comes back as it was: a dose is never tidied.
        return (self._held or None) if text == self._shown else " ".join(text.split()) or None

    @override
    def set_value(self, value: Any) -> None:
        self._held = None if value is None else str(value)
        self._line.setText(self._held or "")
        self._shown = self._line.text()
        self._line.setCursorPosition(0)


class _Paragraph(QPlainTextEdit):
    """A box of text that grows with what is in it, to a limit, and lets Tab go on to the next field."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._least = lines
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit(QSizeF(0, lines))

    def _fit(self, size: QSizeF) -> None:
        # The height of such a document is its number of lines, as they are wrapped.
        lines = min(MOST_LINES, max(self._least, round(size.height())))
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + style.space(3))


class TextEditor(Editor):
    """Several lines of text."""

    def __init__(self, item: Item, _context: Context) -> None:
        self._box = _Paragraph(3)
        super().__init__(item, self._box)
        self._held: str | None = None
        self._shown = ""
        self._box.textChanged.connect(self.changed)

    @override
    def value(self) -> str | None:
        text = self._box.toPlainText()
        return (self._held or None) if text == self._shown else text.strip() or None

    @override
    def set_value(self, value: Any) -> None:
        self._box.blockSignals(True)
        self._held = value
        self._box.setPlainText(value or "")
        self._shown = self._box.toPlainText()
        self._box.blockSignals(False)


class LinesEditor(Editor):
    """A list of short texts, written one a line."""

    def __init__(self, item: Item, _context: Context) -> None:
        self._box = _Paragraph(2)
        super().__init__(item, self._box)
        self._held: list[str] = []
        self._shown = ""
        self._box.textChanged.connect(self.changed)

    @override
    def value(self) -> list[str]:
        if self._box.toPlainText() == self._shown:
            return list(self._held)
        lines = (" ".join(line.split()) for line in self._box.toPlainText().splitlines())
        return [line for line in lines if line]

    @override
    def set_value(self, value: Any) -> None:
        self._box.blockSignals(True)
        self._held = list(value or ())
        self._box.setPlainText("\n".join(self._held))
        self._shown = self._box.toPlainText()
        self._box.blockSignals(False)
