"""LP6: every child on a plan has a named advocate, who is invited to the meetings.

Source: casework.md, row LP6.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gcp2_app.domain.alerts import Job, Level
from gcp2_app.domain.register import StatusKind
from gcp2_app.domain.rules.reading import ids, time_on
from gcp2_app.domain.rules.record import Fact, day_of
from gcp2_app.domain.rules.registry import Finding, rule
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import counted, listed, long_date

#: What each meeting is called inside a sentence. Only these are asked about.
ASKED_ABOUT = {
    "cin_planning": "child in need planning meeting",
    "cin_review": "child in need review",
    "icpc": "initial child protection conference",
    "rcpc": "review child protection conference",
    "core_group": "core group",
}
#: Words in the role of somebody's advocate that say it is not the child's.
_NOT_THE_CHILD = ("parent", "mother", "father", "carer", "adult")


@dataclass(frozen=True, slots=True)
class NoAdvocate:
    """Working days after the start of a plan without an offer: from then on it is to watch, and to act."""

    watch_working_days: int
    act_working_days: int


@rule(
    "LP6.no_advocate",
    NoAdvocate,
    next="Offer the child an advocate, or arrange one who needs no instruction.",
    start="advocacy/offered",
    rests_on_nothing=True,
)
def no_advocate(view: View, numbers: NoAdvocate) -> Finding | None:
    """A child in need, or on a child protection plan, was not offered an advocate.

    The clock starts where the child's time on these plans did: a child protection plan that follows need without a day
    between does not start it anew. An offer counts from the day the plan before ended; one made in an earlier, ended
    time on a plan does not. Any word on the child's own advocate is an offer (offered, accepted, declined by the child,
    non-instructed), but a parent's refusal is none, and so is an offer to a parent. A start that is not known lies
    long ago.

    Source: casework.md, LP6: "no offer to the child 5 wd after CiN/CP start → watch, 10 wd → act"; "A parent's refusal
    never closes the child's offer".
    """
    time = time_on(view, StatusKind.CHILD_IN_NEED, StatusKind.CHILD_PROTECTION)
    if time is None:
        return None
    start, before = time
    if any(offered > before for offered in _offers(view)):
        return None
    level, days = Level.ACT, numbers.act_working_days
    if not view.passed(start, working=days):
        level, days = Level.WATCH, numbers.watch_working_days
        if not view.passed(start, working=days):
            return None
    since = f"on {long_date(start)}" if start > date.min else "on a day that is not known"
    return Finding(
        text=f"The child’s plan started {since}. No offer of an advocate to the child in more than "
        f"{counted(days, 'working day')}.",
        level=level,
    )


def _offers(view: View) -> Iterable[date]:
    for fact in view.facts("advocacy"):
        refused_by_parent = fact.data.get("status") == "declined" and fact.data.get("by") == "parent"
        on = view.dated(fact, "on")
        if on is not None and is_for_child(fact) and not refused_by_parent:
            yield on


def is_for_child(fact: Fact) -> bool:
    """Whether a word on an advocate is about the child’s own; it is where it does not say of whom."""
    return fact.data.get("for") in (None, "", "child")


@dataclass(frozen=True, slots=True)
class NotInvited:
    """A meeting fewer than ``working_days`` away has the advocate's invitation."""

    working_days: int


@rule(
    "LP6.not_invited",
    NotInvited,
    next="Invite the child’s advocate now. Where the child declined one, offer again before the meeting.",
    start="tab/plans",
    job=Job.CHAIR,
    rests_on_nothing=True,
)
def not_invited(view: View, numbers: NotInvited) -> Finding | None:
    """A meeting about the plan is near, and the child's advocate is not among the people invited.

    From the working day on which fewer than five working days are left, up to and with the day it is planned for, as
    long as it is not held. Invited is somebody whose role says advocate or advocacy, and not of whom but the child; or
    who has the name of the child's advocate, and not that of a parent's. An invitation counts from its day, or else
    from the day on which all were sent; where neither is kept, with the meeting. A reason why no advocate was invited
    lets the invitations be sent; it is no invitation, and the alert says that there is one.

    Source: casework.md, LP6: "CiN meeting, ICPC, RCPC, core group less than 5 wd away without the advocate's
    invitation".
    """
    found = [
        (meeting, planned)
        for meeting in view.meetings(*ASKED_ABOUT)
        if (planned := meeting.day("planned_for")) is not None
        and view.field(meeting, "held") is None
        and view.near(planned, working=numbers.working_days - 1)
        and not view.passed(planned)
        and not is_invited(view, meeting)
    ]
    if not found:
        return None
    said = listed(f"{ASKED_ABOUT[meeting.data['type']]} on {long_date(planned)}" for meeting, planned in found)
    reason = any(str(meeting.data.get("no_advocate_reason") or "").strip() for meeting, _ in found)
    return Finding(
        text=f"Fewer than {counted(numbers.working_days, 'working day')} before the {said}, and the child’s advocate "
        f"is not invited.{' A reason is recorded.' if reason else ''}",
        entries=ids(meeting for meeting, _ in found),
    )


def names_of(view: View, *, for_child: bool) -> frozenset[str]:
    """Return the names of the child's advocates, or of the parents', in small letters."""
    named = (_plain(fact.data.get("name")) for fact in view.facts("advocacy") if is_for_child(fact) is for_child)
    return frozenset(name for name in named if name)


def is_invited(view: View, meeting: Fact) -> bool:
    """Whether the child's advocate is among the people invited to a meeting, by today; see :func:`not_invited`."""
    for guest in advocates_among(view, meeting):
        on = day_of(guest.get("on")) or meeting.day("invitations_sent_on")
        if on is None or view.known(on) is not None:
            return True
    return False


def advocates_among(view: View, meeting: Fact) -> list[Mapping[str, Any]]:
    """Return those of the people invited to a meeting who are the child's advocate, whenever they were invited."""
    names = names_of(view, for_child=True)
    others = names_of(view, for_child=False) - names
    found = []
    for guest in meeting.groups("invited"):
        role, name = _plain(guest.get("role")), _plain(guest.get("name"))
        of_role = "advoca" in role and name not in others and not any(word in role for word in _NOT_THE_CHILD)
        if of_role or name in names:
            found.append(guest)
    return found


def _plain(raw: object) -> str:
    return str(raw or "").strip().casefold()
