"""A family of four children over three visits: interrupted by a parent, cut by the power, graded by two, shared apart.

Each chapter is a process of its own with a real window, as in the first journey.
"""

import sys
from pathlib import Path

import pytest

from tests.journeys.family_chapters import TYPED
from tests.journeys.playing import chapter, left_behind, plays


@pytest.mark.skipif(sys.platform == "win32", reason="the power cut is a signal Windows does not have")
def test_three_visits_to_a_family_two_workers_and_a_carer_held_back(tmp_path: Path) -> None:
    plays("first_run", tmp_path)
    plays("second_user", tmp_path)
    plays("begin_the_work", tmp_path)
    plays("hostile_visit", tmp_path)
    killed = chapter("visit_cut_short", tmp_path)
    assert killed.returncode < 0, killed.stderr
    plays("second_visit_and_grades", tmp_path)
    plays("colleague_differs", tmp_path)
    plays("third_visit_and_sharing", tmp_path)
    assert left_behind(TYPED, tmp_path) == []
