"""What the rules read of a child is read again only where it changed, and never trusted after a failure."""

from dataclasses import replace
from pathlib import Path

import pytest

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue
from gcp2_app.services.session import Session
from gcp2_app.storage.remembered import Read, Remembered
from gcp2_app.storage.rule_entries import entries_of_child
from tests.stores import TODAY, add_family, make_session

MANY = 120


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A store's first session."""
    return make_session(tmp_path / "store")


def _note(child: str, number: int, *, impact: str = "") -> Entry:
    return Entry(id=f"note-{number}", kind="note", children=(child,), when=When.on(TODAY), impact=impact)


def _write_many(session: Session) -> str:
    child, _ = add_family(session)
    with session.store.transaction() as tx:
        tx.entries.put_new([_note(child.id, number, impact="None seen.") for number in range(MANY)])
    return child.id


def _impacts(session: Session, child: str) -> dict[str, str]:
    with session.store.transaction() as tx:
        return {entry.id: entry.impact for entry in entries_of_child(tx, child)}


def test_what_changed_is_read_again_and_the_rest_is_remembered(session: Session) -> None:
    child = _write_many(session)
    with session.store.transaction() as tx:
        first = entries_of_child(tx, child)
    with session.store.transaction() as tx:
        tx.entries.put(_note(child, 3, impact="Went without lunch."), by=None)
        tx.entries.put(_note(child, MANY, impact="New."), by=None)
        gone = replace(_note(child, 4), children=())
        tx.entries.put(gone, by=None)
    with session.store.transaction() as tx:
        second = {entry.id: entry for entry in entries_of_child(tx, child)}
    assert len(second) == MANY
    assert (second["note-3"].impact, second[f"note-{MANY}"].impact) == ("Went without lunch.", "New.")
    assert "note-4" not in second
    assert all(second[entry.id] is entry for entry in first if entry.id not in {"note-3", "note-4"})


def test_what_was_read_in_a_transaction_that_failed_is_forgotten(session: Session) -> None:
    child = _write_many(session)

    def fail() -> None:
        with session.store.transaction() as tx:
            tx.entries.put(_note(child, 3, impact="Never written."), by=None)
            assert {entry.impact for entry in entries_of_child(tx, child)} == {"None seen.", "Never written."}
            raise InvalidValue("No.")

    with pytest.raises(InvalidValue):
        fail()
    # The same revision again, with other words.
    with session.store.transaction() as tx:
        tx.entries.put(_note(child, 3, impact="Written."), by=None)
    assert _impacts(session, child)["note-3"] == "Written."


def test_a_few_large_records_are_remembered_and_no_others() -> None:
    remembered = Remembered[str](few=2)
    large = Read({"a": 1, "b": 1}, {"a": "a", "b": "b"})
    for child in "abcde":
        remembered.keep(child, large)
    remembered.keep("small", Read({"a": 1}, {"a": "a"}))
    known = [bool(remembered.of(child).values) for child in ("a", "b", "c", "d", "e", "small")]
    assert known == [False, *[True] * 4, False]
    remembered.keep("b", Read({}, {}))
    assert not remembered.of("b").values
    remembered.forget()
    assert not remembered.of("e").values
