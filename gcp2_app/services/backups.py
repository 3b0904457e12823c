"""Backups of the open store: made, kept, copied off the computer, and looked at.

Making one takes a while, so it is begun and finished on the thread that owns the store, and done on another in
between: nobody who works waits for it, and locking ends it within moments.

Source: safekeeping.md, Faults.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Final

from gcp2_app.domain import backups
from gcp2_app.domain.backups import Backup, Why
from gcp2_app.domain.policy import BackupPolicy
from gcp2_app.domain.users import Duty
from gcp2_app.errors import DamagedStore, InvalidValue, NotFound, StoreError
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.forms.rule_policy import shipped_working_days
from gcp2_app.services.session import Session
from gcp2_app.storage import backup
from gcp2_app.storage.folder import BACKUPS, leaves_this_computer
from gcp2_app.storage.store import Transaction

__all__ = ["Backup", "Done", "Job", "NotWhole", "Overview", "Why"]

#: What a store remembers of its backups; a restore leaves it as it is.
SETTINGS: Final = "backup."
_PLACE: Final = "backup.place"
#: Whether the place is off this computer, as far as could be told when it was chosen: a place that does not answer is
#: not asked again and again.
_LEAVES: Final = "backup.place_leaves"
_COPIED_AT: Final = "backup.copied_at"


class NotWhole(StoreError):
    """The store is damaged, or not in order, so that no good backup of it can be made. It may still be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How a store's backups stand.

    Attributes:
        backups: those in the store's folder, the newest first.
        last: the newest good one, or None.
        place: where copies go, or None where no place was chosen.
        place_leaves: copies there leave this computer, as far as can be told.
        copied_at: when the backup was made whose copy is off the computer, or None.
        copy_is_late: it is too old, or there is none. Never of a practice store.
    """

    backups: tuple[Backup, ...]
    last: Backup | None
    place: Path | None
    place_leaves: bool
    copied_at: datetime | None
    copy_is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of a job.

    Attributes:
        made: the new backup, or None where only a copy was wanted.
        let_go: how many older ones were removed.
        copied: the backup whose copy is off the computer now, or None.
        not_copied: why there is no copy there, where a place is chosen.
    """

    made: Backup | None
    let_go: int
    copied: Backup | None
    not_copied: StoreError | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A backup that is made, checked, and copied off the computer, on any thread.

    Attributes:
        why: None where only the copy of the last one is wanted.
        place: where copies go, or None.
        stopping: ends it when set.
    """

    folder: Path
    data_key: bytes = field(repr=False)
    clock: Callable[[], datetime]
    why: Why | None
    place: Path | None
    stopping: Event = field(default_factory=Event)

    def run(self) -> Done:
        """Do it.

        Raises:
            NotWhole: the database is damaged: there is no new backup, and the earlier ones are untouched.
            StoreError: the disk is full or refuses.
            Stopped: it was told to stop.
        """
        policy = shipped_policy().backup
        made, let_go = None, 0
        if self.why is not None:
            made = self._make(self.why)
            let_go = self._let_go(self.folder / BACKUPS, policy)
        copied, refusal = None, None
        last = backups.last_good(backup.backups_of(self.folder / BACKUPS))
        if self.place is not None and last is not None and not self.stopping.is_set():
            try:
                backup.copy_out(self.folder, last, self.place)
                self._let_go(self.place, policy)
                copied = last
            except StoreError as error:
                refusal = error
        return Done(made=made, let_go=let_go, copied=copied, not_copied=refusal)

    def _make(self, why: Why) -> Backup:
        try:
            return backup.make_backup(self.folder, self.data_key, why, clock=self.clock, stopping=self.stopping)
        except DamagedStore as error:
            raise NotWhole(
                error.message,
                "The earlier backups are untouched. Change nothing more in this store: have an administrator look "
                "through it, and go back to the last good backup (Settings, Backups).",
            ) from None

    def _let_go(self, place: Path, policy: BackupPolicy) -> int:
        gone = backups.to_let_go(backup.backups_of(place), policy, self.clock())
        for each in gone:
            backup.remove(place, each)
        return len(gone)


def overview(session: Session) -> Overview:
    """Return how the store's backups stand. Everybody who signs in may know."""
    with session.store.transaction() as tx:
        place, copied_at, leaves = _place(tx), _copied_at(tx), tx.setting(_LEAVES) == "yes"
    found = backup.backups_of(session.store.folder / BACKUPS)
    policy = shipped_policy().backup
    return Overview(
        backups=found,
        last=backups.last_good(found),
        place=place,
        place_leaves=place is not None and leaves,
        copied_at=copied_at,
        copy_is_late=not session.store.practice
        and backups.copy_is_late(copied_at, policy, shipped_working_days(), session.now()),
    )


def begin_due(session: Session, *, unlocked: bool) -> Job | None:
    """Return the backup that is due by itself, or the copy that is missing elsewhere; None where neither is.

    Args:
        session: whoever's.
        unlocked: the store was unlocked just now; otherwise it has changed since the last time.
    """
    found = overview(session)
    is_due = backups.is_due_on_unlock if unlocked else backups.is_due_while_changing
    if is_due(found.last, shipped_policy().backup, session.now()):
        return _job(session, Why.AUTOMATIC, found.place)
    behind = found.last is not None and (found.copied_at is None or found.copied_at < found.last.made_at)
    return _job(session, None, found.place) if behind and found.place is not None else None


def begin(session: Session) -> Job:
    """Return a backup that somebody wants now.

    Raises:
        NotAllowed: the user is no administrator.
    """
    session.require(Duty.MANAGE_STORE)
    with session.store.transaction() as tx:
        return _job(session, Why.BY_HAND, _place(tx))


def finish(session: Session, job: Job, done: Done) -> None:
    """Write down what came of a job that this session began."""
    by = session.user.id if job.why is Why.BY_HAND else None
    with session.store.transaction() as tx:
        _record(tx, session, done, by=by)


def make(session: Session) -> Done:
    """Make a backup and wait for it: for the command line.

    Raises:
        NotAllowed: the user is no administrator.
        NotWhole, StoreError: as :meth:`Job.run`.
    """
    job = begin(session)
    done = job.run()
    finish(session, job, done)
    return done


def make_before_import(session: Session) -> None:
    """Make the backup that precedes an import. Without it nothing is taken in.

    Raises:
        NotAllowed: the user may not work on cases.
        NotWhole, StoreError: as :meth:`Job.run`.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        place = _place(tx)
    finish(session, job := _job(session, Why.BEFORE_IMPORT, place), job.run())


def set_place(session: Session, place: Path | None) -> Overview:
    """Choose where copies go, as ciphertext; None for nowhere. The next backup is the first to be copied there.

    Raises:
        NotAllowed: the user is no administrator.
        InvalidValue: it is in the store's own folder.
        NotFound: there is no such folder.
        StoreError: it cannot be written to.
    """
    session.require(Duty.MANAGE_STORE)
    if place is not None:
        if not place.is_dir():
            raise NotFound(f"There is no folder {place}.", "Connect the disk, or choose another place.")
        if place.resolve().is_relative_to(session.store.folder.resolve()):
            raise InvalidValue("This folder is inside the store itself.", "Choose a place on another disk.")
    # A folder of its own, so that several stores may share a disk, and one that is not connected is told from an
    # empty one.
    own = None if place is None else backup.make_place(place.absolute(), session.store.id)
    with session.store.transaction() as tx:
        tx.set_setting(_PLACE, None if own is None else str(own))
        leaves = own is not None and leaves_this_computer(own, session.store.folder)
        tx.set_setting(_LEAVES, "yes" if leaves else None)
        tx.set_setting(_COPIED_AT, None)
        tx.record("place of backups changed", by=session.user.id, kind="store", id=session.store.id)
    return overview(session)


def find(session: Session, name: str) -> Backup:
    """Return a backup of this store by its name.

    Raises:
        NotFound: there is none.
    """
    for each in backup.backups_of(session.store.folder / BACKUPS):
        if each.name == name:
            return each
    raise NotFound("This backup is not there any more.", "Choose another.")


def _job(session: Session, why: Why | None, place: Path | None) -> Job:
    store = session.store
    return Job(folder=store.folder, data_key=store.data_key, clock=store.clock, why=why, place=place)


def _record(tx: Transaction, session: Session, done: Done, *, by: str | None) -> None:
    store = session.store.id
    if done.made is not None:
        tx.record("backup made", by=by, kind="store", id=store, fields=(done.made.name,))
    if done.let_go:
        tx.record("backups let go", by=by, kind="store", id=store, count=done.let_go)
    if done.copied is not None and _copied_at(tx) != done.copied.made_at:
        tx.set_setting(_COPIED_AT, done.copied.made_at.isoformat())
        tx.record("backup copied elsewhere", by=by, kind="store", id=store, fields=(done.copied.name,))


def _place(tx: Transaction) -> Path | None:
    kept = tx.setting(_PLACE)
    return None if kept is None else Path(kept)


def _copied_at(tx: Transaction) -> datetime | None:
    kept = tx.setting(_COPIED_AT)
    return None if kept is None else datetime.fromisoformat(kept)
