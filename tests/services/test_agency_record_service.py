"""Where things stand in the agency's own record, and the list of what does not yet."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from gcp2_app.domain.entries import AgencyRecord, EnteredInError, Entry
from gcp2_app.domain.register import Allocation, Child
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue, NotAllowed, NotFound
from gcp2_app.services import agency_record, assessments
from gcp2_app.services.agency_record import FIRST, Cursor, Kept, NotYet
from gcp2_app.services.session import Session
from gcp2_app.storage.agency_records import unmarked_entries
from tests import stores
from tests.stores import TODAY, add_family, add_user, as_user, signed_off

RECORD = AgencyRecord(reference="LCS 4711", on=TODAY)


def put(session: Session, *ids: str, child: str, day: date = TODAY, **changes: object) -> None:
    with session.store.transaction() as tx:
        for id_ in ids:
            entry = Entry(id=id_, kind="note", children=(child,), when=When.on(day))
            tx.entries.put(replace(entry, **changes), by=session.user.id)  # type: ignore[arg-type]  # fields of an entry


def ids(page: NotYet) -> tuple[list[str], list[str]]:
    return [each.id for each in page.assessments], [each.id for each in page.entries]


def everything(session: Session, at_once: int) -> list[str]:
    found: list[str] = []
    cursor: Cursor | None = FIRST
    while cursor is not None:
        page = agency_record.not_yet(session, cursor, at_once=at_once)
        found += [each.id for each in (*page.assessments, *page.entries)]
        cursor = page.next
    return found


def test_an_entry_is_not_yet_there_until_it_is_marked_and_again_when_that_is_taken_back(session: Session) -> None:
    child, _ = add_family(session)
    put(session, "e1", child=child.id)
    assert agency_record.of(session, Kept.ENTRY, "e1") is None
    agency_record.mark(session, Kept.ENTRY, "e1", replace(RECORD, reference="  LCS 4711 "))
    assert agency_record.of(session, Kept.ENTRY, "e1") == RECORD
    assert ids(agency_record.not_yet(session)) == ([], [])
    assert "agency record noted" in stores.actions(session)
    agency_record.mark(session, Kept.ENTRY, "e1", None)
    assert ids(agency_record.not_yet(session)) == ([], ["e1"])
    assert "agency record taken back" in stores.actions(session)


def test_marking_twice_the_same_is_one_event(session: Session) -> None:
    child, _ = add_family(session)
    put(session, "e1", child=child.id)
    for _ in range(2):
        agency_record.mark(session, Kept.ENTRY, "e1", RECORD)
    assert stores.actions(session).count("agency record noted") == 1


def test_a_mark_needs_a_reference_and_no_day_to_come(session: Session) -> None:
    child, _ = add_family(session)
    put(session, "e1", child=child.id)
    with pytest.raises(InvalidValue, match="reference is empty"):
        agency_record.mark(session, Kept.ENTRY, "e1", AgencyRecord(reference="  "))
    with pytest.raises(InvalidValue, match="in the future"):
        agency_record.mark(session, Kept.ENTRY, "e1", replace(RECORD, on=TODAY + timedelta(days=1)))
    agency_record.mark(session, Kept.ENTRY, "e1", AgencyRecord(reference="x"))
    with pytest.raises(NotFound):
        agency_record.mark(session, Kept.ENTRY, "gone", RECORD)


def test_a_signed_off_assessment_is_listed_and_marking_it_changes_nothing_else(
    session: Session, supervisor: Session
) -> None:
    child, _ = add_family(session)
    signed = signed_off(session, child, first=TODAY - timedelta(days=30), supervisor=supervisor).assessment
    stores.begin(session, child)
    (waiting,) = agency_record.not_yet(session).assessments
    assert (waiting.id, waiting.children) == (signed.id, ((child.id, "Robin Practice-Oak"),))
    agency_record.mark(session, Kept.ASSESSMENT, signed.id, RECORD)
    assert agency_record.not_yet(session).assessments == ()
    with session.store.transaction() as tx:
        stored = tx.assessments.get(signed.id)
        before = tx.assessments.revisions(signed.id)[-1].value
    assert stored == replace(signed, agency_record=RECORD)
    assert before == signed


def test_a_correction_starts_not_yet_there_and_takes_the_place_of_what_it_corrects(
    session: Session, supervisor: Session
) -> None:
    child, _ = add_family(session)
    signed = signed_off(session, child, first=TODAY - timedelta(days=30), supervisor=supervisor).assessment
    agency_record.mark(session, Kept.ASSESSMENT, signed.id, RECORD)
    newer = assessments.correct(session, signed.id, reason="Wrong home.").assessment
    assert newer.agency_record is None
    agency_record.mark(session, Kept.ASSESSMENT, signed.id, None)
    assert ids(agency_record.not_yet(session))[0] == [signed.id]
    for step in (assessments.finish, assessments.share, assessments.submit):
        step(session, newer.id)
    assessments.sign_off(supervisor, newer.id)
    assert ids(agency_record.not_yet(session))[0] == [newer.id]


def test_a_screen_that_was_open_meanwhile_does_not_take_the_mark_away(session: Session) -> None:
    child, _ = add_family(session)
    working = stores.begin(session, child)
    agency_record.mark(session, Kept.ASSESSMENT, working.assessment.id, RECORD)
    saved = assessments.save(session, working, replace(working.assessment, analysis="Warm care."))
    assert saved.assessment.agency_record == RECORD


def test_entries_in_error_and_about_nobody_are_not_listed(session: Session) -> None:
    child, _ = add_family(session)
    error = EnteredInError(by="x", at=datetime(2026, 11, 23, tzinfo=UTC), reason="another child")
    put(session, "e1", child=child.id, entered_in_error=error)
    with session.store.transaction() as tx:
        tx.entries.put(Entry(id="e2", kind="training"), by=session.user.id)
    assert ids(agency_record.not_yet(session)) == ([], [])
    with pytest.raises(NotAllowed, match="made in error"):
        agency_record.mark(session, Kept.ENTRY, "e1", RECORD)


def test_the_latest_come_first_and_pages_go_on_where_the_last_ended(session: Session, supervisor: Session) -> None:
    child, _ = add_family(session)
    signed = signed_off(session, child, first=TODAY - timedelta(days=30), supervisor=supervisor).assessment
    put(session, "e1", "e2", "e3", "e4", "e5", child=child.id)
    agency_record.mark(session, Kept.ENTRY, "e4", RECORD)
    expected = [signed.id, "e5", "e3", "e2", "e1"]
    for at_once in (1, 2, 3, 50):
        assert everything(session, at_once) == expected


def test_many_assessments_fill_pages_of_their_own(session: Session, supervisor: Session) -> None:
    child, _ = add_family(session)
    first = signed_off(session, child, first=TODAY - timedelta(days=200), supervisor=supervisor).assessment
    second = signed_off(session, child, first=TODAY - timedelta(days=100), supervisor=supervisor).assessment
    put(session, "e1", child=child.id)
    page = agency_record.not_yet(session, at_once=1)
    assert ids(page) == ([second.id], [])
    assert everything(session, 1) == [second.id, first.id, "e1"]


def test_a_page_looks_at_a_bounded_number_of_entries(session: Session) -> None:
    child, _ = add_family(session)
    put(session, "e1", "e2", "e3", "e4", child=child.id)
    for marked in ("e3", "e4"):
        agency_record.mark(session, Kept.ENTRY, marked, RECORD)

    def pages(looked_at: int) -> Sequence[list[str]]:
        found, before = [], None
        with session.store.transaction() as tx:
            while True:
                page = unmarked_entries(tx, before=before, limit=5, allocated_to=None, looked_at=looked_at)
                found.append([each.id for each in page.rows])
                before = page.before
                if before is None:
                    return found

    assert pages(2) == [[], ["e2", "e1"], []]
    assert pages(3) == [["e2"], ["e1"]]
    assert pages(5) == [["e2", "e1"]]


def test_a_practitioner_sees_only_their_own_children_and_marks_no_others(session: Session) -> None:
    add_user(session, "kim", Role.PRACTITIONER)
    kim = as_user(session, "kim")
    mine, _ = add_family(session)
    other, _ = add_family(session)
    allocation = Allocation(professional=kim.professional.id, role="social_worker", from_=date(2026, 1, 5))
    allocated: Child = replace(mine, allocated=(allocation,))
    with session.store.transaction() as tx:
        tx.children.put(allocated, by=session.user.id)
    put(session, "e1", child=mine.id)
    put(session, "e2", child=other.id)
    put(session, "e3", child=other.id, children=(mine.id, other.id))
    page = agency_record.not_yet(kim)
    assert ids(page) == ([], ["e3", "e1"])
    assert [each.children for each in page.entries] == [((mine.id, "Robin Practice-Oak"),)] * 2
    agency_record.mark(kim, Kept.ENTRY, "e3", RECORD)
    with pytest.raises(NotAllowed, match="not on your caseload"):
        agency_record.mark(kim, Kept.ENTRY, "e2", RECORD)
    with pytest.raises(NotAllowed, match="not on your caseload"):
        agency_record.of(kim, Kept.ENTRY, "e2")


def test_an_administrator_sees_no_list(session: Session) -> None:
    add_user(session, "admin", Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        agency_record.not_yet(as_user(session, "admin"))
    with pytest.raises(NotAllowed):
        agency_record.mark(as_user(session, "admin"), Kept.ENTRY, "e1", RECORD)


def test_kinds_have_their_titles() -> None:
    assert agency_record.titles()["visit"] == "Visit or contact"
