"""Starting the practice family: one page, one button, a passphrase made up for the person."""

import secrets
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gcp2_app.errors import AppError
from gcp2_app.ui import style
from gcp2_app.ui.column import Column
from gcp2_app.ui.field import Field
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.tasks import Tasks

SIGN_IN_NAME = "practice"
_CONSONANTS = "bdfgklmnprstvz"
_VOWELS = "aeiou"


def make_passphrase() -> str:
    """Make up a passphrase that can be said aloud: five groups, about 60 bits."""
    return "-".join(
        "".join(secrets.choice(letters) for letters in (_CONSONANTS, _VOWELS, _CONSONANTS, _VOWELS)) for _ in range(5)
    )


def is_practice(folder: Path) -> bool:
    """Whether a folder is one of this user's practice stores. Imports the services: not for the GUI thread."""
    from gcp2_app.services import stores

    practice = stores.practice_store()
    return folder.parent == practice.parent and folder.name.startswith(practice.name)


def free_folder(wanted: Path) -> Path:
    """Return a folder's path or, if there is something there, the next one with a number."""
    number = 1
    folder = wanted
    while folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        number += 1
        folder = wanted.with_name(f"{wanted.name}-{number}")
    return folder


class PracticePage(Column):
    """Makes the practice store and fills it.

    Attributes:
        opened: emitted with the session and the store's folder.
        cancelled: emitted when the person goes back.
    """

    opened = Signal(object, object)
    cancelled = Signal()

    def __init__(self, tasks: Tasks, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(96, parent)
        self._tasks = tasks
        self._preferences = preferences
        self.body.addStretch(1)
        self.body.addLayout(
            style.row(
                style.heading(self.tr("The practice family")), style.label(self.tr("PRACTICE"), "badge", wrap=False)
            )
        )
        frame, layout = style.card()
        layout.setSpacing(style.space(2))
        layout.addWidget(
            style.label(
                self.tr(
                    "Four children, a fifth on the way, and three adults, all made up, with five years of assessments. "
                    "Every page says PRACTICE. Do not put anything about real people in it."
                )
            )
        )
        self.notice = Notice()
        layout.addWidget(self.notice)
        self.passphrase = QLineEdit()
        self.passphrase.setMaximumWidth(style.space(60))
        self.passphrase.returnPressed.connect(self.start)
        self._field = Field(
            self.tr("Passphrase for the practice family"),
            self.passphrase,
            self.tr("We made this one up. Write it down, or type one of your own: you need it to come back."),
        )
        layout.addWidget(self._field)
        self.another_button = style.button(self.tr("Make up another"), "link")
        self.another_button.clicked.connect(lambda: self.passphrase.setText(make_passphrase()))
        layout.addWidget(self.another_button)
        self.start_button = style.button("", "primary")
        self.start_button.clicked.connect(self.start)
        self.back_button = style.button(self.tr("Back"))
        self.back_button.clicked.connect(self.cancelled)
        layout.addLayout(style.row(self.start_button, self.back_button))
        self.body.addWidget(frame)
        self.body.addStretch(2)
        self._show_busy(busy=False)

    def enter(self) -> None:
        """Begin with a new passphrase."""
        self.notice.clear()
        self._field.show_error("")
        self.passphrase.setText(make_passphrase())
        self._show_busy(busy=False)

    def take_focus(self) -> None:
        """Put the focus on the button that starts."""
        self.start_button.setFocus()

    def start(self) -> None:
        """Make the store and load the family."""
        passphrase = self.passphrase.text()
        if not passphrase:
            self._field.show_error(self.tr("Type a passphrase, or make one up."))
            return
        self._field.show_error("")
        self.notice.clear()
        self._show_busy(busy=True)

        def work() -> tuple[object, Path]:
            return _make(passphrase)

        self._tasks.run(self, work, lambda made: self._made(*made), self._failed)

    def _made(self, session: object, folder: Path) -> None:
        self._show_busy(busy=False)
        self.passphrase.clear()
        self._preferences.last_store = folder
        self._preferences.last_sign_in_name = SIGN_IN_NAME
        self.opened.emit(session, folder)

    def _failed(self, error: AppError) -> None:
        self._show_busy(busy=False)
        self.notice.show_error(error)

    def _show_busy(self, *, busy: bool) -> None:
        self.start_button.setText(
            self.tr("Loading the practice family…") if busy else self.tr("Open the practice family")
        )
        for control in (self.start_button, self.passphrase, self.another_button, self.back_button):
            control.setEnabled(not busy)


def _make(passphrase: str) -> tuple[object, Path]:
    from gcp2_app.domain.register import Agency
    from gcp2_app.services import casefiles, stores

    folder = free_folder(stores.practice_store())
    created = stores.create(
        folder,
        stores.SetUp(
            sign_in_name=SIGN_IN_NAME,
            name="Practice Worker",
            role="social worker",
            agency=Agency.CHILDRENS_SOCIAL_CARE,
            passphrase=passphrase,
            practice=True,
        ),
    )
    try:
        casefiles.load_practice_family(created.session)
    except BaseException:
        stores.lock(created.session)
        raise
    return created.session, folder
