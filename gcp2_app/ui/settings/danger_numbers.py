"""The numbers to ring when a child is in danger, to correct and confirm again."""

from datetime import date

from PySide6.QtWidgets import QWidget

from gcp2_app.ui import style, words
from gcp2_app.ui.column import Column
from gcp2_app.ui.danger import DangerForm
from gcp2_app.ui.preferences import Preferences


class DangerSection(Column):
    """The form, when it was last confirmed, and a button that keeps it."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(104, parent, centred=False)
        self._preferences = preferences
        self.body.addWidget(style.heading(self.tr("Danger numbers")))
        frame, layout = style.card()
        layout.setSpacing(style.space(2))
        self._when = style.label("", "quiet")
        layout.addWidget(self._when)
        self.form = DangerForm(preferences)
        self.form.changed.connect(self._show_state)
        layout.addWidget(self.form)
        self.keep_button = style.button(self.tr("Keep these numbers"), "primary")
        self.keep_button.clicked.connect(self.keep)
        layout.addWidget(self.keep_button)
        self._kept = style.label(self.tr("Kept."), "good")
        self._kept.hide()
        layout.addWidget(self._kept)
        self.body.addWidget(frame)
        self.body.addStretch(1)
        self._show_when()
        self._show_state()

    def keep(self) -> None:
        """Keep the numbers as confirmed today."""
        self.form.keep(self._preferences)
        self._preferences.danger_confirmed_on = date.today()  # noqa: DTZ011 - the day on this computer's wall
        self.form.confirm.setChecked(False)
        self._show_when()
        self._kept.show()

    def _show_when(self) -> None:
        on = self._preferences.danger_confirmed_on
        self._when.setText(
            self.tr("Confirmed on {day}.").format(day=words.day(on)) if on else self.tr("Not confirmed yet.")
        )

    def _show_state(self) -> None:
        self.keep_button.setEnabled(self.form.is_confirmed)
        self._kept.hide()
