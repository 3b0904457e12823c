"""When a backup is due, and which are kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.backups import (
    Backup,
    Why,
    copy_is_late,
    is_due_on_unlock,
    is_due_while_changing,
    last_good,
    to_let_go,
)
from gcp2_app.domain.calendar import WorkingDays
from gcp2_app.domain.policy import BackupPolicy, Origin, PolicyStatus

POLICY = BackupPolicy(
    origin=Origin(source="a test", status=PolicyStatus.DEFAULT, checked_on="2026-11"),
    unlock_hours=24,
    every_minutes=30,
    hourly=3,
    daily=2,
    weekly=2,
    monthly=2,
    kept_days=28,
    copy_working_days=3,
)
#: A Monday.
NOW = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)


def made(at: datetime, why: Why = Why.AUTOMATIC) -> Backup:
    return Backup(name=f"{at.isoformat()} {why}", made_at=at, why=why, size_bytes=1)


def ago(why: Why = Why.AUTOMATIC, **delta: float) -> Backup:
    return made(NOW - timedelta(**delta), why)


backups = st.lists(
    st.builds(
        made,
        st.integers(0, 400 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes)),
        st.sampled_from(Why),
    ),
    unique_by=lambda each: each.name,
    max_size=60,
)


def test_the_newest_of_each_hour_day_week_and_month_is_kept() -> None:
    there = [
        ago(minutes=5),
        ago(minutes=20),  # the same hour
        ago(hours=1),
        ago(hours=2),
        ago(hours=3),  # the fourth hour of this day
        ago(days=1),
        ago(days=1, hours=1),  # the same day
        ago(days=3),  # the third day, and the second week: the week before this Monday has the day before in it
        ago(days=8),
        ago(days=40),  # the month before
        ago(days=80),
    ]
    gone = to_let_go(there, POLICY, NOW)
    assert gone == tuple(reversed([there[place] for place in (1, 4, 6, 7, 8, 10)]))


@pytest.mark.parametrize("why", [Why.BY_HAND, Why.BEFORE_UPDATE, Why.BEFORE_RESTORE])
def test_what_was_made_for_a_reason_is_kept_for_its_days(why: Why) -> None:
    often = [ago(minutes=minutes) for minutes in range(0, 60 * 24 * 60, 360)]
    young, old = ago(why, days=27), ago(why, days=29)
    gone = to_let_go([*often, young, old], POLICY, NOW)
    assert young not in gone
    assert old in gone


def test_what_was_put_aside_damaged_is_never_let_go_and_is_no_good_backup() -> None:
    damaged = ago(Why.DAMAGED, days=900)
    assert to_let_go([damaged, ago(days=1)], POLICY, NOW) == ()
    assert last_good([damaged]) is None


@given(backups)
def test_the_last_good_one_is_always_kept(there: list[Backup]) -> None:
    assert last_good(there) not in to_let_go(there, POLICY, NOW)


@given(backups)
def test_no_more_are_kept_than_the_policy_says(there: list[Backup]) -> None:
    plain = [each for each in there if each.why is Why.AUTOMATIC]
    kept = len(plain) - len(to_let_go(plain, POLICY, NOW))
    assert kept <= POLICY.hourly + POLICY.daily + POLICY.weekly + POLICY.monthly


@given(backups)
def test_letting_go_again_lets_go_of_nothing(there: list[Backup]) -> None:
    gone = to_let_go(there, POLICY, NOW)
    kept = [each for each in there if each not in gone]
    assert to_let_go(kept, POLICY, NOW) == ()
    assert list(gone) == sorted(gone, key=lambda each: each.made_at)


def test_the_last_good_one_is_the_newest() -> None:
    newest = ago(hours=1)
    assert last_good([ago(hours=2), newest, ago(Why.DAMAGED, minutes=1)]) is newest
    assert last_good([]) is None


@pytest.mark.parametrize(
    ("last", "on_unlock", "while_changing"),
    [
        (None, True, True),
        (ago(minutes=29), False, False),
        (ago(minutes=30), False, True),
        (ago(hours=23, minutes=59), False, True),
        (ago(hours=24), True, True),
        # By a clock that was wrong.
        (ago(days=-1), True, True),
    ],
)
def test_when_one_is_due(last: Backup | None, on_unlock: bool, while_changing: bool) -> None:
    assert is_due_on_unlock(last, POLICY, NOW) is on_unlock
    assert is_due_while_changing(last, POLICY, NOW) is while_changing


@pytest.mark.parametrize(
    ("copied", "late"),
    [
        (None, True),
        (datetime(2026, 11, 23, 9, tzinfo=UTC), False),
        (datetime(2026, 11, 19, 9, tzinfo=UTC), False),  # Thursday: Friday and Monday since
        (datetime(2026, 11, 18, 9, tzinfo=UTC), True),  # Wednesday
    ],
)
def test_a_copy_is_late_on_the_third_working_day(copied: datetime | None, late: bool) -> None:
    assert copy_is_late(copied, POLICY, WorkingDays(), NOW) is late


def test_a_day_on_which_nobody_works_does_not_count() -> None:
    days = WorkingDays(frozenset({date(2026, 11, 20)}))
    assert not copy_is_late(datetime(2026, 11, 18, 9, tzinfo=UTC), POLICY, days, NOW)
