"""Fills a practice store with invented families, some fifty children a transaction."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from typing import Final

from gcp2_app.domain.scoring import score_assessment
from gcp2_app.domain.users import Duty
from gcp2_app.errors import NotAllowed
from gcp2_app.services import packs
from gcp2_app.services.invented.families import CHILDREN_A_WORKER, Family, chance_of, family, household_id, worker
from gcp2_app.services.invented.gradings import assessments_of
from gcp2_app.services.invented.happenings import entries_of
from gcp2_app.services.session import Session
from gcp2_app.storage.store import Transaction

#: How many children are written in one transaction, at least: half a second of work or so.
_AT_ONCE: Final = 50
_PACK: Final = "graded-care"


def fill(session: Session, children: int, *, tell: Callable[[int], object]) -> None:
    """Fill a practice store with invented families up to a number of children; those that are there stay.

    Each transaction holds whole families: whatever ends the work, an error raised by ``tell`` included, leaves nothing
    half-written, and asking again goes on from there. The same number on the same day gives the same families.

    Args:
        session: whose practice store; its user is allocated to some of the children.
        children: how many children the store holds afterwards, at least.
        tell: is told how many there are, at first and after each transaction.

    Raises:
        NotAllowed: this is no practice store, or the user may not work on cases.
    """
    if not session.store.practice:
        raise NotAllowed("This store is for real children.", "Make a practice store for invented ones.")
    session.require(Duty.WORK_CASES)
    workers = [session.professional.id, *(worker(number).id for number in range(children // CHILDREN_A_WORKER))]
    with session.store.transaction() as tx:
        there = tx.children.count()
    tell(there)
    numbers = _free_numbers(session)
    while there < children:
        with session.store.transaction() as tx:
            _put_workers(session, tx, workers)
            added = 0
            while added < min(_AT_ONCE, children - there):
                made = family(next(numbers), today=session.today(), workers=workers)
                added += _put(session, tx, made, at_most=children - there - added)
            tx.record("practice children added", by=session.user.id, kind="child", count=added)
        there += added
        tell(there)


def _free_numbers(session: Session) -> Iterator[int]:
    """Yield the numbers of families that are not in the store."""
    with session.store.transaction() as tx:
        first = next(number for number in count() if tx.households.find(household_id(number)) is None)
    return count(first)


def _put_workers(session: Session, tx: Transaction, workers: list[str]) -> None:
    if tx.professionals.find(workers[-1]) is None:
        for number in range(len(workers) - 1):
            tx.professionals.put(worker(number), by=session.user.id)


def _put(session: Session, tx: Transaction, made: Family, *, at_most: int) -> int:
    """Write a family and return how many children it has; the younger ones are left out where they are too many."""
    kept = _cut(made, at_most)
    by, today, pack = session.user.id, session.today(), packs.find(tx, _PACK, None)
    number = int(kept.household.id.rpartition("-")[2])
    for person in kept.people:
        tx.people.put(person, by=by)
    for child in kept.children:
        tx.children.put(child, by=by)
    tx.households.put(kept.household, by=by)
    chance = chance_of(number, "assessments")
    for child in kept.children:
        since, entries = kept.known_since[child.id], kept.entries[child.id]
        for assessment in assessments_of(chance, child, pack, since=since, today=today, entries=entries):
            tx.assessments.put(assessment, by=by)
            tx.put_results(assessment, score_assessment(pack, assessment, child.born), pack)
    tx.entries.put_new(tuple(entries_of(chance_of(number, "entries"), kept, today=today)))
    return len(kept.children)


def _cut(made: Family, at_most: int) -> Family:
    children = made.children[:at_most]
    out = {child.id for child in made.children[at_most:]}
    if not out:
        return made
    members = tuple(member for member in made.household.members if member.who not in out)
    return replace(made, children=children, household=replace(made.household, members=members))
