"""Asks who a picture is made for, where something is withheld from one of the people around the child."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gcp2_app.ui import style
from gcp2_app.ui.field import Field
from gcp2_app.ui.forms.choice import QuietComboBox
from gcp2_app.ui.reports.loss_list import LossList
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.domain.trend import Trend
    from gcp2_app.domain.withheld import Loss
    from gcp2_app.services.withholding import Readers


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("picture_for", text)


class PictureFor(QDialog):
    """One question, and what is left out for whoever is chosen.

    Attributes:
        reader: the people around the child.
        losses: what is left out for the one chosen.
        go_button: goes on to the choice of a file.
        chosen: emitted with the id of the person, or empty for someone else.
    """

    chosen = Signal(str)

    def __init__(
        self, parent: QWidget, workspace: Workspace, readers: "Readers", child_id: str, trend: "Trend | None"
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._child, self._trend = child_id, trend
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(tr("Who is this picture for?"))
        self.setMinimumWidth(style.space(80))
        self.reader = QuietComboBox()
        self.reader.addItem(tr("Someone else, or the record"), "")
        for id_, name in readers.names.items():
            self.reader.addItem(name, id_)
        self.losses = LossList()
        self.go_button = style.button(tr("Choose a file…"), "primary")
        cancel = style.button(tr("Cancel"))
        cancel.setAutoDefault(False)
        layout = QVBoxLayout(self)
        margin = style.space(3)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(style.space(2))
        hidden = tr(" and ").join(readers.names.get(id_, "") for id_ in sorted(readers.something_withheld))
        about = tr("Something is withheld from {people}. It is not in a picture made for them.")
        layout.addWidget(style.label(about.format(people=hidden)))
        layout.addWidget(Field(tr("Who is this picture for?"), self.reader))
        layout.addWidget(self.losses)
        if trend is None:
            self.losses.hide()
        layout.addLayout(style.row(self.go_button, cancel))
        self.go_button.setDefault(True)
        self.setMinimumHeight(layout.totalHeightForWidth(self.minimumWidth()))
        self.reader.activated.connect(lambda _: self._show_losses())
        self.go_button.clicked.connect(self._go)
        cancel.clicked.connect(self.reject)
        workspace.locking.connect(self.reject)

    def _show_losses(self) -> None:
        if self._trend is None:
            return
        from gcp2_app.services import reports

        session, child, trend, reader = self._workspace.session, self._child, self._trend, self.reader.currentData()

        def done(losses: "tuple[Loss, ...]") -> None:
            if reader == self.reader.currentData():
                self.losses.show_losses(losses)

        self._workspace.tasks.run(self, lambda: reports.trend_losses(session, child, trend, reader), done)

    def _go(self) -> None:
        reader = str(self.reader.currentData())
        self.accept()
        self.chosen.emit(reader)
