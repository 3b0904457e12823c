"""School attendance by half term, as data: sessions attended of those possible, and the register's codes.

Each entry is one bar as the school recorded it; nothing is split or guessed. Knows entries; nothing of drawing.

Source: experience.md, Charts, 5; casework.md, row LP12: "attendance by half term and code".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.charting import About, ChartRecord
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.rules.record import day_of

#: The half terms of an English school year, by the month and day of the last day that belongs to them. Holidays differ
#: between authorities; a span belongs to the half term in which its middle lies.
_HALF_TERMS = (
    ((2, 19), "spring, first half"),
    ((4, 12), "spring, second half"),
    ((5, 31), "summer, first half"),
    ((8, 31), "summer, second half"),
    ((10, 28), "autumn, first half"),
    ((12, 31), "autumn, second half"),
)
_SUMMER_ENDS = (8, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceBar:
    """One span of attendance.

    Attributes:
        half_term: the half term most of it lies in: "autumn, first half".
        school_year: "2025/26".
        possible, attended: sessions.
        unauthorised: sessions, or None where that was not recorded.
        codes: sessions by register code, the most frequent first.
        situation: as stored, or empty.
        overlaps: another entry covers some of the same days.
    """

    entry: str
    from_: date
    to: date
    half_term: str
    school_year: str
    possible: int
    attended: int
    unauthorised: int | None
    codes: Mapping[str, int]
    situation: str
    source: str
    overlaps: bool = False

    @property
    def missed(self) -> int:
        """Sessions missed; never negative."""
        return max(self.possible - self.attended, 0)

    @property
    def uncoded(self) -> int:
        """Missed sessions that stand under no code."""
        return max(self.missed - sum(self.codes.values()), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceBars:
    """Every span of attendance, oldest first.

    Attributes:
        codes: every code that is used, in the order of the alphabet.
        undated: entries without both days, which cannot be drawn.
    """

    about: About
    bars: tuple[AttendanceBar, ...]
    codes: tuple[str, ...]
    undated: tuple[str, ...]


def make_attendance(record: ChartRecord) -> AttendanceBars:
    """Lay out the school attendance of a record."""
    made: list[AttendanceBar] = []
    undated: list[str] = []
    spans = [
        (day_of(entry.data.get("from")), day_of(entry.data.get("to")), entry) for entry in record.of_kind("attendance")
    ]
    for from_, to, entry in spans:
        if from_ is None or to is None or to < from_:
            undated.append(entry.id)
            continue
        overlaps = any(
            other is not entry and start is not None and end is not None and start <= to and end >= from_
            for start, end, other in spans
        )
        made.append(_bar(entry, from_, to, overlaps=overlaps))
    made.sort(key=lambda bar: (bar.from_, bar.to, bar.entry))
    return AttendanceBars(
        about=record.about,
        bars=tuple(made),
        codes=tuple(sorted({code for bar in made for code in bar.codes})),
        undated=tuple(undated),
    )


def _bar(entry: Entry, from_: date, to: date, *, overlaps: bool) -> AttendanceBar:
    middle = from_ + (to - from_) // 2
    data = entry.data
    found = data.get("codes")
    codes = {
        str(code).strip().upper(): int(number or 0)
        for code, number in (found.items() if isinstance(found, Mapping) else ())
    }
    unauthorised = data.get("unauthorised")
    source = entry.source
    return AttendanceBar(
        entry=entry.id,
        from_=from_,
        to=to,
        half_term=half_term_of(middle),
        school_year=school_year_of(middle),
        possible=int(data.get("possible") or 0),
        attended=int(data.get("attended") or 0),
        unauthorised=unauthorised if isinstance(unauthorised, int) else None,
        codes=dict(sorted(codes.items(), key=lambda item: (-item[1], item[0]))),
        situation=str(data.get("situation") or ""),
        source=source.name if source is not None else "",
        overlaps=overlaps,
    )


def half_term_of(day: date) -> str:
    """Return the half term a day belongs to."""
    return next(name for last, name in _HALF_TERMS if (day.month, day.day) <= last)


def school_year_of(day: date) -> str:
    """Return the school year a day belongs to, from September: "2025/26"."""
    first = day.year if (day.month, day.day) > _SUMMER_ENDS else day.year - 1
    return f"{first}/{(first + 1) % 100:02d}"
