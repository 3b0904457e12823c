"""The words places are written in."""

import pytest

from gcp2_app.domain.place_words import is_number, is_postcode, own_words, parts_of, street_of, ways_to_write


def test_a_line_falls_into_its_parts() -> None:
    assert parts_of("Flat 2, 4 Mill Lane; Dudley (West) - DY1 1AA") == (
        "Flat 2",
        "4 Mill Lane",
        "Dudley",
        "West",
        "DY1 1AA",
    )
    assert parts_of("Stoke-on-Trent") == ("Stoke-on-Trent",)


@pytest.mark.parametrize(("text", "yes"), [("DY1 1AA", True), ("b634xx", True), ("DY1", False), ("4 Mill Lane", False)])
def test_a_postcode_is_told_from_a_street(text: str, yes: bool) -> None:
    assert is_postcode(text) is yes


def test_numbers_of_flats_are_no_streets() -> None:
    assert is_number("Flat 2a")
    assert not is_number("2 Mill Lane")
    assert street_of("2a Mill Lane") == "Mill Lane"
    assert street_of("Mill House") == ""


def test_what_is_left_of_a_name_is_its_own() -> None:
    assert own_words("The Hollow Lane C of E Primary School") == "Hollow Lane"
    assert own_words("London Borough of Merton") == "Merton"
    assert own_words("Church of England Primary School") == ""


def test_a_word_is_written_in_several_ways() -> None:
    assert ways_to_write("Rd") == ("road", "rd")
    assert ways_to_write("Mill") == ("Mill",)
