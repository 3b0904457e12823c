"""What help exists near here: reading and keeping the list of local services. It says nothing about any family."""

import uuid
from dataclasses import replace

from gcp2_app.domain.local_services import LocalService
from gcp2_app.domain.users import Duty
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services.session import Session


def all_(session: Session) -> tuple[LocalService, ...]:
    """Return every service, those that ended included, by name. Everyone who signs in may read the list."""
    with session.store.transaction() as tx:
        return tuple(sorted(tx.local_services.all(), key=lambda each: (each.name.casefold(), each.id)))


def may_change(session: Session) -> bool:
    """Whether this user may add and change services: who works on cases, supervises or manages the store."""
    return any(session.user.may(duty) for duty in (Duty.WORK_CASES, Duty.SUPERVISE, Duty.MANAGE_STORE))


def save(session: Session, value: LocalService) -> LocalService:
    """Keep a new or changed service; the earlier revision stays.

    Args:
        session: of whoever keeps it.
        value: an empty id means a new service.

    Raises:
        NotAllowed: the user only reads.
        NotFound: no such service.
        InvalidValue: it has no name, another service offered now has the same name, or a day has not come yet.
    """
    if not may_change(session):
        raise NotAllowed("The list of services is kept by those who work with families.", "Ask one of them.")
    name = value.name.strip()
    if not name:
        raise InvalidValue("The service has no name.", "Write what it is called.")
    today = session.today()
    if value.checked_on is not None and value.checked_on > today:
        raise InvalidValue("The day it was checked has not come yet.", "Check the date.")
    with session.store.transaction() as tx:
        if value.id:
            tx.local_services.get(value.id)
        for other in tx.local_services.all():
            same = other.name.casefold() == name.casefold() and other.id != value.id
            if same and other.is_offered(today) and value.is_offered(today):
                raise InvalidValue(f"“{other.name}” is in the list already.", "Change that one instead.")
        kept = replace(value, name=name, id=value.id or str(uuid.uuid4()))
        change = tx.local_services.put(kept, by=session.user.id)
        if change.fields or change.new:
            tx.record(
                "local service added" if change.new else "local service changed",
                by=session.user.id,
                kind="local service",
                id=kept.id,
                fields=change.fields,
            )
        return kept
