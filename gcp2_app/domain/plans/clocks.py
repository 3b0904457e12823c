"""What is due: meetings, the assessment, reports to the family, each with its day and what is left of the time.

Source: casework.md, Meetings (``MEET.due`` clocks).
"""

from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.rules.meetings import Due, Waiting, waiting
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import counted, long_date

_RULE = "MEET.due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One thing that is due.

    Attributes:
        what: in words, as inside a sentence.
        kind: type of the meeting; ``assessment`` or ``report`` for what is none.
        by: the last day that is in time.
        overdue: that day has gone.
        words: the day and what is left of the time.
        planned: the meeting of this type that is planned next, or None.
        planned_late: it is planned for a day after the last one that is in time.
        entries: ids of what started the clock.
    """

    what: str
    kind: str
    by: date
    overdue: bool
    words: str
    planned: Fact | None = None
    planned_late: bool = False
    entries: tuple[str, ...] = ()


def clocks(view: View) -> tuple[Clock, ...]:
    """Return everything that is due, the soonest first."""
    numbers: Due = view.numbers(_RULE)
    return tuple(_clock(view, each) for each in waiting(view, numbers))


def _clock(view: View, each: Waiting) -> Clock:
    planned = _planned(view, each.kind)
    day = planned.day("planned_for") if planned is not None else None
    return Clock(
        what=each.what,
        kind=each.kind,
        by=each.by,
        overdue=view.passed(each.by),
        words=due_words(view, each.by),
        planned=planned,
        planned_late=day is not None and day > each.by,
        entries=each.entries,
    )


def _planned(view: View, kind: str) -> Fact | None:
    """Return the next meeting of a type that is planned and not held; one planned for a day gone by is none."""
    found = [
        (day, meeting.id, meeting)
        for meeting in view.facts("meeting")
        if meeting.data.get("type") == kind
        and (day := meeting.day("planned_for")) is not None
        and not view.passed(day)
        and view.field(meeting, "held") is None
    ]
    return min(found, key=lambda each: each[:2])[2] if found else None


def due_words(view: View, by: date) -> str:
    """Return a day something is due by, and what is left of the time in working days."""
    said = f"due by {long_date(by)}"
    if view.passed(by):
        gone = view.calendar.between(by, view.today)
        return f"{said}, {counted(gone, 'working day')} overdue" if gone else f"{said}, overdue"
    if by == view.today:
        return f"{said}, today"
    return f"{said}, {counted(view.calendar.between(view.today, by), 'working day')} left"
