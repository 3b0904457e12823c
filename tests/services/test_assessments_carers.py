"""What carers say of the grades when they are shown to them: after grading, before the supervisor has it."""

from dataclasses import replace

import pytest

from gcp2_app.domain.answers import UnitAnswer
from gcp2_app.domain.assessment import AssessmentState, SharingHeldBack
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services import assessments
from gcp2_app.services.assessments import Working
from gcp2_app.services.session import Session
from gcp2_app.storage import audit
from tests.stores import TODAY, add_family, begin, grade_all, graded


def with_unit(working: Working, code: str, **changes: object) -> Working:
    """Return what is open with fields of one unit changed on screen."""
    answer: UnitAnswer = replace(working.assessment.answer(code), **changes)  # type: ignore[arg-type]
    return replace(working, assessment=replace(working.assessment, units={**working.assessment.units, code: answer}))


def save_unit(session: Session, working: Working, code: str, **changes: object) -> Working:
    """Keep fields of one unit."""
    return assessments.save(session, working, with_unit(working, code, **changes).assessment)


SAID = {"carer_grade": 2, "carer_comment": "The cooker was broken that week.", "carer_has_seen": True}


def after(session: Session, state: AssessmentState) -> Working:
    """Return an assessment in a state after grading."""
    working = grade_all(session, begin(session, add_family(session)[0]), 3)
    id_ = working.assessment.id
    if state is AssessmentState.INCOMPLETE:
        units = {code: answer for code, answer in working.assessment.units.items() if code != "B2"}
        assessments.save(session, working, replace(working.assessment, units=units))
        return assessments.finish(session, id_, incomplete_reason="The conference is tomorrow")
    working = assessments.finish(session, id_)
    if state is AssessmentState.SHARED:
        return assessments.share(session, id_)
    if state is AssessmentState.SHARING_HELD_BACK:
        held = SharingHeldBack(reason="carer not reached", agreed_by="Practice manager", look_again_on=TODAY)
        return assessments.hold_back(session, id_, held)
    return working


@pytest.mark.parametrize(
    "state",
    [
        AssessmentState.COMPLETE,
        AssessmentState.INCOMPLETE,
        AssessmentState.SHARED,
        AssessmentState.SHARING_HELD_BACK,
    ],
)
def test_what_a_carer_says_is_kept_after_grading(session: Session, state: AssessmentState) -> None:
    working = after(session, state)
    saved = save_unit(session, working, "A1.a", **SAID)
    assert saved.assessment.state is state
    stored = assessments.open_(session, saved.assessment.id).assessment.answer("A1.a")
    assert (stored.carer_grade, stored.carer_comment, stored.carer_has_seen) == tuple(SAID.values())
    assert stored.grade == 3
    with session.store.transaction() as tx:
        event = next(each for each in audit.page(tx) if each.action == "assessment changed")
    assert set(event.fields) == {f"units.A1.a.{name}" for name in SAID}


@pytest.mark.parametrize("changes", [{"note": "x"}, {"grade": 2}, {"evidence": ()}, {**SAID, "what_changed": "x"}])
def test_nothing_else_of_a_unit_changes_after_grading(session: Session, changes: dict[str, object]) -> None:
    working = after(session, AssessmentState.COMPLETE)
    changed = with_unit(working, "A1.a", **changes).assessment
    with pytest.raises(NotAllowed, match="complete"):
        assessments.save(session, working, changed)
    assert assessments.open_(session, working.assessment.id).assessment == working.assessment


def test_a_carers_grade_is_on_the_packs_scale_and_of_a_unit_there_is(session: Session) -> None:
    working = after(session, AssessmentState.SHARED)
    off_scale = with_unit(working, "A1.a", carer_grade=6).assessment
    with pytest.raises(InvalidValue, match=r"A1\.a"):
        assessments.save(session, working, off_scale)
    no_unit = with_unit(working, "Z9", carer_comment="x").assessment
    with pytest.raises(InvalidValue, match="Z9"):
        assessments.save(session, working, no_unit)


def test_nothing_is_added_once_the_supervisor_has_it(session: Session, supervisor: Session) -> None:
    working = after(session, AssessmentState.SHARED)
    submitted = assessments.submit(session, working.assessment.id)
    changed = with_unit(submitted, "A1.a", **SAID).assessment
    with pytest.raises(NotAllowed, match="submitted"):
        assessments.save(session, submitted, changed)
    returned = assessments.return_(supervisor, working.assessment.id, reason="Look again")
    with pytest.raises(NotAllowed, match="returned"):
        assessments.save(session, returned, with_unit(returned, "A1.a", **SAID).assessment)


def test_before_the_first_grade_a_carers_view_waits_for_the_explanation(session: Session) -> None:
    working = begin(session, add_family(session)[0])
    saved = save_unit(session, working, "A1.a", carer_comment="We cook every day.")
    assert saved.assessment.state is AssessmentState.IN_PROGRESS
    answer = replace(graded(session, saved, "A1.a", 2), carer_comment="We cook every day.")
    assert (
        assessments.save(session, saved, replace(saved.assessment, units={"A1.a": answer}))
        .assessment.answer("A1.a")
        .carer_comment
    )
