"""No query of one child, or of one page, reads a whole table of entries: SQLite says how it goes about each."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from gcp2_app.domain.entries import Theme
from gcp2_app.services.session import Session
from gcp2_app.storage import alerts, entry_words, relations, rule_entries, stream
from gcp2_app.storage.store import Transaction
from tests.stores import TODAY, add_family, make_session

#: What is asked about one child, or for one page, by what it is called.
_ASKED: dict[str, Callable[[Transaction, str], object]] = {
    "some kinds of entry": lambda tx, child: tx.entries.of_child(child, kinds=("visit",)),
    "a filtered stream": lambda tx, child: stream.places(
        tx, stream.StreamQuery(child=child, kinds=("visit",), themes=(Theme.MEDICAL,), text="gate")
    ),
    "unannounced visits": relations.unannounced_visits,
    "visits since a day": lambda tx, child: relations.visits_since(tx, child, TODAY),
    "visits of a day": lambda tx, _: relations.entries_on(tx, "visit", TODAY),
    "what rules read": rule_entries.entries_of_child,
    "what rules read of siblings": lambda tx, child: rule_entries.entries_of_children(tx, (child,), "referral"),
    "what lists across a team read": lambda tx, child: list(
        rule_entries.entries_of_each(tx, (child,), kinds=("move",), themes=(Theme.MEDICAL,), since=TODAY)
    ),
    "who is asked about": lambda tx, _: alerts.children_to_ask_about(tx, today=TODAY, limit=5),
    "entries by their words": lambda tx, _: entry_words.find_entries(tx, "gate", allocated_to=None, limit=5),
}


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """A store with one child."""
    made = make_session(tmp_path_factory.mktemp("plans") / "store")
    add_family(made)
    return made


def _plans(session: Session, ask: Callable[[Transaction, str], object]) -> list[str]:
    """Return how SQLite goes about everything that is asked."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    with session.store.transaction() as tx:
        child = next(iter(tx.children.all())).id
        connection = tx.session.connection()
        event.listen(connection, "before_cursor_execute", note)
        ask(tx, child)
        event.remove(connection, "before_cursor_execute", note)
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values) for text, values in asked]
        return [str(row[3]) for plan in plans for row in plan]


@pytest.mark.parametrize("name", _ASKED)
def test_no_table_of_entries_is_read_whole(session: Session, name: str) -> None:
    steps = _plans(session, _ASKED[name])
    assert steps
    for step in steps:
        assert not step.startswith(("SCAN entry ", "SCAN entry_child", "SCAN child", "SCAN entry_theme")), step
        # Of a million entries a third are visits: a kind alone is no way in.
        assert "ix_entry_kind_first_day (kind=?)" not in step, step
        assert step != "SCAN entry"
