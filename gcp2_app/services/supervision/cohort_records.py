"""Lays out what the lists across a team read of many children at once: a few selects, whatever the number of children.

Of each record only what those lists ask for is read: entries of a few kinds, and what marks neglect by now.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from itertools import islice

from gcp2_app.domain.calendar import add_months
from gcp2_app.domain.rules.record import MARKED_FOR_MONTHS, NEGLECT, ChildRecord
from gcp2_app.storage.relations import households_of_each
from gcp2_app.storage.rule_entries import RuleEntry, entries_of_each
from gcp2_app.storage.store import Transaction

_AT_ONCE = 500


def cohort_records(
    tx: Transaction, ids: Collection[str], *, kinds: Collection[str], today: date
) -> Iterator[ChildRecord]:
    """Yield the records of children whose record is not restricted, with what the lists read and nothing else.

    Args:
        tx: a running transaction.
        ids: of the children.
        kinds: the kinds of entry that are read.
        today: the day the records are read as of; what marked neglect and does so no longer is left out.
    """
    waiting = iter(sorted(ids))
    since = add_months(today, -MARKED_FOR_MONTHS)
    while some := tuple(islice(waiting, _AT_ONCE)):
        children = [child for child in tx.children.get_many(some).values() if not child.restricted]
        people = tx.people.get_many(tuple({carer.person for child in children for carer in child.carers}))
        homes_of = households_of_each(tx, some)
        homes = tx.households.get_many(tuple({home for found in homes_of.values() for home in found}))
        entries: defaultdict[str, list[RuleEntry]] = defaultdict(list)
        for child_id, entry in entries_of_each(tx, some, kinds=kinds, themes=NEGLECT, since=since):
            entries[child_id].append(entry)
        for child in children:
            yield ChildRecord(
                child=child,
                people=people,
                households=tuple(homes[id_] for id_ in homes_of.get(child.id, ())),
                entries=tuple(entries[child.id]),
            )
