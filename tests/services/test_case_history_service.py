"""History first, and a day in the child's life: what an assessment begins with, read whole, and that it was read."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.register import Agency, Child
from gcp2_app.domain.when import When
from gcp2_app.errors import NotAllowed
from gcp2_app.services import assessments, case_history, entries, register
from gcp2_app.services.session import Session
from gcp2_app.services.working import Working
from tests.stores import TODAY, actions, add_family, begin, grade_all, graded, signed_off

OWN = Source(name="Practice Alex Smith", role="social worker", agency=Agency.CHILDRENS_SOCIAL_CARE)


def wrote(session: Session, child: Child, kind: str, on: date, what: str = "", **data: object) -> Entry:
    made = Entry(id="", kind=kind, children=(child.id,), when=When.on(on), source=OWN, what=what, data=data)
    return entries.add(session, made)


def slow_to_answer(session: Session, child: Child, first: date, supervisor: Session) -> Working:
    """Sign off an assessment with one unit at 4 and every other at 2."""
    working = grade_all(session, begin(session, child, first=first), 2)
    units = {**working.assessment.units, "C1.b": graded(session, working, "C1.b", 4)}
    id_ = assessments.save(session, working, replace(working.assessment, units=units)).assessment.id
    assessments.finish(session, id_)
    assessments.share(session, id_)
    assessments.submit(session, id_)
    return assessments.sign_off(supervisor, id_)


def test_a_child_of_whom_nothing_is_recorded(session: Session) -> None:
    child, _ = add_family(session)
    working = begin(session, child)
    found = case_history.before(session, working.assessment.id)
    assert (found.history.events, found.history.requests, found.history.unmet) == ((), (), ())
    assert (found.latest, found.pack, found.readers) == (None, None, {})
    day = case_history.day(session, working.assessment.id)
    assert [each.part.code for each in day][:3] == ["waking", "washing", "clothes"]
    assert all(each.is_unknown for each in day)
    assert {"history viewed", "day in life viewed"} <= set(actions(session))


def test_the_history_holds_what_happened_and_the_needs_unmet_without_this_assessment(
    session: Session, supervisor: Session
) -> None:
    child, _ = add_family(session)
    first = slow_to_answer(session, child, TODAY - timedelta(days=200), supervisor)
    second = slow_to_answer(session, child, TODAY - timedelta(days=100), supervisor)
    wrote(session, child, "event", TODAY - timedelta(days=20), "The stairs gave way.", type="injury")
    now = begin(session, child)

    found = case_history.before(session, now.assessment.id)

    assert [told.text for told in found.history.events] == ["Event: The stairs gave way."]
    (need,) = found.history.unmet
    assert need.text.startswith("C1.b Timing of response: unmet in each of the latest 2 assessments, from ")
    assert found.latest is not None
    assert found.latest.id == second.assessment.id
    assert found.pack is not None
    assert any(each.graded for each in found.history.alerts)
    # Of the second itself only the first is history.
    assert "the latest assessment," in case_history.before(session, second.assessment.id).history.unmet[0].text
    latest = case_history.before(session, second.assessment.id).latest
    assert latest is not None
    assert latest.id == first.assessment.id


def test_the_day_is_that_of_the_age_at_the_first_day_and_leaves_out_what_is_written_now(session: Session) -> None:
    child, _ = add_family(session)
    wrote(session, child, "statement", TODAY - timedelta(days=3), "We have cereal when Gran comes.")
    working = begin(session, child)
    said = {"breakfast": "Toast today, says Robin."}
    assessments.save(session, working, replace(working.assessment, day_in_life=said))
    breakfast = next(each for each in case_history.day(session, working.assessment.id) if each.part.code == "breakfast")
    assert [each.text for each in breakfast.sayings] == ["We have cereal when Gran comes."]


def test_before_birth_the_day_is_the_pregnancy(session: Session) -> None:
    _, carer = add_family(session)
    unborn = Child(id="", family_name="Practice-Oak", expected_date=TODAY + timedelta(days=60))
    child = register.save_child(session, unborn)
    wrote(session, child, "note", TODAY, "The midwife was met at the second try.")
    made = Assessment(id="a-unborn", child=child.id, carers=(carer.id,), state=AssessmentState.DRAFT)
    with session.store.transaction() as tx:
        tx.assessments.put(made, by=session.user.id)
    day = case_history.day(session, made.id)
    assert all(each.part.unborn for each in day)
    assert day[0].sayings[0].text == "The midwife was met at the second try."


def test_that_it_was_read_is_kept_once_a_person_and_stays_after_the_next_change(session: Session) -> None:
    child, _ = add_family(session)
    working = begin(session, child)
    read = case_history.note_read(session, working)
    again = case_history.note_read(session, read)
    assert [each.by for each in again.assessment.history_read] == [session.professional.id]
    assert actions(session).count("history read") == 1
    assert session.professional.id in case_history.before(session, working.assessment.id).readers
    kept = assessments.save(session, again, replace(again.assessment, child_voice="Robin hums."))
    assert kept.assessment.history_read == again.assessment.history_read


def test_a_signed_off_assessment_takes_no_reader_any_more(session: Session, supervisor: Session) -> None:
    child, _ = add_family(session)
    done = signed_off(session, child, first=TODAY - timedelta(days=60), supervisor=supervisor)
    with pytest.raises(NotAllowed):
        case_history.note_read(session, done)
