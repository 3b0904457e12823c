"""LP4: hospital stays that run past the norm."""

from datetime import date, timedelta
from typing import Any

import pytest

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.rules.record import ChildRecord
from tests.rules import DAY, ask, child, days, entry, holds, holds_from, plan, record, status, working

LONG, MISSING, NOTICE, LEAVING = (
    f"LP4.{name}" for name in ("stay_long", "review_missing", "statutory_notice", "discharge")
)
ON_PLAN = child(statuses=(plan(date(2026, 1, 5)),))


def said(day: date, on: date | None = None) -> dict[str, str]:
    return {"date": day.isoformat()} | ({} if on is None else {"said_on": on.isoformat()})


def stay(*expected: dict[str, str], admitted: date | None = DAY, id_: str = "s1", **data: Any) -> Entry:
    dated: dict[str, Any] = {} if admitted is None else {"admitted": admitted}
    return entry(id_, "admission", admitted or DAY, agency="hospital", expected=list(expected), **dated, **data)


def meeting(kind: str, held: date, id_: str = "m1") -> Entry:
    return entry(id_, "meeting", held, type=kind, held=held)


def marked(on: date) -> Entry:
    return entry("n1", "note", on, themes=["medical"])


# A stay is long ----------------------------------------------------------------------------------


def test_a_stay_is_long_after_two_days_past_the_first_expected_date() -> None:
    about = record(stay(said(DAY + days(4))))
    assert holds_from(LONG, about, DAY + days(7))
    found = ask(LONG, about, DAY + days(7))
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("s1",)
    assert "Still in hospital since 9 March 2026: more than 2 days past the first expected date (13 Ma" in found.text


def test_the_first_expected_date_is_the_one_that_was_said_first() -> None:
    later = said(DAY + days(9), DAY + days(3))
    assert holds_from(LONG, record(stay(later, said(DAY + days(4), DAY))), DAY + days(7))
    # One was not dated: their order in the record decides.
    assert holds_from(LONG, record(stay(said(DAY + days(9)), said(DAY + days(4), DAY))), DAY + days(12))


def test_an_expected_date_counts_from_the_day_it_was_said() -> None:
    assert holds_from(LONG, record(stay(said(DAY + days(1), DAY + days(6)))), DAY + days(6))


@pytest.mark.parametrize("group", [{}, {"date": "soon"}, {"said_on": "2026-03-09"}])
def test_an_expected_date_that_is_none_says_nothing(group: dict[str, str]) -> None:
    assert not holds(LONG, record(stay(group)), DAY + days(60))


def test_a_stay_that_ended_or_has_not_begun_is_not_long() -> None:
    ended = record(stay(said(DAY + days(4)), discharged=DAY + days(8)))
    assert holds(LONG, ended, DAY + days(7))
    assert not holds(LONG, ended, DAY + days(8))
    planned = entry("s1", "admission", DAY, admitted=DAY + days(9), expected=[said(DAY + days(1))])
    assert not holds(LONG, record(planned), DAY + days(8))
    assert holds(LONG, record(planned), DAY + days(9))


@pytest.mark.parametrize("kind", ["child_in_need", "child_protection"])
def test_a_stay_is_long_after_seven_days_for_a_child_on_a_plan(kind: str) -> None:
    about = record(stay(), of=child(statuses=(status(kind, DAY - days(30)),)))
    assert holds_from(LONG, about, DAY + days(8))
    assert not holds(LONG, record(stay()), DAY + days(60))


def test_a_stay_is_long_after_seven_days_with_a_neglect_marker() -> None:
    assert holds_from(LONG, record(stay(), marked(DAY - days(30))), DAY + days(8))
    assert holds_from(LONG, record(stay(), marked(DAY + days(20))), DAY + days(20))
    assert not holds(LONG, record(stay(), marked(DAY - days(400))), DAY + days(8))


def test_a_plan_counts_while_it_is_open() -> None:
    ended = child(statuses=(plan(DAY - days(90), DAY + days(9)),))
    assert holds(LONG, record(stay(), of=ended), DAY + days(9))
    assert not holds(LONG, record(stay(), of=ended), DAY + days(10))
    begun = child(statuses=(plan(DAY + days(20)),))
    assert holds_from(LONG, record(stay(), of=begun), DAY + days(20))


@pytest.mark.parametrize("field", ["neonatal", "planned_long"])
def test_a_stay_that_is_meant_to_be_long_is_long_with_a_reason_that_is_not_clinical(field: str) -> None:
    long: dict[str, Any] = {field: True}
    assert not holds(LONG, record(stay(**long), of=ON_PLAN), DAY + days(8))
    clinical = stay(**long, extra_days=[{"reason": "clinical", "days": 3}, {"days": 2}])
    assert not holds(LONG, record(clinical, of=ON_PLAN), DAY + days(8))
    other = stay(**long, extra_days=[{"reason": "placement_search", "days": 3}])
    assert holds_from(LONG, record(other, of=ON_PLAN), DAY + days(8))
    # The other ways of being long are the same for every stay.
    assert holds(LONG, record(stay(said(DAY), **long)), DAY + days(3))


def test_a_child_who_is_fit_leaves_within_one_working_day() -> None:
    friday = DAY + days(4)
    assert holds_from(LONG, record(stay(medically_fit_on=friday)), working(friday, 1) + days(1))
    assert working(friday, 1) == DAY + days(7)


def test_the_second_move_of_the_expected_date_is_one_too_many() -> None:
    first, second, third = (said(DAY + days(20 + step), DAY + days(step)) for step in (0, 3, 6))
    assert not holds(LONG, record(stay(first, second)), DAY + days(15))
    assert holds_from(LONG, record(stay(first, second, third)), DAY + days(6))
    again = said(DAY + days(20), DAY + days(3))
    assert not holds(LONG, record(stay(first, again, third)), DAY + days(15))


def test_a_stay_without_its_day_of_admission_began_when_it_happened() -> None:
    about = record(stay(admitted=None), of=ON_PLAN)
    assert holds_from(LONG, about, DAY + days(8))
    unknown = entry("s1", "admission", {"about": "2026-03"}, expected=[said(DAY)])
    found = ask(LONG, record(unknown), DAY + days(60))
    assert found is not None
    assert found.text.startswith("Still in hospital: more than 2 days")
    assert not holds(LONG, record(entry("s1", "admission", {"about": "2026-03"}), of=ON_PLAN), DAY + days(60))


# Its review --------------------------------------------------------------------------------------


def long_stay(*more: Entry) -> ChildRecord:
    """A stay that runs past the norm from DAY + 7 on: the first review is due by DAY + 9, a Wednesday."""
    return record(stay(said(DAY + days(4))), *more)


def test_a_review_is_held_within_two_working_days() -> None:
    assert holds_from(MISSING, long_stay(), DAY + days(10))
    found = ask(MISSING, long_stay(), DAY + days(10))
    assert found is not None
    assert found.level is Level.URGENT
    assert found.entries == ("s1",)
    assert "due by 18 March 2026" in found.text
    assert "None recorded here" in found.text


@pytest.mark.parametrize(("held", "missing"), [(0, False), (9, False), (-1, True), (11, True)])
def test_a_review_of_this_stay_that_was_held_will_do(held: int, missing: bool) -> None:
    assert holds(MISSING, long_stay(meeting("stay_review", DAY + days(held))), DAY + days(10)) is missing


def test_another_meeting_or_a_plan_for_one_is_no_review() -> None:
    assert holds(MISSING, long_stay(meeting("professionals", DAY + days(8))), DAY + days(10))
    planned = entry("m1", "meeting", DAY + days(8), type="stay_review", planned_for=DAY + days(10))
    assert holds(MISSING, long_stay(planned), DAY + days(10))


def test_a_late_review_ends_it_from_its_day() -> None:
    about = long_stay(meeting("stay_review", DAY + days(12)))
    assert holds(MISSING, about, DAY + days(11))
    assert not holds(MISSING, about, DAY + days(12))


def test_further_reviews_are_due_on_days_fourteen_and_twenty_eight() -> None:
    first = meeting("stay_review", DAY + days(9))
    assert holds_from(MISSING, long_stay(first), DAY + days(15))
    second = meeting("stay_review", DAY + days(14), "m2")
    assert not holds(MISSING, long_stay(first, second), DAY + days(28))
    assert holds_from(MISSING, long_stay(first, second), DAY + days(29))
    found = ask(MISSING, long_stay(first, second), DAY + days(29))
    assert found is not None
    assert "due by 6 April 2026" in found.text
    assert found.asked_on == DAY + days(29)
    third = meeting("stay_review", DAY + days(28), "m3")
    assert not holds(MISSING, long_stay(first, second, third), DAY + days(90))


def test_a_further_review_is_only_due_after_the_first() -> None:
    # Past the norm from day 21, so that the first review is due on day 23, after day 14 has gone.
    late = stay(said(DAY + days(18)))
    assert holds_from(MISSING, record(late), DAY + days(24))
    reviewed = record(late, meeting("stay_review", DAY + days(3)))
    assert not holds(MISSING, reviewed, DAY + days(28))
    assert holds_from(MISSING, reviewed, DAY + days(29))


def test_nothing_is_due_for_a_stay_that_is_not_long_or_is_over() -> None:
    assert not holds(MISSING, record(stay(said(DAY + days(90)))), DAY + days(40))
    assert not holds(MISSING, record(stay(said(DAY + days(4)), discharged=DAY + days(9))), DAY + days(10))


def test_the_clock_of_the_review_starts_on_the_first_day_the_stay_was_long() -> None:
    plan_later = child(statuses=(plan(DAY + days(20)),))
    assert working(DAY + days(20), 2) == DAY + days(22)
    about = record(stay(), meeting("stay_review", DAY + days(15)), of=plan_later)
    assert not holds(MISSING, about, DAY + days(28))
    assert holds_from(MISSING, record(stay(), of=plan_later), DAY + days(23))


def test_the_clock_does_not_wait_for_what_became_known_late() -> None:
    late = entry("s1", "admission", DAY, known=DAY + days(20), admitted=DAY, expected=[said(DAY + days(4))])
    assert holds_from(MISSING, record(late), DAY + days(20))


def test_a_stay_of_which_no_day_is_known_is_long_since_ever() -> None:
    dateless = entry("s1", "admission", None, expected=[said(DAY + days(step)) for step in (0, 1, 2)])
    assert holds(MISSING, record(dateless), DAY - days(30))


# The notice --------------------------------------------------------------------------------------


def test_the_hospital_is_asked_about_its_notice_from_ten_weeks_on() -> None:
    about = record(stay())
    assert holds_from(NOTICE, about, DAY + timedelta(weeks=10))
    found = ask(NOTICE, about, DAY + timedelta(weeks=10))
    assert found is not None
    assert found.level is Level.ACT
    assert "section 85" in found.next
    assert "In hospital since 9 March 2026, for 10 weeks or more" in found.text
    assert holds(NOTICE, record(stay(neonatal=True)), DAY + timedelta(weeks=10))


@pytest.mark.parametrize(("until", "asked"), [(date(2026, 6, 8), False), (date(2026, 6, 9), True)])
def test_a_stay_that_is_meant_to_last_three_months_is_asked_about_at_once(until: date, asked: bool) -> None:
    assert holds(NOTICE, record(stay(said(until, DAY))), DAY) is asked
    assert holds(NOTICE, record(stay(discharge_planned_for=until)), DAY) is asked
    found = ask(NOTICE, record(stay(said(until))), DAY)
    assert found is None or "meant to stay for three months" in found.text


def test_the_intention_is_the_date_that_was_said_last() -> None:
    first, second = said(DAY + days(100), DAY), said(DAY + days(20), DAY + days(5))
    assert holds(NOTICE, record(stay(first, second)), DAY + days(4))
    assert not holds(NOTICE, record(stay(first, second)), DAY + days(5))


def test_a_notice_ends_it_once_it_is_given() -> None:
    about = record(stay(s85_notified_on=DAY + days(80)))
    assert holds(NOTICE, about, DAY + days(79))
    assert not holds(NOTICE, about, DAY + days(80))


def test_the_hospital_is_asked_again_when_such_a_stay_ends() -> None:
    ended: dict[str, Any] = {"discharged": DAY + days(100)}
    about = record(stay(s85_notified_on=DAY + days(80), **ended))
    assert not holds(NOTICE, about, DAY + days(99))
    assert holds_from(NOTICE, about, DAY + days(100))
    found = ask(NOTICE, about, DAY + days(100))
    assert found is not None
    assert "ended on 17 June 2026" in found.text
    assert not holds(NOTICE, record(stay(s85_notified_on=DAY + days(100), **ended)), DAY + days(100))


@pytest.mark.parametrize(("length", "asked"), [(69, False), (70, True)])
def test_a_short_stay_that_ended_is_not_asked_about(length: int, asked: bool) -> None:
    assert holds(NOTICE, record(stay(discharged=DAY + days(length))), DAY + days(200)) is asked


def test_a_stay_that_has_not_begun_is_not_asked_about() -> None:
    planned = entry("s1", "admission", DAY, admitted=DAY + days(9), discharge_planned_for=DAY + days(200))
    assert not holds(NOTICE, record(planned), DAY + days(8))
    assert holds_from(NOTICE, record(planned), DAY + days(9))


# Leaving -----------------------------------------------------------------------------------------


def test_a_planned_discharge_of_a_child_on_a_plan_wants_a_meeting() -> None:
    about = record(stay(discharge_planned_for=DAY + days(9)), of=ON_PLAN)
    assert holds_from(LEAVING, about, DAY)
    found = ask(LEAVING, about, DAY)
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("s1",)
    assert found.text.startswith("Discharge planned for 18 March 2026; no discharge meeting")
    assert not holds(LEAVING, record(stay(discharge_planned_for=DAY + days(9))), DAY)
    assert not holds(LEAVING, record(stay(said(DAY + days(9))), of=ON_PLAN), DAY)


def test_a_discharge_that_is_done_wants_a_meeting() -> None:
    about = record(stay(discharged=DAY + days(5)), of=ON_PLAN)
    assert holds_from(LEAVING, about, DAY + days(5))
    found = ask(LEAVING, about, DAY + days(5))
    assert found is not None
    assert found.text.startswith("Discharged on 14 March 2026; ")


def test_a_neglect_marker_does_what_a_plan_does_and_need_alone_does_not() -> None:
    leaving = stay(discharge_planned_for=DAY + days(9))
    assert holds(LEAVING, record(leaving, marked(DAY - days(9))), DAY)
    in_need = child(statuses=(status("child_in_need", DAY - days(9)),))
    assert not holds(LEAVING, record(leaving, of=in_need), DAY)
    for_neglect = child(statuses=(status("child_in_need", DAY - days(9), category="neglect"),))
    assert holds(LEAVING, record(leaving, of=for_neglect), DAY)


@pytest.mark.parametrize(("starts", "wanted"), [(5, True), (6, False)])
def test_a_stay_that_ended_before_the_plan_began_asks_for_nothing(starts: int, wanted: bool) -> None:
    later = child(statuses=(plan(DAY + days(starts)),))
    assert holds(LEAVING, record(stay(discharged=DAY + days(5)), of=later), DAY + days(9)) is wanted


@pytest.mark.parametrize(("noted", "wanted"), [(5, True), (6, False)])
def test_a_neglect_marker_that_came_after_a_discharge_says_nothing_of_it(noted: int, wanted: bool) -> None:
    about = record(stay(discharged=DAY + days(5)), marked(DAY + days(noted)))
    assert holds(LEAVING, about, DAY + days(9)) is wanted


@pytest.mark.parametrize(
    ("kind", "held", "wanted"), [("discharge", 2, False), ("discharge", -1, True), ("icpc", 2, True)]
)
def test_a_discharge_meeting_held_in_the_stay_ends_it(kind: str, held: int, wanted: bool) -> None:
    about = record(stay(discharge_planned_for=DAY + days(9)), meeting(kind, DAY + days(held)), of=ON_PLAN)
    assert holds(LEAVING, about, DAY + days(1))
    assert holds(LEAVING, about, DAY + days(2)) is wanted


def test_without_a_day_of_admission_any_discharge_meeting_will_do() -> None:
    dateless = entry("s1", "admission", {"about": "2026-03"}, discharged=DAY + days(5))
    assert holds(LEAVING, record(dateless, of=ON_PLAN), DAY + days(60))
    assert not holds(LEAVING, record(dateless, meeting("discharge", DAY), of=ON_PLAN), DAY + days(60))


def test_a_stay_to_come_is_not_left_yet() -> None:
    planned = entry("s1", "admission", DAY, admitted=DAY + days(9), discharge_planned_for=DAY + days(12))
    assert not holds(LEAVING, record(planned, of=ON_PLAN), DAY + days(8))


@pytest.mark.parametrize("name", [LONG, MISSING, NOTICE, LEAVING])
def test_nothing_recorded_says_nothing(name: str) -> None:
    assert not holds(name, record(of=ON_PLAN), DAY)


def test_two_stays_are_one_alert() -> None:
    other = stay(said(DAY + days(2)), id_="s2", admitted=DAY + days(1))
    found = ask(LONG, record(stay(said(DAY)), other), DAY + days(20))
    assert found is not None
    assert found.entries == ("s1", "s2")


@pytest.mark.parametrize("far", ["9999-12-31", "0001-01-01"])
def test_a_date_at_either_end_of_the_calendar_stops_no_rule(far: str) -> None:
    about = stay({"date": far}, medically_fit_on=far, discharge_planned_for=far)
    for name in (LONG, MISSING, NOTICE, LEAVING):
        ask(name, record(about, of=ON_PLAN), DAY + days(20))
    assert holds(LEAVING, record(about, of=ON_PLAN), DAY + days(20))
