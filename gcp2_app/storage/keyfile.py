"""The key file ``keys.json``: its format, its checks, and putting it in place whole.

It holds no secret in clear. A checksum tells damage from a wrong passphrase, a check in each slot says whose is
damaged, and a seal made with a key from the data key shows, once that is known, that somebody altered the file.
Unwrapping is the business of :mod:`gcp2_app.storage.keys`.
"""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gcp2_app.errors import KeyFileError, StoreError
from gcp2_app.storage.cost import Cost
from gcp2_app.storage.folder import os_fault, write_whole
from gcp2_app.storage.lock import hold
from gcp2_app.storage.words import sign_in_key

KEY_FILE: Final = "keys.json"
_LOCK: Final = "keys.lock"
_LOCK_WAIT_S: Final = 10.0
_FORMAT: Final = "gcp2-keys"
_VERSION: Final = 1
_MOST_BYTES: Final = 1024 * 1024
_MOST_FAILURES: Final = 1_000
#: What to do about a damaged or altered file.
RESTORE: Final = "Put the key file of the last good backup in its place. The database itself is untouched."


class SlotCost(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Parameters of Argon2id, as written."""

    memory_kib: int
    passes: int
    lanes: int

    def value(self) -> Cost:
        """Return the cost.

        Raises:
            ValueError: it is outside what is allowed.
        """
        return Cost(memory_kib=self.memory_kib, passes=self.passes, lanes=self.lanes)


class Slot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way to the data key.

    Attributes:
        id: the slot's own; it names the device secret in the keyring.
        kind: a user's passphrase, or the recovery kit.
        user: id of the user, or empty for recovery.
        name: sign-in name, or empty for recovery.
        cost: None for recovery, whose secret is random already.
        bound: a device secret in this computer's keyring is needed as well.
        wrapped: the data key, encrypted with AES-256-GCM.
        check: digest of everything else in the slot.
    """

    id: str
    kind: Literal["passphrase", "recovery"]
    user: str = ""
    name: str = ""
    made_at: datetime
    salt: bytes
    cost: SlotCost | None = None
    bound: bool = False
    nonce: bytes = b""
    wrapped: bytes = b""
    check: str = ""

    def header(self, file: str) -> bytes:
        """Return what the wrapping is bound to: everything that is known before it."""
        bare = msgspec.structs.replace(self, nonce=b"", wrapped=b"", check="")
        return _canonical([_FORMAT, _VERSION, file, bare])

    def whole(self) -> bool:
        """Whether the slot is as it was written."""
        return self.check == self.right_check()

    def right_check(self) -> str:
        """Return the check the slot should have."""
        return hashlib.sha256(_canonical(msgspec.structs.replace(self, check=""))).hexdigest()


class Failure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One failed unlock: which slot, when."""

    slot: str
    at: datetime


class KeyFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file.

    Attributes:
        id: the file's own; slots are bound to it.
        failures: failed unlocks that are not in the audit trail yet, oldest first.
        seal: authenticates id and slots with a key from the data key.
        checksum: digest of everything else.
    """

    format: str = _FORMAT
    version: int = _VERSION
    id: str
    slots: tuple[Slot, ...]
    failures: tuple[Failure, ...] = ()
    seal: bytes = b""
    checksum: str = ""

    def slot_named(self, sign_in_name: str) -> Slot | None:
        """Return the passphrase slot of a sign-in name, without regard to case."""
        wanted = sign_in_key(sign_in_name)
        found = (slot for slot in self.slots if slot.kind == "passphrase" and sign_in_key(slot.name) == wanted)
        return next(found, None)

    def recovery_slot(self) -> Slot | None:
        """Return the slot of the recovery kit."""
        return next((slot for slot in self.slots if slot.kind == "recovery"), None)

    def with_slot(self, slot: Slot) -> "KeyFile":
        """Return the file with a slot added, or put in the place of the one of the same id."""
        others = tuple(each for each in self.slots if each.id != slot.id)
        return msgspec.structs.replace(self, slots=(*others, slot))

    def without_slot(self, slot: Slot) -> "KeyFile":
        """Return the file without a slot. Its failures stay until they are in the audit trail."""
        return msgspec.structs.replace(self, slots=tuple(each for each in self.slots if each.id != slot.id))

    def with_failure(self, failure: Failure) -> "KeyFile":
        """Return the file with a failed unlock added."""
        return msgspec.structs.replace(self, failures=(*self.failures, failure)[-_MOST_FAILURES:])

    def sealed(self, data_key: bytes) -> "KeyFile":
        """Return the file with its seal."""
        return msgspec.structs.replace(self, seal=self._right_seal(data_key))

    def require_seal(self, data_key: bytes) -> None:
        """Refuse a file that was altered by somebody without the data key.

        Raises:
            KeyFileError: the seal does not fit.
        """
        if not hmac.compare_digest(self.seal, self._right_seal(data_key)):
            raise KeyFileError("The key file was altered outside the program.", RESTORE)

    def _right_seal(self, data_key: bytes) -> bytes:
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"gcp2 key file seal").derive(data_key)
        # Without the checks, which are written last.
        bare = [msgspec.structs.replace(slot, check="") for slot in self.slots]
        return hmac.digest(key, _canonical([self.format, self.version, self.id, bare]), hashlib.sha256)

    def right_checksum(self) -> str:
        """Return the checksum the file should have."""
        return hashlib.sha256(_canonical(msgspec.structs.replace(self, checksum=""))).hexdigest()


class _Head(msgspec.Struct):
    """What is read first: the rest of another version may look different."""

    format: str = ""
    version: int = 0


def _canonical(value: object) -> bytes:
    return msgspec.json.encode(value, order="deterministic")


def read(folder: Path) -> KeyFile:
    """Read and check the key file.

    Raises:
        KeyFileError: it is missing, damaged or not one.
        StoreError: a newer version of the program made it, or the disk refuses.
    """
    try:
        with (folder / KEY_FILE).open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise KeyFileError(
            "The key file is missing, so the store cannot be unlocked.",
            f"Put “{KEY_FILE}” of the last good backup into the store’s folder. The database itself is untouched.",
        ) from None
    except OSError as error:
        raise os_fault(error, "The key file cannot be read") from None
    if len(content) > _MOST_BYTES:
        raise _damaged()
    try:
        head = msgspec.json.decode(content, type=_Head)
        if head.format == _FORMAT and head.version > _VERSION:
            raise StoreError(
                "This store’s key file was made by a newer version of the program.",
                "Install the newest version, then open it again. Nothing was changed.",
            )
        key_file = msgspec.json.decode(content, type=KeyFile)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise _damaged() from None
    if key_file.format != _FORMAT or key_file.version != _VERSION:
        raise _damaged()
    for slot in key_file.slots:
        if not slot.whole():
            raise _damaged(f" in the slot of “{slot.name}”" if slot.name else " in the slot of the recovery kit")
    if key_file.checksum != key_file.right_checksum():
        raise _damaged()
    return key_file


def _damaged(where: str = "") -> KeyFileError:
    return KeyFileError(f"The key file is damaged{where}.", RESTORE)


def write(folder: Path, key_file: KeyFile) -> None:
    """Put the key file in place: at every moment the old or the new one is there, whole.

    Raises:
        StoreError: the disk refuses; the old file is still there.
    """
    with_checks = msgspec.structs.replace(
        key_file,
        slots=tuple(msgspec.structs.replace(slot, check=slot.right_check()) for slot in key_file.slots),
    )
    final = msgspec.structs.replace(with_checks, checksum=with_checks.right_checksum())
    try:
        write_whole(folder / KEY_FILE, msgspec.json.format(_canonical(final), indent=1))
    except OSError as error:
        raise os_fault(error, "The key file cannot be written") from None


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other processes from changing the key file meanwhile.

    Raises:
        StoreError: another process holds it, or the folder cannot be written to.
    """
    lock = hold(folder / _LOCK, wait_s=_LOCK_WAIT_S)
    try:
        yield
    finally:
        lock.release()
