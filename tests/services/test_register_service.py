"""Children, adults, households and professionals are kept, found, and never overwritten."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from gcp2_app.domain.register import Address, Agency, Carer, Child, Household, Member, Person, Professional
from gcp2_app.errors import InvalidValue, NotFound
from gcp2_app.services import caseload, register
from gcp2_app.services.caseload import CaseloadQuery
from gcp2_app.services.register import ReasonNeeded
from gcp2_app.services.session import Session
from tests.stores import TODAY, actions, add_family


def test_a_new_child_is_allocated_to_the_practitioner_who_adds_it(session: Session) -> None:
    child, carer = add_family(session)
    file = register.child(session, child.id)
    (allocation,) = file.child.allocated
    assert (allocation.professional, allocation.from_) == (session.professional.id, TODAY)
    assert file.people[carer.id].name == "Practice Mother"
    assert file.professionals[session.professional.id] == session.professional
    assert actions(session)[:2] == ["child opened", "child added"]


def test_a_change_keeps_the_earlier_revision(session: Session) -> None:
    child, _ = add_family(session)
    register.save_child(session, replace(child, family_name="Practice-Ash"), reason="Married name.")
    with session.store.transaction() as tx:
        (before,) = tx.children.revisions(child.id)
    assert (before.value.family_name, before.reason) == ("Practice-Oak", "Married name.")
    count = len(actions(session))
    register.save_child(session, replace(child, family_name="Practice-Ash"))
    assert len(actions(session)) == count


@pytest.mark.parametrize(
    ("child", "match"),
    [
        (Child(id="", given_names="Robin", date_of_birth=TODAY + timedelta(days=1)), "future"),
        (Child(id=""), "no name"),
    ],
)
def test_a_child_that_cannot_be_is_refused(session: Session, child: Child, match: str) -> None:
    with pytest.raises(InvalidValue, match=match):
        register.save_child(session, child)
    assert caseload.page(session, CaseloadQuery()).total == 0


def years_ago(years: int, day: date = TODAY) -> date:
    return day.replace(year=day.year - years)


@pytest.mark.parametrize(
    ("right", "wrong", "match"),
    [
        (
            Child(id="", given_names="Robin", date_of_birth=years_ago(25)),
            Child(id="", given_names="Robin", date_of_birth=years_ago(25) - timedelta(days=1)),
            "more than 25 years ago",
        ),
        (
            Child(id="", family_name="Ash", expected_date=date(2027, 9, 23)),
            Child(id="", family_name="Ash", expected_date=date(2027, 9, 24)),
            "more than 10 months ahead",
        ),
        (
            Child(id="", family_name="Ash", expected_date=date(2026, 1, 23)),
            Child(id="", family_name="Ash", expected_date=date(2026, 1, 22)),
            "more than 10 months ago",
        ),
    ],
)
def test_a_child_that_hardly_can_be_is_refused_too(session: Session, right: Child, wrong: Child, match: str) -> None:
    with pytest.raises(InvalidValue, match=match):
        register.save_child(session, wrong)
    assert caseload.page(session, CaseloadQuery()).total == 0
    kept = register.save_child(session, right)
    with pytest.raises(InvalidValue, match=match):
        register.save_child(session, replace(wrong, id=kept.id))
    assert register.child(session, kept.id).child == kept


def test_what_came_with_a_record_does_not_keep_the_rest_of_it_from_being_changed(session: Session) -> None:
    old = Child(id="c-old", given_names="Robin", date_of_birth=date(1890, 1, 1))
    grown = Person(id="p-old", name="Practice Elder", date_of_birth=date(1890, 1, 1))
    with session.store.transaction() as tx:
        tx.children.put(old, by=None)
        tx.people.put(grown, by=None)
    assert register.save_person(session, replace(grown, name="Practice Senior")).name == "Practice Senior"
    with pytest.raises(InvalidValue, match="more than 120 years ago"):
        register.save_person(session, replace(grown, date_of_birth=date(1891, 1, 1)))
    assert register.save_child(session, replace(old, family_name="Practice-Ash")).family_name == "Practice-Ash"


def test_the_expected_date_of_a_child_who_was_born_may_be_long_ago(session: Session) -> None:
    child = Child(id="", given_names="Robin", date_of_birth=date(2023, 1, 10), expected_date=date(2023, 3, 1))
    assert register.save_child(session, child).expected_date == date(2023, 3, 1)


@pytest.mark.parametrize(
    ("born", "match"), [(TODAY + timedelta(days=1), "future"), (years_ago(120) - timedelta(days=1), "120 years ago")]
)
def test_an_adult_that_cannot_be_is_refused(session: Session, born: date, match: str) -> None:
    with pytest.raises(InvalidValue, match=match):
        register.save_person(session, Person(id="", name="Practice Elder", date_of_birth=born))
    assert register.save_person(session, Person(id="", name="Practice Elder", date_of_birth=years_ago(120))).id


def test_an_unborn_child_needs_no_name(session: Session) -> None:
    child = register.save_child(session, Child(id="", expected_date=TODAY + timedelta(days=60)))
    (row,) = caseload.page(session, CaseloadQuery()).rows
    assert (row.id, row.unborn, row.born) == (child.id, True, TODAY + timedelta(days=60))


def test_a_restricted_record_asks_why(session: Session) -> None:
    child, _ = add_family(session)
    register.save_child(session, replace(child, restricted=True))
    with pytest.raises(ReasonNeeded):
        register.child(session, child.id)
    assert register.child(session, child.id, why="Conference tomorrow").child.restricted
    with pytest.raises(NotFound):
        register.child(session, "nobody")


def test_siblings_share_a_carer_or_a_household(session: Session) -> None:
    child, carer = add_family(session)
    sister = register.save_child(
        session, Child(id="", given_names="Sam", carers=(Carer(person=carer.id, relationship="mother"),))
    )
    cousin = register.save_child(session, Child(id="", given_names="Kit"))
    home = Household(
        id="",
        members=(Member(who=child.id), Member(who=cousin.id), Member(who=carer.id)),
        addresses=(Address(lines=("1 Practice Street",), postcode="DY1 1AA"),),
    )
    home = register.save_household(session, home)
    file = register.child(session, child.id)
    assert {each.id for each in file.siblings} == {sister.id, cousin.id}
    assert file.households == (home,)
    assert register.find_households(session, "dy11aa") == (home,)


def test_people_and_professionals_are_found_by_part_or_misspelt_name(session: Session) -> None:
    person = register.save_person(session, Person(id="", name="Practice Featherstone"))
    worker = register.save_professional(
        session, Professional(id="", name="Practice Okonkwo", role="health visitor", agency=Agency.HEALTH_VISITING)
    )
    assert register.find_people(session, "feather") == (person,)
    assert register.find_people(session, "fetherstone") == (person,)
    assert worker in register.find_professionals(session, "okonko")


def test_a_likely_duplicate_is_offered(session: Session) -> None:
    child, _ = add_family(session)
    twin = Child(id="", given_names="Robyn", family_name="Practice-Oak", date_of_birth=child.date_of_birth)
    assert [row.id for row in register.likely_duplicates(session, twin)] == [child.id]
    other = Child(id="", given_names="Nia", family_name="Elsewhere", date_of_birth=date(2011, 5, 5))
    assert register.likely_duplicates(session, other) == ()


def test_what_has_no_name_or_runs_backwards_is_refused(session: Session) -> None:
    with pytest.raises(InvalidValue):
        register.save_person(session, Person(id="", name=" "))
    with pytest.raises(InvalidValue, match="future"):
        register.save_person(session, Person(id="", name="P", date_of_birth=TODAY + timedelta(days=1)))
    with pytest.raises(InvalidValue):
        register.save_professional(session, Professional(id=""))
    backwards = Member(who="x", from_=TODAY, to=TODAY - timedelta(days=1))
    with pytest.raises(InvalidValue, match="ends before"):
        register.save_household(session, Household(id="", members=(backwards,)))


def test_the_caseload_is_searched_sorted_and_paged(session: Session) -> None:
    for number in range(12):
        register.save_child(session, Child(id="", given_names=f"Child{number:02}", family_name="Practice-Elm"))
    page = caseload.page(session, CaseloadQuery(limit=5, offset=5))
    assert (page.total, [row.given_names for row in page.rows]) == (12, [f"Child{n:02}" for n in range(5, 10)])
    found = caseload.page(session, CaseloadQuery(text="child11"))
    assert [row.given_names for row in found.rows] == ["Child11"]
    assert actions(session)[0] == "caseload searched"
