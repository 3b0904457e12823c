"""Keeping what changed of an assessment: which fields changed, what no screen may break, and the record of it.

Works inside a transaction its caller opened; the caller has required reach.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Final

from gcp2_app.domain import openings, progress
from gcp2_app.domain.answers import UnitAnswer
from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.grading import check_answer
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.interpreting import why_not
from gcp2_app.domain.register import Child
from gcp2_app.domain.scoring import band_of, can_be_scored, score_assessment
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services import packs, withholding
from gcp2_app.services.session import Session
from gcp2_app.storage.store import Transaction

__all__ = ["changed_fields", "keep", "put", "settled"]

_GRADE_FIELDS: Final = frozenset({"state", "grade", "grades", "agreed_reason"})


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
    """Keep a changed assessment by the rules of :func:`gcp2_app.services.assessments.save`.

    Returns:
        The assessment as it is stored now; ``stored`` itself where nothing changed.

    Raises:
        NotAllowed, InvalidValue: as :func:`gcp2_app.services.assessments.save`.
    """
    _require_same(stored, changed)
    # A screen that was open meanwhile does not know where it was put in the agency's record.
    changed = replace(changed, agency_record=stored.agency_record)
    names = changed_fields(stored, changed)
    if not names:
        return stored
    progress.check_may_change(stored, names)
    if any(name.partition(".")[0] in ("units", "judgements") for name in names):
        changed = _graded(session, pack, stored, changed, child)
    if "explained" in names:
        _check_interpreter(tx, child, stored, changed)
    changed = settled(session, pack, changed, child)
    names = changed_fields(stored, changed)
    if session.professional.id not in changed.assessors:
        changed = replace(changed, assessors=(*changed.assessors, session.professional.id))
    put(session, tx, changed, pack, child, action=action, changed=names)
    return changed


def settled(session: Session, pack: Pack, assessment: Assessment, child: Child) -> Assessment:
    """Return an assessment with the sections noted as open that opened by themselves until today."""
    return openings.settled(pack, assessment, child, on=session.today(), by=session.professional.id)


def changed_fields(stored: Assessment, changed: Assessment) -> tuple[str, ...]:
    """Return names of the fields that changed, those of units as ``units.A1.a.note``."""
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


def put(
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
    """Store an assessment, what it comes to, and that it happened.

    Args:
        session: who did it.
        tx: the transaction.
        assessment: the next value.
        pack: the pack version it was made with.
        child: whom it is about.
        action: what happened, for the audit record.
        changed: names of the fields that changed; ``*`` for all.
        reason: why, where a reason was asked for.

    Raises:
        NotAllowed: a grade changed, and an open pack is not approved for real children here, or the licence of a
            licensed one or the user's training for it is not current.
    """
    if any(map(_grades, changed)):
        packs.require_approved(session, tx, pack)
        packs.require_open(session, tx, pack)
    # A keystroke in a draft is nobody's record; every state an assessment passed through is.
    tx.assessments.put(assessment, by=session.user.id, reason=reason, keep_earlier="state" in changed)
    if can_be_scored(pack, assessment, child.born):
        tx.put_results(assessment, score_assessment(pack, assessment, child.born), pack)
    tx.record(action, by=session.user.id, kind="assessment", id=assessment.id, fields=changed, reason=reason)


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


def _require_same(stored: Assessment, changed: Assessment) -> None:
    for name in ("child", "pack", "pack_version", "pack_sha256", "policy", "state", "steps", "corrects"):
        if getattr(stored, name) != getattr(changed, name):
            raise NotAllowed(f"“{name}” of an assessment is not changed this way.")


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
