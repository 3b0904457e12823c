"""One unit: its head, the texts of its grades, and everything recorded with it. Keys reach all of it.

What is rarely wanted is made when it is first wanted, so that a page opens at once.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gcp2_app.domain.answers import UnitAnswer, UnitState
from gcp2_app.domain.grading import effective_grade, latest_grades, rests_on_carers_word, waiting_proposal
from gcp2_app.domain.instrument import Unit
from gcp2_app.domain.planning import late_units
from gcp2_app.domain.targets import needs_safety_step, safety_step_for
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.assess import changes, planner_words
from gcp2_app.ui.assess.agreement import Agreement
from gcp2_app.ui.assess.blind import is_hidden
from gcp2_app.ui.assess.descriptors import DescriptorCard, DescriptorCards
from gcp2_app.ui.assess.evidence_drawer import EvidenceDrawer
from gcp2_app.ui.assess.marks import needs_evidence
from gcp2_app.ui.assess.proposal import OfferRow, ProposalBar, own_grade
from gcp2_app.ui.assess.unit_details import UnitDetails, filled_in
from gcp2_app.ui.assess.unit_head import UnitHead
from gcp2_app.ui.assess.unit_needs import EvidenceNeeded, StepNeeded
from gcp2_app.ui.assess.unit_state import UnitStateRow
from gcp2_app.ui.assess.wording import name_of
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.fold import Fold

if TYPE_CHECKING:
    from gcp2_app.ui.assess.draft import Draft

#: A frame or two, in milliseconds.
_LAID_OUT_MS: Final = 30
_STATES: Final = {
    Qt.Key.Key_N: UnitState.NOT_OBSERVED,
    Qt.Key.Key_X: UnitState.NOT_APPLICABLE,
    Qt.Key.Key_D: UnitState.DECLINED,
}


class UnitCard(QFrame):
    """One unit of the sub-area on screen.

    Attributes:
        left: emitted with 1 or -1 when the person goes on to the next unit, or back to the one before.
        grew: emitted with a part of the card that opened, to be brought into view.
        safety_wanted: emitted when the person goes to write a safety step.
    """

    left = Signal(int)
    grew = Signal(object)
    safety_wanted = Signal()

    def __init__(self, draft: "Draft", unit: Unit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.unit = unit
        self._theirs_seen = False
        self._shown: tuple[object, ...] = ()
        self.setProperty("role", "card")
        self.setAccessibleName(name_of(unit))
        self.head = UnitHead(draft, unit)
        self.cards = DescriptorCards(draft.pack, unit.texts(draft.working.age_months))
        self.states = UnitStateRow(draft, unit)
        self.agreement: Agreement | None = None
        self.needs: EvidenceNeeded | None = None
        self._spare: EvidenceNeeded | None = None
        self.safety: StepNeeded | None = None
        self.proposal: ProposalBar | None = None
        self.offer: OfferRow | None = None
        self.drawer: EvidenceDrawer | None = None
        self.details: UnitDetails | None = None
        self._on_word = style.label(self.tr("Rests only on what a carer said."), "quiet")
        self.late = style.label("", "quiet")
        self.evidence_fold = Fold(self.tr("Evidence  E"), self._make_drawer)
        self.details_fold = Fold(self.tr("Note and the carer’s view"), self._make_details)
        self.each = style.button(self.tr("This unit for each child"), "link")
        self.each.clicked.connect(lambda: draft.want_family(unit.code))
        self.each.setVisible(False)
        self._lay_out()
        self.cards.picked.connect(self.grade)
        self.states.reason_given.connect(lambda: self.left.emit(1))
        draft.family.known.connect(self._show_home)
        self.refresh()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        margin = style.space(2.5)
        layout.setContentsMargins(margin, style.space(2), margin, style.space(2))
        layout.setSpacing(style.space(1.25))
        layout.addWidget(self.head)
        self._offered = QVBoxLayout()
        layout.addLayout(self._offered)
        layout.addWidget(self.cards)
        layout.addWidget(self.states)
        self._offering = QVBoxLayout()
        layout.addLayout(self._offering)
        self._asked = QVBoxLayout()
        self._asked.setSpacing(style.space(1.25))
        layout.addLayout(self._asked)
        layout.addWidget(self._on_word)
        layout.addWidget(self.late)
        folds = Flow()
        folds.setSpacing(style.space(3))
        layout.addLayout(folds)
        for fold in (self.evidence_fold, self.details_fold):
            folds.addWidget(fold)
            layout.addLayout(fold.place)
        folds.addWidget(self.each)
        if self._draft.grades_alone:
            self.details_fold.hide()

    # Made when first wanted

    def _make_drawer(self) -> EvidenceDrawer:
        self.drawer = EvidenceDrawer(self._draft, self.unit.code)
        self.drawer.left.connect(self.take_focus)
        self.drawer.asked.connect(self.grew)
        self.drawer.refresh()
        return self.drawer

    def _make_details(self) -> UnitDetails:
        self.details = UnitDetails(self._draft, self.unit.code)
        self.details.refresh()
        return self.details

    def prepare(self) -> None:
        """Make what a grave grade asks for, out of sight: no key has to wait for it then."""
        if self.needs is None and self._spare is None and self._draft.may_grade:
            self._spare = EvidenceNeeded(self._draft, self.unit.code, self)
            self._spare.hide()
            for widget in (self._spare, *self._spare.findChildren(QWidget)):
                widget.ensurePolished()

    def _make_needs(self) -> EvidenceNeeded:
        needs, self._spare = self._spare or EvidenceNeeded(self._draft, self.unit.code), None
        needs.evidence_wanted.connect(self.open_evidence)
        self._asked.addWidget(needs)
        return needs

    def _make_safety(self) -> StepNeeded:
        safety = StepNeeded()
        safety.wanted.connect(self.safety_wanted)
        self._asked.addWidget(safety)
        return safety

    def _make_agreement(self) -> Agreement:
        agreement = Agreement(self._draft, self.unit.code)
        agreement.show_wanted.connect(self._see_theirs)
        self._asked.insertWidget(0, agreement)
        return agreement

    # Showing

    def refresh(self) -> None:
        """Show what is held now."""
        draft = self._draft
        answer = draft.value.answer(self.unit.code)
        step = safety_step_for(draft.value, self.unit.code) is not None
        may, value = (draft.may_grade, draft.may_write), draft.value
        shown = (answer, value.state, value.window, may, step, draft.grading_as, self._theirs_seen)
        if shown == self._shown:
            return
        self._shown = shown
        layout = self.layout()
        if layout is not None:
            # Each part that shows would have the whole page laid out at once; it is laid out once, after all of them.
            layout.setEnabled(False)
        self._show_answer(answer, step_given=step)
        if layout is not None:
            layout.setEnabled(True)

    def _show_answer(self, answer: UnitAnswer, *, step_given: bool) -> None:
        draft = self._draft
        hidden = is_hidden(draft.value, self.unit.code, draft.grading_as) and not self._theirs_seen
        grade = None if hidden else self._shown_grade(answer)
        self.show_grade(grade)
        self.states.refresh()
        self.head.state.setText(self._state_words(answer, grade, hidden=hidden))
        if hidden or len(latest_grades(answer)) > 1:
            self.agreement = self.agreement or self._make_agreement()
        if self.agreement is not None:
            self.agreement.refresh(seen=self._theirs_seen)
        self._show_asked(answer, None if hidden else effective_grade(answer).grade, step_given=step_given)
        self._on_word.setVisible(rests_on_carers_word(answer) and not hidden)
        self._show_late(hidden=hidden)
        self._show_folds(answer)
        self._show_home()

    def _show_late(self, *, hidden: bool) -> None:
        """Say when the unit was graded, or seen, after the window's end; not while others' grades are hidden."""
        window = self._draft.value.window
        found = late_units(self._draft.value, (self.unit.code,))
        shown = window is not None and bool(found) and not hidden and not self._draft.grades_alone
        self.late.setText(planner_words.late_beside(found[0], window) if shown and window is not None else "")
        self.late.setVisible(shown)

    def _show_home(self) -> None:
        """Show what is offered from a sibling's assessment, and to whom one's own grade can be offered."""
        draft, unit = self._draft, self.unit
        self.each.setVisible(any(member.why_not is None for member in draft.family.siblings))
        if draft.grades_alone:
            return
        offered, mine = waiting_proposal(draft.value.answer(unit.code)), own_grade(draft, unit)
        if offered is not None or mine is not None:
            draft.family.ask()
        if offered is not None:
            if self.proposal is None:
                self.proposal = ProposalBar(draft, unit)
                self.proposal.confirmed.connect(self._confirm)
                self._offered.addWidget(self.proposal)
            self.proposal.show_proposal(offered)
        if self.proposal is not None:
            self.proposal.setVisible(offered is not None)
        if mine is not None:
            if self.offer is None:
                self.offer = OfferRow(draft, unit)
                self._offering.addWidget(self.offer)
            self.offer.show_grade(mine)
        if self.offer is not None and mine is None:
            self.offer.hide()

    def show_grade(self, grade: int | None) -> None:
        """Mark the card of a grade value."""
        rank = self._draft.pack.rank(grade) if grade is not None else None
        self.cards.show_rank(rank, frozen=not self._draft.may_grade)

    def _show_asked(self, answer: UnitAnswer, grade: int | None, *, step_given: bool) -> None:
        """Ask for the evidence and the safety step a grave grade needs; a reason that stands in stays in sight."""
        draft, pack = self._draft, self._draft.pack
        if draft.grades_alone:
            return
        high = grade is not None and grade >= pack.thresholds.alert_from
        asks = high and (needs_evidence(pack, answer) or bool(answer.unverified_reason))
        if asks:
            self.needs = self.needs or self._make_needs()
            self.needs.show_answer(answer, grade or 0)
        if self.needs is not None:
            self.needs.setVisible(asks)
        months = draft.working.age_months if draft.child.born else None
        wants = grade is not None and needs_safety_step(pack, self.unit.code, grade, months)
        wants = wants and not step_given and draft.may_write
        if wants:
            self.safety = self.safety or self._make_safety()
        if self.safety is not None:
            self.safety.setVisible(wants)

    def _show_folds(self, answer: UnitAnswer) -> None:
        pieces = len(answer.evidence)
        text = self.tr("Evidence ({count})  E").format(count=pieces) if pieces else self.tr("Evidence  E")
        self.evidence_fold.rename(text)
        summary, text = filled_in(answer), self.tr("Note and the carer’s view")
        self.details_fold.rename(f"{text} ({summary})" if summary else text)
        if self.drawer is not None:
            self.drawer.refresh()
        if self.details is not None:
            self.details.refresh()

    def _shown_grade(self, answer: UnitAnswer) -> int | None:
        """Return the grade whose card is marked: one's own, and the counted one where there is none of one's own."""
        if answer.state is not UnitState.SCORED:
            return None
        mine = latest_grades(answer).get(self._draft.me)
        if mine is not None and not answer.agreed_reason and self._draft.is_graded:
            return mine.grade
        return effective_grade(answer).grade

    def _state_words(self, answer: UnitAnswer, grade: int | None, *, hidden: bool) -> str:
        if hidden:
            return self.tr("Graded by someone else")
        if grade is not None:
            return self.tr("Graded {grade}").format(grade=grade)
        offered = waiting_proposal(answer)
        if offered is not None and answer.state is UnitState.NOT_STARTED:
            return self.tr("Proposed {grade}, not confirmed").format(grade=offered.grade)
        return words.say(answer.state)

    # Acting

    def take_focus(self) -> None:
        """Put the focus on the grades."""
        self.cards.take_focus()

    def show_field(self, field: str) -> None:
        """Put the focus where a field is mended."""
        if field == "evidence":
            self.open_evidence()
        elif self.states.reason.isVisibleTo(self):
            self.states.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.take_focus()

    def grade(self, rank: int) -> None:
        """Record the grade of a rank, 1 the best."""
        draft = self._draft
        if draft.may_grade and 1 <= rank <= len(draft.pack.grades):
            asked = self._last_asked()
            draft.change(
                changes.graded(
                    draft.pack, draft.value, self.unit.code, rank=rank, by=draft.me, on=draft.today, at=draft.now
                )
            )
            self.refresh()
            if isinstance(self.window().focusWidget(), DescriptorCard):
                self.take_focus()
            if self._last_asked() is not asked:
                # Once it is laid out and on screen.
                QTimer.singleShot(_LAID_OUT_MS, self, lambda: self.grew.emit(self._last_asked() or self))

    def _confirm(self) -> None:
        """Take the grade offered from a sibling's assessment as this child's own."""
        offered = waiting_proposal(self._draft.value.answer(self.unit.code))
        if offered is not None:
            self.grade(self._draft.pack.rank(offered.grade))
            self.take_focus()

    def _last_asked(self) -> QWidget | None:
        """Return the last part on show that asks for something."""
        return next((part for part in (self.safety, self.needs) if part is not None and part.isVisible()), None)

    def open_evidence(self) -> None:
        """Open the evidence of this unit, at a new piece where there is none yet."""
        self.evidence_fold.open()
        if self.drawer is not None and self._draft.may_grade and not self._draft.grades_alone:
            self.drawer.begin_piece()
        else:
            self.evidence_fold.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grew.emit(self.drawer)

    def _see_theirs(self) -> None:
        self._theirs_seen = True
        self.refresh()
        self.take_focus()

    # Keys

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        key = event.key()
        if not plain:
            super().keyPressEvent(event)
        elif event.text().isdigit() and event.text() != "0":
            self.grade(int(event.text()))
        elif key in _STATES:
            self.states.put_aside(_STATES[Qt.Key(key)])
        elif key in {Qt.Key.Key_E, Qt.Key.Key_Slash}:
            self.open_evidence()
        elif key == Qt.Key.Key_P:
            self._confirm()
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.states.clear_answer()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.left.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.take_focus()
