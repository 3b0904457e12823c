"""One piece of evidence on the assessments of several children: put there, changed there, taken away again.

The piece keeps its id wherever it hangs. All the assessments of one act are written in one transaction, each with its
own line in the audit trail.
"""

from collections.abc import Collection

from gcp2_app.domain.answers import Evidence
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.evidence import piece_in, units_with, with_evidence, without_evidence
from gcp2_app.domain.family_grid import shared_units
from gcp2_app.domain.users import Duty
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services.families import Family, FamilyMember, family_around
from gcp2_app.services.keeping import keep
from gcp2_app.services.session import Session
from gcp2_app.storage.store import Transaction


def put_on(session: Session, assessment_id: str, evidence_id: str, children: Collection[str]) -> Family:
    """Write a piece of one child's assessment to the open assessments of siblings, as it stands there.

    It hangs on the same units as here, as far as a sibling's age band has them.

    Args:
        assessment_id: the assessment that holds the piece.
        evidence_id: id of the piece.
        children: ids of the siblings; a piece that is there already is changed.

    Raises:
        NotAllowed: not on the user's caseload, no sibling today, somebody else's piece, or nothing can be put on a
            sibling's assessment now. Then nothing is written at all.
        InvalidValue: the piece is not there, or a sibling's age band has none of its units.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        source, family = _read(session, tx, assessment_id)
        piece = piece_in(source, evidence_id)
        if piece is None:
            raise InvalidValue("This evidence is not on the child's own assessment.", "Write it there first.")
        _require_own(session, piece)
        codes = units_with(source, evidence_id)
        for member in _members(family, children):
            there = _units(family, member, codes)
            if member.assessment is not None:
                _keep(session, tx, member, with_evidence(member.assessment, there, piece))
        return _read(session, tx, assessment_id)[1]


def take_off(session: Session, assessment_id: str, evidence_id: str, children: Collection[str]) -> Family:
    """Take a piece away from siblings' open assessments; the child's own is left as it is.

    Raises:
        NotAllowed: as :func:`put_on`.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        _, family = _read(session, tx, assessment_id)
        for member in _members(family, children):
            assessment = member.assessment
            piece = piece_in(assessment, evidence_id) if assessment is not None else None
            if assessment is not None and piece is not None:
                _require_own(session, piece)
                _keep(session, tx, member, without_evidence(assessment, piece))
        return _read(session, tx, assessment_id)[1]


def _read(session: Session, tx: Transaction, assessment_id: str) -> tuple[Assessment, Family]:
    source = tx.assessments.get(assessment_id)
    child = tx.children.get(source.child)
    session.require_reach(child)
    return source, family_around(session, tx, source, child)


def _members(family: Family, children: Collection[str]) -> list[FamilyMember]:
    found = {member.child.id: member for member in family.siblings}
    for child in children:
        if child not in found:
            raise NotAllowed("This child is not one of the siblings you can reach.", "Open the child's own record.")
        if found[child].why_not is not None:
            raise NotAllowed(
                f"Nothing can be put on the assessment of {found[child].child.name} now.",
                "It has to be open for grading.",
            )
    return [found[child] for child in dict.fromkeys(children)]


def _require_own(session: Session, piece: Evidence) -> None:
    if piece.by not in {None, session.professional.id}:
        raise NotAllowed("This evidence was recorded by someone else.", "Record what you saw yourself as your own.")


def _units(family: Family, member: FamilyMember, codes: Collection[str]) -> list[str]:
    """Return those of the units that a sibling's age band has too."""
    own, theirs = family.own.column, member.column
    shared = shared_units(own, theirs) if own is not None and theirs is not None else frozenset()
    found = [code for code in codes if code in shared]
    if not found:
        raise InvalidValue(f"The age band of {member.child.name} has none of the units of this evidence.")
    return found


def _keep(session: Session, tx: Transaction, member: FamilyMember, changed: Assessment) -> None:
    column = member.column
    if column is not None:
        keep(session, tx, column.assessment, changed, pack=column.pack, child=member.child)
