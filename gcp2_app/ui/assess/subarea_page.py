"""One sub-area a page: its units, each with the texts of its grades, and the grade they roll up to so far."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gcp2_app.domain.learning import Where
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.assess import blind, reading, wording
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.step_page import StepPage
from gcp2_app.ui.assess.steps import BEFORE, TARGETS, Spot, Step
from gcp2_app.ui.assess.unit_card import UnitCard
from gcp2_app.ui.learn.beside import learned_fold

#: How long the page is left alone before the next unit is prepared, in milliseconds.
_IDLE_MS: Final = 60


class SubareaPage(StepPage):
    """The units of one sub-area in the child's band.

    Attributes:
        cards: in the pack's order.
        rules: opens how the pack's texts are read, or None where the pack does not say.
        learned: opens what the review learned about the units.
    """

    def __init__(self, draft: Draft, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(draft, step, 200, parent)
        pack = draft.pack
        subarea, area = pack.subareas[step.code], pack.area_of[step.code]
        self._units = subarea.units_in(draft.band)
        self.body.addWidget(style.label(f"{area.code} {area.label}", "quiet"))
        self.add_heading(f"{subarea.code} {subarea.label}", subarea.about)
        self.rules = reading.make_fold(pack)
        if self.rules is not None:
            self.body.addWidget(self.rules)
            self.body.addLayout(self.rules.place)
        self._blocked, blocked = style.card("warning")
        self._blocked_text = style.label()
        blocked.addWidget(self._blocked_text)
        self._explain = style.button(self.tr("Record what was explained"))
        self._explain.clicked.connect(lambda: self.spot_wanted.emit(Spot(BEFORE)))
        blocked.addLayout(style.row(self._explain))
        self.body.addWidget(self._blocked)
        self.cards: list[UnitCard] = []
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE_MS)
        self._idle.timeout.connect(self._prepare)
        self._unprepared: list[UnitCard] = []
        for unit in self._units:
            card = UnitCard(draft, unit)
            card.left.connect(lambda by, card=card: self._move(card, by))
            card.grew.connect(self.reveal)
            card.safety_wanted.connect(lambda code=unit.code: self.spot_wanted.emit(Spot(TARGETS, code, "targets")))
            self.cards.append(card)
            self.body.addWidget(card)
        self._keys = style.label("", "quiet")
        self.body.addWidget(self._keys)
        self._chip = style.GradeChip()
        self._so_far = style.label()
        so_far = QHBoxLayout()
        so_far.setSpacing(style.space(1.5))
        so_far.addWidget(self._chip)
        so_far.addWidget(self._so_far, 1)
        self.body.addLayout(so_far)
        self.learned = learned_fold(draft.workspace, Where.ASSESSMENT, units=[unit.code for unit in self._units])
        self.body.addWidget(self.learned)
        self.body.addLayout(self.learned.place)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._unprepared = list(self.cards)
        self._idle.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._idle.stop()
        super().hideEvent(event)

    def _prepare(self) -> None:
        """Prepare one unit at a time, so that a key is never kept waiting."""
        if self._unprepared:
            self._unprepared.pop(0).prepare()
            self._idle.start()

    @override
    def refresh(self) -> None:
        for card in self.cards:
            card.refresh()
        self.refresh_result()
        draft = self._draft
        self._blocked.setVisible(not draft.may_grade)
        self._explain.setVisible(bool(draft.before_grading) and draft.may_write)
        if not draft.may_grade:
            self._blocked_text.setText(self._why_not())
        worst = len(draft.pack.grades)
        keys = self.tr(
            "Keys: 1 to {worst} grade, N not observed, E evidence, ↑ ↓ units, ← → grades, Ctrl+Page Down next page"
        )
        self._keys.setText(keys.format(worst=worst))
        self._keys.setVisible(draft.may_grade)

    def show_rules(self, *, shown: bool) -> None:
        """Open how the texts are read, or fold it away."""
        if self.rules is not None:
            self.rules.setChecked(shown)

    def refresh_unit(self, code: str) -> None:
        """Show one unit anew."""
        for card in self.cards:
            if card.unit.code == code:
                card.refresh()

    def refresh_result(self) -> None:
        """Show what the sub-area's grade is so far."""
        pack, result = self._draft.pack, self._draft.working.profile.subareas.get(self.step.code)
        rank, text, name = wording.chip(pack, result)
        hidden = any(blind.is_hidden(self._draft.value, unit.code, self._draft.grading_as) for unit in self._units)
        if result is None or hidden:
            rank, text, name = None, "–", self.tr("No grade shown yet")
        self._chip.show_grade(
            rank, len(pack.grades), text, name, hollow=bool(result is not None and result.provisional)
        )
        parts = []
        if result is not None and not hidden:
            parts = [wording.why(pack, result, area=False), wording.standing(result, area=False), wording.held(result)]
        said = ". ".join(part[:1].upper() + part[1:] for part in parts if part)
        self._so_far.setText(self.tr("{code} so far: {said}.").format(code=self.step.code, said=said) if said else name)

    @override
    def go_to(self, spot: Spot) -> None:
        card = next((card for card in self.cards if card.unit.code == spot.unit), self.cards[0])
        if spot.field:
            card.show_field(spot.field)
        else:
            card.take_focus()
        if card is self.cards[0] and not spot.field and self.shows_from_top(card.cards):
            # The page opens at its heading.
            self.stop_revealing()
            self.verticalScrollBar().setValue(0)
        else:
            self.reveal(card)

    def _move(self, card: UnitCard, by: int) -> None:
        place = self.cards.index(card) + by
        if place >= len(self.cards):
            if self.next is not None:
                self.focus(self.next)
        elif place >= 0:
            self.cards[place].take_focus()
            self.reveal(self.cards[place])
            if place == 0:
                self.verticalScrollBar().setValue(0)

    def _why_not(self) -> str:
        draft = self._draft
        if draft.before_grading and draft.may_write:
            return self.tr("Before the first grade, record what was explained to the carers and what they said.")
        if not draft.may_work:
            return self.tr("Your sign-in lets you read this assessment, not change it.")
        if draft.kept_from_grading:
            return draft.kept_from_grading
        return {
            "submitted": self.tr("This assessment is with the supervisor. Its grades cannot be changed now."),
            "signed_off": self.tr("This assessment is signed off and locked. To change it, correct it under Finish."),
            "returned": self.tr("This assessment came back. Go back to grading, under Finish, to change its grades."),
        }.get(
            draft.value.state.value,
            self.tr("Grading is finished. To change a grade, take the assessment up again under Finish."),
        )
