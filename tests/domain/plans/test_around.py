"""Moves and records asked for, exceptional times, support, and the case opened, closed and opened again."""

from typing import Any

from gcp2_app.domain.plans.around import around
from tests.plans import view_of
from tests.rules import DAY, days, entry, working

FROM: dict[str, Any] = {"from": DAY}


def test_records_that_have_not_come_count_their_working_days() -> None:
    records = [
        {"authority": "Sandwell", "asked_on": DAY.isoformat(), "received_on": (DAY + days(3)).isoformat()},
        {"authority": "Walsall", "asked_on": DAY.isoformat()},
        {},
    ]
    moved = entry("m1", "move", DAY, to_authority="Dudley", on=DAY, records=records)
    earlier = entry("m0", "move", DAY, to_authority="Walsall", on=DAY - days(90))
    found = around(view_of(moved, earlier, on=working(DAY, 6)))
    assert [move.fact.id for move in found.moves] == ["m1", "m0"]
    assert [(each.received_on, each.waited_working_days) for each in found.moves[0].records] == [
        (DAY + days(3), None),
        (None, 6),
        (None, None),
    ]
    assert "Walsall (asked on 9 March 2026, chase 1)" in found.moves_said


def test_periods_run_to_and_with_their_last_day() -> None:
    strike = entry("c1", "circumstance", DAY, name="Strike", to=DAY + days(5), **FROM)
    later = entry("c2", "circumstance", DAY, name="Flood", **{**FROM, "from": DAY + days(9)})
    undated = entry("c3", "circumstance", DAY)
    found = around(view_of(strike, later, undated, on=DAY + days(5))).times
    assert [(each.fact.id, each.running) for each in found] == [("c2", False), ("c1", True), ("c3", True)]
    over = around(view_of(strike, on=DAY + days(6)))
    assert not over.times[0].running
    assert over.times_said == ""
    assert around(view_of(entry("s1", "support", DAY, name="Nursery", **FROM))).support[0].running


def test_an_effect_that_was_not_looked_at_is_said() -> None:
    strike = entry("c1", "circumstance", DAY, name="Strike", to=DAY, **FROM)
    assert "Strike" in around(view_of(strike, on=working(DAY, 21))).times_said


def test_a_case_opened_after_it_was_closed_is_a_restart() -> None:
    found = around(
        view_of(
            entry("o1", "case_opened", DAY - days(30)),
            entry("x1", "case_closed", DAY - days(20)),
            entry("o2", "case_opened", DAY),
        )
    ).turns
    assert [(turn.fact.id, turn.opened, turn.again) for turn in found] == [
        ("o2", True, True),
        ("x1", False, False),
        ("o1", True, False),
    ]
    assert around(view_of()).support_said == ""
