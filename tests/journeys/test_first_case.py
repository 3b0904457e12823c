"""From a fresh machine to a signed-off assessment, its grades over time and its report, as people would do it.

Each chapter is a process of its own with a real window: the program starts, is driven by keys and mouse, and closes, or
is killed. What was typed must stand in no file afterwards.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.chapters import TYPED

_MOST_SECONDS = 150


def _chapter(name: str, home: Path) -> subprocess.CompletedProcess[str]:
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    return subprocess.run(
        [sys.executable, "-m", "tests.journeys.drive", name, str(home)],
        env={**os.environ, "HOME": str(home), **folders},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=_MOST_SECONDS,
        check=False,
    )


def _plays(name: str, home: Path) -> None:
    done = _chapter(name, home)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="the power cut is a signal Windows does not have")
def test_from_a_fresh_machine_to_a_signed_off_assessment(tmp_path: Path) -> None:
    _plays("first_run", tmp_path)
    _plays("second_user", tmp_path)
    killed = _chapter("first_visit", tmp_path)
    assert killed.returncode < 0, killed.stderr
    _plays("second_visit", tmp_path)
    _plays("sign_off", tmp_path)
    report = next(tmp_path.glob("*.pdf"))
    assert report.read_bytes().startswith(b"%PDF-")
    left = [
        f"{words!r} in {path.relative_to(tmp_path)}"
        for path in tmp_path.rglob("*")
        if path.is_file() and path != report
        for words in TYPED
        if words.encode() in path.read_bytes()
    ]
    assert left == []
