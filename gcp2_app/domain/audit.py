"""The audit trail as a chain: each event carries the digest of the one before.

An event holds ids, field names and counts, never values or search words. Storing, sealing and reading it is done
elsewhere; this module knows only what an event is and whether a row of them is whole.

Source: safekeeping.md, Audit.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from json.encoder import encode_basestring_ascii

from gcp2_app.errors import InvalidValue

#: What the first event names as the one before.
FIRST = "0" * 64

_text = encode_basestring_ascii
#: An event as a row of a table: its values in the order of the attributes of :class:`AuditEvent`.
EventRow = tuple[int, datetime, str | None, str, str, str, Sequence[str], int | None, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEvent:
    """One thing somebody did.

    Attributes:
        seq: number in the store's trail, from 1 without gaps.
        at: instant, with its zone.
        user: id of the user, or None before anybody signed in.
        action: a verb, such as ``viewed`` or ``exported``.
        kind: kind of record, or empty.
        id: id of the record, or empty.
        fields: names of the fields it was about.
        count: number of records, or None.
        reason: why, where a reason was asked for. Never a value about a child.
        previous: digest of the event before, ``FIRST`` for the first.
        digest: digest of this event, 64 hexadecimal digits; empty until it is chained.
    """

    seq: int
    at: datetime
    user: str | None
    action: str
    kind: str = ""
    id: str = ""
    fields: tuple[str, ...] = ()
    count: int | None = None
    reason: str = ""
    previous: str = FIRST
    digest: str = ""


def digest_of(event: AuditEvent, previous: str) -> str:
    """Return the digest of an event that follows another.

    SHA-256 over one JSON array of its values, so that no two different events read the same. The same instant in
    another zone gives the same digest.

    Args:
        event: the event; its own ``previous`` and ``digest`` are left aside.
        previous: digest of the event before.
    """
    return _digest(
        previous,
        event.seq,
        event.at,
        event.user,
        event.action,
        event.kind,
        event.id,
        event.fields,
        event.count,
        event.reason,
    )


def _digest(  # noqa: PLR0917 - the values of an event, without making one: a trail has hundreds of thousands
    previous: str,
    seq: int,
    at: datetime,
    user: str | None,
    action: str,
    kind: str,
    id_: str,
    fields: Sequence[str],
    count: int | None,
    reason: str,
) -> str:
    # Written out: what ``json.dumps`` of the array gives without spaces, in a third of its time.
    document = (
        f"[{_text(previous)},{seq:d},{_text(at.astimezone(UTC).isoformat())},"
        f"{'null' if user is None else _text(user)},{_text(action)},{_text(kind)},{_text(id_)},"
        f"[{','.join(map(_text, fields))}],{'null' if count is None else format(count, 'd')},{_text(reason)}]"
    )
    return hashlib.sha256(document.encode("ascii")).hexdigest()


def chained(event: AuditEvent, previous: str) -> AuditEvent:
    """Return the event as the next link after another.

    Args:
        event: the event.
        previous: digest of the event before, or ``FIRST``.

    Raises:
        InvalidValue: its instant has no zone.
    """
    if event.at.tzinfo is None:
        raise InvalidValue("The time of an event needs its time zone.")
    return replace(event, previous=previous, digest=digest_of(event, previous))


def verify(events: Iterable[AuditEvent]) -> int | None:
    """Return the first number at which the trail is broken, or None where it is whole.

    An altered, missing, added or re-ordered event breaks it. Events cut off at the end cannot be seen here: the sealed
    head tells.

    Args:
        events: the whole trail, in the order of their numbers.
    """
    return verify_rows(
        (
            each.seq,
            each.at,
            each.user,
            each.action,
            each.kind,
            each.id,
            each.fields,
            each.count,
            each.reason,
            each.previous,
            each.digest,
        )
        for each in events
    )


def verify_rows(rows: Iterable[EventRow]) -> int | None:
    """Return the first number at which the trail is broken, as :func:`verify` does, from the rows of a table."""
    before = FIRST
    for expected, (seq, at, user, action, kind, id_, fields, count, reason, previous, digest) in enumerate(rows, 1):
        if seq != expected or previous != before:
            return expected
        if digest != _digest(before, seq, at, user, action, kind, id_, fields, count, reason):
            return expected
        before = digest
    return None
