"""Entries of the whole caseload are found by their words: whose, which, and what is left of a word that went."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.register import Agency, Allocation, Child
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.errors import NotAllowed
from gcp2_app.services import entries, finding, register
from gcp2_app.services.second_person import SecondPerson
from gcp2_app.services.session import Session
from gcp2_app.storage import entry_words
from tests.stores import PASSPHRASE, TODAY, actions, add_family, add_user, as_user

OWN = Source(name="Practice Alex Smith", role="social worker", agency=Agency.CHILDRENS_SOCIAL_CARE)


def _note(
    session: Session, child: Child, what: str, kind: str = "note", data: Mapping[str, object] | None = None
) -> Entry:
    today = When.on(TODAY)
    made = Entry(id="", kind=kind, children=(child.id,), when=today, known=today, source=OWN, what=what)
    made = replace(made, data=data or {})
    return entries.add(session, made)


def _ids(session: Session, typed: str) -> list[str]:
    return [found.entry for found in finding.entries(session, typed)]


def test_every_word_must_be_there_and_the_last_may_be_begun(session: Session) -> None:
    child, _ = add_family(session)
    gate = _note(session, child, "The back gate is broken; Zoë’s café was shut.")
    boiler = _note(session, child, "The boiler is broken.")
    assert _ids(session, "broken") == [boiler.id, gate.id]
    assert _ids(session, "broken gat") == [gate.id]
    assert _ids(session, "GATE broken") == [gate.id]
    assert _ids(session, "bro gate") == []
    assert _ids(session, "zoes cafe") == [gate.id]
    assert _ids(session, "is it") == _ids(session, "") == []
    assert _ids(session, 'gate" OR "boiler') == []


def test_what_people_wrote_in_its_fields_is_found_and_the_programs_own_words_are_not(session: Session) -> None:
    child, _ = add_family(session)
    agreed = {"what": "Mend the stairs", "who": "Practice Mother", "agreed_on": TODAY.isoformat()}
    action = _note(session, child, "Agreed.", "action", agreed)
    visit = _note(session, child, "Seen.", "visit", {"mode": "third_party"})
    assert _ids(session, "stairs") == [action.id]
    assert _ids(session, "third_party") == _ids(session, TODAY.isoformat()) == []
    assert visit.id in _ids(session, "seen")


def test_what_it_says_around_the_word(session: Session) -> None:
    child, _ = add_family(session)
    _note(session, child, "Nothing new was said. " * 10 + "The stair gate is up. " + "Nothing new was said. " * 10)
    found = finding.entries(session, "stair gate")[0]
    assert found.child.id == child.id
    assert found.kind == "Note"
    assert found.excerpt.startswith("… ")
    assert found.excerpt.endswith(" …")
    assert "The stair gate is up." in found.excerpt
    assert len(found.excerpt) < 100
    _note(session, child, "Pram.")
    assert finding.entries(session, "pram")[0].excerpt == "Pram."
    _note(session, child, "x" * 200)
    assert finding.entries(session, "x" * 200)[0].excerpt == "x" * 90 + " …"


def test_a_corrected_entry_is_found_by_what_it_says_now_and_one_made_in_error_by_nothing(session: Session) -> None:
    child, _ = add_family(session)
    made = _note(session, child, "A broken gate.")
    mended = entries.revise(session, replace(made, what="A mended fence."), reason="It was the fence.")
    assert _ids(session, "gate") == []
    assert _ids(session, "fence") == [mended.id]
    entries.enter_in_error(session, made.id, reason="wrong child")
    assert _ids(session, "fence") == []


def test_only_the_users_own_children_and_no_restricted_record(session: Session) -> None:
    add_user(session, "other", Role.PRACTITIONER)
    other = as_user(session, "other")
    child, _ = add_family(session)
    note = _note(session, child, "A broken gate.")
    assert _ids(other, "gate") == []
    theirs = register.save_child(session, replace(child, allocated=(Allocation(professional=other.professional.id),)))
    assert _ids(other, "gate") == [note.id]
    register.save_child(session, replace(theirs, restricted=True))
    assert _ids(other, "gate") == _ids(session, "gate") == []
    with pytest.raises(NotAllowed):
        finding.entries(replace(session, user=replace(session.user, roles=frozenset({Role.ADMINISTRATOR}))), "gate")


def test_a_large_caseload_is_looked_at_entry_by_entry(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    add_user(session, "other", Role.PRACTITIONER)
    other = as_user(session, "other")
    child, _ = add_family(session)
    _note(session, child, "A broken gate.")
    theirs, _ = add_family(session)
    register.save_child(session, replace(theirs, allocated=(Allocation(professional=other.professional.id),)))
    note = _note(other, theirs, "Another gate.")
    monkeypatch.setattr(entry_words, "_MOST_NAMED", 0)
    assert _ids(other, "gate") == [note.id]


def test_a_search_is_audited_by_its_count(session: Session) -> None:
    finding.entries(session, "gate")
    assert actions(session)[0] == "entries searched"


def test_nothing_of_what_is_destroyed_is_left_in_the_index(session: Session) -> None:
    add_user(session, "boss", Role.SUPERVISOR)
    boss = SecondPerson(sign_in_name="boss", passphrase=PASSPHRASE)
    child, _ = add_family(session)
    made = _note(session, child, "Xylophone.")
    _note(session, child, "Something else.")

    def left() -> int:
        with session.store.transaction() as tx:
            blocks = tx.session.connection().exec_driver_sql("SELECT block FROM entry_word_data").scalars()
            return sum(b"ylophon" in bytes(block) for block in blocks)

    assert left()
    entries.enter_in_error(session, made.id, reason="wrong child")
    entries.destroy_sealed(session, made.id, reason="court order", second=boss)
    assert left() == 0
