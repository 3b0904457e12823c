"""Who belongs to whom: the records that stand around a child, an adult, an assessment."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from sqlalchemy import Select, Text, bindparam, cast, exists, func, select
from sqlalchemy.orm import aliased

from gcp2_app import wire
from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.users import User
from gcp2_app.storage.schema import (
    AssessmentRow,
    ChildCarerRow,
    ChildRow,
    EntryChildRow,
    EntryRow,
    HouseholdMemberRow,
    ProfessionalRow,
    UserRow,
)
from gcp2_app.storage.statements import KIND_OF_CHILDS
from gcp2_app.storage.words import sign_in_key
from gcp2_app.storage.work import Work


def _select_living_with() -> Select[tuple[str]]:
    ours, theirs = HouseholdMemberRow, aliased(HouseholdMemberRow)
    return (
        select(ChildRow.id)
        .join(theirs, theirs.who == ChildRow.id)
        .join(ours, ours.household_id == theirs.household_id)
        .where(ours.who == bindparam("child"), ChildRow.id != bindparam("child"))
        .order_by(ChildRow.id)
        .distinct()
    )


# Built once: the rules ask for them of ten thousand children.
_LIVING_WITH: Final = _select_living_with()
_HOUSEHOLDS_OF: Final = (
    select(HouseholdMemberRow.household_id)
    .where(HouseholdMemberRow.who == bindparam("who"))
    .order_by(HouseholdMemberRow.household_id)
    .distinct()
)


def households_of(tx: Work, who: str) -> tuple[str, ...]:
    """Return ids of the households a child or adult is or was a member of."""
    return tuple(tx.session.connection().execute(_HOUSEHOLDS_OF, {"who": who}).scalars())


def households_of_each(tx: Work, whose: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return ids of the households each of some children or adults is or was a member of, by who it is."""
    row = HouseholdMemberRow
    found: dict[str, tuple[str, ...]] = {}
    query = select(row.who, row.household_id).where(row.who.in_(whose)).order_by(row.who, row.household_id).distinct()
    for who, household in tx.session.execute(query).tuples():
        found[who] = (*found.get(who, ()), household)
    return found


def professionals_of_team(tx: Work, team: str) -> frozenset[str]:
    """Return ids of the professionals of a team, without regard to case."""
    row = ProfessionalRow
    return frozenset(tx.session.scalars(select(row.id).where(row.team == team.strip().casefold())))


def children_with_carers(tx: Work, people: Iterable[str]) -> set[str]:
    """Return ids of the children whom any of these adults cares for."""
    row = ChildCarerRow
    return set(tx.session.scalars(select(row.child_id).where(row.person_id.in_(tuple(people)))))


def children_among(tx: Work, ids: Iterable[str]) -> set[str]:
    """Return those of the ids that are children's."""
    return set(tx.session.scalars(select(ChildRow.id).where(ChildRow.id.in_(tuple(ids)))))


def latest_signed_before(tx: Work, child: str, day: date) -> Assessment | None:
    """Return the child's latest signed-off assessment whose window began before a day, in its corrected version."""
    row, correction = AssessmentRow, aliased(AssessmentRow)
    signed = AssessmentState.SIGNED_OFF.value
    document = tx.session.scalar(
        select(row.document)
        .where(
            row.child_id == child,
            row.state == signed,
            row.window_from < day,
            ~exists().where(correction.corrects == row.id, correction.state == signed),
        )
        .order_by(row.window_to.desc(), row.signed_off_on.desc(), row.id)
        .limit(1)
    )
    return None if document is None else wire.from_json(Assessment, document)


def unannounced_visits(tx: Work, child: str) -> frozenset[str]:
    """Return ids of the visits to a child that are known to have been unannounced."""
    announced = func.json_extract(cast(EntryRow.document, Text), "$.data.announced")
    found = tx.session.scalars(
        select(EntryRow.id)
        .join(EntryChildRow, EntryChildRow.entry_id == EntryRow.id)
        .where(EntryChildRow.child_id == child, KIND_OF_CHILDS == "visit", EntryRow.in_error.is_(False), announced == 0)
    )
    return frozenset(found)


def children_living_with(tx: Work, child: str) -> tuple[str, ...]:
    """Return ids of the other children who are or were members of a household the child is or was a member of."""
    return tuple(tx.session.connection().execute(_LIVING_WITH, {"child": child}).scalars())


def assessments_within(tx: Work, children: Iterable[str], first: date, last: date) -> tuple[Assessment, ...]:
    """Return assessments of these children whose windows share a day with the days from first to last."""
    row = AssessmentRow
    documents = tx.session.scalars(
        select(row.document)
        .where(row.child_id.in_(tuple(children)), row.window_from <= last, row.window_to >= first)
        .order_by(row.child_id, row.id)
    )
    return tuple(wire.from_json(Assessment, document) for document in documents)


def entries_without_child(tx: Work, kind: str) -> tuple[Entry, ...]:
    """Return the entries of a kind that name no child, by id. For kinds there are few of."""
    row = EntryRow
    named = exists().where(EntryChildRow.entry_id == row.id)
    documents = tx.session.scalars(select(row.document).where(row.kind == kind, ~named).order_by(row.id))
    return tuple(wire.from_json(Entry, document) for document in documents)


def visits_since(tx: Work, child: str, day: date) -> tuple[Entry, ...]:
    """Return the visits to a child whose last possible day is not before a day, oldest first; none made in error."""
    row, link = EntryRow, EntryChildRow
    documents = tx.session.scalars(
        select(row.document)
        .join(link, link.entry_id == row.id)
        .where(link.child_id == child, link.last_day >= day, KIND_OF_CHILDS == "visit", row.in_error.is_(False))
        .order_by(link.last_day, row.id)
    )
    return tuple(wire.from_json(Entry, document) for document in documents)


def entries_on(tx: Work, kind: str, day: date) -> tuple[Entry, ...]:
    """Return the entries of a kind that happened on one day, whichever child's, in time; none entered in error."""
    documents = tx.session.scalars(
        select(EntryRow.document)
        .where(EntryRow.kind == kind, EntryRow.first_day == day, EntryRow.last_day == day, EntryRow.in_error.is_(False))
        .order_by(EntryRow.sort_key, EntryRow.id)
    )
    return tuple(wire.from_json(Entry, document) for document in documents)


def user_named(tx: Work, sign_in_name: str) -> User | None:
    """Return the user of a sign-in name, without regard to case."""
    document = tx.session.scalar(select(UserRow.document).where(UserRow.sign_in_key == sign_in_key(sign_in_name)))
    return None if document is None else wire.from_json(User, document)
