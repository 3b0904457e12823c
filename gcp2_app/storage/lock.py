"""One process holds a store at a time: a lock of the operating system, which goes when its process goes."""

from pathlib import Path
from typing import TYPE_CHECKING

from gcp2_app.errors import StoreError
from gcp2_app.storage.folder import os_fault

if TYPE_CHECKING:
    from filelock import FileLock

STORE_LOCK = "store.lock"


def hold(file: Path, *, wait_s: float = 0, taken: StoreError | None = None) -> "FileLock":
    """Take the lock and return it; ``release()`` gives it back.

    Args:
        file: the lock file; it stays in the folder, empty.
        wait_s: how long to wait for another process, in seconds.
        taken: what is said where it is taken, if not that the store is open in another window.

    Raises:
        StoreError: another process holds it, or the folder cannot be written to.
    """
    from filelock import FileLock, Timeout  # brings asyncio along, which the unlock window does not need to appear

    lock = FileLock(file, mode=0o600, thread_local=False)
    try:
        lock.acquire(timeout=wait_s)
    except Timeout:
        raise taken or StoreError(
            "This store is open in another window.", "Close that window, or lock it, and try again."
        ) from None
    except OSError as error:
        raise os_fault(error, "The store’s folder cannot be written to") from None
    return lock
