"""The easy-read papers: the medicine card, word for word and only while it holds; and the family summary."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gcp2_app.domain.assessment import Assessment, Target
from gcp2_app.domain.entries import Entry, Source, Theme
from gcp2_app.domain.moment import Moment
from gcp2_app.domain.readers import Audience
from gcp2_app.domain.register import Address, Agency, Allocation, Carer, Child, Household, Member, Person, Professional
from gcp2_app.domain.when import When
from gcp2_app.errors import AppError, InvalidValue, NotAllowed, NotFound
from gcp2_app.reports.fonts import printable
from gcp2_app.reports.pdf.front import Front
from gcp2_app.reports.pdf.medicine_card import MedicineCardReport, write_medicine_card
from gcp2_app.services import clinical_safety, register
from gcp2_app.services.documents.making import Copy, Wanted, preview
from gcp2_app.services.session import Session
from tests.reports.tags import Tagged, read_tags
from tests.stores import TODAY, add_family, make_session, signed_off

_DAY = TODAY - timedelta(days=20)
_CARD: dict[str, Any] = {
    "name": "Practice liquid",
    "strength": "as on the bottle",
    "dose_as_prescribed": "One measured amount, as on the label.",
    "device": "oral syringe",
    "times": ["in the morning", "at bedtime, not before"],
    "prescriber": "Dr Practice-Adeyemi",
    "checked_by": "Practice Pharmacist",
    "checked_role": "pharmacist",
    "checked_on": _DAY.isoformat(),
    "card_expires": (TODAY + timedelta(days=30)).isoformat(),
    "given_safely_by": "Practice Grandmother",
}


def _put(session: Session, *entries: Entry) -> None:
    with session.store.transaction() as tx:
        for entry in entries:
            tx.entries.put(entry, by=None)


def _medicine(child: Child, id_: str = "m1", *, when: date = _DAY, **data: Any) -> Entry:
    return Entry(id=id_, kind="medicine", children=(child.id,), when=When.on(when), data={**_CARD, **data})


def _card(session: Session, child: Child, **wanted: Any) -> Copy:
    return preview(session, Wanted(kind="medicine_card", child=child.id, **wanted))


def _aloud(copy: Copy) -> str:
    found: Tagged = read_tags(copy.content)
    assert found.faults == []
    return found.aloud


def test_the_card_says_what_was_written_and_who_holds_it(session: Session) -> None:
    child, mother = add_family(session)
    copies = [
        {"who": "Practice School", "given_on": _DAY.isoformat()},
        {"who": "Practice Nursery", "given_on": _DAY.isoformat(), "taken_back_on": TODAY.isoformat()},
        {"who": "Practice Aunt"},
    ]
    shown = (
        ("t1", True, {}, "Nurse One"),
        ("t2", False, {}, "Nurse Two"),
        ("t3", True, {"missed": True}, ""),
    )
    _put(
        session,
        _medicine(child, must_not_miss=True, missed_dose="Leave it out.\nNever give two.", copies=copies),
        *(
            Entry(
                id=id_,
                kind="teach_back",
                children=(child.id,),
                when=When.on(_DAY + timedelta(days=number)),
                source=Source(name=nurse, agency=Agency.HOSPITAL) if nurse else None,
                data={"medicine": "m1", "person": mother.id, "correct": right, **more},
            )
            for number, (id_, right, more, nurse) in enumerate(shown)
        ),
    )
    lines = _aloud(_card(session, child)).splitlines()
    assert lines[0] == "[H1] Medicine card: Robin Practice-Oak"
    for line in (
        "Practice liquid",
        "Strength: as on the bottle",
        "Good until 23 December 2026.",
        "One measured amount, as on the label.",
        "Prescribed by: Dr Practice-Adeyemi",
        "Give it with: oral syringe",
        "in the morning",
        "at bedtime, not before",
        "This medicine must not be missed.",
        "Leave it out. Never give two.",
        "Practice Grandmother",
        "Checked by: Practice Pharmacist",
        "Checked on: 3 November 2026",
        "Practice School, since 3 November 2026",
        "Practice Aunt",
    ):
        assert line in lines
    assert not any("Nursery" in line for line in lines)
    # The sun stands beside a time that is beyond doubt; beside one that is not, a clock that shows no time.
    assert lines[lines.index("in the morning") - 1] == "[picture] Picture: the sun comes up."
    assert lines[lines.index("at bedtime, not before") - 1] == "[picture] Picture: an alarm clock without hands."
    told = [line for line in lines if line.startswith(("Shown right", "Not yet right", "Seen by"))]
    assert (
        told
        == [
            "Shown right on 5 November 2026.",
            "Not yet right on 4 November 2026.",
            "Seen by: Nurse Two",
            "Shown right on 3 November 2026.",
            "Seen by: Nurse One",
        ]
        or told[0] == "Not yet right on 5 November 2026."
    )


def test_without_the_prescribers_words_a_missed_dose_is_something_to_ask_about(session: Session) -> None:
    child, _ = add_family(session)
    _put(session, _medicine(child, device="", times=[], strength="", prescriber=""))
    aloud = _aloud(_card(session, child))
    assert "Ask the prescriber or the pharmacy, or ring 111." in aloud
    assert "Nobody is written down yet." in aloud
    assert "[H2] When" not in aloud
    assert "Give it with" not in aloud


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"checked_on": None}, "Not checked yet"),
        ({"checked_role": ""}, "Not checked yet"),
        ({"given_safely_by": ""}, "does not say who gives the medicine safely"),
        ({"card_expires": (TODAY - timedelta(days=1)).isoformat()}, "Expired"),
        ({"card_expires": None}, "does not say until which day"),
        ({"changed": [{"what": "strength", "on": TODAY.isoformat()}]}, "Void: the medicine changed"),
    ],
)
def test_a_card_that_does_not_hold_is_no_card(session: Session, data: dict[str, Any], why: str) -> None:
    child, _ = add_family(session)
    _put(session, _medicine(child, **data))
    with pytest.raises(NotAllowed, match=why):
        _card(session, child)


def test_a_medicine_written_down_anew_makes_the_old_card_void_even_for_who_may_not_see_it(session: Session) -> None:
    child, mother = add_family(session)
    newer = replace(
        _medicine(child, "m2", when=_DAY + timedelta(days=1), name=" practice  LIQUID", checked_on=None),
        withheld_from=(mother.id,),
    )
    _put(session, _medicine(child), newer)
    for audience in (Audience.OWN_AGENCY, Audience.PARENT):
        with pytest.raises(NotAllowed, match="written down anew"):
            _card(session, child, matter="m1", audience=audience)


def test_where_none_is_named_the_card_that_holds_is_meant(session: Session) -> None:
    child, _ = add_family(session)
    sibling = _medicine(child, "m9", name="Sibling liquid", for_child="somebody else")
    _put(session, _medicine(child), _medicine(child, "m2", name="Other liquid", checked_on=None), sibling)
    assert _card(session, child).matter == "m1"
    with pytest.raises(NotAllowed, match="another child"):
        _card(session, child, matter="m9")
    with pytest.raises(NotFound, match="No medicine"):
        _card(session, add_family(session)[0])


def test_a_card_is_made_as_the_record_stands_today(session: Session) -> None:
    child, _ = add_family(session)
    _put(session, _medicine(child))
    with pytest.raises(InvalidValue, match="stands today"):
        _card(session, child, moment=Moment(as_of=_DAY))


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Session]:
    """A session on a store that is not for practice."""
    made = make_session(tmp_path / "real", practice=False)
    yield made
    made.store.close()


def test_the_card_is_refused_while_the_clinical_safety_switch_is_off(real: Session) -> None:
    child, _ = add_family(real)
    _put(real, _medicine(child))
    with pytest.raises(NotAllowed, match="off in this store"):
        _card(real, child)
    clinical_safety.approve(real, organisation="Practice Trust", reference="DCB-1", on=TODAY)
    assert "Practice liquid" in _aloud(_card(real, child))


def test_words_are_never_left_out_of_what_was_prescribed(session: Session) -> None:
    child, mother = add_family(session)
    home = Address(lines=("4 Tiddlywink Lane",), postcode="DY1 1AA", withheld_from=(mother.id,))
    members = (Member(who=child.id), Member(who=mother.id))
    register.save_household(session, Household(id="", members=members, addresses=(home,)))
    _put(session, _medicine(child, dose_as_prescribed="Collect at 4 Tiddlywink Lane."))
    assert "4 Tiddlywink Lane" in _aloud(_card(session, child))
    with pytest.raises(NotAllowed, match="withheld from this reader"):
        _card(session, child, person=mother.id)
    _put(session, _medicine(child, "m2", name="Other", strength="\U0001f48a"))
    with pytest.raises(InvalidValue, match="cannot be printed"):
        _card(session, child, matter="m2")


def test_what_another_carer_showed_stands_in_no_familys_copy_but_their_own(session: Session) -> None:
    child, mother = add_family(session)
    other = register.save_person(session, Person(id="", name="Practice Father"))
    child = register.save_child(
        session, replace(child, carers=(*child.carers, Carer(person=other.id, relationship="father")))
    )
    _put(
        session,
        _medicine(child),
        Entry(
            id="t1",
            kind="teach_back",
            children=(child.id,),
            when=When.on(_DAY),
            data={"medicine": "m1", "person": mother.id, "correct": False},
        ),
    )
    assert "Not yet right" in _aloud(_card(session, child, person=mother.id))
    for wanted in ({"person": other.id}, {"audience": Audience.PARENT}):
        copy = _card(session, child, **wanted)
        assert "Not yet right" not in _aloud(copy)
        assert "Nothing about this is on this card." in _aloud(copy)
        assert any(loss.where == "Who has shown how they give it" for loss in copy.losses)


# Signs that no eye sees, such as a soft hyphen, are no part of what was written.
_LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cf"]).filter(lambda letter: printable(letter) == letter)
_WORDS = st.text(_LETTERS, min_size=1, max_size=80).filter(lambda text: bool(text.strip()))
_FRONT = Front(title="Medicine card", made_on=TODAY, read_as_of=TODAY)


@settings(max_examples=20)
@given(name=_WORDS, dose=_WORDS, time=_WORDS, device=_WORDS, missed=_WORDS)
def test_any_words_of_a_prescriber_come_back_as_they_were(
    name: str, dose: str, time: str, device: str, missed: str
) -> None:
    report = MedicineCardReport(
        front=_FRONT,
        name=name,
        dose=dose,
        times=(time,),
        device=device,
        missed=missed,
        given_by="A nurse",
        checked_by="A nurse",
        until="a day",
    )
    found = read_tags(write_medicine_card(report).to_pdf())
    assert found.faults == []
    said = {"".join(found.text(node).split()) for node in found.of_kind("P")}
    for words in (name, dose, time, missed, f"Give it with:{device}"):
        assert "".join(words.split()) in said


@pytest.mark.parametrize(
    "dose", ["5 ml", "0.5 mL", ".5mL", "½ tablet", "1,000 micrograms", "<b>5</b> & 6", "5ml\nthen 2.5ml", "two  spaces"]
)
def test_a_dose_is_not_read_changed_or_set_anew(session: Session, dose: str) -> None:
    child, _ = add_family(session)
    _put(session, _medicine(child, dose_as_prescribed=dose))
    assert " ".join(dose.split()) in _aloud(_card(session, child)).splitlines()


def _summary(session: Session, child: Child, **wanted: Any) -> str:
    return _aloud(preview(session, Wanted(kind="family_summary", child=child.id, **wanted)))


def _graded_twice(session: Session, supervisor: Session) -> tuple[Child, Person]:
    child, mother = add_family(session)
    signed_off(session, child, grade=3, first=TODAY - timedelta(days=300), supervisor=supervisor)
    later = signed_off(session, child, grade=2, first=TODAY - timedelta(days=100), supervisor=supervisor)
    _change(session, later.assessment, review_due=TODAY + timedelta(days=10))
    return child, mother


def _change(session: Session, assessment: Assessment, **changes: Any) -> None:
    with session.store.transaction() as tx:
        tx.assessments.put(replace(tx.assessments.get(assessment.id), **changes), by=session.user.id)


def test_strengths_come_first_and_grades_are_words_over_time(session: Session, supervisor: Session) -> None:
    child, _ = _graded_twice(session, supervisor)
    aloud = _summary(session, child)
    assert aloud.startswith("[H1] Your child’s care over time: Robin Practice-Oak")
    headings = [line for line in aloud.splitlines() if line.startswith("[H2]")]
    assert headings == [
        "[H2] What goes well",
        "[H2] What we saw over time",
        "[H2] What we agreed",
        "[H2] What helps",
        "[H2] What happens next",
        "[H2] Who to ask",
    ]
    assert "Food and drink" in aloud
    assert "February 2026: Some essential needs not met." in aloud
    assert "September 2026: Essential needs met." in aloud
    assert "Better than the time before." in aloud
    assert "By 3 December 2026: We look at the care again." in aloud
    assert "Nothing is written here. Tell us what would help." in aloud


def test_what_needs_to_change_says_who_helps_and_by_when(session: Session, supervisor: Session) -> None:
    child, _ = add_family(session)
    first = signed_off(session, child, grade=2, first=TODAY - timedelta(days=300), supervisor=supervisor)
    later = signed_off(session, child, grade=3, first=TODAY - timedelta(days=100), supervisor=supervisor)
    target = Target(unit="A1.a", current=3, target=2, due=TODAY, support="A list in pictures", owner="Jo")
    better = {**later.assessment.units, "A1.b": first.assessment.units["A1.b"]}
    _change(session, later.assessment, targets=(target,), units={**better, "A4": first.assessment.units["A4"]})
    lines = _summary(session, child).splitlines()
    start = lines.index("[H2] What needs to change")
    assert lines[start + 2 : start + 6] == [
        "Food and drink",
        "Help: A list in pictures",
        "Who: Jo",
        "By: 23 November 2026",
    ]
    assert "These need to change too" in lines
    assert "Not as good as the time before." in lines
    well = lines[: lines.index("[H2] What we saw over time")]
    assert well[well.index("Food and drink") + 1] == "Some of this goes well."
    assert "Washing and keeping clean" in well
    assert "Washing and keeping clean." not in lines


def test_an_assessment_that_is_not_finished_is_not_told(session: Session) -> None:
    child, _ = add_family(session)
    aloud = _summary(session, child)
    assert "We have not finished an assessment yet." in aloud
    assert "Nothing is written here yet. Tell us what goes well." in aloud


def test_the_care_that_others_give_is_theirs_to_read(session: Session, supervisor: Session) -> None:
    child, mother = add_family(session)
    gran = register.save_person(session, Person(id="", name="Practice Gran"))
    signed_off(session, child, grade=3, first=TODAY - timedelta(days=300), supervisor=supervisor)
    by_gran = signed_off(session, child, grade=1, first=TODAY - timedelta(days=100), supervisor=supervisor)
    _change(session, by_gran.assessment, carers=(gran.id,))
    child = register.save_child(
        session, replace(child, carers=(*child.carers, Carer(person=gran.id, relationship="grandmother")))
    )
    for wanted in ({}, {"person": mother.id}, {"audience": Audience.CHILD}):
        aloud = _summary(session, child, **wanted)
        assert "All needs met" not in aloud
        assert "Some essential needs not met" in aloud
    grans = _summary(session, child, person=gran.id)
    assert "All needs met" in grans
    assert "Some essential needs not met" not in grans


def _entry(child: Child, id_: str, kind: str, *, what: str = "", **more: Any) -> Entry:
    return Entry(id=id_, kind=kind, children=(child.id,), when=When.on(_DAY), what=what, **more)


def test_it_says_what_was_agreed_what_helps_what_is_next_and_who_to_ask(session: Session) -> None:
    child, mother = add_family(session)
    with session.store.transaction() as tx:
        for id_, role in (("w1", "social worker"), ("w2", "advocate")):
            tx.professionals.put(Professional(id=id_, name=f"Practice {id_}", role=role, phone="01632 960001"), by=None)
    allocated = tuple(
        Allocation(professional=id_, role=role, from_=_DAY)
        for id_, role in (("w1", "social_worker"), ("w2", "advocate"))
    )
    child = register.save_child(session, replace(child, allocated=allocated))
    own = Source(agency=Agency.CHILDRENS_SOCIAL_CARE)
    agreed = _DAY.isoformat()
    actions: dict[str, dict[str, Any]] = {
        "open": {"due": TODAY.isoformat(), "who": "Mum"},
        "said": {"said_done_on": agreed},
        "part": {"said_done_on": agreed, "checked_on": TODAY.isoformat(), "checked_result": "part"},
        "done": {"said_done_on": agreed, "checked_on": TODAY.isoformat(), "checked_result": "done"},
        **{f"old{number}": {} for number in range(5)},
    }
    meeting = {"planned_for": (TODAY + timedelta(days=9)).isoformat()}
    _put(
        session,
        _entry(
            child, "s1", "visit", what="The bath was warm.", themes=(Theme.STRENGTH,), source=own, data={"mode": "home"}
        ),
        _entry(
            child,
            "s2",
            "visit",
            what="A neighbour praised her.",
            themes=(Theme.STRENGTH,),
            source=Source(agency=Agency.SCHOOL),
            data={"mode": "home"},
        ),
        *(
            _entry(child, id_, "action", data={"what": f"Do {id_}", "agreed_on": agreed, **data})
            for id_, data in actions.items()
        ),
        _entry(child, "h1", "support", data={"name": "Family worker", "from": agreed}),
        _entry(child, "h2", "support", data={"name": "Old help", "from": "2026-01-05", "to": "2026-02-06"}),
        _entry(child, "l1", "learning_support", data={"person": mother.id, "adjustments": [{"what": "pictures"}]}),
        _entry(child, "m1", "meeting", data={"type": "core_group", **meeting}),
        _entry(child, "m2", "meeting", data={"type": "strategy", **meeting}),
    )
    parents = _summary(session, child, person=mother.id)
    for line in (
        "November 2026: The bath was warm.",
        "Do open",
        "Who: Mum",
        "By: 23 November 2026",
        "Somebody said it is done. We have not checked yet.",
        "Partly done.",
        "Done. We have checked.",
        "2 more things were agreed.",
        "Began: November 2026",
        "Ended: February 2026",
        "Pictures.",
        "2 December 2026: Core group",
        "Practice w1",
        "Phone: 01632 960001",
        "Is somebody in danger now? Ring 999.",
    ):
        assert line in parents.splitlines()
    assert "praised" not in parents
    assert "Strategy" not in parents
    assert "Practice w2" not in parents
    nobodys = preview(session, Wanted(kind="family_summary", child=child.id))
    assert "Pictures." not in _aloud(nobodys)
    assert any(loss.where == "What helps" for loss in nobodys.losses)
    childs = _summary(session, child, audience=Audience.CHILD)
    assert childs.startswith("[H1] Your care over time")
    assert "This paper is about you." in childs
    assert "Practice w2" in childs


def test_it_is_not_made_for_workers(session: Session) -> None:
    child, _ = add_family(session)
    with pytest.raises(AppError, match="not made for that reader"):
        _summary(session, child, audience=Audience.GP)
