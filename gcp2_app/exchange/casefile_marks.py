"""What is odd between the records of a case file, and between them and the store.

Everything here marks and never refuses: wrong data still has to be recordable. What is odd in one record by itself is
in :mod:`gcp2_app.exchange.casefile_checks`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.instrument import Subject
from gcp2_app.domain.register import Child
from gcp2_app.domain.scoring import age_in_months, band_of, can_be_scored
from gcp2_app.errors import AppError
from gcp2_app.exchange.casefile import Mark, Record, Section
from gcp2_app.exchange.casefile_checks import FindPack

#: Answers with ids of children of the store who seem to be the same as one of the file.
Alike = Callable[[Child], Sequence[str]]

Find = Callable[[Section, str], Record | None]


def nobody_alike(_child: Child) -> Sequence[str]:
    """Answer for an empty store."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What the records of a file are looked at beside.

    Attributes:
        find: answers with a record of the file, else with the stored one.
        stored: answers with the stored record.
        alike: answers with the store's children like one of the file.
        find_pack: answers with a pack.
        today: the day in Europe/London.
    """

    find: Find
    stored: Find
    alike: Alike
    find_pack: FindPack
    today: date


def marks_between(records: Mapping[tuple[Section, str], tuple[str, Record]], beside: Beside) -> Iterator[Mark]:
    """Yield what is odd between records that may go in.

    Args:
        records: by section and id, each with its place in the file.
        beside: what they are looked at beside.
    """
    yield from _same_children(records, beside)
    for path, record in records.values():
        if isinstance(record, Assessment):
            for place, note in (*_locked(record, beside), *_days(record, beside), *_visits(record, beside)):
                yield Mark(f"{path}.{place}" if place else path, record.id, note)


def _same_children(records: Mapping[tuple[Section, str], tuple[str, Record]], beside: Beside) -> Iterator[Mark]:
    seen: defaultdict[tuple[str, date], list[str]] = defaultdict(list)
    for path, child in records.values():
        if not isinstance(child, Child):
            continue
        if child.born is not None and child.name:
            namesakes = seen[child.name.casefold(), child.born]
            if namesakes:
                yield Mark(path, child.id, f"this may be the same child as {namesakes[0]} of this file.")
            namesakes.append(child.id)
        if beside.stored(Section.CHILDREN, child.id) is None:
            for other in beside.alike(child)[:1]:
                yield Mark(path, child.id, f"this may be the same child as {other}, who is in the store already.")


def _locked(assessment: Assessment, beside: Beside) -> Iterator[tuple[str, str]]:
    stored = beside.stored(Section.ASSESSMENTS, assessment.id)
    if isinstance(stored, Assessment) and stored.locked and stored != assessment:
        note = "this is signed off in the store and differs here: the signed-off one is kept as the revision before."
        yield "", note


def _days(assessment: Assessment, beside: Beside) -> Iterator[tuple[str, str]]:
    window = assessment.window
    if window is None:
        return
    if window.from_ > beside.today:
        yield "window.from", "this window has not begun yet."
    if assessment.signed_off_on is not None and assessment.signed_off_on < window.from_:
        yield "signed_off_on", "this was signed off before its window began."
    if assessment.state is AssessmentState.SIGNED_OFF and (assessment.signed_off_on or window.from_) > beside.today:
        yield "signed_off_on", "this is signed off on a day that has not come."
    child = beside.find(Section.CHILDREN, assessment.child)
    try:
        pack = beside.find_pack(assessment.pack, assessment.pack_version)
    except AppError:
        return  # the record is quarantined for it
    if not isinstance(child, Child) or child.born is None or assessment.recorded_elsewhere:
        return
    if pack.subject is Subject.CHILD and child.date_of_birth is not None and window.from_ < child.date_of_birth:
        yield "window.from", "this window begins before the child was born."
    elif can_be_scored(pack, assessment, child.born):
        band, age_months = pack.band(band_of(pack, assessment, child.born)), age_in_months(assessment, child.born)
        if age_months is not None and not band.holds(age_months) and not assessment.band_reason:
            yield "band", f"this is graded in the band {band.label}, which is not the child’s by age, without a reason."


def _visits(assessment: Assessment, beside: Beside) -> Iterator[tuple[str, str]]:
    for code, answer in assessment.units.items():
        for i, piece in enumerate(answer.evidence):
            visit = beside.find(Section.ENTRIES, piece.visit) if piece.visit else None
            if isinstance(visit, Entry) and visit.kind != "visit":
                yield f"units.{code}.evidence[{i}].visit", "this names an entry that is no visit."
