"""What a grave grade of a unit asks for before sign-off: evidence that holds it up, and a safety step."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gcp2_app.domain.answers import UnitAnswer
from gcp2_app.ui import style
from gcp2_app.ui.assess import changes
from gcp2_app.ui.assess.texts import KeptText
from gcp2_app.ui.field import Field

if TYPE_CHECKING:
    from gcp2_app.ui.assess.draft import Draft


class EvidenceNeeded(QFrame):
    """Asks for evidence of a grave grade, or for a reason why there is none.

    Attributes:
        unverified: the reason.
        evidence_wanted: emitted when the person goes to add evidence.
    """

    evidence_wanted = Signal()

    def __init__(self, draft: "Draft", unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._unit = unit
        self.setProperty("role", "warning")
        self._text = style.label()
        self._add = style.button(self.tr("Add evidence  E"))
        self._add.setAccessibleName(self.tr("Add evidence"))
        self._add.clicked.connect(self.evidence_wanted)
        self.unverified = KeptText(self.tr("Or say why there is none"), lines=1)
        self.unverified.edited.connect(self._keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(2.5), style.space(2), style.space(2.5), style.space(2))
        layout.setSpacing(style.space(1))
        layout.addWidget(self._text)
        layout.addLayout(style.row(self._add))
        layout.addWidget(Field(self.tr("Or say why there is none"), self.unverified))

    def show_answer(self, answer: UnitAnswer, grade: int) -> None:
        """Show what is asked for, or the reason that stands."""
        text = self.tr("A {grade} needs evidence that was seen or came from another professional.")
        if answer.unverified_reason.strip():
            text = self.tr("This {grade} stands without evidence that was seen or came from another professional.")
        self._text.setText(text.format(grade=grade))
        self.unverified.show_text(answer.unverified_reason)
        self.unverified.setReadOnly(not self._draft.may_grade)
        self._add.setVisible(self._draft.may_grade)

    def _keep(self, text: str) -> None:
        value = changes.changed_answer(self._draft.value, self._unit, unverified_reason=text)
        self._draft.change(value, f"{self._unit} unverified_reason")


class StepNeeded(QFrame):
    """Says that a grade needs a safety step, and leads there.

    Attributes:
        wanted: emitted when the person goes to write it.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "warning")
        go = style.button(self.tr("Write the safety step"))
        go.clicked.connect(self.wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(2.5), style.space(2), style.space(2.5), style.space(2))
        layout.addWidget(style.label(self.tr("This grade needs a safety step with an owner and a date.")))
        layout.addLayout(style.row(go))
