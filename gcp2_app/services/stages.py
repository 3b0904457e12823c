"""The steps of an assessment from state to state: finish, share, submit, return, sign off, correct; and its sections.

Each is one transaction: what is stored is opened, the domain takes the step, and the next value is kept and recorded.
"""

import uuid
from collections.abc import Callable

from gcp2_app.domain import openings, progress
from gcp2_app.domain.assessment import Assessment, SharingHeldBack
from gcp2_app.domain.users import Duty
from gcp2_app.errors import NotAllowed
from gcp2_app.services import packs
from gcp2_app.services.keeping import changed_fields, put, settled
from gcp2_app.services.session import Session
from gcp2_app.services.signed_record import DIGEST, digest_of
from gcp2_app.services.working import Working, working_on

__all__ = [
    "close_section",
    "correct",
    "end_hold",
    "finish",
    "hold_back",
    "open_section",
    "resume",
    "return_",
    "share",
    "sign_off",
    "submit",
]


def open_section(session: Session, assessment_id: str, area: str, *, reason: str) -> Working:
    """Open a section of the pack that waits, by judgement.

    Args:
        session: whose judgement it is.
        assessment_id: id of the assessment.
        area: code of the area.
        reason: why it is opened.

    Raises:
        NotAllowed: it is not being graded.
        InvalidValue: the pack does not let it be opened so, it is open already, or no reason is given.
    """

    def change(working: Working) -> Assessment:
        return openings.open_area(
            working.pack,
            working.assessment,
            working.child.born,
            area,
            reason=reason,
            on=session.today(),
            by=session.professional.id,
        )

    return _step(session, assessment_id, Duty.WORK_CASES, "section opened", change)


def close_section(session: Session, assessment_id: str, area: str) -> Working:
    """Close a section again that was opened by judgement.

    Raises:
        NotAllowed: it is not being graded.
        InvalidValue: it was not opened by judgement, or something is recorded in it.
    """

    def change(working: Working) -> Assessment:
        return openings.close_area(working.pack, working.assessment, working.child.born, area)

    return _step(session, assessment_id, Duty.WORK_CASES, "section closed", change)


def finish(session: Session, assessment_id: str, *, incomplete_reason: str = "") -> Working:
    """Finish grading: complete, or incomplete with why now.

    Raises:
        NotAllowed: not in progress, or units are missing and no reason is given.
    """

    def change(working: Working) -> Assessment:
        return progress.finish(
            working.pack,
            working.assessment,
            working.child.born,
            at=session.now(),
            by=session.professional.id,
            incomplete_reason=incomplete_reason,
        )

    return _step(session, assessment_id, Duty.WORK_CASES, "assessment finished", change)


def resume(session: Session, assessment_id: str) -> Working:
    """Take a finished, shared or returned assessment up again.

    Raises:
        NotAllowed: in progress already, with a supervisor, or signed off.
    """

    def change(working: Working) -> Assessment:
        return progress.resume(working.assessment, at=session.now(), by=session.professional.id)

    return _step(session, assessment_id, Duty.WORK_CASES, "assessment taken up again", change)


def share(session: Session, assessment_id: str) -> Working:
    """Record that the grades were shown to the family today.

    Raises:
        NotAllowed: not finished, or past sharing.
    """

    def change(working: Working) -> Assessment:
        return progress.share(working.assessment, on=session.today(), at=session.now(), by=session.professional.id)

    return _step(session, assessment_id, Duty.WORK_CASES, "assessment shared with family", change)


def hold_back(session: Session, assessment_id: str, held: SharingHeldBack) -> Working:
    """Record that sharing is held back, why, who agreed and when it is looked at again.

    Raises:
        NotAllowed: not finished, or past sharing.
        InvalidValue: no reason, or nobody who agreed.
    """

    def change(working: Working) -> Assessment:
        return progress.hold_back(working.assessment, held, at=session.now(), by=session.professional.id)

    return _step(session, assessment_id, Duty.WORK_CASES, "sharing held back", change)


def end_hold(session: Session, assessment_id: str, person: str) -> Working:
    """Record that the grades are held back from one carer no longer.

    Raises:
        NotAllowed: not shared with the other carers yet, or nothing is held back from this one.
    """

    def change(working: Working) -> Assessment:
        by = session.professional.id
        return progress.end_hold(working.assessment, person, on=session.today(), at=session.now(), by=by)

    return _step(session, assessment_id, Duty.WORK_CASES, "holding back ended", change)


def submit(session: Session, assessment_id: str) -> Working:
    """Hand the assessment to a supervisor.

    Raises:
        NotAllowed: not shared or held back, or something is still missing; the message names it.
    """

    def change(working: Working) -> Assessment:
        return progress.submit(
            working.pack,
            working.assessment,
            working.child.born,
            at=session.now(),
            by=session.professional.id,
            earlier=working.earlier.assessment if working.earlier else None,
        )

    return _step(session, assessment_id, Duty.WORK_CASES, "assessment submitted", change)


def return_(session: Session, assessment_id: str, *, reason: str) -> Working:
    """Send a submitted assessment back with what has to be looked at again.

    Raises:
        NotAllowed: it is not submitted, or the user may not sign off.
        InvalidValue: no reason.
    """

    def change(working: Working) -> Assessment:
        return progress.return_(working.assessment, reason=reason, at=session.now(), by=session.professional.id)

    return _step(session, assessment_id, Duty.SIGN_OFF, "assessment returned", change)


def sign_off(session: Session, assessment_id: str) -> Working:
    """Lock a submitted assessment.

    Raises:
        NotAllowed: the user is an assessor of it, it is not submitted, or something is still missing.
    """

    def change(working: Working) -> Assessment:
        return progress.sign_off(
            working.pack,
            working.assessment,
            working.child.born,
            on=session.today(),
            at=session.now(),
            by=session.professional.id,
            earlier=working.earlier.assessment if working.earlier else None,
        )

    return _step(session, assessment_id, Duty.SIGN_OFF, "assessment signed off", change)


def correct(session: Session, assessment_id: str, *, reason: str) -> Working:
    """Begin a correction of a signed-off assessment: a new version with its reason; the old one stays as it is.

    Raises:
        NotAllowed: not signed off, or a correction of it is already open.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        signed = tx.assessments.get(assessment_id)
        child = tx.children.get(signed.child)
        session.require_reach(child)
        if any(other.corrects == assessment_id for other in tx.assessments.of_child(signed.child)):
            raise NotAllowed("This assessment already has a correction.", "Open the newer version.")
        pack = packs.of(tx, signed)
        version = progress.correct(
            signed, new_id=str(uuid.uuid4()), at=session.now(), by=session.professional.id, reason=reason
        )
        put(session, tx, version, pack, child, action="correction started", changed=("corrects",), reason=reason)
        return working_on(session, tx, version, pack, child)


def _step(
    session: Session,
    assessment_id: str,
    duty: Duty,
    action: str,
    change: Callable[[Working], Assessment],
) -> Working:
    session.require(duty)
    with session.store.transaction() as tx:
        stored = tx.assessments.get(assessment_id)
        child = tx.children.get(stored.child)
        session.require_reach(child)
        pack = packs.of(tx, stored)
        # What opened by itself since is asked before a step, and after one that takes grading up again.
        before = settled(session, pack, stored, child)
        changed = settled(session, pack, change(working_on(session, tx, before, pack, child)), child)
        names = changed_fields(stored, changed)
        if changed.locked:
            # What was signed is in the trail, so that it can be compared for ever.
            names = (*names, f"{DIGEST}{digest_of(changed)}")
        put(session, tx, changed, pack, child, action=action, changed=names)
        return working_on(session, tx, changed, pack, child)
