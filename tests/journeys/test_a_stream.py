"""Alerts that lead on, in a real window; afterwards every file is searched for what was typed."""

from pathlib import Path

from tests.journeys.playing import left_behind, plays
from tests.journeys.stream_chapters import TYPED


def test_what_is_written_down_raises_an_alert_and_what_is_done_ends_it(tmp_path: Path) -> None:
    plays("first_run", tmp_path)
    plays("a_stay_runs_on", tmp_path)
    assert left_behind(TYPED, tmp_path) == []
