"""From a fresh machine to a signed-off assessment, its grades over time and its report, as people would do it.

Each chapter is a process of its own with a real window: the program starts, is driven by keys and mouse, and closes, or
is killed. What was typed must stand in no file afterwards.
"""

import sys
from pathlib import Path

import pytest

from tests.journeys.chapters import TYPED
from tests.journeys.playing import chapter, left_behind, plays


@pytest.mark.skipif(sys.platform == "win32", reason="the power cut is a signal Windows does not have")
def test_from_a_fresh_machine_to_a_signed_off_assessment(tmp_path: Path) -> None:
    plays("first_run", tmp_path)
    plays("second_user", tmp_path)
    killed = chapter("first_visit", tmp_path)
    assert killed.returncode < 0, killed.stderr
    plays("second_visit", tmp_path)
    plays("sign_off", tmp_path)
    report = next(tmp_path.glob("*.pdf"))
    assert report.read_bytes().startswith(b"%PDF-")
    assert left_behind(TYPED, tmp_path, but=report) == []
