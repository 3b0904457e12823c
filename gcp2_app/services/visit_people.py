"""The people a visit is about, and the visit with them; shared by what comes before, during and after it."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from gcp2_app.domain import visits
from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.register import Child, Household, Person
from gcp2_app.domain.scoring import can_be_scored
from gcp2_app.domain.visits import Draft, VisitSheet
from gcp2_app.services import packs
from gcp2_app.services.register import ReasonNeeded
from gcp2_app.services.session import Session
from gcp2_app.storage.search import children_among, children_with_carers, households_of
from gcp2_app.storage.store import Transaction

#: How the settings begin that hold which visit each user is on.
UNDER_WAY: Final = "visit under way "
#: Assessments that can take what a visit found.
_OPEN: Final = frozenset({AssessmentState.DRAFT, AssessmentState.IN_PROGRESS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Adult:
    """An adult of the household or a carer, as the page before a visit names them."""

    person: Person
    relationship: str = ""
    lives_there: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit with the people it is about.

    Attributes:
        children: those of the household whom the user may reach, the eldest first.
        adults: those of the household, and carers who live elsewhere.
    """

    entry: Entry
    sheet: VisitSheet
    children: tuple[Child, ...]
    adults: tuple[Adult, ...]

    @property
    def id(self) -> str:
        """Id of its entry."""
        return self.entry.id


def reached(session: Session, tx: Transaction, child_id: str, why: str) -> Child:
    """Return a child whose record the user may open, restricted ones for a reason."""
    child = tx.children.get(child_id)
    session.require_reach(child)
    if child.restricted and not why.strip():
        raise ReasonNeeded("This record is restricted.", "Say why you open it; the reason is kept.", child=child_id)
    return child


def household(
    session: Session, tx: Transaction, child: Child
) -> tuple[tuple[Household, ...], tuple[Child, ...], tuple[Adult, ...]]:
    """Return a child's households of today with the children and adults in them; without one, those of the carers."""
    day = session.today()
    homes = tuple(
        home
        for home in (tx.households.get(id_) for id_ in households_of(tx, child.id))
        if child.id in members_of(home, day)
    )
    members = {who for home in homes for who in members_of(home, day)}
    carers = {carer.person: carer.relationship for carer in child.carers}
    others = children_among(tx, members) if homes else children_with_carers(tx, carers)
    children = [
        each for each in (tx.children.get(id_) for id_ in sorted({*others, child.id})) if session.may_reach(each)
    ]
    for each in children:
        carers = {carer.person: carer.relationship for carer in each.carers} | carers
    people = tx.people.get_many(tuple(sorted((members - others) | set(carers))))
    adults = tuple(
        Adult(person=person, relationship=carers.get(id_, ""), lives_there=id_ in members or not homes)
        for id_, person in sorted(people.items(), key=lambda each: (each[0] not in members, each[1].name))
    )
    return homes, tuple(sorted(children, key=lambda each: (each.born or date.max, each.id))), adults


def members_of(home: Household, day: date) -> set[str]:
    """Return ids of who lives in a household on a day."""
    return {
        member.who
        for member in home.members
        if (member.from_ is None or member.from_ <= day) and (member.to is None or day <= member.to)
    }


def pack_of_open(tx: Transaction, assessment: Assessment, child: Child) -> Pack | None:
    """Return the pack of an assessment that is worked on and has a band, or None."""
    if assessment.state not in _OPEN or assessment.recorded_elsewhere:
        return None
    pack = packs.of(tx, assessment)
    return pack if can_be_scored(pack, assessment, child.born) else None


def children_of(session: Session, tx: Transaction, entry: Entry) -> tuple[Child, ...]:
    """Return the children of an entry whom the user may reach."""
    found = (tx.children.get(id_) for id_ in entry.children)
    return tuple(child for child in found if session.may_reach(child))


def visit_of(session: Session, tx: Transaction, entry: Entry) -> Visit:
    """Return a visit with its people."""
    children = children_of(session, tx, entry)
    adults: dict[str, Adult] = {}
    for child in children:
        for adult in household(session, tx, child)[2]:
            known = adults.get(adult.person.id)
            if known is None or (adult.relationship and not known.relationship):
                adults[adult.person.id] = adult
    return Visit(entry=entry, sheet=visits.read_sheet(entry), children=children, adults=tuple(adults.values()))


def key_of(session: Session) -> str:
    """Return the name of the setting that holds which visit a user is on."""
    return f"{UNDER_WAY}{session.user.id}"


def stored(session: Session, tx: Transaction) -> dict[str, Any]:
    """Return what is kept of the visit a user is on; nothing where there is none."""
    text = tx.setting(key_of(session))
    kept: dict[str, Any] = {} if text is None else json.loads(text)
    return kept


def draft_of(session: Session, tx: Transaction) -> Draft:
    """Return what was typed and is not on the sheet yet."""
    kept = stored(session, tx)
    return Draft(text=kept.get("draft", ""), line=kept.get("line", ""), correction=kept.get("correction", ""))


def set_draft(session: Session, tx: Transaction, draft: Draft) -> None:
    """Keep what was typed and is not on the sheet yet."""
    typed = {"draft": draft.text, "line": draft.line, "correction": draft.correction}
    tx.set_setting(key_of(session), json.dumps({**stored(session, tx), **typed}))


def put(
    session: Session,
    tx: Transaction,
    entry: Entry,
    *,
    action: str,
    fields: tuple[str, ...] = ("*",),
    reason: str = "",
    keep_earlier: bool = False,
) -> Entry:
    """Write a visit with its audit event; ``keep_earlier`` keeps what it said before."""
    # A line more on the sheet is nobody's record yet; what a corrected line said before is.
    tx.entries.put(entry, by=session.user.id, reason=reason, keep_earlier=keep_earlier)
    tx.record(action, by=session.user.id, kind="entry", id=entry.id, fields=fields, reason=reason)
    return entry
