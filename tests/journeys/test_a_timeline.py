"""A child's timeline kept by keys and mouse, in a real window; afterwards every file is searched for what was typed."""

from pathlib import Path

from tests.journeys.playing import left_behind, plays
from tests.journeys.timeline_chapters import TYPED


def test_what_happened_is_written_down_put_right_and_found(tmp_path: Path) -> None:
    plays("first_run", tmp_path)
    plays("keep_the_timeline", tmp_path)
    assert left_behind(TYPED, tmp_path) == []
