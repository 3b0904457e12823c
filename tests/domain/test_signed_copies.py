"""A signed-off copy takes the place of one under way, and no grade or evidence goes by it."""

from dataclasses import replace

import pytest

from gcp2_app.domain.answers import Evidence, PersonGrade, UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.signed_copies import Beside, beside, takes_the_place

SEEN = Evidence(id="e1", text="An empty fridge.", by="w2")
BOTH = UnitAnswer(
    state=UnitState.SCORED,
    grade=3,
    agreed_reason="Talked.",
    grades=(PersonGrade(by="w1", grade=2), PersonGrade(by="w2", grade=4)),
    evidence=(SEEN,),
    note="Tea is late.",
)
MINE = UnitAnswer(
    state=UnitState.SCORED, grade=4, grades=(PersonGrade(by="w2", grade=4),), evidence=(SEEN,), note="Tea is late."
)
SIGNED = Assessment(
    id="a",
    child="c",
    state=AssessmentState.SIGNED_OFF,
    assessors=("w1", "w2"),
    units={"A1.a": BOTH},
    analysis="Warm. From the copy of Jo Lane: Tired.",
)
HERE = replace(SIGNED, state=AssessmentState.IN_PROGRESS, units={"A1.a": MINE}, analysis="Tired.")


def test_what_holds_everything_loses_nothing() -> None:
    assert takes_the_place(SIGNED, HERE)
    assert beside(SIGNED, HERE) == Beside()


@pytest.mark.parametrize(
    ("signed", "here"),
    [
        (HERE, HERE),
        (SIGNED, SIGNED),
        (SIGNED, replace(HERE, pack_version="2.0.0")),
        (SIGNED, replace(HERE, child="d")),
    ],
)
def test_only_the_same_assessment_signed_there_and_open_here(signed: Assessment, here: Assessment) -> None:
    assert not takes_the_place(signed, here)


@pytest.mark.parametrize(
    "mine",
    [
        replace(MINE, grades=(PersonGrade(by="w2", grade=5),)),
        replace(MINE, grades=(PersonGrade(by="w3", grade=4),)),
        replace(MINE, evidence=(SEEN, Evidence(text="A full cupboard."))),
        replace(MINE, evidence=(replace(SEEN, text="A fridge with one egg."),)),
        UnitAnswer(state=UnitState.NOT_OBSERVED, reason="Nobody was in."),
    ],
    ids=["grade changed since", "another person", "evidence", "evidence changed", "a reason"],
)
def test_a_grade_or_evidence_it_has_not_is_named(mine: UnitAnswer) -> None:
    assert beside(SIGNED, replace(HERE, units={"A1.a": mine})).lost == ("A1.a",)
    assert beside(SIGNED, replace(HERE, units={"A1.b": mine})).lost == ("A1.b",)


def test_a_reason_kept_in_the_note_is_not_lost() -> None:
    mine = UnitAnswer(state=UnitState.NOT_OBSERVED, reason="Nobody was in.")
    signed = replace(SIGNED, units={"A1.a": replace(BOTH, note="not observed: Nobody was in.")})
    assert not beside(signed, replace(HERE, units={"A1.a": mine})).lost


def test_words_that_read_differently_are_named() -> None:
    here = replace(HERE, analysis="Worn out.", units={"A1.a": replace(MINE, note="Tea is at nine.")})
    assert beside(SIGNED, here) == Beside(reworded=("analysis", "A1.a"))


def test_a_grade_without_its_practitioner_is_the_only_assessors() -> None:
    alone = UnitAnswer(state=UnitState.SCORED, grade=4)
    here = replace(HERE, assessors=("w2",), units={"A1.a": alone})
    assert not beside(SIGNED, here).lost
