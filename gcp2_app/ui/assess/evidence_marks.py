"""Who may not see a piece of evidence: two marks, each settled by whoever writes it."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from gcp2_app.domain.answers import Evidence
from gcp2_app.ui import style


class EvidenceMarks(QWidget):
    """The marks that copies for the family and for others honour.

    Attributes:
        third_party, harm: the boxes. Until somebody touches the first it follows where the evidence comes from.
        marked: emitted with the piece as it is marked now.
    """

    marked = Signal(object)

    def __init__(self, piece: Evidence, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._piece = piece
        self.third_party = QCheckBox(self.tr("It is about somebody else, or somebody else said it"))
        self.harm = QCheckBox(self.tr("Could do harm if it were disclosed"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        layout.addWidget(self.third_party)
        layout.addWidget(self.harm)
        self.third_party.clicked.connect(lambda on: self.marked.emit(replace(self._piece, third_party=on)))
        self.harm.clicked.connect(lambda on: self.marked.emit(replace(self._piece, harm_if_disclosed=on)))

    def stops(self) -> tuple[QWidget, ...]:
        """Return what the Tab key goes through."""
        return self.third_party, self.harm

    def show_piece(self, piece: Evidence) -> None:
        """Show the marks of a piece."""
        self._piece = piece
        self.third_party.setChecked(piece.is_anothers)
        self.harm.setChecked(bool(piece.harm_if_disclosed))
