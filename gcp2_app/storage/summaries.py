"""The one narrow line a child has in the caseload, kept in step with the child and its assessments."""

from typing import Any, Final

from sqlalchemy import Select, bindparam, exists, select
from sqlalchemy.orm import Session, aliased

from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.domain.register import Child
from gcp2_app.storage.schema import AssessmentRow, ChildSummaryRow
from gcp2_app.storage.statements import insert_rows, update_row
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
        insert_rows(session, ChildSummaryRow, [{"child_id": child.id, **values}])
    else:
        update_row(session, ChildSummaryRow, "child_id", child.id, values)


def refresh_summary(session: Session, child: str) -> None:
    """Bring the child's last and open assessment and next review up to date."""
    connection = session.connection()
    row = connection.execute(_LATEST, {"child": child}).one_or_none()
    values = {
        "last_assessment": row.id if row else None,
        "last_from": row.window_from if row else None,
        "last_to": row.window_to if row else None,
        "last_state": row.state if row else None,
        "review_due": row.review_due if row else None,
        "open_assessment": connection.scalar(_LATEST_OPEN, {"child": child}),
    }
    update_row(session, ChildSummaryRow, "child_id", child, values)


def _select_latest() -> Select[Any]:
    """Select the latest assessment by window; one that a signed-off correction replaces does not count."""
    correction = aliased(AssessmentRow)
    replaced = exists().where(
        correction.corrects == AssessmentRow.id,
        correction.state == AssessmentState.SIGNED_OFF.value,
    )
    return (
        select(
            AssessmentRow.id,
            AssessmentRow.window_from,
            AssessmentRow.window_to,
            AssessmentRow.state,
            AssessmentRow.review_due,
        )
        .where(AssessmentRow.child_id == bindparam("child"), ~replaced)
        .order_by(AssessmentRow.state.in_(_OPEN), *_NEWEST)
        .limit(1)
    )


_NEWEST: Final = (
    AssessmentRow.window_to.desc().nulls_last(),
    AssessmentRow.signed_off_on.desc().nulls_last(),
    AssessmentRow.id,
)
_LATEST: Final = _select_latest()
_LATEST_OPEN: Final = (
    select(AssessmentRow.id)
    .where(AssessmentRow.child_id == bindparam("child"), AssessmentRow.state.in_(_OPEN))
    .order_by(*_NEWEST)
    .limit(1)
)
