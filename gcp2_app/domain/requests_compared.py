"""Requests for help side by side: which may be about one concern, how each ended, and which clocks still run.

Source: casework.md, LP9 and Referral.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from gcp2_app.domain.calendar import WorkingDays, add_months
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.referring import KIND
from gcp2_app.domain.rules.record import Counting, Fact
from gcp2_app.domain.rules.requests import Concern, concerns

_LOW: Final = frozenset({"no_further_action", "advice"})


def joins(requests: Iterable[Entry], *, on: date, within: int) -> tuple[Entry, ...]:
    """Return the requests that may be about the same concern, the nearest first; a person confirms.

    Args:
        requests: those in the record.
        on: the day of the new one.
        within: days apart, the last of them included.

    Source: casework.md, LP9: "joins within 3 days are offered, a person confirms".
    """
    near = [
        (abs((day - on).days), entry.id, entry)
        for entry in requests
        if entry.kind == KIND and (day := _day(entry)) is not None and abs((day - on).days) <= within
    ]
    return tuple(entry for _, _, entry in sorted(near, key=lambda each: each[:2]))


def _day(entry: Entry) -> date | None:
    when = entry.when or entry.known
    return when.last if when is not None and when.certain else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One request beside the others.

    Attributes:
        concern: number of the distinct concern it belongs to, the oldest 1; 0 where it has no certain date.
        again: made within 12 months of the one before about the same child: a statutory re-referral.
        low: it ended with no further action, advice, or early help that never began.
        decision_due: the last day for a decision while there is neither decision nor acknowledgement.
        written_due: the last day for the written follow-up of a call that has none.
    """

    entry: Entry
    on: date | None
    concern: int
    again: bool
    low: bool
    decision_due: date | None
    written_due: date | None


def compare(
    requests: Iterable[Entry], days: WorkingDays, *, decision_days: int, written_hours: int, again_months: int = 12
) -> tuple[Compared, ...]:
    """Return requests for help side by side, the newest first, undated ones last.

    Args:
        requests: of one child or of a household, in any order, each once.
        days: which days are working days.
        decision_days: working days for a decision.
        written_hours: hours for the written follow-up of a call; counted in days, as the rule does.
        again_months: months after the one before in which a request is made again.

    Source: casework.md, LP9 and Referral ("Clocks").
    """
    found = [entry for entry in requests if entry.kind == KIND]
    groups: list[Concern] = concerns(Fact(entry, Counting.KNOWN) for entry in found)
    number = {fact.id: place for place, group in enumerate(groups, 1) for fact in group.requests}
    again = {
        id_
        for child in {child for entry in found for child in entry.children}
        for (before, _), (day, id_) in pairwise(_dated(entry for entry in found if child in entry.children))
        if day <= add_months(before, again_months)
    }
    made = [
        Compared(
            entry=entry,
            on=_day(entry),
            concern=number.get(entry.id, 0),
            again=entry.id in again,
            low=ended_low(entry),
            decision_due=_decision_due(entry, days, decision_days),
            written_due=_written_due(entry, written_hours),
        )
        for entry in found
    ]
    return tuple(sorted(made, key=lambda each: (each.on or date.min, each.entry.id), reverse=True))


def _dated(requests: Iterable[Entry]) -> list[tuple[date, str]]:
    return sorted((day, entry.id) for entry in requests if (day := _day(entry)) is not None)


def ended_low(entry: Entry) -> bool:
    """Whether a request ended with no further action, advice, or early help that never began."""
    outcome = entry.data.get("outcome")
    return outcome in _LOW or (outcome == "early_help" and entry.data.get("service_began") is False)


def _decision_due(entry: Entry, days: WorkingDays, count: int) -> date | None:
    day = _day(entry)
    if day is None or any(entry.data.get(name) for name in ("acknowledged_on", "decided_on", "outcome")):
        return None
    return days.after(day, count)


def _written_due(entry: Entry, hours: int) -> date | None:
    day = _day(entry)
    if day is None or entry.data.get("by_phone") is not True or entry.data.get("written_on"):
        return None
    return day + timedelta(days=-(-hours // 24))
