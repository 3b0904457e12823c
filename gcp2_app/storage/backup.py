"""Backups of a store: a folder each, holding the database as ciphertext and the key file that opens it.

A backup is built beside its place, read back and checked, and only then moved there whole, so that whatever bears a
backup's name is good. None is ever written over. Each is a store by itself and opens as one with the passphrases of
its day. Which are kept is the business of :mod:`gcp2_app.domain.backups`, when they are made that of the services.

Source: safekeeping.md, Faults.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from threading import Event
from typing import Final

from sqlcipher3 import dbapi2

from gcp2_app.domain.backups import Backup, Why
from gcp2_app.errors import DamagedStore, StoreError
from gcp2_app.storage import checking
from gcp2_app.storage.engine import connect_to_copy, connect_to_read
from gcp2_app.storage.faults import told_plainly
from gcp2_app.storage.folder import BACKUPS, DATABASE, make_file, make_private, os_fault, settle
from gcp2_app.storage.keyfile import KEY_FILE
from gcp2_app.storage.lock import hold
from gcp2_app.storage.look import Stopped, look

#: Pages copied between two looks at whether it is to stop: a megabyte.
_PAGES: Final = 256
#: One at a time; the next waits for it.
_LOCK: Final = "backups.lock"
_WAIT_S: Final = 300.0
#: Left free beside a backup, in bytes.
_SPARE: Final = 16 * 1024 * 1024
_NAME: Final = re.compile(rf"(\d{{8}}T\d{{6}}Z)-({'|'.join(Why)})(-\d+)?")
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_DAMAGED: Final = frozenset({"database disk image is malformed", "file is not a database"})
#: What a folder is called while it is built, and while it is taken away.
_BUILDING, _GOING = ".new", ".gone"


def backups_of(place: Path) -> tuple[Backup, ...]:
    """Return the backups in a folder, the newest first; one that is not there holds none.

    Args:
        place: ``backups`` of a store, or where copies of them are kept.

    Raises:
        StoreError: the disk refuses.
    """
    found: list[Backup] = []
    try:
        for folder in place.iterdir() if place.is_dir() else ():
            named = _NAME.fullmatch(folder.name)
            if named is None or not (folder / DATABASE).is_file():
                continue
            made_at = datetime.strptime(named[1], _STAMP).replace(tzinfo=UTC)
            size = (folder / DATABASE).stat().st_size
            found.append(Backup(name=folder.name, made_at=made_at, why=Why(named[2]), size_bytes=size))
    except OSError as error:
        raise os_fault(error, "The backups cannot be looked at") from None
    return tuple(sorted(found, key=lambda each: (each.made_at, each.name), reverse=True))


def make_backup(
    folder: Path, data_key: bytes, why: Why, *, clock: Callable[[], datetime], stopping: Event | None = None
) -> Backup:
    """Back a store up as it is at this moment, check the copy, and return it. The store may be in use meanwhile.

    Args:
        folder: the store's.
        data_key: opens it.
        why: why it is made.
        clock: gives the present instant, aware.
        stopping: set from another thread, it ends what runs within moments.

    Raises:
        DamagedStore: the database cannot be read, or the copy is not whole; no backup is left of it, and the earlier
            ones are untouched.
        StoreError: the disk is full or refuses.
        Stopped: it was told to stop.
    """
    with _building(folder, why, clock()) as building:
        _copy_database(folder / DATABASE, building / DATABASE, data_key, stopping)
        if (folder / KEY_FILE).is_file():
            copy_file(folder / KEY_FILE, building / KEY_FILE)
        check(building, data_key, clock=clock, stopping=stopping)
        return _put_in_place(building)


def put_aside(folder: Path, *, clock: Callable[[], datetime]) -> Backup:
    """Keep the files of a store that cannot be read, as they are. Nothing may have it open.

    Raises:
        StoreError: the disk is full or refuses.
    """
    with _building(folder, Why.DAMAGED, clock()) as building:
        for name in (DATABASE, f"{DATABASE}-wal", KEY_FILE):
            if (folder / name).is_file():
                copy_file(folder / name, building / name)
        return _put_in_place(building)


def check(folder: Path, data_key: bytes, *, clock: Callable[[], datetime], stopping: Event | None = None) -> None:
    """Open a backup and look whether it is whole.

    Raises:
        DamagedStore: it is not, or another key made it.
        StoreError: a newer version of the program made it, or the disk refuses.
        Stopped: it was told to stop.
    """
    with look(folder / DATABASE, data_key, clock=clock, at_rest=True, stopping=stopping) as tx:
        found = checking.quickly(tx, data_key)
    if stopping is not None and stopping.is_set():
        raise Stopped
    if found:
        more = f" (the first of {len(found)} findings)" if len(found) > 1 else ""
        raise DamagedStore(
            f"The copy is not whole, so it does not count as a backup: {found[0].text}{more}",
            "Nothing was changed, and the earlier backups are untouched.",
        )


def remove(place: Path, backup: Backup) -> None:
    """Take a backup away, whole or not at all.

    Raises:
        StoreError: the disk refuses.
    """
    going = place / f"{backup.name}{_GOING}"
    try:
        (place / backup.name).rename(going)
        shutil.rmtree(going)
    except OSError as error:
        raise os_fault(error, "A backup that is no longer needed cannot be removed") from None


def make_place(folder: Path, store: str) -> Path:
    """Make the folder for copies of a store's backups in another, and return it.

    Args:
        folder: on another disk.
        store: id of the store.

    Raises:
        StoreError: it cannot be written to.
    """
    place = folder / f"gcp2-backups-{store[:8]}"
    make_private(place)
    return place


def copy_out(folder: Path, backup: Backup, place: Path) -> None:
    """Copy a backup, as ciphertext, to another place, and read it back. One that is there already stays.

    Args:
        folder: the store's.
        backup: one of its backups.
        place: from :func:`make_place`.

    Raises:
        StoreError: the place is not there, the disk is full or refuses, or what was read back differs.
    """
    if not place.is_dir():
        raise StoreError(
            "The place for copies off this computer is not connected.", "Connect it, or choose another place."
        )
    there, building = place / backup.name, place / f"{backup.name}{_BUILDING}"
    if there.is_dir():
        return
    source = folder / BACKUPS / backup.name
    try:
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir()
        for name in (DATABASE, KEY_FILE):
            if (source / name).is_file():
                copy_file(source / name, building / name)
                if _digest(source / name) != _digest(building / name):
                    raise StoreError(
                        "The copy of the backup differs from the backup, so it does not count.",
                        "Check the disk it is copied to, or choose another place.",
                    )
        settle(building)
        building.rename(there)
        settle(place)
    except OSError as error:
        raise os_fault(error, "The backup could not be copied to the place off this computer") from None
    finally:
        shutil.rmtree(building, ignore_errors=True)


def copy_file(source: Path, target: Path) -> None:
    """Copy a file for its owner alone, down to the disk.

    Raises:
        OSError: it exists, or the operating system refuses.
    """
    make_file(target)
    with source.open("rb") as read, target.open("r+b") as written:
        shutil.copyfileobj(read, written, 1024 * 1024)
        written.flush()
        os.fsync(written.fileno())


@contextmanager
def _building(folder: Path, why: Why, now: datetime) -> Iterator[Path]:
    """Give a new folder to build a backup in; whatever is left in it at the end is thrown away."""
    place = folder / BACKUPS
    make_private(place)
    busy = StoreError("A backup of this store is being made already.", "Wait until it is done, then try again.")
    lock = hold(place / _LOCK, wait_s=_WAIT_S, taken=busy)
    try:
        _throw_away_halves(place)
        _require_room(folder, place)
        building = place / f"{_free_name(place, why, now)}{_BUILDING}"
        building.mkdir(mode=0o700)
        try:
            yield building
        finally:
            shutil.rmtree(building, ignore_errors=True)
    except OSError as error:
        raise os_fault(error, "The backup could not be made") from None
    finally:
        lock.release()


def _throw_away_halves(place: Path) -> None:
    """Remove what a process left that was ended while it built a backup or took one away."""
    for each in place.iterdir():
        name, _, ending = each.name.rpartition(".")
        if f".{ending}" in {_BUILDING, _GOING} and _NAME.fullmatch(name):
            shutil.rmtree(each, ignore_errors=True)


def _require_room(folder: Path, place: Path) -> None:
    needed = sum(each.stat().st_size for each in folder.glob(f"{DATABASE}*")) + _SPARE
    if shutil.disk_usage(place).free < needed:
        raise StoreError(
            "The disk is too full for a backup, so none was made.",
            f"Free {needed // 1_000_000 + 1:,} MB. Everything saved before, and every earlier backup, is safe.",
        )


def _free_name(place: Path, why: Why, now: datetime) -> str:
    first = f"{now.astimezone(UTC).strftime(_STAMP)}-{why}"
    name, number = first, 1
    while (place / name).exists():
        number += 1
        name = f"{first}-{number}"
    return name


def _copy_database(source: Path, target: Path, data_key: bytes, stopping: Event | None) -> None:
    def may_go_on(_status: int, _remaining: int, _total: int) -> None:
        if stopping is not None and stopping.is_set():
            raise Stopped

    make_file(target)
    with told_plainly():
        reading = connect_to_read(source, data_key, at_rest=False)
        try:
            writing = connect_to_copy(target, data_key)
            try:
                # One moment's state, however long it takes and whatever is written meanwhile.
                reading.execute("BEGIN")
                reading.execute("SELECT 1 FROM sqlite_schema").fetchone()
                reading.backup(writing, pages=_PAGES, progress=may_go_on, sleep=0.0)
            except dbapi2.Error as error:
                raise _refusal(error) from None
            finally:
                writing.close()
        finally:
            reading.close()
    with target.open("r+b") as written:
        os.fsync(written.fileno())


def _refusal(error: dbapi2.Error) -> StoreError:
    """Return what is said of a copy that broke off. The driver gives no code for it, only SQLite's own words."""
    if str(error) in _DAMAGED:
        return DamagedStore(
            "The database is damaged, so no backup was made.",
            "The earlier backups are untouched. Restore the last one.",
        )
    return StoreError(
        "The disk did not take the backup, so none was made.",
        "Free some space, or check the disk. Everything saved before, and every earlier backup, is safe.",
    )


def _put_in_place(building: Path) -> Backup:
    settle(building)
    made = building.with_name(building.name.removesuffix(_BUILDING))
    building.rename(made)
    settle(made.parent)
    return next(each for each in backups_of(made.parent) if each.name == made.name)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
