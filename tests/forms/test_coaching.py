"""What the quality coach looks for: what is shipped, and what a slip of the pen does."""

from pathlib import Path

import pytest

from gcp2_app.errors import BadFile, NotFound
from gcp2_app.forms.checking import check_form
from gcp2_app.forms.coaching import load_coaching, shipped_coaching
from gcp2_app.paths import data_folder

SHIPPED = data_folder("forms") / "coaching" / "en.toml"


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "en.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_what_is_shipped_is_in_order_and_kept() -> None:
    words = shipped_coaching()
    assert "GP" in words.not_initials
    assert "inappropriate" in words.opinion
    assert words.descriptor_words == 8
    assert shipped_coaching() is words
    assert check_form(SHIPPED) == ()


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('"filthy"', '"Filthy"', "opinion.words"),
        ('"filthy"', '"very  filthy"', "opinion.words"),
        ('"see above"', '""', "voice.stock"),
        ("least_words = 6", "least_words = 0", "voice.least_words"),
        ("descriptor_words = 8", "descriptor_words = 0", "repeats.descriptor_words"),
        ("sibling_words = 8", "sibling_words = -1", "repeats.sibling_words"),
        ("least_units = 12", "least_units = 0", "middle.least_units"),
        ("percent = 85", "percent = 0", "middle.percent"),
        ("percent = 85", "percent = 101", "middle.percent"),
        ("percent = 85", "per_cent = 85", "middle"),
    ],
)
def test_a_slip_is_told_with_its_place(tmp_path: Path, old: str, new: str, place: str) -> None:
    path = changed(tmp_path, old, new)
    with pytest.raises(BadFile) as found:
        load_coaching(path)
    assert place in str(found.value)
    assert len(check_form(path)) == 1


def test_the_edges_are_allowed(tmp_path: Path) -> None:
    assert load_coaching(changed(tmp_path, "percent = 85", "percent = 100")).middle_percent == 100
    assert load_coaching(changed(tmp_path, "least_words = 6", "least_words = 1")).voice_least_words == 1


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        load_coaching(tmp_path / "cy.toml")
