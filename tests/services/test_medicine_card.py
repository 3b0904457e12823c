"""The easy-read medicine card: word for word, and only while it holds."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.moment import Moment
from gcp2_app.domain.readers import Audience
from gcp2_app.domain.register import Address, Agency, Carer, Child, Household, Member, Person
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue, NotAllowed, NotFound
from gcp2_app.reports.fonts import printable
from gcp2_app.reports.pdf.front import Front
from gcp2_app.reports.pdf.medicine_card import MedicineCardReport, write_medicine_card
from gcp2_app.services import clinical_safety, register
from gcp2_app.services.documents.making import Copy, Wanted, preview
from gcp2_app.services.session import Session
from tests.reports.tags import Tagged, read_tags
from tests.stores import TODAY, add_family, make_session

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
    shown: tuple[tuple[str, bool, dict[str, Any], str], ...] = (
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
        "Leave it out.",
        "Never give two.",
        "Practice Grandmother",
        "Checked by: Practice Pharmacist",
        "Checked on: 3 November 2026",
        "Practice School, since 3 November 2026",
        "Practice Aunt",
    ):
        assert line in lines
    assert not any("Nursery" in line for line in lines)
    # Whoever follows it from the top reads of the label first, and whom to ring where the two differ.
    label = lines.index("[H2] The label comes first")
    assert lines[label + 2 : label + 4] == ["Look at the label every time.", "Follow the label."]
    assert lines[label + 5 : label + 8] == [
        "Does this card say something else?",
        "Then do not use the card.",
        "Ask the pharmacy or ring 111.",
    ]
    assert label < lines.index("[H2] What the prescriber wrote")
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
        ({"dose_as_prescribed": " "}, "does not name the medicine or the dose"),
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
    for audience, why in ((Audience.OWN_AGENCY, "Void: the medicine changed"), (Audience.PARENT, "written down anew")):
        with pytest.raises(NotAllowed, match=why):
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


def test_a_name_that_ends_like_a_label_is_a_name(session: Session) -> None:
    child, _ = add_family(session)
    _put(session, _medicine(child, name="Practice drops:", given_safely_by="Gran:"))
    assert {"Practice drops:", "Gran:"} <= {*_aloud(_card(session, child)).splitlines()}


@pytest.mark.parametrize(
    "dose", ["5 ml", "0.5 mL", ".5mL", "½ tablet", "1,000 micrograms", "<b>5</b> & 6", "5ml\nthen 2.5ml", "two  spaces"]
)
def test_a_dose_is_not_read_changed_or_set_anew(session: Session, dose: str) -> None:
    child, _ = add_family(session)
    _put(session, _medicine(child, dose_as_prescribed=dose))
    lines = [" ".join(line.split()) for line in dose.splitlines()]
    aloud = _aloud(_card(session, child)).splitlines()
    first = aloud.index(lines[0])
    assert aloud[first : first + len(lines)] == lines
