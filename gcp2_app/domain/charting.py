"""What every chart of a child rests on: which charts there are, and the record they draw, as it stood on a day.

Knows entries, assessments and the register; nothing of drawing, files or dates of today.

Source: experience.md, Charts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.circumstances import Circumstance, circumstances_of
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.moment import Moment
from gcp2_app.domain.register import Child, Household
from gcp2_app.domain.scoring import Profile
from gcp2_app.domain.trend import Trend
from gcp2_app.domain.words import capital


class ChartKind(StrEnum):
    """The charts of a child, by the names of the command line."""

    TREND = "trend"
    CUMULATIVE = "cumulative"
    UNITS = "units"
    PICTURE = "picture"
    TYPES = "types"
    LANES = "lanes"
    ACTIONS = "actions"
    ATTENDANCE = "attendance"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRecord:
    """Everything a chart may draw of one child.

    Attributes:
        label: what the child is called here.
        today: the last day that is looked at.
        moment: which past it is.
        entries: the child's, none made in error; and circumstances that name no child.
        assessments: as whoever asks may see them.
        packs: by id and version.
        profiles: results by assessment id.
        trend: the grades over time.
        households: those the child was ever a member of.
        names: what people and professionals are called, by id.
        kinds: what kinds of entry are called, by code.
        options: what the answers of choices are called, by kind, field and code.
        unannounced: ids of the visits known to be unannounced.
        practice: a practice record: no real child.
    """

    child: Child
    label: str
    today: date
    trend: Trend
    moment: Moment = field(default_factory=Moment)
    entries: tuple[Entry, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    packs: Mapping[tuple[str, str], Pack]
    profiles: Mapping[str, Profile]
    households: tuple[Household, ...] = ()
    names: Mapping[str, str]
    kinds: Mapping[str, str]
    options: Mapping[tuple[str, str, str], str] = field(default_factory=lambda: MappingProxyType({}))
    unannounced: frozenset[str] = frozenset()
    practice: bool = False

    @property
    def about(self) -> "About":
        """What every chart made of it says of itself."""
        return About(
            child_label=self.label,
            practice=self.practice,
            moment=self.moment.words,
            circumstances=circumstances_of(entry for entry in self.entries if self.concerns(entry)),
        )

    @property
    def last_day(self) -> date:
        """The last day of every time axis: the one that is looked at, or the end of an assessment past it."""
        return max(self.today, self.trend.to)

    def concerns(self, entry: Entry) -> bool:
        """Whether an entry is about the child; a period that names no child is, where it meets the child's life."""
        if entry.children or entry.kind != "circumstance":
            return True
        since = min(self.child.born or self.trend.from_, self.trend.from_)
        return any(each.meets(since, self.last_day) for each in circumstances_of((entry,)))

    def kind_of(self, entry: Entry) -> str:
        """Return what an entry's kind is called."""
        return self.kinds.get(entry.kind) or entry.kind.replace("_", " ")

    def option(self, entry: Entry, name: str) -> str:
        """Return the answer of a choice in words, or an empty text where there is none."""
        code = entry.data.get(name)
        if not code:
            return ""
        return self.options.get((entry.kind, name, str(code))) or capital(str(code).replace("_", " "))

    def of_kind(self, *kinds: str) -> tuple[Entry, ...]:
        """Return the entries of some kinds, in the order of the record."""
        return tuple(entry for entry in self.entries if entry.kind in kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What every chart says of itself.

    Attributes:
        child_label: who it is about, as the reader may know them.
        practice: a practice record: no real child.
        moment: which past it shows, in words; empty for today.
        circumstances: periods that changed the work, oldest first.
        narrowed: only a part of the record is looked at.
    """

    child_label: str
    practice: bool = False
    moment: str = ""
    circumstances: tuple[Circumstance, ...] = ()
    narrowed: bool = False

    @property
    def there(self) -> str:
        """What is said of something that is missing: it is not "recorded", or of a part of the record not "shown"."""
        return "shown" if self.narrowed else "recorded"
