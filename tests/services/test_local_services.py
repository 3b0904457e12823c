"""Keeping the list of local services: who may, what is refused, what stays."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gcp2_app.domain.entries import Theme
from gcp2_app.domain.local_services import LocalService
from gcp2_app.domain.users import Role
from gcp2_app.errors import InvalidValue, NotAllowed, NotFound
from gcp2_app.services import local_services, stores
from gcp2_app.services.session import Session
from tests.stores import add_user, as_user, make_session

CLUB = LocalService(id="", name="Practice breakfast club", themes=(Theme.NUTRITIONAL,), phone="01632 960000")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = make_session(tmp_path / "s")
    yield made
    stores.lock(made)


def test_a_service_is_kept_and_changed_and_its_earlier_state_stays(session: Session) -> None:
    kept = local_services.save(session, CLUB)
    changed = local_services.save(session, replace(kept, checked_on=date(2026, 11, 20)))
    assert local_services.all_(session) == (changed,)
    with session.store.transaction() as tx:
        assert [each.value for each in tx.local_services.revisions(kept.id)] == [kept]


def test_services_are_read_by_name_those_that_ended_too(session: Session) -> None:
    for name, ended in (("oak", None), ("Ash", date(2020, 1, 1)), ("Elm", None)):
        local_services.save(session, LocalService(id="", name=name, ended_on=ended))
    assert [each.name for each in local_services.all_(session)] == ["Ash", "Elm", "oak"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (LocalService(id="", name="  "), "no name"),
        (LocalService(id="", name="Later", checked_on=date(2026, 11, 24)), "has not come yet"),
        (LocalService(id="", name=" practice BREAKFAST club "), "in the list already"),
    ],
)
def test_what_cannot_be_right_is_refused(session: Session, value: LocalService, said: str) -> None:
    local_services.save(session, CLUB)
    with pytest.raises(InvalidValue, match=said):
        local_services.save(session, value)
    assert len(local_services.all_(session)) == 1


def test_a_name_is_free_again_once_the_service_ended(session: Session) -> None:
    local_services.save(session, replace(CLUB, ended_on=date(2026, 11, 22)))
    local_services.save(session, CLUB)
    assert len(local_services.all_(session)) == 2


def test_a_service_that_is_not_there_is_not_changed(session: Session) -> None:
    with pytest.raises(NotFound):
        local_services.save(session, replace(CLUB, id="gone"))


def test_everyone_reads_it_and_an_auditor_changes_nothing(session: Session) -> None:
    local_services.save(session, CLUB)
    add_user(session, "audrey", Role.AUDITOR)
    auditor = as_user(session, "audrey")
    assert len(local_services.all_(auditor)) == 1
    with pytest.raises(NotAllowed):
        local_services.save(auditor, LocalService(id="", name="Another"))
    for name, role in (("pat", Role.PRACTITIONER), ("sue", Role.SUPERVISOR), ("ada", Role.ADMINISTRATOR)):
        add_user(session, name, role)
        local_services.save(as_user(session, name), LocalService(id="", name=name))
