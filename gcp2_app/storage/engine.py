"""One connection to the encrypted database, set up the same way every time.

Knows SQLCipher's pragmas; nothing of tables. The connection belongs to the thread that makes it.
"""

from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from gcp2_app.errors import DamagedStore, NotEncrypted

#: Length of the data key in bytes (256 bits).
DATA_KEY_BYTES = 32
_PLAIN_HEADER = b"SQLite format 3\0"
#: A point read with the library's own 2 MiB costs three times as much; past this, a million entries are read no faster.
_CACHE_KIB = 8_192
_BUSY_MS = 5_000


def refuse_plain(database: Path) -> None:
    """Refuse a database file that is not encrypted.

    Raises:
        NotEncrypted: the file begins as an unencrypted database does.
        DamagedStore: the file is empty.
    """
    with database.open("rb") as file:
        header = file.read(len(_PLAIN_HEADER))
    if header == _PLAIN_HEADER:
        raise NotEncrypted(
            "This database is not encrypted, so the program does not open it.",
            "Nothing was changed. Restore the last good backup, or ask who put this file here.",
        )
    if not header:
        raise DamagedStore("The database file is empty.", "Restore the last good backup.")


def connect(database: Path, data_key: bytes) -> Any:
    """Open the database with its key and the program's settings.

    The key is raw (never derived here): deriving from a passphrase would cost 100 ms at every opening.

    Raises:
        NotEncrypted: the driver that was found cannot encrypt.
    """
    connection = dbapi2.connect(str(database), isolation_level=None, timeout=_BUSY_MS / 1000)
    try:
        _give_key(connection, data_key)
        for pragma in (
            # Off: it doubles the time of every scan, and memory that may be locked is small.
            "cipher_memory_security = OFF",
            f"cache_size = -{_CACHE_KIB}",
            "temp_store = MEMORY",
            "foreign_keys = ON",
            "recursive_triggers = ON",
            "secure_delete = ON",
            "journal_mode = WAL",
            "synchronous = FULL",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_to_read(database: Path, data_key: bytes, *, at_rest: bool) -> Any:
    """Open a second connection that changes nothing, beside the one that writes; one thread at a time may use it.

    Args:
        database: the file.
        data_key: opens it.
        at_rest: nothing writes to it, so that no file need be made beside it: a backup.

    Raises:
        NotEncrypted: the driver that was found cannot encrypt.
    """
    how = "immutable=1" if at_rest else "mode=ro"
    address = f"{database.absolute().as_uri()}?{how}"
    connection = dbapi2.connect(
        address, uri=True, isolation_level=None, timeout=_BUSY_MS / 1000, check_same_thread=False
    )
    try:
        _give_key(connection, data_key)
        for pragma in ("cipher_memory_security = OFF", f"cache_size = -{_CACHE_KIB}", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_to_copy(database: Path, data_key: bytes) -> Any:
    """Open an empty file that a whole database is copied into: without a journal, since half a copy is thrown away.

    Raises:
        NotEncrypted: the driver that was found cannot encrypt.
    """
    connection = dbapi2.connect(str(database), isolation_level=None)
    try:
        _give_key(connection, data_key)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE_KIB}"):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _give_key(connection: Any, data_key: bytes) -> None:
    if len(data_key) != DATA_KEY_BYTES:
        raise ValueError("the data key has the wrong length")
    # First of all: SQLCipher's own log would write file names and page numbers to stderr.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{data_key.hex()}'\"")
    if connection.execute("PRAGMA cipher_status").fetchone() not in ((1,), ("1",)):
        raise NotEncrypted(
            "The database library of this installation cannot encrypt.",
            "Install the program again.",
        )


def make_engine(connection: Any, *, reading: bool = False) -> Engine:
    """Return an engine over one open connection; disposing of it closes the connection.

    Transactions are begun by us with ``BEGIN IMMEDIATE``: DDL takes part in them, and a transaction that has begun
    never fails half-way for want of the write lock. One that only reads wants no lock.
    """
    begin = "BEGIN" if reading else "BEGIN IMMEDIATE"
    engine = create_engine(
        "sqlite://",
        creator=lambda: connection,
        module=dbapi2,
        poolclass=StaticPool,
        # Values about children must not reach a log through an error message.
        hide_parameters=True,
        json_serializer=lambda value: msgspec.json.encode(value).decode(),
        json_deserializer=msgspec.json.decode,
    )

    @event.listens_for(engine, "begin")
    def _begin(begun: Connection) -> None:
        begun.exec_driver_sql(begin)

    return engine
