"""Stretches in which nothing was recorded of a child who had a plan."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.gaps import Gap, gaps
from gcp2_app.domain.register import Status, StatusKind

TODAY = date(2026, 11, 23)
LIMITS = {StatusKind.CHILD_PROTECTION: 28, StatusKind.CHILD_IN_NEED: 56}


def plan(since: date, to: date | None = None, status: StatusKind = StatusKind.CHILD_PROTECTION) -> Status:
    return Status(status=status, from_=since, to=to)


def test_a_stretch_longer_than_the_limit_is_a_gap_and_one_as_long_is_none() -> None:
    since = date(2026, 8, 1)
    days = [since, since + timedelta(days=28), since + timedelta(days=57), TODAY]
    found = gaps(days, [plan(since)], today=TODAY, limits=LIMITS)
    assert [(gap.after, gap.before, gap.days) for gap in found] == [
        (date(2026, 9, 27), TODAY, 57),
        (date(2026, 8, 29), date(2026, 9, 27), 29),
    ]


def test_a_gap_that_lasts_has_no_end_and_one_that_ended_with_the_plan_has_its_last_day() -> None:
    lasting = gaps([], [plan(date(2026, 9, 1))], today=TODAY, limits=LIMITS)
    assert lasting == (Gap(after=date(2026, 9, 1), before=None, days=83, status=StatusKind.CHILD_PROTECTION),)
    over = gaps([], [plan(date(2026, 1, 1), date(2026, 3, 1))], today=TODAY, limits=LIMITS)
    assert [(gap.after, gap.before, gap.days) for gap in over] == [(date(2026, 1, 1), date(2026, 3, 1), 59)]


def test_without_a_plan_that_asks_for_contact_there_is_no_gap() -> None:
    statuses = [plan(date(2020, 1, 1), status=StatusKind.UNIVERSAL), plan(TODAY + timedelta(days=9))]
    assert gaps([], statuses, today=TODAY, limits=LIMITS) == ()


@given(
    days=st.lists(st.dates(date(2025, 1, 1), date(2027, 6, 1)), max_size=30),
    since=st.dates(date(2025, 1, 1), date(2026, 11, 1)),
)
def test_no_entry_lies_inside_a_gap(days: list[date], since: date) -> None:
    for gap in gaps(days, [plan(since)], today=TODAY, limits=LIMITS):
        end = gap.before or TODAY
        assert gap.days == (end - gap.after).days > 28
        assert not any(gap.after < day < end for day in days)
        assert since <= gap.after < end <= TODAY
