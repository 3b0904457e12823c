"""The stored results of assessments: what the caseload and lists show without reading a document.

Written in the same transaction as the assessment they belong to; they can be made anew from it at any time. Rolling up
is the domain's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import msgspec
from sqlalchemy import and_, bindparam, select, text
from sqlalchemy.orm import aliased

from gcp2_app.domain.assessment import Assessment, AssessmentState, Window
from gcp2_app.domain.instrument import Pack, Policy
from gcp2_app.domain.scoring import Counts, Profile, Reason, Result
from gcp2_app.storage.schema import (
    AssessmentAssessorRow,
    AssessmentProfileRow,
    AssessmentRow,
)
from gcp2_app.storage.statements import replace_row
from gcp2_app.storage.work import Work
from gcp2_app.wire import encode_hook


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaGrade:
    """The stored grade of one area or sub-area, as a list shows it.

    Attributes:
        grade: a grade value of the pack, or None.
        rank: the grade's place on the pack's scale, 1 the best; None without a grade.
        scale: how many grades the scale has.
        scored, of: units (for an area, sub-areas) scored, of those that apply.
        provisional: something that applies has no grade yet, or practitioners differ.
        thin: too little was seen for a grade this good to show as a number.
    """

    code: str
    grade: int | None
    rank: int | None
    scale: int
    reason: Reason
    scored: int
    of: int
    provisional: bool
    thin: bool
    counts: Counts
    decided_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaSteps:
    """One area over the latest assessments.

    Attributes:
        scale: how many grades the latest assessment's scale has.
        ranks: oldest first, 1 the best; None where there was no grade, or too little was seen for it to show.
    """

    code: str
    scale: int
    ranks: tuple[int | None, ...]


_CARERS: Final = text(
    "SELECT assessment.id, carer.value FROM assessment, json_each(CAST(document AS TEXT), '$.carers') AS carer"
    " WHERE child_id = :child ORDER BY assessment.id, carer.key"
)
_GRADES: Final = msgspec.json.Decoder(tuple[AreaGrade, ...])
_RESULTS: Final = msgspec.json.Decoder(tuple[Result, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentSummary:
    """One assessment as a line of a list.

    Attributes:
        areas: stored results of its areas, in the pack's order; empty where none are stored.
        corrects: id of the assessment it corrects, or None.
        corrected_by: id of a signed-off assessment that corrects this one, or None.
        carers: ids of the adults whose care it is about, in the order they were named; only in a child's own list.
    """

    id: str
    child: str
    window: Window | None
    state: AssessmentState
    signed_off_on: date | None
    review_due: date | None
    pack: str
    pack_version: str
    policy: Policy | None
    band: str
    units: int
    corrects: str | None
    corrected_by: str | None
    assessors: tuple[str, ...]
    areas: tuple[AreaGrade, ...]
    carers: tuple[str, ...] = ()

    @property
    def recorded_elsewhere(self) -> bool:
        """Whether it was done on paper or in another system: it has grades, and no age band they were given in."""
        return bool(self.areas) and not self.band

    @property
    def provisional(self) -> bool:
        """Whether any area is."""
        return any(area.provisional for area in self.areas)


def put_results(tx: Work, assessment: Assessment, profile: Profile, pack: Pack) -> None:
    """Store the results of an assessment in place of those there were."""
    row = {
        "assessment_id": assessment.id,
        "band": profile.band,
        "units": profile.units,
        "pack": pack.id,
        "pack_version": pack.version,
        "policy": assessment.policy.value,
        "areas": _encode(profile.areas, pack),
        "subareas": _encode(profile.subareas, pack),
    }
    replace_row(tx.session, AssessmentProfileRow, row)


def _encode(results: Mapping[str, Result], pack: Pack) -> bytes:
    return msgspec.json.encode(area_grades(results, pack), enc_hook=encode_hook)


def area_grades(results: Mapping[str, Result], pack: Pack) -> tuple[AreaGrade, ...]:
    """Return results as a list shows them, in the pack's order."""
    ranks = {grade.value: rank for rank, grade in enumerate(pack.grades, start=1)}
    return tuple(
        AreaGrade(
            code=result.code,
            grade=result.grade,
            rank=None if result.grade is None else ranks[result.grade],
            scale=len(ranks),
            reason=result.reason,
            scored=result.scored,
            of=result.of,
            provisional=result.provisional,
            thin=result.thin,
            counts=result.counts,
            decided_by=result.decided_by,
        )
        for result in results.values()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredProfile:
    """The stored results of an assessment, and the policy they were made with."""

    profile: Profile
    policy: Policy


_PROFILES_OF_CHILD: Final = (
    select(
        AssessmentProfileRow.assessment_id,
        AssessmentProfileRow.band,
        AssessmentProfileRow.units,
        AssessmentProfileRow.policy,
        AssessmentProfileRow.areas,
        AssessmentProfileRow.subareas,
    )
    .join(AssessmentRow, AssessmentRow.id == AssessmentProfileRow.assessment_id)
    .where(AssessmentRow.child_id == bindparam("child"))
)


def profiles_of_child(tx: Work, child: str) -> dict[str, StoredProfile]:
    """Return the stored results of a child's assessments by the assessment's id; which areas are closed is not kept."""
    found = tx.session.connection().execute(_PROFILES_OF_CHILD, {"child": child})
    return {
        each.assessment_id: StoredProfile(
            profile=Profile(
                band=each.band,
                units=each.units,
                subareas={result.code: result for result in _RESULTS.decode(each.subareas)},
                areas={result.code: result for result in _RESULTS.decode(each.areas)},
            ),
            policy=Policy(each.policy),
        )
        for each in found
    }


def decode_grades(stored: bytes | None) -> tuple[AreaGrade, ...]:
    """Return the results of a column, in the pack's order; none where nothing is stored."""
    return () if stored is None else _GRADES.decode(stored)


def subareas_of(tx: Work, assessment: str) -> tuple[AreaGrade, ...]:
    """Return the stored results of the sub-areas of an assessment, in the pack's order."""
    row = AssessmentProfileRow
    return decode_grades(tx.session.scalar(select(row.subareas).where(row.assessment_id == assessment)))


def summaries_of_child(tx: Work, child: str) -> tuple[AssessmentSummary, ...]:
    """Return a child's assessments, newest window first, those that were corrected included."""
    carers = _carers(tx, child)
    return tuple(
        replace(each, carers=carers.get(each.id, ())) for each in _summaries(tx, AssessmentRow.child_id == child)
    )


def summaries_in_state(tx: Work, state: AssessmentState) -> tuple[AssessmentSummary, ...]:
    """Return all assessments in a state other than signed off, newest window first: a review queue."""
    # Said twice, so that SQLite sees that the index of unsigned assessments will do.
    unsigned = text("assessment.state <> 'signed_off'")
    return _summaries(tx, and_(AssessmentRow.state == state.value, unsigned))


def _summaries(tx: Work, condition: Any) -> tuple[AssessmentSummary, ...]:
    correction = aliased(AssessmentRow)
    corrected_by = (
        select(correction.id)
        .where(correction.corrects == AssessmentRow.id, correction.state == AssessmentState.SIGNED_OFF.value)
        .limit(1)
        .scalar_subquery()
    )
    rows = tx.session.execute(
        select(
            AssessmentRow.id,
            AssessmentRow.child_id,
            AssessmentRow.state,
            AssessmentRow.window_from,
            AssessmentRow.window_to,
            AssessmentRow.signed_off_on,
            AssessmentRow.review_due,
            AssessmentRow.pack,
            AssessmentRow.pack_version,
            AssessmentRow.corrects,
            AssessmentProfileRow.policy,
            AssessmentProfileRow.band,
            AssessmentProfileRow.units,
            AssessmentProfileRow.areas,
            corrected_by.label("corrected_by"),
        )
        .join(AssessmentProfileRow, AssessmentProfileRow.assessment_id == AssessmentRow.id, isouter=True)
        .where(condition)
        .order_by(AssessmentRow.window_to.desc().nulls_first(), AssessmentRow.signed_off_on.desc().nulls_first())
    ).all()
    ids = [row.id for row in rows]
    assessors = _assessors(tx, ids)
    return tuple(
        AssessmentSummary(
            id=row.id,
            child=row.child_id,
            window=Window(from_=row.window_from, to=row.window_to) if row.window_from else None,
            state=AssessmentState(row.state),
            signed_off_on=row.signed_off_on,
            review_due=row.review_due,
            pack=row.pack,
            pack_version=row.pack_version,
            policy=Policy(row.policy) if row.policy else None,
            band=row.band or "",
            units=row.units or 0,
            corrects=row.corrects,
            corrected_by=row.corrected_by,
            assessors=assessors.get(row.id, ()),
            areas=decode_grades(row.areas),
        )
        for row in rows
    )


def _carers(tx: Work, child: str) -> dict[str, tuple[str, ...]]:
    # Of the document, by the database: no table holds them, and a child has few assessments.
    found: dict[str, list[str]] = {}
    for id_, carer in tx.session.execute(_CARERS, {"child": child}):
        found.setdefault(id_, []).append(carer)
    return {assessment: tuple(who) for assessment, who in found.items()}


def _assessors(tx: Work, assessments: list[str]) -> dict[str, tuple[str, ...]]:
    row = AssessmentAssessorRow
    found: dict[str, list[str]] = {}
    for each in tx.session.execute(
        select(row.assessment_id, row.professional_id)
        .where(row.assessment_id.in_(assessments))
        .order_by(row.assessment_id, row.professional_id)
    ):
        found.setdefault(each.assessment_id, []).append(each.professional_id)
    return {assessment: tuple(who) for assessment, who in found.items()}
