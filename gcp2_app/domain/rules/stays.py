"""LP4: a hospital stay that runs past the norm is reviewed together.

Source: casework.md, row LP4.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from gcp2_app.domain.alerts import Job, Level
from gcp2_app.domain.rules.reading import has_neglect_marker, ids, on_plan_or_marked
from gcp2_app.domain.rules.record import Fact, day_of
from gcp2_app.domain.rules.registry import Finding, NoNumbers, rule
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import capital, counted, listed, long_date

_STAY_LONG = "LP4.stay_long"
_CLINICAL = "clinical"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StayLong:
    """A stay is long after any of these.

    Attributes:
        days_past_expected: days after the first date that was expected.
        days_on_plan: days after admission, for a child on a plan or with a neglect marker.
        working_days_fit: working days after the child was fit to leave.
        moves: how often the expected date moved.
    """

    days_past_expected: int
    days_on_plan: int
    working_days_fit: int
    moves: int


@rule(
    _STAY_LONG,
    StayLong,
    next="Arrange a stay review with every agency: is parenting, or finding a placement, why the stay goes on?",
    start="meeting/stay_review",
    job=Job.HOSPITAL,
)
def stay_long(view: View, numbers: StayLong) -> Finding | None:
    """A child is still in hospital, and the stay runs past the norm.

    Only a stay that has begun and not ended is looked at. The first expected date is the one that was said first; a
    date that was said counts from the day it was said; each change of date is a move. That a stay is neonatal or
    planned long treatment excuses only the days on a plan, and only as long as no reason but a clinical one is
    recorded for extra days. A stay without its day of admission is one that began when it happened.

    Source: casework.md, LP4: "still in > 2 days past the **first** expected date, or > 7 days for a child with CiN, CP
    or neglect marker (not neonatal or planned long treatment unless a non-clinical reason is recorded), or fit and
    still in > 1 wd, or the expected date moved twice → act".
    """
    found = {stay: why for stay in view.facts("admission") if (why := list(why_long(view, stay, numbers)))}
    if not found:
        return None
    return Finding(
        text=" ".join(f"{_still_in(view, stay)}: {listed(why)}." for stay, why in found.items()), entries=ids(found)
    )


def _still_in(view: View, stay: Fact) -> str:
    admitted = view.dated(stay, "admitted")
    return f"Still in hospital since {long_date(admitted)}" if admitted is not None else "Still in hospital"


def is_in(view: View, stay: Fact) -> bool:
    """Whether a stay has begun and not ended."""
    return has_begun(view, stay) and view.field(stay, "discharged") is None


def has_begun(view: View, stay: Fact) -> bool:
    """Whether the day of admission has come."""
    return view.reached(stay.day("admitted") or stay.counts_from)


def expected_dates(view: View, stay: Fact) -> list[date]:
    """Return the expected dates that had been said, in the order in which they were said."""
    given = [(day_of(each.get("said_on")), day_of(each.get("date"))) for each in stay.groups("expected")]
    said = [(said_on, day) for said_on, day in given if day is not None and (said_on is None or view.known(said_on))]
    if all(said_on is not None for said_on, _ in said):
        said.sort(key=lambda pair: pair[0] or date.min)
    return [day for _, day in said]


def _has_other_reason(stay: Fact) -> bool:
    """Whether a reason for extra days is recorded that is not a clinical one."""
    return any(each.get("reason") not in (None, "", _CLINICAL) for each in stay.groups("extra_days"))


def _is_expected_to_be_long(stay: Fact) -> bool:
    return stay.data.get("neonatal") is True or stay.data.get("planned_long") is True


def is_long(view: View, stay: Fact, numbers: StayLong) -> bool:
    """Whether a stay runs past the norm."""
    return next(why_long(view, stay, numbers), None) is not None


def why_long(view: View, stay: Fact, numbers: StayLong) -> Iterator[str]:
    """Yield in words why a stay runs past the norm; nothing where it does not, or is over. The costly question last."""
    if not is_in(view, stay):
        return
    expected, admitted = expected_dates(view, stay), view.dated(stay, "admitted")
    fit = view.field(stay, "medically_fit_on")
    if expected and view.passed(expected[0], days=numbers.days_past_expected):
        days = counted(numbers.days_past_expected, "day")
        yield f"more than {days} past the first expected date ({long_date(expected[0])})"
    if fit is not None and view.passed(fit, working=numbers.working_days_fit):
        yield f"fit to leave since {long_date(fit)}"
    moves = sum(one != next_ for one, next_ in pairwise(expected))
    if moves >= numbers.moves:
        yield f"the expected date moved {counted(moves, 'time')}"
    if (
        admitted is not None
        and (_has_other_reason(stay) or not _is_expected_to_be_long(stay))
        and view.passed(admitted, days=numbers.days_on_plan)
        and (view.on_plan() is not None or has_neglect_marker(view))
    ):
        yield f"more than {counted(numbers.days_on_plan, 'day')} for a child on a plan or with a neglect marker"


@dataclass(frozen=True, slots=True)
class ReviewMissing:
    """A long stay is reviewed within ``working_days``, then by these days after admission."""

    working_days: int
    second_day: int
    third_day: int


@rule(
    "LP4.review_missing",
    ReviewMissing,
    level=Level.URGENT,
    next="Hold the stay review today, or record the one that was held.",
    start="meeting/stay_review",
    job=Job.HOSPITAL,
    rests_on_nothing=True,
)
def review_missing(view: View, numbers: ReviewMissing) -> Finding | None:
    """No stay review was held in time for a stay that runs past the norm.

    The first is due two working days after the first day on which the stay ran past the norm; one held at any time in
    the stay will do. Those of day 14 and day 28 are further reviews: they are due only where they come after the one
    before, and only a review held after the day on which that one was due will do. A review that is planned is not
    held. Nothing is due once the child has left.

    Source: casework.md, LP4: "no stay review held 2 wd after that → urgent; further reviews due on day 14 and 28 after
    admission, from the day after if none was held since the earlier due date".
    """
    reviews = held_on(view, "stay_review")
    late = {stay: due for stay in view.facts("admission") if (due := _missed(view, stay, numbers, reviews))}
    if not late:
        return None
    return Finding(
        text=" ".join(
            f"{_still_in(view, stay)}, and no stay review held in time: one was due by {long_date(due)}."
            for stay, due in late.items()
        ),
        entries=ids(late),
        asked_on=max(late.values()) + _DAY,
    )


def held_on(view: View, kind: str) -> list[date]:
    """Return the days on which meetings of a type were held."""
    meetings = (view.field(each, "held") for each in view.meetings(kind))
    return [held for held in meetings if held is not None]


def _missed(view: View, stay: Fact, numbers: ReviewMissing, reviews: list[date]) -> date | None:
    """Return the day by which the latest review that was due is missing, or None."""
    missed = None
    for due, done in review_days(view, stay, numbers, reviews):
        if view.passed(due):
            missed = None if done else due
    return missed


def review_days(
    view: View, stay: Fact, numbers: ReviewMissing, reviews: list[date]
) -> list[tuple[date, tuple[date, ...]]]:
    """Return each day by which a long stay is reviewed, with the reviews held that count for it; else nothing.

    Args:
        view: the record.
        stay: an admission.
        numbers: of ``LP4.review_missing``.
        reviews: the days of the stay reviews held.
    """
    long = view.numbers(_STAY_LONG)
    if not is_long(view, stay, long):
        return []
    began = view.since(lambda earlier: is_long(earlier, stay, long))
    admitted = view.dated(stay, "admitted") or began
    due = view.last_day(began, working=numbers.working_days)
    found = [(due, tuple(on for on in reviews if on >= admitted))]
    for days in (numbers.second_day, numbers.third_day):
        next_due = view.last_day(admitted, days=days)
        if next_due > due:
            found.append((next_due, tuple(on for on in reviews if on > due)))
            due = next_due
    return found


@dataclass(frozen=True, slots=True)
class StatutoryNotice:
    """The hospital is asked about its notice from ``weeks`` on, or where so many ``months`` are intended."""

    weeks: int
    months: int


@rule(
    "LP4.statutory_notice",
    StatutoryNotice,
    next="Ask the hospital whether it has given the local authority notice under section 85 of the Children Act 1989.",
    job=Job.ALLOCATED_WORKER,
    rests_on_nothing=True,
    start="tab/health",
)
def statutory_notice(view: View, numbers: StatutoryNotice) -> Finding | None:
    """A stay of three months is near or intended, or such a stay has ended, and no notice is recorded.

    From the day on which ten weeks are reached; or at once where the date expected last, or the planned day of
    discharge, lies three months after admission or later. A notice ends it. When such a stay ends, a second notice is
    due: only one given on the day of discharge or later will do.

    Source: casework.md, LP4: "from 10 weeks, or 3 months intended: ask the hospital whether its Children Act s.85
    notice is given, and again at the end → act". Children Act 1989, section 85(1) and (2).
    """
    found: dict[Fact, str] = {}
    held: list[date] = []
    for stay in view.facts("admission"):
        admitted, ended = view.dated(stay, "admitted"), view.field(stay, "discharged")
        notified = view.field(stay, "s85_notified_on")
        if admitted is None or (notified is not None and (ended is None or notified >= ended)):
            continue
        near = view.last_day(admitted, weeks=numbers.weeks)
        ran = view.reached(near) if ended is None else ended >= near
        meant = view.last_day(admitted, months=numbers.months)
        if ran or _is_meant_until(view, stay, meant):
            found[stay] = _notice_words(admitted, ended, numbers if ran else None)
            if ended is not None or ran:
                held.append(max(stay.counts_from, ended or near))
    if not found:
        return None
    return Finding(text=" ".join(found.values()), entries=ids(found), held_from=min(held, default=None))


def _is_meant_until(view: View, stay: Fact, day: date) -> bool:
    planned = [*expected_dates(view, stay)[-1:], stay.day("discharge_planned_for")]
    return any(each is not None and each >= day for each in planned)


def _notice_words(admitted: date, ended: date | None, ran: StatutoryNotice | None) -> str:
    if ended is not None:
        return f"A hospital stay ended on {long_date(ended)}, and no notice of its end is recorded."
    length = f"for {counted(ran.weeks, 'week')} or more" if ran is not None else "and meant to stay for three months"
    return f"In hospital since {long_date(admitted)}, {length}, and no notice to the local authority is recorded."


@rule(
    "LP4.discharge",
    NoNumbers,
    next="Hold a discharge meeting: is it safe to go home, and who does what from the first day?",
    start="meeting/discharge",
    job=Job.HOSPITAL,
    rests_on_nothing=True,
)
def discharge(view: View, _numbers: NoNumbers) -> Finding | None:
    """A child on a child protection plan or with a neglect marker leaves, or left, hospital without a meeting.

    The discharge is planned once its day is recorded; an expected date is no plan. Only a discharge meeting held since
    the admission counts: one that is planned is not held yet. A stay that had ended before the child was on a plan or
    marked is no such discharge.

    Source: casework.md, LP4: "CP or neglect marker, discharge planned or done, no discharge meeting → act".
    """
    meetings = held_on(view, "discharge")
    found: dict[Fact, str] = {}
    for stay in view.facts("admission"):
        admitted, ended = view.dated(stay, "admitted"), view.field(stay, "discharged")
        planned = stay.day("discharge_planned_for")
        if not has_begun(view, stay) or any(held >= (admitted or held) for held in meetings):
            continue
        if ended is not None:
            if on_plan_or_marked(View(view.record, view.calendar, today=ended)):
                found[stay] = f"discharged on {long_date(ended)}"
        elif planned is not None:
            found[stay] = f"discharge planned for {long_date(planned)}"
    if not found or not on_plan_or_marked(view):
        return None
    return Finding(
        text=f"{capital(listed(found.values()))}; no discharge meeting recorded as held.", entries=ids(found)
    )
