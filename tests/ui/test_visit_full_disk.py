"""A full disk during a visit: what is half typed or tapped outlives a lock as ciphertext and comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gcp2_app.domain.visits import Draft, How
from gcp2_app.services import visits
from gcp2_app.services.session import Session
from gcp2_app.services.visits import Running
from gcp2_app.ui.visit import sealed
from gcp2_app.ui.visit.room import VisitRoom
from gcp2_app.ui.visit.sealed import SealedVisits
from gcp2_app.ui.workspace import Workspace
from tests.ui import families
from tests.ui.assessing import with_limit
from tests.ui.conftest import PASSPHRASE, OnDatabase

#: More than fits into what is free inside a new database.
LONG = "The fridge is empty. " * 30_000
WAIT_MS = 60_000
FULL, ROOM = "PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000"


@pytest.fixture
def running(session: Session, on_database: OnDatabase, tmp_path: Path) -> Running:
    on_database(lambda: families.add_family(session, tmp_path))
    return on_database(lambda: visits.begin(session, visits.Begin(child=families.CHILD, announced=True)))


@pytest.fixture
def room(running: Running, workspace: Workspace, qtbot: QtBot) -> Iterator[VisitRoom]:
    made = shown(running, workspace, qtbot)
    yield made
    made.keeper.stop()


def shown(running: Running, workspace: Workspace, qtbot: QtBot) -> VisitRoom:
    made = VisitRoom(workspace, running, None)
    qtbot.addWidget(made)
    made.show()
    return made


def settle(workspace: Workspace, qtbot: QtBot) -> None:
    """Wait until the database thread has nothing left to do."""
    arrived: list[bool] = []
    for _ in range(3):
        workspace.tasks.run(workspace, lambda: True, arrived.append)
    qtbot.waitUntil(lambda: len(arrived) == 3, timeout=WAIT_MS)


def refused(room: VisitRoom, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot) -> None:
    """Tap the kitchen and type half a note on a disk that is full."""
    with_limit(workspace.session, on_database, FULL)
    room.sheet.notes.box.setPlainText(LONG)
    room.keeper.flush()
    qtbot.waitUntil(lambda: bool(workspace.sealed_visits), timeout=WAIT_MS)


def come_back(workspace: Workspace, on_database: OnDatabase, held: SealedVisits) -> Running:
    def work() -> Running:
        found = visits.running(workspace.session)
        assert found is not None
        return sealed.come_back(workspace.session, held, found)

    return on_database(work)


def draft_on_disk(workspace: Workspace, on_database: OnDatabase) -> Draft:
    found = on_database(lambda: visits.running(workspace.session))
    assert found is not None
    return found.draft


def test_half_a_note_is_only_ciphertext_and_is_written_when_the_same_user_is_back(
    room: VisitRoom, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    refused(room, workspace, on_database, qtbot)
    (held,) = workspace.sealed_visits.values()
    assert b"fridge" not in held.content
    # As the window does on lock: the screens go, and what is sealed stays.
    room.keeper.flush()
    settle(workspace, qtbot)
    with_limit(workspace.session, on_database, ROOM)
    back = come_back(workspace, on_database, workspace.sealed_visits)
    assert (back.draft, back.kept) == (Draft(text=LONG), True)
    assert draft_on_disk(workspace, on_database) == Draft(text=LONG)
    assert not workspace.sealed_visits


def test_on_a_disk_that_is_still_full_it_is_in_the_box_again_and_said(
    room: VisitRoom, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    refused(room, workspace, on_database, qtbot)
    back = come_back(workspace, on_database, workspace.sealed_visits)
    assert not back.kept
    room.keeper.stop()
    again = shown(back, workspace, qtbot)
    assert again.sheet.notes.box.toPlainText() == LONG
    qtbot.waitUntil(lambda: "disk is full" in again.sheet.notes.error, timeout=WAIT_MS)
    assert workspace.sealed_visits
    with_limit(workspace.session, on_database, ROOM)
    # The next thing that is written takes what waits with it.
    again.sheet.picks["rooms"].buttons["kitchen"].click()
    qtbot.waitUntil(lambda: not workspace.sealed_visits, timeout=WAIT_MS)
    settle(workspace, qtbot)
    assert again.sheet.notes.error == ""
    assert draft_on_disk(workspace, on_database) == Draft(text=LONG)
    again.keeper.stop()


def test_half_a_correction_comes_back_as_a_correction(
    room: VisitRoom, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    notes = room.sheet.notes
    notes.box.setPlainText("One blanket.")
    notes.note(How.I_SAW)
    qtbot.waitUntil(lambda: notes.list.count() == 1, timeout=WAIT_MS)
    settle(workspace, qtbot)
    notes.list.itemActivated.emit(notes.list.item(0))
    refused(room, workspace, on_database, qtbot)
    settle(workspace, qtbot)
    with_limit(workspace.session, on_database, ROOM)
    back = come_back(workspace, on_database, workspace.sealed_visits)
    room.keeper.stop()
    again = shown(back, workspace, qtbot)
    assert again.sheet.notes.box.toPlainText() == LONG
    again.sheet.notes.note(How.CARER_SAID)
    qtbot.waitUntil(lambda: "The fridge" in again.sheet.notes.list.item(0).text(), timeout=WAIT_MS)
    assert again.sheet.notes.list.count() == 1
    settle(workspace, qtbot)
    assert draft_on_disk(workspace, on_database) == Draft()
    again.keeper.stop()


def test_what_was_tapped_comes_back_too(
    room: VisitRoom, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    with_limit(workspace.session, on_database, FULL)
    room.sheet.others.setText(LONG)
    typed = room.sheet.others.text().strip()
    room.sheet.others.editingFinished.emit()
    qtbot.waitUntil(lambda: bool(workspace.sealed_visits), timeout=WAIT_MS)
    still_full = come_back(workspace, on_database, workspace.sealed_visits)
    assert still_full.visit.sheet.present == (typed,)
    assert not still_full.kept
    with_limit(workspace.session, on_database, ROOM)
    back = come_back(workspace, on_database, workspace.sealed_visits)
    assert back.visit.sheet.present == (typed,)
    assert back.kept
    assert not workspace.sealed_visits


def test_what_became_a_note_is_held_no_longer(
    room: VisitRoom, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    refused(room, workspace, on_database, qtbot)
    with_limit(workspace.session, on_database, ROOM)
    room.sheet.notes.note(How.I_SAW)
    qtbot.waitUntil(lambda: room.sheet.notes.list.count() == 1, timeout=WAIT_MS)
    settle(workspace, qtbot)
    assert not workspace.sealed_visits
    assert draft_on_disk(workspace, on_database) == Draft()


def test_the_end_of_a_visit_takes_what_was_refused_with_it(
    room: VisitRoom, workspace: Workspace, on_database: OnDatabase, qtbot: QtBot
) -> None:
    refused(room, workspace, on_database, qtbot)
    with_limit(workspace.session, on_database, ROOM)
    room.passphrase.line.setText(PASSPHRASE)
    with qtbot.waitSignal(room.ended, timeout=WAIT_MS):
        room.confirm_button.click()
    assert not workspace.sealed_visits

    def last() -> str:
        with workspace.session.store.transaction() as tx:
            return tx.entries.get(room.visit_id).what

    assert on_database(last) == LONG.strip()
