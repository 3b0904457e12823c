"""The worksheet of a deep dive: what a new one begins with. It is kept as an entry of kind ``deep_dive``."""

from typing import Any

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.plans.deep_dive import Stay, stays
from gcp2_app.domain.users import Duty
from gcp2_app.services.entry_step import Step, take
from gcp2_app.services.plans import view_of
from gcp2_app.services.session import Session
from gcp2_app.services.visit_people import reached


def begin(session: Session, child_id: str, *, why: str = "") -> dict[str, Any]:
    """Return the fields of a new worksheet, as its kind names them: each authority, with the records asked for.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not work on this case.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        child = reached(session, tx, child_id, why)
        found = stays(view_of(session, tx, child))
        tx.record("deep dive begun", by=session.user.id, kind="child", id=child_id, reason=why)
    return {"authorities": [_group(stay) for stay in found]}


def join_meeting(session: Session, step: Step, meeting_id: str) -> Entry:
    """Say on a worksheet in which meeting it is worked on.

    Raises:
        NotAllowed: the user may not work on this case; or the worksheet changed meanwhile.
        NotFound: no such worksheet.
        InvalidValue: no such meeting.
    """
    return take(session, step, {"meeting": meeting_id}, "Its meeting was planned.")


def _group(stay: Stay) -> dict[str, str]:
    days = {"from": stay.from_, "to": stay.to, "asked_on": stay.asked_on, "received_on": stay.received_on}
    return {"authority": stay.authority} | {name: day.isoformat() for name, day in days.items() if day is not None}
