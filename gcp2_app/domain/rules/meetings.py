"""MEET: meetings are held, and reports shared, when they are due; a long plan is looked at by lawyers.

Source: casework.md, Meetings. Working Together to Safeguard Children 2023, chapter 3, for the conference within 15
working days, the core group within 10, reviews after 3 and then 6 months, and the assessment within 45 working days.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.alerts import Job
from gcp2_app.domain.readers import FAMILY
from gcp2_app.domain.register import Category, StatusKind
from gcp2_app.domain.rules.reading import time_on
from gcp2_app.domain.rules.record import Fact, Graded
from gcp2_app.domain.rules.registry import Finding, rule
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import counted, listed, long_date

#: What each meeting is called inside a sentence.
MEETINGS = {
    "strategy": "strategy discussion",
    "icpc": "initial child protection conference",
    "rcpc": "review child protection conference",
    "core_group": "core group",
    "cin_planning": "child in need planning meeting",
    "cin_review": "child in need review",
    "stay_review": "hospital stay review",
    "trigger_review": "trigger review",
    "three_way": "check by GP, school and school nurse",
    "deep_dive": "deep dive",
    "discharge": "discharge meeting",
    "legal_planning": "legal planning meeting",
    "professionals": "professionals’ meeting",
}
_ASSESSED = ("cin_planning", "icpc")


@dataclass(frozen=True, slots=True)
class Due:
    """How long each thing may take.

    Attributes:
        conference_working_days: initial conference, after the strategy discussion.
        core_group_working_days: first core group, after the start of the plan.
        first_review_months: first review conference, after the start of the plan.
        next_review_months: each further one, after the one before.
        need_review_weeks: review of a child in need, after the start of the plan or the review before.
        assessment_working_days: assessment, after the request for help that led to it.
        report_before_conference_working_days: report with the family, before the initial conference.
        report_before_review_working_days: the same before a review conference.
    """

    conference_working_days: int
    core_group_working_days: int
    first_review_months: int
    next_review_months: int
    need_review_weeks: int
    assessment_working_days: int
    report_before_conference_working_days: int
    report_before_review_working_days: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that is to be done by a day, and is not done yet.

    Attributes:
        what: in words, as inside a sentence.
        by: the last day that is in time.
        entries: ids of what started the clock.
        kind: type of the meeting; ``assessment`` or ``report`` for what is none.
    """

    what: str
    by: date
    entries: tuple[str, ...] = ()
    kind: str = ""


@rule(
    "MEET.due",
    Due,
    next="Arrange what is overdue, or record when it was done.",
    start="tab/plans",
    rests_on_nothing=True,
)
def due(view: View, numbers: Due) -> Finding | None:
    """A meeting, an assessment or a report is overdue; one alert lists each.

    A meeting is done once it is recorded as held. What starts each clock in the record:

    - initial conference: each strategy discussion held. A conference held, or a child protection plan open on that day
      or later, ends it, and so does the case being closed.
    - first core group, first review conference: the first day of the unbroken time on a child protection plan; then the
      review conference held last. They stop with the plan. Of a start that is not known, nothing is counted.
    - child in need review: the first day of the unbroken time in need, then the review held last. It stops while a
      child protection plan is open, whose reviews take its place, and starts anew when that ends.
    - assessment: the day of a request for help whose outcome is an assessment. Done once an assessment is signed off on
      that day or later; a child in need planning meeting or an initial conference held since says that it was done, and
      the case being closed ends it.
    - report to the family: the day a conference is planned for, counted back; from the day after the last one that is
      in time, up to and with the planned day, until it is shared with a parent or the child, as the meeting says or an
      entry of what was shared does, or the conference is held.
    - a meeting that was given a day of its own to be due by, of any type, once that day has gone, unless it or another
      of its type was held since it was asked for.

    Source: casework.md, Meetings: "``MEET.due`` clocks: ICPC 15 wd from strategy; first core group 10 wd; first review
    3 m then ≤ 6 m; CiN review 12 weeks (local); assessment 45 wd; report to family 3 wd before ICPC, 5 before review".
    """
    late = _soonest(each for each in _running(view, numbers) if view.passed(each.by))
    if not late:
        return None
    return Finding(
        text=f"Overdue: {listed(f'{each.what} (due by {long_date(each.by)})' for each in late)}.",
        entries=tuple(id_ for each in late for id_ in each.entries),
    )


def waiting(view: View, numbers: Due) -> list[Waiting]:
    """Return everything whose clock is running, overdue or not, the soonest first; see :func:`due`."""
    return _soonest(_running(view, numbers))


def _running(view: View, numbers: Due) -> Iterator[Waiting]:
    held = _Held(view)
    for parts in (_conference, _plan_meetings, _need_review, _assessment, _reports, _by_own_day):
        yield from parts(view, numbers, held)


def _soonest(found: Iterable[Waiting]) -> list[Waiting]:
    """Return each thing once, with the earliest of its days, the soonest first."""
    soonest: dict[str, Waiting] = {}
    for each in found:
        if each.what not in soonest or each.by < soonest[each.what].by:
            soonest[each.what] = each
    return sorted(soonest.values(), key=lambda each: (each.by, each.what))


class _Held:
    """The meetings that were held, by type."""

    def __init__(self, view: View, *types: str) -> None:
        self._by_type: dict[object, list[tuple[date, Fact]]] = {}
        for meeting in view.meetings(*types) if types else view.facts("meeting"):
            if (held := view.field(meeting, "held")) is not None:
                self._by_type.setdefault(meeting.data.get("type"), []).append((held, meeting))

    def of(self, kind: str, *, since: date = date.min) -> list[tuple[date, Fact]]:
        """Return the meetings of a type held on a day or after it, with their days, oldest first."""
        found = [(held, meeting) for held, meeting in self._by_type.get(kind, ()) if held >= since]
        return sorted(found, key=lambda pair: (pair[0], pair[1].id))

    def any(self, *kinds: str, since: date) -> bool:
        """Whether a meeting of one of these types was held on a day or after it."""
        return any(held >= since for kind in kinds for held, _ in self._by_type.get(kind, ()))


def _was_closed(view: View, since: date) -> bool:
    days = (view.known(fact.on) for fact in view.facts("case_closed"))
    return any(day is not None and day >= since for day in days)


def _conference(view: View, numbers: Due, held: _Held) -> Iterator[Waiting]:
    plans = [
        each
        for each in view.record.child.statuses
        if each.status is StatusKind.CHILD_PROTECTION and (each.since == date.min or view.known(each.since) is not None)
    ]
    for on, strategy in held.of("strategy"):
        if (
            not held.any("icpc", since=on)
            and not any(plan.to is None or plan.to >= on for plan in plans)
            and not _was_closed(view, on)
        ):
            by = view.last_day(on, working=numbers.conference_working_days)
            yield Waiting(MEETINGS["icpc"], by, (strategy.id,), "icpc")


def _plan_meetings(view: View, numbers: Due, held: _Held) -> Iterator[Waiting]:
    start, _ = time_on(view, StatusKind.CHILD_PROTECTION) or (None, None)
    if start is None:
        return
    days = numbers.core_group_working_days
    if start > date.min and not held.any("core_group", since=start):
        yield Waiting(f"first {MEETINGS['core_group']}", view.last_day(start, working=days), kind="core_group")
    yield from _next_review(view, start, held, "rcpc", _Every(numbers.first_review_months, numbers.next_review_months))


def _need_review(view: View, numbers: Due, held: _Held) -> Iterator[Waiting]:
    start, _ = time_on(view, StatusKind.CHILD_IN_NEED) or (None, None)
    if start is None or view.on_child_protection() is not None:
        return
    plans = [each.to for each in view.record.child.statuses if each.status is StatusKind.CHILD_PROTECTION]
    start = max(start, *(to for to in plans if to is not None and view.known(to) is not None), date.min)
    yield from _next_review(view, start, held, "cin_review", _Every(weeks=numbers.need_review_weeks))


@dataclass(frozen=True, slots=True)
class _Every:
    """How long after the start the first review is due, and each further one after the one before."""

    first_months: int = 0
    next_months: int = 0
    weeks: int = 0


def _next_review(view: View, start: date, held: _Held, kind: str, every: _Every) -> Iterator[Waiting]:
    reviews = held.of(kind, since=start)
    last, months = start, every.first_months
    entries: tuple[str, ...] = ()
    if reviews:
        last, months = reviews[-1][0], every.next_months
        entries = (reviews[-1][1].id,)
    if last > date.min:
        yield Waiting(MEETINGS[kind], view.last_day(last, months=months, weeks=every.weeks), entries, kind)


def _assessment(view: View, numbers: Due, held: _Held) -> Iterator[Waiting]:
    assessed = [each.counts_from for each in view.assessments()]
    for request in view.facts("referral"):
        decided = request.day("decided_on")
        if (
            request.data.get("outcome") == "assessment"
            and request.on is not None
            and (decided is None or view.known(decided) is not None)
            and not any(day >= request.on for day in assessed)
            and not held.any(*_ASSESSED, since=request.on)
            and not _was_closed(view, request.on)
        ):
            by = view.last_day(request.on, working=numbers.assessment_working_days)
            yield Waiting("assessment", by, (request.id,), "assessment")


def _reports(view: View, numbers: Due, _held: _Held) -> Iterator[Waiting]:
    days = _report_days(numbers)
    for meeting in view.facts("meeting"):
        kind, planned = str(meeting.data.get("type")), meeting.day("planned_for")
        if kind not in days or planned is None or view.passed(planned):
            continue
        by = view.before(planned, working=days[kind])
        if view.field(meeting, "held") is None and not is_report_shared(view, meeting):
            what = f"report to the family for the {MEETINGS[kind]} of {long_date(planned)}"
            yield Waiting(what, by, (meeting.id,), "report")


def report_by(view: View, meeting: Fact) -> date | None:
    """Return the last day a report is with the family in time for a conference, or None where none is asked for.

    Source: casework.md, Meetings ("report to family 3 wd before ICPC, 5 before review").
    """
    numbers: Due = view.numbers("MEET.due")
    planned, kind = meeting.day("planned_for"), str(meeting.data.get("type"))
    days = _report_days(numbers)
    return view.before(planned, working=days[kind]) if planned is not None and kind in days else None


def _report_days(numbers: Due) -> dict[str, int]:
    return {"icpc": numbers.report_before_conference_working_days, "rcpc": numbers.report_before_review_working_days}


def is_report_shared(view: View, meeting: Fact) -> bool:
    """Whether a report for a meeting is with the family: the meeting says so, or an entry of what was shared does."""
    return view.field(meeting, "report_shared_on") is not None or any(
        shared.data.get("meeting") == meeting.id and shared.data.get("reader") in FAMILY
        for shared in view.facts("report_shared")
    )


def _by_own_day(view: View, _numbers: Due, held: _Held) -> Iterator[Waiting]:
    for meeting in view.facts("meeting"):
        kind, by = meeting.data.get("type"), meeting.day("due")
        if kind in MEETINGS and by is not None and view.field(meeting, "held") is None:
            asked = min(by, meeting.noted or by)
            if not held.any(kind, since=asked):
                yield Waiting(MEETINGS[kind], by, (meeting.id,), kind)


@dataclass(frozen=True, slots=True)
class LongPlan:
    """Months on a plan after which legal advice is asked about, and asked about again."""

    months: int
    again_months: int


@rule(
    "MEET.long_plan",
    LongPlan,
    next="Was legal advice considered? Write down why, or why not, and hold a legal planning meeting.",
    start="meeting/legal_planning",
    job=Job.SUPERVISOR,
)
def long_plan(view: View, numbers: LongPlan) -> Finding | None:
    """A child protection plan is long, or is not the first, and the child's life has not become better.

    Long is a plan with category neglect from the day nine months are reached; not the first is a plan, of any category,
    where an earlier one had ended. Periods of a plan without a day between are one plan. Not better is an area at 4 or
    5 in the latest assessment, or in the latest of the same carers and pack signed off in the time of this plan; or
    what LP1.stuck counts. A legal planning meeting held since the question arose answers it until fifteen months are
    reached; from then on only one held since then does. What was laid aside before then is asked about again then.

    Source: casework.md, Meetings: "``MEET.long_plan``: neglect plan at 9 m, or a second plan, with any area at 4-5 or
    LP1.stuck → act ("legal advice considered? why, why not"), again at 15 m".
    """
    time = time_on(view, StatusKind.CHILD_PROTECTION)
    if time is None:
        return None
    start, before = time
    for_neglect = any(
        each.category is Category.NEGLECT for each in view.statuses() if each.status is StatusKind.CHILD_PROTECTION
    )
    asked = _asked_since(view, start, numbers, for_neglect=for_neglect, is_second=before > date.min)
    if asked is None or _Held(view, "legal_planning").any("legal_planning", since=asked):
        return None
    high = [each for each in _latest(view, start) if _high_areas(each)]
    stuck = view.also("LP1.stuck")
    if not high and stuck is None:
        return None
    areas = sorted({f"{code} at {grade}" for each in high for code, grade in _high_areas(each).items()})
    what = f"area {listed(areas)}" if areas else "the same area or its units at 3 or worse over time"
    return Finding(
        text=f"{_plan_words(view, start, numbers, is_second=before > date.min)}, with {what}.",
        entries=tuple(each.id for each in view.assessments() if each in high or (stuck and each.id in stuck.entries)),
        asked_on=asked,
    )


def _asked_since(view: View, start: date, numbers: LongPlan, *, for_neglect: bool, is_second: bool) -> date | None:
    """Return the latest day on which the question has arisen, or None where it has not."""
    if (for_neglect or is_second) and _ran(view, start, numbers.again_months):
        return view.last_day(start, months=numbers.again_months)
    if is_second:
        return start
    return view.last_day(start, months=numbers.months) if for_neglect and _ran(view, start, numbers.months) else None


def _latest(view: View, start: date) -> list[Graded]:
    """Return the latest assessment, and the latest of every line signed off in the time of a plan, oldest first."""
    found = view.assessments()
    latest = {line[-1].id for line in view.lines() if line[-1].counts_from >= start}
    return [each for each in found if each is found[-1] or each.id in latest]


def _high_areas(graded: Graded) -> dict[str, int]:
    areas = graded.profile.areas.items()
    return {code: area.grade for code, area in areas if area.grade is not None and graded.is_high(area.grade)}


def _plan_words(view: View, start: date, numbers: LongPlan, *, is_second: bool) -> str:
    which = "A second or later child protection plan" if is_second else "A child protection plan"
    since = f"since {long_date(start)}" if start > date.min else "since a day that is not known"
    spans = [counted(months, "month") for months in (numbers.again_months, numbers.months) if _ran(view, start, months)]
    length = f", {spans[0]} or more" if spans else ""
    return f"{which} {since}{length}"


def _ran(view: View, start: date, months: int) -> bool:
    return view.reached(view.last_day(start, months=months))
