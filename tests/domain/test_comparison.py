"""Change between assessments: its classes, what cannot be compared and why, what lasts and what does not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.answers import Evidence, EvidenceSource, UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState, Target
from gcp2_app.domain.comparability import same_unit, why_not_comparable
from gcp2_app.domain.comparison import (
    Change,
    LostGain,
    UnitChange,
    classify,
    compare,
    gain_not_held,
    sustained,
)
from gcp2_app.domain.instrument import Policy
from tests.domain.packs import BORN, answers, make_assessment, make_four_grade_pack, make_pack, scored

PACK = make_pack()
FOUR = make_four_grade_pack()
UNANNOUNCED = frozenset({"e7"})


def seen(grade: int, *, visit: str | None = "e7") -> UnitAnswer:
    evidence = Evidence(text="warm kitchen", source=EvidenceSource.SEEN_AT_HOME, visit=visit)
    return replace(scored(grade), evidence=(evidence,))


def told(grade: int) -> UnitAnswer:
    return replace(scored(grade), evidence=(Evidence(text="says so", source=EvidenceSource.CARER_SAID),))


def _change(before: UnitAnswer, after: UnitAnswer, code: str = "A4") -> UnitChange:
    earlier = make_assessment("a1", units={code: before})
    later = make_assessment("a2", units={code: after})
    return compare(PACK, earlier, later, born=BORN, unannounced=UNANNOUNCED).units[code]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (scored(3), scored(2), Change.BETTER),
        (scored(5), seen(4), Change.BETTER_STILL_HIGH),
        (scored(5), told(4), Change.BETTER_STILL_HIGH),
        (scored(4), seen(3), Change.BETTER),
        (scored(5), told(1), Change.BETTER_NOT_VERIFIED),
        (scored(4), scored(3), Change.BETTER_NOT_VERIFIED),
        (scored(4), seen(2, visit="e8"), Change.BETTER_NOT_VERIFIED),
        (scored(4), seen(2, visit=None), Change.BETTER_NOT_VERIFIED),
        (scored(3), scored(3), Change.SAME),
        (scored(5), scored(5), Change.SAME),
        (scored(1), scored(2), Change.WORSE),
        (UnitAnswer(), scored(2), Change.NEWLY_SCORED),
        (scored(2), UnitAnswer(state=UnitState.DECLINED), Change.NO_LONGER_SCORED),
    ],
)
def test_each_class_of_change(before: UnitAnswer, after: UnitAnswer, change: Change) -> None:
    found = _change(before, after)
    assert (found.change, found.why_not) == (change, "")


def test_a_unit_without_a_grade_in_either_has_no_change() -> None:
    found = _change(UnitAnswer(state=UnitState.NOT_OBSERVED), UnitAnswer())
    assert found == UnitChange(before=None, after=None, change=None, why_not="It has no grade in either.")


def test_a_four_grade_pack_compares_by_its_own_thresholds() -> None:
    assert classify(FOUR, 20, 15, gain_verified=True) is Change.BETTER_STILL_HIGH
    assert classify(FOUR, 15, 10, gain_verified=False) is Change.BETTER_NOT_VERIFIED
    assert classify(FOUR, 10, 5, gain_verified=False) is Change.BETTER


@given(st.integers(1, 5), st.integers(1, 5), st.booleans())
def test_a_change_and_its_reverse_are_opposite(before: int, after: int, verified: bool) -> None:
    there = classify(PACK, before, after, gain_verified=verified)
    back = classify(PACK, after, before, gain_verified=verified)
    better = {Change.BETTER, Change.BETTER_STILL_HIGH, Change.BETTER_NOT_VERIFIED}
    assert (there in better) == (back is Change.WORSE)
    assert (there is Change.SAME) == (before == after)
    if there is Change.BETTER_STILL_HIGH:
        assert after >= 4


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"child": "c2"}, "children"),
        ({"pack": "another"}, "packs"),
        ({"pack_version": "2.0.0"}, "packs"),
        ({"policy": Policy.WORST}, "policies"),
        ({"carers": ("p1", "p2")}, "carers"),
        ({"carers": ()}, "carers"),
    ],
)
def test_what_cannot_be_compared_says_why_for_every_unit(change: Mapping[str, object], why: str) -> None:
    earlier = make_assessment("a1", units=answers(A4=3, X1=2))
    later = replace(make_assessment("a2", units=answers(A1_a=2, A4=2)), **change)  # type: ignore[arg-type]  # one field
    found = compare(PACK, earlier, later, born=BORN)
    assert why in found.not_comparable
    assert list(found.units) == ["A1.a", "A4", "X1"]
    assert {unit.why_not for unit in found.units.values()} == {found.not_comparable}
    assert (found.units["A4"].before, found.units["A4"].after, found.units["A4"].change) == (3, 2, None)
    assert found.subareas == {}


def test_the_order_of_carers_and_a_small_change_of_the_pack_do_not_matter() -> None:
    earlier = make_assessment("a1", carers=("p1", "p2"))
    later = replace(make_assessment("a2", carers=("p2", "p1")), pack_version="1.1.0")
    assert why_not_comparable(earlier, later) == ""


def test_units_of_another_band_compare_as_a_subarea_only() -> None:
    younger = {code: scored(3) for code in PACK.units_in("2-5")}
    older = {code: scored(2) for code in PACK.units_in("5+")}
    found = compare(
        PACK, make_assessment("a1", units=younger), make_assessment("a2", units=older, band="5+"), born=BORN
    )
    assert found.units["A1.a"].change is Change.BETTER
    assert found.units["D1.i"].change is None
    assert "band" in found.units["D1.i"].why_not
    assert found.subareas["D1"] == UnitChange(before=3, after=2, change=Change.BETTER)


def test_a_subarea_scored_itself_and_its_later_units_compare_as_a_subarea() -> None:
    earlier = make_assessment("a1", band="0-2", units=answers(D1=2))
    later = make_assessment("a2", units=answers(D1_i=3, D1_ii=3, D1_iii=3, D1_iv=2))
    found = compare(PACK, earlier, later, born=BORN)
    assert found.subareas["D1"].change is Change.WORSE
    assert {found.units[code].change for code in ("D1", "D1.i", "D1.iv")} == {None}
    part = replace(later, units=answers(D1_i=3, D1_ii=3))
    assert "complete" in compare(PACK, earlier, part, born=BORN).subareas["D1"].why_not


def test_across_bands_a_gain_needs_every_unit_verified() -> None:
    earlier = make_assessment("a1", band="0-2", units=answers(D1=4))
    units = {f"D1.{item}": seen(2) for item in ("i", "ii", "iii", "iv")}
    later = make_assessment("a2", units=units)
    found = compare(PACK, earlier, later, born=BORN, unannounced=UNANNOUNCED)
    assert found.subareas["D1"].change is Change.BETTER
    later = replace(later, units={**units, "D1.i": told(2)})
    found = compare(PACK, earlier, later, born=BORN, unannounced=UNANNOUNCED)
    assert found.subareas["D1"].change is Change.BETTER_NOT_VERIFIED


def test_a_subarea_compares_only_where_the_same_units_have_a_grade() -> None:
    earlier = make_assessment("a1", units=answers(A3_a=2, A3_b=2, A3_c=3))
    same = compare(PACK, earlier, make_assessment("a2", units=answers(A3_a=2, A3_b=3, A3_c=3)), born=BORN)
    assert same.subareas["A3"].change is Change.WORSE
    fewer = compare(PACK, earlier, make_assessment("a2", units=answers(A3_a=2, A3_b=3)), born=BORN)
    assert fewer.subareas["A3"].change is None
    assert "complete" in fewer.subareas["A3"].why_not
    assert fewer.units["A3.b"].change is Change.WORSE
    assert fewer.units["A3.c"].change is Change.NO_LONGER_SCORED


def test_a_subarea_of_which_too_little_was_seen_does_not_compare() -> None:
    earlier = make_assessment("a1", units=answers(A1_a=2))
    later = make_assessment("a2", units=answers(A1_a=3))
    found = compare(PACK, earlier, later, born=BORN)
    assert found.subareas["A1"].why_not == "Too little was seen."
    assert found.units["A1.a"].change is Change.WORSE


def test_a_subarea_newly_scored_no_longer_scored_or_never_scored() -> None:
    some, none = make_assessment("a1", units=answers(A4=2)), make_assessment("a2")
    assert compare(PACK, none, some, born=BORN).subareas["A4"].change is Change.NEWLY_SCORED
    found = compare(PACK, some, none, born=BORN)
    assert found.subareas["A4"].change is Change.NO_LONGER_SCORED
    assert found.subareas["B2"].why_not == "It has no grade in either."


def test_a_subareas_gain_is_verified_where_the_units_that_came_from_4_or_5_are() -> None:
    earlier = make_assessment("a1", units=answers(A3_a=4, A3_b=2, A3_c=2))
    for after, change in ((seen(2), Change.BETTER), (told(2), Change.BETTER_NOT_VERIFIED)):
        later = make_assessment("a2", units={**answers(A3_b=2, A3_c=2), "A3.a": after})
        found = compare(PACK, earlier, later, born=BORN, unannounced=UNANNOUNCED)
        assert found.subareas["A3"].change is change


def test_an_assessment_recorded_elsewhere_compares_by_subareas_only() -> None:
    elsewhere = replace(make_assessment("a1", band="", units=answers(A4=4, A2=2)), recorded_elsewhere=True)
    later = make_assessment("a2", units={**answers(A2_a=3), "A4": told(2)})
    found = compare(PACK, elsewhere, later, born=BORN)
    assert found.units == {}
    assert found.subareas["A4"] == UnitChange(before=4, after=2, change=Change.BETTER_NOT_VERIFIED)
    assert "Too little" in found.subareas["A2"].why_not
    back = compare(PACK, later, elsewhere, born=BORN)
    assert back.subareas["A4"].change is Change.WORSE


def test_a_subarea_that_one_band_does_not_have_is_left_out() -> None:
    subarea = PACK.areas[3].subareas[0]
    area = replace(PACK.areas[3], subareas=(replace(subarea, units=subarea.units[:1]), *PACK.areas[3].subareas[1:]))
    pack = replace(PACK, areas=(*PACK.areas[:3], area))
    found = compare(pack, make_assessment("a1", band="0-2"), make_assessment("a2"), born=BORN)
    assert "D1" not in found.subareas
    assert "D2" in found.subareas


def test_a_unit_is_its_code_and_band() -> None:
    one, other = make_assessment("a1"), make_assessment("a2", band="5+")
    assert same_unit(PACK, "A1.a", one, other, BORN)
    assert not same_unit(PACK, "D1.i", one, other, BORN)
    assert not same_unit(PACK, "Z9", one, one, BORN)
    assert not same_unit(PACK, "A1.a", one, replace(other, recorded_elsewhere=True), BORN)
    assert not same_unit(PACK, "A1.a", replace(one, band=""), other, None)


TARGET = Target(unit="A4", current=4, target=2)
SET_IN = make_assessment("a0", units=answers(A4=4))


def _reviews(*given_: UnitAnswer) -> list[Assessment]:
    return [make_assessment(f"a{n}", units={"A4": answer}) for n, answer in enumerate(given_, start=1)]


@pytest.mark.parametrize(
    ("reviews", "holds"),
    [
        ([], False),
        ([seen(2)], False),
        ([seen(2), seen(2)], True),
        ([seen(2), seen(1)], True),
        ([seen(3), seen(2), seen(2)], True),
        ([seen(2), seen(3)], False),
        ([seen(2), seen(2), seen(3)], False),
        ([seen(2), told(2)], False),
        ([seen(2, visit=None), seen(2)], False),
        ([seen(2), UnitAnswer()], False),
        ([seen(2), UnitAnswer(), seen(2)], False),
    ],
)
def test_a_gain_is_sustained_by_two_successive_verified_reviews(reviews: list[UnitAnswer], holds: bool) -> None:
    found = sustained(PACK, TARGET, SET_IN, _reviews(*reviews), born=BORN, unannounced=UNANNOUNCED)
    assert found is holds


def test_a_gain_from_below_4_needs_what_was_seen_on_any_visit() -> None:
    target = Target(unit="A4", current=3, target=2)
    reviews = _reviews(seen(2, visit="e8"), seen(2, visit=None))
    assert sustained(PACK, target, SET_IN, reviews, born=BORN)
    assert not sustained(PACK, target, SET_IN, _reviews(seen(2), told(2)), born=BORN)


def test_a_review_that_cannot_be_compared_sustains_nothing() -> None:
    reviews = _reviews(seen(2), seen(2))
    others = [reviews[0], replace(reviews[1], carers=("p9",))]
    assert not sustained(PACK, TARGET, SET_IN, others, born=BORN, unannounced=UNANNOUNCED)
    younger = replace(TARGET, unit="D1.i")
    other_band = [replace(review, band="5+", units={"D1.i": seen(2)}) for review in reviews]
    assert not sustained(PACK, younger, SET_IN, other_band, born=BORN, unannounced=UNANNOUNCED)


def _history(*grades: int | None, state: AssessmentState = AssessmentState.SIGNED_OFF) -> list[Assessment]:
    return [make_assessment(f"a{n}", units=answers(A4=grade), state=state) for n, grade in enumerate(grades, start=1)]


@pytest.mark.parametrize(
    ("grades", "lost"),
    [
        ((), []),
        ((4,), []),
        ((4, 5, 4), []),
        ((2, 4), []),
        ((4, 3), []),
        ((4, 3, 4), [("a1", "a2", "a3")]),
        ((5, 2, 1, 5), [("a1", "a2", "a4")]),
        ((4, None, 3, None, 5), [("a1", "a3", "a5")]),
        ((4, 3, 4, 2, 4), [("a1", "a2", "a3"), ("a3", "a4", "a5")]),
        ((4, 3, 5, 5, 4), [("a1", "a2", "a3")]),
        ((5, 4, 3, 4), [("a2", "a3", "a4")]),
    ],
)
def test_gains_that_were_not_held(grades: tuple[int | None, ...], lost: list[tuple[str, str, str]]) -> None:
    found = gain_not_held(PACK, _history(*grades), "A4", born=BORN)
    assert found == tuple(LostGain(first=one, better=two, again=three) for one, two, three in lost)


def test_a_gain_counts_only_once_it_is_signed_off() -> None:
    history = _history(4, 3, 4)
    history[1] = replace(history[1], state=AssessmentState.SUBMITTED)
    assert gain_not_held(PACK, history, "A4", born=BORN) == ()


def test_assessments_of_other_carers_and_units_of_other_bands_are_passed_over() -> None:
    history = _history(4, 3, 4)
    history[1] = replace(history[1], carers=("p9",))
    assert gain_not_held(PACK, history, "A4", born=BORN) == ()
    younger = [replace(one, units=answers(D1_i=grade)) for one, grade in zip(history, (4, 3, 4), strict=True)]
    younger[1] = replace(younger[1], carers=("p1",), band="5+")
    assert gain_not_held(PACK, younger, "D1.i", born=BORN) == ()


@given(st.lists(st.sampled_from([None, 1, 2, 3, 4, 5]), max_size=12))
def test_a_lost_gain_is_always_high_low_high_in_order(grades: list[int | None]) -> None:
    by_id = {f"a{n}": grade for n, grade in enumerate(grades, start=1)}
    order = list(by_id)
    for lost in gain_not_held(PACK, _history(*grades), "A4", born=date(2023, 1, 10)):
        first, better, again = by_id[lost.first], by_id[lost.better], by_id[lost.again]
        assert first is not None
        assert better is not None
        assert again is not None
        assert better < 4 <= min(first, again)
        assert order.index(lost.first) < order.index(lost.better) < order.index(lost.again)
