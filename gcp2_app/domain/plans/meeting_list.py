"""The meetings about a child, those to come and those that were held.

Source: casework.md, Meetings.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.plans.guests import has_reason, lacks_advocate
from gcp2_app.domain.rules.meetings import MEETINGS
from gcp2_app.domain.rules.record import Fact, day_of
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import capital, long_date


class Stage(StrEnum):
    """Where a meeting stands."""

    ASKED_FOR = "asked_for"
    PLANNED = "planned"
    NOT_RECORDED = "not_recorded"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting.

    Attributes:
        fact: its entry as rules read it.
        title: what it is called, with a capital letter.
        stage: held; planned; planned for a day that has gone, and not recorded as held; or asked for without a day.
        day: it was held on, or is planned for.
        due: the day it was given to be due by.
        sent_on: its invitations were sent.
        invited, attended: how many people.
        lacks_advocate: the child's advocate belongs among the people invited, and is not.
        reason: why no advocate was invited, or empty.
    """

    fact: Fact
    title: str
    stage: Stage
    day: date | None
    due: date | None
    sent_on: date | None
    invited: int
    attended: int
    lacks_advocate: bool
    reason: str

    @property
    def is_to_come(self) -> bool:
        """Whether it is still to be held, or to be recorded as held."""
        return self.stage is not Stage.HELD


def meetings(view: View) -> tuple[Meeting, ...]:
    """Return the meetings: those to come first, the soonest first; then those held, the latest first."""
    found = [_meeting(view, fact) for fact in view.facts("meeting")]
    to_come = sorted((each for each in found if each.is_to_come), key=lambda each: _order(each, date.max))
    held = sorted((each for each in found if not each.is_to_come), key=lambda each: _order(each, date.min))
    return (*to_come, *reversed(held))


def planned_words(entry: Entry) -> str:
    """Return what a meeting that is not recorded as held was planned for; empty for everything else.

    It stands in the record on the day it was booked, and would be read as held on that day.
    """
    if entry.kind != "meeting" or entry.data.get("held"):
        return ""
    day = day_of(entry.data.get("planned_for"))
    return f"Meeting planned for {long_date(day)}" if day is not None else ""


def _order(meeting: Meeting, undated: date) -> tuple[date, str]:
    return meeting.day or meeting.due or undated, meeting.fact.id


def _meeting(view: View, fact: Fact) -> Meeting:
    held, planned = view.field(fact, "held"), fact.day("planned_for")
    guests = fact.groups("invited")
    return Meeting(
        fact=fact,
        title=capital(MEETINGS.get(str(fact.data.get("type")), "meeting of a kind that is not known")),
        stage=_stage(view, held, planned),
        day=held or planned,
        due=fact.day("due"),
        sent_on=view.field(fact, "invitations_sent_on"),
        invited=len(guests),
        attended=sum(guest.get("attended") is True for guest in guests),
        lacks_advocate=lacks_advocate(view, fact),
        reason=str(fact.data["no_advocate_reason"]).strip() if has_reason(fact.data) else "",
    )


def _stage(view: View, held: date | None, planned: date | None) -> Stage:
    if held is not None:
        return Stage.HELD
    if planned is None:
        return Stage.ASKED_FOR
    return Stage.NOT_RECORDED if view.passed(planned) else Stage.PLANNED
