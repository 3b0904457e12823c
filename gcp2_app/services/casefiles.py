"""Case files in and out of a store, and the practice family."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from gcp2_app.domain import visits
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.child_merges import ChildMerge
from gcp2_app.domain.chronologies import Chronology, without
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.kinds import EntryKind, ItemType, RecordKind
from gcp2_app.domain.learning import ReadReceipt
from gcp2_app.domain.register import Child, Household, Professional
from gcp2_app.domain.scoring import can_be_scored, score_assessment
from gcp2_app.domain.supervision import Supervision
from gcp2_app.domain.users import Duty
from gcp2_app.errors import BadFile, NotAllowed
from gcp2_app.exchange.casefile import CaseFile, Mark, Quarantined, Record, Section
from gcp2_app.exchange.casefile_links import links
from gcp2_app.exchange.casefile_reading import load_casefile
from gcp2_app.exchange.casefile_writing import write_casefile
from gcp2_app.exchange.shift import moved, weeks_to
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.paths import data_folder
from gcp2_app.services import backups, merging, packs, withholding_waits
from gcp2_app.services.session import Session
from gcp2_app.storage.records import Records
from gcp2_app.storage.search import children_among, households_of, same_children
from gcp2_app.storage.store import Transaction

_WAITS: Final = (
    "this would let somebody see again what is withheld from them: it stays withheld, and waits for a second person."
)


class NothingWentIn(BadFile):
    """Every record of a case file was left out.

    Attributes:
        quarantined: each with its place and reason.
    """

    def __init__(self, path: Path, quarantined: tuple[Quarantined, ...]) -> None:
        first, others = quarantined[0], len(quarantined) - 1
        more = f" (the first of {others + 1} problems)" if others else ""
        super().__init__(
            path.name, first.path, f"{first.reason}{more}", "Nothing went in: mend the file and try again."
        )
        self.quarantined = quarantined


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did.

    Attributes:
        added, revised, unchanged: how many records, by section.
        quarantined: what stayed out, each with its place and reason.
        marks: what went in and looks odd.
        practice: the file says its people are synthetic.
    """

    added: Mapping[str, int]
    revised: Mapping[str, int]
    unchanged: Mapping[str, int]
    quarantined: tuple[Quarantined, ...]
    marks: tuple[Mark, ...]
    practice: bool

    @property
    def taken(self) -> int:
        """How many records are in the store after it."""
        return sum(sum(counts.values()) for counts in (self.added, self.revised, self.unchanged))


def import_(session: Session, path: Path) -> Imported:
    """Take a case file into the store: what is new goes in, what differs becomes a new revision.

    An assessment that people of this store work on together with others is merged; see
    :mod:`gcp2_app.services.merging`.

    Raises:
        BadFile: the file is refused as a whole.
        NothingWentIn: every record of it was left out.
        NotAllowed: the user may not work on cases.
        StoreError: no backup could be made before it.
    """
    session.require(Duty.WORK_CASES)
    backups.make_before_import(session)
    with session.store.transaction() as tx:
        read = load_casefile(
            path,
            load_kinds(),
            today=session.today(),
            find_pack=lambda id_, version: packs.find(tx, id_, version),
            stored=lambda section, id_: records_of(tx, section).find(id_),
            alike=lambda child: same_children(tx, child),
            merges=tx.child_merges,
        )
        imported = _take_in(session, tx, read)
        if imported.quarantined and not imported.taken:
            raise NothingWentIn(path, imported.quarantined)
        tx.record(
            "case file imported",
            by=session.user.id,
            kind="case file",
            count=imported.taken,
            fields=tuple(f"{section}: {count}" for section, count in sorted(imported.added.items())),
        )
    return imported


def load_practice_family(session: Session) -> Imported:
    """Put the practice family into a practice store, moved so that its last entry falls in the last seven days.

    Raises:
        NotAllowed: this is no practice store, or the user may not work on cases.
    """
    if not session.store.practice:
        raise NotAllowed("This store is for real children.", "Open or make a practice store for the practice family.")
    session.require(Duty.WORK_CASES)
    read = _practice_family(session.today())
    with session.store.transaction() as tx:
        if tx.children.count():
            raise NotAllowed("There are children in this practice store already.", "Make a new practice store.")
        imported = _take_in(session, tx, read)
        tx.record("practice family loaded", by=session.user.id, kind="case file", count=imported.taken)
    return imported


def practice_children(today: date) -> tuple[str, ...]:
    """Return ids of the children of the practice family, the eldest first."""
    children = _practice_family(today).children
    return tuple(child.id for child in sorted(children, key=lambda child: (child.born or today, child.id)))


def _practice_family(today: date) -> CaseFile:
    kinds = load_kinds()
    read = load_casefile(data_folder("resources") / "practice-family.json", kinds, today=today)
    return moved(read, kinds, weeks_to(read, today))


def _take_in(session: Session, tx: Transaction, read: CaseFile) -> Imported:
    added: Counter[str] = Counter()
    revised: Counter[str] = Counter()
    unchanged: Counter[str] = Counter()
    refused: list[Quarantined] = []
    waiting: list[Mark] = []
    for section, record in read.records():
        if isinstance(record, Assessment):
            met = merging.on_import(session, tx, record)
            if met.refused:
                refused.append(Quarantined(section.value, record.id, met.refused))
                continue
            change = merging.put_met(session, tx, met)
            if change.fields:
                put_results(tx, met.value)
        else:
            records = records_of(tx, section)
            if not isinstance(record, Professional | ReadReceipt | Chronology | Supervision | ChildMerge):
                record, waits = withholding_waits.on_import(session, tx, record)  # noqa: PLW2901 - with its marks
                waiting.extend([Mark(section.value, record.id, _WAITS)] if waits else [])
            change = records.put(
                _to_put(records, record),
                by=session.user.id,
                reason=merging.IMPORTED,
            )
            if isinstance(record, Entry) and record.entered_in_error is not None:
                tx.child_merges.forget_entry(record.children, record.id)
        counts = added if change.new else revised if change.fields else unchanged
        counts[section.value] += 1
    for assessment in _rescored(tx, read.children):
        put_results(tx, assessment)
    return Imported(
        added=added,
        revised=revised,
        unchanged=unchanged,
        quarantined=(*read.quarantined, *refused),
        marks=(*read.marks, *waiting, *_practice_mark(session, read)),
        practice=read.practice,
    )


def _practice_mark(session: Session, read: CaseFile) -> Iterator[Mark]:
    if read.practice and not session.store.practice:
        yield Mark("practice", "", "the people of this file are made up, and this store is for real children.")


def _to_put(records: Records[Any], record: Record) -> Record:
    if isinstance(record, Entry):
        return _next_revision(records, record)
    if isinstance(record, ChildMerge):
        held: ChildMerge | None = records.find(record.id)
        # Both hold the same two records; what was entered in error since is in neither.
        return record if held is None else held
    if isinstance(record, Chronology):
        stored: Chronology | None = records.find(record.id)
        # The same one, though it may come without rows that left the other store; that it is the same was checked.
        return stored if stored is not None and stored.frozen is not None else record
    return record


def _next_revision(records: Records[Any], entry: Entry) -> Entry:
    """An entry that says something else than the stored one is its next revision; the same again is the stored one."""
    stored: Entry | None = records.find(entry.id)
    if stored is None:
        return entry
    same = replace(entry, revision=stored.revision, revision_reason=stored.revision_reason)
    if same == stored:
        return stored
    return replace(entry, revision=max(stored.revision + 1, entry.revision))


def _rescored(tx: Transaction, children: Iterable[Child]) -> Iterator[Assessment]:
    """Yield assessments whose results hang on a child's date of birth that came in with the file."""
    for child in children:
        yield from tx.assessments.of_child(child.id)


def put_results(tx: Transaction, assessment: Assessment) -> None:
    """Store what an assessment comes to, where its age band is known."""
    pack: Pack = packs.of(tx, assessment)
    born = tx.children.get(assessment.child).born
    if can_be_scored(pack, assessment, born):
        tx.put_results(assessment, score_assessment(pack, assessment, born), pack)


def records_of(tx: Transaction, section: Section) -> Records[Any]:
    """Return the store's records of a section."""
    records: Mapping[Section, Records[Any]] = {
        Section.PROFESSIONALS: tx.professionals,
        Section.PEOPLE: tx.people,
        Section.CHILDREN: tx.children,
        Section.HOUSEHOLDS: tx.households,
        Section.ENTRIES: tx.entries,
        Section.ASSESSMENTS: tx.assessments,
        Section.READ_RECEIPTS: tx.read_receipts,
        Section.CHRONOLOGIES: tx.chronologies,
        Section.SUPERVISIONS: tx.supervisions,
        Section.MERGES: tx.child_merges,
    }
    return records[section]


def export(session: Session, child_id: str | None = None, *, recipient: str, reason: str) -> Iterator[bytes]:
    """Yield a case file of the whole store, or of one child.

    One child's file names no other child: households and entries keep only this child among their children. The export
    is in the audit trail before its first byte leaves, so that one that breaks off is there too.

    Raises:
        NotAllowed: the user may not read the case; the whole store needs every case.
        NotFound: no such child.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        if child_id is None:
            if session.reaches_through is not None:
                raise NotAllowed("Your sign-in does not reach every child.", "Export one child at a time.")
        else:
            session.require_reach(tx.children.get(child_id))
        tx.record(
            "case file exported",
            by=session.user.id,
            kind="child" if child_id else "store",
            id=child_id or session.store.id,
            reason="; ".join(part for part in (reason, recipient and f"for {recipient}") if part),
        )
    with session.store.transaction() as tx:
        sections = _everything(tx) if child_id is None else _one_child(tx, tx.children.get(child_id))
        yield from write_casefile(sections)


def _everything(tx: Transaction) -> Mapping[Section, Iterable[Record]]:
    # A user's own professional record belongs to the store, unless the case names it.
    users = {user.professional for user in tx.users.all()}
    kinds = load_kinds()
    named: set[str] = set()
    if users:
        for section in (
            Section.CHILDREN,
            Section.ASSESSMENTS,
            Section.ENTRIES,
            Section.READ_RECEIPTS,
            Section.CHRONOLOGIES,
            Section.SUPERVISIONS,
            Section.MERGES,
        ):
            for record in records_of(tx, section).all():
                named.update(link.id for link in links(record, kinds) if link.id in users)
    left_out = users - named
    sections: dict[Section, Iterable[Record]] = {section: records_of(tx, section).all() for section in Section}
    sections[Section.PROFESSIONALS] = (each for each in tx.professionals.all() if each.id not in left_out)
    sections[Section.CHRONOLOGIES] = (_as_it_may_leave(tx, each) for each in tx.chronologies.all())
    return sections


def _one_child(tx: Transaction, child: Child) -> Mapping[Section, Iterable[Record]]:
    kinds = load_kinds()
    households = [tx.households.get(id_) for id_ in households_of(tx, child.id)]
    members = {member.who for household in households for member in household.members}
    others = children_among(tx, members) - {child.id}
    everything = [about_one(entry, child.id, kinds[entry.kind]) for entry in tx.entries.of_child(child.id)]
    entries = [entry for entry in everything if entry.entered_in_error is None]
    assessments = tuple(without_siblings(each) for each in tx.assessments.of_child(child.id))
    chronologies = tuple(_as_it_may_leave(tx, each) for each in tx.chronologies.of_child(child.id))
    supervisions = tx.supervisions.of_child(child.id)
    merges = tuple(_merge_of_one(tx, each) for each in reversed(tx.child_merges.into(child.id)))
    records: list[Record] = [child, *assessments, *entries, *chronologies, *supervisions, *merges]
    named = {link.id for record in records for link in links(record, kinds)} | members
    # What was entered in error leaves with nobody; only what others point at stays, so that they stay whole.
    entries += [entry for entry in everything if entry.entered_in_error is not None and entry.id in named]
    return {
        Section.PROFESSIONALS: (each for each in tx.professionals.all() if each.id in named),
        Section.PEOPLE: (each for each in tx.people.all() if each.id in named),
        Section.CHILDREN: (child,),
        Section.HOUSEHOLDS: tuple(_without(household, others) for household in households),
        Section.ENTRIES: entries,
        Section.ASSESSMENTS: assessments,
        Section.CHRONOLOGIES: chronologies,
        Section.SUPERVISIONS: supervisions,
        Section.MERGES: merges,
    }


def _merge_of_one(tx: Transaction, merge: ChildMerge) -> ChildMerge:
    """Return a merge that names no other child than its two records."""
    mine = {merge.child, merge.absorbed.id}
    others = children_among(tx, {one.who for home in merge.households_before for one in home.members}) - mine
    return replace(
        merge,
        entries_before=tuple(each for each in merge.entries_before if set(each.children) == mine),
        households_before=tuple(_without(each, others) for each in merge.households_before),
    )


def _as_it_may_leave(tx: Transaction, chronology: Chronology) -> Chronology:
    """Return a chronology without what it says of entries that were entered in error since."""
    found = tx.entries.get_many(tuple(pick.entry for pick in chronology.picks))
    return without(chronology, {id_ for id_, entry in found.items() if entry.entered_in_error is not None})


def _without(household: Household, others: set[str]) -> Household:
    kept = tuple(member for member in household.members if member.who not in others)
    return replace(household, members=kept)


def without_siblings(assessment: Assessment) -> Assessment:
    """Return an assessment in which grades offered from a sibling's do not say whose."""
    units = {
        code: answer
        if answer.proposed is None
        else replace(answer, proposed=replace(answer.proposed, child=None, assessment=None))
        for code, answer in assessment.units.items()
    }
    return replace(assessment, units=units)


def about_one(entry: Entry, child: str, kind: EntryKind) -> Entry:
    """Return an entry as one child's: what it says of each child is left to that child."""
    if entry.kind == visits.KIND:
        entry = visits.about_child(entry, child)
    per_child = {item.name for item in kind.items if item.type is ItemType.MAP and item.of is RecordKind.CHILD}
    data = {
        name: {id_: text for id_, text in value.items() if id_ == child} if name in per_child else value
        for name, value in entry.data.items()
    }
    relevance = {id_: text for id_, text in entry.relevance.items() if id_ == child}
    return replace(entry, children=(child,), relevance=relevance, data=data)
