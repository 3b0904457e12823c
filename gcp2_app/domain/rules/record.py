"""What rules read: everything about one child, laid out once, whatever day is asked about.

Knows entries, assessments and the register; no policy and no day of today.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.calendar import add_months
from gcp2_app.domain.entries import Entry, Source, Theme
from gcp2_app.domain.entry_times import counts_from
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.register import Agency, Child, Household, Person, Professional
from gcp2_app.domain.scoring import Profile
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue

#: Horwath's six types of neglect.
NEGLECT: frozenset[Theme] = frozenset(Theme) - {Theme.STRENGTH}
#: Months in which an entry with a type of neglect marks a child. Source: casework.md ("in the last 12 m").
MARKED_FOR_MONTHS = 12
_DAY = timedelta(days=1)
T = TypeVar("T")


class Counting(StrEnum):
    """From which day an entry counts: the day it became known, or the day it happened (with hindsight)."""

    KNOWN = "known"
    HAPPENED = "happened"


class Recorded(Protocol):
    """What rules read of an entry: an :class:`gcp2_app.domain.entries.Entry`, or one read without its texts."""

    @property
    def id(self) -> str:
        """The entry's id."""
        ...

    @property
    def kind(self) -> str:
        """Its kind."""
        ...

    @property
    def children(self) -> tuple[str, ...]:
        """The children it concerns."""
        ...

    @property
    def when(self) -> When | None:
        """When it happened."""
        ...

    @property
    def known(self) -> When | None:
        """When it became known."""
        ...

    @property
    def recorded_at(self) -> datetime | None:
        """When it was written down here."""
        ...

    @property
    def source(self) -> Source | None:
        """Who it comes from."""
        ...

    @property
    def impact(self) -> str:
        """What it meant for the child."""
        ...

    @property
    def themes(self) -> tuple[Theme, ...]:
        """Neglect types and strengths."""
        ...

    @property
    def data(self) -> Mapping[str, Any]:
        """The fields of its kind."""
        ...


class Fact:
    """One entry as rules read it.

    Attributes:
        entry: the entry.
        data: the fields of its kind.
        on: the day it happened: the last day of a range or month. None where that is approximate or unknown: then it
            counts as "possibly".
        noted: the first day the record can have known of it: the earlier of when it happened and when it became known,
            as far as they are certain. For something asked for or planned, the day it was asked for. None where
            neither is certain.
        counts_from: the first day it counts at all.
        order: sorts by the day it happened, undated ones first.
    """

    __slots__ = ("counts_from", "data", "entry", "noted", "on", "order")

    def __init__(self, entry: Recorded, counting: Counting) -> None:
        self.entry = entry
        self.data = entry.data
        happened, known = entry.when, entry.known
        on = happened.last if happened is not None and happened.certain else None
        known_on = known.last if known is not None and known.certain else None
        self.on = on if happened is not None else known_on
        self.noted = known_on if on is None or (known_on is not None and known_on < on) else on
        # Of what was read of the entry just now: a record has thousands.
        self.counts_from = counts_from(
            entry.kind, self.data, happened, known, entry.recorded_at, hindsight=counting is Counting.HAPPENED
        )
        self.order = (self.on or date.min, self.counts_from, entry.id)

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.entry.id

    @property
    def whole(self) -> Entry:
        """The entry with everything it holds: texts, marks, revision.

        Raises:
            TypeError: the record was laid out for the rules, which read no texts.
        """
        return _whole(self.entry)

    @property
    def agency(self) -> Agency | None:
        """The agency it comes from, where that is known."""
        return self.entry.source.agency if self.entry.source is not None else None

    def day(self, name: str) -> date | None:
        """Return a day that stands in a field of its kind, come or not; an instant is its day in London."""
        return day_of(self.entry.data.get(name))

    def groups(self, name: str) -> tuple[Mapping[str, Any], ...]:
        """Return the groups of a field that repeats."""
        found = self.entry.data.get(name) or ()
        return (found,) if isinstance(found, Mapping) else tuple(found)


def _counts_from(entry: Recorded, counting: Counting) -> date:
    hindsight = counting is Counting.HAPPENED
    return counts_from(entry.kind, entry.data, entry.when, entry.known, entry.recorded_at, hindsight=hindsight)


@lru_cache(maxsize=8192)
def _day_of_text(raw: str) -> date | None:
    try:
        return When(raw).last
    except InvalidValue:
        return None  # A field of another type under this name holds no day.


def day_of(raw: object) -> date | None:
    """Return the day that a stored value stands for, or None where it is none."""
    return _day_of_text(raw) if isinstance(raw, str) and raw else None


@dataclass(frozen=True, kw_only=True)
class Graded:
    """A signed-off assessment with its results.

    Attributes:
        assessment: as stored.
        pack: the pack version it was made with.
        profile: its sub-area and area results.
        units: effective grade by unit code, the scored ones alone; of an assessment recorded elsewhere, none.
        counts_from: the day it was signed off; for one recorded elsewhere without that, the last day of its window.
    """

    assessment: Assessment
    pack: Pack
    profile: Profile
    units: Mapping[str, int]
    counts_from: date

    @property
    def id(self) -> str:
        """The assessment's id."""
        return self.assessment.id

    @property
    def starts(self) -> date:
        """First day of its window."""
        return self.assessment.window.from_ if self.assessment.window is not None else self.counts_from

    @property
    def ends(self) -> date:
        """Last day of its window."""
        return self.assessment.window.to if self.assessment.window is not None else self.counts_from

    @cached_property
    def watched_units(self) -> Mapping[str, int]:
        """How many units are at or past the pack's ``watch_from``, by the code of their area."""
        return Counter(
            self.pack.area_of[self.pack.subarea_of(code).code].code
            for code, given in self.units.items()
            if self.is_watched(given)
        )

    @cached_property
    def line(self) -> tuple[frozenset[str], str]:
        """Carers and pack: only assessments of one line follow each other."""
        return frozenset(self.assessment.carers), self.assessment.pack

    def is_high(self, grade: int) -> bool:
        """Whether a grade is at or past the pack's ``alert_from``: "4-5"."""
        return grade >= self.pack.thresholds.alert_from

    def is_watched(self, grade: int) -> bool:
        """Whether a grade is at or past the pack's ``watch_from``: "3 or worse"."""
        return grade >= self.pack.thresholds.watch_from

    def is_worst(self, grade: int) -> bool:
        """Whether a grade is the last of the pack's scale: "5"."""
        return grade == self.pack.grades[-1].value


@dataclass(frozen=True, kw_only=True)
class ChildRecord:
    """Everything rules may read about one child.

    Attributes:
        child: from the register.
        people: adults in the child's life by id.
        professionals: workers named anywhere in the record, by id.
        households: every household the child was ever a member of.
        other_children: ids of the other children who were ever a member of one of them.
        entries: the child's entries, none made in error; and circumstances that name no child.
        around: requests for help about the other children of those households.
        assessments: those that are signed off or recorded elsewhere, in no order.
        counting: from which day an entry counts.
        known_by: what became known later is left out; None for nothing.
    """

    child: Child
    people: Mapping[str, Person] = field(default_factory=lambda: MappingProxyType({}))
    professionals: Mapping[str, Professional] = field(default_factory=lambda: MappingProxyType({}))
    households: tuple[Household, ...] = ()
    other_children: frozenset[str] = frozenset()
    entries: tuple[Recorded, ...] = field(default=(), repr=False)
    around: tuple[Recorded, ...] = field(default=(), repr=False)
    assessments: tuple[Graded, ...] = field(default=(), repr=False)
    counting: Counting = Counting.KNOWN
    known_by: date | None = None

    @cached_property
    def facts(self) -> Mapping[str, tuple[Fact, ...]]:
        """The entries by kind, in the order in which they begin to count."""
        return self._by_kind(self.entries)

    @cached_property
    def meetings(self) -> Mapping[object, tuple[Fact, ...]]:
        """The meetings by type, in the order in which they begin to count."""
        found: dict[object, list[Fact]] = {}
        for fact in self.facts.get("meeting", ()):
            found.setdefault(fact.data.get("type"), []).append(fact)
        return {kind: tuple(facts) for kind, facts in found.items()}

    @cached_property
    def facts_around(self) -> tuple[Fact, ...]:
        """The requests about other children, in the order in which they begin to count."""
        return self._by_kind(self.around).get("referral", ())

    @cached_property
    def all_facts(self) -> tuple[Fact, ...]:
        """Every entry of the child, in the order in which they begin to count."""
        return tuple(sorted((fact for found in self.facts.values() for fact in found), key=_order))

    def in_order(self, *kinds: str) -> tuple[Fact, ...]:
        """Return the entries of these kinds in the order of the day they happened, undated ones first; of none, all."""
        facts = [fact for kind in kinds or self.facts for fact in self.facts.get(kind, ())]
        return self.once(("in order", *kinds), len(facts), lambda: tuple(sorted(facts, key=attrgetter("order"))))

    def once(self, what: Hashable, known: Hashable, make: Callable[[], T]) -> T:
        """Return what is worked out of the entries alone; several rules, and each step of a replay, ask for the same.

        Args:
            what: what is wanted.
            known: tells the entries it is worked out of from others, such as how many have begun to count. What was
                worked out last is kept.
            make: works it out.
        """
        if what not in self._last or self._last[what][0] != known:
            self._last[what] = known, make()
        found: T = self._last[what][1]
        return found

    @cached_property
    def _last(self) -> dict[Hashable, tuple[Hashable, Any]]:
        return {}

    @cached_property
    def marked_spans(self) -> tuple[tuple[date, date], ...]:
        """The unbroken spans in which an entry marks the child, first and last day, none touching the next."""
        spans: list[tuple[date, date]] = []
        for first, last in sorted(span for fact in self.all_facts if (span := _marks(fact)) is not None):
            if spans and (spans[-1][1] == date.max or first <= spans[-1][1] + _DAY):
                spans[-1] = spans[-1][0], max(spans[-1][1], last)
            else:
                spans.append((first, last))
        return tuple(spans)

    @cached_property
    def graded(self) -> tuple[Graded, ...]:
        """The assessments, in the order in which they begin to count."""
        known_by = date.max if self.known_by is None else self.known_by
        found = (each for each in self.assessments if each.counts_from <= known_by)
        return tuple(sorted(found, key=attrgetter("counts_from")))

    @cached_property
    def by_id(self) -> Mapping[str, Fact]:
        """The entries by id."""
        return {fact.id: fact for fact in self.all_facts}

    def _by_kind(self, entries: Iterable[Recorded]) -> Mapping[str, tuple[Fact, ...]]:
        found: dict[str, list[Fact]] = {}
        for entry in entries:
            if self.known_by is None or _known_day(entry) <= self.known_by:
                found.setdefault(entry.kind, []).append(Fact(entry, self.counting))
        return {kind: tuple(sorted(facts, key=_order)) for kind, facts in found.items()}


def _marks(fact: Fact) -> tuple[date, date] | None:
    """Return the days on which an entry marks the child, or None where it has no type of neglect or no certain day."""
    if fact.on is None or NEGLECT.isdisjoint(fact.entry.themes):
        return None
    first = max(fact.counts_from, fact.on)
    last = add_months(fact.on, MARKED_FOR_MONTHS) if fact.on.year < date.max.year else date.max
    return (first, last) if first <= last else None


def _whole(entry: Recorded) -> Entry:
    if not isinstance(entry, Entry):
        raise TypeError("this record was laid out for the rules alone")
    return entry


def _known_day(entry: Recorded) -> date:
    return _counts_from(entry, Counting.KNOWN)


def _order(fact: Fact) -> tuple[date, date, str]:
    return fact.counts_from, fact.on or date.min, fact.id
