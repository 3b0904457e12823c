"""The *Documents* tab: what can be made of a child's record, and what was given to whom."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gcp2_app.domain.users import Duty
from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.child.part_card import Action, Line, part_card
from gcp2_app.ui.child.tiles import Columns
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.reports.directory import group_cards
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.documents.offers import Offers
    from gcp2_app.ui.child.shown import Shown

_COLUMN_STEPS = 70
#: Reports given to somebody that are listed; the rest are in the timeline.
_MOST = 8


class DocumentsPage(QScrollArea):
    """Documents of one child, read once the tab is looked at.

    Attributes:
        notice: says what went wrong.
        offers: what is shown now, or None.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._shown: Shown | None = None
        self._stale = False
        self._asked = 0
        self._body: QWidget | None = None
        self.offers: Offers | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = QWidget()
        self._layout = QVBoxLayout(ground)
        margin = style.space(3)
        self._layout.setContentsMargins(margin, style.space(2), margin, margin)
        self._layout.setSpacing(style.space(2))
        self.notice = Notice()
        self._layout.addWidget(self.notice)
        self._layout.addStretch(1)
        self.setWidget(ground)

    def say(self, shown: "Shown") -> None:
        """Show a child; the record is read once the tab is looked at."""
        if self._shown is None or self._shown.child.id != shown.child.id:
            self._clear()
        self._shown = shown
        self._stale = True
        if self.isVisible():
            self._ask()

    def forget(self) -> None:
        """Let go of the child."""
        self._shown, self._stale = None, False
        self._asked += 1
        self.notice.clear()
        self._clear()

    def _ask(self) -> None:
        shown = self._shown
        if shown is None or not self._workspace.is_unlocked:
            return
        self._stale = False
        self._asked += 1
        session, asked = self._workspace.session, self._asked

        def work() -> "Offers":
            # What writes documents takes long to load, and no screen waits for it.
            from gcp2_app.services.documents import offers

            return offers.of_child(session, shown.child.id, why=shown.why)

        self._workspace.tasks.run(
            self,
            work,
            lambda found: self._show(asked, found),
            lambda error: self._fail(asked, error),
        )

    def _fail(self, asked: int, error: AppError) -> None:
        if asked == self._asked:
            self.notice.show_error(error)

    def _show(self, asked: int, found: "Offers") -> None:
        if asked != self._asked or self._shown is None:
            return
        self.notice.clear()
        focus = self.window().focusWidget()
        focused = focus.objectName() if isinstance(focus, QPushButton) and self.isAncestorOf(focus) else ""
        place = self.verticalScrollBar().value()
        self._clear()
        self.offers = found
        cards = group_cards(found.every, self._make)
        # The longest lists stand first: they go left, the rest beside what was shared.
        self._body = Columns(cards[:2], [self._make_shared(found), *cards[2:], self._make_others()], _COLUMN_STEPS)
        self._layout.insertWidget(1, self._body)
        self._body.show()
        self.verticalScrollBar().setValue(place)
        again = self._body.findChild(QWidget, focused) if focused else None
        if isinstance(again, QWidget) and self.isVisible():
            again.setFocus()

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

    def _clear(self) -> None:
        self.offers = None
        if self._body is not None:
            self._body.hide()
            self._body.setParent(None)
            self._body.deleteLater()
            self._body = None

    def _make(self, kind: str) -> None:
        if self._shown is not None:
            self._workspace.report_wanted.emit(self._shown.child.id, kind, "")

    def _open(self, entry_id: str, _checked: object = None) -> None:
        if self._shown is not None:
            self._workspace.entry_shown_wanted.emit(self._shown.child.id, entry_id)

    def _add_shared(self, _checked: object = None) -> None:
        from gcp2_app.services import entries
        from gcp2_app.ui.entry.dialog import add_entry

        if self._shown is not None:
            begin: dict[str, Any] = {"when": self._workspace.session.today().isoformat()}
            add_entry(self, self._workspace, self._shown, entries.kinds()["report_shared"], begin=begin)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._ask()
