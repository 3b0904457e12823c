"""The practice case: an invented child to grade by the keys of an assessment, and then the panel's grades with reasons.

What is graded here is kept nowhere and counted nowhere; it is gone when the page is.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gcp2_app.domain.practice_case import steps_apart
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.assess.descriptors import DescriptorCards
from gcp2_app.ui.assess.wording import name_of
from gcp2_app.ui.column import Column
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.fold import Fold
from gcp2_app.ui.learn.texts import prose, tr

if TYPE_CHECKING:
    from gcp2_app.domain.instrument import Pack, Unit
    from gcp2_app.domain.practice_case import CaseUnit, PracticeCase

#: Wide enough for five texts side by side.
_WIDTH = 160


class CaseUnitCard(QFrame):
    """One unit of the case: what was seen, the texts of its grades, and in the end the panel's.

    Attributes:
        left: emitted with 1 or -1 when the person goes on to the next unit, or back to the one before.
        cards: the texts of the grades.
        not_observed: says that nobody saw it.
        mine: the grade given, a value of the pack; None where none is. ``aside``: it was marked as not observed.
    """

    left = Signal(int)

    def __init__(self, pack: "Pack", unit: "Unit", case: "CaseUnit", age_months: int) -> None:
        super().__init__()
        self._pack, self._case = pack, case
        self._shown = False
        self.mine: int | None = None
        self.aside = False
        self.setProperty("role", "card")
        self.setAccessibleName(name_of(unit))
        self.cards = DescriptorCards(pack, unit.texts(age_months))
        self.cards.picked.connect(self.grade)
        self.not_observed = style.button(tr("Not observed  N"))
        self.not_observed.setCheckable(True)
        self.not_observed.clicked.connect(lambda _=False: self.put_aside())
        layout = QVBoxLayout(self)
        margin = style.space(2.5)
        layout.setContentsMargins(margin, style.space(2), margin, style.space(2))
        layout.setSpacing(style.space(1.5))
        layout.addWidget(style.heading(name_of(unit), 2))
        for paragraph in case.seen:
            layout.addWidget(prose(paragraph))
        layout.addWidget(style.label(unit.prompt, "quiet"))
        if unit.guidance:
            guidance = Fold(tr("How to grade it"), lambda: style.label(unit.guidance))
            layout.addWidget(guidance)
            layout.addLayout(guidance.place)
        layout.addWidget(self.cards)
        layout.addLayout(style.row(self.not_observed))
        self._answer = QVBoxLayout()
        self._answer.setSpacing(style.space(1))
        layout.addLayout(self._answer)

    def grade(self, rank: int) -> None:
        """Give the grade of a rank, 1 the best."""
        if not self._shown and 1 <= rank <= len(self._pack.grades):
            self.mine, self.aside = self._pack.grades[rank - 1].value, False
            self._say()

    def put_aside(self) -> None:
        """Mark it as not observed, or take that back."""
        if not self._shown:
            self.aside = not self.aside
            self.mine = None
        self._say()

    def take_focus(self) -> None:
        """Put the focus on the grades."""
        self.cards.take_focus()

    def show_panel(self) -> None:
        """Show how the panel graded it, and why."""
        self._shown = True
        self._say()
        frame, layout = style.card()
        said = style.label(self._compared())
        font = said.font()
        font.setWeight(font.Weight.DemiBold)
        said.setFont(font)
        layout.addWidget(said)
        for paragraph in self._case.why:
            layout.addWidget(prose(paragraph))
        layout.addWidget(style.heading(tr("What could be argued"), 3))
        layout.addWidget(prose(self._case.argued))
        self._answer.addWidget(frame)

    def begin_again(self) -> None:
        """Take away the panel's grade and one's own."""
        while (item := self._answer.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._shown, self.mine, self.aside = False, None, False
        self._say()

    def _say(self) -> None:
        rank = self._pack.rank(self.mine) if self.mine is not None else None
        self.cards.show_rank(rank, frozen=self._shown)
        self.not_observed.setChecked(self.aside)
        self.not_observed.setDisabled(self._shown)

    def _compared(self) -> str:
        theirs = self._case.grade
        mine = self._words(self.mine) if self.mine is not None or self.aside else tr("no grade")
        said = tr("You: {mine}. The panel: {theirs}.").format(mine=mine, theirs=self._words(theirs))
        if self.mine is None or theirs is None:
            return said
        apart = steps_apart(self._pack, self.mine, theirs)
        if not apart:
            return tr("{said} The same grade; see whether for the same reasons.").format(said=said)
        steps = tr("one step") if abs(apart) == 1 else tr("{count} steps").format(count=abs(apart))
        if apart > 0:
            return tr("{said} The panel saw needs met less well, by {steps}.").format(said=said, steps=steps)
        return tr("{said} The panel saw needs met better, by {steps}.").format(said=said, steps=steps)

    def _words(self, grade: int | None) -> str:
        if grade is None:
            return tr("not observed")
        label = self._pack.grades_by_value[grade].label
        return tr("{grade}, {label}").format(grade=grade, label=label[:1].lower() + label[1:])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        key = event.key()
        if not plain:
            super().keyPressEvent(event)
        elif event.text().isdigit() and event.text() != "0":
            self.grade(int(event.text()))
        elif key == Qt.Key.Key_N:
            self.put_aside()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.left.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


class PracticeCaseSection(Column):
    """The case, unit by unit.

    Attributes:
        units: a card each, in the order of the case.
        panel_button: shows the panel's grades; ``again_button`` begins anew.
    """

    def __init__(self, case: "PracticeCase", pack: "Pack", parent: QWidget | None = None) -> None:
        super().__init__(_WIDTH, parent, centred=False)
        units = pack.units_in(pack.band_at(case.age_months).code)
        self.units = tuple(CaseUnitCard(pack, units[each.code], each, case.age_months) for each in case.units)
        self.panel_button = style.button(tr("See how the panel graded"), "primary")
        self.again_button = style.button(tr("Grade it again"))
        top = Flow()
        top.setSpacing(style.space(2))
        top.addWidget(style.heading(tr("Practice case")))
        top.addWidget(style.label(tr("PRACTICE"), "badge", wrap=False))
        self.body.addLayout(top)
        self.body.addWidget(
            style.label(
                tr(
                    "An invented family. What you grade here is kept nowhere and shown to nobody, and there is no "
                    "score. Read what was seen, grade each unit with the keys 1 to 5 or N for not observed, and then "
                    "see how a careful panel graded it and why. Up and Down go from unit to unit."
                ),
                "quiet",
            )
        )
        self.body.addWidget(style.heading(case.title, 2))
        for paragraph in case.about:
            self.body.addWidget(prose(paragraph))
        for number, card in enumerate(self.units):
            card.left.connect(lambda by, number=number: self._go(number + by))
            self.body.addWidget(card)
        buttons = Flow()
        buttons.setSpacing(style.space(1.5))
        for button in (self.panel_button, self.again_button):
            buttons.addWidget(button)
        self.body.addLayout(buttons)
        self.body.addWidget(
            style.label(
                tr("Source: {source}. Edition {edition}.").format(source=case.source, edition=case.edition), "quiet"
            )
        )
        self.body.addStretch(1)
        self.again_button.hide()
        self.panel_button.clicked.connect(self._show_panel)
        self.again_button.clicked.connect(self._begin_again)

    def _go(self, number: int) -> None:
        if 0 <= number < len(self.units):
            card = self.units[number]
            card.take_focus()
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + card.mapTo(self, QPoint()).y())

    def _show_panel(self) -> None:
        for card in self.units:
            card.show_panel()
        self.panel_button.hide()
        self.again_button.show()
        self._go(0)

    def _begin_again(self) -> None:
        for card in self.units:
            card.begin_again()
        self.again_button.hide()
        self.panel_button.show()
        self._go(0)
