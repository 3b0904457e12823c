"""Two practitioners' grades of one unit: hidden until both have graded, then side by side, then agreed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gcp2_app.domain.grading import agree_grade, effective_grade, latest_grades
from gcp2_app.ui import style
from gcp2_app.ui.assess import changes
from gcp2_app.ui.assess.blind import is_hidden
from gcp2_app.ui.assess.texts import KeptText
from gcp2_app.ui.assess.wording import grade_words
from gcp2_app.ui.field import Field
from gcp2_app.ui.forms.choice import QuietComboBox

if TYPE_CHECKING:
    from gcp2_app.domain.answers import UnitAnswer
    from gcp2_app.ui.assess.draft import Draft


class Agreement(QFrame):
    """Hidden while one person grades a unit.

    Attributes:
        show_wanted: emitted when the person wants to see the other's grade without grading.
    """

    show_wanted = Signal()

    def __init__(self, draft: "Draft", unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._unit = unit
        self.setProperty("role", "note")
        self._text = style.label()
        self.show_theirs = style.button(self.tr("Show their grade"), "link")
        self.show_theirs.clicked.connect(self.show_wanted)
        self.grade = QuietComboBox()
        self.reason = KeptText(self.tr("Why this grade was agreed"), lines=1)
        self._agree = QWidget()
        beside = QHBoxLayout(self._agree)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(style.space(3))
        beside.addWidget(Field(self.tr("Agreed grade"), self.grade), 0, Qt.AlignmentFlag.AlignTop)
        beside.addWidget(Field(self.tr("Why this grade was agreed"), self.reason), 1)
        layout = QVBoxLayout(self)
        layout.addWidget(self._text)
        layout.addWidget(self.show_theirs)
        layout.addWidget(self._agree)
        self.grade.addItem(self.tr("Choose…"), None)
        for grade in draft.pack.grades:
            self.grade.addItem(grade_words(draft.pack, grade.value), grade.value)
        self.grade.activated.connect(lambda _: self._keep())
        self.reason.edited.connect(lambda _: self._keep())

    def refresh(self, *, seen: bool) -> None:
        """Show what is held now.

        Args:
            seen: the person chose to see the other's grade without grading.
        """
        answer = self._draft.value.answer(self._unit)
        hidden = is_hidden(self._draft.value, self._unit, self._draft.grading_as) and not seen
        latest = latest_grades(answer)
        several = len(latest) > 1
        agreed = bool(answer.agreed_reason.strip())
        differ = several and (agreed or not effective_grade(answer).settled)
        self.setVisible(hidden or several)
        self.show_theirs.setVisible(hidden)
        self._agree.setVisible(differ and not hidden)
        if hidden:
            self._text.setText(
                self.tr("Someone else has graded this unit. You see their grade once you have graded it yourself.")
            )
        elif several:
            self._text.setText(self._said(answer, differ=differ, agreed=agreed))
        self.grade.setEnabled(self._draft.may_grade)
        self.reason.setReadOnly(not self._draft.may_grade)
        self.reason.show_text(answer.agreed_reason)
        if agreed:
            self.grade.setCurrentIndex(self.grade.findData(answer.grade))

    def _said(self, answer: "UnitAnswer", *, differ: bool, agreed: bool) -> str:
        latest = sorted(latest_grades(answer).items(), key=lambda each: (each[0] == self._draft.me, each[0]))
        grades = ", ".join(f"{self._draft.name(by)}: {given.grade}" for by, given in latest)
        if not differ:
            return self.tr("Graded by more than one person. {grades}.").format(grades=grades)
        if agreed:
            return self.tr("You differed and agreed. {grades}.").format(grades=grades)
        return self.tr("You differ. {grades}. Until a grade is agreed, the one with greater need counts.").format(
            grades=grades
        )

    def _keep(self) -> None:
        grade, reason = self.grade.currentData(), self.reason.text
        if grade is None or not reason:
            return
        draft = self._draft
        answer = agree_grade(draft.pack, draft.value.answer(self._unit), grade=grade, reason=reason)
        draft.change(changes.with_answer(draft.value, self._unit, answer), f"{self._unit} agreed")
