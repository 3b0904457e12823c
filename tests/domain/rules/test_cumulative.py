"""LP1: what was graded, and graded again."""

from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.assessment import Judgement
from gcp2_app.domain.instrument import Pack, Policy
from gcp2_app.domain.rules.record import ChildRecord, Graded
from gcp2_app.forms.packs import shipped_pack
from tests.domain.packs import make_four_grade_pack
from tests.rules import DAY, ask, child, days, elsewhere, graded, holds, holds_from, record


@pytest.fixture(scope="module")
def pack() -> Pack:
    return shipped_pack("graded-care")


@pytest.fixture(scope="module")
def four() -> Pack:
    return make_four_grade_pack()


def about(*assessments: Graded, **changes: Any) -> ChildRecord:
    return record(of=child(**changes), assessments=assessments)


# high_now -------------------------------------------------------------------------------------------------------------


def test_a_pack_about_an_unborn_child_hands_over_to_the_next(pack: Pack) -> None:
    antenatal = shipped_pack("graded-care-antenatal")
    before = graded(antenatal, "a1", DAY, {"P1.a": 5}, born=None, band="before")
    after = graded(pack, "a2", DAY + days(100), {}, carers=("p1", "p2"))
    assert holds("LP1.high_now", about(before), DAY + days(200))
    assert holds("LP1.high_now", about(before, after), DAY + days(119))
    assert not holds("LP1.high_now", about(before, after), DAY + days(120))
    assert holds("LP1.high_now", about(before, graded(pack, "a2", DAY - days(100), {})), DAY + days(119))


@pytest.mark.parametrize(
    ("unit", "grade", "expected"),
    [
        ("A1.a", 5, True),
        ("A1.a", 4, False),
        ("A5.a", 4, True),
        ("A5.d", 4, True),
        ("B1.c", 4, True),
        ("B2", 4, True),
        ("B2", 3, False),
        ("C1.a", 4, False),
    ],
)
def test_a_five_anywhere_or_a_four_where_it_matters_most(pack: Pack, unit: str, grade: int, *, expected: bool) -> None:
    assert holds("LP1.high_now", about(graded(pack, "a1", DAY, {unit: grade})), DAY + days(20)) is expected


def test_high_now_counts_from_sign_off_and_names_what_it_found(pack: Pack) -> None:
    one = about(graded(pack, "a1", DAY, {"A5.b": 4, "D2": 5}, signed=DAY + days(30)))
    assert holds_from("LP1.high_now", one, DAY + days(30))
    found = ask("LP1.high_now", one, DAY + days(30))
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("a1",)
    assert "9 March 2026" in found.text
    assert "4 in A5.b Follow-up" in found.text
    assert "5 in D2 Approval" in found.text


def test_any_four_counts_for_a_baby_until_the_first_birthday(pack: Pack) -> None:
    born = date(2025, 6, 1)
    baby = about(graded(pack, "a1", DAY, {"C1.a": 4}, born=born), date_of_birth=born)
    assert holds("LP1.high_now", baby, date(2026, 5, 31))
    assert not holds("LP1.high_now", baby, date(2026, 6, 1))
    unborn = about(
        graded(pack, "a1", DAY, {"C1.a": 4}, born=None, band="0-2"), date_of_birth=None, expected_date=date(2026, 7, 1)
    )
    assert holds("LP1.high_now", unborn, DAY + days(20))
    nothing_known = about(graded(pack, "a1", DAY, {"C1.a": 4}, born=None, band="0-2"), date_of_birth=None)
    assert not holds("LP1.high_now", nothing_known, DAY + days(20))


def test_only_the_latest_assessment_of_each_carer_counts(pack: Pack) -> None:
    high = graded(pack, "a1", DAY, {"A1.a": 5})
    better = graded(pack, "a2", DAY + days(60), {})
    assert not holds("LP1.high_now", about(high, better), DAY + days(80))
    assert holds("LP1.high_now", about(high, better), DAY + days(79))
    father = graded(pack, "a2", DAY + days(60), {}, carers=("p2",))
    assert holds("LP1.high_now", about(high, father), DAY + days(80))
    both = about(high, graded(pack, "a2", DAY + days(60), {"B2": 4}, carers=("p2",)))
    found = ask("LP1.high_now", both, DAY + days(80))
    assert found is not None
    assert found.entries == ("a1", "a2")


def test_an_assessment_recorded_elsewhere_counts_by_its_sub_areas(pack: Pack) -> None:
    assert holds("LP1.high_now", about(elsewhere(pack, "a1", DAY, {"A5": 4})), DAY + days(20))
    assert holds("LP1.high_now", about(elsewhere(pack, "a1", DAY, {"C1": 5})), DAY + days(20))
    assert not holds("LP1.high_now", about(elsewhere(pack, "a1", DAY, {"C1": 4})), DAY + days(20))
    assert not holds("LP1.high_now", about(elsewhere(pack, "a1", DAY, {"A5": 4})), DAY + days(19))
    found = ask("LP1.high_now", about(elsewhere(pack, "a1", DAY, {"A5": 4})), DAY + days(20))
    assert found is not None
    assert "4 in A5 Health" in found.text


def test_a_sub_area_graded_by_judgement_counts(pack: Pack) -> None:
    judged = graded(
        pack,
        "a1",
        DAY,
        {},
        policy=Policy.JUDGEMENT,
        judgements={"A5": Judgement(grade=4, reason="all of it together")},
    )
    assert holds("LP1.high_now", about(judged), DAY + days(20))


def test_the_worst_grade_of_a_scale_is_the_packs(four: Pack) -> None:
    assert holds("LP1.high_now", about(graded(four, "a1", DAY, {"P1.a": 20}, otherwise=5)), DAY + days(20))
    assert not holds("LP1.high_now", about(graded(four, "a1", DAY, {"P1.a": 15}, otherwise=5)), DAY + days(20))


# high_twice, high_thrice ------------------------------------------------------------------------------------


def row(pack: Pack, unit: str, *steps: tuple[int, int | None], **changes: Any) -> list[Graded]:
    """Assessments so many days after DAY, each with a grade of one unit; None for not observed."""
    return [
        graded(
            pack,
            f"a{index}",
            DAY + days(after),
            {} if grade is None else {unit: grade},
            otherwise=None if grade is None else 2,
            **changes,
        )
        for index, (after, grade) in enumerate(steps, start=1)
    ]


@pytest.mark.parametrize(("apart", "expected"), [(55, False), (56, True), (57, True)])
def test_the_same_unit_high_twice_eight_weeks_apart(pack: Pack, apart: int, *, expected: bool) -> None:
    one = about(*row(pack, "A1.a", (0, 4), (apart, 5)))
    assert holds("LP1.high_twice", one, DAY + days(apart + 20)) is expected
    assert not holds("LP1.high_twice", one, DAY + days(apart + 19))


def test_high_twice_says_which_unit_and_when(pack: Pack) -> None:
    found = ask("LP1.high_twice", about(*row(pack, "A1.a", (0, 4), (60, 5))), DAY + days(80))
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("a1", "a2")
    assert "A1.a Quality (4, then 5)" in found.text
    assert "9 March 2026 and 8 May 2026" in found.text
    assert found.since == DAY + days(80)


def test_another_unit_is_not_the_same_one(pack: Pack) -> None:
    first = graded(pack, "a1", DAY, {"A1.a": 4})
    second = graded(pack, "a2", DAY + days(60), {"A1.b": 4})
    assert not holds("LP1.high_twice", about(first, second), DAY + days(90))


def test_a_better_grade_ends_the_run(pack: Pack) -> None:
    assert not holds("LP1.high_twice", about(*row(pack, "A1.a", (0, 4), (60, 3), (120, 4))), DAY + days(200))
    assert not holds("LP1.high_twice", about(*row(pack, "A1.a", (0, 4), (60, 4), (120, 3))), DAY + days(200))
    assert holds("LP1.high_twice", about(*row(pack, "A1.a", (0, 4), (60, 4), (120, 3))), DAY + days(139))


def test_an_assessment_begun_sooner_does_not_end_the_run(pack: Pack) -> None:
    found = ask("LP1.high_twice", about(*row(pack, "A1.a", (0, 4), (28, 4), (56, 4))), DAY + days(80))
    assert found is not None
    assert found.entries == ("a1", "a3")


def test_a_unit_that_was_not_observed_is_passed_over(pack: Pack) -> None:
    found = ask("LP1.high_twice", about(*row(pack, "A1.a", (0, 4), (60, None), (120, 4))), DAY + days(200))
    assert found is not None
    assert found.entries == ("a1", "a3")
    assert holds("LP1.high_twice", about(*row(pack, "A1.a", (0, 4), (60, 4), (120, None))), DAY + days(200))


def test_other_carers_other_policies_and_other_bands_do_not_follow(pack: Pack) -> None:
    first = graded(pack, "a1", DAY, {"A1.a": 4})
    for changes in ({"carers": ("p2",)}, {"policy": Policy.WORST}):
        second = graded(pack, "a2", DAY + days(60), {"A1.a": 4}, **changes)
        assert not holds("LP1.high_twice", about(first, second), DAY + days(90))
    toddler = graded(pack, "a1", date(2024, 12, 1), {"D1.i": 4, "A1.a": 4})
    schoolchild = graded(pack, "a2", date(2025, 3, 1), {"D1.i": 4, "A1.a": 4})
    found = ask("LP1.high_twice", about(toddler, schoolchild), date(2025, 6, 1))
    assert found is not None
    assert "A1.a" in found.text
    assert "D1.i" not in found.text


def test_an_assessment_recorded_elsewhere_has_no_units_to_follow(pack: Pack) -> None:
    other = elsewhere(pack, "a2", DAY + days(60), {"A1": 4, "B2": 4})
    assert not holds("LP1.high_twice", about(*row(pack, "B2", (0, 4)), other), DAY + days(90))
    assert not holds("LP1.high_twice", about(elsewhere(pack, "a1", DAY, {"B2": 4}), other), DAY + days(90))
    assert not holds("LP1.gain_not_held", about(elsewhere(pack, "a1", DAY, {"B2": 4}), other), DAY + days(90))
    between = [*row(pack, "B2", (0, 4)), other, graded(pack, "a3", DAY + days(120), {"B2": 4})]
    assert holds("LP1.high_twice", about(*between), DAY + days(150))


def test_a_corrected_assessment_is_counted_once(pack: Pack) -> None:
    first = graded(pack, "a1", DAY, {"A1.a": 4})
    again = graded(pack, "a2", DAY + days(60), {"A1.a": 4}, corrects="a1", correction_reason="wrong window")
    assert not holds("LP1.high_twice", about(first, again), DAY + days(90))


def test_three_times_high_is_urgent(pack: Pack) -> None:
    thrice = about(*row(pack, "A1.a", (0, 4), (56, 5), (112, 4)))
    assert holds_from("LP1.high_thrice", thrice, DAY + days(132))
    found = ask("LP1.high_thrice", thrice, DAY + days(132))
    assert found is not None
    assert found.level is Level.URGENT
    assert found.entries == ("a1", "a2", "a3")
    assert holds("LP1.high_twice", thrice, DAY + days(132))
    assert not holds("LP1.high_thrice", about(*row(pack, "A1.a", (0, 4), (56, 5), (111, 4))), DAY + days(150))
    assert not holds("LP1.high_thrice", about(*row(pack, "A1.a", (0, 4), (56, 5))), DAY + days(150))


def test_two_units_of_the_same_assessments_are_one_sentence(pack: Pack) -> None:
    found = ask(
        "LP1.high_twice",
        about(*(graded(pack, f"a{i}", DAY + days(60 * i), {"A1.a": 4, "B2": 5}) for i in (1, 2))),
        DAY + days(200),
    )
    assert found is not None
    assert found.text.count("Graded 4 or worse") == 1
    assert "A1.a Quality (4, then 4) and B2" in found.text
    assert found.entries == ("a1", "a2")


# gain_not_held --------------------------------------------------------------------------------------------------------


def test_a_gain_that_was_not_held(pack: Pack) -> None:
    one = about(*row(pack, "A1.a", (0, 5), (60, 2), (120, 4)))
    assert holds_from("LP1.gain_not_held", one, DAY + days(140))
    found = ask("LP1.gain_not_held", one, DAY + days(140))
    assert found is not None
    assert found.entries == ("a1", "a2", "a3")
    assert "A1.a Quality was graded 5" in found.text


@pytest.mark.parametrize(
    "steps",
    [
        [(0, 4), (60, 4), (120, 4)],
        [(0, 4), (60, 2), (120, 3)],
        [(0, 2), (60, 4), (120, 5)],
        [(0, 4), (60, 3)],
        [(0, 4), (60, 2), (120, 4), (180, 2)],
        [(0, 4), (60, None), (120, 4)],
    ],
)
def test_no_gain_was_lost(pack: Pack, steps: list[tuple[int, int | None]]) -> None:
    assert not holds("LP1.gain_not_held", about(*row(pack, "A1.a", *steps)), DAY + days(300))


def test_a_lost_gain_lasts_while_the_unit_stays_high(pack: Pack) -> None:
    one = about(*row(pack, "A1.a", (0, 4), (60, 3), (120, 4), (180, 5), (240, 3)))
    found = ask("LP1.gain_not_held", one, DAY + days(259))
    assert found is not None
    assert found.since == DAY + days(140)
    assert not holds("LP1.gain_not_held", one, DAY + days(260))


def test_a_gain_under_another_policy_is_none(pack: Pack) -> None:
    steps = row(pack, "A1.a", (0, 4), (60, 2), policy=Policy.WORST)
    assert not holds(
        "LP1.gain_not_held", about(*steps, graded(pack, "a3", DAY + days(120), {"A1.a": 4})), DAY + days(200)
    )
    young = graded(pack, "a1", date(2024, 9, 1), {"D1.i": 4})
    better = graded(pack, "a2", date(2024, 12, 1), {"D1.i": 2})
    older = graded(pack, "a3", date(2025, 3, 1), {"D1.i": 4})
    assert not holds("LP1.gain_not_held", about(young, better, older), date(2025, 6, 1))


# stuck ----------------------------------------------------------------------------------------------------------------


def test_an_area_at_three_in_three_assessments_is_stuck(pack: Pack) -> None:
    one = about(*row(pack, "B2", (0, 3), (30, 4), (60, 3)))
    assert holds_from("LP1.stuck", one, DAY + days(80))
    found = ask("LP1.stuck", one, DAY + days(80))
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("a1", "a2", "a3")
    assert "B Care of safety" in found.text
    assert not holds("LP1.stuck", about(*row(pack, "B2", (0, 3), (30, 4))), DAY + days(80))


def test_two_units_at_three_make_an_area_watched(pack: Pack) -> None:
    def thrice(units: dict[str, int]) -> ChildRecord:
        return about(*(graded(pack, f"a{i}", DAY + days(30 * i), units) for i in range(3)))

    assert not holds("LP1.stuck", thrice({"A1.a": 3}), DAY + days(90))
    assert holds("LP1.stuck", thrice({"A1.a": 3, "A2.a": 3}), DAY + days(90))
    assert not holds("LP1.stuck", thrice({"A1.a": 3, "B1.a": 3}), DAY + days(90))


def test_of_many_assessments_the_first_and_the_last_are_named(pack: Pack) -> None:
    found = ask("LP1.stuck", about(*row(pack, "B2", *((30 * i, 3) for i in range(5)))), DAY + days(200))
    assert found is not None
    assert "in 5 assessments in succession, begun between 9 March 2026 and 7 July 2026." in found.text
    fewer = ask("LP1.stuck", about(*row(pack, "B2", *((30 * i, 3) for i in range(3)))), DAY + days(200))
    assert fewer is not None
    assert "begun on 9 March 2026, 8 April 2026 and 8 May 2026." in fewer.text


def test_an_area_that_got_better_is_not_stuck(pack: Pack) -> None:
    assert not holds("LP1.stuck", about(*row(pack, "B2", (0, 3), (30, 2), (60, 3), (90, 3))), DAY + days(200))
    assert not holds("LP1.stuck", about(*row(pack, "B2", (0, 3), (30, 3), (60, 3), (90, 2))), DAY + days(200))


def test_an_area_without_a_grade_or_with_too_little_seen_is_passed_over(pack: Pack) -> None:
    steps = [graded(pack, f"a{i}", DAY + days(30 * i), {"B2": 3}) for i in range(3)]
    nothing = graded(pack, "n1", DAY + days(45), {"A4": 2}, otherwise=None)
    thin = graded(pack, "n2", DAY + days(50), {"B1.a": 2}, otherwise=None)
    found = ask("LP1.stuck", about(*steps, nothing, thin), DAY + days(200))
    assert found is not None
    assert found.entries == ("a0", "a1", "a2")


@pytest.mark.parametrize(
    ("second", "expected"), [(date(2027, 2, 16), False), (date(2027, 2, 17), True), (date(2027, 3, 9), True)]
)
def test_an_area_at_three_over_twelve_months_is_stuck(pack: Pack, second: date, *, expected: bool) -> None:
    # The window of the second is twenty-one days long: it ends on 8 or 9 March.
    one = about(graded(pack, "a1", DAY, {"B2": 3}), graded(pack, "a2", second, {"B2": 3}))
    assert holds("LP1.stuck", one, second + days(30)) is expected


def test_one_assessment_is_not_stuck_however_long_ago(pack: Pack) -> None:
    assert not holds("LP1.stuck", about(graded(pack, "a1", DAY, {"B2": 3})), DAY + days(800))


def test_what_was_recorded_elsewhere_counts_by_its_area(pack: Pack) -> None:
    first = elsewhere(pack, "a0", DAY - days(60), {"B1": 3, "B2": 3})
    assert holds("LP1.stuck", about(first, *row(pack, "B2", (0, 3), (30, 3))), DAY + days(90))
    assert not holds("LP1.stuck", about(first, *row(pack, "B2", (0, 3))), DAY + days(90))


def test_nothing_recorded_says_nothing() -> None:
    for name in ("high_now", "high_twice", "high_thrice", "gain_not_held", "stuck"):
        assert not holds(f"LP1.{name}", record(), DAY)
