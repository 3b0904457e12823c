"""The one narrow line a child has in the caseload, kept in step with the child and its assessments."""

from typing import Any

from sqlalchemy import ScalarSelect, exists, insert, select, update
from sqlalchemy.orm import Session, aliased

from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.domain.register import Child
from gcp2_app.storage.schema import AssessmentRow, ChildSummaryRow
from gcp2_app.storage.words import plain

#: States in which an assessment is still being worked on.
_OPEN = (
    AssessmentState.DRAFT.value,
    AssessmentState.IN_PROGRESS.value,
    AssessmentState.RETURNED.value,
)


def write_summary(session: Session, child: Child, *, new: bool) -> None:
    """Write what the caseload shows of the child itself."""
    values = {
        "given_names": child.given_names,
        "family_name": child.family_name,
        "sort_name": plain(f"{child.family_name}, {child.given_names}"),
        "born": child.born,
        "unborn": child.date_of_birth is None and child.expected_date is not None,
        "restricted": child.restricted,
    }
    if new:
        session.execute(insert(ChildSummaryRow).values(child_id=child.id, **values))
    else:
        session.execute(update(ChildSummaryRow).where(ChildSummaryRow.child_id == child.id).values(**values))


def refresh_summary(session: Session, child: str) -> None:
    """Bring the child's last and open assessment and next review up to date."""
    last = _latest(child, finished_first=True)
    row = session.execute(
        select(
            AssessmentRow.id,
            AssessmentRow.window_from,
            AssessmentRow.window_to,
            AssessmentRow.state,
            AssessmentRow.review_due,
        ).where(AssessmentRow.id == last)
    ).one_or_none()
    open_id = session.scalar(
        select(AssessmentRow.id)
        .where(AssessmentRow.child_id == child, AssessmentRow.state.in_(_OPEN))
        .order_by(*_newest())
        .limit(1)
    )
    session.execute(
        update(ChildSummaryRow)
        .where(ChildSummaryRow.child_id == child)
        .values(
            last_assessment=row.id if row else None,
            last_from=row.window_from if row else None,
            last_to=row.window_to if row else None,
            last_state=row.state if row else None,
            review_due=row.review_due if row else None,
            open_assessment=open_id,
        )
    )


def _newest() -> tuple[Any, ...]:
    return (
        AssessmentRow.window_to.desc().nulls_last(),
        AssessmentRow.signed_off_on.desc().nulls_last(),
        AssessmentRow.id,
    )


def _latest(child: str, *, finished_first: bool) -> ScalarSelect[Any]:
    """Select the latest assessment by window; one that a signed-off correction replaces does not count."""
    correction = aliased(AssessmentRow)
    replaced = exists().where(
        correction.corrects == AssessmentRow.id,
        correction.state == AssessmentState.SIGNED_OFF.value,
    )
    order = _newest()
    if finished_first:
        order = (AssessmentRow.state.in_(_OPEN), *order)
    return (
        select(AssessmentRow.id)
        .where(AssessmentRow.child_id == child, ~replaced)
        .order_by(*order)
        .limit(1)
        .scalar_subquery()
    )
