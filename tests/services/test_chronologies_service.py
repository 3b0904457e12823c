"""Curated chronologies: a draft for each style, versions that open for ever as they were, tables of them."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.chronologies import is_intact
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.register import Address, Agency, Person
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue, NotAllowed, NotFound
from gcp2_app.services import alerts, casefiles, chronologies, entries, register, stream
from gcp2_app.services.chronologies import Chronology, ChronologyStyle, Kind, LeftOut, Pick, Why
from gcp2_app.services.register import ReasonNeeded
from gcp2_app.services.second_person import SecondPerson
from gcp2_app.services.session import Session
from tests import stores
from tests.services.families import Oaks, add_oaks
from tests.services.test_entries_service import OWN, SCHOOL, events, exported, note
from tests.stores import Clock

FAMILY, COURT, PROFESSIONAL = ChronologyStyle.FAMILY, ChronologyStyle.COURT, ChronologyStyle.PROFESSIONAL


@pytest.fixture
def oaks(session: Session) -> Oaks:
    """A family of three children."""
    return add_oaks(session)


@pytest.fixture
def slippers(session: Session, oaks: Oaks) -> Entry:
    """An entry about Robin."""
    return entries.add(session, note(oaks.robin, when=When("2026-02-03")))


@pytest.fixture
def lunch(session: Session, oaks: Oaks) -> Entry:
    """Another, that a teacher told, about both children of the home."""
    both = (oaks.robin.id, oaks.fern.id)
    relevance = {oaks.fern.id: "FERN ALONE"}
    made = note(oaks.robin, "No lunch.", when=When("2026-01-05"), source=SCHOOL, children=both, relevance=relevance)
    return entries.add(session, made)


def draft(session: Session, oaks: Oaks, *picks: Entry, style: ChronologyStyle = PROFESSIONAL) -> Chronology:
    desk = chronologies.start(session, oaks.robin.id, style)
    chosen = tuple(Pick(entry=each.id) for each in picks)
    return chronologies.save(session, replace(desk.draft, picks=chosen, analysis="Neglect over time."))


def whats(chronology: Chronology) -> list[str]:
    text = chronology.frozen
    assert text is not None
    return [row.cells[text.columns.index("what")] if row.cells else "" for row in text.rows]


def test_a_draft_is_found_again_as_it_was_left(session: Session, oaks: Oaks, slippers: Entry, lunch: Entry) -> None:
    desk = chronologies.start(session, oaks.robin.id, PROFESSIONAL)
    assert (desk.draft.id, desk.latest) == ("", 0)
    assert [each.id for each in desk.entries] == [lunch.id, slippers.id]
    assert "FERN" not in str(desk.entries)
    made = draft(session, oaks, slippers)
    assert chronologies.start(session, oaks.robin.id, PROFESSIONAL).draft == made
    assert chronologies.start(session, oaks.robin.id, FAMILY).draft.id == ""
    again = chronologies.save(session, replace(made, id="", analysis="More."))
    assert again.id == made.id
    assert events(session)[0][:3] == ("chronology changed", made.id, ("analysis",))
    assert "Neglect" not in str(events(session))


def test_freezing_keeps_the_text_and_writes_an_entry(
    session: Session, oaks: Oaks, slippers: Entry, lunch: Entry
) -> None:
    made = chronologies.freeze(session, draft(session, oaks, slippers, lunch))
    text = made.frozen
    assert text is not None
    assert (made.version, whats(made), text.analysis) == (1, ["No lunch.", "Came in slippers."], "Neglect over time.")
    assert (text.by, text.by_name, text.at) == (session.professional.id, "Practice Alex Smith", session.now())
    assert (text.child_name, is_intact(made)) == ("Robin Practice-Oak", True)
    entry = stream.open_(session, text.entry).entry
    assert (entry.kind, dict(entry.data)) == ("chronology_frozen", {"version": "1", "style": "professional"})
    assert entry.what == "Chronology for professionals, version 1: 2 entries."
    assert events(session)[1][0] == "chronology frozen"
    (version,) = chronologies.versions(session, oaks.robin.id)
    assert (version.id, version.version, version.count, version.style) == (made.id, 1, 2, PROFESSIONAL)
    assert chronologies.open_of_entry(session, text.entry).chronology == made


def test_a_frozen_version_opens_as_it_was(session: Session, oaks: Oaks, slippers: Entry, lunch: Entry) -> None:
    made = chronologies.freeze(session, draft(session, oaks, slippers, lunch))
    entries.revise(session, replace(slippers, what="Came in sandals."), reason="misheard")
    opened = chronologies.open_(session, made.id)
    assert opened.chronology == made
    assert (opened.corrected, opened.intact) == (frozenset({slippers.id}), True)
    with pytest.raises(NotAllowed, match="never changed"):
        chronologies.save(session, made)
    with pytest.raises(NotAllowed, match="never changed"):
        chronologies.save(session, replace(made, frozen=None, version=0))
    with pytest.raises(IntegrityError, match="never changed"), session.store.transaction() as tx:
        tx.chronologies.put(replace(made, analysis="other"), by=session.user.id)
    assert chronologies.open_(session, made.id).chronology == made


def test_the_next_version_starts_from_the_last(session: Session, oaks: Oaks, slippers: Entry, lunch: Entry) -> None:
    first = chronologies.freeze(session, draft(session, oaks, slippers, lunch))
    desk = chronologies.start(session, oaks.robin.id, PROFESSIONAL)
    assert (desk.draft.picks, desk.latest) == (first.picks, 1)
    assert not chronologies.changes_since(session, first.id, desk.draft).any
    entries.revise(session, replace(slippers, what="Came in sandals."), reason="misheard")
    new = entries.add(session, note(oaks.robin, "A burn."))
    kept = [pick for pick in desk.draft.picks if pick.entry != lunch.id]
    later = chronologies.save(session, replace(desk.draft, picks=(*kept, Pick(entry=new.id))))
    changed = chronologies.changes_since(session, first.id, later)
    assert (changed.added, changed.gone, changed.reworded) == ((new.id,), (lunch.id,), (slippers.id,))
    second = chronologies.freeze(session, later)
    assert (second.version, whats(second)) == (2, ["Came in sandals.", "A burn."])
    assert [each.version for each in chronologies.versions(session, oaks.robin.id)] == [2, 1]
    family = draft(session, oaks, slippers, style=FAMILY)
    with pytest.raises(InvalidValue, match="same readers"):
        chronologies.changes_since(session, first.id, family)
    assert chronologies.freeze(session, family).version == 1


def test_an_entry_made_in_error_leaves_every_version(
    session: Session, oaks: Oaks, slippers: Entry, lunch: Entry
) -> None:
    desk = chronologies.start(session, oaks.robin.id, PROFESSIONAL)
    picks = (Pick(entry=slippers.id, analysis="ANALYSED"), Pick(entry=lunch.id))
    made = chronologies.freeze(session, chronologies.save(session, replace(desk.draft, picks=picks)))
    entries.enter_in_error(session, slippers.id, reason="another child")
    opened = chronologies.open_(session, made.id)
    assert (whats(opened.chronology), opened.intact) == (["No lunch.", ""], True)
    assert opened.corrected == frozenset()
    table = chronologies.export(session, made.id, Kind.CSV, recipient="Dr Webb", reason="conference").decode()
    assert "Entered in error since: left out." in table
    whole = exported(session, oaks.robin) + exported(session, None) + table
    assert "slippers" not in whole
    assert "ANALYSED" not in whole
    look = chronologies.look(session, chronologies.start(session, oaks.robin.id, PROFESSIONAL).draft)
    assert look.left_out == (LeftOut(why=Why.IN_ERROR, times=1),)


def test_versions_survive_export_and_import(
    session: Session, oaks: Oaks, slippers: Entry, lunch: Entry, tmp_path: Path
) -> None:
    made = chronologies.freeze(session, draft(session, oaks, slippers, lunch))
    before = exported(session, None)
    assert len(json.loads(before)["chronologies"]) == 2
    path = tmp_path / "case.json"
    path.write_text(before)
    other = stores.make_session(tmp_path / "other", name="bjones")
    try:
        assert not casefiles.import_(other, path).quarantined
        assert exported(other, None) == before
        assert chronologies.open_(other, made.id).chronology == made
        again = casefiles.import_(other, path)
        assert again.unchanged["chronologies"] == 2
        forged = json.loads(before)
        frozen = next(each for each in forged["chronologies"] if "frozen" in each)
        frozen["frozen"]["analysis"] = "Forged."
        path.write_text(json.dumps(forged))
        imported = casefiles.import_(other, path)
        (refused,) = imported.quarantined
        assert "a frozen one never changes" in refused.reason
        assert chronologies.open_(other, made.id).chronology == made
        frozen["id"] = "new"
        path.write_text(json.dumps(forged))
        assert any("when it was frozen" in mark.note for mark in casefiles.import_(other, path).marks)
        assert not chronologies.open_(other, "new").intact
    finally:
        other.store.close()


def test_what_is_no_version_is_quarantined(session: Session, oaks: Oaks, slippers: Entry, tmp_path: Path) -> None:
    chronologies.freeze(session, draft(session, oaks, slippers))
    document = json.loads(exported(session, None))
    first, second = sorted(document["chronologies"], key=lambda each: "frozen" in each)
    bad = [
        {**first, "id": "k1", "version": 3},
        {**second, "id": "k2", "version": 0},
        {**second, "id": "k3", "frozen": {**second["frozen"], "heads": ["One"]}},
        {**first, "style": "court"},
        {**first, "id": "k4", "child": "nobody"},
    ]
    path = tmp_path / "case.json"
    path.write_text(json.dumps({**document, "chronologies": bad}))
    imported = casefiles.import_(session, path)
    assert len(imported.quarantined) == 5


def test_the_family_gets_nothing_that_is_withheld_from_any_of_them(
    session: Session, oaks: Oaks, slippers: Entry, lunch: Entry
) -> None:
    father = register.save_person(session, Person(id="", name="Practice Father"))
    home = replace(oaks.home, addresses=(Address(lines=("4 Mill Lane",), withheld_from=(father.id,)),))
    register.save_household(session, home)
    moved = entries.add(session, note(oaks.robin, "Moved to 4 Mill Lane.", when=When("2026-03-01")))
    for style in (FAMILY, COURT):
        made = chronologies.freeze(session, draft(session, oaks, slippers, lunch, moved, style=style))
        assert whats(made)[-1] == "Moved to [withheld]."
        assert "Mill Lane" not in str(made)
    family = next(each for each in chronologies.versions(session, oaks.robin.id) if each.style is FAMILY)
    assert family.count == 2
    losses = {(loss.why, loss.what) for loss in family.frozen.left_out}
    assert {(Why.THIRD_PARTY, ""), (Why.TAKEN_OUT, "What happened"), (Why.ANALYSIS, "Analysis of the whole")} <= losses


def test_who_told_in_confidence_is_named_in_no_copy_the_family_may_read(session: Session, oaks: Oaks) -> None:
    vole = Source(name="Mrs Jane Vole", agency=Agency.NEIGHBOUR)
    told = entries.add(session, replace(note(oaks.robin, "Heard crying.", when=When("2026-03-01")), source=vole))
    again = entries.add(session, note(oaks.robin, "JV rang, then MRS VOLE.", when=When("2026-03-02")))
    for style in (FAMILY, COURT):
        made = chronologies.freeze(session, draft(session, oaks, told, again, style=style))
        assert "[withheld] rang, then [withheld]." in whats(made)
        assert "vole" not in str(made).casefold()


@pytest.mark.parametrize("kind", list(Kind))
def test_a_table_of_a_version(session: Session, oaks: Oaks, slippers: Entry, kind: Kind) -> None:
    danger = entries.add(session, note(oaks.robin, "=1+1", when=When("2026-03-01")))
    made = chronologies.freeze(session, draft(session, oaks, slippers, danger))
    raw = chronologies.export(session, made.id, kind, recipient=" Dr Webb ", reason="conference")
    if kind is Kind.CSV:
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
        assert rows[0] == ["Chronology of Robin Practice-Oak, for professionals, version 1"]
        assert rows[3][:3] == ["No.", "When it happened", "What happened"]
        assert rows[5][2] == "'=1+1"
        assert rows[-1] == ["Analysis: Neglect over time."]
    else:
        assert raw.startswith(b"PK")
    action, id_, fields, reason = events(session)[0]
    assert (action, id_, fields, reason) == ("chronology exported", made.id, (kind.value,), "conference; for Dr Webb")
    with pytest.raises(InvalidValue, match="who it is for"):
        chronologies.export(session, made.id, kind, recipient="", reason="x")


def test_a_frozen_chronology_answers_the_rule(session: Session, oaks: Oaks, slippers: Entry) -> None:
    data = {"type": "icpc", "planned_for": "2026-11-30"}
    meeting = Entry(id="", kind="meeting", children=(oaks.robin.id,), when=When("2026-11-30"), source=OWN, data=data)
    entries.add(session, meeting)

    def missing() -> list[Level]:
        found = alerts.of_child(session, oaks.robin.id)
        return [each.level for each in found if each.rule == "LP2.chronology_missing"]

    assert missing() == [Level.ACT]
    chronologies.freeze(session, draft(session, oaks, slippers))
    assert missing() == []


def test_nothing_is_frozen_where_nothing_would_stand_in_it(session: Session, oaks: Oaks, lunch: Entry) -> None:
    with pytest.raises(InvalidValue, match="No entry"):
        chronologies.freeze(session, draft(session, oaks))
    with pytest.raises(InvalidValue, match="No entry"):
        chronologies.freeze(session, draft(session, oaks, lunch, style=FAMILY))
    assert chronologies.versions(session, oaks.robin.id) == ()
    saved = draft(session, oaks)
    with pytest.raises(NotFound, match="not frozen"):
        chronologies.open_(session, saved.id)
    with pytest.raises(NotFound):
        chronologies.open_of_entry(session, lunch.id)


def test_only_who_works_on_the_case_reaches_it(session: Session, oaks: Oaks, slippers: Entry, clock: Clock) -> None:
    made = chronologies.freeze(session, draft(session, oaks, slippers))
    stores.add_user(session, "bea", Role.PRACTITIONER)
    bea = stores.as_user(session, "bea")
    entry = made.frozen.entry if made.frozen else ""
    for act in (
        lambda: chronologies.start(bea, oaks.robin.id, FAMILY),
        lambda: chronologies.save(bea, replace(made, id="", frozen=None, version=0)),
        lambda: chronologies.look(bea, made),
        lambda: chronologies.freeze(bea, made),
        lambda: chronologies.versions(bea, oaks.robin.id),
        lambda: chronologies.open_(bea, made.id),
        lambda: chronologies.open_of_entry(bea, entry),
        lambda: chronologies.changes_since(bea, made.id, made),
        lambda: chronologies.export(bea, made.id, Kind.CSV, recipient="x", reason="y"),
    ):
        with pytest.raises(NotAllowed):
            act()
    clock.move(1)
    register.save_child(session, replace(register.child(session, oaks.robin.id).child, restricted=True))
    with pytest.raises(ReasonNeeded):
        chronologies.open_(session, made.id)
    assert chronologies.open_(session, made.id, why="duty").intact


def test_what_two_people_destroy_is_gone_from_drafts_and_versions(
    session: Session, supervisor: Session, oaks: Oaks, slippers: Entry, lunch: Entry
) -> None:
    desk = chronologies.start(session, oaks.robin.id, PROFESSIONAL)
    picks = (Pick(entry=slippers.id, analysis="Analysed"), Pick(entry=lunch.id))
    made = chronologies.freeze(session, chronologies.save(session, replace(desk.draft, picks=picks)))
    entries.enter_in_error(session, slippers.id, reason="another child")
    boss = SecondPerson(sign_in_name=supervisor.user.sign_in_name, passphrase=stores.PASSPHRASE)
    entries.destroy_sealed(session, slippers.id, reason="never this child’s", second=boss)
    with session.store.transaction() as tx:
        stored = str(tx.chronologies.of_child(oaks.robin.id))
    assert "slippers" not in stored
    assert "Analysed" not in stored
    opened = chronologies.open_(session, made.id)
    assert (whats(opened.chronology), opened.intact) == (["No lunch.", ""], True)
