"""Two records that turned out to be of one child: looking at both, merging them, and taking them apart again.

Whoever reaches both may merge them: a practitioner with both on their own caseload, or a supervisor of both. So nobody
comes to read a record by merging it into their own, and two workers who each hold one ask the supervisor of both.

Source: casework.md, Register ("merge can be undone"); People who use it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from gcp2_app.domain import merge_cautions, one_child, withheld_marks
from gcp2_app.domain.child_merges import ChildMerge, Choice, apart, differing
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.merge_cautions import Caution
from gcp2_app.domain.register import Child, Household, Person, Professional
from gcp2_app.domain.users import Duty
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.services import merge_moves, second_person
from gcp2_app.services.second_person import SecondPerson
from gcp2_app.services.session import Session
from gcp2_app.services.visit_people import reached
from gcp2_app.storage import search
from gcp2_app.storage.caseload import CaseloadRow
from gcp2_app.storage.store import Transaction

__all__ = [
    "Caution",
    "ChildMerge",
    "Choice",
    "Comparison",
    "NotLookedInto",
    "Side",
    "Undoing",
    "compare",
    "look",
    "merge",
    "of_id",
    "offers",
    "undo",
]

_REQUEST: Final = "referral"
#: How many records are offered.
_MOST: Final = 12


class NotLookedInto(NotAllowed):
    """Something speaks against it, and nobody said that it was looked into.

    Attributes:
        cautions: what it is.
    """

    def __init__(self, cautions: tuple[Caution, ...]) -> None:
        super().__init__("Something speaks against these being one child.", "Look into each, and tick that you did.")
        self.cautions = cautions


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two records, as it is laid beside the other.

    Attributes:
        households: those the child is or was a member of.
        people: carers by id; ``workers``: those allocated, by id.
        assessments: how many; ``entries``: how many, ``requests`` for help among them.
        first, last: the first and the last day something happened, where one is known.
    """

    child: Child
    households: tuple[Household, ...]
    people: Mapping[str, Person]
    workers: Mapping[str, Professional]
    assessments: int
    entries: int
    requests: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two records side by side.

    Attributes:
        child: the one that would stand; ``other``: the one that would be merged into it.
        differing: of what both say something, and not the same.
        cautions: what speaks against it.
        together: how many entries are about both.
    """

    child: Side
    other: Side
    differing: tuple[Choice, ...]
    cautions: tuple[Caution, ...]
    together: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """What undoing a merge would do.

    Attributes:
        back: how many records go back to the other record.
        added: how many entries and assessments came since; they stay.
        later: a later merge has to be undone first.
        second: undoing it lets somebody see what is withheld now, so that a second person confirms it.
    """

    merge: ChildMerge
    back: int
    added: int
    later: bool
    second: bool


def offers(session: Session, child_id: str, text: str = "", *, why: str = "") -> tuple[CaseloadRow, ...]:
    """Return records the user works with that may be of the same child: the likeliest, or those found by a text.

    Raises:
        NotAllowed: the user may not work on this case.
        ReasonNeeded: the record is restricted and no reason was given.
        NotFound: no such child.
    """
    session.require(Duty.MERGE_RECORDS)
    with session.store.transaction() as tx:
        child = reached(session, tx, child_id, why)
        if text.strip():
            query = search.CaseloadQuery(text=text, limit=_MOST)
            page = search.caseload(tx, query, today=session.today(), allocated_to=session.reaches_through)
            found = page.rows
        else:
            found = search.likely_duplicates(tx, child)
        there = tx.children.get_many(tuple(row.id for row in found))
        tx.record("likely duplicates listed", by=session.user.id, kind="child", id=child_id, count=len(found))
        return tuple(row for row in found if row.id != child_id and session.may_reach(there[row.id]))


def compare(session: Session, child_id: str, other_id: str, *, why: str = "", other_why: str = "") -> Comparison:
    """Return two records side by side. Both views are audited.

    Args:
        session: who asks.
        child_id: the record that would stand.
        other_id: the record that would be merged into it.
        why: why the first is opened, where it is restricted; ``other_why``: the second.

    Raises:
        NotAllowed: the user does not work with both.
        ReasonNeeded: a record is restricted and no reason was given.
        NotFound: no such child.
        InvalidValue: it is one record.
    """
    session.require(Duty.MERGE_RECORDS)
    with session.store.transaction() as tx:
        child, other = _both(session, tx, (child_id, why), (other_id, other_why))
        for each, reason in ((child, why), (other, other_why)):
            tx.record("child compared", by=session.user.id, kind="child", id=each.id, reason=reason)
        return _compared(tx, child, other)


def merge(
    session: Session,
    child_id: str,
    other_id: str,
    *,
    reason: str,
    theirs: Collection[Choice] = (),
    sure: Collection[Caution] = (),
    why: str = "",
    other_why: str = "",
) -> ChildMerge:
    """Merge a record into another one of the same child. It can be undone.

    Args:
        session: who merges.
        child_id: the record that stands.
        other_id: the record that is merged into it.
        reason: why they are of one child.
        theirs: of what the other's value stands.
        sure: what spoke against it and was looked into.
        why: as :func:`compare`; ``other_why`` too.

    Raises:
        NotLookedInto: something speaks against it that is not among ``sure``.
        NotAllowed: the user does not work with both, or a visit to one of them is under way.
        ReasonNeeded: a record is restricted and no reason was given.
        NotFound: no such child.
        InvalidValue: it is one record, or no reason is given.
    """
    session.require(Duty.MERGE_RECORDS)
    if not reason.strip():
        raise InvalidValue("Say why these are of one child.", "The reason stays with the record.")
    with session.store.transaction() as tx:
        child, other = _both(session, tx, (child_id, why), (other_id, other_why))
        left = tuple(each for each in _compared(tx, child, other).cautions if each not in sure)
        if left:
            raise NotLookedInto(left)
        merge_moves.require_no_visit(tx, {child.id, other.id})
        made = merge_moves.make(session, tx, child, other, theirs=theirs, reason=reason.strip())
        tx.child_merges.put(made, by=session.user.id, reason=made.reason)
        names, kinds = {other.id: child.id}, load_kinds()
        for record in merge_moves.records_of(tx, other.id):
            merge_moves.put(tx, one_child.given_to(record, names, kinds))
        for ours, theirs_too in zip(made.chronologies_before[::2], made.chronologies_before[1::2], strict=True):
            tx.chronologies.remove(theirs_too.id)
            merge_moves.put(tx, one_child.folded(ours, theirs_too))
        tx.children.absorb(other, by=session.user.id, reason=made.reason)
        tx.children.put(made.after, by=session.user.id, reason=made.reason)
        merge_moves.move_request_drafts(tx, other.id, child.id)
        merge_moves.score_anew(tx, child.id, *(each.born for each in (child, other, made.after)))
        _record(session, tx, "child records merged", made, made.reason)
        return made


def look(session: Session, child_id: str, *, why: str = "") -> tuple[Undoing, ...]:
    """Return the merges into a child's record, the latest first, with what undoing each would do.

    Raises:
        NotAllowed: the user may not read this case.
        ReasonNeeded: the record is restricted and no reason was given.
        NotFound: no such child.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        now = reached(session, tx, child_id, why)
        return tuple(_undoing(tx, now, each) for each in tx.child_merges.into(now.id))


def of_id(session: Session, text: str) -> ChildMerge | None:
    """Return the merge of the record whose id a text is, where the user works with the record that stands; else None.

    Raises:
        NotAllowed: the user's roles do not allow reading cases.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        found = tx.child_merges.absorbing(text.strip())
        if found is None or not session.may_reach(tx.children.get(tx.child_merges.stands_for(found.child))):
            return None
        return found


def undo(
    session: Session, merge_id: str, *, reason: str, why: str = "", second: SecondPerson | None = None
) -> tuple[Child, Child]:
    """Take two records apart again: both as they were, with whatever was added since on the one that stood.

    What went over and was corrected since goes back as it is now, a correction of an assessment with what it corrects.
    What was withheld since then stays withheld in both.

    Args:
        session: who undoes it.
        merge_id: which merge.
        reason: why they are not of one child.
        why: why the record is opened, where it is restricted.
        second: who confirms, where somebody would see what is withheld from them now.

    Returns:
        The record that stood, and the one that was merged into it.

    Raises:
        SecondPersonNeeded: somebody would see what is withheld from them now, and nobody else confirmed it.
        NotAllowed: the user may not work on this case, a visit is under way, or a later merge comes first.
        ReasonNeeded: the record is restricted and no reason was given.
        NotFound: there is no such merge.
        InvalidValue: no reason is given.
    """
    session.require(Duty.MERGE_RECORDS)
    if not reason.strip():
        raise InvalidValue("Say why they are not of one child.", "The reason stays with the record.")
    with session.store.transaction() as tx:
        found = tx.child_merges.get(merge_id)
        now = reached(session, tx, tx.child_merges.stands_for(found.child), why)
        shown = _undoing(tx, now, found)
    if shown.later:
        raise NotAllowed("A later merge comes first.", "Undo the latest merge before this one.")
    by = second_person.confirm(session, second, child=now) if shown.second else None
    with session.store.transaction() as tx:
        found, now = tx.child_merges.get(merge_id), tx.children.get(found.child)
        merge_moves.require_no_visit(tx, {now.id})
        kept, other = apart(found, now)
        if by is None and _lifted(now, kept, other):
            # Marked by somebody else since it was looked at.
            second_person.confirm(session, None)
        tx.child_merges.remove(found)
        tx.children.put(other, by=session.user.id, reason=reason.strip())
        for record in merge_moves.back(tx, found):
            merge_moves.put(tx, record)
        tx.children.put(kept, by=session.user.id, reason=reason.strip())
        for each in (kept, other):
            merge_moves.score_anew(tx, each.id, now.born, each.born)
        _record(session, tx, "merge of child records undone", found, reason.strip())
        if by is not None:
            tx.record("withholding ended, confirmed", by=by.id, kind="child", id=now.id)
        return kept, other


# Looking ------------------------------------------------------------------------------------------


def _both(session: Session, tx: Transaction, first: tuple[str, str], second: tuple[str, str]) -> tuple[Child, Child]:
    """Return both children, each given by its id and why its record is opened."""
    if first[0] == second[0]:
        raise InvalidValue("This is one record already.", "Choose another one.")
    return reached(session, tx, *first), reached(session, tx, *second)


def _compared(tx: Transaction, child: Child, other: Child) -> Comparison:
    entries = {each.id: tx.entries.of_child(each.id) for each in (child, other)}
    together = sum(other.id in each.children and each.entered_in_error is None for each in entries[child.id])
    sides = [_side(tx, each, entries[each.id]) for each in (child, other)]
    homes = tuple({home.id: home for side in sides for home in side.households}.values())
    found = merge_cautions.cautions(child, other, homes, named_together=together > 0)
    return Comparison(
        child=sides[0], other=sides[1], differing=differing(child, other), cautions=found, together=together
    )


def _side(tx: Transaction, child: Child, entries: Iterable[Entry]) -> Side:
    counted = [each for each in entries if each.entered_in_error is None]
    whens = [each.when for each in counted if each.when is not None]
    return Side(
        child=child,
        households=tuple(tx.households.get(id_) for id_ in search.households_of(tx, child.id)),
        people=tx.people.get_many(tuple(each.person for each in child.carers)),
        workers=tx.professionals.get_many(tuple(each.professional for each in child.allocated)),
        assessments=len(tx.assessments.of_child(child.id)),
        entries=len(counted),
        requests=sum(each.kind == _REQUEST for each in counted),
        first=min((each.first for each in whens if each.first is not None), default=None),
        last=max((each.last for each in whens if each.last is not None), default=None),
    )


def _undoing(tx: Transaction, now: Child, found: ChildMerge) -> Undoing:
    later = found.child != now.id or tx.child_merges.later(found) is not None
    moved = {*found.moved.entries, *found.moved.assessments}
    since = [each.id for each in tx.entries.of_child(now.id) if (each.recorded_at or found.at) > found.at]
    since += [each.id for each in tx.assessments.of_child(now.id) if each.steps and each.steps[0].at > found.at]
    added = sum(id_ not in moved for id_ in since)
    second = not later and _lifted(now, *apart(found, now))
    return Undoing(merge=found, back=found.moved.count, added=added, later=later, second=second)


def _lifted(now: Child, kept: Child, other: Child) -> bool:
    return bool(withheld_marks.undone(now, kept) or withheld_marks.undone(now, other))


def _record(session: Session, tx: Transaction, action: str, made: ChildMerge, reason: str) -> None:
    """Write what was done into the trail of both records; ids and counts, never what they say."""
    for id_, words in ((made.child, f"with {made.absorbed.id}"), (made.absorbed.id, f"into {made.child}")):
        tx.record(
            action,
            by=session.user.id,
            kind="child",
            id=id_,
            fields=(words,),
            count=made.moved.count,
            reason=reason,
        )
