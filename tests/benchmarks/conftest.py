"""Stores of full size, made once a run, and the report of ratios at its end."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gcp2_app.domain.register import Professional
from gcp2_app.domain.users import User
from gcp2_app.services.session import Session
from gcp2_app.storage.store import open_store
from tests.benchmarks.caseloads import fill
from tests.stores import make_session

_lines = pytest.StashKey[list[str]]()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A closed store and what opens it without a passphrase."""

    folder: Path
    data_key: bytes
    user: User
    professional: Professional


@pytest.fixture(scope="session")
def big_folder(tmp_path_factory: pytest.TempPathFactory) -> Closed:
    """A store with 10 000 children, each with an assessment."""
    session = make_session(tmp_path_factory.mktemp("big") / "store")
    fill(session, 10_000)
    closed = Closed(
        folder=session.store.folder,
        data_key=session.store.data_key,
        user=session.user,
        professional=session.professional,
    )
    session.store.close()
    return closed


@pytest.fixture
def big(big_folder: Closed) -> Iterator[Session]:
    """The store of 10 000 children, open."""
    with open_store(big_folder.folder, big_folder.data_key) as store:
        yield Session(store, big_folder.user, big_folder.professional)


@pytest.fixture(scope="session")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A store with one child of 40 assessments and 2 000 entries."""
    session = make_session(tmp_path_factory.mktemp("long") / "store")
    fill(session, 1, assessments=40, entries=2_000)
    yield session
    session.store.close()


@pytest.fixture
def say(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Add a line to what the run prints at its end."""
    return request.config.stash.setdefault(_lines, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the measured numbers beside their bars."""
    lines = config.stash.get(_lines, [])
    if lines:
        terminalreporter.section("measured")
        for line in lines:
            terminalreporter.write_line(line)
