"""Assessments done on paper or in another system: their dates, by whom, and the grades of sub-areas alone.

They stand in lists, trend and reports with a mark of their own, count for every later rule, and are never compared by
unit. Whoever writes one down here does not sign it off.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from gcp2_app.domain import progress
from gcp2_app.domain.answers import UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState, Window
from gcp2_app.domain.grading import check_grade
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.register import Child
from gcp2_app.domain.scoring import score_assessment
from gcp2_app.domain.users import Duty
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services import packs
from gcp2_app.services.session import Session
from gcp2_app.storage.store import Transaction

_State = AssessmentState


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """What is written down of an assessment that was done elsewhere.

    Attributes:
        carers: ids of the carers whose care was assessed, the main one first; empty where that is not known.
        recorded_by: who did it, in words.
        licence_area: whose licence it was done under, or empty.
        grades: grade values of the pack by code of the sub-area; one without a grade is left out.
    """

    child: str
    carers: tuple[str, ...]
    window: Window
    recorded_by: str
    grades: Mapping[str, int]
    pack: str = "graded-care"
    pack_version: str | None = None
    licence_area: str = ""


def record(session: Session, wanted: Elsewhere) -> Assessment:
    """Write down an assessment that was done elsewhere. It is complete at once.

    Raises:
        NotAllowed: the user may not work on this case.
        InvalidValue: it ends before it begins or has not ended yet, nobody is named who did it, no sub-area has a
            grade, or one is off the pack's scale.
        NotFound: no such child or pack.
    """
    session.require(Duty.WORK_CASES)
    pack = packs.get(session, wanted.pack, wanted.pack_version)
    with session.store.transaction() as tx:
        child = tx.children.get(wanted.child)
        session.require_reach(child)
        begun = Assessment(
            id=str(uuid.uuid4()),
            child=child.id,
            pack=pack.id,
            pack_version=pack.version,
            pack_sha256=pack.sha256,
            policy=pack.policy,
            recorded_elsewhere=True,
            assessors=(session.professional.id,),
        )
        made = _told(session, pack, begun, wanted)
        done = _finished(session, pack, child, made)
        _put(session, tx, pack, child, done, action="assessment recorded from elsewhere", reason="")
    return done


def change(session: Session, assessment_id: str, wanted: Elsewhere, *, reason: str) -> Assessment:
    """Mend what was written down. A signed-off one stays as it is, and a new version is made.

    Args:
        session: who mends it.
        assessment_id: of an assessment recorded elsewhere.
        wanted: as it should read; child and pack do not change.
        reason: why; the earlier state is kept with it.

    Raises:
        NotAllowed: it was done here, is with a supervisor, was corrected already, or the user may not work on this
            case.
        InvalidValue: no reason, or as :func:`record`.
        NotFound: no such assessment.
    """
    session.require(Duty.WORK_CASES)
    if not reason.strip():
        raise InvalidValue("A correction needs a reason.", "Say what was wrong.")
    with session.store.transaction() as tx:
        stored = tx.assessments.get(assessment_id)
        child = tx.children.get(stored.child)
        session.require_reach(child)
        pack = packs.of(tx, stored)
        if not stored.recorded_elsewhere:
            raise NotAllowed("This assessment was done here.", "Open it to change it.")
        if stored.state is _State.SUBMITTED:
            raise NotAllowed("This assessment is with a supervisor.", "Ask for it to be returned first.")
        made = _told(session, pack, _opened(session, tx, stored, reason.strip()), wanted)
        done = _finished(session, pack, child, made)
        _put(session, tx, pack, child, done, action="assessment from elsewhere corrected", reason=reason.strip())
    return done


def find(session: Session, assessment_id: str) -> Assessment:
    """Return an assessment recorded elsewhere, to be mended. The view is audited.

    Raises:
        NotFound: no such assessment.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        found = tx.assessments.get(assessment_id)
        session.require_reach(tx.children.get(found.child))
        tx.record("assessment opened", by=session.user.id, kind="assessment", id=assessment_id)
    return found


def recorded_by(session: Session, child_id: str, assessment_ids: tuple[str, ...]) -> Mapping[str, str]:
    """Return who did a child's assessments elsewhere, in words, by id; those done here are left out.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        session.require_reach(tx.children.get(child_id))
        found = tx.assessments.get_many(assessment_ids)
    return {id_: each.recorded_by for id_, each in found.items() if each.child == child_id and each.recorded_elsewhere}


def _told(session: Session, pack: Pack, assessment: Assessment, wanted: Elsewhere) -> Assessment:
    """Return the assessment with what is told of it."""
    window = wanted.window
    if window.to < window.from_:
        raise InvalidValue("It ends before it begins.", "Give the earlier day first.")
    if window.to > session.today():
        raise InvalidValue("It has not ended yet.", "Record it once it is done.")
    if not wanted.recorded_by.strip():
        raise InvalidValue("Nobody is named who did it.", "Say who did it, or that it is not known.")
    if not wanted.grades:
        raise InvalidValue("No sub-area has a grade.", "Give the grade of one sub-area or more.")
    for code in wanted.grades:
        if code not in pack.subareas:
            raise InvalidValue(f"“{code[:40]}” is not a sub-area of {pack.title}.")
    units = {
        code: UnitAnswer(state=UnitState.SCORED, grade=check_grade(pack, wanted.grades[code]))
        for code in pack.subareas
        if code in wanted.grades
    }
    return replace(
        assessment,
        carers=wanted.carers,
        window=window,
        recorded_by=wanted.recorded_by.strip(),
        licence_area=wanted.licence_area.strip(),
        units=MappingProxyType(units),
    )


def _opened(session: Session, tx: Transaction, stored: Assessment, reason: str) -> Assessment:
    """Return the stored assessment open for a change, or a new version of a signed-off one."""
    by, at = session.professional.id, session.now()
    if stored.locked:
        if any(other.corrects == stored.id for other in tx.assessments.of_child(stored.child)):
            raise NotAllowed("This assessment already has a correction.", "Correct the newer version.")
        return progress.correct(stored, new_id=str(uuid.uuid4()), at=at, by=by, reason=reason)
    mine = replace(stored, assessors=tuple(dict.fromkeys((*stored.assessors, by))))
    if stored.state in {_State.DRAFT, _State.IN_PROGRESS}:
        return mine
    return progress.resume(mine, at=at, by=by)


def _finished(session: Session, pack: Pack, child: Child, assessment: Assessment) -> Assessment:
    by, at = session.professional.id, session.now()
    if assessment.state is _State.DRAFT:
        assessment = progress.start_grading(pack, assessment, child.born, at=at, by=by)
    return progress.finish(pack, assessment, child.born, at=at, by=by)


def _put(
    session: Session, tx: Transaction, pack: Pack, child: Child, assessment: Assessment, *, action: str, reason: str
) -> None:
    change_ = tx.assessments.put(assessment, by=session.user.id, reason=reason)
    tx.put_results(assessment, score_assessment(pack, assessment, child.born), pack)
    tx.record(action, by=session.user.id, kind="assessment", id=assessment.id, fields=change_.fields, reason=reason)
