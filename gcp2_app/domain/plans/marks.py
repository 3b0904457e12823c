"""What does not fit together in plans and meetings. It warns and marks, and never refuses.

Source: casework.md, Meetings: "Integrity rules (CiN and CP plan together; CP plan not starting on its ICPC date; two
open plans; review before start; a due date on a weekend) **warn and mark, never refuse**: wrong data still has to be
recordable."
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from gcp2_app.domain.register import Status, StatusKind
from gcp2_app.domain.rules.agreements import result_of, said_done_on
from gcp2_app.domain.rules.meetings import MEETINGS
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import capital, long_date

_CALLED = {
    StatusKind.CHILD_IN_NEED: "child in need plan",
    StatusKind.CHILD_PROTECTION: "child protection plan",
}
_REVIEWS = {"rcpc": StatusKind.CHILD_PROTECTION, "cin_review": StatusKind.CHILD_IN_NEED}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that does not fit.

    Attributes:
        text: what, in words, with what to look at.
        entries: ids of the entries it is about.
    """

    text: str
    entries: tuple[str, ...] = ()


def marks(view: View) -> tuple[Mark, ...]:
    """Return everything in plans and meetings that does not fit together."""
    return tuple(mark for find in (_together, _conference_day, _early_review, _closed_day) for mark in find(view))


def _plans(view: View, kind: StatusKind) -> list[Status]:
    return sorted((each for each in view.record.child.statuses if each.status is kind), key=lambda each: each.since)


def _overlap(one: Status, other: Status) -> bool:
    return one.since <= (other.to or date.max) and other.since <= (one.to or date.max)


def _together(view: View) -> Iterator[Mark]:
    need, protection = _plans(view, StatusKind.CHILD_IN_NEED), _plans(view, StatusKind.CHILD_PROTECTION)
    for one in need:
        for other in protection:
            if _overlap(one, other):
                yield Mark(
                    f"A {_CALLED[one.status]} ({_period(one)}) and a {_CALLED[other.status]} ({_period(other)}) are "
                    "recorded for the same days. The first usually ends the day before the second begins."
                )
    for plans in (need, protection):
        for one, other in combinations(plans, 2):
            if _overlap(one, other):
                yield Mark(
                    f"Two {_CALLED[one.status]}s are recorded for the same days: {_period(one)}, and {_period(other)}."
                )


def _period(plan: Status) -> str:
    since = f"since {long_date(plan.since)}" if plan.since > date.min else "since a day that is not known"
    if plan.to is None:
        return since
    return (
        f"{long_date(plan.since)} to {long_date(plan.to)}" if plan.since > date.min else f"until {long_date(plan.to)}"
    )


def _conference_day(view: View) -> Iterator[Mark]:
    """A plan that does not begin on the day of its conference: the conference nearest to its start."""
    plans = [plan for plan in _plans(view, StatusKind.CHILD_PROTECTION) if plan.since > date.min]
    held = [
        (day, meeting)
        for meeting in view.facts("meeting")
        if meeting.data.get("type") == "icpc" and (day := view.field(meeting, "held")) is not None
    ]
    if not held:
        return
    for plan in plans:
        day, meeting = min(held, key=lambda pair: abs(pair[0] - plan.since))
        owner = min(plans, key=lambda other: abs(day - other.since))
        if owner is plan and day != plan.since:
            yield Mark(
                f"The child protection plan begins on {long_date(plan.since)}, and its initial conference was held on "
                f"{long_date(day)}. A plan begins on the day of its conference.",
                (meeting.id,),
            )


def _early_review(view: View) -> Iterator[Mark]:
    for meeting in view.facts("meeting"):
        kind = _REVIEWS.get(str(meeting.data.get("type")))
        held = view.field(meeting, "held")
        if kind is None or held is None:
            continue
        if all(plan.since > held for plan in _plans(view, kind)):
            what = capital(MEETINGS[str(meeting.data["type"])])
            yield Mark(
                f"{what} held on {long_date(held)}: no {_CALLED[kind]} is recorded as begun by that day.", (meeting.id,)
            )


def _closed_day(view: View) -> Iterator[Mark]:
    for meeting in view.facts("meeting"):
        due = meeting.day("due")
        if due is not None and view.field(meeting, "held") is None and not view.calendar.is_working(due):
            what = MEETINGS.get(str(meeting.data.get("type")), "meeting")
            yield Mark(f"The {what} is due by {_weekday(due)}, which is no working day.", (meeting.id,))
    for action in view.facts("action"):
        due = action.day("due")
        settled = said_done_on(view, action) is not None or result_of(view, action)
        if due is not None and not view.calendar.is_working(due) and not settled:
            what = str(action.data.get("what") or "An action")
            yield Mark(f"“{what}” is due by {_weekday(due)}, which is no working day.", (action.id,))


def _weekday(day: date) -> str:
    return f"{_WEEKDAYS[day.weekday()]} {long_date(day)}"
