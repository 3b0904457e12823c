"""How many records there are of the kinds people count, and how many have changed since an instant."""

from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from gcp2_app.storage.schema import AssessmentRow, ChildRow, EntryRow, RecordRevisionRow
from gcp2_app.storage.work import Work

_TABLES: Final = {"child": ChildRow, "assessment": AssessmentRow, "entry": EntryRow}
KINDS: Final = tuple(_TABLES)


def counts(tx: Work) -> dict[str, int]:
    """Return how many records there are, by kind."""
    return {kind: tx.session.scalar(select(func.count()).select_from(table)) or 0 for kind, table in _TABLES.items()}


def changed_since(tx: Work, at: datetime | None) -> dict[str, int]:
    """Return how many records were given another state after an instant, by kind."""
    row = RecordRevisionRow
    found = {}
    for kind in KINDS:
        wanted = select(func.count(row.id.distinct())).where(row.kind == kind)
        if at is not None:
            wanted = wanted.where(row.replaced_at > at)
        found[kind] = tx.session.scalar(wanted) or 0
    return found
