"""Records come back as they went in, and keep what they were."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.register import Child
from gcp2_app.errors import NotFound
from gcp2_app.storage.records import Records
from gcp2_app.storage.store import Store, Transaction
from tests.storage import people
from tests.storage.conftest import Clock

KINDS: list[tuple[str, Callable[[Transaction], Records[Any]], Any]] = [
    ("child", lambda tx: tx.children, people.CHILD),
    ("unborn", lambda tx: tx.children, people.UNBORN),
    ("person", lambda tx: tx.people, people.PERSON),
    ("professional", lambda tx: tx.professionals, people.PROFESSIONAL),
    ("household", lambda tx: tx.households, people.HOUSEHOLD),
    ("assessment", lambda tx: tx.assessments, people.ASSESSMENT),
    ("entry", lambda tx: tx.entries, people.ENTRY),
    ("user", lambda tx: tx.users, people.USER),
    ("read receipt", lambda tx: tx.read_receipts, people.RECEIPT),
]


@pytest.mark.parametrize(("records", "value"), [(each[1], each[2]) for each in KINDS], ids=[each[0] for each in KINDS])
def test_every_kind_comes_back_as_it_went_in(
    store: Store, reopened: Callable[[], Store], records: Callable[[Transaction], Records[Any]], value: Any
) -> None:
    with store.transaction() as tx:
        tx.children.put(people.CHILD, by="u1")
        tx.children.put(people.UNBORN, by="u1")
        records(tx).put(value, by="u1")
    store.close()
    with reopened() as again, again.transaction() as tx:
        assert records(tx).get(value.id) == value
        assert value in list(records(tx).all())


def test_a_record_that_is_not_there(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.children.find("nobody") is None
        with pytest.raises(NotFound, match="This child is not in the store"):
            tx.children.get("nobody")


def test_a_change_keeps_what_was_there_with_who_when_and_why(store: Store, clock: Clock) -> None:
    with store.transaction() as tx:
        first = tx.children.put(people.CHILD, by="u1")
    clock.forward(seconds=60)
    changed = replace(people.CHILD, school="Low Wood", statuses=())
    with store.transaction() as tx:
        second = tx.children.put(changed, by="u2", reason="moved")
    with store.transaction() as tx:
        (earlier,) = tx.children.revisions("c1")
        assert tx.children.get("c1") == changed
    assert (first.revision, first.new) == (1, True)
    assert (second.revision, second.new) == (2, False)
    assert set(second.fields) == {"school", "statuses"}
    assert (earlier.revision, earlier.value, earlier.by, earlier.reason) == (1, people.CHILD, "u2", "moved")
    assert earlier.replaced_at == clock.now


def test_fields_of_a_new_record_are_those_that_say_something(store: Store) -> None:
    with store.transaction() as tx:
        change = tx.children.put(people.UNBORN, by=None)
    assert change.fields == ("family_name", "expected_date")


def test_fields_go_by_their_names_in_the_case_file(store: Store) -> None:
    with store.transaction() as tx:
        tx.children.put(people.CHILD, by=None)
        tx.children.put(people.UNBORN, by=None)
        tx.assessments.put(people.ASSESSMENT, by=None)
        change = tx.assessments.put(replace(people.ASSESSMENT, window=None), by=None)
    assert change.fields == ("window",)


def test_the_same_content_again_changes_nothing(store: Store) -> None:
    with store.transaction() as tx:
        tx.children.put(people.CHILD, by="u1")
        again = tx.children.put(replace(people.CHILD), by="u2")
        assert (again.revision, again.fields, again.new) == (1, (), False)
        assert tx.children.revisions("c1") == ()


def test_a_keystroke_in_a_draft_keeps_no_revision(store: Store) -> None:
    with store.transaction() as tx:
        tx.children.put(people.CHILD, by="u1")
        change = tx.children.put(replace(people.CHILD, note="x"), by="u1", keep_earlier=False)
        assert change.revision == 2
        assert tx.children.revisions("c1") == ()


def test_streaming_goes_in_the_order_records_came_and_bears_changes_meanwhile(store: Store) -> None:
    with store.transaction() as tx:
        for number in range(450):
            tx.children.put(Child(id=f"c{number}", family_name="Ash"), by=None)
    with store.transaction() as tx:
        seen = []
        for child in tx.children.all():
            seen.append(child.id)
            tx.children.put(replace(child, note="seen"), by=None)
        assert seen == [f"c{number}" for number in range(450)]
        assert tx.children.count() == 450
        assert all(child.note == "seen" for child in tx.children.all())


def test_many_at_once_leaves_out_those_that_are_not_there(store: Store) -> None:
    with store.transaction() as tx:
        tx.children.put(people.CHILD, by=None)
        tx.children.put(people.UNBORN, by=None)
        assert tx.children.get_many(("c2", "c9", "c1")) == {"c1": people.CHILD, "c2": people.UNBORN}


def test_assessments_and_entries_of_a_child_come_in_time(store: Store) -> None:
    later = replace(people.ASSESSMENT, id="a0", window=replace(people.ASSESSMENT.window, to=date(2026, 2, 1)))  # type: ignore[type-var]  # it has a window
    undated = replace(people.ASSESSMENT, id="a2", window=None)
    with store.transaction() as tx:
        tx.children.put(people.CHILD, by=None)
        tx.children.put(people.UNBORN, by=None)
        for assessment in (undated, later, people.ASSESSMENT):
            tx.assessments.put(assessment, by=None)
        note = replace(people.ENTRY, id="e0", kind="note", children=("c1",), when=None)
        for entry in (people.ENTRY, note):
            tx.entries.put(entry, by=None)
        assert [each.id for each in tx.assessments.of_child("c1")] == ["a1", "a0", "a2"]
        assert tx.assessments.of_child("c2") == ()
        assert [each.id for each in tx.entries.of_child("c1")] == ["e0", "e1"]
        assert [each.id for each in tx.entries.of_child("c1", kinds=("visit",))] == ["e1"]
        assert [each.id for each in tx.entries.of_child("c2")] == ["e1"]
