"""Sealing what could not be written, so that while the store is locked only ciphertext of it is in memory.

AES-256-GCM under a key derived from the data key: what is sealed opens only once the store is unlocked again. Knows
bytes; not what they mean.

Source: safekeeping.md, Lock.
"""

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gcp2_app.errors import DamagedStore
from gcp2_app.storage.cost import KEY_BYTES

_NONCE_BYTES: Final = 12


def seal(data_key: bytes, content: bytes, *, about: bytes) -> bytes:
    """Return content as ciphertext.

    Args:
        data_key: of the store it belongs to.
        content: what is sealed.
        about: what it is; it opens only as that. Not secret, and not in the result.
    """
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(_key(data_key)).encrypt(nonce, content, about)


def unseal(data_key: bytes, sealed: bytes, *, about: bytes) -> bytes:
    """Return what was sealed.

    Raises:
        DamagedStore: another store's key, sealed as something else, or altered.
    """
    try:
        return AESGCM(_key(data_key)).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], about)
    except (InvalidTag, ValueError):
        raise DamagedStore("What was kept in memory was altered and cannot be opened.") from None


def _key(data_key: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"gcp2 sealed drafts").derive(data_key)
