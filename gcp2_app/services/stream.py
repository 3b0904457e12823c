"""A child's stream of entries: the list, one entry with everything its page shows, and how it came to say that."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from gcp2_app.domain.entered_in_error import sealed
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.gaps import Gap, gaps
from gcp2_app.domain.kinds import EntryKind, RecordKind, references
from gcp2_app.domain.one_child import given_to
from gcp2_app.domain.register import Child, StatusKind
from gcp2_app.domain.typed_dates import day_words, when_words
from gcp2_app.domain.users import Duty
from gcp2_app.domain.words import cut_short
from gcp2_app.errors import NotAllowed
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.services.entry_children import as_seen, reach
from gcp2_app.services.register import ReasonNeeded
from gcp2_app.services.session import Session
from gcp2_app.services.visit_people import reached, stored
from gcp2_app.storage import stream
from gcp2_app.storage.records import Revision
from gcp2_app.storage.store import Transaction
from gcp2_app.storage.stream import Place, StreamQuery

__all__ = [
    "EntryFile",
    "Gap",
    "Outline",
    "Place",
    "Step",
    "StreamQuery",
    "history",
    "names_of",
    "open_",
    "outline",
    "read",
]

#: The rule whose numbers say how long nothing may be recorded.
_GAP_RULE: Final = "LP2.gap"
#: So many letters of what an entry says name it.
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """Where the entries of a stream stand.

    Attributes:
        places: newest first, those of an unknown date last.
        gaps: of the whole record, newest first; none where a filter leaves entries out.
        total: how many entries the record has, whatever the filter.
    """

    places: tuple[Place, ...]
    gaps: tuple[Gap, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFile:
    """One entry as its page shows it to this user.

    Attributes:
        kind: its declaration, or None where there is none any more.
        others: how many children it is about whom this user does not work with.
        names: what the ids it holds stand for, by id; those of its children and of who wrote it down included.
        earlier: how many earlier states are kept; of an entry made in error they are sealed, and none means destroyed.
        under_way: it is the visit this user is on.
    """

    entry: Entry
    kind: EntryKind | None
    others: int
    names: Mapping[str, str]
    earlier: int
    under_way: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One state of an entry.

    Attributes:
        at: when it came about, or None where that is not known.
        by: name of who brought it about, or empty.
        reason: why, where it was said.
        changed: names of the fields that differ from the state before, those of its kind as ``data.…``; empty for the
            first.
    """

    entry: Entry
    at: datetime | None
    by: str
    reason: str
    changed: tuple[str, ...] = field(default=())


def outline(session: Session, query: StreamQuery, *, why: str = "") -> Outline:
    """Return where the entries of a child's stream stand. The view is audited by its count, never by its words.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        child = reached(session, tx, query.child, why)
        found = stream.places(tx, query)
        total = stream.count(tx, query.child)
        action = "timeline searched" if query.filters else "timeline listed"
        tx.record(action, by=session.user.id, kind="child", id=child.id, count=len(found), reason=why)
    return Outline(
        places=found,
        gaps=() if query.filters else _gaps(session, child, found),
        total=total,
    )


def _gaps(session: Session, child: Child, found: Iterable[Place]) -> tuple[Gap, ...]:
    from gcp2_app.forms.rule_policy import shipped_rules

    numbers = shipped_rules()[_GAP_RULE].numbers
    limits = {
        StatusKind.CHILD_PROTECTION: 7 * numbers.child_protection_weeks,
        StatusKind.CHILD_IN_NEED: 7 * numbers.child_in_need_weeks,
    }
    days = (place.last_day for place in found if place.certain and not place.in_error)
    return gaps((day for day in days if day is not None), child.statuses, today=session.today(), limits=limits)


def read(session: Session, child_id: str, ids: Sequence[str], *, why: str = "") -> tuple[Entry, ...]:
    """Return some entries of a child's stream, in the order of their ids; those that left it are left out.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        reached(session, tx, child_id, why)
        found = stream.entries_of(tx, child_id, ids)
        children = tx.children.get_many(tuple({id_ for entry in found for id_ in entry.children}))
        mine = {id_ for id_, child in children.items() if session.may_reach(child)}
        kinds = load_kinds()
        return tuple(_as_seen(entry, mine, kinds.get(entry.kind)) for entry in found)


def _as_seen(entry: Entry, reached_: Collection[str], kind: EntryKind | None) -> Entry:
    """Return what an entry shows: of one made in error, which may have come in with a file, nothing it said."""
    if entry.entered_in_error is not None:
        entry = replace(sealed(entry, kind, entry.entered_in_error), revision=entry.revision)
    return as_seen(entry, reached=reached_, kind=kind)


def open_(session: Session, entry_id: str, *, why: str = "") -> EntryFile:
    """Open an entry. The view is audited.

    Raises:
        NotFound: no such entry.
        NotAllowed: the user may not read this case.
        ReasonNeeded: every child it is about whom the user works with is restricted, and no reason was given.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        entry = tx.entries.get(entry_id)
        children = _readable(session, tx, entry, why)
        kind = load_kinds().get(entry.kind)
        seen = _as_seen(entry, {child.id for child in children}, kind)
        tx.record("entry opened", by=session.user.id, kind="entry", id=entry_id, reason=why)
        return EntryFile(
            entry=seen,
            kind=kind,
            others=len(entry.children) - len(seen.children),
            names=names_of(tx, seen, kind),
            earlier=len(tx.entries.revisions(entry_id)),
            under_way=stored(session, tx).get("visit") == entry_id,
        )


def _readable(session: Session, tx: Transaction, entry: Entry, why: str) -> tuple[Child, ...]:
    children = reach(session, tx, entry)
    if children and all(child.restricted for child in children) and not why.strip():
        raise ReasonNeeded("This record is restricted.", "Say why you open it; the reason is kept.")
    return children


def history(session: Session, entry_id: str, *, why: str = "") -> tuple[Step, ...]:
    """Return every state of an entry that is kept, newest first. The view is audited.

    Raises:
        NotFound: no such entry.
        NotAllowed: the user may not read this case, or the entry was made in error: its content is sealed.
        ReasonNeeded: as :func:`open_`.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        entry = tx.entries.get(entry_id)
        children = _readable(session, tx, entry, why)
        if entry.entered_in_error is not None:
            raise NotAllowed("This entry was entered in error.", "Its content is sealed.")
        kind, ids = load_kinds().get(entry.kind), {child.id for child in children}
        revisions = tx.entries.revisions(entry_id)
        states = [as_seen(each, reached=ids, kind=kind) for each in (*_of_today(tx, revisions), entry)]
        workers = tx.professionals.get_many((entry.recorded_by,)) if entry.recorded_by else {}
        first = workers.get(entry.recorded_by or "")
        steps = [Step(entry=states[0], at=states[0].recorded_at, by=first.name if first is not None else "", reason="")]
        for revision, before, after in zip(revisions, states, states[1:], strict=False):
            steps.append(
                Step(
                    entry=after,
                    at=revision.replaced_at,
                    by=_user_name(tx, revision.by),
                    reason=revision.reason,
                    changed=changed(before, after),
                )
            )
        tx.record("entry history opened", by=session.user.id, kind="entry", id=entry_id, reason=why)
    return tuple(reversed(steps))


def _of_today(tx: Transaction, revisions: Iterable[Revision[Entry]]) -> Iterator[Entry]:
    """Yield earlier states as of the children whose records stand: that two were merged is no change of an entry."""
    kinds = load_kinds()
    for each in revisions:
        names = {id_: tx.child_merges.stands_for(id_) for id_ in each.value.children}
        state = given_to(each.value, {was: now for was, now in names.items() if was != now}, kinds)
        if isinstance(state, Entry):
            yield state


def changed(before: Entry, after: Entry) -> tuple[str, ...]:
    """Return names of the fields in which two states of an entry differ, those of its kind as ``data.…``."""
    names = [
        name
        for name in Entry.__dataclass_fields__
        if name not in {"id", "data", "revision", "revision_reason"} and getattr(before, name) != getattr(after, name)
    ]
    keys = dict.fromkeys((*before.data, *after.data))
    return (*names, *(f"data.{key}" for key in keys if before.data.get(key) != after.data.get(key)))


def _user_name(tx: Transaction, user_id: str | None) -> str:
    user = tx.users.find(user_id) if user_id else None
    professional = tx.professionals.find(user.professional) if user is not None else None
    return professional.name if professional is not None else ""


def names_of(tx: Transaction, entry: Entry, kind: EntryKind | None) -> Mapping[str, str]:
    """Return what the ids in an entry stand for."""
    return names_in(tx, (entry,), {entry.kind: kind} if kind is not None else {})


def names_in(
    tx: Transaction,
    entries: Iterable[Entry],
    kinds: Mapping[str, EntryKind],
    clean: Callable[[str], str] = str,
) -> Mapping[str, str]:
    """Return what the ids in some entries stand for, all looked up at once.

    Args:
        tx: a running transaction.
        entries: the entries.
        kinds: every kind of entry.
        clean: takes out what is withheld; after words are shortened it would not be found.
    """
    wanted: dict[RecordKind, set[str]] = {of: set() for of in RecordKind}
    for entry in entries:
        kind = kinds.get(entry.kind)
        for reference in references(kind, entry.data) if kind is not None else ():
            wanted[reference.of].add(reference.id)
        wanted[RecordKind.CHILD] |= {*entry.children, *entry.withheld_from}
        wanted[RecordKind.PERSON] |= set(entry.withheld_from)
        wanted[RecordKind.PROFESSIONAL] |= {entry.recorded_by or "", *entry.withheld_from}
        if entry.entered_in_error is not None:
            wanted[RecordKind.PROFESSIONAL].add(entry.entered_in_error.by)
    names: dict[str, str] = {}
    for of, records in ((RecordKind.CHILD, tx.children), (RecordKind.PERSON, tx.people)):
        names |= {id_: each.name for id_, each in _many(records, wanted[of]).items()}
    merged = {id_: tx.child_merges.stands_for(id_) for id_ in wanted[RecordKind.CHILD] - names.keys()}
    stand = _many(tx.children, set(merged.values()))
    names |= {id_: stand[into].name for id_, into in merged.items() if into in stand}
    names |= {id_: each.name for id_, each in _many(tx.professionals, wanted[RecordKind.PROFESSIONAL]).items()}
    names |= {id_: entry_words(each, clean) for id_, each in _many(tx.entries, wanted[RecordKind.ENTRY]).items()}
    for id_, each in _many(tx.assessments, wanted[RecordKind.ASSESSMENT]).items():
        names[id_] = f"Assessment of {day_words(each.window.from_)}" if each.window else "Assessment"
    return {id_: name for id_, name in names.items() if name}


def _many(records: Any, ids: set[str]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = records.get_many(tuple(id_ for id_ in ids if id_))
    return found


def entry_words(entry: Entry, clean: Callable[[str], str] = str) -> str:
    """Return an entry in a line: its kind, when it happened, and how it begins; see :func:`names_in`."""
    kind = load_kinds().get(entry.kind)
    title = kind.title if kind is not None else entry.kind
    if entry.entered_in_error is not None:
        return f"{title}, entered in error"
    said = clean(entry.what or str(entry.data.get("what") or ""))
    when = when_words(entry.when) if entry.when else ""
    return ", ".join(filter(None, (title, when, cut_short(said, _LONGEST))))
