"""The parts of a child's day as data: what is shipped, and what a slip of the pen does."""

from pathlib import Path

import pytest

from gcp2_app.errors import BadFile
from gcp2_app.forms.checking import check_form
from gcp2_app.forms.child_day import load_day, shipped_day
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.paths import data_folder

SHIPPED = data_folder("forms") / "day" / "en.toml"


def test_what_is_shipped_is_in_order_and_kept() -> None:
    parts = shipped_day()
    assert shipped_day() is parts
    assert check_form(SHIPPED) == ()
    assert {kind for part in parts for kind in part.kinds} <= set(load_kinds())


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('code = "sleep"', 'code = "feeds"', "parts"),
        ('label = "Sleep"', 'label = " "', "label"),
        ('"cereal"', '"Cereal"', "words"),
        ('"cereal"', '""', "words"),
        ("from_months = 54", "from_months = -1", "to_months"),
        ("to_months = 54", "to_months = 12", "to_months"),
        ('code = "sleep"', 'cod = "sleep"', "parts"),
        ('format = "gcp2-day"', 'format = "gcp2-night"', "format"),
    ],
)
def test_a_slip_is_told_with_its_place(tmp_path: Path, old: str, new: str, place: str) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "en.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadFile) as found:
        load_day(path)
    assert place in str(found.value)
    assert len(check_form(path)) == 1


def test_a_day_without_a_part_is_none(tmp_path: Path) -> None:
    path = tmp_path / "en.toml"
    path.write_text('format = "gcp2-day"\nformat_version = 1\nlanguage = "en"\ntitle = "t"\nparts = []\n')
    with pytest.raises(BadFile):
        load_day(path)
