"""One unit as the family reads it, with room for what they say of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from gcp2_app.domain.assessment import SaidOfUnit
from gcp2_app.domain.family_copy import FamilyUnit
from gcp2_app.domain.instrument import Pack
from gcp2_app.ui import style
from gcp2_app.ui.assess.texts import KeptText
from gcp2_app.ui.field import Field
from gcp2_app.ui.fold import Fold
from gcp2_app.ui.share import large


class Answer(QWidget):
    """The family's own grade and words about one unit.

    Attributes:
        grades: an answer to choose for each grade, and for none.
        comment: their words.
        said: emitted with a SaidOfUnit after each change.
    """

    said = Signal(object)

    def __init__(self, pack: Pack, unit: FamilyUnit, given: SaidOfUnit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = unit
        self.grades: dict[int | None, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self.comment = KeptText(self.tr("What you say about {unit}").format(unit=unit.label), lines=2)
        self.comment.show_text(given.comment)
        self._differs = style.label("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(2), 0, 0, 0)
        layout.setSpacing(style.space(1.5))
        layout.addWidget(style.label(self.tr("How would you put it yourselves?")))
        for value, text in [(grade.value, grade.label) for grade in pack.grades] + [(None, self.tr("No answer"))]:
            button = QRadioButton(text)
            button.setAccessibleName(self.tr("{unit}: {answer}").format(unit=unit.label, answer=text))
            button.setMinimumHeight(max(24, style.space(5)))
            button.setChecked(value == given.grade)
            self._group.addButton(button)
            self.grades[value] = button
            layout.addWidget(button)
            button.clicked.connect(self._tell)
        layout.addWidget(Field(self.tr("What do you want to say about it?"), self.comment))
        layout.addWidget(self._differs)
        self.comment.edited.connect(self._tell)
        self._show_difference()

    @property
    def given(self) -> SaidOfUnit:
        """What they said."""
        grade = next((value for value, button in self.grades.items() if button.isChecked()), None)
        return SaidOfUnit(unit=self._unit.code, grade=grade, comment=self.comment.text)

    def _tell(self, _: object = None) -> None:
        self._show_difference()
        self.said.emit(self.given)

    def _show_difference(self) -> None:
        differs = self.given.grade not in {None, self._unit.grade}
        self._differs.setText(self.tr("You see this differently from us. Both are kept.") if differs else "")
        self._differs.setVisible(differs)


class UnitCard(QFrame):
    """What we saw of one unit, and what they say.

    Attributes:
        fold: opens the answer; None where nothing can be said now.
        answer: once it was opened.
        said: emitted with a SaidOfUnit after each change.
    """

    said = Signal(object)

    def __init__(self, pack: Pack, unit: FamilyUnit, given: SaidOfUnit | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pack = pack
        self._unit = unit
        self._given = given or SaidOfUnit(unit=unit.code)
        self.answer: Answer | None = None
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(3), style.space(2), style.space(3), style.space(2))
        layout.setSpacing(style.space(1.5))
        head = QHBoxLayout()
        head.setSpacing(style.space(2))
        chip = style.GradeChip()
        chip.show_grade(pack.rank(unit.grade), len(pack.grades), str(unit.grade), unit.grade_label)
        head.addWidget(chip)
        head.addWidget(large.heading(unit.label, 3), 1)
        layout.addLayout(head)
        layout.addWidget(style.label(unit.grade_label))
        layout.addWidget(style.label(unit.descriptor))
        lines = [*unit.seen, *(piece.text for piece in unit.more)]
        if lines:
            layout.addWidget(style.label(self.tr("What we saw and heard:")))
            layout.addWidget(style.label("\n".join(f"•  {line}" for line in lines)))
        self.fold: Fold | None = None
        if given is not None:
            self.fold = Fold(self.tr("What do you say?"), self._make_answer)
            self.fold.setAccessibleName(self.tr("What do you say about {unit}?").format(unit=unit.label))
            layout.addWidget(self.fold)
            layout.addLayout(self.fold.place)

    def _make_answer(self) -> QWidget:
        self.answer = Answer(self._pack, self._unit, self._given)
        self.answer.said.connect(self.said)
        large.enlarge(self.answer)
        return self.answer
