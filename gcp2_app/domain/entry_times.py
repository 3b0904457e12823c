"""When an entry happened, from the dates its kind holds, so that nobody is asked the same question twice."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from gcp2_app.domain.kinds import EntryKind, ItemType
from gcp2_app.domain.when import LONDON, When
from gcp2_app.errors import InvalidValue

_DATES: Final = frozenset({ItemType.DATE, ItemType.DATE_TIME})


def own_when(kind: EntryKind, data: Mapping[str, Any]) -> When | None:
    """Return the date that an entry's own fields say, or None where they say none.

    The first required date of the kind is it; "from" and "to" make a range where both are required.

    Source: casework.md, How rules read the record (where ``data`` has its own date, ``when`` only sorts).
    """
    required = [item.name for item in kind.items if item.required and item.type in _DATES]
    given = [data[name] for name in required if data.get(name)]
    if not given:
        return None
    if required[:2] == ["from", "to"] and len(given) > 1:
        return _range(str(given[0]), str(given[1]))
    return _read(str(given[0]))


def _range(first: str, last: str) -> When | None:
    try:
        return When({"from": first[:10], "to": last[:10]})
    except InvalidValue:  # it ends before it begins: told where the kind's own fields are checked
        return _read(first)


def _read(text: str) -> When | None:
    try:
        return When(text)
    except InvalidValue:  # no date: told where the kind's own fields are checked
        return None


def counts_from(
    kind: str,
    data: Mapping[str, Any],
    when: When | None,
    known: When | None,
    recorded_at: datetime | None,
    *,
    hindsight: bool = False,
) -> date:
    """Return the first day on which an entry counts: the day it became known, or else the end of when it happened.

    A meeting that is planned, or due, counts from the day it is filed under where that lies before: then it was asked
    for. Filed under its own day, it has always counted.

    Args:
        kind, data, when, known, recorded_at: the entry's own.
        hindsight: it counts from the day it happened where that is the earlier one.

    Source: casework.md, How rules read the record ("An entry counts by ``known`` (absent: the end of ``when``)").
    """
    happened, told = when.last if when is not None else None, known.last if known is not None else None
    if told is None and kind == "meeting" and (planned := _planned(data)):
        if happened is None or happened >= min(planned):
            return date.min  # Filed under its own day, which only sorts: when it was planned was not written down.
        return happened
    found = told or happened
    if hindsight and told is not None and happened is not None:
        found = min(told, happened)
    if found is not None:
        return found
    return date.min if recorded_at is None else recorded_at.astimezone(LONDON).date()


def _planned(data: Mapping[str, Any]) -> list[date]:
    """Return the days a meeting is planned for, or due by."""
    found = (_read(str(data[name])) for name in ("planned_for", "due") if data.get(name))
    return [day.last for day in found if day is not None and day.last is not None]
