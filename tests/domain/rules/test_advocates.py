"""LP6: an advocate for every child on a plan."""

from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.rules.record import ChildRecord
from tests.rules import DAY, ask, child, days, entry, holds, holds_from, plan, record, status, working

NONE, NOT_INVITED = "LP6.no_advocate", "LP6.not_invited"
#: The first days on which a plan of DAY without an offer is to watch, and to act.
WATCH, ACT = working(DAY, 5) + days(1), working(DAY, 10) + days(1)


def offer(on: date | None, answer: str = "offered", *, when: date = DAY, whose: str = "", **data: Any) -> Entry:
    more: dict[str, Any] = {"on": on, "for": whose, "status": answer} | data
    return entry("o1", "advocacy", when, **{name: value for name, value in more.items() if value})


def on_plan(*entries: Entry) -> ChildRecord:
    return record(*entries, of=child(statuses=(plan(DAY),)))


# No offer ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["child_in_need", "child_protection"])
def test_a_plan_without_an_offer_is_to_watch_and_then_to_act(kind: str) -> None:
    about = record(of=child(statuses=(status(kind, DAY),)))
    assert holds_from(NONE, about, WATCH)
    levels = [found.level for day in (WATCH, ACT - days(1), ACT) if (found := ask(NONE, about, day))]
    assert levels == [Level.WATCH, Level.WATCH, Level.ACT]
    found = ask(NONE, about, ACT)
    assert found is not None
    assert found.since == WATCH
    assert "started on 9 March 2026" in found.text
    assert "more than 10 working days" in found.text


@pytest.mark.parametrize("kind", ["early_help", "section_47", "looked_after"])
def test_without_such_a_plan_nothing_is_asked(kind: str) -> None:
    assert not holds(NONE, record(of=child(statuses=(status(kind, DAY - days(90)),))), DAY)
    assert not holds(NONE, record(), DAY)


def test_a_plan_that_ended_or_has_not_begun_is_not_asked_about() -> None:
    assert holds(NONE, record(of=child(statuses=(plan(DAY, ACT),))), ACT)
    assert not holds(NONE, record(of=child(statuses=(plan(DAY, ACT),))), ACT + days(1))
    assert not holds(NONE, record(of=child(statuses=(plan(ACT),))), ACT)


@pytest.mark.parametrize("answer", ["offered", "accepted", "declined", "non_instructed"])
def test_any_word_on_the_childs_advocate_is_an_offer(answer: str) -> None:
    about = on_plan(offer(ACT + days(2), answer, by="child"))
    assert holds(NONE, about, ACT + days(1))
    assert not holds(NONE, about, ACT + days(2))


def test_a_parents_refusal_and_a_parents_advocate_are_none() -> None:
    assert holds(NONE, on_plan(offer(DAY, "declined", by="parent")), WATCH)
    assert holds(NONE, on_plan(offer(DAY, "declined", by="parent", whose="child")), WATCH)
    assert holds(NONE, on_plan(offer(DAY, whose="parent")), WATCH)
    assert not holds(NONE, on_plan(offer(DAY, "accepted", by="parent", whose="child")), WATCH)


def test_an_offer_without_a_day_of_its_own_counts_when_it_happened() -> None:
    assert not holds(NONE, on_plan(offer(None)), WATCH)
    about = entry("o1", "advocacy", {"about": "2026-03"}, known=DAY, status="offered")
    assert holds(NONE, on_plan(about), WATCH)


def test_a_plan_that_follows_another_without_a_day_between_goes_on() -> None:
    need = status("child_in_need", DAY - days(60), DAY - days(1))
    assert holds_from(NONE, record(of=child(statuses=(need, plan(DAY)))), working(DAY - days(60), 5) + days(1))
    offered = offer(DAY - days(50), when=DAY - days(50))
    assert not holds(NONE, record(offered, of=child(statuses=(need, plan(DAY)))), ACT)
    both = child(statuses=(status("child_in_need", DAY - days(60)), plan(DAY)))
    assert holds_from(NONE, record(of=both), working(DAY - days(60), 5) + days(1))


def test_an_offer_of_an_earlier_time_on_a_plan_does_not_count() -> None:
    earlier = plan(DAY - days(400), DAY - days(200))
    for before, missing in ((200, True), (199, False), (1, False)):
        offered = offer(DAY - days(before), when=DAY - days(before))
        assert holds(NONE, record(offered, of=child(statuses=(earlier, plan(DAY)))), WATCH) is missing
    assert not holds(NONE, record(of=child(statuses=(earlier, plan(DAY)))), WATCH - days(1))


def test_a_start_that_is_not_known_lies_long_ago() -> None:
    found = ask(NONE, record(of=child(statuses=(status("child_in_need", None),))), DAY)
    assert found is not None
    assert found.level is Level.ACT
    assert "on a day that is not known" in found.text


# Not invited -------------------------------------------------------------------------------------

#: A Monday, the bank holiday one week before.
MEETING = date(2026, 5, 11)
#: The first day on which fewer than five working days are left.
NEAREST = date(2026, 5, 5)


def meeting(*invited: dict[str, str], kind: str = "rcpc", on: date | None = MEETING, **data: Any) -> Entry:
    planned: dict[str, Any] = {} if on is None else {"planned_for": on}
    return entry("m1", "meeting", DAY, type=kind, invited=list(invited), **planned, **data)


def guest(role: str = "", name: str = "", on: date | None = None) -> dict[str, str]:
    return {"role": role, "name": name} | ({} if on is None else {"on": on.isoformat()})


@pytest.mark.parametrize("kind", ["cin_planning", "cin_review", "icpc", "rcpc", "core_group"])
def test_a_near_meeting_without_the_advocate_is_shown(kind: str) -> None:
    about = record(meeting(guest("GP"), kind=kind))
    assert holds_from(NOT_INVITED, about, NEAREST)
    found = ask(NOT_INVITED, about, NEAREST)
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("m1",)
    assert "on 11 May 2026, and the child’s advocate is not invited." in found.text


def test_it_is_shown_up_to_the_day_of_the_meeting_while_it_is_not_held() -> None:
    assert holds(NOT_INVITED, record(meeting()), MEETING)
    assert not holds(NOT_INVITED, record(meeting()), MEETING + days(1))
    assert not holds(NOT_INVITED, record(meeting(held=MEETING)), MEETING)


def test_other_meetings_and_those_without_a_planned_day_are_not_asked_about() -> None:
    assert not holds(NOT_INVITED, record(meeting(kind="strategy")), MEETING)
    assert not holds(NOT_INVITED, record(meeting(on=None)), MEETING)
    assert not holds(NOT_INVITED, record(), MEETING)


@pytest.mark.parametrize(
    ("who", "invited"),
    [
        (guest("advocate"), True),
        (guest("Advocacy service"), True),
        (guest("Child’s advocate", "Kim Voice"), True),
        (guest("Parent’s advocate"), False),
        (guest("mother's advocate"), False),
        (guest("advocate", "Lee Other"), False),
        (guest("", " kim VOICE "), True),
        (guest("advocate", on=MEETING), False),
        (guest("advocate", on=MEETING - days(1)), True),
        (guest("social worker", "Sam Worker"), False),
    ],
)
def test_the_childs_own_advocate_is_invited(who: dict[str, str], invited: bool) -> None:
    lee: dict[str, Any] = {"name": "Lee Other", "for": "parent"}
    named = entry("o1", "advocacy", DAY, status="accepted", name="Kim Voice")
    other = entry("o2", "advocacy", DAY, status="accepted", **lee)
    assert holds(NOT_INVITED, record(meeting(guest("GP"), who), named, other), MEETING - days(1)) is not invited


def test_an_invitation_counts_once_all_were_sent() -> None:
    about = record(meeting(guest("advocate"), invitations_sent_on=MEETING - days(3)))
    assert holds(NOT_INVITED, about, MEETING - days(4))
    assert not holds(NOT_INVITED, about, MEETING - days(3))


def test_a_reason_is_no_invitation() -> None:
    found = ask(NOT_INVITED, record(meeting(no_advocate_reason="child said no")), MEETING)
    assert found is not None
    assert "A reason is recorded." in found.text


def test_two_meetings_are_one_alert() -> None:
    second = entry("m2", "meeting", DAY + days(1), type="core_group", planned_for=MEETING + days(1))
    found = ask(NOT_INVITED, record(meeting(), second), MEETING)
    assert found is not None
    assert found.entries == ("m1", "m2")
    assert "conference on 11 May 2026 and core group on 12 May 2026" in found.text
