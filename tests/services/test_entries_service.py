"""Entries: added, corrected with a reason, taken out when made in error; who may, and what the audit trail says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from gcp2_app.domain.entries import AgencyRecord, EnteredInError, Entry, Source, Theme
from gcp2_app.domain.register import Agency, Child
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.errors import AppError, InvalidValue, NotAllowed, NotFound
from gcp2_app.services import agency_record, casefiles, entries, register, stream, visits
from gcp2_app.services.agency_record import Kept
from gcp2_app.services.attachments import NewFile
from gcp2_app.services.second_person import SecondPerson, SecondPersonNeeded
from gcp2_app.services.session import Session
from gcp2_app.services.stream import StreamQuery
from gcp2_app.storage import audit
from gcp2_app.storage.attachments import attachment
from tests import stores
from tests.services.families import Oaks, add_oaks
from tests.stores import TODAY, Clock

OWN = Source(name="Practice Alex Smith", role="social worker", agency=Agency.CHILDRENS_SOCIAL_CARE)
SCHOOL = Source(name="Practice Teacher", role="teacher", agency=Agency.SCHOOL)


def note(child: Child, what: str = "Came in slippers.", **more: Any) -> Entry:
    made = Entry(id="", kind="note", children=(child.id,), when=When("2026-11-20"), source=OWN, what=what)
    return replace(made, **more)


def ids(session: Session, child: Child) -> list[str]:
    query = StreamQuery(child=child.id)
    return [place.id for place in stream.outline(session, query).places if not place.in_error]


def exported(session: Session, child: Child | None) -> str:
    parts = casefiles.export(session, child.id if child else None, recipient="", reason="test")
    return b"".join(parts).decode()


def events(session: Session) -> list[tuple[str, str, tuple[str, ...], str]]:
    with session.store.transaction() as tx:
        return [(each.action, each.id, tuple(each.fields), each.reason) for each in audit.page(tx, limit=100)]


@pytest.fixture
def oaks(session: Session) -> Oaks:
    """A family of three children."""
    return add_oaks(session)


def test_an_entry_is_kept_with_what_is_settled_for_its_writer(session: Session, oaks: Oaks) -> None:
    made = entries.add(session, note(oaks.robin, "  Came in slippers. ", relevance={oaks.robin.id: " Cold feet "}))
    assert made.id
    assert (made.what, made.relevance) == ("Came in slippers.", {oaks.robin.id: "Cold feet"})
    assert (made.known, made.recorded_at, made.recorded_by) == (
        When.on(TODAY),
        session.now(),
        session.professional.id,
    )
    assert made.third_party is False
    assert stream.open_(session, made.id).entry == made
    action, id_, fields, _ = events(session)[1]
    assert (action, id_) == ("entry added", made.id)
    assert {"what", "when", "source", "relevance"} <= set(fields)
    assert not any("slippers" in str(event) for event in events(session))


def test_what_another_professional_said_is_a_third_partys_unless_taken_off(session: Session, oaks: Oaks) -> None:
    assert entries.add(session, note(oaks.robin, source=SCHOOL)).third_party is True
    assert entries.add(session, note(oaks.robin, source=SCHOOL, third_party=False)).third_party is False


def test_the_date_comes_from_the_kinds_own_field(session: Session, oaks: Oaks) -> None:
    data = {"what": "Mend the window", "agreed_on": "2026-10-01", "due": None, "who": ""}
    action = Entry(id="", kind="action", children=(oaks.robin.id,), source=OWN, data=data)
    made = entries.add(session, action)
    assert (made.when, made.data) == (
        When("2026-10-01"),
        {"what": "Mend the window", "agreed_on": "2026-10-01"},
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "party"}, "no such kind"),
        ({"children": ()}, "about no child"),
        ({"when": None}, "not said when"),
        ({"known": When("2026-11-24")}, "cannot have become known"),
        ({"source": None}, "which agency"),
        ({"source": Source(name="somebody")}, "which agency"),
        ({"what": " "}, "what happened"),
        ({"relevance": {"c-other": "x"}}, "not about"),
        ({"data": {"colour": "red"}}, "data.colour"),
        ({"kind": "event"}, "data.type"),
        ({"kind": "support", "data": {"name": "x"}}, "data.from"),
        ({"not_known": {"colour": "why"}}, "not_known.colour"),
        ({"kind": "action", "data": {"what": "x", "agreed_on": "2026-10-01", "same_as": "gone"}}, "data.same_as"),
    ],
)
def test_what_an_entry_lacks_is_said_and_nothing_is_kept(
    session: Session, oaks: Oaks, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(InvalidValue, match=sentence):
        entries.add(session, note(oaks.robin, **changes))
    assert ids(session, oaks.robin) == []
    assert "entry added" not in stores.actions(session)


@pytest.mark.parametrize(
    "changes",
    [
        {"when": None, "not_known": {"when": "mother unsure"}},
        {"source": None, "not_known": {"source": "found among the papers"}},
        {"what": "", "not_known": {"what": "the page is torn"}},
        {"kind": "event", "not_known": {"type": "the letter does not say"}},
        {"kind": "case_closed", "what": "", "data": {"reason": "moved"}},
    ],
)
def test_nothing_real_is_kept_out_where_it_says_why(session: Session, oaks: Oaks, changes: dict[str, Any]) -> None:
    made = entries.add(session, note(oaks.robin, **changes))
    assert ids(session, oaks.robin) == [made.id]


def test_a_correction_is_the_next_revision_and_the_first_stays(session: Session, oaks: Oaks, clock: Clock) -> None:
    made = entries.add(session, note(oaks.robin))
    agency_record.mark(session, Kept.ENTRY, made.id, AgencyRecord(reference="LCS 1"))
    clock.move(days=2)
    opened = stream.open_(session, made.id).entry
    again = entries.revise(
        session,
        replace(opened, what="Came in sandals.", data={"concern": True}, themes=(Theme.PHYSICAL,)),
        reason=" I misread it ",
    )
    assert (again.revision, again.revision_reason) == (2, "I misread it")
    assert (again.recorded_at, again.known) == (made.recorded_at, made.known)
    assert again.agency_record == AgencyRecord(reference="LCS 1")
    steps = stream.history(session, made.id)
    assert [(step.entry.what, step.reason, step.by, step.changed) for step in steps] == [
        ("Came in sandals.", "I misread it", "Practice Alex Smith", ("what", "themes", "data.concern")),
        ("Came in slippers.", "", "Practice Alex Smith", ("agency_record",)),
        ("Came in slippers.", "", "Practice Alex Smith", ()),
    ]
    assert [step.at for step in steps] == [session.now(), made.recorded_at, made.recorded_at]
    assert events(session)[2][0] == "entry opened"
    assert ("entry revised", made.id, ("what", "themes", "data.concern"), "I misread it") in events(session)


def test_a_correction_needs_a_reason_and_what_it_was_opened_as(session: Session, oaks: Oaks) -> None:
    made = entries.add(session, note(oaks.robin))
    with pytest.raises(InvalidValue, match="needs its reason"):
        entries.revise(session, made, reason=" ")
    assert entries.revise(session, made, reason="nothing changed") == made
    entries.revise(session, replace(made, what="Came in boots."), reason="misread")
    with pytest.raises(NotAllowed, match="meanwhile"):
        entries.revise(session, replace(made, what="Came barefoot."), reason="misread")
    with pytest.raises(InvalidValue, match="keeps its kind"):
        entries.revise(session, replace(made, kind="event", revision=2), reason="misread")
    with pytest.raises(NotFound):
        entries.revise(session, replace(made, id="gone"), reason="misread")


def test_an_entry_made_in_error_leaves_the_record_and_its_exports_at_once(session: Session, oaks: Oaks) -> None:
    wrong = entries.add(session, note(oaks.robin, "A secret of somebody else.", themes=(Theme.MEDICAL,)))
    kept = entries.add(session, note(oaks.robin))
    with pytest.raises(InvalidValue, match="does not belong"):
        entries.enter_in_error(session, wrong.id, reason="")
    left = entries.enter_in_error(session, wrong.id, reason="It is about another child")
    assert ids(session, oaks.robin) == [kept.id]
    for child in (oaks.robin, None):
        assert "secret of somebody else" not in exported(session, child)
    assert wrong.id not in exported(session, oaks.robin)
    shown = stream.open_(session, wrong.id)
    assert shown.entry == left
    assert shown.entry.what == ""
    assert shown.earlier == 1
    assert shown.entry.entered_in_error is not None
    assert shown.names[shown.entry.entered_in_error.by] == "Practice Alex Smith"
    assert stream.entry_words(left) == "Note, entered in error"
    for query in (StreamQuery(child=oaks.robin.id, text="secret"), StreamQuery(child=oaks.robin.id, kinds=("note",))):
        assert wrong.id not in {place.id for place in stream.outline(session, query).places}
    assert stream.outline(session, StreamQuery(child=oaks.robin.id)).total == 1


def test_what_is_sealed_is_read_and_changed_by_nobody(session: Session, oaks: Oaks) -> None:
    wrong = entries.add(session, note(oaks.robin))
    left = entries.enter_in_error(session, wrong.id, reason="wrong child")
    with pytest.raises(NotAllowed, match="sealed"):
        stream.history(session, wrong.id)
    with pytest.raises(NotAllowed, match="entered in error"):
        entries.revise(session, replace(left, what="x"), reason="x")
    with pytest.raises(NotAllowed, match="entered in error"):
        entries.enter_in_error(session, wrong.id, reason="again")
    with session.store.transaction() as tx:
        (before,) = tx.entries.revisions(wrong.id)
    assert before.value == wrong
    assert before.reason == "wrong child"


def test_what_is_sealed_is_destroyed_by_two_people(session: Session, oaks: Oaks, supervisor: Session) -> None:
    shared, own = NewFile(name="a.txt", content=b"shared"), NewFile(name="b.txt", content=b"own")
    other = entries.add(session, note(oaks.robin, "Another."), files=(shared,))
    wrong = entries.add(session, note(oaks.robin, "A secret."), files=(shared, own))
    boss = SecondPerson(sign_in_name="manager", passphrase=stores.PASSPHRASE)
    with pytest.raises(NotAllowed, match="not entered in error"):
        entries.destroy_sealed(session, wrong.id, reason="x", second=boss)
    entries.enter_in_error(session, wrong.id, reason="wrong child")
    with pytest.raises(SecondPersonNeeded):
        entries.destroy_sealed(session, wrong.id, reason="x")
    me = SecondPerson(sign_in_name="asmith", passphrase=stores.PASSPHRASE)
    with pytest.raises(NotAllowed, match="somebody else"):
        entries.destroy_sealed(session, wrong.id, reason="x", second=me)
    with pytest.raises(InvalidValue, match="Say why"):
        entries.destroy_sealed(session, wrong.id, reason=" ", second=boss)
    entries.destroy_sealed(session, wrong.id, reason="court order", second=boss)
    with session.store.transaction() as tx:
        assert tx.entries.revisions(wrong.id) == ()
        digests = {file.sha256 for file in (*wrong.attachments, *other.attachments)}
        assert {digest for digest in digests if attachment(tx, digest)} == {other.attachments[0].sha256}
    assert stream.open_(session, wrong.id).earlier == 0
    assert [each[3] for each in events(session) if each[0] == "sealed entry destroyed"] == ["court order"] * 2
    with pytest.raises(InvalidValue, match="already"):
        entries.destroy_sealed(session, wrong.id, reason="again", second=boss)
    del supervisor


def test_what_came_in_as_entered_in_error_shows_nothing_it_said(session: Session, oaks: Oaks) -> None:
    error = EnteredInError(by=session.professional.id, at=session.now(), reason="wrong child")
    with session.store.transaction() as tx:
        tx.entries.put(replace(note(oaks.robin, "A secret."), id="e1", entered_in_error=error), by=None)
    assert stream.open_(session, "e1").entry.what == ""
    (read,) = stream.read(session, oaks.robin.id, ["e1"])
    assert (read.what, read.entered_in_error) == ("", error)


def test_a_record_that_points_at_a_sealed_entry_stays_whole_in_an_export(
    session: Session, oaks: Oaks, tmp_path: Path
) -> None:
    def action(**data: str) -> Entry:
        held = {"what": "Mend the window", "agreed_on": "2026-10-01", **data}
        return entries.add(session, Entry(id="", kind="action", children=(oaks.robin.id,), source=OWN, data=held))

    wrong = action()
    later = action(same_as=wrong.id)
    entries.enter_in_error(session, wrong.id, reason="twice")
    path = tmp_path / "robin.json"
    path.write_text(exported(session, oaks.robin))
    other = stores.make_session(tmp_path / "other")
    try:
        imported = casefiles.import_(other, path)
        assert not imported.quarantined
        with other.store.transaction() as tx:
            assert tx.entries.get(later.id).data["same_as"] == wrong.id
            assert tx.entries.get(wrong.id).data == {}
    finally:
        other.store.close()


def test_a_visit_under_way_is_changed_only_on_its_sheet(session: Session, oaks: Oaks) -> None:
    running = visits.begin(session, visits.Begin(child=oaks.robin.id, announced=True))
    opened = stream.open_(session, running.visit.id)
    assert opened.under_way
    with pytest.raises(NotAllowed, match="under way"):
        entries.revise(session, replace(opened.entry, what="x"), reason="x")
    with pytest.raises(NotAllowed, match="under way"):
        entries.enter_in_error(session, running.visit.id, reason="x")


@pytest.fixture
def stranger(session: Session) -> Session:
    """A practitioner with no child of their own."""
    stores.add_user(session, "stranger", Role.PRACTITIONER)
    return stores.as_user(session, "stranger")


def test_only_those_who_work_with_the_child_may(session: Session, oaks: Oaks, stranger: Session) -> None:
    made = entries.add(session, note(oaks.robin))
    query = StreamQuery(child=oaks.robin.id)
    refused: tuple[Callable[[], object], ...] = (
        lambda: entries.add(stranger, note(oaks.robin)),
        lambda: entries.revise(stranger, replace(made, what="x"), reason="x"),
        lambda: entries.enter_in_error(stranger, made.id, reason="x"),
        lambda: stream.open_(stranger, made.id),
        lambda: stream.history(stranger, made.id),
        lambda: stream.outline(stranger, query),
        lambda: stream.read(stranger, oaks.robin.id, [made.id]),
    )
    for attempt in refused:
        with pytest.raises(NotAllowed, match="caseload"):
            attempt()


def test_a_supervisor_reads_and_does_not_write(session: Session, oaks: Oaks, supervisor: Session) -> None:
    made = entries.add(session, note(oaks.robin))
    assert stream.open_(supervisor, made.id).entry == made
    refused: tuple[Callable[[], object], ...] = (
        lambda: entries.add(supervisor, note(oaks.robin)),
        lambda: entries.revise(supervisor, made, reason="x"),
        lambda: entries.enter_in_error(supervisor, made.id, reason="x"),
    )
    for attempt in refused:
        with pytest.raises(NotAllowed, match="work on cases"):
            attempt()


def test_a_colleague_sees_and_changes_only_what_concerns_their_own_child(
    session: Session, oaks: Oaks, stranger: Session
) -> None:
    allocation = replace(oaks.robin.allocated[0], professional=stranger.professional.id)
    register.save_child(session, replace(oaks.robin, allocated=(*oaks.robin.allocated, allocation)))
    robin, fern = oaks.robin.id, oaks.fern.id
    meeting = Entry(
        id="",
        kind="meeting",
        children=(robin, fern),
        when=When("2026-11-20"),
        source=OWN,
        relevance={robin: "Sleeps better.", fern: "Fern’s own matter."},
        data={"type": "core_group", "decisions_per_child": {robin: "Nursery.", fern: "Mentor."}},
    )
    made = entries.add(session, meeting)
    seen = stream.open_(stranger, made.id)
    assert seen.others == 1
    assert (seen.entry.children, seen.entry.relevance) == ((robin,), {robin: "Sleeps better."})
    assert seen.entry.data["decisions_per_child"] == {robin: "Nursery."}
    assert "Fern" not in repr(stream.read(stranger, robin, [made.id]))
    assert "Mentor" not in repr(stream.history(stranger, made.id))
    entries.revise(stranger, replace(seen.entry, relevance={robin: "Sleeps well."}), reason="news")
    now = stream.open_(session, made.id).entry
    assert set(now.children) == {robin, fern}
    assert now.relevance == {robin: "Sleeps well.", fern: "Fern’s own matter."}
    assert now.data["decisions_per_child"] == {robin: "Nursery.", fern: "Mentor."}
    with pytest.raises(NotAllowed, match="caseload"):
        entries.revise(
            stranger, replace(stream.open_(stranger, made.id).entry, children=(robin, oaks.elm.id)), reason="x"
        )


def test_training_of_somebody_else_is_an_administrators(session: Session, oaks: Oaks, stranger: Session) -> None:
    del oaks
    data = {"person": session.professional.id, "course": "gcp2", "on": "2026-10-01"}
    training = Entry(id="", kind="training", source=OWN, data=data)
    assert entries.add(session, training).children == ()
    with pytest.raises(NotAllowed, match="manage users"):
        entries.add(stranger, training)
    own = {**data, "person": stranger.professional.id}
    assert entries.add(stranger, replace(training, data=own)).when == When("2026-10-01")


def test_a_restricted_record_asks_why(session: Session, oaks: Oaks) -> None:
    made = entries.add(session, note(oaks.robin))
    register.save_child(session, replace(oaks.robin, restricted=True))
    query = StreamQuery(child=oaks.robin.id)
    asked: tuple[Callable[[], object], ...] = (
        lambda: stream.outline(session, query),
        lambda: stream.read(session, oaks.robin.id, [made.id]),
        lambda: stream.open_(session, made.id),
        lambda: stream.history(session, made.id),
    )
    for attempt in asked:
        with pytest.raises(AppError, match="restricted"):
            attempt()
    stream.open_(session, made.id, why="allocated today")
    assert events(session)[0] == ("entry opened", made.id, (), "allocated today")


def test_the_ids_an_entry_holds_have_names(session: Session, oaks: Oaks) -> None:
    first = entries.add(
        session,
        Entry(
            id="",
            kind="action",
            children=(oaks.robin.id,),
            source=OWN,
            data={"what": "Mend the window " * 9, "agreed_on": "2026-10-01"},
        ),
    )
    second = replace(first, data={"what": "Mend it", "agreed_on": "2026-11-01", "same_as": first.id}, when=None)
    made = entries.add(session, replace(second, withheld_from=(oaks.robin.carers[0].person,)))
    names = stream.open_(session, made.id).names
    assert names[oaks.robin.id] == "Robin Practice-Oak"
    assert names[oaks.robin.carers[0].person] == "Practice Mother"
    assert names[first.id].startswith("Agreed action, 1 October 2026, Mend the window Mend")
    assert names[first.id].endswith(("Mend …", "the …", "window …"))


@pytest.mark.parametrize("day", [date(2026, 11, 1)])
def test_a_child_who_is_not_there_is_not_found(session: Session, oaks: Oaks, day: date) -> None:
    with pytest.raises(NotFound):
        entries.add(session, note(oaks.robin, children=("gone",), when=When.on(day)))


@pytest.mark.parametrize(
    ("when", "data", "planned"),
    [
        (TODAY + timedelta(days=11), {}, (TODAY + timedelta(days=11)).isoformat()),
        (TODAY, {}, None),
        (TODAY + timedelta(days=11), {"planned_for": "2027-01-04"}, "2027-01-04"),
        (TODAY + timedelta(days=11), {"held": TODAY.isoformat()}, None),
    ],
)
def test_a_meeting_on_a_day_to_come_is_planned_for_it(
    session: Session, oaks: Oaks, when: date, data: dict[str, str], planned: str | None
) -> None:
    meeting = note(oaks.robin, kind="meeting", when=When.on(when), data={"type": "core_group", **data})
    assert entries.add(session, meeting).data.get("planned_for") == planned
