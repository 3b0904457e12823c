"""The people of every role, and the one family, of the small store in which every use case is tried."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from gcp2_app.domain.answers import Evidence, EvidenceSource
from gcp2_app.domain.assessment import SharingHeldBack
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.evidence import with_evidence
from gcp2_app.domain.register import Agency, Carer, Category, Child, Household, Member, Person, Status, StatusKind
from gcp2_app.domain.users import Role, User
from gcp2_app.domain.when import When
from gcp2_app.services import (
    assessments,
    attachments,
    challenging,
    entries,
    register,
    shared_evidence,
    stages,
)
from gcp2_app.services.assessments import Working
from gcp2_app.services.attachments import NewFile
from gcp2_app.services.session import Session
from tests import antenatal
from tests.stores import TODAY, add_family, add_user, as_user, begin, grade_all, graded

_OURS = Source(agency=Agency.CHILDRENS_SOCIAL_CARE)
WORDS = {"our_position": "Three requests in a year.", "asked_for": "An assessment.", "with_whom": "Kit Hill"}


@dataclass(frozen=True)
class Family:
    """The children the store is about, all of one carer and one home, with what is written about the first of them."""

    child: Child
    carer: Person
    siblings: dict[str, Child]
    notes: dict[str, Entry]
    work: dict[str, Working]


def everyone(owner: Session) -> dict[str, Session]:
    """Give everyone a sign-in, and return a session of each."""
    roles = {
        "own": (Role.PRACTITIONER,),
        "other": (Role.PRACTITIONER,),
        "team": (Role.SUPERVISOR,),
        "strange": (Role.SUPERVISOR,),
        "admin": (Role.ADMINISTRATOR,),
        "auditor": (Role.AUDITOR,),
    }
    for name, given in {**roles, "leaver": (Role.PRACTITIONER,), "nobody": (Role.AUDITOR,)}.items():
        add_user(owner, name, *given)
    for name, where in (("own", "East"), ("team", "East"), ("other", "West"), ("strange", "West")):
        register.save_professional(owner, replace(as_user(owner, name).professional, team=where))
    sessions = {name: as_user(owner, name) for name in roles}
    nobody = as_user(owner, "nobody")
    without: User = replace(nobody.user, roles=frozenset())
    return {**sessions, "nobody": replace(nobody, user=without)}


def make_family(own: Session) -> Family:
    """Write down a family with everything use cases are about."""
    child, carer = add_family(own)
    plan = Status(status=StatusKind.CHILD_PROTECTION, category=Category.NEGLECT, from_=TODAY - timedelta(days=60))
    child = register.save_child(own, replace(child, statuses=(plan,)))
    names = ("Fern", "Elm", "Finished", "Shared", "Submitted", "Signed", "Held")
    siblings = {name: _sibling(own, name, carer) for name in names}
    father = register.save_person(own, Person(id="", name="Practice Father"))
    also = (*siblings["Held"].carers, Carer(person=father.id, relationship="father"))
    siblings["Held"] = register.save_child(own, replace(siblings["Held"], carers=also))
    members = (Member(who=carer.id), Member(who=child.id), *(Member(who=each.id) for each in siblings.values()))
    register.save_household(own, Household(id="", members=members))
    referral = {"by_agency": "school", "outcome": "no_further_action", "decision_reason": "Low need."}
    action = {"what": "Mend the gate", "who": "mother", "agreed_on": "2026-11-01"}
    checked = {"name": "Xylo", "dose_as_prescribed": "ONE at night", "given_safely_by": "Practice Nurse"}
    notes = {
        "note": _entry(own, child, "note", {}),
        "wrong": _entry(own, child, "note", {}),
        "action": _entry(own, child, "action", action),
        "referral": _entry(own, child, "referral", referral),
        "medicine": _entry(own, child, "medicine", checked),
        "worksheet": _entry(own, child, "deep_dive", {}),
        "meeting": _entry(own, child, "meeting", {"type": "core_group", "planned_for": "2026-12-01"}),
    }
    entries.enter_in_error(own, notes["wrong"].id, reason="The wrong child.")
    file = NewFile(name="plan.txt", content=b"A plan.")
    attachments.add(own, notes["note"].id, (file,))
    notes["challenge"] = challenging.start(own, notes["referral"].id, stage=1, urgent=False, words=WORDS)
    robin, fern = begin(own, child), begin(own, siblings["Fern"])
    begin(own, siblings["Elm"])
    piece = Evidence(id="e1", text="Cold.", source=EvidenceSource.SEEN_AT_HOME, by=own.professional.id, on=TODAY)
    robin = assessments.save(own, robin, with_evidence(robin.assessment, ("A2.a",), piece))
    units = {**robin.assessment.units, "A2.b": graded(own, robin, "A2.b", 2)}
    robin = assessments.save(own, robin, replace(robin.assessment, units=units))
    shared_evidence.put_on(own, robin.assessment.id, "e1", {siblings["Fern"].id})
    return Family(child=child, carer=carer, siblings=siblings, notes=notes, work={"Robin": robin, "Fern": fern})


def _sibling(own: Session, name: str, carer: Person) -> Child:
    return register.save_child(
        own,
        Child(
            id="",
            given_names=name,
            family_name="Practice-Oak",
            date_of_birth=date(2021, 5, 4),
            carers=(Carer(person=carer.id, relationship="mother", main=True),),
        ),
    )


def stages_of(own: Session, family: Family, team: Session) -> dict[str, Working]:
    """Return assessments of the siblings, one at each stage an assessment goes through."""
    found: dict[str, Working] = {}
    steps = (stages.finish, stages.share, stages.submit)
    for name, upto in (("Finished", 1), ("Held", 1), ("Shared", 2), ("Submitted", 3), ("Signed", 3)):
        working = grade_all(own, begin(own, family.siblings[name]), 2)
        for step in steps[:upto]:
            working = step(own, working.assessment.id)
        found[name] = working
    expected = antenatal.begin(own, antenatal.add_unborn(own))
    found["Expected"] = stages.open_section(own, expected.assessment.id, "R", reason="A first baby.")
    found["Unborn"] = antenatal.begin(own, antenatal.add_unborn(own))
    held = found["Held"].assessment
    stages.hold_back(own, held.id, replace(held_back(family), person=family.siblings["Held"].carers[1].person))
    stages.share(own, held.id)
    stages.sign_off(team, found["Signed"].assessment.id)
    return found


def held_back(family: Family) -> SharingHeldBack:
    """Return why the grades are held back from the carer."""
    return SharingHeldBack(person=family.carer.id, reason="Not safe", agreed_by="Lead", look_again_on=TODAY)


def _entry(session: Session, child: Child, kind: str, data: dict[str, Any]) -> Entry:
    made = Entry(
        id="", kind=kind, children=(child.id,), when=When.on(TODAY), known=When.on(TODAY), what="Seen.", source=_OURS,
        data=data,
    )  # fmt: skip
    return entries.add(session, made)
