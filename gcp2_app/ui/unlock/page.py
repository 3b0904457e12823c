"""The page that stands before an encrypted store: who, and their passphrase."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from gcp2_app.errors import AppError, DamagedStore, NotEncrypted, WrongPassphrase
from gcp2_app.ui import style
from gcp2_app.ui.column import Column
from gcp2_app.ui.field import Field
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.tasks import Tasks
from gcp2_app.ui.unlock.damage import DamagePanel
from gcp2_app.ui.unlock.passphrase import PassphraseEdit

if TYPE_CHECKING:
    from gcp2_app.domain.backups import Backup

_LOOK_AFTER_MILLISECONDS = 50


class UnlockPage(Column):
    """Asks for a passphrase and opens the store.

    Attributes:
        opened: emitted with the session and the store's folder.
        recovery_wanted: emitted with the store's folder and the sign-in name chosen.
        practice_wanted, other_store_wanted, new_store_wanted, danger_wanted: emitted when a link is followed.
    """

    opened = Signal(object, object)
    recovery_wanted = Signal(object, str)
    practice_wanted = Signal()
    other_store_wanted = Signal()
    new_store_wanted = Signal()
    danger_wanted = Signal()

    def __init__(self, tasks: Tasks, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(80, parent)
        self._tasks = tasks
        self._preferences = preferences
        self._folder = Path()
        self._busy = False
        self._usable = True
        self.body.addStretch(1)
        self._add_title()
        self._add_form()
        self._add_ways_out()
        self.body.addStretch(2)

    @property
    def folder(self) -> Path:
        """The store that would be opened."""
        return self._folder

    @property
    def passphrase_error(self) -> str:
        """What is said beside the passphrase, or empty."""
        return self._passphrase_field.error

    def show_store(self, folder: Path, *, note: str = "") -> None:
        """Stand before a store.

        Args:
            note: why the page is here, such as that the store locked itself.
        """
        self._folder = folder
        self._where.setText(style.path_text(folder))
        self._badge.hide()
        self.practice_button.setText(self.tr("Try the practice family"))
        self._usable = True
        self.notice.show_note(note) if note else self.notice.clear()
        self.damage.hide()
        self.passphrase.clear()
        self._passphrase_field.show_error("")
        with QSignalBlocker(self.names):
            self.names.clear()
            if self._preferences.last_store == folder and self._preferences.last_sign_in_name:
                self.names.addItem(self._preferences.last_sign_in_name)
        self._show_state()
        # After the first paint: from then on the database thread imports what it needs to open a store.
        QTimer.singleShot(_LOOK_AFTER_MILLISECONDS, self, lambda: self._look(folder))

    def take_focus(self) -> None:
        """Put the cursor where typing starts."""
        self.passphrase.line.setFocus()

    def _look(self, folder: Path) -> None:
        self._tasks.run(
            self,
            lambda: _look_at(folder),
            lambda found: self._show_names(folder, *found),
            lambda error: self._cannot_use(folder, error),
        )

    def _add_title(self) -> None:
        self._badge = style.label(self.tr("PRACTICE"), "badge", wrap=False)
        self._badge.hide()
        self.body.addLayout(style.row(style.brand(), style.heading("gcp2"), self._badge))
        self.body.addWidget(style.label(self.tr("Graded care assessments, kept encrypted on this computer."), "quiet"))

    def _add_form(self) -> None:
        frame, layout = style.card()
        layout.setSpacing(style.space(2))
        layout.addWidget(style.heading(self.tr("Unlock"), 2))
        self._where = style.label("", "quiet")
        self._where.setAccessibleName(self.tr("Folder of the store"))
        layout.addWidget(self._where)
        self.notice = Notice()
        layout.addWidget(self.notice)
        self.damage = DamagePanel()
        self.damage.restore_wanted.connect(self._restore_last)
        layout.addWidget(self.damage)
        self.names = QComboBox()
        self.names.currentIndexChanged.connect(self._edited)
        layout.addWidget(Field(self.tr("Sign-in name"), self.names))
        self.passphrase = PassphraseEdit()
        self.passphrase.line.returnPressed.connect(self.unlock)
        self.passphrase.edited.connect(self._edited)
        self._passphrase_field = Field(self.tr("Passphrase"), self.passphrase)
        layout.addWidget(self._passphrase_field)
        self.unlock_button = style.button(self.tr("Unlock"), "primary")
        self.unlock_button.clicked.connect(self.unlock)
        self.recovery_button = self._link(self.tr("Forgotten it? Use the recovery kit"))
        self.recovery_button.clicked.connect(lambda: self.recovery_wanted.emit(self._folder, self.names.currentText()))
        layout.addLayout(style.row(self.unlock_button, self.recovery_button))
        self.body.addWidget(frame)

    def _add_ways_out(self) -> None:
        self.practice_button = self._link(self.tr("Try the practice family"))
        self.practice_button.clicked.connect(self.practice_wanted)
        self.other_button = self._link(self.tr("Open another store"))
        self.other_button.clicked.connect(self.other_store_wanted)
        self.new_button = self._link(self.tr("Create a new store"))
        self.new_button.clicked.connect(self.new_store_wanted)
        self.danger_button = self._link(self.tr("A child in danger now? Whom to ring"))
        self.danger_button.clicked.connect(self.danger_wanted)
        links = QVBoxLayout()
        links.setSpacing(0)
        for button in (self.danger_button, self.practice_button, self.other_button, self.new_button):
            links.addWidget(button)
        self.body.addLayout(links)

    def _link(self, text: str) -> QPushButton:
        return style.button(text, "link")

    def unlock(self) -> None:
        """Open the store with what was typed."""
        # Return may be pressed before it is read who can sign in.
        if self._busy or not self._usable or not self.names.count():
            return
        if not self.passphrase.text:
            self._passphrase_field.show_error(self.tr("Type your passphrase."))
            self.take_focus()
            return
        self._busy = True
        self._show_state()
        folder, name, passphrase = self._folder, self.names.currentText(), self.passphrase.text

        def work() -> object:
            from gcp2_app.services import stores

            return stores.unlock(folder, name, passphrase)

        self._tasks.run(self, work, lambda session: self._unlocked(session, folder, name), self._refused)

    def _unlocked(self, session: object, folder: Path, name: str) -> None:
        self._busy = False
        self.passphrase.clear()
        self.notice.clear()
        self._show_state()
        self._preferences.last_store = folder
        self._preferences.last_sign_in_name = name
        self.opened.emit(session, folder)

    def _refused(self, error: AppError) -> None:
        self._busy = False
        self._show_state()
        if isinstance(error, WrongPassphrase):
            self._passphrase_field.show_error(str(error))
            self.passphrase.line.selectAll()
        elif isinstance(error, DamagedStore | NotEncrypted):
            self.show_damage(error)
        else:
            self.notice.show_error(error)
        self.take_focus()

    # Damage and restore

    def show_damage(self, error: AppError) -> None:
        """Say that the store is damaged, that nothing is deleted, and offer the last good backup."""
        self.notice.show_error(error)
        folder = self._folder

        def read() -> "Backup | None":
            from gcp2_app.services import restoring

            return restoring.last_good(folder)

        self._tasks.run(self, read, self.damage.offer, self.notice.show_error)

    def _restore_last(self, backup: str) -> None:
        if not self.passphrase.text:
            self._passphrase_field.show_error(self.tr("Type your passphrase, then press the button again."))
            self.take_focus()
            return
        self.restore(backup, self.names.currentText(), self.passphrase.text)

    def restore(self, backup: str, name: str, passphrase: str) -> None:
        """Go back to a backup of the store, which nobody has open."""
        self._busy = True
        self.damage.hide()
        self.passphrase.clear()
        self.notice.show_note(self.tr("Going back to the backup. What is here now is kept first."))
        self._show_state()
        folder = self._folder

        def work() -> "tuple[str, ...]":
            from gcp2_app.services import restoring

            return restoring.in_words(restoring.restore_backup_named(folder, backup, name, passphrase))

        self._tasks.run(self, work, self._restored, self._refused)

    def _restored(self, said: "tuple[str, ...]") -> None:
        self._busy = False
        self.notice.show_note("\n".join(said))
        self._show_state()
        self.take_focus()

    def _show_names(self, folder: Path, names: tuple[str, ...], practice: bool) -> None:
        if folder != self._folder:
            return
        self._badge.setVisible(practice)
        if practice:
            self.practice_button.setText(self.tr("Start a fresh practice family"))
        kept = self.names.currentText() or self._preferences.last_sign_in_name
        with QSignalBlocker(self.names):
            self.names.clear()
            self.names.addItems(names)
            self.names.setCurrentIndex(max(0, self.names.findText(kept)))
        self._show_state()

    def _cannot_use(self, folder: Path, error: AppError) -> None:
        if folder == self._folder:
            self._usable = False
            self.notice.show_error(error)
            self._show_state()

    def _edited(self) -> None:
        self._passphrase_field.show_error("")

    def _show_state(self) -> None:
        self.unlock_button.setText(self.tr("Unlocking…") if self._busy else self.tr("Unlock"))
        ready = self._usable and not self._busy
        self.unlock_button.setEnabled(ready and self.names.count() > 0)
        self.names.setEnabled(ready and self.names.count() > 1)
        self.passphrase.setEnabled(ready)
        self.recovery_button.setEnabled(self._usable and not self._busy)


def _look_at(folder: Path) -> tuple[tuple[str, ...], bool]:
    """Return who can sign in and whether it is a practice store. Runs while the passphrase is typed."""
    from gcp2_app.services import stores
    from gcp2_app.ui.unlock.practice import is_practice

    return stores.sign_in_names(folder), is_practice(folder)
