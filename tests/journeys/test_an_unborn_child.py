"""A child is assessed before and after the birth, signed off, and gets a profile of their own."""

from pathlib import Path

from tests.journeys.playing import left_behind, plays
from tests.journeys.unborn_chapters import TYPED


def test_from_an_unborn_child_to_a_profile_of_their_own(tmp_path: Path) -> None:
    plays("first_run", tmp_path)
    plays("second_user", tmp_path)
    plays("before_the_birth", tmp_path)
    plays("a_visit_before", tmp_path)
    plays("the_birth", tmp_path)
    plays("signed_and_own_profile", tmp_path)
    assert left_behind(TYPED, tmp_path) == []
