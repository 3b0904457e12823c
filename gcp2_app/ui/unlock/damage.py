"""Before a store that is damaged: what that means, and the way back to the last good backup."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.ui import style

if TYPE_CHECKING:
    from gcp2_app.domain.backups import Backup


class DamagePanel(QWidget):
    """Hidden until the last good backup is offered.

    Attributes:
        restore_wanted: emitted with the backup's name.
        button: goes back to it.
    """

    restore_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        self.text = style.label()
        layout.addWidget(self.text)
        self.button = style.button(self.tr("Go back to the last good backup"))
        self.button.clicked.connect(lambda: self.restore_wanted.emit(self._name))
        layout.addWidget(self.button)
        self.hide()

    def offer(self, backup: "Backup | None") -> None:
        """Offer a backup, or say that there is none here."""
        from gcp2_app.ui import words

        if backup is None:
            self.text.setText(
                self.tr("There is no backup on this computer. If copies are kept elsewhere, use “gcp2 restore”.")
            )
        else:
            self._name = backup.name
            self.text.setText(
                self.tr(
                    "Nothing is written to the damaged store, and nothing is deleted. The last good backup is of "
                    "{when}. Going back to it needs the passphrase of an administrator; the damaged files are kept."
                ).format(when=words.moment(backup.made_at))
            )
        self.button.setVisible(backup is not None)
        self.show()
