"""What is not yet in the agency's own record, found a page at a time.

The latest put into the store come first. A page looks at a bounded number of records, however many there are: where it
runs out of them before it is full, it says how far it got. SQLite asks documents one question; none is decoded.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, Text, cast, exists, func, literal_column, select
from sqlalchemy.orm import aliased

from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.storage.schema import (
    AssessmentRow,
    ChildAllocationRow,
    ChildSummaryRow,
    EntryChildRow,
    EntryRow,
)
from gcp2_app.storage.summaries import refresh_stale
from gcp2_app.storage.work import Work

#: The most records one page looks at.
LOOKED_AT: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmarked:
    """A record that is not yet in the agency's own.

    Attributes:
        kind: the kind of the entry, or empty for an assessment.
        children: ids and names of the children it concerns that the asker works with; before birth a name is the
            family's, or empty.
        unborn: ids of those of them who have no given name because they are not born yet.
        first, last: the days it is about; None where they are not known.
    """

    id: str
    kind: str
    children: tuple[tuple[str, str], ...]
    first: date | None
    last: date | None
    unborn: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmarkedPage:
    """One page.

    Attributes:
        before: where the next page goes on, or None where nothing is left.
    """

    rows: tuple[Unmarked, ...]
    before: int | None


def unmarked_entries(
    tx: Work, *, before: int | None, limit: int, allocated_to: Collection[str] | None, looked_at: int = LOOKED_AT
) -> UnmarkedPage:
    """Return entries about children, none made in error, that have no agency record.

    Args:
        tx: a running transaction.
        before: ``before`` of the page before, or None for the first.
        limit: the most rows.
        allocated_to: only entries about children with an allocation, past or present, of these professionals.
        looked_at: the most records to look at.
    """
    row, link = EntryRow, EntryChildRow
    concerned = select(link.entry_id).where(link.entry_id == row.id)
    if allocated_to is not None:
        concerned = concerned.where(link.child_id.in_(_mine(allocated_to)))
    conditions = [row.in_error.is_(False), concerned.exists()]
    wanted = (row.kind, row.first_day, row.last_day)
    found, last = _page(tx, row, conditions, wanted=wanted, before=before, limit=limit, looked_at=looked_at)
    ids = [each.id for each in found]
    links = select(link.entry_id, link.child_id).where(link.entry_id.in_(ids))
    if allocated_to is not None:
        links = links.where(link.child_id.in_(_mine(allocated_to)))
    children: dict[str, list[str]] = {}
    for each in tx.session.execute(links.order_by(link.entry_id, link.child_id)):
        children.setdefault(each.entry_id, []).append(each.child_id)
    names, unborn = _names(tx, {child for of_one in children.values() for child in of_one})
    rows = tuple(
        Unmarked(
            id=each.id,
            kind=each.kind,
            children=tuple((child, names.get(child, "")) for child in children[each.id]),
            first=each.first_day,
            last=each.last_day,
            unborn=unborn.intersection(children[each.id]),
        )
        for each in found
    )
    return UnmarkedPage(rows=rows, before=last)


def unmarked_assessments(
    tx: Work, *, before: int | None, limit: int, allocated_to: Collection[str] | None, looked_at: int = LOOKED_AT
) -> UnmarkedPage:
    """Return signed-off assessments, none replaced by a signed correction, that have no agency record.

    Args:
        tx: a running transaction.
        before: ``before`` of the page before, or None for the first.
        limit: the most rows.
        allocated_to: only assessments of children with an allocation, past or present, of these professionals.
        looked_at: the most records to look at.
    """
    row, correction = AssessmentRow, aliased(AssessmentRow)
    signed = AssessmentState.SIGNED_OFF.value
    conditions = [
        row.state == signed,
        ~exists().where(correction.corrects == row.id, correction.state == signed),
    ]
    if allocated_to is not None:
        conditions.append(row.child_id.in_(_mine(allocated_to)))
    wanted = (row.child_id, row.window_from, row.window_to)
    found, last = _page(tx, row, conditions, wanted=wanted, before=before, limit=limit, looked_at=looked_at)
    names, unborn = _names(tx, {each.child_id for each in found})
    rows = tuple(
        Unmarked(
            id=each.id,
            kind="",
            children=((each.child_id, names.get(each.child_id, "")),),
            first=each.window_from,
            last=each.window_to,
            unborn=unborn.intersection({each.child_id}),
        )
        for each in found
    )
    return UnmarkedPage(rows=rows, before=last)


def _page(
    tx: Work,
    row: Any,
    conditions: Sequence[ColumnElement[bool]],
    *,
    wanted: Sequence[Any],
    before: int | None,
    limit: int,
    looked_at: int,
) -> tuple[Sequence[Any], int | None]:
    """Return the unmarked rows of one page and where the next begins."""
    rowid = literal_column(f"{row.__tablename__}.rowid", Integer)
    bounds = [*conditions] if before is None else [*conditions, rowid < before]
    # Narrow: the documents are not touched.
    candidates = tx.session.scalars(
        select(rowid).select_from(row).where(*bounds).order_by(rowid.desc()).limit(looked_at)
    )
    numbers = candidates.all()
    if not numbers:
        return (), None
    unmarked = func.json_extract(cast(row.document, Text), "$.agency_record").is_(None)
    found = tx.session.execute(
        select(rowid.label("number"), row.id, *wanted)
        .where(*bounds, rowid >= numbers[-1], unmarked)
        .order_by(rowid.desc())
        .limit(limit + 1)
    ).all()
    if len(found) > limit:
        return found[:limit], found[limit - 1].number
    return found, numbers[-1] if len(numbers) == looked_at else None


def _mine(professionals: Collection[str]) -> Any:
    return select(ChildAllocationRow.child_id).where(ChildAllocationRow.professional_id.in_(professionals))


def _names(tx: Work, children: set[str]) -> tuple[Mapping[str, str], frozenset[str]]:
    """Return names by the children's ids, and the ids of those who have none of their own before birth."""
    refresh_stale(tx.session)
    row = ChildSummaryRow
    wanted = select(row.child_id, row.given_names, row.family_name, row.unborn).where(row.child_id.in_(children))
    found = tx.session.execute(wanted).all()
    names = {each.child_id: f"{each.given_names} {each.family_name}".strip() for each in found}
    return names, frozenset(each.child_id for each in found if each.unborn and not each.given_names)
