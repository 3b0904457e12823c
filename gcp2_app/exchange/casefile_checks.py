"""What is wrong or odd in one record of a case file, beyond the shape of its keys.

A *refusal* keeps the record out. A *mark* does not: integrity rules mark, never refuse. Knows kinds and packs; looks at
one record at a time.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from gcp2_app.domain.assessment import Assessment, AssessmentState, OpenedBy
from gcp2_app.domain.child_merges import MARKED, ChildMerge
from gcp2_app.domain.chronologies import Chronology, is_intact
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.grading import check_grade, check_unit_answer
from gcp2_app.domain.instrument import Pack, Subarea, Unit
from gcp2_app.domain.kinds import MAX_ID, EntryKind, check_data
from gcp2_app.domain.learning import ROW_CODES, ReadReceipt
from gcp2_app.domain.numbers import nhs_number_holds
from gcp2_app.domain.register import Child, Household, Person
from gcp2_app.domain.supervision import Supervision
from gcp2_app.errors import AppError, InvalidValue
from gcp2_app.exchange.casefile import Record

#: Answers with the pack of an id and version; raises an AppError where there is none.
FindPack = Callable[[str, str], Pack]

#: Keys of any entry that ``not_known`` may name besides the items of its kind.
ENTRY_NOT_KNOWN: Final = frozenset({"when", "known", "source", "what"})

#: No chart has room for windows of other centuries, and the calendar ends near them.
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a record.

    Attributes:
        place: key path inside the record.
        sentence: what it is.
        refuses: whether the record stays out.
    """

    place: str
    sentence: str
    refuses: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What records are checked against.

    Attributes:
        kinds: every kind of entry by its code.
        find_pack: answers with a pack.
        today: the day in Europe/London.
    """

    kinds: Mapping[str, EntryKind]
    find_pack: FindPack
    today: date

    def findings(self, record: Record) -> Iterator[Finding]:
        """Yield what is wrong or odd in a record."""
        if len(record.id) > MAX_ID or not record.id:
            yield _refusal("id", f"an id has 1 to {MAX_ID} characters.")
        if isinstance(record, Child | Person) and record.date_of_birth and record.date_of_birth > self.today:
            yield _refusal("date_of_birth", "this date of birth is in the future.")
        if isinstance(record, Child):
            yield from _child(record)
        elif isinstance(record, Household):
            yield from _household(record)
        elif isinstance(record, Entry):
            yield from _entry(record, self.kinds)
        elif isinstance(record, Chronology):
            yield from _chronology(record)
        elif isinstance(record, Assessment):
            yield from _assessment(record, self.find_pack)
        elif isinstance(record, ChildMerge):
            yield from _merge(record, self.kinds)
        elif isinstance(record, ReadReceipt | Supervision):
            yield from _dated(record, self.today)


def _refusal(place: str, sentence: str) -> Finding:
    return Finding(place, sentence, refuses=True)


def _mark(place: str, sentence: str) -> Finding:
    return Finding(place, sentence, refuses=False)


def _dated(record: ReadReceipt | Supervision, today: date) -> Iterator[Finding]:
    if isinstance(record, ReadReceipt) and record.row not in ROW_CODES:
        yield _refusal("row", "there is no such row of the learning review.")
    if record.on > today:
        what = "this was read" if isinstance(record, ReadReceipt) else "this supervision was held"
        yield _mark("on", f"{what} on a day that has not come.")


def _child(child: Child) -> Iterator[Finding]:
    if child.nhs_number and not nhs_number_holds(child.nhs_number):
        yield _mark("nhs_number", "this NHS number does not pass its check.")
    yield from _spans("statuses", [(status.from_, status.to) for status in child.statuses])
    yield from _spans("allocated", [(allocation.from_, allocation.to) for allocation in child.allocated])


def _household(household: Household) -> Iterator[Finding]:
    yield from _spans("members", [(member.from_, member.to) for member in household.members])
    yield from _spans("addresses", [(address.from_, address.to) for address in household.addresses])


def _spans(place: str, spans: list[tuple[date | None, date | None]]) -> Iterator[Finding]:
    for i, (first, last) in enumerate(spans):
        if first and last and last < first:
            yield _mark(f"{place}[{i}].to", "this ends before it begins.")


def _entry(entry: Entry, kinds: Mapping[str, EntryKind]) -> Iterator[Finding]:
    kind = kinds.get(entry.kind)
    if kind is None:
        yield _refusal("kind", "there is no such kind of entry.")
        return
    if not entry.children and not kind.children_may_be_empty:
        yield _refusal("children", "an entry of this kind names at least one child.")
    names = {item.name for item in kind.items} | ENTRY_NOT_KNOWN
    for name in entry.not_known:
        if name not in names:
            yield _refusal(f"not_known.{name}", "this key is not known here.")
    try:
        has_agency = entry.source is not None and entry.source.agency is not None
        check_data(kind, entry.data, not_known=entry.not_known, has_source_agency=has_agency)
    except InvalidValue as error:
        place, _, sentence = str(error).partition(": ")
        yield _refusal(place, sentence)
    if entry.revision < 1:
        yield _refusal("revision", "revisions count from 1.")


def _chronology(chronology: Chronology) -> Iterator[Finding]:
    text = chronology.frozen
    if text is None:
        if chronology.version:
            yield _refusal("version", "only a frozen chronology has a version.")
        return
    if chronology.version < 1:
        yield _refusal("version", "versions count from 1.")
    if len(text.heads) != len(text.columns) or any(len(row.cells) not in (0, len(text.columns)) for row in text.rows):
        yield _refusal("frozen.rows", "a row has a cell for each column.")
    if not is_intact(chronology):
        yield _mark("frozen.sha256", "this does not say what it said when it was frozen.")


def _merge(merge: ChildMerge, kinds: Mapping[str, EntryKind]) -> Iterator[Finding]:
    absorbed, before, after = merge.absorbed, merge.before, merge.after
    if not 0 < len(absorbed.id) <= MAX_ID or absorbed.id == merge.child:
        yield _refusal("absorbed.id", "this is no other record of the child.")
    for key, child in (("before", before), ("after", after)):
        if child.id != merge.child:
            yield _refusal(f"{key}.id", "this is not the record that stands.")
    for name in MARKED:
        if not {*getattr(before, name), *getattr(absorbed, name)} <= set(getattr(after, name)):
            yield _refusal(f"after.{name}", "it would withhold less than the two records did.")
    if (before.restricted or absorbed.restricted) and not after.restricted:
        yield _refusal("after.restricted", "one of the two records was restricted.")
    for i, entry in enumerate(merge.entries_before):
        yield from (replace(each, place=f"entries_before[{i}].{each.place}") for each in _entry(entry, kinds))
    owners = [each.child for each in merge.chronologies_before if each.frozen is None]
    if owners != [merge.child, absorbed.id] * (len(merge.chronologies_before) // 2):
        yield _refusal("chronologies_before", "these are drafts of both records, two by two.")


def _assessment(assessment: Assessment, find_pack: FindPack) -> Iterator[Finding]:
    if assessment.window:
        for key, day in (("from", assessment.window.from_), ("to", assessment.window.to)):
            if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
                yield _refusal(f"window.{key}", f"this year is not between {_FIRST_YEAR} and {_LAST_YEAR}.")
    if assessment.window and assessment.window.to < assessment.window.from_:
        yield _refusal("window.to", "the window ends before it begins.")
    if assessment.state is AssessmentState.SIGNED_OFF:
        if assessment.signed_off_on is None:
            yield _mark("signed_off_on", "this is signed off without a date.")
        if assessment.signed_off_by in assessment.assessors:
            yield _mark("signed_off_by", "this was signed off by one of its assessors.")
    try:
        pack = find_pack(assessment.pack, assessment.pack_version)
    except AppError as error:
        yield _refusal("pack", str(error))
        return
    if assessment.pack_sha256 and assessment.pack_sha256 != pack.sha256:
        yield _mark("pack_sha256", "the pack of this version here is not the one it was made with.")
    yield from _answers(assessment, pack)
    yield from _openings(assessment, pack)


def _answers(assessment: Assessment, pack: Pack) -> Iterator[Finding]:
    if assessment.band and assessment.band not in {band.code for band in pack.bands}:
        yield _refusal("band", f"this is not an age band of {pack.title}.")
    elif not assessment.recorded_elsewhere:
        bands = [band for band in pack.bands if assessment.band in ("", band.code)]
        if not any(
            assessment.units.keys() & units_of(pack).keys() <= pack.units_in(band.code).keys() for band in bands
        ):
            yield _refusal("units", "these units do not exist together in one age band.")
    units: Mapping[str, Unit | Subarea] = pack.subareas if assessment.recorded_elsewhere else units_of(pack)
    for code, answer in assessment.units.items():
        unit = units.get(code)
        try:
            if isinstance(unit, Unit):
                check_unit_answer(pack, unit, answer)
            else:
                _check_grades(pack, code, units, answer.grade, answer.carer_grade)
        except InvalidValue as error:
            yield _refusal(f"units.{code}", str(error).removeprefix(f"{code}: "))
    for place, code, grades in _other_grades(assessment):
        try:
            _check_grades(pack, code, {*units_of(pack), *pack.subareas}, *grades)
        except InvalidValue as error:
            yield _refusal(place, str(error))


def _openings(assessment: Assessment, pack: Pack) -> Iterator[Finding]:
    gated = {gate.area for gate in pack.gates}
    for i, opening in enumerate(assessment.openings):
        if opening.area not in gated:
            yield _refusal(f"openings[{i}].area", f"{pack.title} has no such section that waits to be opened.")
        if opening.because is OpenedBy.JUDGEMENT and not opening.reason.strip():
            yield _mark(f"openings[{i}].reason", "this was opened by judgement and nobody said why.")


def _other_grades(assessment: Assessment) -> Iterator[tuple[str, str, tuple[int | None, ...]]]:
    """Yield key path, code and grades of what is graded besides the units."""
    for code, judgement in assessment.judgements.items():
        yield f"judgements.{code}", code, (judgement.grade,)
    for i, target in enumerate(assessment.targets):
        yield f"targets[{i}]", target.unit, (target.current, target.target, target.actual)


def units_of(pack: Pack) -> dict[str, Unit]:
    """Return every unit of a pack by its code, in whatever band it exists."""
    return {unit.code: unit for subarea in pack.subareas.values() for unit in subarea.units}


def _check_grades(pack: Pack, code: str, known: Collection[str], *grades: int | None) -> None:
    if code not in known:
        raise InvalidValue(f"{pack.title} has no such unit or sub-area.")
    for grade in grades:
        if grade is not None:
            check_grade(pack, grade)
