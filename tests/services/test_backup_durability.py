"""A process killed while it backs up or restores leaves the old store or the new one, and only whole backups."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import keyring
from keyring.backends import null

from gcp2_app.services import backups
from gcp2_app.storage import audit, backup
from gcp2_app.storage.store import now_utc, open_store
from tests.stores import PASSPHRASE, add_family, make_session

ROUNDS = 6


@contextmanager
def working(place: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a process that backs up and restores; it is killed at the end."""
    root = Path(__file__).parents[2]
    command = [sys.executable, str(Path(__file__).with_name("backup_worker.py")), str(place), PASSPHRASE]
    with subprocess.Popen(
        command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, stdout=subprocess.PIPE
    ) as worker:
        try:
            yield worker
        finally:
            worker.kill()


def test_the_old_or_the_new_is_there_after_being_killed(tmp_path: Path) -> None:
    # The process that is killed has no keyring.
    keyring.set_keyring(null.Keyring())  # type: ignore[no-untyped-call]  # keyring's own
    folder = tmp_path / "store"
    session = make_session(folder)
    for number in range(2):
        add_family(session)
        made = backups.make(session).made
        assert made is not None
        shutil.copytree(folder / "backups" / made.name, tmp_path / "kept" / str(number))
    data_key = session.store.data_key
    (tmp_path / "key").write_bytes(data_key)
    session.store.close()
    chance = random.Random(20_261_129)
    found: set[int] = set()
    for number in range(ROUNDS):
        with working(tmp_path) as worker:
            assert worker.stdout is not None
            # Once it has gone to and fro; then at any point at all.
            for _ in range(1 + number % 2):
                assert worker.stdout.readline() == b"restored\n"
            timer = Timer(chance.uniform(0, 0.4), worker.kill)
            timer.start()
            worker.wait()
            timer.join()
        with open_store(folder, data_key) as store, store.transaction() as tx:
            found.add(tx.children.count())
            assert audit.first_broken(tx) is None
        for each in backup.backups_of(folder / "backups"):
            assert each.is_good
            backup.check(folder / "backups" / each.name, data_key, clock=now_utc)
    assert found == {1, 2}
