"""What is left of an entry that was made on the wrong child or by mistake: that it was, when, by whom and why."""

from dataclasses import replace
from typing import Final

from gcp2_app.domain.entries import EnteredInError, Entry
from gcp2_app.domain.kinds import EntryKind

#: Stands in ``not_known`` for every field the kind requires, so that what is left is a whole entry.
_REASON: Final = "entered in error"


def sealed(entry: Entry, kind: EntryKind | None, error: EnteredInError) -> Entry:
    """Return an entry without its content.

    Its kind, its children, who wrote it down and when, and where it stands in the agency's record (so that it can be
    put right there) stay.

    Args:
        entry: as it was.
        kind: its declaration, or None where there is none any more.
        error: who said so, when and why.

    Source: casework.md, One stream of entries ("entered in error, date, who" stays, its content is sealed).
    """
    required = () if kind is None else (item.name for item in kind.items if item.required)
    return replace(
        Entry(id=entry.id, kind=entry.kind),
        children=entry.children,
        recorded_at=entry.recorded_at,
        recorded_by=entry.recorded_by,
        agency_record=entry.agency_record,
        not_known=dict.fromkeys(required, _REASON),
        revision=entry.revision + 1,
        revision_reason=error.reason,
        entered_in_error=error,
    )
