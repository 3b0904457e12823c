"""The marks that say from whom something is withheld: which of them a change would take away, and keeping them.

An address has no id: it is the same one where its lines and postcode say the same, else one that stands in its place
with the same marks. Pure values.

Source: casework.md, Register (undoing it needs a second person).
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Address, Child, Household, Person

Markable = TypeVar("Markable", Child, Person, Household, Entry)

_OF_CHILD: Final = ("school_withheld_from", "gp_withheld_from", "name_withheld_from")
_OF_ONE: Final = ("withheld_from",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """One mark that a change would take away.

    Attributes:
        field: its field; ``addresses`` for a household.
        who: id of the person it is withheld from.
        place: of a household, the address.
    """

    field: str
    who: str
    place: str = ""


def marks(record: Child | Person | Household | Entry) -> Counter[tuple[str, str]]:
    """Return how often a record withholds something, by field and by the person it is withheld from."""
    if isinstance(record, Household):
        return Counter(("addresses", who) for address in record.addresses for who in address.withheld_from)
    return Counter((name, who) for name in _fields(record) for who in getattr(record, name))


def lifted(before: Markable, after: Markable) -> tuple[Lifted, ...]:
    """Return the marks a change would take away.

    Taking out a withheld address counts: what is not in the register can be taken out of no text.
    """
    if isinstance(before, Household):
        return tuple(
            Lifted(field="addresses", who=who, place=place_of(address))
            for address, same in _paired(before, after)
            for who in address.withheld_from
            if same is None or who not in same.withheld_from
        )
    return tuple(
        Lifted(field=name, who=who)
        for name in _fields(before)
        for who in getattr(before, name)
        if who not in getattr(after, name)
    )


def undone(before: Markable, after: Markable) -> tuple[str, ...]:
    """Return names of the fields in which a change would let somebody see again what is withheld from them."""
    return tuple(sorted({mark.field for mark in lifted(before, after)}))


def kept(before: Markable, after: Markable) -> Markable:
    """Return a changed record with every mark it had; a withheld address that is gone stays."""
    if isinstance(before, Household):
        addresses = list(after.addresses)
        for address, same in _paired(before, after):
            if same is None:
                addresses.append(address)
            else:
                place = next(i for i, each in enumerate(addresses) if each is same)
                addresses[place] = replace(same, withheld_from=_both(address.withheld_from, same.withheld_from))
        return replace(after, addresses=tuple(addresses))
    both: dict[str, Any] = {name: _both(getattr(before, name), getattr(after, name)) for name in _fields(before)}
    return replace(after, **both)


def without(record: Markable, gone: Collection[Lifted]) -> Markable:
    """Return a record without some marks; those it does not have are none of its."""
    if isinstance(record, Household):
        places = {(mark.place, mark.who) for mark in gone}
        addresses = (
            replace(each, withheld_from=tuple(who for who in each.withheld_from if (place_of(each), who) not in places))
            for each in record.addresses
        )
        return replace(record, addresses=tuple(addresses))
    names = {(mark.field, mark.who) for mark in gone}
    left: dict[str, Any] = {
        name: tuple(who for who in getattr(record, name) if (name, who) not in names) for name in _fields(record)
    }
    return replace(record, **left)


def place_of(address: Address) -> str:
    """Return an address as it is told from others."""
    return " ".join(" ".join((*address.lines, address.postcode)).casefold().split())


def _fields(record: Child | Person | Household | Entry) -> tuple[str, ...]:
    return _OF_CHILD if isinstance(record, Child) else _OF_ONE


def _paired(before: Household, after: Household) -> list[tuple[Address, Address | None]]:
    """Return each withheld address with the one that is it, or stands in its place with its marks; None for neither."""
    left = list(after.addresses)
    pairs: list[tuple[Address, Address | None]] = []
    gone: list[Address] = []
    for address in before.addresses:
        here = [each for each in left if place_of(each) == place_of(address)]
        same = max(here, key=lambda each: len({*address.withheld_from} & {*each.withheld_from}), default=None)
        if same is not None:
            # By identity: two addresses may be equal.
            left = [each for each in left if each is not same]
        if address.withheld_from and same is not None:
            pairs.append((address, same))
        elif address.withheld_from:
            gone.append(address)
    for address in gone:
        instead = next((each for each in left if set(address.withheld_from) <= set(each.withheld_from)), None)
        left = [each for each in left if each is not instead]
        pairs.append((address, instead))
    return pairs


def _both(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
    return (*after, *(who for who in before if who not in after))
