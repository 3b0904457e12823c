"""Dates of another agency's chronology: read day first, repaired where that is sure, and never dropped."""

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.exchange.chronology_dates import repair

TODAY = date(2026, 11, 23)


def read(cell: Any, at: Any = "", before: date | None = None) -> Any:
    return repair(cell, at, today=TODAY, before=before).when.raw


@pytest.mark.parametrize(
    ("cell", "raw"),
    [
        ("03/02/2024", "2024-02-03"),
        ("3.2.24", "2024-02-03"),
        ("3/2/98", "1998-02-03"),
        ("3 Feb 24", "2024-02-03"),
        ("3rd February 2024", "2024-02-03"),
        ("Mon 5 February 2024", "2024-02-05"),
        ("2024-02-03", "2024-02-03"),
        (datetime(2024, 2, 3), "2024-02-03"),  # noqa: DTZ001 - workbooks know no zones
        (date(2024, 2, 3), "2024-02-03"),
        (datetime(2024, 2, 3, 14, 30), "2024-02-03T14:30:00+00:00"),  # noqa: DTZ001
        ("03/02/2024 14:30", "2024-02-03T14:30:00+00:00"),
        ("45325", "2024-02-03"),
        (45325.0, "2024-02-03"),
        ("02/25/2024", "2024-02-25"),
        ("w/c 5 February 2024", {"from": "2024-02-05", "to": "2024-02-11"}),
        ("W/C 05/02/24", {"from": "2024-02-05", "to": "2024-02-11"}),
        ("week commencing 5th Feb 2024", {"from": "2024-02-05", "to": "2024-02-11"}),
        ("w/e 11/02/2024", {"from": "2024-02-05", "to": "2024-02-11"}),
        ("3-5 March 2024", {"from": "2024-03-03", "to": "2024-03-05"}),
        ("03/03/2024 - 05/03/2024", {"from": "2024-03-03", "to": "2024-03-05"}),
        ("03/03/24-05/03/24", {"from": "2024-03-03", "to": "2024-03-05"}),
        ("March 2024", {"month": "2024-03"}),
        ("Mar-24", {"month": "2024-03"}),
        ("03/2024", {"month": "2024-03"}),
        ("early March 2024", {"about": "2024-03"}),
        ("Mid-March 2024", {"about": "2024-03"}),
        ("c. March 2019", {"about": "2019-03"}),
        ("12/03/2024?", {"about": "2024-03"}),
        ("March 2024 (approx)", {"about": "2024-03"}),
        ("2019", {"about": "2019"}),
        ("Summer 2019", {"about": "2019"}),
    ],
)
def test_what_people_write_is_read(cell: Any, raw: Any) -> None:
    assert read(cell) == raw


@pytest.mark.parametrize(
    "cell",
    [
        "last Tuesday",
        "yesterday",
        "3 weeks ago",
        "3 March",
        "March",
        "31/02/2024",
        "Xmas-ish",
        "45325 approx!",
        "2023/24",
    ],
)
def test_what_cannot_be_read_is_unknown_with_its_own_words(cell: str) -> None:
    repaired = repair(cell, "", today=TODAY, before=None)
    assert repaired.when.raw == {"unknown": cell}
    assert repaired.said == "This date could not be read; its words are kept."


@pytest.mark.parametrize("cell", ["", "  ", "-", "n/a", "Not known", "TBC"])
def test_no_date_is_unknown(cell: str) -> None:
    repaired = repair(cell, "", today=TODAY, before=None)
    assert repaired.when.first is None
    assert repaired.said == "There is no date here."


@pytest.mark.parametrize(
    ("cell", "before", "raw"),
    [
        ("3 March", date(2019, 2, 1), "2019-03-03"),
        ("3/3", date(2019, 2, 1), "2019-03-03"),
        ("2 January", date(2019, 12, 30), "2020-01-02"),
        ("March", date(2019, 2, 1), {"month": "2019-03"}),
        ("29 February", date(2022, 6, 1), {"unknown": "29 February"}),
    ],
)
def test_a_date_without_a_year_takes_that_of_the_row_above(cell: str, before: date, raw: Any) -> None:
    repaired = repair(cell, "", today=TODAY, before=before)
    assert repaired.when.raw == raw
    assert "from the row above" in repaired.said or "unknown" in raw


@pytest.mark.parametrize(
    ("cell", "at", "raw", "written"),
    [
        ("03/02/2024", "14:30", "2024-02-03T14:30:00+00:00", "03/02/2024 14:30"),
        ("03/02/2024", "2.30pm", "2024-02-03T14:30:00+00:00", "03/02/2024 2.30pm"),
        ("03/02/2024", "1430hrs", "2024-02-03T14:30:00+00:00", "03/02/2024 1430hrs"),
        ("03/07/2024", time(14, 30), "2024-07-03T14:30:00+01:00", "03/07/2024 14:30"),
        ("03/02/2024", 0.5, "2024-02-03T12:00:00+00:00", "03/02/2024 0.5"),
        ("03/02/2024", "teatime", "2024-02-03", "03/02/2024 teatime"),
        ("March 2024", "14:30", {"month": "2024-03"}, "March 2024 14:30"),
    ],
)
def test_a_time_of_day_goes_with_its_day(cell: str, at: Any, raw: Any, written: str) -> None:
    repaired = repair(cell, at, today=TODAY, before=None)
    assert (repaired.when.raw, repaired.written) == (raw, written)
    assert ("left out" in repaired.said) is (len(str(raw)) < 25)


def test_a_day_to_come_is_said() -> None:
    assert "future" in repair("03/02/2027", "", today=TODAY, before=None).said
    assert "future" in repair(date(2027, 2, 3), "", today=TODAY, before=None).said


@given(st.text(max_size=40), st.text(max_size=10), st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_whatever_stands_there_a_row_has_a_date_or_its_words(cell: str, at: str, before: date | None) -> None:
    repaired = repair(cell, at, today=TODAY, before=before)
    assert repaired.when.raw is not None
    if repaired.when.first is None:
        assert repaired.said


@given(st.dates(date(1960, 1, 1), TODAY))
def test_a_day_written_in_full_is_that_day(day: date) -> None:
    assert read(f"{day:%d/%m/%Y}") == read(f"{day.day}.{day.month}.{day.year}") == day.isoformat()
