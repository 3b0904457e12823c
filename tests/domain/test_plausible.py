"""Dates and names that cannot be right."""

from datetime import date

import pytest

from gcp2_app.domain.plausible import expected_too_far, older_than, sign_in_name_holds

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("born", "older"),
    [(date(2001, 11, 20), False), (date(2001, 11, 19), True), (date(2026, 11, 20), False), (date(1890, 1, 1), True)],
)
def test_someone_is_older_the_day_after_the_birthday(born: date, older: bool) -> None:
    assert older_than(25, born, TODAY) is older


@pytest.mark.parametrize(
    ("expected", "far"),
    [
        (date(2027, 9, 20), False),
        (date(2027, 9, 21), True),
        (date(2026, 1, 20), False),
        (date(2026, 1, 19), True),
        (TODAY, False),
    ],
)
def test_an_expected_date_is_within_ten_months_either_way(expected: date, far: bool) -> None:
    assert expected_too_far(expected, TODAY) is far


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("al", True),
        (" al ", True),
        ("", False),
        ("  ", False),
        ("al b", False),
        ("al\tb", False),
        ("a" * 32, True),
        ("a" * 33, False),
    ],
)
def test_a_sign_in_name_is_short_and_without_spaces(name: str, holds: bool) -> None:
    assert sign_in_name_holds(name) is holds
