"""A day in one child's life: part by part what is recorded, where nobody wrote anything, and room for what is said."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gcp2_app.domain.openings import is_unborn
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.assess.day_lines import day_lines, tr
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.step_page import StepPage
from gcp2_app.ui.assess.steps import Spot, Step
from gcp2_app.ui.assess.texts import KeptText
from gcp2_app.ui.field import Field
from gcp2_app.ui.fold import Fold

if TYPE_CHECKING:
    from gcp2_app.domain.child_day import PartOfDay, Saying


class DayPage(StepPage):
    """Walks the day.

    Attributes:
        texts: what child or carer say of each part, by its code; empty until the day was read.
        day: the parts with what is recorded of them.
    """

    def __init__(self, draft: Draft, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(draft, step, parent=parent)
        self.texts: dict[str, KeptText] = {}
        self.day: tuple[PartOfDay, ...] = ()
        self._lines: dict[str, QVBoxLayout] = {}
        # Until the day is read, the page itself holds the keyboard.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        about = self.tr(
            "From waking to night: what is recorded of each part. Write down what the child or the carer says of it, "
            "in their words, and who said it. Nothing here has to be filled in."
        )
        if is_unborn(draft.child):
            about = self.tr(
                "Before birth it is the pregnancy: what is recorded of each part. Write down what is told of it, and "
                "by whom. Nothing here has to be filled in."
            )
        self.add_heading(self.tr("A day in this child’s life"), about)
        self._unknown = style.label()
        self._waiting = style.label(self.tr("One moment…"), "quiet")
        self.body.addWidget(self._waiting)
        self.body.addWidget(self._unknown)
        self._parts = QVBoxLayout()
        self._parts.setSpacing(style.space(2))
        self.body.addLayout(self._parts)

    @override
    def refresh(self) -> None:
        held, frozen = self._draft.value.day_in_life, not self._draft.may_write
        for code, text in self.texts.items():
            text.show_text(held.get(code, ""))
            text.setReadOnly(frozen)

    @override
    def go_to(self, spot: Spot) -> None:
        # Read anew each time: visits and evidence come in while grading goes on.
        ask_day(self._draft, self, self._show)
        if self.texts:
            self.focus(next(iter(self.texts.values())))
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, day: "tuple[PartOfDay, ...]") -> None:
        self.day = day
        self._waiting.hide()
        unknown = [each.part.label for each in day if each.is_unknown]
        text = tr(
            "Nothing is recorded of %n part of the day.|Nothing is recorded of %n parts of the day.", len(unknown)
        )
        self._unknown.setText(text if unknown else self.tr("Something is recorded of every part of the day."))
        if [each.part.code for each in day] != list(self.texts):
            _empty(self._parts)
            self.texts, self._lines = {}, {}
            for each in day:
                made = self._make(each)
                self._parts.addWidget(made)
                # At once, so that the keys pressed next find its box.
                made.show()
            self.refresh()
        self._show_lines(day)
        if self.hasFocus():
            self.focus(next(iter(self.texts.values())))

    def _show_lines(self, day: "tuple[PartOfDay, ...]") -> None:
        """Show what is recorded of each part; the keyboard comes to it before the part's box."""
        before: QWidget | None = None
        for each in day:
            lines, box = day_lines(each, self._open), self.texts[each.part.code]
            _empty(self._lines[each.part.code])
            self._lines[each.part.code].addWidget(lines)
            lines.show()
            for stop in (*lines.findChildren(QPushButton), box):
                if before is not None:
                    QWidget.setTabOrder(before, stop)
                before = stop

    def _make(self, each: "PartOfDay") -> QWidget:
        part = each.part
        frame, layout = style.card()
        layout.setSpacing(style.space(1.5))
        layout.addWidget(style.heading(part.label, 2))
        self._lines[part.code] = QVBoxLayout()
        layout.addLayout(self._lines[part.code])
        label = self.tr("What the child or carer says: {part}").format(part=part.label)
        text = KeptText(label, lines=1, most_lines=12)
        text.edited.connect(lambda typed: self._keep(part.code, typed))
        layout.addWidget(Field(part.asks, text))
        self.texts[part.code] = text
        return frame

    def _keep(self, code: str, typed: str) -> None:
        held = {**self._draft.value.day_in_life, code: typed}
        if not typed:
            del held[code]
        self._draft.change(replace(self._draft.value, day_in_life=held), f"day_in_life {code}")

    def _open(self, saying: "Saying") -> None:
        self._draft.workspace.entry_shown_wanted.emit(self._draft.child.id, saying.entry)


def ask_day(draft: Draft, owner: QWidget, then: "Callable[[tuple[PartOfDay, ...]], object]") -> None:
    """Read the day of an assessment's child; ``then`` gets it while its owner lives."""
    from gcp2_app.services import case_history

    id_ = draft.value.id
    draft.ask(owner, lambda session: case_history.day(session, id_), then)


def day_fold(draft: Draft) -> Fold:
    """Return the day folded, to be read beside the analysis."""
    return Fold(tr("A day in this child’s life"), lambda: DayBeside(draft))


class DayBeside(QWidget):
    """The day to read: part by part what is recorded and what was said of it in this assessment."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(style.space(1.5))
        self._layout.addWidget(style.label(tr("One moment…"), "quiet"))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        ask_day(self._draft, self, self._show)

    def _show(self, day: "tuple[PartOfDay, ...]") -> None:
        _empty(self._layout)
        held = self._draft.value.day_in_life
        for each in day:
            self._layout.addWidget(style.heading(each.part.label, 3))
            said = held.get(each.part.code, "")
            if said:
                self._layout.addWidget(style.label(tr("Told in this assessment: {text}").format(text=said)))
            if each.sayings or not said:
                self._layout.addWidget(day_lines(each))


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
