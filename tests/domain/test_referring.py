"""Whom to ring before a request for help is sent, how long to wait for an answer, and what is still missing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.referring import First, social_worker_on, tries, wait_ends, whom_first
from gcp2_app.domain.register import Allocation, Professional
from gcp2_app.forms.referral import shipped_request_form
from gcp2_app.forms.rule_policy import shipped_working_days

#: A Monday without a bank holiday near.
DAY = date(2026, 3, 9)
DAYS = shipped_working_days()
WORKERS = {
    "w1": Professional(id="w1", name="Jo Lane", role="Social worker"),
    "w2": Professional(id="w2", role="health visitor"),
}
JO = Allocation(professional="w1", role="", from_=date(2026, 1, 5), confirmed_on=date(2026, 2, 23))
NOW = datetime(2026, 3, 9, 11, 0, tzinfo=UTC)


def first(allocation: Allocation | None, today: date) -> First:
    return whom_first(allocation, today=today, days=DAYS, within=10)


def test_an_allocation_confirmed_in_the_last_ten_working_days_is_relied_on() -> None:
    # Confirmed on Monday 23 February: the tenth working day after it is Monday 9 March.
    assert first(JO, DAY - timedelta(days=1)) is First.RING_FIRST
    assert first(JO, DAY) is First.RING_FIRST
    assert first(JO, DAY + timedelta(days=1)) is First.RING_AND_ASK


def test_an_allocation_never_confirmed_or_confirmed_on_a_day_to_come_is_asked_about() -> None:
    assert first(replace(JO, confirmed_on=None), DAY) is First.RING_AND_ASK
    assert first(replace(JO, confirmed_on=DAY + timedelta(days=1)), DAY) is First.RING_AND_ASK
    assert first(replace(JO, confirmed_on=DAY), DAY) is First.RING_FIRST
    assert first(None, DAY) is First.NOBODY_ALLOCATED


def test_only_a_social_workers_allocation_that_runs_is_found_the_one_confirmed_last_before_others() -> None:
    visitor = Allocation(professional="w2", role="health_visitor", from_=date(2026, 1, 5), confirmed_on=DAY)
    named = Allocation(professional="gone", role="social_worker", from_=DAY, to=DAY)
    assert social_worker_on(DAY, [visitor], WORKERS) is None
    assert social_worker_on(DAY, [visitor, named, JO], WORKERS) is JO
    assert social_worker_on(DAY, [named], WORKERS) is named
    assert social_worker_on(DAY + timedelta(days=1), [named], WORKERS) is None
    assert social_worker_on(DAY - timedelta(days=1), [named], WORKERS) is None


def tried(at: datetime | str, *, reached: bool | None = None) -> Entry:
    data: dict[str, Any] = {"to_role": "duty", "tried_on": at if isinstance(at, str) else at.isoformat()}
    return Entry(id=str(at), kind="worker_contact", data={**data, "reached": reached})


def test_tries_of_today_and_yesterday_count_and_later_or_older_ones_do_not() -> None:
    yesterday = datetime(2026, 3, 8, 0, 0, tzinfo=UTC)
    found = tries(
        [
            tried(yesterday - timedelta(minutes=1)),
            tried(yesterday),
            tried(NOW),
            tried(NOW + timedelta(minutes=1), reached=True),
            Entry(id="n", kind="note", data={"tried_on": NOW.isoformat()}),
            Entry(id="w", kind="worker_contact"),
        ],
        now=NOW,
    )
    assert (found.first, found.reached, found.number) == (yesterday, False, 2)


def test_a_talk_ends_the_wait_and_a_later_try_begins_another() -> None:
    early, spoke = tried(NOW - timedelta(hours=3)), tried(NOW - timedelta(hours=2), reached=True)
    found = tries([spoke, early], now=NOW)
    assert (found.first, found.reached) == (None, True)
    again = tries([spoke, early, tried(NOW - timedelta(hours=1))], now=NOW)
    assert (again.first, again.reached) == (NOW - timedelta(hours=1), False)
    assert tries([], now=NOW).first is None


def test_a_try_whose_time_was_not_kept_counts_from_the_beginning_of_its_day() -> None:
    assert tries([tried("2026-03-09")], now=NOW).first == datetime(2026, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "now", "over"),
    [
        ("09:00", "10:59", False),
        ("09:00", "11:00", True),
        ("09:00", "11:01", True),
        ("16:00", "16:59", False),
        ("16:00", "17:00", True),
        ("17:30", "17:30", True),
    ],
)
def test_nobody_spoken_to_in_two_hours_or_by_close_of_day_asks_for_the_next_step(at: str, now: str, over: bool) -> None:
    def instant(text: str) -> datetime:
        return datetime.fromisoformat(f"2026-03-09T{text}:00+00:00")

    assert (instant(now) >= wait_ends(instant(at), hours=2, close_of_day="17:00")) is over


def test_the_close_of_day_is_that_of_london_in_summer_too() -> None:
    at = datetime(2026, 7, 6, 15, 30, tzinfo=UTC)  # half past four in London
    assert wait_ends(at, hours=2, close_of_day="17:00") == at + timedelta(minutes=30)


def test_what_is_missing_follows_the_answers_and_blanks_say_nothing() -> None:
    form = shipped_request_form()

    def names(values: dict[str, Any]) -> set[str]:
        return {question.item.name for _, question in form.missing(values)}

    assert "phoned_to" not in names({})
    assert "phoned_to" in names({"emergency": True, "phoned_to": "  "})
    assert "phoned_to" not in names({"emergency": True, "phoned_to": "MASH"})
    assert "emergency" not in names({"emergency": False})
    assert "why_not" not in names({})
    assert "why_not" in names({"family_told": False})
    assert "why_not" not in names({"family_told": True})
    assert form.asked({"emergency": True}) == form.asked({}) + 2
