"""The bytes of files kept with entries, found by their digest."""

from collections.abc import Iterable

from sqlalchemy import Text, cast, delete, exists, or_, select

from gcp2_app.storage.schema import AttachmentRow, EntryRow, RecordRevisionRow
from gcp2_app.storage.statements import insert_missing
from gcp2_app.storage.work import Work


def put_attachment(tx: Work, sha256: str, content: bytes) -> None:
    """Keep a file's bytes; those that are here already stay."""
    insert_missing(tx.session, AttachmentRow, [{"sha256": sha256, "size": len(content), "content": content}])


def attachment(tx: Work, sha256: str) -> bytes | None:
    """Return a file's bytes, or None where they are not in this store."""
    return tx.session.scalar(select(AttachmentRow.content).where(AttachmentRow.sha256 == sha256))


def destroy_unused(tx: Work, digests: Iterable[str]) -> None:
    """Remove the bytes of files that no entry names any more, in its present or an earlier state."""
    for sha256 in digests:
        now, earlier = cast(EntryRow.document, Text), cast(RecordRevisionRow.document, Text)
        named = or_(
            exists(select(EntryRow.id).where(now.contains(sha256))),
            exists(select(RecordRevisionRow.id).where(RecordRevisionRow.kind == "entry", earlier.contains(sha256))),
        )
        if not tx.session.scalar(select(named)):
            tx.session.execute(delete(AttachmentRow).where(AttachmentRow.sha256 == sha256))
