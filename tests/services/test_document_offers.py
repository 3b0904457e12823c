"""What can be made of a child now, what is chosen of a copy, in which form it leaves, and the log of what left."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.readers import ANALYSIS, CHILD_VOICE, Audience
from gcp2_app.domain.register import Agency, Child
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.domain.withheld import Why
from gcp2_app.errors import InvalidValue
from gcp2_app.services import entries
from gcp2_app.services.documents import choosing, offers
from gcp2_app.services.documents.kinds import KINDS, About
from gcp2_app.services.documents.making import (
    Form,
    Wanted,
    note_not_saved,
    prepare_export,
    prepare_preview,
    preview,
)
from gcp2_app.services.session import Session
from tests.reports.leaks import page_text
from tests.stores import TODAY, actions, add_family, begin, grade_all, with_words

_DAY = TODAY - timedelta(days=20)


def put(session: Session, *made: Entry) -> None:
    with session.store.transaction() as tx:
        for entry in made:
            tx.entries.put(entry, by=None)


def event(child: Child, id_: str, what: str, **marks: Any) -> Entry:
    return Entry(
        id=id_, kind="event", children=(child.id,), when=When.on(_DAY), what=what, data={"type": "other"}, **marks
    )


def shared(child: Child, **data: object) -> Entry:
    said = {"document": "Report to conference", "to": "Rose Practice-Ash", "reader": "parent", **data}
    return Entry(
        id="",
        kind="report_shared",
        children=(child.id,),
        when=When.on(_DAY),
        source=Source(name="Jo", role="social worker", agency=Agency.CHILDRENS_SOCIAL_CARE),
        data=said,
    )


@pytest.fixture
def child(session: Session) -> Child:
    """A child with an entry for a few marks."""
    made, _ = add_family(session)
    put(
        session,
        event(made, "open", "Saxophone."),
        event(made, "third", "Zanzibar.", third_party=True),
        event(made, "harm", "Yttrium.", harm_if_disclosed=True),
        event(made, "said", "Visited.", child_words="Vermilion."),
    )
    return made


def test_every_kind_of_the_registry_is_offered_with_why_it_cannot_be_made(session: Session, child: Child) -> None:
    found = offers.of_child(session, child.id)
    about_children = [kind.name for kind in KINDS.values() if kind.about is not About.STORE]
    assert [each.kind.name for each in found.every] == about_children
    assert [each.kind.name for each in offers.of_store(session).every] == [
        name for name in KINDS if name not in about_children
    ]
    assessment = found.of("assessment")
    assert assessment is not None
    assert assessment.why_not == "This child has no assessment yet."
    conference = found.of("conference")
    assert conference is not None
    assert (conference.why_not, conference.matters) == ("", ())
    assert found.of("horoscope") is None
    assert found.label == f"{child.given_names} {child.family_name}"
    assert actions(session)[0] == "documents opened"


def test_what_a_kind_is_about_is_listed_the_latest_first_and_a_signed_assessment_before_one_that_is_not(
    session: Session, child: Child
) -> None:
    grade_all(session, begin(session, child, first=TODAY - timedelta(days=300)), 2)
    stays = (
        Entry(
            id=id_,
            kind="admission",
            children=(child.id,),
            when=When.on(day),
            data={"hospital": "Practice", "admitted": day.isoformat()},
        )
        for id_, day in (("first", _DAY - timedelta(days=90)), ("second", _DAY))
    )
    held = Entry(
        id="m",
        kind="meeting",
        children=(child.id,),
        when=When.on(_DAY),
        data={"type": "rcpc", "planned_for": "2027-01-08"},
    )
    wrong = replace(held, id="w", entered_in_error=None, data={"type": "icpc"})
    put(session, *stays, held, wrong)
    found = offers.of_child(session, child.id)
    stay = found.of("stay_review")
    assert stay is not None
    assert [each.id for each in stay.matters] == ["second", "first"]
    assert stay.matters[0].words.startswith("Hospital")
    assessment = found.of("assessment")
    assert assessment is not None
    assert assessment.matters[0].words.endswith("not signed off")
    assert {each.words for each in found.meetings} == {
        "Review child protection conference, 8 January 2027",
        "Initial child protection conference, no day set",
    }


def meeting(child: Child, id_: str, **data: object) -> Entry:
    return Entry(id=id_, kind="meeting", children=(child.id,), when=When.on(_DAY), data=data)


@pytest.mark.parametrize("type_", sorted({type_ for kind in KINDS.values() for type_ in kind.meetings}))
def test_every_meeting_that_has_a_report_offers_it_with_its_clock(session: Session, child: Child, type_: str) -> None:
    put(session, meeting(child, "m", type=type_, planned_for="2027-01-08"))
    found = offers.of_child(session, child.id)
    offered = {each.kind.name: each.to_come for each in found.every if each.to_come}
    assert set(offered) == {kind.name for kind in KINDS.values() if type_ in kind.meetings}
    for (to_come,) in offered.values():
        assert to_come.id == "m"
        assert to_come.words.endswith(", 8 January 2027")
        assert all(clock.words.startswith("due by ") for clock in to_come.clocks)
        conference = type_ in ("icpc", "rcpc")
        assert [clock.who.value for clock in to_come.clocks] == (["chair", "family"] if conference else ["meeting"])


def test_a_meeting_that_was_held_is_offered_no_more_but_can_still_be_meant(session: Session, child: Child) -> None:
    put(
        session,
        meeting(child, "held", type="core_group", planned_for="2026-10-01", held="2026-10-01"),
        meeting(child, "later", type="core_group", planned_for="2027-02-01"),
        meeting(child, "soon", type="core_group", planned_for="2027-01-08"),
    )
    found = offers.of_child(session, child.id)
    group = found.of("core_group")
    assert group is not None
    assert [each.id for each in group.to_come] == ["soon", "later"]
    assert [each.id for each in found.meetings_of(group)] == ["soon", "later"]
    meant = found.meetings_of(group, "held")
    assert [(each.id, each.clocks) for each in meant[2:]] == [("held", ())]
    assert found.meetings_of(group, "soon") == group.to_come


def test_who_is_no_supervisor_is_told_that_the_pack_is_not_theirs(session: Session, child: Child) -> None:
    worker = replace(session, user=replace(session.user, roles=frozenset({Role.PRACTITIONER})))
    pack = offers.of_child(worker, child.id).of("supervision")
    assert pack is not None
    assert pack.why_not == "Only a supervisor can make it."


def test_what_may_be_ticked_for_a_parent_is_what_does_no_harm(session: Session, child: Child) -> None:
    working = grade_all(session, begin(session, child, first=TODAY - timedelta(days=40)), 4)
    with session.store.transaction() as tx:
        tx.assessments.put(
            replace(with_words(working.assessment), child_voice="Cold.", analysis="Umbrella."), by=session.user.id
        )
    wanted = Wanted(kind="cumulative", child=child.id, audience=Audience.PARENT)
    found = {each.id: each for each in choosing.choices(session, wanted)}
    assert actions(session)[0] == "report choices opened"
    assert {id_: (each.why, each.can_change, each.stands) for id_, each in found.items()} == {
        CHILD_VOICE: (Why.CHILD_WORDS, True, False),
        ANALYSIS: (Why.ANALYSIS, True, False),
        "third": (Why.THIRD_PARTY, True, False),
        "harm": (Why.HARM, False, False),
        "said": (Why.CHILD_WORDS, True, False),
        "open": (None, True, True),
    }
    assert found["said"].words_only
    assert "History" in found["open"].sections
    ticked = replace(wanted, shown=frozenset({"third", "harm", ANALYSIS}), without=frozenset({"open"}))
    again = {each.id: each.stands for each in choosing.choices(session, ticked)}
    assert again == {CHILD_VOICE: False, ANALYSIS: True, "third": True, "harm": False, "said": False, "open": False}
    text = prepare_preview(session, ticked).write(Form.TEXT).content.decode()
    assert "Zanzibar" in text
    assert "Umbrella" in text
    assert "Yttrium" not in text
    assert "Saxophone" not in text


def test_every_form_is_written_from_one_redacted_document(session: Session, child: Child) -> None:
    wanted = Wanted(kind="chronology_family", child=child.id, audience=Audience.PARENT, recipient="Rose")
    prepared = prepare_export(session, wanted, reason="asked for it", form=Form.CSV)
    with session.store.transaction() as tx:
        from gcp2_app.storage import audit

        newest = next(iter(audit.page(tx, limit=1)))
    assert (newest.action, newest.fields) == ("report exported", ("chronology_family", "csv"))
    assert newest.reason == "asked for it; for Rose"
    rows = list(csv.reader(io.StringIO(prepared.write(Form.CSV).content.decode("utf-8-sig"))))
    assert any("Saxophone." in row for row in rows)
    assert not any("Zanzibar." in row for row in rows)
    assert ["This copy is for Rose"] in rows
    assert prepared.write(Form.XLSX).content.startswith(b"PK")
    pdf, text = prepared.write(), prepared.write(Form.TEXT)
    assert pdf.losses == text.losses
    assert pdf.digest == text.digest
    assert pdf.digest in page_text(pdf.content)
    assert f"Content digest {pdf.digest}" in text.content.decode()


def test_what_is_no_table_and_what_cannot_be_encrypted_is_refused(session: Session, child: Child) -> None:
    prepared = prepare_preview(session, Wanted(kind="cumulative", child=child.id))
    with pytest.raises(InvalidValue, match="this is not a table"):
        prepared.write(Form.CSV)
    with pytest.raises(InvalidValue, match="Only a PDF"):
        prepared.write(Form.TEXT, "four slow otters")


def test_an_export_that_left_no_file_says_so_in_the_trail(session: Session, child: Child) -> None:
    wanted = Wanted(kind="cumulative", child=child.id, recipient="the chair")
    prepare_export(session, wanted, reason="conference")
    note_not_saved(session, wanted)
    assert actions(session)[:2] == ["report not saved", "report exported"]


def test_what_was_shared_is_listed_and_stands_in_the_next_report(session: Session, child: Child) -> None:
    more = {"how": "read_aloud", "format": "interpreted", "explained": "Twice, with the advocate."}
    kept = entries.add(session, shared(child, **more, understood="partly", understood_words="She told it back."))
    (line,) = offers.of_child(session, child.id).shared
    assert (line.id, line.document) == (kept.id, "Report to conference")
    assert line.lines[0].endswith(", to Rose Practice-Ash")
    assert line.lines[1:] == (
        "Read aloud, through an interpreter",
        "Twice, with the advocate.",
        "Understood: partly – She told it back.",
    )
    text = " ".join(page_text(preview(session, Wanted(kind="conference", child=child.id)).content).split())
    assert "Report to conference Rose Practice-Ash" in text
    assert "Read aloud. Through an interpreter. Twice, with the advocate. Understood: partly" in text


def test_a_shared_report_of_a_meeting_stands_once_in_the_next(session: Session, child: Child) -> None:
    day = _DAY.isoformat()
    meeting = {"type": "icpc", "held": day, "report_shared_on": day}
    put(
        session,
        *(
            Entry(id=id_, kind="meeting", children=(child.id,), when=When.on(_DAY), data=meeting)
            for id_ in ("logged", "old")
        ),
    )
    entries.add(session, shared(child, meeting="logged"))
    text = prepare_preview(session, Wanted(kind="conference", child=child.id)).write(Form.TEXT).content.decode()
    assert text.count("What: Report to initial child protection conference on ") == 1
    assert text.count("What: Report to conference") == 1
