"""By when our report for a meeting is with whom: whoever chairs it, the family, or those who meet.

Shown beside the meeting and wherever its report is made. What raises an alert is the rule's business
(:func:`gcp2_app.domain.rules.meetings.due`): the family's copy before a conference, and nothing else.

Source: casework.md, Meetings.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gcp2_app.domain.plans.clocks import due_words
from gcp2_app.domain.policy import ReportsPolicy
from gcp2_app.domain.readers import Audience
from gcp2_app.domain.rules.meetings import is_report_shared, report_by
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.view import View


class Getting(StrEnum):
    """Who gets a report before a meeting."""

    CHAIR = "chair"
    FAMILY = "family"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportClock:
    """One clock of a report.

    Attributes:
        who: gets it.
        by: the last day that is in time; None while the meeting has no day.
        words: that day and what is left of the time, or empty.
        late: that day has gone, and they have not got it.
        given: they have got it.
    """

    who: Getting
    by: date | None
    words: str
    late: bool
    given: bool


def report_clocks(view: View, meeting: Fact, policy: ReportsPolicy) -> tuple[ReportClock, ...]:
    """Return the clocks of our report for a meeting, the chair's first.

    A conference has one for its chair and one for the family; any other meeting has its own day, or the day it was
    given to be due by.
    """
    planned, kind = meeting.day("planned_for"), meeting.data.get("type")
    days = {
        "icpc": policy.chair_before_conference_working_days,
        "rcpc": policy.chair_before_review_working_days,
    }
    if kind not in days:
        return (_clock(view, Getting.MEETING, planned or meeting.day("due"), given=bool(_given_to(view, meeting))),)
    chair = view.before(planned, working=days[str(kind)]) if planned is not None else None
    with_chair = Audience.CONFERENCE_CHAIR in _given_to(view, meeting)
    return (
        _clock(view, Getting.CHAIR, chair, given=with_chair),
        _clock(view, Getting.FAMILY, report_by(view, meeting), given=is_report_shared(view, meeting)),
    )


def _given_to(view: View, meeting: Fact) -> set[object]:
    """Return what sorts of readers got our report for a meeting; somebody of no sort counts, too."""
    shared = view.facts("report_shared")
    return {each.data.get("reader") for each in shared if each.data.get("meeting") == meeting.id}


def _clock(view: View, who: Getting, by: date | None, *, given: bool) -> ReportClock:
    return ReportClock(
        who=who,
        by=by,
        words=due_words(view, by) if by is not None else "",
        late=by is not None and not given and view.passed(by),
        given=given,
    )
