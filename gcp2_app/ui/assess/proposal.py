"""Grades of units about the home: offered to the children who live there, and confirmed child by child."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gcp2_app.domain.answers import ProposedGrade, UnitAnswer, UnitState
from gcp2_app.domain.grading import latest_grades, waiting_proposal
from gcp2_app.domain.instrument import Unit
from gcp2_app.ui import style, words
from gcp2_app.ui.assess import changes, family_words
from gcp2_app.ui.assess.wording import grade_words
from gcp2_app.ui.flow import Flow

if TYPE_CHECKING:
    from gcp2_app.services.families import FamilyMember
    from gcp2_app.ui.assess.draft import Draft


class ProposalBar(QFrame):
    """A grade offered from a sibling's assessment: to confirm, to change by grading, or to put away.

    Attributes:
        confirmed: emitted when the person takes the grade as their own.
    """

    confirmed = Signal()

    def __init__(self, draft: "Draft", unit: Unit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._unit = unit
        self.setProperty("role", "card")
        self._said = style.label()
        self.confirm = style.button("")
        self.drop = style.button(self.tr("Not for this child"), "link")
        self.confirm.clicked.connect(self.confirmed)
        self.drop.clicked.connect(self._drop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(2), style.space(1), style.space(2), style.space(1))
        layout.setSpacing(style.space(1))
        layout.addWidget(self._said)
        flow = Flow()
        flow.setSpacing(style.space(1.5))
        flow.addWidget(self.confirm)
        flow.addWidget(self.drop)
        layout.addLayout(flow)

    def show_proposal(self, offered: ProposedGrade) -> None:
        """Show what is offered, from whom, by whom and when."""
        draft = self._draft
        known = {member.child.id: member.child for member in draft.family.siblings}
        sibling = known.get(offered.child or "")
        source = family_words.called(sibling) if sibling is not None else ""
        whose = self.tr("from {name}’s assessment").format(name=source) if source else ""
        whose = whose or self.tr("from another child’s assessment")
        parts = [self.tr("Proposed: {grade}").format(grade=grade_words(draft.pack, offered.grade)), whose]
        if offered.by:
            parts.append(self.tr("by {who}").format(who=draft.name(offered.by)))
        if offered.on is not None:
            parts.append(self.tr("on {day}").format(day=words.day(offered.on)))
        said = ", ".join(parts[:2]) + ("".join(f" {part}" for part in parts[2:]))
        about = self.tr("It is not a grade of this child until you confirm it. Or pick another grade.")
        self._said.setText(f"{said}. {about}")
        self.confirm.setText(self.tr("Confirm {grade}  P").format(grade=offered.grade))
        self.confirm.setAccessibleName(
            self.tr("Confirm {grade} for {unit}").format(grade=offered.grade, unit=self._unit.code)
        )
        self.confirm.setAccessibleDescription(said)
        self.drop.setAccessibleName(self.tr("{unit}: not for this child").format(unit=self._unit.code))
        for button in (self.confirm, self.drop):
            button.setVisible(draft.may_grade)

    def _drop(self) -> None:
        self._draft.change(changes.changed_answer(self._draft.value, self._unit.code, proposed=None))


class OfferRow(QWidget):
    """Offers one's own grade of a unit about the home to the other children of it.

    Attributes:
        offers: the button of each sibling that can be offered it, by the child's id.
    """

    def __init__(self, draft: "Draft", unit: Unit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._unit = unit
        self._shown: object = None
        self.offers: dict[str, QWidget] = {}
        self._flow = Flow()
        self._flow.setSpacing(style.space(1.5))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._flow)

    def show_grade(self, grade: int) -> None:
        """Show to whom one's grade can be offered, to whom it is offered, and why not to the others."""
        family = self._draft.family
        shown = (grade, family.siblings, family.not_shown)
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.offers = {}
        told = [self._offer_or_say(member, grade) for member in family.siblings]
        told.append(family_words.not_shown(family.not_shown))
        if len(self.offers) > 1:
            everyone = style.button(self.tr("Offer {grade} to all of them").format(grade=grade))
            children = tuple(self.offers)
            everyone.clicked.connect(lambda: family.offer(self._unit.code, children))
            self._flow.addWidget(everyone)
        said = ". ".join(text.rstrip(".") for text in told if text)
        if said:
            self._flow.addWidget(style.label(f"{said}.", "quiet", wrap=False))
        self.setVisible(self._flow.count() > 0)

    def _offer_or_say(self, member: "FamilyMember", grade: int) -> str:
        """Add the button of a sibling, or return what to say instead."""
        from gcp2_app.services import proposals

        family, code = self._draft.family, self._unit.code
        name, child = family_words.called(member.child), member.child.id
        if member.why_not is not None:
            return self.tr("{name}: {why}").format(name=name, why=family_words.why_closed(member.why_not))
        whole = family.family
        why = proposals.why_not_offered(whole, member, code) if whole is not None else None
        if why is not None:
            return self.tr("{name}: {why}").format(name=name, why=family_words.why_not_offered(why))
        answer = member.assessment.answer(code) if member.assessment is not None else UnitAnswer()
        waiting = waiting_proposal(answer)
        if waiting is not None and (waiting.grade, waiting.child) == (grade, self._draft.child.id):
            return self.tr("{grade} is offered to {name}").format(grade=grade, name=name)
        button = style.button(self.tr("Offer {grade} to {name}").format(grade=grade, name=name))
        button.setToolTip(self.tr("It is a grade once it is confirmed in that assessment"))
        button.clicked.connect(lambda: family.offer(code, (child,)))
        self.offers[child] = button
        self._flow.addWidget(button)
        return ""


def own_grade(draft: "Draft", unit: Unit) -> int | None:
    """Return the user's own grade of a unit about the home that can be offered now, or None."""
    answer = draft.value.answer(unit.code)
    mine = latest_grades(answer).get(draft.me)
    offers = unit.household_level and draft.may_grade and answer.state is UnitState.SCORED
    return mine.grade if offers and mine is not None else None
