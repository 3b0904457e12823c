"""Kills a process that writes to a store, many times over, and says after each time what was found.

Run by path from a test: it forks, which a process with threads must not. Prints one line a round: how many children the
writer had reported as saved, and how many were in the store afterwards.
"""

import os
import random
import signal
import sys
from pathlib import Path

from gcp2_app.domain.register import Child
from gcp2_app.storage import audit
from gcp2_app.storage.store import Store, open_store

KEY = bytes(range(32))


def write_until_killed(folder: Path, begin: int, reports: int, *, after_s: float) -> None:
    """Save child after child, reporting each once it is saved, until the timer ends the process without notice."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    store = open_store(folder, KEY)
    signal.setitimer(signal.ITIMER_REAL, after_s)
    number = begin
    while True:
        with store.transaction() as tx:
            tx.children.put(Child(id=f"c{number}", family_name="Ash", note="x" * random.randrange(20_000)), by="u1")
            tx.record("child added", by="u1", kind="child", id=f"c{number}")
        os.write(reports, b".")
        number += 1


def survivors(store: Store) -> int:
    """Return how many children there are; the record must be whole and without gaps."""
    with store.transaction() as tx:
        ids = [child.id for child in tx.children.all()]
        assert ids == [f"c{number}" for number in range(len(ids))], ids
        assert audit.count(tx) == len(ids)
        assert audit.first_broken(tx) is None
    return len(ids)


def run(folder: Path, rounds: int) -> None:
    """Write, be killed, look."""
    chance = random.Random(20_261_102)
    saved = 0
    for number in range(rounds):
        reading, writing = os.pipe()
        # Every third round by the parent, right after a report; the others by a timer, at any point at all.
        by_parent = number % 3 == 0
        writer = os.fork()
        if writer == 0:
            write_until_killed(folder, saved, writing, after_s=60.0 if by_parent else chance.uniform(0.002, 0.06))
        os.close(writing)
        if by_parent:
            reported = sum(len(os.read(reading, 1)) for _ in range(chance.randrange(1, 8)))
            os.kill(writer, signal.SIGKILL)
        else:
            reported = 0
        while more := os.read(reading, 4096):
            reported += len(more)
        os.close(reading)
        _, status = os.waitpid(writer, 0)
        assert os.WIFSIGNALED(status)
        with open_store(folder, KEY) as store:
            found = survivors(store)
        print(saved + reported, found, flush=True)  # noqa: T201 - its answer
        saved = found


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]))
