"""What a team's records show of each row of the learning review: counts of families, never of who they are.

Children who share a carer are one family. A family counts once for a rule, however many of its children it is about, so
that a large family is no crowd. Nothing here knows a name.

Source: casework.md, R6 ("anonymised team report").
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import Any, Final, TypeVar

from gcp2_app.domain.calendar import WorkingDays, quarter, quarter_start
from gcp2_app.domain.rules.challenges import StageOverdue
from gcp2_app.domain.rules.record import Fact, day_of
from gcp2_app.domain.rules.view import View

_QUARTERS: Final = 4
_SHORT: Final = timedelta(weeks=12)
T = TypeVar("T", bound=IntEnum)


class Stood(IntEnum):
    """What became of what a rule counts, by the end of the time that is looked at; the longest of a family counts."""

    ENDED = 0
    SHORT = 1
    LONG = 2


class Taken(IntEnum):
    """How long a step took; the slowest of a family counts."""

    IN_TIME = 0
    LATE = 1
    WAITING = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Whole quarters that are looked at; ``last`` is the last day of the last of them."""

    first: date
    last: date

    @property
    def ends(self) -> tuple[date, ...]:
        """The day before it begins, and the last day of each quarter."""
        year, number = quarter(self.first)
        count = (self.last.year - self.first.year) * 4 + quarter(self.last)[1] - number + 1
        starts = (quarter_start(year, number + step) for step in range(count + 1))
        return tuple(start - timedelta(days=1) for start in starts)

    def covers(self, day: date | None) -> bool:
        """Whether a day is in it."""
        return day is not None and self.first <= day <= self.last


def whole_quarters(day: date, since: date | None = None) -> Span:
    """Return the quarters that were over by a day: four, or those from a first day on; at least the last one.

    Args:
        day: the day the record is read.
        since: a day in the first quarter, or None.
    """
    last = quarter_start(*quarter(day)) - timedelta(days=1)
    year, number = quarter(last)
    first = quarter_start(year, number - _QUARTERS + 1) if since is None else quarter_start(*quarter(since))
    return Span(first=min(first, quarter_start(year, number)), last=last)


def stood(since: date, last: date) -> Stood:
    """Return for how long something has stood on a day: under twelve weeks, or longer."""
    return Stood.SHORT if last - since < _SHORT else Stood.LONG


def families(carers: Mapping[str, Collection[str]]) -> tuple[tuple[str, ...], ...]:
    """Return children by family: those who share a carer, or whose brothers and sisters do.

    Args:
        carers: ids of each child's carers, by the child's id.
    """
    groups: list[tuple[set[str], set[str]]] = []
    for child, theirs in carers.items():
        members, adults = {child}, set(theirs)
        apart = []
        for each in groups:
            if each[1] & adults:
                members |= each[0]
                adults |= each[1]
            else:
                apart.append(each)
        groups = [*apart, (members, adults)]
    return tuple(tuple(sorted(members)) for members, _ in groups)


def of_families(found: Mapping[str, Mapping[str, T]], groups: Iterable[Sequence[str]]) -> dict[str, list[T]]:
    """Return for each thing that was found what it came to in each family it was found in.

    Args:
        found: by child, then by what was found.
        groups: children by family.
    """
    made: dict[str, list[T]] = {}
    for group in groups:
        worst: dict[str, T] = {}
        for child in group:
            for name, became in found.get(child, {}).items():
                worst[name] = max(worst.get(name, became), became)
        for name, became in worst.items():
            made.setdefault(name, []).append(became)
    return made


def parts(became: Collection[T], kinds: type[T]) -> tuple[int, ...]:
    """Return how often each kind is among them, in the order of the kinds."""
    return tuple(sum(each is kind for each in became) for kind in kinds)


#: Steps whose time is taken, with the rule that gives it.
STEPS: Final = {
    "decision": "REF.decision",
    "reply": "LP10.stage_overdue",
    "records": "R2.records",
    "check": "LP11.not_checked",
}


def steps(view: View, span: Span) -> dict[str, Taken]:
    """Return how long the steps of a child's record took that began in a span; the slowest of each sort.

    Args:
        view: the record as of the last day of the span.
        span: what is looked at.
    """
    slowest: dict[str, Taken] = {}
    for name, began, done, within in _begun(view):
        if span.covers(began) and began is not None:
            taken = _taken(view.calendar, began, done if done is None or done <= span.last else None, within)
            slowest[name] = max(slowest.get(name, taken), taken)
    return slowest


def _begun(view: View) -> Iterator[tuple[str, date | None, date | None, int]]:
    """Yield each step: what it is, when it began, when it was done, and in how many working days it should be."""
    decision, ladder = view.numbers(STEPS["decision"]), view.numbers(STEPS["reply"])
    records, check = view.numbers(STEPS["records"]), view.numbers(STEPS["check"])
    for fact in view.facts("referral"):
        yield "decision", fact.on, _earliest(fact, "acknowledged_on", "decided_on"), decision.working_days
    for fact in view.facts("challenge"):
        within = _stage_days(ladder, fact.data.get("stage"))
        if within is not None:
            yield "reply", day_of(fact.data.get("stage_started")), _earliest(fact, "reply_on", "resolved_on"), within
    for fact in view.facts("move"):
        for asked in fact.groups("records"):
            yield "records", day_of(asked.get("asked_on")), day_of(asked.get("received_on")), records.working_days[-1]
    for fact in view.facts("action"):
        yield "check", day_of(fact.data.get("said_done_on")), day_of(fact.data.get("checked_on")), check.working_days


def _stage_days(ladder: StageOverdue, stage: Any) -> int | None:
    return ladder.days_of(stage) if isinstance(stage, int) else None


def _earliest(fact: Fact, *names: str) -> date | None:
    days = (day_of(fact.data.get(name)) for name in names)
    return min((day for day in days if day is not None), default=None)


def _taken(calendar: WorkingDays, began: date, done: date | None, within: int) -> Taken:
    if done is None:
        return Taken.WAITING
    return Taken.IN_TIME if calendar.between(began, done) <= within else Taken.LATE
