"""The editor of a day: typed in any usual way, shown in full."""

from datetime import date
from typing import Any

from PySide6.QtWidgets import QLineEdit

from gcp2_app.domain.kinds import Item
from gcp2_app.domain.when import parse_date
from gcp2_app.errors import InvalidValue
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.forms.days import read_day
from gcp2_app.ui.forms.editor import Context, Editor


class DayEditor(Editor):
    """A day, or not known."""

    def __init__(self, item: Item, context: Context) -> None:
        self._today = context.today
        self._line = QLineEdit()
        self._line.setPlaceholderText(self.tr("Day month year"))
        self._line.setMaximumWidth(style.space(36))
        super().__init__(item, self._line)
        self._line.textEdited.connect(lambda _: self.changed.emit())
        self._line.editingFinished.connect(self._say_in_full)

    @property
    def day(self) -> date | None:
        """The day as a date; None where it is not known or cannot be read."""
        try:
            return read_day(self._line.text(), self._today)
        except InvalidValue:
            return None

    @override
    def value(self) -> str | None:
        day = self.day
        return day.isoformat() if day is not None else None

    @override
    def set_value(self, value: Any) -> None:
        self._line.setText(words.day(parse_date(value)) if value else "")

    @override
    def problem(self) -> str:
        try:
            read_day(self._line.text(), self._today)
        except InvalidValue as error:
            return str(error)
        return ""

    def _say_in_full(self) -> None:
        day = self.day
        if day is not None:
            self._line.setText(words.day(day))
