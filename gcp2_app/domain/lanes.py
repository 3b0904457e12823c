"""Lanes on a time axis: what happened, side by side, each thing in the lane it belongs to.

Knows entries and days; nothing of drawing. A thing whose day is not known keeps its place in the table.

Source: experience.md, Charts, One picture and chronology lanes by agency.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gcp2_app.domain.charting import About, ChartRecord
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Agency
from gcp2_app.domain.rules.reading import voice_of
from gcp2_app.domain.rules.record import Counting, Fact
from gcp2_app.domain.typed_dates import when_words
from gcp2_app.domain.when import When
from gcp2_app.domain.words import AGENCIES, capital


class Look(StrEnum):
    """How a thing of a lane looks: a shape besides its words.

    Attributes:
        PLAIN: something that happened.
        OPEN: something planned, or without an outcome.
        HIGH: something of high significance, or that did not happen as it should.
    """

    PLAIN = "plain"
    OPEN = "open"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One thing in a lane.

    Attributes:
        from_, to: first and last day it can have been, or that it lasted; None where not known.
        lasted: it is a stretch of time; otherwise it is one moment, on some day between the two.
        ongoing: a stretch that has no end recorded.
        certain: False where its day is approximate or not known.
        when: its days in words.
        label: few words beside it.
        text: everything it says.
        entry: id of the entry behind it, or empty where the register says so.
    """

    from_: date | None
    to: date | None
    lasted: bool = False
    ongoing: bool = False
    certain: bool = True
    when: str
    label: str
    text: str
    look: Look = Look.PLAIN
    entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One lane.

    Attributes:
        things: oldest first; those without a day last.
        about: what it counts, in words, where that needs saying.
    """

    code: str
    label: str
    things: tuple[Thing, ...]
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """Lanes on one time axis.

    Attributes:
        from_, to: the days of the axis, both inclusive.
    """

    about: About
    from_: date
    to: date
    lanes: tuple[Lane, ...]

    @property
    def undated(self) -> int:
        """How many things have no day, so that they are in the table alone."""
        return sum(1 for lane in self.lanes for thing in lane.things if thing.from_ is None)

    @property
    def later(self) -> int:
        """How many things lie past the axis."""
        return sum(
            1 for lane in self.lanes for thing in lane.things if thing.from_ is not None and thing.from_ > self.to
        )


def in_time(things: list[Thing]) -> tuple[Thing, ...]:
    """Return things oldest first, those without a day last."""
    return tuple(sorted(things, key=lambda each: (each.from_ is None, each.from_ or date.max, each.to or date.max)))


def days_of(entry: Entry) -> tuple[date | None, date | None, bool, str]:
    """Return first and last day an entry can have happened, whether that is certain, and its days in words."""
    when = entry.when or entry.known
    if when is None:
        return None, None, False, "date not recorded"
    return when.first, when.last, when.certain, when_words(when)


def moment_of(entry: Entry, day: date | None) -> tuple[date | None, date | None, bool, str]:
    """Return the same for a day that stands in a field of the entry, else for the entry itself."""
    if day is None:
        return days_of(entry)
    return day, day, True, when_words(When.on(day))


def make_lanes(record: ChartRecord) -> Lanes:
    """Lay out the whole chronology, an agency a lane, in the order of first appearance.

    An entry stands in the lane of the agency whose voice it is; one that names none has a lane of its own.
    """
    found: dict[Agency | None, list[Thing]] = {}
    for entry in record.entries:
        if not record.concerns(entry):
            continue
        agency = voice_of(Fact(entry, Counting.HAPPENED))
        found.setdefault(agency, []).append(_thing(record, entry))
    lanes = [
        Lane(
            code=agency.value if agency is not None else "not_recorded",
            label=capital(AGENCIES[agency]) if agency is not None else "Agency not recorded",
            things=in_time(things),
        )
        for agency, things in found.items()
    ]
    lanes.sort(key=lambda lane: (lane.code == "not_recorded", lane.things[0].from_ or date.max, lane.code))
    days = [thing.from_ for lane in lanes for thing in lane.things if thing.from_ is not None]
    return Lanes(
        about=record.about,
        from_=min([*days, record.trend.from_]),
        to=record.today,
        lanes=tuple(lanes),
    )


def _thing(record: ChartRecord, entry: Entry) -> Thing:
    first, last, certain, words = days_of(entry)
    kind = record.kind_of(entry)
    high = entry.significance == "high"
    said = entry.what or str(entry.data.get("what") or entry.data.get("name") or "")
    text = f"{capital(words)}. {kind}{': ' if said else ''}{said}".rstrip(".")
    return Thing(
        from_=first,
        to=last,
        lasted=entry.kind in _LASTING and first != last,
        certain=certain,
        when=words,
        label=kind,
        text=f"{text}.{' Significance: high.' if high else ''}",
        look=Look.HIGH if high else Look.PLAIN,
        entry=entry.id,
    )


#: Kinds whose range of days is how long they lasted.
_LASTING = frozenset({"attendance", "support", "circumstance", "admission"})
