"""LP8: where a social worker is allocated, the worker is rung first, and somebody answers.

Source: casework.md, row LP8.
"""

from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.alerts import Job
from gcp2_app.domain.referring import is_of_social_worker
from gcp2_app.domain.register import Allocation
from gcp2_app.domain.rules.reading import ids, voice_of
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.registry import Finding, NoNumbers, rule
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.when import When
from gcp2_app.domain.words import AGENCIES, counted, listed, long_date
from gcp2_app.errors import InvalidValue


@rule(
    "LP8.allocated",
    NoNumbers,
    next="Ring the allocated worker, or use the challenge process. A request that was sent stays sent.",
    start="worker_contact",
    job=Job.OWN_AGENCY,
)
def allocated(view: View, _numbers: NoNumbers) -> Finding | None:
    """A request for help was sent although a social worker was allocated to the child.

    A redirection, not a stop. The request falls on a day of an allocation, its first and last day included, whose own
    role, or the role of whose professional, is social worker. A reason why it was sent all the same, or an emergency,
    excuses it. When the allocation was last confirmed does not matter. A request whose day is approximate decides
    nothing.

    Source: casework.md, LP8: "any submission dated inside a social worker's allocation, unless ``override_reason`` or
    emergency → act".
    """
    periods = [each for each in view.record.child.allocated if is_of_social_worker(each, view.record.professionals)]
    found = [request for request in view.facts("referral") if _falls_in(view, request, periods)]
    if not found:
        return None
    said = listed(_said(request) for request in found)
    return Finding(
        text=f"{counted(len(found), 'request for help', 'requests for help')} sent while a social worker was "
        f"allocated: {said}.",
        entries=ids(found),
        held_from=min(max(each.counts_from, each.on) for each in found if each.on is not None),
    )


def _said(request: Fact) -> str:
    agency = voice_of(request)
    day = long_date(request.on) if request.on is not None else ""
    return f"{day} ({AGENCIES[agency]})" if agency is not None else day


def _falls_in(view: View, request: Fact, periods: list[Allocation]) -> bool:
    on = view.known(request.on)
    if on is None or request.data.get("emergency") is True or str(request.data.get("override_reason") or "").strip():
        return False
    return any(each.since <= on and (each.to is None or on <= each.to) for each in periods)


@dataclass(frozen=True, slots=True)
class _Moment:
    """A day, and its time where that was kept: text that sorts."""

    on: date
    time: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Somebody is reached within ``working_days`` of the first try."""

    working_days: int


@rule(
    "LP8.unanswered",
    Unanswered,
    next="Try the manager or the duty worker today. If nobody answers, ring MASH and say that the case is open.",
    start="worker_contact",
    job=Job.OWN_AGENCY,
    rests_on_nothing=True,
)
def unanswered(view: View, numbers: Unanswered) -> Finding | None:
    """The allocated worker, the manager or duty were tried, nobody was reached, and no further step was taken.

    A step answers every try before it: somebody is reached, somebody replies, a request for help is made, a challenge
    starts, a meeting is held; whoever took it. A step of the same day counts, unless both have their time of day and
    the step was the earlier. The clock starts on the day of the first try that no step answers. Whether somebody was
    reached where that was left open counts as not reached. A step of which no day is certain answers nothing.

    Source: casework.md, LP8: "nobody reached 1 wd after the first try and no further step → act".
    """
    contacts = view.facts("worker_contact")
    steps = [
        *(_moment(view, each, "tried_on") for each in contacts if _reached(each)),
        *(_moment(view, each, "reply_on", or_when=False) for each in contacts),
        *(_moment(view, each) for each in view.facts("referral")),
        *(_moment(view, each, "stage_started") for each in view.facts("challenge")),
        *(_moment(view, each, "held", or_when=False) for each in view.facts("meeting")),
    ]
    open_: list[tuple[_Moment, Fact]] = []
    for contact in contacts:
        tried = None if _reached(contact) else _moment(view, contact, "tried_on")
        if tried is not None and not any(step is not None and _answers(step, tried) for step in steps):
            open_.append((tried, contact))
    open_.sort(key=lambda pair: (pair[0].on, pair[0].time))
    if not open_ or not view.passed(open_[0][0].on, working=numbers.working_days):
        return None
    return Finding(
        text=f"{counted(len(open_), 'try', 'tries')} to reach the worker, the manager or duty, the first on "
        f"{long_date(open_[0][0].on)}. Nobody reached, no reply, and no further step.",
        entries=ids(contact for _, contact in open_),
        # A step is not taken back.
        held_from=max(open_[0][1].counts_from, view.first_past(open_[0][0].on, working=numbers.working_days)),
    )


def _reached(contact: Fact) -> bool:
    return contact.data.get("reached") is True


def _moment(view: View, fact: Fact, name: str = "", *, or_when: bool = True) -> _Moment | None:
    """Return when something happened by a field of its kind, or else by the entry; None before it has, or uncertain."""
    found = _when(fact.data.get(name))
    if found is None and or_when:
        found = fact.entry.when or fact.entry.known
    on = view.known(found.last) if found is not None and found.certain else None
    if found is None or on is None:
        return None
    return _Moment(on, found.sort_key if isinstance(found.raw, str) and len(found.raw) > len(on.isoformat()) else "")


def _when(raw: object) -> When | None:
    try:
        return When(raw) if isinstance(raw, str) else None
    except InvalidValue:
        return None  # No day stands in this field.


def _answers(step: _Moment, tried: _Moment) -> bool:
    same_day_but_before = bool(step.time and tried.time and step.time < tried.time)
    return step.on > tried.on or (step.on == tried.on and not same_day_but_before)
