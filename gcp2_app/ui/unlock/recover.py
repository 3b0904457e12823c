"""Unlocking with the recovery kit, and choosing a new passphrase while at it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from gcp2_app.errors import AppError, InvalidValue, WrongPassphrase
from gcp2_app.ui import style
from gcp2_app.ui.column import Column
from gcp2_app.ui.field import Field
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.tasks import Tasks
from gcp2_app.ui.unlock.new_passphrase import NewPassphrase


class RecoverPage(Column):
    """Takes the code of the kit and a new passphrase.

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
        self._folder = Path()
        self.body.addStretch(1)
        self.body.addWidget(style.heading(self.tr("Use the recovery kit")))
        frame, layout = style.card()
        layout.setSpacing(style.space(2))
        layout.addWidget(
            style.label(self.tr("Type the code from your printed or saved kit, then choose a new passphrase."))
        )
        self.notice = Notice()
        layout.addWidget(self.notice)
        self.names = QComboBox()
        layout.addWidget(Field(self.tr("Sign-in name"), self.names))
        self.code = QLineEdit()
        self._code_field = Field(
            self.tr("Recovery code"), self.code, self.tr("Capital or small letters, with or without gaps.")
        )
        layout.addWidget(self._code_field)
        self.new = NewPassphrase(tasks, what=self.tr("New passphrase"))
        layout.addWidget(self.new)
        self.recover_button = style.button("", "primary")
        self.recover_button.clicked.connect(self.recover)
        self.back_button = style.button(self.tr("Back"))
        self.back_button.clicked.connect(self.cancelled)
        layout.addLayout(style.row(self.recover_button, self.back_button))
        self.new.second.line.returnPressed.connect(self.recover)
        self.body.addWidget(frame)
        self.body.addStretch(2)
        self._show_busy(busy=False)

    @property
    def code_error(self) -> str:
        """What is said beside the code, or empty."""
        return self._code_field.error

    def show_store(self, folder: Path, names: tuple[str, ...], name: str) -> None:
        """Stand before a store, for one of the people who sign in."""
        self._folder = folder
        self.notice.clear()
        self.names.clear()
        self.names.addItems(names)
        self.names.setCurrentText(name)
        self.code.clear()
        self._code_field.show_error("")
        self.new.clear()
        self.new.use_words((name,))

    def take_focus(self) -> None:
        """Put the cursor where the code is typed."""
        self.code.setFocus()

    def recover(self) -> None:
        """Open the store with the code."""
        code, name, passphrase = self.code.text().strip(), self.names.currentText().strip(), self.new.text
        self._code_field.show_error("" if code else self.tr("Type the code of the recovery kit."))
        if not code:
            self.take_focus()
            return
        self.new.settle()
        if not self.new.is_valid:
            self.new.complain()
            self.new.setFocus()
            return
        folder = self._folder
        self.notice.clear()
        self._show_busy(busy=True)

        def work() -> object:
            from gcp2_app.services import stores

            return stores.unlock_with_recovery(folder, name, code, passphrase)

        self._tasks.run(self, work, lambda session: self._opened(session, folder, name), self._refused)

    def _opened(self, session: object, folder: Path, name: str) -> None:
        self._show_busy(busy=False)
        self.code.clear()
        self.new.clear()
        self._preferences.last_store = folder
        self._preferences.last_sign_in_name = name
        self.opened.emit(session, folder)

    def _refused(self, error: AppError) -> None:
        self._show_busy(busy=False)
        if isinstance(error, WrongPassphrase | InvalidValue):
            self._code_field.show_error(str(error))
            self.take_focus()
        else:
            self.notice.show_error(error)

    def _show_busy(self, *, busy: bool) -> None:
        self.recover_button.setText(self.tr("Unlocking…") if busy else self.tr("Unlock and keep the new passphrase"))
        for control in (self.recover_button, self.back_button, self.code, self.names, self.new):
            control.setEnabled(not busy)
