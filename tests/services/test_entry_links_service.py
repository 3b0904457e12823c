"""What an entry can point at besides people: found by words, by the name of a kind, by part of a unit's name."""

from dataclasses import replace

import pytest

from gcp2_app.domain.entries import Entry, Source
from gcp2_app.domain.kinds import RecordKind
from gcp2_app.domain.register import Agency, Child
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.errors import NotAllowed
from gcp2_app.services import entries, entry_links, register
from gcp2_app.services.register import ReasonNeeded
from gcp2_app.services.session import Session
from tests import stores

OWN = Source(name="Practice Alex Smith", agency=Agency.CHILDRENS_SOCIAL_CARE)


@pytest.fixture
def child(session: Session) -> Child:
    """A child with an assessment under way."""
    made, _ = stores.add_family(session)
    stores.begin(session, made)
    return made


def found(session: Session, child: Child, of: RecordKind, text: str, limit: int = 20) -> list[str]:
    return [link.name for link in entry_links.find(session, child.id, of, text, limit=limit)]


def test_entries_are_found_by_their_words_and_by_what_their_kind_is_called(session: Session, child: Child) -> None:
    medicine = {"name": "Salbutamol", "dose_as_prescribed": "as on the label"}
    for kind, what, data in (
        ("medicine", "For the wheeze.", medicine),
        ("note", "Asked about the medicine.", {}),
        ("note", "Came in slippers.", {}),
    ):
        made = Entry(id="", kind=kind, children=(child.id,), when=When("2026-11-02"), source=OWN, what=what, data=data)
        entries.add(session, made)
    wrong = Entry(id="", kind="note", children=(child.id,), when=When("2026-11-03"), source=OWN, what="The medicine.")
    entries.enter_in_error(session, entries.add(session, wrong).id, reason="wrong child")
    assert found(session, child, RecordKind.ENTRY, "medicine") == [
        "Medicine, 2 November 2026, For the wheeze.",
        "Note, 2 November 2026, Asked about the medicine.",
    ]
    assert found(session, child, RecordKind.ENTRY, "salbut") == ["Medicine, 2 November 2026, For the wheeze."]
    assert len(found(session, child, RecordKind.ENTRY, "", limit=2)) == 2


def test_assessments_and_units_are_found_by_parts_of_their_names(session: Session, child: Child) -> None:
    window = found(session, child, RecordKind.ASSESSMENT, "november")
    assert window == ["Assessment, 16 November to 13 December 2026"]
    units = found(session, child, RecordKind.UNIT, "nutrition quality")
    assert units
    assert units[0].startswith("A1.a ")
    assert found(session, child, RecordKind.UNIT, "no such unit") == []
    assert found(session, child, RecordKind.PERSON, "practice") == []


def test_only_those_who_work_with_the_child_find_anything(session: Session, child: Child) -> None:
    stores.add_user(session, "stranger", Role.PRACTITIONER)
    with pytest.raises(NotAllowed, match="caseload"):
        entry_links.find(stores.as_user(session, "stranger"), child.id, RecordKind.ENTRY, "x")
    register.save_child(session, replace(child, restricted=True))
    with pytest.raises(ReasonNeeded):
        entry_links.find(session, child.id, RecordKind.ENTRY, "x")
    assert entry_links.find(session, child.id, RecordKind.UNIT, "A1.a", why="conference")
