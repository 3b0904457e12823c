"""What goes from one record of a child to another when they are merged, and back when that is undone.

Works inside a transaction its caller opened; the caller has required reach of both.
"""

import json
import uuid
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import chain

from gcp2_app.domain import one_child
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.child_merges import ChildMerge, Choice, Moved, merged, three_way
from gcp2_app.domain.chronologies import Chronology
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.one_child import OfChild
from gcp2_app.domain.register import Child, Household
from gcp2_app.errors import NotAllowed
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.services.casefiles import put_results
from gcp2_app.services.session import Session
from gcp2_app.services.visit_people import UNDER_WAY
from gcp2_app.storage.relations import households_of
from gcp2_app.storage.store import Transaction


def make(
    session: Session, tx: Transaction, child: Child, other: Child, *, theirs: Collection[Choice], reason: str
) -> ChildMerge:
    """Return a merge of two records as it would be kept. Arguments as :func:`gcp2_app.services.child_merges.merge`."""
    records = tuple(records_of(tx, other.id))
    drafts = {each.style: each for each in tx.chronologies.of_child(child.id) if each.frozen is None}
    twice = [
        (drafts[each.style], each)
        for each in records
        if isinstance(each, Chronology) and each.frozen is None and each.style in drafts
    ]
    return ChildMerge(
        id=str(uuid.uuid4()),
        child=child.id,
        absorbed=other,
        before=child,
        after=merged(child, other, theirs=theirs, today=session.today()),
        at=session.now(),
        by=session.professional.id,
        reason=reason,
        moved=Moved(
            entries=_ids(records, Entry),
            households=_ids(records, Household),
            assessments=_ids(records, Assessment),
            chronologies=_ids((each for each in records if each not in [two for _, two in twice]), Chronology),
            supervisions=tuple(each.id for each in tx.supervisions.of_child(other.id)),
        ),
        entries_before=tuple(
            each
            for each in records
            if isinstance(each, Entry) and child.id in each.children and each.entered_in_error is None
        ),
        households_before=tuple(each for each in records if isinstance(each, Household)),
        chronologies_before=tuple(chain.from_iterable(twice)),
    )


def _ids(records: Iterable[OfChild], kind: type[Entry | Household | Assessment | Chronology]) -> tuple[str, ...]:
    return tuple(each.id for each in records if isinstance(each, kind))


def records_of(tx: Transaction, child: str) -> Iterator[OfChild]:
    """Yield every record that is a child's, or names the child among others."""
    yield from tx.entries.of_child(child)
    yield from (tx.households.get(id_) for id_ in households_of(tx, child))
    yield from tx.assessments.of_child(child)
    yield from tx.chronologies.of_child(child)
    yield from tx.supervisions.of_child(child)


def put(tx: Transaction, record: OfChild) -> None:
    """Write a record whose child is called otherwise. It is no change of what it says, so that no state is kept."""
    if isinstance(record, Entry):
        tx.entries.put(record, by=None, keep_earlier=False)
    elif isinstance(record, Household):
        tx.households.put(record, by=None, keep_earlier=False)
    elif isinstance(record, Assessment):
        tx.assessments.put(record, by=None, keep_earlier=False)
    elif isinstance(record, Chronology):
        tx.chronologies.write_anew(record)
    else:
        tx.supervisions.put(record, by=None, keep_earlier=False)


def back(tx: Transaction, found: ChildMerge) -> Iterator[OfChild]:
    """Yield the records of a merge as they are once it is undone."""
    kinds = load_kinds()
    there, back = {found.absorbed.id: found.child}, {found.child: found.absorbed.id}
    before: dict[str, Entry | Household] = {each.id: each for each in found.entries_before}
    before |= {each.id: each for each in found.households_before}
    for record in _moved(tx, found):
        if found.child not in one_child.named_in(record):
            continue  # Of another child since, or never of this one, whatever a file said.
        was = before.get(record.id)
        if was is None:
            yield one_child.given_to(record, back, kinds)
        else:
            yield three_way(was, one_child.given_to(was, there, kinds), record)
    for ours, theirs in zip(found.chronologies_before[::2], found.chronologies_before[1::2], strict=True):
        draft = tx.chronologies.find(ours.id)
        if draft is not None and draft.child == found.child:
            yield three_way(ours, one_child.folded(ours, theirs), draft)
        if tx.chronologies.find(theirs.id) is None:
            yield theirs


def _moved(tx: Transaction, found: ChildMerge) -> Iterator[OfChild]:
    moved = found.moved
    yield from tx.entries.get_many(moved.entries).values()
    yield from tx.households.get_many(moved.households).values()
    yield from tx.chronologies.get_many(moved.chronologies).values()
    yield from tx.supervisions.get_many(moved.supervisions).values()
    went = set(moved.assessments)
    of_child = {each.id: each for each in tx.assessments.of_child(found.child)}
    # A correction goes with what it corrects.
    while more := {each.id for each in of_child.values() if each.corrects in went} - went:
        went |= more
    yield from (each for id_, each in of_child.items() if id_ in went)


def require_no_visit(tx: Transaction, children: Collection[str]) -> None:
    """Refuse while somebody is on a visit to one of some children.

    Raises:
        NotAllowed: somebody is.
    """
    for text in tx.settings_of(UNDER_WAY).values():
        visit = tx.entries.find(json.loads(text).get("visit", ""))
        if visit is not None and not set(children).isdisjoint(visit.children):
            raise NotAllowed("A visit to this child is under way.", "End it first.")


def move_request_drafts(tx: Transaction, other: str, child: str) -> None:
    """Let a request for help that somebody is writing go on in the record that stands."""
    for key, text in tx.settings_of("request draft ").items():
        user, _, about = key.removeprefix("request draft ").rpartition(" ")
        here = f"request draft {user} {child}"
        if about == other and tx.setting(here) is None:
            tx.set_setting(here, text.replace(json.dumps(other), json.dumps(child)))
            tx.set_setting(key, None)


def score_anew(tx: Transaction, child: str, *born: date | None) -> None:
    """Work out anew what hangs on the date of birth, where that is another one."""
    if len(set(born)) > 1:
        for assessment in tx.assessments.of_child(child):
            put_results(tx, assessment)
