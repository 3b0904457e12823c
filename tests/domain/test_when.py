"""Dates as exactly as they are known: every shape of the case file, and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.when import When, completed_months, parse_date
from gcp2_app.errors import InvalidValue

Raw = str | dict[str, str]


@pytest.mark.parametrize(
    ("raw", "first", "last", "certain"),
    [
        ("2026-03-14", "2026-03-14", "2026-03-14", True),
        ("2026-06-14T23:30:00Z", "2026-06-15", "2026-06-15", True),
        ("2026-03-14T09:30+00:00", "2026-03-14", "2026-03-14", True),
        ({"from": "2026-01-05", "to": "2026-01-26"}, "2026-01-05", "2026-01-26", True),
        ({"month": "2024-02"}, "2024-02-01", "2024-02-29", True),
        ({"about": "2019-03"}, "2019-03-01", "2019-03-31", False),
        ({"about": "2019"}, "2019-01-01", "2019-12-31", False),
    ],
)
def test_each_shape_knows_its_first_and_last_day(raw: Raw, first: str, last: str, certain: bool) -> None:
    when = When(raw)
    assert (when.first, when.last) == (date.fromisoformat(first), date.fromisoformat(last))
    assert when.certain is certain
    assert when.raw == raw


def test_an_unknown_date_keeps_its_reason_and_has_no_day() -> None:
    when = When({"unknown": "the file was lost"})
    assert (when.first, when.last, when.certain, when.sort_key) == (None, None, False, "")


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "2026-02-30",
        "14/03/2026",
        "20260314",
        "2026-W11-6",
        "\uff12026-03-14",
        "2026-03-14T09:30:00",
        "2026-03-14T25:00:00Z",
        "2026-03-14 09:30:00+00:00",
        "2026-W11-6T09:30:00+00:00",
        "0001-01-01T00:00:00+23:00",
        "9999-12-31T23:59:00-23:00",
        {"from": "2026-01-26", "to": "2026-01-05"},
        {"from": "2026-01-26"},
        {"from": "2026-01-26", "to": 4},
        {"month": "2026-13"},
        {"month": "0000-01"},
        {"month": "2026"},
        {"about": "0000"},
        {"about": "spring"},
        {"unknown": "why", "about": "2019"},
        {},
        7,
        None,
        ["2026-03-14"],
    ],
)
def test_what_is_not_a_date_is_refused_with_a_mend(raw: Any) -> None:
    with pytest.raises(InvalidValue) as refused:
        When(raw)
    assert refused.value.mend


@pytest.mark.parametrize(
    ("raw", "lacks"),
    [
        ({"from": "2026-01-26", "to": None}, "no end"),
        ({"from": "2026-01-26"}, "no end"),
        ({"from": "", "to": "2026-01-26"}, "no beginning"),
        ({"to": "2026-01-26"}, "no beginning"),
    ],
)
def test_a_range_that_lacks_a_day_says_which(raw: Any, lacks: str) -> None:
    with pytest.raises(InvalidValue, match=lacks):
        When(raw)


def test_a_when_does_not_change_even_if_what_it_was_made_from_does() -> None:
    raw = {"month": "2026-03"}
    when = When(raw)
    raw["month"] = "2026-04"
    assert when.raw == {"month": "2026-03"}
    with pytest.raises(AttributeError):
        when.first = None


def test_equal_values_have_equal_hashes() -> None:
    one, other = {"from": "2026-01-05", "to": "2026-01-26"}, {"to": "2026-01-26", "from": "2026-01-05"}
    assert len({When(one), When(other), When("2026-01-05"), When.on(date(2026, 1, 5))}) == 2
    assert When("2026-01-05") != "2026-01-05"
    assert repr(When("2026-01-05")) == "When('2026-01-05')"


def test_text_that_sorts_in_time() -> None:
    raws: list[Raw] = [
        {"unknown": "why"},
        {"about": "2019"},
        "2026-03-14",
        "2026-03-14T10:30:00+01:00",
        "2026-03-14T09:45:00Z",
        {"from": "2026-01-01", "to": "2026-03-15"},
        {"month": "2026-03"},
    ]
    whens = [When(raw) for raw in raws]
    backwards = whens[::-1]
    assert sorted(backwards, key=lambda when: when.sort_key) == whens


@pytest.mark.parametrize(
    ("raw", "weeks", "moved"),
    [
        ("2026-03-14", 2, "2026-03-28"),
        ("2026-03-14T09:30:00Z", -1, "2026-03-07T09:30:00+00:00"),
        ({"from": "2026-01-05", "to": "2026-01-26"}, 1, {"from": "2026-01-12", "to": "2026-02-02"}),
        ({"month": "2026-01"}, 1, {"month": "2026-01"}),
        ({"month": "2026-01"}, 4, {"month": "2026-02"}),
        ({"about": "2025-12"}, 4, {"about": "2026-01"}),
        ({"about": "2019"}, 20, {"about": "2019"}),
        ({"about": "2019"}, 40, {"about": "2020"}),
        ({"unknown": "why"}, 40, {"unknown": "why"}),
    ],
)
def test_moving_keeps_the_shape(raw: Raw, weeks: int, moved: Raw) -> None:
    assert When(raw).moved(timedelta(weeks=weeks)) == When(moved)


@pytest.mark.parametrize("raw", ["9999-12-01", {"month": "9999-12"}, "9999-12-30T09:00:00Z"])
def test_moving_out_of_the_calendar_is_refused(raw: Raw) -> None:
    with pytest.raises(InvalidValue, match="calendar"):
        When(raw).moved(timedelta(weeks=10))


@pytest.mark.parametrize("text", ["2026-3-14", "2026-02-29", "2026-03-14T00:00", "2026-W11-6"])
def test_a_day_is_written_in_one_way_only(text: str) -> None:
    with pytest.raises(InvalidValue, match="is not a date"):
        parse_date(text)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), st.integers(-500, 500))
def test_moving_there_and_back_is_no_move(day: date, weeks: int) -> None:
    by = timedelta(weeks=weeks)
    assert When.on(day).moved(by).moved(-by) == When.on(day)


@pytest.mark.parametrize(
    ("born", "on", "months"),
    [
        ("2024-01-31", "2024-02-28", 0),
        ("2024-01-31", "2024-02-29", 1),
        ("2024-01-31", "2025-02-28", 13),
        ("2024-02-29", "2026-02-28", 24),
        ("2024-03-10", "2026-03-09", 23),
        ("2024-03-10", "2026-03-10", 24),
        ("2026-03-10", "2026-03-10", 0),
        ("2026-03-10", "2026-03-09", -1),
    ],
)
def test_age_is_counted_in_completed_months(born: str, on: str, months: int) -> None:
    assert completed_months(date.fromisoformat(born), date.fromisoformat(on)) == months


@given(st.dates(), st.integers(0, 2000))
def test_age_never_falls_as_days_pass(born: date, days: int) -> None:
    if born.toordinal() + days + 1 <= date.max.toordinal():
        on = born + timedelta(days=days)
        assert 0 <= completed_months(born, on) <= completed_months(born, on + timedelta(days=1))
