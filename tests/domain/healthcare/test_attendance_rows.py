"""Attendance out of a table: days and numbers as schools write them, and rows that cannot be read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.healthcare.attendance_rows import read_rows

HEAD = "From,To,Possible,Attended,Unauthorised,Code I\n"


def test_each_row_is_a_half_term() -> None:
    table = read_rows(HEAD + "2026-09-02,2026-10-23,70,49,9,12\n01/06/2026,20.7.2026,60,50,,\n")
    first, second = table.rows
    assert table.problems == ()
    assert first.as_data() == {
        "from": "2026-09-02",
        "to": "2026-10-23",
        "possible": 70,
        "attended": 49,
        "unauthorised": 9,
        "codes": {"I": 12},
    }
    assert (second.from_, second.to, second.line) == (date(2026, 6, 1), date(2026, 7, 20), 3)
    assert second.as_data().keys() == {"from", "to", "possible", "attended"}


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_marks_between_the_columns_do(mark: str) -> None:
    text = "\ufefffrom,to,possible,attended\n2026-09-02,2026-10-23,70,49\n".replace(",", mark)
    assert len(read_rows(text).rows) == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x,2026-10-23,70,49", "Line 2: “x” is no day."),
        ("31/02/2026,2026-10-23,70,49", "Line 2: “31/02/2026” is no day."),
        ("2026-10-24,2026-10-23,70,49", "Line 2: it ends before it begins."),
        ("2026-09-02,2026-10-23,70,71", "Line 2: more sessions attended than were possible."),
        ("2026-09-02,2026-10-23,70,", "Line 2: “” is no number of sessions."),
        ("2026-09-02,2026-10-23,1001,7", "Line 2: “1001” is no number of sessions."),
        ("2026-09-02,2026-10-23,-7,7", "Line 2: “-7” is no number of sessions."),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_stops_nothing(row: str, said: str) -> None:
    table = read_rows(f"from,to,possible,attended\n{row}\n2026-09-02,2026-10-23,70,49\n")
    assert table.problems == (said,)
    assert len(table.rows) == 1


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n"])
def test_a_table_without_its_columns_says_which(text: str) -> None:
    assert read_rows(text).problems == ("The head line has no column from, to, possible, attended.",)


@given(st.text())
def test_no_file_breaks_it(text: str) -> None:
    read_rows(text)
    read_rows(HEAD + text)
