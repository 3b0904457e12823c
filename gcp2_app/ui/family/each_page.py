"""One unit for each child: the siblings' cards below each other, each kept in its own assessment at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.domain.family_grid import same_unit
from gcp2_app.domain.instrument import Unit
from gcp2_app.ui import style
from gcp2_app.ui.assess import family_words
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.texts import commit_all
from gcp2_app.ui.assess.wording import name_of
from gcp2_app.ui.column import Column
from gcp2_app.ui.family.child_card import ChildCard
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.fold import Fold

if TYPE_CHECKING:
    from gcp2_app.services.families import Family


class EachPage(QWidget):
    """One unit at a time.

    Attributes:
        cards: one a child, the child asked about first.
        grid_wanted: emitted when the person goes to the grid.
        open_wanted: emitted with an assessment's id and a unit's code when the person goes there.
        unit_changed: emitted with the code of the unit the person went on to.
    """

    grid_wanted = Signal()
    open_wanted = Signal(str, str)
    unit_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drafts: Sequence[Draft] = ()
        self._family: Family | None = None
        self._code = ""
        self._hidden_for: tuple[str, ...] = ()
        self.cards: list[ChildCard] = []
        self._column: Column | None = None
        self.grid = style.button(self.tr("Family grid"))
        self.before = style.button(self.tr("← Unit before"))
        self.after = style.button(self.tr("Next unit →"))
        self.grid.clicked.connect(self.grid_wanted)
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        for keys, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self._step(by))
        bar = Flow()
        bar.setSpacing(style.space(1.5))
        for button in (self.before, self.after, self.grid):
            bar.addWidget(button)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, style.space(1), 0, 0)
        self._layout.setSpacing(style.space(1))
        bar.setContentsMargins(style.space(3), 0, style.space(3), 0)
        self._layout.addLayout(bar)

    def say(self, family: "Family", drafts: Sequence[Draft], code: str) -> None:
        """Show a unit for the children whose assessments are open.

        Args:
            family: the family.
            drafts: the open assessments, the child's own first.
            code: the unit's code.
        """
        self._family, self._drafts = family, drafts
        for draft in drafts:
            draft.computed.connect(self._look_whether_hidden)
        self._show(code)

    def forget(self) -> None:
        """Let go of the family."""
        self._clear()
        self._family, self._drafts = None, ()

    def commit(self) -> None:
        """Have every text say what was typed last."""
        commit_all(self)

    # Showing

    def _look_whether_hidden(self) -> None:
        """Show the unit anew where the wording is hidden from now on, or open again: no card keeps its texts."""
        if self._drafts and self._hidden_for != tuple(draft.working.closed for draft in self._drafts):
            self._show(self._code)

    def _show(self, code: str) -> None:
        self._code = code
        self._hidden_for = tuple(draft.working.closed for draft in self._drafts)
        self._clear()
        unit = self._unit(code)
        family = self._family
        if unit is None or family is None:
            return
        column = Column(200)
        column.body.addWidget(style.heading(self.tr("{unit}, for each child").format(unit=name_of(unit))))
        column.body.addWidget(style.label(unit.prompt, "quiet"))
        for why in dict.fromkeys(draft.kept_from_grading for draft in self._drafts):
            if why and why != unit.prompt:
                column.body.addWidget(style.label(why, "error"))
        self._add_help(column, unit)
        for draft in self._drafts:
            theirs = draft.pack.units_in(draft.band).get(code)
            if theirs is not None and same_unit(unit, theirs):
                self._add_card(column, draft, theirs)
        for told in self._left_out(family, unit):
            column.body.addWidget(style.label(told, "quiet"))
        worst = len(self._drafts[0].pack.grades)
        keys = self.tr(
            "Keys for the child you are at: 1 to {worst} grade, N not observed, E evidence, ↑ ↓ children, ← → grades, "
            "Ctrl+Z undo, Ctrl+Page Down next unit"
        )
        column.body.addWidget(style.label(keys.format(worst=worst), "quiet"))
        column.body.addStretch(1)
        self._column = column
        self._layout.addWidget(column, 1)
        column.show()
        codes = self._codes()
        self.before.setEnabled(codes.index(code) > 0)
        self.after.setEnabled(codes.index(code) < len(codes) - 1)
        if self.cards:
            self.cards[0].take_focus()

    def _add_help(self, column: Column, unit: Unit) -> None:
        folds = []
        if unit.look_for:
            lines = "\n".join(f"•  {line}" for line in unit.look_for)
            folds.append(Fold(self.tr("What to look for"), lambda: style.label(lines)))
        if unit.guidance:
            folds.append(Fold(self.tr("How to grade it"), lambda: style.label(unit.guidance)))
        flow = Flow()
        flow.setSpacing(style.space(3))
        column.body.addLayout(flow)
        for fold in folds:
            flow.addWidget(fold)
            column.body.addLayout(fold.place)

    def _add_card(self, column: Column, draft: Draft, unit: Unit) -> None:
        card = ChildCard(draft, unit)
        card.left.connect(lambda by, card=card: self._move(card, by))
        card.graded.connect(lambda card=card: self._reveal(card))
        card.grew.connect(self._reveal)
        card.open_wanted.connect(lambda: self.open_wanted.emit(draft.value.id, unit.code))
        self.cards.append(card)
        column.body.addWidget(card)

    def _left_out(self, family: "Family", unit: Unit) -> list[str]:
        shown = {card.draft.child.id for card in self.cards}
        told = []
        for member in family.members:
            if member.child.id in shown:
                continue
            name = family_words.called(member.child)
            if member.why_not is not None:
                why = family_words.why_closed(member.why_not)
            elif member.child.id not in {draft.child.id for draft in self._drafts}:
                why = self.tr("the last change of the assessment is not saved yet; open it first")
            else:
                why = self.tr("{unit} is another unit in this child’s age band").format(unit=unit.code)
            told.append(self.tr("{name}: {why}.").format(name=name, why=why))
        told.append(family_words.not_shown(family.not_shown))
        return [text for text in told if text]

    def _clear(self) -> None:
        self.cards = []
        if self._column is not None:
            column, self._column = self._column, None
            column.hide()
            self._layout.removeWidget(column)
            column.deleteLater()

    # Going on

    def _unit(self, code: str) -> Unit | None:
        """Return the unit of the first child that has it."""
        found = (draft.pack.units_in(draft.band).get(code) for draft in self._drafts)
        return next((unit for unit in found if unit is not None), None)

    def _codes(self) -> list[str]:
        """Return codes of every unit that one of the children has, in the pack's order."""
        if not self._drafts:
            return []
        pack = self._drafts[0].pack
        return [code for code in pack.unit_codes if self._unit(code) is not None]

    def _step(self, by: int) -> None:
        codes = self._codes()
        if self._code not in codes:
            return
        place = codes.index(self._code) + by
        if 0 <= place < len(codes):
            self.commit()
            self._show(codes[place])
            self.unit_changed.emit(codes[place])

    def _move(self, card: ChildCard, by: int) -> None:
        place = self.cards.index(card) + by
        if 0 <= place < len(self.cards):
            self.cards[place].take_focus()
            self._reveal(self.cards[place])
        elif by > 0:
            self.after.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reveal(self, card: QWidget) -> None:
        """Bring a child's card or a part of it into view; what one is at, where it is taller than the page."""
        column = self._column
        if column is None:
            return
        layout = (column.widget() or column).layout()
        if layout is not None:
            layout.activate()
        column.ensureWidgetVisible(card)
        focused: QWidget | None = card.focusWidget()
        if focused is not None and card.height() > column.viewport().height():
            column.ensureWidgetVisible(focused)
