"""LP2: gaps in what is recorded, and a chronology before a decision."""

from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.entries import Entry
from gcp2_app.forms.packs import shipped_pack
from gcp2_app.forms.rule_policy import shipped_working_days
from tests.rules import DAY, ask, child, days, entry, graded, holds, holds_from, plan, record, status

LONG_AGO = DAY - days(400)
ON_PLAN = child(statuses=(plan(LONG_AGO),))
SPAN: dict[str, Any] = {"from": LONG_AGO, "to": DAY + days(10)}
IN_NEED = child(statuses=(status("child_in_need", LONG_AGO),))


# gap ------------------------------------------------------------------------------------------------------------------


def note(id_: str, on: date | dict[str, str] | None, **more: Any) -> Entry:
    return entry(id_, "note", on, **more)


def test_nothing_for_four_weeks_on_a_child_protection_plan() -> None:
    about = record(note("e1", DAY), of=ON_PLAN)
    assert not holds("LP2.gap", about, DAY + days(28))
    assert holds_from("LP2.gap", about, DAY + days(29))
    found = ask("LP2.gap", about, DAY + days(29))
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ()
    assert "nothing is recorded after 9 March 2026: more than 4 weeks." in found.text
    assert "None recorded here; last entry from school on 9 March 2026. Ask before relying on this." in found.text


def test_nothing_for_eight_weeks_as_a_child_in_need_is_watched() -> None:
    about = record(note("e1", DAY), of=IN_NEED)
    assert holds_from("LP2.gap", about, DAY + days(57))
    found = ask("LP2.gap", about, DAY + days(57))
    assert found is not None
    assert found.level is Level.WATCH


def test_child_protection_goes_before_child_in_need() -> None:
    both = child(statuses=(status("child_in_need", LONG_AGO), plan(LONG_AGO)))
    found = ask("LP2.gap", record(note("e1", DAY), of=both), DAY + days(29))
    assert found is not None
    assert found.level is Level.ACT


@pytest.mark.parametrize(
    "statuses",
    [
        (),
        (status("early_help", LONG_AGO),),
        (plan(LONG_AGO, DAY + days(28)),),
        (plan(DAY + days(30)),),
    ],
)
def test_without_an_open_plan_a_gap_says_nothing(statuses: Any) -> None:
    assert not holds("LP2.gap", record(note("e1", DAY), of=child(statuses=statuses)), DAY + days(29))


def test_an_older_gap_is_not_alerted() -> None:
    assert not holds("LP2.gap", record(note("e1", LONG_AGO), note("e2", DAY), of=ON_PLAN), DAY + days(28))


@pytest.mark.parametrize(
    "last",
    [
        note("e2", {"about": "2026-03"}),
        note("e2", None, known=None),
        note("e2", DAY + days(40), known=DAY + days(20)),
        entry("e2", "circumstance", DAY + days(10), children=(), name="strike", **SPAN),
        entry("e2", "action", DAY + days(10), what="beds", agreed_on=DAY),
        entry("e2", "report_shared", DAY + days(10), document="Report", to="the chair"),
    ],
)
def test_what_is_not_about_a_certain_day_of_this_child_closes_no_gap(last: Entry) -> None:
    assert holds_from("LP2.gap", record(note("e1", DAY), last, of=ON_PLAN), DAY + days(29))


@pytest.mark.parametrize(
    "last",
    [
        entry("e2", "visit", DAY + days(10), mode="home", access="no_answer"),
        entry("e2", "meeting", LONG_AGO, type="core_group", held=DAY + days(10)),
        entry("e2", "action", LONG_AGO, what="beds", agreed_on=LONG_AGO, checked_on=DAY + days(10)),
        entry("e2", "support", LONG_AGO, name="group", **SPAN),
    ],
)
def test_any_kind_of_entry_ends_a_gap_on_the_day_it_took_place(last: Entry) -> None:
    about = record(note("e1", DAY), last, of=ON_PLAN)
    assert holds_from("LP2.gap", about, DAY + days(39))


def test_a_signed_off_assessment_ends_a_gap() -> None:
    one = graded(shipped_pack("graded-care"), "a1", DAY, {}, signed=DAY + days(25))
    about = record(note("e1", DAY), of=ON_PLAN, assessments=(one,))
    assert holds_from("LP2.gap", about, DAY + days(25 + 29))


def test_where_nothing_came_since_the_plan_began_it_counts_from_there() -> None:
    began = child(statuses=(plan(DAY),))
    assert holds_from("LP2.gap", record(note("e1", LONG_AGO), of=began), DAY + days(29))
    about = record(of=began)
    assert holds_from("LP2.gap", about, DAY + days(29))
    found = ask("LP2.gap", about, DAY + days(29))
    assert found is not None
    assert "nothing is recorded since the plan began" in found.text
    unknown = record(of=child(statuses=(status("child_protection", None, category="neglect"),)))
    found = ask("LP2.gap", unknown, DAY)
    assert found is not None
    assert "since the plan began" in found.text


def test_one_plan_after_the_other_is_one_time() -> None:
    stepped_up = child(statuses=(status("child_in_need", LONG_AGO, DAY - days(1)), plan(DAY)))
    assert holds("LP2.gap", record(note("e1", DAY - days(40)), of=stepped_up), DAY)
    with_break = child(statuses=(status("child_in_need", LONG_AGO, DAY - days(2)), plan(DAY)))
    assert holds_from("LP2.gap", record(note("e1", DAY - days(40)), of=with_break), DAY + days(29))
    never_ended = child(statuses=(status("child_in_need", LONG_AGO), plan(DAY)))
    assert holds("LP2.gap", record(note("e1", DAY - days(40)), of=never_ended), DAY)


# chronology_missing ---------------------------------------------------------------------------------------------------

MEETING = date(2026, 6, 10)
SHOWN = shipped_working_days().before(MEETING, 10)


def meeting(id_: str = "m1", kind: str = "icpc", **data: Any) -> Entry:
    return entry(id_, "meeting", MEETING, known=DAY, type=kind, **({"planned_for": MEETING} | data))


def frozen(on: date | dict[str, str]) -> Entry:
    return entry("z1", "chronology_frozen", on, version="1")


@pytest.mark.parametrize("kind", ["icpc", "rcpc", "legal_planning"])
def test_a_chronology_is_frozen_before_a_decision(kind: str) -> None:
    assert date(2026, 5, 27) == SHOWN
    about = record(meeting(kind=kind))
    assert holds_from("LP2.chronology_missing", about, SHOWN)
    found = ask("LP2.chronology_missing", about, SHOWN)
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("m1",)
    assert "10 June 2026" in found.text


@pytest.mark.parametrize("kind", ["core_group", "strategy", "cin_review"])
def test_other_meetings_need_none(kind: str) -> None:
    assert not holds("LP2.chronology_missing", record(meeting(kind=kind)), MEETING)


@pytest.mark.parametrize(
    ("on", "missing"),
    [
        (date(2026, 3, 9), True),
        (date(2026, 3, 10), False),
        (date(2026, 6, 9), False),
        ({"about": "2026-05"}, True),
    ],
)
def test_a_chronology_of_three_months_before_will_do(on: date | dict[str, str], *, missing: bool) -> None:
    assert holds("LP2.chronology_missing", record(meeting(), frozen(on)), MEETING) is missing


def test_the_alert_ends_when_a_chronology_is_frozen() -> None:
    about = record(meeting(), frozen(SHOWN + days(3)))
    assert holds("LP2.chronology_missing", about, SHOWN + days(2))
    assert not holds("LP2.chronology_missing", about, SHOWN + days(3))


def test_it_lasts_until_the_meeting_is_held() -> None:
    assert holds("LP2.chronology_missing", record(meeting()), MEETING + days(30))
    late = record(meeting(held=MEETING + days(5)))
    assert holds("LP2.chronology_missing", late, MEETING + days(5))
    assert not holds("LP2.chronology_missing", late, MEETING + days(6))
    instead = meeting("m2", held=MEETING + days(5), planned_for=MEETING + days(5))
    assert not holds("LP2.chronology_missing", record(meeting(), instead), MEETING + days(6))
    other = meeting("m2", "rcpc", held=MEETING + days(5), planned_for=MEETING + days(5))
    assert holds("LP2.chronology_missing", record(meeting(), other), MEETING + days(6))


def test_a_meeting_that_is_only_due_or_only_filed() -> None:
    due = entry("m1", "meeting", DAY, type="rcpc", due=MEETING)
    assert holds_from("LP2.chronology_missing", record(due), SHOWN)
    filed = record(entry("m1", "meeting", MEETING, known=DAY, type="rcpc"))
    assert holds_from("LP2.chronology_missing", filed, SHOWN)
    assert holds("LP2.chronology_missing", filed, MEETING)
    assert not holds("LP2.chronology_missing", filed, MEETING + days(1))
    nowhere = entry("m1", "meeting", {"unknown": "not said"}, known=None, type="rcpc")
    assert not holds("LP2.chronology_missing", record(nowhere), MEETING)


def test_a_planned_request_for_help_needs_one_too() -> None:
    planned = record(entry("r1", "referral", MEETING, known=DAY, by_agency="school"))
    assert holds_from("LP2.chronology_missing", planned, SHOWN)
    assert holds("LP2.chronology_missing", planned, MEETING)
    assert not holds("LP2.chronology_missing", planned, MEETING + days(1))
    emergency = entry("r1", "referral", MEETING, by_agency="school", emergency=True)
    assert not holds("LP2.chronology_missing", record(emergency), MEETING)
    about = entry("r1", "referral", {"about": "2026-06"}, known=DAY, by_agency="school")
    assert not holds("LP2.chronology_missing", record(about), MEETING)


def test_two_decisions_are_one_alert() -> None:
    found = ask("LP2.chronology_missing", record(meeting("m2", "rcpc"), meeting("m1")), MEETING)
    assert found is not None
    assert found.entries == ("m1", "m2")


def test_nothing_recorded_says_nothing() -> None:
    assert not holds("LP2.gap", record(), DAY)
    assert not holds("LP2.chronology_missing", record(), DAY)


@pytest.mark.parametrize("far", ["9999-12-31", "0001-01-01"])
def test_a_meeting_at_either_end_of_the_calendar_stops_no_clock(far: str) -> None:
    assert holds("LP2.chronology_missing", record(meeting(planned_for=far)), DAY) is (far < "2026")
