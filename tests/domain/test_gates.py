"""Sections that wait: concern in the first opens the second, judgement does too, and a birth opens the third."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain import openings
from gcp2_app.domain.answers import NOT_STARTED, UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState, OpenedBy, Opening, Window
from gcp2_app.domain.comparison import compare
from gcp2_app.domain.completeness import missing, ungraded_without_reason
from gcp2_app.domain.gates import closed_areas, concern_value, gates_in, is_answered, is_concern
from gcp2_app.domain.instrument import Gate, GateCondition, Threshold
from gcp2_app.domain.progress import finish
from gcp2_app.domain.register import Child
from gcp2_app.domain.scoring import open_units, score, score_assessment
from gcp2_app.errors import InvalidValue, NotAllowed
from tests.domain.packs import answers, make_assessment, make_gated_pack, make_pack, scored

PACK = make_gated_pack()
DUE = date(2026, 6, 1)
FIRST, LAST = date(2026, 5, 11), date(2026, 6, 7)
UNBORN = Child(id="c1", expected_date=DUE)
ON = date(2026, 5, 20)
BY_CONCERN = Opening(area="R", because=OpenedBy.CONCERN, on=ON, by="w1")
BY_BIRTH = Opening(area="H", because=OpenedBy.BIRTH, on=ON, by="w1")
AT = datetime(2026, 6, 8, 9, tzinfo=UTC)


def born(day: date) -> Child:
    return replace(UNBORN, date_of_birth=day)


def antenatal(units: Mapping[str, UnitAnswer] | None = None, *opened: Opening, band: str = "before") -> Assessment:
    made = make_assessment(units=units, band=band, window=Window(from_=FIRST, to=LAST))
    return replace(made, pack=PACK.id, openings=opened)


def settled(assessment: Assessment, child: Child = UNBORN) -> Assessment:
    return openings.settled(PACK, assessment, child, on=ON, by="w1")


def test_gates_stand_where_their_area_has_units_and_the_birth_is_still_to_come() -> None:
    assert [gate.area for gate in gates_in(PACK, "before")] == ["R", "H"]
    assert gates_in(PACK, "0-3m") == ()
    assert gates_in(make_pack(), "2-5") == ()


@pytest.mark.parametrize(("grades", "closed"), [((2, 2, 2), {"R", "H"}), ((3, 3, 2), {"H"}), ((1, 1, 5), {"H"})])
def test_concern_is_the_grade_of_the_area_at_or_past_the_threshold(
    grades: tuple[int, int, int], closed: set[str]
) -> None:
    profile = score(PACK, "before", dict(zip(("P1.a", "P1.b", "P1.c"), map(scored, grades), strict=True)))
    assert profile.closed == closed


def test_one_unit_seen_is_enough_for_concern_and_none_is_not() -> None:
    assert score(PACK, "before", answers(P1_a=3)).closed == {"H"}
    assert score(PACK, "before", {}).closed == {"R", "H"}


@pytest.mark.parametrize(
    ("threshold", "value"), [(Threshold.WATCH_FROM, 3), (Threshold.ALERT_FROM, 4), (Threshold.OVERRIDE_FROM, 5)]
)
def test_the_threshold_is_one_of_the_packs(threshold: Threshold, value: int) -> None:
    pack = replace(PACK, thresholds=replace(PACK.thresholds, override_from=5))
    gate = Gate(area="R", opens_by=GateCondition.CONCERN, concern_in="P", concern_from=threshold)
    assert concern_value(pack, gate) == value
    assert is_concern(pack, gate, {"P": value})
    assert not is_concern(pack, gate, {"P": value - 1})
    assert not is_concern(pack, gate, {"P": None})
    assert not is_concern(pack, PACK.gates[0], {"P": 5, "": 5})


def test_a_closed_section_is_not_asked_not_missing_and_counts_nowhere() -> None:
    assessment = antenatal(answers(P1_a=1, P1_b=2, P1_c=2))
    profile = score_assessment(PACK, assessment, DUE)
    assert (profile.units, list(profile.areas), list(profile.subareas)) == (3, ["P"], ["P1"])
    assert not profile.areas["P"].provisional
    assert list(open_units(PACK, assessment, DUE)) == ["P1.a", "P1.b", "P1.c"]
    assert ungraded_without_reason(PACK, assessment, DUE) == ()
    assert missing(PACK, assessment, DUE) == ()
    assert finish(PACK, assessment, DUE, at=AT, by="w1").state is AssessmentState.COMPLETE


def test_an_open_section_is_asked_and_missing() -> None:
    assessment = antenatal(answers(P1_a=1, P1_b=2, P1_c=2), replace(BY_CONCERN, because=OpenedBy.JUDGEMENT, reason="x"))
    assert score_assessment(PACK, assessment, DUE).units == 6
    assert ungraded_without_reason(PACK, assessment, DUE) == ("R1.a", "R1.b", "R1.c")
    assert {item.code for item in missing(PACK, assessment, DUE)} == {"R1.a", "R1.b", "R1.c"}
    with pytest.raises(NotAllowed, match="3 units"):
        finish(PACK, assessment, DUE, at=AT, by="w1")


def test_what_is_recorded_counts_whatever_became_of_the_reason_for_asking() -> None:
    noted = {"R1.b": UnitAnswer(note="a cot is promised")}
    assert is_answered(PACK, "R", noted)
    assert not is_answered(PACK, "R", {"R1.b": NOT_STARTED, "P1.a": scored(1), "Z9": scored(1)})
    assert score(PACK, "before", answers(P1_a=1) | noted).closed == {"H"}


def test_from_birth_on_there_is_the_third_section_alone() -> None:
    profile = score(PACK, "0-3m", {})
    assert (profile.units, list(profile.areas), profile.closed) == (3, ["H"], frozenset())


@given(
    units=st.dictionaries(st.sampled_from(PACK.unit_codes), st.integers(1, 5).map(scored)),
    opened=st.sets(st.sampled_from("RH")),
)
def test_no_grade_is_ever_lost_behind_a_gate(units: dict[str, UnitAnswer], opened: set[str]) -> None:
    profile = score(PACK, "before", units, opened=opened)
    assert sum(result.scored for result in profile.subareas.values()) == len(units)
    assert not profile.closed & opened
    assert not profile.closed & set(profile.areas)
    assert profile.units == 9 - 3 * len(profile.closed)
    grades = {code: result.grade for code, result in profile.areas.items()}
    assert closed_areas(PACK, "before", units, opened=opened, grades=grades) == profile.closed


# How sections come to be open ----------------------------------------------------------------------------------------


def test_concern_opens_the_second_section_and_says_so() -> None:
    assert settled(antenatal(answers(P1_a=2))).openings == ()
    opened = settled(antenatal(answers(P1_a=3)))
    assert opened.openings == (BY_CONCERN,)
    assert opened.opening("R") == BY_CONCERN
    assert settled(opened) is opened


def test_a_section_that_concern_opened_closes_when_the_concern_goes_unless_something_is_in_it() -> None:
    assert settled(antenatal(answers(P1_a=2), BY_CONCERN)).openings == ()
    assert settled(antenatal(answers(P1_a=2, R1_a=2), BY_CONCERN)).openings == (BY_CONCERN,)


def test_one_that_judgement_opened_stays_open() -> None:
    judged = Opening(area="R", because=OpenedBy.JUDGEMENT, reason="twins")
    assert settled(antenatal(answers(P1_a=2), judged)).openings == (judged,)
    assert settled(antenatal(answers(P1_a=4), judged)).openings == (judged,)


@pytest.mark.parametrize(("day", "opened"), [(FIRST, True), (LAST, True), (date(2026, 6, 8), False)])
def test_a_birth_by_the_last_day_of_the_window_opens_the_third(day: date, opened: bool) -> None:
    assert (settled(antenatal(), born(day)).openings == (BY_BIRTH,)) is opened


def test_an_expected_date_is_no_birth_and_a_date_taken_back_closes_again() -> None:
    assert settled(antenatal()).openings == ()
    assert settled(antenatal({}, BY_BIRTH)).openings == ()
    assert settled(antenatal(answers(H1_a=1), BY_BIRTH)).openings == (BY_BIRTH,)
    no_days = replace(antenatal(), window=None)
    assert settled(no_days, born(DUE)).openings == ()


def test_nothing_opens_where_nothing_is_graded() -> None:
    done = replace(antenatal(answers(P1_a=5)), state=AssessmentState.SIGNED_OFF)
    assert settled(done, born(DUE)) is done
    elsewhere = replace(antenatal(), recorded_elsewhere=True)
    assert settled(elsewhere, born(DUE)) is elsewhere
    unknown = replace(antenatal(band=""), window=None)
    assert settled(unknown, born(DUE)) is unknown
    ungated = make_assessment()
    assert openings.settled(make_pack(), ungated, UNBORN, on=ON, by="w1") is ungated


def open_r(assessment: Assessment, area: str = "R", reason: str = " first baby, no family near ") -> Assessment:
    return openings.open_area(PACK, assessment, DUE, area, reason=reason, on=ON, by="w1")


def test_a_practitioner_opens_a_section_with_a_reason_and_closes_it_again() -> None:
    opened = open_r(antenatal())
    assert opened.openings == (
        Opening(area="R", because=OpenedBy.JUDGEMENT, on=ON, by="w1", reason="first baby, no family near"),
    )
    assert openings.close_area(PACK, opened, DUE, "R").openings == ()
    draft = replace(antenatal(), state=AssessmentState.DRAFT)
    assert open_r(draft).opening("R") is not None


def test_what_cannot_be_opened_or_closed_is_refused() -> None:
    with pytest.raises(InvalidValue, match="needs a reason"):
        open_r(antenatal(), reason=" ")
    with pytest.raises(InvalidValue, match="open already"):
        open_r(open_r(antenatal()))
    with pytest.raises(InvalidValue, match="not opened by judgement"):
        open_r(antenatal(), "H")
    with pytest.raises(InvalidValue, match="waits to be opened"):
        open_r(antenatal(), "P")
    with pytest.raises(NotAllowed):
        open_r(replace(antenatal(), state=AssessmentState.COMPLETE))
    for held in (antenatal(), antenatal({}, BY_CONCERN)):
        with pytest.raises(InvalidValue, match="was not opened by judgement"):
            openings.close_area(PACK, held, DUE, "R")
    opened = open_r(antenatal(answers(R1_a=2)))
    with pytest.raises(InvalidValue, match="Something is recorded"):
        openings.close_area(PACK, opened, DUE, "R")


# Before and after birth ----------------------------------------------------------------------------------------------


def test_a_band_before_birth_needs_no_reason_when_the_baby_came_early_and_another_does() -> None:
    units = answers(P1_a=1, P1_b=1, P1_c=1)
    early = antenatal(units)
    assert missing(PACK, early, date(2026, 5, 1)) == ()
    late = antenatal(answers(H1_a=1, H1_b=1, H1_c=1), band="0-3m")
    assert [item.field for item in missing(PACK, late, DUE)] == ["band_reason"]
    assert missing(PACK, late, date(2026, 5, 1)) == ()
    assert PACK.band("before").is_before_birth
    assert not PACK.band("0-3m").is_before_birth
    assert not make_pack().band("5+").is_before_birth


def test_a_band_the_pack_does_not_have_is_said_and_nothing_breaks() -> None:
    assert not PACK.has_band("2-5")
    assert {item.field for item in missing(PACK, antenatal(band="2-5"), DUE)} == {"band", "band_reason"}


def test_two_assessments_compare_in_the_sections_both_have() -> None:
    earlier = antenatal(answers(P1_a=4, R1_a=3), BY_CONCERN)
    later = replace(antenatal(answers(P1_a=2, H1_a=2), BY_BIRTH), id="a2")
    compared = compare(PACK, earlier, later, born=DUE)
    assert set(compared.subareas) == {"P1"}
    assert set(compared.units) == {"P1.a", "R1.a", "H1.a"}


def test_a_unit_not_observed_in_an_open_section_leaves_it_open() -> None:
    aside = {"R1.a": UnitAnswer(state=UnitState.NOT_OBSERVED, reason="not invited in")}
    assert score(PACK, "before", aside).areas["R"].provisional


@pytest.mark.parametrize(
    ("child", "first", "band"),
    [
        (UNBORN, date(2026, 1, 1), "before"),
        (UNBORN, DUE, "before"),
        (UNBORN, date(2026, 7, 1), "before"),
        (born(date(2026, 6, 9)), date(2026, 6, 8), "before"),
        (born(DUE), DUE, "0-3m"),
        (born(DUE), date(2026, 8, 31), "0-3m"),
        (Child(id="c1", given_names="Wren"), DUE, ""),
    ],
)
def test_the_band_at_the_start_knows_who_is_born(child: Child, first: date, band: str) -> None:
    assert openings.band_at_start(PACK, child, first) == band


def test_from_three_months_on_another_pack_takes_over() -> None:
    assert not openings.is_past(PACK, born(DUE), date(2026, 8, 31))
    assert openings.is_past(PACK, born(DUE), date(2026, 9, 1))
    assert not openings.is_past(PACK, UNBORN, date(2026, 12, 1))
    assert not openings.is_past(PACK, Child(id="c1", given_names="Wren"), DUE)
    assert not openings.is_past(make_pack(), born(DUE), date(2036, 9, 1))
    with pytest.raises(InvalidValue, match="under 3 months") as refused:
        openings.band_at_start(PACK, born(DUE), date(2026, 9, 1))
    assert "own profile" in refused.value.mend


def test_a_childs_own_pack_keeps_its_bands() -> None:
    assert openings.band_at_start(make_pack(), born(DUE), date(2026, 9, 1)) == "0-2"
    with pytest.raises(InvalidValue, match="no age band"):
        openings.band_at_start(make_pack(), UNBORN, ON)
    with pytest.raises(InvalidValue, match="no age band"):
        openings.band_at_start(PACK, UNBORN, date(2025, 6, 1))
