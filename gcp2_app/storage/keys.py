"""The keys of a store: unlocking with a passphrase or the recovery kit, and the slots that make it possible.

The data key is random; each slot wraps it under a key of its own. Changing a passphrase wraps the same key again: the
database is not touched. Knows the key file; not the database, and not who may do what.
"""

import os
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gcp2_app.errors import InvalidValue, KeyFileError, NotAllowed, StoreError, WrongPassphrase
from gcp2_app.storage import device, keyfile, kit
from gcp2_app.storage.cost import FLOOR, KEY_BYTES, SALT_BYTES, Cost, derive, usual_cost
from gcp2_app.storage.folder import make_private
from gcp2_app.storage.keyfile import KEY_FILE, Failure, KeyFile, Slot, SlotCost
from gcp2_app.storage.passphrases import Strength, passphrase_strength, require_strong, to_bytes

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

_NONCE_BYTES: Final = 12
_FREE_TRIES: Final = 2
_LONGEST_WAIT_S: Final = 300.0
_TRY_AGAIN: Final = "Try again, or use the recovery kit."


class TriedTooOften(WrongPassphrase):
    """Wrong passphrases were given, and the time to wait before the next try is not over.

    Attributes:
        wait_s: how long to wait from now, in seconds.
    """

    def __init__(self, tries: int, wait_s: float) -> None:
        super().__init__(f"The passphrase was wrong {tries} times.", f"Wait {_wait_words(wait_s)}, then try again.")
        self.wait_s = wait_s


def _wait_words(seconds: float) -> str:
    whole = max(1, round(seconds))
    if whole < 90:
        return "1 second" if whole == 1 else f"{whole} seconds"
    return f"{round(whole / 60)} minutes"


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
        slot = _passphrase_slot(
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
        slot = _passphrase_slot(
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
        slot = Slot(id=str(uuid.uuid4()), kind="recovery", made_at=clock(), salt=os.urandom(SALT_BYTES))
        wrapped = _wrap(before, slot, _recovery_key(secret, slot), data_key)
        keyfile.write(folder, before.with_slot(wrapped).sealed(data_key))
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
    _require_patience(key_file, slot, clock())
    data_key = _open_slot(folder, key_file, slot, passphrase, clock)
    return Unlocked(data_key=data_key, user_id=slot.user, sign_in_name=slot.name, bound=slot.bound)


def unlock_with_recovery(
    folder: Path,
    sign_in_name: str,
    recovery_code: str,
    new_passphrase: str,
    *,
    cost: Cost | None = None,
    clock: Callable[[], datetime] = _now,
) -> Unlocked:
    """Find the data key with the recovery kit, and give one person a new passphrase.

    Raises:
        InvalidValue: the code is mistyped, or the new passphrase is too easy to guess.
        WrongPassphrase: the code belongs to another store or an earlier kit, or there is no such sign-in.
        KeyFileError: the key file is missing, damaged or altered.
        StoreError: the disk refuses.
    """
    require_strong(new_passphrase, (sign_in_name,))
    with keyfile.alone(folder):
        before = keyfile.read(folder)
        old = _slot_named(before, sign_in_name)
        data_key, before = _open_recovery(folder, before, recovery_code, clock)
        slot = _passphrase_slot(
            before,
            data_key,
            user_id=old.user,
            name=old.name,
            passphrase=new_passphrase,
            cost=cost,
            now=clock(),
        )
        keyfile.write(folder, _in_place(before, old, slot).sealed(data_key))
    if old.bound:
        device.forget_secret(old.id)
    return Unlocked(data_key=data_key, user_id=slot.user, sign_in_name=slot.name, bound=slot.bound)


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
    _rewrap(folder, sign_in_name, old, new, cost=cost, clock=clock, bind=None)


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
    if recovery_code is None:
        _rewrap(folder, sign_in_name, passphrase, passphrase, cost=cost, clock=clock, bind=False)
        return
    require_strong(passphrase, (sign_in_name,))
    with keyfile.alone(folder):
        before = keyfile.read(folder)
        old = _slot_named(before, sign_in_name)
        data_key, before = _open_recovery(folder, before, recovery_code, clock)
        slot = _passphrase_slot(
            before,
            data_key,
            user_id=old.user,
            name=old.name,
            passphrase=passphrase,
            cost=cost,
            now=clock(),
            bind=False,
        )
        keyfile.write(folder, _in_place(before, old, slot).sealed(data_key))
    if old.bound:
        device.forget_secret(old.id)


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


def _passphrase_slot(
    key_file: KeyFile,
    data_key: bytes,
    *,
    user_id: str,
    name: str,
    passphrase: str,
    cost: Cost | None,
    now: datetime,
    bind: bool = True,
) -> Slot:
    """Return a new slot, bound to this computer where that is wanted and a keyring can be reached."""
    slot_id = str(uuid.uuid4())
    secret = device.make_secret(slot_id) if bind else None
    wanted = cost or usual_cost()
    if secret is None:
        wanted = wanted.doubled()
    slot = Slot(
        id=slot_id,
        kind="passphrase",
        user=user_id,
        name=name.strip(),
        made_at=now,
        salt=os.urandom(SALT_BYTES),
        cost=SlotCost(memory_kib=wanted.memory_kib, passes=wanted.passes, lanes=wanted.lanes),
        bound=secret is not None,
    )
    key = derive(to_bytes(passphrase), slot.salt, wanted, header=slot.header(key_file.id), secret=secret)
    return _wrap(key_file, slot, key, data_key)


def _wrap(key_file: KeyFile, slot: Slot, key: bytes, data_key: bytes) -> Slot:
    nonce = os.urandom(_NONCE_BYTES)
    wrapped = AESGCM(key).encrypt(nonce, data_key, slot.header(key_file.id))
    return msgspec.structs.replace(slot, nonce=nonce, wrapped=wrapped)


def _unwrap(key_file: KeyFile, slot: Slot, key: bytes) -> bytes:
    """Return the data key.

    Raises:
        InvalidTag: the key is not the slot's.
        KeyFileError: the slot is not one this program could have written.
    """
    try:
        return AESGCM(key).decrypt(slot.nonce, slot.wrapped, slot.header(key_file.id))
    except ValueError:
        raise KeyFileError("The key file was altered outside the program.", "Restore it from a backup.") from None


def _open_slot(folder: Path, key_file: KeyFile, slot: Slot, passphrase: str, clock: Callable[[], datetime]) -> bytes:
    """Return the data key; a wrong passphrase is counted."""
    try:
        if slot.cost is None:
            raise ValueError
        cost = slot.cost.value()
    except ValueError:
        raise KeyFileError(
            "The key file asks for a weaker or heavier derivation than is allowed.", "Restore it from a backup."
        ) from None
    secret = device.secret_of(slot.id) if slot.bound else None
    key = derive(to_bytes(passphrase), slot.salt, cost, header=slot.header(key_file.id), secret=secret)
    try:
        data_key = _unwrap(key_file, slot, key)
    except InvalidTag:
        _count_failure(folder, slot, clock())
        raise WrongPassphrase("The passphrase is not right.", _TRY_AGAIN) from None
    key_file.require_seal(data_key)
    return data_key


def _count_failure(folder: Path, slot: Slot, now: datetime) -> None:
    with keyfile.alone(folder):
        keyfile.write(folder, keyfile.read(folder).with_failure(Failure(slot=slot.id, at=now)))


def _require_patience(key_file: KeyFile, slot: Slot, now: datetime) -> None:
    """Refuse a try before the wait is over. The wait doubles with each failure, up to five minutes."""
    failures = [failure.at for failure in key_file.failures if failure.slot == slot.id]
    if len(failures) <= _FREE_TRIES:
        return
    wait = min(2.0 ** (len(failures) - _FREE_TRIES - 1), _LONGEST_WAIT_S)
    # A clock that was set back must not make the wait longer than it is.
    left = min(wait, wait - (now - failures[-1]).total_seconds())
    if left > 0:
        raise TriedTooOften(len(failures), left)


def _recovery_key(secret: bytes, slot: Slot) -> bytes:
    # The secret is random, so it needs no costly derivation.
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=slot.salt, info=b"gcp2 recovery kit").derive(secret)


def _open_recovery(folder: Path, key_file: KeyFile, code: str, clock: Callable[[], datetime]) -> tuple[bytes, KeyFile]:
    """Return the data key and the key file, which it has authenticated. The caller holds the file."""
    slot = key_file.recovery_slot()
    if slot is None:
        raise WrongPassphrase("This store has no recovery kit.", "Sign in with a passphrase and make one.")
    try:
        data_key = _unwrap(key_file, slot, _recovery_key(kit.to_secret(code), slot))
    except InvalidTag:
        keyfile.write(folder, key_file.with_failure(Failure(slot=slot.id, at=clock())))
        raise WrongPassphrase(
            "This recovery code does not open this store.",
            "It belongs to another store, or a newer kit was made since.",
        ) from None
    key_file.require_seal(data_key)
    return data_key, key_file


def _rewrap(
    folder: Path,
    sign_in_name: str,
    old: str,
    new: str,
    *,
    cost: Cost | None,
    clock: Callable[[], datetime],
    bind: bool | None,
) -> None:
    """Wrap the data key anew; ``bind`` None keeps a slot bound or not as it was."""
    data_key = unlock(folder, sign_in_name, old, clock=clock).data_key
    with keyfile.alone(folder):
        before = _trusted(folder, data_key)
        slot = _slot_named(before, sign_in_name)
        renewed = _passphrase_slot(
            before,
            data_key,
            user_id=slot.user,
            name=slot.name,
            passphrase=new,
            cost=cost,
            now=clock(),
            bind=slot.bound if bind is None else bind,
        )
        keyfile.write(folder, _in_place(before, slot, renewed).sealed(data_key))
    if slot.bound:
        device.forget_secret(slot.id)
