"""The supervisor's queue of submitted assessments."""

from dataclasses import dataclass
from datetime import UTC, datetime

from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.users import Duty
from gcp2_app.services import names
from gcp2_app.services.session import Session
from gcp2_app.storage.results import AssessmentSummary, summaries_in_state

#: Where it is not recorded when an assessment was submitted, it may have waited longest.
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A submitted assessment.

    Attributes:
        submitted_at: when it was submitted last, aware; None where that is not recorded.
        own: the user is an assessor of it and cannot sign it off.
    """

    summary: AssessmentSummary
    child_name: str
    assessors: tuple[str, ...]
    submitted_at: datetime | None
    own: bool


def queue(session: Session) -> tuple[Waiting, ...]:
    """Return the submitted assessments of the supervisor's children, the one waiting longest first.

    Raises:
        NotAllowed: the user may not sign off.
    """
    session.require(Duty.SIGN_OFF)
    with session.store.transaction() as tx:
        found = summaries_in_state(tx, AssessmentState.SUBMITTED)
        children = tx.children.get_many(tuple(each.child for each in found))
        found = tuple(each for each in found if session.may_reach(children[each.child]))
        whole = tx.assessments.get_many(tuple(each.id for each in found))
        people = tx.professionals.get_many(tuple({by for each in found for by in each.assessors}))
        tx.record("review queue listed", by=session.user.id, kind="assessment", count=len(found))
    waiting = (
        Waiting(
            summary=each,
            child_name=names.of_child(children[each.child]),
            assessors=tuple(people[by].name for by in each.assessors if by in people),
            submitted_at=_submitted_at(whole[each.id]),
            own=session.professional.id in each.assessors,
        )
        for each in found
    )
    return tuple(sorted(waiting, key=lambda each: each.submitted_at or _LONG_AGO))


def _submitted_at(assessment: Assessment) -> datetime | None:
    return next((step.at for step in reversed(assessment.steps) if step.state is AssessmentState.SUBMITTED), None)
