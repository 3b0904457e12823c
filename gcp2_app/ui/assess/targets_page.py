"""Targets: what a unit should become, who helps, by when; and the safety step that comes before."""

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gcp2_app.domain.assessment import SafetyStep, Target
from gcp2_app.domain.grading import effective_grade
from gcp2_app.domain.targets import default_review_due, needs_safety_step
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.assess import changes
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.step_page import StepPage
from gcp2_app.ui.assess.steps import Spot, Step
from gcp2_app.ui.assess.texts import KeptDay, KeptLine, KeptText
from gcp2_app.ui.assess.wording import grade_words, name_of
from gcp2_app.ui.field import Field
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.forms.choice import QuietComboBox


class SafetyFields(QFrame):
    """What keeps the child safe at once, before a target is set."""

    def __init__(self, draft: Draft, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._unit = unit
        self.setProperty("role", "warning")
        layout = QVBoxLayout(self)
        layout.setSpacing(style.space(1.5))
        layout.addWidget(style.heading(self.tr("Safety step"), 3))
        layout.addWidget(style.label(self.tr("What keeps the child safe now, before any target?")))
        self.step = KeptText(self.tr("What is done"), lines=1)
        self.owner = KeptLine(self.tr("Who does it"))
        self.by = KeptDay(self.tr("By when"), draft.today)
        layout.addWidget(Field(self.tr("What is done"), self.step))
        beside = QHBoxLayout()
        beside.setSpacing(style.space(3))
        day = Field(self.tr("By when"), self.by)
        self.by.problem.connect(day.show_error)
        beside.addWidget(Field(self.tr("Who does it"), self.owner), 1)
        beside.addWidget(day)
        layout.addLayout(beside)
        self.step.edited.connect(lambda text: self._keep("step", step=text))
        self.owner.edited.connect(lambda text: self._keep("owner", owner=text))
        self.by.day_edited.connect(lambda day: self._keep("by", by=day))

    def show_target(self, target: Target) -> None:
        """Show what is held now."""
        held, frozen = target.safety_step, not self._draft.may_write
        self.step.show_text(held.step if held is not None else "")
        self.owner.show_text(held.owner if held is not None else "")
        self.by.show_day(held.by if held is not None else None)
        for control in (self.step, self.owner, self.by):
            control.setReadOnly(frozen)

    def _keep(self, typed: str, **fields: Any) -> None:
        target = next((held for held in self._draft.value.targets if held.unit == self._unit), None)
        if target is None:
            return
        # A step without a day is a step for today.
        fields["by"] = fields.get("by") or (target.safety_step.by if target.safety_step else self._draft.today)
        step = replace(target.safety_step or SafetyStep(step="", owner="", by=self._draft.today), **fields)
        value = changes.with_target(self._draft.value, replace(target, safety_step=step))
        self._draft.change(value, f"{self._unit} safety {typed}")


class TargetCard(QFrame):
    """The target of one unit.

    Attributes:
        removed: emitted when it is to go.
    """

    removed = Signal()

    def __init__(self, draft: Draft, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.unit = unit
        self.setProperty("role", "card")
        known = draft.pack.units_in(draft.band)
        self._name = name_of(known[unit]) if unit in known else unit
        self.current = style.GradeChip()
        self._now = style.label("", wrap=False)
        self.target = QuietComboBox()
        self.support = KeptText(self.tr("Support offered"), lines=1)
        self.owner = KeptLine(self.tr("Who sees to it"))
        self.due = KeptDay(self.tr("Due"), draft.today)
        self.reason = KeptLine(self.tr("The supervisor’s reason for this target"))
        self._why = Field(self.tr("The supervisor’s reason for this target"), self.reason)
        self.safety = SafetyFields(draft, unit)
        self.remove = style.button(self.tr("Remove this target"), "link")
        self._problem = style.label("", "error")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        margin = style.space(2.5)
        layout.setContentsMargins(margin, style.space(2), margin, style.space(2))
        layout.setSpacing(style.space(1.5))
        head = QHBoxLayout()
        head.setSpacing(style.space(1.5))
        head.addWidget(style.heading(self._name, 2), 1)
        head.addWidget(self._now)
        head.addWidget(self.current)
        layout.addLayout(head)
        layout.addWidget(self.safety)
        flow = Flow()
        flow.setSpacing(style.space(3))
        due = Field(self.tr("Due"), self.due)
        self.due.problem.connect(due.show_error)
        owner = Field(self.tr("Who sees to it"), self.owner)
        for field in (Field(self.tr("Target"), self.target), due):
            flow.addWidget(field)
        layout.addLayout(flow)
        layout.addWidget(self._problem)
        layout.addWidget(self._why)
        layout.addWidget(owner)
        layout.addWidget(Field(self.tr("Support offered"), self.support))
        layout.addLayout(style.row(self.remove))

    def _connect(self) -> None:
        self.target.activated.connect(lambda _: self._keep(target=self.target.currentData()))
        self.support.edited.connect(lambda text: self._keep("support", support=text))
        self.owner.edited.connect(lambda text: self._keep("owner", owner=text))
        self.due.day_edited.connect(lambda day: self._keep("due", due=day))
        self.reason.edited.connect(lambda text: self._keep("reason", reason=text))
        self.remove.clicked.connect(self.removed)

    def show_target(self, target: Target) -> None:
        """Show what is held now."""
        draft, pack, frozen = self._draft, self._draft.pack, not self._draft.may_write
        self.current.show_grade(
            pack.rank(target.current),
            len(pack.grades),
            str(target.current),
            self.tr("Now {grade}").format(grade=grade_words(pack, target.current)),
        )
        grade = effective_grade(draft.seen.answer(self.unit)).grade
        moved = grade is not None and grade != target.current
        self._now.setText(self.tr("Now graded {grade}, set at").format(grade=grade) if moved else self.tr("Now"))
        self.target.clear()
        for each in pack.grades:
            if each.value <= target.current:
                self.target.addItem(grade_words(pack, each.value), each.value)
        self.target.setCurrentIndex(self.target.findData(target.target))
        self.support.show_text(target.support)
        self.owner.show_text(target.owner)
        self.due.show_day(target.due)
        self.reason.show_text(target.reason)
        needs_reason = target.target == pack.targets.supervisor_reason_at
        self._why.setVisible(needs_reason or bool(target.reason))
        too_low = target.target > pack.targets.never_worse_than and not needs_reason
        text = self.tr("A target may not be worse than {grade}.") if too_low else ""
        self._problem.setText(text.format(grade=pack.targets.never_worse_than))
        self._problem.setVisible(bool(text))
        self.safety.setVisible(target.safety_step is not None or _needs_step(draft, self.unit))
        self.safety.show_target(target)
        self.target.setEnabled(not frozen)
        for control in (self.support, self.owner, self.due, self.reason):
            control.setReadOnly(frozen)
        self.remove.setVisible(not frozen)

    def _keep(self, typed: str = "", **fields: Any) -> None:
        held = next((target for target in self._draft.value.targets if target.unit == self.unit), None)
        if held is not None:
            value = changes.with_target(self._draft.value, replace(held, **fields))
            self._draft.change(value, f"{self.unit} target {typed}" if typed else "")


class TargetsPage(StepPage):
    """Every target, and the units that may need one.

    Attributes:
        cards: by unit code.
        offers: the buttons that add a target, by unit code.
    """

    def __init__(self, draft: Draft, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(draft, step, parent=parent)
        rule = draft.pack.targets
        self.add_heading(
            self.tr("Targets"),
            self.tr("One grade better is offered, and never worse than {grade}.").format(grade=rule.never_worse_than),
        )
        self.cards: dict[str, TargetCard] = {}
        self.offers: dict[str, QPushButton] = {}
        self._offered: tuple[str, ...] | None = None
        self._list = QVBoxLayout()
        self._list.setSpacing(style.space(2))
        self.body.addLayout(self._list)
        self._none = style.label("", "quiet")
        self.body.addWidget(self._none)
        self._add = self.add_card()
        self._add.addWidget(style.heading(self.tr("Add a target"), 2))
        self._flow = Flow()
        self._flow.setSpacing(style.space(1))
        self._add.addLayout(self._flow)
        self._offers_frame = self._add.parentWidget()
        review = self.add_card()
        self.due = KeptDay(self.tr("Next review due"), draft.today)
        self._due_field = Field(self.tr("Next review due"), self.due, self._review_hint(draft))
        self.due.problem.connect(self._due_field.show_error)
        review.addWidget(self._due_field)
        self.due.day_edited.connect(self._keep_due)

    @override
    def refresh(self) -> None:
        draft = self._draft
        targets = {target.unit: target for target in draft.seen.targets}
        if list(targets) != list(self.cards):
            self._draw_up(tuple(targets))
        for unit, target in targets.items():
            self.cards[unit].show_target(target)
        self._none.setText("" if targets else self.tr("No target is set."))
        self._none.setVisible(not targets)
        self._offer(targets.keys())
        self.due.show_day(draft.value.review_due)
        self.due.setReadOnly(not draft.may_write)

    def _draw_up(self, units: tuple[str, ...]) -> None:
        for unit in [unit for unit in self.cards if unit not in units]:
            card = self.cards.pop(unit)
            card.hide()
            card.deleteLater()
        for unit in units:
            if unit not in self.cards:
                card = TargetCard(self._draft, unit)
                card.removed.connect(lambda unit=unit: self._remove(unit))
                self.cards[unit] = card
                self._list.addWidget(card)
                card.show()
        self.cards = {unit: self.cards[unit] for unit in units}

    def _offer(self, taken: Any) -> None:
        """Offer a target for each unit from ``watch_from`` on, those that need a safety step first."""
        draft, pack = self._draft, self._draft.pack
        units = draft.units
        seen = draft.seen
        grades = {code: effective_grade(seen.answer(code)).grade for code in units}
        watched = [
            code
            for code, grade in grades.items()
            if grade is not None and grade >= pack.thresholds.watch_from and code not in taken
        ]
        watched.sort(key=lambda code: not _needs_step(draft, code))
        if tuple(watched) != self._offered:
            self._offered = tuple(watched)
            for button in self.offers.values():
                self._flow.removeWidget(button)
                button.hide()
                button.deleteLater()
            self.offers = {}
            for code in watched:
                text = self.tr("{unit}: graded {grade}").format(unit=name_of(units[code]), grade=grades[code])
                if _needs_step(draft, code):
                    text = self.tr("{unit}, needs a safety step").format(unit=text)
                button = style.button(f"+ {text}")
                button.setAccessibleName(self.tr("Add a target: {unit}").format(unit=text))
                button.clicked.connect(lambda _, code=code: self.add_target(code))
                self.offers[code] = button
                self._flow.addWidget(button)
        if self._offers_frame is not None:
            self._offers_frame.setVisible(bool(watched) and draft.may_write)

    def add_target(self, code: str) -> None:
        """Set a target for a unit, the default one for its grade."""
        draft = self._draft
        grade = effective_grade(draft.seen.answer(code)).grade
        if grade is None or not draft.may_write:
            return
        draft.change(changes.new_target(draft.pack, draft.value, code, grade))
        self.refresh()
        self.go_to(Spot(self.step, code))

    def _remove(self, unit: str) -> None:
        self._draft.change(changes.without_target(self._draft.value, unit))
        self.refresh()
        self.go_to(Spot(self.step))

    @override
    def go_to(self, spot: Spot) -> None:
        if spot.field == "review_due":
            self.focus(self.due)
        elif spot.unit in self.cards:
            card = self.cards[spot.unit]
            first = card.safety.step if not card.safety.isHidden() else card.target
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self.reveal(card)
        elif spot.unit in self.offers:
            self.focus(self.offers[spot.unit])
        else:
            self.focus(next(iter(self.offers.values()), self.next or self.due))
            self.verticalScrollBar().setValue(0)

    def _keep_due(self, day: date | None) -> None:
        self._draft.change(replace(self._draft.value, review_due=day), "review_due")

    def _review_hint(self, draft: Draft) -> str:
        standard = default_review_due(draft.pack, draft.value)
        if standard is None:
            return ""
        return self.tr("Usually by {day}; sooner where a circumstance is temporary.").format(day=words.day(standard))


def _needs_step(draft: Draft, unit: str) -> bool:
    grade = effective_grade(draft.seen.answer(unit)).grade
    months = draft.working.age_months if draft.child.born else None
    return grade is not None and needs_safety_step(draft.pack, unit, grade, months)
