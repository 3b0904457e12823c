"""An address is kept from one carer and given back by two; a young person reads their own copy, dark and large."""

from pathlib import Path

from tests.journeys.chapters import PASSPHRASE
from tests.journeys.playing import left_behind, plays


def test_an_address_is_kept_from_one_and_given_back_by_two(tmp_path: Path) -> None:
    plays("first_run", tmp_path)
    plays("second_user", tmp_path)
    plays("address_withheld", tmp_path)
    plays("shown_large_and_dark", tmp_path)
    assert left_behind((PASSPHRASE, "7 Practice Close"), tmp_path) == []
