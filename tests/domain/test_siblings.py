"""Who counts as a sibling on a day."""

from datetime import date

import pytest

from gcp2_app.domain.register import Carer, Child, Household, Member
from gcp2_app.domain.siblings import at_home, siblings

DAY = date(2026, 11, 20)
ROBIN = Child(id="robin", given_names="Robin", date_of_birth=date(2022, 3, 4), carers=(Carer(person="rose"),))
FERN = Child(id="fern", given_names="Fern", date_of_birth=date(2017, 9, 30))
MOSS = Child(id="moss", expected_date=date(2027, 2, 14))


def home(*members: Member) -> Household:
    return Household(id="h", members=members)


@pytest.mark.parametrize(
    ("member", "there"),
    [
        (Member(who="fern"), True),
        (Member(who="fern", from_=DAY), True),
        (Member(who="fern", from_=date(2026, 11, 21)), False),
        (Member(who="fern", to=DAY), True),
        (Member(who="fern", to=date(2026, 11, 19)), False),
    ],
)
def test_a_membership_counts_on_its_first_and_last_day(member: Member, there: bool) -> None:
    assert ("fern" in at_home(home(member), DAY)) is there
    found = siblings(ROBIN, [FERN], [home(Member(who="robin"), member)], on=DAY)
    assert [each.child for each in found] == ([FERN] if there else [])


def test_a_home_the_child_has_left_counts_no_more() -> None:
    left = home(Member(who="robin", to=date(2026, 11, 19)), Member(who="fern"))
    assert siblings(ROBIN, [FERN], [left], on=DAY) == ()


def test_a_shared_carer_counts_and_is_told_apart_from_a_shared_home() -> None:
    elsewhere = Child(id="elm", date_of_birth=date(2019, 1, 1), carers=(Carer(person="rose"),))
    stranger = Child(id="oak", date_of_birth=date(2019, 1, 1), carers=(Carer(person="other"),))
    found = siblings(ROBIN, [elsewhere, FERN, stranger], [home(Member(who="robin"), Member(who="fern"))], on=DAY)
    assert [(each.child.id, each.same_home) for each in found] == [("fern", True), ("elm", False)]


def test_the_eldest_comes_first_the_unborn_last_and_the_child_is_no_sibling_of_its_own() -> None:
    all_home = home(*(Member(who=who) for who in ("robin", "fern", "moss", "baby")))
    baby = Child(id="baby", date_of_birth=date(2026, 1, 1))
    found = siblings(ROBIN, [MOSS, baby, ROBIN, FERN, FERN], [all_home], on=DAY)
    assert [each.child.id for each in found] == ["fern", "baby", "moss"]
