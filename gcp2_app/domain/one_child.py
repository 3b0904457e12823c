"""Records that were one child's and are another's: what in them names the child, and nothing else, says so.

What was signed off or frozen keeps its digest: it remembers for which record it was made. Knows values alone.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.chronologies import Chronology
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.kinds import EntryKind, Item, ItemType, RecordKind
from gcp2_app.domain.register import Household
from gcp2_app.domain.supervision import Supervision

Owned = TypeVar("Owned", bound=Assessment | Chronology)

#: Every record that is one child's, or names the children it is about.
OfChild = Entry | Household | Assessment | Chronology | Supervision

#: Between what was said of each of two children who are one.
_AND: Final = "\n"


def named_in(record: OfChild) -> frozenset[str]:
    """Return ids of the children a record is about, and of whoever lives in a household."""
    if isinstance(record, Entry):
        return frozenset(record.children)
    if isinstance(record, Household):
        return frozenset(member.who for member in record.members)
    return frozenset({record.child})


def given_to(record: OfChild, names: Mapping[str, str], kinds: Mapping[str, EntryKind]) -> OfChild:
    """Return a record with some children's ids in place of others.

    Args:
        record: any record that is about children.
        names: the id that stands, by the id it takes the place of.
        kinds: every kind of entry.
    """
    if isinstance(record, Entry):
        return _entry(record, names, kinds.get(record.kind))
    if isinstance(record, Household):
        members = tuple(replace(each, who=names.get(each.who, each.who)) for each in record.members)
        return replace(record, members=tuple(dict.fromkeys(members)))
    if isinstance(record, Supervision):
        return replace(record, child=names.get(record.child, record.child))
    return owned_by(record, names.get(record.child, record.child))


def owned_by(record: Owned, child: str) -> Owned:
    """Return an assessment or chronology as another child's; what was signed remembers whose it was made as."""
    fixed = record.locked if isinstance(record, Assessment) else record.frozen is not None
    made_for = (record.made_for or record.child) if fixed else ""
    return replace(record, child=child, made_for="" if made_for == child else made_for)


def folded(draft: Chronology, other: Chronology) -> Chronology:
    """Return one draft for two for the same readers: the picks of both, and what was written of both."""
    picked = {pick.entry for pick in draft.picks}
    return replace(
        draft,
        picks=(*draft.picks, *(pick for pick in other.picks if pick.entry not in picked)),
        analysis="\n\n".join(dict.fromkeys(filter(None, (draft.analysis, other.analysis)))),
        shown=tuple(each for each in draft.shown if each in other.shown),
    )


def _entry(entry: Entry, names: Mapping[str, str], kind: EntryKind | None) -> Entry:
    return replace(
        entry,
        children=tuple(dict.fromkeys(names.get(id_, id_) for id_ in entry.children)),
        relevance=_keyed(entry.relevance, names),
        data=_data(kind.items, entry.data, names) if kind is not None else entry.data,
    )


def _keyed(said: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return what is said by child; what was said of both is said one below the other, the one that stands first."""
    found: dict[str, Any] = {}
    for id_, each in sorted(said.items(), key=lambda pair: pair[0] in names):
        here = names.get(id_, id_)
        if here in found and isinstance(each, str) and each != found[here]:
            found[here] = f"{found[here]}{_AND}{each}"
        else:
            found[here] = each
    return found


def _data(items: tuple[Item, ...], data: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    declared = {item.name: item for item in items}
    return {key: _value(declared[key], value, names) if key in declared else value for key, value in data.items()}


def _value(item: Item, value: Any, names: Mapping[str, str]) -> Any:
    if item.type is ItemType.MAP and isinstance(value, Mapping):
        return _keyed(value, names) if item.of is RecordKind.CHILD else value
    if isinstance(value, list | tuple):
        made = [_value(item, each, names) for each in value]
        is_child = item.type is ItemType.REFERENCE and item.of is RecordKind.CHILD
        return list(dict.fromkeys(made)) if is_child else made
    if item.type is ItemType.GROUP and isinstance(value, Mapping):
        return _data(item.items, value, names)
    if item.type is ItemType.REFERENCE and item.of is RecordKind.CHILD:
        return names.get(value, value)
    return value
