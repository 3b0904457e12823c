"""The steps of the first set-up: who you are, your passphrase, the recovery kit, the danger numbers."""

import re
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from gcp2_app.domain.plausible import MOST_SIGN_IN, sign_in_name_holds
from gcp2_app.domain.register import Agency
from gcp2_app.overriding import override
from gcp2_app.ui import messages, style, words
from gcp2_app.ui.danger import DangerForm
from gcp2_app.ui.field import Field
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.tasks import Tasks
from gcp2_app.ui.unlock.kit_keeper import KitKeeper
from gcp2_app.ui.unlock.new_passphrase import NewPassphrase
from gcp2_app.ui.unlock.practice import free_folder
from gcp2_app.ui.unlock.step import Step

#: Agencies a person can work for; a relative or neighbour does not sign in.
EMPLOYERS = tuple(agency for agency in Agency if agency not in {Agency.RELATIVE, Agency.NEIGHBOUR, Agency.ANONYMOUS})


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("set_up_steps", text)


class AboutStep(Step):
    """Who signs in, and where the store is kept."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = self.tr("About you")
        self._tasks = tasks
        self._folder: Path | None = None
        self._own_sign_in_name = False
        self._goes_on_with_folder = False
        self.name = QLineEdit()
        self.role = QLineEdit()
        self.agency = QComboBox()
        self.agency.setPlaceholderText(self.tr("Choose"))
        for agency in EMPLOYERS:
            self.agency.addItem(words.say(agency), agency)
        self.agency.setCurrentIndex(-1)
        self.sign_in_name = QLineEdit()
        self._name = Field(
            self.tr("Your name"), self.name, self.tr("It stands beside what you record, and on your reports.")
        )
        self._role = Field(self.tr("Your role"), self.role, self.tr("Such as social worker, health visitor, teacher."))
        self._agency = Field(self.tr("Your agency"), self.agency)
        self._sign_in_name = Field(
            self.tr("Sign-in name"), self.sign_in_name, self.tr("Short. You choose it when you unlock.")
        )
        for field in (self._name, self._role, self._agency, self._sign_in_name):
            self.body.addWidget(field)
        self.body.addWidget(self._make_place())
        self.name.textEdited.connect(self._suggest)
        self.sign_in_name.textEdited.connect(self._mark_own)
        for line, following in ((self.name, self.role), (self.role, self.agency)):
            line.returnPressed.connect(following.setFocus)
        self.sign_in_name.returnPressed.connect(self.completed)

    @property
    def folder(self) -> Path | None:
        """Where the store will be, or None while that is looked up."""
        return self._folder

    @property
    def name_error(self) -> str:
        """What is said beside the name, or empty."""
        return self._name.error

    @property
    def chosen_agency(self) -> Agency | None:
        """The agency chosen, or None."""
        agency = self.agency.currentData()
        return Agency(agency) if agency else None

    @override
    def enter(self) -> None:
        """Look for a free folder and put the cursor in the first field."""
        if self._folder is None:
            self._tasks.run(self, _offered_folder, self._use_folder)
        self.name.setFocus()

    @override
    def check(self) -> bool:
        """Return whether everything was answered; the first gap gets the focus."""
        gaps = [
            (self._name, not self.name.text().strip(), self.tr("Give your name.")),
            (self._role, not self.role.text().strip(), self.tr("Give your role.")),
            (self._agency, self.chosen_agency is None, self.tr("Choose your agency.")),
            (
                self._sign_in_name,
                bool(sign_in_problem(self.sign_in_name.text())),
                sign_in_problem(self.sign_in_name.text()),
            ),
        ]
        for field, is_gap, text in gaps:
            field.show_error(text if is_gap else "")
        for field, is_gap, _ in gaps:
            if is_gap:
                field.control.setFocus()
                return False
        # Answered before the folder was found: the set-up goes on as soon as it is.
        self._goes_on_with_folder = self._folder is None
        return self._folder is not None

    def _make_place(self) -> QWidget:
        place = QWidget()
        self._where = style.label("", "quiet")
        self.change_button = style.button(self.tr("Keep it in another folder"), "link")
        self.change_button.clicked.connect(
            lambda: messages.choose_folder(self, self.tr("Where to keep the store"), self._use_chosen)
        )
        layout = style.row(stretch=False)
        place.setLayout(layout)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._where, 1)
        layout.addWidget(self.change_button)
        return place

    def _use_chosen(self, folder: Path) -> None:
        # A folder with something in it is where the store's own folder goes.
        occupied = any(folder.iterdir())
        self._use_folder(free_folder(folder / "gcp2-store") if occupied else folder)

    def _use_folder(self, folder: Path) -> None:
        self._folder = folder
        self._where.setText(self.tr("The store will be kept in {folder}").format(folder=style.path_text(folder)))
        if self._goes_on_with_folder:
            self.completed.emit()

    def _suggest(self, name: str) -> None:
        if not self._own_sign_in_name:
            self.sign_in_name.setText(re.sub(r"[^\w]+", ".", name.strip().casefold())[:MOST_SIGN_IN].strip("."))

    def _mark_own(self, text: str) -> None:
        self._own_sign_in_name = bool(text)


class PassphraseStep(Step):
    """The passphrase, twice, with its strength."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = self.tr("Your passphrase")
        self.body.addWidget(
            style.label(
                self.tr(
                    "It encrypts everything you record. Nobody can read the store without it, and nobody can look it "
                    "up for you; the next step gives you a recovery kit."
                )
            )
        )
        self.new = NewPassphrase(tasks)
        self.body.addWidget(self.new)
        self.new.second.line.returnPressed.connect(self.completed)

    @override
    def enter(self) -> None:
        """Put the cursor in the first line."""
        self.new.setFocus()

    @override
    def check(self) -> bool:
        """Return whether the passphrase is strong and twice the same."""
        self.new.settle()
        if not self.new.is_valid:
            self.new.complain()
            self.new.setFocus()
        return self.new.is_valid


class KitStep(Step):
    """The recovery kit, kept and checked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = self.tr("Your recovery kit")
        self.body.addWidget(
            style.label(
                self.tr(
                    "If the passphrase is forgotten, this code is the only way in. It is shown once. Print it or save "
                    "it, and keep it in a locked place away from this computer."
                )
            )
        )
        self.keeper = KitKeeper()
        self.body.addWidget(self.keeper)
        self._missing = style.label("", "error")
        self._missing.hide()
        self.body.addWidget(self._missing)
        self.keeper.confirmed.connect(self._missing.hide)
        self.keeper.answer.returnPressed.connect(self.completed)
        self.keeper.turned.connect(self.changed)

    @property
    @override
    def may_go_on(self) -> bool:
        """Once a group is asked for."""
        return self.keeper.is_asking

    @override
    def enter(self) -> None:
        """Put the focus on the first way to keep it."""
        self.keeper.print_button.setFocus()

    @override
    def check(self) -> bool:
        """Return whether a group of the code was typed back."""
        confirmed = self.keeper.is_confirmed
        # A wrong group is said beside the answer.
        wanting = "" if confirmed or self.keeper.error else self.keeper.wanted
        self._missing.setText(wanting)
        self._missing.setVisible(bool(wanting))
        return confirmed


class DangerStep(Step):
    """The numbers to ring when a child is in danger, confirmed."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = self.tr("Whom to ring when a child is in danger")
        self.body.addWidget(
            style.label(self.tr("They open from every page, even while the store is locked. Correct what has changed."))
        )
        self.form = DangerForm(preferences)
        self.body.addWidget(self.form)
        self._missing = style.label(self.tr("Check the numbers and tick the box."), "error")
        self._missing.hide()
        self.body.addWidget(self._missing)
        self.form.changed.connect(self._missing.hide)

    @override
    def enter(self) -> None:
        """Put the focus on the confirmation."""
        self.form.confirm.setFocus()

    @override
    def check(self) -> bool:
        """Return whether every number is there and confirmed."""
        self._missing.setVisible(not self.form.is_confirmed)
        return self.form.is_confirmed


class ReadyStep(Step):
    """Everything is set up; the practice family is on offer once more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.title = self.tr("Ready")
        self.body.addWidget(
            style.label(
                self.tr(
                    "Your store is open. It locks itself when nobody uses it for a while, and at once with F9. "
                    "An assessment has no Save button: what you type there is kept, encrypted, as you go. The forms "
                    "about children and people have one."
                )
            )
        )
        frame, layout = style.card()
        layout.addWidget(style.heading(self.tr("Would you rather try it out first?"), 3))
        layout.addWidget(
            style.label(
                self.tr("The practice family is made up and kept in a store of its own. Yours stays as it is."), "quiet"
            )
        )
        self.practice_button = style.button(self.tr("Try the practice family"))
        layout.addWidget(self.practice_button)
        self.body.addWidget(frame)


def sign_in_problem(name: str) -> str:
    """Return what is wrong with a sign-in name, or nothing."""
    if not name.strip():
        return tr("Give a sign-in name.")
    if sign_in_name_holds(name):
        return ""
    return tr("Give at most {most} letters, digits and signs, without spaces.").format(most=MOST_SIGN_IN)


def _offered_folder() -> Path:
    from gcp2_app.services import stores

    return free_folder(stores.default_store())
