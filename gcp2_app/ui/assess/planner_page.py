"""The page of visits: what they covered, what the next one has to look at, and how long the window still is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gcp2_app.domain.planning import Plan, countdown
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.assess import planner_words
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.planner_visits import finder_of
from gcp2_app.ui.assess.planner_words import NEEDS, tr
from gcp2_app.ui.assess.step_page import StepPage
from gcp2_app.ui.assess.steps import BEFORE, TARGETS, Spot, Step
from gcp2_app.ui.flow import Flow


class PlannerPage(StepPage):
    """What was covered, and what is left."""

    def __init__(self, draft: Draft, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(draft, step, parent=parent)
        self._finder = finder_of(draft)
        self._shown: tuple[object, ...] | None = None
        self._cards: list[QFrame] = []
        self.add_heading(
            self.tr("Visits"), self.tr("What the visits in this window covered, and what the next one has to look at.")
        )
        self._place = QVBoxLayout()
        self._place.setSpacing(style.space(2))
        self.body.addLayout(self._place)
        self._finder.found.connect(self.refresh)

    @override
    def refresh(self) -> None:
        draft = self._draft
        found = self._finder.plan()
        days = countdown(draft.pack, draft.value, draft.today)
        said = (found, days, draft.is_graded, self._finder.visits is None, self._finder.error)
        if said == self._shown:
            return
        self._shown = said
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = []
        self._write_window(found)
        if self._finder.error is not None:
            self._add_card("").addWidget(style.label(str(self._finder.error), "error"))
        elif self._finder.visits is None:
            self._add_card("").addWidget(style.label(self.tr("Looking for visits…"), "quiet"))
        else:
            if draft.is_graded:
                self._write_next(found)
            self._write_visits(found)
        for card in self._cards:
            card.show()

    @override
    def go_to(self, spot: Spot) -> None:
        if self.next is not None:
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)
        self.verticalScrollBar().setValue(0)

    def _write_window(self, found: Plan) -> None:
        draft = self._draft
        days = countdown(draft.pack, draft.value, draft.today)
        layout = self._add_card(self.tr("The window"))
        if days is None:
            layout.addWidget(style.label(self.tr("The window has no dates.")))
        elif draft.is_graded:
            layout.addWidget(style.label(planner_words.countdown(days)))
        else:
            layout.addWidget(style.label(tr("%n day long|%n days long", days.days)))
        beyond = planner_words.beyond(days) if days is not None else ""
        if beyond and days is not None and (draft.is_graded or days.days > days.usual_days):
            layout.addWidget(style.label(beyond))
            if draft.is_graded:
                self._add_link(layout, self.tr("Change the window"), Spot(BEFORE, field="window"))
        if found.late:
            layout.addWidget(style.heading(self.tr("After the window’s end"), 3))
            layout.addWidget(style.label("\n".join(planner_words.late(unit) for unit in found.late)))
        if found.earlier_review is not None:
            layout.addWidget(style.heading(self.tr("Review"), 3))
            layout.addWidget(style.label(planner_words.earlier_review(found.earlier_review)))
            if draft.may_write:
                self._add_link(layout, self.tr("Change the day of the review"), Spot(TARGETS, field="review_due"))

    def _write_next(self, found: Plan) -> None:
        pack = self._draft.pack
        layout = self._add_card(self.tr("For the next visit"))
        for child in found.child:
            layout.addWidget(style.label(planner_words.child_need(child)))
        for need in NEEDS:
            codes = found.units_that(need)
            if not codes:
                continue
            layout.addSpacing(style.space(1))
            layout.addWidget(style.heading(planner_words.need(need, pack), 3))
            flow = Flow()
            flow.setSpacing(style.space(1))
            for group in planner_words.groups(pack, self._draft.band, codes):
                link = style.button(group.text, "link")
                link.clicked.connect(lambda _=False, spot=group.spot: self.spot_wanted.emit(spot))
                flow.addWidget(link)
            layout.addLayout(flow)
        if not found.child and not found.needs:
            layout.addWidget(style.label(self.tr("Every unit has been seen, or has its reason. Nothing is left over.")))

    def _write_visits(self, found: Plan) -> None:
        layout = self._add_card(self.tr("Visits so far ({count})").format(count=len(found.visits)))
        if not found.visits:
            layout.addWidget(style.label(self.tr("No visit is written down in this window."), "quiet"))
        for visit in found.visits:
            layout.addSpacing(style.space(1))
            layout.addWidget(style.heading(planner_words.visit(visit), 3))
            layout.addWidget(style.label(planner_words.became(visit)))
            units = found.covered[visit.id]
            text = self.tr("Evidence for {codes}.").format(codes=", ".join(units))
            layout.addWidget(style.label(text if units else self.tr("No evidence comes from it."), "quiet"))
        if found.elsewhere:
            text = self.tr("Evidence from elsewhere, or from no visit listed: {codes}.")
            layout.addWidget(style.label(text.format(codes=", ".join(found.elsewhere)), "quiet"))

    def _add_card(self, heading: str) -> QVBoxLayout:
        frame, layout = style.card()
        if heading:
            layout.addWidget(style.heading(heading, 2))
        self._cards.append(frame)
        self._place.addWidget(frame)
        return layout

    def _add_link(self, layout: QVBoxLayout, text: str, spot: Spot) -> None:
        link = style.button(text, "link")
        link.clicked.connect(lambda _=False: self.spot_wanted.emit(spot))
        layout.addLayout(style.row(link))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._finder.look()
