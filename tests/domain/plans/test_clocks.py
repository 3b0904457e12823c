"""What is due, in words, from the same code as the alert: never one without the other."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.plans.clocks import clocks, due_words
from tests.plans import view_of
from tests.rules import DAY, ask, child, days, entry, plan, record, working

HELD = entry("m1", "meeting", DAY, type="strategy", held=DAY)


def test_a_conference_is_due_and_the_words_count_working_days() -> None:
    due = working(DAY, 15)
    (clock,) = clocks(view_of(HELD))
    assert (clock.kind, clock.by, clock.overdue, clock.entries) == ("icpc", due, False, ("m1",))
    assert clock.words == "due by 30 March 2026, 15 working days left"
    assert clocks(view_of(HELD, on=working(DAY, 14)))[0].words == "due by 30 March 2026, 1 working day left"
    assert clocks(view_of(HELD, on=due))[0].words == "due by 30 March 2026, today"
    assert clocks(view_of(HELD, on=due + days(1)))[0].words == "due by 30 March 2026, 1 working day overdue"


def test_over_a_weekend_no_working_day_is_left_or_gone() -> None:
    friday, sunday = date(2026, 3, 13), date(2026, 3, 15)
    assert due_words(view_of(on=friday), sunday) == "due by 15 March 2026, no working days left"
    assert due_words(view_of(on=sunday), friday) == "due by 13 March 2026, overdue"


def test_the_planned_meeting_stands_beside_its_clock() -> None:
    planned = entry("m2", "meeting", DAY, type="icpc", planned_for=working(DAY, 15))
    (clock, report) = sorted(clocks(view_of(HELD, planned)), key=lambda each: each.kind)
    assert clock.planned is not None
    assert (clock.planned.id, clock.planned_late) == ("m2", False)
    assert (report.kind, report.planned) == ("report", None)
    late = entry("m2", "meeting", DAY, type="icpc", planned_for=working(DAY, 16))
    assert next(each for each in clocks(view_of(HELD, late)) if each.kind == "icpc").planned_late
    gone = entry("m2", "meeting", DAY, type="icpc", planned_for=DAY)
    assert next(each for each in clocks(view_of(HELD, gone, on=DAY + days(1)))).planned is None


def test_the_soonest_stands_first() -> None:
    view = view_of(of=child(statuses=(plan(DAY),)))
    assert [clock.kind for clock in clocks(view)] == ["core_group", "rcpc"]


@pytest.mark.parametrize("statuses", [(), (plan(DAY - days(200)),)])
@given(away=st.integers(-5, 120))
def test_the_alert_lists_what_is_overdue_here(statuses: tuple[object, ...], away: int) -> None:
    on = DAY + timedelta(days=away)
    of = child(statuses=statuses)
    overdue = [clock for clock in clocks(view_of(HELD, on=on, of=of)) if clock.overdue]
    alert = ask("MEET.due", record(HELD, of=of), on)
    assert (alert is not None) is bool(overdue)
    assert alert is None or all(clock.what in alert.text for clock in overdue)
