"""What each use case is called with, so that it is done for whoever may ask for it."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from gcp2_app import wire
from gcp2_app.domain.alerts import Job
from gcp2_app.domain.assessment import Assessment, Sharing, Window
from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.chronologies import ChronologyStyle, Pick
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.healthcare.attendance_rows import Row
from gcp2_app.domain.kinds import RecordKind
from gcp2_app.domain.licensing import Training
from gcp2_app.domain.local_services import LocalService
from gcp2_app.domain.moment import Moment
from gcp2_app.domain.register import Agency, Child, Household, Member, Person
from gcp2_app.domain.second_grading import SecondGrading
from gcp2_app.domain.supervision import Decision, Followed, Supervision
from gcp2_app.domain.users import Role
from gcp2_app.domain.visits import Draft, How, VisitSheet, read_sheet
from gcp2_app.domain.when import When
from gcp2_app.domain.withheld import Around
from gcp2_app.paths import data_folder
from gcp2_app.services import (
    alerts,
    attendance_files,
    backups,
    casefiles,
    challenging,
    charts,
    child_merges,
    chronologies,
    chronology_import,
    drafts,
    elsewhere,
    exchanges,
    packs,
    referring,
    register,
    training,
    trends,
    visit_drafts,
    visits,
)
from gcp2_app.services.agency_record import Kept
from gcp2_app.services.assessments import Start, Working
from gcp2_app.services.attachments import NewFile
from gcp2_app.services.child_merges import Caution
from gcp2_app.services.documents import making
from gcp2_app.services.elsewhere import Elsewhere
from gcp2_app.services.entry_step import Step
from gcp2_app.services.plan_steps import Answers
from gcp2_app.services.referring import Try
from gcp2_app.services.second_person import SecondPerson
from gcp2_app.services.session import Session
from gcp2_app.services.supervision import recorded
from gcp2_app.services.supervision.desk import DeskQuery
from gcp2_app.services.users import NewUser
from gcp2_app.services.verifying import Verified
from gcp2_app.storage.cost import FLOOR
from gcp2_app.storage.search import CaseloadQuery
from gcp2_app.storage.stream import StreamQuery
from tests.services.everyones_family import WORDS, Family, held_back
from tests.services.test_chronology_import_service import wanted as chronology_file
from tests.services.test_referring_service import VALUES
from tests.stores import PASSPHRASE, TODAY

_OURS = Source(agency=Agency.CHILDRENS_SOCIAL_CARE)
_WINDOW = Window(from_=TODAY - timedelta(days=1), to=TODAY)
_ROW = Row(line=1, from_=date(2026, 9, 7), to=date(2026, 10, 16), possible=60, attended=55)


def arguments(sessions: dict[str, Session], family: Family, working: Working) -> dict[str, Any]:
    """Return what use cases are called with, by the name of the parameter."""
    own, team, child, carer, note = sessions["own"], sessions["team"], family.child, family.carer, family.notes["note"]
    action = family.notes["action"]
    decisions = (Decision(what="Visit", why="Unseen"),)
    held = recorded.record(team, Supervision(id="", child=child.id, on=TODAY, by="", decisions=decisions))
    pack = packs.get(own, "graded-care")
    draft = chronologies.save(own, chronologies.start(own, child.id, ChronologyStyle.PROFESSIONAL).draft)
    with own.store.transaction() as tx:
        leaver = tx.user_named("leaver")
    assert leaver is not None
    return {
        "about_id": note.id,
        "team": "East",
        "area": "D",
        "assessment": working.assessment,
        "assessment_id": working.assessment.id,
        "assessment_ids": (working.assessment.id,),
        "carers": (carer.id,),
        "changed": replace(working.assessment, analysis="Changed."),
        "child": child,
        "child_id": child.id,
        "children": (child.id,),
        "chronology_id": draft.id,
        "code": "A1.a",
        "draft": draft,
        "entry": Entry(id="", kind="note", children=(child.id,), when=When.on(TODAY), what="New.", source=_OURS),
        "entry_id": note.id,
        "followed": Followed.DONE,
        "held": held_back(family),
        "how": How.I_SAW,
        "id_": note.id,
        "ids": (note.id,),
        "job": Job.LEAD,
        "kept": Kept.ENTRY,
        "kind": ChartKind.TYPES,
        "made": charts.chart(own, child.id, ChartKind.TYPES),
        "moment": Moment(),
        "names": (),
        "number": 0,
        "of": RecordKind.PROFESSIONAL,
        "on": TODAY,
        "organisation": "Practice NHS",
        "pack": pack,
        "pack_id": pack.id,
        "person": carer.id,
        "reason": "Because",
        "recipient": "Practice Colleague",
        "record": None,
        "reference": "1",
        "roles": frozenset({Role.PRACTITIONER}),
        "sharing": Sharing(at=own.now(), by=own.professional.id, present=(carer.id,)),
        "stage": 1,
        "style": ChronologyStyle.FAMILY,
        "suffix": ".png",
        "supervision": Supervision(id="", child=child.id, on=TODAY, by="", question="Why?"),
        "supervision_id": held.id,
        "text": "x",
        "trend": trends.trend(own, child.id),
        "until": TODAY,
        "urgent": False,
        "user_id": leaver.id,
        "value": child,
        "values": VALUES | {"override_reason": "Asked for."},
        "wanted": Start(child=child.id, carers=(carer.id,), window=_WINDOW),
        "words": WORDS,
        "working": working,
        "reader": "",
        "agreed_on": TODAY,
        "answers": Answers(understood=True, able=True, prevented=False),
        "by": "seen",
        "due": None,
        "expires": None,
        "given_safely_by": "Practice Nurse",
        "referral_id": family.notes["referral"].id,
        "reply": "No.",
        "result": "done",
        "role": "pharmacist",
        "said": "Spoken to.",
        "seen": "The certificate",
        "stage_id": family.notes["challenge"].id,
        "step": Step(id=action.id, revision=action.revision),
        "what": "Mend the gate",
        "who": "Practice Mother",
        "typed": "seen",
    }


def exact(
    sessions: dict[str, Session], family: Family, work: dict[str, Working], folder: Path
) -> dict[str, dict[str, Any]]:
    """Return what one use case alone is called with, by its name and the name of the parameter."""
    own, child, carer = sessions["own"], family.child, family.carer
    return (
        _about_entries(own, family, folder)
        | _about_waiting(own, family.siblings["Elm"], carer, folder)
        | _about_assessments(family, work)
        | _about_files(own, family, work, folder)
        | _about_second_gradings(sessions, work["Signed"].assessment)
        | _about_oneself(sessions)
        | _about_visits(own, child)
        | _about_alerts(own, child)
        | _about_merges(own)
        | _about_backups(sessions["admin"])
        | {
            "caseload.page": {"query": CaseloadQuery()},
            "stream.outline": {"query": StreamQuery(child=child.id)},
            "supervision.desk.desk": {"query": DeskQuery()},
            **{
                f"documents.{name}": {"wanted": making.Wanted(kind="assessment", child=child.id)}
                for name in (
                    *(f"making.{each}" for each in ("preview", "export", "prepare_preview", "prepare_export")),
                    "making.note_not_saved",
                    "choosing.choices",
                )
            },
            "register.save_person": {"value": carer},
            "register.save_household": {"value": Household(id="", members=(Member(who=carer.id),))},
            "register.save_professional": {"value": own.professional},
            "local_services.save": {"value": LocalService(id="", name="Practice food bank")},
            "replays.known": {"day": TODAY},
            "learning.mark_read": {"code": "LP1"},
            "entry_children.require_reached": {"children": (child,)},
            "second_person.confirm": {"second": _second("leaver"), "child": None},
            "withholding.hidden_from": {"found": Around(children=(child,)), "viewers": ()},
            "invented.filling.fill": {"children": 1, "tell": lambda _session: _said_nothing},
        }
    )


def _said_nothing(_number: int) -> None:
    """Take what is told of how far it is."""


def _second(name: str) -> SecondPerson:
    return SecondPerson(sign_in_name=name, passphrase=PASSPHRASE)


def _about_entries(own: Session, family: Family, folder: Path) -> dict[str, dict[str, Any]]:
    child, notes = family.child, family.notes
    draft = chronologies.save(own, _chronology(own, child, notes["note"]))
    frozen = chronologies.freeze(own, draft)
    names = ("medicine", "meeting", "worksheet")
    medicine, meeting, worksheet = (Step(id=notes[name].id, revision=notes[name].revision) for name in names)
    with own.store.transaction() as tx:
        note = tx.entries.get(notes["note"].id)
    sha256, changed = note.attachments[0].sha256, replace(note, what="Said otherwise.")
    sent = referring.send(own, child.id, VALUES | {"override_reason": "Asked for."})
    file_of_chronology = chronology_file(folder)
    taken_in = chronology_import.take_in(own, child.id, file_of_chronology)
    (challenge,) = (each.challenge for each in challenging.of_child(own, child.id))
    return {
        "attachments.add": {"files": (NewFile(name="other.txt", content=b"Another."),)},
        "attachments.content": {"sha256": sha256},
        "attachments.remove": {"sha256": sha256},
        "challenging.add_contact": {"how": "phone"},
        "challenging.advance": {"stage": 2},
        "challenging.record_reply": {"on": TODAY.isoformat()},
        "challenging.resolve": {"on": TODAY.isoformat(), "resolution": "Agreed."},
        "chronologies.changes_since": {"chronology_id": frozen.id, "draft": draft},
        "chronologies.export": {"chronology_id": frozen.id, "kind": chronologies.Kind.CSV},
        "chronologies.freeze": {"draft": draft},
        "chronologies.open_": {"chronology_id": frozen.id},
        "chronologies.open_of_entry": {"entry_id": frozen.frozen.entry if frozen.frozen else ""},
        "chronology_import.preview": {"wanted": file_of_chronology},
        "chronology_import.take_in": {"wanted": file_of_chronology},
        "chronology_import.undo": {"batch": taken_in.batch},
        "deep_dives.join_meeting": {"step": worksheet, "meeting_id": meeting.id},
        "entries.destroy_sealed": {"entry_id": notes["wrong"].id, "second": _second("team")},
        "entries.needs_second_person": {"entry": changed},
        "entries.revise": {"entry": changed},
        "entry_step.take": {"changed": {"due": TODAY.isoformat()}},
        "medicine_steps.check": {"step": medicine, "by": "Practice Pharmacist"},
        "medicine_steps.give_copy": {"step": medicine},
        "medicine_steps.note_change": {"step": medicine, "what": "dose"},
        "medicine_steps.take_back": {"step": medicine},
        "plan_steps.send_invitations": {"step": meeting, "no_advocate_reason": "None is named yet."},
        "referral_outcomes.add_follow_up": {"how": "phone"},
        "referral_outcomes.opened": {"challenge": challenge},
        "referral_outcomes.record_outcome": {"said": {"acknowledged_on": TODAY.isoformat()}},
        "referral_outcomes.text": {"referral_id": sent.id},
        "referring.record_try": {"made": Try(to_role="worker", reached=False)},
        "supervision.recorded.say_followed": {"words": "Done."},
        "trigger_review.keep": {"adds_up": "Three in a year.", "asks": "A review."},
        "trigger_review.step_for": {"start": "letter/trigger_review"},
    }


def _about_alerts(own: Session, child: Child) -> dict[str, dict[str, Any]]:
    found = alerts.of_child(own, child.id)
    asked = next(alert for alert in found if alert.rests_on_nothing)
    return {
        "alert_cards.is_own_agencys": {"alert": asked, "entries": {}},
        "alert_cards.laid_out": {"found": found},
        "alerts.set_aside": {"rule": asked.rule},
        "alerts.take_up_again": {"rule": asked.rule},
        "alerts.note_asked": {"rule": asked.rule, "whom": "The school", "answer": "Nothing."},
    }


def _about_waiting(own: Session, child: Child, person: Person, folder: Path) -> dict[str, dict[str, Any]]:
    """Have a case file come in that would show somebody again what is withheld from them."""
    withheld = register.save_child(own, replace(child, gp_withheld_from=(person.id,)))
    shown = json.loads(wire.to_json(replace(withheld, gp_withheld_from=())))
    path = folder / "shown.json"
    path.write_text(json.dumps({"format": "gcp2-casefile", "version": 1, "children": [shown]}))
    casefiles.import_(own, path)
    (waits,) = register.child(own, child.id).waiting
    about = {"child_id": child.id, "waits": waits}
    return {"withholding_waits.confirm": {**about, "second": _second("team")}, "withholding_waits.keep": about}


def _chronology(own: Session, child: Child, note: Entry) -> Any:
    draft = chronologies.start(own, child.id, ChronologyStyle.COURT).draft
    return replace(draft, picks=(Pick(entry=note.id),))


def _about_assessments(family: Family, work: dict[str, Working]) -> dict[str, dict[str, Any]]:
    fern = {family.siblings["Fern"].id}
    given = {
        "stages.resume": "Finished",
        "stages.share": "Finished",
        "stages.hold_back": "Finished",
        "stages.submit": "Shared",
        "stages.return_": "Submitted",
        "stages.sign_off": "Submitted",
        "stages.correct": "Signed",
    }
    stage = {name: {"assessment_id": work[of].assessment.id} for name, of in given.items()}
    robin, finished = work["Robin"].assessment.id, work["Signed"].assessment.id
    held = family.siblings["Held"].carers[1].person
    expected = work["Expected"].assessment.id
    return stage | {
        "stages.open_section": {"assessment_id": work["Unborn"].assessment.id, "area": "R"},
        "stages.close_section": {"assessment_id": expected, "area": "R"},
        "stages.end_hold": {"assessment_id": work["Held"].assessment.id, "person": held},
        "comparisons.compare_two": {"child_id": family.siblings["Signed"].id, "one": finished, "other": finished},
        "proposals.offer": {"code": "A2.b", "children": fern},
        "shared_evidence.put_on": {"evidence_id": "e1", "children": fern},
        "shared_evidence.take_off": {"evidence_id": "e1", "children": fern},
        "stages.finish": {"assessment_id": robin, "incomplete_reason": "The family moved away."},
    }


def _about_second_gradings(sessions: dict[str, Session], signed: Assessment) -> dict[str, dict[str, Any]]:
    """Have another practitioner grade again what is signed off: one grading under way, one finished."""
    asked_by, grader = sessions["team"].professional.id, sessions["other"].professional.id
    running = SecondGrading(
        id="running",
        assessment=signed.id,
        asked_by=asked_by,
        grader=grader,
        asked_on=TODAY,
        units={"A1.a": signed.units["A1.a"]},
    )
    finished = replace(running, id="finished", finished_on=TODAY)
    own = sessions["own"]
    with own.store.transaction() as tx:
        for each in (running, finished):
            tx.second_gradings.put(each, by=own.user.id)
        leaver = tx.user_named("leaver")
    assert leaver is not None
    name = "supervision.second_gradings"
    under_way = {"grading_id": running.id}
    return {
        f"{name}.ask": {"assessment_id": signed.id, "grader": leaver.professional},
        f"{name}.open_": under_way,
        f"{name}.keep": {**under_way, "copy": signed},
        f"{name}.finish": under_way,
        f"{name}.compare": {"grading_id": finished.id},
    }


def _about_files(own: Session, family: Family, work: dict[str, Working], folder: Path) -> dict[str, dict[str, Any]]:
    child, carer = family.child, family.carer
    case = folder / "case.json"
    case.write_bytes(b"".join(casefiles.export(own, child.id, recipient="", reason="test")))
    sent = folder / "sent.json"
    sent.write_bytes(exchanges.export(own, work["Robin"].assessment.id, recipient="B", reason="joint", cost=FLOOR))
    attendance = folder / "attendance.csv"
    attendance.write_text("from,to,possible,attended\n2026-09-07,2026-10-16,60,55\n")
    preview = exchanges.preview(own, sent)
    earlier = Elsewhere(
        child=child.id, carers=(carer.id,), window=_WINDOW, grades={"A1": 2}, recorded_by="Practice Colleague"
    )
    there = elsewhere.record(own, earlier)
    pack = (data_folder("forms") / "graded-care" / "1.0.0.toml").read_text()
    other = folder / "other.toml"
    other.write_text(pack.replace('id = "graded-care"', 'id = "other-care"', 1))
    return {
        "attendance_files.preview": {"path": attendance},
        "attendance_files.take_in": {"found": attendance_files.Preview(rows=(_ROW,), there=0, problems=())},
        "casefiles.import_": {"path": case},
        "elsewhere.record": {"wanted": earlier},
        "elsewhere.change": {"assessment_id": there.id, "wanted": replace(earlier, grades={"A1": 3})},
        "exchanges.export": {"cost": FLOOR},
        "exchanges.preview": {"path": sent},
        "exchanges.take_in": {"path": sent, "digest": preview.digest},
        "packs.install": {"path": other},
    }


def _about_backups(admin: Session) -> dict[str, dict[str, Any]]:
    job = backups.begin(admin)
    done = job.run()
    assert done.made is not None
    return {
        "backups.begin_due": {"unlocked": True},
        "backups.finish": {"job": job, "done": done},
        "backups.set_place": {"place": None},
        "restoring.would_lose": {"name": done.made.name},
        "verifying.finish": {"verified": Verified(troubles=())},
    }


def _about_oneself(sessions: dict[str, Session]) -> dict[str, dict[str, Any]]:
    own = sessions["own"]
    trained = {who: training.record(each, _course(each)) for who, each in sessions.items()}
    ids = {each.user.id: trained[who] for who, each in sessions.items()}
    new = NewUser(
        sign_in_name="newcomer",
        name="Practice Newcomer",
        role="social worker",
        agency=Agency.CHILDRENS_SOCIAL_CARE,
        roles=frozenset({Role.PRACTITIONER}),
        passphrase=PASSPHRASE,
    )
    value = Assessment(id="a", child="c")
    return {
        "training.confirm": {"entry_id": trained["own"], "expected": _course(own)},
        "training.correct": {
            "entry_id": lambda session: ids[session.user.id],
            "training": lambda session: replace(_course(session), course="neglect"),
        },
        "training.record": {"training": _course},
        "users.add": {"new": new, "cost": FLOOR},
        "users.change_passphrase": {"old": PASSPHRASE, "new": f"{PASSPHRASE} again"},
        "drafts.seal": {"unwritten": drafts.Unwritten(base=value, value=value)},
        "drafts.belongs_to": {"sealed": lambda session: _sealed(session, value)},
        "drafts.unseal": {"sealed": lambda session: _sealed(session, value)},
        "visit_drafts.seal": {"unwritten": visit_drafts.UnwrittenVisit(visit="v")},
        "visit_drafts.unseal": {
            "sealed": lambda session: visit_drafts.seal(session, visit_drafts.UnwrittenVisit(visit="v"))
        },
    }


def _about_merges(own: Session) -> dict[str, dict[str, Any]]:
    """Return a pair that may be merged, and one that was: nobody is on a visit to them."""
    one, two, three, four = (
        register.save_child(own, Child(id="", given_names=name, family_name="Practice-Ash"))
        for name in ("Ash", "Ashe", "Bay", "Baye")
    )
    pair = {"child_id": one.id, "other_id": two.id, "sure": frozenset(Caution)}
    done = child_merges.merge(own, three.id, four.id, reason="Because", sure=frozenset(Caution))
    return {
        "child_merges.compare": pair,
        "child_merges.look": {"child_id": three.id},
        "child_merges.merge": pair,
        "child_merges.offers": pair,
        "child_merges.undo": {"merge_id": done.id},
    }


def _sealed(session: Session, value: Assessment) -> drafts.SealedDraft:
    return drafts.seal(session, drafts.Unwritten(base=value, value=value))


def _course(session: Session) -> Training:
    return Training(person=session.professional.id, course="gcp2", on=TODAY)


def _after(own: Session, running: str, wanted: visits.Begin) -> visits.Begin:
    """Return what a visit begins with once the one before has ended."""
    visits.end(own, running, PASSPHRASE)
    return wanted


def _about_visits(own: Session, child: Child) -> dict[str, dict[str, Any]]:
    wanted = visits.Begin(child=child.id, announced=True)
    ended = visits.begin(own, wanted).visit.id
    visits.add_line(own, ended, how=How.I_SAW, text="Cold.", children=(child.id,))
    visits.end(own, ended, PASSPHRASE)
    running = visits.begin(own, wanted).visit.id
    line = visits.add_line(own, running, how=How.I_SAW, text="Warm.").sheet.lines[0].id
    with own.store.transaction() as tx:
        first = read_sheet(tx.entries.get(ended)).lines[0].id
    here = {"visit_id": running}
    return {
        "sorting.open_": {"visit_id": ended},
        "sorting.sort_line": {"visit_id": ended, "line_id": first, "units": ("A1.a",), "children": (child.id,)},
        "visits.add_line": here,
        "visits.begin": {"wanted": lambda _session: _after(own, running, wanted)},
        "visits.change_line": {**here, "line_id": line},
        "visits.end": {**here, "passphrase": PASSPHRASE},
        "visits.keep": {**here, "sheet": VisitSheet()},
        "visits.keep_draft": {**here, "draft": Draft(text="So")},
    }
