"""History first: what happened, what was tried, and what stands open, before anything is graded anew.

Grades of earlier assessments are folded away; opening them is recorded. Nothing here has to be done but reading.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.domain.alerts import Level
from gcp2_app.overriding import override
from gcp2_app.ui import style, words
from gcp2_app.ui.alerts import said
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.harm_beside import HarmBeside
from gcp2_app.ui.assess.step_page import StepPage
from gcp2_app.ui.assess.steps import BEFORE, DAY, Spot, Step
from gcp2_app.ui.assess.told_list import MOST, told_list, tr
from gcp2_app.ui.child.grade_tile import grade_tile
from gcp2_app.ui.child.tiles import Tiles
from gcp2_app.ui.fold import Fold
from gcp2_app.ui.plans.harm import harm_card

if TYPE_CHECKING:
    from gcp2_app.domain.case_history import OpenAlert, Told
    from gcp2_app.services.case_history import HistoryFile

#: So many events are shown at once, the latest; those before are folded.
_SHOWN: Final = 12
#: So many alerts, and every one for today, stand there at once.
_ALERTS: Final = 3


class HistoryPage(StepPage):
    """The first page of an assessment.

    Attributes:
        read: says that the history was read, and goes on.
        grades: the earlier grades, folded; None where there are none.
        harm: asks the twelve questions beside the history.
        file: what is shown, or None before it was read.
    """

    def __init__(self, draft: Draft, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(draft, step, parent=parent)
        self.file: HistoryFile | None = None
        self.grades: Fold | None = None
        self._asked = False
        # A page to read: the arrow keys scroll it.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("History"))
        self.add_heading(
            self.tr("History first"),
            self.tr(
                "What happened so far, before you grade anew. Earlier grades are folded away, so that they do not "
                "steer yours."
            ),
        )
        self._waiting = style.label(self.tr("One moment…"), "quiet")
        self.body.addWidget(self._waiting)
        self._parts = QVBoxLayout()
        self._parts.setSpacing(style.space(2))
        self.body.addLayout(self._parts)
        self.harm = HarmBeside(draft, self)
        self.read = style.button(self.tr("I have read it: start grading"), "primary")
        self._who = style.label("", "quiet")
        self.body.addLayout(style.row(self.read))
        self.body.addWidget(self._who)
        self.read.clicked.connect(self._note_read)
        draft.workspace.changed.connect(self._note_change)

    @override
    def refresh(self) -> None:
        draft = self._draft
        readers = draft.value.history_read
        mine = any(each.by == draft.me for each in readers)
        self.read.setVisible(draft.may_write and draft.is_graded and not mine)
        lines = [
            self.tr("Read by {name} on {when}.").format(name=self._name(each.by), when=words.moment(each.at))
            for each in readers
        ]
        self._who.setText("\n".join(lines))
        self._who.setVisible(bool(lines))

    @override
    def go_to(self, spot: Spot) -> None:
        if not self._asked:
            self._ask()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name(self, reader: str) -> str:
        known = self.file.readers.get(reader, "") if self.file is not None else ""
        return self._draft.name(reader) if reader == self._draft.me or not known else known

    def _ask(self) -> None:
        from gcp2_app.services import case_history

        self._asked = True
        id_ = self._draft.value.id
        self._draft.ask(self, lambda session: case_history.before(session, id_), self._show)

    def _note_change(self, kind: str, _id: str) -> None:
        """Read it again after something else than this assessment was written."""
        if kind != "assessment" and self._asked:
            self._ask()

    def _show(self, file: "HistoryFile") -> None:
        open_ = {fold.objectName() for fold in self.findChildren(Fold) if fold.isChecked()}
        self.file = file
        self._waiting.hide()
        while (item := self._parts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        history = file.history
        self._add_events(history.events)
        self._add_restarts(file)
        self._add_unmet(file)
        self._add_tried(file)
        self._add_alerts(history.alerts)
        self._add_grades(file)
        may = self._draft.may_work
        self._parts.addWidget(harm_card(history.reviews, self._open, self.harm.begin if may else None))
        self._add_day()
        for fold in self.findChildren(Fold):
            if fold.objectName() in open_ and fold is not self.grades:
                fold.open()
        self.refresh()

    def _card(self, title: str) -> QVBoxLayout:
        frame, layout = style.card()
        layout.setSpacing(style.space(1.5))
        layout.addWidget(style.heading(title, 2))
        self._parts.addWidget(frame)
        return layout

    def _add_told(self, layout: QVBoxLayout, name: str, told: "Sequence[Told]", none: str) -> None:
        """Add the latest things; those before them are folded."""
        earlier, shown = told[:-_SHOWN], told[-_SHOWN:]
        if earlier:
            text = tr("%n earlier one|%n earlier ones", len(earlier))
            self._add_fold(layout, name, text, partial(self._earlier, earlier))
        layout.addWidget(told_list(shown, self._open) if shown else style.label(none, "quiet"))

    def _earlier(self, earlier: "Sequence[Told]") -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        if len(earlier) > MOST:
            left = tr("%n more is on the timeline.|%n more are on the timeline.", len(earlier) - MOST)
            layout.addWidget(style.label(left, "quiet"))
        layout.addWidget(told_list(earlier[-MOST:], self._open))
        return made

    def _add_fold(self, layout: QVBoxLayout, name: str, text: str, make: Callable[[], QWidget]) -> Fold:
        fold = Fold(text, make)
        fold.setObjectName(f"history-{name}")
        layout.addWidget(fold)
        layout.addLayout(fold.place)
        return fold

    def _add_events(self, events: "Sequence[Told]") -> None:
        none = self.tr(
            "No event is recorded here. That nobody wrote anything down does not say that nothing happened: ask."
        )
        self._add_told(self._card(self.tr("What happened")), "events", events, none)

    def _add_restarts(self, file: "HistoryFile") -> None:
        history = file.history
        layout = self._card(self.tr("Begun again, asked again"))
        self._add_told(layout, "restarts", history.restarts, self.tr("The case was not closed and opened again."))
        requests = history.requests
        if not requests:
            layout.addWidget(style.label(self.tr("No request for help is recorded."), "quiet"))
            return
        text = tr("%n request for help|%n requests for help", len(requests))
        if history.concerns:
            text = f"{text}, {tr('about %n concern|about %n concerns', history.concerns)}"
        layout.addWidget(style.heading(text, 3))
        self._add_told(layout, "requests", requests, "")

    def _add_unmet(self, file: "HistoryFile") -> None:
        layout = self._card(self.tr("Needs unmet the longest"))
        for need in file.history.unmet:
            layout.addWidget(style.label(need.text))
        if not file.history.unmet:
            layout.addWidget(
                style.label(self.tr("No need was unmet in the latest assessment, or there is none yet."), "quiet")
            )

    def _add_tried(self, file: "HistoryFile") -> None:
        history = file.history
        layout = self._card(self.tr("What was tried, and whether it lasted"))
        self._add_told(layout, "tried", history.tried, self.tr("No support is recorded."))
        if history.gains_gone:
            layout.addWidget(style.heading(self.tr("Gains that did not last"), 3))
            for text in history.gains_gone:
                layout.addWidget(style.label(text))

    def _add_alerts(self, alerts: "Sequence[OpenAlert]") -> None:
        layout = self._card(self.tr("Open alerts"))
        if not alerts:
            layout.addWidget(style.label(self.tr("No alert is open."), "quiet"))
            return
        layout.addWidget(style.label(said.counts([each.alert for each in alerts]), "quiet"))
        # What is for today is never folded.
        shown = [each for place, each in enumerate(alerts) if place < _ALERTS or each.alert.level is Level.URGENT]
        folded = [each for each in alerts if each not in shown]
        layout.addWidget(self._alert_lines(shown))
        if folded:
            text = tr("%n more alert|%n more alerts", len(folded))
            self._add_fold(layout, "alerts", text, partial(self._alert_lines, folded))

    def _alert_lines(self, alerts: "Sequence[OpenAlert]") -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1))
        for each in alerts:
            text = each.counted or self.tr("It speaks of earlier grades, and stands with them below.")
            layout.addWidget(style.heading(f"{said.level(each.alert.level)} · {each.alert.row}", 3))
            layout.addWidget(style.label(text, "" if each.counted else "quiet"))
            layout.addWidget(style.label(each.alert.next))
        return made

    # Earlier grades ------------------------------------------------------------------------------

    def _add_grades(self, file: "HistoryFile") -> None:
        history = file.history
        graded = [each for each in history.alerts if each.graded]
        self.grades = None
        if file.latest is None and not history.unmet and not graded:
            return
        layout = self._card(self.tr("Earlier grades"))
        layout.addWidget(
            style.label(self.tr("They steer judgement. Open them if you have to; that you did is recorded."), "quiet")
        )
        self.grades = self._add_fold(layout, "grades", self.tr("Show the earlier grades"), partial(self._grades, file))

    def _grades(self, file: "HistoryFile") -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.space(1.5))
        latest = file.latest
        if latest is not None and latest.areas:
            window = words.window(latest.window) if latest.window is not None else ""
            layout.addWidget(style.heading(self.tr("Latest assessment, {window}").format(window=window), 3))
            labels = {area.code: area.label for area in file.pack.areas} if file.pack is not None else {}
            tiles = [grade_tile(area, labels.get(area.code, ""), file.pack) for area in latest.areas]
            layout.addWidget(Tiles(tiles, 46))
        for need in file.history.unmet:
            layout.addWidget(style.label(need.grades))
        for each in file.history.alerts:
            if each.graded:
                layout.addWidget(style.label(each.graded))
        self._draft.note_earlier(self.refresh)
        return made

    # What leads on -------------------------------------------------------------------------------

    def _add_day(self) -> None:
        layout = self._card(self.tr("A day in this child’s life"))
        layout.addWidget(
            style.label(
                self.tr(
                    "From waking to night: what is recorded of each part of the day, and where nobody has written "
                    "anything."
                ),
                "quiet",
            )
        )
        go = style.button(self.tr("Walk through the day"))
        go.setObjectName("history-day")
        go.clicked.connect(self._go_to_day)
        layout.addLayout(style.row(go))

    def _go_to_day(self) -> None:
        self.spot_wanted.emit(Spot(DAY))

    def _open(self, entry_id: str) -> None:
        self._draft.workspace.entry_shown_wanted.emit(self._draft.child.id, entry_id)

    def _note_read(self) -> None:
        from gcp2_app.services import case_history

        self._draft.record(case_history.note_read, self._go_on)

    def _go_on(self) -> None:
        self.refresh()
        self.spot_wanted.emit(Spot(BEFORE))
