"""The head of a unit: what it is, its question, what to know before grading, and help that is folded away."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gcp2_app.domain.grading import effective_grade, too_early
from gcp2_app.domain.instrument import Unit
from gcp2_app.ui import style, words
from gcp2_app.ui.assess.wording import grade_words, name_of
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.fold import Fold

if TYPE_CHECKING:
    from gcp2_app.ui.assess.draft import Draft


class UnitHead(QWidget):
    """Everything above the grades of a unit.

    Attributes:
        state: says how the unit stands now.
        earlier: opens the grade of the assessment before, or None where there is none.
    """

    def __init__(self, draft: "Draft", unit: Unit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._unit = unit
        self.state = style.label("", "quiet", wrap=False)
        self.earlier: Fold | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1.25))
        line = QHBoxLayout()
        line.addWidget(style.heading(name_of(unit), 2), 1)
        if unit.household_level:
            household = style.label(self.tr("About the home"), "quiet", wrap=False)
            household.setToolTip(self.tr("The same home may be graded for other children who live in it."))
            line.addWidget(household)
            line.addSpacing(style.space(2))
        line.addWidget(self.state)
        layout.addLayout(line)
        if draft.kept_from_grading != unit.prompt:  # why the wording is hidden stands once above the units
            layout.addWidget(style.label(unit.prompt))
        for notice in self._notices():
            layout.addWidget(notice)
        self._add_help(layout)
        label = unit.texts(draft.working.age_months).label
        if label:
            layout.addWidget(style.label(label, "quiet"))

    def _add_help(self, layout: QVBoxLayout) -> None:
        unit = self._unit
        folds: list[Fold] = []
        if unit.look_for:
            lines = "\n".join(f"•  {line}" for line in unit.look_for)
            folds.append(Fold(self.tr("What to look for"), lambda: style.label(lines)))
        if unit.guidance:
            folds.append(Fold(self.tr("How to grade it"), lambda: style.label(unit.guidance)))
        earlier = self._earlier_text()
        if earlier:
            self.earlier = Fold(self.tr("Show earlier grade"), lambda: self._make_earlier(earlier))
            folds.append(self.earlier)
        flow = Flow()
        flow.setSpacing(style.space(3))
        layout.addLayout(flow)
        for fold in folds:
            flow.addWidget(fold)
            layout.addLayout(fold.place)

    def _notices(self) -> list[QLabel]:
        unit, child, window = self._unit, self._draft.child, self._draft.value.window
        notices: list[QLabel] = []
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

    # Earlier grade

    def _earlier_text(self) -> str:
        earlier = self._draft.working.earlier
        if earlier is None or earlier.assessment.window is None:
            return ""
        change = earlier.comparison.units.get(self._unit.code)
        when = words.window(earlier.assessment.window)
        if change is not None and change.why_not and change.change is None and change.before is not None:
            return self.tr("{when}: {grade}. It cannot be compared: {why}").format(
                when=when, grade=change.before, why=change.why_not
            )
        answer = earlier.assessment.answer(self._unit.code)
        grade = effective_grade(answer).grade
        if grade is not None and grade in self._draft.pack.grades_by_value:
            said = grade_words(self._draft.pack, grade)
        else:
            said = words.say(answer.state)
        return self.tr("{when}: {said}.").format(when=when, said=said)

    def _make_earlier(self, text: str) -> QLabel:
        """Return the line of the earlier grade: empty until it is recorded that it was opened."""
        shown = style.label()
        self._draft.note_earlier(lambda: shown.setText(text))
        return shown
