"""Steps that lead on, in a real window; afterwards every file is searched for what was typed."""

from pathlib import Path

from tests.journeys.flow_chapters import TYPED
from tests.journeys.playing import left_behind, plays


def test_a_concern_is_followed_up_to_its_end(tmp_path: Path) -> None:
    plays("gp_sets_up", tmp_path)
    plays("a_gps_concern", tmp_path)
    assert left_behind(TYPED, tmp_path) == []


def test_requests_that_came_to_nothing_are_looked_at_together_and_an_advocate_is_asked_for(tmp_path: Path) -> None:
    plays("first_run", tmp_path)
    plays("three_requests", tmp_path)
    plays("invitations_without_the_advocate", tmp_path)
    assert left_behind(TYPED, tmp_path) == []
