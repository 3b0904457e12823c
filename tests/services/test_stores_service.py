"""A store is made whole or not at all, and opens for its people alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gcp2_app.domain.register import Agency
from gcp2_app.domain.users import Role
from gcp2_app.errors import InvalidValue, NotAllowed, StoreError, WrongPassphrase
from gcp2_app.services import register, stores, users
from gcp2_app.services.session import Session
from gcp2_app.storage.cost import FLOOR
from tests.stores import PASSPHRASE, Clock, actions, add_family, add_user, as_user, make_session


def _setup(name: str = "asmith", passphrase: str = PASSPHRASE) -> stores.SetUp:
    return stores.SetUp(
        sign_in_name=name, name="Practice A", role="nurse", agency=Agency.HOSPITAL, passphrase=passphrase
    )


def test_the_first_user_holds_three_roles_and_can_unlock_again(tmp_path: Path) -> None:
    created = stores.create(tmp_path / "s", _setup(), cost=FLOOR)
    assert created.session.user.roles == {Role.PRACTITIONER, Role.SUPERVISOR, Role.ADMINISTRATOR}
    stores.lock(created.session)
    assert stores.exists(tmp_path / "s")
    assert stores.sign_in_names(tmp_path / "s") == ("asmith",)
    again = stores.unlock(tmp_path / "s", "ASmith", PASSPHRASE)
    assert again.user == created.session.user
    assert again.professional.name == "Practice A"
    stores.lock(again)


@pytest.mark.parametrize("setup", [_setup(name=" "), _setup(passphrase="secret")])
def test_a_store_that_cannot_be_made_leaves_nothing(tmp_path: Path, setup: stores.SetUp) -> None:
    with pytest.raises(InvalidValue):
        stores.create(tmp_path / "s", setup, cost=FLOOR)
    assert not (tmp_path / "s").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(StoreError, match="not an empty folder"):
        stores.create(tmp_path, _setup(), cost=FLOOR)
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]


def test_a_wrong_passphrase_is_told_and_kept_in_the_trail(tmp_path: Path) -> None:
    session = make_session(tmp_path / "s")
    stores.lock(session)
    with pytest.raises(WrongPassphrase):
        stores.unlock(tmp_path / "s", "asmith", "another horse entirely")
    # The wait after a failed try is over a day later.
    later = Clock(datetime.now(UTC) + timedelta(days=1))
    session = stores.unlock(tmp_path / "s", "asmith", PASSPHRASE, clock=later)
    assert "unlock failed" in actions(session)
    stores.lock(session)


def test_the_recovery_kit_opens_the_store_and_sets_a_passphrase(tmp_path: Path) -> None:
    created = stores.create(tmp_path / "s", _setup(), cost=FLOOR)
    stores.lock(created.session)
    chosen = "a green kettle on a hill"
    stores.lock(stores.unlock_with_recovery(tmp_path / "s", "asmith", created.recovery_code, chosen))
    stores.lock(stores.unlock(tmp_path / "s", "asmith", chosen))
    with pytest.raises(WrongPassphrase):
        stores.unlock(tmp_path / "s", "asmith", PASSPHRASE)


def test_a_new_recovery_kit_replaces_the_old_one(tmp_path: Path) -> None:
    created = stores.create(tmp_path / "s", _setup(), cost=FLOOR)
    code = stores.new_recovery_code(created.session)
    stores.lock(created.session)
    assert code != created.recovery_code
    with pytest.raises(WrongPassphrase):
        stores.unlock_with_recovery(tmp_path / "s", "asmith", created.recovery_code, "a green kettle on a hill")
    stores.lock(stores.unlock_with_recovery(tmp_path / "s", "asmith", code, "a green kettle on a hill"))


def test_a_sign_in_can_be_freed_from_the_keyring(tmp_path: Path) -> None:
    created = stores.create(tmp_path / "s", _setup(), cost=FLOOR)
    stores.lock(created.session)
    assert stores.is_bound(tmp_path / "s", "asmith")
    stores.unbind(tmp_path / "s", "asmith", created.recovery_code, "a green kettle on a hill")
    assert not stores.is_bound(tmp_path / "s", "asmith")
    stores.lock(stores.unlock(tmp_path / "s", "asmith", "a green kettle on a hill"))


def test_users_come_change_and_leave(session: Session) -> None:
    add_user(session, "bjones", Role.PRACTITIONER)
    with pytest.raises(InvalidValue, match="taken"):
        add_user(session, "BJones", Role.PRACTITIONER)
    rows = users.all_(session)
    assert [row.user.sign_in_name for row in rows] == ["asmith", "bjones"]
    other = rows[1].user
    changed = users.set_roles(session, other.id, frozenset({Role.AUDITOR}))
    assert changed.roles == {Role.AUDITOR}
    with pytest.raises(InvalidValue, match="no administrator"):
        users.set_roles(session, session.user.id, frozenset({Role.PRACTITIONER}))
    with pytest.raises(InvalidValue, match="your own"):
        users.leave(session, session.user.id)
    assert users.leave(session, other.id).left_at == session.now()
    assert stores.sign_in_names(session.store.folder) == ("asmith",)


def test_a_team_is_an_administrators_to_change_and_decides_what_a_supervisor_reaches(session: Session) -> None:
    add_user(session, "bjones", Role.SUPERVISOR, Role.PRACTITIONER)
    child, _ = add_family(session)
    assert as_user(session, "bjones").may_reach(child)
    changed = users.set_team(session, as_user(session, "bjones").user.id, " North ")
    assert changed.team == "North"
    assert actions(session)[0] == "team changed"
    north = as_user(session, "bjones")
    assert not north.may_reach(child)
    # Nobody changes their own by way of the register.
    with pytest.raises(NotAllowed):
        register.save_professional(north, replace(north.professional, team=""))
    assert register.save_professional(north, replace(north.professional, phone="1")).phone == "1"
    count = len(actions(session))
    users.set_team(session, north.user.id, "North")
    assert len(actions(session)) == count


@pytest.mark.parametrize(
    ("name", "person", "roles"), [(" ", "P", {Role.AUDITOR}), ("x", " ", {Role.AUDITOR}), ("x", "P", set())]
)
def test_a_user_without_name_or_role_is_refused(session: Session, name: str, person: str, roles: set[Role]) -> None:
    new = users.NewUser(
        sign_in_name=name,
        name=person,
        role="",
        agency=Agency.OTHER,
        roles=frozenset(roles),
        passphrase=PASSPHRASE,
    )
    with pytest.raises(InvalidValue):
        users.add(session, new, cost=FLOOR)
    assert len(users.all_(session)) == 1


@pytest.mark.parametrize("name", ["bea jones", "b" * 33])
def test_a_sign_in_name_that_is_long_or_has_spaces_is_refused(session: Session, tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidValue, match="longer than 32 characters, or has a space"):
        add_user(session, name, Role.PRACTITIONER)
    add_user(session, f" {'b' * 32} ", Role.PRACTITIONER)
    with pytest.raises(InvalidValue, match="longer than 32 characters, or has a space"):
        make_session(tmp_path / "another", name=name)
    assert not (tmp_path / "another").exists()


def test_only_an_administrator_manages_users(session: Session) -> None:
    add_user(session, "bjones", Role.PRACTITIONER)
    with pytest.raises(NotAllowed, match="manage users"):
        add_user(as_user(session, "bjones"), "third", Role.PRACTITIONER)


def test_a_passphrase_is_changed_by_its_owner(session: Session) -> None:
    users.change_passphrase(session, PASSPHRASE, "a green kettle on a hill")
    folder = session.store.folder
    stores.lock(session)
    again = stores.unlock(folder, "asmith", "a green kettle on a hill")
    stores.lock(again)
    assert again.user == session.user
    with pytest.raises(WrongPassphrase):
        stores.unlock(folder, "asmith", PASSPHRASE)


def test_strength_is_measured_with_the_persons_own_words() -> None:
    assert stores.strength("practice-smith", ["practice", "smith"]).score < stores.strength(PASSPHRASE).score
