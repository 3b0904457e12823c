"""One unit of one child among its siblings: its own texts, its own grade, kept in its own assessment at once."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gcp2_app.domain.answers import UnitState
from gcp2_app.domain.grading import effective_grade, latest_grades, waiting_proposal
from gcp2_app.domain.instrument import Unit
from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.assess import blind, changes, family_words, marks
from gcp2_app.ui.assess.descriptors import DescriptorCards
from gcp2_app.ui.assess.draft import Draft, Keeping
from gcp2_app.ui.assess.evidence_drawer import EvidenceDrawer
from gcp2_app.ui.assess.proposal import ProposalBar
from gcp2_app.ui.assess.unit_state import UnitStateRow
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.fold import Fold

if TYPE_CHECKING:
    from collections.abc import Callable

_STATES: Final = {
    Qt.Key.Key_N: UnitState.NOT_OBSERVED,
    Qt.Key.Key_X: UnitState.NOT_APPLICABLE,
    Qt.Key.Key_D: UnitState.DECLINED,
}


class ChildCard(QFrame):
    """One child's unit.

    Attributes:
        left: emitted with 1 or -1 when the person goes on to the next child, or back to the one before.
        graded: emitted after a grade was recorded.
        grew: emitted with a part of the card that opened, to be brought into view.
        open_wanted: emitted when the person goes to this unit in the child's own assessment.
    """

    left = Signal(int)
    graded = Signal()
    grew = Signal(object)
    open_wanted = Signal()

    def __init__(self, draft: Draft, unit: Unit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.unit = unit
        name = family_words.called(draft.child)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("{child}, {unit}").format(child=name, unit=unit.code))
        self.state = style.label("", "quiet", wrap=False)
        self.kept = style.label("", "quiet", wrap=False)
        self.again = style.button(self.tr("Try again"))
        self.again.clicked.connect(draft.keep)
        self.again.hide()
        self.cards = DescriptorCards(draft.pack, unit.texts(draft.working.age_months))
        self.states = UnitStateRow(draft, unit)
        self.proposal = ProposalBar(draft, unit)
        self.drawer: EvidenceDrawer | None = None
        self.evidence_fold = Fold(self.tr("Evidence  E"), self._make_drawer)
        self.open = style.button(self.tr("Open {child}’s assessment here").format(child=name), "link")
        self._asks = style.label("", "error")
        self._lay_out(name)
        self.cards.picked.connect(self.grade)
        self.states.reason_given.connect(lambda: self.left.emit(1))
        self.proposal.confirmed.connect(self.confirm)
        self.open.clicked.connect(self.open_wanted)
        draft.changed.connect(self.refresh)
        draft.computed.connect(self.refresh)
        draft.keeping_changed.connect(self._say_kept)
        draft.family.known.connect(self.refresh)
        self.refresh()

    def _lay_out(self, name: str) -> None:
        draft = self._draft
        layout = QVBoxLayout(self)
        margin = style.space(2.5)
        layout.setContentsMargins(margin, style.space(1.5), margin, style.space(1.5))
        layout.setSpacing(style.space(1))
        head = QHBoxLayout()
        head.setSpacing(style.space(2))
        head.addWidget(style.heading(name, 2), 1)
        for widget in (self.kept, self.again, self.state):
            head.addWidget(widget)
        layout.addLayout(head)
        band = self.tr("Graded in the band {band}").format(band=draft.pack.band(draft.band).label)
        texts = self.unit.texts(draft.working.age_months).label
        about = self.tr("{band}. Texts for {texts}").format(band=band, texts=texts) if texts else band
        layout.addWidget(style.label(about, "quiet"))
        for part in (self.proposal, self.cards, self.states, self._asks):
            layout.addWidget(part)
        flow = Flow()
        flow.setSpacing(style.space(3))
        flow.addWidget(self.evidence_fold)
        flow.addWidget(self.open)
        layout.addLayout(flow)
        layout.addLayout(self.evidence_fold.place)

    def _make_drawer(self) -> EvidenceDrawer:
        self.drawer = EvidenceDrawer(self._draft, self.unit.code, among_siblings=True)
        self.drawer.left.connect(self.take_focus)
        self.drawer.asked.connect(self.grew)
        self.drawer.refresh()
        return self.drawer

    @property
    def draft(self) -> Draft:
        """The child's assessment."""
        return self._draft

    def refresh(self) -> None:
        """Show what is held now."""
        draft, code = self._draft, self.unit.code
        answer = draft.value.answer(code)
        hidden = blind.is_hidden(draft.value, code, draft.grading_as)
        mine = latest_grades(answer).get(draft.me)
        grade = None if hidden else effective_grade(answer).grade
        if mine is not None and grade is not None and not answer.agreed_reason:
            grade = mine.grade
        self.cards.show_rank(draft.pack.rank(grade) if grade is not None else None, frozen=not draft.may_grade)
        self.states.refresh()
        offered = waiting_proposal(answer)
        if offered is not None:
            draft.family.ask()
            self.proposal.show_proposal(offered)
        self.proposal.setVisible(offered is not None)
        said = words.say(answer.state)
        if hidden:
            said = self.tr("Graded by someone else")
        elif grade is not None:
            said = self.tr("Graded {grade}").format(grade=grade)
        elif offered is not None and answer.state is UnitState.NOT_STARTED:
            said = self.tr("Proposed {grade}, not confirmed").format(grade=offered.grade)
        self.state.setText(said)
        asks = grade is not None and not hidden and marks.needs_evidence(draft.pack, answer)
        self._asks.setText(self.tr("This grade still needs evidence that was seen or is from another professional: E"))
        self._asks.setVisible(asks and grade is not None and grade >= draft.pack.thresholds.alert_from)
        pieces = len(answer.evidence)
        text = self.tr("Evidence ({count})  E").format(count=pieces) if pieces else self.tr("Evidence  E")
        self.evidence_fold.rename(text)
        if self.drawer is not None:
            self.drawer.refresh()

    # Acting

    def take_focus(self) -> None:
        """Put the focus on the grades."""
        self.cards.take_focus()

    def grade(self, rank: int) -> None:
        """Record the grade of a rank, 1 the best, for this child."""
        draft = self._draft
        if draft.may_grade and 1 <= rank <= len(draft.pack.grades):
            draft.change(
                changes.graded(
                    draft.pack, draft.value, self.unit.code, rank=rank, by=draft.me, on=draft.today, at=draft.now
                )
            )
            self.take_focus()
            self.graded.emit()

    def open_evidence(self) -> None:
        """Open the evidence of this child's unit, at a new piece where one may be written."""
        self.evidence_fold.open()
        if self.drawer is not None and self._draft.may_grade:
            self.drawer.begin_piece()
        else:
            self.evidence_fold.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grew.emit(self.drawer)

    def confirm(self) -> None:
        """Take the grade offered from a sibling's assessment as this child's own."""
        offered = waiting_proposal(self._draft.value.answer(self.unit.code))
        if offered is not None:
            self.grade(self._draft.pack.rank(offered.grade))

    def _say_kept(self, keeping: Keeping, error: AppError | None) -> None:
        self.again.setVisible(keeping is Keeping.NOT_KEPT)
        if keeping is Keeping.NOT_KEPT:
            self.kept.setText(self.tr("Not saved"))
            self.kept.setToolTip(str(error) if error is not None else "")
        elif keeping is Keeping.KEPT:
            self.kept.setText(self.tr("Saved"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, controlled = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        acts: dict[int, Callable[[], object]] = {
            Qt.Key.Key_P: self.confirm,
            Qt.Key.Key_E: self.open_evidence,
            Qt.Key.Key_Slash: self.open_evidence,
            Qt.Key.Key_Delete: self.states.clear_answer,
            Qt.Key.Key_Backspace: self.states.clear_answer,
            Qt.Key.Key_Up: lambda: self.left.emit(-1),
            Qt.Key.Key_Down: lambda: self.left.emit(1),
        }
        if controlled and key == Qt.Key.Key_Z:
            shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self._draft.redo if shifted else self._draft.undo)()
        elif controlled and key == Qt.Key.Key_Y:
            self._draft.redo()
        elif plain and event.text().isdigit() and event.text() != "0":
            self.grade(int(event.text()))
        elif plain and key in _STATES:
            self.states.put_aside(_STATES[Qt.Key(key)])
        elif plain and key in acts:
            acts[key]()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.take_focus()
