"""History before grades, and grading again; afterwards every file is searched for what was typed."""

from pathlib import Path

from tests.journeys.history_chapters import TYPED
from tests.journeys.playing import left_behind, plays


def test_the_history_is_read_first_and_the_scale_is_compared(tmp_path: Path) -> None:
    plays("first_run", tmp_path)
    plays("second_user", tmp_path)
    plays("history_first", tmp_path)
    plays("asked_to_grade_again", tmp_path)
    plays("grades_again", tmp_path)
    assert left_behind(TYPED, tmp_path) == []
