"""Asks a second person to confirm, with their own sign-in, that something is withheld no longer."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from gcp2_app.errors import AppError
from gcp2_app.ui import style
from gcp2_app.ui.field import Field
from gcp2_app.ui.forms.dialog import FormDialog, Values
from gcp2_app.ui.unlock.passphrase import PassphraseEdit
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.second_person import SecondPerson


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("second_person", text)


class SecondPersonDialog(QDialog):
    """Sign-in name and passphrase of whoever confirms.

    Attributes:
        name, passphrase: what they type.
        confirm_button: hands it on.
        given: emitted with a SecondPerson.
    """

    given = Signal(object)

    def __init__(self, parent: QWidget, workspace: Workspace, about: str = "") -> None:
        """Make the dialog.

        Args:
            about: what is confirmed, where that is not the end of withholding something.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(tr("A second person confirms"))
        self.setMinimumWidth(style.space(90))
        self.name = QLineEdit()
        self.passphrase = PassphraseEdit()
        self._name_field = Field(tr("Their sign-in name"), self.name)
        self._passphrase_field = Field(tr("Their passphrase"), self.passphrase)
        self.confirm_button = style.button(tr("Confirm"), "primary")
        cancel = style.button(tr("Cancel"))
        cancel.setAutoDefault(False)
        layout = QVBoxLayout(self)
        margin = style.space(3)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(style.space(2))
        layout.addWidget(style.heading(tr("A second person confirms"), 2))
        layout.addWidget(
            style.label(
                about
                or tr(
                    "Someone would see again what is withheld from them. That takes two people: a colleague or "
                    "supervisor who works with this child types their own sign-in here. Both names are kept in the "
                    "audit trail."
                )
            )
        )
        layout.addWidget(self._name_field)
        layout.addWidget(self._passphrase_field)
        layout.addLayout(style.row(self.confirm_button, cancel))
        self.confirm_button.setDefault(True)
        self.setMinimumHeight(layout.totalHeightForWidth(self.minimumWidth()))
        self.confirm_button.clicked.connect(self._try)
        cancel.clicked.connect(self.reject)
        workspace.locking.connect(self.reject)

    def _try(self) -> None:
        from gcp2_app.services.second_person import SecondPerson

        name, passphrase = self.name.text().strip(), self.passphrase.text
        self._name_field.show_error("" if name else tr("Type the sign-in name of the second person."))
        self._passphrase_field.show_error("" if passphrase else tr("Type their passphrase."))
        if name and passphrase:
            self.passphrase.clear()
            self.accept()
            self.given.emit(SecondPerson(sign_in_name=name, passphrase=passphrase))
        else:
            (self.passphrase if name else self.name).setFocus()


class SecondPersonGate:
    """Stands before the saving of a form, and asks only where something would be withheld no longer.

    Args:
        needs: finds what would be shown again by these values; runs on the database thread.
        about: what the second person confirms, where that is not the end of withholding something.

    Attributes:
        dialog: the form it stands before; set once that is made.
        second: who confirmed, for the save that follows.
    """

    def __init__(self, workspace: Workspace, needs: Callable[[Values], tuple[str, ...]], about: str = "") -> None:
        self._workspace = workspace
        self._about = about
        self._needs = needs
        self.dialog: FormDialog | None = None
        self.second: SecondPerson | None = None

    def before(self, values: Values, go_on: Callable[[], None], give_up: Callable[[], None]) -> None:
        """Ask, or go on; as :class:`gcp2_app.ui.forms.dialog.Saving` wants it."""
        self.second = None
        dialog = self.dialog
        if dialog is None:
            go_on()
            return

        def found(names: tuple[str, ...]) -> None:
            if names:
                self._ask(dialog, go_on, give_up)
            else:
                go_on()

        def failed(error: AppError) -> None:
            dialog.show_failure(error)

        self._workspace.tasks.run(dialog, lambda: self._needs(values), found, failed)

    def _ask(self, form: FormDialog, go_on: Callable[[], None], give_up: Callable[[], None]) -> None:
        asked = SecondPersonDialog(form, self._workspace, self._about)

        def given(second: "SecondPerson") -> None:
            self.second = second
            go_on()

        asked.given.connect(given)
        asked.rejected.connect(give_up)
        asked.open()
