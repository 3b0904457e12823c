"""The trail in the database: only ever added to, chained, sealed."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from gcp2_app.errors import DamagedStore, InvalidValue
from gcp2_app.storage import audit
from gcp2_app.storage.engine import connect
from gcp2_app.storage.store import Store
from tests.storage.conftest import Clock


@pytest.fixture
def written(store: Store, clock: Clock) -> Store:
    """A store with five events in two transactions."""
    with store.transaction() as tx:
        tx.record("unlocked", by="u1", kind="user", id="u1")
        tx.record("child opened", by="u1", kind="child", id="c1", reason="duty")
    clock.forward(seconds=90)
    with store.transaction() as tx:
        tx.record("child changed", by="u1", kind="child", id="c1", fields=("school", "gp"))
        tx.record("caseload searched", by="u1", kind="caseload", count=12)
        tx.record("unlock failed", by=None, at=datetime(2026, 1, 1, tzinfo=UTC))
    return store


def test_events_come_back_as_they_were_recorded(written: Store, clock: Clock) -> None:
    with written.transaction() as tx:
        events = list(audit.events(tx))
        assert [event.seq for event in events] == [1, 2, 3, 4, 5]
        assert [event.action for event in audit.page(tx, limit=2)] == ["unlock failed", "caseload searched"]
        assert [event.action for event in audit.page(tx, offset=3)] == ["child opened", "unlocked"]
        assert audit.count(tx) == 5
    changed = events[2]
    assert (changed.user, changed.kind, changed.id, changed.fields) == ("u1", "child", "c1", ("school", "gp"))
    assert changed.at == clock.now
    assert events[1].reason == "duty"
    assert events[3].count == 12
    assert (events[4].user, events[4].at) == (None, datetime(2026, 1, 1, tzinfo=UTC))


def test_a_whole_trail_is_found_whole(written: Store) -> None:
    with written.transaction() as tx:
        assert audit.first_broken(tx) is None


def test_an_instant_without_its_zone_is_refused(store: Store) -> None:
    with store.transaction() as tx, pytest.raises(InvalidValue, match="time zone"):
        tx.record("x", by=None, at=datetime(2026, 1, 1))  # noqa: DTZ001 - that is what is refused


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE audit SET action = 'x' WHERE seq = 2", "never changed"),
        ("DELETE FROM audit WHERE seq = 5", "never shortened"),
        ("DELETE FROM audit", "never shortened"),
        ("INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 2", "no gaps"),
        ("INSERT INTO audit VALUES (9, '2026-01-01', NULL, 'x', '', '', '[]', NULL, '', '', '')", "no gaps"),
    ],
)
def test_the_database_itself_refuses_to_alter_the_trail(
    written: Store, folder: Path, key: bytes, statement: str, why: str
) -> None:
    written.close()
    connection = connect(folder / "store.db", key)
    with pytest.raises(dbapi2.IntegrityError, match=why):
        connection.execute(statement)
    assert connection.execute("SELECT count(*) FROM audit").fetchone() == (5,)
    connection.close()


def tamper(folder: Path, key: bytes, *statements: str) -> None:
    """Alter the database as somebody would who has the data key and takes the triggers away."""
    connection = connect(folder / "store.db", key)
    for name in ("audit_never_changed", "audit_never_removed", "audit_in_order"):
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_an_event_altered_in_the_middle_is_found(
    written: Store, folder: Path, key: bytes, reopened: Callable[[], Store]
) -> None:
    written.close()
    tamper(folder, key, "UPDATE audit SET id = 'c2' WHERE seq = 2")
    with reopened() as store, store.transaction() as tx:
        assert audit.first_broken(tx) == 2


def test_a_missing_event_is_found(written: Store, folder: Path, key: bytes, reopened: Callable[[], Store]) -> None:
    written.close()
    tamper(folder, key, "DELETE FROM audit WHERE seq = 3")
    with reopened() as store, store.transaction() as tx:
        assert audit.first_broken(tx) == 3


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit WHERE seq = 5",
        "DELETE FROM audit",
        "UPDATE audit SET digest = '00' WHERE seq = 5",
        "DELETE FROM store_meta WHERE key = 'audit_seal'",
        "UPDATE store_meta SET value = x'00' WHERE key = 'audit_seal'",
    ],
)
def test_a_trail_that_does_not_end_where_it_was_sealed_is_refused(
    written: Store, folder: Path, key: bytes, reopened: Callable[[], Store], statement: str
) -> None:
    written.close()
    tamper(folder, key, statement)
    with pytest.raises(DamagedStore, match="does not end where it was sealed"):
        reopened()


def test_a_trail_taken_away_with_its_seal_does_not_pass_for_a_new_store(
    written: Store, folder: Path, key: bytes, reopened: Callable[[], Store]
) -> None:
    written.close()
    tamper(folder, key, "DELETE FROM audit", "DELETE FROM store_meta WHERE key = 'audit_seal'")
    with pytest.raises(DamagedStore, match="does not end where it was sealed"):
        reopened()


def test_what_was_rolled_back_leaves_no_gap(written: Store, reopened: Callable[[], Store]) -> None:
    def fail() -> None:
        with written.transaction() as tx:
            tx.record("never", by="u1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with written.transaction() as tx:
        tx.record("after", by="u1")
    written.close()
    with reopened() as store, store.transaction() as tx:
        assert [event.action for event in audit.page(tx, limit=1)] == ["after"]
        assert audit.first_broken(tx) is None


def test_a_long_trail_is_read_in_pieces(store: Store) -> None:
    with store.transaction() as tx:
        for number in range(2_300):
            tx.record("view", by="u1", kind="child", id=f"c{number}")
    with store.transaction() as tx:
        assert [event.id for event in audit.events(tx)] == [f"c{number}" for number in range(2_300)]
        assert audit.first_broken(tx) is None
