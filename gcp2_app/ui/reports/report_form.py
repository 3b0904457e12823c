"""What is asked before a document leaves the store: who gets it, why, and whether a passphrase protects it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from gcp2_app.errors import InvalidValue
from gcp2_app.ui import style
from gcp2_app.ui.field import Field
from gcp2_app.ui.forms.choice import QuietComboBox
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.reports.loss_list import LossList
from gcp2_app.ui.tasks import Tasks
from gcp2_app.ui.unlock.new_passphrase import NewPassphrase

if TYPE_CHECKING:
    from gcp2_app.services.withholding import Readers

_PAUSE_MILLISECONDS = 900
_NAME_ROLE = Qt.ItemDataRole.UserRole + 1


class ReportForm(QWidget):
    """Recipient, reason and passphrase of one copy.

    Its notice and its button stand at the foot of the page, where they are always in view.

    Attributes:
        reader: the person around the child it is for, if it is one of them.
        losses: what is left out of the copy.
        notice, save_button: for whoever lays out the foot.
        recipient_changed: emitted a moment after the recipient was edited, or when its field is left.
        save_wanted: emitted when everything is there and the copy is to be saved.
    """

    recipient_changed = Signal()
    save_wanted = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reader = QuietComboBox()
        self.recipient = QLineEdit()
        self.losses = LossList()
        self.reason = QLineEdit()
        self.protect = QCheckBox(self.tr("Protect the file with a passphrase"))
        self.passphrase = NewPassphrase(tasks)
        self.save_button = style.button(self.tr("Save PDF…"), "primary")
        self.notice = Notice()
        self._said = "", ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        self._reader_field = Field(
            self.tr("Is it for someone around the child?"),
            self.reader,
            self.tr("What is withheld from them is then left out."),
        )
        self._recipient_field = Field(
            self.tr("Who is this copy for?"),
            self.recipient,
            self.tr("Name and role. It is printed across every page."),
        )
        self._reason_field = Field(
            self.tr("Why do they need it?"),
            self.reason,
            self.tr("Kept in the audit trail of this store; not printed."),
        )
        self._open_file = style.label(
            self.tr("Without a passphrase, whoever comes by the file can read it."),
            "quiet",
        )
        self._tell = style.label(
            self.tr("Tell the passphrase by telephone or in person, never in the message with the file."), "quiet"
        )
        self._lay_out()
        self.reader.activated.connect(lambda _: self._choose_reader())
        self.recipient.textEdited.connect(lambda _: self._pause.start())
        self.recipient.editingFinished.connect(self._say_recipient)
        self._pause.timeout.connect(self._say_recipient)
        self.protect.toggled.connect(self._show_passphrase)
        self.save_button.clicked.connect(self.save)
        for line in (self.recipient, self.reason):
            line.returnPressed.connect(self.save)
        self._show_passphrase(shown=False)

    @property
    def reader_id(self) -> str:
        """Id of the person around the child it is for, or empty."""
        return str(self.reader.currentData() or "")

    def offer_readers(self, readers: "Readers") -> None:
        """Offer the people around the child; the one chosen stays."""
        chosen = self.reader_id
        self.reader.clear()
        self.reader.addItem(self.tr("No, for someone else"), "")
        for id_, name in readers.names.items():
            withheld = id_ in readers.something_withheld
            self.reader.addItem(self.tr("{name} (withheld from)").format(name=name) if withheld else name, id_)
            self.reader.setItemData(self.reader.count() - 1, name, _NAME_ROLE)
        self.reader.setCurrentIndex(max(self.reader.findData(chosen), 0))
        self._reader_field.setVisible(bool(readers.names))

    @property
    def recipient_name(self) -> str:
        """Who the copy is for."""
        return self.recipient.text().strip()

    @property
    def why(self) -> str:
        """Why they need it."""
        return self.reason.text().strip()

    @property
    def password(self) -> str | None:
        """The passphrase of the file, or None for none."""
        return self.passphrase.text if self.protect.isChecked() else None

    def save(self) -> None:
        """Ask for the copy to be saved, or show what is missing."""
        missing = [
            self._require(self._recipient_field, self.recipient_name, self.tr("Say who this copy is for.")),
            self._require(self._reason_field, self.why, self.tr("Say why they need it.")),
        ]
        if self.protect.isChecked():
            self.passphrase.settle()
        weak = self.protect.isChecked() and not self.passphrase.is_valid
        if weak:
            self.passphrase.complain()
        first = next((field.control for field in missing if field is not None), self.passphrase if weak else None)
        if first is None:
            self.notice.clear()
            self.save_wanted.emit()
        else:
            self.notice.show_error(InvalidValue(self.tr("Not saved yet."), self.tr("Correct what is marked above.")))
            first.setFocus()

    def show_busy(self, *, busy: bool) -> None:
        """Show that a copy is being saved, or that it is done."""
        self.save_button.setEnabled(not busy)
        self.save_button.setText(self.tr("Saving…") if busy else self.tr("Save PDF…"))

    def forget_passphrase(self) -> None:
        """Drop the passphrase: the next copy has one of its own."""
        self.passphrase.clear()
        self.protect.setChecked(False)

    def clear(self) -> None:
        """Forget everything typed."""
        self._pause.stop()
        self._said = "", ""
        self.reader.setCurrentIndex(0)
        self.losses.show_losses(())
        self.recipient.clear()
        self.reason.clear()
        for field in (self._recipient_field, self._reason_field):
            field.show_error("")
        self.forget_passphrase()
        self.notice.clear()
        self.show_busy(busy=False)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(2.5))
        for widget in (
            self._reader_field,
            self._recipient_field,
            self._reason_field,
            self.losses,
            self.protect,
            self.passphrase,
            self._tell,
            self._open_file,
        ):
            layout.addWidget(widget)

    def _require(self, field: Field, value: str, error: str) -> Field | None:
        field.show_error("" if value else error)
        return None if value else field

    def _show_passphrase(self, shown: bool) -> None:
        self.passphrase.setVisible(shown)
        self._tell.setVisible(shown)
        self._open_file.setVisible(not shown)
        if not shown:
            self.passphrase.clear()

    def _choose_reader(self) -> None:
        if self.reader_id:
            self.recipient.setText(str(self.reader.currentData(_NAME_ROLE)))
        self._say_recipient()

    def _say_recipient(self) -> None:
        self._pause.stop()
        if (self.recipient_name, self.reader_id) != self._said:
            self._said = self.recipient_name, self.reader_id
            self.recipient_changed.emit()
