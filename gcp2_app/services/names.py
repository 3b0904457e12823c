"""Names of the people an assessment names, for the screens that show it."""

from collections.abc import Mapping

from gcp2_app.domain.users import Duty
from gcp2_app.services.session import Session


def of_assessment(session: Session, assessment_id: str) -> Mapping[str, str]:
    """Return names by id of an assessment's carers and of everyone who worked on it.

    Ids that name nobody in the store are left out.

    Raises:
        NotFound: no such assessment.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        assessment = tx.assessments.get(assessment_id)
        child = tx.children.get(assessment.child)
        session.require_reach(child)
        workers = {step.by for step in assessment.steps} | set(assessment.assessors)
        workers |= {each.professional for each in child.allocated}
        for answer in assessment.units.values():
            workers |= {given.by for given in answer.grades} | {piece.by for piece in answer.evidence}
        people = tx.people.get_many(assessment.carers)
        professionals = tx.professionals.get_many(tuple(worker for worker in workers if worker))
    return {
        **{id_: person.name for id_, person in people.items()},
        **{id_: professional.name for id_, professional in professionals.items()},
    }
