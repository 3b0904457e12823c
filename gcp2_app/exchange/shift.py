"""Moving a case file through time, births included, so that a practice family is always of today.

Only whole weeks: days of the week stay what they were. Knows no clock.
"""

import dataclasses
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from gcp2_app.domain.child_merges import ChildMerge
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.kinds import EntryKind, Item, ItemType
from gcp2_app.domain.when import When
from gcp2_app.exchange.casefile import CaseFile, Record, Section

T = TypeVar("T")

_WEEK = timedelta(weeks=1)


def weeks_to(case_file: CaseFile, today: date) -> int:
    """Return the whole number of weeks by which the last entry comes to fall in the last seven days, today included.

    A file without a dated entry stays where it is. Source: issue Foundation, practice family.
    """
    days = [entry.when.last for entry in case_file.entries if entry.when is not None and entry.when.last is not None]
    return (today - max(days)) // _WEEK if days else 0


def moved(case_file: CaseFile, kinds: Mapping[str, EntryKind], weeks: int) -> CaseFile:
    """Return the case file with every date moved by a whole number of weeks.

    Dates of every record move, those inside an entry's data by the declaration of its kind. Dates in texts stay.

    Args:
        case_file: the records.
        kinds: every kind of entry in it.
        weeks: how many; negative for the past.
    """
    by = _WEEK * weeks
    sections: Any = {
        section.value: tuple(_moved_record(record, kinds, by) for record in case_file.section(section))
        for section in Section
    }
    return dataclasses.replace(case_file, **sections)


def _moved_record(record: Record, kinds: Mapping[str, EntryKind], by: timedelta) -> Record:
    if isinstance(record, Entry):
        return _moved_entry(record, kinds[record.kind], by)
    if isinstance(record, ChildMerge):
        entries = tuple(_moved_entry(each, kinds[each.kind], by) for each in record.entries_before)
        return dataclasses.replace(_moved(record, by), entries_before=entries)
    return _moved(record, by)


def _moved_entry(entry: Entry, kind: EntryKind, by: timedelta) -> Entry:
    return dataclasses.replace(_moved(entry, by), data=_moved_data(kind.items, entry.data, by))


def _moved(value: T, by: timedelta) -> T:
    """Return any record value with its dates moved, at any depth. An entry's data is left to its declaration."""
    result: Any = value
    if isinstance(value, When):
        result = value.moved(by)
    elif isinstance(value, date):  # an instant, too
        result = value + by
    elif isinstance(value, tuple):
        result = tuple(_moved(item, by) for item in value)
    elif isinstance(value, Mapping):
        result = {key: _moved(item, by) for key, item in value.items()}
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = (field.name for field in dataclasses.fields(value))
        result = dataclasses.replace(value, **{name: _moved(getattr(value, name), by) for name in fields})
    return result  # type: ignore[no-any-return]  # of the type that came in, case by case


def _moved_data(items: tuple[Item, ...], data: Mapping[str, Any], by: timedelta) -> dict[str, Any]:
    declared = {item.name: item for item in items}
    return {key: _moved_value(declared[key], value, by) for key, value in data.items()}


def _moved_value(item: Item, value: Any, by: timedelta) -> Any:
    if isinstance(value, list | tuple):
        return [_moved_value(item, single, by) for single in value]
    if item.type is ItemType.GROUP and isinstance(value, Mapping):
        return _moved_data(item.items, value, by)
    if item.type in {ItemType.DATE, ItemType.DATE_TIME} and isinstance(value, str) and value:
        return When(value).moved(by).raw
    return value
