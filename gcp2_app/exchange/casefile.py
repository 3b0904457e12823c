"""The case file as a value: its sections, its records, and what was left out or marked on the way in.

Reading is in :mod:`gcp2_app.exchange.casefile_reading`, writing in :mod:`gcp2_app.exchange.casefile_writing`. Knows no
store: what is already stored is asked for by a function that the caller gives.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.child_merges import ChildMerge
from gcp2_app.domain.chronologies import Chronology, digest_of
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.learning import ReadReceipt
from gcp2_app.domain.register import Child, Household, Person, Professional
from gcp2_app.domain.supervision import Supervision

FORMAT: Final = "gcp2-casefile"
VERSION: Final = 1

#: Any record of a case file.
Record = (
    Professional | Person | Household | Child | Assessment | Entry | ReadReceipt | Chronology | Supervision | ChildMerge
)


class Section(StrEnum):
    """One list of records in the file, in the order in which they are written and stored."""

    PROFESSIONALS = "professionals"
    PEOPLE = "people"
    CHILDREN = "children"
    HOUSEHOLDS = "households"
    ENTRIES = "entries"
    ASSESSMENTS = "assessments"
    READ_RECEIPTS = "read_receipts"
    CHRONOLOGIES = "chronologies"
    SUPERVISIONS = "supervisions"
    MERGES = "merges"


RECORD_TYPES: Final[Mapping[Section, type[Record]]] = {
    Section.PROFESSIONALS: Professional,
    Section.PEOPLE: Person,
    Section.CHILDREN: Child,
    Section.HOUSEHOLDS: Household,
    Section.ENTRIES: Entry,
    Section.ASSESSMENTS: Assessment,
    Section.READ_RECEIPTS: ReadReceipt,
    Section.CHRONOLOGIES: Chronology,
    Section.SUPERVISIONS: Supervision,
    Section.MERGES: ChildMerge,
}

_OF_A_CHILD: Final[Mapping[type[Record], str]] = {Assessment: "an assessment", Supervision: "a supervision"}

#: Answers with the stored record of a section and id, or None.
Stored = Callable[[Section, str], Record | None]


def nothing_stored(_section: Section, _id: str) -> None:
    """Answer for an empty store."""
    return


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A record that stays out.

    Attributes:
        path: its place in the file, such as ``entries[3].data.type``.
        id: its id, or empty where it has none.
        reason: a plain sentence.
    """

    path: str
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Something odd in a record that went in all the same: wrong data still has to be recordable.

    Attributes:
        path: the place in the file.
        id: the record's id.
        note: a plain sentence.
    """

    path: str
    id: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """Any part of a store as one document.

    Attributes:
        practice: its people are synthetic, and it may go into a practice store only with that in mind.
        quarantined: what stayed out when it was read.
        marks: what went in with a mark.
    """

    practice: bool = False
    professionals: tuple[Professional, ...] = ()
    people: tuple[Person, ...] = ()
    children: tuple[Child, ...] = ()
    households: tuple[Household, ...] = ()
    entries: tuple[Entry, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    read_receipts: tuple[ReadReceipt, ...] = ()
    chronologies: tuple[Chronology, ...] = ()
    supervisions: tuple[Supervision, ...] = ()
    merges: tuple[ChildMerge, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    marks: tuple[Mark, ...] = ()

    def records(self) -> Iterator[tuple[Section, Record]]:
        """Yield every record with its section, in the order of the sections."""
        for section in Section:
            for record in self.section(section):
                yield section, record

    def section(self, section: Section) -> tuple[Record, ...]:
        """Return the records of one section."""
        records: tuple[Record, ...] = getattr(self, section.value)
        return records

    @property
    def count(self) -> int:
        """How many records there are."""
        return sum(len(self.section(section)) for section in Section)


def clash(existing: Record, incoming: Record) -> str:
    """Return why a record cannot be a new revision of the stored one with the same id, or an empty text.

    A child's record clashes where name *and* date of birth are others; an entry's or assessment's where it belongs to
    another child, or to another kind; a read receipt's where it is another person's or about another row; a frozen
    chronology's where its text is another; a merge's where it is of other records. What is empty on one side
    is not another.
    """
    clashes = next((find for kind, find in _CLASHES if isinstance(existing, kind) and isinstance(incoming, kind)), None)
    return clashes(existing, incoming) if clashes is not None else ""


def _child_clash(existing: Child, incoming: Child) -> str:
    if _another(existing.name.casefold(), incoming.name.casefold()) and _another(existing.born, incoming.born):
        return "the store holds a child of this id with another name and date of birth."
    return ""


def _owned_clash(existing: Assessment | Supervision, incoming: Assessment | Supervision) -> str:
    if existing.child != incoming.child:
        return f"the store holds {_OF_A_CHILD[type(existing)]} of this id of another child."
    return ""


def _receipt_clash(existing: ReadReceipt, incoming: ReadReceipt) -> str:
    if (existing.person, existing.row) != (incoming.person, incoming.row):
        return "the store holds a read receipt of this id of another person or row."
    return ""


def _merge_clash(existing: ChildMerge, incoming: ChildMerge) -> str:
    if (existing.child, existing.absorbed.id) != (incoming.child, incoming.absorbed.id):
        return "the store holds a merge of this id of other records."
    return ""


def _entry_clash(existing: Entry, incoming: Entry) -> str:
    if existing.kind != incoming.kind:
        return "the store holds an entry of this id of another kind."
    if existing.children and incoming.children and not set(existing.children) & set(incoming.children):
        return "the store holds an entry of this id about another child."
    return ""


def _chronology_clash(existing: Chronology, incoming: Chronology) -> str:
    if existing.child != incoming.child or existing.style is not incoming.style:
        return "the store holds a chronology of this id of another child or style."
    if existing.frozen is not None and digest_of(existing) != digest_of(incoming):
        return "the store holds this chronology frozen, and a frozen one never changes."
    return ""


def _another(before: object, after: object) -> bool:
    return bool(before) and bool(after) and before != after


_CLASHES: Final[tuple[tuple[type[Record], Callable[[Any, Any], str]], ...]] = (
    (Child, _child_clash),
    (Entry, _entry_clash),
    (Assessment, _owned_clash),
    (Supervision, _owned_clash),
    (Chronology, _chronology_clash),
    (ReadReceipt, _receipt_clash),
    (ChildMerge, _merge_clash),
)
