"""Stores to measure with, and the report of ratios at the end of a run.

The caseload has as many children as ``GCP2_BENCHMARK_CHILDREN`` says: a few hundred, so that nobody waits, where it
says nothing; 10 000, with a million entries, for the numbers of the architecture. It is made once: in the folder
``GCP2_BENCHMARK_CACHE`` names, for the runs to come too, or else for this run.

They keep the real time: who was away for long comes to a neutral page before the caseload, which is not measured.
"""

import hashlib
import os
import shutil
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

import gcp2_app
from gcp2_app.domain.register import Professional
from gcp2_app.domain.users import User
from gcp2_app.services.invented import filling
from gcp2_app.services.session import Session
from gcp2_app.storage.store import now_utc, open_store
from tests.benchmarks.caseloads import fill
from tests.stores import begin, make_session

Say = Callable[[str], None]
_FEW = 300
_lines = pytest.StashKey[list[str]]()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A closed store and what opens it without a passphrase."""

    folder: Path
    data_key: bytes
    user: User
    professional: Professional


class Times(list[float]):
    """How long each round of some work took, in milliseconds.

    Attributes:
        busy: how long the processor worked for each, which other work on the computer makes little longer.
    """

    def __init__(self, work: Callable[[], object], rounds: int) -> None:
        super().__init__()
        self.busy: list[float] = []
        for _ in range(rounds):
            start, busy = time.perf_counter(), time.process_time()
            work()
            self.busy.append((time.process_time() - busy) * 1e3)
            self.append((time.perf_counter() - start) * 1e3)


def in_words(times: Sequence[float]) -> str:
    """Return the best, the median and the worst of what was measured."""
    words = f"{min(times):.0f} (median {statistics.median(times):.0f}, worst {max(times):.0f})"
    return f"{words}, processor {statistics.median(times.busy):.0f}" if isinstance(times, Times) else words


def _closed(session: Session) -> Closed:
    store = session.store
    closed = Closed(folder=store.folder, data_key=store.data_key, user=session.user, professional=session.professional)
    store.close()
    return closed


def _what_makes_it() -> str:
    """Return a digest of what a caseload is made by: one made by something else is no use."""
    ours = Path(gcp2_app.__file__).parent
    storage = ("schema", "projections", "entry_words", "migrations/versions/*")
    files = [
        *ours.glob("services/invented/*.py"),
        *(path for name in storage for path in ours.glob(f"storage/{name}.py")),
    ]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(files))).hexdigest()[:12]


@pytest.fixture(scope="session")
def children() -> int:
    """How many children the caseload has."""
    return int(os.environ.get("GCP2_BENCHMARK_CHILDREN", _FEW))


@pytest.fixture(scope="session")
def big_folder(tmp_path_factory: pytest.TempPathFactory, children: int, pytestconfig: pytest.Config) -> Closed:
    """A store with a caseload of invented families, as it was made: each run measures a copy."""
    cache = os.environ.get("GCP2_BENCHMARK_CACHE")
    place = Path(cache) if cache else tmp_path_factory.mktemp("caseloads")
    made = place / f"{children}-children-{_what_makes_it()}"
    if not made.is_dir():
        begun = time.perf_counter()
        shutil.rmtree(half := place / f"{made.name}.half", ignore_errors=True)
        session = make_session(half / "store", clock=now_utc)
        filling.fill(session, children, tell=lambda _: None)
        (half / "key").write_bytes(session.store.data_key)
        session.store.close()
        half.rename(made)
        taken, size = time.perf_counter() - begun, (made / "store" / "store.db").stat().st_size
        say = pytestconfig.stash.setdefault(_lines, []).append
        say(f"a caseload of {children:,} children made: {taken:.0f} s, {size / 1e6:,.0f} MB")
    copy = tmp_path_factory.mktemp("big") / "store"
    shutil.copytree(made / "store", copy)
    key = (made / "key").read_bytes()
    with open_store(copy, key) as store, store.transaction() as tx:
        (user,) = tx.users.all()
        # It was used just now, however long ago it was made.
        tx.record("measured", by=user.id)
        return Closed(folder=copy, data_key=key, user=user, professional=tx.professionals.get(user.professional))


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
    """The store with the caseload, open."""
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
        if hasattr(os, "getloadavg"):
            load, processors = os.getloadavg()[0], os.cpu_count()
            terminalreporter.write_line(f"load of the computer at the end: {load:.1f} on {processors} processors")
        for line in lines:
            terminalreporter.write_line(line)
