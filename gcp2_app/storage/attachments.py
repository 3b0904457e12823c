"""The bytes of files kept with entries, found by their digest."""

from sqlalchemy import select

from gcp2_app.storage.schema import AttachmentRow
from gcp2_app.storage.statements import insert_missing
from gcp2_app.storage.work import Work


def put_attachment(tx: Work, sha256: str, content: bytes) -> None:
    """Keep a file's bytes; those that are here already stay."""
    insert_missing(tx.session, AttachmentRow, [{"sha256": sha256, "size": len(content), "content": content}])


def attachment(tx: Work, sha256: str) -> bytes | None:
    """Return a file's bytes, or None where they are not in this store."""
    return tx.session.scalar(select(AttachmentRow.content).where(AttachmentRow.sha256 == sha256))
