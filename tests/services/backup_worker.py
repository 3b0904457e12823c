"""Backs a store up and goes to and fro between two backups until it is killed. Run by path from a test.

Prints a line once the first backup is made: from then on nothing is loaded any more, and all the time is work.
"""

import sys
from itertools import cycle
from pathlib import Path

from gcp2_app.domain.backups import Why
from gcp2_app.services import restoring
from gcp2_app.storage import backup
from gcp2_app.storage.store import now_utc


def work(folder: Path, data_key: bytes, kept: list[Path], passphrase: str) -> None:
    """Work without end."""
    for each in cycle(kept):
        backup.make_backup(folder, data_key, Why.AUTOMATIC, clock=now_utc)
        restoring.restore_backup(folder, each, "asmith", passphrase)
        print("restored", flush=True)  # noqa: T201 - how the test knows that it works


if __name__ == "__main__":
    place = Path(sys.argv[1])
    work(place / "store", (place / "key").read_bytes(), sorted((place / "kept").iterdir()), sys.argv[2])
