"""The *Documents* tab: what can be made of a child's record, and what was given to whom."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from gcp2_app.domain.learning import Where
from gcp2_app.domain.users import Duty
from gcp2_app.overriding import override
from gcp2_app.ui.child.part_card import Action, Line, part_card
from gcp2_app.ui.child.record_part import RecordPart
from gcp2_app.ui.child.tiles import Columns
from gcp2_app.ui.reports.directory import group_cards
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.documents.offers import Offers
    from gcp2_app.services.session import Session
    from gcp2_app.ui.child.shown import Shown

_COLUMN_STEPS = 70
#: Reports given to somebody that are listed; the rest are in the timeline.
_MOST = 8


class DocumentsPage(RecordPart):
    """Documents of one child, read once the tab is looked at.

    Attributes:
        offers: what is shown now, or None.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        self.offers: Offers | None = None
        super().__init__(workspace, Where.REPORT, parent)

    @override
    def _load(self, session: "Session", shown: "Shown") -> "Offers":
        # What writes documents takes long to load, and no screen waits for it.
        from gcp2_app.services.documents import offers

        return offers.of_child(session, shown.child.id, why=shown.why)

    @override
    def _make(self, file: "Offers") -> QWidget:
        self.offers = file
        cards = group_cards(file.every, self._want_report)
        # The longest lists stand first: they go left, the rest beside what was shared.
        return Columns(cards[:2], [self._make_shared(file), *cards[2:], self._make_others()], _COLUMN_STEPS)

    def _make_shared(self, found: "Offers") -> QFrame:
        may_work = self._workspace.session.user.may(Duty.WORK_CASES)
        lines = [
            Line(
                text=each.document,
                details=each.lines,
                actions=(
                    Action(
                        f"shared-{each.id}",
                        self.tr("Open"),
                        partial(self._open, each.id),
                        self.tr("Open: {what}").format(what=f"{each.document}, {each.lines[0]}"),
                    ),
                ),
            )
            for each in found.shared[:_MOST]
        ]
        more = len(found.shared) - _MOST
        if more > 0:
            lines.append(Line(text=self.tr("%n earlier, in the timeline", "", more), past=True))
        add = Action("share-add", self.tr("Write down that something was shared…"), self._add_shared)
        return part_card(
            self.tr("What was given to whom"),
            lines,
            (add,) if may_work else (),
            self.tr("Nothing is written down yet. What stands here goes into the next report."),
        )

    def _make_others(self) -> QFrame:
        """Lead to what is saved from where it stands."""
        charts = Line(
            text=self.tr("Charts and their series"),
            details=(self.tr("Each is saved as a picture, or as a table, from the chart itself."),),
            actions=(Action("go-charts", self.tr("Open the charts"), partial(self._want, "tab", "overview")),),
        )
        frozen = Line(
            text=self.tr("Chronologies that were picked and frozen"),
            details=(self.tr("Versions as they were on a day, saved as CSV or for Excel."),),
            actions=(Action("go-chronologies", self.tr("Open them"), partial(self._want, "chronology", "")),),
        )
        may_work = self._workspace.session.user.may(Duty.WORK_CASES)
        return part_card(self.tr("Saved elsewhere"), (charts, frozen) if may_work else (charts,), (), "")

    def _want(self, kind: str, name: str, _checked: object = None) -> None:
        if self._shown is not None:
            self._workspace.entry_wanted.emit(self._shown.child.id, kind, name)

    @override
    def _clear(self) -> None:
        self.offers = None
        super()._clear()

    def _want_report(self, kind: str, meeting: str) -> None:
        if self._shown is not None:
            self._workspace.report_wanted.emit(self._shown.child.id, kind, meeting)

    def _add_shared(self, _checked: object = None) -> None:
        self._add("report_shared", {"when": self._workspace.session.today().isoformat()})
