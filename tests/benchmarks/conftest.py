"""Stores of full size, made once a run, and the report of ratios at its end.

They keep the real time: who was away for long comes to a neutral page before the caseload, which is not measured.
"""

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from gcp2_app.domain.register import Professional
from gcp2_app.domain.users import User
from gcp2_app.services.session import Session
from gcp2_app.storage.store import now_utc, open_store
from tests.benchmarks.caseloads import fill
from tests.stores import begin, make_session

Say = Callable[[str], None]
_lines = pytest.StashKey[list[str]]()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A closed store and what opens it without a passphrase."""

    folder: Path
    data_key: bytes
    user: User
    professional: Professional


def in_words(times: Sequence[float]) -> str:
    """Return the best, the median and the worst of what was measured."""
    return f"{min(times):.0f} (median {statistics.median(times):.0f}, worst {max(times):.0f})"


def _closed(session: Session) -> Closed:
    store = session.store
    closed = Closed(folder=store.folder, data_key=store.data_key, user=session.user, professional=session.professional)
    store.close()
    return closed


@pytest.fixture(scope="session")
def big_folder(tmp_path_factory: pytest.TempPathFactory) -> Closed:
    """A store with 10 000 children, each with an assessment."""
    session = make_session(tmp_path_factory.mktemp("big") / "store", clock=now_utc)
    fill(session, 10_000)
    return _closed(session)


@pytest.fixture(scope="session")
def long_folder(tmp_path_factory: pytest.TempPathFactory) -> Closed:
    """A store with one child of 40 finished assessments, one under way, and 2 000 entries."""
    session = make_session(tmp_path_factory.mktemp("long") / "store", clock=now_utc)
    ids = fill(session, 1, assessments=40, entries=2_000)
    with session.store.transaction() as tx:
        child = tx.children.get(ids[0])
    begin(session, child)
    return _closed(session)


def _open(closed: Closed) -> Iterator[Session]:
    with open_store(closed.folder, closed.data_key) as store:
        yield Session(store, closed.user, closed.professional)


@pytest.fixture
def big(big_folder: Closed) -> Iterator[Session]:
    """The store of 10 000 children, open."""
    yield from _open(big_folder)


@pytest.fixture
def long(long_folder: Closed) -> Iterator[Session]:
    """The store of the child with much in the record, open."""
    yield from _open(long_folder)


@pytest.fixture
def say(request: pytest.FixtureRequest) -> Say:
    """Add a line to what the run prints at its end."""
    return request.config.stash.setdefault(_lines, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the measured numbers beside their bars."""
    lines = config.stash.get(_lines, [])
    if lines:
        terminalreporter.section("measured")
        for line in lines:
            terminalreporter.write_line(line)
