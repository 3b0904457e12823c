"""Backups in the window: made by themselves, on the status bar, in the settings; and the way back to one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from gcp2_app.domain.backups import Backup, Why
from gcp2_app.domain.register import Agency
from gcp2_app.domain.users import Role
from gcp2_app.errors import DamagedStore
from gcp2_app.services import backups, stores, verifying
from gcp2_app.services.backups import Overview
from gcp2_app.services.restoring import Lost
from gcp2_app.services.session import Session
from gcp2_app.storage.checking import Part, Trouble
from gcp2_app.storage.cost import FLOOR
from gcp2_app.storage.engine import connect
from gcp2_app.ui.backing_up import BackingUp, status_line
from gcp2_app.ui.long_run import LongRun
from gcp2_app.ui.main_window import MainWindow
from gcp2_app.ui.place import Place, Screen
from gcp2_app.ui.preferences import Preferences
from gcp2_app.ui.settings.backup import BackupSection
from gcp2_app.ui.settings.page import SettingsPage
from gcp2_app.ui.settings.restore import RestoreForm, lost_words
from gcp2_app.ui.unlock.page import UnlockPage
from gcp2_app.ui.workspace import Workspace
from tests.stores import PASSPHRASE as STORE_PASSPHRASE
from tests.stores import add_family, add_user, as_user
from tests.ui.conftest import OnDatabase

WAIT_MS = 60_000
AT = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
LAST = Backup(name="20261120T090500Z-automatic", made_at=AT, why=Why.AUTOMATIC, size_bytes=1)
STANDS = Overview(backups=(LAST,), last=LAST, place=Path("/stick"), place_leaves=True, copied_at=AT, copy_is_late=False)


@pytest.mark.parametrize(
    ("overview", "practice", "line", "warns"),
    [
        (STANDS, False, "Backed up 09:05 · copy elsewhere 09:05", False),
        (
            replace(STANDS, copied_at=datetime(2026, 11, 2, 9, tzinfo=UTC), copy_is_late=True),
            False,
            "Backed up 09:05 · copy elsewhere 2 Nov 2026",
            True,
        ),
        (
            replace(STANDS, place=None, copied_at=None, copy_is_late=True),
            False,
            "Backed up 09:05 · no copy off this computer",
            True,
        ),
        (replace(STANDS, place_leaves=False), False, "Backed up 09:05 · copies stay on this disk", True),
        (replace(STANDS, place=None, copied_at=None), True, "Backed up 09:05", False),
        (replace(STANDS, backups=(), last=None), False, "No backup yet · copy elsewhere 09:05", True),
    ],
)
def test_the_status_bar_says_when_the_last_one_was(overview: Overview, practice: bool, line: str, warns: bool) -> None:
    assert status_line(overview, date(2026, 11, 20), practice=practice) == (line, warns)


def test_what_would_be_lost_is_said_in_words() -> None:
    lost = (Lost(kind="child", added=1, changed=0), Lost(kind="entry", added=0, changed=2))
    assert lost_words(lost) == "No longer in the store would be: 1 child added since; what changed since in 2 entries."
    assert "has been added or changed" in lost_words((Lost(kind="child", added=0, changed=0),))


# By itself


@pytest.fixture
def backing_up(workspace: Workspace, session: Session) -> BackingUp:
    del session
    return BackingUp(workspace, workspace)


def test_one_is_made_after_the_unlock_and_the_line_says_so(
    backing_up: BackingUp, workspace: Workspace, qtbot: QtBot
) -> None:
    lines: list[str] = []
    backing_up.told.connect(lambda line, _: lines.append(line))
    backing_up.look()
    qtbot.waitUntil(lambda: any("Backed up" in line for line in lines), timeout=WAIT_MS)
    folder = workspace.session.store.folder / "backups"
    assert len(list(folder.glob("*-automatic"))) == 1
    # A change within the half hour waits for its time.
    workspace.changed.emit("child", "c1")
    lines.clear()
    backing_up.look()
    qtbot.waitUntil(lambda: bool(lines), timeout=WAIT_MS)
    assert len(list(folder.glob("*-automatic"))) == 1


def test_a_damaged_store_is_told(backing_up: BackingUp, workspace: Workspace, qtbot: QtBot) -> None:
    session = workspace.session
    driver = connect(session.store.folder / "store.db", session.store.data_key)
    driver.execute("DROP TRIGGER audit_never_changed")
    driver.close()
    with qtbot.waitSignal(backing_up.damaged, timeout=WAIT_MS):
        backing_up.look()
    assert not list((session.store.folder / "backups").glob("*-automatic"))


def test_a_lock_tells_what_runs_to_stop(workspace: Workspace, session: Session, qtbot: QtBot) -> None:
    run: LongRun[backups.Job, backups.Done] = LongRun(workspace, workspace)
    jobs: list[backups.Job] = []

    def begin(asking: Session) -> backups.Job:
        jobs.append(backups.begin(asking))
        return jobs[-1]

    heard: list[Any] = []
    run.start(begin, backups.finish, done=heard.append, failed=heard.append)
    qtbot.waitUntil(lambda: bool(jobs) and run._job is not None, timeout=WAIT_MS)
    workspace.end()
    workspace.tasks.forget_results()
    assert jobs[0].stopping.is_set()
    assert not run.is_busy
    workspace.tasks.run(workspace, lambda: stores.lock(session)).result(60)
    workspace.tasks.aside(workspace, lambda: None).result(60)
    assert heard == []


# Settings


@pytest.fixture
def section(workspace: Workspace, session: Session, qtbot: QtBot) -> BackupSection:
    del session
    made = BackupSection(workspace)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: bool(made.last.text()), timeout=WAIT_MS)
    return made


def texts(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def make(section: BackupSection, qtbot: QtBot) -> str:
    """Make a backup by the button and return its name."""
    before = set(section.restore_buttons)
    QTest.mouseClick(section.make_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(section.restore_buttons) > len(before), timeout=WAIT_MS)
    (name,) = set(section.restore_buttons) - before
    return name


def test_one_is_made_by_the_button_and_listed(section: BackupSection, qtbot: QtBot) -> None:
    assert "None yet." in texts(section)
    make(section, qtbot)
    assert section.notice.text == "The backup is made and was checked."
    assert section.last.text().startswith("20 November 2026, 12:00")
    assert "by hand" in texts(section)


def test_the_place_of_copies_is_chosen_and_the_last_backup_copied_there(
    section: BackupSection, tmp_path: Path, qtbot: QtBot
) -> None:
    assert "everything in the store is lost with it" in section.copied.text()
    make(section, qtbot)
    stick = tmp_path / "stick"
    stick.mkdir()
    section.set_place(stick)
    qtbot.waitUntil(lambda: "20 November 2026, 12:00" in section.copied.text(), timeout=WAIT_MS)
    assert "same disk as the store" in section.place.text()
    assert len(list(stick.glob("gcp2-backups-*/*-by-hand/store.db"))) == 1
    assert section.stop_button.isVisible()
    section.set_place(tmp_path / "nothing")
    qtbot.waitUntil(lambda: "There is no folder" in section.copy_notice.text, timeout=WAIT_MS)


def test_the_store_is_looked_through(section: BackupSection, workspace: Workspace, qtbot: QtBot) -> None:
    QTest.mouseClick(section.verify_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Nothing is altered" in section.verify_notice.text, timeout=WAIT_MS)
    driver = connect(workspace.session.store.folder / "store.db", workspace.session.store.data_key)
    driver.execute("DROP TRIGGER audit_never_changed")
    driver.close()
    QTest.mouseClick(section.verify_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "“audit_never_changed”" in section.verify_notice.text, timeout=WAIT_MS)
    assert section.verify_button.isEnabled()


def test_a_worker_sees_how_backups_stand_and_changes_nothing(
    workspace: Workspace, session: Session, on_database: OnDatabase, qtbot: QtBot
) -> None:
    def become_worker() -> Session:
        add_user(session, "pat", Role.PRACTITIONER)
        backups.make(session)
        return as_user(session, "pat")

    workspace.begin(on_database(become_worker))
    section = BackupSection(workspace)
    qtbot.addWidget(section)
    section.show()
    qtbot.waitUntil(lambda: bool(section.last.text()), timeout=WAIT_MS)
    assert not section.make_button.isVisible()
    assert not section.choose_button.isVisible()
    assert not section.restore_buttons
    assert not hasattr(section, "verify_button")
    assert "by hand" in texts(section)


def test_findings_beyond_the_first_are_counted(section: BackupSection) -> None:
    trouble = Trouble(Part.PAGES, "A page is damaged.")
    section._verified(verifying.Verified(troubles=(trouble,) * 12))
    assert "And 2 more." in section.verify_notice.text


# There and back


@pytest.fixture
def window(workspace: Workspace, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(workspace, Preferences(QSettings(str(tmp_path / "gcp2.ini"), QSettings.Format.IniFormat)))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


@pytest.fixture
def store(on_database: OnDatabase, tmp_path: Path) -> Path:
    """A store of sam with one child, backed up."""

    def make_store() -> Path:
        setup = stores.SetUp(
            sign_in_name="sam",
            name="Sam Rowan",
            role="social worker",
            agency=Agency.CHILDRENS_SOCIAL_CARE,
            passphrase=STORE_PASSPHRASE,
            practice=True,
        )
        session = stores.create(tmp_path / "store", setup, cost=FLOOR).session
        add_family(session)
        backups.make(session)
        add_family(session)
        stores.lock(session)
        return tmp_path / "store"

    return on_database(make_store)


def page_of(window: MainWindow, qtbot: QtBot) -> UnlockPage:
    page = window.entry.currentWidget()
    assert isinstance(page, UnlockPage)
    qtbot.waitUntil(page.unlock_button.isEnabled, timeout=WAIT_MS)
    return page


def unlock(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window, qtbot)
    QTest.keyClicks(page.passphrase.line, STORE_PASSPHRASE)
    QTest.keyClick(page.passphrase.line, Qt.Key.Key_Return)


def children(workspace: Workspace, on_database: OnDatabase) -> int:
    def count() -> int:
        with workspace.session.store.transaction() as tx:
            return tx.children.count()

    return on_database(count)


def test_a_person_goes_back_to_a_backup(
    window: MainWindow, workspace: Workspace, store: Path, on_database: OnDatabase, qtbot: QtBot
) -> None:
    window.open_store(store)
    unlock(window, qtbot)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=WAIT_MS)
    shell = window.shell
    assert shell is not None
    qtbot.waitUntil(lambda: "Backed up" in window._backups.text(), timeout=WAIT_MS)
    assert window._backups.isVisible()
    shell.go(Place(Screen.SETTINGS, "backup"))
    page = shell.page
    assert isinstance(page, SettingsPage)
    section = page.section
    assert isinstance(section, BackupSection)
    qtbot.waitUntil(lambda: bool(section.restore_buttons), timeout=WAIT_MS)
    (button,) = section.restore_buttons.values()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    (form,) = section.findChildren(RestoreForm)
    qtbot.waitUntil(form.accept_button.isEnabled, timeout=WAIT_MS)
    assert "1 child added since" in form.lost.text()
    QTest.mouseClick(form.accept_button, Qt.MouseButton.LeftButton)
    assert "Type the passphrase" in texts(form)
    QTest.keyClicks(form.passphrase.line, STORE_PASSPHRASE)
    QTest.mouseClick(form.accept_button, Qt.MouseButton.LeftButton)
    assert window.shell is None
    unlock_page = page_of(window, qtbot)
    qtbot.waitUntil(lambda: "is kept as the backup" in unlock_page.notice.text, timeout=WAIT_MS)
    unlock(window, qtbot)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=WAIT_MS)
    assert children(workspace, on_database) == 1


def test_before_a_damaged_store_the_last_good_backup_is_offered(
    window: MainWindow, workspace: Workspace, store: Path, on_database: OnDatabase, qtbot: QtBot
) -> None:
    damaged = bytes(byte ^ 1 for byte in (store / "store.db").read_bytes())
    (store / "store.db").write_bytes(damaged)
    window.open_store(store)
    page = page_of(window, qtbot)
    assert page.damage.isHidden()
    unlock(window, qtbot)
    qtbot.waitUntil(page.damage.isVisible, timeout=WAIT_MS)
    assert "nothing is deleted" in page.damage.text.text()
    page.passphrase.clear()
    QTest.mouseClick(page.damage.button, Qt.MouseButton.LeftButton)
    assert "Type your passphrase" in page.passphrase_error
    QTest.keyClicks(page.passphrase.line, STORE_PASSPHRASE)
    QTest.mouseClick(page.damage.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "damaged files that were there are kept" in page.notice.text, timeout=WAIT_MS)
    (kept,) = (store / "backups").glob("*-damaged")
    assert (kept / "store.db").read_bytes() == damaged
    unlock(window, qtbot)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=WAIT_MS)
    assert children(workspace, on_database) == 1


def test_where_there_is_no_backup_that_is_said(window: MainWindow, store: Path, qtbot: QtBot) -> None:
    for each in (store / "backups").glob("*-by-hand"):
        each.rename(store.parent / "elsewhere")
    (store / "store.db").write_bytes(b"x" * 8192)
    window.open_store(store)
    page = page_of(window, qtbot)
    unlock(window, qtbot)
    qtbot.waitUntil(page.damage.isVisible, timeout=WAIT_MS)
    assert "no backup on this computer" in page.damage.text.text()
    assert not page.damage.button.isVisible()


def test_a_store_that_is_not_whole_is_told_and_can_still_be_read(
    window: MainWindow, workspace: Workspace, store: Path, qtbot: QtBot
) -> None:
    window.open_store(store)
    unlock(window, qtbot)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=WAIT_MS)
    driver = connect(store / "store.db", workspace.session.store.data_key)
    driver.execute("DROP TRIGGER audit_never_changed")
    driver.close()
    # So that one is due.
    (made,) = (store / "backups").glob("*-by-hand")
    made.rename(made.with_name("20200101T000000Z-by-hand"))
    backing_up = window._backing_up
    assert backing_up is not None
    backing_up.look()
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=WAIT_MS)
    (box,) = window.findChildren(QMessageBox)
    assert "audit_never_changed" in box.text()
    assert "go back to the last good backup" in box.informativeText()
    assert "The backup failed" in window._backups.text()
    assert window.shell is not None
    box.close()


def test_a_database_that_cannot_be_read_locks_and_the_last_good_backup_is_offered(
    window: MainWindow, workspace: Workspace, store: Path, qtbot: QtBot
) -> None:
    window.open_store(store)
    unlock(window, qtbot)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=WAIT_MS)

    def fail() -> None:
        raise DamagedStore("The database is damaged.", "Nothing was changed.")

    workspace.tasks.run(window, fail, failed=lambda _: None)
    qtbot.waitUntil(lambda: window.shell is None, timeout=WAIT_MS)
    page = page_of(window, qtbot)
    qtbot.waitUntil(page.damage.isVisible, timeout=WAIT_MS)
    assert "The database is damaged." in page.notice.text
    # Before a locked store it says nothing more.
    workspace.tasks.damaged.emit(DamagedStore("Again."))
    assert "Again" not in page.notice.text
