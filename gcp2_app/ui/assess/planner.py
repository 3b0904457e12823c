"""The planner in the right-hand pane: where today stands in the window, and which visit covers what."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gcp2_app.domain.planning import countdown
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.assess import planner_words
from gcp2_app.ui.assess.draft import Draft
from gcp2_app.ui.assess.planner_visits import finder_of
from gcp2_app.ui.assess.planner_words import tr
from gcp2_app.ui.assess.steps import VISITS, Spot
from gcp2_app.ui.fold import Fold


class VisitLines(QWidget):
    """Each visit of the window on a line or two, with the units it brought evidence for."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._finder = finder_of(draft)
        self._said: tuple[tuple[str, str], ...] | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(max(2, style.space(0.5)))
        self._finder.found.connect(self.refresh)

    def refresh(self) -> None:
        """Show what is known now."""
        said = self._say()
        if said == self._said:
            return
        self._said = said
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for text, role in said:
            self._lines.addWidget(style.label(text, role))

    def _say(self) -> tuple[tuple[str, str], ...]:
        if self._finder.error is not None:
            return ((str(self._finder.error), "error"),)
        if self._finder.visits is None:
            return ((self.tr("Looking for visits…"), "quiet"),)
        found = self._finder.plan()
        lines: list[tuple[str, str]] = []
        for visit in found.visits:
            units = found.covered[visit.id]
            lines.append((planner_words.visit(visit), ""))
            covers = tr("evidence for {codes}").format(codes=", ".join(units)) if units else tr("no evidence from it")
            lines.append((covers, "quiet"))
        if not found.visits:
            lines.append((self.tr("No visit is written down in this window."), "quiet"))
        if found.elsewhere:
            text = self.tr("Evidence from elsewhere, or from no visit listed: {codes}")
            lines.append((text.format(codes=", ".join(found.elsewhere)), "quiet"))
        return tuple(lines)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._finder.look()
        self.refresh()


class PlannerFold(QWidget):
    """The countdown, the visits folded away, and the way to the page of visits.

    Attributes:
        days: says where today stands in the window.
        fold: opens the visits.
        plan: leads to the page of visits.
        spot_wanted: emitted with a Spot when the person asks to go there.
    """

    spot_wanted = Signal(object)

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._visits: VisitLines | None = None
        self.days = style.label("")
        self._beyond = style.label("", "quiet")
        self.fold = Fold(self.tr("Which visit covers what"), self._make)
        self.plan = style.button(self.tr("Plan the next visit"), "link")
        self.plan.clicked.connect(lambda: self.spot_wanted.emit(Spot(VISITS)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(max(2, style.space(0.5)))
        layout.addWidget(style.heading(self.tr("The window"), 3))
        layout.addWidget(self.days)
        layout.addWidget(self._beyond)
        layout.addWidget(self.fold)
        layout.addLayout(self.fold.place)
        layout.addLayout(style.row(self.plan))

    def refresh(self) -> None:
        """Show where today stands now."""
        draft = self._draft
        found = countdown(draft.pack, draft.value, draft.today)
        # Once it is finished nothing is counted down any more.
        shown = found is not None and draft.is_graded
        self.days.setVisible(shown)
        beyond = planner_words.beyond(found) if found is not None and shown else ""
        self._beyond.setText(beyond)
        self._beyond.setVisible(bool(beyond))
        if found is not None:
            self.days.setText(planner_words.countdown(found))
        self.setVisible(not draft.value.recorded_elsewhere and draft.value.window is not None)
        self.plan.setVisible(bool(draft.band))
        self.plan.setText(self.tr("Plan the next visit") if draft.is_graded else self.tr("Look at the visits"))
        if self._visits is not None and self._visits.isVisible():
            self._visits.refresh()

    def _make(self) -> QWidget:
        self._visits = VisitLines(self._draft)
        return self._visits
