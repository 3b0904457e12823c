"""A child's stream of entries, newest first: where each stands, and some of them in full.

The places are narrow rows that touch no document, so that a list of thousands knows its length, its months and its
lanes before a single entry is read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Text, cast, func, or_, select

from gcp2_app import wire
from gcp2_app.domain.entries import Entry, Theme
from gcp2_app.domain.register import Agency
from gcp2_app.storage.schema import EntryChildRow, EntryRow, EntryThemeRow
from gcp2_app.storage.statements import KIND_OF_CHILDS
from gcp2_app.storage.work import Work

#: What the words of a filter are looked for in.
_TEXTS: Final = (
    "$.what",
    "$.impact",
    "$.carer_response",
    "$.action_taken",
    "$.outcome",
    "$.significance_why",
    "$.child_words",
    "$.source.name",
    "$.source.role",
    "$.data",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamQuery:
    """What of a child's stream is wanted.

    Attributes:
        child: id of the child.
        kinds, themes, agencies: any of these; empty for all.
        text: every word of it stands somewhere in the entry.
    """

    child: str
    kinds: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    agencies: tuple[Agency, ...] = ()
    text: str = ""

    @property
    def filters(self) -> bool:
        """Whether anything is left out."""
        return bool(self.kinds or self.themes or self.agencies or self.text.strip())


@dataclass(frozen=True, slots=True)
class Place:
    """Where one entry stands in the stream.

    Attributes:
        last_day: the last day it can have been, or None where that is not known.
        certain: the date is neither approximate nor unknown.
        agency: code of the agency it comes from, or None.
    """

    id: str
    kind: str
    last_day: date | None
    certain: bool
    agency: str | None
    in_error: bool


def places(tx: Work, query: StreamQuery) -> tuple[Place, ...]:
    """Return where the entries of a stream stand, newest first, those of an unknown date last."""
    row = EntryRow
    found = tx.session.execute(
        _ordered(select(row.id, row.kind, row.last_day, row.certain, row.agency, row.in_error), query)
    )
    return tuple(Place(*each) for each in found)


def count(tx: Work, child: str) -> int:
    """Return how many entries a child's stream has, those made in error left out."""
    row, link = EntryRow, EntryChildRow
    counted = select(func.count()).select_from(link).join(row, row.id == link.entry_id)
    return tx.session.scalar(counted.where(link.child_id == child, row.in_error.is_(False))) or 0


def entries_of(tx: Work, child: str, ids: Sequence[str]) -> tuple[Entry, ...]:
    """Return some entries of a child's stream, in the order of their ids; those that are not in it are left out."""
    row, link = EntryRow, EntryChildRow
    found = tx.session.execute(
        select(row.id, row.document)
        .join(link, link.entry_id == row.id)
        .where(link.child_id == child, row.id.in_(tuple(ids)))
    )
    documents = {each.id: each.document for each in found}
    return tuple(wire.from_json(Entry, documents[id_]) for id_ in ids if id_ in documents)


def taken_in(tx: Work, child: str, *, batch: str = "") -> tuple[Entry, ...]:
    """Return the entries about a child that were taken in from another agency's chronology, in time.

    Args:
        tx: the work they are read in.
        child: id of the child.
        batch: only those taken in together under this id.
    """
    row, link = EntryRow, EntryChildRow
    of_batch = func.json_extract(cast(row.document, Text), "$.provenance.batch")
    found = tx.session.scalars(
        select(row.document)
        .join(link, link.entry_id == row.id)
        .where(link.child_id == child, row.in_error.is_(False), of_batch == batch if batch else of_batch.is_not(None))
        .order_by(link.sort_key, row.id)
    )
    return tuple(wire.from_json(Entry, document) for document in found)


def find(tx: Work, query: StreamQuery, *, limit: int) -> tuple[Entry, ...]:
    """Return the newest entries of a stream."""
    documents = tx.session.scalars(_ordered(select(EntryRow.document), query).limit(limit))
    return tuple(wire.from_json(Entry, document) for document in documents)


def _ordered(wanted: Select[Any], query: StreamQuery) -> Select[Any]:
    row, link = EntryRow, EntryChildRow
    return (
        wanted.join(link, link.entry_id == row.id)
        .where(link.child_id == query.child, *_conditions(query))
        .order_by(link.sort_key.desc(), row.in_error, row.id)
    )


def _conditions(query: StreamQuery) -> Iterator[ColumnElement[bool]]:
    row, theme = EntryRow, EntryThemeRow
    if query.filters:
        # Its content is sealed: nothing of it answers to a filter.
        yield row.in_error.is_(False)
    if query.kinds:
        yield KIND_OF_CHILDS.in_(query.kinds)
    if query.agencies:
        yield row.agency.in_([agency.value for agency in query.agencies])
    if query.themes:
        themes = [each.value for each in query.themes]
        yield select(theme.entry_id).where(theme.entry_id == row.id, theme.theme.in_(themes)).exists()
    for word in query.text.split():
        yield or_(*(_said().contains(each, autoescape=True) for each in _as_written(word)))


def _said() -> ColumnElement[str]:
    document = cast(EntryRow.document, Text)
    texts: list[ColumnElement[str]] = [func.coalesce(func.json_extract(document, path), "") for path in _TEXTS]
    said = texts[0]
    for text in texts[1:]:
        said = said + " " + text
    return said


def _as_written(word: str) -> Sequence[str]:
    """Return the ways a word may be written: SQLite knows no capitals beyond English letters."""
    return tuple(dict.fromkeys((word, word.lower(), word.title(), word.upper())))
