"""What the carers say of the grades when these are shown to them: unit by unit, beside ours."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gcp2_app.domain.answers import UnitAnswer
from gcp2_app.domain.grading import effective_grade
from gcp2_app.domain.instrument import Area, Unit
from gcp2_app.domain.progress import hold_on
from gcp2_app.ui import style, words
from gcp2_app.ui.assess import changes
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.texts import KeptText
from gcp2_app.ui.assess.wording import grade_words, name_of, who_says_what
from gcp2_app.ui.field import Field
from gcp2_app.ui.fold import Fold
from gcp2_app.ui.forms.choice import QuietComboBox


class CarersRow(QWidget):
    """One unit: our grade, theirs, what they say, and that they have seen it."""

    def __init__(self, draft: Draft, unit: Unit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._unit = unit
        self.ours = style.GradeChip()
        self.own_grade = QuietComboBox()
        self.own_grade.setAccessibleName(self.tr("The carer’s own grade of {unit}").format(unit=name_of(unit)))
        self.own_grade.addItem(self.tr("Not given"), None)
        for grade in draft.pack.grades:
            self.own_grade.addItem(grade_words(draft.pack, grade.value), grade.value)
        self.comment = KeptText(self.tr("What the carer says of {unit}").format(unit=name_of(unit)), lines=1)
        self.seen = QCheckBox(self.tr("Has seen this grade"))
        self.seen.setAccessibleName(self.tr("The carer has seen the grade of {unit}").format(unit=name_of(unit)))
        self._lay_out()
        self.own_grade.activated.connect(lambda _: self._keep(carer_grade=self.own_grade.currentData()))
        self.comment.edited.connect(lambda text: self._keep("carer_comment", carer_comment=text))
        self.seen.clicked.connect(lambda ticked: self._keep(carer_has_seen=ticked))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(style.space(1.5))
        head.addWidget(self.ours)
        head.addWidget(style.heading(name_of(self._unit), 3), 1)
        fields = QHBoxLayout()
        fields.setSpacing(style.space(3))
        fields.addWidget(Field(self.tr("Their own grade"), self.own_grade), 0, Qt.AlignmentFlag.AlignTop)
        fields.addWidget(Field(self.tr("What they say"), self.comment), 1, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, style.space(1), 0, style.space(1))
        layout.setSpacing(style.space(1))
        layout.addLayout(head)
        layout.addLayout(fields)
        layout.addWidget(self.seen)

    def refresh(self) -> None:
        """Show what is held now."""
        pack, answer, may = self._draft.pack, self._draft.value.answer(self._unit.code), self._draft.may_hear_carers
        grade = effective_grade(answer).grade
        rank = pack.rank(grade) if grade is not None else None
        said = grade_words(pack, grade) if grade is not None else words.say(answer.state)
        self.ours.show_grade(rank, len(pack.grades), str(grade) if grade is not None else "–", said)
        self.own_grade.setCurrentIndex(self.own_grade.findData(answer.carer_grade))
        self.own_grade.setEnabled(may)
        self.comment.show_text(answer.carer_comment)
        self.comment.setReadOnly(not may)
        self.seen.setChecked(bool(answer.carer_has_seen))
        self.seen.setEnabled(may)

    def _keep(self, typed: str = "", **fields: object) -> None:
        code = self._unit.code
        value = changes.changed_answer(self._draft.value, code, **fields)
        self._draft.change(value, f"{code} {typed}" if typed else "")


class _AreaRows(QWidget):
    """The units of one area, made when the area is opened."""

    def __init__(self, rows: list[CarersRow]) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(2), 0, 0, style.space(1))
        layout.setSpacing(style.space(1))
        for row in rows:
            layout.addWidget(row)


class CarersView(QFrame):
    """Everything the carers say, area by area.

    Attributes:
        areas: opens the units of each area, by its code.
        rows: by the unit's code, of the areas that were opened.
        all_seen: marks every grade as seen.
    """

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.setProperty("role", "card")
        self.areas: dict[str, Fold] = {}
        self.rows: dict[str, CarersRow] = {}
        self.all_seen = style.button(self.tr("They have seen all the grades"))
        self.all_seen.clicked.connect(self._mark_all)
        self._count = style.label("", "quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(2.5), style.space(2), style.space(2.5), style.space(2))
        layout.setSpacing(style.space(1.5))
        layout.addWidget(style.heading(self.tr("What the carers say"), 2))
        self._about = style.label("", "quiet")
        layout.addWidget(self._about)
        layout.addWidget(self._count)
        layout.addLayout(style.row(self.all_seen))
        for area in draft.pack.areas:
            if self._units(area):
                fold = Fold(f"{area.code} {area.label}", partial(self._make_rows, area))
                self.areas[area.code] = fold
                layout.addWidget(fold)
                layout.addLayout(fold.place)

    def refresh(self) -> None:
        """Show what is held now."""
        draft = self._draft
        units = [unit for area in draft.pack.areas for unit in self._units(area)]
        answers = [draft.value.answer(unit.code) for unit in units]
        seen = sum(bool(answer.carer_has_seen) for answer in answers)
        shown = draft.may_hear_carers or any(map(_says_something, answers))
        self.setVisible(not draft.is_graded and not draft.value.recorded_elsewhere and shown)
        self._about.setText(self._whom())
        self._count.setText(self.tr("Seen: {seen} of {units} units").format(seen=seen, units=len(units)))
        self.all_seen.setVisible(draft.may_hear_carers and seen < len(units))
        for row in self.rows.values():
            row.refresh()

    def _whom(self) -> str:
        """Say to whom the grades are shown now, and from whom they are held back."""
        value, name = self._draft.value, self._draft.name
        held = [carer for carer in value.carers if hold_on(value, carer) is not None]
        shown = self.tr(" and ").join(name(carer) for carer in value.carers if carer not in held)
        about = self.tr("Show {names} the grades and write down what they say. Your own grades stay as they are.")
        told = about.format(names=shown or self.tr("the carers")) if shown or not held else ""
        if told and not self._draft.may_hear_carers:
            told = self.tr("What {names} said of the grades.").format(names=shown or self.tr("the carers"))
        elif told:
            told = f"{told} {who_says_what(value)}".strip()
        if not held:
            return told
        kept = self.tr("Sharing is held back from {names}.").format(names=self.tr(" and ").join(map(name, held)))
        return f"{told} {kept}".strip()

    def _units(self, area: Area) -> list[Unit]:
        units = self._draft.units
        return [
            units[unit.code]
            for subarea in area.subareas
            for unit in subarea.units_in(self._draft.band)
            if unit.code in units
        ]

    def _make_rows(self, area: Area) -> QWidget:
        rows = {unit.code: CarersRow(self._draft, unit) for unit in self._units(area)}
        self.rows.update(rows)
        for row in rows.values():
            row.refresh()
        return _AreaRows(list(rows.values()))

    def _mark_all(self) -> None:
        value = self._draft.value
        for area in self._draft.pack.areas:
            for unit in self._units(area):
                value = changes.changed_answer(value, unit.code, carer_has_seen=True)
        self._draft.change(value)


def _says_something(answer: UnitAnswer) -> bool:
    return answer.carer_grade is not None or bool(answer.carer_comment) or bool(answer.carer_has_seen)
