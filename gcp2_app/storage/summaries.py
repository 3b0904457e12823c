"""The one narrow line a child has in the caseload, kept in step with the child and its assessments."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import msgspec
from sqlalchemy import Row, Select, bindparam, exists, select
from sqlalchemy.orm import Session, aliased

from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.domain.register import Child
from gcp2_app.storage.results import AreaGrade, AreaSteps, decode_grades
from gcp2_app.storage.schema import AssessmentProfileRow, AssessmentRow, ChildAreaRow, ChildSummaryRow
from gcp2_app.storage.statements import delete_rows, insert_rows, update_row
from gcp2_app.storage.words import plain

#: How many assessments the small steps of a line show.
STEPS_SHOWN: Final = 8
_STALE: Final = "children with stale summaries"
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


def mark_stale(session: Session, child: str) -> None:
    """Note that a child's assessments changed; the line is brought up to date once, before it is read or kept."""
    session.info.setdefault(_STALE, set()).add(child)


def refresh_stale(session: Session) -> None:
    """Bring the lines of children whose assessments changed up to date."""
    for child in session.info.pop(_STALE, ()):
        _refresh(session, child)


def _refresh(session: Session, child: str) -> None:
    rows = session.connection().execute(_ASSESSMENTS, {"child": child}).all()
    finished = [row for row in rows if row.state not in _OPEN]
    last = next(iter(finished or rows), None)
    stored = [decode_grades(row.areas) for row in rows if row.areas is not None and row.window_to is not None]
    values = {
        "last_assessment": last.id if last else None,
        "last_from": last.window_from if last else None,
        "last_to": _last_day(last) if last else None,
        "last_state": last.state if last else None,
        "review_due": _review_due(finished or rows),
        "areas": last.areas if last else None,
        "open_assessment": next((row.id for row in rows if row.state in _OPEN), None),
        "steps": msgspec.json.encode(
            _steps(stored[:STEPS_SHOWN], areas=decode_grades(last.areas) if last and last.areas else ())
        ),
    }
    update_row(session, ChildSummaryRow, "child_id", child, values)
    delete_rows(session, ChildAreaRow, "child_id", child)
    areas = decode_grades(last.areas) if last else ()
    insert_rows(session, ChildAreaRow, [{"child_id": child, **_area(area)} for area in areas])


def _area(area: AreaGrade) -> dict[str, Any]:
    return {"code": area.code, "rank": None if area.thin else area.rank, "scale": area.scale}


def _last_day(row: Row[Any]) -> date | None:
    """Return the last day that was looked at: one signed off before its window ended saw nothing after that."""
    if row.window_to is None or row.signed_off_on is None:
        return row.window_to  # type: ignore[no-any-return]
    return max(row.window_from, min(row.window_to, row.signed_off_on))  # type: ignore[no-any-return]


def _review_due(rows: Sequence[Row[Any]]) -> date | None:
    """Return the day of the newest: an earlier one's stands until it has a day of its own or is signed off."""
    signed = AssessmentState.SIGNED_OFF.value
    return next((row.review_due for row in rows if row.review_due is not None or row.state == signed), None)


def _steps(assessments: Sequence[tuple[AreaGrade, ...]], *, areas: Sequence[AreaGrade]) -> list[AreaSteps]:
    """Return the steps of the areas whose grades stand beside them, from the areas of each assessment, newest first.

    An assessment with another pack that is under way has other areas; its grades are not the latest ones yet.
    """
    if not assessments:
        return []
    ranks = [{area.code: None if area.thin else area.rank for area in areas} for areas in reversed(assessments)]
    return [
        AreaSteps(code=area.code, scale=area.scale, ranks=tuple(each.get(area.code) for each in ranks))
        for area in areas or assessments[0]
    ]


def decode_steps(stored: bytes | None) -> tuple[AreaSteps, ...]:
    """Return the steps of a column, in the pack's order."""
    return () if stored is None else _STEPS.decode(stored)


def _select_assessments() -> Select[Any]:
    """Select a child's assessments, newest first; one that a signed-off correction replaces does not count."""
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
            AssessmentRow.signed_off_on,
            AssessmentRow.review_due,
            AssessmentProfileRow.areas,
        )
        .join(AssessmentProfileRow, AssessmentProfileRow.assessment_id == AssessmentRow.id, isouter=True)
        .where(AssessmentRow.child_id == bindparam("child"), ~replaced)
        .order_by(
            AssessmentRow.window_to.desc().nulls_last(),
            AssessmentRow.signed_off_on.desc().nulls_last(),
            AssessmentRow.id,
        )
    )


_ASSESSMENTS: Final = _select_assessments()
_STEPS: Final = msgspec.json.Decoder(tuple[AreaSteps, ...])
