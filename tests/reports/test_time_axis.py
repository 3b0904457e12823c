"""True time along a line, and columns that keep apart."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.reports.charts.time_axis import TimeAxis, set_apart


def axis(days: int, width: float = 500.0) -> TimeAxis:
    return TimeAxis(from_=date(2020, 1, 1), to=date(2020, 1, 1) + timedelta(days=days - 1), left=100, right=100 + width)


def test_days_are_laid_out_evenly() -> None:
    ten = axis(10)
    assert ten.start_of(date(2020, 1, 1)) == 100
    assert ten.end_of(date(2020, 1, 10)) == 600
    assert ten.end_of(date(2020, 1, 4)) == ten.start_of(date(2020, 1, 5)) == 300


def test_a_long_stretch_is_marked_in_years_and_a_short_one_in_months() -> None:
    years = axis(10 * 365).ticks(40)
    assert years[0] == (date(2020, 1, 1), "2020")
    assert all(day.month == 1 for day, _ in years)
    months = axis(120).ticks(40)
    assert [words for _, words in months] == ["Jan 2020", "Feb 2020", "Mar 2020", "Apr 2020"]


def test_dates_on_the_axis_keep_apart() -> None:
    for days in (30, 100, 400, 1000, 4000, 30_000):
        places = [axis(days).start_of(day) for day, _ in axis(days).ticks(40)]
        assert all(after - before >= 39 for before, after in pairwise(places))


def test_columns_with_room_stay_where_they_are_wanted() -> None:
    assert set_apart([10, 50, 90], 10, 0, 100) == [10, 50, 90]
    assert set_apart([], 10, 0, 100) == []


def test_crowded_columns_share_the_push() -> None:
    assert set_apart([50, 50], 10, 0, 100) == [45, 55]


@given(
    st.lists(st.floats(min_value=0, max_value=300), max_size=40).map(sorted),
    st.floats(min_value=1, max_value=40),
)
def test_columns_keep_order_gap_and_bounds(wanted: list[float], gap: float) -> None:
    placed = set_apart(wanted, gap, 0, 300)
    least = min(gap, 300 / max(len(wanted) - 1, 1))
    assert len(placed) == len(wanted)
    assert all(-1e-6 <= place <= 300 + 1e-6 for place in placed)
    assert all(after - before >= least - 1e-6 for before, after in pairwise(placed))
