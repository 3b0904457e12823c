"""Which ids a record points at, and what happens when nothing is there.

A link that holds the record together (an assessment's child, a child's carer) must lead somewhere. Others name a worker
or a piece of evidence: a part of a store may be sent without them, so a loose end there is marked only.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from gcp2_app.domain.answers import UnitAnswer
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.child_merges import ChildMerge
from gcp2_app.domain.chronologies import Chronology
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.kinds import EntryKind, RecordKind, references
from gcp2_app.domain.learning import ReadReceipt
from gcp2_app.domain.register import Child, Household, Person
from gcp2_app.domain.supervision import Supervision
from gcp2_app.exchange.casefile import Record, Section


@dataclass(frozen=True, slots=True)
class Link:
    """One id that a record holds.

    Attributes:
        place: key path inside the record.
        sections: where the id may stand; the first that has it counts.
        id: the id.
        needed: whether the record stays out when nothing is there.
    """

    place: str
    sections: tuple[Section, ...]
    id: str
    needed: bool


#: What was seen of a medicine is kept, whether or not the medicine itself is an entry here: others give its name.
_MAY_BE_NAMED = frozenset({("teach_back", "data.medicine")})
_WORKERS = (Section.PROFESSIONALS,)
_ADULTS = (Section.PEOPLE,)
_CHILDREN = (Section.CHILDREN,)
_FAMILY = (Section.CHILDREN, Section.PEOPLE)
_ANYONE = (Section.PEOPLE, Section.CHILDREN, Section.PROFESSIONALS)

_OF: Mapping[RecordKind, tuple[Section, ...]] = {
    RecordKind.PROFESSIONAL: _WORKERS,
    RecordKind.PERSON: _ADULTS,
    RecordKind.CHILD: _CHILDREN,
    RecordKind.ASSESSMENT: (Section.ASSESSMENTS,),
    RecordKind.ENTRY: (Section.ENTRIES,),
}


def links(record: Record, kinds: Mapping[str, EntryKind]) -> Iterator[Link]:
    """Yield every link of a record that has passed its own checks."""
    if isinstance(record, Person):
        yield from _loose("withheld_from", _ANYONE, record.withheld_from)
    elif isinstance(record, Household):
        yield from _household(record)
    elif isinstance(record, Child):
        yield from _child(record)
    elif isinstance(record, Assessment):
        yield from _assessment(record)
    elif isinstance(record, Entry):
        yield from _entry(record, kinds)
    elif isinstance(record, ReadReceipt):
        yield Link("person", _WORKERS, record.person, needed=True)
    elif isinstance(record, Chronology):
        yield from _chronology(record)
    elif isinstance(record, Supervision):
        yield Link("child", _CHILDREN, record.child, needed=True)
        yield from _loose_one("by", _WORKERS, record.by)
        yield from _loose_one("worker", _WORKERS, record.worker)
    elif isinstance(record, ChildMerge):
        yield from _merge(record, kinds)


def _loose(place: str, sections: tuple[Section, ...], ids: Iterable[str | None]) -> Iterator[Link]:
    for i, id_ in enumerate(ids):
        if id_:
            yield Link(f"{place}[{i}]", sections, id_, needed=False)


def _loose_one(place: str, sections: tuple[Section, ...], id_: str | None) -> Iterator[Link]:
    if id_:
        yield Link(place, sections, id_, needed=False)


def _household(household: Household) -> Iterator[Link]:
    for i, member in enumerate(household.members):
        yield Link(f"members[{i}].who", _FAMILY, member.who, needed=True)
    for i, address in enumerate(household.addresses):
        yield from _loose(f"addresses[{i}].withheld_from", _ANYONE, address.withheld_from)


def _child(child: Child) -> Iterator[Link]:
    for i, carer in enumerate(child.carers):
        yield Link(f"carers[{i}].person", _ADULTS, carer.person, needed=True)
    for i, allocation in enumerate(child.allocated):
        yield from _loose_one(f"allocated[{i}].professional", _WORKERS, allocation.professional)
    for key in ("school_withheld_from", "gp_withheld_from", "name_withheld_from"):
        yield from _loose(key, _ANYONE, getattr(child, key))


def _assessment(assessment: Assessment) -> Iterator[Link]:
    yield Link("child", _CHILDREN, assessment.child, needed=True)
    for i, carer in enumerate(assessment.carers):
        yield Link(f"carers[{i}]", _ADULTS, carer, needed=True)
    yield from _loose("assessors", _WORKERS, assessment.assessors)
    yield from _loose_one("signed_off_by", _WORKERS, assessment.signed_off_by)
    yield from _loose_one("corrects", (Section.ASSESSMENTS,), assessment.corrects)
    if assessment.explained:
        for i, consent in enumerate(assessment.explained.carers):
            yield from _loose_one(f"explained.carers[{i}].person", _ADULTS, consent.person)
    for i, held in enumerate(assessment.held_back):
        yield from _loose_one(f"held_back[{i}].person", _ADULTS, held.person)
    for i, opening in enumerate(assessment.openings):
        yield from _loose_one(f"openings[{i}].by", _WORKERS, opening.by)
    for i, sharing in enumerate(assessment.sharings):
        yield from _loose(f"sharings[{i}].present", _ANYONE, sharing.present)
        yield from _loose_one(f"sharings[{i}].by", _WORKERS, sharing.by)
    for i, step in enumerate(assessment.steps):
        yield from _loose_one(f"steps[{i}].by", _WORKERS, step.by)
    for code, answer in assessment.units.items():
        yield from _answer(f"units.{code}", answer)


def _answer(place: str, answer: UnitAnswer) -> Iterator[Link]:
    for i, given in enumerate(answer.grades):
        yield from _loose_one(f"{place}.grades[{i}].by", _WORKERS, given.by)
    for i, evidence in enumerate(answer.evidence):
        yield from _loose_one(f"{place}.evidence[{i}].by", _WORKERS, evidence.by)
        yield from _loose_one(f"{place}.evidence[{i}].visit", (Section.ENTRIES,), evidence.visit)
    if answer.proposed is not None:
        yield from _loose_one(f"{place}.proposed.by", _WORKERS, answer.proposed.by)
        yield from _loose_one(f"{place}.proposed.child", _CHILDREN, answer.proposed.child)
        yield from _loose_one(f"{place}.proposed.assessment", (Section.ASSESSMENTS,), answer.proposed.assessment)


def _chronology(chronology: Chronology) -> Iterator[Link]:
    yield Link("child", _CHILDREN, chronology.child, needed=True)
    for i, pick in enumerate(chronology.picks):
        yield from _loose_one(f"picks[{i}].entry", (Section.ENTRIES,), pick.entry)
    if chronology.frozen:
        yield from _loose_one("frozen.by", _WORKERS, chronology.frozen.by)
        yield from _loose_one("frozen.entry", (Section.ENTRIES,), chronology.frozen.entry)


def _merge(merge: ChildMerge, kinds: Mapping[str, EntryKind]) -> Iterator[Link]:
    yield Link("child", _CHILDREN, merge.child, needed=True)
    yield from _loose_one("by", _WORKERS, merge.by)
    # What it holds is not shown before it is undone: no loose end in it keeps it out.
    held: dict[str, Record] = {"absorbed": merge.absorbed, "before": merge.before}
    held |= {f"entries_before[{i}]": each for i, each in enumerate(merge.entries_before)}
    held |= {f"households_before[{i}]": each for i, each in enumerate(merge.households_before)}
    for place, record in held.items():
        for link in links(record, kinds):
            yield replace(link, place=f"{place}.{link.place}", needed=False)


def _entry(entry: Entry, kinds: Mapping[str, EntryKind]) -> Iterator[Link]:
    for i, child in enumerate(entry.children):
        yield Link(f"children[{i}]", _CHILDREN, child, needed=True)
    for child in entry.relevance:
        yield from _loose_one(f"relevance.{child}", _CHILDREN, child)
    yield from _loose_one("recorded_by", _WORKERS, entry.recorded_by)
    yield from _loose("withheld_from", _ANYONE, entry.withheld_from)
    if entry.provenance:
        yield from _loose_one("provenance.by", _WORKERS, entry.provenance.by)
    if entry.entered_in_error:
        yield from _loose_one("entered_in_error.by", _WORKERS, entry.entered_in_error.by)
    for reference in references(kinds[entry.kind], entry.data):
        needed = reference.of is not RecordKind.PROFESSIONAL and (entry.kind, reference.place) not in _MAY_BE_NAMED
        yield Link(reference.place, _OF[reference.of], reference.id, needed=needed)
