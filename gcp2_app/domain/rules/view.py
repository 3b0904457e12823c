"""One child's record as it stood on a day: only what counted by then.

Rules ask the view and nothing else. What is asked here goes through the clock, so that the day an alert began and the
day it can next change are found exactly.

Source: casework.md, How rules read the record.
"""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from operator import attrgetter, itemgetter
from types import MappingProxyType
from typing import Any, TypeVar

from gcp2_app.domain.calendar import WorkingDays
from gcp2_app.domain.policy import RulePolicy
from gcp2_app.domain.register import Allocation, Category, Household, Status, StatusKind
from gcp2_app.domain.rules.clock import Clock
from gcp2_app.domain.rules.record import ChildRecord, Fact, Graded
from gcp2_app.domain.rules.registry import REGISTERED, Finding

C = TypeVar("C", Fact, Graded)
T = TypeVar("T")
_DAY = timedelta(days=1)
_COUNTS_FROM = attrgetter("counts_from")
_ORDER = attrgetter("order")
_ON = attrgetter("on")


class View(Clock):
    """A child's record as of ``today``, with every rule's numbers by its name."""

    __slots__ = ("policy", "record")

    def __init__(
        self,
        record: ChildRecord,
        calendar: WorkingDays,
        *,
        today: date,
        policy: Mapping[str, RulePolicy] = MappingProxyType({}),
    ) -> None:
        super().__init__(calendar, today=today, known_by=record.known_by)
        self.record = record
        self.policy = policy

    def since(self, condition: Callable[["View"], bool]) -> date:
        """Return the first day of the unbroken run of days, up to today, on which something has been so.

        Args:
            condition: what is so today; asked about earlier days with the record as it stood then.

        Returns:
            ``date.min`` where nothing in the record says that it ever began.
        """
        first = asked = self.today
        while condition(view := View(self.record, self.calendar, today=asked, policy=self.policy)):
            if view.same_from == date.min:
                return date.min
            first = view.same_from
            asked = first - _DAY
        return first

    def holds_since(self, ask: Callable[["View"], object]) -> date:
        """Return the first day since which what is asked has had the answer of today for certain; it may be earlier."""
        view = View(self.record, self.calendar, today=self.today, policy=self.policy)
        ask(view)
        return view.same_from

    # Other rules -------------------------------------------------------------------------------

    def numbers(self, rule: str) -> Any:
        """Return the numbers of another rule, which this one builds on."""
        return self.policy[rule].numbers

    def also(self, rule: str) -> Finding | None:
        """Return what another rule counts, or None."""
        return REGISTERED[rule].check(self, self.numbers(rule))

    # Entries -----------------------------------------------------------------------------------

    def facts(self, *kinds: str) -> list[Fact]:
        """Return the entries of these kinds that count, in the order of the day they happened; undated ones first."""
        counts = tuple(self._count(self.record.facts.get(kind, ())) for kind in kinds)
        return list(self.record.once(("facts", *kinds), counts, lambda: self._in_order(*kinds)))

    def meetings(self, *types: str) -> list[Fact]:
        """Return the meetings of these types that count, in the order of the day they happened; undated ones first."""
        found = [fact for kind in types for fact in self._counted(self.record.meetings.get(kind, ()))]
        return sorted(found, key=_ORDER)

    def all_facts(self, wanted: Callable[[Fact], bool] | None = None) -> list[Fact]:
        """Return every entry that counts, in the order of the day it happened; undated ones first.

        Args:
            wanted: only entries of which this is so, whatever day is asked about.
        """
        if wanted is not None:
            among = self.record.once(wanted, None, lambda: tuple(filter(wanted, self.record.all_facts)))
            return sorted(self._counted(among), key=_ORDER)
        count = self._count(self.record.all_facts)
        return list(self.record.once("all facts", count, self._in_order))

    def marked_spans(self) -> Sequence[tuple[date, date]]:
        """Return the spans next to today in which an entry marks the child: the one before or around it, and the next.

        The record's own; ask :meth:`reached` and :meth:`passed` about their days.
        """
        spans = self.record.marked_spans
        place = bisect_right(spans, self.today, key=itemgetter(0))
        return spans[max(place - 1, 0) : place + 1]

    def requests_around(self) -> list[Fact]:
        """Return the requests for help about the other children who live with this child now."""
        together = self.lives_with()
        return sorted(
            (fact for fact in self._counted(self.record.facts_around) if together.intersection(fact.entry.children)),
            key=_ORDER,
        )

    def _in_order(self, *kinds: str) -> list[Fact]:
        return [fact for fact in self.record.in_order(*kinds) if fact.counts_from <= self.today]

    def _counted(self, found: Sequence[C]) -> Sequence[C]:
        return found[: self._count(found)]

    def _count(self, found: Sequence[Fact] | Sequence[Graded]) -> int:
        """Return how many entries or assessments, in the order in which they begin to count, do so by now."""
        count = bisect_right(found, self.today, key=_COUNTS_FROM)
        if count:
            self.reached(found[count - 1].counts_from)
        if count < len(found):
            self.reached(found[count].counts_from)
        return count

    def come(self, facts: Sequence[Fact]) -> Sequence[Fact]:
        """Return those of some entries whose day has come, and could be known.

        Args:
            facts: each with a certain day, in the order of these days.
        """
        count = bisect_right(facts, min(self.today, self.known_by or self.today), key=_ON)
        for fact in facts[max(count - 1, 0) : count + 1]:
            self.known(fact.on)
        return facts[:count]

    def lately(self, facts: Sequence[Fact], *, months: int) -> Sequence[Fact]:
        """Return those of some entries that happened no longer back than so many months; the last day counts.

        Args:
            facts: each with a certain day that has come, in the order of these days.
            months: calendar months.
        """
        over = bisect_right(facts, self.today, key=lambda fact: self.first_past(_ON(fact), months=months))
        for fact in facts[max(over - 1, 0) : over + 1]:
            self.passed(_ON(fact), months=months)
        return facts[over:]

    def field(self, fact: Fact, name: str) -> date | None:
        """Return the day in a field of an entry once it has come; before that, None.

        For a day that is planned, or due, ask the entry itself (:meth:`Fact.day`).
        """
        return self.known(fact.day(name))

    def dated(self, fact: Fact, name: str) -> date | None:
        """Return the day in a field once it has come; where none stands there, the day the entry happened."""
        return self.known(fact.day(name) or fact.on)

    # The register ------------------------------------------------------------------------------

    def statuses(self) -> list[Status]:
        """Return the statuses that are open."""
        return [status for status in self.record.child.statuses if self._is_open(status.since, status.to)]

    def status(self, *kinds: StatusKind) -> Status | None:
        """Return the open status of one of these kinds that began last, or None."""
        return max(
            (each for each in self.statuses() if each.status in kinds), key=lambda each: each.since, default=None
        )

    def on_child_protection(self) -> Status | None:
        """Return the open child protection plan."""
        return self.status(StatusKind.CHILD_PROTECTION)

    def on_plan(self) -> Status | None:
        """Return the open child protection plan or child in need status ("CiN/CP"), the plan first."""
        return self.on_child_protection() or self.status(StatusKind.CHILD_IN_NEED)

    def on_plan_for_neglect(self) -> Status | None:
        """Return the open child protection plan or child in need status with category neglect."""
        found = [
            each
            for each in self.statuses()
            if each.category is Category.NEGLECT
            and each.status in (StatusKind.CHILD_IN_NEED, StatusKind.CHILD_PROTECTION)
        ]
        return max(found, key=lambda each: each.since, default=None)

    def allocations(self) -> list[Allocation]:
        """Return the allocations that are open."""
        return [each for each in self.record.child.allocated if self._is_open(each.since, each.to)]

    def _is_open(self, since: date, to: date | None) -> bool:
        if since > date.min and self.known(since) is None:
            return False
        return to is None or not self.passed(to)

    def households(self) -> Iterator[Household]:
        """Return the households the child lives in."""
        for household in self.record.households:
            if any(
                member.who == self.record.child.id and self._is_open(member.from_ or date.min, member.to)
                for member in household.members
            ):
                yield household

    def lives_with(self) -> frozenset[str]:
        """Return ids of everyone who lives with the child now, the child left out."""
        return frozenset(
            member.who
            for household in self.households()
            for member in household.members
            if member.who != self.record.child.id and self._is_open(member.from_ or date.min, member.to)
        )

    def age_months_passed(self, months: int) -> bool | None:
        """Whether the child's age is at or past so many completed months; None where no date of birth is known.

        An unborn child, or one who is not born yet on the day, has not.
        """
        born = self.record.child.date_of_birth
        if born is None:
            return None if self.record.child.expected_date is None else False
        return self.reached(self.last_day(born, months=months)) if months else self.reached(born)

    def is_under_one(self) -> bool:
        """Whether the child is unborn or under one year old; not where no date is known."""
        return self.age_months_passed(12) is False

    # Assessments -------------------------------------------------------------------------------

    def assessments(self) -> Sequence[Graded]:
        """Return the assessments that count, in the order of their windows; one that was corrected is left out."""
        return self.of_assessments("assessments", self._assessments)

    def of_assessments(self, what: Hashable, make: Callable[[], T]) -> T:
        """Return what is worked out of the assessments that count alone.

        It is kept for every number of them: each rule's replay goes back over the same days.

        Args:
            what: what is wanted.
            make: works it out.
        """
        return self.record.once((what, self._count(self.record.graded)), None, make)

    def _assessments(self) -> Sequence[Graded]:
        found = self._counted(self.record.graded)
        corrected = {each.assessment.corrects for each in found}
        return sorted(
            (each for each in found if each.id not in corrected), key=lambda each: (each.starts, each.ends, each.id)
        )

    def assessed_since(self) -> date:
        """Return the first day since which the same assessments count as today; ``date.min`` where none does."""
        counted = (each.counts_from for each in self.record.assessments)
        return max((day for day in counted if self.known(day) is not None), default=date.min)

    def lines(self) -> Sequence[Sequence[Graded]]:
        """Return the assessments that count, those of the same carers and pack together, each in time."""
        return self.of_assessments("lines", self._lines)

    def _lines(self) -> Sequence[Sequence[Graded]]:
        lines: dict[tuple[frozenset[str], str], list[Graded]] = {}
        for each in self.assessments():
            lines.setdefault(each.line, []).append(each)
        return list(lines.values())
