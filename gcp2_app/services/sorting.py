"""Sorting an ended visit's notes to units and children: they become evidence of the open assessments."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta

from gcp2_app.domain import visits
from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.completeness import Missing, missing_before_grading, unsorted_notes
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.instrument import Pack, Unit
from gcp2_app.domain.register import Child
from gcp2_app.domain.scoring import band_of
from gcp2_app.domain.users import Duty
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services.assessments import save_within
from gcp2_app.services.session import Session
from gcp2_app.services.visit_people import Visit, children_of, pack_of_open, put, stored, visit_of
from gcp2_app.services.working import working_on
from gcp2_app.storage.store import Transaction

__all__ = ["Sorting", "Target", "open_", "sort_line", "waiting"]

#: How far back the child's page asks for notes that wait: an assessment takes a few weeks, seldom months.
_OF_LATE = timedelta(days=180)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An assessment that can take a visit's notes.

    Attributes:
        band: code of its developmental band.
    """

    child: Child
    assessment: Assessment
    pack: Pack
    band: str

    def unit(self, code: str) -> Unit | None:
        """Return a unit of its band, or None."""
        return self.pack.units_in(self.band).get(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """A visit whose notes are sorted, with where they can go.

    Attributes:
        changed: ids of the assessments the last step changed.
    """

    visit: Visit
    targets: tuple[Target, ...]
    changed: tuple[str, ...] = ()

    def about_the_home(self, units: Collection[str]) -> bool:
        """Whether every one of these units is about the home's care, in each assessment that has it."""
        found = {code: [unit for target in self.targets if (unit := target.unit(code)) is not None] for code in units}
        return bool(found) and all(here and all(unit.household_level for unit in here) for here in found.values())


def open_(session: Session, visit_id: str) -> Sorting:
    """Open an ended visit to sort its notes. The view is audited.

    Raises:
        NotFound: no such visit.
        NotAllowed: the user may not work on this case, or the visit is under way.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        entry = _ended(session, tx, visit_id)
        tx.record("visit opened", by=session.user.id, kind="entry", id=visit_id)
        return _sorting(session, tx, entry)


def waiting(session: Session, child: Child) -> tuple[Missing, ...]:
    """Return the visits of late to a child whose notes are not sorted yet; a running one is not among them.

    Raises:
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    session.require_reach(child)
    with session.store.transaction() as tx:
        of_late = tx.visits_since(child.id, session.today() - _OF_LATE)
        under_way = stored(session, tx).get("visit")
        return unsorted_notes([entry for entry in of_late if entry.id != under_way], child.id)


def sort_line(
    session: Session,
    visit_id: str,
    line_id: str,
    *,
    units: tuple[str, ...],
    children: tuple[str, ...],
) -> Sorting:
    """Sort a note to units and children: it becomes evidence of their open assessments, and of no others.

    Args:
        units: unit codes; none says that the note belongs to no unit.
        children: ids of the children it is about.

    Raises:
        NotAllowed: the user may not work on this case, or the visit is under way.
        InvalidValue: no child is chosen for a unit, or a child or unit the visit does not know.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        entry = _ended(session, tx, visit_id)
        sheet = visits.read_sheet(entry)
        if units and not children:
            raise InvalidValue("No child is chosen.", "Choose whom the note is about.")
        if set(children) - set(entry.children):
            raise InvalidValue("The visit was not about this child.", "Choose a child of the visit.")
        whole = set(children) == set(entry.children)
        line = replace(sheet.line(line_id), units=units, children=() if whole else children, sorted=True)
        changed: list[str] = []
        for target in _targets(session, tx, entry):
            of_band = target.pack.units_in(target.band)
            codes = [code for code in units if code in of_band] if target.child.id in children else []
            hung = visits.hang(target.assessment.units, visits.evidence_of(entry, line), codes)
            if dict(hung) != dict(target.assessment.units):
                working = working_on(session, tx, target.assessment, target.pack, target.child)
                save_within(session, tx, working, replace(target.assessment, units=hung))
                changed.append(target.assessment.id)
        sorted_ = visits.write_sheet(entry, sheet.with_line(line))
        entry = put(session, tx, sorted_, action="visit note sorted", fields=("data.lines",))
        return replace(_sorting(session, tx, entry), changed=tuple(changed))


def _sorting(session: Session, tx: Transaction, entry: Entry) -> Sorting:
    return Sorting(visit=visit_of(session, tx, entry), targets=_targets(session, tx, entry))


def _targets(session: Session, tx: Transaction, entry: Entry) -> tuple[Target, ...]:
    found: list[Target] = []
    for child in children_of(session, tx, entry):
        for assessment in tx.assessments.of_child(child.id):
            pack = pack_of_open(tx, assessment, child)
            if pack is None or (assessment.state is AssessmentState.DRAFT and missing_before_grading(assessment)):
                continue
            band = band_of(pack, assessment, child.born)
            found.append(Target(child=child, assessment=assessment, pack=pack, band=band))
    return tuple(found)


def _ended(session: Session, tx: Transaction, visit_id: str) -> Entry:
    entry = tx.entries.get(visit_id)
    if not children_of(session, tx, entry):
        raise NotAllowed("None of these children is on your caseload.", "Ask your supervisor to allocate them to you.")
    if stored(session, tx).get("visit") == visit_id:
        raise NotAllowed("This visit is still under way.", "End it first.")
    return entry
