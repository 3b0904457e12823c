"""Visit mode in the store: begun, noted, ended by passphrase; sorted to evidence; what is read before knocking."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from gcp2_app.domain import visits as sheets
from gcp2_app.domain.answers import EvidenceSource
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Address, Allocation, Carer, Child, Household, Member, Person
from gcp2_app.domain.users import Role
from gcp2_app.domain.visits import Draft, How, Line, Sighting, VisitSheet
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue, NotAllowed, WrongPassphrase
from gcp2_app.services import assessments, before_visit, casefiles, register, sorting, stores, visits
from gcp2_app.services.register import ReasonNeeded
from gcp2_app.services.session import Session
from tests.stores import PASSPHRASE, Clock, actions, add_family, add_user, as_user, begin, graded


def add_home(session: Session) -> tuple[Child, Child, Household]:
    """Add two siblings in one household with their mother, and a father who lives elsewhere."""
    first, mother = add_family(session)
    father = register.save_person(session, Person(id="", name="Practice Father"))
    second = register.save_child(
        session,
        Child(
            id="",
            given_names="Fern",
            family_name="Practice-Oak",
            date_of_birth=date(2017, 9, 30),
            carers=(Carer(person=mother.id, relationship="mother"), Carer(person=father.id, relationship="father")),
        ),
    )
    home = register.save_household(
        session,
        Household(
            id="",
            members=tuple(Member(who=who, from_=date(2023, 1, 10)) for who in (first.id, second.id, mother.id)),
            addresses=(Address(lines=("4 Mill Lane",), postcode="DY1 1AA"),),
            note="A large dog.",
        ),
    )
    return first, second, home


def add_entry(session: Session, entry: Entry) -> None:
    with session.store.transaction() as tx:
        tx.entries.put(entry, by=session.user.id)


def started(session: Session, child: Child, *, announced: bool = False) -> visits.Running:
    return visits.begin(session, visits.Begin(child=child.id, announced=announced))


def stored(session: Session, visit_id: str) -> Entry:
    with session.store.transaction() as tx:
        return tx.entries.get(visit_id)


def test_a_visit_is_about_the_children_of_the_household_and_names_who_may_be_there(session: Session) -> None:
    first, second, _ = add_home(session)
    visit = started(session, first).visit
    assert [child.id for child in visit.children] == [second.id, first.id]
    adults = {adult.person.name: adult for adult in visit.adults}
    assert adults["Practice Mother"].relationship == "mother"
    assert adults["Practice Mother"].lives_there
    assert not adults["Practice Father"].lives_there
    entry = stored(session, visit.id)
    assert set(entry.children) == {first.id, second.id}
    assert entry.data["announced"] is False
    assert entry.data["started"] == session.now().isoformat(timespec="seconds")
    assert "visit begun" in actions(session)


def test_a_child_without_a_household_is_visited_with_those_of_the_same_carer(session: Session) -> None:
    first, mother = add_family(session)
    second = register.save_child(
        session, Child(id="", given_names="Fern", carers=(Carer(person=mother.id, relationship="mother"),))
    )
    visit = started(session, first).visit
    assert {child.id for child in visit.children} == {first.id, second.id}
    assert [adult.person.name for adult in visit.adults] == ["Practice Mother"]
    assert all(adult.lives_there for adult in visit.adults)


def test_who_moved_out_is_not_visited(session: Session) -> None:
    first, second, home = add_home(session)
    gone = tuple(
        replace(member, to=session.today() - timedelta(days=1)) if member.who == second.id else member
        for member in home.members
    )
    register.save_household(session, replace(home, members=gone))
    assert [child.id for child in started(session, first).visit.children] == [first.id]


def test_a_running_visit_outlives_a_restart_and_another_user_has_none(session: Session) -> None:
    first, *_ = add_home(session)
    visit = started(session, first).visit
    visits.add_line(session, visit.id, how=How.I_SAW, text="No bedding.")
    visits.keep_draft(session, visit.id, Draft(text="The kitchen is"))
    add_user(session, "kim", Role.PRACTITIONER)
    assert visits.running(as_user(session, "kim")) is None
    folder = session.store.folder
    stores.lock(session)
    again = stores.unlock(folder, "asmith", PASSPHRASE)
    try:
        running = visits.running(again)
        assert running is not None
        assert running.visit.id == visit.id
        assert [line.text for line in running.visit.sheet.lines] == ["No bedding."]
        assert running.draft == Draft(text="The kitchen is")
    finally:
        stores.lock(again)


def test_one_visit_at_a_time(session: Session) -> None:
    first, *_ = add_home(session)
    started(session, first)
    with pytest.raises(NotAllowed):
        started(session, first)


def test_a_line_is_on_disk_with_its_time_and_ends_the_draft(session: Session, clock: Clock) -> None:
    first, *_ = add_home(session)
    visit = started(session, first).visit
    visits.keep_draft(session, visit.id, Draft(text="I am"))
    clock.instant += timedelta(minutes=5)
    visits.add_line(session, visit.id, how=How.CHILD_SAID, text=" I am cold. ", children=(first.id,))
    (line,) = sheets.read_sheet(stored(session, visit.id)).lines
    assert (line.how, line.text, line.at, line.children) == (
        How.CHILD_SAID,
        "I am cold.",
        clock.instant,
        (first.id,),
    )
    running = visits.running(session)
    assert running is not None
    assert running.draft == Draft()
    with pytest.raises(InvalidValue):
        visits.add_line(session, visit.id, how=How.I_SAW, text="  ")


def test_a_corrected_line_keeps_its_time_and_what_it_said_before(session: Session, clock: Clock) -> None:
    first, *_ = add_home(session)
    visit = started(session, first).visit
    visit = visits.add_line(session, visit.id, how=How.I_SAW, text="One blanket.")
    (line,) = visit.sheet.lines
    clock.instant += timedelta(minutes=5)
    visit = visits.change_line(session, visit.id, line.id, how=How.CARER_SAID, text="Two blankets.")
    assert visit.sheet.lines == (replace(line, how=How.CARER_SAID, text="Two blankets."),)
    with session.store.transaction() as tx:
        before = [revision.value.what for revision in tx.entries.revisions(visit.id)]
    assert before == ["One blanket."]
    assert "visit note corrected" in actions(session)


def test_the_sheet_is_kept_without_touching_lines_and_how_it_began(session: Session) -> None:
    first, second, _ = add_home(session)
    visit = started(session, first).visit
    visit = visits.add_line(session, visit.id, how=How.I_SAW, text="No bedding.")
    changed = VisitSheet(
        announced=True,
        let_in_by="mother",
        rooms_seen=("kitchen", sheets.BEDROOM),
        seen=(Sighting(child=first.id, seen=True), Sighting(child=second.id, seen=False)),
    )
    visits.keep(session, visit.id, changed)
    data = stored(session, visit.id).data
    assert (data["announced"], data["let_in_by"], data["bedroom_seen"]) == (False, "mother", True)
    assert data["child_seen"] is False
    assert len(data["lines"]) == 1
    before = len(actions(session))
    visits.keep(session, visit.id, visits.keep(session, visit.id, changed).sheet)
    assert len(actions(session)) == before, "nothing changed, so nothing is recorded"


def test_only_the_passphrase_ends_a_visit_and_what_was_typed_is_not_lost(session: Session) -> None:
    first, *_ = add_home(session)
    visit = started(session, first).visit
    visits.keep_draft(session, visit.id, Draft(text="The kitchen is bare."))
    with pytest.raises(WrongPassphrase):
        visits.end(session, visit.id, "not this one at all")
    assert visits.running(session) is not None
    ended = visits.end(session, visit.id, PASSPHRASE)
    assert ended.sheet.ended == session.now()
    assert [line.text for line in ended.sheet.lines] == ["The kitchen is bare."]
    assert visits.running(session) is None
    assert "visit ended" in actions(session)
    for refused in (
        lambda: visits.add_line(session, visit.id, how=How.I_SAW, text="Late."),
        lambda: visits.keep(session, visit.id, VisitSheet()),
        lambda: visits.keep_draft(session, visit.id, Draft(text="Late.")),
        lambda: visits.end(session, visit.id, PASSPHRASE),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_a_correction_ends_its_draft_and_leaves_the_half_typed_line(session: Session) -> None:
    first, *_ = add_home(session)
    visit = started(session, first).visit
    (line,) = visits.add_line(session, visit.id, how=How.I_SAW, text="One blanket.").sheet.lines
    half = Draft(text="The kitchen is", line=line.id, correction="Two bl")
    visits.keep_draft(session, visit.id, half)
    running = visits.running(session)
    assert running is not None
    assert running.draft == half
    visits.change_line(session, visit.id, line.id, how=How.I_SAW, text="Two blankets.")
    running = visits.running(session)
    assert running is not None
    assert running.draft == Draft(text="The kitchen is")


def test_a_half_typed_correction_is_a_line_of_its_own_at_the_end_and_the_corrected_one_stays(session: Session) -> None:
    first, *_ = add_home(session)
    visit = started(session, first).visit
    (line,) = visits.add_line(session, visit.id, how=How.CARER_SAID, text="One blanket.").sheet.lines
    visits.keep_draft(session, visit.id, Draft(text="The kitchen is", line=line.id, correction="Two bl"))
    lines = visits.end(session, visit.id, PASSPHRASE).sheet.lines
    assert [(each.how, each.text) for each in lines] == [
        (How.CARER_SAID, "One blanket."),
        (How.CARER_SAID, "Two bl"),
        (How.I_SAW, "The kitchen is"),
    ]


def test_a_correction_that_changed_nothing_adds_nothing_at_the_end(session: Session) -> None:
    first, *_ = add_home(session)
    visit = started(session, first).visit
    (line,) = visits.add_line(session, visit.id, how=How.CARER_SAID, text="One blanket.").sheet.lines
    visits.keep_draft(session, visit.id, Draft(line=line.id, correction="One blanket. "))
    assert visits.end(session, visit.id, PASSPHRASE).sheet.lines == (line,)


def test_todays_visits_are_ones_own(session: Session, clock: Clock) -> None:
    first, *_ = add_home(session)
    visit = started(session, first).visit
    visits.end(session, visit.id, PASSPHRASE)
    add_user(session, "kim", Role.PRACTITIONER)
    assert [each.id for each in visits.today(session)] == [visit.id]
    assert visits.today(as_user(session, "kim")) == ()
    clock.move(1)
    assert visits.today(session) == ()


def test_a_restricted_record_asks_why_before_a_visit(session: Session) -> None:
    first, second, _ = add_home(session)
    register.save_child(session, replace(first, restricted=True))
    with pytest.raises(ReasonNeeded):
        before_visit.before(session, first.id)
    with pytest.raises(ReasonNeeded):
        started(session, first)
    assert before_visit.before(session, first.id, why="to visit").child.id == first.id
    told = before_visit.before(session, second.id)
    assert [child.id for child in told.children] == [second.id]
    assert [child.id for child in told.others] == [first.id]


def test_a_child_of_another_caseload_is_named_and_not_visited(session: Session) -> None:
    first, second, _ = add_home(session)
    add_user(session, "kim", Role.PRACTITIONER)
    kim = as_user(session, "kim")
    with pytest.raises(NotAllowed):
        before_visit.before(kim, first.id)
    register.save_child(session, replace(first, allocated=(Allocation(professional=kim.professional.id),)))
    told = before_visit.before(kim, first.id)
    assert [child.id for child in told.children] == [first.id]
    assert [child.id for child in told.others] == [second.id]
    assert [child.id for child in started(kim, first).visit.children] == [first.id]


def test_before_knocking_everything_that_matters_at_the_door_is_there(session: Session, clock: Clock) -> None:
    first, second, _ = add_home(session)
    both = (first.id, second.id)
    today = session.today()
    add_entry(
        session,
        Entry(
            id="v1", kind="visit", children=both, when=When("2026-10-01"), data={"announced": False, "child_seen": True}
        ),
    )
    add_entry(
        session,
        Entry(id="a1", kind="action", children=both, data={"what": "Mend the window", "agreed_on": "2026-10-01"}),
    )
    old = {"what": "Clear the stairs", "agreed_on": "2023-10-01", "said_done_on": "2023-10-20"}
    add_entry(session, Entry(id="a2", kind="action", children=both, data=old))
    for id_, day, what in (("n1", "2026-09-01", "A loose step."), ("n3", "2026-10-02", "Came in pairs.")):
        noted = Entry(id=id_, kind="note", children=both, when=When(day), what=what, data={"worker_safety": True})
        add_entry(session, noted)
    add_entry(session, Entry(id="n2", kind="note", children=both, what="Something else."))
    working = begin(session, first)
    answer = graded(session, working, "A1.a", 2)
    assessments.save(session, working, replace(working.assessment, units={"A1.a": answer}))
    told = before_visit.before(session, first.id)
    assert told.address == ("4 Mill Lane, DY1 1AA",)
    assert [entry.what for entry in told.safety] == ["Came in pairs.", "A loose step."]
    assert told.home_notes == ("A large dog.",)
    assert [entry.id for entry in told.agreed] == ["a1"]
    assert told.said_done_before == 1
    assert told.last_unannounced is not None
    assert told.last_unannounced.id == "v1"
    assert told.last_seen[first.id].seen == date(2026, 10, 1)
    assert told.last_seen[first.id].alone is None
    (to_see,) = told.to_see
    codes = [code for code, _ in to_see.units]
    assert to_see.child == first.id
    assert "A1.a" not in codes
    assert "A1.b" in codes
    assert told.today == today
    assert "visit prepared" in actions(session)
    del clock


def sorted_visit(session: Session) -> tuple[Child, Child, str, Line]:
    """Return two siblings, each with an open assessment, and an ended visit with one line."""
    first, second, _ = add_home(session)
    begin(session, first)
    begin(session, second)
    visit = started(session, first).visit
    visit = visits.add_line(session, visit.id, how=How.I_SAW, text="No bedding.")
    visits.end(session, visit.id, PASSPHRASE)
    return first, second, visit.id, visit.sheet.lines[0]


def evidence(session: Session, child: Child, code: str) -> list[str | None]:
    with session.store.transaction() as tx:
        (assessment,) = tx.assessments.of_child(child.id)
    return [piece.id for piece in assessment.answer(code).evidence]


def test_a_sorted_note_is_evidence_of_the_open_assessments_of_the_children_chosen(session: Session) -> None:
    first, second, visit_id, line = sorted_visit(session)
    assert {target.child.id for target in sorting.open_(session, visit_id).targets} == {first.id, second.id}
    done = sorting.sort_line(session, visit_id, line.id, units=("A1.a", "B2"), children=(first.id, second.id))
    assert len(done.changed) == 2
    assert evidence(session, first, "A1.a") == evidence(session, second, "B2") == [f"{visit_id}.{line.id}"]
    with session.store.transaction() as tx:
        (assessment,) = tx.assessments.of_child(first.id)
    (piece,) = assessment.answer("A1.a").evidence
    assert (piece.visit, piece.source, piece.text) == (visit_id, EvidenceSource.SEEN_AT_HOME, "No bedding.")
    (kept,) = done.visit.sheet.lines
    assert (kept.units, kept.children, kept.sorted) == (("A1.a", "B2"), (), True)
    again = sorting.sort_line(session, visit_id, line.id, units=("A1.b",), children=(second.id,))
    assert evidence(session, first, "A1.a") == []
    assert evidence(session, second, "A1.a") == []
    assert evidence(session, second, "A1.b") == [f"{visit_id}.{line.id}"]
    assert again.visit.sheet.lines[0].children == (second.id,)


def test_which_units_are_about_the_home(session: Session) -> None:
    *_, visit_id, _ = sorted_visit(session)
    found = sorting.open_(session, visit_id)
    assert found.about_the_home(("A2.a", "B1.d"))
    for units in ((), ("A2.a", "A1.a"), ("Z9",)):
        assert not found.about_the_home(units)


def test_a_note_may_belong_to_no_unit_and_a_unit_wants_a_child(session: Session) -> None:
    first, second, visit_id, line = sorted_visit(session)
    done = sorting.sort_line(session, visit_id, line.id, units=(), children=())
    assert done.changed == ()
    assert done.visit.sheet.lines[0].sorted
    with pytest.raises(InvalidValue):
        sorting.sort_line(session, visit_id, line.id, units=("A1.a",), children=())
    with pytest.raises(InvalidValue):
        sorting.sort_line(session, visit_id, line.id, units=("A1.a",), children=("someone else",))
    del first, second


def test_a_visit_under_way_or_of_another_caseload_is_not_sorted(session: Session) -> None:
    first, *_ = add_home(session)
    visit = started(session, first).visit
    with pytest.raises(NotAllowed):
        sorting.open_(session, visit.id)
    visits.end(session, visit.id, PASSPHRASE)
    add_user(session, "kim", Role.PRACTITIONER)
    with pytest.raises(NotAllowed):
        sorting.open_(as_user(session, "kim"), visit.id)


def test_what_is_not_explained_yet_takes_no_notes(session: Session) -> None:
    first, *_ = add_home(session)
    working = begin(session, first)
    assessments.save(session, working, replace(working.assessment, explained=None))
    visit = started(session, first).visit
    visits.end(session, visit.id, PASSPHRASE)
    assert sorting.open_(session, visit.id).targets == ()


def test_unsorted_notes_are_missing_from_the_open_assessment_and_block_nothing(session: Session) -> None:
    first, _, visit_id, line = sorted_visit(session)
    with session.store.transaction() as tx:
        (assessment,) = tx.assessments.of_child(first.id)
    working = assessments.open_(session, assessment.id)
    (item,) = (each for each in working.missing if each.field == "visits")
    assert item.what == "1 note of the visit on 23 November 2026 not sorted to units yet."
    assert item.visit == visit_id
    assert not item.blocks
    answer = graded(session, working, "A1.a", 2)
    saved = assessments.save(session, working, replace(assessment, units={"A1.a": answer}))
    assert item in saved.missing
    sorting.sort_line(session, visit_id, line.id, units=(), children=())
    assert all(each.field != "visits" for each in assessments.open_(session, assessment.id).missing)


def test_a_visit_before_the_window_is_not_asked_for(session: Session, clock: Clock) -> None:
    first, *_ = add_home(session)
    visit = started(session, first).visit
    visits.add_line(session, visit.id, how=How.I_SAW, text="No bedding.")
    visits.end(session, visit.id, PASSPHRASE)
    clock.move(1)
    after = begin(session, first, first=session.today())
    assert all(each.field != "visits" for each in after.missing)


def test_one_childs_file_leaves_the_other_childs_notes_out(session: Session) -> None:
    first, second, _ = add_home(session)
    visit = started(session, first).visit
    visits.add_line(session, visit.id, how=How.CHILD_SAID, text="Fern alone knows.", children=(second.id,))
    visits.add_line(session, visit.id, how=How.I_SAW, text="No bedding.")
    visits.keep(session, visit.id, VisitSheet(seen=(Sighting(child=second.id, seen=True),)))
    visits.end(session, visit.id, PASSPHRASE)
    text = b"".join(casefiles.export(session, first.id, recipient="nobody", reason="a test")).decode()
    assert "No bedding." in text
    assert "Fern alone knows." not in text
