"""LP12: appointments a child was not brought to, healthcare plans, and the check of GP, school and school nurse.

Source: casework.md, row LP12.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gcp2_app.domain.alerts import Job, Level
from gcp2_app.domain.rules.reading import at_least, certain, ids, on_plan_or_marked, possible_since
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.registry import Finding, rule
from gcp2_app.domain.rules.schooling import Attendance, attendance
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import listed, long_date

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NotBrought:
    """How many missed appointments ask for action.

    Attributes:
        marked: so many, on a child protection plan or with a neglect marker.
        running: so many running.
        times, months: so many in so many months.
    """

    marked: int
    running: int
    times: int
    months: int


@rule(
    "LP12.not_brought",
    NotBrought,
    next="Ask the service what the missed appointment means for the child, and help the family to keep the next one.",
    job=Job.HEALTH,
    start="appointment",
)
def not_brought(view: View, numbers: NotBrought) -> Finding | None:
    """The child was not brought: once with a child protection plan or neglect marker, else twice running or thrice.

    Running is over all appointments, or over those of one service, that were kept or not; what was cancelled or
    rearranged breaks no run. Once counts in the last twelve months, or where it is the latest.

    Source: casework.md, LP12: "1 for CP or neglect marker, else 2 running or 3 in 12 m".
    """
    settled = view.come(_settled(view))
    missed = [fact for fact in settled if fact.data.get("status") == _NOT]
    if not missed:
        return None
    recent = view.lately(missed, months=numbers.months)
    if view.deciding and len(recent) >= numbers.times:
        return Finding(text="", held_from=_missed_since(recent, numbers.times))
    run = _longest_run(settled)
    enough = len(run) >= numbers.running or len(recent) >= numbers.times
    if not enough and (max(len(run), len(recent)) < numbers.marked or not on_plan_or_marked(view)):
        return None
    counted_running = run if len(run) >= numbers.running or not recent else ()
    found = sorted({*recent, *counted_running}, key=lambda fact: (fact.on or date.min, fact.id))
    undated = [fact for fact in view.facts("appointment") if fact.data.get("status") == _NOT]
    possibly = len(possible_since(undated, found[0].on or date.min))
    days = listed(long_date(fact.on) for fact in found if fact.on is not None)
    return Finding(
        text=f"The child was not brought to {at_least(len(found), possibly, 'appointment')}: {days}.",
        entries=ids(found),
        held_from=_missed_since(recent, numbers.times) or _missed_since(run, numbers.running),
    )


def _settled(view: View) -> Sequence[Fact]:
    """Return the appointments with a certain day that were kept or not, oldest first."""
    facts = view.facts("appointment")

    def make() -> Sequence[Fact]:
        return [fact for fact in certain(facts) if fact.data.get("status") in ("brought", _NOT)]

    return view.record.once("settled appointments", len(facts), make)


def _missed_since(missed: Sequence[Fact], needed: int) -> date | None:
    """Return the first day on which so many of these had been missed and were known; None for fewer.

    Those of a run were running then too: whatever is known less at that time is known less of the run.
    """
    began = sorted(max(fact.counts_from, fact.on) for fact in missed if fact.on is not None)
    return began[needed - 1] if len(began) >= needed else None


_NOT = "not_brought"


def _longest_run(settled: Sequence[Fact]) -> list[Fact]:
    """Return the missed appointments at the end of all, or of one service's, whichever run is longer."""
    by_service: dict[str, list[Fact]] = {}
    for fact in settled:
        by_service.setdefault(str(fact.data.get("service") or "").strip().casefold(), []).append(fact)
    return max((_run(facts) for facts in (settled, *by_service.values())), key=len)


def _run(facts: Sequence[Fact]) -> list[Fact]:
    run: list[Fact] = []
    for fact in reversed(facts):
        if fact.data.get("status") != _NOT:
            break
        run.append(fact)
    return run[::-1]


@dataclass(frozen=True, slots=True)
class PlanMissing:
    """A plan within ``working_days`` of the condition being known."""

    working_days: int


@rule(
    "LP12.plan_missing",
    PlanMissing,
    next="Ask the school or nursery and the school nurse for an individual healthcare plan.",
    job=Job.SCHOOL,
    start="health_plan",
    rests_on_nothing=True,
)
def plan_missing(view: View, numbers: PlanMissing) -> Finding | None:
    """A long-term condition is known for more than twenty working days, and there is no healthcare plan.

    Source: casework.md, LP12: "long-term condition and no healthcare plan 20 wd after it is known".
    """
    since = view.known(view.record.child.long_term_condition_since)
    if since is None or _plans(view) or not view.passed(since, working=numbers.working_days):
        return None
    return Finding(
        text=f"A disability or long-term illness is known since {long_date(since)}, more than {numbers.working_days} "
        "working days ago, and no individual healthcare plan is recorded."
    )


@dataclass(frozen=True, slots=True)
class PlanOld:
    """Reviewed longer than ``months`` ago."""

    months: int


@rule(
    "LP12.plan_old",
    PlanOld,
    level=Level.WATCH,
    next="Ask the school or nursery when the healthcare plan is reviewed.",
    job=Job.SCHOOL,
    start="health_plan",
)
def plan_old(view: View, numbers: PlanOld) -> Finding | None:
    """The latest healthcare plan was reviewed more than twelve months ago.

    Source: casework.md, LP12: "``plan_old`` > 12 m → watch".
    """
    plans = _plans(view)
    if not plans or not view.passed(plans[-1][0], months=numbers.months):
        return None
    day, fact = plans[-1]
    return Finding(
        text=f"The individual healthcare plan was last reviewed on {long_date(day)}, more than {numbers.months} months "
        "ago.",
        entries=(fact.id,),
    )


def _plans(view: View) -> list[tuple[date, Fact]]:
    found = [(day, fact) for fact in view.facts("health_plan") if (day := view.field(fact, "reviewed_on")) is not None]
    return sorted(found, key=lambda pair: (pair[0], pair[1].id))


@dataclass(frozen=True, slots=True)
class ThreeWay:
    """So many of the three ``at_once``, and the check within ``working_days``; with the numbers of two of them."""

    at_once: int
    working_days: int
    not_brought: NotBrought
    attendance: Attendance


@rule(
    "LP12.three_way",
    ThreeWay,
    next="Hold a three-way check: GP, school and school nurse look at the child’s health and records together.",
    job=Job.LEAD,
    start="meeting/three_way",
)
def three_way(view: View, numbers: ThreeWay) -> Finding | None:
    """Two or more at once of appointments not brought, attendance and medicines, and no three-way check held since.

    Shown from the first day on; the check is due by ten working days after that. Not brought and attendance are as in
    the rules of those names; medicines are in question where the latest time a carer showed a medicine it was not
    given correctly, or a dose had been missed.

    Source: casework.md, LP12: "two or more of {not brought, attendance, medicines} at once, check due 10 wd".
    """
    found = _in_question(view, numbers)
    if len(found) < numbers.at_once or _was_checked(view, numbers):
        return None
    return Finding(
        text=f"In question at once: {listed(words for words, _ in found)}. A check of GP, school and school nurse "
        f"is due within {numbers.working_days} working days.",
        entries=tuple(id_ for _, entries in found for id_ in entries),
    )


def _in_question(view: View, numbers: ThreeWay) -> list[tuple[str, tuple[str, ...]]]:
    missed, low = not_brought(view, numbers.not_brought), attendance(view, numbers.attendance)
    medicines = _medicines(view)
    found = [("appointments not brought", missed.entries)] if missed is not None else []
    found += [("attendance", low.entries)] if low is not None else []
    return found + ([("medicines", medicines)] if medicines else [])


def _medicines(view: View) -> tuple[str, ...]:
    latest: dict[str, Fact] = {}
    for fact in certain(view.facts("teach_back")):
        if view.known(fact.on) is not None:
            latest[str(fact.data.get("medicine"))] = fact
    return ids(fact for fact in latest.values() if fact.data.get("correct") is False or fact.data.get("missed") is True)


def _was_checked(view: View, numbers: ThreeWay) -> bool:
    """Whether a check was held, and so many were in question on its day and on every day since."""
    meetings = [meeting for meeting in view.facts("meeting") if meeting.data.get("type") == "three_way"]
    held = max((day for meeting in meetings if (day := view.field(meeting, "held")) is not None), default=None)
    if held is None:
        return False
    past = View(view.record, view.calendar, today=view.today)
    while past.today >= held:
        past.forget()
        if len(_in_question(past, numbers)) < numbers.at_once:
            return False
        # Attendance is looked at by school year, so that there always is a day from which the answer is new.
        past.today = past.same_from - _DAY
    return True
