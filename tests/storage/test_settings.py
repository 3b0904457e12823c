"""What a store remembers besides records."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from gcp2_app.domain.when import When
from gcp2_app.storage.settings import Place
from gcp2_app.storage.store import Store
from tests.storage import people
from tests.storage.conftest import Clock


@pytest.fixture
def filled(store: Store) -> Store:
    with store.transaction() as tx:
        tx.children.put(people.CHILD, by=None)
        tx.children.put(people.UNBORN, by=None)
        tx.assessments.put(people.ASSESSMENT, by=None)
        tx.assessments.put(replace(people.ASSESSMENT, id="a2"), by=None)
        tx.users.put(people.USER, by=None)
    return store


def test_a_user_comes_back_to_the_unit_they_were_at(filled: Store, clock: Clock, reopened: Callable[[], Store]) -> None:
    with filled.transaction() as tx:
        assert (tx.place("u1", "a1"), tx.last_place("u1")) == ("", None)
        tx.set_place("u1", "a1", "A1.a")
    clock.forward(seconds=1)
    with filled.transaction() as tx:
        tx.set_place("u1", "a2", "B1.a")
    clock.forward(seconds=1)
    with filled.transaction() as tx:
        tx.set_place("u1", "a1", "C1.b")
    filled.close()
    with reopened() as store, store.transaction() as tx:
        assert (tx.place("u1", "a1"), tx.place("u1", "a2"), tx.place("u2", "a1")) == ("C1.b", "B1.a", "")
        assert tx.last_place("u1") == Place(assessment="a1", unit="C1.b")


def test_settings_are_kept_changed_and_taken_away(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.setting("approved") is None
        tx.set_setting("approved", "yes")
        tx.set_setting("approved", "no")
        assert tx.setting("approved") == "no"
        tx.set_setting("approved", None)
        assert tx.setting("approved") is None


def test_installed_packs_are_kept_whole(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_pack("own", "2.0.0", "ab", b"two")
        tx.add_pack("own", "1.0.0", "cd", b"one")
        assert tx.packs() == (("own", "1.0.0", b"one"), ("own", "2.0.0", b"two"))


def test_users_are_found_by_name_without_regard_to_case(filled: Store) -> None:
    with filled.transaction() as tx:
        assert tx.user_named(" INES") == people.USER
        assert tx.user_named("nobody") is None


def test_visits_known_to_be_unannounced(filled: Store) -> None:
    visit = replace(people.ENTRY, entered_in_error=None, when=When("2026-02-01"))
    with filled.transaction() as tx:
        for each in (
            visit,
            replace(visit, id="e2", data={**visit.data, "announced": True}),
            replace(visit, id="e3", data={"mode": "home"}),
            replace(visit, id="e4", kind="note"),
            replace(people.ENTRY, id="e5"),
            replace(visit, id="e6", children=("c2",)),
        ):
            tx.entries.put(each, by=None)
        assert tx.unannounced_visits("c1") == {"e1"}
        assert tx.unannounced_visits("c2") == {"e1", "e6"}
