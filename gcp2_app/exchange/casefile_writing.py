"""Writing a case file: the same records give the same bytes.

Streams, so that a whole store never stands in memory twice. Null and empty values are left out: an absent key means the
same.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Any

import msgspec

from gcp2_app import wire
from gcp2_app.domain.when import When
from gcp2_app.exchange.casefile import FORMAT, VERSION, Record, Section


def write_casefile(sections: Mapping[Section, Iterable[Record]], *, practice: bool = False) -> Iterator[bytes]:
    """Yield the bytes of a case file, one record a line.

    Args:
        sections: the records of each section, in the order they are to stand; a section without records is left out.
        practice: whether the people are synthetic.
    """
    yield f'{{"format": "{FORMAT}", "version": {VERSION}'.encode()
    if practice:
        yield b', "practice": true'
    for section in Section:
        before = f',\n "{section}": [\n  '.encode()
        after = b""
        for record in sections.get(section, ()):
            yield before + msgspec.json.encode(as_document(record))
            before, after = b",\n  ", b"]"
        if after:
            yield after
    yield b"}\n"


def as_document(record: Record) -> dict[str, Any]:
    """Return a record as plain dicts, lists, texts and numbers, without its null and empty values."""
    document: dict[str, Any] = _plain(record)
    return document


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        pairs = ((wire.key_of(field.name), getattr(value, field.name)) for field in dataclasses.fields(value))
        return {key: _plain(item) for key, item in pairs if not _empty(item)}
    if isinstance(value, When):
        value = value.raw
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(value[key]) for key in sorted(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _empty(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, tuple | Mapping) and not value)
