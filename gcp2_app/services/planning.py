"""The visits that fall in an assessment's window, for planning the next one. Changes nothing."""

from gcp2_app.domain.planning import Visit, visits_of
from gcp2_app.domain.users import Duty
from gcp2_app.services.session import Session
from gcp2_app.storage.relations import visits_since

__all__ = ["Visit", "visits"]


def visits(session: Session, assessment_id: str) -> tuple[Visit, ...]:
    """Return the visits to the child from the first day of an assessment's window on, oldest first.

    Those after its last day are marked late. None where the window has no dates, or where it was recorded elsewhere.

    Raises:
        NotFound: no such assessment.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        assessment = tx.assessments.get(assessment_id)
        session.require_reach(tx.children.get(assessment.child))
        if assessment.window is None or assessment.recorded_elsewhere:
            return ()
        child, window = assessment.child, assessment.window
        found = visits_of(visits_since(tx, child, window.from_), window, child)
        tx.record(
            "visits of the window listed", by=session.user.id, kind="assessment", id=assessment_id, count=len(found)
        )
        return found
