"""One piece of evidence and the other children of the family: whom it is put on, and whom a change of it is for."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QRadioButton, QVBoxLayout, QWidget

from gcp2_app.ui import style
from gcp2_app.ui.assess import family_words
from gcp2_app.ui.assess.family_beside import FamilyBeside
from gcp2_app.ui.flow import Flow

if TYPE_CHECKING:
    from gcp2_app.services.families import FamilyMember


class EvidenceChildren(QWidget):
    """The siblings as boxes to tick; each says why it cannot be ticked.

    Attributes:
        boxes: by the sibling's id.
        put_wanted: emitted with ids of the siblings a piece is to be put on.
        off_wanted: emitted with ids of the siblings it is to be taken from.
    """

    put_wanted = Signal(object)
    off_wanted = Signal(object)

    def __init__(self, family: FamilyBeside, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._family = family
        self.boxes: dict[str, QCheckBox] = {}
        self.all = style.button("", "link")
        self.all.clicked.connect(lambda: self.put_wanted.emit(self._free()))
        self._note = style.label("", "quiet")
        self._list = QVBoxLayout()
        self._list.setSpacing(style.space(1))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(2), 0, 0, 0)
        layout.setSpacing(style.space(1))
        layout.addLayout(self._list)
        layout.addLayout(style.row(self.all))
        layout.addWidget(self._note)

    def show_piece(self, evidence_id: str, codes: Collection[str]) -> None:
        """Show which siblings a piece is on, and which could take it.

        Args:
            codes: units it hangs on here.
        """
        holding = {member.child.id for member in self._family.holders(evidence_id)}
        for member in self._family.siblings:
            box = self.boxes.get(member.child.id) or self._add(member)
            held = member.child.id in holding
            able = member.why_not is None and (held or self._family.can_take(member, codes))
            box.setChecked(held)
            box.setEnabled(able)
            name, why = family_words.called(member.child), "" if able else self._why(member)
            box.setText(self.tr("{name}: {why}").format(name=name, why=why) if why else name)
        self.all.setText(self.tr("Put it on all of them"))
        self.all.setVisible(len(self._free()) > 1)
        note = family_words.not_shown(self._family.not_shown)
        if not self._family.siblings and not note and self._family.family is not None:
            note = self.tr("No other child is recorded in this home or with these carers.")
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def stops(self) -> tuple[QWidget, ...]:
        """Return where the Tab key stops, in order."""
        return (*self.boxes.values(), self.all)

    def _add(self, member: "FamilyMember") -> QCheckBox:
        box, child = QCheckBox(), member.child.id
        box.clicked.connect(lambda ticked: (self.put_wanted if ticked else self.off_wanted).emit((child,)))
        self.boxes[child] = box
        self._list.addWidget(box)
        # At once, so that the keys pressed next find it.
        box.show()
        return box

    def _free(self) -> tuple[str, ...]:
        return tuple(child for child, box in self.boxes.items() if box.isEnabled() and not box.isChecked())

    def _why(self, member: "FamilyMember") -> str:
        if member.why_not is not None:
            return family_words.why_closed(member.why_not)
        return self.tr("none of these units is in the age band")


class ChangedFor(QWidget):
    """Asks whom a change of a piece is for, where it is on other children too. Until it is answered: this child alone.

    Attributes:
        everyone_wanted: emitted when a change is to be made for every child.
    """

    everyone_wanted = Signal()

    def __init__(self, child: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._child = child
        self._question = style.label()
        self.alone = QRadioButton(self.tr("{child} alone").format(child=child))
        self.everyone = QRadioButton()
        self.everyone.clicked.connect(lambda _: self.everyone_wanted.emit())
        flow = Flow()
        flow.setSpacing(style.space(3))
        flow.addWidget(self.alone)
        flow.addWidget(self.everyone)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        layout.addWidget(self._question)
        layout.addLayout(flow)

    @property
    def for_everyone(self) -> bool:
        """Whether a change is for every child it is on."""
        return not self.isHidden() and self.everyone.isChecked()

    def show_holders(self, names: list[str]) -> None:
        """Show on whose assessments the piece is; with nobody's, nothing is asked."""
        self.setVisible(bool(names))
        listed = family_words.listed(names)
        question = self.tr("This evidence is on the assessment of {names} too. What you change here is for:")
        self._question.setText(question.format(names=listed))
        everyone = family_words.listed([self._child, *names])
        self.everyone.setText(everyone)
        for button in (self.alone, self.everyone):
            button.setAccessibleDescription(self._question.text())


class AskWhose(QFrame):
    """A question about a piece that is on several children, with a button for each answer."""

    def __init__(
        self, question: str, answers: Collection[tuple[str, Callable[[], object]]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "warning")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.space(2), style.space(1), style.space(2), style.space(1))
        layout.setSpacing(style.space(1))
        layout.addWidget(style.label(question))
        flow = Flow()
        flow.setSpacing(style.space(1.5))
        self.buttons = []
        for text, then in answers:
            button = style.button(text)
            button.setAccessibleDescription(question)
            button.clicked.connect(lambda _, then=then: then())
            flow.addWidget(button)
            self.buttons.append(button)
        layout.addLayout(flow)

    def take_focus(self) -> None:
        """Put the focus on the first answer."""
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
