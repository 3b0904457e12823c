"""One training as the settings show it: who, what, until when, and who answers for it."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gcp2_app.ui import style, words

if TYPE_CHECKING:
    from gcp2_app.domain.licensing import Training
    from gcp2_app.services.training import TrainingRow


class TrainingCard(QFrame):
    """One training: who, what, until when, and who confirmed it.

    Attributes:
        confirm_wanted, correct_wanted: emitted with the row.
        state: until when it is current.
        confirmed: who answers for it.
        confirm_button, correct_button: there where this user may.
    """

    confirm_wanted = Signal(object)
    correct_wanted = Signal(object)

    def __init__(self, row: "TrainingRow", course: str, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        held = row.training
        name = row.professional.name if row.professional is not None else self.tr("Someone not named here")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(2.5), style.space(1.5), style.space(2.5), style.space(1.5))
        layout.setSpacing(max(2, style.space(0.5)))
        layout.addWidget(style.heading(name, 3))
        facts = [course, self.tr("completed {day}").format(day=words.day(held.on))]
        if held.licence:
            facts.append(self.tr("licence of {area}").format(area=held.licence))
        layout.addWidget(style.label(" · ".join(facts), "quiet"))
        self.state = style.label(*self._state(held, today))
        layout.addWidget(self.state)
        self.confirmed = style.label(*self._confirmed(row))
        layout.addWidget(self.confirmed)
        self.confirm_button = style.button(self.tr("Confirm…"), "primary")
        self.confirm_button.setAccessibleName(self.tr("Confirm the training of {name}").format(name=name))
        self.confirm_button.clicked.connect(lambda: self.confirm_wanted.emit(row))
        self.correct_button = style.button(self.tr("Correct…"))
        self.correct_button.setAccessibleName(self.tr("Correct the training of {name}").format(name=name))
        self.correct_button.clicked.connect(lambda: self.correct_wanted.emit(row))
        layout.addLayout(style.row(self.confirm_button, self.correct_button))
        ended = held.expires is not None and held.expires < today
        if held.confirmation is None and (ended or not held.licence):
            self.confirmed.hide()
        if not row.to_confirm:
            self.confirm_button.hide()
        if not row.to_correct:
            self.correct_button.hide()

    def _state(self, held: "Training", today: date) -> tuple[str, str]:
        if held.expires is not None and held.expires < today:
            return self.tr("Ended on {day}.").format(day=words.day(held.expires)), "error"
        counts = "good" if held.confirmation is not None or not held.licence else ""
        if held.expires is None:
            return self.tr("Current, without an end."), counts
        return self.tr("Current until {day}, that day included.").format(day=words.day(held.expires)), counts

    def _confirmed(self, row: "TrainingRow") -> tuple[str, str]:
        given = row.training.confirmation
        if given is None:
            return self.tr(
                "Not confirmed yet: it opens no licensed pack until a supervisor or an administrator confirms it."
            ), "error"
        by = row.confirmed_by.name if row.confirmed_by is not None else self.tr("someone not named here")
        if given.alone:
            said = self.tr("Confirmed by {name} for themselves on {day}, since nobody else here could. Seen: {seen}")
        else:
            said = self.tr("Confirmed by {name} on {day}. Seen: {seen}")
        return said.format(name=by, day=words.day(given.on), seen=given.seen), "quiet"
