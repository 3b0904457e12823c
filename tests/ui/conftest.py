"""A real workspace over a real encrypted store, for tests that drive real widgets."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, TypeVar

import pytest
from pytestqt.qtbot import QtBot

from gcp2_app.domain.register import Agency
from gcp2_app.services import stores
from gcp2_app.services.session import Session
from gcp2_app.storage.cost import FLOOR
from gcp2_app.ui.tasks import Tasks
from gcp2_app.ui.workspace import Workspace

T = TypeVar("T")
#: The day of every store in these tests: a Friday.
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PASSPHRASE = "seven quiet herons over the lock"


class OnDatabase(Protocol):
    """Runs work on the database thread and waits for what it returns."""

    def __call__(self, work: Callable[[], T]) -> T: ...


@pytest.fixture
def workspace(qtbot: QtBot) -> Iterator[Workspace]:
    """A workspace without a session; a bug in any of its tasks fails the test."""
    del qtbot  # a QApplication, before anything of Qt
    tasks = Tasks()
    made = Workspace(tasks)
    broken: list[BaseException] = []
    tasks.broke.connect(broken.append)
    yield made
    if made.is_unlocked:
        session = made.session
        made.end()
        tasks.run(made, lambda: stores.lock(session)).result()
    tasks.close()
    assert not broken


@pytest.fixture
def on_database(workspace: Workspace) -> OnDatabase:
    """The way to the database thread: a store belongs to the thread that opened it."""

    def run(work: Callable[[], T]) -> T:
        return workspace.tasks.run(workspace, work).result(60)

    return run


@pytest.fixture
def make_session(workspace: Workspace, on_database: OnDatabase, tmp_path: Path) -> Callable[[bool], Session]:
    """Makes a store, practice or real, and begins its first user's session in the workspace."""

    def make(practice: bool) -> Session:
        setup = stores.SetUp(
            sign_in_name="sam",
            name="Sam Rowan",
            role="Social worker",
            agency=Agency.CHILDRENS_SOCIAL_CARE,
            passphrase=PASSPHRASE,
            practice=practice,
        )
        folder = tmp_path / "store"
        session = on_database(lambda: stores.create(folder, setup, cost=FLOOR, clock=lambda: NOW).session)
        workspace.begin(session)
        return session

    return make


@pytest.fixture
def session(make_session: Callable[[bool], Session]) -> Session:
    """The session of a real store's first user: practitioner, supervisor and administrator."""
    return make_session(False)


@pytest.fixture
def practice_session(make_session: Callable[[bool], Session]) -> Session:
    """The session of a practice store's first user."""
    return make_session(True)
