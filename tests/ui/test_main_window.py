"""The window from unlock to lock: navigation, the way back, quick find, and what stays behind, which is nothing."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.register import Agency
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.errors import NotFound, StoreError
from gcp2_app.services import entries, stores
from gcp2_app.services.session import Session
from gcp2_app.storage.cost import FLOOR
from gcp2_app.ui import style
from gcp2_app.ui.assess.page import AssessPage
from gcp2_app.ui.caseload.page import CaseloadPage
from gcp2_app.ui.child.page import ChildPage
from gcp2_app.ui.colours import Theme
from gcp2_app.ui.danger import DangerCard
from gcp2_app.ui.main_window import MainWindow
from gcp2_app.ui.place import Place, Screen
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.quick_find import QuickFind
from gcp2_app.ui.reports.report_page import ReportPage
from gcp2_app.ui.reports.start_page import ReportsPage
from gcp2_app.ui.settings.page import SettingsPage
from gcp2_app.ui.shell import Shell
from gcp2_app.ui.unlock.page import UnlockPage
from gcp2_app.ui.workspace import Workspace
from tests.stores import PASSPHRASE, add_user
from tests.ui import families
from tests.ui.conftest import OnDatabase

WAIT_MS = 30_000


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "gcp2.ini"), QSettings.Format.IniFormat))


def make_store(folder: Path, *, practice: bool = False) -> None:
    """Make a store of sam, with the Ash family, and of others with a role each."""
    setup = stores.SetUp(
        sign_in_name="sam",
        name="Sam Rowan",
        role="social worker",
        agency=Agency.CHILDRENS_SOCIAL_CARE,
        passphrase=PASSPHRASE,
        practice=practice,
    )
    session = stores.create(folder, setup, cost=FLOOR).session
    families.add_family(session, folder.parent)
    for role in (Role.ADMINISTRATOR, Role.PRACTITIONER):
        add_user(session, role.value, role)
    stores.lock(session)


@pytest.fixture
def store(on_database: OnDatabase, tmp_path: Path) -> Path:
    on_database(lambda: make_store(tmp_path / "store"))
    return tmp_path / "store"


@pytest.fixture
def window(workspace: Workspace, preferences: Preferences, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(workspace, preferences)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


def unlock_page(window: MainWindow) -> UnlockPage:
    page = window.entry.currentWidget()
    assert isinstance(page, UnlockPage)
    return page


def unlock(window: MainWindow, qtbot: QtBot, name: str = "sam") -> Shell:
    """Unlock by typing, and return what is behind once its page is shown."""
    page = unlock_page(window)
    qtbot.waitUntil(lambda: page.names.count() > 1 and page.unlock_button.isEnabled(), timeout=WAIT_MS)
    page.names.setCurrentText(name)
    QTest.keyClicks(page.passphrase.line, PASSPHRASE)
    QTest.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=WAIT_MS)
    return shell_of(window)


def shell_of(window: MainWindow) -> Shell:
    shell = window.shell
    assert shell is not None
    return shell


@pytest.fixture
def shell(window: MainWindow, store: Path, qtbot: QtBot) -> Shell:
    window.open_store(store)
    return unlock(window, qtbot)


def settle(workspace: Workspace, qtbot: QtBot) -> None:
    """Wait until the database thread has nothing left to do."""
    arrived: list[bool] = []
    workspace.tasks.run(workspace, lambda: True, arrived.append)
    qtbot.waitUntil(lambda: bool(arrived), timeout=WAIT_MS)


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key as the system delivers it."""
    handle = widget.window().windowHandle()
    assert handle is not None
    QTest.keyClick(handle, key, modifier)


def texts(widget: QWidget) -> str:
    """Return everything the labels below a widget say."""
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_unlocking_leads_to_the_caseload_and_the_title_names_no_child(
    window: MainWindow, shell: Shell, workspace: Workspace, qtbot: QtBot
) -> None:
    assert isinstance(shell.page, CaseloadPage)
    assert shell.nav[Screen.CASELOAD].isChecked()
    workspace.child_wanted.emit(families.CHILD)
    settle(workspace, qtbot)
    assert window.windowTitle() == QApplication.applicationName()
    assert "PRACTICE" not in texts(window)
    status = texts(window.statusBar())
    assert "Store: store" in status
    assert "Signed in: sam" in status


@pytest.mark.usefixtures("shell")
def test_locking_destroys_what_was_shown_and_closes_the_store(
    window: MainWindow, workspace: Workspace, on_database: OnDatabase, store: Path, qtbot: QtBot
) -> None:
    shell = shell_of(window)
    workspace.child_wanted.emit(families.CHILD)
    settle(workspace, qtbot)
    with qtbot.waitSignal(shell.destroyed):
        QTest.mouseClick(shell.lock_button, Qt.MouseButton.LeftButton)
    assert window.shell is None
    assert not workspace.is_unlocked
    assert not window.statusBar().isVisible()
    assert unlock_page(window).isVisible()
    assert not window.findChildren(ChildPage)
    # Closed: it can be opened by someone else.
    session = on_database(lambda: stores.unlock(store, "sam", PASSPHRASE))
    on_database(lambda: stores.lock(session))


def test_f9_locks_and_the_cursor_waits_for_the_passphrase(
    window: MainWindow, shell: Shell, workspace: Workspace, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(shell.destroyed):
        press(window, Qt.Key.Key_F9)
    settle(workspace, qtbot)
    page = unlock_page(window)
    qtbot.waitUntil(lambda: window.focusWidget() is page.passphrase.line)


def test_f9_locks_over_an_open_dialog_and_takes_it_along(
    window: MainWindow, shell: Shell, workspace: Workspace, qtbot: QtBot
) -> None:
    window.show_danger_card()
    shell.open_find()
    find = shell.findChildren(QuickFind)[0]
    qtbot.waitExposed(find)
    settle(workspace, qtbot)
    press(find, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: not isValid(shell) and not isValid(find))
    qtbot.waitUntil(lambda: not window.findChildren(DangerCard))
    assert window.shell is None


def test_the_same_user_returns_to_the_same_place_and_another_does_not(
    window: MainWindow, shell: Shell, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.child_wanted.emit(families.CHILD)
    assert isinstance(shell.page, ChildPage)
    window.lock()
    again = unlock(window, qtbot)
    assert isinstance(again.page, ChildPage)
    assert workspace.trail.here == Place(Screen.CHILD, families.CHILD)
    again.go_back()
    assert workspace.trail.here == Place(Screen.CASELOAD)
    again.go(Place(Screen.CHILD, families.CHILD))
    window.lock()

    other = unlock(window, qtbot, "practitioner")
    assert isinstance(other.page, CaseloadPage)
    assert not workspace.trail.can_go_back


def test_pages_are_kept_and_alt_left_goes_back(
    window: MainWindow, shell: Shell, workspace: Workspace, qtbot: QtBot
) -> None:
    caseload = shell.page
    assert not shell.back_button.isEnabled()
    workspace.child_wanted.emit(families.CHILD)
    workspace.child_wanted.emit(families.BABY)
    QTest.mouseClick(shell.nav[Screen.SETTINGS], Qt.MouseButton.LeftButton)
    assert isinstance(shell.page, SettingsPage)
    assert shell.nav[Screen.SETTINGS].isChecked()
    settle(workspace, qtbot)
    for expected in (Place(Screen.CHILD, families.BABY), Place(Screen.CHILD, families.CHILD), Place(Screen.CASELOAD)):
        press(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        assert workspace.trail.here == expected
    assert shell.page is caseload
    assert not shell.back_button.isEnabled()
    workspace.back_wanted.emit()
    assert shell.page is caseload
    settle(workspace, qtbot)


def test_the_page_made_ready_out_of_sight_is_the_one_the_first_child_is_shown_on(
    window: MainWindow, shell: Shell, workspace: Workspace, qtbot: QtBot
) -> None:
    settle(workspace, qtbot)
    room = window.minimumSizeHint()
    window.make_ready()
    window.make_ready()
    (ready,) = shell.findChildren(ChildPage)
    assert not ready.isVisible()
    assert shell.page is not ready
    assert window.minimumSizeHint() == room

    workspace.child_wanted.emit(families.CHILD)
    assert shell.page is ready
    qtbot.waitUntil(ready.tabs.isVisible, timeout=WAIT_MS)
    window.make_ready()
    assert shell.page is ready
    settle(workspace, qtbot)


def test_nothing_is_made_ready_for_who_reads_no_cases_or_once_it_is_locked(
    window: MainWindow, store: Path, workspace: Workspace, qtbot: QtBot
) -> None:
    window.open_store(store)
    shell = unlock(window, qtbot, "administrator")
    window.make_ready()
    assert not shell.findChildren(ChildPage)
    settle(workspace, qtbot)
    window.lock()
    window.make_ready()
    assert window.shell is None


def test_the_caseload_can_be_asked_for_from_anywhere(shell: Shell, workspace: Workspace, qtbot: QtBot) -> None:
    shell.go(Place(Screen.SETTINGS))
    workspace.caseload_wanted.emit()
    assert isinstance(shell.page, CaseloadPage)
    settle(workspace, qtbot)


def test_a_section_of_the_settings_can_be_asked_for_from_anywhere(
    shell: Shell, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.settings_wanted.emit("packs")
    page = shell.page
    assert isinstance(page, SettingsPage)
    assert workspace.trail.here == Place(Screen.SETTINGS, "packs")
    assert page.list.currentRow() == page.section_ids.index("packs")
    settle(workspace, qtbot)


def test_a_window_that_went_with_the_lock_hears_no_more_of_what_is_asked_for(
    window: MainWindow, shell: Shell, workspace: Workspace, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(shell.destroyed):
        press(window, Qt.Key.Key_F9)
    again = unlock(window, qtbot)
    workspace.settings_wanted.emit("packs")
    assert isinstance(again.page, SettingsPage)
    settle(workspace, qtbot)


def shown(shell: Shell, kind: type[QWidget]) -> bool:
    return isinstance(shell.page, kind)


def test_a_report_is_a_place_of_its_own(
    shell: Shell, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    session = workspace.session

    def first_assessment() -> str:
        with session.store.transaction() as tx:
            return tx.assessments.of_child(families.CHILD)[0].id

    assessment = on_database(first_assessment)
    workspace.report_wanted.emit(families.CHILD, "assessment", assessment)
    assert shown(shell, ReportPage)
    assert workspace.trail.here == Place(Screen.REPORT, families.CHILD, assessment, "assessment")
    settle(workspace, qtbot)
    workspace.assessment_wanted.emit(assessment)
    assert shown(shell, AssessPage)
    workspace.unit_wanted.emit(assessment, "A1.a")
    settle(workspace, qtbot)
    shell.go_back()
    assert shown(shell, ReportPage)
    settle(workspace, qtbot)


def test_the_navigation_holds_what_the_roles_open(
    window: MainWindow, shell: Shell, workspace: Workspace, qtbot: QtBot
) -> None:
    assert shell.screens == (
        Screen.CASELOAD,
        Screen.ALERTS,
        Screen.REVIEW,
        Screen.SUPERVISION,
        Screen.REPORTS,
        Screen.AGENCY,
        Screen.LEARNING,
        Screen.SETTINGS,
    )
    window.lock()
    administrator = unlock(window, qtbot, "administrator")
    # This role opens no case, and does not begin with reading.
    assert administrator.screens == (Screen.LEARNING, Screen.SETTINGS)
    assert isinstance(administrator.page, SettingsPage)
    settle(workspace, qtbot)


def test_ctrl_k_finds_a_child_by_part_of_a_name(
    window: MainWindow, shell: Shell, workspace: Workspace, qtbot: QtBot
) -> None:
    settle(workspace, qtbot)
    press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    find = shell.findChildren(QuickFind)[0]
    qtbot.waitUntil(lambda: find.found.count() == 3, timeout=WAIT_MS)
    QTest.keyClicks(find.line, "robin")
    qtbot.waitUntil(lambda: find.found.count() == 1, timeout=WAIT_MS)
    QTest.keyClick(find.line, Qt.Key.Key_Return)
    assert workspace.trail.here == Place(Screen.CHILD, families.CHILD)
    settle(workspace, qtbot)


def test_ctrl_k_finds_screens_and_arrows_choose(shell: Shell, workspace: Workspace, qtbot: QtBot) -> None:
    shell.open_find()
    find = shell.findChildren(QuickFind)[0]
    qtbot.waitUntil(lambda: find.found.count() == 3, timeout=WAIT_MS)
    for key, row in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Down, 2), (Qt.Key.Key_Down, 2), (Qt.Key.Key_Up, 1)):
        QTest.keyClick(find.line, key)
        assert find.found.currentRow() == row
    QTest.keyClicks(find.line, "settings")
    qtbot.waitUntil(
        lambda: [find.found.item(row).text() for row in range(find.found.count())] == ["Go to Settings"],
        timeout=WAIT_MS,
    )
    QTest.keyClick(find.line, Qt.Key.Key_Return)
    assert isinstance(shell.page, SettingsPage)
    settle(workspace, qtbot)


def test_ctrl_k_leads_to_the_documents_of_the_child_shown_and_to_reports_from_elsewhere(
    shell: Shell, workspace: Workspace, qtbot: QtBot
) -> None:
    def chooses(text: str) -> None:
        shell.open_find()
        find = next(each for each in shell.findChildren(QuickFind) if each.isVisible())
        QTest.keyClicks(find.line, "chronology")
        qtbot.waitUntil(
            lambda: [find.found.item(row).text() for row in range(find.found.count())] == [text], timeout=WAIT_MS
        )
        QTest.keyClick(find.line, Qt.Key.Key_Return)

    chooses("Make a report: choose the child first")
    assert shown(shell, ReportsPage)
    settle(workspace, qtbot)
    workspace.child_wanted.emit(families.CHILD)
    page = shell.page
    assert isinstance(page, ChildPage)
    qtbot.waitUntil(page.tabs.isVisible, timeout=WAIT_MS)
    chooses("Make a report about this child")
    assert page.tabs.currentWidget() is page.documents
    settle(workspace, qtbot)


def test_ctrl_k_finds_an_entry_by_its_words_and_opens_it(
    shell: Shell, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    def write() -> str:
        source = Source(agency=Agency.CHILDRENS_SOCIAL_CARE)
        day = When.on(workspace.session.today())
        what = "The stair gate was put up while we were there."
        note = Entry(id="", kind="note", children=(families.CHILD,), when=day, known=day, source=source, what=what)
        return entries.add(workspace.session, note).id

    id_ = on_database(write)
    shell.open_find()
    find = shell.findChildren(QuickFind)[0]
    QTest.keyClicks(find.line, "stair ga")
    qtbot.waitUntil(lambda: find.found.count() == 1, timeout=WAIT_MS)
    assert ": Note, " in find.found.item(0).text()
    assert "stair gate" in find.found.item(0).text()
    QTest.keyClick(find.line, Qt.Key.Key_Return)
    assert workspace.trail.here == Place(Screen.CHILD, families.CHILD)
    page = shell.page
    assert isinstance(page, ChildPage)
    qtbot.waitUntil(lambda: page.tabs.currentWidget() is page.timeline, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: page.timeline.pane.entry_id == id_, timeout=WAIT_MS)
    settle(workspace, qtbot)


def test_nothing_found_is_said(shell: Shell, workspace: Workspace, qtbot: QtBot) -> None:
    shell.open_find()
    find = shell.findChildren(QuickFind)[0]
    QTest.keyClicks(find.line, "qqqq")
    qtbot.waitUntil(lambda: "Nothing found" in texts(find), timeout=WAIT_MS)
    QTest.keyClick(find.line, Qt.Key.Key_Return)
    assert find.isVisible()
    find.close()
    settle(workspace, qtbot)


def test_practice_is_said_on_every_page(
    window: MainWindow, workspace: Workspace, on_database: OnDatabase, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "practice"
    on_database(lambda: make_store(folder, practice=True))
    window.open_store(folder)
    shell = unlock(window, qtbot)
    for screen in shell.screens:
        shell.go(Place(screen))
        settle(workspace, qtbot)
        bands = [frame for frame in shell.findChildren(QFrame) if frame.property("role") == "practice"]
        assert "PRACTICE" in texts(bands[0])
        assert "PRACTICE" in texts(window.statusBar())
    assert "PRACTICE" in window.windowTitle()
    window.lock()
    assert "PRACTICE" not in window.windowTitle()


def test_the_store_warns_and_locks_when_nobody_is_here(
    workspace: Workspace, window: MainWindow, shell: Shell, qtbot: QtBot
) -> None:
    assert window.idle.is_running
    settle(workspace, qtbot)
    window.idle.warned.emit(20)
    assert "locks in 20 seconds" in texts(shell)
    window.idle.stayed.emit()
    assert "locks in" not in texts(shell)
    window.idle.expired.emit()
    assert window.shell is None
    assert "locked itself" in unlock_page(window).notice.text
    assert not window.idle.is_running


def test_the_status_bar_says_when_changes_were_saved_and_when_not(
    window: MainWindow, shell: Shell, workspace: Workspace, qtbot: QtBot
) -> None:
    del shell
    settle(workspace, qtbot)
    bar = window.statusBar()
    assert "saved" not in texts(bar)
    workspace.changed.emit("child", families.CHILD)
    assert "All changes saved" in texts(bar)
    workspace.not_saved.emit()
    assert "Not saved yet" in texts(bar)
    assert "All changes saved" not in texts(bar)
    workspace.changed.emit("child", families.CHILD)
    assert "All changes saved" in texts(bar)
    with qtbot.waitSignal(workspace.tasks.busy_changed):
        workspace.tasks.run(workspace, lambda: None)
        assert "Working" in texts(bar)
    assert "Working" not in texts(bar)
    settle(workspace, qtbot)


def test_an_error_nobody_handles_is_shown_with_its_mend(
    window: MainWindow, shell: Shell, workspace: Workspace, qtbot: QtBot
) -> None:
    del shell

    def refuse() -> None:
        raise NotFound("It is not there.", "Look elsewhere.")

    workspace.tasks.run(window, refuse)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    box = window.findChildren(QMessageBox)[0]
    assert (box.text(), box.informativeText()) == ("It is not there.", "Look elsewhere.")
    box.accept()
    settle(workspace, qtbot)


def test_closing_the_window_closes_the_store(
    window: MainWindow, shell: Shell, workspace: Workspace, store: Path, preferences: Preferences
) -> None:
    del shell
    window.close()
    assert not workspace.is_unlocked
    assert not preferences.geometry.isEmpty()
    # Another process, or here another thread, may hold it now.
    try:
        session = stores.unlock(store, "sam", PASSPHRASE)
    except StoreError as error:
        pytest.fail(str(error))
    stores.lock(session)


@pytest.fixture
def plain_look(qapp: QApplication) -> Iterator[None]:
    """The light theme at the platform's text size, before and after."""
    style.apply(qapp, Theme.LIGHT, 1.0)
    yield
    style.apply(qapp, Theme.LIGHT, 1.0)


@pytest.mark.usefixtures("plain_look", "shell")
def test_a_new_look_rebuilds_the_pages_where_one_is(
    window: MainWindow, workspace: Workspace, preferences: Preferences, qtbot: QtBot
) -> None:
    shell = shell_of(window)
    shell.go(Place(Screen.SETTINGS, "appearance"))
    before = style.space(10)
    preferences.theme = Theme.LIGHT
    preferences.text_scale = 2.0
    rebuilt = shell_of(window)
    assert rebuilt is not shell
    assert workspace.trail.here == Place(Screen.SETTINGS, "appearance")
    assert style.space(10) > 1.5 * before
    settle(workspace, qtbot)


@pytest.mark.usefixtures("plain_look", "shell")
def test_everything_in_the_bar_fits_at_twice_the_text_size(
    window: MainWindow, workspace: Workspace, preferences: Preferences, qtbot: QtBot
) -> None:
    preferences.text_scale = 2.0
    shell = shell_of(window)
    qtbot.waitUntil(shell.lock_button.isVisible)
    settle(workspace, qtbot)
    for button in (*shell.nav.values(), shell.find_button, shell.danger_button, shell.lock_button):
        assert button.width() >= button.sizeHint().width()
        assert button.mapTo(window, button.rect().topRight()).x() <= window.width()


def test_a_store_whose_kit_was_never_kept_says_so(
    window: MainWindow, store: Path, preferences: Preferences, workspace: Workspace, qtbot: QtBot
) -> None:
    preferences.set_kit_kept(store, kept=False)
    window.open_store(store)
    shell = unlock(window, qtbot)
    assert "recovery kit of this store was never kept" in texts(shell)
    settle(workspace, qtbot)


@pytest.mark.usefixtures("shell")
def test_a_session_of_another_store_starts_with_no_way_back(
    window: MainWindow, workspace: Workspace, on_database: OnDatabase, tmp_path: Path, qtbot: QtBot
) -> None:
    shell_of(window).go(Place(Screen.SETTINGS))
    window.lock()
    other = tmp_path / "other"
    on_database(partial(make_store, other))
    window.open_store(other)
    unlock(window, qtbot)
    assert workspace.trail.here == Place(Screen.CASELOAD)
    settle(workspace, qtbot)


def test_a_result_that_arrives_after_the_lock_is_not_delivered(
    window: MainWindow, shell: Shell, workspace: Workspace, qtbot: QtBot
) -> None:
    arrived: list[bool] = []
    settle(workspace, qtbot)
    workspace.tasks.run(shell, lambda: True, arrived.append)
    window.lock()
    settle(workspace, qtbot)
    assert not arrived


def test_a_workspace_without_a_session_says_it_is_a_mistake_to_ask(workspace: Workspace) -> None:
    with pytest.raises(RuntimeError):
        _: Session = workspace.session
