"""By when our report for a meeting is with whom."""

from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.plans.report_clocks import Getting, ReportClock, report_clocks
from gcp2_app.domain.policy import Origin, PolicyStatus, ReportsPolicy
from gcp2_app.domain.words import long_date
from tests.plans import view_of
from tests.rules import DAY, entry, working

POLICY = ReportsPolicy(
    origin=Origin(source="Here", status=PolicyStatus.DEFAULT, checked_on="2026-11"),
    chair_before_conference_working_days=4,
    chair_before_review_working_days=7,
)
PLANNED = working(DAY, 10)


def clocks(meeting: Entry, *others: Entry, on: date = DAY) -> dict[Getting, ReportClock]:
    view = view_of(meeting, *others, on=on)
    (fact,) = (each for each in view.facts("meeting") if each.id == meeting.id)
    return {each.who: each for each in report_clocks(view, fact, POLICY)}


def meeting(type_: str, **more: Any) -> Entry:
    return entry("m1", "meeting", DAY, type=type_, **more)


def given(reader: str | None, to: str = "m1") -> Entry:
    return entry("s1", "report_shared", DAY, document="Report", to="Rose", reader=reader, meeting=to)


@pytest.mark.parametrize(("type_", "chair", "family"), [("icpc", 4, 3), ("rcpc", 7, 5)])
def test_a_conference_has_a_clock_for_its_chair_and_one_for_the_family(type_: str, chair: int, family: int) -> None:
    found = clocks(meeting(type_, planned_for=PLANNED))
    assert list(found) == [Getting.CHAIR, Getting.FAMILY]
    assert found[Getting.CHAIR].by == working(DAY, 10 - chair)
    assert found[Getting.CHAIR].words == f"due by {long_date(working(DAY, 10 - chair))}, {10 - chair} working days left"
    assert found[Getting.FAMILY].by == working(DAY, 10 - family)
    assert not any(each.late or each.given for each in found.values())


def test_each_is_late_from_the_day_after_its_own_last() -> None:
    conference = meeting("icpc", planned_for=PLANNED)
    assert not clocks(conference, on=working(DAY, 6))[Getting.CHAIR].late
    between = clocks(conference, on=working(DAY, 7))
    assert (between[Getting.CHAIR].late, between[Getting.FAMILY].late) == (True, False)
    assert between[Getting.CHAIR].words.endswith("1 working day overdue")


def test_a_copy_for_the_one_is_none_for_the_other() -> None:
    conference, later = meeting("icpc", planned_for=PLANNED), working(DAY, 9)
    found = clocks(conference, given("conference_chair"), on=later)
    assert (found[Getting.CHAIR].given, found[Getting.CHAIR].late) == (True, False)
    assert (found[Getting.FAMILY].given, found[Getting.FAMILY].late) == (False, True)
    found = clocks(conference, given("parent"), on=later)
    assert (found[Getting.CHAIR].given, found[Getting.FAMILY].given) == (False, True)
    assert not any(each.given for each in clocks(conference, given("parent", to="m9"), on=later).values())


def test_the_report_to_any_other_meeting_is_due_by_its_day() -> None:
    found = clocks(meeting("core_group", planned_for=PLANNED, due=working(DAY, 2)))
    assert list(found) == [Getting.MEETING]
    assert found[Getting.MEETING].by == PLANNED
    assert clocks(meeting("core_group", due=working(DAY, 2)))[Getting.MEETING].by == working(DAY, 2)
    assert clocks(meeting("core_group", planned_for=PLANNED), given(None))[Getting.MEETING].given


def test_without_a_day_there_is_no_clock_yet() -> None:
    for type_ in ("icpc", "rcpc", "core_group"):
        found = clocks(meeting(type_))
        assert {(each.by, each.words, each.late) for each in found.values()} == {(None, "", False)}
