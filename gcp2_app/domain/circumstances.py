"""Named periods in which services worked differently: every chart shades them.

Source: casework.md, row LP7: "named circumstance periods shaded on every chart".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.rules.record import day_of
from gcp2_app.domain.words import long_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstance:
    """One period.

    Attributes:
        to: the last day, or None while it lasts.
        entry: id of the entry that names it.
    """

    name: str
    from_: date
    to: date | None
    entry: str

    def meets(self, from_: date, to: date) -> bool:
        """Whether some days lie in it, wholly or in part."""
        return self.from_ <= to and (self.to is None or self.to >= from_)

    @property
    def words(self) -> str:
        """Its name and days: "Office flood, 12 June 2025 to 18 August 2025"."""
        if self.to is None:
            return f"{self.name}, since {long_date(self.from_)}"
        return f"{self.name}, {long_date(self.from_)} to {long_date(self.to)}"


def circumstances_of(entries: Iterable[Entry]) -> tuple[Circumstance, ...]:
    """Return the periods that have a first day, oldest first."""
    found = [
        Circumstance(
            name=str(entry.data.get("name") or "period"), from_=first, to=day_of(entry.data.get("to")), entry=entry.id
        )
        for entry in entries
        if entry.kind == "circumstance" and (first := day_of(entry.data.get("from"))) is not None
    ]
    return tuple(sorted(found, key=lambda each: (each.from_, each.name, each.entry)))


def in_rows(circumstances: Sequence[Circumstance]) -> tuple[tuple[Circumstance, ...], ...]:
    """Return periods in as few rows as keep them from lying on one another."""
    rows: list[list[Circumstance]] = []
    for each in circumstances:
        row = next((row for row in rows if not row[-1].meets(each.from_, each.from_)), None)
        if row is None:
            row = []
            rows.append(row)
        row.append(each)
    return tuple(tuple(row) for row in rows)
