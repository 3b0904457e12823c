"""MEET.due: meetings, assessments and reports that are overdue."""

from datetime import date, timedelta
from typing import Any

import pytest

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Status
from gcp2_app.domain.rules.record import ChildRecord
from gcp2_app.forms.packs import shipped_pack
from tests.rules import DAY, ask, child, days, entry, graded, holds, holds_from, plan, record, status, working

RULE = "MEET.due"


def meeting(kind: str, held: date | None = DAY, id_: str = "m1", **data: Any) -> Entry:
    own: dict[str, Any] = data if held is None else {"held": held, **data}
    return entry(id_, "meeting", min(DAY, held or DAY), type=kind, **own)


def of(*statuses: Status, entries: tuple[Entry, ...] = ()) -> ChildRecord:
    return record(*entries, of=child(statuses=statuses))


def says(about: ChildRecord, on: date) -> str:
    found = ask(RULE, about, on)
    return "" if found is None else found.text


def held_early(*kinds: str) -> tuple[Entry, ...]:
    """The other meetings a plan of DAY wants, so that one clock is left."""
    return tuple(meeting(kind, DAY + days(5), kind) for kind in kinds)


def test_nothing_recorded_says_nothing() -> None:
    assert not holds(RULE, record(), DAY)


# Initial conference ------------------------------------------------------------------------------


def test_a_conference_is_due_fifteen_working_days_after_the_strategy_discussion() -> None:
    last = working(DAY, 15)
    assert holds_from(RULE, record(meeting("strategy")), last + days(1))
    found = ask(RULE, record(meeting("strategy")), last + days(1))
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("m1",)
    assert found.text.startswith("Overdue: initial child protection conference (due by 30 March 2026).")


@pytest.mark.parametrize(
    ("more", "ends"),
    [
        (meeting("icpc", DAY, "m2"), True),
        (meeting("icpc", DAY + days(20), "m2"), True),
        (meeting("icpc", DAY - days(1), "m2"), False),
        (meeting("rcpc", DAY + days(1), "m2"), False),
        (meeting("icpc", None, "m2", planned_for=DAY + days(9)), False),
        (meeting("icpc", DAY + days(40), "m2"), False),
        (entry("k", "case_closed", DAY + days(9)), True),
        (entry("k", "case_closed", DAY - days(9)), False),
        (entry("k", "case_closed", {"about": "2026-03"}, known=DAY), False),
    ],
)
def test_a_conference_held_since_or_a_closed_case_ends_it(more: Entry, ends: bool) -> None:
    assert ("initial" in says(record(meeting("strategy"), more), DAY + days(30))) is not ends


@pytest.mark.parametrize(
    ("period", "ends"),
    [
        (plan(DAY - days(9)), True),
        (plan(DAY + days(12)), True),
        (plan(DAY - days(90), DAY), True),
        (plan(DAY - days(90), DAY - days(1)), False),
        (plan(DAY + days(40)), False),
        (status("child_protection", None), True),
        (status("section_47", DAY), False),
    ],
)
def test_a_plan_says_that_there_was_a_conference_or_needs_none(period: Status, ends: bool) -> None:
    assert ("initial" in says(of(period, entries=(meeting("strategy"),)), DAY + days(30))) is not ends


def test_the_earliest_discussion_without_a_conference_decides() -> None:
    about = record(meeting("strategy", DAY + days(9), "m2"), meeting("strategy"))
    found = ask(RULE, about, DAY + days(60))
    assert found is not None
    assert found.entries == ("m1",)
    assert "30 March 2026" in found.text


# The plan ----------------------------------------------------------------------------------------


def test_the_first_core_group_is_due_ten_working_days_after_the_start_of_the_plan() -> None:
    last = working(DAY, 10)
    assert holds_from(RULE, of(plan(DAY)), last + days(1))
    assert "first core group (due by 23 March 2026)" in says(of(plan(DAY)), last + days(1))
    for held, due in ((DAY - days(1), True), (DAY, False), (last + days(1), False), (last + days(2), True)):
        assert holds(RULE, of(plan(DAY), entries=(meeting("core_group", held),)), last + days(1)) is due


def test_the_clocks_of_a_plan_stop_with_it() -> None:
    assert holds(RULE, of(plan(DAY, DAY + days(90))), DAY + days(90))
    assert not holds(RULE, of(plan(DAY, DAY + days(90))), DAY + days(91))


def test_the_first_review_is_due_after_three_months_and_the_next_after_six() -> None:
    first = held_early("core_group")
    assert holds_from(RULE, of(plan(DAY), entries=first), date(2026, 6, 10))
    assert "review child protection conference (due by 9 June 2026)" in says(
        of(plan(DAY), entries=first), DAY + days(99)
    )
    reviewed = (*first, meeting("rcpc", date(2026, 6, 1), "m2"))
    assert holds_from(RULE, of(plan(DAY), entries=reviewed), date(2026, 12, 2))
    found = ask(RULE, of(plan(DAY), entries=reviewed), date(2026, 12, 2))
    assert found is not None
    assert found.entries == ("m2",)
    again = (*reviewed, meeting("rcpc", date(2026, 11, 30), "m3"))
    assert not holds(RULE, of(plan(DAY), entries=again), date(2027, 5, 30))
    assert holds(RULE, of(plan(DAY), entries=again), date(2027, 5, 31))


def test_a_review_before_the_plan_is_none_of_its_reviews() -> None:
    about = of(plan(DAY), entries=(*held_early("core_group"), meeting("rcpc", DAY - days(1), "m2")))
    assert holds_from(RULE, about, date(2026, 6, 10))


def test_a_change_of_category_does_not_start_the_plan_anew() -> None:
    changed = of(
        plan(DAY, DAY + days(60)), plan(DAY + days(61), category="emotional"), entries=held_early("core_group")
    )
    assert holds_from(RULE, changed, date(2026, 6, 10))


def test_of_a_start_that_is_not_known_nothing_is_counted_until_a_review_was_held() -> None:
    unknown = status("child_protection", None)
    assert not holds(RULE, of(unknown), DAY)
    assert holds_from(RULE, of(unknown, entries=(meeting("rcpc", DAY),)), date(2026, 9, 10))


# Need --------------------------------------------------------------------------------------------


def test_a_child_in_need_is_reviewed_every_twelve_weeks() -> None:
    need = status("child_in_need", DAY)
    first = DAY + timedelta(weeks=12)
    assert holds_from(RULE, of(need), first + days(1))
    assert "child in need review (due by 1 June 2026)" in says(of(need), first + days(1))
    reviewed = of(need, entries=(meeting("cin_review", first),))
    assert holds_from(RULE, reviewed, first + timedelta(weeks=12) + days(1))
    assert holds(RULE, of(need, entries=(meeting("cin_planning", DAY + days(9)),)), first + days(1))


def test_a_plan_takes_the_place_of_the_reviews_of_need() -> None:
    need = status("child_in_need", DAY - days(300))
    assert "in need" not in says(of(need, plan(DAY)), DAY + days(60))
    ended = of(need, plan(DAY - days(200), DAY))
    assert holds_from(RULE, ended, DAY + timedelta(weeks=12) + days(1))


# Assessment --------------------------------------------------------------------------------------


def request(on: date | dict[str, str] = DAY, outcome: str = "assessment", **data: Any) -> Entry:
    return entry("r1", "referral", on, known=DAY, by_agency="school", outcome=outcome, **data)


def test_an_assessment_is_due_forty_five_working_days_after_the_request() -> None:
    last = working(DAY, 45)
    assert holds_from(RULE, record(request()), last + days(1))
    found = ask(RULE, record(request()), last + days(1))
    assert found is not None
    assert found.entries == ("r1",)
    assert "assessment (due by 14 May 2026)" in found.text


@pytest.mark.parametrize(
    ("made", "counts"),
    [
        (request(outcome="advice"), False),
        (request({"about": "2026-02"}), False),
        (request(decided_on=DAY + days(90)), False),
        (request(decided_on=DAY + days(2)), True),
    ],
)
def test_only_a_request_that_led_to_an_assessment_counts(made: Entry, counts: bool) -> None:
    assert holds(RULE, record(made), DAY + days(80)) is counts


@pytest.mark.parametrize(("signed", "ends"), [(-1, False), (0, True), (70, True), (81, False)])
def test_a_signed_off_assessment_ends_it(signed: int, ends: bool) -> None:
    made = graded(shipped_pack("graded-care"), "a1", DAY - days(30), {}, signed=DAY + days(signed))
    assert holds(RULE, record(request(), assessments=(made,)), DAY + days(80)) is not ends


@pytest.mark.parametrize(
    ("more", "ends"),
    [
        (meeting("cin_planning", DAY + days(30)), True),
        (meeting("icpc", DAY + days(30)), True),
        (meeting("cin_planning", DAY - days(1)), False),
        (meeting("strategy", DAY + days(79)), False),
        (entry("k", "case_closed", DAY + days(30)), True),
    ],
)
def test_a_meeting_that_rests_on_the_assessment_ends_it(more: Entry, ends: bool) -> None:
    assert holds(RULE, record(request(), more), DAY + days(80)) is not ends


# Reports -----------------------------------------------------------------------------------------

CONFERENCE = date(2026, 3, 25)


@pytest.mark.parametrize(("kind", "last"), [("icpc", date(2026, 3, 20)), ("rcpc", date(2026, 3, 18))])
def test_the_report_is_with_the_family_before_the_conference(kind: str, last: date) -> None:
    planned = meeting(kind, None, planned_for=CONFERENCE)
    assert holds_from(RULE, record(planned), last + days(1))
    found = ask(RULE, record(planned), CONFERENCE)
    assert found is not None
    assert found.entries == ("m1",)
    assert "report to the family for the" in found.text
    assert "of 25 March 2026 (due by" in found.text
    assert not holds(RULE, record(planned), CONFERENCE + days(1))
    assert not holds(RULE, record(meeting(kind, CONFERENCE, planned_for=CONFERENCE)), CONFERENCE)
    shared = meeting(kind, None, planned_for=CONFERENCE, report_shared_on=last)
    assert not holds(RULE, record(shared), CONFERENCE)
    late = meeting(kind, None, planned_for=CONFERENCE, report_shared_on=last + days(2))
    assert holds(RULE, record(late), last + days(1))
    assert not holds(RULE, record(late), last + days(2))


def test_what_the_log_says_was_shared_with_the_family_ends_the_clock_of_that_conference() -> None:
    planned = meeting("icpc", None, planned_for=CONFERENCE)
    said: dict[str, Any] = {"document": "Report", "to": "Rose", "reader": "parent", "meeting": planned.id}
    last = date(2026, 3, 20)
    given = entry("s1", "report_shared", last + days(2), **said)
    assert holds(RULE, record(planned, given), last + days(1))
    assert not holds(RULE, record(planned, given), last + days(2))
    for other in ({"reader": "conference_chair"}, {"meeting": "m9"}):
        assert holds(RULE, record(planned, entry("s1", "report_shared", last, **{**said, **other})), CONFERENCE)


def test_other_meetings_and_those_without_a_day_want_no_report() -> None:
    assert not holds(RULE, record(meeting("core_group", None, planned_for=CONFERENCE)), CONFERENCE)
    assert not holds(RULE, record(meeting("icpc", None)), CONFERENCE)


# Its own day -------------------------------------------------------------------------------------


def test_a_meeting_that_says_when_it_is_due_is_overdue_after_that_day() -> None:
    about = record(meeting("deep_dive", None, due=DAY + days(9)))
    assert holds_from(RULE, about, DAY + days(10))
    assert "deep dive (due by 18 March 2026)" in says(about, DAY + days(10))
    assert not holds(RULE, record(meeting("deep_dive", DAY + days(9), due=DAY + days(9))), DAY + days(10))


@pytest.mark.parametrize(
    ("other", "ends"),
    [
        (meeting("deep_dive", DAY + days(3), "m2"), True),
        (meeting("deep_dive", DAY - days(3), "m2"), False),
        (meeting("three_way", DAY + days(3), "m2"), False),
    ],
)
def test_another_of_its_type_held_since_ends_it(other: Entry, ends: bool) -> None:
    assert holds(RULE, record(meeting("deep_dive", None, due=DAY + days(9)), other), DAY + days(10)) is not ends


def test_a_meeting_of_no_type_has_no_clock() -> None:
    assert not holds(RULE, record(entry("m1", "meeting", DAY, due=DAY)), DAY + days(9))


# Together ----------------------------------------------------------------------------------------


def test_one_alert_lists_each_overdue_thing_once_the_longest_overdue_first() -> None:
    due = meeting("rcpc", None, "m2", due=DAY + days(60))
    found = ask(RULE, of(plan(DAY), entries=(due,)), DAY + days(150))
    assert found is not None
    assert found.text.startswith(
        "Overdue: first core group (due by 23 March 2026) and "
        "review child protection conference (due by 8 May 2026). None recorded here"
    )
    assert found.entries == ("m2",)


@pytest.mark.parametrize("far", ["9999-12-31", "0001-01-01"])
def test_a_date_at_either_end_of_the_calendar_stops_no_clock(far: str) -> None:
    for kind in ("icpc", "strategy", "rcpc"):
        ask(RULE, record(meeting(kind, None, planned_for=far, due=far)), DAY)
    assert holds(RULE, record(meeting("icpc", None, planned_for=far, due=far)), DAY) is (far < "2026")
