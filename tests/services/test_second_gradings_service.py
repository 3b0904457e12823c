"""A second grading for calibration, from a supervisor's question to both grades beside each other."""

from dataclasses import replace
from datetime import timedelta

import pytest

from gcp2_app.domain.answers import PersonGrade
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.grading import record_grade
from gcp2_app.domain.register import Child
from gcp2_app.domain.second_grading import SecondGrading
from gcp2_app.domain.users import Role
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services import assessments, register, users
from gcp2_app.services.session import Session
from gcp2_app.services.supervision import calibrating, second_gradings
from gcp2_app.services.working import Working
from tests.stores import TODAY, actions, add_family, add_user, as_user, begin, signed_off


@pytest.fixture
def second(session: Session) -> Session:
    """A practitioner of another team."""
    add_user(session, "second", Role.PRACTITIONER)
    register.save_professional(session, replace(as_user(session, "second").professional, team="Elsewhere"))
    return as_user(session, "second")


@pytest.fixture
def signed(session: Session, supervisor: Session) -> Working:
    """A signed-off assessment, every unit at 2."""
    child, _ = add_family(session)
    return signed_off(session, child, grade=2, first=TODAY - timedelta(days=60), supervisor=supervisor)


@pytest.fixture
def asked(supervisor: Session, second: Session, signed: Working) -> SecondGrading:
    """What the second practitioner was asked."""
    return second_gradings.ask(supervisor, signed.assessment.id, second.professional.id)


def with_grade(session: Session, working: Working, code: str, grade: int) -> Assessment:
    """Return the copy with a grade."""
    given = PersonGrade(by=session.professional.id, on=TODAY, grade=grade)
    answer = record_grade(working.pack, working.assessment.answer(code), given)
    return replace(working.assessment, units={**working.assessment.units, code: answer})


def stored(session: Session, id_: str) -> Assessment:
    with session.store.transaction() as tx:
        return tx.assessments.get(id_)


def test_a_supervisor_chooses_from_signed_off_assessments_and_those_who_could_grade(
    session: Session, supervisor: Session, second: Session, signed: Working
) -> None:
    other, _ = add_family(session)
    begin(session, other)
    restricted, _ = add_family(session)
    signed_off(session, restricted, first=TODAY - timedelta(days=90), supervisor=supervisor)
    register.save_child(session, replace(register.child(session, restricted.id).child, restricted=True), reason="Court")
    found = second_gradings.choices(supervisor)
    (choice,) = found.assessments
    assert choice.assessment == signed.assessment.id
    assert choice.known_to == {session.professional.id, supervisor.professional.id}
    assert second.professional.id in found.graders
    assert supervisor.professional.id not in found.graders
    second_gradings.ask(supervisor, signed.assessment.id, second.professional.id)
    assert second.professional.id in second_gradings.choices(supervisor).assessments[0].known_to


def test_the_evidence_is_graded_blind_kept_and_leaves_the_assessment_as_it_is(
    second: Session, signed: Working, asked: SecondGrading
) -> None:
    before = stored(second, signed.assessment.id)
    working = second_gradings.open_(second, asked.id).working
    assert all(answer.grade is None for answer in working.assessment.units.values())
    assert working.assessment.answer("A1.a").evidence[0].text == "Seen for A1.a."
    assert (working.assessment.child_voice, working.child.carers) == ("", ())
    kept = second_gradings.keep(second, asked.id, with_grade(second, working, "A1.a", 3))
    assert kept.assessment.answer("A1.a").grade == 3
    assert second_gradings.open_(second, asked.id).working.assessment == kept.assessment
    assert stored(second, signed.assessment.id) == before
    assert "second grading changed" in actions(second)
    count = len(actions(second))
    second_gradings.keep(second, asked.id, kept.assessment)
    assert len(actions(second)) == count


def test_once_it_is_finished_the_two_and_whoever_asked_see_both_and_it_counts(
    session: Session, supervisor: Session, second: Session, asked: SecondGrading
) -> None:
    add_user(session, "third", Role.PRACTITIONER)
    third = as_user(session, "third")
    with pytest.raises(NotAllowed, match="Nothing is graded"):
        second_gradings.finish(second, asked.id)
    working = second_gradings.open_(second, asked.id).working
    for code, grade in (("A1.a", 3), ("B1.a", 2)):
        working = second_gradings.keep(second, asked.id, with_grade(second, working, code, grade))
    assert second_gradings.of_mine(session) == ()
    with pytest.raises(NotAllowed, match="not finished"):
        second_gradings.compare(supervisor, asked.id)
    assert calibrating.calibration(supervisor).again == 0

    assert second_gradings.finish(second, asked.id).finished_on == TODAY

    for who in (session, supervisor, second):
        found = second_gradings.compare(who, asked.id)
        assert found.labels["A1.a"] == "A1.a Quality"
        assert [(each.code, each.first, each.second) for each in found.units] == [("A1.a", 2, 3), ("B1.a", 2, 2)]
        (listed,) = second_gradings.of_mine(who)
        assert (listed.graded, listed.mine) == (2, who is second)
    assert second_gradings.of_mine(third) == ()
    with pytest.raises(NotAllowed, match="between others"):
        second_gradings.compare(third, asked.id)
    counted = calibrating.calibration(supervisor)
    assert (counted.assessments, counted.again) == (0, 1)
    assert (counted.agreement["A"].pairs, counted.agreement["A"].near, counted.agreement["A"].few) == (1, 1, True)
    assert counted.agreement["B"].same == 1
    for change in (second_gradings.finish, second_gradings.open_):
        with pytest.raises(NotAllowed, match="is finished"):
            change(second, asked.id)


def test_only_the_one_who_was_asked_grades(session: Session, asked: SecondGrading) -> None:
    with pytest.raises(NotAllowed, match="somebody else"):
        second_gradings.open_(session, asked.id)


def test_nobody_is_asked_who_could_not_grade_blind(
    session: Session, supervisor: Session, signed: Working, asked: SecondGrading
) -> None:
    with pytest.raises(NotAllowed, match="before"):
        second_gradings.ask(supervisor, signed.assessment.id, asked.grader)
    with pytest.raises(NotAllowed, match="knows the grades"):
        second_gradings.ask(supervisor, signed.assessment.id, session.professional.id)
    with pytest.raises(InvalidValue, match="Nobody signs in"):
        second_gradings.ask(supervisor, signed.assessment.id, supervisor.professional.id)
    add_user(session, "gone", Role.PRACTITIONER)
    gone = as_user(session, "gone")
    users.leave(session, gone.user.id)
    with pytest.raises(InvalidValue, match="Nobody signs in"):
        second_gradings.ask(supervisor, signed.assessment.id, gone.professional.id)


def test_a_restricted_record_and_one_without_an_age_band_are_not_given_out(
    session: Session, supervisor: Session, second: Session, signed: Working
) -> None:
    child: Child = register.child(session, signed.assessment.child).child
    register.save_child(session, replace(child, restricted=True), reason="Court")
    with pytest.raises(NotAllowed, match="restricted"):
        second_gradings.ask(supervisor, signed.assessment.id, second.professional.id)
    register.save_child(session, replace(child, date_of_birth=None, restricted=False), reason="Not known")
    with session.store.transaction() as tx:
        tx.assessments.put(replace(signed.assessment, id="bare", band="", units={}), by=None)
    with pytest.raises(NotAllowed, match="age band"):
        second_gradings.ask(supervisor, "bare", second.professional.id)


def test_a_grade_off_the_scale_is_refused(second: Session, asked: SecondGrading) -> None:
    working = second_gradings.open_(second, asked.id).working
    answer = replace(working.assessment.answer("A1.a"), grade=9)
    with pytest.raises(InvalidValue):
        second_gradings.keep(
            second, asked.id, replace(working.assessment, units={**working.assessment.units, "A1.a": answer})
        )


def test_to_be_asked_opens_nothing_else_of_the_record(second: Session, asked: SecondGrading) -> None:
    with pytest.raises(NotAllowed):
        assessments.open_(second, asked.assessment)
