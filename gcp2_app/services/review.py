"""The supervisor's queue of submitted assessments."""

from dataclasses import dataclass

from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.domain.users import Duty
from gcp2_app.services.session import Session
from gcp2_app.storage.results import AssessmentSummary, summaries_in_state


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A submitted assessment.

    Attributes:
        own: the user is an assessor of it and cannot sign it off.
    """

    summary: AssessmentSummary
    child_name: str
    assessors: tuple[str, ...]
    own: bool


def queue(session: Session) -> tuple[Waiting, ...]:
    """Return every submitted assessment, the one waiting longest first.

    Raises:
        NotAllowed: the user may not sign off.
    """
    session.require(Duty.SIGN_OFF)
    with session.store.transaction() as tx:
        found = summaries_in_state(tx, AssessmentState.SUBMITTED)
        children = tx.children.get_many(tuple(each.child for each in found))
        people = tx.professionals.get_many(tuple({by for each in found for by in each.assessors}))
        tx.record("review queue listed", by=session.user.id, kind="assessment", count=len(found))
    return tuple(
        Waiting(
            summary=each,
            child_name=children[each.child].name or "Unborn child",
            assessors=tuple(people[by].name for by in each.assessors if by in people),
            own=session.professional.id in each.assessors,
        )
        for each in found
    )
