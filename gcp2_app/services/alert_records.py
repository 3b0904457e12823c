"""Lays out what the rules read: a child's record, and a professional's, from the store.

Read within a running transaction; whoever calls has checked and audited.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, partial

from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.grading import effective_grade
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.learning import readings
from gcp2_app.domain.register import Child
from gcp2_app.domain.rules.person import PersonRecord
from gcp2_app.domain.rules.record import ChildRecord, Counting, Graded
from gcp2_app.domain.scoring import Profile, band_of, can_be_scored, score_assessment
from gcp2_app.forms.learning import shipped_library
from gcp2_app.services import packs
from gcp2_app.storage.read_receipts import all_receipts
from gcp2_app.storage.relations import children_living_with, entries_without_child
from gcp2_app.storage.results import StoredProfile, profiles_of_child
from gcp2_app.storage.rule_entries import RuleEntry, entries_of_child, entries_of_children, entries_of_no_child
from gcp2_app.storage.search import households_of
from gcp2_app.storage.store import Transaction

_TRAINING = "training"


def child_record(
    tx: Transaction,
    child: Child,
    *,
    counting: Counting = Counting.KNOWN,
    known_by: date | None = None,
    whole: tuple[Entry, ...] | None = None,
) -> ChildRecord:
    """Return a child's record as rules read it.

    Args:
        tx: a running transaction.
        child: whose.
        counting: from which day an entry counts.
        known_by: what became known later is left out; None for nothing.
        whole: what :func:`whole_entries` gives, for a page that shows entries; None for the rules alone.
    """
    siblings = children_living_with(tx, child.id)
    homes = tx.households.get_many(households := households_of(tx, child.id))
    assessments = tuple(each for each in _graded(tx, child) if each is not None)
    workers = {each.professional for each in child.allocated}
    workers.update(by for each in assessments for by in each.assessment.assessors)
    return ChildRecord(
        child=child,
        people=tx.people.get_many(tuple({carer.person for carer in child.carers})),
        professionals=tx.professionals.get_many(tuple(workers)),
        households=tuple(homes[id_] for id_ in households),
        other_children=frozenset(siblings),
        entries=_read(tx, child) if whole is None else whole,
        around=entries_of_children(tx, siblings, "referral"),
        assessments=assessments,
        counting=counting,
        known_by=known_by,
    )


def whole_entries(tx: Transaction, child: Child) -> tuple[Entry, ...]:
    """Return a child's entries with everything they hold, and the circumstances that name no child."""
    return _standing((*tx.entries.of_child(child.id), *entries_without_child(tx, "circumstance")))


def _read(tx: Transaction, child: Child) -> tuple[RuleEntry, ...]:
    return (*entries_of_child(tx, child.id), *entries_of_no_child(tx, "circumstance"))


def _standing(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.entered_in_error is None)


def _graded(tx: Transaction, child: Child) -> Iterable[Graded | None]:
    """Return a child's assessments, None for one that does not count. What was read before is not read again."""

    def read(ids: Sequence[str]) -> dict[str, Graded | None]:
        stored = profiles_of_child(tx, child.id)
        # Most are made with one pack, and finding it asks the store.
        pack_of = cache(partial(packs.find, tx))
        return {
            id_: _graded_one(pack_of, child, assessment, stored.get(id_))
            for id_, assessment in tx.assessments.get_many(tuple(ids)).items()
        }

    versions = {id_: (revision, child.born) for id_, revision in tx.assessments.revisions_of_child(child.id).items()}
    found = tx.reading.graded.of(child.id).anew(versions, read)
    tx.reading.graded.keep(child.id, found)
    return found.values.values()


def _graded_one(
    pack_of: Callable[[str, str], Pack], child: Child, assessment: Assessment, stored: StoredProfile | None
) -> Graded | None:
    counts_from = _counts_from(assessment)
    if counts_from is None:
        return None
    pack = pack_of(assessment.pack, assessment.pack_version)
    if not can_be_scored(pack, assessment, child.born):
        return None
    grades = (
        {} if assessment.recorded_elsewhere else {code: effective_grade(it) for code, it in assessment.units.items()}
    )
    return Graded(
        assessment=assessment,
        pack=pack,
        profile=_profile(pack, assessment, child.born, stored),
        units={code: grade.grade for code, grade in grades.items() if grade.grade is not None},
        counts_from=counts_from,
    )


def _profile(pack: Pack, assessment: Assessment, born: date | None, stored: StoredProfile | None) -> Profile:
    """Return what an assessment comes to: as stored where it was made the same way, or else rolled up now."""
    if stored is not None and not pack.gates and stored.policy is assessment.policy:
        band = "" if assessment.recorded_elsewhere else band_of(pack, assessment, born)
        if stored.profile.band == band:
            return stored.profile
    return score_assessment(pack, assessment, born)


def _counts_from(assessment: Assessment) -> date | None:
    """Return the day an assessment counts from, or None where it does not count: it is not signed off."""
    if assessment.state is AssessmentState.SIGNED_OFF and assessment.signed_off_on is not None:
        return assessment.signed_off_on
    if assessment.recorded_elsewhere and assessment.window is not None:
        return assessment.signed_off_on or assessment.window.to
    return None


def person_records(tx: Transaction) -> tuple[PersonRecord, ...]:
    """Return the records of the professionals who sign in to this store, and of those whose training is recorded."""
    trainings: dict[str, list[Entry]] = {}
    for entry in _standing(tx.entries.of_kind(_TRAINING)):
        trainings.setdefault(str(entry.data.get("person") or ""), []).append(entry)
    users = {user.professional: user for user in tx.users.all() if user.left_at is None}
    found = tx.professionals.get_many(tuple({*users, *trainings}))
    rows, receipts = shipped_library().rows, all_receipts(tx)
    to_read = {row.code: row.published_on for row in rows}
    return tuple(
        PersonRecord(
            professional=professional,
            trainings=tuple(trainings.get(id_, ())),
            to_read=to_read,
            read={each.row.code: each.read_on for each in readings(rows, receipts, id_) if each.read_on is not None},
            signs_in=id_ in users,
            joined=users[id_].created_at.date() if id_ in users else None,
        )
        for id_, professional in sorted(found.items())
    )
