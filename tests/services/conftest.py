"""A practitioner's session on a new practice store, and a supervisor's on the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gcp2_app.domain.users import Role
from gcp2_app.services.session import Session
from tests.stores import Clock, add_user, as_user, make_session


@pytest.fixture
def clock() -> Clock:
    """The store's clock, standing at 23 November 2026."""
    return Clock()


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    """The first user's session."""
    made = make_session(tmp_path / "store", clock=clock)
    yield made
    made.store.close()


@pytest.fixture
def supervisor(session: Session) -> Session:
    """A supervisor who is no practitioner."""
    add_user(session, "manager", Role.SUPERVISOR)
    return as_user(session, "manager")
