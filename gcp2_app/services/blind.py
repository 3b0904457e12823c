"""Another practitioner's grades under way, kept from whoever is still to grade: in lists, trend and documents.

On the assessment's own pages a person may ask to see them; see :mod:`gcp2_app.domain.blind`. A case file holds every
grade: it is the record, and leaves audited.

Source: instrument.md, The unit of work, Two practitioners: each grades without seeing the other.
"""

from dataclasses import replace

from gcp2_app.domain import blind
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.progress import assessors_of
from gcp2_app.domain.register import Child
from gcp2_app.domain.scoring import can_be_scored, score_assessment
from gcp2_app.domain.users import Duty
from gcp2_app.services import packs
from gcp2_app.services.session import Session
from gcp2_app.storage.results import AssessmentSummary, area_grades
from gcp2_app.storage.store import Transaction


def grading_as(session: Session, child: Child, assessment: Assessment) -> str:
    """Return id of the professional the user grades it as, or an empty text for someone who only reads.

    Whoever assesses it grades, and so may everyone who works with the child.
    """
    me = session.professional.id
    works = me in assessors_of(assessment) or any(each.professional == me for each in child.allocated)
    return me if works and session.user.may(Duty.WORK_CASES) else ""


def as_seen(session: Session, child: Child, pack: Pack, assessment: Assessment) -> Assessment:
    """Return an assessment without the grades this user is not to see yet; the same one where nothing is hidden."""
    return blind.as_seen(pack, assessment, grading_as(session, child, assessment))


def hidden_units(session: Session, child: Child, assessment: Assessment) -> tuple[str, ...]:
    """Return codes of the units whose grades this user is not to see yet."""
    return tuple(sorted(blind.hidden_units(assessment, grading_as(session, child, assessment))))


def summaries_as_seen(
    session: Session, tx: Transaction, child: Child, summaries: tuple[AssessmentSummary, ...]
) -> tuple[AssessmentSummary, ...]:
    """Return lines of a list, those under way with the grades this user may see."""
    under_way = tuple(each.id for each in summaries if each.state in blind.GRADING and each.areas)
    found = tx.assessments.get_many(under_way)
    return tuple(_seen(session, tx, child, each, found.get(each.id)) for each in summaries)


def _seen(
    session: Session, tx: Transaction, child: Child, summary: AssessmentSummary, assessment: Assessment | None
) -> AssessmentSummary:
    if assessment is None or not hidden_units(session, child, assessment):
        return summary
    pack = packs.of(tx, assessment)
    seen = as_seen(session, child, pack, assessment)
    if not can_be_scored(pack, seen, child.born):
        return replace(summary, areas=())
    return replace(summary, areas=area_grades(score_assessment(pack, seen, child.born).areas, pack))
