"""Then and now: each unit that moved since the assessment before, and what was seen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gcp2_app.domain.comparison import Change, UnitChange
from gcp2_app.domain.completeness import ungraded_without_reason
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.assess import changes
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.step_page import StepPage
from gcp2_app.ui.assess.steps import Spot, Step
from gcp2_app.ui.assess.texts import KeptText
from gcp2_app.ui.assess.wording import grade_words, name_of
from gcp2_app.ui.field import Field

if TYPE_CHECKING:
    from gcp2_app.services.assessments import Earlier


class MovedUnit(QFrame):
    """One unit with another grade than before."""

    def __init__(self, draft: Draft, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.code = code
        self.setProperty("role", "card")
        self.before, self.after = style.GradeChip(), style.GradeChip()
        self._change = style.label("", wrap=False)
        self.seen = KeptText(self.tr("What did you see?"), lines=2)
        self.seen.edited.connect(self._keep)
        unit = draft.pack.units_in(draft.band)[code]
        layout = QVBoxLayout(self)
        margin = style.space(2.5)
        layout.setContentsMargins(margin, style.space(2), margin, style.space(2))
        layout.setSpacing(style.space(1.5))
        layout.addWidget(style.heading(name_of(unit), 2))
        line = QHBoxLayout()
        line.setSpacing(style.space(1.5))
        arrow = style.label("→", wrap=False)
        for widget in (self.before, arrow, self.after, self._change):
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        layout.addLayout(line)
        layout.addWidget(Field(self.tr("What did you see?"), self.seen))

    def show_change(self, change: UnitChange) -> None:
        """Show before, after and the class of the change."""
        pack = self._draft.pack
        for chip, value in ((self.before, change.before), (self.after, change.after)):
            if value is not None:
                chip.show_grade(pack.rank(value), len(pack.grades), str(value), grade_words(pack, value))
        self._change.setText(words.say(change.change) if change.change is not None else change.why_not)
        self.seen.show_text(self._draft.value.answer(self.code).what_changed)
        self.seen.setReadOnly(not self._draft.may_grade)

    def _keep(self, text: str) -> None:
        value = changes.changed_answer(self._draft.value, self.code, what_changed=text)
        self._draft.change(value, f"{self.code} what_changed")


class ThenNowPage(StepPage):
    """Every unit that moved."""

    def __init__(self, draft: Draft, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(draft, step, parent=parent)
        self._opened = False
        self.add_heading(self.tr("Then and now"))
        self._about = style.label("", "quiet")
        self.body.addWidget(self._about)
        self.open = style.button(self.tr("Show the earlier grades now"))
        self.open.clicked.connect(self._open)
        self.body.addLayout(style.row(self.open))
        self.moved: dict[str, MovedUnit] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(style.space(2))
        self.body.addLayout(self._list)
        self._others = style.label("", "quiet")
        self.body.addWidget(self._others)

    @override
    def refresh(self) -> None:
        earlier = self._draft.working.earlier
        shown: dict[str, UnitChange] = {}
        self._others.clear()
        if earlier is None:
            self._about.setText(self.tr("There is no earlier signed-off assessment to compare with."))
        elif earlier.comparison.not_comparable:
            text = self.tr("It cannot be compared with the earlier assessment ({window}). {why}")
            self._about.setText(text.format(window=_when(earlier), why=earlier.comparison.not_comparable))
        elif self._anchors():
            self._about.setText(
                self.tr("Earlier grades steer judgement. Grade first, then look; opening them is recorded.")
            )
        else:
            units = self._draft.pack.units_in(self._draft.band).keys() - self._draft.hidden
            compared = {code: change for code, change in earlier.comparison.units.items() if code in units}
            shown = {code: change for code, change in compared.items() if _moved(change)}
            text = self.tr("Compared with the assessment of {window}.").format(window=_when(earlier))
            if not shown:
                text = f"{text} {self.tr('No unit moved.')}"
            self._about.setText(text)
            self._say_others(compared)
        self.open.setVisible(earlier is not None and not earlier.comparison.not_comparable and self._anchors())
        self._show(shown)

    def _show(self, shown: dict[str, UnitChange]) -> None:
        if list(shown) != list(self.moved):
            for card in self.moved.values():
                card.hide()
                card.deleteLater()
            self.moved = {code: MovedUnit(self._draft, code) for code in shown}
            for card in self.moved.values():
                self._list.addWidget(card)
                card.show()
        for code, change in shown.items():
            self.moved[code].show_change(change)

    def _say_others(self, compared: dict[str, UnitChange]) -> None:
        lines = []
        for kind in (Change.NEWLY_SCORED, Change.NO_LONGER_SCORED, Change.SAME):
            codes = [code for code, change in compared.items() if change.change is kind]
            if codes:
                lines.append(f"{words.say(kind)}: {', '.join(codes)}")
        apart = sorted(code for code, change in compared.items() if change.change is None and change.before is not None)
        if apart:
            lines.append(self.tr("Cannot be compared: {units}").format(units=", ".join(apart)))
        self._others.setText("\n".join(lines))

    def _anchors(self) -> bool:
        """Whether the earlier grades would steer grading that is still going on."""
        draft = self._draft
        if self._opened or not draft.may_grade or draft.today in draft.value.opened_earlier:
            return False
        return bool(ungraded_without_reason(draft.pack, draft.seen, draft.child.born))

    def _open(self) -> None:
        def opened() -> None:
            self._opened = True
            self.refresh()

        self._draft.note_earlier(opened)

    @override
    def go_to(self, spot: Spot) -> None:
        card = self.moved.get(spot.unit) or next(iter(self.moved.values()), None)
        if card is not None:
            card.seen.setFocus(Qt.FocusReason.OtherFocusReason)
            self.reveal(card)
        elif not self.open.isHidden():
            self.focus(self.open)
        elif self.next is not None:
            self.focus(self.next)


def _moved(change: UnitChange) -> bool:
    return (
        change.change is not None
        and change.before is not None
        and change.after is not None
        and (change.before != change.after)
    )


def _when(earlier: "Earlier") -> str:
    window = earlier.assessment.window
    return words.window(window) if window is not None else ""
