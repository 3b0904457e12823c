"""What ``verify`` finds: each thing altered behind the program's back, and nothing in a store that is whole."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from gcp2_app import wire
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.chronologies import ChronologyStyle, Pick
from gcp2_app.domain.entries import AgencyRecord, Entry, Source
from gcp2_app.domain.register import Agency
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import When
from gcp2_app.errors import NotAllowed, NotFound, StoreError
from gcp2_app.services import agency_record, chronologies, entries, stores, verifying
from gcp2_app.services.attachments import NewFile
from gcp2_app.services.session import Session
from gcp2_app.storage.checking import Part
from gcp2_app.storage.engine import connect
from gcp2_app.storage.look import Stopped
from tests.stores import (
    PASSPHRASE,
    TODAY,
    Clock,
    actions,
    add_family,
    add_user,
    as_user,
    make_session,
    signed_off,
)

_ORPHAN = "INSERT INTO child_area VALUES ('nobody', 'A', 1, 5)"


@dataclass
class Place:
    """A store with a signed-off assessment, a frozen chronology and a kept file, that nobody has open."""

    folder: Path
    data_key: bytes

    def verify(self, name: str = "asmith") -> verifying.Verified:
        return verifying.verify(self.folder, name, PASSPHRASE, clock=Clock())

    def parts(self) -> set[Part]:
        return {each.part for each in self.verify().troubles}

    def harm(self, *statements: str, **values: Any) -> None:
        """Do what somebody with the key and without the program could."""
        driver = connect(self.folder / "store.db", self.data_key)
        driver.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            driver.execute(statement, values if ":" in statement else {})
        driver.close()

    def document(self, table: str) -> bytes:
        driver = connect(self.folder / "store.db", self.data_key)
        (document,) = driver.execute(f"SELECT document FROM {table} LIMIT 1").fetchone()  # noqa: S608 - of this test
        driver.close()
        assert isinstance(document, bytes)
        return document


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Place:
    session = make_session(tmp_path_factory.mktemp("verify") / "store")
    add_user(session, "worker", Role.PRACTITIONER)
    add_user(session, "looker", Role.AUDITOR)
    add_user(session, "boss", Role.SUPERVISOR)
    child, _ = add_family(session)
    signed_off(session, child, first=TODAY, supervisor=as_user(session, "boss"))
    entry = entries.add(
        session,
        Entry(
            id="",
            kind="note",
            children=(child.id,),
            when=When(TODAY.isoformat()),
            source=Source(name="x", role="GP", agency=Agency.GP),
            what="Practice note.",
        ),
        files=(NewFile(name="a.txt", content=b"as it was"),),
    )
    draft = chronologies.start(session, child.id, ChronologyStyle.PROFESSIONAL).draft
    chronologies.freeze(session, chronologies.save(session, replace(draft, picks=(Pick(entry=entry.id),))))
    place = Place(session.store.folder, session.store.data_key)
    session.store.close()
    return place


@pytest.fixture
def place(made: Place, tmp_path: Path) -> Place:
    shutil.copytree(made.folder, tmp_path / "store")
    return Place(tmp_path / "store", made.data_key)


def test_a_whole_store_is_whole_and_that_is_written_down(place: Place) -> None:
    found = place.verify()
    assert found.troubles == ()
    assert (found.signed, found.not_comparable) == (1, 0)
    assert found.events > 10
    with (session := stores.unlock(place.folder, "asmith", PASSPHRASE, clock=Clock())).store:
        assert "store verified" in actions(session)
        with session.store.transaction() as tx:
            (assessment,) = tx.assessments.all()
        # Where it was filed comes after the signature, and is no part of it.
        filed = AgencyRecord(reference="1", on=TODAY)
        agency_record.mark(session, agency_record.Kept.ASSESSMENT, assessment.id, filed)
    assert place.verify().troubles == ()


def _altered_event(place: Place) -> None:
    place.harm("DROP TRIGGER audit_never_changed", "UPDATE audit SET action = 'viewed' WHERE seq = 3")


def _missing_event(place: Place) -> None:
    place.harm("DROP TRIGGER audit_never_removed", "DELETE FROM audit WHERE seq = 3")


def _swapped_events(place: Place) -> None:
    place.harm(
        "DROP TRIGGER audit_never_changed",
        "UPDATE audit SET seq = -1 WHERE seq = 3",
        "UPDATE audit SET seq = 3 WHERE seq = 4",
        "UPDATE audit SET seq = 4 WHERE seq = -1",
    )


@pytest.mark.parametrize("harm", [_altered_event, _missing_event, _swapped_events])
def test_an_altered_missing_or_reordered_event_is_found(place: Place, harm: Callable[[Place], None]) -> None:
    harm(place)
    found = {each.part: each.text for each in place.verify().troubles}
    assert set(found) == {Part.SCHEMA, Part.TRAIL}
    assert "broken at event 3" in found[Part.TRAIL]


def test_a_trail_cut_short_is_found(place: Place) -> None:
    place.harm("DROP TRIGGER audit_never_removed", "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)")
    assert Part.TRAIL in place.parts()


def test_a_signed_off_assessment_that_was_altered_is_found(place: Place) -> None:
    value = wire.from_json(Assessment, place.document("assessment"))
    place.harm("UPDATE assessment SET document = :document", document=wire.to_json(replace(value, analysis="Nice.")))
    (trouble,) = place.verify().troubles
    assert trouble.part is Part.SIGNED
    assert value.id in trouble.text
    assert "Nice" not in trouble.text


def test_a_signed_off_assessment_that_is_missing_is_found(place: Place) -> None:
    place.harm("DELETE FROM assessment")
    assert Part.SIGNED in place.parts()


def test_a_frozen_chronology_that_was_altered_or_removed_is_found(place: Place) -> None:
    document = place.document("chronology").replace(b"Practice note.", b"Practice nope.")
    harm = "UPDATE chronology SET document = :document"
    place.harm("DROP TRIGGER chronology_frozen_never_changed", harm, document=document)
    assert place.parts() == {Part.SCHEMA, Part.CHRONOLOGIES}
    place.harm("DELETE FROM chronology")
    assert Part.CHRONOLOGIES in place.parts()


def test_a_file_that_was_altered_is_found(place: Place) -> None:
    place.harm("UPDATE attachment SET content = :content", content=b"as it is")
    assert place.parts() == {Part.FILES}


def test_what_refers_to_something_missing_is_found(place: Place) -> None:
    place.harm(_ORPHAN)
    assert place.parts() == {Part.REFERENCES}


def test_many_findings_of_a_kind_are_counted(place: Place) -> None:
    place.harm(*(_ORPHAN.replace("'A'", f"'A{number}'") for number in range(25)))
    (trouble,) = place.verify().troubles
    assert trouble.text == "25 rows of “child_area” without what it belongs to in “child”."


def test_a_table_too_many_is_found(place: Place) -> None:
    place.harm("CREATE TABLE mine (x)")
    (trouble,) = place.verify().troubles
    assert trouble.text == "“mine” of the database’s schema does not belong here."


def test_a_damaged_page_is_found_and_the_rest_is_looked_at(place: Place) -> None:
    content = bytearray((place.folder / "store.db").read_bytes())
    content[len(content) // 2] ^= 1
    (place.folder / "store.db").write_bytes(content)
    assert Part.PAGES in place.parts()


def test_a_store_that_does_not_open_is_a_finding(place: Place) -> None:
    (place.folder / "store.db").write_bytes(b"x" * 8192)
    (trouble,) = place.verify().troubles
    assert trouble.part is Part.PAGES


def test_administrators_and_auditors_look_through_a_store(place: Place) -> None:
    assert place.verify("looker").troubles == ()
    with pytest.raises(NotAllowed):
        place.verify("worker")


def test_an_open_store_and_no_store_are_refused(place: Place, tmp_path: Path) -> None:
    session = stores.unlock(place.folder, "asmith", PASSPHRASE, clock=Clock())
    with session.store, pytest.raises(StoreError, match="open in another window"):
        place.verify()
    with pytest.raises(NotFound):
        verifying.verify(tmp_path / "nothing", "asmith", PASSPHRASE)


def test_the_open_store_is_looked_through_beside_whoever_works(place: Place) -> None:
    session: Session = stores.unlock(place.folder, "asmith", PASSPHRASE, clock=Clock())
    with session.store:
        looking = verifying.begin(session)
        add_family(session)
        found = looking.run()
        assert found.troubles == ()
        verifying.finish(session, found)
        assert actions(session)[0] == "store verified"
        looking.stopping.set()
        with pytest.raises(Stopped):
            looking.run()
