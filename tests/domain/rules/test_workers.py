"""LP8: the allocated worker is rung first, and somebody answers."""

from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Allocation, Professional
from gcp2_app.domain.rules.record import ChildRecord
from tests.rules import CHILD, DAY, ask, child, days, entry, holds, holds_from, record, working

ALLOCATED, UNANSWERED = "LP8.allocated", "LP8.unanswered"
#: The first day on which a try of DAY is shown.
SHOWN = working(DAY, 1) + days(1)
BEFORE = DAY - days(30)


# A worker is allocated ---------------------------------------------------------------------------


def allocation(
    from_: date | None = BEFORE, to: date | None = None, role: str = "social_worker", who: str = "w1"
) -> Allocation:
    return Allocation(professional=who, from_=from_, to=to, role=role)


def case(*entries: Entry, allocated: Allocation | None = None, role: str = "") -> ChildRecord:
    worker = Professional(id="w1", role=role)
    of = child(allocated=(allocated or allocation(),))
    return record(*entries, of=of, professionals={"w1": worker})


def request(on: date | dict[str, str] = DAY, id_: str = "r1", **data: Any) -> Entry:
    return entry(id_, "referral", on, by_agency="school", **data)


def test_a_request_while_a_social_worker_is_allocated_is_redirected() -> None:
    assert holds_from(ALLOCATED, case(request()), DAY)
    found = ask(ALLOCATED, case(request()), DAY)
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("r1",)
    assert found.text == "1 request for help sent while a social worker was allocated: 9 March 2026 (school)."
    assert not holds(ALLOCATED, record(request()), DAY)


@pytest.mark.parametrize(
    ("allocated", "inside"),
    [
        (allocation(DAY), True),
        (allocation(DAY + days(1)), False),
        (allocation(DAY - days(9), DAY), True),
        (allocation(DAY - days(9), DAY - days(1)), False),
        (allocation(None), True),
    ],
)
def test_the_first_and_last_day_of_an_allocation_belong_to_it(allocated: Allocation, inside: bool) -> None:
    assert holds(ALLOCATED, case(request(), allocated=allocated), DAY + days(2)) is inside


@pytest.mark.parametrize(
    ("role", "own", "counts"),
    [
        ("social_worker", "", True),
        ("Social Worker", "", True),
        ("", "Senior social worker", True),
        ("lead", "social-worker", True),
        ("health_visitor", "family support worker", False),
        ("", "", False),
    ],
)
def test_the_role_of_the_allocation_or_of_the_worker_says_social_worker(role: str, own: str, counts: bool) -> None:
    assert holds(ALLOCATED, case(request(), allocated=allocation(role=role), role=own), DAY) is counts


def test_a_worker_who_is_not_in_the_register_has_the_role_of_the_allocation() -> None:
    assert holds(ALLOCATED, case(request(), allocated=allocation(who="w9")), DAY)


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ({"override_reason": "worker away"}, False),
        ({"override_reason": " "}, True),
        ({"emergency": True}, False),
        ({"emergency": False}, True),
    ],
)
def test_a_reason_or_an_emergency_excuses_it(data: dict[str, Any], shown: bool) -> None:
    assert holds(ALLOCATED, case(request(**data)), DAY) is shown


def test_a_request_of_an_uncertain_day_or_one_to_come_does_not_decide() -> None:
    assert not holds(ALLOCATED, case(request({"about": "2026-02"})), DAY)
    early = entry("r1", "referral", DAY + days(5), known=DAY, by_agency="school")
    assert not holds(ALLOCATED, case(early), DAY + days(4))
    assert holds(ALLOCATED, case(early), DAY + days(5))


def test_several_requests_are_one_alert_with_the_agency_where_it_is_known() -> None:
    nobody = entry("r2", "referral", DAY + days(3), agency=None)
    found = ask(ALLOCATED, case(request(), nobody), DAY + days(3))
    assert found is not None
    assert found.entries == ("r1", "r2")
    assert found.text.endswith("allocated: 9 March 2026 (school) and 12 March 2026.")


# Nobody answers ----------------------------------------------------------------------------------


def tried(on: date | str = DAY, id_: str = "t1", **data: Any) -> Entry:
    day = on if isinstance(on, date) else DAY
    return entry(id_, "worker_contact", day, **{"by_agency": "school", "to_role": "worker", "tried_on": on, **data})


def test_a_try_that_reached_nobody_is_shown_after_one_working_day() -> None:
    assert holds_from(UNANSWERED, record(tried()), SHOWN)
    found = ask(UNANSWERED, record(tried()), SHOWN)
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("t1",)
    assert "1 try to reach the worker, the manager or duty, the first on 9 March 2026." in found.text
    assert not holds(UNANSWERED, record(tried(reached=True)), SHOWN)


def test_the_clock_starts_at_the_first_try() -> None:
    friday = date(2026, 3, 6)
    about = record(tried(friday), tried(DAY, "t2", to_role="duty", reached=False))
    assert holds_from(UNANSWERED, about, DAY + days(1))
    found = ask(UNANSWERED, about, DAY + days(1))
    assert found is not None
    assert found.entries == ("t1", "t2")


@pytest.mark.parametrize(
    ("step", "answered"),
    [
        (tried(DAY + days(1), "t2", reached=True), True),
        (tried(DAY, "t2", reached=True, to_role="manager"), True),
        (tried(DAY - days(1), "t2", reached=True), False),
        (tried(DAY + days(1), "t2", reached=True, by_agency="gp"), True),
        (request(DAY), True),
        (request(DAY - days(1)), False),
        (entry("r1", "referral", {"about": "2026-02"}, known=DAY), False),
        (entry("c1", "challenge", DAY, stage=1, stage_started=DAY + days(1)), True),
        (entry("m1", "meeting", DAY, type="strategy", held=DAY + days(1)), True),
        (entry("m1", "meeting", DAY, type="strategy", held=SHOWN + days(1)), False),
        (entry("m1", "meeting", DAY, type="strategy", planned_for=DAY + days(1)), False),
        (entry("n1", "note", DAY), False),
    ],
)
def test_a_further_step_answers_it(step: Entry, answered: bool) -> None:
    assert holds(UNANSWERED, record(tried(), step), SHOWN) is not answered


def test_a_reply_answers_it_from_its_day() -> None:
    about = record(tried(reached=False, reply_on=SHOWN + days(2)))
    assert holds(UNANSWERED, about, SHOWN + days(1))
    assert not holds(UNANSWERED, about, SHOWN + days(2))


def test_a_try_after_a_step_starts_the_clock_anew() -> None:
    about = record(tried(), request(DAY + days(1)), tried(DAY + days(7), "t2"))
    assert holds_from(UNANSWERED, about, working(DAY + days(7), 1) + days(1))
    found = ask(UNANSWERED, about, DAY + days(12))
    assert found is not None
    assert found.entries == ("t2",)


@pytest.mark.parametrize(
    ("at", "answered"),
    [("2026-03-09T09:00:00+00:00", False), ("2026-03-09T16:00:00+00:00", True), ("2026-03-09", True)],
)
def test_on_one_day_the_time_decides_where_both_are_kept(at: str, answered: bool) -> None:
    about = record(tried("2026-03-09T14:00:00+00:00"), tried(at, "t2", reached=True))
    assert holds(UNANSWERED, about, SHOWN) is not answered


def test_a_try_whose_own_day_has_not_come_or_is_not_kept() -> None:
    assert not holds(UNANSWERED, record(entry("t1", "worker_contact", DAY, tried_on=SHOWN + days(1))), SHOWN)
    for raw in (None, "soon"):
        assert holds_from(UNANSWERED, record(entry("t1", "worker_contact", DAY, tried_on=raw)), SHOWN)
    assert not holds(UNANSWERED, record(entry("t1", "worker_contact", {"about": "2026-02"})), SHOWN)
    assert not holds(UNANSWERED, record(entry("t1", "worker_contact", None)), SHOWN)


def test_nothing_recorded_says_nothing() -> None:
    assert CHILD.allocated == ()
    assert not holds(ALLOCATED, record(), DAY)
    assert not holds(UNANSWERED, record(), DAY)
