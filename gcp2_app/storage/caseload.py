"""The caseload: one page of children as a table shows it.

A fixed number of selects over narrow columns, whatever the number of children; no document is read. Values go out, rows
stay.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, and_, func, or_, select

from gcp2_app.domain.assessment import AssessmentState, Window
from gcp2_app.domain.register import Category, Status, StatusKind
from gcp2_app.storage.alerts import AlertCounts, alert_counts
from gcp2_app.storage.names import matches
from gcp2_app.storage.results import AreaGrade, AreaSteps, decode_grades
from gcp2_app.storage.schema import (
    AssessmentProfileRow,
    ChildAllocationRow,
    ChildStatusRow,
    ChildSummaryRow,
    EntryChildRow,
    ProfessionalRow,
)
from gcp2_app.storage.summaries import decode_steps, refresh_stale
from gcp2_app.storage.work import Work

__all__ = ["AreaGrade", "AreaSteps", "CaseloadPage", "CaseloadQuery", "CaseloadRow", "SortKey", "caseload", "lines"]

SortKey = Literal["name", "age", "status", "last_assessment", "last_entry", "next_due"]
_LEAD_ROLE: Final = "social_worker"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadQuery:
    """Which page of the caseload.

    Attributes:
        text: part of a name, alias, number or postcode; misspelt names are found. Empty for all.
        sort: ``age`` ascending is the youngest first. What is not known comes last either way.
        offset, limit: of the page, in rows.
    """

    text: str = ""
    sort: SortKey = "name"
    descending: bool = False
    offset: int = 0
    limit: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadRow:
    """One child as a line of the caseload.

    Attributes:
        born: date of birth; before birth the expected date.
        statuses: those open today, the most serious first.
        assessment: id of the latest finished assessment, else of the latest begun; with its window and state.
        recorded_elsewhere: that one was done on paper or in another system.
        areas: its stored results, in the pack's order.
        open_assessment: id of the assessment being worked on, or None.
        spark: each area over the latest eight assessments.
        last_entry: the last day of the latest entry up to today.
        next_due: when the next review is due.
        allocated: name of the professional allocated today, a social worker before others.
        alerts: how many alerts there are that are not laid aside; None where the rules were not asked yet.
    """

    id: str
    given_names: str
    family_name: str
    born: date | None
    unborn: bool
    restricted: bool
    statuses: tuple[Status, ...]
    assessment: str | None
    window: Window | None
    state: AssessmentState | None
    recorded_elsewhere: bool
    areas: tuple[AreaGrade, ...]
    open_assessment: str | None
    spark: tuple[AreaSteps, ...]
    last_entry: date | None
    next_due: date | None
    allocated: str
    allocated_id: str | None
    alerts: AlertCounts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadPage:
    """One page of the caseload.

    Attributes:
        total: how many children match, on all pages.
    """

    rows: tuple[CaseloadRow, ...]
    total: int


def caseload(
    tx: Work, query: CaseloadQuery, *, today: date, allocated_to: Collection[str] | None = None
) -> CaseloadPage:
    """Return one page of the caseload.

    Args:
        tx: a running transaction.
        query: which page.
        today: the day statuses and allocations are read on.
        allocated_to: only children with an allocation, past or present, of these professionals.
    """
    refresh_stale(tx.session)
    summary = ChildSummaryRow
    conditions: list[ColumnElement[bool]] = []
    if allocated_to is not None:
        mine = select(ChildAllocationRow.child_id).where(ChildAllocationRow.professional_id.in_(allocated_to))
        conditions.append(summary.child_id.in_(mine))
    if query.text.strip():
        in_order = query.sort == "name"
        conditions.append(matches(tx.session, "child", summary.child_id, query.text, in_order=in_order))
    ids = select(summary.child_id).where(*conditions).order_by(*_order(query, today))
    end = query.offset + query.limit
    if conditions:  # Deciding who matches is most of the work, so it is done once, for total and page.
        found = tx.session.scalars(ids).all()
        total, shown = len(found), found[query.offset : end]
    else:
        total = tx.session.scalar(select(func.count()).select_from(summary)) or 0
        shown = tx.session.scalars(ids.offset(query.offset).limit(query.limit)).all()
    return CaseloadPage(rows=lines(tx, shown, today=today), total=total)


def _order(query: CaseloadQuery, today: date) -> tuple[Any, ...]:
    summary = ChildSummaryRow
    sort = _sort_column(query.sort, today)
    # The youngest were born last.
    falls = query.descending != (query.sort == "age")
    order = sort.desc() if falls else sort.asc()
    if query.sort == "name":  # As the index of names has them, which spares putting ten thousand in order.
        return order, summary.child_id.desc() if falls else summary.child_id.asc()
    return order.nulls_last(), summary.sort_name, summary.child_id


def _sort_column(sort: SortKey, today: date) -> Any:
    summary = ChildSummaryRow
    match sort:
        case "name":
            return summary.sort_name
        case "age":
            return summary.born
        case "last_assessment":
            return summary.last_to
        case "next_due":
            return summary.review_due
        case "status":
            return (
                select(func.max(ChildStatusRow.rank))
                .where(ChildStatusRow.child_id == summary.child_id, _open_on(ChildStatusRow, today))
                .scalar_subquery()
            )
        case "last_entry":
            return _last_entry(today)


def _last_entry(today: date) -> Any:
    return (
        select(func.max(EntryChildRow.last_day))
        .where(EntryChildRow.child_id == ChildSummaryRow.child_id, EntryChildRow.last_day <= today)
        .scalar_subquery()
    )


def _open_on(table: Any, day: date) -> ColumnElement[bool]:
    return and_(table.from_day <= day, or_(table.to_day.is_(None), table.to_day >= day))


def lines(tx: Work, children: Sequence[str], *, today: date) -> tuple[CaseloadRow, ...]:
    """Return the lines of some children, in the order given."""
    refresh_stale(tx.session)
    summary = ChildSummaryRow
    rows = {
        row.child_id: row
        for row in tx.session.execute(
            select(*summary.__table__.c, _last_entry(today).label("last_entry")).where(summary.child_id.in_(children))
        )
    }
    elsewhere = _elsewhere(tx, [row.last_assessment for row in rows.values() if row.last_assessment])
    statuses = _statuses(tx, children, today)
    workers = _workers(tx, children, today)
    alerts = alert_counts(tx, children)
    return tuple(
        CaseloadRow(
            id=row.child_id,
            given_names=row.given_names,
            family_name=row.family_name,
            born=row.born,
            unborn=row.unborn,
            restricted=row.restricted,
            statuses=statuses.get(row.child_id, ()),
            assessment=row.last_assessment,
            window=Window(from_=row.last_from, to=row.last_to) if row.last_from and row.last_to else None,
            state=AssessmentState(row.last_state) if row.last_state else None,
            recorded_elsewhere=row.last_assessment in elsewhere,
            areas=decode_grades(row.areas),
            open_assessment=row.open_assessment,
            spark=decode_steps(row.steps),
            last_entry=row.last_entry,
            next_due=row.review_due,
            allocated=workers[row.child_id][1] if row.child_id in workers else "",
            allocated_id=workers[row.child_id][0] if row.child_id in workers else None,
            alerts=alerts.get(row.child_id),
        )
        for row in (rows[child] for child in children if child in rows)
    )


def _elsewhere(tx: Work, assessments: Sequence[str]) -> frozenset[str]:
    """Return which of some assessments were recorded elsewhere: they have grades, and no age band."""
    row = AssessmentProfileRow
    found = tx.session.scalars(
        select(row.assessment_id).where(row.assessment_id.in_(assessments), row.band == "", row.areas != b"[]")
    )
    return frozenset(found)


def _statuses(tx: Work, children: Sequence[str], today: date) -> Mapping[str, tuple[Status, ...]]:
    row = ChildStatusRow
    found: dict[str, list[Status]] = {}
    for each in tx.session.execute(
        select(row.child_id, row.status, row.category, row.from_day, row.to_day)
        .where(row.child_id.in_(children), _open_on(row, today))
        .order_by(row.child_id, row.rank.desc(), row.from_day)
    ):
        status = Status(
            status=StatusKind(each.status),
            category=Category(each.category) if each.category else None,
            from_=None if each.from_day == date.min else each.from_day,
            to=each.to_day,
        )
        found.setdefault(each.child_id, []).append(status)
    return {child: tuple(statuses) for child, statuses in found.items()}


def _workers(tx: Work, children: Sequence[str], today: date) -> Mapping[str, tuple[str, str]]:
    row = ChildAllocationRow
    found: dict[str, tuple[str, str]] = {}
    for each in tx.session.execute(
        select(row.child_id, row.professional_id, ProfessionalRow.name)
        .join(ProfessionalRow, ProfessionalRow.id == row.professional_id, isouter=True)
        .where(row.child_id.in_(children), _open_on(row, today))
        .order_by(row.child_id, row.role != _LEAD_ROLE, row.from_day.desc(), row.position)
    ):
        found.setdefault(each.child_id, (each.professional_id, each.name or ""))
    return found
