"""Putting a backup in the place of a store's database: prepared beside it, checked, then moved there in one step.

At every moment either the old database is there or the new one. The key file of the store stays, and with it who can
sign in; only where it is lost does the backup's come back. Who may do this, and what is written into the trail, is the
services' business.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from gcp2_app.domain.backups import Backup, Why
from gcp2_app.errors import DamagedStore, KeyFileError, NotEncrypted, StoreError
from gcp2_app.storage import keyfile
from gcp2_app.storage.backup import copy_file, make_backup, put_aside
from gcp2_app.storage.engine import connect
from gcp2_app.storage.faults import told_plainly
from gcp2_app.storage.folder import DATABASE, os_fault, settle, write_whole
from gcp2_app.storage.keyfile import KEY_FILE

#: Where the new database is made ready, in the store's folder.
_PREPARING: Final = "restoring"
_BESIDE: Final = (f"{DATABASE}-wal", f"{DATABASE}-shm")


def has_whole_keys(folder: Path) -> bool:
    """Whether a folder has a key file that can be read.

    Raises:
        StoreError: a newer version of the program made it, or the disk refuses.
    """
    try:
        keyfile.read(folder)
    except KeyFileError:
        return False
    return True


def require_same_store(folder: Path, backup: Path) -> None:
    """Refuse the backup of another store, as far as the two key files tell.

    Raises:
        StoreError: they belong to different stores.
    """
    if has_whole_keys(folder) and has_whole_keys(backup) and keyfile.read(folder).id != keyfile.read(backup).id:
        raise another_store()


def another_store() -> StoreError:
    """Return what is said of a backup that another store made."""
    return StoreError("This is a backup of another store.", "Nothing was changed. Choose a backup of this one.")


@contextmanager
def preparing(folder: Path, backup: Path) -> Iterator[Path]:
    """Give a copy of a backup in the store's folder, to be checked, opened and changed; it is gone at the end.

    Raises:
        StoreError: the disk is full or refuses.
    """
    prepared = folder / _PREPARING
    try:
        shutil.rmtree(prepared, ignore_errors=True)
        prepared.mkdir(mode=0o700)
        for name in (DATABASE, KEY_FILE):
            if (backup / name).is_file():
                copy_file(backup / name, prepared / name)
    except OSError as error:
        shutil.rmtree(prepared, ignore_errors=True)
        raise os_fault(error, "The backup could not be made ready") from None
    try:
        yield prepared
    finally:
        shutil.rmtree(prepared, ignore_errors=True)


def keep_present(folder: Path, data_key: bytes, *, clock: Callable[[], datetime]) -> Backup | None:
    """Keep what is there now, so that the restore can be taken back: as a backup, or its files as they are.

    Returns:
        What it was kept as; None where there is no database.

    Raises:
        StoreError: the disk is full or refuses.
    """
    if not (folder / DATABASE).is_file():
        return None
    try:
        return make_backup(folder, data_key, Why.BEFORE_RESTORE, clock=clock)
    except (DamagedStore, NotEncrypted):
        return put_aside(folder, clock=clock)


def put_in_place(prepared: Path, folder: Path, data_key: bytes, kept: Backup | None) -> None:
    """Move the prepared database to its place. The key file goes with it where the store has none that is whole.

    Args:
        prepared: from :func:`preparing`; nothing has its database open.
        folder: the store's.
        data_key: opens both.
        kept: what the present one was kept as.

    Raises:
        StoreError: the disk refuses; the present database is still there.
    """
    try:
        if not has_whole_keys(folder):
            write_whole(folder / KEY_FILE, (prepared / KEY_FILE).read_bytes())
        if kept is not None and kept.is_good:
            _settle_log(folder, data_key)
        elif kept is not None:
            # They were put aside with it. Left here they would be played into the new one.
            for name in _BESIDE:
                (folder / name).unlink(missing_ok=True)
        (prepared / DATABASE).replace(folder / DATABASE)
        settle(folder)
    except OSError as error:
        raise os_fault(error, "The backup could not be put in place") from None


def _settle_log(folder: Path, data_key: bytes) -> None:
    """Bring what stands in the log into the database, so that no log of the old one is left beside the new one."""
    with told_plainly():
        connection = connect(folder / DATABASE, data_key)
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.close()
    left = [name for name in _BESIDE if (folder / name).exists() and (folder / name).stat().st_size]
    if left:
        raise StoreError("Another program is using the database.", "Close it and try again. Nothing was changed.")
