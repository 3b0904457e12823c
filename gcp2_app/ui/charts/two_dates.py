"""Asks for the two dates between which a chart is looked at."""

from datetime import date

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from gcp2_app.domain.selecting.selection import Period
from gcp2_app.errors import InvalidValue
from gcp2_app.ui import style, words
from gcp2_app.ui.field import Field
from gcp2_app.ui.forms.days import read_day


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("two_dates", text)


class TwoDates(QDialog):
    """Two days, typed.

    Args:
        before: the dates chosen before, or None.
        last_day: of the chart's time axis.

    Attributes:
        first, last: the boxes, each in a field.
        go_button: shows those days.
        chosen: emitted with the Period.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, before: Period | None, last_day: date) -> None:
        super().__init__(parent)
        self._last_day = last_day
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(tr("Which days?"))
        self.setMinimumWidth(style.space(56))
        self.first, self.last = (
            Field(name, QLineEdit(), tr("For example 4 March 2019")) for name in (tr("First day"), tr("Last day"))
        )
        if before is not None:
            self._box(self.first).setText(words.day(before.from_))
        self._box(self.last).setText(words.day(last_day if before is None else before.to))
        self.go_button = style.button(tr("Show these days"), "primary")
        self.go_button.setDefault(True)
        cancel = style.button(tr("Cancel"))
        cancel.setAutoDefault(False)
        layout = QVBoxLayout(self)
        margin = style.space(3)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(style.space(2))
        layout.addWidget(self.first)
        layout.addWidget(self.last)
        layout.addLayout(style.row(self.go_button, cancel))
        self.go_button.clicked.connect(self._go)
        cancel.clicked.connect(self.reject)

    def _box(self, field: Field) -> QLineEdit:
        box = field.control
        if not isinstance(box, QLineEdit):
            raise TypeError(box)
        return box

    def _go(self) -> None:
        first, last = (self._read(field) for field in (self.first, self.last))
        if first is None or last is None:
            return
        if last < first:
            self.last.show_error(tr("This is before the first day."))
            return
        self.accept()
        self.chosen.emit(Period(from_=first, to=last))

    def _read(self, field: Field) -> date | None:
        try:
            day = read_day(self._box(field).text(), self._last_day)
        except InvalidValue as error:
            field.show_error(str(error))
            return None
        field.show_error("" if day is not None else tr("Give a day."))
        return day
