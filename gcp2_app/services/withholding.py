"""Who is around a child, and what is withheld from whoever is going to see something about them."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from gcp2_app.domain.child_merges import MARKED
from gcp2_app.domain.openings import is_unborn
from gcp2_app.domain.register import Child, Household, Person
from gcp2_app.domain.trend import Trend
from gcp2_app.domain.users import Duty
from gcp2_app.domain.withheld import THIS_CHILD, Around, SecretKind, Withheld, withheld_from
from gcp2_app.domain.withheld_marks import marks
from gcp2_app.services import names
from gcp2_app.services.session import Session
from gcp2_app.storage import search
from gcp2_app.storage.store import Transaction

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """Who of the people around a child something can be made for.

    Attributes:
        names: by id, adults first.
        something_withheld: ids of those from whom something is withheld.
    """

    names: Mapping[str, str]
    something_withheld: frozenset[str]


def around(tx: Transaction, child: Child) -> Around:
    """Return everyone around a child, within a running transaction; the caller has checked the reach."""
    carers = [carer.person for carer in child.carers]
    ids = dict.fromkeys(id_ for who in (child.id, *carers) for id_ in search.households_of(tx, who))
    households = tuple(tx.households.get(id_) for id_ in ids)
    members = {member.who for household in households for member in household.members}
    others = (search.children_with_carers(tx, carers) | search.children_among(tx, members)) - {child.id}
    children = {each.id: each for each in (child, *(tx.children.get(id_) for id_ in sorted(others)))}
    absorbed = tx.child_merges.absorbed_into(children)
    return Around(
        children=tuple(children.values()),
        people=tuple(tx.people.get_many((*carers, *sorted(members - set(carers)))).values()),
        households=households,
        earlier=tuple(_as_of(children[stands], each) for stands, each in absorbed),
        merged={each.id: stands for stands, each in absorbed},
    )


def _as_of(child: Child, absorbed: Child) -> Child:
    """Return what a merged record said, withheld as what the record says now: no text may tell either."""
    return replace(absorbed, id=child.id, **{name: getattr(child, name) for name in MARKED})


def readers(session: Session, child_id: str) -> Readers:
    """Return for whom of the people around a child something can be made.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        child = tx.children.get(child_id)
        session.require_reach(child)
        return readers_around(around(tx, child))


def readers_around(found: Around) -> Readers:
    """Return for whom of the people around a child something can be made."""
    records: tuple[Child | Person | Household, ...] = (*found.children, *found.people, *found.households)
    hidden_from = {who for record in records for _, who in marks(record)}
    born = (each for each in found.children if not is_unborn(each))
    names = {person.id: person.name for person in found.people} | {each.id: each.name for each in born}
    return Readers(names={id_: name for id_, name in names.items() if name}, something_withheld=frozenset(hidden_from))


def named_in(found: Around, text: str) -> frozenset[str]:
    """Return ids of the people around a child whose whole name stands in a text, such as a typed recipient.

    A family's name alone, which is all that a child not born yet may have, is nobody's whole name.
    """
    said = set(_words(text))
    names = [(person.id, person.name) for person in found.people]
    names += [(each.id, each.name) for each in found.children if each.given_names.strip()]
    return frozenset(id_ for id_, name in names if (words := set(_words(name))) and words <= said)


def hidden_from(session: Session, found: Around, viewers: Collection[str]) -> Withheld:
    """Return what is withheld from viewers today."""
    return withheld_from(viewers, found, today=session.today())


def label_for(child: Child, withheld: Withheld) -> str:
    """Return what a child is called for these viewers."""
    name = names.of_child(child)
    return THIS_CHILD if any(each.kind is SecretKind.NAME for each in withheld.scrub(name).taken) else name


def trend_for(trend: Trend, child: Child, withheld: Withheld) -> Trend:
    """Return a trend without what is withheld."""
    if not withheld.secrets:
        return trend
    series = tuple(replace(one, carer_label=withheld.scrub(one.carer_label).text) for one in trend.series)
    periods = tuple(replace(one, name=withheld.scrub(one.name).text) for one in trend.circumstances)
    return replace(trend, child_label=label_for(child, withheld), series=series, circumstances=periods)


def _words(text: str) -> Iterable[str]:
    return (word.casefold() for word in _WORD.findall(text))
