"""Who reads, marks for themselves, and sees how far the team is."""

import json
from pathlib import Path

import pytest

from gcp2_app.domain.learning import ROW_CODES
from gcp2_app.domain.users import Role
from gcp2_app.errors import NotAllowed, NotFound
from gcp2_app.forms.learning import shipped_library
from gcp2_app.services import alerts, casefiles, learning, users
from gcp2_app.services.session import Session
from gcp2_app.storage import audit
from tests.stores import TODAY, Clock, add_user, as_user, make_session


def actions(session: Session) -> list[tuple[str, tuple[str, ...]]]:
    with session.store.transaction() as tx:
        return [(event.action, tuple(event.fields)) for event in audit.events(tx)]


def test_nothing_is_read_at_first(session: Session) -> None:
    hub = learning.hub(session)
    assert tuple(reading.row.code for reading in hub.readings) == ROW_CODES
    assert all(reading.read_on is None for reading in hub.readings)
    assert hub.library is shipped_library()
    assert learning.receipts(session) == ()


def test_what_a_person_read_is_kept_with_its_edition_and_text_and_is_in_the_trail(session: Session) -> None:
    receipt = learning.mark_read(session, "LP4")
    row = shipped_library().row("LP4")
    assert (receipt.person, receipt.row, receipt.on) == (session.professional.id, "LP4", TODAY)
    assert (receipt.edition, receipt.digest) == (row.edition, row.digest)
    assert learning.receipts(session) == (receipt,)
    read = [reading.row.code for reading in learning.hub(session).readings if reading.read_on == TODAY]
    assert read == ["LP4"]
    assert ("brief read", ("LP4",)) in actions(session)


def test_the_first_day_stays_when_it_is_said_again(session: Session, clock: Clock) -> None:
    first = learning.mark_read(session, "LP4")
    clock.move(30)
    assert learning.mark_read(session, "LP4") == first
    assert learning.receipts(session) == (first,)
    assert [action for action, _ in actions(session)].count("brief read") == 1


def test_a_row_there_is_not_cannot_be_read(session: Session) -> None:
    with pytest.raises(NotFound):
        learning.mark_read(session, "LP13")
    assert learning.receipts(session) == ()


@pytest.mark.parametrize("role", list(Role))
def test_everyone_reads_and_marks_for_themselves(session: Session, role: Role) -> None:
    add_user(session, "pat", role)
    pat = as_user(session, "pat")
    learning.mark_read(pat, "R6")
    assert [receipt.person for receipt in learning.receipts(pat)] == [pat.professional.id]
    assert learning.receipts(session) == ()


def test_a_supervisor_sees_who_has_not_read_what_and_that_is_in_the_trail(
    session: Session, supervisor: Session
) -> None:
    add_user(session, "pat", Role.PRACTITIONER)
    add_user(session, "gone", Role.PRACTITIONER)
    pat, gone = as_user(session, "pat"), as_user(session, "gone")
    learning.mark_read(pat, "LP1")
    learning.mark_read(gone, "LP1")
    users.leave(session, gone.user.id)
    seen = learning.team(supervisor)
    assert [person.name for person in seen.people] == ["Practice Alex Smith", "Practice manager", "Practice pat"]
    first = seen.rows[0]
    assert first.row.code == "LP1"
    assert first.read == (pat.professional.id,)
    assert first.unread == (session.professional.id, supervisor.professional.id)
    assert len(seen.rows) == 18
    assert ("team’s reading viewed", ()) in actions(session)


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_nobody_else_sees_who_has_read_what(session: Session, role: Role) -> None:
    add_user(session, "pat", role)
    with pytest.raises(NotAllowed):
        learning.team(as_user(session, "pat"))


def test_receipts_go_out_with_the_store_and_come_back_in(session: Session, tmp_path: Path, clock: Clock) -> None:
    receipt = learning.mark_read(session, "LP9")
    exported = b"".join(casefiles.export(session, recipient="", reason="test"))
    document = json.loads(exported)
    assert document["read_receipts"] == [
        {
            "id": receipt.id,
            "person": session.professional.id,
            "row": "LP9",
            "on": TODAY.isoformat(),
            "edition": receipt.edition,
            "digest": receipt.digest,
        }
    ]
    path = tmp_path / "store.json"
    path.write_bytes(exported)
    other = make_session(tmp_path / "other", clock=clock)
    try:
        assert casefiles.import_(other, path).added == {"professionals": 1, "read_receipts": 1}
        again = json.loads(b"".join(casefiles.export(other, recipient="", reason="test")))
        assert again["read_receipts"] == document["read_receipts"]
    finally:
        other.store.close()


def test_what_stays_unread_is_said_to_the_person_alone_until_they_have_read_it(
    session: Session, supervisor: Session, clock: Clock
) -> None:
    def unread(asked: Session) -> list[str]:
        return [alert.text for alert in alerts.own(asked) if alert.rule == "R6.unread"]

    # Published six days after they joined; 28 days from then are the 27th of December.
    clock.move(34)
    assert unread(session) == []
    clock.move(1)
    assert "18 rows" in unread(session)[0]
    for code in ROW_CODES[1:]:
        learning.mark_read(session, code)
    assert "LP1." in unread(session)[0]
    learning.mark_read(session, "LP1")
    assert unread(session) == []
    assert "18 rows" in unread(supervisor)[0]
