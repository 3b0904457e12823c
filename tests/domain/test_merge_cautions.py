"""What speaks against two records being of one child."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.merge_cautions import Caution, cautions
from gcp2_app.domain.register import Child, Household, Member

ONE = Child(id="c1", given_names="Robin", family_name="Oak", date_of_birth=date(2023, 1, 10))
UNBORN = Child(id="c2", family_name="Oak", expected_date=date(2023, 1, 20))


def _found(other: Child, *homes: Household, together: bool = False) -> tuple[Caution, ...]:
    return cautions(ONE, other, homes, named_together=together)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ()),
        ({"given_names": "Wren"}, (Caution.TWINS,)),
        ({"date_of_birth": date(2022, 1, 10)}, (Caution.OTHER_BIRTH,)),
        ({"date_of_birth": None}, ()),
        ({"nhs_number": "2"}, (Caution.OTHER_NUMBER,)),
        ({"upn": "2"}, (Caution.OTHER_NUMBER,)),
        ({"sex": "M"}, (Caution.OTHER_SEX,)),
    ],
)
def test_two_children_are_told_apart(change: dict[str, Any], expected: tuple[Caution, ...]) -> None:
    one = replace(ONE, nhs_number="1", upn="1", sex="F")
    other = replace(one, id="c2", **change)
    assert cautions(one, other, (), named_together=False) == expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (date(2023, 1, 10), (Caution.BORN_SINCE,)),
        (date(2022, 10, 1), (Caution.BORN_SINCE,)),
        (date(2022, 9, 1), (Caution.BORN_SINCE, Caution.NOT_AS_EXPECTED)),
        (date(2023, 3, 1), (Caution.BORN_SINCE, Caution.NOT_AS_EXPECTED)),
    ],
)
def test_a_baby_born_since_is_named_as_one(born: date, expected: tuple[Caution, ...]) -> None:
    child = replace(ONE, date_of_birth=born)
    assert cautions(child, UNBORN, (), named_together=False) == expected
    assert cautions(UNBORN, child, (), named_together=False) == expected


def test_unborn_twins_are_expected_on_one_day() -> None:
    assert cautions(UNBORN, replace(UNBORN, id="c3"), (), named_together=False) == (Caution.TWINS,)
    named = replace(UNBORN, id="c3", given_names="Second")
    assert cautions(UNBORN, named, (), named_together=False) == (Caution.TWINS,)


def test_somebody_took_them_for_two() -> None:
    other = replace(ONE, id="c2")
    first, later = Member(who="c1", from_=date(2024, 1, 1)), Member(who="c2", from_=date(2024, 6, 1))
    home = Household(id="h", members=(first, later))
    assert _found(other, home, together=True) == (Caution.LIVED_TOGETHER, Caution.NAMED_TOGETHER)
    left = replace(first, to=date(2024, 5, 1))
    assert _found(other, replace(home, members=(left, later))) == ()
    assert _found(other, replace(home, members=(first,))) == ()
    assert _found(other, replace(home, members=(Member(who="c1"), Member(who="c2")))) == (Caution.LIVED_TOGETHER,)
