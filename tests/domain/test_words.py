"""Dates, counts and lists in plain words."""

from datetime import date

from gcp2_app.domain import words


def test_a_date_is_written_as_people_say_it() -> None:
    assert words.long_date(date(2027, 3, 31)) == "31 March 2027"


def test_numbers_take_their_noun_and_lists_their_and() -> None:
    assert words.counted(0, "unit") == "no units"
    assert words.counted(1, "unit") == "1 unit"
    assert words.counted(2, "child", "children") == "2 children"
    assert words.listed([]) == ""
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert words.capital("a Word") == "A Word"


def test_a_text_that_is_too_long_is_cut_at_the_end_of_a_word() -> None:
    assert words.cut_short("Plan for all\nfour", 17) == "Plan for all four"
    assert words.cut_short("Plan for all four children", 17) == "Plan for all …"
    assert words.cut_short("x" * 20, 10) == "x" * 8 + " …"
