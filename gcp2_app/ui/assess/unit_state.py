"""How a unit without a grade is marked: not observed, does not apply, declined, and why."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gcp2_app.domain.answers import UnitState
from gcp2_app.domain.instrument import Unit
from gcp2_app.ui import style, words
from gcp2_app.ui.assess import changes
from gcp2_app.ui.assess.blind import stands_by_others
from gcp2_app.ui.assess.texts import KeptLine
from gcp2_app.ui.flow import Flow

if TYPE_CHECKING:
    from gcp2_app.ui.assess.draft import Draft


class UnitStateRow(QWidget):
    """The states other than a grade.

    Attributes:
        reason_given: emitted when the person presses Enter in the reason.
    """

    reason_given = Signal()

    def __init__(self, draft: "Draft", unit: Unit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._unit = unit
        self.buttons: dict[UnitState, QPushButton] = {}
        flow = Flow()
        flow.setSpacing(style.space(1))
        for state, keys in self._offered():
            text = words.say(state)
            button = style.button(f"{text}  {keys}")
            button.setCheckable(True)
            button.setAccessibleName(text)
            button.setToolTip(self.tr("Press {key} on the keyboard").format(key=keys))
            button.clicked.connect(lambda _, state=state: self.put_aside(state))
            self.buttons[state] = button
            flow.addWidget(button)
        self.clear = style.button(self.tr("Clear"), "link")
        self.clear.setAccessibleName(self.tr("Clear {unit}").format(unit=unit.code))
        self.clear.clicked.connect(self.clear_answer)
        flow.addWidget(self.clear)
        self.reason = KeptLine(self.tr("Why it has no grade"))
        self.reason.edited.connect(self._keep)
        self.reason.returnPressed.connect(self.reason_given)
        self._questions = {
            UnitState.NOT_OBSERVED: self.tr("Why was it not observed, and who could tell?"),
            UnitState.NOT_APPLICABLE: self.tr("Why does it not apply to this child?"),
            UnitState.DECLINED: self.tr("Who declined, and why?"),
        }
        self._question = style.label()
        font = self._question.font()
        font.setWeight(font.Weight.DemiBold)
        self._question.setFont(font)
        self._question.setBuddy(self.reason)
        self.by_others = style.label("", "quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        layout.addLayout(flow)
        layout.addWidget(self.by_others)
        layout.addWidget(self._question)
        layout.addWidget(self.reason)

    def refresh(self) -> None:
        """Show the state held now."""
        answer, frozen = self._draft.value.answer(self._unit.code), not self._draft.may_grade
        others = stands_by_others(answer, self._draft.me)
        mine = any(given.by == self._draft.me for given in answer.grades)
        for state, button in self.buttons.items():
            button.setChecked(answer.state is state)
            button.setEnabled(not frozen and not others)
            button.setVisible(not frozen or answer.state is state)
        self.by_others.setText(
            self.tr("Someone else has graded this unit too, so it is not marked as having no grade.")
            if mine
            else self.tr(
                "Someone else has graded this unit, so it is not marked as having no grade. Add yours, or leave it."
            )
        )
        self.by_others.setVisible(others and not frozen)
        self.clear.setVisible(not frozen and answer.state is not UnitState.NOT_STARTED and (mine or not others))
        question = self._questions.get(answer.state, "")
        self._question.setVisible(bool(question))
        self.reason.setVisible(bool(question))
        self.reason.setReadOnly(frozen)
        if question:
            self._question.setText(question)
            self.reason.setAccessibleName(question)
            self.reason.show_text(answer.reason)
            style.mark_invalid(self.reason, invalid=not answer.reason.strip())

    def put_aside(self, state: UnitState) -> None:
        """Mark the unit as having no grade, and ask why."""
        others = stands_by_others(self._draft.value.answer(self._unit.code), self._draft.me)
        if state not in self.buttons or not self._draft.may_grade or others:
            self.refresh()
            return
        self._draft.change(changes.put_aside(self._draft.value, self._unit.code, state=state))
        self.refresh()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_answer(self) -> None:
        """Take this practitioner's grade or the state away."""
        if self._draft.may_grade:
            self._draft.change(changes.cleared(self._draft.value, self._unit.code, by=self._draft.me))

    def _offered(self) -> list[tuple[UnitState, str]]:
        offered = [(UnitState.NOT_OBSERVED, "N")]
        if self._unit.may_not_apply:
            offered.append((UnitState.NOT_APPLICABLE, "X"))
        return [*offered, (UnitState.DECLINED, "D")]

    def _keep(self, text: str) -> None:
        code = self._unit.code
        self._draft.change(changes.changed_answer(self._draft.value, code, reason=text), f"{code} reason")
