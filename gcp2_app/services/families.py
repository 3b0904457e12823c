"""A child's siblings with the assessments that stand beside the child's own, as far as the user may reach them.

A child outside the user's own caseload, or with a restricted record, is counted and never named.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.completeness import missing_before_grading
from gcp2_app.domain.family_grid import GridColumn, compares
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.register import Child
from gcp2_app.domain.scoring import band_of, can_be_scored
from gcp2_app.domain.siblings import Sibling, siblings
from gcp2_app.domain.users import Duty
from gcp2_app.errors import NotFound
from gcp2_app.services import packs
from gcp2_app.services.session import Session
from gcp2_app.storage import search
from gcp2_app.storage.store import Transaction

_GRADED_IN = frozenset({AssessmentState.DRAFT, AssessmentState.IN_PROGRESS})


class WhyNot(StrEnum):
    """Why nothing can be put on a sibling's assessment."""

    NO_ASSESSMENT = "no assessment"
    FINISHED = "grading is finished"
    NOT_EXPLAINED = "not explained yet"
    NO_BAND = "age band not known"
    OTHER_PACK = "another pack"


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyMember:
    """One child of the family with the assessment that counts now.

    Attributes:
        same_home: lives in a household of the child's today; the child itself does.
        column: the assessment that is graded now, else the latest finished one, with pack and band; None where there
            is none that has units.
        why_not: why nothing can be put on it, or None where it can be graded.
    """

    child: Child
    same_home: bool
    column: GridColumn | None
    why_not: WhyNot | None

    @property
    def assessment(self) -> Assessment | None:
        """The assessment that counts now, or None."""
        return self.column.assessment if self.column is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One child and its siblings today.

    Attributes:
        own: the child with the assessment asked for.
        siblings: eldest first.
        not_shown: how many further children there are whom the user may not see here.
    """

    own: FamilyMember
    siblings: tuple[FamilyMember, ...]
    not_shown: int

    @property
    def members(self) -> tuple[FamilyMember, ...]:
        """The child first, then its siblings."""
        return (self.own, *self.siblings)


def of_assessment(session: Session, assessment_id: str) -> Family:
    """Return the family around an assessment. The view is audited.

    Raises:
        NotFound: no such assessment.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        assessment = tx.assessments.get(assessment_id)
        child = tx.children.get(assessment.child)
        session.require_reach(child)
        family = family_around(session, tx, assessment, child)
        tx.record(
            "family looked at", by=session.user.id, kind="assessment", id=assessment_id, count=len(family.siblings)
        )
        return family


def family_around(session: Session, tx: Transaction, assessment: Assessment, child: Child) -> Family:
    """Return the family around an assessment, inside a transaction; the caller has required reach of the child."""
    column = _column(tx, assessment, child)
    own = FamilyMember(child=child, same_home=True, column=column, why_not=_why_not(column, column))
    known = _siblings(session, tx, child)
    shown = [each for each in known if session.may_reach(each.child) and not each.child.restricted]
    return Family(
        own=own,
        siblings=tuple(_member(tx, each, column) for each in shown),
        not_shown=len(known) - len(shown),
    )


def _siblings(session: Session, tx: Transaction, child: Child) -> tuple[Sibling, ...]:
    households = [tx.households.get(id_) for id_ in search.households_of(tx, child.id)]
    ids = search.children_among(tx, {member.who for household in households for member in household.members})
    ids |= search.children_with_carers(tx, {carer.person for carer in child.carers})
    others = tx.children.get_many(tuple(sorted(ids - {child.id})))
    return siblings(child, others.values(), households, on=session.today())


def _member(tx: Transaction, sibling: Sibling, own: GridColumn | None) -> FamilyMember:
    child = sibling.child
    assessment = _counting_now(tx.assessments.of_child(child.id))
    column = _column(tx, assessment, child) if assessment is not None else None
    why_not = WhyNot.NO_ASSESSMENT if assessment is None else _why_not(column, own)
    return FamilyMember(child=child, same_home=sibling.same_home, column=column, why_not=why_not)


def _counting_now(assessments: Iterable[Assessment]) -> Assessment | None:
    """Return the assessment that is graded now, else the latest finished one in its corrected version."""
    known = [each for each in assessments if not each.recorded_elsewhere and each.window is not None]
    corrected = {each.corrects for each in known if each.locked}
    standing = [each for each in known if each.id not in corrected]
    return max(standing, key=_how_much_it_counts, default=None)


def _how_much_it_counts(assessment: Assessment) -> tuple[bool, str, str]:
    window = assessment.window
    ended = window.to.isoformat() if window is not None else ""
    return assessment.state in _GRADED_IN, ended, assessment.id


def _column(tx: Transaction, assessment: Assessment, child: Child) -> GridColumn | None:
    """Return an assessment with its pack and band, or None where it has no units that could be shown."""
    try:
        pack = packs.of(tx, assessment)
    except NotFound:
        return None
    return GridColumn(assessment=assessment, pack=pack, band=_band(pack, assessment, child))


def _band(pack: Pack, assessment: Assessment, child: Child) -> str:
    known = not assessment.recorded_elsewhere and can_be_scored(pack, assessment, child.born)
    return band_of(pack, assessment, child.born) if known else ""


def _why_not(column: GridColumn | None, own: GridColumn | None) -> WhyNot | None:
    if column is None or own is None or not compares(own.pack, column.pack):
        return WhyNot.OTHER_PACK
    assessment = column.assessment
    if assessment.state not in _GRADED_IN or assessment.recorded_elsewhere:
        return WhyNot.FINISHED
    if assessment.state is AssessmentState.DRAFT and missing_before_grading(assessment):
        return WhyNot.NOT_EXPLAINED
    return None if column.band else WhyNot.NO_BAND
