"""REF: a request for help is answered, and one made by phone is followed up in writing.

Source: casework.md, Referral.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.alerts import Job
from gcp2_app.domain.rules.reading import ids
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.registry import Finding, rule
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import counted, listed, long_date


@dataclass(frozen=True, slots=True)
class Decision:
    """A request is acknowledged or decided within ``working_days``."""

    working_days: int


@rule(
    "REF.decision",
    Decision,
    next="Ring today and ask what was decided. If you disagree with the decision, start a challenge.",
    job=Job.OWN_AGENCY,
    rests_on_nothing=True,
    start="requests",
)
def decision(view: View, numbers: Decision) -> Finding | None:
    """A request for help was neither acknowledged nor decided.

    The clock starts on the day it was sent, and is shown from the day after the first working day, which is the day to
    chase on. An outcome without a day of its own is a decision. A request whose day is approximate decides nothing.

    Source: casework.md, Referral: "``REF.decision`` no decision or acknowledgement 1 wd after sending → act, chase on
    wd 2". Working Together to Safeguard Children 2023: a decision within one working day of a referral.
    """
    open_ = [
        request
        for request in view.facts("referral")
        if request.on is not None
        and not _is_answered(view, request)
        and view.passed(request.on, working=numbers.working_days)
    ]
    if not open_:
        return None
    return Finding(
        text=f"{_requests(open_)}: no acknowledgement and no decision after "
        f"{counted(numbers.working_days, 'working day')}.",
        entries=ids(open_),
        held_from=_open_from(open_, lambda on: view.first_past(on, working=numbers.working_days)),
    )


def _is_answered(view: View, request: Fact) -> bool:
    if view.field(request, "acknowledged_on") is not None or view.field(request, "decided_on") is not None:
        return True
    return bool(request.data.get("outcome")) and request.day("decided_on") is None


@dataclass(frozen=True, slots=True)
class Written:
    """A request by phone is followed up in writing within ``hours``."""

    hours: int


@rule(
    "REF.written",
    Written,
    next="Send the written request now, or record when it was sent.",
    job=Job.OWN_AGENCY,
    rests_on_nothing=True,
    start="requests",
)
def written(view: View, numbers: Written) -> Finding | None:
    """A request for help that was made by phone was not followed up in writing within 24 hours.

    Days are counted, not hours, as everywhere: the day after the call is the last on which it is in time, so that it is
    shown from the second day, weekend or not. A request whose day is approximate decides nothing.

    Source: casework.md, Referral: "``REF.written`` follow-up to a phone referral 24 h".
    """
    open_ = [
        request
        for request in view.facts("referral")
        if request.on is not None
        and request.data.get("by_phone") is True
        and view.field(request, "written_on") is None
        and view.passed(request.on, days=-(-numbers.hours // 24))
    ]
    if not open_:
        return None
    return Finding(
        text=f"{_requests(open_)} by phone: not followed up in writing after {counted(numbers.hours, 'hour')}.",
        entries=ids(open_),
        held_from=_open_from(open_, lambda on: view.first_past(on, days=-(-numbers.hours // 24))),
    )


def _open_from(found: list[Fact], first_past: Callable[[date], date]) -> date:
    """Return a day since which one of these has been open: what answers a request is not taken back."""
    return min(max(fact.counts_from, first_past(fact.on)) for fact in found if fact.on is not None)


def _requests(found: list[Fact]) -> str:
    said = "Request for help" if len(found) == 1 else "Requests for help"
    return f"{said} of {listed(long_date(fact.on) for fact in found if fact.on is not None)}"
