"""Visit mode in the window: one household and nothing else, the sheet, the cover, the end, and what comes before."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gcp2_app.domain import visits as sheets
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Agency, Child
from gcp2_app.domain.visits import Found, How
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.services import register, stores
from gcp2_app.storage.cost import FLOOR
from gcp2_app.ui.assess.missing_list import MissingList
from gcp2_app.ui.assess.page import AssessPage
from gcp2_app.ui.child.page import ChildPage
from gcp2_app.ui.danger import DangerCard
from gcp2_app.ui.main_window import MainWindow
from gcp2_app.ui.place import Place, Screen
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.shell import Shell
from gcp2_app.ui.unlock.page import UnlockPage
from gcp2_app.ui.visit.before_page import BeforePage
from gcp2_app.ui.visit.cover import Cover
from gcp2_app.ui.visit.pin import Pin
from gcp2_app.ui.visit.room import VisitRoom
from gcp2_app.ui.visit.sorting_page import SortingPage
from gcp2_app.ui.visit.today_page import TodayPage
from gcp2_app.ui.visit.whom import Whom
from gcp2_app.ui.workspace import Workspace
from tests.stores import PASSPHRASE
from tests.ui import families
from tests.ui.assessing import with_limit
from tests.ui.conftest import OnDatabase

WAIT_MS = 60_000
PIN = "204816"
OTHER = "Zebedee Quillfeather"


def make_store(folder: Path) -> None:
    """Make a store with the Ash family and a child of another household."""
    setup = stores.SetUp(
        sign_in_name="sam",
        name="Sam Rowan",
        role="social worker",
        agency=Agency.CHILDRENS_SOCIAL_CARE,
        passphrase=PASSPHRASE,
    )
    session = stores.create(folder, setup, cost=FLOOR).session
    families.add_family(session, folder.parent)
    register.save_child(session, Child(id="", given_names="Zebedee", family_name="Quillfeather"))
    stores.lock(session)


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "gcp2.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def window(
    workspace: Workspace, preferences: Preferences, on_database: OnDatabase, tmp_path: Path, qtbot: QtBot
) -> Iterator[MainWindow]:
    on_database(lambda: make_store(tmp_path / "store"))
    made = MainWindow(workspace, preferences)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    made.open_store(tmp_path / "store")
    unlock(made, qtbot)
    qtbot.waitUntil(lambda: made.shell is not None, timeout=WAIT_MS)
    yield made
    made.close()


def unlock(window: MainWindow, qtbot: QtBot) -> None:
    page = window.entry.currentWidget()
    assert isinstance(page, UnlockPage)
    qtbot.waitUntil(page.unlock_button.isEnabled, timeout=WAIT_MS)
    QTest.keyClicks(page.passphrase.line, PASSPHRASE)
    QTest.keyClick(page.passphrase.line, Qt.Key.Key_Return)


def settle(workspace: Workspace, qtbot: QtBot) -> None:
    """Wait until the database thread has nothing left to do."""
    arrived: list[bool] = []
    for _ in range(2):
        workspace.tasks.run(workspace, lambda: True, arrived.append)
    qtbot.waitUntil(lambda: len(arrived) == 2, timeout=WAIT_MS)


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def press(widget: QWidget, key: Qt.Key) -> None:
    """Press a key as the system delivers it."""
    handle = widget.window().windowHandle()
    assert handle is not None
    QTest.keyClick(handle, key)


def shell_of(window: MainWindow) -> Shell:
    assert window.shell is not None
    return window.shell


def room_of(window: MainWindow) -> VisitRoom:
    assert window.visit_room is not None
    return window.visit_room


def start(window: MainWindow, workspace: Workspace, qtbot: QtBot) -> VisitRoom:
    """Start an unannounced visit from the child's page, by its buttons."""
    workspace.child_wanted.emit(families.CHILD)
    shell = shell_of(window)
    page = shell.page
    assert isinstance(page, ChildPage)
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "start-visit") is not None, timeout=WAIT_MS)
    button = page.findChild(QPushButton, "start-visit")
    assert button is not None
    click(button)
    before = shell.page
    assert isinstance(before, BeforePage)
    qtbot.waitUntil(before.start_button.isEnabled, timeout=WAIT_MS)
    click(before.announced.buttons["unannounced"])
    QTest.keyClicks(before.pin.edit.line, PIN)
    QTest.keyClick(before.pin.edit.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.visit_room is not None, timeout=WAIT_MS)
    return room_of(window)


@pytest.fixture
def room(window: MainWindow, workspace: Workspace, qtbot: QtBot) -> VisitRoom:
    return start(window, workspace, qtbot)


def stored(workspace: Workspace, on_database: OnDatabase, visit_id: str) -> Entry:
    session = workspace.session

    def read() -> Entry:
        with session.store.transaction() as tx:
            return tx.entries.get(visit_id)

    return on_database(read)


def has_lines(room: VisitRoom, number: int) -> bool:
    return room.sheet.notes.list.count() == number


def idle_runs(window: MainWindow) -> bool:
    return window.idle.is_running


def unlocked(workspace: Workspace) -> bool:
    return workspace.is_unlocked


def on_a_visit(window: MainWindow) -> bool:
    return window.visit_room is not None


def note(room: VisitRoom, text: str, how: How, qtbot: QtBot) -> None:
    """Type a line and press the button of how it is known."""
    box = room.sheet.notes.box
    count = room.sheet.notes.list.count()
    box.setFocus()
    QTest.keyClicks(box, text)
    click(room.sheet.notes.buttons[how])
    qtbot.waitUntil(lambda: room.sheet.notes.list.count() == count + 1, timeout=WAIT_MS)


def everything_said(root: QWidget) -> str:
    """Return every text and name below a widget, whether it is seen or not."""
    said: list[str] = [root.windowTitle()]
    for widget in (root, *root.findChildren(QWidget)):
        said += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            said.append(widget.text())
        elif isinstance(widget, QPlainTextEdit):
            said.append(widget.toPlainText())
        elif isinstance(widget, QComboBox):
            said += [widget.itemText(i) for i in range(widget.count())]
        elif isinstance(widget, QListWidget):
            said += [widget.item(i).text() for i in range(widget.count())]
    return "\n".join(said)


def by_tab(page: QWidget) -> set[QWidget]:
    """Return everything Tab leads to, once around."""
    reached: set[QWidget] = set()
    focused = QApplication.focusWidget()
    while focused is not None and focused not in reached:
        reached.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
    assert page.isVisible()
    return reached


def controls(page: QWidget) -> set[QWidget]:
    """Return what a person can press or type into on a page."""
    kinds = QAbstractButton | QLineEdit | QPlainTextEdit | QListWidget
    return {
        widget
        for widget in page.findChildren(QWidget)
        if isinstance(widget, kinds) and widget.isVisible() and widget.isEnabled()
    }


# Before


def test_before_knocking_says_who_lives_there_and_what_must_be_seen(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.visit_wanted.emit(families.CHILD)
    page = shell_of(window).page
    assert isinstance(page, BeforePage)
    qtbot.waitUntil(page.start_button.isEnabled, timeout=WAIT_MS)
    said = everything_said(page)
    for expected in (
        "Robin Ash",
        "Rose Ash",
        "4 Mill Lane, DY1 1AA",
        "nothing seen yet for",
        "never noted",
        "None is recorded",
    ):
        assert expected in said
    assert "Dean Marsh" in said
    assert OTHER not in said


def test_a_visit_does_not_start_without_announced_or_not_and_a_good_pin(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.visit_wanted.emit(families.CHILD)
    page = shell_of(window).page
    assert isinstance(page, BeforePage)
    qtbot.waitUntil(page.start_button.isEnabled, timeout=WAIT_MS)
    click(page.start_button)
    assert "Say whether the family knows" in everything_said(page)
    click(page.announced.buttons["announced"])
    QTest.keyClicks(page.pin.edit.line, "123456")
    click(page.start_button)
    assert "too easy" in page.pin.error
    settle(workspace, qtbot)
    assert window.visit_room is None


# One household and nothing else


def test_nothing_else_can_be_reached_while_a_visit_runs(
    window: MainWindow, room: VisitRoom, workspace: Workspace, qtbot: QtBot
) -> None:
    """Every shortcut, action and button is pressed, every signal to go somewhere is sent: no other child is met."""
    settle(workspace, qtbot)
    QApplication.sendPostedEvents()
    assert not window.findChildren(Shell)
    assert not window.findChildren(QAction), "there is no menu"
    assert not window.statusBar().isVisible()
    assert {shortcut.key().toString() for shortcut in window.findChildren(QShortcut)} == {
        "F9",
        "Alt+1",
        "Alt+2",
        "Alt+3",
    }
    wanted: dict[str, Callable[[], object]] = {
        "caseload_wanted": workspace.caseload_wanted.emit,
        "child_wanted": lambda: workspace.child_wanted.emit(families.SISTER),
        "assessment_wanted": lambda: workspace.assessment_wanted.emit("a-1"),
        "unit_wanted": lambda: workspace.unit_wanted.emit("a-1", "A1.a"),
        "family_wanted": lambda: workspace.family_wanted.emit("a-1", "A1.a"),
        "share_wanted": lambda: workspace.share_wanted.emit(None),
        "report_wanted": lambda: workspace.report_wanted.emit("c-ash", "assessment", "a-1"),
        "back_wanted": workspace.back_wanted.emit,
        "visit_wanted": lambda: workspace.visit_wanted.emit(families.SISTER),
        "sorting_wanted": lambda: workspace.sorting_wanted.emit(room.visit_id),
        "settings_wanted": lambda: workspace.settings_wanted.emit("packs"),
        "assessment_start_wanted": lambda: workspace.assessment_start_wanted.emit(families.SISTER),
        "entry_wanted": lambda: workspace.entry_wanted.emit(families.SISTER, "note", ""),
        "entry_shown_wanted": lambda: workspace.entry_shown_wanted.emit(families.SISTER, "e-1"),
        "learning_wanted": lambda: workspace.learning_wanted.emit("LP1"),
        "supervision_wanted": lambda: workspace.supervision_wanted.emit(f"child:{families.SISTER}"),
        "review_wanted": workspace.review_wanted.emit,
        "day_begun": workspace.day_begun.emit,
        "alerts_asked": workspace.alerts_asked.emit,
        "changed": lambda: workspace.changed.emit("child", families.SISTER),
        "not_saved": workspace.not_saved.emit,
        "backups_changed": workspace.backups_changed.emit,
        "restore_wanted": lambda: workspace.restore_wanted.emit("20261120T120000Z-automatic", PASSPHRASE),
    }
    # These begin and end what the test is about; a new signal has to be added above.
    # The card of urgent numbers opens from everywhere and holds nothing of a case.
    about_sessions = {"unlocked", "locking", "visit_begun", "danger_wanted"}
    assert {name for name, value in vars(Workspace).items() if isinstance(value, Signal)} == {*wanted, *about_sessions}
    for want in wanted.values():
        want()
        settle(workspace, qtbot)
        assert_only_the_visit(window, room)
    for key, modifier in (
        (Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier),
    ):
        handle = window.windowHandle()
        assert handle is not None
        QTest.keyClick(handle, key, modifier)
        settle(workspace, qtbot)
        assert_only_the_visit(window, room)
    for button in window.findChildren(QAbstractButton):
        if not isValid(button) or not button.isVisibleTo(window) or not button.isEnabled():
            continue
        if button is room.cover_button:
            continue  # the next tests press it
        click(button)
        settle(workspace, qtbot)
        assert_only_the_visit(window, room)
    for shortcut in room.findChildren(QShortcut):
        shortcut.activated.emit()
        settle(workspace, qtbot)
        assert_only_the_visit(window, room)


def assert_only_the_visit(window: MainWindow, room: VisitRoom) -> None:
    assert window.visit_room is room
    assert window.shell is None
    assert not window.statusBar().isVisible()
    for top in QApplication.topLevelWidgets():
        if not isinstance(top, DangerCard | MainWindow):
            assert not top.isVisible(), top
        said = everything_said(top)
        assert "Zebedee" not in said
        assert "Quillfeather" not in said
        assert "Caseload" not in said
        assert "Review queue" not in said
        if isinstance(top, DangerCard):
            top.accept()


# The sheet


def test_what_is_tapped_and_typed_is_on_disk_and_fills_the_contract(
    room: VisitRoom, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    picks = room.sheet.picks
    for name, code in (
        ("access", "given"),
        ("let_in_by", "Rose Ash"),
        ("present", "Rose Ash"),
        (f"seen {families.CHILD}", "yes"),
        (f"alone {families.CHILD}", "no"),
        ("rooms", "kitchen"),
        ("rooms", sheets.BEDROOM),
        ("food", "worry"),
        ("warmth", "fine"),
    ):
        click(picks[name].buttons[code])
    QTest.keyClicks(room.sheet.others, "a neighbour, two friends")
    room.sheet.others.editingFinished.emit()
    note(room, "No food in the fridge.", How.I_SAW, qtbot)
    settle(workspace, qtbot)
    entry = stored(workspace, on_database, room.visit_id)
    sheet = sheets.read_sheet(entry)
    assert sheet.present == ("Rose Ash", "a neighbour", "two friends")
    assert (sheet.access, sheet.let_in_by) == ("given", "Rose Ash")
    assert sheet.checks == {"food": Found.WORRY, "warmth": Found.FINE}
    assert entry.data["bedroom_seen"] is True
    assert entry.data["seen_alone"] is False
    assert entry.what == "No food in the fridge."
    click(picks["food"].buttons["worry"])
    settle(workspace, qtbot)
    assert sheets.read_sheet(stored(workspace, on_database, room.visit_id)).checks == {"warmth": Found.FINE}


def test_tab_reaches_everything_before_during_and_after_a_visit(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.visit_wanted.emit(families.CHILD)
    before = shell_of(window).page
    assert isinstance(before, BeforePage)
    qtbot.waitUntil(before.start_button.isEnabled, timeout=WAIT_MS)
    before.setFocus()
    assert controls(before) <= by_tab(before)
    room = start(window, workspace, qtbot)
    note(room, "No food in the fridge.", How.I_SAW, qtbot)
    assert controls(room) <= by_tab(room)
    end(room, PASSPHRASE)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=WAIT_MS)
    page = shell_of(window).page
    assert isinstance(page, SortingPage)
    qtbot.waitUntil(lambda: page.list.count() == 1 and page.finder.line.hasFocus(), timeout=WAIT_MS)
    # After each visit it is asked whether the agency's own record has it.
    qtbot.waitUntil(page.agency.isVisible, timeout=WAIT_MS)
    assert "not yet" in page.agency.says.text().lower()
    assert controls(page) <= by_tab(page)
    settle(workspace, qtbot)


def test_awake_is_asked_under_three_alone(room: VisitRoom) -> None:
    # Robin is four, Fern nine; the third is not born yet.
    assert f"awake {families.CHILD}" not in room.sheet.picks
    assert f"seen {families.SISTER}" in room.sheet.picks
    assert f"seen {families.BABY}" not in room.sheet.picks


def test_keys_say_how_it_is_known_and_lines_stand_newest_last(room: VisitRoom, qtbot: QtBot) -> None:
    notes = room.sheet.notes
    for text, key in (("one", Qt.Key.Key_1), ("two", Qt.Key.Key_2), ("three", Qt.Key.Key_3)):
        count = notes.list.count()
        QTest.keyClicks(notes.box, text)
        QTest.keyClick(notes.box, key, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(partial(has_lines, room, count + 1), timeout=WAIT_MS)
        assert notes.box.toPlainText() == ""
    said = [notes.list.item(i).text() for i in range(notes.list.count())]
    assert [text.split("  ")[1] for text in said] == ["I saw: one", "Child said: two", "Carer said: three"]


def test_a_line_is_corrected_and_the_half_typed_one_stays(room: VisitRoom, qtbot: QtBot) -> None:
    notes = room.sheet.notes
    note(room, "One blanket.", How.I_SAW, qtbot)
    QTest.keyClicks(notes.box, "half")
    notes.list.itemActivated.emit(notes.list.item(0))
    assert notes.box.toPlainText() == "One blanket."
    QTest.keyClick(notes.box, Qt.Key.Key_Escape)
    assert notes.box.toPlainText() == "half"
    notes.list.itemActivated.emit(notes.list.item(0))
    QTest.keyClicks(notes.box, "Two blankets.")
    click(notes.buttons[How.CARER_SAID])
    qtbot.waitUntil(lambda: "Two blankets" in notes.list.item(0).text(), timeout=WAIT_MS)
    assert "Carer said" in notes.list.item(0).text()
    assert notes.list.count() == 1
    assert notes.box.toPlainText() == "half"


def test_a_half_typed_correction_outlives_a_lock_and_goes_on_as_a_correction(
    window: MainWindow, room: VisitRoom, workspace: Workspace, qtbot: QtBot
) -> None:
    note(room, "One blanket.", How.I_SAW, qtbot)
    notes = room.sheet.notes
    QTest.keyClicks(notes.box, "half")
    notes.list.itemActivated.emit(notes.list.item(0))
    QTest.keyClicks(notes.box, "Two bl")
    window.lock()
    unlock(window, qtbot)
    qtbot.waitUntil(lambda: window.visit_room is not None, timeout=WAIT_MS)
    notes = room_of(window).sheet.notes
    assert notes.box.toPlainText() == "Two bl"
    assert "Correcting the note" in everything_said(notes)
    QTest.keyClicks(notes.box, "ankets.")
    click(notes.buttons[How.CARER_SAID])
    qtbot.waitUntil(lambda: "Carer said: Two blankets." in notes.list.item(0).text(), timeout=WAIT_MS)
    assert notes.list.count() == 1
    assert notes.box.toPlainText() == "half"
    # What was corrected is not gone on with after the next lock, and what was left is not brought back either.
    notes.list.itemActivated.emit(notes.list.item(0))
    QTest.keyClicks(notes.box, "Three")
    QTest.keyClick(notes.box, Qt.Key.Key_Escape)
    window.lock()
    unlock(window, qtbot)
    qtbot.waitUntil(lambda: window.visit_room is not None, timeout=WAIT_MS)
    assert room_of(window).sheet.notes.box.toPlainText() == "half"
    settle(workspace, qtbot)


def test_nothing_typed_is_no_line(room: VisitRoom) -> None:
    click(room.sheet.notes.buttons[How.I_SAW])
    assert "Write what you saw" in everything_said(room)
    assert room.sheet.notes.list.count() == 0


# Cover and lock


def covered(window: MainWindow) -> Cover:
    (cover,) = (each for each in window.findChildren(Cover) if each.isVisible())
    return cover


def test_f9_covers_everything_at_once_and_the_pin_opens_it(
    window: MainWindow, room: VisitRoom, workspace: Workspace, qtbot: QtBot
) -> None:
    QTest.keyClicks(room.sheet.notes.box, "The kitchen")
    window.show_danger_card()
    (card,) = window.findChildren(DangerCard)
    qtbot.waitUntil(lambda: QApplication.focusWindow() is card.windowHandle(), timeout=WAIT_MS)
    press(card, Qt.Key.Key_F9)
    cover = covered(window)
    assert not room.isVisible()
    assert not card.isVisible()
    assert not idle_runs(window)
    seen = [widget for widget in window.findChildren(QWidget) if widget.isVisible()]
    assert all("kitchen" not in everything_said(widget) for widget in (cover, *cover.findChildren(QWidget)))
    assert all(widget is not room.sheet.notes.box for widget in seen)
    assert "Robin" not in everything_said(cover)
    press(window, Qt.Key.Key_F9)
    assert covered(window) is cover
    QTest.keyClicks(cover.pin.edit.line, PIN)
    click(cover.open_button)
    assert room.isVisible()
    assert room.sheet.notes.box.toPlainText() == "The kitchen"
    qtbot.waitUntil(card.isVisible, timeout=WAIT_MS)
    card.accept()
    assert idle_runs(window)
    settle(workspace, qtbot)


def test_three_wrong_pins_lock_and_the_passphrase_leads_back_to_the_half_typed_line(
    window: MainWindow, room: VisitRoom, workspace: Workspace, qtbot: QtBot
) -> None:
    QTest.keyClicks(room.sheet.notes.box, "The kitchen")
    click(room.cover_button)
    cover = covered(window)
    click(cover.open_button)
    assert "Type the PIN" in cover.pin.error
    for tries in range(3):
        assert unlocked(workspace), tries
        QTest.keyClicks(cover.pin.edit.line, "999998")
        QTest.keyClick(cover.pin.edit.line, Qt.Key.Key_Return)
    assert not unlocked(workspace)
    page = window.entry.currentWidget()
    assert isinstance(page, UnlockPage)
    assert "PIN is no longer enough" in page.notice.text
    unlock(window, qtbot)
    qtbot.waitUntil(lambda: window.visit_room is not None, timeout=WAIT_MS)
    again = room_of(window)
    assert again is not room
    assert window.shell is None
    assert again.pin is None
    assert again.sheet.notes.box.toPlainText() == "The kitchen"
    QTest.keyClicks(again.sheet.notes.box, " is warm")
    assert again.sheet.notes.box.toPlainText() == "The kitchen is warm"
    settle(workspace, qtbot)


def test_without_a_pin_f9_locks_until_one_is_set_again(
    window: MainWindow, room: VisitRoom, workspace: Workspace, qtbot: QtBot
) -> None:
    del room
    window.lock()
    unlock(window, qtbot)
    qtbot.waitUntil(lambda: window.visit_room is not None, timeout=WAIT_MS)
    room = room_of(window)
    click(room.pin_button)
    QTest.keyClicks(room.new_pin.edit.line, "48")
    click(room.set_pin_button)
    assert room.new_pin.error
    room.new_pin.edit.clear()
    QTest.keyClicks(room.new_pin.edit.line, "480216")
    click(room.set_pin_button)
    assert not room.pin_button.isVisible()
    press(window, Qt.Key.Key_F9)
    assert unlocked(workspace)
    click(covered(window).lock_button)
    assert not unlocked(workspace)
    unlock(window, qtbot)
    qtbot.waitUntil(lambda: window.visit_room is not None, timeout=WAIT_MS)
    press(window, Qt.Key.Key_F9)
    assert not unlocked(workspace)


def test_idle_covers_a_visit_and_warns_first(
    window: MainWindow, room: VisitRoom, workspace: Workspace, qtbot: QtBot
) -> None:
    settle(workspace, qtbot)
    window.idle.warned.emit(20)
    assert "covered in 20 seconds" in everything_said(room)
    window.idle.stayed.emit()
    window.idle.expired.emit()
    assert unlocked(workspace)
    assert covered(window).isVisible()


def test_the_cover_opens_for_sixty_minutes_and_no_longer(qtbot: QtBot) -> None:
    now = [1_000.0]
    cover = Cover(Pin(PIN), clock=lambda: now[0])
    qtbot.addWidget(cover)
    spent: list[bool] = []
    cover.spent.connect(lambda: spent.append(True))
    now[0] += shipped_policy().lock.cover_minutes_most * 60 - 1
    assert cover.check()
    now[0] += 1
    QTest.keyClicks(cover.pin.edit.line, PIN)
    cover.try_pin()
    assert spent == [True]


def test_a_pin_is_not_to_be_read_from_what_is_kept() -> None:
    pin, same = Pin(PIN), Pin(PIN)
    assert pin.opens(PIN)
    assert not pin.opens("204817")
    held = repr(vars(pin))
    assert PIN not in held
    assert pin._digest != same._digest
    assert PIN not in repr(pin)


def test_urgent_numbers_open_from_the_sheet_and_from_the_cover(
    window: MainWindow, room: VisitRoom, qtbot: QtBot
) -> None:
    for button in (room.danger_button, None):
        if button is None:
            click(room.cover_button)
            button = covered(window).danger_button  # noqa: PLW2901 - the second is made by covering
        click(button)
        (card,) = (each for each in window.findChildren(DangerCard) if each.isVisible())
        said = everything_said(card)
        assert "0300 555 0050" in said
        assert "Do not tell the carer first" in said
        assert "Robin" not in said
        with qtbot.waitSignal(card.destroyed):
            card.accept()


# The end


def said_of_waiting(page: ChildPage, visit_id: str) -> str:
    button = page.findChild(QPushButton, f"sort-{visit_id}")
    return "" if button is None else button.text()


def end(room: VisitRoom, passphrase: str) -> None:
    click(room.end_button)
    QTest.keyClicks(room.passphrase.line, passphrase)
    click(room.confirm_button)


def said_on(page: QWidget, words: str) -> bool:
    return any(words in label.text() for label in page.findChildren(QLabel))


def test_only_the_passphrase_ends_a_visit_and_then_its_notes_are_sorted(
    window: MainWindow, room: VisitRoom, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    note(room, "No food in the fridge.", How.I_SAW, qtbot)
    note(room, "I am hungry.", How.CHILD_SAID, qtbot)
    note(room, "The shop was shut.", How.CARER_SAID, qtbot)
    visit_id = room.visit_id
    end(room, "not this one at all")
    qtbot.waitUntil(lambda: bool(room.passphrase_error), timeout=WAIT_MS)
    assert window.visit_room is room
    click(room.stay_button)
    end(room, PASSPHRASE)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=WAIT_MS)
    assert not on_a_visit(window)
    page = shell_of(window).page
    assert isinstance(page, SortingPage)
    qtbot.waitUntil(lambda: page.list.count() == 3, timeout=WAIT_MS)
    assert workspace.trail.here == Place(Screen.SORTING, visit_id)

    # A few keys a note: part of the unit's name, Return, Return.
    QTest.keyClicks(page.finder.line, "A1.a")
    QTest.keyClick(page.finder.line, Qt.Key.Key_Return)
    assert page.finder.chosen == ("A1.a",)
    # A child of the household who is not assessed does not take the way on from the screen.
    assert said_on(page, "Nobody is ticked yet.")
    QTest.keyClick(page.finder.line, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert said_on(page, "Return sorts it and goes to the next.")
    QTest.keyClick(page.finder.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.list.currentRow() == 1, timeout=WAIT_MS)
    QTest.keyClick(page.finder.line, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.list.currentRow() == 2, timeout=WAIT_MS)
    marks = [page.list.item(i).text()[0] for i in range(3)]
    assert marks == ["✓", "✓", "○"]
    session = workspace.session

    def evidence() -> list[str]:
        with session.store.transaction() as tx:
            return [piece.text for piece in tx.assessments.get("a-4").answer("A1.a").evidence]

    assert on_database(evidence) == ["No food in the fridge."]
    click(page.leave_button)
    child = shell_of(window).page
    assert isinstance(child, ChildPage)
    qtbot.waitUntil(lambda: said_of_waiting(child, visit_id).startswith("1 note of the visit"), timeout=WAIT_MS)
    child_waiting = child.findChild(QPushButton, f"sort-{visit_id}")
    assert child_waiting is not None
    click(child_waiting)
    assert isinstance(shell_of(window).page, SortingPage)
    settle(workspace, qtbot)


def test_a_note_for_a_unit_wants_a_unit_and_a_child(
    window: MainWindow, room: VisitRoom, workspace: Workspace, qtbot: QtBot
) -> None:
    note(room, "No food in the fridge.", How.I_SAW, qtbot)
    end(room, PASSPHRASE)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=WAIT_MS)
    page = shell_of(window).page
    assert isinstance(page, SortingPage)
    qtbot.waitUntil(lambda: page.list.count() == 1, timeout=WAIT_MS)
    page.sort()
    assert "Choose a unit" in everything_said(page)
    QTest.keyClicks(page.finder.line, "A1.a")
    QTest.keyClick(page.finder.line, Qt.Key.Key_Return)
    whom = whom_of(page)
    assert whom.chosen == ()
    page.sort()
    assert "Whom is it about?" in everything_said(page)
    for key, ticked in (
        (Qt.Key.Key_1, {families.SISTER}),
        (Qt.Key.Key_2, {families.SISTER, families.CHILD}),
        (Qt.Key.Key_1, {families.CHILD}),
        (Qt.Key.Key_9, {families.CHILD}),
        (Qt.Key.Key_A, {families.CHILD, families.SISTER}),
        (Qt.Key.Key_A, set()),
    ):
        QTest.keyClick(page.finder.line, key, Qt.KeyboardModifier.AltModifier)
        assert set(whom.chosen) == ticked
    settle(workspace, qtbot)
    assert page.list.item(0).text().startswith("○")


def sorting_one_note(room: VisitRoom, window: MainWindow, qtbot: QtBot) -> SortingPage:
    """Note one line, end the visit, and return the page that sorts it."""
    note(room, "Gates open at the stairs.", How.I_SAW, qtbot)
    end(room, PASSPHRASE)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=WAIT_MS)
    page = shell_of(window).page
    assert isinstance(page, SortingPage)
    qtbot.waitUntil(lambda: page.list.count() == 1, timeout=WAIT_MS)
    return page


def whom_of(page: SortingPage) -> Whom:
    assert page.whom is not None
    return page.whom


def takes(page: SortingPage, unit: str) -> None:
    QTest.keyClicks(page.finder.line, unit)
    QTest.keyClick(page.finder.line, Qt.Key.Key_Return)


def test_a_unit_about_the_home_ticks_everyone_until_one_about_a_child_comes(
    window: MainWindow, room: VisitRoom, workspace: Workspace, qtbot: QtBot
) -> None:
    page = sorting_one_note(room, window, qtbot)
    everyone = {families.CHILD, families.SISTER}
    takes(page, "A2.a")
    assert set(whom_of(page).chosen) == everyone
    takes(page, "B1.d")
    assert set(whom_of(page).chosen) == everyone
    takes(page, "A4")
    assert whom_of(page).chosen == ()
    page.finder.toggle("A4")
    assert set(whom_of(page).chosen) == everyone
    # Who was ticked by hand stays so, whatever unit comes.
    QTest.keyClick(page.finder.line, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    takes(page, "A2.b")
    assert whom_of(page).chosen == (families.CHILD,)
    settle(workspace, qtbot)


def test_asked_whom_it_is_about_a_number_and_return_sort_it(
    window: MainWindow, room: VisitRoom, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    visit_id = room.visit_id
    page = sorting_one_note(room, window, qtbot)
    takes(page, "A4")
    QTest.keyClick(page.finder.line, Qt.Key.Key_Return)
    assert isinstance(QApplication.focusWidget(), QPushButton)
    for key in (Qt.Key.Key_A, Qt.Key.Key_A, Qt.Key.Key_2, Qt.Key.Key_Return):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
    qtbot.waitUntil(lambda: page.list.item(0).text().startswith("✓"), timeout=WAIT_MS)
    assert page.list.item(0).text().endswith("→ A4 · Robin")
    assert said_on(page, "The one note is sorted.")
    assert page.finder.line.hasFocus()
    (line,) = sheets.read_sheet(stored(workspace, on_database, visit_id)).lines
    assert (line.units, line.children) == (("A4",), (families.CHILD,))
    settle(workspace, qtbot)


def test_still_missing_leads_to_the_notes_that_wait(
    window: MainWindow, room: VisitRoom, workspace: Workspace, qtbot: QtBot
) -> None:
    note(room, "No food in the fridge.", How.I_SAW, qtbot)
    visit_id = room.visit_id
    end(room, PASSPHRASE)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=WAIT_MS)
    settle(workspace, qtbot)
    workspace.assessment_wanted.emit("a-4")
    page = shell_of(window).page
    assert isinstance(page, AssessPage)
    qtbot.waitUntil(lambda: page.so_far is not None, timeout=WAIT_MS)
    missing = page.so_far.findChild(MissingList) if page.so_far is not None else None
    assert missing is not None
    qtbot.waitUntil(lambda: bool(lines_about_visits(missing)), timeout=WAIT_MS)
    (row,) = lines_about_visits(missing)
    assert "you can go on without" in missing.item(row).text()
    missing.itemActivated.emit(missing.item(row))
    assert workspace.trail.here == Place(Screen.SORTING, visit_id)
    settle(workspace, qtbot)


def lines_about_visits(missing: MissingList) -> list[int]:
    return [i for i, line in enumerate(missing.lines) if line.item.field == "visits"]


def test_what_a_full_disk_refuses_stays_in_the_box_and_is_said(
    window: MainWindow, room: VisitRoom, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    notes = room.sheet.notes
    settle(workspace, qtbot)
    with_limit(workspace.session, on_database, "PRAGMA max_page_count=1")
    text = "The fridge is empty. " * 600
    notes.box.setPlainText(text)
    click(notes.buttons[How.I_SAW])
    qtbot.waitUntil(lambda: "Not saved" in everything_said(notes), timeout=WAIT_MS)
    assert notes.box.toPlainText() == text
    assert notes.list.count() == 0
    with_limit(workspace.session, on_database, "PRAGMA max_page_count=1000000")
    click(notes.buttons[How.I_SAW])
    qtbot.waitUntil(lambda: notes.list.count() == 1, timeout=WAIT_MS)
    assert "Not saved" not in everything_said(notes)
    settle(workspace, qtbot)
    del window


# After a while away


def test_after_more_than_fifteen_minutes_a_page_that_names_nobody_comes_first(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    minutes = shipped_policy().lock.neutral_after_minutes
    for gone, expected in ((minutes * 60 - 30, False), (minutes * 60 + 30, True)):
        window.lock()
        store, user, at = window._left
        window._left = (store, user, at - gone)
        unlock(window, qtbot)
        qtbot.waitUntil(lambda: window.shell is not None, timeout=WAIT_MS)
        assert isinstance(shell_of(window).page, TodayPage) is expected
        settle(workspace, qtbot)
    page = shell_of(window).page
    assert isinstance(page, TodayPage)
    click(page.go_on_button)
    assert not isinstance(shell_of(window).page, TodayPage)
    settle(workspace, qtbot)


def test_the_neutral_page_gives_initials_alone(
    window: MainWindow, room: VisitRoom, workspace: Workspace, qtbot: QtBot
) -> None:
    end(room, PASSPHRASE)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=WAIT_MS)
    shell = shell_of(window)
    shell.begin_neutral()
    page = shell.page
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: "RA" in everything_said(page), timeout=WAIT_MS)
    said = everything_said(page)
    assert "Robin" not in said
    assert "FA" in said
    settle(workspace, qtbot)


def test_the_store_knows_how_long_nobody_used_it(workspace: Workspace, on_database: OnDatabase, tmp_path: Path) -> None:
    from gcp2_app.services import arrivals

    on_database(lambda: make_store(tmp_path / "other"))
    later = datetime(2090, 1, 1, tzinfo=UTC)
    session = on_database(lambda: stores.unlock(tmp_path / "other", "sam", PASSPHRASE, clock=lambda: later))
    arrival = on_database(lambda: arrivals.arrive(session))
    assert arrival.running is None
    assert arrival.away is not None
    assert arrival.away.days > 10_000
    on_database(lambda: stores.lock(session))
    del workspace
