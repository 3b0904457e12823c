"""The instrument as data: what a pack answers about its own bands, units and grades."""

from dataclasses import replace

import pytest

from gcp2_app.domain.instrument import Band, Descriptors
from gcp2_app.errors import InvalidValue
from tests.domain.packs import make_four_grade_pack, make_pack, make_unit

PACK = make_pack()
FOUR = make_four_grade_pack()


@pytest.mark.parametrize(
    ("age_months", "band"), [(0, "0-2"), (23, "0-2"), (24, "2-5"), (59, "2-5"), (60, "5+"), (215, "5+")]
)
def test_bands_are_half_open(age_months: int, band: str) -> None:
    assert PACK.band_at(age_months).code == band


def test_an_age_or_code_outside_every_band_is_refused() -> None:
    with pytest.raises(InvalidValue, match="-1 months"):
        PACK.band_at(-1)
    with pytest.raises(InvalidValue, match="age band") as refused:
        PACK.band("teens")
    assert "0-2, 2-5, 5+" in refused.value.mend
    assert PACK.band("5+") == Band(code="5+", label="5 years and over", from_months=60)


def test_texts_are_those_of_the_age_and_the_nearest_ones_outside() -> None:
    younger = Descriptors(grades=("a",), from_months=6, to_months=60)
    older = Descriptors(grades=("b",), from_months=60, to_months=120)
    unit = replace(make_unit("A3.c"), descriptors=(younger, older))
    assert [unit.texts(age) for age in (0, 6, 59)] == [younger] * 3
    assert [unit.texts(age) for age in (60, 119, 120, 200)] == [older] * 4


def test_the_same_code_is_another_unit_in_another_band() -> None:
    younger, older = PACK.units_in("2-5")["D1.i"], PACK.units_in("5+")["D1.i"]
    assert (younger.label, older.label) == ("younger", "older")
    assert "D1" in PACK.units_in("0-2")
    assert "D1" not in PACK.units_in("2-5")
    assert PACK.unit_codes.count("D1.i") == 1
    assert not PACK.units_in("teens")


def test_a_unit_is_found_in_its_subarea_by_its_own_code() -> None:
    assert PACK.subarea_of("A1.a").code == "A1"
    assert PACK.subarea_of("D1.iv").code == "D1"
    assert PACK.subarea_of("A1").code == "A1"
    assert PACK.area_of["D1"].code == "D"
    assert PACK.has_unit("A4")
    assert not PACK.has_unit("A1")
    for code in ("A1.z", "Z9", ""):
        with pytest.raises(InvalidValue, match="is not a unit"):
            PACK.subarea_of(code)


def test_grades_have_ranks_whatever_their_values() -> None:
    assert [FOUR.rank(value) for value in (5, 10, 15, 20)] == [1, 2, 3, 4]
    assert [FOUR.better_by_one(value) for value in (5, 10, 15, 20)] == [5, 5, 10, 15]
    assert FOUR.grades_by_value[15].label == "grade 15"
    with pytest.raises(InvalidValue, match="4 is not a grade") as refused:
        FOUR.rank(4)
    assert "5, 10, 15, 20" in refused.value.mend
