"""What goes with a unit's grade: note, the carer's own view, support in place, a passing crisis."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from gcp2_app.domain.answers import UnitAnswer, WithSupport
from gcp2_app.domain.coaching import Place
from gcp2_app.ui import style, words
from gcp2_app.ui.assess import changes
from gcp2_app.ui.assess.coach_hint import CoachHint
from gcp2_app.ui.assess.texts import KeptText
from gcp2_app.ui.assess.wording import grade_words, tr, who_says_what
from gcp2_app.ui.field import Field
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.forms.choice import QuietComboBox

if TYPE_CHECKING:
    from gcp2_app.ui.assess.draft import Draft


class UnitDetails(QWidget):
    """The fields beside one unit's grade; none of them is needed.

    Attributes:
        hint: what is worth another look in the note.
    """

    def __init__(self, draft: "Draft", unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._unit = unit
        self._shown: tuple[object, ...] = ()
        self.note = KeptText(self.tr("Your note"))
        self.hint = CoachHint(draft, Place(field="note", code=unit), self, beside=self.note)
        self.carer_grade = QuietComboBox()
        self.carer_comment = KeptText(self.tr("What the carer says of it"))
        self.carer_has_seen = QCheckBox(self.tr("The carer has seen these grades"))
        self.support = QuietComboBox()
        self.temporary = QCheckBox(self.tr("A passing crisis: this is temporary"))
        self._fill()
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Show what is held now."""
        answer, frozen = self._draft.value.answer(self._unit), not self._draft.may_grade
        unheard = not self._draft.may_hear_carers
        shown = (_fields(answer), frozen, unheard)
        if shown == self._shown:
            return
        self._shown = shown
        self.note.show_text(answer.note)
        self.carer_comment.show_text(answer.carer_comment)
        self.carer_grade.setCurrentIndex(self.carer_grade.findData(answer.carer_grade))
        self.support.setCurrentIndex(self.support.findData(answer.with_support))
        self.carer_has_seen.setChecked(bool(answer.carer_has_seen))
        self.temporary.setChecked(bool(answer.temporary))
        self.note.setReadOnly(frozen)
        self.carer_comment.setReadOnly(unheard)
        for control in (self.support, self.temporary):
            control.setEnabled(not frozen)
        for control in (self.carer_grade, self.carer_has_seen):
            control.setEnabled(not unheard)

    def _fill(self) -> None:
        self.carer_grade.addItem(self.tr("Not given"), None)
        for grade in self._draft.pack.grades:
            self.carer_grade.addItem(grade_words(self._draft.pack, grade.value), grade.value)
        self.support.addItem(self.tr("Not said"), None)
        for support, text in words.says(WithSupport).items():
            self.support.addItem(text, support)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, style.space(1))
        layout.setSpacing(style.space(1.5))
        layout.addWidget(Field(self.tr("Your note"), self.note))
        layout.addWidget(self.hint)
        beside = Flow()
        beside.setSpacing(style.space(3))
        beside.addWidget(Field(self.tr("The carer’s own grade"), self.carer_grade))
        beside.addWidget(Field(self.tr("Support in place when you saw it"), self.support))
        layout.addLayout(beside)
        asked = who_says_what(self._draft.value)
        layout.addWidget(Field(self.tr("What the carer says of it"), self.carer_comment, asked))
        layout.addWidget(self.carer_has_seen)
        layout.addWidget(self.temporary)

    def _connect(self) -> None:
        self.note.edited.connect(lambda text: self._keep("note", note=text))
        self.carer_comment.edited.connect(lambda text: self._keep("carer_comment", carer_comment=text))
        self.carer_grade.activated.connect(lambda _: self._keep(carer_grade=self.carer_grade.currentData()))
        self.support.activated.connect(lambda _: self._keep(with_support=self._support()))
        self.carer_has_seen.clicked.connect(lambda ticked: self._keep(carer_has_seen=ticked))
        self.temporary.clicked.connect(lambda ticked: self._keep(temporary=ticked))

    def _support(self) -> WithSupport | None:
        chosen = self.support.currentData()
        return WithSupport(chosen) if chosen is not None else None

    def _keep(self, typed: str = "", **fields: object) -> None:
        value = changes.changed_answer(self._draft.value, self._unit, **fields)
        self._draft.change(value, f"{self._unit} {typed}" if typed else "")


def filled_in(answer: UnitAnswer) -> str:
    """Return what of it is filled in, for the button that opens it."""
    parts = [tr("note")] if answer.note else []
    if answer.carer_grade is not None:
        parts.append(tr("carer’s grade {grade}").format(grade=answer.carer_grade))
    elif answer.carer_comment:
        parts.append(tr("carer’s comment"))
    if answer.with_support not in {None, WithSupport.NONE}:
        parts.append(tr("with support"))
    if answer.temporary:
        parts.append(tr("temporary"))
    return ", ".join(parts)


def _fields(answer: UnitAnswer) -> tuple[object, ...]:
    return (
        answer.note,
        answer.carer_grade,
        answer.carer_comment,
        answer.carer_has_seen,
        answer.with_support,
        answer.temporary,
    )
