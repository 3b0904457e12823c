"""R4: parents with a learning need."""

from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import LearningNeed, NeedState
from gcp2_app.domain.rules.record import ChildRecord
from tests.rules import DAY, ask, carer, child, days, entry, holds, holds_from, record, working


def about(*entries: Entry, state: str = "diagnosed", on: date | None = DAY) -> ChildRecord:
    who, person = carer(LearningNeed(state=NeedState(state), on=on))
    return record(*entries, of=child(carers=(who,)), people={"p1": person})


def support(**data: Any) -> Entry:
    return entry("l1", "learning_support", DAY, **{"person": "p1", **data})


@pytest.mark.parametrize("state", ["suspected", "says_so", "diagnosed"])
def test_an_adjustment_within_five_working_days(state: str) -> None:
    assert holds_from("R4.no_adjustment", about(state=state), working(DAY, 5) + days(1))
    found = ask("R4.no_adjustment", about(state=state), working(DAY, 6))
    assert found is not None
    assert "None recorded here. Ask before relying on this." in found.text


@pytest.mark.parametrize(
    ("born", "entries", "since"),
    [
        (date(2020, 1, 15), (entry("n1", "note", DAY - days(30)),), DAY - days(30)),
        (date(2020, 1, 15), (entry("n1", "note", {"about": "2025"}),), date(2025, 12, 31)),
        (date(2020, 1, 15), (entry("n1", "note", DAY + days(9)),), date(2020, 1, 15)),
        (date(2020, 1, 15), (), date(2020, 1, 15)),
    ],
)
def test_a_need_of_a_day_that_is_not_known_is_without_an_adjustment_since_the_record_begins(
    born: date, entries: tuple[Entry, ...], since: date
) -> None:
    who, person = carer(LearningNeed(state=NeedState.DIAGNOSED))
    needed = record(*entries, of=child(carers=(who,), date_of_birth=born), people={"p1": person})
    for day in (DAY, DAY + days(1)):
        found = ask("R4.no_adjustment", needed, day)
        assert found is not None
        assert found.since == since


def test_where_no_day_is_known_at_all_it_is_since_today() -> None:
    who, person = carer(LearningNeed(state=NeedState.DIAGNOSED))
    found = ask("R4.no_adjustment", record(of=child(carers=(who,), date_of_birth=None), people={"p1": person}), DAY)
    assert found is not None
    assert found.since == DAY


def test_no_need_no_alert() -> None:
    day = working(DAY, 9)
    assert not holds("R4.no_adjustment", about(state="none_known"), day)
    assert not holds("R4.no_adjustment", record(), day)
    who, person = carer()
    assert not holds("R4.no_adjustment", record(of=child(carers=(who,)), people={"p1": person}), day)
    assert not holds("R4.no_adjustment", record(of=child(carers=(who,))), day)
    assert not holds("R4.no_adjustment", about(on=day + days(1)), day)


def test_an_adjustment_ends_it_once_its_day_has_come() -> None:
    late = working(DAY, 9)
    given = about(support(adjustments=[{"what": "easy read", "on": late.isoformat()}]))
    assert holds("R4.no_adjustment", given, late - days(1))
    assert not holds("R4.no_adjustment", given, late)
    assert not holds("R4.no_adjustment", about(support(adjustments=[{"what": "easy read"}])), late)
    assert holds("R4.no_adjustment", about(support(person="p2", adjustments=[{"what": "easy read"}])), late)
    assert holds("R4.no_adjustment", about(support()), late)


def test_a_need_of_an_unknown_day_counts_at_once() -> None:
    found = ask("R4.no_adjustment", about(on=None), DAY)
    assert found is not None
    assert "recorded, and no adjustment" in found.text


def meeting(planned: date, *roles: str, **data: Any) -> Entry:
    invited = [{"role": role} for role in roles]
    return entry(f"m{planned:%d}", "meeting", DAY, type="core_group", planned_for=planned, invited=invited, **data)


def test_adult_services_are_invited_to_the_next_meeting() -> None:
    coming = meeting(DAY + days(20), "health visitor")
    found = ask("R4.adult_services", about(coming), DAY)
    assert found is not None
    assert found.level is Level.WATCH
    assert found.entries == (coming.id,)
    assert not holds("R4.adult_services", about(coming, state="none_known"), DAY)
    assert holds("R4.adult_services", about(coming), DAY + days(20))
    assert not holds("R4.adult_services", about(coming), DAY + days(21))
    assert not holds("R4.adult_services", about(meeting(DAY + days(20), "Adult services")), DAY)
    assert not holds("R4.adult_services", about(meeting(DAY + days(20), held=DAY)), DAY)
    assert not holds("R4.adult_services", about(entry("m1", "meeting", DAY, type="icpc")), DAY)


def test_only_the_next_meeting_counts_and_only_an_invitation_that_was_made() -> None:
    invited, later = meeting(DAY + days(3), "adult social care"), meeting(DAY + days(9))
    assert not holds("R4.adult_services", about(invited, later), DAY)
    assert holds_from("R4.adult_services", about(invited, later), DAY + days(4))
    to_come = entry(
        "m1",
        "meeting",
        DAY,
        type="icpc",
        planned_for=DAY + days(9),
        invited=[{"role": "adult services", "on": (DAY + days(3)).isoformat()}],
    )
    assert holds("R4.adult_services", about(to_come), DAY + days(2))
    assert not holds("R4.adult_services", about(to_come), DAY + days(3))
