"""Dates, ages and lists in plain words."""

from dataclasses import replace
from datetime import date

import pytest

from gcp2_app.domain.assessment import Assessment, SharingHeldBack, Window
from gcp2_app.domain.register import Category, Status, StatusKind
from gcp2_app.domain.when import When
from gcp2_app.reports import words


def test_a_date_is_written_as_people_say_it() -> None:
    assert words.short_date(date(2027, 9, 1)) == "1 Sep 2027"
    assert words.short_month(date(2027, 9, 1)) == "Sep 2027"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 1, 5), date(2026, 1, 5), "5 January 2026"),
        (date(2026, 1, 5), date(2026, 1, 26), "5 to 26 January 2026"),
        (date(2026, 1, 5), date(2026, 2, 1), "5 January to 1 February 2026"),
        (date(2025, 12, 20), date(2026, 1, 10), "20 December 2025 to 10 January 2026"),
    ],
)
def test_a_window_says_each_month_and_year_once(first: date, last: date, said: str) -> None:
    assert words.long_range(Window(from_=first, to=last)) == said


def test_a_window_has_a_short_form() -> None:
    assert words.short_range(Window(from_=date(2026, 1, 5), to=date(2026, 9, 1))) == "5 Jan to 1 Sep 2026"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("2026-03-14", "14 March 2026"),
        ("2026-03-14T23:30:00+00:00", "14 March 2026"),
        ({"from": "2026-03-01", "to": "2026-03-09"}, "1 to 9 March 2026"),
        ({"month": "2019-03"}, "March 2019"),
        ({"about": "2019-03"}, "about March 2019"),
        ({"about": "2019"}, "about 2019"),
        ({"unknown": "moved house"}, "not known: moved house"),
        ({"unknown": ""}, "not known"),
    ],
)
def test_a_date_is_said_as_exactly_as_it_is_known(raw: str | dict[str, str], said: str) -> None:
    assert words.when_words(When(raw)) == said


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(2026, 3, 1), "not yet born"),
        (date(2026, 1, 28), "under 1 week"),
        (date(2026, 1, 1), "4 weeks"),
        (date(2025, 10, 1), "4 months"),
        (date(2025, 1, 31), "1 year"),
        (date(2021, 11, 3), "4 years 2 months"),
        (date(2021, 12, 31), "4 years 1 month"),
    ],
)
def test_an_age_is_said_in_the_units_of_that_age(born: date, said: str) -> None:
    assert words.age_words(born, date(2026, 2, 1)) == said


def test_a_status_says_its_category_and_its_dates() -> None:
    open_plan = Status(status=StatusKind.CHILD_PROTECTION, category=Category.NEGLECT, from_=date(2026, 1, 10))
    assert words.status_words(open_plan) == "Child protection plan (neglect) since 10 January 2026"
    closed = Status(status=StatusKind.CHILD_IN_NEED, from_=date(2025, 1, 10), to=date(2025, 9, 1))
    assert words.status_words(closed) == "Child in need plan, 10 January to 1 September 2025"
    unknown = Status(status=StatusKind.CHILD_IN_NEED, to=date(2025, 9, 1))
    assert words.status_words(unknown) == "Child in need plan, beginning not known, until 1 September 2025"


def test_whom_an_assessment_was_shared_with_and_held_back_from() -> None:
    held = SharingHeldBack(reason="r", agreed_by="w", look_again_on=date(2026, 3, 1), person="Ben")
    made = Assessment(id="a", child="c", carers=("Ana", "Ben"))
    on = date(2026, 2, 1)
    assert words.shared_with(made, str, on) == words.held_from(made, str, on) == ""
    twice = replace(made, held_back=(held, replace(held, reason="again")))
    assert words.shared_with(twice, str, on) == "Ana; held back from Ben"
    everybody = replace(made, held_back=(held, replace(held, person=None)))
    assert words.shared_with(everybody, str, on) == "held back from all carers"
    over = replace(made, held_back=(replace(held, ended_on=on),))
    assert words.shared_with(over, str, on) == ""
