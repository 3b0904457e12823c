"""Looking into a database without changing anything: the one a store is using, beside it, or a backup's.

What is read is one moment's state, whatever is written meanwhile. Knows neither backups nor checks.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Final

from sqlalchemy.orm import Session

from gcp2_app.errors import AppError
from gcp2_app.storage.engine import connect_to_read, make_engine, refuse_plain
from gcp2_app.storage.faults import told_plainly
from gcp2_app.storage.remembered import Reading
from gcp2_app.storage.seal import seal_key
from gcp2_app.storage.transaction import Transaction

#: How many steps of SQLite's machine pass between two looks at whether it is to stop: some milliseconds.
_STEPS: Final = 100_000


class Stopped(AppError):
    """Work that was told to stop, because the store locks."""

    def __init__(self) -> None:
        super().__init__("This was stopped because the store was locked.", "Unlock the store and begin again.")


@contextmanager
def look(
    database: Path,
    data_key: bytes,
    *,
    clock: Callable[[], datetime],
    at_rest: bool = False,
    stopping: Event | None = None,
) -> Iterator[Transaction]:
    """Read a database as it is at this moment, on the calling thread.

    Args:
        database: the file.
        data_key: opens it.
        clock: gives the present instant, aware.
        at_rest: nothing writes to it: a backup.
        stopping: set from another thread, it ends what runs.

    Raises:
        DamagedStore: it cannot be read with this key.
        StoreError: the disk refuses.
        NotEncrypted: it is not encrypted.
        Stopped: it was told to stop.
    """
    refuse_plain(database)
    with told_plainly():
        driver = connect_to_read(database, data_key, at_rest=at_rest)
        if stopping is not None:
            driver.set_progress_handler(stopping.is_set, _STEPS)
        engine = make_engine(driver, reading=True)
        try:
            with Session(engine) as session, session.begin():
                # From here on nothing that is written meanwhile is seen.
                session.connection().exec_driver_sql("SELECT 1 FROM sqlite_schema").first()
                yield Transaction(session, clock, seal_key(data_key), Reading())
        except Exception:
            if stopping is not None and stopping.is_set():
                raise Stopped from None
            raise
        finally:
            engine.dispose()
