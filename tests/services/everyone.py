"""Every public use case of the services, everyone who could ask for it, and what each is called with."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import gcp2_app.services
from gcp2_app.domain.alerts import Job
from gcp2_app.domain.assessment import Sharing, SharingHeldBack, Window
from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.chronologies import ChronologyStyle
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.kinds import RecordKind
from gcp2_app.domain.licensing import Training
from gcp2_app.domain.moment import Moment
from gcp2_app.domain.register import Agency, Child
from gcp2_app.domain.second_grading import SecondGrading
from gcp2_app.domain.supervision import Decision, Followed, Supervision
from gcp2_app.domain.users import Role, User
from gcp2_app.domain.visits import How, VisitSheet
from gcp2_app.domain.when import When
from gcp2_app.errors import NotAllowed
from gcp2_app.services import charts, chronologies, entries, packs, register, trends
from gcp2_app.services.agency_record import Kept
from gcp2_app.services.assessments import Start
from gcp2_app.services.documents import making
from gcp2_app.services.elsewhere import Elsewhere
from gcp2_app.services.entry_step import Step
from gcp2_app.services.plan_steps import Answers
from gcp2_app.services.referring import Try
from gcp2_app.services.session import Session
from gcp2_app.services.supervision import recorded
from gcp2_app.services.supervision.desk import DeskQuery
from gcp2_app.services.users import NewUser
from gcp2_app.storage.cost import FLOOR
from gcp2_app.storage.search import CaseloadQuery
from gcp2_app.storage.stream import StreamQuery
from tests.stores import PASSPHRASE, TODAY, add_family, add_user, as_user, begin

#: In the order of the letters of the table.
EVERYONE = ("own", "other", "team", "strange", "admin", "auditor", "nobody")
#: How a service refuses somebody because of who they are; anything else it may refuse is about what was asked.
REFUSALS = (
    "Your sign-in does not",
    "This child is not on your caseload",
    "None of these children is on your caseload",
    "This second grading is",
)


@dataclass(frozen=True)
class World:
    """A store with one child, and a session of everyone."""

    sessions: dict[str, Session]
    arguments: dict[str, Any]
    exact: dict[str, dict[str, Any]]


def use_cases() -> dict[str, Callable[..., Any]]:
    """Return every public function of the services that takes a session first, by its module and name."""
    found: dict[str, Callable[..., Any]] = {}
    for module in pkgutil.walk_packages(gcp2_app.services.__path__, "gcp2_app.services."):
        for name, each in vars(importlib.import_module(module.name)).items():
            if name.startswith("_") or not inspect.isfunction(each) or each.__module__ != module.name:
                continue
            parameters = list(inspect.signature(each).parameters)
            if parameters[:1] == ["session"] and parameters[1:2] != ["tx"]:
                found[f"{module.name.removeprefix('gcp2_app.services.')}.{name}"] = each
    return found


def make_world(owner: Session, folder: Path) -> World:
    """Return the world around a store's first session."""
    for name, roles in (
        ("own", (Role.PRACTITIONER,)),
        ("other", (Role.PRACTITIONER,)),
        ("team", (Role.SUPERVISOR,)),
        ("strange", (Role.SUPERVISOR,)),
        ("admin", (Role.ADMINISTRATOR,)),
        ("auditor", (Role.AUDITOR,)),
        ("leaver", (Role.PRACTITIONER,)),
    ):
        add_user(owner, name, *roles)
    for name, team in (("own", "East"), ("team", "East"), ("other", "West"), ("strange", "West")):
        register.save_professional(owner, replace(as_user(owner, name).professional, team=team))
    sessions = {name: as_user(owner, name) for name in EVERYONE if name != "nobody"}
    auditor = sessions["auditor"]
    without: User = replace(auditor.user, roles=frozenset())
    sessions["nobody"] = replace(auditor, user=without)
    own = sessions["own"]
    child, carer = add_family(own)
    working = begin(own, child)
    note = _entry(own, child, "note", {})
    action = _entry(own, child, "action", {"what": "Mend the gate", "who": "mother", "agreed_on": "2026-11-01"})
    draft = chronologies.save(own, chronologies.start(own, child.id, ChronologyStyle.PROFESSIONAL).draft)
    held = recorded.record(
        sessions["team"],
        Supervision(id="", child=child.id, on=TODAY, by="", decisions=(Decision(what="Visit", why="Unseen"),)),
    )
    again = SecondGrading(
        id="g1",
        assessment=working.assessment.id,
        asked_by=sessions["team"].professional.id,
        grader=sessions["other"].professional.id,
        asked_on=TODAY,
    )
    with owner.store.transaction() as tx:
        tx.second_gradings.put(again, by=owner.user.id)
    pack = packs.get(own, "graded-care")
    made = charts.chart(own, child.id, ChartKind.TYPES)
    with owner.store.transaction() as tx:
        leaver = tx.user_named("leaver")
    assert leaver is not None
    training = Training(person=own.professional.id, course="gcp2", on=TODAY)
    window = Window(from_=TODAY, to=TODAY)
    arguments: dict[str, Any] = {
        "about_id": note.id,
        "area": "D",
        "assessment": working.assessment,
        "assessment_id": working.assessment.id,
        "assessment_ids": (working.assessment.id,),
        "batch": "none",
        "before": "",
        "carers": (carer.id,),
        "copy": working.assessment,
        "grader": sessions["other"].professional.id,
        "grading_id": again.id,
        "team": "East",
        "changed": working.assessment,
        "child": child,
        "child_id": child.id,
        "children": (child.id,),
        "chronology_id": draft.id,
        "code": "A1.a",
        "draft": draft,
        "entry": Entry(id="", kind="note", children=(child.id,), when=When.on(TODAY), what="New.", source=_OURS),
        "entry_id": note.id,
        "evidence_id": "none",
        "expected": training,
        "files": (),
        "followed": Followed.DONE,
        "held": SharingHeldBack(person=carer.id, reason="Not safe", agreed_by="Lead", look_again_on=TODAY),
        "how": How.I_SAW,
        "id_": note.id,
        "ids": (note.id,),
        "job": Job.LEAD,
        "kept": Kept.ENTRY,
        "kind": ChartKind.TYPES,
        "line_id": "none",
        "made": made,
        "moment": Moment(),
        "names": (),
        "new": NewUser(
            sign_in_name="", name="", role="", agency=Agency.OTHER, roles=frozenset(), passphrase=PASSPHRASE
        ),
        "number": 0,
        "of": RecordKind.PROFESSIONAL,
        "old": "wrong",
        "on": TODAY,
        "organisation": "Practice NHS",
        "pack": pack,
        "pack_id": pack.id,
        "path": folder / "none.json",
        "person": carer.id,
        "reason": "Because",
        "recipient": "Practice Colleague",
        "record": None,
        "reference": "1",
        "roles": frozenset({Role.PRACTITIONER}),
        "rule": "LP2.gap",
        "seen": "x",
        "sharing": Sharing(at=own.now(), by=own.professional.id, present=(carer.id,)),
        "sheet": VisitSheet(),
        "stage": 1,
        "suffix": ".png",
        "supervision": Supervision(id="", child=child.id, on=TODAY, by="", question="Why?"),
        "supervision_id": held.id,
        "text": "x",
        "trend": trends.trend(own, child.id),
        "until": TODAY,
        "user_id": leaver.id,
        "value": child,
        "values": {},
        "wanted": Start(child=child.id, carers=(carer.id,), window=window),
        "words": {},
        "working": working,
        "reader": "",
        "agreed_on": TODAY,
        "answers": Answers(understood=True, able=True, prevented=False),
        "by": "Practice Nurse",
        "due": None,
        "expires": None,
        "given_safely_by": "Practice Nurse",
        "referral_id": note.id,
        "reply": "No.",
        "result": "done",
        "role": "pharmacist",
        "said": "Spoken to.",
        "stage_id": note.id,
        "training": training,
        "visit_id": note.id,
        "what": "Mend the gate",
        "who": "Practice Mother",
    }
    step = Step(id=action.id, revision=action.revision)
    exact: dict[str, dict[str, Any]] = {
        "caseload.page": {"query": CaseloadQuery()},
        "stream.outline": {"query": StreamQuery(child=child.id)},
        "supervision.desk.desk": {"query": DeskQuery()},
        "documents.making.preview": {"wanted": making.Wanted(kind="assessment", child=child.id)},
        "documents.making.export": {"wanted": making.Wanted(kind="assessment", child=child.id)},
        "elsewhere.record": {
            "wanted": Elsewhere(child=child.id, carers=(carer.id,), window=window, grades={"A": 2}, recorded_by="Paper")
        },
        "elsewhere.change": {
            "wanted": Elsewhere(child=child.id, carers=(carer.id,), window=window, grades={"A": 2}, recorded_by="Paper")
        },
        "register.save_person": {"value": carer},
        "register.save_professional": {"value": own.professional},
        "challenging.add_contact": {"how": "phone"},
        "challenging.record_reply": {"on": TODAY.isoformat()},
        "challenging.resolve": {"on": TODAY.isoformat(), "resolution": "Agreed."},
        "referral_outcomes.add_follow_up": {"how": "phone"},
        "referral_outcomes.record_outcome": {"said": {}},
        "referring.record_try": {"made": Try(to_role="worker", reached=False)},
        "entries.revise": {"entry": replace(note, what="Said otherwise.")},
        "entries.needs_second_person": {"entry": replace(note, what="Said otherwise.")},
        "users.add": {"cost": FLOOR},
    }
    arguments["step"] = step
    return World(sessions=sessions, arguments=arguments, exact=exact)


_OURS = Source(agency=Agency.CHILDRENS_SOCIAL_CARE)


def _entry(session: Session, child: Child, kind: str, data: dict[str, Any]) -> Entry:
    made = Entry(
        id="", kind=kind, children=(child.id,), when=When.on(TODAY), known=When.on(TODAY), what="Seen.", source=_OURS,
        data=data,
    )  # fmt: skip
    return entries.add(session, made)


def outcome(world: World, name: str, case: Callable[..., Any], who: str) -> str:
    """Return ``-`` where a use case refuses somebody because of who they are, and ``+`` where it goes on."""
    session = world.sessions[who]
    known = world.arguments | world.exact.get(name, {})
    arguments: list[Any] = []
    options: dict[str, Any] = {}
    for parameter in list(inspect.signature(case).parameters.values())[1:]:
        if parameter.kind is parameter.KEYWORD_ONLY:
            if parameter.name in known or parameter.default is parameter.empty:
                options[parameter.name] = known.get(parameter.name)
        elif parameter.name in known:
            arguments.append(known[parameter.name])
        elif parameter.default is parameter.empty:
            arguments.append(None)
        else:
            break
    try:
        found = case(session, *arguments, **options)
        if inspect.isgenerator(found):
            list(found)
    except NotAllowed as error:
        return "-" if error.message.startswith(REFUSALS) else "+"
    except Exception:  # noqa: BLE001 - what is wrong with what was asked is another test's business
        return "+"
    return "+"
