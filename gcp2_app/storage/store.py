"""A store: one folder with an encrypted database, opened by one process and used by one thread.

:func:`create_store` and :func:`open_store` check the place, the lock, the encryption and the version;
:meth:`Store.transaction` is the unit of work. Knows nothing of passphrases: the data key comes from
:mod:`gcp2_app.storage.keys`.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from filelock import BaseFileLock
from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from gcp2_app.domain.backups import Why
from gcp2_app.errors import DamagedStore, StoreError
from gcp2_app.storage import migrate
from gcp2_app.storage.engine import connect, make_engine, refuse_plain
from gcp2_app.storage.faults import told_plainly
from gcp2_app.storage.folder import DATABASE, check_place, keep_private, make_file, make_private, os_fault, settle
from gcp2_app.storage.lock import STORE_LOCK, hold
from gcp2_app.storage.remembered import Reading
from gcp2_app.storage.schema import StoreMetaRow
from gcp2_app.storage.seal import check_seal, seal_key, write_seal
from gcp2_app.storage.transaction import Transaction

__all__ = ["Store", "Transaction", "create_store", "is_store", "now_utc", "open_store"]

_ID, _PRACTICE, _MADE_AT = "id", "practice", "made_at"


def now_utc() -> datetime:
    """Return the present instant: the clock of a store unless a test gives another."""
    return datetime.now(UTC)


class Store:
    """An open store. It belongs to the thread that opened it.

    Attributes:
        folder: where it is.
        id: its own id.
        practice: it holds the practice family and says so everywhere.
        clock: gives the present instant, aware.
    """

    def __init__(
        self,
        folder: Path,
        engine: Engine,
        lock: BaseFileLock,
        data_key: bytes,
        clock: Callable[[], datetime],
    ) -> None:
        self.folder = folder
        self.clock = clock
        self._engine = engine
        self._lock = lock
        self._data_key = bytearray(data_key)
        self._seal_key = seal_key(data_key)
        self._busy = False
        self._reading = Reading()
        with told_plainly(), Session(engine) as session:
            meta = {row.key: row.value for row in session.query(StoreMetaRow)}
            check_seal(session, self._seal_key)
        self.id = meta[_ID].decode()
        self.practice = meta[_PRACTICE] == b"yes"

    @property
    def data_key(self) -> bytes:
        """The data key, for wrapping it in another slot.

        Raises:
            StoreError: the store is closed.
        """
        self._require_open()
        return bytes(self._data_key)

    def _require_open(self) -> None:
        if not self._lock.is_locked:
            raise StoreError("The store is locked.", "Unlock it and try again.")

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Begin a unit of work: all of it is on the disk when the block ends, or none of it if the block raises.

        Raises:
            StoreError: the disk is full, read-only or failing, or the store is closed; nothing of the block is saved.
            DamagedStore: the database cannot be read.
        """
        if self._busy:
            raise RuntimeError("a transaction is running already")
        self._require_open()
        self._busy = True
        try:
            with told_plainly(), Session(self._engine) as session, session.begin():
                work = Transaction(session, self.clock, self._seal_key, self._reading)
                yield work
                work.finish()
        except BaseException:
            self._reading.forget()
            raise
        finally:
            self._busy = False

    def close(self) -> None:
        """Close the connection and give the folder back. Closing again does nothing."""
        try:
            self._engine.dispose()
        finally:
            self._lock.release()
            self._reading.forget()
            for secret in (self._data_key, self._seal_key):
                secret[:] = bytes(len(secret))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def is_store(folder: Path) -> bool:
    """Whether there is a store in a folder."""
    return (folder / DATABASE).is_file()


def create_store(
    folder: Path,
    *,
    data_key: bytes,
    practice: bool,
    clock: Callable[[], datetime] = now_utc,
    allow_shared: bool = False,
) -> None:
    """Make a new, empty store. It is not opened.

    Args:
        folder: where; made if need be, for its owner alone.
        data_key: 32 random bytes.
        practice: the store is for the practice family.
        clock: gives the present instant, aware.
        allow_shared: policy allows a folder on a network or one that is copied to the cloud.

    Raises:
        StoreError: there is a store already, the place is not safe, or the disk refuses. No half store is left.
    """
    check_place(folder, allow_shared=allow_shared)
    if is_store(folder):
        raise StoreError("There is a store in this folder already.", "Open it, or choose another folder.")
    make_private(folder)
    lock = hold(folder / STORE_LOCK)
    try:
        _make_database(folder, data_key, practice=practice, made_at=clock())
    finally:
        lock.release()


def _make_database(folder: Path, data_key: bytes, *, practice: bool, made_at: datetime) -> None:
    # Made under another name, so that a store is there whole or not at all.
    beside = folder / f"{DATABASE}.new"
    try:
        beside.unlink(missing_ok=True)
        make_file(beside)
        with told_plainly():
            engine = make_engine(connect(beside, data_key))
            try:
                migrate.migrate(engine)
                values = {
                    _ID: str(uuid.uuid4()),
                    _PRACTICE: "yes" if practice else "no",
                    _MADE_AT: made_at.astimezone(UTC).isoformat(),
                }
                with Session(engine) as session, session.begin():
                    rows = [{"key": key, "value": value.encode()} for key, value in values.items()]
                    session.execute(insert(StoreMetaRow), rows)
                    write_seal(session, seal_key(data_key))
            finally:
                engine.dispose()
        refuse_plain(beside)
        beside.replace(folder / DATABASE)
        settle(folder)
    except OSError as error:
        raise os_fault(error, "The store could not be made") from None


def open_store(
    folder: Path,
    data_key: bytes,
    *,
    clock: Callable[[], datetime] = now_utc,
    allow_shared: bool = False,
) -> Store:
    """Open a store on the thread that is going to use it.

    Args:
        folder: where it is.
        data_key: from the key file.
        clock: gives the present instant, aware.
        allow_shared: policy allows a folder on a network or one that is copied to the cloud.

    Raises:
        StoreError: there is no store, another process holds it, a newer version made it, the place is not safe, or the
            disk refuses.
        NotEncrypted: the database is not encrypted.
        DamagedStore: the database cannot be read with this key, or the audit trail was altered.
    """
    check_place(folder, allow_shared=allow_shared)
    database = folder / DATABASE
    if not database.is_file():
        raise StoreError("There is no store in this folder.", "Choose another folder, or restore a backup.")
    with ExitStack() as undo:
        lock = hold(folder / STORE_LOCK)
        undo.callback(lock.release)
        try:
            refuse_plain(database)
            keep_private(folder)
            keep_private(database)
        except OSError as error:
            raise os_fault(error, "The store cannot be opened") from None
        with told_plainly():
            connection = connect(database, data_key)
            undo.callback(connection.close)
            engine = make_engine(connection)
            if not migrate.is_current(engine):
                _bring_up_to_date(folder, engine, data_key, clock)
        store = Store(folder, engine, lock, data_key, clock)
        undo.pop_all()
        return store


def _bring_up_to_date(folder: Path, engine: Engine, data_key: bytes, clock: Callable[[], datetime]) -> None:
    if migrate.revision_of(engine) is None:
        raise DamagedStore("The database is empty.", "Restore the last good backup.")
    # Here, since most openings bring nothing up to date.
    from gcp2_app.storage.backup import make_backup

    make_backup(folder, data_key, Why.BEFORE_UPDATE, clock=clock)
    migrate.migrate(engine)
