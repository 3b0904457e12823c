"""Which days of a line of grades were assessed, which lie between two like assessments, and which are not known.

A grade speaks for the days of its window. It is carried across a gap only between two windows of the same grade, for
a while, and never past a day after which care may have changed. Knows dates and grades; nothing of packs or charts.

Source: experience.md, Charts, Trend.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

#: Days past the end of a window for which its grade may be carried.
CARRIED_AT_MOST_DAYS = 90

_DAY = timedelta(days=1)


class SpanKind(StrEnum):
    """What is known of the days of a span."""

    ASSESSED = "assessed"
    BETWEEN = "between_assessments"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedWindow:
    """One assessment's window with the grade it may show.

    Attributes:
        from_, to: first and last day, both inclusive.
        grade: a grade value, or None where there is none to show (nothing scored, or too little seen).
    """

    assessment: str
    from_: date
    to: date
    grade: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of days of one kind.

    Attributes:
        from_, to: first and last day, both inclusive.
        grade: the grade on these days; None where not known or where the assessment has none to show.
        assessment: id of the assessment the days belong to or are carried from; None where not known.
    """

    kind: SpanKind
    from_: date
    to: date
    grade: int | None = None
    assessment: str | None = None

    @property
    def days(self) -> int:
        """Length in days; one day is 1."""
        return (self.to - self.from_).days + 1


def make_spans(
    windows: Iterable[GradedWindow], *, from_: date, to: date, breaks: Iterable[date] = ()
) -> tuple[Span, ...]:
    """Divide a stretch of time into assessed, between-assessments and not-known days, without gap or overlap.

    Where windows overlap, a day belongs to the one that started last. The day of a break and all after it are not
    carried to.

    Args:
        windows: the windows of one line, in any order.
        from_: first day of the stretch.
        to: last day of the stretch.
        breaks: days on which a strategy discussion, an admission, or a change of carer, home or household fell.

    Source: experience.md, Charts, Trend: "carried at most 90 days past a window, never past a strategy discussion,
        admission, or change of carer or home".
    """
    if to < from_:
        return ()
    known = sorted(windows, key=lambda window: (window.from_, window.to, window.assessment))
    stops = sorted(breaks)
    edges = {from_}
    for window in known:
        edges |= {window.from_, window.to + _DAY}
    starts = sorted(edge for edge in edges if from_ <= edge <= to)
    spans: list[Span] = []
    for start, after in zip(starts, [*starts[1:], to + _DAY], strict=True):
        end = after - _DAY
        holding = [window for window in known if window.from_ <= start <= window.to]
        if holding:
            spans.append(_span(SpanKind.ASSESSED, start, end, holding[-1]))
        else:
            spans += _gap(known, start, end, stops)
    return tuple(_joined(spans))


def _gap(known: Sequence[GradedWindow], start: date, end: date, stops: Sequence[date]) -> list[Span]:
    """Return the spans of days that no window holds; the stretch may begin or end inside the gap."""
    unknown = Span(kind=SpanKind.NOT_KNOWN, from_=start, to=end)
    before = max(
        (window for window in known if window.to < start),
        key=lambda window: (window.to, window.from_),
        default=None,
    )
    following = next((window for window in known if window.from_ > end), None)
    if before is None or following is None:
        return [unknown]
    if before.grade is None or before.grade != following.grade:
        return [unknown]
    stop = next((day for day in stops if day > before.to), date.max)
    last = min(before.to + timedelta(days=CARRIED_AT_MOST_DAYS), stop - _DAY, end)
    if last < start:
        return [unknown]
    carried = _span(SpanKind.BETWEEN, start, last, before)
    if last == end:
        return [carried]
    return [carried, Span(kind=SpanKind.NOT_KNOWN, from_=last + _DAY, to=end)]


def _span(kind: SpanKind, start: date, end: date, window: GradedWindow) -> Span:
    return Span(kind=kind, from_=start, to=end, grade=window.grade, assessment=window.assessment)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Join neighbours that say the same: an edge inside a longer window cuts it for no reason."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and (last.kind, last.grade, last.assessment) == (
            span.kind,
            span.grade,
            span.assessment,
        ):
            joined[-1] = Span(
                kind=span.kind,
                from_=last.from_,
                to=span.to,
                grade=span.grade,
                assessment=span.assessment,
            )
        else:
            joined.append(span)
    return joined
