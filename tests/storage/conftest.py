"""A real encrypted store in a temporary folder, and a clock that stands still until it is moved.

Making a store runs the migrations, so it is made once and copied for each test.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from gcp2_app.storage.cost import FLOOR, Cost
from gcp2_app.storage.store import Store, create_store, open_store

KEY = bytes(range(32))


@dataclass
class Clock:
    """Gives the instant it was set to."""

    now: datetime = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, *, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def key() -> bytes:
    return KEY


@pytest.fixture
def cheap() -> Cost:
    """The least a passphrase may cost."""
    return FLOOR


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty") / "store"
    create_store(folder, data_key=KEY, practice=True, clock=Clock())
    return folder


@pytest.fixture
def folder(empty_store: Path, tmp_path: Path) -> Path:
    """The folder of a new store; nothing has it open."""
    copied = tmp_path / "store"
    shutil.copytree(empty_store, copied)
    return copied


@pytest.fixture
def store(folder: Path, clock: Clock) -> Iterator[Store]:
    """A new store, open."""
    with open_store(folder, KEY, clock=clock) as opened:
        yield opened


@pytest.fixture
def reopened(folder: Path, clock: Clock) -> Callable[[], Store]:
    """Opens the store of this test; for tests that close it in between."""
    return lambda: open_store(folder, KEY, clock=clock)


@pytest.fixture
def today() -> date:
    return date(2026, 11, 2)
