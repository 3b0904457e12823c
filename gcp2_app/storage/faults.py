"""What a database fault means, in a sentence for the person at the screen.

Knows SQLite's result codes; nothing of any record. A fault that is none of these is a bug and passes through.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import sqlalchemy.exc
from sqlcipher3 import dbapi2

from gcp2_app.errors import DamagedStore, StoreError
from gcp2_app.storage.folder import os_fault

__all__ = ["os_fault", "told_plainly"]

_NOTHING_LOST = "Everything saved before is safe."


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn faults of the disk and the database into errors with a sentence.

    Raises:
        StoreError: the disk is full, read-only or fails, or the store is busy.
        DamagedStore: the database cannot be read.
    """
    try:
        yield
    except sqlalchemy.exc.DBAPIError as error:
        meaning = _meaning(error.orig)
        if meaning is None:
            raise
        # Not chained: the statement of the original could name values in a log.
        raise meaning from None
    except dbapi2.Error as error:
        meaning = _meaning(error)
        if meaning is None:
            raise
        raise meaning from None


_TRY_AGAIN = f"try again. {_NOTHING_LOST}"
_MEANINGS: Final[Mapping[int, tuple[type[StoreError], str, str]]] = {
    sqlite3.SQLITE_FULL: (
        StoreError,
        "The disk is full, so the last change is not saved.",
        f"Free some space and {_TRY_AGAIN}",
    ),
    **dict.fromkeys(
        (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN),
        (
            StoreError,
            "The store’s folder cannot be written to.",
            "Check that the disk is not read-only and that the folder is yours, then try again.",
        ),
    ),
    **dict.fromkeys(
        (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED),
        (StoreError, "Another program is using the database.", f"Close it and {_TRY_AGAIN}"),
    ),
    sqlite3.SQLITE_IOERR: (
        StoreError,
        "The disk did not take or give the data, so the last change is not saved.",
        f"Check the disk and {_TRY_AGAIN}",
    ),
    **dict.fromkeys(
        (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB),
        (
            DamagedStore,
            "The database is damaged, or it belongs to another key file.",
            "Nothing was changed. Restore the last good backup.",
        ),
    ),
}


def _meaning(error: BaseException | None) -> StoreError | None:
    """Return the error to show for a driver's error, or None for a bug."""
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int) or code & 0xFF not in _MEANINGS:
        return None
    kind, message, mend = _MEANINGS[code & 0xFF]
    return kind(message, mend)
