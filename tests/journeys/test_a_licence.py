"""A licensed pack is installed, opened by training that another confirms, and hidden once the training ended."""

from pathlib import Path

from tests.journeys.licence_chapters import TYPED
from tests.journeys.playing import left_behind, plays


def test_a_licensed_pack_from_its_file_to_the_end_of_the_training(tmp_path: Path) -> None:
    plays("first_run", tmp_path)
    plays("second_user", tmp_path)
    plays("licensed_pack", tmp_path)
    plays("confirmed_and_used", tmp_path)
    assert left_behind(TYPED, tmp_path) == []
