"""The audit trail in the database: writing an event, reading pages, checking the chain.

What an event is, and what makes a chain whole, is in :mod:`gcp2_app.domain.audit`.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from gcp2_app.domain.audit import FIRST, AuditEvent, chained, verify_rows
from gcp2_app.storage.schema import AuditRow
from gcp2_app.storage.statements import insert_rows
from gcp2_app.storage.work import Work

_AT_ONCE = 1_000
#: Whole columns rather than mapped rows: a trail has hundreds of thousands of events.
_ALL: Final = select(*AuditRow.__table__.columns)
_AFTER: Final = _ALL.where(AuditRow.seq > bindparam("last")).order_by(AuditRow.seq).limit(_AT_ONCE)
_HEAD: Final = select(AuditRow.seq, AuditRow.digest).order_by(AuditRow.seq.desc()).limit(1)


def write(
    session: Session,
    *,
    at: datetime,
    user: str | None,
    action: str,
    kind: str,
    id: str,  # noqa: A002 - the event's own name
    fields: tuple[str, ...],
    count: int | None,
    reason: str,
) -> AuditEvent:
    """Add an event after the last one and return it as it was written.

    Raises:
        InvalidValue: the instant has no zone.
    """
    head = head_of(session)
    seq, previous = (1, FIRST) if head is None else (head.seq + 1, head.digest)
    event = chained(
        AuditEvent(
            seq=seq,
            at=at,
            user=user,
            action=action,
            kind=kind,
            id=id,
            fields=fields,
            count=count,
            reason=reason,
        ),
        previous,
    )
    row = {
        "seq": event.seq,
        "at": event.at,
        "user": event.user,
        "action": event.action,
        "kind": event.kind,
        "id": event.id,
        "fields": list(event.fields),
        "count": event.count,
        "reason": event.reason,
        "previous": event.previous,
        "digest": event.digest,
    }
    insert_rows(session, AuditRow, [row])
    return event


def head_of(session: Session) -> Any:
    """Return number and digest of the last event, or None for an empty trail."""
    return session.connection().execute(_HEAD).one_or_none()


def events(tx: Work) -> Iterator[AuditEvent]:
    """Stream the whole trail in order, a thousand events in memory at a time."""
    return map(_to_value, _rows(tx))


def _rows(tx: Work) -> Iterator[Any]:
    connection, last = tx.session.connection(), 0
    while rows := connection.execute(_AFTER, {"last": last}).all():
        yield from rows
        last = rows[-1][0]


def page(tx: Work, *, offset: int = 0, limit: int = 100) -> tuple[AuditEvent, ...]:
    """Return events, the newest first."""
    query = _ALL.order_by(AuditRow.seq.desc()).offset(offset).limit(limit)
    return tuple(map(_to_value, tx.session.connection().execute(query)))


def count(tx: Work) -> int:
    """Return how many events there are."""
    return tx.session.scalar(select(func.count()).select_from(AuditRow)) or 0


def last_at(tx: Work) -> datetime | None:
    """Return when the last event happened, or None for an empty trail."""
    return tx.session.scalar(select(AuditRow.at).order_by(AuditRow.seq.desc()).limit(1))


def head_words(tx: Work) -> str:
    """Return number and digest of the last event, as they are written into another trail."""
    head = head_of(tx.session)
    return "its beginning" if head is None else f"{head.seq} {head.digest}"


def first_broken(tx: Work) -> int | None:
    """Return the number of the first event at which the chain is broken, or None where it is whole."""
    return verify_rows(_rows(tx))


def _to_value(row: Any) -> AuditEvent:
    # By place: a row has a method of its own called "count".
    seq, at, user, action, kind, id_, fields, number, reason, previous, digest = row
    return AuditEvent(
        seq=seq,
        at=at,
        user=user,
        action=action,
        kind=kind,
        id=id_,
        fields=tuple(fields),
        count=number,
        reason=reason,
        previous=previous,
        digest=digest,
    )
