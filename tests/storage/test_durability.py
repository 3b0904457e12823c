"""What was reported as saved is there after the process was killed at any point."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROUNDS = 30


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_what_was_reported_as_saved_survives_being_killed(folder: Path) -> None:
    script = Path(__file__).with_name("kill_rounds.py")
    done = subprocess.run(
        [sys.executable, script, folder, str(ROUNDS)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rounds = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]
    assert len(rounds) == ROUNDS
    for reported, found in rounds:
        # One more may be on the disk whose report the kill cut off.
        assert found in (reported, reported + 1)
    assert rounds[-1][1] > ROUNDS, "the writers hardly wrote"
