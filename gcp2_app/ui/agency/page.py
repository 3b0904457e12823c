"""What is not yet in the agency's own record: the list, and writing down where each stands."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gcp2_app.errors import AppError
from gcp2_app.overriding import override
from gcp2_app.ui import style
from gcp2_app.ui.agency.ask import ask_agency_record
from gcp2_app.ui.agency.table import AgencyModel, AgencyTable, Column, Row
from gcp2_app.ui.empty import empty_room
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.notice import Notice
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.services.agency_record import Cursor, NotYet


class AgencyPage(QWidget):
    """What is written here and not there.

    Attributes:
        table: the list.
        mark, open, more: what can be done: write down where it stands, go to it, list more of them.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._rows: tuple[Row, ...] = ()
        self._titles: Mapping[str, str] = {}
        self._next: Cursor | None = None
        self._stale = True
        self._asked = 0
        self._model = AgencyModel(self)
        self.table = AgencyTable(self._model)
        self.notice = Notice()
        self.mark = style.button(self.tr("It is in the agency’s record…"), "primary")
        self.open = style.button(self.tr("Open"))
        self.more = style.button(self.tr("List more"))
        self.empty = empty_room(
            self.tr("Nothing is waiting"),
            self.tr("Entries and signed-off assessments stand here until you write down where they are in the record."),
        )
        self._nothing = QWidget()
        self.rooms = QStackedWidget()
        self._lay_out()
        self.setFocusProxy(self.table)
        self.table.chosen.connect(lambda _: self._mark())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._enable())
        self.mark.clicked.connect(lambda _=False: self._mark())
        self.open.clicked.connect(lambda _=False: self._open())
        self.more.clicked.connect(lambda _=False: self._ask(self._next))
        workspace.changed.connect(self._changed)
        workspace.locking.connect(self._end)
        self._enable()

    def _lay_out(self) -> None:
        for room in (self._nothing, self.empty, self.table):
            self.rooms.addWidget(room)
        bar = Flow()
        bar.setSpacing(style.space(1.5))
        for button in (self.mark, self.open, self.more):
            bar.addWidget(button)
        about = self.tr(
            "This store is a working copy. What is written here counts for others once it is in your agency’s own "
            "record: write down the reference and the day. The latest stand first."
        )
        layout = QVBoxLayout(self)
        margin = style.space(3)
        layout.setContentsMargins(margin, style.space(2), margin, style.space(2))
        layout.setSpacing(style.space(1.5))
        layout.addWidget(style.heading(self.tr("Not yet in the agency’s record")))
        layout.addWidget(style.label(about, "quiet"))
        layout.addWidget(self.notice)
        layout.addWidget(self.rooms, 1)
        layout.addLayout(bar)

    def refresh(self) -> None:
        """Ask for the first page again."""
        self._ask(None)

    def _ask(self, cursor: "Cursor | None") -> None:
        if not self._workspace.is_unlocked:
            return
        from gcp2_app.services import agency_record

        self._stale = False
        self._asked += 1
        session, asked = self._workspace.session, self._asked
        self._workspace.tasks.run(
            self,
            lambda: (agency_record.not_yet(session, cursor or agency_record.FIRST), agency_record.titles()),
            lambda answer: self._show(asked, *answer, first=cursor is None),
            lambda error: self._fail(asked, error),
        )

    def _show(self, asked: int, page: "NotYet", titles: Mapping[str, str], *, first: bool) -> None:
        if asked != self._asked:
            return
        self.notice.clear()
        here = max(self.table.currentIndex().row(), 0)
        listed = () if first else self._rows
        listed += tuple(Row("assessment", each) for each in page.assessments)
        self._rows = listed + tuple(Row("entry", each) for each in page.entries)
        self._titles, self._next = titles, page.next
        had_focus = self.table.hasFocus() or self.hasFocus() or self.more.hasFocus()
        self._model.show_rows(self._rows, titles)
        self.rooms.setCurrentWidget(self.table if self._rows or self._next is not None else self.empty)
        if self._rows:
            self.table.go_to(min(here, len(self._rows) - 1))
            if had_focus:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._enable()

    def _fail(self, asked: int, error: AppError) -> None:
        if asked == self._asked:
            self.notice.show_error(error)

    def _chosen(self) -> Row | None:
        return self._model.row(self.table.currentIndex().row())

    def _enable(self) -> None:
        chosen = self._chosen()
        self.mark.setEnabled(chosen is not None)
        self.open.setEnabled(chosen is not None)
        self.more.setVisible(self._next is not None)

    def _mark(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            about = ", ".join(self._model.say(chosen, column).spoken for column in Column)
            ask_agency_record(self, self._workspace, chosen.kind, chosen.unmarked.id, about=about)

    def _open(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        if chosen.kind == "assessment":
            self._workspace.assessment_wanted.emit(chosen.unmarked.id)
        else:
            self._workspace.child_wanted.emit(chosen.unmarked.children[0][0])

    def _changed(self, kind: str, _id: str) -> None:
        if kind in {"assessment", "entry", "child"}:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def _end(self) -> None:
        self._asked += 1
        self._stale = True
        self._rows, self._next = (), None
        self._model.show_rows((), {})
        self.notice.clear()
        self.rooms.setCurrentWidget(self._nothing)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
