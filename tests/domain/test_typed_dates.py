"""Dates as people type them: what is read, what is said, what is refused, and words that are read back."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.typed_dates import read_when, when_words
from gcp2_app.domain.when import LONDON, When
from gcp2_app.errors import InvalidValue

#: A Thursday.
TODAY = date(2026, 11, 26)
Raw = str | dict[str, str]


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("today", "2026-11-26"),
        ("this morning", "2026-11-26"),
        ("Yesterday", "2026-11-25"),
        ("last night", "2026-11-25"),
        ("the day before yesterday", "2026-11-24"),
        ("Tues", "2026-11-24"),
        ("on weds", "2026-11-25"),
        ("this monday", "2026-11-23"),
        ("Tuesday last week", "2026-11-17"),
        ("14/3/26", "2026-03-14"),
        ("14/3/27", "2027-03-14"),
        ("14/3/28", "1928-03-14"),
        ("4.3.2019", "2019-03-04"),
        ("4 3 2019", "2019-03-04"),
        ("04032019", "2019-03-04"),
        ("2019-03-04", "2019-03-04"),
        ("3 March 2026", "2026-03-03"),
        ("3rd of Sept., 2025", "2025-09-03"),
        ("Tue 3 Mar 26", "2026-03-03"),
        ("March 3, 2026", "2026-03-03"),
        ("Tuesday March 3rd 2026", "2026-03-03"),
        ("2019-03-04 14:30", "2019-03-04T14:30:00+00:00"),
        ("2019-03-04T14:30", "2019-03-04T14:30:00+00:00"),
        ("2019-03-04T14:30:00+01:00", "2019-03-04T14:30:00+01:00"),
        ("yesterday at 9am", "2026-11-25T09:00:00+00:00"),
        ("3 July 2026, 12.30 am", "2026-07-03T00:30:00+01:00"),
        ("3 July 2026 12pm", "2026-07-03T12:00:00+01:00"),
        ("25/10/2026 01:30 GMT", "2026-10-25T01:30:00+00:00"),
        ("25/10/2026 01:30 bst", "2026-10-25T01:30:00+01:00"),
        ("10-12 May 2024", {"from": "2024-05-10", "to": "2024-05-12"}),
        ("10 to 12 May 2024", {"from": "2024-05-10", "to": "2024-05-12"}),
        ("28 April – 3 May 2024", {"from": "2024-04-28", "to": "2024-05-03"}),
        ("between 10/5/24 and 12/5/24", {"from": "2024-05-10", "to": "2024-05-12"}),
        ("from March 2019 to May 2019", {"from": "2019-03-01", "to": "2019-05-31"}),
        ("10 May 2024 to 10 May 2024", "2024-05-10"),
        ("last week", {"from": "2026-11-16", "to": "2026-11-22"}),
        ("this week", {"from": "2026-11-23", "to": "2026-11-26"}),
        ("March 2019", {"month": "2019-03"}),
        ("3/2019", {"month": "2019-03"}),
        ("2019-03", {"month": "2019-03"}),
        ("last month", {"month": "2026-10"}),
        ("this month", {"month": "2026-11"}),
        ("c. March 2019", {"about": "2019-03"}),
        ("circa march 2019", {"about": "2019-03"}),
        ("c2019", {"about": "2019"}),
        ("about 2019", {"about": "2019"}),
        ("approx 10-12 May 2024", {"about": "2024-05"}),
        ("about March 2019 to May 2019", {"about": "2019"}),
        ("last year", {"about": "2025"}),
        ("this year", {"about": "2026"}),
        ("three days ago", "2026-11-23"),
        ("2 months ago", {"about": "2026-09"}),
        ("a year ago", {"about": "2025"}),
        ("not known: mother unsure", {"unknown": "mother unsure"}),
        ("Unknown – the file was lost", {"unknown": "the file was lost"}),
    ],
)
def test_what_is_typed_is_read_and_nothing_is_left_to_say(text: str, raw: Raw) -> None:
    typed = read_when(text, TODAY)
    assert typed.when.raw == raw
    future = typed.when.first is not None and typed.when.first > TODAY
    assert typed.said == ("This is in the future." if future else "")


@pytest.mark.parametrize(
    ("text", "raw", "said"),
    [
        ("last Tues", "2026-11-24", "The week before, it was 17 November 2026."),
        ("last Thursday", "2026-11-19", ""),
        ("last friday", "2026-11-20", ""),
        ("thurs", "2026-11-26", "Read as today; type “last” before it for a week ago."),
        ("this Friday", "2026-11-27", "This is in the future."),
        ("next Thursday", "2026-12-03", "This is in the future."),
        ("tomorrow", "2026-11-27", "This is in the future."),
        ("3 March", "2026-03-03", "No year is given: read as 2026."),
        ("3/12", "2025-12-03", "No year is given: read as 2025."),
        ("29 Feb", "2024-02-29", "No year is given: read as 2024."),
        ("March 3", "2026-03-03", "No year is given: read as 2026."),
        ("Tuesday March 3", "2026-03-03", "No year is given: read as 2026."),
        ("march 19th", "2026-03-19", "No year is given: read as 2026."),
        ("December", {"month": "2025-12"}, "No year is given: read as 2025."),
        ("last march", {"month": "2026-03"}, "No year is given: read as 2026."),
        ("2019", {"about": "2019"}, "Kept as about 2019: the day and month are not known."),
        ("summer 2019", {"about": "2019"}, "Kept as about 2019: the day and month are not known."),
        (
            "about 3 March 2019",
            {"about": "2019-03"},
            "Kept as about March 2019: a day that is not certain is kept as its month.",
        ),
        (
            "a fortnight ago",
            "2026-11-12",
            "If the day is not certain, type about November 2026.",
        ),
        ("2 weeks ago", "2026-11-12", "If the day is not certain, type about November 2026."),
        (
            "30 Dec - 2 Jan",
            {"from": "2025-12-30", "to": "2026-01-02"},
            "No year is given: read as 2026. Read as 30 December 2025 to 2 January 2026.",
        ),
        (
            "12 May to 10 May 2024",
            {"from": "2023-05-12", "to": "2024-05-10"},
            "Read as 12 May 2023 to 10 May 2024.",
        ),
        (
            "25/10/2026 1.30am",
            "2026-10-25T01:30:00+01:00",
            "The clocks went back in this hour: read as the first of the two. Add GMT for the second.",
        ),
        (
            "1 Dec 2026 10:00",
            "2026-12-01T10:00:00+00:00",
            "This is in the future.",
        ),
    ],
)
def test_what_a_text_leaves_open_is_said(text: str, raw: Raw, said: str) -> None:
    typed = read_when(text, TODAY)
    assert (typed.when.raw, typed.said) == (raw, said)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "can be read"),
        ("soon", "can be read"),
        ("2020-2021", "can be read"),
        ("soon to 3 May 2024", "can be read"),
        ("31/2/2020", "There is no such day"),
        ("31 Feb", "There is no such day"),
        ("4/13", "There is no such day"),
        ("13/2019", "There is no such day"),
        ("March 0000", "There is no such day"),
        ("0000", "There is no such day"),
        ("March 19", "This could be 19 March, or March 2019"),
        ("Mon 3 March 2026", "3 March 2026 is a Tuesday"),
        ("29/3/2026 01:30", "was never shown"),
        ("3 March 2026 25:00", "no such time"),
        ("3 March 2026 13pm", "no such time"),
        ("3 March 2026 10:75", "no such time"),
        ("March 2019 14:30", "needs its day"),
        ("12-10 May 2024", "ends before it begins"),
        ("12 May 2024 to 10 May 2024", "ends before it begins"),
        ("2018 to 2019", "A range needs"),
        ("about 30 Dec 2018 to 2 Jan 2019", "“About” goes with"),
        ("not known", "Say why"),
        ("unknown:  ", "Say why"),
        ("9999 years ago", "would leave the calendar"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_mend(text: str, sentence: str) -> None:
    with pytest.raises(InvalidValue, match=sentence) as refused:
        read_when(text, TODAY)
    assert refused.value.mend


def test_before_the_calendar_begins_there_is_nothing() -> None:
    with pytest.raises(InvalidValue, match="leave the calendar"):
        read_when("3 weeks ago", date(1, 1, 5))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("2026-03-03", "3 March 2026"),
        ("2026-07-03T12:05:09Z", "3 July 2026, 13:05"),
        ({"from": "2024-05-10", "to": "2024-05-12"}, "10 to 12 May 2024"),
        ({"from": "2024-04-28", "to": "2024-05-03"}, "28 April to 3 May 2024"),
        ({"from": "2023-12-30", "to": "2024-01-02"}, "30 December 2023 to 2 January 2024"),
        ({"from": "2024-05-10", "to": "2024-05-10"}, "10 May 2024"),
        ({"month": "2019-03"}, "March 2019"),
        ({"about": "2019-03"}, "about March 2019"),
        ({"about": "2019"}, "about 2019"),
        ({"unknown": "the file was lost"}, "not known: the file was lost"),
    ],
)
def test_a_date_in_words(raw: Raw, words: str) -> None:
    assert when_words(When(raw)) == words


_days = st.dates(date(1, 1, 1), date(9999, 12, 31))
_recent = st.dates(date(1900, 1, 2), date(2199, 12, 30))
_months = _days.map(lambda day: f"{day.year:04d}-{day.month:02d}")
_minutes = st.integers(0, 24 * 60 - 1)
_raws: st.SearchStrategy[Any] = st.one_of(
    _days.map(date.isoformat),
    st.tuples(_recent, _minutes).map(
        lambda pair: (
            (datetime(pair[0].year, pair[0].month, pair[0].day, tzinfo=UTC) + timedelta(minutes=pair[1]))
            .astimezone(LONDON)
            .isoformat()
        )
    ),
    st.tuples(_days, _days).map(lambda pair: {"from": min(pair).isoformat(), "to": max(pair).isoformat()}),
    _months.map(lambda month: {"month": month}),
    _months.map(lambda month: {"about": month}),
    _days.map(lambda day: {"about": f"{day.year:04d}"}),
    st.text(min_size=1).map(str.strip).filter(bool).map(lambda why: {"unknown": why}),
)


@given(raw=_raws, today=_days)
def test_words_are_read_back_as_the_same_date_whatever_the_day(raw: Raw, today: date) -> None:
    when = When(raw)
    again = read_when(when_words(when), today).when
    assert (again.first, again.last, again.certain) == (when.first, when.last, when.certain)
    assert again.sort_key == when.sort_key
    if isinstance(raw, dict) and "from" not in raw:
        assert again == when


@given(
    minutes=st.integers(0, 4 * 60),
    year=st.integers(1997, 2037),
)
def test_the_hour_that_comes_twice_is_read_back_as_the_same_instant(minutes: int, year: int) -> None:
    last_sunday = max(day for day in range(25, 32) if date(year, 10, day).weekday() == 6)
    when = When((datetime(year, 10, last_sunday, tzinfo=UTC) + timedelta(minutes=minutes)).isoformat())
    assert read_when(when_words(when), TODAY).when.sort_key == when.sort_key


@given(
    text=st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                [
                    "about",
                    "c.",
                    "last",
                    "this",
                    "next",
                    "tues",
                    "mon",
                    "3",
                    "31",
                    "29",
                    "0",
                    "feb",
                    "march",
                    "2019",
                    "26",
                    "to",
                    "-",
                    "/",
                    ":",
                    "ago",
                    "weeks",
                    "a",
                    "not",
                    "known",
                    "9am",
                ]
            ),
            max_size=6,
        ).map(" ".join),
    ),
    today=_days,
)
def test_any_text_is_read_or_refused_in_plain_words(text: str, today: date) -> None:
    try:
        typed = read_when(text, today)
    except InvalidValue:
        return
    assert read_when(when_words(typed.when), today).when.last == typed.when.last


@given(today=st.dates(date(1990, 1, 1), date(2090, 1, 1)), day=st.integers(1, 28), month=st.integers(1, 12))
def test_a_day_without_its_year_is_never_ahead_and_less_than_a_year_back(today: date, day: int, month: int) -> None:
    read = read_when(f"{day}/{month}", today).when.last
    assert read is not None
    assert today - timedelta(days=366) < read <= today
