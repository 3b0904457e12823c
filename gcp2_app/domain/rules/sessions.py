"""School attendance as rules read it: spans of days with their sessions, none counted twice.

Source: casework.md, row LP12: "attendance by half term and code (sum over the school year's non-overlapping entries,
the later recorded wins)".
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter

from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.when import LONDON

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
#: Sessions in a full school week: mornings and afternoons.
_A_WEEK = 10


@dataclass(frozen=True, slots=True)
class Span:
    """One entry of attendance.

    Attributes:
        from_, to: its first and last day.
        possible, attended: sessions.
    """

    fact: Fact
    from_: date
    to: date
    possible: int
    attended: int

    @property
    def missed(self) -> int:
        """Sessions missed; never negative."""
        return max(self.possible - self.attended, 0)

    def under_codes(self, codes: Collection[str]) -> int:
        """Return how many sessions stand under any of some register codes."""
        found = self.fact.data.get("codes")
        given = found if isinstance(found, Mapping) else {}
        return sum(sessions or 0 for code, sessions in given.items() if str(code).strip().upper() in codes)

    def unauthorised(self, codes: Collection[str]) -> int:
        """Return the unauthorised sessions: the number that was given, else those under the codes that say so."""
        given = self.fact.data.get("unauthorised")
        return given if isinstance(given, int) else self.under_codes(codes)

    @property
    def weeks(self) -> tuple[date, ...]:
        """The Mondays of its weeks with possible sessions, the latest first.

        Where fewer sessions were possible than its weeks would hold, there were holidays in it: as many weeks as the
        sessions fill are taken from its end.
        """
        monday = self.to - _DAY * self.to.weekday()
        touched = (monday - (self.from_ - _DAY * self.from_.weekday())) // _WEEK + 1
        return tuple(monday - _WEEK * back for back in range(min(touched, -(-self.possible // _A_WEEK))))


def spans(view: View) -> list[Span]:
    """Return the attendance whose last day has come, oldest first; of two that overlap the later recorded."""
    taken: list[Span] = []
    for span in reversed(_all(view)):
        at = bisect_left(taken, span.from_, key=attrgetter("to"))
        if view.known(span.to) is not None and (at == len(taken) or span.to < taken[at].from_):
            taken.insert(at, span)
    return taken


def begun(view: View) -> list[Span]:
    """Return the attendance whose first day has come, in the order of that day, the later recorded later."""
    return sorted((span for span in _all(view) if view.known(span.from_) is not None), key=attrgetter("from_"))


def _all(view: View) -> Sequence[Span]:
    """Return the attendance that counts, the later recorded later."""
    facts = view.facts("attendance")
    return view.record.once("attendance", len(facts), lambda: sorted(_spans(facts), key=_recorded))


def _spans(facts: Iterable[Fact]) -> Iterator[Span]:
    for fact in facts:
        from_, to = fact.day("from"), fact.day("to")
        if from_ is not None and to is not None and from_ <= to:
            possible, attended = fact.data.get("possible") or 0, fact.data.get("attended") or 0
            yield Span(fact=fact, from_=from_, to=to, possible=possible, attended=attended)


def _recorded(span: Span) -> tuple[date, float, str]:
    at: datetime | None = span.fact.entry.recorded_at
    known = span.fact.entry.known
    told = known.last if known is not None else None
    day = told or span.fact.counts_from if at is None else at.astimezone(LONDON).date()
    return day, 0.0 if at is None else at.timestamp(), span.fact.id


def attended_of(found: Iterable[Span]) -> tuple[int, int]:
    """Return sessions attended and sessions possible over some spans."""
    every = list(found)
    return sum(span.attended for span in every), sum(span.possible for span in every)
