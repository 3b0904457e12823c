"""Names of the people an assessment names, for the screens and documents that show it."""

from collections.abc import Mapping

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.openings import is_unborn
from gcp2_app.domain.register import Child, Person, Professional
from gcp2_app.domain.users import Duty
from gcp2_app.services.session import Session
from gcp2_app.storage.store import Transaction


def of_child(child: Child) -> str:
    """Return what a child is called in lists and documents: one not born yet may have no name but the family's."""
    if child.given_names or not is_unborn(child):
        return child.name or "Unborn child"
    return f"Unborn child {child.family_name}".strip()


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
        session.require_reach(tx.children.get(assessment.child))
        carers, workers = carers_of(tx, assessment), workers_of(tx, assessment)
    return {
        **{id_: person.name for id_, person in carers.items()},
        **{id_: worker.name for id_, worker in workers.items()},
    }


def carers_of(tx: Transaction, assessment: Assessment) -> Mapping[str, Person]:
    """Return the carers of an assessment by id."""
    return tx.people.get_many(assessment.carers)


def workers_of(tx: Transaction, assessment: Assessment) -> Mapping[str, Professional]:
    """Return everyone who worked on an assessment, or with its child, by id."""
    ids = {step.by for step in assessment.steps} | {opening.by for opening in assessment.openings}
    ids |= {*assessment.assessors, assessment.signed_off_by}
    ids |= {each.professional for each in tx.children.get(assessment.child).allocated}
    for answer in assessment.units.values():
        ids |= {given.by for given in answer.grades} | {piece.by for piece in answer.evidence}
        ids |= {answer.proposed.by} if answer.proposed is not None else set()
    return tx.professionals.get_many(tuple(id_ for id_ in ids if id_))
