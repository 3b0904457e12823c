"""Editors of dates as people type them: a day with or without its time, and any date as exactly as it is known.

What was read stands below what is typed, in full, with whatever the text left open.
"""

from typing import Any

from PySide6.QtWidgets import QLineEdit

from gcp2_app.domain.kinds import Item
from gcp2_app.domain.typed_dates import Typed, read_when, when_words
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.forms.editor import Context, Editor


class WhenEditor(Editor):
    """A date as exactly as it is known: a day, a time, a range, a month, about, or not known and why.

    Attributes:
        line: what is typed.
    """

    def __init__(self, item: Item, context: Context) -> None:
        self._today = context.today
        self.line = QLineEdit()
        self.line.setPlaceholderText(self._hint())
        self.line.setMaximumWidth(style.space(60))
        super().__init__(item, self.line)
        self._shown: Any = None
        self._elsewhere = False
        self._says = style.label("", "quiet")
        self._says.hide()
        self.body.setSpacing(max(2, style.space(0.5)))
        self.body.addWidget(self._says)
        self.line.textEdited.connect(self._typed)

    @property
    def says(self) -> str:
        """How what is typed is read, or nothing."""
        return self._says.text()

    @override
    def value(self) -> Any:
        if self._shown is not None and self.line.text() == when_words(When(self._shown)):
            # Seconds and the zone of what came in stay as they are.
            return self._shown
        typed = self._read()
        return typed.when.raw if typed is not None and not self._wrong(typed) else None

    @override
    def set_value(self, value: Any) -> None:
        self._shown = value or None
        self.line.setText(when_words(When(value)) if value else "")
        self.line.setCursorPosition(0)
        self._say("")

    @override
    def problem(self) -> str:
        if not self.line.text().strip():
            return ""
        try:
            typed = read_when(self.line.text(), self._today)
        except InvalidValue as error:
            return self._unread(error)
        return self._wrong(typed)

    def say_elsewhere(self) -> None:
        """Leave it to the host to show how what is typed is read."""
        self._elsewhere = True
        self._says.hide()

    def type(self, text: str) -> None:
        """Put a text in the line as if it were typed."""
        self.line.setText(text)
        self._typed()

    def _hint(self) -> str:
        return self.tr("Such as last Tues, 3 March, about 2019")

    def _unread(self, error: InvalidValue) -> str:
        """Return what to type in place of what cannot be read."""
        return str(error)

    def _wrong(self, typed: Typed) -> str:
        """Return why a date that can be read cannot stand here."""
        del typed
        return ""

    def _read(self) -> Typed | None:
        try:
            return read_when(self.line.text(), self._today) if self.line.text().strip() else None
        except InvalidValue:
            return None

    def _typed(self) -> None:
        typed = self._read()
        said = ""
        if typed is not None and not self._wrong(typed):
            words = when_words(typed.when)
            read = "" if words.casefold() == " ".join(self.line.text().split()).casefold() else f"= {words}."
            said = " ".join(filter(None, (read, typed.said)))
        self._say(said)
        self.changed.emit()

    def _say(self, text: str) -> None:
        self._says.setText(text)
        self._says.setVisible(bool(text) and not self._elsewhere)
        self.line.setAccessibleDescription(text)


class MomentEditor(WhenEditor):
    """A day, with or without its time."""

    @override
    def _hint(self) -> str:
        return self.tr("Day month year, with a time if known")

    @override
    def _unread(self, error: InvalidValue) -> str:
        return self._one_day()

    @override
    def _wrong(self, typed: Typed) -> str:
        return "" if isinstance(typed.when.raw, str) else self._one_day()

    def _one_day(self) -> str:
        return self.tr("Give one day, such as 4 March 2019 or 4/3/2019 14:30.")
