"""Withheld values: kept from whoever they are withheld from, and undone by two people only."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from gcp2_app import wire
from gcp2_app.domain.answers import Evidence, EvidenceSource
from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Address, Carer, Child, Household, Member, Person
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.domain.withheld import SecretKind
from gcp2_app.errors import NotAllowed, WrongPassphrase
from gcp2_app.services import assessments, casefiles, charts, register, reports, users, withholding, withholding_waits
from gcp2_app.services.assessments import Working
from gcp2_app.services.second_person import SecondPerson, SecondPersonNeeded
from gcp2_app.services.session import Session
from tests.stores import PASSPHRASE, TODAY, actions, add_family, add_user, begin, grade_all


def _withheld_family(session: Session) -> tuple[Child, Person, Person, Household]:
    """Add a family whose address and surgery are withheld from the mother's former partner."""
    child, mother = add_family(session)
    father = register.save_person(session, Person(id="", name="Dean Practice-Marsh"))
    child = register.save_child(
        session,
        replace(
            child,
            gp="Brook Surgery",
            school="Hollow Lane Nursery",
            gp_withheld_from=(father.id,),
            carers=(*child.carers, Carer(person=father.id, relationship="father")),
        ),
    )
    home = Address(lines=("4 Mill Lane",), postcode="DY1 1AA", withheld_from=(father.id,))
    household = Household(id="", members=(Member(who=child.id), Member(who=mother.id)), addresses=(home,))
    return child, mother, father, register.save_household(session, household)


def _assessed(session: Session, child: Child) -> Working:
    working = grade_all(session, begin(session, child), 2)
    visit = Entry(
        id="v1",
        kind="visit",
        children=(child.id,),
        when=When.on(TODAY - timedelta(days=2)),
        withheld_from=(child.carers[1].person,),
        data={"mode": "home", "present": ["Aunt Secret"], "child_seen": True},
    )
    with session.store.transaction() as tx:
        tx.entries.put(visit, by=None)
    answer = working.assessment.answer("A1.a")
    pieces = (
        Evidence(text="The kitchen at 4 Mill Lane was clean.", source=EvidenceSource.SEEN_AT_HOME),
        Evidence(text="Heard on the quiet.", source=EvidenceSource.SEEN_AT_HOME, visit="v1"),
    )
    units = {**working.assessment.units, "A1.a": replace(answer, evidence=pieces)}
    changed = replace(working.assessment, units=units, analysis="Registered at BROOK surgery, dy11aa.")
    return assessments.save(session, working, changed)


def _text(content: bytes) -> str:
    import io

    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages)


def test_a_report_for_somebody_drops_what_is_withheld_from_them_and_lists_it(session: Session) -> None:
    child, mother, father, _ = _withheld_family(session)
    id_ = _assessed(session, child).assessment.id
    for copy in (
        reports.assessment_preview(session, id_, recipient="the father", reader=father.id),
        reports.assessment_preview(session, id_, recipient="Mr Dean Practice-Marsh, father"),
    ):
        text = _text(copy.content).casefold()
        for value in ("mill lane", "dy1", "brook", "on the quiet", "aunt secret"):
            assert value not in text
        assert "[withheld]" in text
        kinds = {loss.kind for loss in copy.losses}
        assert kinds == {SecretKind.ADDRESS, SecretKind.POSTCODE, SecretKind.GP, SecretKind.ENTRY, SecretKind.EVIDENCE}
        assert "Mill" not in repr(copy.losses)
    for other in (mother.id, ""):
        copy = reports.assessment_preview(session, id_, recipient="somebody", reader=other)
        assert "4 Mill Lane" in _text(copy.content)
        assert copy.losses == ()


def test_a_new_name_is_in_no_report_and_no_picture_for_whom_it_is_withheld_from(session: Session) -> None:
    child, _, father, _ = _withheld_family(session)
    id_ = _assessed(session, child).assessment.id
    child = register.save_child(session, replace(child, name_withheld_from=(father.id,)))
    text = _text(reports.assessment_preview(session, id_, reader=father.id).content)
    assert "Robin" not in text
    assert "Oak" not in text
    assert "this child" in text
    theirs = charts.chart(session, child.id, ChartKind.TREND, reader=father.id)
    assert b"Robin" not in charts.file(session, child.id, theirs, ".svg", reader=father.id)
    ours = charts.chart(session, child.id, ChartKind.TREND)
    assert b"Robin" in charts.file(session, child.id, ours, ".svg")


def test_who_something_can_be_made_for(session: Session) -> None:
    child, mother, father, _ = _withheld_family(session)
    found = withholding.readers(session, child.id)
    assert found.names == {mother.id: "Practice Mother", father.id: father.name, child.id: "Robin Practice-Oak"}
    assert found.something_withheld == {father.id}


def test_showing_it_again_needs_a_second_person(session: Session) -> None:
    child, _, _, household = _withheld_family(session)
    shown = replace(household, addresses=(replace(household.addresses[0], withheld_from=()),))
    with pytest.raises(SecondPersonNeeded):
        register.save_household(session, shown)
    with pytest.raises(SecondPersonNeeded):
        register.save_household(session, replace(household, addresses=()))
    add_user(session, "manager", Role.SUPERVISOR)
    with pytest.raises(NotAllowed, match="somebody else"):
        register.save_household(session, shown, second=SecondPerson(sign_in_name="ASmith", passphrase=PASSPHRASE))
    with pytest.raises(WrongPassphrase):
        register.save_household(session, shown, second=SecondPerson(sign_in_name="manager", passphrase="no"))
    with session.store.transaction() as tx:
        assert tx.households.get(household.id) == household
    second = SecondPerson(sign_in_name="manager", passphrase=PASSPHRASE)
    assert PASSPHRASE not in repr(second)
    session.store.clock.move(1)  # type: ignore[attr-defined]  # the wait after a wrong passphrase
    assert register.save_household(session, shown, second=second) == shown
    assert actions(session)[:2] == ["withholding ended, confirmed", "household changed"]
    register.save_child(session, replace(child, gp_withheld_from=()), second=second)
    assert register.needs_second_person(session, replace(child, gp_withheld_from=())) == ()


def test_who_may_not_read_the_case_cannot_confirm(session: Session) -> None:
    child, _, _, _ = _withheld_family(session)
    add_user(session, "colleague", Role.PRACTITIONER)
    add_user(session, "office", Role.ADMINISTRATOR)
    shown = replace(child, gp_withheld_from=())
    for name, sentence in (("colleague", "not on your caseload"), ("office", "does not let you read cases")):
        with pytest.raises(NotAllowed, match=sentence):
            register.save_child(session, shown, second=SecondPerson(sign_in_name=name, passphrase=PASSPHRASE))
    with session.store.transaction() as tx:
        manager = tx.user_named("office")
    assert manager is not None
    users.leave(session, manager.id)
    with pytest.raises(WrongPassphrase):
        register.save_child(session, shown, second=SecondPerson(sign_in_name="office", passphrase=PASSPHRASE))


def test_withholding_more_needs_nobody_else(session: Session) -> None:
    child, mother, father, _ = _withheld_family(session)
    register.save_child(session, replace(child, school_withheld_from=(father.id,)))
    hidden = register.save_person(session, replace(mother, phone="07700 900123", withheld_from=(father.id,)))
    assert actions(session)[0] == "person changed"
    with pytest.raises(SecondPersonNeeded):
        register.save_person(session, replace(hidden, withheld_from=()))


# Case files


def _imported(session: Session, folder: Path, section: str, value: object) -> casefiles.Imported:
    """Bring in a case file that holds one record."""
    path = folder / "case.json"
    document = {"format": "gcp2-casefile", "version": 1, section: [json.loads(wire.to_json(value))]}
    path.write_text(json.dumps(document))
    return casefiles.import_(session, path)


def test_an_import_lets_nobody_see_again_what_is_withheld_and_is_not_refused(session: Session, tmp_path: Path) -> None:
    child, _, father, household = _withheld_family(session)
    shown = replace(household, addresses=(replace(household.addresses[0], withheld_from=()),), note="A dog.")
    done = _imported(session, tmp_path, "households", shown)
    assert dict(done.revised) == {"households": 1}
    assert [mark.id for mark in done.marks if "second person" in mark.note] == [household.id]
    with session.store.transaction() as tx:
        kept = tx.households.get(household.id)
    assert kept == replace(household, note="A dog.")
    assert "withholding kept, waits for a second person" in actions(session)
    (waits,) = register.child(session, child.id).waiting
    assert (waits.kind, waits.id) == ("household", household.id)
    assert [mark.who for mark in waits.gone] == [father.id]


def test_what_a_file_would_show_waits_until_a_second_person_confirms(session: Session, tmp_path: Path) -> None:
    child, _, father, household = _withheld_family(session)
    _imported(session, tmp_path, "children", replace(child, gp_withheld_from=(), language="Welsh"))
    _imported(session, tmp_path, "households", replace(household, addresses=()))
    waiting = register.child(session, child.id).waiting
    assert {waits.kind for waits in waiting} == {"child", "household"}
    of_child = next(waits for waits in waiting if waits.kind == "child")
    with pytest.raises(SecondPersonNeeded):
        withholding_waits.confirm(session, child.id, of_child, None)
    add_user(session, "manager", Role.SUPERVISOR)
    second = SecondPerson(sign_in_name="manager", passphrase=PASSPHRASE)
    withholding_waits.confirm(session, child.id, of_child, second)
    with session.store.transaction() as tx:
        stored = tx.children.get(child.id)
    assert (stored.gp_withheld_from, stored.language) == ((), "Welsh")
    assert actions(session)[:2] == ["withholding ended, confirmed", "child changed"]
    with pytest.raises(NotAllowed):
        withholding_waits.confirm(session, child.id, of_child, second)
    (of_home,) = register.child(session, child.id).waiting
    withholding_waits.keep(session, child.id, of_home)
    assert register.child(session, child.id).waiting == ()
    with session.store.transaction() as tx:
        assert tx.households.get(household.id).addresses[0].withheld_from == (father.id,)


def test_an_entry_and_an_adult_keep_their_marks_too(session: Session, tmp_path: Path) -> None:
    child, mother, father, _ = _withheld_family(session)
    hidden = register.save_person(session, replace(mother, withheld_from=(father.id,)))
    entry = Entry(id="e1", kind="note", children=(child.id,), what="Seen.", withheld_from=(father.id,))
    with session.store.transaction() as tx:
        tx.entries.put(entry, by=None)
    _imported(session, tmp_path, "people", replace(hidden, withheld_from=(), phone="07700 900123"))
    _imported(session, tmp_path, "entries", replace(entry, what="Seen and well.", withheld_from=()))
    with session.store.transaction() as tx:
        assert tx.people.get(mother.id) == replace(hidden, phone="07700 900123")
        kept = tx.entries.get("e1")
    assert (kept.what, kept.withheld_from, kept.revision) == ("Seen and well.", (father.id,), 2)
    waiting = register.child(session, child.id).waiting
    assert {waits.kind for waits in waiting} == {"person", "entry"}
    add_user(session, "manager", Role.SUPERVISOR)
    second = SecondPerson(sign_in_name="manager", passphrase=PASSPHRASE)
    for waits in waiting:
        withholding_waits.confirm(session, child.id, waits, second)
    with session.store.transaction() as tx:
        assert tx.people.get(mother.id).withheld_from == ()
        assert (tx.entries.get("e1").withheld_from, tx.entries.get("e1").revision) == ((), 3)


def test_what_was_undone_by_two_since_waits_no_longer(session: Session, tmp_path: Path) -> None:
    child, *_ = _withheld_family(session)
    _imported(session, tmp_path, "children", replace(child, gp_withheld_from=()))
    add_user(session, "manager", Role.SUPERVISOR)
    second = SecondPerson(sign_in_name="manager", passphrase=PASSPHRASE)
    register.save_child(session, replace(child, gp_withheld_from=()), second=second)
    assert register.child(session, child.id).waiting == ()


def test_a_file_that_withholds_as_much_or_more_waits_for_nobody(session: Session, tmp_path: Path) -> None:
    child, mother, father, _ = _withheld_family(session)
    done = _imported(session, tmp_path, "children", replace(child, school_withheld_from=(father.id, mother.id)))
    assert done.marks == ()
    assert register.child(session, child.id).waiting == ()


def test_nothing_is_made_for_a_child_who_is_not_born_yet(session: Session) -> None:
    child, mother = add_family(session)
    carers = (Carer(person=mother.id, relationship="mother"),)
    expected = Child(id="", family_name="Practice-Alder", expected_date=TODAY + timedelta(days=40), carers=carers)
    unborn = register.save_child(session, expected)
    assert set(withholding.readers(session, child.id).names) == {child.id, mother.id}
    assert unborn.id in {each.id for each in register.child(session, child.id).siblings}
