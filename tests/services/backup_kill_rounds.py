"""Kills a process that backs a store up and restores it, many times over, and says after each time what was found.

Run by path from a test: it forks, which a process with threads must not. Prints one line a round: how many children the
store held, how many good backups there were, and how many halves.
"""

import os
import random
import signal
import sys
from itertools import cycle
from pathlib import Path

from gcp2_app.domain.backups import Why
from gcp2_app.services import restoring
from gcp2_app.storage import audit, backup
from gcp2_app.storage.store import now_utc, open_store

PASSPHRASE = "correct horse battery staple"


def work_until_killed(folder: Path, data_key: bytes, kept: list[Path], *, after_s: float) -> None:
    """Go to and fro between two backups, and make others, until the timer ends the process without notice."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, after_s)
    for each in cycle(kept):
        backup.make_backup(folder, data_key, Why.AUTOMATIC, clock=now_utc)
        restoring.restore_backup(folder, each, "asmith", PASSPHRASE)


def run(folder: Path, rounds: int) -> None:
    """Work, be killed, look."""
    chance = random.Random(20_261_129)
    # Not by unlocking: the threads that derive a key do not survive a fork.
    data_key = (folder.parent / "key").read_bytes()
    # What is imported on first use is imported here, so that the rounds are spent on the work.
    backup.make_backup(folder, data_key, Why.AUTOMATIC, clock=now_utc)
    kept = sorted((folder.parent / "kept").iterdir())
    for _ in range(rounds):
        worker = os.fork()
        if worker == 0:
            work_until_killed(folder, data_key, kept, after_s=chance.uniform(0.1, 2.0))
        _, status = os.waitpid(worker, 0)
        assert os.WIFSIGNALED(status), "the worker ended by itself"
        with open_store(folder, data_key) as store, store.transaction() as tx:
            children = tx.children.count()
            assert audit.first_broken(tx) is None
        there = backup.backups_of(folder / "backups")
        for each in there:
            backup.check(folder / "backups" / each.name, data_key, clock=now_utc)
            assert each.is_good
        print(children, len(there), flush=True)  # noqa: T201 - its answer
        for each in there[3:]:
            backup.remove(folder / "backups", each)


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]))
