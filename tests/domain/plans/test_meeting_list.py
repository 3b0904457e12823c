"""The list of meetings: what is to come, what was held, and what was planned and never written down."""

from typing import Any

from gcp2_app.domain.plans.meeting_list import Stage, meetings
from tests.plans import view_of
from tests.rules import DAY, days, entry


def test_what_is_to_come_stands_first_and_what_was_held_last_stands_before_what_was_held_earlier() -> None:
    view = view_of(
        entry("m1", "meeting", DAY, type="strategy", held=DAY - days(9)),
        entry("m2", "meeting", DAY, type="icpc", held=DAY),
        entry("m3", "meeting", DAY, type="core_group", planned_for=DAY + days(4)),
        entry("m4", "meeting", DAY, type="rcpc", planned_for=DAY - days(1)),
        entry("m5", "meeting", DAY, type="legal_planning", due=DAY),
        entry("m6", "meeting", DAY),
    )
    found = meetings(view)
    assert [(each.fact.id, each.stage) for each in found] == [
        ("m4", Stage.NOT_RECORDED),
        ("m5", Stage.ASKED_FOR),
        ("m3", Stage.PLANNED),
        ("m6", Stage.ASKED_FOR),
        ("m2", Stage.HELD),
        ("m1", Stage.HELD),
    ]
    assert found[3].title == "Meeting of a kind that is not known"
    assert found[4].title == "Initial child protection conference"


def test_a_meeting_planned_for_today_is_still_to_come() -> None:
    held: dict[str, Any] = {"type": "icpc", "planned_for": DAY, "held": DAY + days(1)}
    view = view_of(entry("m1", "meeting", DAY, **held))
    assert meetings(view)[0].stage is Stage.PLANNED
    assert meetings(view_of(entry("m1", "meeting", DAY, **held), on=DAY + days(1)))[0].stage is Stage.HELD


def test_it_counts_who_was_asked_and_came_and_says_why_the_advocate_was_not() -> None:
    guests = [{"role": "GP", "attended": True}, {"role": "Teacher", "attended": False}, {"role": "Police"}]
    (found,) = meetings(
        view_of(
            entry(
                "m1",
                "meeting",
                DAY,
                type="icpc",
                planned_for=DAY,
                invited=guests,
                invitations_sent_on=DAY,
                no_advocate_reason=" A newborn. ",
            )
        )
    )
    assert (found.invited, found.attended, found.sent_on) == (3, 1, DAY)
    assert (found.lacks_advocate, found.reason) == (True, "A newborn.")
