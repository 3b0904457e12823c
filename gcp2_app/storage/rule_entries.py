"""Entries as the rules read them: no texts, no marks, no attachments; a record has thousands.

The documents are the same as those of :mod:`gcp2_app.storage.records`; most of each is passed over.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final, Protocol, TypeVar

import msgspec
from sqlalchemy import Select, bindparam, exists, or_, select

from gcp2_app.domain.entries import Source, Theme
from gcp2_app.domain.when import When
from gcp2_app.storage.remembered import Read, Reading
from gcp2_app.storage.schema import EntryChildRow, EntryRow, EntryThemeRow
from gcp2_app.storage.statements import KIND_OF_CHILDS
from gcp2_app.storage.work import Work

T = TypeVar("T", bound=tuple[Any, ...])


class RuleEntry(msgspec.Struct, frozen=True, kw_only=True, gc=False, rename=lambda name: name.rstrip("_")):
    """An entry without what no rule reads; see :class:`gcp2_app.domain.entries.Entry` for what its fields mean."""

    id: str
    kind: str
    children: tuple[str, ...] = ()
    when_: str | dict[str, str] | None = None
    known_: str | dict[str, str] | None = None
    recorded_at: datetime | None = None
    source: Source | None = None
    impact: str = ""
    themes: tuple[Theme, ...] = ()
    data: dict[str, Any] = {}

    @property
    def when(self) -> When | None:
        """When it happened."""
        return _when(self.when_)

    @property
    def known(self) -> When | None:
        """When it became known."""
        return _when(self.known_)


_DECODER: Final = msgspec.json.Decoder(RuleEntry)


def _when(raw: str | dict[str, str] | None) -> When | None:
    return None if raw is None else _of_text(raw) if isinstance(raw, str) else When(raw)


@lru_cache(maxsize=8192)
def _of_text(raw: str) -> When:
    # A day stands in many entries, and what stands for it does not change.
    return When(raw)


def _of_child(columns: Select[T]) -> Select[T]:
    return columns.join(EntryChildRow, EntryChildRow.entry_id == EntryRow.id).where(
        EntryChildRow.child_id == bindparam("child"), EntryRow.in_error.is_(False)
    )


_OF_CHILD: Final = _of_child(select(EntryRow.id, EntryRow.revision, EntryRow.document))
_VERSIONS_OF_CHILD: Final = _of_child(select(EntryRow.id, EntryRow.revision))
_BY_ID: Final = select(EntryRow.id, EntryRow.document).where(EntryRow.id.in_(bindparam("ids", expanding=True)))
_OF_CHILDREN: Final = select(EntryRow.document).where(
    bindparam("kind") == KIND_OF_CHILDS,
    EntryRow.in_error.is_(False),
    EntryRow.id.in_(
        select(EntryChildRow.entry_id).where(EntryChildRow.child_id.in_(bindparam("children", expanding=True)))
    ),
)
_OF_NO_CHILD: Final = select(EntryRow.document).where(
    EntryRow.kind == bindparam("kind"),
    EntryRow.in_error.is_(False),
    ~exists().where(EntryChildRow.entry_id == EntryRow.id),
)


class ReadingWork(Work, Protocol):
    """A running transaction that knows what was read before."""

    @property
    def reading(self) -> Reading:
        """What was read of the children asked about last."""
        ...


def read_entry(document: bytes) -> RuleEntry:
    """Return the entry of a document this program wrote."""
    return _DECODER.decode(document)


def entries_of_child(tx: ReadingWork, child: str) -> tuple[RuleEntry, ...]:
    """Return the entries about a child, none made in error, in no order.

    Those that were read before, and are what they were, are not read again.
    """
    connection, before = tx.session.connection(), tx.reading.entries.of(child)
    if not before.values:
        rows = connection.execute(_OF_CHILD, {"child": child}).all()
        versions = {id_: revision for id_, revision, _ in rows}
        found = Read(versions, {id_: read_entry(document) for id_, _, document in rows})
    else:

        def read(ids: Sequence[str]) -> dict[str, RuleEntry]:
            documents = connection.execute(_BY_ID, {"ids": ids}).tuples()
            return {id_: read_entry(document) for id_, document in documents}

        found = before.anew(dict(connection.execute(_VERSIONS_OF_CHILD, {"child": child}).tuples().all()), read)
    tx.reading.entries.keep(child, found)
    return tuple(found.values.values())


def entries_of_no_child(tx: Work, kind: str) -> tuple[RuleEntry, ...]:
    """Return the entries of a kind that name no child, none made in error, in no order."""
    return _read(tx, _OF_NO_CHILD, {"kind": kind})


def entries_of_children(tx: Work, children: Collection[str], kind: str) -> tuple[RuleEntry, ...]:
    """Return the entries of a kind about any of some children, none made in error, in no order."""
    if not children:
        return ()
    return _read(tx, _OF_CHILDREN, {"children": tuple(children), "kind": kind})


def entries_of_each(
    tx: Work, children: Collection[str], *, kinds: Collection[str], themes: Collection[Theme], since: date
) -> Iterator[tuple[str, RuleEntry]]:
    """Yield each child of many with an entry of some kinds, or one with any of some themes; none made in error.

    Args:
        tx: a running transaction.
        children: ids of the children.
        kinds: entries of these kinds.
        themes: and entries with any of these themes.
        since: of those with a theme only what happened on this day or later, or on no day that is known.
    """
    link, theme = EntryChildRow, EntryThemeRow
    marked = exists().where(
        theme.entry_id == link.entry_id,
        theme.theme.in_([each.value for each in themes]),
        or_(link.last_day.is_(None), link.last_day >= since),
    )
    query = (
        select(link.child_id, EntryRow.document)
        .join(EntryRow, EntryRow.id == link.entry_id)
        .where(link.child_id.in_(children), EntryRow.in_error.is_(False), or_(KIND_OF_CHILDS.in_(kinds), marked))
    )
    for child, document in tx.session.execute(query).tuples():
        yield child, read_entry(document)


def _read(tx: Work, query: Select[tuple[bytes]], values: dict[str, Any]) -> tuple[RuleEntry, ...]:
    documents: Iterable[bytes] = tx.session.connection().execute(query, values).scalars().all()
    return tuple(map(read_entry, documents))
