"""One child recorded twice, with everything a record can hold in both."""

from dataclasses import dataclass, replace
from datetime import date

from gcp2_app.domain.alerts import SetAside
from gcp2_app.domain.chronologies import Chronology, ChronologyStyle, Pick
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.register import (
    Address,
    Agency,
    Carer,
    Category,
    Child,
    Household,
    Member,
    Person,
    Status,
    StatusKind,
)
from gcp2_app.domain.supervision import Supervision
from gcp2_app.domain.when import When
from gcp2_app.services import chronologies, entries, register
from gcp2_app.services.session import Session
from tests.stores import TODAY, add_family, signed_off


@dataclass(frozen=True)
class Twice:
    """Two records of one child.

    Attributes:
        child: the record that stands; ``other``: the one merged into it; ``sibling``: lives with the other.
        signed: id of the other's signed-off assessment.
        visit: id of an entry about the other and the sibling; ``both``: of one about both records.
        frozen: id of the other's frozen chronology.
    """

    child: Child
    other: Child
    sibling: Child
    signed: str
    visit: str
    both: str
    frozen: str


def one_child_twice(session: Session, supervisor: Session) -> Twice:
    """Record one child twice, as a health visitor and a school might have."""
    child, mother = add_family(session, born=date(2023, 1, 10))
    child = register.save_child(session, replace(child, nhs_number="9434765919", school="Hollow Lane Nursery"))
    father = register.save_person(session, Person(id="", name="Dean Practice-Marsh"))
    other = register.save_child(session, _other(mother, father))
    sibling = register.save_child(session, Child(id="", given_names="Wren", family_name="Practice-Oak"))
    signed = signed_off(session, other, first=date(2026, 8, 3), grade=2, supervisor=supervisor).assessment.id
    signed_off(session, child, first=date(2026, 9, 7), grade=3, supervisor=supervisor)
    register.save_household(
        session,
        Household(
            id="",
            members=(Member(who=other.id, from_=date(2024, 1, 1)), Member(who=sibling.id)),
            addresses=(Address(lines=("4 Mill Lane",), postcode="DY1 1AA", authority="Dudley"),),
        ),
    )
    visit = _add(session, "event", (other.id, sibling.id), relevance={other.id: "Cold.", sibling.id: "Well."})
    both = _add(session, "note", (child.id, other.id), relevance={child.id: "Tired.", other.id: "Hungry."})
    for each in (child, other):
        _add(session, "referral", (each.id,), data={"by_agency": "school"})
        _add(session, "appointment", (each.id,), data={"service": "clinic", "status": "not_brought"})
    draft = Chronology(id="", child=other.id, style=ChronologyStyle.PROFESSIONAL, picks=(Pick(entry=visit),))
    frozen = chronologies.freeze(session, chronologies.save(session, replace(draft, analysis="Of the other.")))
    own = Chronology(id="", child=child.id, style=ChronologyStyle.PROFESSIONAL, picks=(Pick(entry=both),))
    chronologies.save(session, own)
    with session.store.transaction() as tx:
        supervision = Supervision(id="s1", child=other.id, on=TODAY, by=supervisor.professional.id, discussed="Sleep.")
        tx.supervisions.put(supervision, by=None)
    return Twice(child, other, sibling, signed, visit, both, frozen.id)


def _other(mother: Person, father: Person) -> Child:
    aside = SetAside(rule="LP2.gap", reason="On holiday.", by="w", on=TODAY, until=date(2026, 12, 24))
    return Child(
        id="",
        given_names="Robyn",
        family_name="Oak",
        aliases=("Bobby",),
        date_of_birth=date(2023, 1, 10),
        upn="A823432104001",
        school="Mill Hill Pre-school",
        gp="Brook Surgery",
        gp_withheld_from=(father.id,),
        carers=(Carer(person=father.id, relationship="father", main=True), Carer(person=mother.id)),
        statuses=(Status(status=StatusKind.CHILD_PROTECTION, category=Category.NEGLECT, from_=date(2026, 8, 1)),),
        set_asides=(aside,),
        note="Also known to the nursery.",
    )


def _add(session: Session, kind: str, children: tuple[str, ...], **more: object) -> str:
    data = more.pop("data", {"type": "household_change"} if kind == "event" else {})
    entry = Entry(
        id="",
        kind=kind,
        children=children,
        when=When.on(date(2026, 10, 5)),
        source=Source(name="Practice School", role="teacher", agency=Agency.SCHOOL),
        what="What happened.",
        data=data,  # type: ignore[arg-type]  # a mapping by the caller
        **more,  # type: ignore[arg-type]  # fields of an entry by the caller
    )
    return entries.add(session, entry).id
