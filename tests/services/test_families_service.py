"""The family around an assessment, evidence on several children, and grades offered to siblings."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gcp2_app.domain.answers import Evidence, EvidenceSource, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState, Window
from gcp2_app.domain.evidence import piece_in, units_with, with_evidence
from gcp2_app.domain.grading import waiting_proposal
from gcp2_app.domain.users import Role
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services import assessments, casefiles, families, packs, proposals, register, shared_evidence
from gcp2_app.services.assessments import Start, Working
from gcp2_app.services.families import WhyNot
from gcp2_app.services.proposals import NotOffered
from gcp2_app.services.session import Session
from gcp2_app.storage import audit
from tests import stores
from tests.services.families import Oaks, add_oaks


@pytest.fixture
def oaks(session: Session) -> Oaks:
    """The family."""
    return add_oaks(session)


@pytest.fixture
def practitioner(session: Session, oaks: Oaks) -> Session:
    """A practitioner who is no supervisor, to whom Robin alone is allocated."""
    del oaks
    stores.add_user(session, "worker", Role.PRACTITIONER)
    return stores.as_user(session, "worker")


def stored(session: Session, id_: str) -> Assessment:
    with session.store.transaction() as tx:
        return tx.assessments.get(id_)


def with_piece(session: Session, working: Working, *codes: str, text: str = "No heating on.") -> Working:
    piece = Evidence(
        id="e1", text=text, source=EvidenceSource.SEEN_AT_HOME, by=session.professional.id, on=date(2026, 11, 20)
    )
    return assessments.save(session, working, with_evidence(working.assessment, codes, piece))


def graded(session: Session, working: Working, code: str, grade: int) -> Working:
    units = {**working.assessment.units, code: stores.graded(session, working, code, grade)}
    return assessments.save(session, working, replace(working.assessment, units=units))


# Family


def test_the_family_is_the_home_of_today_and_the_children_of_the_same_carer(session: Session, oaks: Oaks) -> None:
    working = stores.begin(session, oaks.robin)
    family = families.of_assessment(session, working.assessment.id)
    assert family.own.child == oaks.robin
    assert family.own.why_not is None
    assert [(each.child.given_names, each.same_home) for each in family.siblings] == [("Fern", True), ("Elm", False)]
    assert {each.why_not for each in family.siblings} == {WhyNot.NO_ASSESSMENT}
    assert family.not_shown == 0
    assert len(family.members) == 3
    assert "family looked at" in stores.actions(session)


def test_a_child_outside_the_own_caseload_is_counted_and_not_shown(
    session: Session, oaks: Oaks, practitioner: Session
) -> None:
    mine = replace(oaks.robin.allocated[0], professional=practitioner.professional.id)
    with session.store.transaction() as tx:
        tx.children.put(replace(oaks.robin, allocated=(mine,)), by=session.user.id)
    working = stores.begin(practitioner, oaks.robin)
    family = families.of_assessment(practitioner, working.assessment.id)
    assert family.siblings == ()
    assert family.not_shown == 2
    with pytest.raises(NotAllowed, match="not one of the siblings"):
        shared_evidence.take_off(practitioner, working.assessment.id, "e1", {oaks.fern.id})
    theirs = stores.begin(session, oaks.fern)
    with pytest.raises(NotAllowed, match="caseload"):
        families.of_assessment(practitioner, theirs.assessment.id)


def test_a_restricted_child_is_counted_and_not_shown(session: Session, oaks: Oaks) -> None:
    register.save_child(session, replace(oaks.fern, restricted=True))
    family = families.of_assessment(session, stores.begin(session, oaks.robin).assessment.id)
    assert [each.child.id for each in family.siblings] == [oaks.elm.id]
    assert family.not_shown == 1


def test_the_assessment_that_is_graded_now_counts_before_a_finished_one(session: Session, oaks: Oaks) -> None:
    robin = stores.begin(session, oaks.robin).assessment.id
    earlier = stores.grade_all(session, stores.begin(session, oaks.fern, first=date(2026, 6, 1)), 2)
    assessments.finish(session, earlier.assessment.id)
    (fern, _) = families.of_assessment(session, robin).siblings
    assert (fern.assessment and fern.assessment.id, fern.why_not) == (earlier.assessment.id, WhyNot.FINISHED)
    now = stores.begin(session, oaks.fern, first=date(2026, 5, 1))
    (fern, _) = families.of_assessment(session, robin).siblings
    assert (fern.assessment and fern.assessment.id, fern.why_not) == (now.assessment.id, None)


def test_an_assessment_that_was_not_explained_takes_nothing_yet(session: Session, oaks: Oaks) -> None:
    robin = stores.begin(session, oaks.robin)
    begun = stores.begin(session, oaks.fern)
    assessments.save(session, begun, replace(begun.assessment, explained=None))
    (fern, _) = families.of_assessment(session, robin.assessment.id).siblings
    assert fern.why_not is WhyNot.NOT_EXPLAINED


# Evidence


def test_a_piece_goes_on_several_children_with_the_same_id_and_a_line_of_audit_each(
    session: Session, oaks: Oaks
) -> None:
    robin = with_piece(session, stores.begin(session, oaks.robin), "A2.a", "A4", "D1.i")
    fern, elm = stores.begin(session, oaks.fern), stores.begin(session, oaks.elm)
    family = shared_evidence.put_on(session, robin.assessment.id, "e1", {oaks.fern.id, oaks.elm.id})
    for working, codes in ((fern, {"A2.a", "A4"}), (elm, {"A2.a", "A4", "D1.i"})):
        now = stored(session, working.assessment.id)
        # D1.i of a nine-year-old is another unit than that of a three-year-old.
        assert set(units_with(now, "e1")) == codes
        assert piece_in(now, "e1") == piece_in(robin.assessment, "e1")
        assert now.state is AssessmentState.IN_PROGRESS
    assert {units_with(each.assessment, "e1") != () for each in family.siblings if each.assessment} == {True}
    with session.store.transaction() as tx:
        told = {event.id for event in audit.page(tx, limit=2) if event.action == "assessment changed"}
    assert told == {fern.assessment.id, elm.assessment.id}


def test_a_change_follows_to_the_siblings_and_a_removal_too(session: Session, oaks: Oaks) -> None:
    robin = with_piece(session, stores.begin(session, oaks.robin), "A2.a")
    fern = stores.begin(session, oaks.fern)
    shared_evidence.put_on(session, robin.assessment.id, "e1", {oaks.fern.id})
    robin = with_piece(session, robin, "A2.a", text="No heating, mould.")
    there = piece_in(stored(session, fern.assessment.id), "e1")
    assert there is not None
    assert there.text == "No heating on."
    shared_evidence.put_on(session, robin.assessment.id, "e1", {oaks.fern.id})
    there = piece_in(stored(session, fern.assessment.id), "e1")
    assert there is not None
    assert there.text == "No heating, mould."
    shared_evidence.take_off(session, robin.assessment.id, "e1", {oaks.fern.id})
    assert piece_in(stored(session, fern.assessment.id), "e1") is None
    assert piece_in(stored(session, robin.assessment.id), "e1") is not None


def test_where_one_sibling_cannot_take_it_none_does(session: Session, oaks: Oaks) -> None:
    robin = with_piece(session, stores.begin(session, oaks.robin), "A2.a")
    fern = stores.begin(session, oaks.fern)
    with pytest.raises(NotAllowed, match="Nothing can be put"):
        shared_evidence.put_on(session, robin.assessment.id, "e1", [oaks.fern.id, oaks.elm.id])
    assert piece_in(stored(session, fern.assessment.id), "e1") is None
    young = with_piece(session, robin, "D1.i")
    with pytest.raises(InvalidValue, match="none of the units"):
        shared_evidence.put_on(session, young.assessment.id, "e1", [oaks.fern.id])
    with pytest.raises(InvalidValue, match="not on the child"):
        shared_evidence.put_on(session, young.assessment.id, "other", [oaks.fern.id])


def test_somebody_elses_piece_stays_theirs(session: Session, oaks: Oaks) -> None:
    robin = stores.begin(session, oaks.robin)
    fern = stores.begin(session, oaks.fern)
    theirs = Evidence(id="e1", text="Cold.", source=EvidenceSource.SEEN_AT_HOME, by="w-elsewhere")
    for working in (robin, fern):
        assessments.save(session, working, with_evidence(working.assessment, {"A2.a"}, theirs))
    for act in (shared_evidence.put_on, shared_evidence.take_off):
        with pytest.raises(NotAllowed, match="someone else"):
            act(session, robin.assessment.id, "e1", {oaks.fern.id})
    assert piece_in(stored(session, fern.assessment.id), "e1") == theirs


# Proposals


def test_an_offered_grade_waits_is_not_scored_and_is_confirmed_child_by_child(session: Session, oaks: Oaks) -> None:
    robin = graded(session, stores.begin(session, oaks.robin), "A2.a", 4)
    fern = stores.begin(session, oaks.fern)
    proposals.offer(session, robin.assessment.id, "A2.a", {oaks.fern.id})
    opened = assessments.open_(session, fern.assessment.id)
    answer = opened.assessment.answer("A2.a")
    offered = waiting_proposal(answer)
    assert offered is not None
    assert (offered.grade, offered.child, offered.by) == (4, oaks.robin.id, session.professional.id)
    assert answer.state is UnitState.NOT_STARTED
    assert opened.profile.subareas["A2"].grade is None
    assert any(each.code == "A2.a" for each in opened.missing)
    assert stores.actions(session)[1] == "grade offered to sibling"
    confirmed = graded(session, opened, "A2.a", 3)
    assert waiting_proposal(confirmed.assessment.answer("A2.a")) is None
    assert confirmed.profile.subareas["A2"].scored == 1


def test_only_a_graded_unit_about_the_home_is_offered_to_the_same_home(session: Session, oaks: Oaks) -> None:
    robin = graded(session, stores.begin(session, oaks.robin), "A1.a", 2)
    id_ = robin.assessment.id
    fern = stores.begin(session, oaks.fern)
    stores.begin(session, oaks.elm)
    with pytest.raises(NotAllowed, match="about the home"):
        proposals.offer(session, id_, "A1.a", {oaks.fern.id})
    with pytest.raises(NotAllowed, match="not graded"):
        proposals.offer(session, id_, "A2.a", {oaks.fern.id})
    robin = graded(session, robin, "A2.a", 2)
    with pytest.raises(NotAllowed, match="cannot be offered"):
        proposals.offer(session, id_, "A2.a", {oaks.fern.id, oaks.elm.id})
    assert waiting_proposal(stored(session, fern.assessment.id).answer("A2.a")) is None
    family = families.of_assessment(session, id_)
    found = {each.child.id: proposals.why_not_offered(family, each, "A2.a") for each in family.siblings}
    assert found == {oaks.fern.id: None, oaks.elm.id: NotOffered.OTHER_HOME}
    assert proposals.why_not_offered(family, family.siblings[0], "D1.i") is NotOffered.NO_UNIT
    graded(session, fern, "A2.a", 1)
    family = families.of_assessment(session, id_)
    assert proposals.why_not_offered(family, family.siblings[0], "A2.a") is NotOffered.GRADED
    with pytest.raises(NotAllowed, match="cannot be offered"):
        proposals.offer(session, id_, "A2.a", {oaks.fern.id})


def test_one_childs_file_does_not_say_whose_grade_was_offered(session: Session, oaks: Oaks) -> None:
    robin = graded(session, stores.begin(session, oaks.robin), "A2.a", 4)
    stores.begin(session, oaks.fern)
    proposals.offer(session, robin.assessment.id, "A2.a", {oaks.fern.id})
    file = b"".join(casefiles.export(session, oaks.fern.id, recipient="Fern", reason="asked for it"))
    assert b'"proposed"' in file
    assert oaks.robin.id.encode() not in file
    assert robin.assessment.id.encode() not in file


def test_a_reader_may_look_and_not_write(session: Session, supervisor: Session, oaks: Oaks) -> None:
    robin = with_piece(session, stores.begin(session, oaks.robin), "A2.a")
    stores.begin(session, oaks.fern)
    assert len(families.of_assessment(supervisor, robin.assessment.id).siblings) == 2
    with pytest.raises(NotAllowed, match="work on cases"):
        shared_evidence.put_on(supervisor, robin.assessment.id, "e1", {oaks.fern.id})
    with pytest.raises(NotAllowed, match="work on cases"):
        proposals.offer(supervisor, robin.assessment.id, "A2.a", {oaks.fern.id})


def test_another_pack_takes_nothing_from_this_one(session: Session, oaks: Oaks) -> None:
    pack = packs.install(session, next((Path(__file__).parents[1] / "data" / "packs" / "four-grade").glob("*.toml")))
    robin = stores.begin(session, oaks.robin)
    window = Window(from_=date(2026, 11, 9), to=date(2026, 12, 6))
    carers = tuple(carer.person for carer in oaks.fern.carers)
    started = assessments.start(session, Start(child=oaks.fern.id, carers=carers, window=window, pack=pack.id))
    (fern, _) = families.of_assessment(session, robin.assessment.id).siblings
    assert (fern.assessment, fern.why_not) == (started.assessment, WhyNot.OTHER_PACK)
    assert proposals.why_not_offered(families.of_assessment(session, robin.assessment.id), fern, "A2.a") is (
        NotOffered.NO_UNIT
    )
