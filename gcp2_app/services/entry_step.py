"""One small step of an entry that is its next revision: a few of its fields change, with a reason of the step's own."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.users import Duty
from gcp2_app.errors import InvalidValue
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.services import entries
from gcp2_app.services.entry_children import as_seen, reach
from gcp2_app.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The entry a step is about.

    Attributes:
        id: its id.
        revision: as the person saw it; another one by now is refused.
    """

    id: str
    revision: int


def require_past(session: Session, on: date) -> None:
    """Refuse a day that has not come.

    Raises:
        InvalidValue: the day is in the future.
    """
    if on > session.today():
        raise InvalidValue("That day has not come yet.", "Give today, or a day before.")


def seen(session: Session, step: Step) -> Entry:
    """Return the entry as this user sees it.

    Raises:
        NotAllowed: the user may not work on this case.
        NotFound: no such entry.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        entry = tx.entries.get(step.id)
        children = reach(session, tx, entry)
    return as_seen(entry, reached={child.id for child in children}, kind=load_kinds().get(entry.kind))


def take(session: Session, step: Step, changed: dict[str, Any], reason: str) -> Entry:
    """Keep the entry with some of its fields changed; None takes a field away.

    Raises:
        NotAllowed: as :func:`seen`; or the entry changed meanwhile.
        InvalidValue: what it holds then does not fit.
    """
    held = seen(session, step)
    data = {name: value for name, value in {**held.data, **changed}.items() if value is not None}
    return entries.revise(session, replace(held, revision=step.revision, data=data), reason=reason)
