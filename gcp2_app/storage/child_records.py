"""Records that belong to children: those of one child in the order of their own, and many of them at once.

What every kind of record has in common is in :mod:`gcp2_app.storage.records`.
"""

from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import Select, bindparam, delete, select

from gcp2_app import wire
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.chronologies import Chronology, without
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.supervision import Supervision
from gcp2_app.storage import projections, schema
from gcp2_app.storage.records import Records
from gcp2_app.storage.statements import KIND_OF_CHILDS, insert_rows


def _of_child(columns: Select[Any]) -> Select[Any]:
    row = schema.AssessmentRow
    in_time = (row.window_to.nulls_last(), row.signed_off_on.nulls_last(), row.id)
    return columns.where(row.child_id == bindparam("child")).order_by(*in_time)


_ASSESSMENTS_OF_CHILD: Final = _of_child(select(schema.AssessmentRow.document))
_REVISIONS_OF_CHILD: Final = _of_child(select(schema.AssessmentRow.id, schema.AssessmentRow.revision))


class AssessmentRecords(Records[Assessment]):
    """All assessments."""

    def revisions_of_child(self, child: str) -> dict[str, int]:
        """Return the revisions of a child's assessments by id, in the order of :meth:`of_child`."""
        rows = self._session.connection().execute(_REVISIONS_OF_CHILD, {"child": child})
        return dict(rows.tuples().all())

    def of_child(self, child: str) -> tuple[Assessment, ...]:
        """Return a child's assessments, oldest window first; those without a window last."""
        documents = self._session.connection().execute(_ASSESSMENTS_OF_CHILD, {"child": child}).scalars()
        return tuple(wire.from_json(Assessment, document) for document in documents)


class EntryRecords(Records[Entry]):
    """All entries."""

    def put_new(self, entries: Sequence[Entry]) -> None:
        """Write many entries whose ids are not there yet, in one statement a table rather than several each.

        For a caseload of a million entries; one entry that somebody writes is :meth:`put`.
        """
        rows = [
            {"id": each.id, "revision": 1, "document": wire.to_json(each), **projections.entry_columns(each)}
            for each in entries
        ]
        insert_rows(self._session, schema.EntryRow, rows)
        projections.project_new_entries(self._session, entries)

    def of_child(self, child: str, *, kinds: Collection[str] | None = None) -> tuple[Entry, ...]:
        """Return the entries about a child in time, those of an unknown time first, entered in error included.

        Args:
            child: id of the child.
            kinds: only entries of these kinds. A child may have thousands of others.
        """
        row, link = schema.EntryRow, schema.EntryChildRow
        query = (
            select(row.document)
            .join(link, link.entry_id == row.id)
            .where(link.child_id == child)
            .order_by(link.sort_key, row.id)
        )
        if kinds is not None:
            query = query.where(KIND_OF_CHILDS.in_(kinds))
        return tuple(wire.from_json(Entry, document) for document in self._session.scalars(query))

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        """Return every entry of a kind, of any child and of none. For kinds there are few of."""
        row = schema.EntryRow
        query = select(row.document).where(row.kind == kind).order_by(row.id)
        return tuple(wire.from_json(Entry, document) for document in self._session.scalars(query))


class SupervisionRecords(Records[Supervision]):
    """All supervisions."""

    def of_child(self, child: str) -> tuple[Supervision, ...]:
        """Return the supervisions about a child, the earliest first."""
        row = schema.SupervisionRow
        query = select(row.document).where(row.child_id == child).order_by(row.held_on, row.id)
        return tuple(wire.from_json(Supervision, document) for document in self._session.scalars(query))


class ChronologyRecords(Records[Chronology]):
    """All curated chronologies, drafts and frozen versions."""

    def of_child(self, child: str) -> tuple[Chronology, ...]:
        """Return a child's chronologies by style and version, the draft of a style first."""
        row = schema.ChronologyRow
        query = select(row.document).where(row.child_id == child).order_by(row.style, row.version, row.id)
        return tuple(wire.from_json(Chronology, document) for document in self._session.scalars(query))

    def destroy_text(self, child: str, entry: str) -> None:
        """Take what an entry said out of a child's drafts and frozen versions; that it stood there stays."""
        for each in self.of_child(child):
            kept = without(each, {entry})
            if kept != each:
                self.write_anew(kept)

    def write_anew(self, chronology: Chronology) -> None:
        """Put a chronology in the place of the one of its id: a frozen version refuses to be changed."""
        self.remove(chronology.id)
        self.put(chronology, by=None)

    def remove(self, chronology: str) -> None:
        """Take a chronology out, with what it was before."""
        self._session.execute(delete(schema.ChronologyRow).where(schema.ChronologyRow.id == chronology))
        self.destroy_revisions(chronology)

    def of_entry(self, entry: str) -> Chronology | None:
        """Return the frozen version that an entry says was frozen, or None."""
        row = schema.ChronologyRow
        document = self._session.scalar(select(row.document).where(row.entry == entry).limit(1))
        return None if document is None else wire.from_json(Chronology, document)
