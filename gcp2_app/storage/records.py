"""Records of one kind: get, find, put, stream, earlier revisions.

One class for every kind; what differs between kinds is declared in :data:`KINDS`. Knows documents and tables; roles,
rules and the audit event are the caller's business.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import Integer, Select, bindparam, delete, func, literal_column, select
from sqlalchemy.orm import Session

from gcp2_app import wire
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.chronologies import Chronology
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.learning import ReadReceipt
from gcp2_app.domain.local_services import LocalService
from gcp2_app.domain.register import Child, Household, Person, Professional
from gcp2_app.domain.supervision import Supervision
from gcp2_app.domain.users import User
from gcp2_app.errors import NotFound
from gcp2_app.storage import projections, schema
from gcp2_app.storage.schema import RecordRevisionRow
from gcp2_app.storage.statements import insert_rows, update_row

_AT_ONCE = 200


class HasId(Protocol):
    """A domain value that is kept as a record."""

    @property
    def id(self) -> str:
        """Opaque text of up to 64 characters."""
        ...


T = TypeVar("T", bound=HasId)


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """What the store must know of one kind of record.

    Attributes:
        name: the kind's name in revisions and in the audit trail.
        noun: what a person calls it.
        value: the domain dataclass.
        columns: the record's own projected columns.
        project: lays out everything else in linked tables.
    """

    name: str
    noun: str
    value: type[T]
    table: type[schema.RecordTable]
    columns: Callable[[T], Mapping[str, Any]]
    project: Callable[..., None]


CHILD = Kind(
    "child",
    "child",
    Child,
    schema.ChildRow,
    projections.child_columns,
    projections.project_child,
)
PERSON = Kind(
    "person",
    "adult",
    Person,
    schema.PersonRow,
    projections.person_columns,
    projections.project_person,
)
PROFESSIONAL = Kind(
    "professional",
    "professional",
    Professional,
    schema.ProfessionalRow,
    projections.professional_columns,
    projections.project_professional,
)
HOUSEHOLD = Kind(
    "household",
    "household",
    Household,
    schema.HouseholdRow,
    projections.household_columns,
    projections.project_household,
)
ASSESSMENT = Kind(
    "assessment",
    "assessment",
    Assessment,
    schema.AssessmentRow,
    projections.assessment_columns,
    projections.project_assessment,
)
ENTRY = Kind(
    "entry",
    "entry",
    Entry,
    schema.EntryRow,
    projections.entry_columns,
    projections.project_entry,
)
READ_RECEIPT = Kind(
    "read receipt",
    "read receipt",
    ReadReceipt,
    schema.ReadReceiptRow,
    projections.read_receipt_columns,
    projections.project_read_receipt,
)
CHRONOLOGY = Kind(
    "chronology",
    "chronology",
    Chronology,
    schema.ChronologyRow,
    projections.chronology_columns,
    projections.project_chronology,
)
LOCAL_SERVICE = Kind(
    "local service",
    "service",
    LocalService,
    schema.LocalServiceRow,
    projections.local_service_columns,
    projections.project_local_service,
)
SUPERVISION = Kind(
    "supervision",
    "supervision",
    Supervision,
    schema.SupervisionRow,
    projections.supervision_columns,
    projections.project_supervision,
)
USER = Kind(
    "user",
    "user",
    User,
    schema.UserRow,
    projections.user_columns,
    projections.project_user,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What putting a record did.

    Attributes:
        revision: the record's revision now, from 1.
        fields: names of the fields that changed, for the audit event; empty where nothing did.
        new: the record was not there before.
    """

    revision: int
    fields: tuple[str, ...]
    new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision(Generic[T]):
    """An earlier state of a record.

    Attributes:
        revision: its number, from 1.
        replaced_at: when the next one took its place.
        by: id of the user who replaced it.
        reason: why, where it was said.
    """

    revision: int
    value: T
    replaced_at: datetime
    by: str | None
    reason: str


class Records(Generic[T]):
    """All records of one kind, within one transaction."""

    def __init__(self, session: Session, kind: Kind[T], clock: Callable[[], datetime]) -> None:
        self._session = session
        self._kind = kind
        self._clock = clock

    def find(self, record: str) -> T | None:
        """Return a record, or None where there is none of this id."""
        row = self._session.connection().execute(_document_of(self._kind.table), {"id": record}).one_or_none()
        return None if row is None else wire.from_json(self._kind.value, row.document)

    def get(self, record: str) -> T:
        """Return a record.

        Raises:
            NotFound: there is none of this id.
        """
        value = self.find(record)
        if value is None:
            raise NotFound(f"This {self._kind.noun} is not in the store.")
        return value

    def get_many(self, records: tuple[str, ...]) -> dict[str, T]:
        """Return the records of these ids by id; ids that are not there are left out."""
        if not records:
            return {}
        rows = self._session.connection().execute(_documents_of(self._kind.table), {"ids": records})
        return {row.id: wire.from_json(self._kind.value, row.document) for row in rows}

    def all(self) -> Iterator[T]:
        """Stream every record in the order they came, a few hundred in memory at a time.

        Records may be put while it streams.
        """
        table, rowid = self._kind.table, literal_column("rowid", Integer)
        last = 0
        while rows := self._session.execute(
            select(rowid, table.document).where(rowid > last).order_by(rowid).limit(_AT_ONCE)
        ).all():
            for last, document in rows:  # noqa: B007 - carried to the next round
                yield wire.from_json(self._kind.value, document)

    def count(self) -> int:
        """Return how many there are."""
        return self._session.scalar(select(func.count()).select_from(self._kind.table)) or 0

    def put(self, value: T, *, by: str | None, reason: str = "", keep_earlier: bool = True) -> Change:
        """Write a record; the document it replaces is kept as a revision. The same content again changes nothing.

        Args:
            value: the record.
            by: id of the user who makes the change; None for the program itself.
            reason: why, where it was said.
            keep_earlier: False for one keystroke in a draft, whose way here is nobody's record.
        """
        kind, table = self._kind, self._kind.table
        document = wire.to_json(value)
        row = self._session.connection().execute(_document_of(table), {"id": value.id}).one_or_none()
        if row is not None and row.document == document:
            return Change(revision=row.revision, fields=(), new=False)
        new = row is None
        revision = self._last_revision(value.id) + 1 if row is None else row.revision + 1
        columns = {"revision": revision, "document": document, **kind.columns(value)}
        if row is None:
            insert_rows(self._session, table, [{"id": value.id, **columns}])
        else:
            if keep_earlier:
                self._keep(value.id, row.revision, row.document, by=by, reason=reason)
            update_row(self._session, table, "id", value.id, columns)
        kind.project(self._session, value, new=new)
        before = None if row is None else wire.from_json(kind.value, row.document)
        return Change(revision=revision, fields=_changed(before, value), new=new)

    def _last_revision(self, record: str) -> int:  # noqa: ARG002 - of most kinds none comes back
        """Return the last revision there was of a record that is not there; 0, since records do not come back."""
        return 0

    def _keep(self, record: str, revision: int, document: bytes, *, by: str | None, reason: str) -> None:
        row = {
            "kind": self._kind.name,
            "id": record,
            "revision": revision,
            "document": document,
            "replaced_at": self._clock(),
            "by": by,
            "reason": reason,
        }
        insert_rows(self._session, RecordRevisionRow, [row])

    def destroy_revisions(self, record: str) -> int:
        """Remove what a record was before, for good, and return how many states that were; its pages are overwritten.

        Backups that were made earlier still hold them until they expire.
        """
        row = RecordRevisionRow
        states = (row.kind == self._kind.name, row.id == record)
        number = self._session.scalar(select(func.count()).select_from(row).where(*states)) or 0
        self._session.execute(delete(row).where(*states))
        return number

    def revisions(self, record: str) -> tuple[Revision[T], ...]:
        """Return what the record was before, oldest first; the present state is not among them."""
        rows = self._session.scalars(
            select(RecordRevisionRow)
            .where(RecordRevisionRow.kind == self._kind.name, RecordRevisionRow.id == record)
            .order_by(RecordRevisionRow.revision)
        )
        return tuple(
            Revision(
                revision=row.revision,
                value=wire.from_json(self._kind.value, row.document),
                replaced_at=row.replaced_at,
                by=row.by,
                reason=row.reason,
            )
            for row in rows
        )


@cache
def _documents_of(table: type[schema.RecordTable]) -> Select[Any]:
    return select(table.id, table.document).where(table.id.in_(bindparam("ids", expanding=True)))


@cache
def _document_of(table: type[schema.RecordTable]) -> Select[Any]:
    return select(table.revision, table.document).where(table.id == bindparam("id"))


def _changed(before: HasId | None, after: HasId) -> tuple[str, ...]:
    """Return the names of the fields that differ; for a new record, those that are not at their defaults."""
    fields: tuple[dataclasses.Field[Any], ...] = dataclasses.fields(after)  # type: ignore[arg-type]  # every record is a dataclass
    return tuple(
        wire.key_of(field.name)
        for field in fields
        if field.name != "id"
        and getattr(after, field.name) != (_default(field) if before is None else getattr(before, field.name))
    )


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default
