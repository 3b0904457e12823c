"""Agreed · Said · Checked · Seen to last: what became of each action, by the day that is looked at."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.action_board import ActionLine, Found, Lasting, make_action_board
from gcp2_app.domain.entries import Entry
from tests.reports.chart_records import entry, record


def action(id_: str, agreed: str, **more: Any) -> Entry:
    return entry(id_, "action", agreed, **{"what": f"Action {id_}", "agreed_on": agreed, **more})


def lines(*actions: Entry, on: date = date(2026, 6, 1)) -> dict[str, ActionLine]:
    return {line.entry: line for line in make_action_board(replace(record(entries=actions), today=on)).lines}


@pytest.mark.parametrize(("day", "overdue"), [(date(2026, 3, 10), False), (date(2026, 3, 11), True)])
def test_past_its_date_begins_the_day_after(day: date, overdue: bool) -> None:
    assert lines(action("a", "2026-03-01", due="2026-03-10"), on=day)["a"].overdue is overdue


def test_what_was_said_done_is_not_past_its_date() -> None:
    assert not lines(action("a", "2026-03-01", due="2026-03-10", said_done_on="2026-03-20"))["a"].overdue


def test_a_check_that_has_not_come_found_nothing() -> None:
    made = action("a", "2026-03-01", said_done_on="2026-03-09", checked_on="2026-03-20", checked_result="done")
    assert lines(made, on=date(2026, 3, 19))["a"].found is Found.NOTHING_YET
    assert lines(made, on=date(2026, 3, 20))["a"].found is Found.DONE


def test_whether_it_lasted_is_seen_at_a_later_check_of_the_same() -> None:
    first = action("a", "2026-01-05", checked_on="2026-01-20", checked_result="done")
    again = action("b", "2026-02-05", same_as="a", checked_on="2026-02-20", checked_result="done")
    failed = action("b", "2026-02-05", same_as="a", checked_on="2026-02-20", checked_result="not_done")
    assert lines(first)["a"].lasting is Lasting.NOT_LOOKED
    assert (lines(first, again)["a"].lasting, lines(first, again)["a"].lasting_on) == (
        Lasting.LASTED,
        date(2026, 2, 20),
    )
    assert lines(first, failed)["a"].lasting is Lasting.AGREED_AGAIN
    assert lines(first, failed)["b"].lasting is Lasting.NONE
    assert lines(first, failed)["b"].again == 1


def test_the_same_action_agreed_again_stands_below_its_first() -> None:
    found = lines(action("a", "2026-01-05"), action("z", "2026-01-06"), action("b", "2026-02-05", same_as="a"))
    assert list(found) == ["a", "b", "z"]
