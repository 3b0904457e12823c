"""What a user finds after unlocking: the visit they are on, and how long they were away."""

from dataclasses import dataclass
from datetime import timedelta

from gcp2_app.domain.users import Duty
from gcp2_app.services import visits
from gcp2_app.services.session import Session
from gcp2_app.services.visits import Running
from gcp2_app.storage import audit

#: The trail is looked through this far back; failed unlocks stand between an unlock and what was before it.
_MOST_EVENTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What a user comes back to.

    Attributes:
        running: the visit under way, or None.
        away: since the store was last used by anyone, as its audit trail has it; None where it never was.
    """

    running: Running | None
    away: timedelta | None


def arrive(session: Session) -> Arrival:
    """Return what a user comes back to just after unlocking."""
    running = visits.running(session) if session.user.may(Duty.WORK_CASES) else None
    with session.store.transaction() as tx:
        events = audit.page(tx, limit=_MOST_EVENTS)
    unlocked = next((i for i, event in enumerate(events) if event.action.startswith("unlocked")), None)
    if unlocked is None:
        return Arrival(running=running, away=None)
    before = next((event for event in events[unlocked + 1 :] if event.action != "unlock failed"), None)
    return Arrival(running=running, away=None if before is None else events[unlocked].at - before.at)
