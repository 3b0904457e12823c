"""Going back to a backup: what would be lost by it, and doing it. It can be taken back by restoring what it put aside.

A restore brings back what was recorded. Who can sign in, with which passphrase and which roles, stays as it is now,
so that nobody whose sign-in was taken away since comes back with it. Only where the present store can no longer say,
the backup's word counts, and the result says so.

Source: safekeeping.md, Faults ("restore is a guided, reversible action").
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from gcp2_app.domain import backups
from gcp2_app.domain.backups import Backup
from gcp2_app.domain.register import Professional
from gcp2_app.domain.typed_dates import when_words
from gcp2_app.domain.users import Duty, User
from gcp2_app.domain.when import When
from gcp2_app.errors import DamagedStore, NotAllowed, NotEncrypted, NotFound, StoreError
from gcp2_app.services.backups import SETTINGS
from gcp2_app.services.session import Session
from gcp2_app.storage import audit, backup, counting, keys, restore
from gcp2_app.storage.folder import BACKUPS, DATABASE, make_private
from gcp2_app.storage.lock import STORE_LOCK, hold
from gcp2_app.storage.look import look
from gcp2_app.storage.store import Transaction, is_store, now_utc, open_store

_REASON: Final = "as it was before the restore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """What a restore would take back, of one kind of record.

    Attributes:
        kind: ``child``, ``assessment`` or ``entry``.
        added: records that are here now and were not then.
        changed: records that were there then and have changed since.
    """

    kind: str
    added: int
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came of a restore.

    Attributes:
        made_at: when the last thing was written that the backup holds.
        kept: what the store was kept as; None where there was none.
        old_passphrases: the key file was lost, so that the passphrases of the day of the backup count again, and
            everybody who could sign in then can sign in again.
        taken_away: sign-in names that came with the backup and had been taken away since; they still are.
        not_back: sign-in names added since that the backup does not know, where the store could not say who they are:
            they have to be added again.
    """

    made_at: datetime | None
    kept: Backup | None
    old_passphrases: bool
    taken_away: tuple[str, ...]
    not_back: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who restores, by what, and when."""

    sign_in_name: str
    passphrase: str = field(repr=False)
    recovery_code: str | None = field(repr=False)
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Present:
    """What is carried over from the store as it is."""

    id: str
    users: tuple[User, ...]
    professionals: tuple[Professional, ...]
    settings: dict[str, str]
    trail: str


def would_lose(session: Session, name: str) -> tuple[Lost, ...]:
    """Return what was recorded since a backup was made, and would not be in the store after going back to it.

    Raises:
        NotAllowed: the user is no administrator.
        NotFound: there is no such backup.
        StoreError: the backup cannot be read; the store itself is not what is damaged.
    """
    session.require(Duty.MANAGE_STORE)
    store = session.store
    place = store.folder / BACKUPS / name
    if not is_store(place):
        raise NotFound("This backup is not there any more.", "Choose another.")
    try:
        with look(place / DATABASE, store.data_key, clock=store.clock, at_rest=True) as then:
            before = counting.counts(then)
            end = audit.last_at(then)
    except (DamagedStore, NotEncrypted):
        raise StoreError("This backup is damaged.", "Nothing was changed. Choose another.") from None
    with store.transaction() as tx:
        now = counting.counts(tx)
        changed = counting.changed_since(tx, end)
    return tuple(
        Lost(kind=kind, added=max(0, now[kind] - before[kind]), changed=changed[kind]) for kind in counting.KINDS
    )


def in_words(done: Restored) -> tuple[str, ...]:
    """Return what a person has to know of a restore, a sentence or two each."""
    said = []
    if done.made_at is not None:
        said.append(f"The store is as it was on {when_words(When(done.made_at.isoformat()))}.")
    if done.kept is not None and done.kept.is_good:
        said.append(f"What was there before is kept as the backup {done.kept.name}: restore that to go back.")
    elif done.kept is not None:
        said.append(f"The damaged files that were there are kept in {done.kept.name}.")
    if done.old_passphrases:
        said.append(
            "The key file came with the backup: the passphrases and the recovery kit of that day count again, and "
            "everybody who could sign in then can sign in. Take away again the sign-ins of people who have left."
        )
    else:
        said.append("Passphrases and who can sign in are as they were just now.")
    if done.taken_away:
        said.append(f"Still taken away: {', '.join(done.taken_away)}.")
    if done.not_back:
        said.append(f"Added after this backup, and to be added again: {', '.join(done.not_back)}.")
    return tuple(said)


def last_good(folder: Path) -> Backup | None:
    """Return the last good backup in a store's folder, which need not be opened for it; None where there is none."""
    return backups.last_good(backup.backups_of(folder / BACKUPS))


def restore_backup_named(folder: Path, name: str, sign_in_name: str, passphrase: str) -> Restored:
    """Go back to one of the backups in the store's own folder, as :func:`restore_backup` does."""
    return restore_backup(folder, folder / BACKUPS / name, sign_in_name, passphrase)


def restore_backup(
    folder: Path,
    backup_folder: Path,
    sign_in_name: str,
    passphrase: str,
    *,
    recovery_code: str | None = None,
    clock: Callable[[], datetime] = now_utc,
) -> Restored:
    """Put a backup in the place of a store that nobody has open, or where there is none.

    Args:
        folder: the store's; it may be lost, or hold a store that can no longer be read.
        backup_folder: the backup's.
        sign_in_name: who does it.
        passphrase: theirs: the present one, or that of the backup's day where the present key file is lost. With a
            recovery code it becomes their new one.
        recovery_code: of the recovery kit, where the passphrase is lost or bound to another computer.
        clock: gives the present instant, aware.

    Raises:
        WrongPassphrase, TriedTooOften, KeyringUnavailable, InvalidValue: as for unlocking.
        NotAllowed: the user is no administrator, or their sign-in was taken away.
        NotFound: there is no backup.
        DamagedStore: the backup is damaged.
        StoreError: it is of another store or made by a newer version, another process holds the store, or the disk
            refuses. Whatever is refused, the store is as it was.
    """
    _require_usable(folder, backup_folder)
    is_new = not folder.exists()
    make_private(folder)
    lock = hold(folder / STORE_LOCK)
    try:
        done = _restore(folder, backup_folder, _Asked(sign_in_name, passphrase, recovery_code, clock))
    except BaseException:
        if is_new:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        lock.release()
    return done


def _require_usable(folder: Path, backup_folder: Path) -> None:
    if not is_store(backup_folder):
        raise NotFound(f"There is no backup in {backup_folder}.", "Give the folder of one backup.")
    if is_store(folder) or keys.exists(folder) or not folder.exists():
        return
    if not folder.is_dir() or {each.name for each in folder.iterdir()} - {BACKUPS, STORE_LOCK}:
        raise StoreError(f"“{folder}” is neither a store nor an empty folder.", "Choose a store, or an empty folder.")


def _restore(folder: Path, backup_folder: Path, asked: _Asked) -> Restored:
    restore.require_same_store(folder, backup_folder)
    with restore.preparing(folder, backup_folder) as prepared:
        old_passphrases = not restore.has_whole_keys(folder)
        key_folder = prepared if old_passphrases else folder
        unlocked = _unlock(key_folder, asked, copy=old_passphrases)
        backup.check(prepared, unlocked.data_key, clock=asked.clock)
        present = _present(folder, unlocked, asked.clock)
        kept = restore.keep_present(folder, unlocked.data_key, clock=asked.clock)
        with open_store(prepared, unlocked.data_key, clock=asked.clock) as store:
            if present is not None and present.id != store.id:
                raise restore.another_store()
            with store.transaction() as tx:
                done = _write_down(tx, unlocked, present, keys.sign_in_names(key_folder))
                tx.record(
                    "restored from backup",
                    by=unlocked.user_id,
                    kind="store",
                    id=store.id,
                    fields=_about(backup_folder, kept, present),
                )
        restore.put_in_place(prepared, folder, unlocked.data_key, kept)
    for name in done.not_back:
        keys.remove_slot(folder, unlocked.data_key, name)
    return replace(done, kept=kept, old_passphrases=old_passphrases)


def _unlock(folder: Path, asked: _Asked, *, copy: bool) -> keys.Unlocked:
    if asked.recovery_code is None:
        return keys.unlock(folder, asked.sign_in_name, asked.passphrase, clock=asked.clock)
    return keys.unlock_with_recovery(
        folder, asked.sign_in_name, asked.recovery_code, asked.passphrase, clock=asked.clock, copy=copy
    )


def _present(folder: Path, unlocked: keys.Unlocked, clock: Callable[[], datetime]) -> _Present | None:
    """Return what the store can still say of who signs in; None where it cannot be read, or there is none."""
    if not (folder / DATABASE).is_file():
        return None
    try:
        with look(folder / DATABASE, unlocked.data_key, clock=clock) as tx:
            users = tuple(tx.users.all())
            professionals = tx.professionals.get_many(tuple(user.professional for user in users))
            return _Present(
                id=tx.store_id(),
                users=users,
                professionals=tuple(professionals.values()),
                settings=tx.settings_of(SETTINGS),
                trail=audit.head_words(tx),
            )
    except (DamagedStore, NotEncrypted):
        return None


def _about(backup_folder: Path, kept: Backup | None, present: _Present | None) -> tuple[str, ...]:
    """Return what the event of a restore names: the backup, what was put aside, and where the trail there ends."""
    return (
        f"backup {backup_folder.name}",
        *([f"kept {kept.name}"] if kept is not None else []),
        *([f"trail put aside at {present.trail}"] if present is not None else []),
    )


def _write_down(tx: Transaction, unlocked: keys.Unlocked, present: _Present | None, names: tuple[str, ...]) -> Restored:
    """Settle who signs in to the copy of the backup, and say what came of it."""
    made_at = audit.last_at(tx)
    not_back: tuple[str, ...] = ()
    if present is not None:
        taken_away = _carry_over(tx, present, unlocked)
    else:
        taken_away, not_back = _close_without_slot(tx, names, unlocked)
    _require_administrator(tx, unlocked)
    return Restored(made_at=made_at, kept=None, old_passphrases=False, taken_away=taken_away, not_back=not_back)


def _require_administrator(tx: Transaction, unlocked: keys.Unlocked) -> None:
    user = tx.users.find(unlocked.user_id)
    if user is None:
        raise StoreError(
            "You could not sign in yet when this backup was made, and the store can no longer say who you are.",
            "Nothing was changed. Somebody who could sign in then has to restore it.",
        )
    if user.left_at is not None:
        raise NotAllowed("This sign-in was taken away.", "Ask an administrator. Nothing was changed.")
    if not user.may(Duty.MANAGE_STORE):
        raise NotAllowed("Your sign-in does not let you restore a backup.", "Ask an administrator.")


def _carry_over(tx: Transaction, present: _Present, unlocked: keys.Unlocked) -> tuple[str, ...]:
    """Leave who signs in as it is now; return whose sign-in was taken away since the backup."""
    taken_away = []
    for professional in present.professionals:
        tx.professionals.put(professional, by=unlocked.user_id, reason=_REASON)
    for user in present.users:
        then = tx.users.find(user.id)
        if user.left_at is not None and then is not None and then.left_at is None:
            taken_away.append(user.sign_in_name)
        tx.users.put(user, by=unlocked.user_id, reason=_REASON)
    for key in tx.settings_of(SETTINGS).keys() | present.settings.keys():
        tx.set_setting(key, present.settings.get(key))
    return tuple(taken_away)


def _close_without_slot(
    tx: Transaction, names: tuple[str, ...], unlocked: keys.Unlocked
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take away the sign-ins of the backup that the key file no longer has; return them, and those it has too many."""
    in_key_file = {name.casefold() for name in names}
    users = tuple(tx.users.all())
    taken_away = []
    for user in users:
        if user.left_at is None and user.sign_in_name.casefold() not in in_key_file:
            tx.users.put(replace(user, left_at=tx.clock()), by=unlocked.user_id, reason=_REASON)
            tx.record("sign-in taken away", by=unlocked.user_id, kind="user", id=user.id)
            taken_away.append(user.sign_in_name)
    known = {user.sign_in_name.casefold() for user in users}
    return tuple(taken_away), tuple(name for name in names if name.casefold() not in known)
