"""The way of an assessment through its states, and everything that is refused on it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain import progress
from gcp2_app.domain.answers import Evidence, EvidenceSource, UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState, SharingHeldBack, Target
from gcp2_app.errors import AppError, InvalidValue, NotAllowed
from tests.domain.packs import BORN, answers, make_assessment, make_pack, scored

PACK = make_pack()
State = AssessmentState
AT = datetime(2026, 2, 9, 10, 0, tzinfo=UTC)
TODAY = date(2026, 2, 9)
HELD = SharingHeldBack(reason="police enquiry", agreed_by="w9", look_again_on=date(2026, 3, 1))


def full(state: AssessmentState = State.IN_PROGRESS) -> Assessment:
    units = {code: scored(2) for code in PACK.units_in("2-5")}
    return make_assessment(units=units, state=state)


STEPS: dict[str, Callable[[Assessment], Assessment]] = {
    "start": lambda a: progress.start_grading(PACK, a, BORN, at=AT, by="w1"),
    "resume": lambda a: progress.resume(a, at=AT, by="w1"),
    "finish": lambda a: progress.finish(PACK, a, BORN, at=AT, by="w1"),
    "share": lambda a: progress.share(a, on=TODAY, at=AT, by="w1"),
    "hold_back": lambda a: progress.hold_back(a, HELD, at=AT, by="w1"),
    "submit": lambda a: progress.submit(PACK, a, BORN, at=AT, by="w1"),
    "return": lambda a: progress.return_(a, reason="look again at A1", at=AT, by="w9"),
    "sign_off": lambda a: progress.sign_off(PACK, a, BORN, on=TODAY, at=AT, by="w9"),
    "correct": lambda a: progress.correct(a, new_id="a2", reason="wrong carer", at=AT, by="w1"),
}

ALLOWED = {
    (State.DRAFT, "start"): State.IN_PROGRESS,
    (State.IN_PROGRESS, "finish"): State.COMPLETE,
    (State.COMPLETE, "share"): State.SHARED,
    (State.INCOMPLETE, "share"): State.SHARED,
    (State.SHARING_HELD_BACK, "share"): State.SHARED,
    (State.COMPLETE, "hold_back"): State.SHARING_HELD_BACK,
    (State.INCOMPLETE, "hold_back"): State.SHARING_HELD_BACK,
    (State.SHARING_HELD_BACK, "hold_back"): State.SHARING_HELD_BACK,
    (State.SHARED, "submit"): State.SUBMITTED,
    (State.SHARING_HELD_BACK, "submit"): State.SUBMITTED,
    (State.SUBMITTED, "return"): State.RETURNED,
    (State.SUBMITTED, "sign_off"): State.SIGNED_OFF,
    (State.SIGNED_OFF, "correct"): State.IN_PROGRESS,
} | {
    (state, "resume"): State.IN_PROGRESS
    for state in (State.COMPLETE, State.INCOMPLETE, State.SHARED, State.SHARING_HELD_BACK, State.RETURNED)
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", list(State), ids=lambda state: str(state.value))
def test_every_step_is_possible_from_its_own_states_only(state: AssessmentState, step: str) -> None:
    assessment = full(state)
    expected = ALLOWED.get((state, step))
    if expected is None:
        with pytest.raises(NotAllowed) as refused:
            STEPS[step](assessment)
        assert progress.WORDS[state] in refused.value.message or "already" in refused.value.message
    else:
        after = STEPS[step](assessment)
        assert after.state is expected
        assert after.steps[-1].state is expected
        assert after.steps[-1].by in {"w1", "w9"}
    assert assessment == full(state)


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=25))
def test_a_signed_off_assessment_is_never_changed_by_any_way_there(names: list[str]) -> None:
    assessment = full(State.DRAFT)
    for name in names:
        try:
            after = STEPS[name](assessment)
        except AppError:
            continue
        if assessment.locked:
            assert name == "correct"
            assert after.corrects == assessment.id
            break
        assert len(after.steps) == len(assessment.steps) + 1
        assessment = after


def test_the_whole_way() -> None:
    assessment = full(State.DRAFT)
    for name in ("start", "finish", "share", "submit", "return", "resume", "finish", "hold_back", "submit", "sign_off"):
        assessment = STEPS[name](assessment)
    assert assessment.locked
    assert [step.state for step in assessment.steps] == [
        State.IN_PROGRESS,
        State.COMPLETE,
        State.SHARED,
        State.SUBMITTED,
        State.RETURNED,
        State.IN_PROGRESS,
        State.COMPLETE,
        State.SHARING_HELD_BACK,
        State.SUBMITTED,
        State.SIGNED_OFF,
    ]
    assert assessment.steps[4].reason == "look again at A1"
    assert (assessment.signed_off_on, assessment.signed_off_by) == (TODAY, "w9")
    assert assessment.shared_on is None


def test_grading_starts_only_after_it_was_explained_and_fixes_the_band() -> None:
    draft = replace(make_assessment(state=State.DRAFT), band="")
    started = STEPS["start"](draft)
    assert started.band == "2-5"
    with pytest.raises(NotAllowed) as refused:
        STEPS["start"](replace(draft, explained=None))
    assert "explained" in refused.value.mend
    with pytest.raises(InvalidValue, match="age"):
        progress.start_grading(PACK, draft, None, at=AT, by="w1")


def test_an_assessment_recorded_elsewhere_goes_its_way_without_sharing() -> None:
    draft = Assessment(
        id="a1",
        child="c1",
        recorded_elsewhere=True,
        recorded_by="another authority",
        window=make_assessment().window,
        units=answers(A1=3),
    )
    assessment = progress.start_grading(PACK, draft, None, at=AT, by="w1")
    assert assessment.band == ""
    assessment = progress.finish(PACK, assessment, None, at=AT, by="w1")
    assessment = progress.submit(PACK, assessment, None, at=AT, by="w1")
    assert progress.sign_off(PACK, assessment, None, on=TODAY, at=AT, by="w9").locked


def test_units_are_graded_in_progress_only() -> None:
    progress.check_may_grade(full())
    with pytest.raises(NotAllowed, match="not started"):
        progress.check_may_grade(full(State.DRAFT))
    for state in set(State) - {State.DRAFT, State.IN_PROGRESS}:
        with pytest.raises(NotAllowed, match="cannot be graded"):
            progress.check_may_grade(full(state))


def test_nothing_changes_once_it_is_with_the_supervisor() -> None:
    refused = {}
    for state in State:
        try:
            progress.check_may_change(full(state))
        except NotAllowed as error:
            refused[state] = error.mend
    assert set(refused) == {State.SUBMITTED, State.RETURNED, State.SIGNED_OFF}
    assert "Go back to grading" in refused[State.RETURNED]
    assert "Correct it" in refused[State.SIGNED_OFF]


@pytest.mark.parametrize("state", [State.COMPLETE, State.INCOMPLETE, State.SHARED, State.SHARING_HELD_BACK])
def test_once_grading_is_finished_what_carers_say_is_still_heard_and_grades_are_closed(state: State) -> None:
    heard = ("units.A1.a.carer_grade", "units.A1.a.carer_comment", "units.A4.carer_has_seen", "analysis")
    progress.check_may_change(full(state), heard)
    for closed in ("units.A1.a.grade", "units.A4.note", "judgements"):
        with pytest.raises(NotAllowed, match="cannot be graded"):
            progress.check_may_change(full(state), (*heard, closed))


def test_before_grading_is_finished_anything_may_change() -> None:
    progress.check_may_change(full(), ("units.A1.a.grade", "judgements"))
    progress.check_may_change(full(State.DRAFT), ("units.A1.a.note",))


def test_units_without_grade_or_reason_make_it_incomplete_and_need_a_reason() -> None:
    units = {**full().units, "A4": UnitAnswer(), "B2": UnitAnswer()}
    started = replace(full(), units=units)
    with pytest.raises(NotAllowed, match="A4, B2"):
        STEPS["finish"](started)
    finished = progress.finish(PACK, started, BORN, at=AT, by="w1", incomplete_reason="conference tomorrow")
    assert (finished.state, finished.incomplete_reason) == (State.INCOMPLETE, "conference tomorrow")
    assert finished.steps[-1].reason == "conference tomorrow"
    assert STEPS["submit"](STEPS["share"](finished)).state is State.SUBMITTED
    again = STEPS["resume"](finished)
    assert again.incomplete_reason == ""


def test_a_reason_for_units_missing_is_dropped_where_none_is() -> None:
    finished = progress.finish(PACK, full(), BORN, at=AT, by="w1", incomplete_reason="in a hurry")
    assert (finished.state, finished.incomplete_reason) == (State.COMPLETE, "")
    observed = UnitAnswer(state=UnitState.NOT_OBSERVED, reason="asleep; nursery could tell")
    reasoned = replace(full(), units={**full().units, "A4": observed})
    assert STEPS["finish"](reasoned).state is State.COMPLETE


def test_sharing_keeps_its_day_and_holding_back_its_reasons() -> None:
    shared = STEPS["share"](STEPS["hold_back"](full(State.COMPLETE)))
    assert (shared.shared_on, shared.held_back) == (TODAY, (replace(HELD, ended_on=TODAY),))
    both = replace(full(State.COMPLETE), carers=("p1", "p2"))
    partly = progress.hold_back(STEPS["share"](both), replace(HELD, person="p2"), at=AT, by="w1")
    assert (partly.state, partly.shared_on) == (State.SHARED, TODAY)
    assert partly.held_back[0].person == "p2"
    assert STEPS["resume"](partly).shared_on is None


def test_one_carer_of_two_is_held_back_while_the_other_is_shown_the_grades() -> None:
    both = replace(full(State.COMPLETE), carers=("p1", "p2"))
    held = progress.hold_back(both, replace(HELD, person="p2"), at=AT, by="w1")
    assert held.state is State.SHARING_HELD_BACK
    shared = STEPS["share"](held)
    assert shared.state is State.SHARED
    assert progress.hold_on(shared, "p2") == replace(HELD, person="p2")
    assert progress.hold_on(shared, "p1") is None
    assert progress.hold_on(shared, "somebody else") is None
    ended = progress.end_hold(shared, "p2", on=TODAY, at=AT, by="w1")
    assert progress.holds(ended) == ()
    assert ended.held_back[0].ended_on == TODAY
    with pytest.raises(NotAllowed, match="Nothing is held back"):
        progress.end_hold(shared, "p1", on=TODAY, at=AT, by="w1")
    with pytest.raises(NotAllowed):
        progress.end_hold(held, "p2", on=TODAY, at=AT, by="w1")


def test_sharing_ends_what_would_leave_nobody_to_share_with() -> None:
    both = replace(full(State.COMPLETE), carers=("p1", "p2"))
    each = progress.hold_back(both, replace(HELD, person="p1"), at=AT, by="w1")
    each = progress.hold_back(each, replace(HELD, person="p2"), at=AT, by="w1")
    assert progress.holds(STEPS["share"](each)) == ()
    assert progress.hold_on(STEPS["hold_back"](both), "p1") == HELD


def test_holding_back_needs_a_reason_who_agreed_and_a_carer() -> None:
    finished = full(State.COMPLETE)
    for held in (replace(HELD, reason=" "), replace(HELD, agreed_by=""), replace(HELD, person="p9")):
        with pytest.raises(InvalidValue):
            progress.hold_back(finished, held, at=AT, by="w1")
    with pytest.raises(NotAllowed, match="shared already"):
        STEPS["hold_back"](full(State.SHARED))


def test_submitting_and_signing_off_refuse_what_is_still_missing() -> None:
    for state, step in ((State.SHARED, "submit"), (State.SUBMITTED, "sign_off")):
        with pytest.raises(NotAllowed, match="still missing") as refused:
            STEPS[step](replace(full(state), analysis=""))
        assert "analysis" in refused.value.mend


def test_many_missing_things_are_counted_rather_than_listed() -> None:
    with pytest.raises(NotAllowed) as refused:
        STEPS["submit"](make_assessment(state=State.SHARED))
    assert "And 27 more." in refused.value.mend


def test_units_that_moved_have_to_be_told_before_submitting() -> None:
    earlier = replace(full(State.SIGNED_OFF), id="a0", units={**full().units, "A4": scored(3)})
    with pytest.raises(NotAllowed) as refused:
        progress.submit(PACK, full(State.SHARED), BORN, at=AT, by="w1", earlier=earlier)
    assert "A4" in refused.value.mend
    with pytest.raises(NotAllowed):
        progress.sign_off(PACK, full(State.SUBMITTED), BORN, on=TODAY, at=AT, by="w9", earlier=earlier)


def test_no_assessor_signs_off_their_own_assessment() -> None:
    with pytest.raises(NotAllowed, match="assessor"):
        progress.sign_off(PACK, full(State.SUBMITTED), BORN, on=TODAY, at=AT, by="w1")
    graded = replace(full(State.SUBMITTED), units={**full().units, "A4": scored(2, ("w9", "2026-01-12", 2))})
    assert progress.assessors_of(graded) == {"w1", "w9"}
    with pytest.raises(NotAllowed, match="assessor"):
        STEPS["sign_off"](graded)


def test_signing_off_sets_the_review_date_where_none_is() -> None:
    assert STEPS["sign_off"](full(State.SUBMITTED)).review_due == date(2026, 5, 9)
    booked = replace(full(State.SUBMITTED), review_due=date(2026, 3, 1))
    assert STEPS["sign_off"](booked).review_due == date(2026, 3, 1)


def test_a_correction_is_a_new_version_that_the_corrector_cannot_sign_off() -> None:
    signed = STEPS["sign_off"](full(State.SUBMITTED))
    opened = progress.correct(signed, new_id="a2", reason="wrong carer", at=AT, by="w9")
    assert (opened.id, opened.corrects, opened.correction_reason) == ("a2", "a1", "wrong carer")
    assert (opened.state, opened.signed_off_on, opened.signed_off_by) == (State.IN_PROGRESS, None, None)
    assert (opened.units, opened.assessors, len(opened.steps)) == (signed.units, ("w1", "w9"), 1)
    assert STEPS["correct"](signed).assessors == ("w1",)
    with pytest.raises(InvalidValue, match="reason"):
        progress.correct(signed, new_id="a2", reason=" ", at=AT, by="w1")
    with pytest.raises(InvalidValue, match="id"):
        progress.correct(signed, new_id="a1", reason="why", at=AT, by="w1")


def test_returning_needs_a_reason() -> None:
    with pytest.raises(InvalidValue, match="reason"):
        progress.return_(full(State.SUBMITTED), reason="", at=AT, by="w9")


def test_a_step_needs_an_instant_with_its_zone() -> None:
    with pytest.raises(InvalidValue, match="zone"):
        progress.share(full(State.COMPLETE), on=TODAY, at=AT.replace(tzinfo=None), by="w1")


def test_another_band_takes_out_only_the_units_that_are_others_there() -> None:
    target = Target(unit="D1.i", current=3, target=2)
    graded = replace(make_assessment(units=answers(A1_a=3, D1_i=3)), targets=(target,))
    assert progress.units_left_behind(PACK, graded, BORN, band="5+") == ("D1.i",)
    assert progress.units_left_behind(PACK, graded, BORN, band="2-5") == ()
    older = progress.change_band(PACK, graded, BORN, band="5+", reason="developmental age")
    assert (older.band, older.band_reason, set(older.units)) == ("5+", "developmental age", {"A1.a"})
    assert older.targets == ()
    assert progress.change_band(PACK, full(State.DRAFT), BORN, band="0-2", reason="why").band == "0-2"
    by_age = replace(graded, band="")
    assert set(progress.change_band(PACK, by_age, BORN, band="5+", reason="why").units) == {"A1.a"}
    blank = replace(make_assessment(state=State.DRAFT), band="")
    assert progress.change_band(PACK, blank, None, band="5+", reason="why").band == "5+"
    with pytest.raises(InvalidValue, match="age band"):
        progress.change_band(PACK, graded, BORN, band="teens", reason="why")
    with pytest.raises(NotAllowed):
        progress.change_band(PACK, full(State.SUBMITTED), BORN, band="5+", reason="why")


def test_the_safety_rules_are_reached_from_here() -> None:
    seen = (Evidence(text="x", source=EvidenceSource.SEEN_AT_HOME),)
    assert progress.verified(replace(scored(5), evidence=seen))
    assert progress.default_target(PACK, 5) == 3
    assert progress.needs_safety_step(PACK, "A1.a", 5, 40)
