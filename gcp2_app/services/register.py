"""Who there is: reading and keeping children, adults, households and professionals."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from gcp2_app.domain import withheld_marks
from gcp2_app.domain.child_merges import ChildMerge
from gcp2_app.domain.plausible import (
    MOST_ADULT_YEARS,
    MOST_CHILD_YEARS,
    MOST_EXPECTED_MONTHS,
    expected_too_far,
    older_than,
)
from gcp2_app.domain.register import Address, Allocation, Child, Household, Member, Person, Professional
from gcp2_app.domain.users import Duty, Role, User
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services import blind, second_person, withholding_waits
from gcp2_app.services.second_person import SecondPerson
from gcp2_app.services.session import Session
from gcp2_app.services.withholding_waits import Waiting
from gcp2_app.storage import search
from gcp2_app.storage.records import Records
from gcp2_app.storage.results import AssessmentSummary, summaries_of_child
from gcp2_app.storage.search import CaseloadRow
from gcp2_app.storage.store import Transaction

Registered = TypeVar("Registered", Child, Person, Household, Professional)

_KINDS: Mapping[type, str] = {
    Child: "child",
    Person: "person",
    Household: "household",
    Professional: "professional",
}


class ReasonNeeded(NotAllowed):
    """The record is restricted: opening it asks why.

    Attributes:
        child: id of the child, where several are opened at once; else empty.
    """

    def __init__(self, message: str, mend: str = "", *, child: str = "") -> None:
        super().__init__(message, mend)
        self.child = child


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildFile:
    """A child with everyone around them, as the child's page shows it.

    Attributes:
        people: adults by id: carers, and members of the child's households.
        professionals: by id: allocated to the child or assessors.
        households: those the child is or was a member of.
        assessments: newest window first, each with its area results.
        siblings: other children who share a household or a carer.
        waiting: what a case file would let somebody see again, once a second person confirms.
        merges: of other records into this one, the latest first.
    """

    child: Child
    people: Mapping[str, Person]
    professionals: Mapping[str, Professional]
    households: tuple[Household, ...]
    assessments: tuple[AssessmentSummary, ...]
    siblings: tuple[Child, ...]
    waiting: tuple[Waiting, ...] = ()
    merges: tuple[ChildMerge, ...] = ()


def child(session: Session, child_id: str, *, why: str = "") -> ChildFile:
    """Open a child's record. The view is audited, with the reason where one was given.

    Raises:
        ReasonNeeded: the record is restricted and no reason was given.
        NotAllowed: the user may not read this case.
        NotFound: no such child.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        found = tx.children.get(child_id)
        session.require_reach(found)
        if found.restricted and not why.strip():
            raise ReasonNeeded("This record is restricted.", "Say why you open it; the reason is kept.")
        tx.record("child opened", by=session.user.id, kind="child", id=child_id, reason=why)
        return _file(session, tx, found)


def _file(session: Session, tx: Transaction, found: Child) -> ChildFile:
    households = tuple(tx.households.get(id_) for id_ in search.households_of(tx, found.id))
    members = {member.who for household in households for member in household.members}
    people = {carer.person for carer in found.carers}
    siblings = search.children_with_carers(tx, people) | search.children_among(tx, members)
    assessments = blind.summaries_as_seen(session, tx, found, summaries_of_child(tx, found.id))
    workers = {allocation.professional for allocation in found.allocated}
    workers |= {assessor for summary in assessments for assessor in summary.assessors}
    return ChildFile(
        child=found,
        people=tx.people.get_many(tuple(people | members)),
        professionals=tx.professionals.get_many(tuple(workers)),
        households=households,
        assessments=assessments,
        siblings=tuple(tx.children.get(id_) for id_ in sorted(siblings - {found.id})),
        waiting=withholding_waits.of_child(tx, found),
        merges=tx.child_merges.into(found.id),
    )


def save_child(session: Session, value: Child, *, reason: str = "", second: SecondPerson | None = None) -> Child:
    """Keep a new or changed child; the earlier revision stays.

    A practitioner who adds a child is allocated to the child from today.

    Args:
        value: an empty id means a new child.
        reason: why, where a reason is asked for.
        second: who confirms that something is withheld no longer; see :func:`needs_second_person`.

    Raises:
        InvalidValue: no name, a date of birth in the future, or one newly given that cannot be right: of somebody no
            child any more, or expected further off than a pregnancy lasts.
        SecondPersonNeeded: something would be withheld no longer, and nobody else confirmed it.
    """
    session.require(Duty.WORK_CASES)
    today = session.today()
    _check_child(value, today)
    seconded = _seconded(session, value, second)
    with session.store.transaction() as tx:
        held = tx.children.get(value.id) if value.id else None
        if held is not None:
            session.require_reach(held)
        _check_born(value, held, today)
        if held is None and Role.PRACTITIONER in session.user.roles and not value.allocated:
            mine = Allocation(
                professional=session.professional.id,
                role=session.professional.role.replace(" ", "_").casefold(),
                from_=today,
                confirmed_on=today,
            )
            value = replace(value, allocated=(mine,))
        return _keep(session, tx, tx.children, value, reason, seconded=seconded)


def _check_child(value: Child, today: date) -> None:
    if not value.name and value.expected_date is None:
        raise InvalidValue("The child has no name.", "Give at least one name; for an unborn child the expected date.")
    if value.date_of_birth is not None and value.date_of_birth > today:
        raise InvalidValue(
            "The date of birth is in the future.", "For a child who is not born yet give the expected date instead."
        )


def _check_born(value: Child, held: Child | None, today: date) -> None:
    """Refuse a day that cannot be right; what the record holds already, by import or from before, stays as it is.

    Source: instrument.md, Antenatal (an unborn child has an expected date of delivery).
    """
    born, expected = value.date_of_birth, value.expected_date
    if born is not None:
        if (held is None or born != held.date_of_birth) and older_than(MOST_CHILD_YEARS, born, today):
            raise _too_long_ago(MOST_CHILD_YEARS)
    elif (
        expected is not None and (held is None or expected != held.expected_date) and expected_too_far(expected, today)
    ):
        way = "ahead" if expected > today else "ago"
        raise InvalidValue(f"The expected date is more than {MOST_EXPECTED_MONTHS} months {way}.", "Check the year.")


def _too_long_ago(years: int) -> InvalidValue:
    return InvalidValue(f"The date of birth is more than {years} years ago.", "Check the year.")


def save_person(session: Session, value: Person, *, reason: str = "", second: SecondPerson | None = None) -> Person:
    """Keep a new or changed adult.

    Raises:
        SecondPersonNeeded: their details would be withheld no longer, and nobody else confirmed it.
        InvalidValue: no name, a date of birth in the future, or one newly given that is longer ago than anyone lives.
    """
    session.require(Duty.WORK_CASES)
    if not value.name.strip():
        raise InvalidValue("The person has no name.", "Give a name, or what is known, such as “partner of mother”.")
    if value.date_of_birth is not None and value.date_of_birth > session.today():
        raise InvalidValue("The date of birth is in the future.", "Check the year.")
    seconded = _seconded(session, value, second)
    with session.store.transaction() as tx:
        held = tx.people.get(value.id) if value.id else None
        born = value.date_of_birth
        anew = held is None or born != held.date_of_birth
        if born is not None and anew and older_than(MOST_ADULT_YEARS, born, session.today()):
            raise _too_long_ago(MOST_ADULT_YEARS)
        return _keep(session, tx, tx.people, value, reason, seconded=seconded)


def save_household(
    session: Session, value: Household, *, reason: str = "", second: SecondPerson | None = None
) -> Household:
    """Keep a new or changed household.

    Raises:
        SecondPersonNeeded: an address would be withheld no longer, and nobody else confirmed it.
        InvalidValue: a membership or address ends before it begins.
    """
    session.require(Duty.WORK_CASES)
    periods: tuple[Member | Address, ...] = (*value.members, *value.addresses)
    for period in periods:
        if period.from_ and period.to and period.from_ > period.to:
            raise InvalidValue("A period in the household ends before it begins.", "Check its two dates.")
    seconded = _seconded(session, value, second)
    with session.store.transaction() as tx:
        return _keep(session, tx, tx.households, value, reason, seconded=seconded)


def save_professional(session: Session, value: Professional, *, reason: str = "") -> Professional:
    """Keep a new or changed professional.

    Raises:
        InvalidValue: no name and no role.
        NotAllowed: the team changes of somebody who signs in, which decides whose records they reach, and the user is
            no administrator.
    """
    session.require(Duty.WORK_CASES)
    if not value.name.strip() and not value.role.strip():
        raise InvalidValue("The professional has neither name nor role.", "Give one of them.")
    with session.store.transaction() as tx:
        signs_in = any(user.professional == value.id for user in tx.users.all())
        if signs_in and tx.professionals.get(value.id).team != value.team:
            session.require(Duty.MANAGE_STORE)
        return _keep(session, tx, tx.professionals, value, reason)


def needs_second_person(session: Session, value: Child | Person | Household) -> tuple[str, ...]:
    """Return names of the fields in which a change would let somebody see what is withheld from them so far.

    Raises:
        NotAllowed: the user may not work on this case.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        if isinstance(value, Child) and value.id:
            session.require_reach(tx.children.get(value.id))
        return _shown_again(tx, value)


def _shown_again(tx: Transaction, value: Child | Person | Household | Professional) -> tuple[str, ...]:
    if not value.id or isinstance(value, Professional):
        return ()
    if isinstance(value, Child):
        return withheld_marks.undone(tx.children.get(value.id), value)
    if isinstance(value, Person):
        return withheld_marks.undone(tx.people.get(value.id), value)
    return withheld_marks.undone(tx.households.get(value.id), value)


def _seconded(session: Session, value: Child | Person | Household, second: SecondPerson | None) -> User | None:
    """Return who confirmed that something is withheld no longer; None where nothing of the kind is changed."""
    if not needs_second_person(session, value):
        return None
    return second_person.confirm(session, second, child=value if isinstance(value, Child) else None)


def _keep(
    session: Session,
    tx: Transaction,
    records: Records[Registered],
    value: Registered,
    reason: str,
    *,
    seconded: User | None = None,
) -> Registered:
    shown_again = _shown_again(tx, value)
    if shown_again and seconded is None:
        # Marked by somebody else since it was looked at.
        second_person.confirm(session, None)
    if not value.id:
        value = replace(value, id=str(uuid.uuid4()))
    kind = _KINDS[type(value)]
    change = records.put(value, by=session.user.id, reason=reason)
    if change.fields:
        action = f"{kind} added" if change.new else f"{kind} changed"
        tx.record(action, by=session.user.id, kind=kind, id=value.id, fields=change.fields, reason=reason)
    if seconded is not None:
        tx.record("withholding ended, confirmed", by=seconded.id, kind=kind, id=value.id, fields=shown_again)
    return value


def likely_duplicates(session: Session, value: Child) -> tuple[CaseloadRow, ...]:
    """Return children already here who may be the same as a new one, the likeliest first."""
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        return search.likely_duplicates(tx, value)


def find_people(session: Session, text: str, limit: int = 20) -> tuple[Person, ...]:
    """Find adults by part of a name or a misspelt one."""
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        return tuple(tx.people.get(id_) for id_ in search.find_people(tx, text, limit=limit))


def find_professionals(session: Session, text: str, limit: int = 20) -> tuple[Professional, ...]:
    """Find professionals by part of a name, role or agency, or a misspelt name."""
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        return tuple(tx.professionals.get(id_) for id_ in search.find_professionals(tx, text, limit=limit))


def find_households(session: Session, text: str, limit: int = 20) -> tuple[Household, ...]:
    """Find households by part of a postcode or address."""
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        return tuple(tx.households.get(id_) for id_ in search.find_households(tx, text, limit=limit))
