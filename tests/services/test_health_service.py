"""Health: the clinical-safety switch, who may turn it, a medicine's words and its check, and the request letter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.healthcare.cards import Hold
from gcp2_app.domain.register import Agency, Child, LearningNeed, NeedState
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services import clinical_safety, entries, health, medicine_steps, register
from gcp2_app.services.entry_step import Step
from gcp2_app.services.register import ReasonNeeded
from gcp2_app.services.session import Session
from gcp2_app.storage import audit
from tests import stores
from tests.services.families import Oaks, add_oaks
from tests.stores import TODAY, Clock

OWN = Source(name="Practice Alex Smith", role="social worker", agency=Agency.CHILDRENS_SOCIAL_CARE)
CHECKED = {"checked_by": "A. Khan", "checked_role": "pharmacist", "checked_on": "2026-11-20", "given_safely_by": "Gran"}


@pytest.fixture
def oaks(session: Session) -> Oaks:
    """A family of three children."""
    return add_oaks(session)


@pytest.fixture
def real(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    """A store for real children."""
    made = stores.make_session(tmp_path / "real", clock=clock, practice=False)
    yield made
    made.store.close()


def medicine(session: Session, child: Child, **data: Any) -> Entry:
    held = {"name": "Xylo", "dose_as_prescribed": "ONE  at night", **CHECKED, **data}
    return entries.add(
        session, Entry(id="", kind="medicine", children=(child.id,), when=When("2026-11-20"), source=OWN, data=held)
    )


def taken_in(session: Session, child: Child) -> Entry:
    """A medicine that another store sent: what is imported is kept, whether the card is on or off."""
    held = {"name": "Xylo", "dose_as_prescribed": "ONE  at night", **CHECKED}
    entry = Entry(id="m1", kind="medicine", children=(child.id,), when=When("2026-11-20"), source=OWN, data=held)
    with session.store.transaction() as tx:
        tx.entries.put(entry, by=None)
        return tx.entries.get("m1")


def test_the_card_and_teach_back_are_on_in_a_practice_store(session: Session, oaks: Oaks) -> None:
    with session.store.transaction() as tx:
        (carer,) = oaks.robin.carers
        mother = tx.people.get(carer.person)
        tx.people.put(replace(mother, learning_need=LearningNeed(state=NeedState.DIAGNOSED)), by=None)
    medicine(session, oaks.robin)
    found = health.of_child(session, oaks.robin.id)
    assert (found.switch.on, found.switch.practice, found.switch.approval) == (True, True, None)
    assert [card.hold for card in found.cards] == [Hold.HOLDS]
    assert len(found.steppers) == 1


def test_they_are_off_in_a_real_store_until_an_approval_is_recorded(real: Session) -> None:
    child = register.save_child(real, Child(id="", given_names="Robin", family_name="Oak"))
    taken_in(real, child)
    off = health.of_child(real, child.id)
    assert (off.switch.on, off.cards, off.steppers) == (False, (), ())
    stores.add_user(real, "admin", Role.ADMINISTRATOR)
    admin = stores.as_user(real, "admin")
    switch = clinical_safety.approve(admin, organisation=" Dudley  Group ", reference="DCB-7", on=TODAY)
    assert switch.approval is not None
    assert (switch.approval.organisation, switch.approval.reference) == ("Dudley Group", "DCB-7")
    assert switch.approval.recorded_by == admin.professional.name
    assert clinical_safety.given_on(switch.approval) == TODAY
    assert len(health.of_child(real, child.id).cards) == 1
    with pytest.raises(InvalidValue):
        clinical_safety.withdraw(admin, reason=" ")
    assert not clinical_safety.withdraw(admin, reason="Under review").on
    assert health.of_child(real, child.id).cards == ()
    with real.store.transaction() as tx:
        said = [(each.action, each.user, each.reason) for each in audit.page(tx, limit=20)]
    assert ("clinical-safety approval recorded", admin.user.id, "DCB-7") in said
    assert ("clinical-safety approval withdrawn", admin.user.id, "Under review") in said


def test_only_an_administrator_turns_it_and_says_by_whom(real: Session) -> None:
    stores.add_user(real, "sam", Role.PRACTITIONER)
    sam = stores.as_user(real, "sam")
    with pytest.raises(NotAllowed):
        clinical_safety.approve(sam, organisation="A", reference="B", on=TODAY)
    with pytest.raises(NotAllowed):
        clinical_safety.withdraw(sam, reason="x")
    for organisation, reference, on in ((" ", "B", TODAY), ("A", " ", TODAY), ("A", "B", date(2026, 11, 24))):
        with pytest.raises(InvalidValue):
            clinical_safety.approve(real, organisation=organisation, reference=reference, on=on)
    assert not clinical_safety.of(real).on


def test_other_words_void_the_check_and_nothing_else_does(session: Session, oaks: Oaks) -> None:
    held = medicine(session, oaks.robin)
    copied = replace(held, data={**held.data, "copies": [{"who": "School"}]})
    held = entries.revise(session, copied, reason="A copy for school")
    (card,) = health.of_child(session, oaks.robin.id).cards
    assert (card.hold, card.copies) == (Hold.HOLDS, ("School",))
    other = replace(held, data={**held.data, "dose_as_prescribed": "TWO at night"})
    entries.revise(session, other, reason="New prescription")
    (card,) = health.of_child(session, oaks.robin.id).cards
    assert card.hold is Hold.NOT_CHECKED
    assert "checked_by" not in card.fact.data


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_a_dose_comes_back_from_the_store_as_it_was_written(session: Session, words: str) -> None:
    child = register.save_child(session, Child(id="", given_names="Robin", family_name="Practice"))
    medicine(session, child, dose_as_prescribed=words)
    (card,) = health.of_child(session, child.id).cards
    assert card.fact.data["dose_as_prescribed"] == words


def test_the_letter_is_made_for_who_works_with_the_child_and_is_audited(
    session: Session, supervisor: Session, oaks: Oaks
) -> None:
    assert "About: Robin Practice-Oak" in health.letter(session, oaks.robin.id)
    with pytest.raises(NotAllowed):
        health.letter(supervisor, oaks.robin.id)
    with session.store.transaction() as tx:
        assert "three-way request written" in [each.action for each in audit.page(tx, limit=3)]


def test_reading_needs_the_caseload_and_a_reason_where_the_record_is_restricted(session: Session, oaks: Oaks) -> None:
    stores.add_user(session, "sam", Role.PRACTITIONER)
    with pytest.raises(NotAllowed):
        health.of_child(stores.as_user(session, "sam"), oaks.robin.id)
    register.save_child(session, replace(oaks.robin, restricted=True), reason="test")
    with pytest.raises(ReasonNeeded):
        health.of_child(session, oaks.robin.id)
    assert health.of_child(session, oaks.robin.id, why="On duty").child == oaks.robin.id


def step(entry: Entry) -> Step:
    return Step(id=entry.id, revision=entry.revision)


def test_a_card_is_checked_copied_taken_back_and_void_again(session: Session, oaks: Oaks) -> None:
    held = medicine(session, oaks.robin, checked_by=None, checked_role=None, checked_on=None, given_safely_by=None)
    words = {name: held.data[name] for name in ("name", "dose_as_prescribed")}
    held = medicine_steps.check(
        session, step(held), by=" A. Khan ", role="pharmacist", on=TODAY, expires=None, given_safely_by="Gran"
    )
    held = medicine_steps.give_copy(session, step(held), who="School", on=TODAY)
    held = medicine_steps.give_copy(session, step(held), who="Gran", on=TODAY)
    held = medicine_steps.take_back(session, step(held), who="School", on=TODAY)
    (card,) = health.of_child(session, oaks.robin.id).cards
    assert (card.hold, card.copies) == (Hold.HOLDS, ("Gran",))
    held = medicine_steps.note_change(session, step(held), what="strength", on=TODAY)
    (card,) = health.of_child(session, oaks.robin.id).cards
    assert (card.hold, card.changed) == (Hold.VOID, (("strength", TODAY),))
    assert {name: held.data[name] for name in words} == words


def test_a_check_says_who_and_who_gives_it_safely_until_then(session: Session, oaks: Oaks) -> None:
    held = step(medicine(session, oaks.robin))
    whole: dict[str, Any] = {"by": "A", "role": "prescriber", "on": TODAY, "expires": None, "given_safely_by": "Gran"}
    for wrong in (
        {"by": " "},
        {"role": ""},
        {"given_safely_by": " "},
        {"on": date(2026, 11, 24)},
        {"expires": date(2026, 11, 1)},
    ):
        with pytest.raises(InvalidValue):
            medicine_steps.check(session, held, **{**whole, **wrong})
    with pytest.raises(InvalidValue):
        medicine_steps.give_copy(session, held, who=" ", on=TODAY)


def test_no_card_is_checked_or_copied_while_it_is_off(real: Session) -> None:
    child = register.save_child(real, Child(id="", given_names="Robin", family_name="Oak"))
    held = taken_in(real, child)
    with pytest.raises(NotAllowed, match="off in this store"):
        medicine_steps.check(real, step(held), by="A", role="prescriber", on=TODAY, expires=None, given_safely_by="B")
    with pytest.raises(NotAllowed):
        medicine_steps.give_copy(real, step(held), who="School", on=TODAY)
    with pytest.raises(NotAllowed):
        medicine_steps.take_back(real, step(held), who="School", on=TODAY)
    # That it changed is always written down.
    assert medicine_steps.note_change(real, step(held), what="dose", on=TODAY).data["changed"]


def test_no_medicine_and_no_teach_back_is_written_through_a_form_while_it_is_off(real: Session) -> None:
    child = register.save_child(real, Child(id="", given_names="Robin", family_name="Oak"))
    held = taken_in(real, child)
    shown = Entry(id="t1", kind="teach_back", children=(child.id,), when=When("2026-11-20"), source=OWN)
    shown = replace(shown, data={"medicine": "m1", "person": "p1", "correct": False})
    with pytest.raises(NotAllowed, match="off in this store"):
        medicine(real, child)
    with pytest.raises(NotAllowed, match="off in this store"):
        entries.add(real, replace(shown, id=""))
    for words in ({"dose_as_prescribed": "TWO at night"}, {"checked_by": "Somebody"}):
        with pytest.raises(NotAllowed, match="off in this store"):
            entries.revise(real, replace(held, data={**held.data, **words}), reason="New prescription")
    assert (
        entries.revise(real, replace(held, what="From the discharge letter."), reason="Where it is from").revision == 2
    )
    with real.store.transaction() as tx:
        tx.entries.put(shown, by=None)
        shown = tx.entries.get("t1")
    with pytest.raises(NotAllowed, match="off in this store"):
        entries.revise(real, replace(shown, data={**shown.data, "correct": True}), reason="It was right")
    entries.enter_in_error(real, "t1", reason="Another child's")
