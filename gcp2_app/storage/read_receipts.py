"""Who said that they have read which brief."""

from sqlalchemy import select

from gcp2_app import wire
from gcp2_app.domain.learning import ReadReceipt
from gcp2_app.storage.schema import ReadReceiptRow
from gcp2_app.storage.work import Work


def receipts_of(tx: Work, person: str) -> tuple[ReadReceipt, ...]:
    """Return the receipts of a professional, the earliest first.

    Each says who, which row and on which day; what was published when is in the rows themselves.

    Args:
        tx: a running transaction.
        person: id of the professional.
    """
    row = ReadReceiptRow
    found = tx.session.scalars(select(row.document).where(row.person_id == person).order_by(row.read_on, row.id))
    return tuple(wire.from_json(ReadReceipt, document) for document in found)


def all_receipts(tx: Work) -> tuple[ReadReceipt, ...]:
    """Return every receipt in the store, the earliest first. There are eighteen a person and edition at most."""
    row = ReadReceiptRow
    found = tx.session.scalars(select(row.document).order_by(row.read_on, row.id))
    return tuple(wire.from_json(ReadReceipt, document) for document in found)
