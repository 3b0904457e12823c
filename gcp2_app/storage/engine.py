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
    if len(data_key) != DATA_KEY_BYTES:
        raise ValueError("the data key has the wrong length")
    connection = dbapi2.connect(str(database), isolation_level=None, timeout=_BUSY_MS / 1000)
    try:
        # First of all: SQLCipher's own log would write file names and page numbers to stderr.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{data_key.hex()}'\"")
        if connection.execute("PRAGMA cipher_status").fetchone() not in ((1,), ("1",)):
            raise NotEncrypted(
                "The database library of this installation cannot encrypt.",
                "Install the program again.",
            )
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


def make_engine(connection: Any) -> Engine:
    """Return an engine over one open connection; disposing of it closes the connection.

    Transactions are begun by us with ``BEGIN IMMEDIATE``: DDL takes part in them, and a transaction that has begun
    never fails half-way for want of the write lock.
    """
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
        begun.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
