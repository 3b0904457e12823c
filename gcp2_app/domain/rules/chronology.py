"""LP2: the history is one chronology: nothing recorded for weeks, and none frozen before a decision.

Source: casework.md, row LP2.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gcp2_app.domain.alerts import Job, Level
from gcp2_app.domain.register import Status, StatusKind
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.registry import Finding, rule
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import listed, long_date

_DAY = timedelta(days=1)
_PLANS = (StatusKind.CHILD_IN_NEED, StatusKind.CHILD_PROTECTION)
#: Fields that say when something took place, of the kinds that have dates of their own.
_TOOK_PLACE = {
    "action": ("agreed_on", "said_done_on", "checked_on"),
    "admission": ("admitted", "discharged"),
    "advocacy": ("on",),
    "attendance": ("to",),
    "challenge": ("stage_started", "reply_on", "resolved_on"),
    "health_plan": ("reviewed_on",),
    "meeting": ("held",),
    "move": ("on",),
    "support": ("from", "to"),
    "worker_contact": ("tried_on", "reply_on"),
}
#: What says that we handed paper on, and nothing of how the child is: it ends no silence.
_PAPER = frozenset({"report_shared"})
#: Meetings before which the chronology is read. Source: casework.md, LP2.
_DECIDING = {
    "icpc": "initial child protection conference",
    "rcpc": "review child protection conference",
    "legal_planning": "legal planning meeting",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """Nothing for so many weeks on a child protection plan, or as a child in need."""

    child_protection_weeks: int
    child_in_need_weeks: int


@rule(
    "LP2.gap",
    Gap,
    next="Ask each agency when it last saw the child, and write down what it says.",
    start="note",
    rests_on_nothing=True,
)
def gap(view: View, numbers: Gap) -> Finding | None:
    """Nothing recorded for four weeks on a child protection plan, or for eight as a child in need.

    Counted back from the day asked about to the last entry about the child or assessment signed off, of whatever kind
    and agency but a report of ours that was given to somebody; where nothing came since the plan began (child in need
    and child protection one after the other are one plan), to that day. An entry whose kind has dates of its own counts
    on those that have come.

    Source: casework.md, LP2: "``gap`` counting back from the as-of date: child protection, nothing for 4 weeks → act;
    child in need, 8 weeks → watch".
    """
    status = view.on_plan()
    if status is None:
        return None
    on_protection = status.status is StatusKind.CHILD_PROTECTION
    weeks = numbers.child_protection_weeks if on_protection else numbers.child_in_need_weeks
    began = _plan_began(view, status)
    days = [*_last_days(view), *(each.counts_from for each in view.assessments())]
    last = max(days, default=date.min)
    if not view.passed(max(last, began), weeks=weeks):
        return None
    plan = "a child protection plan" if on_protection else "a child in need plan"
    since = "since the plan began" if not days or last < began else f"after {long_date(last)}"
    return Finding(
        text=f"On {plan}, and nothing is recorded {since}: more than {weeks} weeks.",
        level=Level.ACT if on_protection else Level.WATCH,
    )


def _plan_began(view: View, status: Status) -> date:
    """Return the first day of an unbroken time on one plan or the other."""
    began = status.since
    plans = sorted(
        (each for each in view.record.child.statuses if each.status in _PLANS and each.since < began),
        key=lambda each: each.since,
        reverse=True,
    )
    for each in plans:
        if each.to is None or each.to + _DAY >= began:
            began = each.since
    return began


def _last_days(view: View) -> Iterator[date]:
    """Yield days on which something about the child took place, the last of them among those."""
    dated_by_stream = False
    for fact in reversed(view.all_facts()):
        own_dates = fact.entry.kind in _TOOK_PLACE
        if fact.entry.kind in _PAPER:
            continue
        if fact.entry.children and (own_dates or not dated_by_stream):
            found = _took_place(view, fact)
            # Those before it in the stream, which have no dates of their own, are earlier.
            dated_by_stream = dated_by_stream or (bool(found) and not own_dates)
            yield from found


def _took_place(view: View, fact: Fact) -> list[date]:
    fields = [name for name in _TOOK_PLACE.get(fact.entry.kind, ()) if fact.day(name) is not None]
    found = [view.field(fact, name) for name in fields] if fields else [view.known(fact.on)]
    return [day for day in found if day is not None]


@dataclass(frozen=True, slots=True)
class ChronologyMissing:
    """None frozen in ``months`` before, from ``working_days`` before."""

    months: int
    working_days: int


@rule(
    "LP2.chronology_missing",
    ChronologyMissing,
    next="Freeze a chronology and send it to those who will decide.",
    start="chronology",
    rests_on_nothing=True,
    job=Job.LEAD,
)
def chronology_missing(view: View, numbers: ChronologyMissing) -> Finding | None:
    """No chronology was frozen in the three months before a conference, legal planning meeting or planned referral.

    Shown from ten working days before it until the end of its day; a meeting that was planned, or is due, and is not
    recorded as held is still to come. A request for help that is not marked as an emergency is a planned one.

    Source: casework.md, LP2: "none frozen in 3 m before an ICPC, RCPC, legal planning meeting or a planned (not
    emergency) referral, from 10 wd before it".
    """
    frozen = [fact.on for fact in view.facts("chronology_frozen") if view.known(fact.on) is not None]
    missing: list[tuple[date, str, str]] = []
    for fact, day, words in _ahead(view):
        if view.near(day, working=numbers.working_days) and not any(
            view.last_day(each, months=numbers.months) >= day for each in frozen if each is not None
        ):
            missing.append((day, fact.id, f"{words} on {long_date(day)}"))
    if not missing:
        return None
    missing.sort()
    return Finding(
        text=f"No chronology is recorded as frozen in the {numbers.months} months before the "
        f"{listed(words for _, _, words in missing)}.",
        entries=tuple(id_ for _, id_, _ in missing),
    )


def _ahead(view: View) -> list[tuple[Fact, date, str]]:
    """Return what a chronology is needed for and has not passed: each with its day and what it is called."""
    meetings = [fact for fact in view.facts("meeting") if fact.data.get("type") in _DECIDING]
    found: list[tuple[Fact, date, str]] = []
    for fact in meetings:
        kind = str(fact.data["type"])
        held, planned = view.field(fact, "held"), fact.day("planned_for") or fact.day("due")
        day = held or planned or fact.on
        if day is None or ((held is not None or planned is None) and view.passed(day)):
            continue
        if held is None and any(
            other.data.get("type") == kind and (instead := view.field(other, "held")) is not None and instead >= day
            for other in meetings
        ):
            continue
        found.append((fact, day, _DECIDING[kind]))
    requests = [fact for fact in view.facts("referral") if fact.data.get("emergency") is not True]
    found += [
        (fact, fact.on, "request for help") for fact in requests if fact.on is not None and not view.passed(fact.on)
    ]
    return found
