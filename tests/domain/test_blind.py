"""What is hidden of another practitioner's grades, from whom, and until when."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gcp2_app.domain.answers import Evidence, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState, Judgement, Step, Target
from gcp2_app.domain.blind import as_seen, hidden_units, is_hidden, missing_as_seen, stands_by_others
from gcp2_app.domain.completeness import Missing
from tests.domain.packs import make_assessment, make_pack, scored

PACK = make_pack()
THEIRS = replace(
    scored(4, ("w1", "2026-01-13", 4)), note="a note", evidence=(Evidence(text="seen", by="w1"),), carer_grade=2
)
MINE = scored(2, ("w2", "2026-01-13", 2))


def two(**changes: object) -> Assessment:
    """Return an assessment in which w1 graded A1.a and w2 graded B2."""
    return replace(make_assessment(units={"A1.a": THEIRS, "B2": MINE}), **changes)  # type: ignore[arg-type]


def test_what_others_alone_graded_is_hidden() -> None:
    assert hidden_units(two(), "w2") == {"A1.a"}
    assert hidden_units(two(), "w1") == {"B2"}
    assert is_hidden(two(), "A1.a", "w2")
    assert not is_hidden(two(), "B2", "w2")
    assert not is_hidden(two(), "A1.b", "w2")


def test_nothing_is_hidden_from_who_does_not_grade() -> None:
    assert not hidden_units(two(), "")


@pytest.mark.parametrize("state", [AssessmentState.COMPLETE, AssessmentState.SUBMITTED, AssessmentState.SIGNED_OFF])
def test_nothing_is_hidden_once_grading_is_over(state: AssessmentState) -> None:
    assert hidden_units(two(state=AssessmentState.DRAFT), "w2")
    assert not hidden_units(two(state=state), "w2")


def test_nothing_is_hidden_again_after_it_was_finished_once_or_in_a_correction() -> None:
    step = Step(state=AssessmentState.COMPLETE, at=datetime(2026, 2, 1, tzinfo=UTC))
    assert not hidden_units(two(steps=(step,)), "w2")
    assert hidden_units(two(steps=(replace(step, state=AssessmentState.IN_PROGRESS),)), "w2")
    assert not hidden_units(two(corrects="a0"), "w2")


def test_a_grade_without_a_name_and_a_unit_put_aside_are_nobodys_secret() -> None:
    units = {"A1.a": scored(4), "A1.b": replace(THEIRS, state=UnitState.DECLINED, grade=None)}
    assert not hidden_units(two(units=units), "w2")


def test_as_seen_keeps_evidence_and_nothing_that_gives_the_grade_away() -> None:
    whole = two(
        targets=(Target(unit="A1.a", current=4, target=3), Target(unit="B2", current=2, target=1)),
        judgements={"A1": Judgement(grade=4), "B2": Judgement(grade=2)},
    )
    seen = as_seen(PACK, whole, "w2")
    answer = seen.answer("A1.a")
    assert answer.evidence == THEIRS.evidence
    assert (answer.grade, answer.grades, answer.note, answer.carer_grade) == (None, (), "", None)
    assert seen.answer("B2") == MINE
    assert [target.unit for target in seen.targets] == ["B2"]
    assert set(seen.judgements) == {"B2"}
    assert as_seen(PACK, whole, "") is whole


def test_what_is_missing_of_a_hidden_unit_is_not_said() -> None:
    found = (Missing(code="A1.a", field="evidence", what="x"), Missing(field="analysis", what="y"))
    assert missing_as_seen(found, two(), "w2") == found[1:]
    assert missing_as_seen(found, two(), "") == found


def test_whether_somebody_elses_grade_stands() -> None:
    assert stands_by_others(THEIRS, "w2")
    assert not stands_by_others(THEIRS, "w1")
    assert not stands_by_others(replace(THEIRS, state=UnitState.DECLINED, grade=None), "w2")
