"""Which children belong together on a day: those who live in one household, or are looked after by one carer.

Knows the register's values alone. What may be shown of another child is the business of services.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.register import Child, Household


@dataclass(frozen=True, slots=True, kw_only=True)
class Sibling:
    """Another child beside one child.

    Attributes:
        same_home: both live in one household on the day; else they share a carer alone.
    """

    child: Child
    same_home: bool


def at_home(household: Household, on: date) -> frozenset[str]:
    """Return ids of everyone who is a member of a household on a day; both ends of a membership are inclusive."""
    return frozenset(
        member.who
        for member in household.members
        if (member.from_ is None or member.from_ <= on) and (member.to is None or on <= member.to)
    )


def siblings(
    child: Child, others: Iterable[Child], households: Iterable[Household], *, on: date
) -> tuple[Sibling, ...]:
    """Return the children who count as siblings of a child on a day, eldest first, unborn children last.

    Being related is not asked: the care they are given is the same home's or the same carer's.

    Args:
        child: the child.
        others: any children; who does not count is left out, and so is the child.
        households: any households.
        on: the day; a membership that is over counts no more. Carers are recorded without dates: they are current.

    Source: instrument.md, The unit of work, Siblings.
    """
    homes = [at for household in households if child.id in (at := at_home(household, on))]
    carers = {carer.person for carer in child.carers}
    found: dict[str, Sibling] = {}
    for other in others:
        same_home = any(other.id in home for home in homes)
        same_carer = any(carer.person in carers for carer in other.carers)
        if other.id != child.id and (same_home or same_carer):
            found[other.id] = Sibling(child=other, same_home=same_home)
    return tuple(sorted(found.values(), key=_eldest_first))


def _eldest_first(sibling: Sibling) -> tuple[bool, date, str, str]:
    child = sibling.child
    return child.date_of_birth is None, child.born or date.max, child.name, child.id
