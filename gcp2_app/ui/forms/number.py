"""The editor of a whole number: typed, never turned by a wheel, said where it is out of range."""

from typing import Any

from PySide6.QtWidgets import QLineEdit

from gcp2_app.domain.kinds import Item
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.forms.editor import Context, Editor


class NumberEditor(Editor):
    """A whole number, or not known."""

    def __init__(self, item: Item, _context: Context) -> None:
        self._line = QLineEdit()
        self._line.setMaxLength(10)
        self._line.setMaximumWidth(style.space(20))
        super().__init__(item, self._line)
        self._line.textEdited.connect(lambda _: self.changed.emit())

    @override
    def value(self) -> int | None:
        return None if self.problem() else self._read()

    @override
    def set_value(self, value: Any) -> None:
        self._line.setText("" if value is None else str(value))

    @override
    def problem(self) -> str:
        typed = self._line.text().strip()
        number = self._read()
        if number is None:
            return self.tr("Type a whole number, or leave it empty.") if typed else ""
        least, most = self.item.least, self.item.most
        if least is not None and number < least:
            return self.tr("Use {least} or more.").format(least=least)
        if most is not None and number > most:
            return self.tr("Use {most} or less.").format(most=most)
        return ""

    def _read(self) -> int | None:
        typed = self._line.text().strip()
        sign, digits = (-1, typed[1:]) if typed.startswith("-") else (1, typed)
        return sign * int(digits) if digits.isascii() and digits.isdecimal() else None
