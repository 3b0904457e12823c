"""Working days and calendar months."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.calendar import WorkingDays, add_months, quarter, quarter_start
from gcp2_app.forms.rule_policy import shipped_working_days

DAYS = st.dates(date(1995, 1, 1), date(2050, 12, 31))
ENGLAND = shipped_working_days()


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 3, 9), 0, date(2026, 3, 9)),
        (date(2026, 3, 9), 5, date(2026, 3, 16)),
        (date(2026, 3, 14), 1, date(2026, 3, 16)),  # from a Saturday
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # over Good Friday and Easter Monday
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Boxing Day on a Saturday is kept on the Monday
        (date(2026, 5, 1), 1, date(2026, 5, 5)),  # early May bank holiday
    ],
)
def test_the_working_day_after(day: date, count: int, expected: date) -> None:
    assert ENGLAND.after(day, count) == expected


def test_local_closures_are_no_working_days() -> None:
    closed = ENGLAND.closed_also([date(2026, 3, 10)])
    assert closed.after(date(2026, 3, 9), 1) == date(2026, 3, 11)
    assert ENGLAND.is_working(date(2026, 3, 10))
    assert not closed.is_working(date(2026, 3, 10))


@given(DAYS, st.integers(0, 60))
def test_after_and_between_agree(day: date, count: int) -> None:
    later = ENGLAND.after(day, count)
    assert ENGLAND.between(day, later) == count
    assert count == 0 or ENGLAND.is_working(later)
    assert ENGLAND.between(later, day) == 0


@given(DAYS, st.integers(0, 60))
def test_before_is_the_way_back_from_a_working_day(day: date, count: int) -> None:
    if ENGLAND.is_working(day):
        assert ENGLAND.before(ENGLAND.after(day, count), count) == day
    assert ENGLAND.before(day, count) <= day


@pytest.mark.parametrize("day", [date(1960, 3, 7), date(1989, 12, 29), date(2060, 12, 30), date(2071, 3, 2)])
def test_years_nobody_worked_out_bank_holidays_for_have_mondays_to_fridays(day: date) -> None:
    later = ENGLAND.after(day, 5)
    assert later > day
    assert ENGLAND.between(day, later) == 5
    assert ENGLAND.before(later, 5) <= day
    assert ENGLAND.before(day, 30_000) < date(1989, 12, 29)


def test_days_without_holidays_are_mondays_to_fridays() -> None:
    assert WorkingDays().between(date(2026, 3, 2), date(2026, 3, 16)) == 10


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
    ],
)
def test_the_same_day_some_months_later(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(DAYS)
def test_a_quarter_holds_its_days(day: date) -> None:
    year, number = quarter(day)
    assert quarter_start(year, number) <= day < quarter_start(year, number + 1)
    assert quarter(quarter_start(year, number + 1)) == ((year, number + 1) if number < 4 else (year + 1, 1))
    assert quarter(quarter_start(year, number) - timedelta(days=1)) != (year, number)
