"""Dates as people type them."""

from datetime import date

import pytest

from gcp2_app.errors import InvalidValue
from gcp2_app.ui.forms.days import read_day

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    "typed",
    [
        "4/3/2019",
        "04/03/2019",
        "4-3-2019",
        "4.3.19",
        "4 3 2019",
        "04032019",
        "2019-03-04",
        "4 March 2019",
        "4th march 2019",
        "4 mar 19",
        "4 Mar. 2019",
        "  4   March,  2019 ",
    ],
)
def test_the_day_comes_first_in_every_usual_way(typed: str) -> None:
    assert read_day(typed, TODAY) == date(2019, 3, 4)


def test_nothing_typed_is_not_known() -> None:
    assert read_day("  ", TODAY) is None


@pytest.mark.parametrize(("typed", "day"), [("today", TODAY), ("Yesterday", date(2026, 11, 19))])
def test_a_word_for_a_day_is_read(typed: str, day: date) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(("typed", "year"), [("1/1/27", 2027), ("1/1/28", 1928), ("1/1/96", 1996), ("1/1/00", 2000)])
def test_a_year_of_two_digits_is_at_most_one_year_ahead(typed: str, year: int) -> None:
    assert read_day(typed, TODAY) == date(year, 1, 1)


@pytest.mark.parametrize("typed", ["31/2/2019", "0/3/2019", "4/13/2019", "29 February 2023"])
def test_a_day_that_is_not_in_the_calendar_is_refused_with_the_order_of_day_and_month(typed: str) -> None:
    with pytest.raises(InvalidValue, match="no such day") as refused:
        read_day(typed, TODAY)
    assert "day comes first" in refused.value.mend


@pytest.mark.parametrize("typed", ["last Tues", "4 M 2019", "March 2019", "4/3", "²/3/2019"])
def test_what_is_no_date_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(InvalidValue, match="not a date") as refused:
        read_day(typed, TODAY)
    assert "4 March 2019" in refused.value.mend
