"""Offering the grade of a unit about the home to the siblings who live in it. It is a grade once it is confirmed there.

Source: instrument.md, The unit of work, Siblings.
"""

from collections.abc import Collection
from dataclasses import replace
from enum import StrEnum

from gcp2_app.domain.answers import ProposedGrade, UnitState
from gcp2_app.domain.family_grid import shared_units
from gcp2_app.domain.grading import latest_grades, propose_grade
from gcp2_app.domain.users import Duty
from gcp2_app.errors import NotAllowed
from gcp2_app.services.families import Family, FamilyMember, family_around
from gcp2_app.services.keeping import keep
from gcp2_app.services.session import Session

__all__ = ["NotOffered", "offer", "why_not_offered"]


class NotOffered(StrEnum):
    """Why a grade cannot be offered to a sibling, where the sibling's assessment is open."""

    OTHER_HOME = "other home"
    NO_UNIT = "no such unit"
    GRADED = "graded already"


def why_not_offered(family: Family, member: FamilyMember, code: str) -> NotOffered | None:
    """Return why the grade of a unit cannot be offered to a sibling whose assessment is open, or None where it can."""
    own, theirs = family.own.column, member.column
    if not member.same_home:
        return NotOffered.OTHER_HOME
    if own is None or theirs is None or code not in shared_units(own, theirs):
        return NotOffered.NO_UNIT
    return NotOffered.GRADED if theirs.assessment.answer(code).state is UnitState.SCORED else None


def offer(session: Session, assessment_id: str, code: str, children: Collection[str]) -> Family:
    """Offer this user's grade of a unit about the home to siblings, in one transaction.

    Args:
        assessment_id: the assessment in which it was graded.
        code: the unit's code.
        children: ids of the siblings.

    Raises:
        NotAllowed: not on the user's caseload, the unit is not about the home, it is not graded by this user, or a
            sibling's assessment cannot take it. Then nothing is written at all.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        source = tx.assessments.get(assessment_id)
        child = tx.children.get(source.child)
        session.require_reach(child)
        family = family_around(session, tx, source, child)
        own = family.own.column
        unit = own.pack.units_in(own.band).get(code) if own is not None else None
        if unit is None or not unit.household_level:
            raise NotAllowed("Only a unit about the home can be offered to other children.", "Grade each child.")
        answer = source.answer(code)
        mine = latest_grades(answer).get(session.professional.id)
        if answer.state is not UnitState.SCORED or mine is None:
            raise NotAllowed("This unit is not graded by you yet.", "Grade it first.")
        found = {member.child.id: member for member in family.siblings}
        for id_ in dict.fromkeys(children):
            member = found.get(id_)
            if member is None or member.why_not is not None or why_not_offered(family, member, code) is not None:
                raise NotAllowed("This grade cannot be offered to that child.", "Grade the unit for the child itself.")
            offered = ProposedGrade(
                grade=mine.grade,
                by=session.professional.id,
                on=session.today(),
                child=child.id,
                assessment=source.id,
            )
            column = member.column
            if column is not None:
                theirs = column.assessment
                units = {**theirs.units, code: propose_grade(column.pack, theirs.answer(code), offered)}
                keep(
                    session,
                    tx,
                    theirs,
                    replace(theirs, units=units),
                    pack=column.pack,
                    child=member.child,
                    action="grade offered to sibling",
                )
        return family_around(session, tx, source, child)
