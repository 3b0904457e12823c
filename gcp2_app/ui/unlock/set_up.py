"""The first set-up: one step a page, with what is missing said where it is missing."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gcp2_app.errors import AppError
from gcp2_app.ui import style
from gcp2_app.ui.column import Column
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.tasks import Tasks
from gcp2_app.ui.unlock.set_up_steps import AboutStep, DangerStep, KitStep, PassphraseStep, ReadyStep
from gcp2_app.ui.unlock.step import Step

if TYPE_CHECKING:
    from gcp2_app.services.stores import Created


class SetUpPage(Column):
    """Goes through the steps and makes the store after the second.

    Attributes:
        created: emitted with the session and the folder once the store exists; the set-up goes on.
        finished: emitted when the person wants to begin.
        practice_wanted: emitted when they want to try the practice family first.
        cancelled: emitted when they go back before the first step.
    """

    created = Signal(object, object)
    finished = Signal()
    practice_wanted = Signal()
    cancelled = Signal()

    def __init__(self, tasks: Tasks, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(104, parent)
        self._tasks = tasks
        self._preferences = preferences
        self._busy = False
        self.about = AboutStep(tasks)
        self.passphrase = PassphraseStep(tasks)
        self.kit = KitStep()
        self.danger = DangerStep(preferences)
        self.ready = ReadyStep()
        self._steps: tuple[Step, ...] = (self.about, self.passphrase, self.kit, self.danger, self.ready)
        self._at = 0
        self._progress = style.label("", "quiet")
        self._title = style.heading("")
        self.body.addSpacing(style.space(4))
        self.body.addWidget(self._progress)
        self.body.addWidget(self._title)
        self.notice = Notice()
        self.body.addWidget(self.notice)
        for step in self._steps:
            self.body.addWidget(step)
            step.hide()
            step.completed.connect(self.go_on)
            step.changed.connect(self._show_state)
        self.next_button = style.button("", "primary")
        self.next_button.clicked.connect(self.go_on)
        self.back_button = style.button(self.tr("Back"))
        self.back_button.clicked.connect(self.go_back)
        self.body.addLayout(style.row(self.next_button, self.back_button))
        self.body.addStretch(1)
        self.ready.practice_button.clicked.connect(self.practice_wanted)

    @property
    def step(self) -> Step:
        """The step shown."""
        return self._steps[self._at]

    def enter(self) -> None:
        """Show the first step."""
        self._show(0)

    def take_focus(self) -> None:
        """Put the cursor where the step begins."""
        self.step.enter()

    def go_on(self) -> None:
        """Go to the next step, if this one is done."""
        if self._busy or not self.step.check():
            return
        self.notice.clear()
        if self.step is self.about:
            agency = self.about.agency.currentText()
            self.passphrase.new.use_words((self.about.name.text(), self.about.sign_in_name.text(), agency))
        if self.step is self.passphrase:
            self._create()
            return
        if self.step is self.kit:
            self.kit.keeper.forget()
            self._keep_kit()
        if self.step is self.danger:
            self.danger.form.keep(self._preferences)
            self._preferences.danger_confirmed_on = date.today()  # noqa: DTZ011 - the day on this computer's wall
        if self.step is self.ready:
            self.finished.emit()
            return
        self._show(self._at + 1)

    def go_back(self) -> None:
        """Go to the step before; out of the set-up from the first."""
        if self._at == 0:
            self.cancelled.emit()
        else:
            self._show(self._at - 1)

    def _show(self, number: int) -> None:
        self.step.hide()
        self._at = number
        self.step.show()
        self._title.setText(self.step.title)
        counted = len(self._steps) - 1
        self._progress.setText(
            self.tr("Set-up, step {number} of {of}").format(number=number + 1, of=counted) if number < counted else " "
        )
        self._show_state()
        self.verticalScrollBar().setValue(0)
        self.step.enter()

    def _show_state(self) -> None:
        if self._busy:
            text = self.tr("Making the encrypted store…")
        elif self.step is self.ready:
            text = self.tr("Open my caseload")
        else:
            text = self.tr("Continue")
        self.next_button.setText(text)
        self.next_button.setVisible(self.step.may_go_on)
        self.next_button.setEnabled(not self._busy)
        self.back_button.setEnabled(not self._busy)
        # The store exists from the third step on: there is no way back to before it.
        self.back_button.setVisible(self._at < self._steps.index(self.kit))
        self.step.setEnabled(not self._busy)

    def _create(self) -> None:
        folder = self.about.folder
        agency = self.about.chosen_agency
        if folder is None or agency is None:
            self._show(0)
            return
        sign_in_name = self.about.sign_in_name.text().strip()
        name, role = self.about.name.text().strip(), self.about.role.text().strip()
        passphrase = self.passphrase.new.text
        self._busy = True
        self._show_state()

        def work() -> "Created":
            from gcp2_app.services import stores

            return stores.create(
                folder,
                stores.SetUp(sign_in_name=sign_in_name, name=name, role=role, agency=agency, passphrase=passphrase),
            )

        self._tasks.run(self, work, lambda created: self._made(created, folder, sign_in_name), self._failed)

    def _made(self, created: "Created", folder: Path, sign_in_name: str) -> None:
        self._busy = False
        self.passphrase.new.clear()
        self._preferences.last_store = folder
        self._preferences.last_sign_in_name = sign_in_name
        self._preferences.set_kit_kept(folder, kept=False)
        self.kit.keeper.show_kit(created.recovery_code, folder.name, created.session.today())
        self._show(self._at + 1)
        self.created.emit(created.session, folder)

    def _failed(self, error: AppError) -> None:
        self._busy = False
        self._show_state()
        self.notice.show_error(error)

    def _keep_kit(self) -> None:
        if self.about.folder is not None:
            self._preferences.set_kit_kept(self.about.folder, kept=True)
