"""A request for help as it was sent, a challenge's letter, a deep dive's worksheet, made from the registry."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from gcp2_app.domain.chronologies import ChronologyStyle, Pick
from gcp2_app.domain.entries import AgencyRecord, EnteredInError, Entry, Source
from gcp2_app.domain.moment import Moment
from gcp2_app.domain.readers import Audience
from gcp2_app.domain.register import Agency, Allocation, Child, Professional
from gcp2_app.domain.when import When
from gcp2_app.domain.withheld import Why
from gcp2_app.errors import InvalidValue, NotAllowed, NotFound
from gcp2_app.reports.pdf.redaction import LEFT_OUT
from gcp2_app.services import casefiles, chronologies, referring, register
from gcp2_app.services.documents.kinds import KINDS, About
from gcp2_app.services.documents.making import Wanted, preview
from gcp2_app.services.session import Session
from tests.reports.leaks import found_in, page_text
from tests.reports.tags import read_tags
from tests.services.test_referring_service import VALUES
from tests.stores import TODAY, Clock, add_family

_DAY = TODAY - timedelta(days=10)


@pytest.fixture
def child(session: Session) -> Child:
    return add_family(session)[0]


def _put(session: Session, *entries: Entry) -> None:
    with session.store.transaction() as tx:
        for entry in entries:
            tx.entries.put(entry, by=None)


def _entry(id_: str, kind: str, child: Child, **fields: Any) -> Entry:
    return Entry(**{"id": id_, "kind": kind, "children": (child.id,), "when": When.on(_DAY), **fields})


def _text(session: Session, kind: str, child: Child, **more: Any) -> str:
    return " ".join(page_text(preview(session, Wanted(kind=kind, child=child.id, **more)).content).split())


# Requests for help


def _allocated(session: Session, child: Child) -> Child:
    worker = Professional(id="w-lane", name="Jo Lane", role="Social worker", agency=Agency.CHILDRENS_SOCIAL_CARE)
    with session.store.transaction() as tx:
        tx.professionals.put(worker, by=None)
    lane = Allocation(professional="w-lane", role="social_worker", from_=_DAY, confirmed_on=TODAY)
    return register.save_child(session, replace(child, allocated=(lane,)))


def test_a_request_is_printed_as_it_was_sent_with_what_was_tried_before_it(
    session: Session, child: Child, clock: Clock
) -> None:
    child = _allocated(session, child)
    tried = referring.Try(to_role="worker", to_name="Jo Lane", how="phone", reached=False)
    referring.record_try(session, child.id, tried)
    sent = referring.send(session, child.id, {**VALUES, "override_reason": "Nobody answers."})
    text = _text(session, "referral", child)
    for said in (
        "Sent 23 November 2026, 08:30, through the online form",
        "Not an emergency",
        "Allocated then Jo Lane, Social worker; confirmed on 23 November 2026",
        "Why it was sent all the same Nobody answers.",
        "Allocated worker: Jo Lane Phone Nobody was reached.",
        "If not: why not? It could put Robin at risk.",
        "Word by word as it was sent.",
        "My feet are wet.",
        "With whom was it talked through? Kit Hill",
        sent.data["sent"]["digest"],
        "After it was sent Nothing is recorded here.",
    ):
        assert said in text
    # What the form asks stands once, in its words.
    assert text.count("Kit Hill") == 1
    held = {"on": "2026-11-24T10:00:00+00:00", "by": "Practice Alex Smith", "how": "phone", "text": "It was Tuesday."}
    with session.store.transaction() as tx:
        kept = tx.entries.get(sent.id)
        changed = {**kept.data, "follow_ups": [held, {"text": "And a coat."}], "decided_on": "2026-11-24"}
        changed |= {"outcome": "advice", "decision_reason": "Low need.", "acknowledged_on": "2026-11-23"}
        tx.entries.put(replace(kept, outcome="A letter came.", data=changed, revision=2), by=None)
    clock.move(3)
    text = _text(session, "referral", child)
    for said in (
        "Outcome Advice or information",
        "Reason given for the decision Low need.",
        "What came of it A letter came.",
        "24 November 2026, 10:00 (Practice Alex Smith, phone): It was Tuesday.",
        "On a day not recorded: And a coat.",
    ):
        assert said in text
    # What came later is in no copy that is read as of the day before.
    then = _text(session, "referral", child, moment=Moment(known_on=TODAY))
    assert "Acknowledged on 23 November 2026" in then
    assert "A letter came." not in then
    assert "It was Tuesday." not in then


def test_a_request_of_others_says_that_it_was_not_sent_from_here(session: Session, child: Child) -> None:
    asked = _entry("a", "referral", child, what="No coat.", data={"by_agency": "school", "emergency": True})
    contact = _entry(
        "c",
        "worker_contact",
        child,
        data={
            "to_role": "duty",
            "by_agency": "school",
            "tried_on": _DAY.isoformat(),
            "reached": True,
            "agreed": "Yes.",
        },
    )
    rung = {**contact.data, "agreed": "", "reached": False, "reply_on": TODAY.isoformat()}
    _put(
        session,
        asked,
        contact,
        replace(contact, id="d", data={**contact.data, "reached": None, "agreed": ""}),
        replace(contact, id="f", data=rung),
    )
    text = _text(session, "referral", child)
    for said in (
        "It was not sent from this record",
        "The child could have been harmed, or evidence lost, before the next day.",
        "What happened No coat.",
        "Spoken to. Agreed: Yes.",
        "Not recorded.",
        "Nobody was reached; an answer came on 23 November 2026.",
        "No social worker, as far as it is recorded here",
        "Level of need Level Not recorded",
    ):
        assert said in text
    assert "No try to speak" not in text
    alone = {"by_agency": "school", "incident": "no coat, no lunch", "decided_on": TODAY.isoformat()}
    _put(session, replace(asked, id="e", when=When.on(_DAY - timedelta(days=90)), data=alone))
    text = _text(session, "referral", child, matter="e")
    # Where nobody was allocated, nobody had to be rung first.
    assert "No try to speak" not in text
    assert "Concern No coat, no lunch" in text
    assert "Who decided Not recorded Reason given for the decision Not recorded" in text
    _put(session, replace(asked, id="b", when=None, data={"by_agency": "school", "by_phone": False}))
    text = _text(session, "referral", child, matter="b")
    assert "It is not recorded whether the child could have been harmed" in text
    assert "It was not made by phone." in text
    assert "Allocated then Not known" in text


def test_a_request_beside_an_allocated_worker_says_that_no_try_is_recorded(session: Session, child: Child) -> None:
    child = _allocated(session, child)
    _put(session, _entry("a", "referral", child, data={"by_agency": "school"}))
    text = _text(session, "referral", child)
    assert "the allocation was not confirmed by then" in text
    assert "No try to speak with the allocated worker is recorded here." in text


def test_a_request_that_does_not_match_its_digest_says_so(session: Session, child: Child) -> None:
    sent = referring.send(session, child.id, {**VALUES, "emergency": True})
    with session.store.transaction() as tx:
        kept = tx.entries.get(sent.id)
        content = [{"label": "What happened", "text": "Something else."}]
        tx.entries.put(replace(kept, data={**kept.data, "content": content}, revision=2), by=None)
    assert "does not match the digest" in _text(session, "referral", child)


def test_no_family_is_offered_a_request_and_none_is_refused_in_a_sentence(session: Session, child: Child) -> None:
    with pytest.raises(NotFound, match="No request for help"):
        preview(session, Wanted(kind="referral", child=child.id))
    for audience in (Audience.PARENT, Audience.CHILD, Audience.CORE_GROUP, Audience.COURT):
        with pytest.raises(InvalidValue, match="not made for that reader"):
            preview(session, Wanted(kind="referral", child=child.id, audience=audience))
    _put(session, _entry("a", "referral", child, harm_if_disclosed=True, data={"by_agency": "school"}))
    with pytest.raises(NotAllowed, match="may not be shown to this reader"):
        preview(session, Wanted(kind="referral", child=child.id))
    assert "Request for help" in _text(session, "referral", child, audience=Audience.OWN_AGENCY)


def test_what_was_sent_is_in_no_chronology_that_a_parent_may_come_to_read(session: Session, child: Child) -> None:
    text = {"block": "Safety of workers", "label": "What must a worker know?", "text": "Weasel at the door."}
    sent = _entry("a", "referral", child, what="No coat.", data={"by_agency": "school", "content": [text]})
    _put(session, sent)
    for kind, audience, there in (
        ("chronology", Audience.OWN_AGENCY, True),
        ("chronology", Audience.CORE_GROUP, False),
        ("chronology", Audience.COURT, False),
        ("chronology_court", Audience.COURT, False),
        ("subject_access", Audience.CHILD, False),
    ):
        copy = preview(session, Wanted(kind=kind, child=child.id, audience=audience))
        assert found_in(copy.content, ["Weasel", "No coat"]) == ({"Weasel", "No coat"} if there else {"No coat"})
        assert bool(copy.losses) is not there
    picked = replace(
        chronologies.start(session, child.id, ChronologyStyle.PROFESSIONAL).draft, picks=(Pick(entry="a"),)
    )
    frozen = chronologies.freeze(session, chronologies.save(session, picked))
    with session.store.transaction() as tx:
        entry = next(each.id for each in tx.entries.of_child(child.id) if each.kind == "chronology_frozen")
    assert frozen.frozen is not None
    for audience, there in ((Audience.OWN_AGENCY, True), (Audience.CORE_GROUP, False), (Audience.COURT, False)):
        copy = preview(session, Wanted(kind="chronology", child=child.id, matter=entry, audience=audience))
        assert bool(found_in(copy.content, ["Weasel"])) is there


def _read_aloud(session: Session, kind: str, child: Child) -> list[str]:
    return read_tags(preview(session, Wanted(kind=kind, child=child.id)).content).aloud.splitlines()


def test_a_court_finds_number_day_event_source_and_page_and_who_prepared_it(session: Session, child: Child) -> None:
    record = AgencyRecord(reference="page 12")
    told = Source(name="Kit Hill", role="teacher", agency=Agency.SCHOOL)
    seen = _entry("a", "note", child, what="No coat.", impact="Cold.", source=told, significance="high")
    _put(session, replace(seen, agency_record=record), replace(seen, id="b", what="No lunch.", impact=""))
    aloud = _read_aloud(session, "chronology_court", child)
    heads = "No. | When it happened | What happened | Who this comes from | Evidence, and page in the bundle"
    assert f"[heads] {heads}" in aloud
    rows = [line for line in aloud if line.startswith("No.: ")]
    assert [row.split(" | ")[2:] for row in rows] == [
        [
            "What happened: No coat. / What it means for the child: Cold.",
            "Who this comes from: Kit Hill, teacher, school",
            "Evidence, and page in the bundle: In the agency’s record: page 12",
        ],
        [
            "What happened: No lunch.",
            "Who this comes from: Kit Hill, teacher, school",
            "Evidence, and page in the bundle: ",
        ],
    ]
    assert "The child | Robin Practice-Oak. Born on 10 January 2023." in aloud
    _put(session, *(replace(seen, id=id_, revision=2, source=None) for id_ in ("a", "b")))
    aloud = _read_aloud(session, "chronology_court", child)
    assert f"[heads] {heads}" in aloud
    assert any("Who this comes from: Not recorded" in line for line in aloud)
    assert any(line.startswith(f"Prepared by | {session.professional.name}") for line in aloud)


def test_entries_of_a_frozen_version_for_court_are_numbered_without_a_gap(session: Session, child: Child) -> None:
    seen = _entry("a", "note", child, what="No coat.")
    entries = tuple(replace(seen, id=id_, what=f"Thing {id_}.") for id_ in "abcd")
    _put(session, *entries)
    draft = chronologies.start(session, child.id, ChronologyStyle.COURT).draft
    picked = replace(draft, picks=tuple(Pick(entry=each.id) for each in entries))
    frozen = chronologies.freeze(session, chronologies.save(session, picked)).frozen
    assert frozen is not None
    wanted = Wanted(kind="chronology_court", child=child.id, matter=frozen.entry)
    assert LEFT_OUT not in read_tags(preview(session, wanted).content).aloud
    guarded = replace(entries[1], revision=2, data={**seen.data, "worker_safety": True})
    wrong = replace(entries[2], revision=2, entered_in_error=EnteredInError(by="w", at=session.now(), reason="x"))
    _put(session, guarded, wrong)
    aloud = read_tags(preview(session, wanted).content).aloud.splitlines()
    rows = [line.split(" | ") for line in aloud if line.startswith("No.: ")]
    assert [(row[0], row[2]) for row in rows] == [
        ("No.: 1", "What happened: Thing a."),
        ("No.: 2", "What happened: Thing d."),
    ]
    assert aloud.count(LEFT_OUT) == 1
    assert "Entries that were entered in error since are left out." in aloud


def test_what_was_left_out_of_a_frozen_version_is_said_of_its_copies(session: Session, child: Child) -> None:
    seen = _entry("a", "note", child, what="No coat.")
    _put(session, seen, replace(seen, id="b", what="Weasel.", harm_if_disclosed=True))
    draft = chronologies.start(session, child.id, ChronologyStyle.FAMILY).draft
    picked = replace(draft, picks=(Pick(entry="a"), Pick(entry="b")))
    frozen = chronologies.freeze(session, chronologies.save(session, picked)).frozen
    assert frozen is not None
    copy = preview(session, Wanted(kind="chronology_family", child=child.id, matter=frozen.entry))
    assert LEFT_OUT in read_tags(copy.content).aloud
    assert [loss.why for loss in copy.losses] == [Why.HARM]


def test_a_family_reads_who_said_it_below_what_happened(session: Session, child: Child) -> None:
    told = Source(name="Kit Hill", role="teacher", agency=Agency.SCHOOL)
    _put(session, _entry("a", "note", child, what="No coat.", source=told))
    aloud = _read_aloud(session, "chronology_family", child)
    assert "[heads] No. | When it happened | What happened" in aloud
    assert any(
        line.endswith("What happened: No coat. / Who this comes from: Kit Hill, teacher, school") for line in aloud
    )
    # No grade stands in it, so nothing is said of how grades are read.
    assert not any("Grades" in line for line in aloud)


# Challenges


def _stage(id_: str, child: Child, stage: int, **data: Any) -> Entry:
    started = (_DAY + timedelta(days=stage)).isoformat()
    return _entry(id_, "challenge", child, data={"stage": stage, "stage_started": started, **data})


def test_the_letter_of_the_stage_it_stands_at_has_the_ladder_behind_it(session: Session, child: Child) -> None:
    decided = {"by_agency": "school", "outcome": "no_further_action", "decision_reason": "Low need."}
    long = "No coat, no lunch, and nobody at home when Robin was brought back by the neighbour at five o’clock."
    first = _stage(
        "s1",
        child,
        1,
        about="r",
        our_position="Three requests in a year.",
        reply_on=(TODAY - timedelta(days=8)).isoformat(),
        reply="No.",
        contacts=[{"on": (_DAY + timedelta(days=1)).isoformat(), "who": "Kit Hill", "how": "phone"}],
    )
    second = replace(
        _stage(
            "s2", child, 2, about="r", our_position="Still three.", asked_for="An assessment.", with_whom="Kit Hill"
        ),
        what="Stage two: School asked the manager.",
    )
    _put(session, _entry("r", "referral", child, what=long, data=decided), first, second)
    text = _text(session, "challenge", child)
    for said in (
        "Professional challenge, stage 2: manager to manager",
        long,
        "Decided: no further action. The reason given: Low need.",
        "What we say, and why Still three.",
        "What we ask for An assessment.",
        "14 November 2026: Kit Hill, phone",
        "stage 2 began: School asked the manager.",
        "1: worker to worker 14 November 2026 17 November 2026 15 November 2026 Not yet",
        "An answer was due by 20 November 2026. Please answer now",
    ):
        assert said in text
    # The first stage's page is the same challenge; a reader who is not told of the second has the first.
    assert text == _text(session, "challenge", child, matter="s1")
    _put(session, replace(second, harm_if_disclosed=True, revision=2))
    assert "stage 1: worker to worker" in _text(session, "challenge", child, matter="s1")


def test_a_challenge_that_is_resolved_asks_for_no_answer_and_an_earlier_day_does_not_know_it(
    session: Session, child: Child
) -> None:
    done = {"resolved_on": TODAY.isoformat(), "resolution": "They will assess.", "reply_on": TODAY.isoformat()}
    more = {"contacts": [{"on": TODAY.isoformat(), "who": "Kit Hill"}, {"on": _DAY.isoformat(), "who": "Jo Lane"}]}
    _put(session, replace(_stage("s", child, 1, **done, **more), known=When.on(_DAY)), _stage("x", child, 9))
    text = _text(session, "challenge", child, matter="s")
    assert "23 November 2026: They will assess." in text
    assert "It is not recorded which decision this is about." in text
    assert "Without an answer" not in text
    then = _text(session, "challenge", child, matter="s", moment=Moment(as_of=TODAY - timedelta(days=1)))
    assert "They will assess." not in then
    assert "Kit Hill" not in then
    assert "Jo Lane" in then
    assert "9 " in _text(session, "challenge", child, matter="x")
    _put(session, _stage("elsewhere", child, 1, about="another child’s"))
    assert "A decision that is not in this copy." in _text(session, "challenge", child, matter="elsewhere")


# Deep dives


def test_a_worksheet_stands_beside_what_the_record_names(session: Session, child: Child) -> None:
    moves = [
        _entry(
            f"m{number}",
            "move",
            child,
            data={
                "from_authority": there,
                "to_authority": here,
                "on": (_DAY - timedelta(days=ago)).isoformat(),
                "records": [{"authority": there, "asked_on": _DAY.isoformat()}] if ago else [],
            },
        )
        for number, (there, here, ago) in enumerate((("Sandwell", "Walsall", 400), ("Walsall", "Dudley", 0)))
    ]
    sheet = _entry(
        "d",
        "deep_dive",
        child,
        what="One file has not come.",
        source=Source(name="Jo Lane", role="social worker"),
        data={"authorities": [{"authority": "Walsall", "from": "2025-10-01", "history": "Two plans."}], "plan": "Ask."},
    )
    held = {"type": "deep_dive", "held": _DAY.isoformat()}
    planned = {"type": "deep_dive", "planned_for": (TODAY + timedelta(days=3)).isoformat()}
    _put(session, *moves, sheet, _entry("h", "meeting", child, data=held), _entry("p", "meeting", child, data=planned))
    text = _text(session, "deep_dive", child)
    for said in (
        "Worked on 13 November 2026 By Jo Lane, social worker",
        "Walsall There from 1 October 2025",
        "Two plans.",
        "Sandwell: until 9 October 2025; records asked for.",
        "as one Professional judgement, kept apart from the facts. Not written down.",
        "What the record counts",
        "Deep dive meetings",
        "Planned: 26 November 2026.",
        "Held on 13 November 2026; who attended is not recorded.",
    ):
        assert said in text
    # Of one's own authority there is nothing to ask for.
    assert "Dudley:" not in text
    bare, _ = add_family(session)
    with pytest.raises(NotFound, match="No worksheet"):
        preview(session, Wanted(kind="deep_dive", child=bare.id))


def test_the_practice_family_has_what_every_kind_about_an_entry_needs(session: Session) -> None:
    casefiles.load_practice_family(session)
    eldest = casefiles.practice_children(session.today())[:2]
    for kind in KINDS.values():
        if kind.about is About.ENTRY:
            with session.store.transaction() as tx:
                found = [each for child in eldest for each in tx.entries.of_child(child)]
            assert any(kind.is_about(entry) for entry in found), kind.name


def test_a_letter_reads_like_one_from_whom_it_is_written_to_down_to_who_signs(session: Session, child: Child) -> None:
    stage = _stage("s1", child, 1, our_position="Three requests.", with_whom="Kit Hill", their_agency="MASH")
    _put(session, stage)
    aloud = read_tags(preview(session, Wanted(kind="challenge", child=child.id)).content).aloud.splitlines()
    assert aloud[:5] == [
        "Kit Hill",
        "MASH",
        "23 November 2026",
        "Dear colleague",
        "[H1] Professional challenge, stage 1: worker to worker, about Robin Practice-Oak",
    ]
    me = session.professional
    signed = aloud.index("Yours sincerely")
    assert aloud[signed + 1 : signed + 3] == [me.name, f"{me.role[:1].upper()}{me.role[1:]}"]
    assert aloud[aloud.index("[H2] What we ask for") + 1] == "This is not written down yet."
