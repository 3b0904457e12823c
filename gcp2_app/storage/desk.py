"""A supervisor's desk: which children of a team, how many stand at which grade, and the small steps of each.

Selects over narrow tables, whatever the number of children; no document is read.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, Text, cast, exists, func, literal_column, or_, select
from sqlalchemy.orm import aliased

from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.domain.register import NeedState
from gcp2_app.domain.team import TeamStep
from gcp2_app.storage.caseload import CaseloadRow, lines
from gcp2_app.storage.names import matches
from gcp2_app.storage.results import decode_grades
from gcp2_app.storage.schema import (
    AssessmentAssessorRow,
    AssessmentProfileRow,
    AssessmentRow,
    ChildAlertsRow,
    ChildAllocationRow,
    ChildAreaRow,
    ChildCarerRow,
    ChildSummaryRow,
    EntryChildRow,
    EntryRow,
    PersonRow,
)
from gcp2_app.storage.summaries import refresh_stale
from gcp2_app.storage.work import Work

DeskSort = Literal["name", "next_due", "last_seen", "oldest_unanswered"]
_FINISHED: Final = (AssessmentState.SIGNED_OFF.value,)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskQuery:
    """Which children of the team.

    Attributes:
        text: part of a name, alias, number or postcode; empty for all.
        area: code of an area, or empty for any of them.
        rank: only children whose grade there has this place on the scale, 1 the best; 0 for those without a grade that
            shows; None for all.
        sort: what is longest ago, or due first, stands first; what is not known comes first of all where it is how long
            ago a child was seen, and last otherwise.
        offset, limit: of the page, in rows.
    """

    text: str = ""
    area: str = ""
    rank: int | None = None
    sort: DeskSort = "name"
    offset: int = 0
    limit: int = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRow:
    """One child of the team.

    Attributes:
        line: as the caseload shows the child.
        last_seen: the last day a visit saw the child; None where none is recorded.
        oldest_unanswered: since when one of the alerts has held that is not laid aside, or None.
    """

    line: CaseloadRow
    last_seen: date | None
    oldest_unanswered: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPage:
    """One page of the team.

    Attributes:
        total: how many children match, on all pages.
    """

    rows: tuple[DeskRow, ...]
    total: int


def desk(tx: Work, query: DeskQuery, *, today: date, allocated_to: Collection[str] | None) -> DeskPage:
    """Return one page of a team's children.

    Args:
        tx: a running transaction.
        query: which page.
        today: the day everything is read on.
        allocated_to: only children with an allocation, past or present, of these professionals; None for every child.
    """
    refresh_stale(tx.session)
    summary = ChildSummaryRow
    conditions = [*of_team(summary.child_id, allocated_to), *_of_grade(query)]
    if query.text.strip():
        in_order = query.sort == "name"
        conditions.append(matches(tx.session, "child", summary.child_id, query.text, in_order=in_order))
    ids = select(summary.child_id).where(*conditions).order_by(*_order(query.sort, today))
    if conditions:
        found = tx.session.scalars(ids).all()
        total, shown = len(found), found[query.offset : query.offset + query.limit]
    else:
        total = tx.session.scalar(select(func.count()).select_from(summary)) or 0
        shown = tx.session.scalars(ids.offset(query.offset).limit(query.limit)).all()
    seen = _last_seen(tx, shown, today)
    oldest = _oldest(tx, shown)
    rows = tuple(
        DeskRow(line=line, last_seen=seen.get(line.id), oldest_unanswered=oldest.get(line.id))
        for line in lines(tx, shown, today=today)
    )
    return DeskPage(rows=rows, total=total)


def of_team(child: Any, allocated_to: Collection[str] | None) -> list[ColumnElement[bool]]:
    """Return the condition that a column holds a child of a team; none where every child counts."""
    if allocated_to is None:
        return []
    row = ChildAllocationRow
    return [child.in_(select(row.child_id).where(row.professional_id.in_(allocated_to)))]


def _of_grade(query: DeskQuery) -> list[ColumnElement[bool]]:
    if query.rank is None:
        return []
    row, child = ChildAreaRow, ChildSummaryRow.child_id
    own = [row.child_id == child, *([row.code == query.area] if query.area else [])]
    if query.rank:
        return [exists().where(*own, row.rank == query.rank)]
    # Without a grade that shows: one that is empty, or no assessment with areas at all.
    return [or_(exists().where(*own, row.rank.is_(None)), ~exists().where(*own))]


def _order(sort: DeskSort, today: date) -> tuple[Any, ...]:
    summary = ChildSummaryRow
    last = (summary.sort_name, summary.child_id)
    match sort:
        case "name":
            return last
        case "next_due":
            return (summary.review_due.asc().nulls_last(), *last)
        case "last_seen":
            seen = EntryChildRow
            latest = (
                select(func.max(seen.last_day))
                .where(seen.child_id == summary.child_id, literal_column("entry_child.seen"), seen.last_day <= today)
                .scalar_subquery()
            )
            return (latest.asc().nulls_first(), *last)
        case "oldest_unanswered":
            oldest = select(ChildAlertsRow.oldest).where(ChildAlertsRow.child_id == summary.child_id).scalar_subquery()
            return (oldest.asc().nulls_last(), *last)


def _last_seen(tx: Work, children: Sequence[str], today: date) -> dict[str, date]:
    row = EntryChildRow
    found = tx.session.execute(
        select(row.child_id, func.max(row.last_day))
        .where(row.child_id.in_(children), literal_column("entry_child.seen"), row.last_day <= today)
        .group_by(row.child_id)
    )
    return {child: day for child, day in found.tuples() if day is not None}


def _oldest(tx: Work, children: Sequence[str]) -> dict[str, date]:
    row = ChildAlertsRow
    found = tx.session.execute(select(row.child_id, row.oldest).where(row.child_id.in_(children)))
    return {child: day for child, day in found.tuples() if day is not None}


def heat(tx: Work, *, allocated_to: Collection[str] | None) -> dict[tuple[str, int | None], int]:
    """Return how many children of a team have each place on the scale in each area, by code and rank.

    None stands for no grade that shows; of children without any assessment nothing is counted.
    """
    refresh_stale(tx.session)
    row = ChildAreaRow
    found = tx.session.execute(
        select(row.code, row.rank, func.count())
        .where(*of_team(row.child_id, allocated_to))
        .group_by(row.code, row.rank)
        .order_by(row.code, row.rank)
    )
    return {(code, rank): number for code, rank, number in found.tuples()}


def team_size(tx: Work, *, allocated_to: Collection[str] | None) -> int:
    """Return how many children a team has."""
    row = ChildSummaryRow
    query = select(func.count()).select_from(row).where(*of_team(row.child_id, allocated_to))
    return tx.session.scalar(query) or 0


def steps_of(tx: Work, children: Sequence[str]) -> Mapping[str, tuple[TeamStep, ...]]:
    """Return the signed-off assessments of some children as steps, oldest first; those corrected since are left out."""
    row, profile, correction = AssessmentRow, AssessmentProfileRow, aliased(AssessmentRow)
    replaced = exists().where(correction.corrects == row.id, correction.state.in_(_FINISHED))
    found: dict[str, list[TeamStep]] = {}
    for each in tx.session.execute(
        select(row.id, row.child_id, row.window_from, row.window_to, profile.areas)
        .join(profile, profile.assessment_id == row.id)
        .where(row.child_id.in_(children), row.state.in_(_FINISHED), row.window_to.is_not(None), ~replaced)
        .order_by(row.window_to, row.id)
    ):
        ranks = {area.code: None if area.thin else area.rank for area in decode_grades(each.areas)}
        step = TeamStep(assessment=each.id, from_=each.window_from, to=each.window_to, ranks=ranks)
        found.setdefault(each.child_id, []).append(step)
    return {child: tuple(steps) for child, steps in found.items()}


def children_with_kind(tx: Work, kind: str, *, allocated_to: Collection[str] | None) -> frozenset[str]:
    """Return ids of a team's children about whom there is an entry of a kind that was not made in error."""
    link, row = EntryChildRow, EntryRow
    query = (
        select(link.child_id)
        .join(row, row.id == link.entry_id)
        .where(row.kind == kind, row.in_error.is_(False), *of_team(link.child_id, allocated_to))
        .distinct()
    )
    return frozenset(tx.session.scalars(query))


def children_of_carers_with_need(tx: Work, *, allocated_to: Collection[str] | None) -> frozenset[str]:
    """Return ids of a team's children with a carer whose learning need is recorded as other than none known."""
    carer = ChildCarerRow
    state = func.json_extract(cast(PersonRow.document, Text), "$.learning_need.state")
    query = (
        select(carer.child_id)
        .join(PersonRow, PersonRow.id == carer.person_id)
        .where(state.is_not(None), state != NeedState.NONE_KNOWN.value, *of_team(carer.child_id, allocated_to))
        .distinct()
    )
    return frozenset(tx.session.scalars(query))


def assessments_by_two(
    tx: Work, pack: str, version: str, *, allocated_to: Collection[str] | None, limit: int = 500
) -> tuple[str, ...]:
    """Return ids of the latest signed-off assessments of a team's children that name two or more assessors."""
    row, who = AssessmentRow, AssessmentAssessorRow
    several = select(who.assessment_id).group_by(who.assessment_id).having(func.count() > 1)
    query = (
        select(row.id)
        .where(
            row.id.in_(several),
            row.state.in_(_FINISHED),
            row.pack == pack,
            row.pack_version == version,
            *of_team(row.child_id, allocated_to),
        )
        .order_by(row.window_to.desc(), row.id)
        .limit(limit)
    )
    return tuple(tx.session.scalars(query))
