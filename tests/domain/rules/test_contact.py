"""LP7: seen from afar, rated red and unseen, and what a period meant."""

from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Child
from tests.rules import DAY, ask, child, days, entry, holds, holds_from, plan, record, status, working

IN_NEED = child(statuses=(status("child_in_need", date(2025, 9, 1)),))


def visit(id_: str, on: date | dict[str, str], mode: str = "home", **data: Any) -> Entry:
    return entry(id_, "visit", on, mode=mode, **data)


def remote(*ago: int) -> list[Entry]:
    return [visit(f"r{i}", DAY - days(gap), "phone") for i, gap in enumerate(ago)]


def test_three_remote_contacts_running() -> None:
    about = record(visit("v0", DAY - days(9)), *remote(6, 3, 0), of=IN_NEED)
    assert holds_from("LP7.remote_only", about, DAY)
    found = ask("LP7.remote_only", about, DAY)
    assert found is not None
    assert found.entries == ("r0", "r1", "r2")
    assert "None recorded here" not in found.text
    assert not holds("LP7.remote_only", record(visit("v0", DAY - days(9)), *remote(6, 0), of=IN_NEED), DAY)
    seen = visit("v1", DAY - days(1))
    assert not holds("LP7.remote_only", record(*remote(6, 3, 2), seen, of=IN_NEED), DAY)


@pytest.mark.parametrize(
    "between",
    [
        {"cancelled_by": "family"},
        {"access": "no_answer"},
        {"access": "refused"},
        {"access": "child_absent"},
    ],
)
def test_cancelled_and_vain_visits_break_no_run(between: dict[str, str]) -> None:
    about = record(visit("v0", DAY - days(9)), *remote(6, 3, 0), visit("v1", DAY - days(1), **between), of=IN_NEED)
    assert holds("LP7.remote_only", about, DAY)


@pytest.mark.parametrize("mode", ["home", "doorstep", "school", "clinic", "office"])
def test_none_in_person_for_twenty_working_days(mode: str) -> None:
    about = record(visit("v0", DAY, mode, access="given"), of=IN_NEED)
    assert holds_from("LP7.remote_only", about, working(DAY, 20) + days(1))
    found = ask("LP7.remote_only", about, working(DAY, 20) + days(1))
    assert found is not None
    assert "None recorded here; last entry from school on 9 March 2026." in found.text


def test_the_days_begin_with_the_plan() -> None:
    begun = child(statuses=(plan(DAY),))
    assert holds_from("LP7.remote_only", record(of=begun), working(DAY, 20) + days(1))
    assert holds_from("LP7.remote_only", record(visit("v0", DAY - days(60)), of=begun), working(DAY, 20) + days(1))
    since_ever = child(statuses=(status("child_protection", None),))
    assert not holds("LP7.remote_only", record(of=since_ever), DAY)


@pytest.mark.parametrize(
    "of", [child(), child(statuses=(status("early_help", date(2025, 1, 1)),)), child(statuses=(plan(DAY + days(1)),))]
)
def test_only_children_on_a_plan_or_in_need(of: Child) -> None:
    assert not holds("LP7.remote_only", record(*remote(6, 3, 0), of=of), DAY)


def test_an_approximate_visit_decides_nothing() -> None:
    about = record(visit("v0", {"about": "2026-02"}), *remote(6, 3), of=IN_NEED)
    assert holds("LP7.remote_only", about, DAY)  # none in person since September


def test_rated_red_and_unseen_for_ten_working_days() -> None:
    about = record(visit("v0", DAY, contact_rating="red"))
    assert holds_from("LP7.red_unseen", about, working(DAY, 10) + days(1))
    found = ask("LP7.red_unseen", about, working(DAY, 10) + days(1))
    assert found is not None
    assert found.level is Level.URGENT
    assert found.entries == ("v0",)
    by_phone = record(visit("v0", DAY - days(20)), visit("v1", DAY, "phone", contact_rating="red"))
    assert holds_from("LP7.red_unseen", by_phone, DAY)
    never_seen = record(visit("v1", DAY, "phone", contact_rating="red"))
    assert holds_from("LP7.red_unseen", never_seen, working(DAY, 10) + days(1))


def test_a_later_rating_or_being_seen_ends_it() -> None:
    red = visit("v0", DAY - days(40), contact_rating="red")
    assert holds("LP7.red_unseen", record(red), DAY)
    assert not holds("LP7.red_unseen", record(red, visit("v1", DAY, contact_rating="amber")), DAY)
    assert not holds("LP7.red_unseen", record(red, visit("v1", DAY)), DAY)
    assert not holds("LP7.red_unseen", record(visit("v0", DAY - days(40))), DAY)


def period(*children: str, **data: Any) -> Entry:
    named: dict[str, Any] = {"name": "lockdown", "from": DAY - days(90), **data}
    return entry("p1", "circumstance", DAY - days(90), children=children, **named)


def test_the_impact_of_a_period_is_reviewed_within_twenty_working_days() -> None:
    assert holds_from("LP7.impact_review", record(period("c1", to=DAY)), working(DAY, 20) + days(1))
    late = working(DAY, 25)
    reviewed = record(period("c1", to=DAY, impact_review_on=late))
    assert holds("LP7.impact_review", reviewed, late - days(1))
    assert not holds("LP7.impact_review", reviewed, late)
    assert not holds("LP7.impact_review", record(period("c1")), DAY)


def test_a_period_of_everybody_is_every_open_childs() -> None:
    everybody = period(to=DAY)
    day = working(DAY, 21)
    assert not holds("LP7.impact_review", record(everybody), day)
    assert holds("LP7.impact_review", record(everybody, of=IN_NEED), day)
    opened = entry("o1", "case_opened", DAY - days(30))
    closed = entry("o2", "case_closed", DAY - days(5))
    assert holds("LP7.impact_review", record(everybody, opened), day)
    assert not holds("LP7.impact_review", record(everybody, opened, closed), day)


def test_a_step_up_to_a_plan_does_not_start_the_days_anew() -> None:
    before = status("child_in_need", DAY - days(60), DAY - days(1))
    assert holds("LP7.remote_only", record(of=child(statuses=(before, plan(DAY)))), DAY)
    assert holds(
        "LP7.remote_only", record(of=child(statuses=(status("child_in_need", DAY - days(60)), plan(DAY)))), DAY
    )
    apart = status("child_in_need", DAY - days(60), DAY - days(2))
    begun_anew = record(of=child(statuses=(apart, plan(DAY))))
    assert holds_from("LP7.remote_only", begun_anew, working(DAY, 20) + days(1))
