"""The stand-alone verifier: checks a store, or one of its backups, without the program that made it.

    python verify_store.py FOLDER [--user NAME] [--recovery]

It needs Python 3.11 or later and two packages, ``sqlcipher3`` and ``cryptography``, and nothing else of this
repository: whoever does not want to rely on the program can read this one file and run it on a copy of the folder.
The passphrase is asked for; with ``--recovery`` it is the code of the recovery kit, which is the only way where a
sign-in is bound to another computer's keyring. Nothing is written: a copy that is at rest is opened as immutable.

What it checks, and how each is made:

* **pages**: SQLCipher authenticates every page (HMAC-SHA-512); ``cipher_integrity_check`` names those that fail.
* **the chain of the audit trail**: the digest of an event is SHA-256 over one JSON array, in ASCII and without spaces:
  digest of the event before (64 zeros for the first), number, instant in UTC (ISO 8601, ``+00:00``), user, action,
  kind, id, list of fields, count, reason.
* **its seal**: HMAC-SHA-256 of ``"<number> <digest>"`` of the last event (``"empty"`` for none), under a key that
  HKDF-SHA-256 makes of the data key (no salt, info ``gcp2 audit seal``, 32 bytes); it is in the table ``store_meta``.

It exits with 0 where nothing was found, 1 with a line for each finding, 2 where it could not look.
"""

import argparse
import base64
import getpass
import hashlib
import hmac
import json
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlcipher3 import dbapi2

FIRST = "0" * 64
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class CannotLook(Exception):
    """The store cannot be opened with what was given."""


# ------------------------------------------------------------------------ the data key


def canonical(value: Any) -> bytes:
    """Return a value as the key file's headers see it: JSON without spaces, keys in the order of the file."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def header(keys: dict[str, Any], slot: dict[str, Any]) -> bytes:
    """Return what a slot's wrapping is bound to."""
    bare = {**slot, "nonce": "", "wrapped": "", "check": ""}
    return canonical([keys["format"], keys["version"], keys["id"], bare])


def data_key(folder: Path, user: str | None, *, recovery: bool, secret: str) -> bytes:
    """Return the data key of a store.

    Args:
        folder: the store's.
        user: who signs in; the only one where None.
        recovery: the secret is the recovery kit's code.
        secret: as typed.

    Raises:
        CannotLook: there is no such slot, it is bound to another computer, or the secret is not right.
    """
    keys = json.loads((folder / "keys.json").read_bytes())
    kind = "recovery" if recovery else "passphrase"
    slots = [slot for slot in keys["slots"] if slot["kind"] == kind]
    if user is not None and not recovery:
        slots = [slot for slot in slots if slot["name"].casefold() == user.casefold()]
    if len(slots) != 1:
        raise CannotLook("there is no such sign-in, or several: say who with --user")
    (slot,) = slots
    salt = base64.b64decode(slot["salt"])
    if recovery:
        key = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"gcp2 recovery kit").derive(recovery_secret(secret))
    elif slot["bound"]:
        raise CannotLook("this sign-in is bound to a computer's keyring: use --recovery")
    else:
        cost = slot["cost"]
        key = Argon2id(
            salt=salt,
            length=32,
            iterations=cost["passes"],
            lanes=cost["lanes"],
            memory_cost=cost["memory_kib"],
            ad=header(keys, slot),
        ).derive(unicodedata.normalize("NFKC", secret).encode())
    try:
        return AESGCM(key).decrypt(
            base64.b64decode(slot["nonce"]), base64.b64decode(slot["wrapped"]), header(keys, slot)
        )
    except InvalidTag:
        raise CannotLook("the passphrase or code is not right, or the key file was altered") from None


def recovery_secret(code: str) -> bytes:
    """Return the secret of a recovery code: 32 letters of five bits each; the four after them are its check.

    Raises:
        CannotLook: it is mistyped.
    """
    letters = "".join(each for each in code.upper() if each.isalnum()).translate(str.maketrans("OIL", "011"))
    if len(letters) != 36 or set(letters) - set(ALPHABET):
        raise CannotLook("the recovery code is mistyped")
    value = 0
    for letter in letters[:32]:
        value = value * 32 + ALPHABET.index(letter)
    return value.to_bytes(20, "big")


# ------------------------------------------------------------------------ the checks


def connect(database: Path, key: bytes) -> Any:
    """Open a database that nothing writes to.

    Raises:
        CannotLook: it cannot be read with this key.
    """
    if (
        database.with_name(f"{database.name}-wal").exists()
        and database.with_name(f"{database.name}-wal").stat().st_size
    ):
        raise CannotLook("the store is open, or was not closed in order: look at a backup, or unlock and lock it first")
    connection = dbapi2.connect(f"{database.absolute().as_uri()}?immutable=1", uri=True)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except dbapi2.DatabaseError:
        raise CannotLook("the database is damaged, or belongs to another key file") from None
    return connection


def findings(database: Path, key: bytes) -> Iterator[str]:
    """Yield what is wrong with a store, a line each.

    Raises:
        CannotLook: it cannot be read with this key.
    """
    connection = connect(database, key)
    try:
        for (text,) in connection.execute("PRAGMA cipher_integrity_check"):
            yield f"pages: {text}"
        yield from trail(connection, key)
    except dbapi2.DatabaseError as error:
        yield f"the database cannot be read to its end: {error}"
    finally:
        connection.close()


def trail(connection: Any, key: bytes) -> Iterator[str]:
    """Yield what is wrong with the audit trail: the first event that breaks the chain, and the seal."""
    before, last = FIRST, "empty"
    columns = "seq, at, user, action, kind, id, fields, count, reason, previous, digest"
    rows = connection.execute(f"SELECT {columns} FROM audit ORDER BY seq")  # noqa: S608 - columns named here
    for expected, (seq, at, user, action, kind, id_, fields, count, reason, previous, digest) in enumerate(rows, 1):
        values = [before, seq, instant(at), user, action, kind, id_, json.loads(fields), count, reason]
        document = json.dumps(values, separators=(",", ":"))
        if seq != expected or previous != before or digest != hashlib.sha256(document.encode()).hexdigest():
            yield f"audit trail: broken at event {expected}"
            return
        before, last = digest, f"{seq} {digest}"
    found = connection.execute("SELECT value FROM store_meta WHERE key = 'audit_seal'").fetchone()
    seal_key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"gcp2 audit seal").derive(key)
    if found is None or not hmac.compare_digest(found[0], hmac.digest(seal_key, last.encode(), "sha256")):
        yield "audit trail: it does not end where it was sealed"


def instant(stored: str) -> str:
    """Return an instant as the digest sees it; stored is UTC without saying so, always with six digits."""
    text = stored.replace(" ", "T")
    return text.removesuffix(".000000") + "+00:00"


def main(arguments: list[str]) -> int:
    """Look through a store and say what was found."""
    parser = argparse.ArgumentParser(description="Check a store, or a backup of one, without the program.")
    parser.add_argument("folder", type=Path, help="folder with store.db and keys.json")
    parser.add_argument("--user", metavar="NAME", help="who signs in (default: the only user)")
    parser.add_argument("--recovery", action="store_true", help="open it with the recovery kit's code")
    asked = parser.parse_args(arguments)
    secret = getpass.getpass("Recovery code: " if asked.recovery else "Passphrase: ")
    try:
        key = data_key(asked.folder, asked.user, recovery=asked.recovery, secret=secret)
        found = list(findings(asked.folder / "store.db", key))
    except (CannotLook, OSError, ValueError, KeyError) as error:
        print(f"Not looked at: {error}", file=sys.stderr)
        return 2
    for line in found:
        print(line)
    if not found:
        print("Nothing altered, missing or re-ordered was found.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
