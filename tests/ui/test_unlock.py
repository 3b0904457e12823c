"""The way in: who, their passphrase, and what happens when it is not right."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.domain.register import Agency
from gcp2_app.domain.users import Role
from gcp2_app.services import stores, users
from gcp2_app.services.session import Session
from gcp2_app.storage.cost import FLOOR
from gcp2_app.ui.danger import DangerCard
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.unlock.entry import Entry
from gcp2_app.ui.unlock.page import UnlockPage
from gcp2_app.ui.unlock.practice import PracticePage, free_folder, is_practice, make_passphrase
from gcp2_app.ui.unlock.recover import RecoverPage
from gcp2_app.ui.unlock.set_up import SetUpPage
from gcp2_app.ui.unlock.welcome import WelcomePage
from gcp2_app.ui.workspace import Workspace
from tests.ui.conftest import PASSPHRASE, OnDatabase

NEW_PASSPHRASE = "nine loud cranes under the mill"


class Opened:
    """What a page opened, kept to be closed again."""

    def __init__(self) -> None:
        self.sessions: list[Session] = []
        self.folders: list[Path] = []

    def __call__(self, session: Session, folder: Path) -> None:
        self.sessions.append(session)
        self.folders.append(folder)


@pytest.fixture
def opened(on_database: OnDatabase) -> Iterator[Opened]:
    made = Opened()
    yield made
    for session in made.sessions:
        on_database(partial(stores.lock, session))


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "gcp2.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def store(on_database: OnDatabase, tmp_path: Path) -> tuple[Path, str]:
    """A locked store of one person, sam, and its recovery code."""
    return make_store(on_database, tmp_path / "store")


def make_store(on_database: OnDatabase, folder: Path) -> tuple[Path, str]:
    def make() -> str:
        setup = stores.SetUp(
            sign_in_name="sam",
            name="Sam Rowan",
            role="social worker",
            agency=Agency.CHILDRENS_SOCIAL_CARE,
            passphrase=PASSPHRASE,
        )
        created = stores.create(folder, setup, cost=FLOOR)
        stores.lock(created.session)
        return created.recovery_code

    return folder, on_database(make)


@pytest.fixture
def page(workspace: Workspace, preferences: Preferences, opened: Opened, qtbot: QtBot) -> UnlockPage:
    made = UnlockPage(workspace.tasks, preferences)
    made.opened.connect(opened)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def stand_before(page: UnlockPage, folder: Path, qtbot: QtBot) -> None:
    page.show_store(folder)
    qtbot.waitUntil(lambda: page.names.count() > 0 and page.unlock_button.isEnabled())


def test_the_right_passphrase_opens_the_store(
    page: UnlockPage, store: tuple[Path, str], opened: Opened, preferences: Preferences, qtbot: QtBot
) -> None:
    folder, _ = store
    stand_before(page, folder, qtbot)
    assert page.names.currentText() == "sam"
    QTest.keyClicks(page.passphrase.line, PASSPHRASE)
    QTest.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    assert not page.unlock_button.isEnabled()
    qtbot.waitUntil(lambda: bool(opened.sessions), timeout=20_000)
    assert opened.folders == [folder]
    assert opened.sessions[0].user.sign_in_name == "sam"
    assert preferences.last_store == folder
    assert preferences.last_sign_in_name == "sam"
    # Nothing that was typed stays behind.
    assert page.passphrase.text == ""


def test_a_wrong_passphrase_is_said_beside_it_and_can_be_typed_over(
    page: UnlockPage, store: tuple[Path, str], opened: Opened, qtbot: QtBot
) -> None:
    stand_before(page, store[0], qtbot)
    QTest.keyClicks(page.passphrase.line, "not the passphrase")
    QTest.mouseClick(page.unlock_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "not right" in page.passphrase_error, timeout=20_000)
    assert page.passphrase.line.selectedText()
    assert page.passphrase.line.accessibleDescription() == page.passphrase_error
    assert page.passphrase.line.property("invalid") is True
    assert not opened.sessions
    QTest.keyClicks(page.passphrase.line, PASSPHRASE)
    assert page.passphrase_error == ""
    assert page.passphrase.text == PASSPHRASE
    QTest.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(opened.sessions), timeout=20_000)


def test_nothing_typed_is_said_without_asking_the_store(
    page: UnlockPage, store: tuple[Path, str], qtbot: QtBot
) -> None:
    stand_before(page, store[0], qtbot)
    page.unlock()
    assert page.passphrase_error == "Type your passphrase."


def test_return_before_it_is_read_who_can_sign_in_blames_no_name(
    page: UnlockPage, store: tuple[Path, str], qtbot: QtBot
) -> None:
    page.show_store(store[0])
    QTest.keyClicks(page.passphrase.line, PASSPHRASE)
    QTest.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(page.unlock_button.isEnabled)
    assert page.passphrase_error == ""
    assert page.passphrase.text == PASSPHRASE


@pytest.mark.parametrize("damage", ["missing", "tampered"])
def test_a_damaged_key_file_is_said_and_nothing_can_be_tried(
    page: UnlockPage, store: tuple[Path, str], qtbot: QtBot, damage: str
) -> None:
    folder, _ = store
    keys = folder / "keys.json"
    if damage == "missing":
        keys.unlink()
    else:
        keys.write_bytes(keys.read_bytes()[:-40])
    page.show_store(folder)
    qtbot.waitUntil(lambda: bool(page.notice.text))
    assert not page.unlock_button.isEnabled()
    assert not page.passphrase.isEnabled()


def test_a_store_in_use_elsewhere_is_said(page: UnlockPage, session: Session, qtbot: QtBot) -> None:
    # The session of the fixture holds it.
    stand_before(page, session.store.folder, qtbot)
    QTest.keyClicks(page.passphrase.line, PASSPHRASE)
    page.unlock()
    qtbot.waitUntil(lambda: bool(page.notice.text), timeout=20_000)
    assert page.unlock_button.isEnabled()


def test_the_person_who_signed_in_last_is_offered_first(
    page: UnlockPage, session: Session, on_database: OnDatabase, preferences: Preferences, qtbot: QtBot
) -> None:
    new = users.NewUser(
        sign_in_name="zoe",
        name="Zoe Marsh",
        role="team manager",
        agency=Agency.CHILDRENS_SOCIAL_CARE,
        roles=frozenset({Role.SUPERVISOR}),
        passphrase=NEW_PASSPHRASE,
    )
    on_database(lambda: users.add(session, new))
    folder = session.store.folder
    preferences.last_store = folder
    preferences.last_sign_in_name = "zoe"
    page.show_store(folder)
    # At once, before the key file was read.
    assert page.names.currentText() == "zoe"
    qtbot.waitUntil(lambda: page.names.count() == 2)
    assert page.names.currentText() == "zoe"
    assert page.names.isEnabled()


def test_show_shows_and_hides(page: UnlockPage) -> None:
    line, button = page.passphrase.line, page.passphrase.show_button
    QTest.keyClicks(line, "heron")
    assert line.echoMode() is QLineEdit.EchoMode.Password
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (line.echoMode(), button.text()) == (QLineEdit.EchoMode.Normal, "Hide")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (line.echoMode(), button.text()) == (QLineEdit.EchoMode.Password, "Show")


def test_caps_lock_is_noticed(page: UnlockPage) -> None:
    line = page.passphrase.line

    def hint_after(letter: str, modifier: Qt.KeyboardModifier) -> bool:
        QTest.sendKeyEvent(QTest.KeyAction.Click, line, Qt.Key.Key_A, letter, modifier)
        return page.passphrase.caps_lock_shown

    plain, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    assert not hint_after("a", plain)
    assert hint_after("A", plain)
    assert not hint_after("A", shift)
    assert hint_after("a", shift)
    assert not hint_after("é", plain)


# Recovery


@pytest.fixture
def recover(
    workspace: Workspace, preferences: Preferences, store: tuple[Path, str], opened: Opened, qtbot: QtBot
) -> RecoverPage:
    made = RecoverPage(workspace.tasks, preferences)
    made.opened.connect(opened)
    qtbot.addWidget(made)
    made.show()
    made.show_store(store[0], ("sam",), "sam")
    return made


def choose(page: RecoverPage, passphrase: str, qtbot: QtBot) -> None:
    QTest.keyClicks(page.new.first.line, passphrase)
    QTest.keyClicks(page.new.second.line, passphrase)
    qtbot.waitUntil(lambda: page.new.is_valid, timeout=20_000)


def test_the_recovery_kit_opens_the_store_and_sets_a_new_passphrase(
    recover: RecoverPage, store: tuple[Path, str], opened: Opened, qtbot: QtBot, on_database: OnDatabase
) -> None:
    folder, code = store
    QTest.keyClicks(recover.code, code.lower().replace("-", " "))
    choose(recover, NEW_PASSPHRASE, qtbot)
    QTest.mouseClick(recover.recover_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(opened.sessions), timeout=60_000)
    assert recover.code.text() == recover.new.text == ""
    on_database(partial(stores.lock, opened.sessions[0]))
    opened.sessions[0] = on_database(lambda: stores.unlock(folder, "sam", NEW_PASSPHRASE))


def test_a_wrong_code_is_said_beside_it(recover: RecoverPage, opened: Opened, qtbot: QtBot) -> None:
    QTest.keyClicks(recover.code, "ABCD-EFGH")
    choose(recover, NEW_PASSPHRASE, qtbot)
    recover.recover()
    qtbot.waitUntil(lambda: "code" in recover.code_error, timeout=20_000)
    assert recover.recover_button.isEnabled()
    assert not opened.sessions


def test_a_weak_or_mistyped_new_passphrase_is_not_taken(recover: RecoverPage, opened: Opened, qtbot: QtBot) -> None:
    QTest.keyClicks(recover.code, "ABCD")
    QTest.keyClicks(recover.new.first.line, "password")
    qtbot.waitUntil(lambda: "Guessed" in recover.new.sentence, timeout=20_000)
    recover.recover()
    assert recover.new.problem == "Choose a stronger passphrase."
    recover.new.clear()
    QTest.keyClicks(recover.new.first.line, NEW_PASSPHRASE)
    QTest.keyClicks(recover.new.second.line, NEW_PASSPHRASE + "s")
    qtbot.waitUntil(lambda: recover.new.meter.score == 4, timeout=20_000)
    recover.recover()
    assert recover.new.problem == "The two are not the same."
    assert not opened.sessions


# The ways between the pages


@pytest.fixture
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """This user's folder for stores, for this test alone."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def entry(workspace: Workspace, preferences: Preferences, own_folder: Path, qtbot: QtBot) -> Entry:
    del own_folder
    made = Entry(workspace.tasks, preferences)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def settle(workspace: Workspace, qtbot: QtBot) -> None:
    """Wait until the database thread has nothing left to do."""
    arrived: list[bool] = []
    workspace.tasks.run(workspace, lambda: True, arrived.append)
    qtbot.waitUntil(lambda: bool(arrived), timeout=60_000)


def test_without_a_store_the_ways_to_begin_are_offered(entry: Entry, workspace: Workspace, qtbot: QtBot) -> None:
    entry.show_welcome()
    settle(workspace, qtbot)
    page = entry.currentWidget()
    assert isinstance(page, WelcomePage)
    QTest.mouseClick(page.set_up_button, Qt.MouseButton.LeftButton)
    assert isinstance(entry.currentWidget(), SetUpPage)
    set_up = entry.currentWidget()
    assert isinstance(set_up, SetUpPage)
    QTest.mouseClick(set_up.back_button, Qt.MouseButton.LeftButton)
    assert entry.currentWidget() is page
    settle(workspace, qtbot)


def test_a_store_of_this_user_is_found_without_being_named(
    entry: Entry, own_folder: Path, on_database: OnDatabase, qtbot: QtBot
) -> None:
    make_store(on_database, stores.default_store())
    assert own_folder in stores.default_store().parents
    entry.show_welcome()
    qtbot.waitUntil(lambda: isinstance(entry.currentWidget(), UnlockPage), timeout=20_000)
    page = entry.currentWidget()
    assert isinstance(page, UnlockPage)
    qtbot.waitUntil(lambda: page.names.count() == 1)
    assert page.folder == stores.default_store()


def test_another_store_can_be_chosen(entry: Entry, store: tuple[Path, str], tmp_path: Path, qtbot: QtBot) -> None:
    entry.show_store(tmp_path)
    page = entry.currentWidget()
    assert isinstance(page, UnlockPage)
    qtbot.waitUntil(lambda: bool(page.notice.text))
    QTest.mouseClick(page.other_button, Qt.MouseButton.LeftButton)
    dialog = entry.findChildren(QFileDialog)[0]
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    assert name is not None
    name.setText(str(store[0]))
    dialog.accept()
    qtbot.waitUntil(lambda: page.names.count() == 1)
    assert page.folder == store[0]
    assert page.notice.text == ""


def test_the_recovery_page_is_reached_from_the_store_and_left_again(
    entry: Entry, store: tuple[Path, str], qtbot: QtBot
) -> None:
    entry.show_store(store[0])
    page = entry.currentWidget()
    assert isinstance(page, UnlockPage)
    qtbot.waitUntil(lambda: page.names.count() == 1)
    QTest.mouseClick(page.recovery_button, Qt.MouseButton.LeftButton)
    recover = entry.currentWidget()
    assert isinstance(recover, RecoverPage)
    assert recover.names.currentText() == "sam"
    QTest.mouseClick(recover.back_button, Qt.MouseButton.LeftButton)
    assert entry.currentWidget() is page


def test_one_button_makes_the_practice_family(
    entry: Entry, workspace: Workspace, on_database: OnDatabase, preferences: Preferences, qtbot: QtBot
) -> None:
    opened = Opened()
    entry.opened.connect(opened)
    entry.show_practice()
    qtbot.waitUntil(lambda: isinstance(entry.currentWidget(), PracticePage), timeout=20_000)
    page = entry.currentWidget()
    assert isinstance(page, PracticePage)
    passphrase = page.passphrase.text()
    QTest.mouseClick(page.start_button, Qt.MouseButton.LeftButton)
    assert not page.start_button.isEnabled()
    qtbot.waitUntil(lambda: bool(opened.sessions), timeout=60_000)
    session, folder = opened.sessions[0], opened.folders[0]
    assert session.store.practice
    assert folder == stores.practice_store() == preferences.last_store

    def count() -> int:
        with session.store.transaction() as tx:
            return tx.children.count()

    assert on_database(count) == 5
    on_database(lambda: stores.lock(session))

    # The next time it stands before it; asked again there, a fresh one is offered.
    entry.show_practice()
    qtbot.waitUntil(lambda: isinstance(entry.currentWidget(), UnlockPage))
    unlock = entry.currentWidget()
    assert isinstance(unlock, UnlockPage)
    qtbot.waitUntil(lambda: "fresh" in unlock.practice_button.text())
    QTest.mouseClick(unlock.practice_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: entry.currentWidget() is page)
    assert page.passphrase.text() != passphrase
    settle(workspace, qtbot)


def test_a_weak_practice_passphrase_is_refused_with_the_reason(entry: Entry, qtbot: QtBot) -> None:
    entry.show_practice()
    qtbot.waitUntil(lambda: isinstance(entry.currentWidget(), PracticePage), timeout=20_000)
    page = entry.currentWidget()
    assert isinstance(page, PracticePage)
    page.passphrase.setText("password")
    QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.notice.text), timeout=60_000)
    assert page.start_button.isEnabled()
    assert not stores.exists(stores.practice_store())


def test_a_passphrase_made_up_is_strong_and_never_the_same() -> None:
    made = {make_passphrase() for _ in range(20)}
    assert len(made) == 20
    assert all(stores.strength(passphrase).enough for passphrase in made)


def test_practice_stores_are_known_by_their_folder(own_folder: Path) -> None:
    assert own_folder in stores.practice_store().parents
    assert is_practice(stores.practice_store())
    assert is_practice(stores.practice_store().with_name("practice-2"))
    assert not is_practice(stores.default_store())
    assert not is_practice(Path("elsewhere/practice"))


def test_a_free_folder_is_found_beside_one_in_use(tmp_path: Path) -> None:
    wanted = tmp_path / "store"
    assert free_folder(wanted) == wanted
    wanted.mkdir()
    assert free_folder(wanted) == wanted
    (wanted / "store.db").touch()
    assert free_folder(wanted) == tmp_path / "store-2"
    (tmp_path / "store-2").write_text("")
    assert free_folder(wanted) == tmp_path / "store-3"


# Danger


def test_the_danger_card_shows_the_numbers_in_force(qtbot: QtBot, preferences: Preferences) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    preferences.set_danger_number("out_of_hours", "01384 111111")
    card = DangerCard(window, preferences)
    card.open()
    names = {child.accessibleName() for child in card.findChildren(QWidget)}
    assert "Police or ambulance: 999" in names
    assert "Multi-agency safeguarding hub (MASH): 0300 555 0050, option 3" in names
    assert "MASH out of hours: 01384 111111" in names
    QTest.mouseClick(card.close_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.findChild(QDialog) is None)
