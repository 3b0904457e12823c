"""The seal of the audit trail: its head, authenticated with a key that comes from the data key.

The chain shows an altered record; the seal shows a trail that was cut short or written anew without the key. It cannot
show a whole older copy of the database: compare with a copy kept elsewhere where that matters.
"""

import hashlib
import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import select
from sqlalchemy.orm import Session

from gcp2_app.errors import DamagedStore
from gcp2_app.storage.audit import head_of
from gcp2_app.storage.schema import StoreMetaRow
from gcp2_app.storage.statements import replace_row

_SEAL = "audit_seal"


def seal_key(data_key: bytes) -> bytearray:
    """Return the key of the seal, as a buffer that can be overwritten."""
    return bytearray(HKDF(algorithm=SHA256(), length=32, salt=None, info=b"gcp2 audit seal").derive(data_key))


def _seal_of(session: Session, key: bytes | bytearray) -> bytes:
    head = head_of(session)
    text = "empty" if head is None else f"{head.seq} {head.digest}"
    return hmac.digest(bytes(key), text.encode(), hashlib.sha256)


def write_seal(session: Session, key: bytes | bytearray) -> None:
    """Seal the trail as it stands."""
    replace_row(session, StoreMetaRow, {"key": _SEAL, "value": _seal_of(session, key)})


def check_seal(session: Session, key: bytes | bytearray) -> None:
    """Check that the trail ends where it was sealed. The empty trail of a new store is sealed too.

    Raises:
        DamagedStore: it does not.
    """
    seal = session.scalar(select(StoreMetaRow.value).where(StoreMetaRow.key == _SEAL))
    if seal is None or not hmac.compare_digest(seal, _seal_of(session, key)):
        raise DamagedStore(
            "The audit trail was altered outside the program: it does not end where it was sealed.",
            "Nothing was changed. Keep a copy of the folder, and restore the last good backup.",
        )
