"""Carrying out a graded care assessment: start, open, grade; its steps are in :mod:`gcp2_app.services.stages`.

Every change is in the store before the function returns. A screen gives back the whole changed value;
:mod:`gcp2_app.services.keeping` keeps the rules that no screen may break and works out which fields changed.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import timedelta

from gcp2_app.domain import openings
from gcp2_app.domain.assessment import Assessment, AssessmentState, Window
from gcp2_app.domain.instrument import Pack, Subject
from gcp2_app.domain.register import Child
from gcp2_app.domain.scoring import band_of
from gcp2_app.domain.users import Duty
from gcp2_app.errors import InvalidValue
from gcp2_app.services import packs
from gcp2_app.services.keeping import keep, put, settled
from gcp2_app.services.session import Session
from gcp2_app.services.stages import (
    close_section,
    correct,
    end_hold,
    finish,
    hold_back,
    open_section,
    resume,
    return_,
    share,
    sign_off,
    submit,
)
from gcp2_app.services.working import Earlier, Working, changed_to, kept_from_grading, profile_of, working_on
from gcp2_app.storage.store import Transaction

__all__ = [
    "Earlier",
    "Start",
    "Working",
    "close_section",
    "correct",
    "end_hold",
    "finish",
    "hold_back",
    "keep",
    "look_again",
    "note_earlier_opened",
    "open_",
    "open_section",
    "profile_of",
    "remember_unit",
    "resume",
    "return_",
    "save",
    "save_within",
    "share",
    "sign_off",
    "start",
    "submit",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What is settled before an assessment begins."""

    child: str
    carers: tuple[str, ...]
    window: Window
    pack: str = "graded-care"
    pack_version: str | None = None
    band: str = ""
    band_reason: str = ""
    window_reason: str = ""


def start(session: Session, wanted: Start) -> Working:
    """Begin an assessment.

    Raises:
        NotAllowed: the user may not work on this case, the open pack is not approved for real children here, or the
            licence of a licensed one or the user's training for it is not current.
        InvalidValue: the window ends before it begins or starts in the future, no carer is named, the child's age is
            in no band.
    """
    session.require(Duty.WORK_CASES)
    pack = packs.get(session, wanted.pack, wanted.pack_version)
    today = session.today()
    if wanted.window.from_ > wanted.window.to:
        raise InvalidValue("The window ends before it begins.", "Give the earlier day first.")
    if wanted.window.from_ > today + timedelta(days=pack.window.reason_beyond_days):
        raise InvalidValue("The window starts too far in the future.", "Choose a day nearer to the first visit.")
    if not wanted.carers:
        raise InvalidValue("No carer is named.", "Choose the carer or carers whose care is assessed.")
    with session.store.transaction() as tx:
        child = tx.children.get(wanted.child)
        session.require_reach(child)
        packs.require_approved(session, tx, pack)
        packs.require_open(session, tx, pack)
        assessment = Assessment(
            id=str(uuid.uuid4()),
            child=wanted.child,
            carers=wanted.carers,
            pack=pack.id,
            pack_version=pack.version,
            pack_sha256=pack.sha256,
            policy=pack.policy,
            band=_first_band(pack, child, wanted),
            band_reason=wanted.band_reason,
            window=wanted.window,
            window_reason=wanted.window_reason,
            state=AssessmentState.DRAFT,
            assessors=(session.professional.id,),
            review_due=wanted.window.to + timedelta(days=pack.window.review_after_days),
        )
        band_of(pack, assessment, child.born)
        assessment = settled(session, pack, assessment, child)
        put(session, tx, assessment, pack, child, action="assessment started", changed=("*",))
        return working_on(session, tx, assessment, pack, child)


def _first_band(pack: Pack, child: Child, wanted: Start) -> str:
    """Return the band that was picked or, for a child who may be born while the assessment runs, the one by age now."""
    if pack.subject is not Subject.UNBORN:
        return wanted.band
    by_age = openings.band_at_start(pack, child, wanted.window.from_)
    return wanted.band or by_age


def open_(session: Session, assessment_id: str) -> Working:
    """Open an assessment to read or to work on. The view is audited.

    For someone who works on it, sections that opened by themselves since, such as by the birth, are noted as open.

    Raises:
        NotFound: no such assessment.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        assessment = tx.assessments.get(assessment_id)
        child = tx.children.get(assessment.child)
        session.require_reach(child)
        tx.record("assessment opened", by=session.user.id, kind="assessment", id=assessment_id)
        pack = packs.of(tx, assessment)
        opened = settled(session, pack, assessment, child) if session.user.may(Duty.WORK_CASES) else assessment
        if opened is not assessment:
            put(session, tx, opened, pack, child, action="section opened", changed=("openings",))
        return working_on(session, tx, opened, pack, child)


def look_again(session: Session, assessment_id: str) -> Working:
    """Return an assessment that is on screen already as it is stored now; that is no new view of it.

    Raises:
        NotFound: no such assessment.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        assessment = tx.assessments.get(assessment_id)
        child = tx.children.get(assessment.child)
        session.require_reach(child)
        return working_on(session, tx, assessment, packs.of(tx, assessment), child)


def save(session: Session, working: Working, changed: Assessment) -> Working:
    """Keep a changed assessment. What is back from here is on disk.

    The first change of a unit opens a draft for grading. Other states change only by :func:`finish` and its neighbours.
    After grading what carers say of the grades can still be kept.

    Args:
        working: the assessment as it was opened or last saved.
        changed: the same with the screen's changes.

    Raises:
        NotAllowed: finished, submitted or signed off; grading has not been explained yet; or a field that never changes
            was changed.
        InvalidValue: the interpreter is a child or a relative, a grade off the scale, a unit that is not in the band, a
            state the unit does not allow, or a grade while the band is not known.
    """
    session.require(Duty.WORK_CASES)
    session.require_reach(working.child)
    with session.store.transaction() as tx:
        return save_within(session, tx, working, changed)


def save_within(session: Session, tx: Transaction, working: Working, changed: Assessment) -> Working:
    """Keep a changed assessment within a transaction that keeps other things too; the caller has checked who may.

    Raises:
        NotAllowed, InvalidValue: as :func:`save`.
    """
    stored = tx.assessments.get(changed.id)
    kept = keep(session, tx, stored, changed, pack=working.pack, child=working.child)
    if kept is stored:
        return working
    if kept_from_grading(session, tx, working.pack) != (working.closed, working.unapproved):
        # A licence or a training ended, or the pack was approved, since it was opened.
        return working_on(session, tx, kept, packs.of(tx, kept), working.child)
    return changed_to(tx, working, kept)


def remember_unit(session: Session, assessment_id: str, code: str) -> None:
    """Keep which unit the user has open, so that the assessment opens there again.

    Raises:
        NotFound: no such assessment.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        session.require_reach(tx.children.get(tx.assessments.get(assessment_id).child))
        tx.set_place(session.user.id, assessment_id, code)


def note_earlier_opened(session: Session, working: Working) -> Working:
    """Record that the earlier grades were opened while grading: they anchor judgement."""
    today = session.today()
    opened = working.assessment.opened_earlier
    if working.assessment.locked or today in opened:
        return working
    return save(session, working, replace(working.assessment, opened_earlier=(*opened, today)))
