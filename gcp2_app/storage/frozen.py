"""Reading what is never changed, from one end of the store to the other, a few records in memory at a time."""

import hashlib
from collections.abc import Iterator
from typing import Final

from sqlalchemy import select

from gcp2_app import wire
from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.chronologies import Chronology
from gcp2_app.domain.entries import Entry
from gcp2_app.storage.schema import AssessmentRow, AttachmentRow, AuditRow, ChronologyRow, EntryRow
from gcp2_app.storage.work import Work

_AT_ONCE: Final = 200


def signed_off(tx: Work) -> Iterator[Assessment]:
    """Yield every signed-off assessment."""
    wanted = select(AssessmentRow.document).where(AssessmentRow.state == AssessmentState.SIGNED_OFF.value)
    for document in tx.session.scalars(wanted).yield_per(_AT_ONCE):
        yield wire.from_json(Assessment, document)


def frozen_chronologies(tx: Work) -> Iterator[Chronology]:
    """Yield every frozen version of a chronology."""
    for document in tx.session.scalars(select(ChronologyRow.document).where(ChronologyRow.version > 0)):
        yield wire.from_json(Chronology, document)


def entries_of_kind(tx: Work, kind: str) -> Iterator[Entry]:
    """Yield every entry of a kind that was not made in error."""
    wanted = select(EntryRow.document).where(EntryRow.kind == kind, EntryRow.in_error.is_(False))
    for document in tx.session.scalars(wanted).yield_per(_AT_ONCE):
        yield wire.from_json(Entry, document)


def altered_files(tx: Work) -> Iterator[str]:
    """Yield the digests of files kept with entries whose bytes have another digest now."""
    for sha256, content in tx.session.execute(select(AttachmentRow.sha256, AttachmentRow.content)).yield_per(1):
        if hashlib.sha256(content).hexdigest() != sha256:
            yield sha256


def recorded(tx: Work, kind: str, beginning: str) -> dict[str, str]:
    """Return, by record, what the audit trail last said of a kind of record in a field that begins in this way."""
    row = AuditRow
    wanted = select(row.id, row.fields).where(row.kind == kind).order_by(row.seq)
    found: dict[str, str] = {}
    for id_, fields in tx.session.connection().execute(wanted):
        for field in fields:
            if field.startswith(beginning):
                found[id_] = field.removeprefix(beginning)
    return found
