"""What stands around every page behind the unlock page: navigation, the PRACTICE band, notices, and the way back.

Pages are imported and made when they are first wanted.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gcp2_app.domain.users import Duty
from gcp2_app.ui import style
from gcp2_app.ui.day_watch import DayWatch
from gcp2_app.ui.flow import Flow
from gcp2_app.ui.place import Place, Screen
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from gcp2_app.ui.quick_find import Action

_ABOUT_VISITS: Final = frozenset({Screen.TODAY, Screen.BEFORE_VISIT, Screen.SORTING})


class Shell(QWidget):
    """The pages of one open store.

    It lives from unlock to lock, so that nothing of a case stays in a widget behind a locked door.

    Attributes:
        lock_wanted, danger_wanted: emitted when their button is pressed.
    """

    lock_wanted = Signal()
    danger_wanted = Signal()

    def __init__(self, workspace: Workspace, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._preferences = preferences
        self._pages: dict[Screen, tuple[QWidget, Callable[[Place], object]]] = {}
        self.nav: dict[Screen, QPushButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if workspace.session.store.practice:
            layout.addWidget(self._make_practice_band())
        layout.addWidget(self._make_bar())
        self._notices = QVBoxLayout()
        self._notices.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._notices)
        self._stack = QStackedWidget()
        layout.addWidget(self._stack, 1)
        self._idle_notice = self._make_idle_notice()
        self._connect()
        DayWatch(workspace, self)
        if workspace.session.user.may(Duty.READ_CASES):
            from gcp2_app.ui.alerts.background import AlertsInBackground

            AlertsInBackground(workspace, self)

    @property
    def screens(self) -> tuple[Screen, ...]:
        """The screens this user's roles open from the navigation."""
        return tuple(self.nav)

    @property
    def page(self) -> QWidget | None:
        """The page shown."""
        return self._stack.currentWidget()

    def begin(self) -> None:
        """Show the place the user left, or the first screen there is."""
        here = self._workspace.trail.here
        # Without its unit an assessment opens where its user left it, which is later than where they came in.
        if here is not None and here.screen is Screen.ASSESSMENT:
            here = here._replace(unit="")
        # Learning is for everybody, and nobody's first screen.
        first = next(screen for screen in self.screens if screen is not Screen.LEARNING)
        self.go(here or Place(first))

    def begin_neutral(self) -> None:
        """Show a page that names nobody; it is no place to come back to."""
        self._show(Place(Screen.TODAY))

    def go(self, place: Place) -> None:
        """Go to a place."""
        self._workspace.trail.go(place)
        self._show(place)

    def go_back(self) -> None:
        """Go to the place before."""
        place = self._workspace.trail.back()
        if place is not None:
            self._show(place)

    def make_ready(self) -> None:
        """Make the page of a child while nobody waits for it. It joins the others when the first child is opened."""
        if self._workspace.session.user.may(Duty.READ_CASES):
            self._make_once(Screen.CHILD)
            page, _ = self._pages[Screen.CHILD]
            if page.parent() is None:
                # It ends with the rest, but is none of the pages to be shown yet, so that it asks for no room.
                page.hide()
                page.setParent(self)

    def show_idle_warning(self, seconds: int) -> None:
        """Say that the store is about to lock itself."""
        self._idle_text.setText(
            self.tr("Nobody seems to be here. The store locks in {seconds} seconds; press any key to stay.").format(
                seconds=seconds
            )
        )
        self._idle_notice.show()

    def hide_idle_warning(self) -> None:
        """Take the warning away."""
        self._idle_notice.hide()

    def remind_of_kit(self) -> None:
        """Say that the recovery kit was never kept, and lead to where a new one is made."""
        frame, layout = self._make_notice()
        text = style.label(
            self.tr("The recovery kit of this store was never kept. Without it a lost passphrase is final.")
        )
        layout.addWidget(text, 1)
        make = style.button(self.tr("Make a new kit"))
        make.clicked.connect(lambda: self.go(Place(Screen.SETTINGS, "security")))
        make.clicked.connect(frame.hide)
        layout.addWidget(make)
        frame.show()

    def open_find(self) -> None:
        """Open the quick find."""
        from gcp2_app.ui.quick_find import QuickFind

        places = tuple((button.text(), place) for place, button in self._places())
        find = QuickFind(self._workspace, places, self, self._actions())
        find.place_wanted.connect(self.go)
        find.open()

    def _actions(self) -> "tuple[Action, ...]":
        """Return what can be done from here about the child shown, or after choosing one."""
        here = self._workspace.trail.here
        child = here.id if here is not None and here.screen is Screen.CHILD else ""
        user = self._workspace.session.user
        actions = [self._ask_for_help_action(child)] if user.may(Duty.WORK_CASES) else []
        if user.may(Duty.READ_CASES):
            actions.append(self._report_action(child))
        return tuple(actions)

    def _ask_for_help_action(self, child: str) -> "Action":
        from gcp2_app.forms.policy import shipped_policy
        from gcp2_app.ui.quick_find import Action

        policy = shipped_policy().referral
        names = (policy.alias, policy.name, "referral", self.tr("Ask for help"))
        if child:
            text = self.tr("{form} ({alias}) about this child").format(form=policy.name, alias=policy.alias)
            return Action(text, names, lambda: self._workspace.entry_wanted.emit(child, "referral", ""))
        text = self.tr("{form} ({alias}): choose the child first").format(form=policy.name, alias=policy.alias)
        return Action(text, names, self._want_caseload)

    def _report_action(self, child: str) -> "Action":
        from gcp2_app.ui.quick_find import Action

        names = tuple(self.tr("Export, print, letter, conference, chronology, document").split(", "))
        if child:
            run = partial(self._workspace.entry_wanted.emit, child, "tab", "documents")
            return Action(self.tr("Make a report about this child"), names, run)
        return Action(self.tr("Make a report: choose the child first"), names, self._want_reports)

    def _places(self) -> tuple[tuple[Place, QPushButton], ...]:
        return tuple((Place(screen), button) for screen, button in self.nav.items())

    def _connect(self) -> None:
        workspace = self._workspace
        # Methods of this widget, so that the connections end with it.
        workspace.caseload_wanted.connect(self._want_caseload)
        workspace.child_wanted.connect(self._want_child)
        workspace.assessment_wanted.connect(self._want_assessment)
        workspace.unit_wanted.connect(self._want_unit)
        workspace.family_wanted.connect(self._want_family)
        workspace.report_wanted.connect(self._want_report)
        workspace.settings_wanted.connect(self._want_settings)
        workspace.back_wanted.connect(self.go_back)
        workspace.visit_wanted.connect(self._want_visit)
        workspace.sorting_wanted.connect(self._want_sorting)
        workspace.learning_wanted.connect(self._want_learning)
        workspace.supervision_wanted.connect(self._want_supervision)
        workspace.review_wanted.connect(self._want_review)
        for keys, run in (
            (QKeySequence("Ctrl+K"), self.open_find),
            (QKeySequence("Alt+Left"), self.go_back),
        ):
            shortcut = QShortcut(keys, self)
            shortcut.activated.connect(run)

    def _want_caseload(self) -> None:
        self.go(Place(Screen.CASELOAD))

    def _want_reports(self) -> None:
        self.go(Place(Screen.REPORTS))

    def _want_settings(self, section: str) -> None:
        self.go(Place(Screen.SETTINGS, section))

    def _want_child(self, child_id: str) -> None:
        self.go(Place(Screen.CHILD, child_id))

    def _want_assessment(self, assessment_id: str) -> None:
        self.go(Place(Screen.ASSESSMENT, assessment_id))

    def _want_unit(self, assessment_id: str, unit: str) -> None:
        self.go(Place(Screen.ASSESSMENT, assessment_id, unit))

    def _want_family(self, assessment_id: str, unit: str) -> None:
        self.go(Place(Screen.FAMILY, assessment_id, unit))

    def _want_visit(self, child_id: str) -> None:
        self.go(Place(Screen.BEFORE_VISIT, child_id))

    def _want_sorting(self, visit_id: str) -> None:
        self.go(Place(Screen.SORTING, visit_id))

    def _want_learning(self, place: str) -> None:
        self.go(Place(Screen.LEARNING, place))

    def _want_supervision(self, place: str) -> None:
        self.go(Place(Screen.SUPERVISION, place))

    def _want_review(self) -> None:
        self.go(Place(Screen.REVIEW))

    def _want_report(self, child_id: str, report: str, matter: str) -> None:
        self.go(Place(Screen.REPORT, child_id, matter, report))

    def _show(self, place: Place) -> None:
        self._make_once(place.screen)
        page, point = self._pages[place.screen]
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        point(place)
        for screen, button in self.nav.items():
            button.setChecked(screen is place.screen)
        self.back_button.setEnabled(self._workspace.trail.can_go_back)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_once(self, screen: Screen) -> None:
        if screen not in self._pages:
            make = self._make_visit_page if screen in _ABOUT_VISITS else self._make_page
            self._pages[screen] = make(screen)

    def _make_page(self, screen: Screen) -> tuple[QWidget, Callable[[Place], object]]:
        """Return a new page and what has it show a place."""
        workspace = self._workspace
        if screen is Screen.CASELOAD:
            from gcp2_app.ui.caseload.page import CaseloadPage

            return CaseloadPage(workspace), lambda _: None
        if screen is Screen.CHILD:
            from gcp2_app.ui.child.page import ChildPage

            child = ChildPage(workspace)
            return child, lambda place: child.show_child(place.id)
        if screen is Screen.ASSESSMENT:
            from gcp2_app.ui.assess.page import AssessPage

            assessment = AssessPage(workspace)
            return assessment, lambda place: assessment.show_assessment(place.id, place.unit)
        if screen is Screen.REPORT:
            from gcp2_app.ui.reports.report_page import ReportPage

            report = ReportPage(workspace)
            return report, lambda place: report.show_report(place.report, place.id, place.unit)
        if screen in {Screen.REVIEW, Screen.AGENCY, Screen.ALERTS}:
            return self._make_list(screen), lambda _: None
        makers = {
            Screen.REPORTS: self._make_reports,
            Screen.FAMILY: self._make_family,
            Screen.LEARNING: self._make_learning,
            Screen.SUPERVISION: self._make_supervision,
        }
        return makers.get(screen, self._make_settings)()

    def _make_reports(self) -> tuple[QWidget, Callable[[Place], object]]:
        from gcp2_app.ui.reports.start_page import ReportsPage

        reports = ReportsPage(self._workspace)
        return reports, lambda place: reports.show_child(place.id)

    def _make_learning(self) -> tuple[QWidget, Callable[[Place], object]]:
        from gcp2_app.ui.learn.page import LearningPage

        learning = LearningPage(self._workspace)
        return learning, lambda place: learning.show_place(place.id)

    def _make_supervision(self) -> tuple[QWidget, Callable[[Place], object]]:
        from gcp2_app.ui.supervise.page import SupervisePage

        supervision = SupervisePage(self._workspace)
        return supervision, lambda place: supervision.show_place(place.id)

    def _make_family(self) -> tuple[QWidget, Callable[[Place], object]]:
        from gcp2_app.ui.family.page import FamilyPage

        family = FamilyPage(self._workspace)
        return family, lambda place: family.show_family(place.id, place.unit)

    def _make_settings(self) -> tuple[QWidget, Callable[[Place], object]]:
        from gcp2_app.ui.settings.page import SettingsPage

        settings = SettingsPage(self._workspace, self._preferences)
        return settings, lambda place: settings.show_section(place.id)

    def _make_list(self, screen: Screen) -> QWidget:
        """Return the new page of a list that is about no one child."""
        if screen is Screen.REVIEW:
            from gcp2_app.ui.reports.review import ReviewPage

            return ReviewPage(self._workspace)
        if screen is Screen.ALERTS:
            from gcp2_app.ui.alerts.page import AlertsPage

            return AlertsPage(self._workspace)
        from gcp2_app.ui.agency.page import AgencyPage

        return AgencyPage(self._workspace)

    def _make_visit_page(self, screen: Screen) -> tuple[QWidget, Callable[[Place], object]]:
        from gcp2_app.ui.visit import pages

        return pages.make_page(screen, self._workspace, self.begin)

    def _make_practice_band(self) -> QFrame:
        band = QFrame()
        band.setProperty("role", "practice")
        layout = QHBoxLayout(band)
        layout.setContentsMargins(style.space(2), max(1, style.space(0.3)), style.space(2), max(1, style.space(0.3)))
        name = style.label(self.tr("PRACTICE"), wrap=False)
        font = name.font()
        font.setWeight(font.Weight.Bold)
        name.setFont(font)
        layout.addWidget(name)
        layout.addWidget(style.label(self.tr("A made-up family. Put nothing about real people here."), wrap=False), 1)
        return band

    def _make_bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "bar")
        flow = Flow(bar)
        flow.setContentsMargins(style.space(1), 0, style.space(1), 0)
        flow.setSpacing(style.space(1))
        self.back_button = self._nav_button(self.tr("← Back"), self.go_back)
        self.back_button.setAccessibleName(self.tr("Back"))
        self.back_button.setToolTip(self.tr("Back to the page before (Alt+Left)"))
        self.back_button.setEnabled(False)
        flow.addWidget(self.back_button)
        user = self._workspace.session.user
        for screen, text, duty in (
            (Screen.CASELOAD, self.tr("Caseload"), Duty.READ_CASES),
            (Screen.ALERTS, self.tr("Alerts"), Duty.READ_CASES),
            (Screen.REVIEW, self.tr("Review queue"), Duty.SIGN_OFF),
            (Screen.SUPERVISION, self.tr("Supervision"), Duty.SUPERVISE),
            (Screen.REPORTS, self.tr("Reports"), Duty.READ_CASES),
            (Screen.AGENCY, self.tr("Agency record"), Duty.WORK_CASES),
            (Screen.LEARNING, self.tr("Learning"), None),
            (Screen.SETTINGS, self.tr("Settings"), None),
        ):
            if duty is None or user.may(duty):
                button = self._nav_button(text, lambda _=False, screen=screen: self.go(Place(screen)))
                button.setCheckable(True)
                self.nav[screen] = button
                flow.addWidget(button)
        flow.push()
        if user.may(Duty.READ_CASES):
            self.find_button = self._nav_button(self.tr("Find a child"), self.open_find)
            self.find_button.setToolTip(self.tr("Find a child or a screen (Ctrl+K)"))
            flow.addWidget(self.find_button)
        self.danger_button = self._nav_button(self.tr("Child in danger?"), self.danger_wanted.emit)
        flow.addWidget(self.danger_button)
        self.lock_button = style.button(self.tr("Lock  F9"))
        self.lock_button.setToolTip(self.tr("Close the store and hide everything (F9)"))
        self.lock_button.clicked.connect(self.lock_wanted)
        flow.addWidget(self.lock_button)
        return bar

    def _nav_button(self, text: str, pressed: Callable[..., object]) -> QPushButton:
        button = style.button(text, "nav")
        button.clicked.connect(pressed)
        return button

    def _make_notice(self) -> tuple[QFrame, QHBoxLayout]:
        frame = QFrame()
        frame.setProperty("role", "warning")
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(style.space(2), style.space(1), style.space(2), style.space(1))
        self._notices.addWidget(frame)
        return frame, layout

    def _make_idle_notice(self) -> QFrame:
        frame, layout = self._make_notice()
        self._idle_text = style.label()
        layout.addWidget(self._idle_text, 1)
        frame.hide()
        return frame
