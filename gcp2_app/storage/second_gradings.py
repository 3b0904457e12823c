"""Second gradings for calibration: who was asked to grade which signed-off assessment again, and what came of it."""

from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gcp2_app import wire
from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.domain.second_grading import SecondGrading
from gcp2_app.storage.desk import of_team
from gcp2_app.storage.records import Kind
from gcp2_app.storage.schema import AssessmentAssessorRow, AssessmentRow, SecondGradingRow
from gcp2_app.storage.statements import Row
from gcp2_app.storage.work import Work


def _columns(grading: SecondGrading) -> Row:
    return {
        "assessment_id": grading.assessment,
        "grader_id": grading.grader,
        "asked_by_id": grading.asked_by,
        "finished_on": grading.finished_on,
    }


def _project(session: Session, grading: SecondGrading, *, new: bool) -> None:
    """Nothing of a second grading is laid out further."""


SECOND_GRADING = Kind("second grading", "second grading", SecondGrading, SecondGradingRow, _columns, _project)


def second_gradings_of(tx: Work, professional: str) -> tuple[SecondGrading, ...]:
    """Return the second gradings a professional asked for or makes, and the finished ones of what they assessed.

    The latest asked for first.
    """
    row, who = SecondGradingRow, AssessmentAssessorRow
    assessed = select(who.assessment_id).where(who.professional_id == professional)
    query = select(row.document).where(
        or_(
            row.grader_id == professional,
            row.asked_by_id == professional,
            row.assessment_id.in_(assessed) & row.finished_on.is_not(None),
        )
    )
    found = [wire.from_json(SecondGrading, document) for document in tx.session.scalars(query)]
    return tuple(sorted(found, key=lambda each: (each.asked_on, each.id), reverse=True))


def second_gradings_on(tx: Work, assessment: str) -> tuple[SecondGrading, ...]:
    """Return every second grading of an assessment."""
    row = SecondGradingRow
    query = select(row.document).where(row.assessment_id == assessment).order_by(row.id)
    return tuple(wire.from_json(SecondGrading, document) for document in tx.session.scalars(query))


def finished_second_gradings(
    tx: Work, pack: str, version: str, *, allocated_to: Collection[str] | None, limit: int = 500
) -> tuple[SecondGrading, ...]:
    """Return the latest finished second gradings of a team's assessments with a version of a pack."""
    row, of = SecondGradingRow, AssessmentRow
    query = (
        select(row.document)
        .join(of, of.id == row.assessment_id)
        .where(
            row.finished_on.is_not(None),
            of.pack == pack,
            of.pack_version == version,
            *of_team(of.child_id, allocated_to),
        )
        .order_by(row.finished_on.desc(), row.id)
        .limit(limit)
    )
    return tuple(wire.from_json(SecondGrading, document) for document in tx.session.scalars(query))


def signed_off_of_team(tx: Work, *, allocated_to: Collection[str] | None, limit: int = 100) -> tuple[str, ...]:
    """Return ids of the latest signed-off assessments of a team's children that were made here."""
    row = AssessmentRow
    query = (
        select(row.id)
        .where(
            row.state == AssessmentState.SIGNED_OFF.value,
            row.window_to.is_not(None),
            *of_team(row.child_id, allocated_to),
        )
        .order_by(row.window_to.desc(), row.id)
        .limit(limit)
    )
    return tuple(tx.session.scalars(query))
