"""The page of one child: the banner, and tabs below it.

Opening a restricted record asks why first. Whatever is shown belongs to the child asked for last.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QTabWidget, QVBoxLayout, QWidget

from gcp2_app.errors import AppError, MergedAway
from gcp2_app.overriding import override
from gcp2_app.ui import messages, style
from gcp2_app.ui.child.assessments import Assessments
from gcp2_app.ui.child.banner import Banner
from gcp2_app.ui.child.documents import DocumentsPage
from gcp2_app.ui.child.overview import Overview
from gcp2_app.ui.child.people import People
from gcp2_app.ui.health.page import HealthPage
from gcp2_app.ui.plans.page import PlansPage
from gcp2_app.ui.timeline.page import Timeline
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.ui.child.shown import Shown


class ChildPage(QWidget):
    """One child: Overview, Assessments, Timeline, Health, Plans & meetings, People, Documents."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._id = ""
        self._why = ""
        self._stale = False
        self._focused = ""
        self._entry = ""
        self._shown: Shown | None = None
        self.banner = Banner()
        self.overview = Overview(workspace)
        self.assessments = Assessments(workspace)
        self.timeline = Timeline(workspace)
        self.health = HealthPage(workspace)
        self.plans = PlansPage(workspace)
        self.people = People(workspace)
        self.documents = DocumentsPage(workspace)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setStyleSheet(f"QTabWidget::tab-bar {{ left: {style.space(2)}px; }}")
        self.tabs.setAccessibleName(self.tr("Parts of the record"))
        self.tabs.addTab(self.overview, self.tr("Overview"))
        self.tabs.addTab(self.assessments, self.tr("Assessments"))
        self.tabs.addTab(self.timeline, self.tr("Timeline"))
        self.tabs.addTab(self.health, self.tr("Health"))
        self.tabs.addTab(self.plans, self.tr("Plans && meetings"))
        self.tabs.addTab(self.people, self.tr("People"))
        self.tabs.addTab(self.documents, self.tr("Documents"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(self.tabs, 1)
        self.setFocusProxy(self.tabs.tabBar())
        self.overview.start_wanted.connect(self._start)
        self.overview.birth_wanted.connect(self._record_birth)
        self.overview.part_wanted.connect(self._change_part)
        self.assessments.start_wanted.connect(self._start)
        workspace.child_wanted.connect(self._begin_at_first)
        self.banner.requests.clicked.connect(lambda _=False: self._show_requests())
        self.banner.challenge.clicked.connect(lambda _=False: self._show_challenges())
        workspace.changed.connect(self._note_change)
        workspace.assessment_start_wanted.connect(self._start_for)
        workspace.entry_wanted.connect(self._add_entry)
        workspace.entry_shown_wanted.connect(self._show_entry)
        workspace.locking.connect(self._forget)
        self._hide()

    @property
    def child_id(self) -> str:
        """Id of the child asked for last, or empty."""
        return self._id

    def show_child(self, child_id: str) -> None:
        """Open a child's record."""
        if child_id != self._id:
            self._why = self._entry = ""
            self._id = child_id
            self._hide()
            self.tabs.setCurrentWidget(self.overview)
        self._read()

    def _read(self) -> None:
        from gcp2_app.ui.child.shown import load

        self._stale = False
        focus = self.focusWidget()
        if isinstance(focus, QPushButton):
            self._focused = focus.objectName()
        self._wait(waiting=True)
        session, child_id, why = self._workspace.session, self._id, self._why
        self._workspace.tasks.run(
            self,
            lambda: load(session, child_id, why),
            lambda shown: self._show(child_id, shown),
            lambda error: self._fail(child_id, error),
        )

    def _show(self, child_id: str, shown: "Shown") -> None:
        if child_id != self._id or not self._workspace.is_unlocked:
            return
        self._shown = shown
        self.banner.say(shown, practice=self._workspace.session.store.practice)
        self.overview.say(shown)
        self.assessments.say(shown)
        self.timeline.say(shown)
        self.health.say(shown)
        self.plans.say(shown)
        self.people.say(shown)
        self.documents.say(shown)
        self.banner.show()
        self.tabs.show()
        again = self.findChild(QWidget, self._focused) if self._focused else None
        self._focused = ""
        if again is not None:
            again.setFocus()
        if self._entry:
            self._show_entry(child_id, self._entry)

    def _fail(self, child_id: str, error: AppError) -> None:
        from gcp2_app.services.register import ReasonNeeded

        if child_id != self._id:
            return
        if isinstance(error, MergedAway):
            self._id = ""
            messages.show_error(self, error)
            self._workspace.child_wanted.emit(error.into)
        elif isinstance(error, ReasonNeeded):
            self._ask_why(child_id)
        else:
            messages.show_error(self, error)
            self._wait(waiting=False)
            self._leave()

    def _wait(self, *, waiting: bool) -> None:
        self.overview.wait(waiting=waiting)
        self.people.wait(waiting=waiting)

    def _ask_why(self, child_id: str) -> None:
        from gcp2_app.ui.forms.reason import ask_reason

        def given(why: str) -> None:
            if child_id == self._id:
                self._why = self._workspace.reasons[child_id] = why
                self._read()

        dialog = ask_reason(
            self,
            self._workspace,
            title=self.tr("This record is restricted"),
            about=self.tr("Say why you open it. Your name, the time and the reason are kept in the audit trail."),
            text=self.tr("Open the record"),
            then=given,
        )
        dialog.rejected.connect(self._leave)

    def _leave(self) -> None:
        if self._shown is None:
            self._id = ""
            if self._workspace.is_unlocked:
                self._workspace.back_wanted.emit()

    def _start(self) -> None:
        from gcp2_app.ui.child.start import start_assessment

        if self._shown is not None:
            start_assessment(self, self._workspace, self._shown, to_people=self._go_to_carers)

    def _go_to_carers(self) -> None:
        self.tabs.setCurrentWidget(self.people)
        add = self.people.findChild(QPushButton, "carer-add")
        if add is not None:
            add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_at_first(self, _child_id: str) -> None:
        """Show the first tab to whoever comes from elsewhere; the way back leads to where one was."""
        self.tabs.setCurrentWidget(self.overview)

    def _record_birth(self) -> None:
        from gcp2_app.ui.child.new_child import record_birth
        from gcp2_app.ui.child.people_changes import directory_of

        if self._shown is not None:
            record_birth(self, self._workspace, self._shown.child, directory_of(self._workspace, self._shown))

    def _start_for(self, child_id: str) -> None:
        if self._shown is not None and self._shown.child.id == child_id:
            self._start()

    def _add_entry(self, child_id: str, kind: str, type_: str) -> None:
        if self._shown is None or self._shown.child.id != child_id:
            return
        if kind == "referral":
            from gcp2_app.ui.referral.ways import ask_for_help

            ask_for_help(self, self._workspace, self._shown)
        elif kind == "challenge":
            self._show_challenges()
        elif kind == "requests":
            self._show_requests()
        elif kind == "letter":
            from gcp2_app.ui.referral.trigger_letter import write_to_mash

            write_to_mash(self, self._workspace, self._shown)
        elif kind == "chronology":
            self.tabs.setCurrentWidget(self.timeline)
            self.timeline.curate()
        elif kind == "tab":
            self._go_to_tab(type_)
        else:
            self.timeline.add_kind(kind, type_)

    def _go_to_tab(self, name: str) -> None:
        tab = {
            "overview": self.overview,
            "plans": self.plans,
            "health": self.health,
            "timeline": self.timeline,
            "documents": self.documents,
        }[name]
        self.tabs.setCurrentWidget(tab)
        self.tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_requests(self) -> None:
        from gcp2_app.ui.referral.ways import show_requests

        if self._shown is not None:
            show_requests(self, self._workspace, self._shown)

    def _show_challenges(self) -> None:
        from gcp2_app.ui.referral.ways import show_challenges

        if self._shown is not None:
            show_challenges(self, self._workspace, self._shown)

    def _show_entry(self, child_id: str, entry_id: str) -> None:
        if child_id != self._id:
            return
        if self._shown is None:  # It is being opened: the entry is shown once that is done.
            self._entry = entry_id
            return
        self._entry = ""
        self.tabs.setCurrentWidget(self.timeline)
        self.timeline.show_entry(entry_id)

    def _change_part(self, code: str) -> None:
        from gcp2_app.ui.child import new_child
        from gcp2_app.ui.child.people_changes import directory_of

        if self._shown is None:
            return
        directory = directory_of(self._workspace, self._shown)
        if code == "child":
            new_child.edit_child(self, self._workspace, self._shown.child, directory)
        else:
            new_child.edit_child_part(self, self._workspace, self._shown.child, code, directory)

    def _note_change(self, _kind: str, _id: str) -> None:
        self._stale = True
        if self.isVisible() and self._shown is not None:
            self._read()

    def _hide(self) -> None:
        self._shown = None
        self.banner.hide()
        self.tabs.hide()
        self.overview.forget()
        self.assessments.forget()
        self.timeline.forget()
        self.health.forget()
        self.plans.forget()
        self.people.forget()
        self.documents.forget()

    def _forget(self) -> None:
        self._id = self._why = self._entry = ""
        self._hide()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self._shown is not None:
            self._read()
