"""An assessment from its start to its signature and its correction, through the services and a real store."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from gcp2_app.domain.answers import UnitAnswer, UnitState
from gcp2_app.domain.assessment import AssessmentState, SharingHeldBack, Window
from gcp2_app.domain.users import Role
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services import assessments, packs, register, review, trends, users
from gcp2_app.services.assessments import Start
from gcp2_app.services.session import Session
from gcp2_app.storage import audit
from tests.stores import (
    TODAY,
    actions,
    add_family,
    add_user,
    as_user,
    begin,
    grade_all,
    graded,
    make_session,
    signed_off,
    with_words,
)


def test_a_first_grade_waits_until_it_was_explained(session: Session) -> None:
    child, carer = add_family(session)
    window = Window(from_=TODAY, to=TODAY + timedelta(days=27))
    working = assessments.start(session, Start(child=child.id, carers=(carer.id,), window=window))
    assert working.assessment.state is AssessmentState.DRAFT
    assert working.band == "2-5"
    assert working.assessment.review_due == window.to + timedelta(days=90)
    changed = replace(working.assessment, units={"A1.a": graded(session, working, "A1.a", 2)})
    with pytest.raises(NotAllowed, match="Grading cannot start"):
        assessments.save(session, working, changed)
    assert assessments.open_(session, working.assessment.id).assessment.units == {}


def test_each_change_is_in_the_store_and_the_trail_names_fields_not_values(session: Session) -> None:
    working = begin(session, add_family(session)[0])
    answer = graded(session, working, "A1.a", 4)
    saved = assessments.save(session, working, replace(working.assessment, units={"A1.a": answer}))
    assert saved.assessment.state is AssessmentState.IN_PROGRESS
    assert saved.profile.subareas["A1"].grade == 4
    stored = assessments.open_(session, saved.assessment.id)
    assert stored.assessment == saved.assessment
    with session.store.transaction() as tx:
        event = next(each for each in audit.page(tx) if each.action == "assessment changed")
    assert "units.A1.a.grade" in event.fields
    assert not any("Seen for" in field for field in event.fields)


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("A1.a", UnitAnswer(state=UnitState.SCORED, grade=6)),
        ("A1.a", UnitAnswer(state=UnitState.NOT_APPLICABLE, reason="no")),
        ("D1", UnitAnswer(state=UnitState.SCORED, grade=2)),
        ("Z9", UnitAnswer(state=UnitState.SCORED, grade=2)),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_nothing_is_lost(
    session: Session, code: str, answer: UnitAnswer
) -> None:
    working = begin(session, add_family(session)[0])
    good = assessments.save(
        session, working, replace(working.assessment, units={"A1.b": graded(session, working, "A1.b", 2)})
    )
    with pytest.raises(InvalidValue):
        assessments.save(session, good, replace(good.assessment, units={**good.assessment.units, code: answer}))
    assert assessments.open_(session, good.assessment.id).assessment == good.assessment


def test_what_never_changes_cannot_be_changed(session: Session) -> None:
    working = begin(session, add_family(session)[0])
    with pytest.raises(NotAllowed, match="state"):
        assessments.save(session, working, replace(working.assessment, state=AssessmentState.SIGNED_OFF))
    assert assessments.save(session, working, working.assessment) is working


def test_an_assessment_goes_through_to_sign_off_by_somebody_else(session: Session, supervisor: Session) -> None:
    working = grade_all(session, begin(session, add_family(session)[0]), 3)
    id_ = working.assessment.id
    assert not [item for item in working.missing if item.blocks]
    assert assessments.finish(session, id_).assessment.state is AssessmentState.COMPLETE
    assert assessments.share(session, id_).assessment.shared_on == TODAY
    assert assessments.submit(session, id_).assessment.state is AssessmentState.SUBMITTED
    (waiting,) = review.queue(supervisor)
    assert (waiting.child_name, waiting.own) == ("Robin Practice-Oak", False)
    assert review.queue(session)[0].own
    with pytest.raises(NotAllowed, match="own assessment"):
        assessments.sign_off(session, id_)
    submitted = assessments.open_(session, id_)
    with pytest.raises(NotAllowed, match="submitted"):
        assessments.save(session, submitted, replace(submitted.assessment, child_voice="x"))
    returned = assessments.return_(supervisor, id_, reason="Say more about Robin's day.")
    assert returned.assessment.state is AssessmentState.RETURNED
    assert assessments.resume(session, id_).assessment.state is AssessmentState.IN_PROGRESS
    for step in (assessments.finish, assessments.share, assessments.submit):
        step(session, id_)
    signed = assessments.sign_off(supervisor, id_)
    assert signed.assessment.signed_off_by == supervisor.professional.id
    with pytest.raises(NotAllowed):
        assessments.save(session, signed, replace(signed.assessment, child_voice="x"))
    assert review.queue(supervisor) == ()
    assert "assessment signed off" in actions(session)


def test_a_supervisor_who_is_no_practitioner_does_not_assess(session: Session, supervisor: Session) -> None:
    child, carer = add_family(session)
    window = Window(from_=TODAY, to=TODAY)
    with pytest.raises(NotAllowed, match="work on cases"):
        assessments.start(supervisor, Start(child=child.id, carers=(carer.id,), window=window))


def test_submitting_names_what_is_missing(session: Session) -> None:
    working = grade_all(session, begin(session, add_family(session)[0]), 2)
    bare = assessments.save(session, working, replace(working.assessment, child_voice=""))
    assessments.finish(session, bare.assessment.id)
    assessments.share(session, bare.assessment.id)
    with pytest.raises(NotAllowed, match="still missing") as refusal:
        assessments.submit(session, bare.assessment.id)
    assert "child" in refusal.value.mend


def test_sharing_can_be_held_back_with_its_record(session: Session) -> None:
    working = grade_all(session, begin(session, add_family(session)[0]), 2)
    assessments.finish(session, working.assessment.id)
    held = SharingHeldBack(reason="Police ask for time.", agreed_by="manager", look_again_on=TODAY)
    done = assessments.hold_back(session, working.assessment.id, held)
    assert done.assessment.state is AssessmentState.SHARING_HELD_BACK
    assert assessments.submit(session, working.assessment.id).assessment.held_back == (held,)


def test_an_incomplete_assessment_says_why(session: Session) -> None:
    working = begin(session, add_family(session)[0])
    units = {"A1.a": graded(session, working, "A1.a", 2)}
    working = assessments.save(session, working, with_words(replace(working.assessment, units=units)))
    with pytest.raises(NotAllowed, match="neither a grade nor a reason"):
        assessments.finish(session, working.assessment.id)
    done = assessments.finish(session, working.assessment.id, incomplete_reason="The family moved away.")
    assert done.assessment.state is AssessmentState.INCOMPLETE


def test_a_correction_is_a_new_version_and_the_trend_shows_the_new_one(session: Session, supervisor: Session) -> None:
    child, _ = add_family(session)
    signed = signed_off(session, child, grade=3, first=TODAY - timedelta(days=40), supervisor=supervisor)
    version = assessments.correct(session, signed.assessment.id, reason="A1.a was mistyped.")
    assert version.assessment.corrects == signed.assessment.id
    with pytest.raises(NotAllowed, match="already has a correction"):
        assessments.correct(session, signed.assessment.id, reason="again")
    assert assessments.open_(session, signed.assessment.id).assessment == signed.assessment
    shown = {point.assessment for series in trends.trend(session, child.id).series for point in series.points}
    assert shown == {signed.assessment.id, version.assessment.id}
    version = grade_all(session, version, 2)
    for step in (assessments.finish, assessments.share, assessments.submit):
        step(session, version.assessment.id)
    assessments.sign_off(supervisor, version.assessment.id)
    points = [point for series in trends.trend(session, child.id).series for point in series.points]
    assert {point.assessment for point in points} == {signed.assessment.id, version.assessment.id}
    assert {point.assessment for point in points if point.current} == {version.assessment.id}
    rows = register.child(session, child.id).assessments
    assert {(row.corrects is not None, row.corrected_by is not None) for row in rows} == {(True, False), (False, True)}


def test_earlier_grades_stand_beside_and_opening_them_is_recorded(session: Session, supervisor: Session) -> None:
    child, _ = add_family(session)
    first = signed_off(session, child, grade=3, first=TODAY - timedelta(days=120), supervisor=supervisor)
    working = begin(session, child)
    assert working.earlier is not None
    assert working.earlier.assessment.id == first.assessment.id
    working = assessments.save(
        session, working, replace(working.assessment, units={"A1.a": graded(session, working, "A1.a", 2)})
    )
    assert working.earlier is not None
    assert working.earlier.comparison.units["A1.a"].before == 3
    assert working.earlier.comparison.units["A1.a"].after == 2
    opened = assessments.note_earlier_opened(session, working)
    assert opened.assessment.opened_earlier == (TODAY,)
    assert assessments.note_earlier_opened(session, opened) is opened


def test_the_unit_that_was_open_is_remembered_for_each_user(session: Session) -> None:
    working = begin(session, add_family(session)[0])
    assessments.remember_unit(session, working.assessment.id, "B1.c")
    assert assessments.open_(session, working.assessment.id).last_unit == "B1.c"


@pytest.mark.parametrize(
    ("window", "match"),
    [
        (Window(from_=TODAY, to=TODAY - timedelta(days=1)), "ends before"),
        (Window(from_=TODAY + timedelta(days=400), to=TODAY + timedelta(days=410)), "future"),
    ],
)
def test_a_window_that_cannot_be_is_refused(session: Session, window: Window, match: str) -> None:
    child, carer = add_family(session)
    with pytest.raises(InvalidValue, match=match):
        assessments.start(session, Start(child=child.id, carers=(carer.id,), window=window))


def test_a_carer_is_needed(session: Session) -> None:
    child, _ = add_family(session)
    with pytest.raises(InvalidValue, match="carer"):
        assessments.start(session, Start(child=child.id, carers=(), window=Window(from_=TODAY, to=TODAY)))


def test_the_open_pack_waits_for_approval_in_a_real_store(tmp_path: Path) -> None:
    session = make_session(tmp_path / "real", practice=False)
    with session.store:
        child, carer = add_family(session)
        wanted = Start(child=child.id, carers=(carer.id,), window=Window(from_=TODAY, to=TODAY))
        with pytest.raises(NotAllowed, match="not approved"):
            assessments.start(session, wanted)
        pack = packs.get(session, "graded-care")
        with pytest.raises(InvalidValue, match="reason"):
            packs.approve_open_pack(session, pack, reason=" ")
        packs.approve_open_pack(session, pack, reason="Agreed by the partnership, minute 4.")
        assert packs.is_approved(session, pack)
        assert assessments.start(session, wanted).assessment.pack_sha256 == pack.sha256


def test_an_approval_is_of_one_version_with_its_words(tmp_path: Path) -> None:
    session = make_session(tmp_path / "real", practice=False)
    with session.store:
        pack = packs.get(session, "graded-care")
        packs.approve_open_pack(session, pack, reason="Agreed by the partnership, minute 4.")
        assert packs.approval_of(session, pack) == packs.Approval(on=TODAY)
        assert not packs.is_approved(session, replace(pack, version="1.1.0"))
        assert not packs.is_approved(session, replace(pack, sha256="ab" * 32))
        with session.store.transaction() as tx:
            (event,) = [each for each in audit.events(tx) if each.action == "open pack approved"]
        assert event.id == f"{pack.id} {pack.version}"


def test_an_old_approval_that_names_no_version_counts_for_none_and_can_still_be_read(tmp_path: Path) -> None:
    session = make_session(tmp_path / "real", practice=False)
    with session.store:
        child, carer = add_family(session)
        with session.store.transaction() as tx:
            tx.set_setting("approved pack graded-care", "2026-05-03T09:30:00+00:00")
        pack = packs.get(session, "graded-care")
        assert packs.approval_of(session, pack) == packs.Approval(on=None, without_version=date(2026, 5, 3))
        wanted = Start(child=child.id, carers=(carer.id,), window=Window(from_=TODAY, to=TODAY))
        with pytest.raises(NotAllowed, match="not approved"):
            assessments.start(session, wanted)
        packs.approve_open_pack(session, pack, reason="Agreed again, for this version.")
        assert packs.approval_of(session, pack) == packs.Approval(on=TODAY, without_version=date(2026, 5, 3))
        assert assessments.start(session, wanted).assessment.id


def test_who_can_approve_is_named_leavers_not(tmp_path: Path) -> None:
    session = make_session(tmp_path / "real", practice=False)
    with session.store:
        for name, role in (("ada", Role.ADMINISTRATOR), ("gone", Role.ADMINISTRATOR), ("pat", Role.PRACTITIONER)):
            add_user(session, name, role)
        users.leave(session, as_user(session, "gone").user.id)
        own = session.professional.name
        assert packs.approvers(as_user(session, "pat")) == tuple(sorted((own, "Practice ada"), key=str.casefold))


def test_a_practitioner_reaches_only_their_own_caseload(session: Session) -> None:
    child, _ = add_family(session)
    working = begin(session, child)
    add_user(session, "other", Role.PRACTITIONER)
    other = as_user(session, "other")
    for attempt in (
        lambda: assessments.open_(other, working.assessment.id),
        lambda: register.child(other, child.id),
        lambda: trends.trend(other, child.id),
        lambda: assessments.finish(other, working.assessment.id),
    ):
        with pytest.raises(NotAllowed, match="not on your caseload"):
            attempt()


def test_a_four_grade_pack_works_throughout(session: Session) -> None:
    pack = packs.install(session, Path(__file__).parents[1] / "data" / "packs" / "four-grade" / "1.0.0.toml")
    child, carer = add_family(session, born=date(2020, 1, 1))
    window = Window(from_=TODAY - timedelta(days=5), to=TODAY)
    working = assessments.start(session, Start(child=child.id, carers=(carer.id,), window=window, pack=pack.id))
    explained = begin(session, child).assessment.explained
    working = assessments.save(session, working, replace(working.assessment, explained=explained))
    working = grade_all(session, working, 10)
    code = next(iter(pack.units_in(working.band)))
    working = assessments.save(
        session,
        working,
        replace(working.assessment, units={**working.assessment.units, code: graded(session, working, code, 20)}),
    )
    assert working.profile.subareas[pack.subarea_of(code).code].grade == 20
    bad = replace(working.assessment.units[code], grade=5_000)
    with pytest.raises(InvalidValue):
        assessments.save(session, working, replace(working.assessment, units={**working.assessment.units, code: bad}))
    points = {
        point.assessment: point.grade
        for series in trends.trend(session, child.id).series
        for point in series.points
        if point.pack == pack.id
    }
    assert working.assessment.id in points
