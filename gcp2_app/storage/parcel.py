"""A file for one reader: bytes under a passphrase, to be carried from one computer to another.

AES-256-GCM under a key that Argon2id makes of the passphrase; the header is bound to both. Hostile until it opens: its
size and what it asks of the computer are limited before anything is derived. Knows bytes; not what they mean.

Source: safekeeping.md, exchange; RFC 9106 (Argon2id).
"""

import os
import struct
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gcp2_app.errors import BadFile, InvalidValue, WrongPassphrase
from gcp2_app.storage.cost import SALT_BYTES, Cost, derive
from gcp2_app.storage.passphrases import require_strong, to_bytes

#: How such a file begins.
MAGIC: Final = b"gcp2x\x00\x00\x01"
#: The largest that is opened, in bytes.
MAX_BYTES: Final = 64 * 1024 * 1024
#: One try at the passphrase, the same on every computer so that each can open what another made.
COST: Final = Cost(memory_kib=128 * 1024, passes=3, lanes=4)
#: More than this no honest file asks for.
_MOST_KIB: Final = 512 * 1024
_MOST_PASSES: Final = 16
_NONCE_BYTES: Final = 12
_ASKS: Final = struct.Struct(">IHH")
_HEADER_BYTES: Final = len(MAGIC) + _ASKS.size + SALT_BYTES + _NONCE_BYTES


def is_wrapped(content: bytes) -> bool:
    """Whether bytes begin as such a file does."""
    return content.startswith(MAGIC)


def wrap(content: bytes, passphrase: str, *, cost: Cost = COST) -> bytes:
    """Return content as a file that opens with the passphrase alone.

    Args:
        content: the bytes.
        passphrase: told to the reader by another way than the file.
        cost: of one try.

    Raises:
        InvalidValue: the passphrase is weak, or the content is too large.
    """
    require_strong(passphrase)
    if len(content) > MAX_BYTES - _HEADER_BYTES - 16:
        raise InvalidValue("This is too much for one file.", "Export fewer records at a time.")
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(_NONCE_BYTES)
    header = MAGIC + _ASKS.pack(cost.memory_kib, cost.passes, cost.lanes) + salt + nonce
    key = derive(to_bytes(passphrase), salt, cost, header=header, secret=None)
    return header + AESGCM(key).encrypt(nonce, content, header)


def unwrap(wrapped: bytes, passphrase: str, *, name: str) -> bytes:
    """Return the content of such a file.

    Args:
        wrapped: the file's bytes.
        passphrase: as typed.
        name: the file's name, for messages.

    Raises:
        BadFile: it is no such file, too large, or asks for more than any honest file does.
        WrongPassphrase: another passphrase, or the file was altered: the two look the same.
    """
    if not is_wrapped(wrapped) or len(wrapped) < _HEADER_BYTES + 16:
        raise BadFile(name, "", "this is not a protected file of this program.", "Ask for the file again.")
    if len(wrapped) > MAX_BYTES:
        raise BadFile(name, "", "it is larger than 64 MiB.", "Ask for fewer records at a time.")
    header = wrapped[:_HEADER_BYTES]
    memory_kib, passes, lanes = _ASKS.unpack_from(header, len(MAGIC))
    try:
        cost = Cost(memory_kib=memory_kib, passes=passes, lanes=lanes)
    except ValueError:
        cost = None
    if cost is None or memory_kib > _MOST_KIB or passes > _MOST_PASSES:
        raise BadFile(name, "", "it asks for more of this computer than it may.", "Ask for the file again.")
    salt = header[len(MAGIC) + _ASKS.size :][:SALT_BYTES]
    key = derive(to_bytes(passphrase), salt, cost, header=header, secret=None)
    try:
        return AESGCM(key).decrypt(header[-_NONCE_BYTES:], wrapped[_HEADER_BYTES:], header)
    except InvalidTag:
        raise WrongPassphrase(
            "The passphrase does not open this file, or the file was altered or cut off.",
            "Type it again as you were told it, or ask for the file again.",
        ) from None
