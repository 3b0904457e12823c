"""Two practitioners on two computers: what one's file adds to the other's store, and that nothing is lost by it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gcp2_app.domain import visits as sheets
from gcp2_app.domain.answers import Evidence, EvidenceSource
from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Carer, Child
from gcp2_app.domain.users import Role
from gcp2_app.domain.visits import How, Line, Sighting, VisitSheet
from gcp2_app.errors import BadFile, InvalidValue, NotAllowed, WrongPassphrase
from gcp2_app.services import assessments, casefiles, exchanges, packs, register
from gcp2_app.services.session import Session
from gcp2_app.storage.cost import FLOOR
from tests.stores import (
    PASSPHRASE,
    Clock,
    actions,
    add_family,
    add_user,
    as_user,
    begin,
    grade_all,
    graded,
    make_session,
    signed_off,
    with_words,
)


@pytest.fixture
def colleague(tmp_path: Path) -> Iterator[Session]:
    """A session on a colleague's own computer."""
    made = make_session(tmp_path / "colleague", name="bjones", clock=Clock())
    yield made
    made.store.close()


def _sent(session: Session, id_: str, folder: Path, passphrase: str = "") -> Path:
    path = folder / ("sent.gcp2x" if passphrase else "sent.json")
    path.write_bytes(
        exchanges.export(session, id_, recipient="B Jones", reason="joint", passphrase=passphrase, cost=FLOOR)
    )
    return path


def _taken(session: Session, path: Path) -> exchanges.Preview:
    return exchanges.take_in(session, path, digest=exchanges.preview(session, path).digest)


def _stored(session: Session, id_: str) -> Assessment:
    with session.store.transaction() as tx:
        return tx.assessments.get(id_)


def _grade(session: Session, id_: str, **grades: int) -> Assessment:
    working = assessments.open_(session, id_)
    units = dict(working.assessment.units)
    for code, grade in grades.items():
        units[code.replace("_", ".")] = graded(session, working, code.replace("_", "."), grade)
    return assessments.save(session, working, replace(working.assessment, units=units)).assessment


def _shared(session: Session, colleague: Session, folder: Path) -> tuple[Child, str]:
    """One assessment on both computers, not graded yet."""
    child, _ = add_family(session)
    id_ = begin(session, child).assessment.id
    _taken(colleague, _sent(session, id_, folder))
    return child, id_


def test_a_child_who_is_new_comes_with_the_assessment_and_is_on_the_caseload(
    session: Session, colleague: Session, tmp_path: Path
) -> None:
    child, carer = add_family(session)
    id_ = begin(session, child).assessment.id
    path = _sent(session, id_, tmp_path)
    looked = exchanges.preview(colleague, path)
    assert looked.child_new
    assert looked.changes
    assert looked.coming[0].new
    with colleague.store.transaction() as tx:
        assert tx.children.find(child.id) is None
    _taken(colleague, path)
    with colleague.store.transaction() as tx:
        assert tx.people.get(carer.id).name == "Practice Mother"
        assert colleague.professional.id in {each.professional for each in tx.children.get(child.id).allocated}
    assert _stored(colleague, id_) == _stored(session, id_)


def test_grades_of_both_are_in_both_stores_and_nothing_is_lost(
    session: Session, colleague: Session, tmp_path: Path
) -> None:
    _, id_ = _shared(session, colleague, tmp_path)
    _grade(session, id_, A1_a=2, A1_b=3)
    _grade(colleague, id_, A1_a=4, A2_a=3)
    back = _taken(session, _sent(colleague, id_, tmp_path))
    merged = back.coming[0].met.merged
    assert merged is not None
    assert merged.graded == ("A1.a", "A2.a")
    assert merged.differ == ("A1.a",)
    mine = _stored(session, id_)
    assert {each.by: each.grade for each in mine.answer("A1.a").grades} == {
        session.professional.id: 2,
        colleague.professional.id: 4,
    }
    assert mine.answer("A1.b").grade == 3
    assert mine.answer("A2.a").grade == 3
    assert set(mine.assessors) == {session.professional.id, colleague.professional.id}
    assert actions(session)[:2] == ["colleague’s file taken in", "assessment merged"]
    # And the way back.
    _taken(colleague, _sent(session, id_, tmp_path))
    assert {code: answer.grade for code, answer in _stored(colleague, id_).units.items()} == {
        code: answer.grade for code, answer in mine.units.items()
    }


def test_the_same_file_twice_changes_nothing(session: Session, colleague: Session, tmp_path: Path) -> None:
    _, id_ = _shared(session, colleague, tmp_path)
    _grade(session, id_, A1_a=2)
    _grade(colleague, id_, A1_a=4)
    path = _sent(colleague, id_, tmp_path)
    # That the colleague is allocated there is no difference anybody has to look at.
    assert not exchanges.preview(session, path).kept
    _taken(session, path)
    before = _stored(session, id_)
    again = exchanges.preview(session, path)
    assert not again.changes
    _taken(session, path)
    assert _stored(session, id_) == before
    casefiles.import_(session, path)
    assert _stored(session, id_) == before


def test_a_plain_import_merges_what_is_worked_on_together(session: Session, colleague: Session, tmp_path: Path) -> None:
    _, id_ = _shared(session, colleague, tmp_path)
    _grade(session, id_, A1_a=2)
    _grade(colleague, id_, A1_b=4)
    done = casefiles.import_(session, _sent(colleague, id_, tmp_path))
    assert done.revised["assessments"] == 1
    assert set(_stored(session, id_).units) == {"A1.a", "A1.b"}
    with session.store.transaction() as tx:
        assert "merged" in tx.assessments.revisions(id_)[-1].reason


def test_a_plain_import_of_ones_own_file_is_the_next_revision(session: Session, tmp_path: Path) -> None:
    child, _ = add_family(session)
    id_ = begin(session, child).assessment.id
    _grade(session, id_, A1_a=2)
    path = _sent(session, id_, tmp_path)
    _grade(session, id_, A1_b=3)
    casefiles.import_(session, path)
    assert set(_stored(session, id_).units) == {"A1.a"}


def test_records_of_this_store_stay_as_they_are(session: Session, colleague: Session, tmp_path: Path) -> None:
    child, id_ = _shared(session, colleague, tmp_path)
    with colleague.store.transaction() as tx:
        theirs = tx.children.get(child.id)
    register.save_child(colleague, replace(theirs, school="Another School"), reason="x")
    looked = exchanges.preview(session, path := _sent(colleague, id_, tmp_path))
    assert looked.kept == 1
    _taken(session, path)
    with session.store.transaction() as tx:
        assert tx.children.get(child.id) == child


def test_what_is_signed_off_does_not_change(session: Session, colleague: Session, tmp_path: Path) -> None:
    add_user(session, "manager", Role.SUPERVISOR)
    child, _ = add_family(session)
    first = session.today().replace(day=2)
    done = signed_off(session, child, first=first, supervisor=as_user(session, "manager")).assessment
    under_way = replace(
        done, state=AssessmentState.IN_PROGRESS, signed_off_on=None, signed_off_by=None, steps=done.steps[:1]
    )
    with colleague.store.transaction() as tx:
        tx.professionals.put(session.professional, by=None)
        tx.children.put(child, by=None)
        tx.assessments.put(under_way, by=None)
    _grade(colleague, done.id, A1_a=5)
    path = _sent(colleague, done.id, tmp_path)
    assert "signed off" in exchanges.preview(session, path).coming[0].met.refused
    _taken(session, path)
    assert _stored(session, done.id) == done
    imported = casefiles.import_(session, path)
    assert "signed off" in imported.quarantined[0].reason
    assert _stored(session, done.id) == done


def test_a_finished_one_is_taken_up_again_first(session: Session, colleague: Session, tmp_path: Path) -> None:
    _, id_ = _shared(session, colleague, tmp_path)
    working = assessments.open_(session, id_)
    grade_all(session, working, 2)
    _grade(colleague, id_, A1_a=4)
    path = _sent(colleague, id_, tmp_path)
    assessments.finish(session, id_)
    assert "take it up again" in exchanges.preview(session, path).coming[0].met.refused
    assessments.resume(session, id_)
    _taken(session, path)
    assert not _stored(session, id_).answer("A1.a").agreed_reason
    assert _stored(session, id_).answer("A1.a").grade == 4


def test_a_protected_file_opens_with_its_passphrase(session: Session, colleague: Session, tmp_path: Path) -> None:
    child, _ = add_family(session)
    id_ = begin(session, child).assessment.id
    path = _sent(session, id_, tmp_path, PASSPHRASE)
    assert b"Practice" not in path.read_bytes()
    assert exchanges.is_protected(path)
    assert not exchanges.is_protected(_sent(session, id_, tmp_path))
    with pytest.raises(WrongPassphrase):
        exchanges.preview(colleague, path, passphrase="another")
    looked = exchanges.preview(colleague, path, passphrase=PASSPHRASE)
    exchanges.take_in(colleague, path, passphrase=PASSPHRASE, digest=looked.digest)
    assert _stored(colleague, id_).child == child.id


def test_only_the_file_looked_at_goes_in(session: Session, colleague: Session, tmp_path: Path) -> None:
    _, id_ = _shared(session, colleague, tmp_path)
    path = _sent(session, id_, tmp_path)
    digest = exchanges.preview(colleague, path).digest
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(BadFile):
        exchanges.take_in(colleague, path, digest=digest)


def test_an_export_says_for_whom_and_why_and_is_in_the_trail(session: Session) -> None:
    child, _ = add_family(session)
    id_ = begin(session, child).assessment.id
    for recipient, reason in (("", "joint"), ("B Jones", " ")):
        with pytest.raises(InvalidValue):
            exchanges.export(session, id_, recipient=recipient, reason=reason)
    assert "assessment exported to a colleague" not in actions(session)
    exchanges.export(session, id_, recipient="B Jones", reason="joint")
    assert actions(session)[0] == "assessment exported to a colleague"


def test_a_case_of_another_cannot_be_exchanged(session: Session, colleague: Session, tmp_path: Path) -> None:
    _, id_ = _shared(session, colleague, tmp_path)
    path = _sent(colleague, id_, tmp_path)
    add_user(session, "other", Role.PRACTITIONER)
    other = as_user(session, "other")
    with pytest.raises(NotAllowed):
        exchanges.export(other, id_, recipient="x", reason="y")
    with pytest.raises(NotAllowed):
        exchanges.preview(other, path)


@pytest.mark.parametrize(
    "content",
    [
        b'{"format": "gcp2-casefile", "version": 1}',
        b'{"format": "gcp2-casefile", "version": 1, "children": [{"id": "c1", "given_names": "A"}, {"id": "c2"}]}',
    ],
)
def test_a_file_is_about_one_child(session: Session, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(content)
    with pytest.raises(BadFile):
        exchanges.preview(session, path)


def test_people_for_practice_stay_out_of_a_real_store(colleague: Session, tmp_path: Path) -> None:
    child, _ = add_family(colleague)
    path = _sent(colleague, begin(colleague, child).assessment.id, tmp_path)
    real = make_session(tmp_path / "real", practice=False)
    with real.store, pytest.raises(BadFile):
        exchanges.preview(real, path)


def test_words_of_both_stay(session: Session, colleague: Session, tmp_path: Path) -> None:
    _, id_ = _shared(session, colleague, tmp_path)
    for each, words in ((session, "Ours."), (colleague, "Theirs.")):
        working = assessments.open_(each, id_)
        assessments.save(each, working, replace(with_words(working.assessment), analysis=words))
    _taken(session, _sent(colleague, id_, tmp_path))
    analysis = _stored(session, id_).analysis
    assert analysis.startswith("Ours.")
    assert "From the copy of Practice Alex Smith: Theirs." in analysis


# What was signed off on the other computer


def _signed_elsewhere(session: Session, colleague: Session, folder: Path) -> str:
    """One assessment graded on both, put together, agreed and signed off on the first; the second is still open."""
    _, id_ = _shared(session, colleague, folder)
    grade_all(session, assessments.open_(session, id_), 2)
    _grade(colleague, id_, A1_a=2, A1_b=2)
    _taken(session, _sent(colleague, id_, folder))
    working = assessments.open_(session, id_)
    assessments.save(session, working, with_words(working.assessment))
    assessments.finish(session, id_)
    assessments.share(session, id_)
    assessments.submit(session, id_)
    add_user(session, "manager", Role.SUPERVISOR)
    assessments.sign_off(as_user(session, "manager"), id_)
    return id_


def test_what_was_signed_off_elsewhere_is_signed_off_here(session: Session, colleague: Session, tmp_path: Path) -> None:
    id_ = _signed_elsewhere(session, colleague, tmp_path)
    before = _stored(colleague, id_)
    looked = exchanges.preview(colleague, path := _sent(session, id_, tmp_path))
    (coming,) = looked.coming
    assert looked.changes
    assert coming.met.signed is not None
    _taken(colleague, path)
    assert _stored(colleague, id_) == _stored(session, id_)
    assert _stored(colleague, id_).locked
    assert actions(colleague)[:2] == ["colleague’s file taken in", "signed-off copy taken in"]
    signer = _stored(colleague, id_).signed_off_by
    assert signer is not None
    with colleague.store.transaction() as tx:
        assert tx.assessments.revisions(id_)[-1].value == before
        assert tx.professionals.get(signer).name == "Practice manager"
    assert register.child(colleague, before.child).assessments[0].state is AssessmentState.SIGNED_OFF
    assert not exchanges.preview(colleague, path).changes


def test_a_signed_off_copy_without_a_grade_of_ours_is_kept_out_and_says_which(
    session: Session, colleague: Session, tmp_path: Path
) -> None:
    id_ = _signed_elsewhere(session, colleague, tmp_path)
    _grade(colleague, id_, A2_a=4)
    before = _stored(colleague, id_)
    looked = exchanges.preview(colleague, path := _sent(session, id_, tmp_path))
    assert "A2.a" in looked.coming[0].met.refused
    assert not looked.changes
    _taken(colleague, path)
    assert "A2.a" in casefiles.import_(colleague, path).quarantined[0].reason
    assert _stored(colleague, id_) == before


# What travels


def test_nothing_of_a_sibling_travels_with_a_visit(session: Session, tmp_path: Path) -> None:
    child, carer = add_family(session)
    sister = register.save_child(
        session, Child(id="", given_names="Fern", carers=(Carer(person=carer.id, relationship="mother"),))
    )
    at = session.now()
    sheet = VisitSheet(
        lines=(
            Line(id="l1", at=at, how=How.I_SAW, text="An empty fridge."),
            Line(id="l2", at=at, how=How.I_SAW, text="A rash on her arm.", children=(sister.id,)),
        ),
        seen=(Sighting(child=child.id, seen=True), Sighting(child=sister.id, seen=False)),
    )
    visit = Entry(id="v1", kind="visit", children=(child.id, sister.id), data={"mode": "home"})
    with session.store.transaction() as tx:
        tx.entries.put(sheets.write_sheet(visit, sheet), by=None)
    id_ = begin(session, child).assessment.id
    working = assessments.open_(session, id_)
    piece = Evidence(text="An empty fridge.", source=EvidenceSource.SEEN_AT_HOME, visit="v1")
    answer = replace(graded(session, working, "A1.a", 3), evidence=(piece,))
    assessments.save(session, working, replace(working.assessment, units={"A1.a": answer}))
    sent = _sent(session, id_, tmp_path).read_text()
    assert "An empty fridge." in sent
    assert "rash" not in sent
    assert sister.id not in sent


def test_a_copy_comes_into_a_real_store_to_be_read_and_is_graded_once_its_pack_is_approved_there(
    tmp_path: Path,
) -> None:
    first = make_session(tmp_path / "first", practice=False)
    second = make_session(tmp_path / "second", practice=False, name="bjones")
    try:
        packs.approve_open_pack(first, packs.get(first, "graded-care"), reason="Panel agreed")
        child, _ = add_family(first)
        id_ = begin(first, child).assessment.id
        _grade(first, id_, A1_a=2)
        _taken(second, _sent(first, id_, tmp_path))
        working = assessments.open_(second, id_)
        assert "not approved for real children in this store" in working.unapproved
        assert working.pack.units_in(working.band)["A1.a"].prompt
        assert working.assessment.answer("A1.a").grade == 2
        with pytest.raises(NotAllowed, match="not approved for real children in this store"):
            _grade(second, id_, A1_a=4)
        noted = assessments.save(second, working, replace(working.assessment, child_voice="Robin hums."))
        assert noted.assessment.child_voice == "Robin hums."
        packs.approve_open_pack(second, packs.get(second, "graded-care"), reason="Panel agreed")
        assert not assessments.open_(second, id_).unapproved
        assert _grade(second, id_, A1_a=4).answer("A1.a").grades[-1].grade == 4
    finally:
        first.store.close()
        second.store.close()
