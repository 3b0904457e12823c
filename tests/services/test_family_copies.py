"""What a copy for one of the family or for a court leaves out of what others said, and how it says so."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from gcp2_app.domain.assessment import Sharing
from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.readers import Audience
from gcp2_app.domain.register import Agency, Carer, Child, Person
from gcp2_app.domain.when import When
from gcp2_app.domain.withheld import Why
from gcp2_app.reports.pdf.redaction import LEFT_OUT
from gcp2_app.services import register
from gcp2_app.services.documents.choosing import choices
from gcp2_app.services.documents.making import Wanted, preview
from gcp2_app.services.session import Session
from tests.reports.tags import read_tags
from tests.stores import TODAY, add_family, begin

_TOLD = Source(name="Jo Reed", role="social worker", agency=Agency.CHILDRENS_SOCIAL_CARE)


def _ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def _aloud(session: Session, kind: str, child: Child, **wanted: Any) -> str:
    found = read_tags(preview(session, Wanted(kind=kind, child=child.id, **wanted)).content)
    assert found.faults == []
    return found.aloud


def _add(session: Session, child: Child, kind: str, days: int, **more: Any) -> None:
    """Add an entry of some days ago."""
    entry = Entry(id=f"{kind}-{days}", kind=kind, children=(child.id,), when=When.on(_ago(days)), source=_TOLD, **more)
    with session.store.transaction() as tx:
        tx.entries.put(entry, by=None)


def _two_carers(session: Session) -> tuple[Child, Person, Person]:
    """Add a child with a mother and a father."""
    child, mother = add_family(session)
    father = register.save_person(session, Person(id="", name="Dean Marsh"))
    both = (*child.carers, Carer(person=father.id, relationship="father"))
    return register.save_child(session, replace(child, carers=both)), mother, father


@pytest.mark.parametrize(
    ("kind", "type_"), [("conference", "rcpc"), ("core_group", "core_group"), ("cin_review", "cin_review")]
)
def test_who_did_not_agree_is_in_no_copy_for_one_parent_unless_it_is_ticked(
    session: Session, kind: str, type_: str
) -> None:
    child, mother, _ = _two_carers(session)
    held = {"type": type_, "held": _ago(30).isoformat(), "contingency": "Legal advice.", "dissent": "He did not agree."}
    _add(session, child, "meeting", 30, data=held)
    wanted = Wanted(kind=kind, child=child.id, person=mother.id)
    copy = preview(session, wanted)
    aloud = read_tags(copy.content).aloud
    assert "Legal advice." in aloud
    assert "did not agree" not in aloud
    assert "[H3] Dissent\nLeft out of this copy, because of who it is for." in aloud
    assert "None is recorded." not in aloud
    assert ("For the meeting", Why.THIRD_PARTY) in {(loss.where, loss.why) for loss in copy.losses}
    assert "did not agree" in _aloud(session, kind, child)
    ticked = replace(wanted, shown=frozenset({"meeting-30"}))
    (choice,) = (each for each in choices(session, ticked) if each.id == "meeting-30")
    assert (choice.why, choice.words_only, choice.can_change, choice.stands) == (Why.THIRD_PARTY, True, True, True)
    assert "did not agree" in read_tags(preview(session, ticked).content).aloud


def test_what_a_parent_told_us_is_in_their_own_copy_alone(session: Session) -> None:
    child, mother, father = _two_carers(session)
    told = Entry(
        id="own",
        kind="event",
        children=(child.id,),
        when=When.on(_ago(20)),
        what="The key was lost.",
        carer_response="It is impossible to know.",
        source=Source(name=mother.name, role="mother", agency=Agency.RELATIVE),
    )
    with session.store.transaction() as tx:
        tx.entries.put(told, by=None)
    hers = _aloud(session, "cumulative", child, person=mother.id)
    assert "It is impossible to know." in hers
    assert "The key was lost." in _aloud(session, "chronology_family", child, person=mother.id)
    for kind in ("cumulative", "chronology_family"):
        assert "The key was lost." not in _aloud(session, kind, child, person=father.id)
    # Of two who bear one name nobody knows which of them it was.
    other = register.save_person(session, Person(id="", name=mother.name.upper()))
    register.save_child(session, replace(child, carers=(*child.carers, Carer(person=other.id))))
    assert "The key was lost." not in _aloud(session, "chronology_family", child, person=mother.id)


@pytest.mark.parametrize("kind", ["conference", "core_group", "cin_review", "chronology_family", "chronology_court"])
def test_a_copy_from_which_something_is_left_out_says_so_in_the_same_words(session: Session, kind: str) -> None:
    child, _ = add_family(session)
    wanted: dict[str, Any] = {} if kind == "chronology_court" else {"audience": Audience.PARENT}
    for number, days in enumerate((30, 20, 10)):
        what = f"Thing {number}."
        _add(session, child, "event", days, what=what)
    aloud = _aloud(session, kind, child, **wanted)
    assert LEFT_OUT not in aloud
    assert f"This copy is for | {'The court' if kind == 'chronology_court' else 'A parent'}" in aloud
    _add(session, child, "note", 15, what="SECRET dog.", data={"worker_safety": True})
    _add(session, child, "event", 14, what="SECRET man.", harm_if_disclosed=True)
    aloud = _aloud(session, kind, child, **wanted)
    assert "SECRET" not in aloud
    assert aloud.count(LEFT_OUT) == 1
    assert "because of who it is for" not in aloud.replace(LEFT_OUT, "")
    if kind.startswith("chronology"):
        numbers = [line for line in aloud.splitlines() if line.startswith("No.: ")]
        assert [line.split(" ")[1] for line in numbers] == ["1", "2", "3"]


def test_what_is_taken_out_of_words_alone_is_said_at_the_end(session: Session) -> None:
    child, mother = add_family(session)
    child = register.save_child(
        session, replace(child, school="Quillfeather Primary", school_withheld_from=(mother.id,))
    )
    _add(session, child, "event", 30, what="Late for Quillfeather Primary.")
    aloud = _aloud(session, "chronology_family", child, person=mother.id)
    assert "Quillfeather" not in aloud
    assert aloud.count(LEFT_OUT) == 1


def test_how_one_carer_sees_the_grades_is_in_no_copy_for_the_other(session: Session) -> None:
    child, mother, father = _two_carers(session)
    made = begin(session, child)
    shown = Sharing(at=session.now(), by=session.user.id, present=(mother.id,), seen=True, disagreed=("A1.a",))
    with session.store.transaction() as tx:
        tx.assessments.put(replace(tx.assessments.get(made.assessment.id), sharings=(shown,)), by=None)
    assert "they see 1 unit differently" in _aloud(session, "conference", child, person=mother.id).lower()
    his = preview(session, Wanted(kind="conference", child=child.id, person=father.id))
    assert "differently" not in read_tags(his.content).aloud
    assert ("What was shared, and when", Why.THIRD_PARTY) in {(loss.where, loss.why) for loss in his.losses}


def test_a_child_who_has_only_the_familys_name_is_not_named_by_it(session: Session) -> None:
    child, mother = add_family(session)
    mother = register.save_person(session, replace(mother, name="Kerry Practice-Oak"))
    for other in (
        Child(id="", family_name="Practice-Oak", expected_date=TODAY + timedelta(days=60), carers=child.carers),
        Child(id="", given_names="Fern", family_name="Practice-Oak", date_of_birth=_ago(900), carers=child.carers),
    ):
        register.save_child(session, other)
    aloud = _aloud(session, "conference", child, audience=Audience.PARENT, recipient=mother.name)
    assert "Child: Fern Practice-Oak" in aloud
    assert "Not shown here" not in aloud
