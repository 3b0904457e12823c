"""LP11: contacts that the family cancels, doors that stay shut, and homes that look otherwise unannounced.

Source: casework.md, row LP11.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.register import Agency
from gcp2_app.domain.rules.reading import (
    ASK_FIRST,
    Contact,
    at_least,
    certain,
    contact_of,
    ids,
    last_seen,
    possible_since,
    visits,
)
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.registry import Finding, rule
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import AGENCIES, counted, listed, long_date

#: Reasons for cancelling that are nobody's choice.
_EXCUSED = frozenset({"illness", "hospital"})


@dataclass(frozen=True, slots=True)
class Cancellations:
    """``cancelled`` in ``weeks`` to one agency, none kept within ``working_days``."""

    cancelled: int
    weeks: int
    working_days: int


@rule("LP11.cancellations", Cancellations, next=ASK_FIRST, start="note")
def cancellations(view: View, numbers: Cancellations) -> Finding | None:
    """The family cancelled three times in eight weeks with one agency, and none was rearranged and kept.

    Visits and appointments count together; illness and hospital do not count. Kept is, from the day that was cancelled
    until ten working days later and with the same agency, a visit that took place in person, or as the one cancelled
    was planned; or an appointment of the same service to which the child was brought. A cancellation counts until then
    as not kept.

    Source: casework.md, LP11: "3 by the family in 8 weeks to one agency, none rearranged and kept within 10 wd (illness
    and hospital excluded; visits and appointments)".
    """
    planned = view.facts("visit", "appointment")
    by_family = [fact for fact in planned if _cancelled_by_family(fact)]
    kept = [fact for fact in certain(planned) if _is_kept(fact) and view.known(fact.on) is not None]
    recent: dict[Agency, list[Fact]] = {}
    for fact in certain(by_family):
        if fact.agency is None or fact.on is None or view.passed(fact.on, weeks=numbers.weeks):
            continue
        last = view.last_day(fact.on, working=numbers.working_days)
        if not any(_stands_for(fact, other) and fact.on <= (other.on or date.min) <= last for other in kept):
            recent.setdefault(fact.agency, []).append(fact)
    found = {agency: facts for agency, facts in recent.items() if len(facts) >= numbers.cancelled}
    if not found:
        return None
    said: list[str] = []
    for agency, facts in found.items():
        earliest = min(fact.on for fact in facts if fact.on is not None)
        possibly = [fact for fact in possible_since(by_family, earliest) if fact.agency is agency]
        said.append(
            f"{at_least(len(facts), len(possibly), 'contact')} with {AGENCIES[agency]} (on "
            f"{listed(long_date(fact.on) for fact in facts if fact.on is not None)})"
        )
    return Finding(
        text=f"Cancelled by the family in {numbers.weeks} weeks, none rearranged and kept within "
        f"{numbers.working_days} working days: {listed(said)}.",
        entries=ids(_in_time(fact for facts in found.values() for fact in facts)),
    )


def _cancelled_by_family(fact: Fact) -> bool:
    if fact.data.get("cancel_reason") in _EXCUSED:
        return False
    if fact.entry.kind == "visit":
        return fact.data.get("cancelled_by") == "family"
    return fact.data.get("status") == "cancelled_by_family"


def _is_kept(fact: Fact) -> bool:
    if fact.entry.kind == "visit":
        return contact_of(fact) in (Contact.IN_PERSON, Contact.REMOTE)
    return fact.data.get("status") == "brought"


def _stands_for(cancelled: Fact, kept: Fact) -> bool:
    """Whether a contact that took place is of the sort that was cancelled."""
    if kept.entry.kind != cancelled.entry.kind or kept.agency is not cancelled.agency:
        return False
    if kept.entry.kind == "visit":
        return contact_of(kept) is Contact.IN_PERSON or kept.data.get("mode") == cancelled.data.get("mode")
    return _service(kept) == _service(cancelled)


def _service(fact: Fact) -> str:
    return str(fact.data.get("service") or "").strip().casefold()


@dataclass(frozen=True, slots=True)
class NoAccess:
    """``visits`` without access running."""

    visits: int


@rule(
    "LP11.no_access",
    NoAccess,
    next="Try again unannounced and at another time, ask who has seen the child, and tell your supervisor.",
    start="visit",
)
def no_access(view: View, numbers: NoAccess) -> Finding | None:
    """Two visits running without access, at least one of them pre-arranged; urgent where the child is not seen since.

    Running is: no contact in person between or after. A cancelled visit, a child who was not there, and contact from
    afar end no run. Urgent for a child on a child protection plan or under one, whom nobody has seen from the day of
    the last of them on.

    Source: casework.md, LP11: "2 running, at least one pre-arranged → act, child on CP or under 1 and unseen since →
    urgent".
    """
    run: list[Fact] = []
    for fact in reversed([fact for fact in visits(view, *_DECIDE) if view.known(fact.on) is not None]):
        if contact_of(fact) is Contact.IN_PERSON:
            break
        run.append(fact)
    if len(run) < numbers.visits or not any(fact.data.get("announced") is True for fact in run):
        return None
    run.reverse()
    last = run[-1].on or date.min
    text = (
        f"The last {counted(len(run), 'visit')} ended without access, at least one of them pre-arranged: {_days(run)}."
    )
    at_risk = view.on_child_protection() is not None or view.is_under_one()
    seen = last_seen(view) if at_risk else None
    if not at_risk or (seen is not None and seen >= last):
        return Finding(text=text, entries=ids(run))
    return Finding(
        text=f"{text} Nobody is recorded to have seen the child since.",
        entries=ids(run),
        level=Level.URGENT,
        next="Today: make sure that somebody sees this child, and tell your supervisor.",
        rests_on_nothing=True,
    )


_DECIDE = (Contact.NO_ACCESS, Contact.IN_PERSON)


@dataclass(frozen=True, slots=True)
class AroundReview:
    """``announced`` and ``unannounced`` visits with what was found."""

    announced: int
    unannounced: int


@rule("LP11.around_review", AroundReview, next=f"Visit unannounced before the next review. {ASK_FIRST}", start="visit")
def around_review(view: View, numbers: AroundReview) -> Finding | None:
    """Conditions are better on most announced visits, and worse on most unannounced ones; else nothing is said.

    Only visits in person at which conditions were compared count, and three or more of either are needed. A visit is
    better where more was better than worse, and worse the other way round. Most is more than half.

    Source: casework.md, LP11: "with ≥ 3 announced and ≥ 3 unannounced visits: conditions better on announced and worse
    on unannounced in most, else silent".
    """
    compared = [
        fact
        for fact in visits(view, Contact.IN_PERSON)
        if fact.groups("conditions") and view.known(fact.on) is not None
    ]
    announced = [fact for fact in compared if fact.data.get("announced") is True]
    unannounced = [fact for fact in compared if fact.data.get("announced") is False]
    if len(announced) < numbers.announced or len(unannounced) < numbers.unannounced:
        return None
    better = [fact for fact in announced if _balance(fact) > 0]
    worse = [fact for fact in unannounced if _balance(fact) < 0]
    if 2 * len(better) <= len(announced) or 2 * len(worse) <= len(unannounced):
        return None
    return Finding(
        text=f"Conditions were better than the time before on {len(better)} of {len(announced)} announced visits, and "
        f"worse on {len(worse)} of {len(unannounced)} unannounced visits.",
        entries=ids(_in_time((*announced, *unannounced))),
    )


def _balance(fact: Fact) -> int:
    found = [one.get("than_last") for one in fact.groups("conditions")]
    return found.count("better") - found.count("worse")


def _days(facts: Iterable[Fact]) -> str:
    return listed(long_date(fact.on) for fact in facts if fact.on is not None)


def _in_time(facts: Iterable[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: (fact.on or date.min, fact.id))
