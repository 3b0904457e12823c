"""Which children of an entry a user works with. What concerns the others is neither shown nor changed."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.kinds import EntryKind, ItemType, RecordKind
from gcp2_app.domain.register import Child
from gcp2_app.errors import NotAllowed
from gcp2_app.services.session import Session
from gcp2_app.storage.store import Transaction


def reach(session: Session, tx: Transaction, entry: Entry) -> tuple[Child, ...]:
    """Return the children of an entry whom the user works with.

    Raises:
        NotAllowed: it is about children, and the user works with none of them.
    """
    children = tx.children.get_many(entry.children)
    reached = tuple(children[id_] for id_ in entry.children if id_ in children and session.may_reach(children[id_]))
    if children and not reached:
        raise NotAllowed("None of these children is on your caseload.", "Ask your supervisor to allocate them to you.")
    return reached


def require_reached(session: Session, children: Iterable[Child]) -> None:
    """Refuse children the user does not work with.

    Raises:
        NotAllowed: one of them is not on the user's caseload.
    """
    for child in children:
        session.require_reach(child)


def as_seen(entry: Entry, *, reached: Collection[str], kind: EntryKind | None) -> Entry:
    """Return an entry without what it says of children the user does not work with."""
    return replace(
        entry,
        children=tuple(id_ for id_ in entry.children if id_ in reached),
        relevance={id_: text for id_, text in entry.relevance.items() if id_ in reached},
        data={
            name: {id_: each for id_, each in value.items() if id_ in reached} if name in _per_child(kind) else value
            for name, value in entry.data.items()
        },
    )


def put_back(before: Entry, entry: Entry, *, reached: Collection[str], kind: EntryKind | None) -> Entry:
    """Return a changed entry with what the stored one says of children the user does not work with."""
    data = dict(entry.data)
    for name in _per_child(kind):
        kept = {id_: each for id_, each in (before.data.get(name) or {}).items() if id_ not in reached}
        if kept:
            data[name] = {**(data.get(name) or {}), **kept}
    return replace(
        entry,
        children=(*entry.children, *(id_ for id_ in before.children if id_ not in reached)),
        relevance={**entry.relevance, **{id_: text for id_, text in before.relevance.items() if id_ not in reached}},
        data=data,
    )


def _per_child(kind: EntryKind | None) -> frozenset[str]:
    items = () if kind is None else kind.items
    return frozenset(item.name for item in items if item.type is ItemType.MAP and item.of is RecordKind.CHILD)
