"""People are found by what somebody remembers of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from gcp2_app.domain.register import Address, Agency, Child, Household, Member, Person, Professional
from gcp2_app.storage import search
from gcp2_app.storage.schema import NameWordRow, SearchTextRow, WordGramRow
from gcp2_app.storage.store import Store, Transaction
from tests.storage import people


@pytest.fixture
def filled(store: Store) -> Store:
    with store.transaction() as tx:
        for each in (
            people.CHILD,
            people.UNBORN,
            Child(id="c3", given_names="Jon", family_name="Ash", date_of_birth=date(2018, 2, 2)),
            Child(id="c4", given_names="Katherine", family_name="Ash-Elm", date_of_birth=date(2018, 2, 2)),
        ):
            tx.children.put(each, by=None)
        tx.people.put(people.PERSON, by=None)
        tx.people.put(Person(id="p2", name="Tobias Ash"), by=None)
        tx.professionals.put(people.PROFESSIONAL, by=None)
        tx.professionals.put(Professional(id="w2", name="Hal Brook", role="nurse", agency=Agency.GP), by=None)
        tx.households.put(people.HOUSEHOLD, by=None)
    return store


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("zoe", {"c1"}),
        ("ZOË", {"c1"}),
        ("hara", {"c1"}),
        ("o'hara", {"c1"}),
        ("lindq", {"c1", "c2"}),
        ("lindquist zoe", {"c1"}),
        ("zozo", {"c1"}),
        ("john ash", {"c3"}),
        ("catherine", {"c4"}),
        ("ash", {"c3", "c4"}),
        ("943 476 5919", {"c1"}),
        ("4765919", {"c1"}),
        ("A12345", {"c1"}),
        ("la-77", {"c1"}),
        ("dy1 1aa", {"c1"}),
        ("DY11", {"c1"}),
        ("nobody", set()),
        ("ash zoe", set()),
        ("%", {"c1", "c2", "c3", "c4"}),
        ("' OR 1=1 --", set()),
    ],
)
def test_children_are_found_by_part_of_anything_or_a_misspelt_name(filled: Store, text: str, found: set[str]) -> None:
    with filled.transaction() as tx:
        assert set(search.find_children(tx, text)) == found


def test_adults_and_professionals_are_found_among_their_own(filled: Store) -> None:
    with filled.transaction() as tx:
        assert search.find_people(tx, "ash") == ("p2",)
        assert search.find_people(tx, "lindkvist") == ("p1",)
        assert search.find_people(tx, "960123") == ("p1",)
        assert search.find_professionals(tx, "quilfeather") == ("w1",)
        assert search.find_professionals(tx, "social care") == ("w1",)
        assert search.find_professionals(tx, "nurse") == ("w2",)
        assert search.find_people(tx, "") == ("p1", "p2")
        assert search.find_people(tx, "", limit=1) == ("p1",)


def test_what_was_typed_right_comes_before_what_may_have_been_meant(filled: Store) -> None:
    with filled.transaction() as tx:
        tx.people.put(Person(id="p0", name="Asch"), by=None)
        assert search.find_people(tx, "ash") == ("p2", "p0")


def test_households_are_found_by_postcode_and_street(filled: Store) -> None:
    with filled.transaction() as tx:
        assert search.find_households(tx, "dy1 1") == ("h1",)
        assert search.find_households(tx, "tarn") == ("h1",)
        assert search.find_households(tx, "elm") == ()


def test_a_changed_name_is_found_and_the_old_one_is_not(filled: Store) -> None:
    with filled.transaction() as tx:
        tx.children.put(replace(people.CHILD, given_names="Beatrix", aliases=()), by=None)
        assert search.find_children(tx, "beatrix") == ("c1",)
        assert search.find_children(tx, "zozo") == ()


def test_words_nobody_bears_any_more_leave_the_index(filled: Store) -> None:
    with filled.transaction() as tx:
        tx.children.put(Child(id="c1"), by=None)
        tx.children.put(Child(id="c3"), by=None)
        words = set(tx.session.query(NameWordRow.word).distinct())
        assert set(tx.session.query(WordGramRow.word).distinct()) == words
        assert ("zoe",) not in words
        # Somebody else still bears it.
        assert ("ash",) in words


def test_a_household_that_moves_takes_its_children_along(filled: Store) -> None:
    moved = replace(people.HOUSEHOLD, addresses=(Address(postcode="B1 2CD"),))
    with filled.transaction() as tx:
        tx.households.put(moved, by=None)
        assert search.find_children(tx, "b12cd") == ("c1",)
        assert search.find_children(tx, "dy11aa") == ()
        tx.households.put(replace(moved, members=(Member(who="c3"),)), by=None)
        assert search.find_children(tx, "b12cd") == ("c3",)


def test_a_child_who_joins_later_is_found_by_the_postcode(filled: Store) -> None:
    with filled.transaction() as tx:
        tx.households.put(
            Household(id="h2", members=(Member(who="c9"),), addresses=(Address(postcode="WV1"),)), by=None
        )
        tx.children.put(Child(id="c9", family_name="Rowan"), by=None)
        assert search.find_children(tx, "wv1") == ("c9",)


def test_who_stands_around_a_child(filled: Store) -> None:
    with filled.transaction() as tx:
        assert search.households_of(tx, "c1") == search.households_of(tx, "p1") == ("h1",)
        assert search.households_of(tx, "c3") == ()
        assert search.children_with_carers(tx, {"p1", "p9"}) == {"c1"}
        assert search.children_among(tx, {"p1", "c1", "c2", "x"}) == {"c1", "c2"}


def likely(filled: Store, child: Child) -> list[str]:
    with filled.transaction() as tx:
        return [row.id for row in search.likely_duplicates(tx, child)]


@pytest.mark.parametrize(
    ("child", "found"),
    [
        (Child(id="", nhs_number="943 476 5919"), ["c1"]),
        (Child(id="", given_names="John", family_name="Ash"), ["c3"]),
        (Child(id="", given_names="Catherine", family_name="Elm"), ["c4"]),
        (Child(id="", family_name="Ash"), []),
        (Child(id="", given_names="Jon", family_name="Ash", date_of_birth=date(2018, 2, 2)), ["c3", "c4"]),
        (Child(id="", given_names="Vera", family_name="Rowan", date_of_birth=date(2019, 3, 4)), ["c1"]),
        (Child(id="", given_names="Vera", family_name="Rowan", date_of_birth=date(2011, 1, 1)), []),
        (Child(id="c3", given_names="Jon", family_name="Ash"), []),
        (Child(id=""), []),
    ],
)
def test_a_child_who_may_be_here_already_is_offered(filled: Store, child: Child, found: list[str]) -> None:
    assert likely(filled, child) == found


@pytest.mark.parametrize(
    ("child", "found"),
    [
        (Child(id="", given_names="Tom", family_name="O'Brien-Elm", date_of_birth=date(2023, 2, 1)), []),
        (Child(id="", family_name="O'Brien-Elm", expected_date=date(2027, 1, 20)), []),
        (Child(id="", given_names="Ada", family_name="O'Brien-Elm", date_of_birth=date(2023, 2, 1)), ["c9"]),
        (Child(id="", given_names="Tom", family_name="O'Brien-Elm", date_of_birth=date(2019, 4, 3)), ["c9"]),
        (Child(id="", given_names="Tom", family_name="O'Brien-Elm"), ["c9"]),
    ],
)
def test_brothers_and_sisters_with_a_long_family_name_are_not_taken_for_one_child(
    store: Store, child: Child, found: list[str]
) -> None:
    ada = Child(id="c9", given_names="Ada", family_name="O'Brien-Elm", date_of_birth=date(2019, 3, 4))
    with store.transaction() as tx:
        tx.children.put(ada, by=None)
    assert likely(store, child) == found


def test_the_same_number_comes_before_the_same_name_and_day(filled: Store) -> None:
    child = Child(id="", given_names="Jon", family_name="Ash", date_of_birth=date(2018, 2, 2), nhs_number="9434765919")
    assert likely(filled, child) == ["c1", "c3", "c4"]


def test_offers_are_few(store: Store) -> None:
    with store.transaction() as tx:
        for number in range(30):
            tx.children.put(Child(id=f"c{number:02}", given_names="Ada", family_name="Rowan"), by=None)
        assert len(search.likely_duplicates(tx, Child(id="", given_names="Ada", family_name="Rowan"))) == 10


def counted(tx: Transaction, kind: str) -> int:
    return tx.session.query(SearchTextRow).where(SearchTextRow.kind == kind).count()


def test_each_record_is_in_the_index_once(filled: Store, reopened: Callable[[], Store]) -> None:
    with filled.transaction() as tx:
        tx.children.put(replace(people.CHILD, note="again"), by=None)
    filled.close()
    with reopened() as store, store.transaction() as tx:
        assert [counted(tx, kind) for kind in ("child", "person", "professional", "household")] == [4, 2, 2, 1]
