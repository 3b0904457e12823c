"""One unit: its prompt, the texts of its grades, and everything recorded with it. Keys reach all of it."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gcp2_app.domain.answers import UnitState
from gcp2_app.domain.grading import effective_grade, latest_grades, rests_on_carers_word, too_early
from gcp2_app.domain.instrument import Unit
from gcp2_app.domain.targets import needs_safety_step, safety_step_for
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.assess import changes
from gcp2_app.ui.assess.agreement import Agreement
from gcp2_app.ui.assess.descriptors import DescriptorCard, DescriptorCards
from gcp2_app.ui.assess.evidence import EvidenceDrawer
from gcp2_app.ui.assess.fold import Fold
from gcp2_app.ui.assess.marks import is_hidden, needs_evidence
from gcp2_app.ui.assess.texts import KeptText
from gcp2_app.ui.assess.unit_details import UnitDetails
from gcp2_app.ui.assess.unit_state import UnitStateRow
from gcp2_app.ui.assess.wording import grade_words, name_of
from gcp2_app.ui.field import Field
from gcp2_app.ui.flow import Flow

if TYPE_CHECKING:
    from gcp2_app.domain.answers import UnitAnswer
    from gcp2_app.ui.assess.draft import Draft

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
        self.setProperty("role", "card")
        self.setAccessibleName(name_of(unit))
        self._state = style.label("", "quiet", wrap=False)
        self.cards = DescriptorCards(draft.pack, unit.texts(draft.working.age_months))
        self.states = UnitStateRow(draft, unit)
        self.agreement = Agreement(draft, unit.code)
        self.needs, self.unverified = self._make_needs()
        self.safety = self._make_safety()
        self.marks = style.label("", "quiet")
        self.drawer = EvidenceDrawer(draft, unit.code)
        self.details = UnitDetails(draft, unit.code)
        self.evidence_fold = Fold("", self.drawer)
        self.details_fold = Fold("", self.details)
        self._lay_out()
        self._connect()
        self.refresh()

    # Drawing up

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        margin = style.space(2.5)
        layout.setContentsMargins(margin, style.space(2), margin, style.space(2))
        layout.setSpacing(style.space(1.25))
        head = QHBoxLayout()
        head.addWidget(style.heading(name_of(self.unit), 2), 1)
        if self.unit.household_level:
            household = style.label(self.tr("About the home"), "quiet", wrap=False)
            household.setToolTip(
                self.tr("This unit is about the household: it may be the same for other children in it.")
            )
            head.addWidget(household)
            head.addSpacing(style.space(2))
        head.addWidget(self._state)
        layout.addLayout(head)
        layout.addWidget(style.label(self.unit.prompt))
        for notice in self._notices():
            layout.addWidget(notice)
        self._lay_out_help(layout)
        label = self.unit.texts(self._draft.working.age_months).label
        if label:
            layout.addWidget(style.label(label, "quiet"))
        layout.addWidget(self.cards)
        for widget in (self.states, self.agreement, self.needs, self.safety, self.marks):
            layout.addWidget(widget)
        folds = Flow()
        folds.setSpacing(style.space(3))
        folds.addWidget(self.evidence_fold)
        folds.addWidget(self.details_fold)
        layout.addLayout(folds)
        layout.addWidget(self.drawer)
        layout.addWidget(self.details)

    def _lay_out_help(self, layout: QVBoxLayout) -> None:
        folds = Flow()
        folds.setSpacing(style.space(3))
        bodies: list[QLabel] = []
        look_for = "\n".join(f"•  {line}" for line in self.unit.look_for)
        for text, body in ((self.tr("What to look for"), look_for), (self.tr("How to grade it"), self.unit.guidance)):
            if body:
                bodies.append(style.label(body))
                folds.addWidget(Fold(text, bodies[-1]))
        earlier = self._earlier_text()
        if earlier:
            self._earlier = style.label(earlier)
            self.earlier_fold = Fold(self.tr("Show earlier grade"), QWidget(self))
            self.earlier_fold.toggled.connect(self._show_earlier)
            self._earlier.hide()
            bodies.append(self._earlier)
            folds.addWidget(self.earlier_fold)
        layout.addLayout(folds)
        for label in bodies:
            layout.addWidget(label)

    def _notices(self) -> list[QWidget]:
        unit, child, window = self.unit, self._draft.child, self._draft.value.window
        notices: list[QWidget] = []
        since = child.long_term_condition_since
        if window is not None and too_early(unit, since, window.from_):
            text = self.tr(
                "Too early: the condition has been known for less than {months} months. Mark it as not applying."
            )
            notices.append(style.label(text.format(months=unit.known_for_months), "error"))
        elif unit.known_for_months and since is None:
            text = self.tr("No disability or long-term illness is recorded for this child.")
            notices.append(style.label(text, "quiet"))
        if unit.may_rest_on:
            subarea = self._draft.pack.subareas[unit.may_rest_on]
            text = self.tr(
                "Where a child’s temperament makes this unfairly low, it may rest on {subarea}. Say so in your note."
            )
            notices.append(style.label(text.format(subarea=f"{subarea.code} {subarea.label}"), "quiet"))
        return notices

    def _make_needs(self) -> tuple[QFrame, KeptText]:
        frame, layout = style.card("warning")
        self._needs_text = style.label()
        layout.addWidget(self._needs_text)
        add = style.button(self.tr("Add evidence  E"))
        add.setAccessibleName(self.tr("Add evidence"))
        add.clicked.connect(self.open_evidence)
        layout.addLayout(style.row(add))
        reason = KeptText(self.tr("Or say why there is none"), lines=1)
        reason.edited.connect(lambda text: self._keep_text("unverified_reason", text))
        layout.addWidget(Field(self.tr("Or say why there is none"), reason))
        self._needs_add = add
        return frame, reason

    def _make_safety(self) -> QWidget:
        frame, layout = style.card("warning")
        layout.addWidget(style.label(self.tr("This grade needs a safety step with an owner and a date.")))
        go = style.button(self.tr("Write the safety step"))
        go.clicked.connect(self.safety_wanted)
        layout.addLayout(style.row(go))
        return frame

    def _connect(self) -> None:
        self.cards.picked.connect(self.grade)
        self.states.reason_given.connect(lambda: self.left.emit(1))
        self.agreement.show_wanted.connect(self._see_theirs)
        self.drawer.left.connect(self.take_focus)

    # Showing

    def refresh(self) -> None:
        """Show what is held now."""
        draft, pack = self._draft, self._draft.pack
        answer = draft.value.answer(self.unit.code)
        hidden = is_hidden(draft.value, self.unit.code, draft.me) and not self._theirs_seen
        grade = None if hidden else self._shown_grade(answer)
        self.cards.show_rank(pack.rank(grade) if grade is not None else None, frozen=not draft.may_grade)
        self.states.refresh()
        self.agreement.refresh(seen=self._theirs_seen)
        self._state.setText(self._state_words(answer, grade, hidden=hidden))
        effective = None if hidden else effective_grade(answer).grade
        high = effective is not None and effective >= pack.thresholds.alert_from
        # It stays while its reason is being written, and as long as one stands.
        asks = high and (needs_evidence(pack, answer) or bool(answer.unverified_reason))
        self.needs.setVisible(asks)
        if asks:
            self._show_needs(answer, effective or 0)
        months = draft.working.age_months if draft.child.born else None
        step = effective is not None and needs_safety_step(pack, self.unit.code, effective, months)
        self.safety.setVisible(step and safety_step_for(draft.value, self.unit.code) is None and draft.may_write)
        on_word = rests_on_carers_word(answer) and not hidden
        self.marks.setVisible(on_word)
        self.marks.setText(self.tr("Rests only on what a carer said.") if on_word else "")
        self._show_folds(answer)

    def _show_needs(self, answer: "UnitAnswer", grade: int) -> None:
        stated = bool(answer.unverified_reason.strip())
        text = self.tr("A {grade} needs evidence that was seen or came from another professional.")
        if stated:
            text = self.tr("This {grade} stands without evidence that was seen or came from another professional.")
        self._needs_text.setText(text.format(grade=grade))
        self.unverified.show_text(answer.unverified_reason)
        self.unverified.setReadOnly(not self._draft.may_grade)
        self._needs_add.setVisible(self._draft.may_grade)

    def _show_folds(self, answer: "UnitAnswer") -> None:
        pieces = len(answer.evidence)
        text = self.tr("Evidence  E")
        if pieces:
            text = self.tr("Evidence ({count})  E").format(count=pieces)
        self.evidence_fold.rename(text)
        summary = self.details.summary(answer)
        text = self.tr("Note and the carer’s view")
        self.details_fold.rename(f"{text} ({summary})" if summary else text)
        self.drawer.refresh()
        self.details.refresh()

    def _shown_grade(self, answer: "UnitAnswer") -> int | None:
        """Return the grade whose card is marked: one's own, and the counted one where there is none of one's own."""
        if answer.state is not UnitState.SCORED:
            return None
        mine = latest_grades(answer).get(self._draft.me)
        if mine is not None and not answer.agreed_reason and self._draft.is_graded:
            return mine.grade
        return effective_grade(answer).grade

    def _state_words(self, answer: "UnitAnswer", grade: int | None, *, hidden: bool) -> str:
        if hidden:
            return self.tr("Graded by someone else")
        if grade is not None:
            return self.tr("Graded {grade}").format(grade=grade)
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
        if not draft.may_grade or not 1 <= rank <= len(draft.pack.grades):
            self.refresh()
            return
        value = changes.graded(draft.pack, draft.value, self.unit.code, rank=rank, by=draft.me, on=draft.today)
        draft.change(value)
        self.refresh()
        focused = self.window().focusWidget()
        if isinstance(focused, DescriptorCard):
            self.take_focus()

    def open_evidence(self) -> None:
        """Open the evidence of this unit, at a new piece where there is none yet."""
        self.evidence_fold.open()
        if self._draft.may_grade:
            self.drawer.begin_piece()
        else:
            self.evidence_fold.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grew.emit(self.drawer)

    def _see_theirs(self) -> None:
        self._theirs_seen = True
        self.refresh()
        self.take_focus()

    def _keep_text(self, field: str, text: str) -> None:
        value = changes.changed_answer(self._draft.value, self.unit.code, **{field: text})
        self._draft.change(value, f"{self.unit.code} {field}")

    # Earlier grade

    def _earlier_text(self) -> str:
        earlier = self._draft.working.earlier
        if earlier is None or earlier.assessment.window is None:
            return ""
        change = earlier.comparison.units.get(self.unit.code)
        when = words.window(earlier.assessment.window)
        if change is not None and change.why_not and change.change is None and change.before is not None:
            return self.tr("{when}: {grade}. It cannot be compared: {why}").format(
                when=when, grade=change.before, why=change.why_not
            )
        answer = earlier.assessment.answer(self.unit.code)
        grade = effective_grade(answer).grade
        said = (
            grade_words(self._draft.pack, grade)
            if grade in self._draft.pack.grades_by_value
            else words.say(answer.state)
        )
        return self.tr("{when}: {said}.").format(when=when, said=said)

    def _show_earlier(self, shown: bool) -> None:
        if shown:
            self._draft.note_earlier(lambda: self._earlier.setVisible(self.earlier_fold.isChecked()))
        else:
            self._earlier.hide()

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
