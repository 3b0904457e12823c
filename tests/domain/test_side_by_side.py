"""Two assessments beside each other: what moved a roll-up, targets met or not, and what lasted."""

from dataclasses import replace
from datetime import date

import pytest

from gcp2_app.domain.answers import Evidence, EvidenceSource, UnitAnswer
from gcp2_app.domain.assessment import Assessment, AssessmentState, Target, TargetOutcome, Window
from gcp2_app.domain.instrument import Policy
from gcp2_app.domain.side_by_side import Held, SideBySide, set_side_by_side
from gcp2_app.forms.packs import find_pack
from tests.domain.packs import BORN, make_assessment, make_pack, scored

PACK = make_pack()
UNANNOUNCED = frozenset({"e7"})


def seen(grade: int) -> UnitAnswer:
    return replace(scored(grade), evidence=(Evidence(text="seen", source=EvidenceSource.SEEN_AT_HOME, visit="e7"),))


def made(id_: str, month: int, **changes: UnitAnswer) -> Assessment:
    units = {code: seen(2) for code in PACK.units_in("2-5")} | {
        code.replace("_", "."): to for code, to in changes.items()
    }
    window = Window(from_=date(2025, month, 1), to=date(2025, month, 20))
    return replace(make_assessment(id_, units=units), window=window, state=AssessmentState.SIGNED_OFF)


def beside(*history: Assessment) -> SideBySide:
    return set_side_by_side(PACK, history[0], history[-1], history, born=BORN, unannounced=UNANNOUNCED)


def test_the_unit_that_moved_a_roll_up_is_named() -> None:
    side = beside(made("a", 1), made("b", 6, A4=seen(4), B2=seen(3)))
    moved = {each.code: each.moved_by for each in (*side.areas, *side.subareas)}
    assert moved["A"] == ("A4",)
    assert moved["A4"] == ("A4",)
    assert moved["C"] == ()
    back = beside(made("a", 1, A4=seen(4)), made("b", 6))
    assert {each.code: each.moved_by for each in back.areas}["A"] == ("A4",)


def test_a_unit_that_comes_with_a_grade_moves_a_roll_up() -> None:
    side = beside(made("a", 1, A1_a=UnitAnswer()), made("b", 6, A1_a=seen(4)))
    area = next(each for each in side.areas if each.code == "A")
    assert area.moved_by == ("A1.a",)
    assert area.why_not == "At least one is provisional."


def test_too_little_seen_is_said() -> None:
    few = {code.replace(".", "_"): UnitAnswer() for code in PACK.units_in("2-5") if code != "A4"}
    area = beside(made("a", 1), made("b", 6, **few)).areas[0]
    assert area.why_not == "Too little was seen."


def test_what_cannot_be_compared_has_no_roll_ups_and_no_targets_met() -> None:
    first = replace(made("a", 1, A4=seen(4)), targets=(Target(unit="A4", current=4, target=3),))
    side = beside(first, replace(made("b", 6), policy=Policy.WORST))
    assert side.comparison.not_comparable
    assert side.areas == ()
    assert side.subareas == ()
    assert side.targets[0].outcome is TargetOutcome.NOT_ASSESSED


def test_one_recorded_elsewhere_has_no_units_and_nothing_to_lose() -> None:
    later = replace(make_assessment("b", units={}), recorded_elsewhere=True, band="")
    side = set_side_by_side(PACK, made("a", 1), later, (), born=BORN)
    assert side.areas == ()
    assert side.lost == {}


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        (2, TargetOutcome.MET),
        (3, TargetOutcome.PART),
        (4, TargetOutcome.NOT_MET),
        (5, TargetOutcome.WORSE),
    ],
)
def test_a_target_is_met_partly_met_not_met_or_worse(now: int, outcome: TargetOutcome) -> None:
    first = replace(made("a", 1, A4=seen(4)), targets=(Target(unit="A4", current=4, target=2),))
    (review,) = beside(first, made("b", 6, A4=seen(now))).targets
    assert (review.actual, review.outcome, review.held) == (now, outcome, Held.TOO_EARLY)


def test_what_was_recorded_at_review_stands_where_there_is_no_grade() -> None:
    target = Target(unit="A4", current=4, target=2, outcome=TargetOutcome.PART)
    (review,) = beside(replace(made("a", 1, A4=seen(4)), targets=(target,)), made("b", 6, A4=UnitAnswer())).targets
    assert review.outcome is TargetOutcome.PART


@pytest.mark.parametrize(
    ("grades", "held"),
    [((2, 2), Held.SUSTAINED), ((3, 2), Held.NOT_SUSTAINED), ((2, 4), Held.NOT_HELD)],
)
def test_a_gain_lasts_or_not(grades: tuple[int, int], held: Held) -> None:
    first = replace(made("a", 1, A4=seen(4)), targets=(Target(unit="A4", current=4, target=2),))
    side = beside(first, made("b", 4, A4=seen(grades[0])), made("c", 8, A4=seen(grades[1])))
    assert side.targets[0].held is held
    assert ("A4" in side.lost) is (held is Held.NOT_HELD)


def test_an_assessment_outside_the_history_is_compared_all_the_same() -> None:
    first = replace(made("a", 1, A4=seen(4)), targets=(Target(unit="A4", current=4, target=2),))
    side = set_side_by_side(PACK, first, made("b", 6), (made("b", 6),), born=BORN)
    assert side.targets[0].held is Held.TOO_EARLY


def test_areas_that_move_without_a_unit_name_none() -> None:
    side = beside(made("a", 1, A4=UnitAnswer()), made("b", 6, A4=UnitAnswer()))
    assert all(each.moved_by == () for each in side.areas)


def test_a_unit_without_a_grade_in_either_moves_nothing() -> None:
    side = beside(made("a", 1, A1_a=UnitAnswer()), made("b", 6, A1_a=UnitAnswer(), A4=seen(4)))
    assert next(each for each in side.areas if each.code == "A").moved_by == ("A4",)


def test_a_unit_that_two_bands_share_the_code_of_is_named_once() -> None:
    pack = find_pack("graded-care", "1.0.0")
    units = dict.fromkeys(pack.units_in("5+"), seen(2))
    born = date(2017, 1, 1)
    one, other = (
        replace(each, pack=pack.id, pack_version=pack.version, band="5+", units=graded)
        for each, graded in ((made("a", 1), units), (made("b", 6), units | {"D1.i": seen(4)}))
    )
    side = set_side_by_side(pack, one, other, (one, other), born=born)
    assert [each.moved_by for each in side.areas if each.code == "D"] == [("D1.i",)]
    assert [each.moved_by for each in side.subareas if each.code == "D1"] == [("D1.i",)]
