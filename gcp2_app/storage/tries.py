"""Wrong passphrases slow down: how long to wait after how many.

Knows the failures the key file counts; not why they failed.
"""

from datetime import datetime
from typing import Final

from gcp2_app.errors import WrongPassphrase
from gcp2_app.storage.keyfile import KeyFile, Slot

_FREE_TRIES: Final = 2
_LONGEST_WAIT_S: Final = 300.0


class TriedTooOften(WrongPassphrase):
    """Wrong passphrases were given, and the time to wait before the next try is not over.

    Attributes:
        wait_s: how long to wait from now, in seconds.
    """

    def __init__(self, tries: int, wait_s: float) -> None:
        super().__init__(f"The passphrase was wrong {tries} times.", f"Wait {_wait_words(wait_s)}, then try again.")
        self.wait_s = wait_s


def _wait_words(seconds: float) -> str:
    whole = max(1, round(seconds))
    if whole < 90:
        return "1 second" if whole == 1 else f"{whole} seconds"
    return f"{round(whole / 60)} minutes"


def require_patience(key_file: KeyFile, slot: Slot, now: datetime) -> None:
    """Refuse a try before the wait is over. The wait doubles with each failure, up to five minutes.

    Raises:
        TriedTooOften: it is not over.
    """
    failures = [failure.at for failure in key_file.failures if failure.slot == slot.id]
    if len(failures) <= _FREE_TRIES:
        return
    wait = min(2.0 ** (len(failures) - _FREE_TRIES - 1), _LONGEST_WAIT_S)
    # A clock that was set back must not make the wait longer than it is.
    left = min(wait, wait - (now - failures[-1]).total_seconds())
    if left > 0:
        raise TriedTooOften(len(failures), left)
