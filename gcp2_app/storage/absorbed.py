"""The records of children that were merged into others: which id stands for which, and what they said.

Knows the table of merges; the merges as records are :mod:`gcp2_app.storage.child_merges`.
"""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from gcp2_app import wire
from gcp2_app.domain.child_merges import ChildMerge
from gcp2_app.domain.register import Child
from gcp2_app.storage.schema import ChildMergeRow

_INTO: Final = select(ChildMergeRow.child_id).where(ChildMergeRow.absorbed_id == bindparam("child"))
_OF: Final[Select[Any]] = (
    select(ChildMergeRow.document)
    .where(ChildMergeRow.child_id == bindparam("child"))
    .order_by(ChildMergeRow.at, ChildMergeRow.id)
)


def stands_for(session: Session, child: str) -> str:
    """Return the id of the record that holds what a child's id stands for: its own, or what it was merged into."""
    into = session.connection().scalar(_INTO, {"child": child})
    while into is not None:
        child = into
        into = session.connection().scalar(_INTO, {"child": child})
    return child


def merges_into(session: Session, child: str) -> Iterator[ChildMerge]:
    """Yield the merges into a record, oldest first, each followed by those into what it absorbed."""
    for document in session.connection().scalars(_OF, {"child": child}).all():
        merge = wire.from_json(ChildMerge, document)
        yield merge
        yield from merges_into(session, merge.absorbed.id)


def absorbed_into(session: Session, child: str) -> tuple[Child, ...]:
    """Return the records that were merged into a child's, as they were."""
    return tuple(merge.absorbed for merge in merges_into(session, child))
