"""The practice case: read, refused with its place, and true to the pack it is graded with."""

from pathlib import Path

import pytest

from gcp2_app.domain.practice_case import steps_apart
from gcp2_app.errors import BadFile
from gcp2_app.forms.packs import shipped_pack
from gcp2_app.forms.practice_case import CASE_FILE, load_case, shipped_case
from gcp2_app.paths import data_folder

_SHIPPED = data_folder("forms") / "learning" / CASE_FILE


def test_the_case_has_every_kind_of_grade_and_one_that_nobody_saw() -> None:
    case = shipped_case()
    grades = [unit.grade for unit in case.units]
    assert None in grades
    assert {1, 2, 3, 4} <= set(grades)
    assert all(unit.seen and unit.why and unit.argued for unit in case.units)


def test_the_panel_is_so_many_steps_away() -> None:
    pack = shipped_pack("graded-care", "1.0.0")
    assert [steps_apart(pack, mine, 3) for mine in (2, 3, 5)] == [1, 0, -2]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('pack = "graded-care"', 'pack = "other-care"', "pack"),
        ("grade = 3", "grade = 6", "units[0].grade"),
        ('code = "A2.c"', 'code = "A1.b"', "units[1].code"),
        ('code = "A1.b"', 'code = "Z9"', "units[0].code"),
        ('title = "Pip, three years and four months"', 'title = " "', "title"),
        ("age_months = 40", 'age_months = "forty"', "age_months"),
    ],
)
def test_what_is_wrong_with_a_case_is_told_with_its_place(tmp_path: Path, old: str, new: str, place: str) -> None:
    path = tmp_path / "case.toml"
    path.write_text(_SHIPPED.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        load_case(path)
    assert refused.value.place == place


def test_a_case_without_units_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    top = _SHIPPED.read_text(encoding="utf-8").split("[[units]]")[0]
    path.write_text(f"{top}\nunits = []\n", encoding="utf-8")
    with pytest.raises(BadFile, match="nothing to grade"):
        load_case(path)
