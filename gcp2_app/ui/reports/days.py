"""The days a document is read as of: folded away, since nearly every copy is of today."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gcp2_app.errors import InvalidValue
from gcp2_app.ui import style, words
from gcp2_app.ui.field import Field
from gcp2_app.ui.fold import Fold
from gcp2_app.ui.forms.days import read_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Days that were typed; None where everything, or today, is meant."""

    since: date | None = None
    as_of: date | None = None
    known_on: date | None = None


class Days(QWidget):
    """First day, and the day that is looked back to.

    Attributes:
        fold: opens the three lines; says what is chosen while it is closed.
        since, as_of, known_on: the lines.
        changed: emitted after a day was typed that can be read.
    """

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.since, self.as_of, self.known_on = QLineEdit(), QLineEdit(), QLineEdit()
        self._fields = {
            self.since: Field(
                self.tr("From"), self.since, self.tr("What happened before is counted, and not printed.")
            ),
            self.as_of: Field(
                self.tr("As of"), self.as_of, self.tr("An earlier day, with what became known since. Empty for today.")
            ),
            self.known_on: Field(
                self.tr("As known on"), self.known_on, self.tr("Leaves out what became known after this day.")
            ),
        }
        self._body = QWidget()
        inside = QVBoxLayout(self._body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.space(2))
        for line, field in self._fields.items():
            line.setPlaceholderText(self.tr("Day month year"))
            line.editingFinished.connect(self._settle)
            inside.addWidget(field)
        self.fold = Fold(self.tr("Another period or day"), lambda: self._body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1.5))
        layout.addWidget(self.fold)
        layout.addLayout(self.fold.place)
        self._body.setParent(self)
        self._body.hide()
        self._said = Chosen()

    @property
    def values(self) -> Chosen:
        """The days; one that cannot be read, or has not come, counts as none."""
        return Chosen(
            since=self._day(self.since),
            as_of=self._day(self.as_of),
            known_on=self._day(self.known_on),
        )

    def offer(self, *, period: bool, moment: bool) -> None:
        """Offer a first day, and the day looked back to; a line that is not offered is emptied."""
        for line, offered in ((self.since, period), (self.as_of, moment), (self.known_on, moment)):
            self._fields[line].setVisible(offered)
            if not offered:
                line.clear()
        self.setVisible(period or moment)

    def first_problem(self) -> QWidget | None:
        """Return the first line that cannot be read, with its fold open, or None."""
        wrong = next((line for line, field in self._fields.items() if field.error), None)
        if wrong is not None:
            self.fold.open()
        return wrong

    def clear(self) -> None:
        """Forget what was typed."""
        for line, field in self._fields.items():
            line.clear()
            field.show_error("")
        self._said = Chosen()
        self.fold.setChecked(False)

    def _day(self, line: QLineEdit) -> date | None:
        try:
            day = read_day(line.text(), self._today)
        except InvalidValue:
            return None
        return day if day is None or day <= self._today else None

    def _settle(self) -> None:
        for line, field in self._fields.items():
            try:
                day = read_day(line.text(), self._today)
            except InvalidValue as error:
                field.show_error(str(error))
                continue
            late = day is not None and day > self._today
            field.show_error(self.tr("This day has not come yet.") if late else "")
            if day is not None:
                line.setText(words.day(day))
        chosen = self.values
        if chosen != self._said and not any(field.error for field in self._fields.values()):
            self._said = chosen
            self.changed.emit()
