"""R4: parents with a learning need get what they need to follow and take part.

A need is recorded when its state is other than "none known". One whose date was not kept counts as recorded long ago.

Source: casework.md, row R4.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gcp2_app.domain.alerts import Job, Level
from gcp2_app.domain.register import NeedState, Person
from gcp2_app.domain.rules.record import Fact, day_of
from gcp2_app.domain.rules.registry import Finding, NoNumbers, rule
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import long_date

_DAY = timedelta(days=1)
_ADULT = "adult"


@dataclass(frozen=True, slots=True)
class NoAdjustment:
    """An adjustment is recorded within ``working_days`` of the need."""

    working_days: int


@rule(
    "R4.no_adjustment",
    NoAdjustment,
    next="Ask the parent and adult services what helps them, and record the adjustment.",
    start="learning_support",
    job=Job.ALLOCATED_WORKER,
    rests_on_nothing=True,
)
def no_adjustment(view: View, numbers: NoAdjustment) -> Finding | None:
    """A carer's learning need is recorded, and no adjustment within five working days.

    Source: casework.md, R4: "``no_adjustment`` need recorded, none in 5 wd → act".
    """
    without = [
        since
        for person, since in carers_with_need(view)
        if _overdue(view, since, numbers.working_days) and not _is_adjusted(view, person)
    ]
    if not without:
        return None
    dated = [since for since in without if since > date.min]
    said = f" on {long_date(min(dated))}" if dated else ""
    return Finding(text=f"A carer’s learning need was recorded{said}, and no adjustment to how we work with them.")


def _overdue(view: View, since: date, working_days: int) -> bool:
    return since == date.min or view.passed(since, working=working_days)


def _is_adjusted(view: View, person: Person) -> bool:
    return any(
        (day := day_of(adjusted.get("on"))) is None or view.known(day) is not None
        for support in support_of(view, person)
        for adjusted in support.groups("adjustments")
    )


@rule(
    "R4.adult_services",
    NoNumbers,
    level=Level.WATCH,
    next="Invite adult services to the next meeting.",
    start="tab/plans",
    job=Job.CHAIR,
)
def adult_services(view: View, numbers: NoNumbers) -> Finding | None:  # noqa: ARG001 - one shape for all rules
    """A carer has a learning need, and adult services are not invited to the next meeting.

    Source: casework.md, R4: "``adult_services`` not invited to the next meeting → watch".
    """
    if not any(carers_with_need(view)):
        return None
    coming = [
        (planned, meeting)
        for meeting in view.facts("meeting")
        if (planned := meeting.day("planned_for")) is not None
        and view.field(meeting, "held") is None
        and not view.reached(planned + _DAY)
    ]
    if not coming:
        return None
    planned, meeting = min(coming, key=lambda pair: (pair[0], pair[1].id))
    if any(
        _ADULT in str(each.get("role") or "").casefold() and _invited(view, each.get("on"))
        for each in meeting.groups("invited")
    ):
        return None
    return Finding(
        text=f"A carer has a learning need, and adult services are not among those invited to the meeting planned for "
        f"{long_date(planned)}.",
        entries=(meeting.id,),
    )


def _invited(view: View, on: object) -> bool:
    day = day_of(on)
    return day is None or view.known(day) is not None


def carers_with_need(view: View) -> Iterator[tuple[Person, date]]:
    """Yield each carer with a recorded learning need, with the day it was recorded; long ago where that was not kept.

    Source: casework.md, LP5: "when a carer's learning need is not 'none known'".
    """
    for carer in view.record.child.carers:
        person = view.record.people.get(carer.person)
        if person is None or person.learning_need is None or person.learning_need.state is NeedState.NONE_KNOWN:
            continue
        on = person.learning_need.on
        if on is None or view.known(on) is not None:
            yield person, on or date.min


def support_of(view: View, person: Person) -> list[Fact]:
    """Return what is recorded of the help an adult gets for their learning need."""
    return [fact for fact in view.facts("learning_support") if fact.data.get("person") == person.id]
