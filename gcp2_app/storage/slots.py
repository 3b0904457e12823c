"""Wrapping the data key in a slot, and unwrapping it: Argon2id or HKDF, then AES-256-GCM.

Knows slots; the key file is only read here, and failures are counted elsewhere.
"""

import os
import uuid
from datetime import datetime
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gcp2_app.errors import KeyFileError, WrongPassphrase
from gcp2_app.storage import device, kit
from gcp2_app.storage.cost import KEY_BYTES, SALT_BYTES, Cost, derive, usual_cost
from gcp2_app.storage.keyfile import RESTORE, KeyFile, Slot, SlotCost
from gcp2_app.storage.passphrases import to_bytes

_NONCE_BYTES: Final = 12


def passphrase_slot(
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
    """Return a new slot, bound to this computer where that is wanted and a keyring can be reached.

    Args:
        key_file: the slot is bound to it.
        data_key: what is wrapped.
        user_id: id of the user.
        name: sign-in name.
        passphrase: theirs.
        cost: of a try with a keyring, without one it is doubled; measured on this computer where None.
        now: when it is made.
        bind: whether the keyring is wanted.
    """
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


def recovery_slot(key_file: KeyFile, data_key: bytes, secret: bytes, *, now: datetime) -> Slot:
    """Return a new slot for a recovery kit's secret."""
    slot = Slot(id=str(uuid.uuid4()), kind="recovery", made_at=now, salt=os.urandom(SALT_BYTES))
    return _wrap(key_file, slot, _recovery_key(secret, slot), data_key)


def open_with_passphrase(key_file: KeyFile, slot: Slot, passphrase: str) -> bytes:
    """Return the data key.

    Raises:
        WrongPassphrase: the passphrase is not the slot's.
        KeyFileError: the slot is not one this program could have written, or the file was altered.
        KeyringUnavailable: the slot is bound to this computer, whose keyring does not answer.
        StoreError: the computer has not enough memory free.
    """
    try:
        if slot.cost is None:
            raise ValueError
        cost = slot.cost.value()
    except ValueError:
        raise KeyFileError(
            "The key file was altered: it asks for a weaker or heavier derivation than is allowed.", RESTORE
        ) from None
    secret = device.secret_of(slot.id) if slot.bound else None
    key = derive(to_bytes(passphrase), slot.salt, cost, header=slot.header(key_file.id), secret=secret)
    try:
        data_key = _unwrap(key_file, slot, key)
    except InvalidTag:
        raise WrongPassphrase("The passphrase is not right.", "Try again, or use the recovery kit.") from None
    key_file.require_seal(data_key)
    return data_key


def open_with_code(key_file: KeyFile, slot: Slot, code: str) -> bytes:
    """Return the data key from the recovery kit's code.

    Raises:
        InvalidValue: the code is mistyped.
        WrongPassphrase: it belongs to another store or an earlier kit.
        KeyFileError: the slot is not one this program could have written, or the file was altered.
    """
    try:
        data_key = _unwrap(key_file, slot, _recovery_key(kit.to_secret(code), slot))
    except InvalidTag:
        raise WrongPassphrase(
            "This recovery code does not open this store.",
            "It belongs to another store, or a newer kit was made since.",
        ) from None
    key_file.require_seal(data_key)
    return data_key


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
        raise KeyFileError("The key file was altered outside the program.", RESTORE) from None


def _recovery_key(secret: bytes, slot: Slot) -> bytes:
    # The secret is random, so it needs no costly derivation.
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=slot.salt, info=b"gcp2 recovery kit").derive(secret)
