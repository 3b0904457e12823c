"""Making, unlocking and locking a store."""

import shutil
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gcp2_app.domain.register import Agency, Professional
from gcp2_app.domain.users import Duty, Role, User
from gcp2_app.errors import InvalidValue, NotAllowed, StoreError
from gcp2_app.paths import user_folder
from gcp2_app.services.session import Session, make_session
from gcp2_app.services.users import check_sign_in_name
from gcp2_app.storage import keys
from gcp2_app.storage.cost import Cost
from gcp2_app.storage.faults import os_fault
from gcp2_app.storage.lock import STORE_LOCK, hold
from gcp2_app.storage.passphrases import Strength, passphrase_strength
from gcp2_app.storage.store import create_store, is_store, now_utc, open_store

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """What the first run asks.

    Attributes:
        practice: a store for synthetic people only; it says PRACTICE everywhere.
    """

    sign_in_name: str
    name: str
    role: str
    agency: Agency
    passphrase: str
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Created:
    """A new store, open, with the recovery code that is shown once."""

    session: Session
    recovery_code: str


def default_store() -> Path:
    """Folder of this user's real store. It may not exist."""
    return user_folder() / "store"


def practice_store() -> Path:
    """Folder of this user's practice store. It may not exist."""
    return user_folder() / "practice"


def exists(folder: Path) -> bool:
    """Whether a folder holds a store."""
    return keys.exists(folder)


def has_database(folder: Path) -> bool:
    """Whether a folder holds a store's database, with its key file or without."""
    return is_store(folder)


def sign_in_names(folder: Path) -> tuple[str, ...]:
    """Return who can sign in, from the key file alone.

    Raises:
        KeyFileError: missing, damaged or altered.
    """
    return keys.sign_in_names(folder)


def is_bound(folder: Path, sign_in_name: str) -> bool:
    """Whether a sign-in needs this computer's keyring besides the passphrase.

    Raises:
        KeyFileError: missing, damaged or altered.
    """
    return keys.is_bound(folder, sign_in_name)


def unbind(folder: Path, sign_in_name: str, recovery_code: str, new_passphrase: str) -> None:
    """Let a sign-in rest on a new passphrase alone, where this computer's keyring is lost.

    Raises:
        WrongPassphrase: the code is not right.
        InvalidValue: the code is mistyped, or the new passphrase is weak.
        StoreError: there is no database, or another process holds it; nothing is changed.
    """
    _require_at_rest(folder)
    keys.unbind(folder, sign_in_name, new_passphrase, recovery_code=recovery_code)
    unlocked = keys.unlock(folder, sign_in_name, new_passphrase)
    lock(_begin(folder, unlocked, "freed from the keyring", now_utc))


def strength(passphrase: str, words: Iterable[str] = ()) -> Strength:
    """Measure a passphrase, 0 (guessed at once) to 4 (strong), with a sentence that helps.

    Args:
        words: words a guesser would try first: names, the agency.
    """
    return passphrase_strength(passphrase, words)


def create(folder: Path, setup: SetUp, *, cost: Cost | None = None, clock: Clock = now_utc) -> Created:
    """Make a store with its first user, who is practitioner, supervisor and administrator.

    Args:
        folder: where; new or empty.
        setup: what the first run asked.
        cost: of a try at the passphrase; measured on this computer where None.
        clock: gives the present instant, aware.

    Raises:
        InvalidValue: a name is empty, the sign-in name is too long or has spaces, or the passphrase is weak.
        StoreError: the folder cannot be used.
    """
    if not setup.sign_in_name.strip() or not setup.name.strip():
        raise InvalidValue("A name is missing.", "Give your name and the name you sign in with.")
    check_sign_in_name(setup.sign_in_name)
    user = User(
        id=str(uuid.uuid4()),
        sign_in_name=setup.sign_in_name.strip(),
        roles=frozenset({Role.PRACTITIONER, Role.SUPERVISOR, Role.ADMINISTRATOR}),
        professional=str(uuid.uuid4()),
        created_at=clock(),
    )
    professional = Professional(
        id=user.professional, name=setup.name.strip(), role=setup.role.strip(), agency=setup.agency
    )
    # Of "." too: what is built stands beside it.
    folder = folder.absolute() if folder.name not in ("", "..") else folder.resolve()
    _require_free(folder)
    data_key = keys.new_data_key()
    # Built beside its place and moved there whole: a crash leaves no half store.
    building = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(building, ignore_errors=True)
    try:
        create_store(building, data_key=data_key, practice=setup.practice, clock=clock)
        keys.create_keys(
            building, data_key, user_id=user.id, sign_in_name=user.sign_in_name, passphrase=setup.passphrase, cost=cost
        )
        recovery_code = keys.make_recovery(building, data_key)
        with open_store(building, data_key, clock=clock) as store, store.transaction() as tx:
            tx.professionals.put(professional, by=user.id)
            tx.users.put(user, by=user.id)
            tx.record("store created", by=user.id, kind="store", id=store.id)
            tx.record("unlocked", by=user.id, kind="user", id=user.id)
        if folder.exists():
            folder.rmdir()
        building.rename(folder)
    except BaseException as error:
        shutil.rmtree(building, ignore_errors=True)
        if isinstance(error, OSError):
            raise os_fault(error, "The store’s folder could not be made") from None
        raise
    return Created(Session(open_store(folder, data_key, clock=clock), user, professional), recovery_code)


def _require_free(folder: Path) -> None:
    if folder == folder.parent or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise StoreError(f"“{folder}” is not an empty folder.", "Choose a new or empty folder for the store.")


def unlock(folder: Path, sign_in_name: str, passphrase: str, *, clock: Clock = now_utc) -> Session:
    """Open a store with a person's passphrase.

    Raises:
        WrongPassphrase: the passphrase is not right; failed attempts are counted and slow down.
        KeyFileError: the key file is missing, damaged or altered.
        KeyringUnavailable: the slot is bound to this computer and its keyring does not answer.
        StoreError: the database cannot be used; see its children.
    """
    return _begin(folder, keys.unlock(folder, sign_in_name, passphrase, clock=clock), "unlocked", clock)


def unlock_with_recovery(folder: Path, sign_in_name: str, recovery_code: str, new_passphrase: str) -> Session:
    """Open a store with the recovery kit and set a new passphrase for one person.

    Raises:
        WrongPassphrase: the code is not right.
        InvalidValue: the code is mistyped, or the new passphrase is weak.
        StoreError: there is no database, or another process holds it; nothing is changed.
    """
    _require_at_rest(folder)
    unlocked = keys.unlock_with_recovery(folder, sign_in_name, recovery_code, new_passphrase)
    return _begin(folder, unlocked, "unlocked with the recovery kit", now_utc)


def _require_at_rest(folder: Path) -> None:
    """Refuse before a passphrase is changed what would be refused after it."""
    if not is_store(folder):
        raise StoreError("There is no store in this folder.", "Choose another folder, or restore a backup.")
    hold(folder / STORE_LOCK).release()


def _begin(folder: Path, unlocked: keys.Unlocked, action: str, clock: Clock) -> Session:
    store = open_store(folder, unlocked.data_key, clock=clock)
    try:
        with store.transaction() as tx:
            user = tx.users.get(unlocked.user_id)
            if user.left_at is not None:
                raise NotAllowed("This sign-in was taken away.", "Ask an administrator.")
            for failed_at in keys.take_failures(folder, user.sign_in_name):
                tx.record("unlock failed", by=None, kind="user", id=user.id, at=failed_at)
            tx.record(action, by=user.id, kind="user", id=user.id)
            return make_session(store, tx, user)
    except BaseException:
        store.close()
        raise


def new_recovery_code(session: Session) -> str:
    """Make a new recovery kit; the old one stops working.

    The kit opens any sign-in, an administrator's too, so only an administrator makes one.

    Returns:
        The code, shown once and never stored.

    Raises:
        NotAllowed: the user is no administrator.
    """
    session.require(Duty.MANAGE_STORE)
    with session.store.transaction() as tx:
        tx.record("recovery kit made", by=session.user.id, kind="store", id=session.store.id)
        return keys.make_recovery(session.store.folder, session.store.data_key)


def lock(session: Session) -> None:
    """Close the store. Drafts are in it already."""
    session.store.close()
