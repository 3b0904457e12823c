"""Stretches of time in which nothing was recorded of a child who had a plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from gcp2_app.domain.register import Status, StatusKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A stretch without an entry.

    Attributes:
        after: the last day before it that has an entry, or the day the plan began.
        before: the first day after it that has one, or the day the plan ended; None where it lasts until today.
        days: from ``after`` to ``before``, or to today.
        status: the plan there was.
    """

    after: date
    before: date | None
    days: int
    status: StatusKind


def gaps(
    days: Iterable[date], statuses: Sequence[Status], *, today: date, limits: Mapping[StatusKind, int]
) -> tuple[Gap, ...]:
    """Return the gaps of a record, newest first.

    Args:
        days: the last day of each entry whose date is certain.
        statuses: the child's periods of legal or plan status.
        today: where counting stops.
        limits: by status, the most days without an entry that are no gap.

    Source: casework.md, LP2 (gap finder: older gaps are marked on the timeline, never alerted).
    """
    known = sorted({day for day in days if day <= today})
    found: list[Gap] = []
    for status in statuses:
        limit = limits.get(status.status)
        if limit is None or status.since > today:
            continue
        ended = status.to if status.to is not None and status.to < today else None
        end = ended or today
        stops = [status.since, *(day for day in known if status.since <= day <= end), end]
        last = len(stops) - 2
        for number, (first, then) in enumerate(pairwise(stops)):
            if (then - first).days > limit:
                before = then if number < last else ended
                found.append(Gap(after=first, before=before, days=(then - first).days, status=status.status))
    return tuple(sorted(found, key=lambda gap: gap.after, reverse=True))
