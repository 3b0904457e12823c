"""The list of meetings: what is to come, what was held, and what was planned and never written down."""

from typing import Any

from gcp2_app.domain.plans.meeting_list import Stage, meetings
from gcp2_app.domain.words import long_date
from tests.plans import view_of
from tests.rules import DAY, days, entry, working


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


def test_a_conference_says_by_when_our_report_is_with_the_family_until_it_is() -> None:
    planned = working(DAY, 10)
    conference = entry("m1", "meeting", DAY, type="icpc", planned_for=planned)
    (found,) = meetings(view_of(conference))
    assert found.report_due == f"due by {long_date(working(DAY, 7))}, 7 working days left"
    assert not found.report_late
    (late,) = meetings(view_of(conference, on=working(DAY, 8)))
    assert late.report_late
    given: dict[str, Any] = {"document": "Report", "to": "Rose", "reader": "parent", "meeting": "m1"}
    (shared,) = meetings(view_of(conference, entry("s", "report_shared", DAY, **given)))
    assert (shared.report_due, shared.report_shared) == ("", True)
    # The chair is not the family, and another meeting's report is not this one's.
    for other in ({"reader": "conference_chair"}, {"meeting": "m9"}):
        (still,) = meetings(view_of(conference, entry("s", "report_shared", DAY, **{**given, **other})))
        assert not still.report_shared
    (core,) = meetings(view_of(entry("m2", "meeting", DAY, type="core_group", planned_for=planned)))
    assert (core.report_due, core.report_shared) == ("", False)
