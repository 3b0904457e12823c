"""LP9: the hub looks again when three requests for help come in succession.

Distinct concerns are counted, not forms: requests with the same ``incident``, or made on the same or the next day, are
one concern with two voices.

Source: casework.md, row LP9.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from gcp2_app.domain.alerts import Job, Level
from gcp2_app.domain.register import StatusKind
from gcp2_app.domain.rules.reading import at_least, certain, ids, possible_since
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.registry import Finding, rule
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import capital, counted, listed, long_date

_LOW = frozenset({"no_further_action", "advice"})
_LOW_UNLESS_BEGAN = "early_help"
_PLANS = frozenset(
    {
        StatusKind.CHILD_IN_NEED,
        StatusKind.SECTION_47,
        StatusKind.CHILD_PROTECTION,
        StatusKind.PRE_PROCEEDINGS,
        StatusKind.LOOKED_AFTER,
    }
)
_MEETINGS = frozenset({"strategy", "icpc", "cin_planning"})


@dataclass(frozen=True, slots=True)
class Concern:
    """One distinct concern: one or more requests for help that are about the same thing.

    Attributes:
        requests: oldest first.
    """

    requests: tuple[Fact, ...]

    @property
    def on(self) -> date:
        """The day of its first request."""
        return self.requests[0].on or date.min

    @property
    def latest(self) -> date:
        """The day of its latest request: while that is recent, the concern is."""
        return self.requests[-1].on or date.min


def concerns(requests: Iterable[Fact]) -> list[Concern]:
    """Return the distinct concerns behind requests for help, oldest first. Undated requests make none.

    Source: casework.md, LP9: "same ``incident``, same or next day = one concern, two voices".
    """
    dated = sorted(certain(requests), key=attrgetter("order"))
    concern_of = {request: [request] for request in dated}
    by_incident: dict[str, Fact] = {}
    for place, request in enumerate(dated):
        incident = _incident(request)
        if incident:
            _join(concern_of, by_incident.setdefault(incident, request), request)
        for other in _just_before(dated, place):
            # Two requests that each name another incident are two concerns, however close.
            if not incident or not _incident(other):
                _join(concern_of, other, request)
    found = {id(group): group for group in concern_of.values()}.values()
    joined = [Concern(tuple(sorted(group, key=_in_time))) for group in found]
    return sorted(joined, key=lambda concern: _in_time(concern.requests[0]))


def _concerns(view: View) -> list[Concern]:
    """Return the distinct concerns about the child that count."""
    requests = view.facts("referral")
    return view.record.once("concerns", len(requests), lambda: concerns(requests))


def _incident(request: Fact) -> str:
    return str(request.data.get("incident") or "").strip().casefold()


def _just_before(dated: Sequence[Fact], place: int) -> Iterator[Fact]:
    """Yield the requests of the same day, or the day before, that stand before one in time."""
    first = (dated[place].on or date.min).toordinal() - 1
    for index in range(place - 1, -1, -1):
        other = dated[index]
        if (other.on or date.min).toordinal() < first:
            return
        yield other


def _join(concern_of: dict[Fact, list[Fact]], one: Fact, other: Fact) -> None:
    """Make one concern of those of two requests."""
    into, out_of = concern_of[one], concern_of[other]
    if into is not out_of:
        into.extend(out_of)
        concern_of.update((request, into) for request in out_of)


def _in_time(request: Fact) -> tuple[date, str]:
    return request.on or date.min, request.id


@dataclass(frozen=True, slots=True)
class ThreeInYear:
    """``requests`` distinct concerns within ``months``."""

    requests: int
    months: int


@rule(
    "LP9.three_in_year",
    ThreeInYear,
    next="Compare the requests side by side, and ask MASH for a trigger review.",
    start="letter/trigger_review",
    job=Job.LEAD,
)
def three_in_year(view: View, numbers: ThreeInYear) -> Finding | None:
    """Three distinct concerns about the child in twelve months.

    Source: casework.md, LP9: "``three_in_year`` 3 in 12 m → act".
    """
    requests = view.facts("referral")
    recent = [concern for concern in _concerns(view) if view.within(concern.latest, months=numbers.months)]
    if len(recent) < numbers.requests:
        return None
    sure = _sure_from(view, recent, numbers.requests, months=numbers.months)
    return _counted(recent, f"in {numbers.months} months", _possibly(recent, requests), sure)


@dataclass(frozen=True, slots=True)
class ThreeInSuccession:
    """The latest ``requests`` distinct concerns."""

    requests: int


@rule(
    "LP9.three_in_succession",
    ThreeInSuccession,
    level=Level.URGENT,
    next="Write to MASH and ask for a trigger review of the last three decisions together.",
    start="letter/trigger_review",
    job=Job.LEAD,
)
def three_in_succession(view: View, numbers: ThreeInSuccession) -> Finding | None:
    """The latest three concerns all ended low, and no assessment, strategy discussion or plan came between.

    Low is no further action, advice, or early help that never began. A concern whose outcome is not decided yet is
    not low.

    Source: casework.md, LP9: "the latest 3 all low outcome … with no assessment, strategy or plan between → urgent".
    """
    latest = _concerns(view)[-numbers.requests :]
    if len(latest) < numbers.requests or not all(_ended_low(view, concern) for concern in latest):
        return None
    if _work_since(view, latest[0].on, latest[-1].on):
        return None
    days = listed(long_date(concern.on) for concern in latest)
    return Finding(
        text=f"The latest {numbers.requests} requests for help ({days}) all ended with no further action, advice, or "
        "early help that did not begin, with no assessment, strategy discussion or plan between them.",
        entries=_all_ids(latest),
    )


def _ended_low(view: View, concern: Concern) -> bool:
    """Whether every decided request of a concern ended low, and at least one was decided."""
    outcomes = [
        (request.data.get("outcome"), request.data.get("service_began"))
        for request in concern.requests
        if request.data.get("outcome") and _decided(view, request)
    ]
    return bool(outcomes) and all(
        outcome in _LOW or (outcome == _LOW_UNLESS_BEGAN and began is False) for outcome, began in outcomes
    )


def _decided(view: View, request: Fact) -> bool:
    """Whether a request's outcome is there by now; where the day of the decision was not kept, with the request."""
    decided = request.day("decided_on")
    return decided is None or view.known(decided) is not None


def _work_since(view: View, first: date, last: date) -> bool:
    """Whether an assessment, a strategy discussion or a plan falls between the first and the last of some requests."""
    days = [status.from_ for status in view.record.child.statuses if status.status in _PLANS]
    days += [each.starts for each in view.assessments()]
    days += [view.field(meeting, "held") for meeting in view.facts("meeting") if meeting.data.get("type") in _MEETINGS]
    return any(day is not None and first <= day <= last and view.known(day) is not None for day in days)


@dataclass(frozen=True, slots=True)
class Cluster:
    """``requests`` distinct concerns in ``days``, or ``more_requests`` in ``months``."""

    requests: int
    days: int
    more_requests: int
    months: int


@rule(
    "LP9.cluster",
    Cluster,
    level=Level.URGENT,
    next="Ask MASH today for a trigger review of these requests together.",
    start="letter/trigger_review",
    job=Job.LEAD,
)
def cluster(view: View, numbers: Cluster) -> Finding | None:
    """Three distinct concerns in 90 days, or four in twelve months.

    Source: casework.md, LP9: "``cluster`` 3 in 90 d or 4 in 12 m → urgent".
    """
    requests = view.facts("referral")
    found = _concerns(view)
    close = [concern for concern in found if view.within(concern.latest, days=numbers.days)]
    if len(close) >= numbers.requests:
        sure = _sure_from(view, close, numbers.requests, days=numbers.days)
        return _counted(close, f"in {numbers.days} days", _possibly(close, requests), sure)
    year = [concern for concern in found if view.within(concern.latest, months=numbers.months)]
    if len(year) >= numbers.more_requests:
        sure = _sure_from(view, year, numbers.more_requests, months=numbers.months)
        return _counted(year, f"in {numbers.months} months", _possibly(year, requests), sure)
    return None


@dataclass(frozen=True, slots=True)
class Household:
    """``concerns`` distinct concerns across the household within ``months``."""

    concerns: int
    months: int


@rule(
    "LP9.household",
    Household,
    next="Look at the requests for all children of the household together.",
    start="letter/trigger_review",
    job=Job.LEAD,
)
def household(view: View, numbers: Household) -> Finding | None:
    """Three distinct concerns across the children who live together, in twelve months; one form about three is one.

    Source: casework.md, LP9: "``household`` 3 distinct concerns across the household in 12 m".
    """
    if not view.lives_with() & view.record.other_children:
        return None  # Of a child alone, LP9.three_in_year says the same.
    requests = {fact.id: fact for fact in (*view.facts("referral"), *view.requests_around())}
    found = [concern for concern in concerns(requests.values()) if view.within(concern.latest, months=numbers.months)]
    if len(found) < numbers.concerns:
        return None
    sure = _sure_from(view, found, numbers.concerns, months=numbers.months)
    possibly = _possibly(found, requests.values())
    said = at_least(len(found), possibly, "distinct concern") + "," * bool(possibly)
    return Finding(
        text=f"{capital(said)} about the children of this household in {numbers.months} months: "
        f"{listed(long_date(concern.on) for concern in found)}.",
        entries=_all_ids(found),
        # Others who lived here before had requests of their own, which may make one concern of two.
        held_from=max(sure, view.holds_since(View.lives_with)) if sure is not None else None,
    )


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """A trigger review is held within ``working_days`` of being asked for or decided."""

    working_days: int


@rule(
    "LP9.review_due",
    ReviewDue,
    next="Hold the trigger review, or record when it will be.",
    start="meeting/trigger_review",
    job=Job.LEAD,
    rests_on_nothing=True,
)
def review_due(view: View, numbers: ReviewDue) -> Finding | None:
    """A trigger review that was asked for or decided was not held within five working days.

    The clock starts on the first day the record knows of the meeting: the day it was asked for or decided. One that was
    held since then, and written down as an entry of its own, is the one that was asked for.

    Source: casework.md, LP9: "``review_due`` asked for or decided, not held in 5 wd".
    """
    reviews = view.meetings("trigger_review")
    held = max((on for review in reviews if (on := view.field(review, "held")) is not None), default=date.min)
    late = [
        meeting
        for meeting in reviews
        if view.field(meeting, "held") is None
        and meeting.noted is not None
        and held < meeting.noted
        and view.passed(meeting.noted, working=numbers.working_days)
    ]
    if not late:
        return None
    asked = listed(long_date(meeting.noted) for meeting in late if meeting.noted is not None)
    return Finding(
        text=f"A trigger review was asked for or decided on {asked} and is not recorded as held.",
        entries=ids(late),
    )


def _sure_from(view: View, found: list[Concern], needed: int, *, months: int = 0, days: int = 0) -> date | None:
    """Return a day from which so many of the concerns were there and recent enough, without a break; None for none.

    A concern whose first request is recent enough today was so on each day since, but for one whose later request was
    known before its day came. With fewer requests known, concerns can only fall apart into more.
    """
    began = sorted(
        max(concern.on, concern.requests[0].counts_from, *_foreseen(concern))
        for concern in found
        if view.within(concern.on, months=months, days=days)
    )
    return began[needed - 1] if len(began) >= needed else None


def _foreseen(concern: Concern) -> list[date]:
    return [each.on for each in concern.requests if each.on is not None and each.counts_from < each.on]


def _possibly(found: list[Concern], requests: Iterable[Fact]) -> int:
    """Return how many requests of no certain day may have come since the first of some concerns."""
    return len(possible_since(requests, found[0].latest))


def _counted(found: list[Concern], span: str, possibly: int, held_from: date | None) -> Finding:
    said = counted(len(found), "request for help", "requests for help")
    if possibly:
        said = f"at least {said}, possibly {len(found) + possibly},"
    days = listed(long_date(concern.on) for concern in found)
    return Finding(
        text=f"{said[:1].upper()}{said[1:]} about distinct concerns {span}: {days}.",
        entries=_all_ids(found),
        held_from=held_from,
    )


def _all_ids(found: Iterable[Concern]) -> tuple[str, ...]:
    return ids(request for concern in found for request in concern.requests)
