"""When an entry happened, from the dates its kind holds, so that nobody is asked the same question twice."""

from collections.abc import Mapping
from typing import Any, Final

from gcp2_app.domain.kinds import EntryKind, ItemType
from gcp2_app.domain.when import When
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
