"""The way of an assessment through its states: what may happen next, and who may do it.

Each step takes an assessment and returns the next value of it; nothing is overwritten, the steps are kept. Roles are
checked in services; here only that nobody signs off an assessment of their own. What is still missing is found in
:mod:`gcp2_app.domain.completeness`.

Source: instrument.md, The unit of work, States.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime

from gcp2_app.domain.assessment import (
    Assessment,
    AssessmentState,
    SharingHeldBack,
    Step,
)
from gcp2_app.domain.completeness import (
    Missing,
    missing,
    missing_before_grading,
    ungraded_without_reason,
)
from gcp2_app.domain.grading import verified
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.scoring import band_of
from gcp2_app.domain.targets import (
    check_target,
    default_review_due,
    default_target,
    needs_safety_step,
)
from gcp2_app.errors import InvalidValue, NotAllowed

__all__ = [
    "CARERS_VIEW",
    "Missing",
    "assessors_of",
    "change_band",
    "check_may_change",
    "check_may_grade",
    "check_target",
    "correct",
    "default_review_due",
    "default_target",
    "end_hold",
    "finish",
    "hold_back",
    "hold_on",
    "holds",
    "missing",
    "missing_before_grading",
    "needs_safety_step",
    "resume",
    "return_",
    "share",
    "sign_off",
    "start_grading",
    "submit",
    "units_left_behind",
    "verified",
]

_State = AssessmentState

_FINISHED = frozenset({_State.COMPLETE, _State.INCOMPLETE})
_SHARED = frozenset({_State.SHARED, _State.SHARING_HELD_BACK})

#: Fields of a unit that hold what a carer says of it, and that the carers have seen the grades.
CARERS_VIEW = frozenset({"carer_grade", "carer_comment", "carer_has_seen"})

#: What a person reads for a state: "This assessment is …".
WORDS = {
    _State.DRAFT: "a draft",
    _State.IN_PROGRESS: "in progress",
    _State.COMPLETE: "complete",
    _State.INCOMPLETE: "finished with units missing",
    _State.SHARED: "shared with the family",
    _State.SHARING_HELD_BACK: "held back from the family",
    _State.SUBMITTED: "submitted",
    _State.RETURNED: "returned",
    _State.SIGNED_OFF: "signed off",
}


def check_may_grade(assessment: Assessment) -> None:
    """Refuse a grade unless the assessment is in progress.

    Raises:
        NotAllowed: it was not explained yet, is finished, submitted, returned or signed off.
    """
    if assessment.state is _State.DRAFT:
        raise NotAllowed("Grading has not started.", "Record first what was explained to the carers.")
    _only_from(assessment, {_State.IN_PROGRESS}, "graded")


def check_may_change(assessment: Assessment, fields: Iterable[str] = ()) -> None:
    """Refuse any change of an assessment that is with the supervisor, returned or signed off.

    Once grading is finished the grades and what hangs on them are closed; what carers say of them is not: that is heard
    when they are shown.

    Args:
        assessment: as it is stored.
        fields: names of what changes, those of units as ``units.A1.a.note``.

    Raises:
        NotAllowed: submitted, returned (take it up again first) or signed off (correct it instead); or finished, and
            more changes than what carers say.
    """
    _only_from(assessment, {_State.DRAFT, _State.IN_PROGRESS, *_FINISHED, *_SHARED}, "changed")
    if assessment.state is not _State.DRAFT and any(map(_is_graded_with, fields)):
        check_may_grade(assessment)


def _is_graded_with(field: str) -> bool:
    """Whether a field is closed when grading is finished."""
    whole, _, _ = field.partition(".")
    return whole == "judgements" or (whole == "units" and field.rpartition(".")[2] not in CARERS_VIEW)


def assessors_of(assessment: Assessment) -> frozenset[str]:
    """Return ids of everyone who assessed: those named, and those who graded any unit."""
    graders = {given.by for answer in assessment.units.values() for given in answer.grades}
    return frozenset(assessment.assessors) | graders


def start_grading(pack: Pack, assessment: Assessment, born: date | None, *, at: datetime, by: str) -> Assessment:
    """Open a draft for grading; its developmental band is fixed from here on.

    Raises:
        NotAllowed: not a draft, or what was explained to the carers is not recorded yet.
        InvalidValue: the child's age and so the band is not known.
    """
    _only_from(assessment, {_State.DRAFT}, "started")
    open_items = missing_before_grading(assessment)
    if open_items:
        raise NotAllowed("Grading cannot start yet.", _list(open_items))
    if not assessment.recorded_elsewhere:
        assessment = replace(assessment, band=band_of(pack, assessment, born))
    return _step(assessment, _State.IN_PROGRESS, at=at, by=by)


def resume(assessment: Assessment, *, at: datetime, by: str) -> Assessment:
    """Take a finished, shared or returned assessment up again. The grades then have to be shared again.

    Raises:
        NotAllowed: a draft, in progress already, with the supervisor, or signed off.
    """
    _only_from(assessment, {_State.RETURNED, *_FINISHED, *_SHARED}, "taken up again")
    assessment = replace(assessment, shared_on=None, incomplete_reason="")
    return _step(assessment, _State.IN_PROGRESS, at=at, by=by)


def finish(
    pack: Pack,
    assessment: Assessment,
    born: date | None,
    *,
    at: datetime,
    by: str,
    incomplete_reason: str = "",
) -> Assessment:
    """Finish grading: complete where every unit has a grade or a reason, else incomplete with a reason.

    Raises:
        NotAllowed: not in progress, or units are missing and no reason is given.
        InvalidValue: the child's age and so the band is not known.
    """
    _only_from(assessment, {_State.IN_PROGRESS}, "finished")
    without = ungraded_without_reason(pack, assessment, born)
    if not without:
        assessment = replace(assessment, incomplete_reason="")
        return _step(assessment, _State.COMPLETE, at=at, by=by)
    if not incomplete_reason.strip():
        raise NotAllowed(
            f"{len(without)} units have neither a grade nor a reason: {', '.join(without)}.",
            "Grade them, say why each has no grade, or finish as incomplete and say why now.",
        )
    assessment = replace(assessment, incomplete_reason=incomplete_reason)
    return _step(assessment, _State.INCOMPLETE, at=at, by=by, reason=incomplete_reason)


def share(assessment: Assessment, *, on: date, at: datetime, by: str) -> Assessment:
    """Record that the grades were shared with the family.

    Raises:
        NotAllowed: not finished, or past sharing.
    """
    _only_from(assessment, {*_FINISHED, _State.SHARING_HELD_BACK}, "shared")
    held = {each.person for each in holds(assessment)}
    if None in held or held >= set(assessment.carers):
        # There is nobody it could be shared with while it is held back: sharing ends that.
        assessment = _without_hold(assessment, on, held)
    return _step(replace(assessment, shared_on=on), _State.SHARED, at=at, by=by)


def holds(assessment: Assessment) -> tuple[SharingHeldBack, ...]:
    """Return what is held back now, oldest first."""
    return tuple(each for each in assessment.held_back if each.ended_on is None)


def hold_on(assessment: Assessment, person: str) -> SharingHeldBack | None:
    """Return why the grades are held back from a person now, or None where they are not."""
    if person not in assessment.carers:
        return None
    return next((each for each in reversed(holds(assessment)) if each.person in {None, person}), None)


def end_hold(assessment: Assessment, person: str, *, on: date, at: datetime, by: str) -> Assessment:
    """Record that the grades are held back from one carer no longer; they are shared with the others already.

    Raises:
        NotAllowed: not shared, or nothing is held back from this carer.
    """
    _only_from(assessment, {_State.SHARED}, "shown to another carer")
    if hold_on(assessment, person) is None:
        raise NotAllowed("Nothing is held back from this carer.", "Look at the assessment again.")
    return _step(_without_hold(assessment, on, {person}), _State.SHARED, at=at, by=by)


def _without_hold(assessment: Assessment, on: date, people: Collection[str | None]) -> Assessment:
    ended = tuple(
        replace(each, ended_on=on) if each.ended_on is None and each.person in people else each
        for each in assessment.held_back
    )
    return replace(assessment, held_back=ended)


def hold_back(assessment: Assessment, held: SharingHeldBack, *, at: datetime, by: str) -> Assessment:
    """Record that the grades are held back from the family or, once shared with one carer, from another.

    Raises:
        NotAllowed: not finished, or past sharing.
        InvalidValue: no reason, nobody who agreed, or a person who is not a carer of this assessment.
    """
    _only_from(assessment, {*_FINISHED, *_SHARED}, "held back from the family")
    if not held.reason.strip() or not held.agreed_by.strip():
        raise InvalidValue("Holding back needs a reason and the person who agreed to it.", "Give both.")
    if held.person is None:
        if assessment.state is _State.SHARED:
            raise NotAllowed("The grades were shared already.", "Name the carer they are held back from.")
    elif held.person not in assessment.carers:
        raise InvalidValue("The grades are held back from someone who is not a carer here.")
    state = assessment.state if assessment.state is _State.SHARED else _State.SHARING_HELD_BACK
    assessment = replace(assessment, held_back=(*assessment.held_back, held))
    return _step(assessment, state, at=at, by=by, reason=held.reason)


def submit(
    pack: Pack,
    assessment: Assessment,
    born: date | None,
    *,
    at: datetime,
    by: str,
    earlier: Assessment | None = None,
) -> Assessment:
    """Hand the assessment to whoever signs it off.

    Args:
        pack: the pack version it was made with.
        assessment: the assessment.
        born: the child's date of birth or expected date.
        at: the instant.
        by: id of the professional.
        earlier: the last comparable assessment, for the units that moved since.

    Raises:
        NotAllowed: not shared or held back, or something is still missing.
    """
    before = _FINISHED if assessment.recorded_elsewhere else _SHARED
    _only_from(assessment, before, "submitted")
    _nothing_missing(pack, assessment, born, earlier)
    return _step(assessment, _State.SUBMITTED, at=at, by=by)


def return_(assessment: Assessment, *, reason: str, at: datetime, by: str) -> Assessment:
    """Hand a submitted assessment back with what is to be looked at again.

    Raises:
        NotAllowed: it is not submitted.
        InvalidValue: no reason is given.
    """
    _only_from(assessment, {_State.SUBMITTED}, "returned")
    if not reason.strip():
        raise InvalidValue("Returning an assessment needs a reason.", "Say what to look at again.")
    return _step(assessment, _State.RETURNED, at=at, by=by, reason=reason)


def sign_off(
    pack: Pack,
    assessment: Assessment,
    born: date | None,
    *,
    on: date,
    at: datetime,
    by: str,
    earlier: Assessment | None = None,
) -> Assessment:
    """Sign a submitted assessment off and lock it; a review date is set where none is.

    Args:
        pack: the pack version it was made with.
        assessment: the assessment.
        born: the child's date of birth or expected date.
        on: the day it is signed off.
        at: the instant.
        by: id of the professional who signs; not an assessor of it.
        earlier: the last comparable assessment.

    Raises:
        NotAllowed: not submitted, signed by an assessor of it, or something is still missing.
    """
    _only_from(assessment, {_State.SUBMITTED}, "signed off")
    if by in assessors_of(assessment):
        raise NotAllowed("An assessor cannot sign off their own assessment.", "Ask someone who did not assess.")
    _nothing_missing(pack, assessment, born, earlier)
    signed = replace(
        assessment,
        signed_off_on=on,
        signed_off_by=by,
        review_due=assessment.review_due or default_review_due(pack, assessment),
    )
    return _step(signed, _State.SIGNED_OFF, at=at, by=by)


def correct(assessment: Assessment, *, new_id: str, reason: str, at: datetime, by: str) -> Assessment:
    """Return a new version of a signed-off assessment, in progress; the signed one stays as it is.

    Whoever corrects becomes an assessor of the new version.

    Args:
        assessment: the signed-off assessment.
        new_id: id of the new version.
        reason: why it is corrected.
        at: the instant.
        by: id of the professional.

    Raises:
        NotAllowed: it is not signed off.
        InvalidValue: no reason, or the new id is the old one.
    """
    _only_from(assessment, {_State.SIGNED_OFF}, "corrected")
    if not reason.strip():
        raise InvalidValue("A correction needs a reason.", "Say what was wrong.")
    if new_id == assessment.id:
        raise InvalidValue("A correction is a new version with an id of its own.")
    assessors = assessment.assessors
    opened = replace(
        assessment,
        id=new_id,
        made_for="",
        corrects=assessment.id,
        correction_reason=reason,
        assessors=assessors if by in assessors else (*assessors, by),
        signed_off_on=None,
        signed_off_by=None,
        shared_on=None,
        held_back=(),
        incomplete_reason="",
        agency_record=None,
        steps=(),
    )
    return _step(opened, _State.IN_PROGRESS, at=at, by=by, reason=reason)


def units_left_behind(pack: Pack, assessment: Assessment, born: date | None, *, band: str) -> tuple[str, ...]:
    """Return codes of the answered units that do not exist, or are other units, in another band.

    Raises:
        InvalidValue: the pack has no such band, or the band the answers were given in is not known.
    """
    pack.band(band)
    if not assessment.units:
        return ()
    before, after = pack.units_in(band_of(pack, assessment, born)), pack.units_in(band)
    return tuple(code for code in assessment.units if after.get(code) is not before.get(code))


def change_band(pack: Pack, assessment: Assessment, born: date | None, *, band: str, reason: str) -> Assessment:
    """Return the assessment in another developmental band.

    Answers and targets of units that are other units there leave it (``units_left_behind`` names them beforehand): a
    unit is its code *and* band.

    Raises:
        NotAllowed: its state does not allow grading.
        InvalidValue: as :func:`units_left_behind`.
    """
    if assessment.state is not _State.DRAFT:
        check_may_grade(assessment)
    left = units_left_behind(pack, assessment, born, band=band)
    units = {code: answer for code, answer in assessment.units.items() if code not in left}
    targets = tuple(target for target in assessment.targets if target.unit not in left)
    return replace(assessment, band=band, band_reason=reason, units=units, targets=targets)


def _only_from(assessment: Assessment, states: frozenset[AssessmentState] | set[AssessmentState], done: str) -> None:
    if assessment.state in states:
        return
    mend = ""
    if assessment.locked:
        mend = "Correct it: that makes a new version with a reason."
    elif assessment.state is _State.RETURNED:
        mend = "Go back to grading first."
    raise NotAllowed(f"This assessment is {WORDS[assessment.state]} and cannot be {done} now.", mend)


def _nothing_missing(pack: Pack, assessment: Assessment, born: date | None, earlier: Assessment | None) -> None:
    blocking = [item for item in missing(pack, assessment, born, earlier=earlier) if item.blocks]
    if blocking:
        raise NotAllowed("Something is still missing.", _list(blocking))


def _list(items: tuple[Missing, ...] | list[Missing]) -> str:
    shown = " ".join(item.what for item in items[:5])
    return shown if len(items) <= 5 else f"{shown} And {len(items) - 5} more."


def _step(assessment: Assessment, state: AssessmentState, *, at: datetime, by: str, reason: str = "") -> Assessment:
    if at.tzinfo is None:
        raise InvalidValue("The time of a step needs its time zone.")
    step = Step(state=state, at=at, by=by, reason=reason)
    return replace(assessment, state=state, steps=(*assessment.steps, step))
