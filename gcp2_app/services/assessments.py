"""Carrying out a graded care assessment: start, grade, finish, submit, return, sign off, correct.

Every change is in the store before the function returns. A screen gives back the whole changed value; this module
keeps the rules that no screen may break and works out which fields changed.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Final

from gcp2_app.domain import openings, progress
from gcp2_app.domain.answers import UnitAnswer
from gcp2_app.domain.assessment import Assessment, AssessmentState, SharingHeldBack, Window
from gcp2_app.domain.grading import check_answer
from gcp2_app.domain.instrument import LicenceKind, Pack, Subject
from gcp2_app.domain.interpreting import why_not
from gcp2_app.domain.register import Child
from gcp2_app.domain.scoring import band_of, can_be_scored, score_assessment
from gcp2_app.domain.users import Duty
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services import packs, withholding
from gcp2_app.services.session import Session
from gcp2_app.services.working import Earlier, Working, changed_to, profile_of, working_on
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


_GRADE_FIELDS: Final = frozenset({"state", "grade", "grades", "agreed_reason"})


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
        if pack.licence.kind is LicenceKind.OPEN and not session.store.practice and not packs.approved(tx, pack):
            raise NotAllowed(
                f"{pack.title} is open wording and not approved for real children in this store.",
                "An administrator records the approval under Settings, Packs.",
            )
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
        assessment = _settled(session, pack, assessment, child)
        _put(session, tx, assessment, pack, child, action="assessment started", changed=("*",))
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
        opened = _settled(session, pack, assessment, child) if session.user.may(Duty.WORK_CASES) else assessment
        if opened is not assessment:
            _put(session, tx, opened, pack, child, action="section opened", changed=("openings",))
        return working_on(session, tx, opened, pack, child)


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
    return changed_to(tx, working, kept) if kept is not stored else working


def keep(
    session: Session,
    tx: Transaction,
    stored: Assessment,
    changed: Assessment,
    *,
    pack: Pack,
    child: Child,
    action: str = "assessment changed",
) -> Assessment:
    """Keep a changed assessment inside a transaction, by the rules of :func:`save`; the caller has required reach.

    Returns:
        The assessment as it is stored now; ``stored`` itself where nothing changed.

    Raises:
        NotAllowed, InvalidValue: as :func:`save`.
    """
    _require_same(stored, changed)
    # A screen that was open meanwhile does not know where it was put in the agency's record.
    changed = replace(changed, agency_record=stored.agency_record)
    names = _changed_fields(stored, changed)
    if not names:
        return stored
    progress.check_may_change(stored, names)
    if any(name.partition(".")[0] in ("units", "judgements") for name in names):
        changed = _graded(session, pack, stored, changed, child)
    if "explained" in names:
        _check_interpreter(tx, child, stored, changed)
    changed = _settled(session, pack, changed, child)
    names = _changed_fields(stored, changed)
    if session.professional.id not in changed.assessors:
        changed = replace(changed, assessors=(*changed.assessors, session.professional.id))
    _put(session, tx, changed, pack, child, action=action, changed=names)
    return changed


def _check_interpreter(tx: Transaction, child: Child, stored: Assessment, changed: Assessment) -> None:
    before = stored.explained.interpreter if stored.explained is not None else ""
    now = changed.explained.interpreter if changed.explained is not None else ""
    if now == before:
        return
    found = withholding.around(tx, child)
    names = [*(each.name for each in found.people), *(each.name for each in found.children)]
    problem = why_not(now, names)
    if problem:
        raise InvalidValue(problem, "Name the interpreting service, or write “none needed”.")


def _graded(session: Session, pack: Pack, stored: Assessment, changed: Assessment, child: Child) -> Assessment:
    if not stored.units:
        # A first grade never chooses the band: it is picked, or known by age.
        band_of(pack, replace(changed, units={}), child.born)
    if stored.state is AssessmentState.DRAFT:
        changed = progress.start_grading(pack, changed, child.born, at=session.now(), by=session.professional.id)
    band = band_of(pack, changed, child.born)
    for code, answer in changed.units.items():
        if stored.units.get(code) != answer:
            check_answer(pack, band, code, answer)
    return changed


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


def remember_unit(session: Session, assessment_id: str, code: str) -> None:
    """Keep which unit the user has open, so that the assessment opens there again."""
    with session.store.transaction() as tx:
        tx.set_place(session.user.id, assessment_id, code)


def note_earlier_opened(session: Session, working: Working) -> Working:
    """Record that the earlier grades were opened while grading: they anchor judgement."""
    today = session.today()
    opened = working.assessment.opened_earlier
    if working.assessment.locked or today in opened:
        return working
    return save(session, working, replace(working.assessment, opened_earlier=(*opened, today)))


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
        _put(session, tx, version, pack, child, action="correction started", changed=("corrects",), reason=reason)
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
        before = _settled(session, pack, stored, child)
        changed = _settled(session, pack, change(working_on(session, tx, before, pack, child)), child)
        _put(session, tx, changed, pack, child, action=action, changed=_changed_fields(stored, changed))
        return working_on(session, tx, changed, pack, child)


def _settled(session: Session, pack: Pack, assessment: Assessment, child: Child) -> Assessment:
    return openings.settled(pack, assessment, child, on=session.today(), by=session.professional.id)


def _require_same(stored: Assessment, changed: Assessment) -> None:
    for name in ("child", "pack", "pack_version", "pack_sha256", "policy", "state", "steps", "corrects"):
        if getattr(stored, name) != getattr(changed, name):
            raise NotAllowed(f"“{name}” of an assessment is not changed this way.")


def _changed_fields(stored: Assessment, changed: Assessment) -> tuple[str, ...]:
    names: list[str] = []
    for field in fields(Assessment):
        before, after = getattr(stored, field.name), getattr(changed, field.name)
        if before == after:
            continue
        if field.name == "units":
            names.extend(_changed_units(before, after))
        else:
            names.append(field.name.rstrip("_"))
    return tuple(names)


def _changed_units(before: Mapping[str, UnitAnswer], after: Mapping[str, UnitAnswer]) -> list[str]:
    empty = UnitAnswer()
    return [
        f"units.{code}.{field.name}"
        for code in sorted({*before, *after})
        for field in fields(UnitAnswer)
        if getattr(before.get(code, empty), field.name) != getattr(after.get(code, empty), field.name)
    ]


def _grades(name: str) -> bool:
    """Whether a changed field is a grade, or stands in for one."""
    whole, _, field = name.partition(".")
    return whole == "judgements" or (whole == "units" and field.rpartition(".")[2] in _GRADE_FIELDS)


def _put(
    session: Session,
    tx: Transaction,
    assessment: Assessment,
    pack: Pack,
    child: Child,
    *,
    action: str,
    changed: tuple[str, ...],
    reason: str = "",
) -> None:
    if any(map(_grades, changed)):
        packs.require_open(session, tx, pack)
    # A keystroke in a draft is nobody's record; every state an assessment passed through is.
    tx.assessments.put(assessment, by=session.user.id, reason=reason, keep_earlier="state" in changed)
    if can_be_scored(pack, assessment, child.born):
        tx.put_results(assessment, score_assessment(pack, assessment, child.born), pack)
    tx.record(action, by=session.user.id, kind="assessment", id=assessment.id, fields=changed, reason=reason)
