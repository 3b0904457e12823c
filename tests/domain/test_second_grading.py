"""A second grading for calibration: what the grader sees, who may make it, and the pairs it comes to."""

from dataclasses import replace
from datetime import date

import pytest

from gcp2_app.domain.answers import Evidence, EvidenceSource, PersonGrade, UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState, Judgement, Target
from gcp2_app.domain.second_grading import (
    Compared,
    SecondGrading,
    blind_copy,
    check_may_ask,
    compared,
    second_pairs,
    with_units,
)
from gcp2_app.errors import NotAllowed
from gcp2_app.forms.packs import shipped_pack

PACK = shipped_pack("graded-care")
SEEN = Evidence(text="No milk.", source=EvidenceSource.SEEN_AT_HOME, by="w1")


def scored(grade: int, by: str = "w1", **more: object) -> UnitAnswer:
    given = (PersonGrade(by=by, grade=grade),)
    return replace(UnitAnswer(state=UnitState.SCORED, grade=grade, grades=given), **more)  # type: ignore[arg-type]


SIGNED = Assessment(
    id="a1",
    child="c1",
    band="5+",
    state=AssessmentState.SIGNED_OFF,
    signed_off_by="m1",
    assessors=("w1",),
    units={
        "A1.a": scored(4, evidence=(SEEN,), note="Poor.", what_changed="Worse.", carer_grade=2),
        "A1.b": scored(3),
        "B1.a": scored(2, evidence=(SEEN,)),
        "C1.a": UnitAnswer(state=UnitState.NOT_OBSERVED, reason="asleep"),
    },
    targets=(Target(unit="A1.a", current=4, target=3),),
    judgements={"A1": Judgement(grade=5)},
    child_voice="Hungry.",
    analysis="The care is poor.",
)
ASKED = SecondGrading(id="g1", assessment="a1", asked_by="m2", grader="w2", asked_on=date(2026, 11, 2))


def test_the_grader_sees_the_evidence_and_nothing_that_gives_a_grade_away() -> None:
    copy = blind_copy(SIGNED, ASKED)
    assert copy.id == "g1"
    assert copy.state is AssessmentState.IN_PROGRESS
    assert dict(copy.units) == {"A1.a": UnitAnswer(evidence=(SEEN,)), "B1.a": UnitAnswer(evidence=(SEEN,))}
    assert (copy.targets, dict(copy.judgements), copy.analysis, copy.child_voice) == ((), {}, "", "")
    assert copy.band == "5+"


def test_what_was_given_is_kept_without_the_evidence_and_stands_there_again() -> None:
    copy = blind_copy(SIGNED, ASKED)
    graded = replace(copy, units={**copy.units, "A1.a": scored(3, "w2", evidence=(SEEN,)), "D2": UnitAnswer()})
    kept = with_units(ASKED, graded)
    assert dict(kept.units) == {"A1.a": scored(3, "w2")}
    assert blind_copy(SIGNED, kept).answer("A1.a") == scored(3, "w2", evidence=(SEEN,))
    assert blind_copy(SIGNED, replace(ASKED, units={"D2": scored(1, "w2")})).answer("D2").grade == 1


def test_units_both_graded_are_compared_and_count_once_it_is_finished() -> None:
    units = {
        "A1.a": scored(2, "w2"),
        "B1.a": scored(2, "w2"),
        "C1.a": scored(1, "w2"),
        "A1.b": UnitAnswer(state=UnitState.NOT_OBSERVED, reason="no evidence"),
    }
    under_way = replace(ASKED, units=units)
    assert compared(PACK, SIGNED, under_way) == (
        Compared(code="A1.a", first=4, second=2, apart=2),
        Compared(code="B1.a", first=2, second=2, apart=0),
    )
    assert second_pairs(PACK, SIGNED, under_way) == {}
    done = replace(under_way, finished_on=date(2026, 11, 9))
    assert second_pairs(PACK, SIGNED, done) == {"A": ((4, 2),), "B": ((2, 2),)}


@pytest.mark.parametrize(
    ("assessment", "grader", "others", "why"),
    [
        (replace(SIGNED, state=AssessmentState.SUBMITTED), "w2", (), "signed-off"),
        (replace(SIGNED, recorded_elsewhere=True), "w2", (), "signed-off"),
        (SIGNED, "w1", (), "knows the grades"),
        (SIGNED, "m1", (), "knows the grades"),
        (SIGNED, "w2", ("w2",), "asked to grade it before"),
    ],
)
def test_a_grading_that_could_not_be_blind_is_refused(
    assessment: Assessment, grader: str, others: tuple[str, ...], why: str
) -> None:
    with pytest.raises(NotAllowed, match=why):
        check_may_ask(assessment, grader, others=frozenset(others))


def test_anybody_else_may_be_asked() -> None:
    check_may_ask(SIGNED, "w2", others=frozenset({"w3"}))
