"""Which past of a record is looked at: as of a day, and as far as it was known on a day.

Knows what counts from which day, as the rules do; reads no clock.

Source: casework.md, How rules read the record.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from gcp2_app.domain.assessment import Assessment, AssessmentState, Window
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Child
from gcp2_app.domain.rules.record import Counting, Fact
from gcp2_app.domain.words import long_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Which past is asked about; without either day, today and everything that is recorded.

    Attributes:
        as_of: the day that is looked at, with hindsight: what happened later is left out; what became known later
            is not.
        known_on: what became known later is left out. Alone, it is also the day that is looked at.
    """

    as_of: date | None = None
    known_on: date | None = None

    @property
    def day(self) -> date | None:
        """The day that is looked at, or None for today."""
        return self.as_of or self.known_on

    @property
    def words(self) -> str:
        """Return what a reader is told of it, or an empty text."""
        if self.as_of is None:
            return f"As it was known on {long_date(self.known_on)}." if self.known_on is not None else ""
        if self.known_on is None:
            return f"As of {long_date(self.as_of)}, with what became known later."
        return f"As of {long_date(self.as_of)}, as it was known on {long_date(self.known_on)}."

    def entries(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Return the entries that count at this moment; one made in error never does.

        Source: casework.md, How rules read the record; the same as the rules'.
        """
        standing = (entry for entry in entries if entry.entered_in_error is None)
        return tuple(entry for entry in standing if self._counts(entry))

    def _counts(self, entry: Entry) -> bool:
        known_by = self.known_on
        if known_by is not None and Fact(entry, Counting.KNOWN).counts_from > known_by:
            return False
        return self.as_of is None or Fact(entry, Counting.HAPPENED).counts_from <= self.as_of

    def assessments(self, assessments: Iterable[Assessment]) -> tuple[Assessment, ...]:
        """Return the assessments that count at this moment.

        Looking back with hindsight, those whose days had all come; by what was known, those signed off by then. One
        that is not signed off, or was recorded elsewhere without that day, counts from its last day.
        """
        return tuple(each for each in assessments if self._counts_assessment(each))

    def _counts_assessment(self, assessment: Assessment) -> bool:
        if self.day is None:
            return True
        window = assessment.window
        if window is None:
            return False
        known = _known_from(assessment, window)
        in_time = self.known_on is None or known <= self.known_on
        return in_time and (self.as_of is None or window.to <= self.as_of)

    def child(self, child: Child) -> Child:
        """Return the child with the statuses and allocations that had begun."""
        day = self.day
        if day is None:
            return child
        return replace(
            child,
            statuses=tuple(each for each in child.statuses if each.since <= day),
            allocated=tuple(each for each in child.allocated if each.since <= day),
        )


def days_known(entries: Iterable[Entry], assessments: Iterable[Assessment]) -> tuple[date, ...]:
    """Return every day on which something became known, oldest first; what was made in error is left out."""
    days = {Fact(entry, Counting.KNOWN).counts_from for entry in entries if entry.entered_in_error is None}
    days |= {_known_from(each, each.window) for each in assessments if each.window is not None}
    return tuple(sorted(days))


def _known_from(assessment: Assessment, window: Window) -> date:
    signed = assessment.signed_off_on if assessment.state is AssessmentState.SIGNED_OFF else None
    return signed or window.to
