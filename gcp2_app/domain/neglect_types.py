"""Types of neglect by quarter, as data: how many entries name each type, and which agencies they come from.

Entries are counted, each once a type. Knows entries; nothing of drawing.

Source: experience.md, Charts, 5; Horwath (2007) for the types.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gcp2_app.domain.charting import About, ChartRecord
from gcp2_app.domain.entries import Theme
from gcp2_app.domain.register import Agency
from gcp2_app.domain.rules.reading import voice_of
from gcp2_app.domain.rules.record import NEGLECT, Counting, Fact

#: The six types, in the order in which they are shown.
TYPES = tuple(theme for theme in Theme if theme in NEGLECT)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Quarter:
    """A quarter of a calendar year, 1 to 4."""

    year: int
    number: int

    @property
    def following(self) -> "Quarter":
        """The quarter after."""
        return Quarter(year=self.year + self.number // 4, number=self.number % 4 + 1)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.following.first_day - timedelta(days=1)


def quarter_of(day: date) -> Quarter:
    """Return the calendar quarter of a day."""
    return Quarter(year=day.year, number=(day.month - 1) // 3 + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeCount:
    """One type in one quarter.

    Attributes:
        entries: ids of the entries, oldest first.
        agencies: whose voices they are, each once; None for one that names no agency.
    """

    entries: tuple[str, ...]
    agencies: tuple[Agency | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeglectTypes:
    """All types in all quarters.

    Attributes:
        quarters: from the first with an entry to the last day looked at, none left out.
        counts: by type and quarter; None for entries whose day is approximate or not known. Empty ones are left out.
        marked: how many entries name a type; one that names two counts once here.
        types: those that are shown, in order.
    """

    about: About
    quarters: tuple[Quarter, ...]
    counts: Mapping[tuple[Theme, Quarter | None], TypeCount]
    marked: int
    types: tuple[Theme, ...] = TYPES

    @property
    def has_undated(self) -> bool:
        """Whether some entries have no certain day."""
        return any(quarter is None for _, quarter in self.counts)


def make_neglect_types(record: ChartRecord) -> NeglectTypes:
    """Count the entries of a record by type and quarter; a range or month counts on its last day."""
    facts = sorted((Fact(entry, Counting.HAPPENED) for entry in record.entries), key=lambda fact: fact.order)
    marked = [fact for fact in facts if not NEGLECT.isdisjoint(fact.entry.themes)]
    found: dict[tuple[Theme, Quarter | None], list[Fact]] = {}
    for fact in marked:
        quarter = quarter_of(fact.on) if fact.on is not None else None
        for theme in TYPES:
            if theme in fact.entry.themes:
                found.setdefault((theme, quarter), []).append(fact)
    days = [fact.on for fact in marked if fact.on is not None]
    quarters: list[Quarter] = []
    if days:
        quarter, last = quarter_of(min(days)), quarter_of(max([*days, record.today]))
        while quarter <= last:
            quarters.append(quarter)
            quarter = quarter.following
    return NeglectTypes(
        about=record.about,
        quarters=tuple(quarters),
        counts={
            key: TypeCount(
                entries=tuple(fact.id for fact in facts),
                agencies=tuple(dict.fromkeys(voice_of(fact) for fact in facts)),
            )
            for key, facts in found.items()
        },
        marked=len(marked),
    )


def in_parts(types: NeglectTypes, *, most: int) -> tuple[NeglectTypes, ...]:
    """Return the same in stretches of at most some quarters, the earliest first; the latest stretch is full.

    What has no certain day stands in the last of them.

    Args:
        types: all of them.
        most: quarters of one stretch, at least 1.
    """
    count = max(len(types.quarters), 1)
    ends = [*range(count, 0, -most)]
    stretches = [types.quarters[max(end - most, 0) : end] for end in reversed(ends)]
    return tuple(_stretch(types, each, last=each is stretches[-1]) for each in stretches)


def _stretch(types: NeglectTypes, quarters: tuple[Quarter, ...], *, last: bool) -> NeglectTypes:
    counts = {key: count for key, count in types.counts.items() if key[1] in quarters or (last and key[1] is None)}
    marked = {entry for count in counts.values() for entry in count.entries}
    return replace(types, quarters=quarters, counts=counts, marked=len(marked))
