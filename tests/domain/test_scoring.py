"""The roll-up: every vector of the specification, its rules one by one, and properties that hold for any grades."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.answers import UnitAnswer, UnitState
from gcp2_app.domain.assessment import Judgement, Window
from gcp2_app.domain.instrument import Pack, Policy
from gcp2_app.domain.scoring import (
    Profile,
    Reason,
    Result,
    age_in_months,
    band_of,
    can_be_scored,
    check_judgement,
    roll_up,
    score,
    score_assessment,
)
from gcp2_app.errors import InvalidValue
from tests.domain.packs import (
    BORN,
    answers,
    make_assessment,
    make_four_grade_pack,
    make_pack,
    scored,
)

PACK = make_pack()
FOUR = make_four_grade_pack()
NOT_APPLICABLE = UnitAnswer(state=UnitState.NOT_APPLICABLE, reason="no long-term illness")

#: A5 has four units, the last of which may not apply.
A5 = ("A5.a", "A5.b", "A5.c", "A5.d")


def _answer(value: int | str | None) -> UnitAnswer:
    if value == "n/a":
        return NOT_APPLICABLE
    return UnitAnswer() if value is None else scored(int(value))


def _a5(values: Sequence[int | str | None]) -> Result:
    """Roll A5 up from up to four values; a vector of three leaves A5.d out as not applicable."""
    padded = [*values, *["n/a"] * (4 - len(values))]
    given_ = {code: _answer(value) for code, value in zip(A5, padded, strict=True)}
    return score(PACK, "2-5", given_).subareas["A5"]


@pytest.mark.parametrize(
    ("values", "grade", "reason", "seen_of", "provisional"),
    [
        ((2, 2, 2, 3), 2, "mode", (4, 4), False),
        ((2, 2, 3, 3), 3, "tie", (4, 4), False),
        ((1, 1, 2, 3), 1, "mode", (4, 4), False),
        ((2, 2, 2, 4), 4, "override", (4, 4), False),
        ((1, 1, 1, 5), 5, "override", (4, 4), False),
        ((1, 2, 3), 3, "tie", (3, 3), False),
        ((1, 2, None), 2, "tie", (2, 3), True),
        ((None, None, None), None, "none", (0, 3), True),
        ((2, 2, 3, "n/a"), 2, "mode", (3, 3), False),
    ],
)
def test_a_subarea_rolls_up_as_the_specification_says(
    values: tuple[int | str | None, ...],
    grade: int | None,
    reason: str,
    seen_of: tuple[int, int],
    provisional: bool,
) -> None:
    result = _a5(values)
    assert (result.grade, result.reason.value) == (grade, reason)
    assert ((result.scored, result.of), result.provisional) == (seen_of, provisional)


@pytest.mark.parametrize(
    ("grades", "grade", "reason"),
    [
        ((2, 4, 2, 2, 2), 4, Reason.OVERRIDE),
        ((2, 3), 3, Reason.TIE),
        ((2, 2, 3, 1), 2, Reason.MODE),
    ],
)
def test_an_area_rolls_up_from_its_subareas_as_the_specification_says(
    grades: tuple[int, ...], grade: int, reason: Reason
) -> None:
    area = {5: PACK.areas[0], 2: PACK.areas[1], 4: PACK.areas[3]}[len(grades)]
    units = {
        unit.code: scored(value)
        for subarea, value in zip(area.subareas, grades, strict=True)
        for unit in subarea.units_in("2-5")
    }
    result = score(PACK, "2-5", units).areas[area.code]
    assert (result.grade, result.reason) == (grade, reason)
    assert (result.scored, result.of, result.provisional) == (len(grades), len(grades), False)
    holding = [sub.code for sub, value in zip(area.subareas, grades, strict=True) if value == grade]
    assert result.decided_by == tuple(holding)


@pytest.mark.parametrize(
    ("values", "grade", "reason"),
    [
        ((5, 5, 10), 5, Reason.MODE),
        ((5, 10, None), 10, Reason.TIE),
        ((5, 5, 15), 15, Reason.OVERRIDE),
        ((15, 20, 5), 20, Reason.OVERRIDE),
    ],
)
def test_a_four_grade_pack_rolls_up_by_its_own_thresholds(
    values: tuple[int | None, ...], grade: int, reason: Reason
) -> None:
    codes = ("P1.a", "P1.b", "P1.c")
    given_ = {code: _answer(value) for code, value in zip(codes, values, strict=True)}
    result = score(FOUR, "all", given_).subareas["P1"]
    assert (result.grade, result.reason) == (grade, reason)
    assert list(result.counts.by_grade) == [10, 15, 20]


def test_nothing_answered_has_no_grade_anywhere_and_is_provisional() -> None:
    profile = score(PACK, "2-5", {})
    assert profile.units == 32
    results = [*profile.subareas.values(), *profile.areas.values()]
    assert {result.reason for result in results} == {Reason.NONE}
    assert all(result.grade is None and result.provisional for result in results)
    assert not any(result.thin or result.decided_by for result in results)


@pytest.mark.parametrize(("band", "units"), [("0-2", 29), ("2-5", 32), ("5+", 32)])
def test_units_are_those_of_the_band_and_one_fewer_without_a_long_term_illness(band: str, units: int) -> None:
    assert score(PACK, band, {}).units == units
    assert score(PACK, band, {"A5.d": NOT_APPLICABLE}).units == units - 1


def test_units_that_decide_are_named() -> None:
    assert _a5((2, 4, 4, 3)).decided_by == ("A5.b", "A5.c")
    assert _a5((2, 2, 3, 3)).decided_by == ("A5.c", "A5.d")


def test_counts_are_of_units_at_each_watched_grade_and_unscored() -> None:
    result = _a5((3, 5, None, 1))
    assert dict(result.counts.by_grade) == {3: 1, 4: 0, 5: 1}
    assert result.counts.unscored == 1
    area = score(PACK, "2-5", answers(A1_a=3, A1_b=4, A4=3)).areas["A"]
    assert dict(area.counts.by_grade) == {3: 2, 4: 1, 5: 0}
    assert area.counts.unscored == 12


@pytest.mark.parametrize(
    ("values", "thin"),
    [
        ((2, None, None, None), True),
        ((2, 2, None, None), False),
        ((3, None, None, None), True),
        ((4, None, None, None), False),
        ((None, None, None, None), False),
        ((2, None, None, "n/a"), True),
    ],
)
def test_a_good_grade_from_less_than_half_of_the_units_is_thin(
    values: tuple[int | str | None, ...], thin: bool
) -> None:
    assert _a5(values).thin is thin


def test_one_unit_of_fifteen_never_reads_as_all_needs_met() -> None:
    area = score(PACK, "2-5", answers(A4=1)).areas["A"]
    assert (area.grade, area.scored, area.of) == (1, 1, 5)
    assert area.thin
    assert area.provisional
    assert score(PACK, "2-5", answers(A4=4)).areas["A"].thin is False


def test_an_areas_thinness_counts_units_not_subareas() -> None:
    # Three of five sub-areas have a grade, from 5 of 15 units.
    area = score(PACK, "2-5", answers(A4=2, A1_a=2, A1_b=2, A2_a=2, A2_b=2)).areas["A"]
    assert (area.scored, area.of, area.thin) == (3, 5, True)


def test_an_area_is_provisional_while_any_of_its_subareas_is() -> None:
    units = {code: scored(2) for code in PACK.units_in("2-5")}
    assert not score(PACK, "2-5", units).areas["A"].provisional
    del units["A1.a"]
    area = score(PACK, "2-5", units).areas["A"]
    assert (area.scored, area.of, area.provisional) == (5, 5, True)


def test_a_subarea_wholly_not_applicable_leaves_its_area() -> None:
    pack = _pack_where_a4_may_not_apply()
    units = {code: scored(2) for code in pack.units_in("2-5")} | {"A4": NOT_APPLICABLE}
    profile = score(pack, "2-5", units)
    result = profile.subareas["A4"]
    assert (result.grade, result.reason, result.of) == (None, Reason.NOT_APPLICABLE, 0)
    assert not result.provisional
    assert not result.thin
    assert (profile.areas["A"].scored, profile.areas["A"].of) == (4, 4)
    assert not profile.areas["A"].provisional
    assert profile.units == 31


def test_an_area_of_which_nothing_applies_says_so() -> None:
    units = tuple(replace(unit, may_not_apply=True) for unit in FOUR.areas[1].subareas[0].units)
    area = replace(FOUR.areas[1], subareas=(replace(FOUR.areas[1].subareas[0], units=units),))
    pack = replace(FOUR, areas=(FOUR.areas[0], area))
    result = score(pack, "all", {"Q1.a": NOT_APPLICABLE, "Q1.b": NOT_APPLICABLE}).areas["Q"]
    assert (result.grade, result.reason, result.of) == (None, Reason.NOT_APPLICABLE, 0)
    assert not result.provisional
    assert result.decided_by == ()


def test_a_subarea_without_units_in_the_band_has_no_result() -> None:
    area = replace(
        FOUR.areas[1],
        subareas=(
            replace(
                FOUR.areas[1].subareas[0],
                units=tuple(replace(unit, bands=("later",)) for unit in FOUR.areas[1].subareas[0].units),
            ),
        ),
    )
    profile = score(replace(FOUR, areas=(FOUR.areas[0], area)), "all", {})
    assert set(profile.subareas) == {"P1", "P2"}
    assert set(profile.areas) == {"P"}


def _pack_where_a4_may_not_apply() -> Pack:
    physical = PACK.areas[0]
    subareas = tuple(
        replace(sub, units=(replace(sub.units[0], may_not_apply=True),)) if sub.code == "A4" else sub
        for sub in physical.subareas
    )
    return replace(PACK, areas=(replace(physical, subareas=subareas), *PACK.areas[1:]))


def test_two_practitioners_who_differ_give_the_worse_and_stay_provisional_until_agreed() -> None:
    differing = scored(2, ("w1", "2026-01-12", 2), ("w2", "2026-01-13", 3))
    result = score(PACK, "2-5", {"A4": differing}).subareas["A4"]
    assert (result.grade, result.scored, result.of, result.provisional) == (3, 1, 1, True)
    agreed = replace(differing, agreed_reason="seen again together")
    result = score(PACK, "2-5", {"A4": agreed}).subareas["A4"]
    assert (result.grade, result.provisional) == (2, False)


def test_the_policy_worst_takes_the_worst() -> None:
    profile = score(PACK, "2-5", answers(A1_a=1, A1_b=1, A1_c=3), policy=Policy.WORST)
    result = profile.subareas["A1"]
    assert (result.grade, result.reason, result.decided_by) == (3, Reason.WORST, ("A1.c",))
    assert profile.subareas["A2"].reason is Reason.NONE
    assert profile.areas["A"].reason is Reason.WORST


def _judged(judgement: Judgement, **grades: int | None) -> Result:
    profile = score(PACK, "2-5", answers(**grades), policy=Policy.JUDGEMENT, judgements={"A3": judgement})
    return profile.subareas["A3"]


def test_the_policy_judgement_computes_where_nobody_judged() -> None:
    profile = score(PACK, "2-5", answers(A3_a=2, A3_b=2, A3_c=4), policy=Policy.JUDGEMENT)
    assert profile.subareas["A3"].reason is Reason.OVERRIDE


def test_a_reasoned_judgement_stands_beside_the_computed_grade() -> None:
    result = _judged(Judgement(grade=3, reason="twins share one coat"), A3_a=2, A3_b=2, A3_c=3)
    assert (result.grade, result.reason, result.provisional) == (3, Reason.JUDGEMENT, False)
    assert result.decided_by == ("A3.c",)


def test_a_judgement_equal_to_the_computed_grade_needs_no_reason() -> None:
    result = _judged(Judgement(grade=2), A3_a=2, A3_b=2, A3_c=3)
    assert (result.grade, result.reason, result.provisional) == (2, Reason.JUDGEMENT, False)


@pytest.mark.parametrize(("judged", "grade", "reason"), [(1, 2, Reason.MODE), (5, 5, Reason.JUDGEMENT)])
def test_a_judgement_without_its_reason_gives_the_worse_and_stays_provisional(
    judged: int, grade: int, reason: Reason
) -> None:
    result = _judged(Judgement(grade=judged), A3_a=2, A3_b=2, A3_c=3)
    assert (result.grade, result.reason, result.provisional) == (grade, reason, True)


def test_a_judgement_gives_no_grade_to_a_subarea_nobody_graded() -> None:
    result = _judged(Judgement(grade=1, reason="I know them"), A3_a=None)
    assert (result.grade, result.reason) == (None, Reason.NONE)


def test_judgements_count_only_under_their_own_policy() -> None:
    judgement = {"A3": Judgement(grade=1, reason="why")}
    result = score(PACK, "2-5", answers(A3_a=3), judgements=judgement).subareas["A3"]
    assert result.grade == 3


def test_a_judgement_that_cannot_be_recorded_is_refused() -> None:
    computed = _a5((2, 2, 3, 3))
    check_judgement(PACK, computed, Judgement(grade=3))
    check_judgement(PACK, computed, Judgement(grade=2, reason="effort"))
    with pytest.raises(InvalidValue, match="A5"):
        check_judgement(PACK, computed, Judgement(grade=2, reason="  "))
    with pytest.raises(InvalidValue, match="grade"):
        check_judgement(PACK, computed, Judgement(grade=6, reason="why"))
    with pytest.raises(InvalidValue, match="Z9"):
        score(PACK, "2-5", {}, judgements={"Z9": Judgement(grade=2)})


@pytest.mark.parametrize("code", ["Z9", "D1", "A1", "A1.e", ""])
def test_a_unit_the_band_does_not_have_is_refused_by_name(code: str) -> None:
    with pytest.raises(InvalidValue, match=f"“{code}” is not a unit"):
        score(PACK, "2-5", {code: scored(2)})


def test_a_band_the_pack_does_not_have_is_refused() -> None:
    with pytest.raises(InvalidValue, match="age band"):
        score(PACK, "teens", {})


def test_an_assessment_takes_the_band_by_age_at_the_start_of_its_window() -> None:
    by_age = replace(make_assessment(units=answers(D1_i=3)), band="")
    assert age_in_months(by_age, BORN) == 36
    assert band_of(PACK, by_age, BORN) == "2-5"
    assert score_assessment(PACK, by_age, BORN).subareas["D1"].of == 4
    by_age = replace(by_age, units={})
    birthday = Window(from_=date(2025, 1, 9), to=date(2025, 2, 1))
    assert band_of(PACK, replace(by_age, window=birthday), BORN) == "0-2"
    assert band_of(PACK, replace(by_age, window=replace(birthday, from_=date(2025, 1, 10))), BORN) == "2-5"


def test_a_picked_band_overrules_age_and_an_unknown_age_is_refused() -> None:
    picked = make_assessment(band="5+")
    assert band_of(PACK, picked, None) == "5+"
    with pytest.raises(InvalidValue, match="age band"):
        band_of(PACK, make_assessment(band="teens"), BORN)
    with pytest.raises(InvalidValue, match="age"):
        band_of(PACK, make_assessment(band=""), None)
    with pytest.raises(InvalidValue, match="age"):
        band_of(PACK, make_assessment(band="", window=None), BORN)


def test_units_tell_the_band_where_it_came_in_without_one() -> None:
    infant = make_assessment(band="", units=answers(A1_a=2, D1=3))
    assert band_of(PACK, infant, BORN) == "0-2"
    assert band_of(PACK, infant, None) == "0-2"
    assert band_of(PACK, make_assessment(band="", units=answers(A1_a=2)), date(2027, 1, 1)) == "0-2"
    with pytest.raises(InvalidValue, match="has all the units"):
        band_of(PACK, make_assessment(band="", units=answers(D1=2, D1_i=3)), BORN)


def test_answers_that_do_not_fit_the_age_name_their_band_themselves() -> None:
    younger = make_assessment(band="", units=answers(D1=3))
    assert band_of(PACK, younger, BORN) == "0-2"
    assert band_of(PACK, younger, None) == "0-2"
    assert band_of(PACK, replace(younger, units=answers(D1_i=3)), None) == "2-5"
    assert band_of(PACK, replace(younger, units=answers(A1_a=3)), date(2030, 1, 1)) == "0-2"
    with pytest.raises(InvalidValue, match="No age band"):
        band_of(PACK, replace(younger, units=answers(D1=3, D1_i=3)), BORN)


def test_an_assessment_whose_band_is_not_known_cannot_be_scored_yet() -> None:
    empty = make_assessment(band="", units={})
    assert can_be_scored(PACK, empty, BORN)
    assert not can_be_scored(PACK, empty, None)
    assert can_be_scored(PACK, replace(empty, recorded_elsewhere=True), None)


def test_an_assessment_rolls_up_by_its_own_policy() -> None:
    assessment = replace(make_assessment(units=answers(A1_a=1, A1_b=1, A1_c=3)), policy=Policy.WORST)
    assert score_assessment(PACK, assessment, BORN).subareas["A1"].reason is Reason.WORST


def test_an_assessment_recorded_elsewhere_holds_subarea_grades() -> None:
    elsewhere = replace(make_assessment(units=answers(A1=2, A2=4)), recorded_elsewhere=True)
    profile = score_assessment(PACK, elsewhere, None)
    assert (profile.band, profile.units) == ("", 13)
    assert (profile.subareas["A1"].grade, profile.subareas["A1"].of) == (2, 1)
    assert profile.areas["A"].reason is Reason.OVERRIDE
    with pytest.raises(InvalidValue, match=r"A1\.a"):
        score_assessment(PACK, replace(elsewhere, units=answers(A1_a=2)), None)
    with pytest.raises(InvalidValue, match="A1"):
        score_assessment(PACK, replace(elsewhere, units=answers(A1=9)), None)


GRADES = st.lists(st.sampled_from([1, 2, 3, 4, 5]), min_size=1, max_size=12)


@given(GRADES, st.sampled_from(list(Policy)), st.randoms(use_true_random=False))
def test_the_order_of_grades_does_not_matter(grades: list[int], policy: Policy, random: object) -> None:
    shuffled = list(grades)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    assert roll_up(PACK, shuffled, policy) == roll_up(PACK, grades, policy)


@given(GRADES, st.sampled_from(list(Policy)))
def test_a_result_is_one_of_the_grades_and_never_better_than_the_most_frequent(
    grades: list[int], policy: Policy
) -> None:
    grade, reason = roll_up(PACK, grades, policy)
    assert grade in grades
    most = max(grades.count(value) for value in grades)
    assert grade is not None
    assert grade >= max(value for value in grades if grades.count(value) == most)
    if max(grades) >= PACK.thresholds.override_from:
        assert grade == max(grades)
        assert reason in {Reason.OVERRIDE, Reason.WORST}
    if len(set(grades)) == 1:
        assert grade == grades[0]


@given(GRADES, st.integers(min_value=0, max_value=11))
def test_a_worse_override_never_betters_the_result(grades: list[int], at: int) -> None:
    worsened = list(grades)
    worsened[at % len(grades)] = 5
    before, _ = roll_up(PACK, grades, Policy.MODE_WITH_OVERRIDE)
    after, _ = roll_up(PACK, worsened, Policy.MODE_WITH_OVERRIDE)
    assert after == 5
    assert before is not None


def _values() -> st.SearchStrategy[UnitAnswer]:
    states = [UnitState.NOT_OBSERVED, UnitState.DECLINED, UnitState.NOT_STARTED]
    return st.one_of(
        st.sampled_from([1, 2, 3, 4, 5]).map(scored),
        st.sampled_from(states).map(lambda state: UnitAnswer(state=state)),
    )


@given(st.dictionaries(st.sampled_from(list(PACK.units_in("2-5"))), _values()))
def test_a_profile_adds_up(given_: dict[str, UnitAnswer]) -> None:
    profile: Profile = score(PACK, "2-5", given_)
    total = sum(answer.state is UnitState.SCORED for answer in given_.values())
    assert sum(result.scored for result in profile.subareas.values()) == total
    assert sum(result.of for result in profile.subareas.values()) == profile.units == 32
    for result in [*profile.subareas.values(), *profile.areas.values()]:
        assert result.provisional or result.scored == result.of
        assert (result.grade is None) == (result.scored == 0)
        assert bool(result.decided_by) == (result.grade is not None)
        if result.grade is not None and result.grade >= 4:
            assert not result.thin
    for area in PACK.areas:
        under = [profile.subareas[sub.code] for sub in area.subareas]
        result = profile.areas[area.code]
        assert result.counts.unscored == sum(sub.counts.unscored for sub in under)
        high = {sub.grade for sub in under if sub.grade is not None and sub.grade >= 4}
        if high:
            assert result.grade == max(high)
