"""A process killed while it backs up or restores leaves the old store or the new one, and only whole backups."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import keyring
import pytest
from keyring.backends import null

from gcp2_app.services import backups
from tests.stores import add_family, make_session

ROUNDS = 12


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_the_old_or_the_new_is_there_after_being_killed(tmp_path: Path) -> None:
    # The process that is killed has no keyring.
    keyring.set_keyring(null.Keyring())  # type: ignore[no-untyped-call]  # keyring's own
    folder, kept = tmp_path / "store", tmp_path / "kept"
    session = make_session(folder)
    for number in range(2):
        add_family(session)
        made = backups.make(session).made
        assert made is not None
        shutil.copytree(folder / "backups" / made.name, kept / str(number))
    (tmp_path / "key").write_bytes(session.store.data_key)
    session.store.close()
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("backup_kill_rounds.py"), folder, str(ROUNDS)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rounds = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]
    assert len(rounds) == ROUNDS
    assert {children for children, _ in rounds} == {1, 2}
