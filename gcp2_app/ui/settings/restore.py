"""Going back to a backup: what it would change, in words, and the passphrase once more."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QVBoxLayout, QWidget

from gcp2_app.domain.words import counted
from gcp2_app.errors import AppError
from gcp2_app.ui import style, words
from gcp2_app.ui.column import Column
from gcp2_app.ui.field import Field
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.unlock.passphrase import PassphraseEdit
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.backups import Backup
    from gcp2_app.services.restoring import Lost


class RestoreForm(QDialog):
    """Says what would be lost and what stays; the window then closes the store and does it.

    Attributes:
        lost: what would be lost, in words.
    """

    def __init__(self, workspace: Workspace, backup: "Backup", parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = self.tr("Go back to the backup of {when}?").format(when=words.moment(backup.made_at))
        self.setWindowTitle(title)
        self._workspace = workspace
        self._backup = backup
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        column = Column(90)
        outer.addWidget(column, 1)
        column.body.addWidget(style.heading(title, 2))
        self.notice = Notice()
        column.body.addWidget(self.notice)
        self.lost = style.label(self.tr("Looking at what has changed since…"))
        column.body.addWidget(self.lost)
        for text in (
            self.tr("What is here now is kept as a backup first. Go back to that one to undo this."),
            self.tr(
                "Passphrases, the recovery kit, and who can sign in with which roles stay as they are now. Nobody "
                "whose sign-in was taken away comes back."
            ),
            self.tr("The store locks while this is done. It is written into the audit trail."),
        ):
            column.body.addWidget(style.label(text, "quiet"))
        self.passphrase = PassphraseEdit()
        self._field = Field(self.tr("Your passphrase"), self.passphrase)
        column.body.addWidget(self._field)
        column.body.addStretch(1)
        self.accept_button = style.button(self.tr("Lock and go back to it"), "primary")
        self.accept_button.setEnabled(False)
        self.accept_button.clicked.connect(self.send)
        self.cancel_button = style.button(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        bar = QFrame()
        bar.setProperty("role", "foot")
        buttons = style.row(self.accept_button, self.cancel_button)
        buttons.setContentsMargins(style.space(3), style.space(1.5), style.space(3), style.space(1.5))
        bar.setLayout(buttons)
        outer.addWidget(bar)
        self.cancel_button.setDefault(True)
        room = self.screen().availableGeometry().size()
        self.resize(
            min(style.space(100), room.width() - style.space(6)), min(style.space(84), room.height() - style.space(10))
        )
        self._read()

    def send(self) -> None:
        """Have the store closed and the backup put in its place."""
        if not self.passphrase.text:
            self._field.show_error(self.tr("Type the passphrase you unlock with now."))
            self.passphrase.setFocus()
            return
        workspace, name, passphrase = self._workspace, self._backup.name, self.passphrase.text
        self.accept()
        workspace.restore_wanted.emit(name, passphrase)

    def _read(self) -> None:
        session, name = self._workspace.session, self._backup.name

        def read() -> "tuple[Lost, ...]":
            from gcp2_app.services import restoring

            return restoring.would_lose(session, name)

        self._workspace.tasks.run(self, read, self._show, self._refused)

    def _show(self, lost: "tuple[Lost, ...]") -> None:
        self.lost.setText(lost_words(lost))
        self.accept_button.setEnabled(True)

    def _refused(self, error: AppError) -> None:
        self.lost.hide()
        self.notice.show_error(error)


def lost_words(lost: "tuple[Lost, ...]") -> str:
    """Return what going back would take out of the store."""
    names = {"child": ("child", "children"), "assessment": ("assessment", ""), "entry": ("entry", "entries")}
    said = []
    for each in lost:
        one, many = names[each.kind]
        if each.added:
            said.append(words.tr("{what} added since").format(what=counted(each.added, one, many)))
        if each.changed:
            said.append(words.tr("what changed since in {what}").format(what=counted(each.changed, one, many)))
    if not said:
        return words.tr("No child, assessment or entry has been added or changed since.")
    return words.tr("No longer in the store would be: {list}.").format(list="; ".join(said))
