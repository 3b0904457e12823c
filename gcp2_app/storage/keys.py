"""The keys of a store: unlocking with a passphrase or the recovery kit, and the slots that make it possible.

The data key is random; each slot wraps it under a key of its own. Changing a passphrase wraps the same key again: the
database is not touched. Knows the key file; not the database, and not who may do what.
"""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from gcp2_app.errors import InvalidValue, NotAllowed, StoreError, WrongPassphrase
from gcp2_app.storage import device, keyfile, kit
from gcp2_app.storage.cost import FLOOR, KEY_BYTES, Cost
from gcp2_app.storage.folder import make_private
from gcp2_app.storage.keyfile import KEY_FILE, Failure, KeyFile, Slot
from gcp2_app.storage.passphrases import Strength, passphrase_strength, require_strong
from gcp2_app.storage.slots import open_with_code, open_with_passphrase, passphrase_slot, recovery_slot
from gcp2_app.storage.tries import TriedTooOften, require_patience

__all__ = [
    "FLOOR",
    "Cost",
    "Strength",
    "TriedTooOften",
    "Unlocked",
    "add_slot",
    "change_passphrase",
    "create_keys",
    "exists",
    "is_bound",
    "make_recovery",
    "new_data_key",
    "passphrase_strength",
    "remove_slot",
    "sign_in_names",
    "take_failures",
    "unbind",
    "unlock",
    "unlock_with_recovery",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocked:
    """What an unlock gives.

    Attributes:
        data_key: opens the database.
        user_id: id of the user whose slot it was.
        sign_in_name: as it is written in the key file.
        bound: the slot needs this computer's keyring as well.
    """

    data_key: bytes = field(repr=False)
    user_id: str
    sign_in_name: str
    bound: bool


def _now() -> datetime:
    return datetime.now(UTC)


def new_data_key() -> bytes:
    """Return a new data key: 32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def exists(folder: Path) -> bool:
    """Whether a folder has a key file."""
    return (folder / KEY_FILE).is_file()


def sign_in_names(folder: Path) -> tuple[str, ...]:
    """Return who can sign in, in the order they were added.

    Raises:
        KeyFileError: the key file is missing or damaged.
    """
    return tuple(slot.name for slot in keyfile.read(folder).slots if slot.kind == "passphrase")


def is_bound(folder: Path, sign_in_name: str) -> bool:
    """Whether a sign-in needs this computer's keyring besides the passphrase.

    Raises:
        WrongPassphrase: there is no such sign-in.
        KeyFileError: the key file is missing or damaged.
    """
    return _slot_named(keyfile.read(folder), sign_in_name).bound


def create_keys(
    folder: Path,
    data_key: bytes,
    *,
    user_id: str,
    sign_in_name: str,
    passphrase: str,
    cost: Cost | None = None,
    clock: Callable[[], datetime] = _now,
) -> None:
    """Make the key file of a new store, with the first user's slot.

    Args:
        folder: the store's folder.
        data_key: from :func:`new_data_key`.
        user_id: id of the user.
        sign_in_name: what they type.
        passphrase: theirs.
        cost: of a try; measured on this computer where None. A slot without a keyring costs twice as much.
        clock: gives the present instant, aware.

    Raises:
        InvalidValue: the passphrase is too easy to guess.
        StoreError: there is a key file already, or the disk refuses.
    """
    require_strong(passphrase, (sign_in_name,))
    make_private(folder)
    with keyfile.alone(folder):
        if exists(folder):
            raise StoreError("This folder has a key file already.", "Choose an empty folder for a new store.")
        empty = KeyFile(id=str(uuid.uuid4()), slots=())
        slot = passphrase_slot(
            empty, data_key, user_id=user_id, name=sign_in_name, passphrase=passphrase, cost=cost, now=clock()
        )
        keyfile.write(folder, empty.with_slot(slot).sealed(data_key))


def add_slot(
    folder: Path,
    data_key: bytes,
    *,
    user_id: str,
    sign_in_name: str,
    passphrase: str,
    cost: Cost | None = None,
    clock: Callable[[], datetime] = _now,
) -> None:
    """Give another user a passphrase slot.

    Raises:
        InvalidValue: the sign-in name is taken, or the passphrase is too easy to guess.
        KeyFileError: the key file is missing, damaged or altered.
        StoreError: the disk refuses.
    """
    require_strong(passphrase, (sign_in_name,))
    with keyfile.alone(folder):
        before = _trusted(folder, data_key)
        if before.slot_named(sign_in_name) is not None:
            raise InvalidValue(f"The sign-in name “{sign_in_name}” is taken.", "Choose another.")
        slot = passphrase_slot(
            before, data_key, user_id=user_id, name=sign_in_name, passphrase=passphrase, cost=cost, now=clock()
        )
        keyfile.write(folder, before.with_slot(slot).sealed(data_key))


def remove_slot(folder: Path, data_key: bytes, sign_in_name: str) -> None:
    """Take a leaver's slot away.

    Raises:
        NotAllowed: it is the last one.
        WrongPassphrase: there is no such sign-in.
        KeyFileError: the key file is missing, damaged or altered.
        StoreError: the disk refuses.
    """
    with keyfile.alone(folder):
        before = _trusted(folder, data_key)
        slot = _slot_named(before, sign_in_name)
        if sum(each.kind == "passphrase" for each in before.slots) == 1:
            raise NotAllowed("Nobody could unlock the store any more.", "Add another user first.")
        keyfile.write(folder, before.without_slot(slot).sealed(data_key))
    if slot.bound:
        device.forget_secret(slot.id)


def make_recovery(folder: Path, data_key: bytes, *, clock: Callable[[], datetime] = _now) -> str:
    """Make a recovery kit; an earlier one stops working.

    Returns:
        Its code, shown or printed once and never stored.

    Raises:
        KeyFileError: the key file is missing, damaged or altered.
        StoreError: the disk refuses.
    """
    with keyfile.alone(folder):
        before = _trusted(folder, data_key)
        earlier = before.recovery_slot()
        if earlier is not None:
            before = before.without_slot(earlier)
        secret = kit.new_secret()
        slot = recovery_slot(before, data_key, secret, now=clock())
        keyfile.write(folder, before.with_slot(slot).sealed(data_key))
    return kit.to_code(secret)


def unlock(folder: Path, sign_in_name: str, passphrase: str, *, clock: Callable[[], datetime] = _now) -> Unlocked:
    """Find the data key with a person's passphrase.

    Raises:
        WrongPassphrase: the passphrase is not right, or there is no such sign-in. The key file is whole.
        TriedTooOften: wrong passphrases were given before, and the wait is not over.
        KeyFileError: the key file is missing, damaged or altered.
        KeyringUnavailable: the slot is bound to this computer, whose keyring does not answer.
        StoreError: the disk refuses.
    """
    key_file = keyfile.read(folder)
    slot = _slot_named(key_file, sign_in_name)
    require_patience(key_file, slot, clock())
    try:
        data_key = open_with_passphrase(key_file, slot, passphrase)
    except WrongPassphrase:
        _count_failure(folder, slot, clock())
        raise
    return Unlocked(data_key=data_key, user_id=slot.user, sign_in_name=slot.name, bound=slot.bound)


def unlock_with_recovery(
    folder: Path,
    sign_in_name: str,
    recovery_code: str,
    new_passphrase: str,
    *,
    cost: Cost | None = None,
    clock: Callable[[], datetime] = _now,
    copy: bool = False,
) -> Unlocked:
    """Find the data key with the recovery kit, and give one person a new passphrase.

    Args:
        folder: the store's folder.
        sign_in_name: whose passphrase it is to be.
        recovery_code: of the kit.
        new_passphrase: theirs.
        cost: of a try with a keyring; measured on this computer where None.
        clock: gives the present instant, aware.
        copy: the folder is a copy of another that keeps its slots, and with them their secrets in the keyring.

    Raises:
        InvalidValue: the code is mistyped, or the new passphrase is too easy to guess.
        WrongPassphrase: the code belongs to another store or an earlier kit, or there is no such sign-in.
        KeyFileError: the key file is missing, damaged or altered.
        StoreError: the disk refuses.
    """

    def data_key_of(key_file: KeyFile) -> bytes:
        return _open_recovery(folder, key_file, recovery_code, clock)

    return _renew(folder, sign_in_name, new_passphrase, data_key_of, cost=cost, clock=clock, bind=True, copy=copy)


def change_passphrase(
    folder: Path,
    sign_in_name: str,
    old: str,
    new: str,
    *,
    cost: Cost | None = None,
    clock: Callable[[], datetime] = _now,
) -> None:
    """Give a person a new passphrase for the old one. Whether it is bound to this computer stays as it was.

    Raises:
        WrongPassphrase: the old one is not right.
        TriedTooOften: wrong passphrases were given before, and the wait is not over.
        InvalidValue: the new one is too easy to guess.
        KeyFileError: the key file is missing, damaged or altered.
        KeyringUnavailable: the slot is bound to this computer, whose keyring does not answer.
        StoreError: the disk refuses.
    """
    require_strong(new, (sign_in_name,))
    data_key = unlock(folder, sign_in_name, old, clock=clock).data_key
    _renew(folder, sign_in_name, new, lambda _: data_key, cost=cost, clock=clock, bind=None)


def unbind(
    folder: Path,
    sign_in_name: str,
    passphrase: str,
    *,
    recovery_code: str | None = None,
    cost: Cost | None = None,
    clock: Callable[[], datetime] = _now,
) -> None:
    """Make a sign-in rest on its passphrase alone, with a higher cost, so that the keyring is not needed any more.

    Args:
        folder: the store's folder.
        sign_in_name: whose.
        passphrase: theirs; with the recovery code it becomes their passphrase.
        recovery_code: of the kit, where the keyring is lost.
        cost: of a try with a keyring; measured on this computer where None.
        clock: gives the present instant, aware.

    Raises:
        As :func:`change_passphrase`, and as :func:`unlock_with_recovery` with a recovery code.
    """
    known = None if recovery_code is not None else unlock(folder, sign_in_name, passphrase, clock=clock).data_key

    def data_key_of(key_file: KeyFile) -> bytes:
        return known or _open_recovery(folder, key_file, recovery_code or "", clock)

    _renew(folder, sign_in_name, passphrase, data_key_of, cost=cost, clock=clock, bind=False)


def take_failures(folder: Path, sign_in_name: str) -> tuple[datetime, ...]:
    """Return when unlocking failed for a sign-in, with the recovery kit or by a slot that is gone, and forget it.

    To be called once it has been unlocked, so that the failures move into the audit trail. Oldest first.

    Raises:
        KeyFileError: the key file is missing or damaged.
        StoreError: the disk refuses.
    """
    key_file = keyfile.read(folder)
    mine = _slot_named(key_file, sign_in_name).id
    others = {slot.id for slot in key_file.slots if slot.kind == "passphrase" and slot.id != mine}
    taken = tuple(failure.at for failure in key_file.failures if failure.slot not in others)
    if taken:
        with keyfile.alone(folder):
            now = keyfile.read(folder)
            left = tuple(failure for failure in now.failures if failure.slot in others)
            keyfile.write(folder, msgspec.structs.replace(now, failures=left))
    return taken


def _slot_named(key_file: KeyFile, sign_in_name: str) -> Slot:
    slot = key_file.slot_named(sign_in_name)
    if slot is None:
        raise WrongPassphrase("There is no such sign-in name in this store.", "Check the name and type it again.")
    return slot


def _trusted(folder: Path, data_key: bytes) -> KeyFile:
    key_file = keyfile.read(folder)
    key_file.require_seal(data_key)
    return key_file


def _in_place(key_file: KeyFile, old: Slot, new: Slot) -> KeyFile:
    """Return the file with one slot in the place of another."""
    slots = tuple(new if slot.id == old.id else slot for slot in key_file.slots)
    return msgspec.structs.replace(key_file, slots=slots)


def _count_failure(folder: Path, slot: Slot, now: datetime) -> None:
    with keyfile.alone(folder):
        keyfile.write(folder, keyfile.read(folder).with_failure(Failure(slot=slot.id, at=now)))


def _open_recovery(folder: Path, key_file: KeyFile, code: str, clock: Callable[[], datetime]) -> bytes:
    """Return the data key; a wrong code is counted. The caller holds the file."""
    slot = key_file.recovery_slot()
    if slot is None:
        raise WrongPassphrase("This store has no recovery kit.", "Sign in with a passphrase and make one.")
    try:
        return open_with_code(key_file, slot, code)
    except WrongPassphrase:
        keyfile.write(folder, key_file.with_failure(Failure(slot=slot.id, at=clock())))
        raise


def _renew(
    folder: Path,
    sign_in_name: str,
    passphrase: str,
    data_key_of: Callable[[KeyFile], bytes],
    *,
    cost: Cost | None,
    clock: Callable[[], datetime],
    bind: bool | None,
    copy: bool = False,
) -> Unlocked:
    """Put a new slot in the place of a person's; ``bind`` None keeps it bound or not as it was."""
    require_strong(passphrase, (sign_in_name,))
    with keyfile.alone(folder):
        before = keyfile.read(folder)
        old = _slot_named(before, sign_in_name)
        data_key = data_key_of(before)
        before.require_seal(data_key)
        new = passphrase_slot(
            before,
            data_key,
            user_id=old.user,
            name=old.name,
            passphrase=passphrase,
            cost=cost,
            now=clock(),
            bind=old.bound if bind is None else bind,
        )
        keyfile.write(folder, _in_place(before, old, new).sealed(data_key))
    if old.bound and not copy:
        device.forget_secret(old.id)
    return Unlocked(data_key=data_key, user_id=new.user, sign_in_name=new.name, bound=new.bound)
