"""An assessment on its way between two practitioners' computers, and back.

What leaves is one assessment with its child and who is named in it. What comes in adds and merges, and overwrites
nothing: of every other record the one in this store stays.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.register import Allocation, Child
from gcp2_app.domain.users import Duty, Role
from gcp2_app.errors import BadFile, InvalidValue
from gcp2_app.exchange.casefile import CaseFile, Quarantined, Record, Section
from gcp2_app.exchange.casefile_links import links
from gcp2_app.exchange.casefile_reading import read_casefile
from gcp2_app.exchange.casefile_writing import write_casefile
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.incoming import read_start
from gcp2_app.services import backups, casefiles, merging, packs
from gcp2_app.services.session import Session
from gcp2_app.storage import parcel
from gcp2_app.storage.cost import Cost
from gcp2_app.storage.store import Transaction

#: What an exchange never changes in a store that has it.
_ONLY_ADDED: Final = (Section.PROFESSIONALS, Section.PEOPLE, Section.CHILDREN, Section.HOUSEHOLDS, Section.ENTRIES)
#: A mark of the order of bytes, and white space.
_BEFORE_JSON: Final = b"\xef\xbb\xbf \t\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One assessment of a file, and what becomes of it here.

    Attributes:
        new: it is not in this store yet.
    """

    met: merging.Meeting
    new: bool

    @property
    def changes(self) -> bool:
        """Whether anything is written."""
        return self.new or self.met.changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a file would do, before it does it.

    Attributes:
        digest: of the file that was looked at.
        child: whom it is about.
        child_new: the child is not in this store yet.
        coming: its assessments.
        added: how many other records are new here.
        kept: how many other records differ; this store's stay.
        quarantined: what cannot go in.
    """

    digest: str
    child: Child
    child_new: bool
    coming: tuple[Coming, ...]
    added: int
    kept: int
    quarantined: tuple[Quarantined, ...]

    @property
    def changes(self) -> bool:
        """Whether there is something to take in: names alone, beside an assessment that stays out, are not."""
        refused = any(each.met.refused for each in self.coming)
        return any(each.changes for each in self.coming) or (self.added > 0 and not refused)


def export(
    session: Session, assessment_id: str, *, recipient: str, reason: str, passphrase: str = "", cost: Cost = parcel.COST
) -> bytes:
    """Return one assessment with its child as a file for a colleague. The export is audited first.

    Args:
        session: who asks.
        assessment_id: which assessment.
        recipient: who it is for.
        reason: why it leaves the store.
        passphrase: protects the file; empty for a case file that anyone can read.
        cost: of a try at the passphrase.

    Raises:
        NotFound: no such assessment.
        NotAllowed: the user may not work on this case.
        InvalidValue: no recipient or no reason, or the passphrase is weak.
    """
    session.require(Duty.WORK_CASES)
    if not recipient.strip() or not reason.strip():
        raise InvalidValue("The export needs a recipient and a reason.", "Say who it is for, and why.")
    with session.store.transaction() as tx:
        assessment = tx.assessments.get(assessment_id)
        child = tx.children.get(assessment.child)
        session.require_reach(child)
        content = b"".join(write_casefile(_sections(tx, assessment, child), practice=session.store.practice))
        if passphrase:
            content = parcel.wrap(content, passphrase, cost=cost)
        tx.record(
            "assessment exported to a colleague",
            by=session.user.id,
            kind="assessment",
            id=assessment_id,
            fields=("protected by a passphrase" if passphrase else "not protected",),
            reason=f"{reason.strip()}; for {recipient.strip()}",
        )
    return content


def _sections(tx: Transaction, assessment: Assessment, child: Child) -> Mapping[Section, Iterable[Record]]:
    kinds = load_kinds()
    visits = {piece.visit for answer in assessment.units.values() for piece in answer.evidence if piece.visit}
    entries = tuple(
        casefiles.about_one(entry, child.id, kinds[entry.kind])
        for entry in tx.entries.of_child(child.id, kinds=("visit",))
        if entry.id in visits and not entry.entered_in_error
    )
    assessment = casefiles.without_siblings(assessment)
    records: list[Record] = [child, assessment, *entries]
    named = tuple(sorted({link.id for record in records for link in links(record, kinds)}))
    return {
        Section.PROFESSIONALS: tx.professionals.get_many(named).values(),
        Section.PEOPLE: tx.people.get_many(named).values(),
        Section.CHILDREN: (child,),
        Section.ENTRIES: entries,
        Section.ASSESSMENTS: (assessment,),
    }


def is_protected(path: Path) -> bool:
    """Whether a file asks for a passphrase.

    Raises:
        NotFound: no such file.
        BadFile: it cannot be read.
    """
    return parcel.is_wrapped(read_start(path, len(parcel.MAGIC)))


def preview(session: Session, path: Path, *, passphrase: str = "") -> Preview:
    """Return what a colleague's file would do here. Nothing is written.

    Raises:
        NotFound: no such file.
        BadFile: it cannot be read, or is about more than one child.
        WrongPassphrase: the passphrase does not open it.
        NotAllowed: the user may not work on this case.
    """
    session.require(Duty.WORK_CASES)
    raw = _read(path)
    with session.store.transaction() as tx:
        read = _opened(session, tx, raw, path, passphrase)
        return _previewed(session, tx, read, hashlib.sha256(raw).hexdigest())


def take_in(session: Session, path: Path, *, passphrase: str = "", digest: str) -> Preview:
    """Add and merge what a colleague's file holds; nothing here is overwritten. Audited.

    A practitioner whose store the child is new to is allocated to the child from today.

    Args:
        session: who takes it in.
        path: the file.
        passphrase: as for :func:`preview`.
        digest: what the preview said of the file.

    Raises:
        BadFile: as :func:`preview`, or it is another file than the one looked at.
        WrongPassphrase: the passphrase does not open it.
        NotAllowed: the user may not work on this case.
        StoreError: no backup could be made before it.
    """
    session.require(Duty.WORK_CASES)
    raw = _read(path)
    if hashlib.sha256(raw).hexdigest() != digest:
        raise BadFile(path.name, "", "it changed since it was looked at.", "Look at it again.")
    backups.make_before_import(session)
    with session.store.transaction() as tx:
        read = _opened(session, tx, raw, path, passphrase)
        done = _previewed(session, tx, read, digest)
        for section in _ONLY_ADDED:
            for record in read.section(section):
                _add(session, tx, section, record)
        for each in done.coming:
            if each.changes:
                merging.put_met(session, tx, each.met)
                casefiles.put_results(tx, each.met.value)
        tx.record(
            "colleague’s file taken in",
            by=session.user.id,
            kind="child",
            id=done.child.id,
            count=sum(each.changes for each in done.coming) + done.added,
        )
    return done


def _read(path: Path) -> bytes:
    raw = read_start(path, parcel.MAX_BYTES)
    if len(raw) > parcel.MAX_BYTES:
        raise BadFile(path.name, "", "it is larger than 64 MiB.", "Ask for fewer records at a time.")
    return raw


def _opened(session: Session, tx: Transaction, raw: bytes, path: Path, passphrase: str) -> CaseFile:
    content = parcel.unwrap(raw, passphrase, name=path.name) if parcel.is_wrapped(raw) else raw
    if not content.lstrip(_BEFORE_JSON).startswith(b"{"):
        what = "this is no copy of an assessment, or the file was cut off."
        raise BadFile(path.name, "", what, "Ask for the file again.")
    read = read_casefile(
        content,
        path.name,
        load_kinds(),
        today=session.today(),
        find_pack=lambda id_, version: packs.find(tx, id_, version),
        stored=lambda section, id_: casefiles.records_of(tx, section).find(id_),
        merges=tx.child_merges,
    )
    if len(read.children) != 1:
        what = "there is no child in it." if not read.children else "it is about more than one child."
        raise BadFile(path.name, "children", what, "Ask your colleague to export one assessment.")
    child = read.children[0]
    about = {child_id for entry in read.entries for child_id in entry.children}
    about |= {assessment.child for assessment in read.assessments}
    if about - {child.id}:
        raise BadFile(path.name, "children", "it is about more than one child.", "Ask for one assessment.")
    if read.practice and not session.store.practice:
        raise BadFile(path.name, "practice", "its people are for practice.", "Open a practice store for it.")
    stored = tx.children.find(child.id)
    if stored is not None:
        session.require_reach(stored)
    return read


def _previewed(session: Session, tx: Transaction, read: CaseFile, digest: str) -> Preview:
    coming = []
    for theirs in read.assessments:
        known = tx.assessments.find(theirs.id) is not None
        met = merging.meet(session, tx, theirs, workers=read.professionals)
        coming.append(Coming(met=met, new=not known))
    stored: list[tuple[Any, Record]] = [
        (casefiles.records_of(tx, section).find(record.id), record)
        for section in _ONLY_ADDED
        for record in read.section(section)
    ]
    child = read.children[0]
    here = tx.children.find(child.id)
    return Preview(
        digest=digest,
        child=here or child,
        child_new=here is None,
        coming=tuple(coming),
        added=sum(known is None for known, _ in stored),
        kept=sum(known is not None and not _says_the_same(known, record) for known, record in stored),
        quarantined=read.quarantined,
    )


def _says_the_same(known: Any, record: Record) -> bool:
    """Whether a record is the stored one: who is allocated is each store's own, and differs with every exchange."""
    if isinstance(record, Child) and isinstance(known, Child):
        record = replace(record, allocated=known.allocated)
    return bool(known == record)


def _add(session: Session, tx: Transaction, section: Section, record: Record) -> None:
    records = casefiles.records_of(tx, section)
    if records.find(record.id) is not None:
        return
    if (
        isinstance(record, Child)
        and Role.PRACTITIONER in session.user.roles
        and session.professional.id not in {each.professional for each in record.allocated}
    ):
        mine = Allocation(
            professional=session.professional.id,
            role=session.professional.role.replace(" ", "_").casefold(),
            from_=session.today(),
            confirmed_on=session.today(),
        )
        record = replace(record, allocated=(*record.allocated, mine))
    records.put(record, by=session.user.id, reason="from a colleague’s file")
