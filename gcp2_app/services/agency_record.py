"""The store is a working copy: whether an entry or assessment stands in the agency's own record, and what does not yet.

Source: casework.md, One stream of entries ("in the agency record: reference, date" or "not yet").
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.entries import AgencyRecord, Entry
from gcp2_app.domain.users import Duty
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.services.session import Session
from gcp2_app.storage.agency_records import Unmarked, unmarked_assessments, unmarked_entries
from gcp2_app.storage.store import Transaction

__all__ = ["FIRST", "AgencyRecord", "Cursor", "Kept", "NotYet", "Unmarked", "mark", "not_yet", "of", "titles"]

_AT_ONCE = 50


class Kept(StrEnum):
    """What can stand in the agency's record."""

    ASSESSMENT = "assessment"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """Where a page of the list begins: assessments come first, then entries.

    Attributes:
        before: as the store counts, or None for the beginning.
    """

    kept: Kept
    before: int | None = None


FIRST = Cursor(kept=Kept.ASSESSMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYet:
    """One page of what is not yet in the agency's record.

    Attributes:
        assessments, entries: the latest put into the store first.
        next: where the next page begins, or None where nothing is left. A page may be empty and not the last.
    """

    assessments: tuple[Unmarked, ...]
    entries: tuple[Unmarked, ...]
    next: Cursor | None


def of(session: Session, kept: Kept, id_: str) -> AgencyRecord | None:
    """Return where an entry or assessment stands in the agency's record, or None for not yet.

    Raises:
        NotFound: no such record.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        return _reached(session, tx, kept, id_).agency_record


def mark(session: Session, kept: Kept, id_: str, record: AgencyRecord | None) -> None:
    """Write down where an entry or assessment stands in the agency's record; None says "not yet" again.

    It is no change of what the record says: a signed-off assessment stays signed off, an entry keeps its revision.

    Raises:
        NotFound: no such record.
        NotAllowed: the user may not work on this case, or the entry was made in error.
        InvalidValue: the reference is empty, or its day is in the future.
    """
    session.require(Duty.WORK_CASES)
    if record is not None:
        record = replace(record, reference=record.reference.strip())
        if not record.reference:
            raise InvalidValue("The reference is empty.", "Write what finds it in the agency’s record.")
        if record.on is not None and record.on > session.today():
            raise InvalidValue("The day is in the future.", "Give the day it was put into the agency’s record.")
    with session.store.transaction() as tx:
        value = _reached(session, tx, kept, id_)
        if isinstance(value, Assessment):
            change = tx.assessments.put(replace(value, agency_record=record), by=session.user.id)
        else:
            if value.entered_in_error is not None:
                raise NotAllowed("This entry was made in error.", "It does not belong in the agency’s record.")
            change = tx.entries.put(replace(value, agency_record=record), by=session.user.id)
        if change.fields:
            action = "agency record noted" if record is not None else "agency record taken back"
            tx.record(action, by=session.user.id, kind=kept.value, id=id_, fields=change.fields)


def not_yet(session: Session, cursor: Cursor = FIRST, *, at_once: int = _AT_ONCE) -> NotYet:
    """Return one page of what is not yet in the agency's record: signed-off assessments first, then entries.

    Of the user's own caseload; a supervisor's is every child.

    Raises:
        NotAllowed: the user's roles do not allow working on cases.
    """
    session.require(Duty.WORK_CASES)
    only = session.reaches_through
    with session.store.transaction() as tx:
        assessments: tuple[Unmarked, ...] = ()
        before = cursor.before
        if cursor.kept is Kept.ASSESSMENT:
            page = unmarked_assessments(tx, before=before, limit=at_once, allocated_to=only)
            assessments, before = page.rows, None
            if page.before is not None:
                _listed(session, tx, len(assessments))
                return NotYet(
                    assessments=assessments, entries=(), next=Cursor(kept=Kept.ASSESSMENT, before=page.before)
                )
        page = unmarked_entries(tx, before=before, limit=at_once, allocated_to=only)
        _listed(session, tx, len(assessments) + len(page.rows))
        after = None if page.before is None else Cursor(kept=Kept.ENTRY, before=page.before)
        return NotYet(assessments=assessments, entries=page.rows, next=after)


def titles() -> Mapping[str, str]:
    """Return what kinds of entry are called, by their codes."""
    return {code: kind.title for code, kind in load_kinds().items()}


def _listed(session: Session, tx: Transaction, count: int) -> None:
    tx.record("not yet in the agency record listed", by=session.user.id, count=count)


def _reached(session: Session, tx: Transaction, kept: Kept, id_: str) -> Assessment | Entry:
    """Return a record of a child the user works with.

    Raises:
        NotFound: no such record.
        NotAllowed: none of its children is on the user's caseload.
    """
    value: Assessment | Entry = tx.assessments.get(id_) if kept is Kept.ASSESSMENT else tx.entries.get(id_)
    ids = (value.child,) if isinstance(value, Assessment) else value.children
    children = tx.children.get_many(ids).values()
    if children and not any(session.may_reach(child) for child in children):
        session.require_reach(next(iter(children)))
    return value
