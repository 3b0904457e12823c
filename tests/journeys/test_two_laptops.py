"""One child, two practitioners, two laptops that never meet: blind grades, one agreed, signed off, and one from paper.

Each chapter is a process of its own with a real window, as in the first journey. Between them a file is carried from
one home folder to the other, as on a stick.
"""

import shutil
from pathlib import Path

from tests.journeys.exchange_chapters import TYPED
from tests.journeys.playing import left_behind, plays


def test_two_laptops_grade_one_child_and_come_to_one_signed_off_assessment(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    plays("first_laptop", first)
    shutil.copy(first / "first.gcp2x", second)
    plays("second_laptop", second)
    shutil.copy(second / "second.gcp2x", first)
    plays("first_laptop_again", first)
    plays("signed_and_back", first)
    shutil.copy(first / "third.gcp2x", second)
    plays("second_laptop_again", second)
    assert left_behind(TYPED, tmp_path) == []
