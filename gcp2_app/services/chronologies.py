"""Curated chronologies of a child: a draft for each style, versions frozen for ever, and tables of them.

Freezing writes an entry that says so, which the rules count; the text itself is a record of its own that never changes.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from gcp2_app.domain import chronologies as curated
from gcp2_app.domain.chronologies import Changes, Chronology, ChronologyStyle, Frozen, FrozenRow, LeftOut, Pick, Why
from gcp2_app.domain.confiding import names_of_tellers
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.kinds import EntryKind
from gcp2_app.domain.register import Child, Household, Person
from gcp2_app.domain.typed_dates import day_words
from gcp2_app.domain.users import Duty
from gcp2_app.domain.when import LONDON, When
from gcp2_app.domain.withheld import Withheld
from gcp2_app.domain.withheld_marks import marks
from gcp2_app.domain.words import counted
from gcp2_app.errors import InvalidValue, NotAllowed, NotFound
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.reports.chronology import Layout, in_time, lay_out, offers, reasons
from gcp2_app.reports.tables import Table, as_csv, as_xlsx
from gcp2_app.services import entries, withholding
from gcp2_app.services.casefiles import about_one
from gcp2_app.services.entry_children import as_seen
from gcp2_app.services.session import Session
from gcp2_app.services.stream import names_of
from gcp2_app.services.visit_people import reached
from gcp2_app.storage.store import Transaction

__all__ = [
    "STYLES",
    "Changes",
    "Chronology",
    "ChronologyStyle",
    "Desk",
    "FrozenRow",
    "Kind",
    "Layout",
    "LeftOut",
    "Opened",
    "Pick",
    "Version",
    "Why",
    "changes_since",
    "export",
    "freeze",
    "look",
    "offers",
    "open_",
    "open_of_entry",
    "reasons",
    "save",
    "start",
    "versions",
]

#: What people call the readers of a style.
STYLES: Mapping[ChronologyStyle, str] = {
    ChronologyStyle.PROFESSIONAL: "professionals",
    ChronologyStyle.FAMILY: "the family",
    ChronologyStyle.COURT: "court",
}
_ENTRY_KIND = "chronology_frozen"


class Kind(StrEnum):
    """What a table is written as; the value is the ending of the file's name."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a chronology is made from.

    Attributes:
        draft: as it was left; a new one has no id.
        entries: everything that can be picked, in the order of a chronology.
        latest: number of the latest frozen version of the style, 0 where there is none.
    """

    draft: Chronology
    entries: tuple[Entry, ...]
    kinds: Mapping[str, EntryKind]
    latest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A frozen version in a list.

    Attributes:
        frozen: its text, whose rows are left out here.
        count: how many entries it holds.
    """

    id: str
    style: ChronologyStyle
    version: int
    frozen: Frozen
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A frozen version as it was.

    Attributes:
        chronology: without what it says of entries that were entered in error since.
        corrected: ids of entries that read differently in the record now.
        intact: it says what it said when it was frozen.
    """

    chronology: Chronology
    corrected: frozenset[str]
    intact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sources:
    """What a layout is made from."""

    child: Child
    entries: Mapping[str, Entry]
    kinds: Mapping[str, EntryKind]
    names: Mapping[str, str] = field(repr=False)
    withheld: Withheld


def start(session: Session, child_id: str, style: ChronologyStyle, *, why: str = "") -> Desk:
    """Return a child's draft of a style as it was left, with everything it can be made from. The view is audited.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not work on this case.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        child = reached(session, tx, child_id, why)
        found = tx.chronologies.of_child(child.id)
        draft = next((each for each in found if each.style is style and each.frozen is None), None)
        there = _entries(tx, child)
        tx.record("chronology opened", by=session.user.id, kind="child", id=child.id, count=len(there), reason=why)
        return Desk(
            draft=draft or Chronology(id="", child=child.id, style=style),
            entries=there,
            kinds=load_kinds(),
            latest=max((each.version for each in found if each.style is style), default=0),
        )


def save(session: Session, draft: Chronology, *, why: str = "") -> Chronology:
    """Keep a draft as it is now.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not work on this case, or this is a frozen version.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        child = reached(session, tx, draft.child, why)
        found = tx.chronologies.of_child(child.id)
        stored = next((each for each in found if each.style is draft.style and each.frozen is None), None)
        if draft.frozen is not None or draft.version or (draft.id and (stored is None or stored.id != draft.id)):
            raise NotAllowed("A frozen chronology is never changed.", "Change the draft, and freeze its next version.")
        made = replace(draft, id=stored.id if stored is not None else str(uuid.uuid4()))
        change = tx.chronologies.put(made, by=session.user.id, keep_earlier=False)
        if change.new:
            tx.record("chronology begun", by=session.user.id, kind="chronology", id=made.id, reason=why)
        elif change.fields:
            tx.record(
                "chronology changed",
                by=session.user.id,
                kind="chronology",
                id=made.id,
                fields=change.fields,
                reason=why,
            )
        return made


def look(session: Session, draft: Chronology, *, why: str = "") -> Layout:
    """Return a chronology as it would be frozen now.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not work on this case.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        return _laid_out(draft, _sources(session, tx, draft, why))


def freeze(session: Session, draft: Chronology, *, why: str = "") -> Chronology:
    """Freeze a draft as the next version of its style, and write the entry that says so. The draft stays as it is.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not work on this case.
        ReasonNeeded: the record is restricted and no reason was given.
        InvalidValue: no entry would stand in it.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        sources = _sources(session, tx, draft, why)
        layout = _laid_out(draft, sources)
        if not layout.rows:
            raise InvalidValue("No entry would stand in it.", "Tick entries that belong in it.")
        version = 1 + max(
            (each.version for each in tx.chronologies.of_child(draft.child) if each.style is draft.style), default=0
        )
        words = (
            f"Chronology for {STYLES[draft.style]}, version {version}: {counted(len(layout.rows), 'entry', 'entries')}."
        )
        me = session.professional
        entry = entries.make(
            session,
            tx,
            Entry(
                id="",
                kind=_ENTRY_KIND,
                children=(draft.child,),
                when=When.on(session.today()),
                source=Source(name=me.name, role=me.role, agency=me.agency),
                what=words,
                not_known={} if me.agency else {"source": "not said of whoever froze it"},
                data={"version": str(version), "style": draft.style.value},
            ),
        )
        hides_name = sources.withheld.hides_name and draft.style is not ChronologyStyle.PROFESSIONAL
        text = Frozen(
            at=session.now(),
            by=me.id,
            by_name=me.name,
            child_name=withholding.label_for(sources.child, sources.withheld if hides_name else Withheld()),
            entry=entry.id,
            columns=layout.columns,
            heads=layout.heads,
            rows=layout.rows,
            analysis=layout.analysis,
            left_out=layout.left_out,
            sha256="",
        )
        made = curated.freeze(replace(draft, id=str(uuid.uuid4())), text, version=version)
        entries.put_new(session, tx, entry)
        tx.chronologies.put(made, by=session.user.id)
        tx.record(
            "chronology frozen",
            by=session.user.id,
            kind="chronology",
            id=made.id,
            fields=(f"{draft.style} {version}", f"digest {made.frozen.sha256 if made.frozen else ''}"),
            count=len(layout.rows),
            reason=why,
        )
        return made


def versions(session: Session, child_id: str, *, why: str = "") -> tuple[Version, ...]:
    """Return a child's frozen versions, the latest first.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        child = reached(session, tx, child_id, why)
        found = [
            Version(
                id=each.id,
                style=each.style,
                version=each.version,
                frozen=replace(each.frozen, rows=()),
                count=len(each.frozen.rows),
            )
            for each in tx.chronologies.of_child(child.id)
            if each.frozen is not None
        ]
    return tuple(sorted(found, key=lambda each: (each.frozen.at, each.version), reverse=True))


def open_(session: Session, chronology_id: str, *, why: str = "") -> Opened:
    """Open a frozen version as it was, however its entries were corrected since. The view is audited.

    Raises:
        NotFound: no such version.
        NotAllowed: the user may not read this case.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        found = _frozen(session, tx, chronology_id, why)
        tx.record("frozen chronology opened", by=session.user.id, kind="chronology", id=found.id, reason=why)
        return _opened(tx, found)


def open_of_entry(session: Session, entry_id: str, *, why: str = "") -> Opened:
    """Open the frozen version that an entry says was frozen. Errors as for :func:`open_`."""
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        found = tx.chronologies.of_entry(entry_id)
        if found is None:
            raise NotFound("The text of this chronology is not in this store.", "Ask whoever froze it.")
        reached(session, tx, found.child, why)
        tx.record("frozen chronology opened", by=session.user.id, kind="chronology", id=found.id, reason=why)
        return _opened(tx, found)


def changes_since(session: Session, chronology_id: str, draft: Chronology, *, why: str = "") -> Changes:
    """Return what differs between a frozen version and a draft as it would be frozen now.

    Raises:
        NotFound: no such version.
        NotAllowed: the user may not work on this case.
        ReasonNeeded: the record is restricted and no reason was given.
        InvalidValue: they are of different styles or children.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        before = _frozen(session, tx, chronology_id, why)
        if before.style is not draft.style or before.child != draft.child:
            raise InvalidValue("Only versions for the same readers can be compared.", "Choose another version.")
        layout = _laid_out(draft, _sources(session, tx, draft, why))
        return curated.changes(before, layout.rows, layout.analysis, layout.columns)


def export(session: Session, chronology_id: str, kind: Kind, *, recipient: str, reason: str, why: str = "") -> bytes:
    """Return a frozen version as a table, to be written out of the store. It is in the audit trail as an export.

    Args:
        session: who does it.
        chronology_id: a frozen version.
        kind: what it is written as.
        recipient: who it is for; reason: what for.
        why: the reason a restricted record was opened for.

    Raises:
        NotFound: no such version.
        NotAllowed: the user may not read this case.
        ReasonNeeded: the record is restricted and no reason was given.
        InvalidValue: recipient or reason is missing.
    """
    session.require(Duty.READ_CASES)
    if not recipient.strip() or not reason.strip():
        raise InvalidValue("Say who it is for, and why.", "Both are kept in the audit trail.")
    with session.store.transaction() as tx:
        opened = _opened(tx, _frozen(session, tx, chronology_id, why))
        tx.record(
            "chronology exported",
            by=session.user.id,
            kind="chronology",
            id=chronology_id,
            fields=(kind.value,),
            reason=f"{reason.strip()}; for {recipient.strip()}",
        )
    table = _table(opened)
    return as_csv(table) if kind is Kind.CSV else as_xlsx(table)


def _entries(tx: Transaction, child: Child) -> tuple[Entry, ...]:
    """Return a child's entries as a chronology of this child may show them."""
    kinds = load_kinds()
    found = [each for each in tx.entries.of_child(child.id) if each.entered_in_error is None and each.kind in kinds]
    about = [
        about_one(as_seen(each, reached={child.id}, kind=kinds[each.kind]), child.id, kinds[each.kind])
        for each in found
    ]
    return tuple(sorted((each for each in about if each.kind != _ENTRY_KIND), key=in_time))


def _sources(session: Session, tx: Transaction, draft: Chronology, why: str) -> _Sources:
    child = reached(session, tx, draft.child, why)
    wanted = {pick.entry for pick in draft.picks}
    there = {each.id: each for each in _entries(tx, child) if each.id in wanted}
    kinds = load_kinds()
    names: dict[str, str] = {}
    for entry in there.values():
        names |= names_of(tx, entry, kinds.get(entry.kind))
    around = withholding.around(tx, child)
    records: tuple[Child | Person | Household, ...] = (*around.children, *around.people, *around.households)
    # Whoever of them it is for: what is withheld from any of them is in none of their copies.
    viewers = {who for record in records for _, who in marks(record)}
    # Nor do the names of those who told something in confidence stand there, whoever else wrote them down.
    tellers = names_of_tellers(tx.entries.of_child(child.id), around)
    return _Sources(
        child=child,
        entries=there,
        kinds=kinds,
        names=names,
        withheld=Withheld(secrets=(*withholding.hidden_from(session, around, viewers).secrets, *tellers)),
    )


def _laid_out(draft: Chronology, sources: _Sources) -> Layout:
    return lay_out(draft, sources.entries, sources.kinds, sources.names, sources.withheld)


def _frozen(session: Session, tx: Transaction, chronology_id: str, why: str) -> Chronology:
    found = tx.chronologies.get(chronology_id)
    reached(session, tx, found.child, why)
    if found.frozen is None:
        raise NotFound("This chronology is not frozen yet.", "Freeze it first.")
    return found


def _opened(tx: Transaction, found: Chronology) -> Opened:
    there = tx.entries.get_many(tuple(pick.entry for pick in found.picks))
    gone = {id_ for id_, entry in there.items() if entry.entered_in_error is not None}
    rows = found.frozen.rows if found.frozen is not None else ()
    corrected = {
        row.entry
        for row in rows
        if row.entry in there and row.entry not in gone and there[row.entry].revision != row.revision
    }
    return Opened(
        chronology=curated.without(found, gone), corrected=frozenset(corrected), intact=curated.is_intact(found)
    )


def _table(opened: Opened) -> Table:
    chronology, text = opened.chronology, opened.chronology.frozen
    if text is None:
        raise NotFound("This chronology is not frozen yet.", "Freeze it first.")
    frozen_on = day_words(text.at.astimezone(LONDON).date())
    gone = "Entered in error since: left out."
    blank = tuple(gone if code == "what" else "" for code in text.columns)
    return Table(
        title="Chronology",
        before=(
            f"Chronology of {text.child_name}, for {STYLES[chronology.style]}, version {chronology.version}",
            f"Frozen on {frozen_on} by {text.by_name}. Digest {text.sha256}",
        ),
        heads=text.heads,
        rows=tuple(row.cells or blank for row in text.rows),
        after=tuple(filter(None, (text.analysis and f"Analysis: {text.analysis}",))),
        made_at=text.at,
    )
