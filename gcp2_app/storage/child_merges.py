"""All merges of two records of one child, and the children of a store as what is left by them."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Delete, bindparam, delete, func, select
from sqlalchemy.orm import Session

from gcp2_app import wire
from gcp2_app.domain.child_merges import ChildMerge, without_entry
from gcp2_app.domain.register import Child
from gcp2_app.errors import MergedAway
from gcp2_app.overriding import override
from gcp2_app.storage.absorbed import absorbed_into, merges_into, stands_for
from gcp2_app.storage.names import forget_names
from gcp2_app.storage.projections import index_children
from gcp2_app.storage.records import CHILD, Kind, Records
from gcp2_app.storage.schema import ChildMergeRow, ChildRow, RecordRevisionRow
from gcp2_app.storage.statements import Row, delete_rows

_LAST: Final = select(ChildMergeRow.document).order_by(ChildMergeRow.at.desc(), ChildMergeRow.id.desc()).limit(1)
_ABSORBING: Final = select(ChildMergeRow.document).where(ChildMergeRow.absorbed_id == bindparam("child"))
_REMOVE: Final[Delete] = delete(ChildMergeRow).where(ChildMergeRow.id == bindparam("merge"))


def _columns(merge: ChildMerge) -> Row:
    return {"child_id": merge.child, "absorbed_id": merge.absorbed.id, "at": merge.at}


def _project(session: Session, merge: ChildMerge, *, new: bool) -> None:
    """Let the child be found by what the absorbed record was found by."""
    if new:
        index_children(session, (merge.child,))


CHILD_MERGE: Final = Kind("child merge", "merge", ChildMerge, ChildMergeRow, _columns, _project)


class ChildMergeRecords(Records[ChildMerge]):
    """All merges that were not undone."""

    def absorbing(self, child: str) -> ChildMerge | None:
        """Return the merge by which a record went into another, or None."""
        document = self._session.connection().scalar(_ABSORBING, {"child": child})
        return None if document is None else wire.from_json(ChildMerge, document)

    def stands_for(self, child: str) -> str:
        """Return the id of the record that holds what a child's id stands for; its own where it was never merged."""
        return stands_for(self._session, child)

    def into(self, child: str) -> tuple[ChildMerge, ...]:
        """Return the merges into a record, the latest first, those into what it absorbed included."""
        return tuple(sorted(merges_into(self._session, child), key=lambda each: (each.at, each.id), reverse=True))

    def absorbed_into(self, children: Iterable[str]) -> tuple[tuple[str, Child], ...]:
        """Return the records that were merged into those of some children, each with the child it is of."""
        return tuple((child, each) for child in children for each in absorbed_into(self._session, child))

    def later(self, merge: ChildMerge) -> ChildMerge | None:
        """Return the latest merge after this one that the same record took part in, or None."""
        row = ChildMergeRow
        both = (row.child_id == merge.child) | (row.absorbed_id == merge.child)
        document = self._session.scalar(_LAST.where(both, row.at >= merge.at, row.id != merge.id))
        return None if document is None else wire.from_json(ChildMerge, document)

    def remove(self, merge: ChildMerge) -> None:
        """Take out a merge that was undone. That it was there is in the audit trail."""
        self._session.execute(_REMOVE, {"merge": merge.id})
        self.destroy_revisions(merge.id)

    def forget_entry(self, children: Iterable[str], entry: str) -> None:
        """Take what an entry said before a merge out of the merges into its children's records."""
        for child in children:
            for merge in merges_into(self._session, child):
                kept = without_entry(merge, entry)
                if kept != merge:
                    self.put(kept, by=None, keep_earlier=False)


class ChildRecords(Records[Child]):
    """All children, one record each."""

    @override
    def get(self, record: str) -> Child:
        """Return a child.

        Raises:
            MergedAway: the record was merged into another.
            NotFound: there is none of this id.
        """
        value = self.find(record)
        if value is None and (into := stands_for(self._session, record)) != record:
            raise MergedAway(record, into)
        return super().get(record) if value is None else value

    @override
    def _last_revision(self, record: str) -> int:
        """Return the last revision of a record that comes back because a merge was undone."""
        row = RecordRevisionRow
        kept = select(func.max(row.revision)).where(row.kind == CHILD.name, row.id == record)
        return self._session.scalar(kept) or 0

    def absorb(self, child: Child, *, by: str, reason: str) -> None:
        """Take a child's record out that is held by a merge since; its earlier states stay."""
        row = self._session.execute(select(ChildRow.revision, ChildRow.document).where(ChildRow.id == child.id)).one()
        self._keep(child.id, row.revision, row.document, by=by, reason=reason)
        delete_rows(self._session, ChildRow, "id", child.id)
        forget_names(self._session, CHILD.name, child.id)
