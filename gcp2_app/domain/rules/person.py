"""One professional's own training and reading as it stood on a day.

Source: casework.md, rows LP10 and R6.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType

from typing_extensions import override

from gcp2_app.domain.calendar import WorkingDays
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Professional
from gcp2_app.domain.rules.clock import Clock
from gcp2_app.domain.rules.record import Counting, Fact


@dataclass(frozen=True, kw_only=True)
class PersonRecord:
    """What rules may read about one professional.

    Attributes:
        professional: from the register.
        trainings: entries of kind ``training`` about this person.
        to_read: the day each row of the learning hub was published, by the row's name.
        read: the day this person said they had read a row, by the row's name.
        signs_in: this person is a user of the store.
        joined: the day the person first signed in or was added, or None where that is not known.
    """

    professional: Professional
    trainings: tuple[Entry, ...] = ()
    to_read: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    read: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    signs_in: bool = False
    joined: date | None = None
    known_by: date | None = None

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The trainings as rules read them."""
        return tuple(Fact(entry, Counting.KNOWN) for entry in self.trainings)


class PersonView(Clock):
    """A professional's record as of ``today``."""

    __slots__ = ("record",)

    def __init__(self, record: PersonRecord, calendar: WorkingDays, *, today: date) -> None:
        super().__init__(calendar, today=today, known_by=record.known_by)
        self.record = record

    @override
    def __repr__(self) -> str:
        return f"PersonView({self.record.professional.id!r}, {self.today})"

    def trainings(self, course: str) -> list[tuple[date, Fact]]:
        """Return the trainings of a course that have taken place, with their day, oldest first."""
        found = [
            (day, fact)
            for fact in self.record.facts
            if fact.data.get("course") == course and (day := self.known(fact.day("on"))) is not None
        ]
        return sorted(found, key=lambda pair: (pair[0], pair[1].id))
