"""Going back to a backup, and back again: what returns, who can sign in, and what is refused."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from gcp2_app.domain.users import Role
from gcp2_app.errors import DamagedStore, KeyringUnavailable, NotAllowed, NotFound, StoreError, WrongPassphrase
from gcp2_app.services import backups, restoring, stores, users
from gcp2_app.services.session import Session
from gcp2_app.storage import audit
from gcp2_app.storage.engine import connect
from tests.stores import PASSPHRASE, Clock, actions, add_family, add_user, make_session

NEW = "seven quiet otters juggle"


@dataclass
class Place:
    """A store with one child, a backup of that, and a second child since. Nobody has it open."""

    folder: Path
    backup: Path
    recovery_code: str
    clock: Clock

    def open(self, name: str = "asmith", passphrase: str = PASSPHRASE) -> Session:
        return stores.unlock(self.folder, name, passphrase, clock=self.clock)

    def restore(self, backup: Path | None = None, *, passphrase: str = PASSPHRASE) -> restoring.Restored:
        return restoring.restore_backup(self.folder, backup or self.backup, "asmith", passphrase, clock=self.clock)

    def children(self) -> int:
        with (session := self.open()).store, session.store.transaction() as tx:
            return tx.children.count()

    def files(self) -> dict[str, bytes]:
        return {
            str(each.relative_to(self.folder)): each.read_bytes()
            for each in self.folder.rglob("*")
            if each.is_file() and each.suffix in {".db", ".json"}
        }


@pytest.fixture
def place(tmp_path: Path) -> Place:
    clock = Clock()
    session = make_session(tmp_path / "store", clock=clock)
    code = stores.new_recovery_code(session)
    add_user(session, "leaver", Role.PRACTITIONER)
    add_family(session)
    made = backups.make(session).made
    assert made is not None
    add_family(session)
    session.store.close()
    return Place(tmp_path / "store", tmp_path / "store" / "backups" / made.name, code, clock)


def test_what_was_recorded_since_is_gone_and_comes_back_with_what_was_put_aside(place: Place) -> None:
    place.clock.move(1)
    done = place.restore()
    assert done.kept is not None
    assert done.kept.why is backups.Why.BEFORE_RESTORE
    assert not done.old_passphrases
    assert place.children() == 1
    again = place.restore(place.folder / "backups" / done.kept.name)
    assert again.taken_away == ()
    assert place.children() == 2


def test_it_is_in_the_trail_with_what_was_put_aside(place: Place) -> None:
    with (session := place.open()).store, session.store.transaction() as tx:
        head = audit.head_of(tx.session)
    done = place.restore()
    with (session := place.open()).store, session.store.transaction() as tx:
        assert audit.first_broken(tx) is None
        (event,) = (each for each in audit.events(tx) if each.action == "restored from backup")
    assert done.kept is not None
    assert event.fields == (
        f"backup {place.backup.name}",
        f"kept {done.kept.name}",
        f"trail put aside at {head.seq} {head.digest}",
    )
    assert event.user == session.user.id
    words = " ".join(restoring.in_words(done))
    assert done.kept.name in words
    assert "who can sign in are as they were" in words


def test_passphrases_stay_as_they_are_now(place: Place) -> None:
    with (session := place.open()).store:
        users.change_passphrase(session, PASSPHRASE, NEW)
    with pytest.raises(WrongPassphrase):
        place.restore()
    place.clock.move(1)
    place.restore(passphrase=NEW)
    place.open(passphrase=NEW).store.close()


def test_nobody_whose_sign_in_was_taken_away_comes_back(place: Place) -> None:
    with (session := place.open()).store, session.store.transaction() as tx:
        leaver = tx.user_named("leaver")
    assert leaver is not None
    with (session := place.open()).store:
        users.leave(session, leaver.id)
    done = place.restore()
    assert done.taken_away == ("leaver",)
    assert "Still taken away: leaver." in restoring.in_words(done)
    with pytest.raises(WrongPassphrase):
        place.open("leaver")
    with (session := place.open()).store:
        (row,) = (each for each in users.all_(session) if each.user.sign_in_name == "leaver")
        assert row.user.left_at is not None


def test_who_was_added_since_and_roles_given_since_stay(place: Place) -> None:
    with (session := place.open()).store:
        add_user(session, "newcomer", Role.PRACTITIONER)
        (leaver,) = (each.user for each in users.all_(session) if each.user.sign_in_name == "leaver")
        users.set_roles(session, leaver.id, frozenset({Role.AUDITOR}))
    place.restore()
    place.open("newcomer").store.close()
    with (session := place.open("leaver")).store:
        assert session.user.roles == {Role.AUDITOR}


def test_the_place_of_copies_stays(place: Place, tmp_path: Path) -> None:
    with (session := place.open()).store:
        chosen = backups.set_place(session, tmp_path).place
    place.restore()
    with (session := place.open()).store:
        assert backups.overview(session).place == chosen


def test_only_an_administrator_restores(place: Place) -> None:
    before = place.files()
    with pytest.raises(NotAllowed):
        restoring.restore_backup(place.folder, place.backup, "leaver", PASSPHRASE, clock=place.clock)
    kept = {name: content for name, content in place.files().items() if "before-restore" not in name}
    assert kept == before


def test_a_store_that_is_open_is_not_touched(place: Place) -> None:
    with place.open().store, pytest.raises(StoreError, match="open in another window"):
        place.restore()
    assert place.children() == 2


def test_the_backup_of_another_store_is_refused(place: Place, tmp_path: Path) -> None:
    with (other := make_session(tmp_path / "other")).store:
        made = backups.make(other).made
    assert made is not None
    before = place.files()
    with pytest.raises(StoreError, match="backup of another store"):
        place.restore(tmp_path / "other" / "backups" / made.name)
    # Even with this store's key file in it.
    foreign = tmp_path / "foreign"
    shutil.copytree(tmp_path / "other" / "backups" / made.name, foreign)
    shutil.copy(place.folder / "keys.json", foreign / "keys.json")
    with pytest.raises(DamagedStore):
        place.restore(foreign)
    assert place.files() == before


def _spoil(backup: Path) -> None:
    content = bytearray((backup / "store.db").read_bytes())
    content[len(content) // 2] ^= 1
    (backup / "store.db").write_bytes(content)


def _cut_short(backup: Path) -> None:
    content = (backup / "store.db").read_bytes()
    (backup / "store.db").write_bytes(content[: len(content) // 8192 * 4096])


def _make_newer(backup: Path) -> None:
    session = stores.unlock(backup, "asmith", PASSPHRASE)
    data_key = session.store.data_key
    session.store.close()
    connection = connect(backup / "store.db", data_key)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


@pytest.mark.parametrize(
    ("harm", "said"), [(_spoil, "page|damaged"), (_cut_short, "damaged|not whole"), (_make_newer, "newer version")]
)
def test_a_backup_that_cannot_be_relied_on_is_refused(
    place: Place, tmp_path: Path, harm: Callable[[Path], None], said: str
) -> None:
    harmed = tmp_path / "harmed"
    shutil.copytree(place.backup, harmed)
    harm(harmed)
    before = place.files()
    with pytest.raises(StoreError, match=said):
        place.restore(harmed)
    assert place.files() == before


def test_no_backup_is_said(place: Place, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        place.restore(tmp_path)


def test_a_damaged_store_is_put_aside_and_replaced(place: Place) -> None:
    _spoil_whole(place.folder / "store.db")
    with pytest.raises(DamagedStore):
        place.open()
    damaged = (place.folder / "store.db").read_bytes()
    done = place.restore()
    assert done.kept is not None
    assert not done.kept.is_good
    assert (place.folder / "backups" / done.kept.name / "store.db").read_bytes() == damaged
    assert place.children() == 1
    assert any("damaged files" in line for line in restoring.in_words(done))


def _spoil_whole(database: Path) -> None:
    database.write_bytes(bytes(byte ^ 1 for byte in database.read_bytes()))


def test_where_the_store_can_no_longer_say_who_signs_in_the_key_file_does(place: Place) -> None:
    with (session := place.open()).store:
        (leaver,) = (each.user for each in users.all_(session) if each.user.sign_in_name == "leaver")
        users.leave(session, leaver.id)
        add_user(session, "newcomer", Role.PRACTITIONER)
    (place.folder / "store.db").unlink()
    done = place.restore()
    assert (done.taken_away, done.not_back) == (("leaver",), ("newcomer",))
    assert stores.sign_in_names(place.folder) == ("asmith",)
    assert "Added after this backup, and to be added again: newcomer." in restoring.in_words(done)


def test_a_lost_key_file_comes_back_with_the_backup_and_that_is_said(place: Place) -> None:
    (place.folder / "keys.json").write_text("{}")
    done = place.restore()
    assert done.old_passphrases
    assert any("passphrases and the recovery kit of that day" in line for line in restoring.in_words(done))
    assert place.children() == 1


def test_a_passphrase_changed_since_opens_the_backup_by_the_recovery_kit_alone(place: Place) -> None:
    with (session := place.open()).store:
        users.change_passphrase(session, PASSPHRASE, NEW)
    (place.folder / "keys.json").unlink()
    # The old slot's secret left this computer's keyring with it.
    for passphrase in (PASSPHRASE, NEW):
        with pytest.raises(KeyringUnavailable):
            place.restore(passphrase=passphrase)
    restoring.restore_backup(
        place.folder, place.backup, "asmith", NEW, recovery_code=place.recovery_code, clock=place.clock
    )
    place.open(passphrase=NEW).store.close()


def test_a_lost_laptop_a_backup_becomes_a_store_elsewhere(place: Place, tmp_path: Path) -> None:
    elsewhere = tmp_path / "new" / "store"
    done = restoring.restore_backup(elsewhere, place.backup, "asmith", PASSPHRASE, clock=place.clock)
    assert (done.kept, done.old_passphrases) == (None, True)
    with (session := stores.unlock(elsewhere, "asmith", PASSPHRASE, clock=place.clock)).store:
        assert "restored from backup" in actions(session)


def test_elsewhere_the_recovery_kit_opens_it_with_a_new_passphrase(place: Place, tmp_path: Path) -> None:
    elsewhere = tmp_path / "store-2"
    restoring.restore_backup(
        elsewhere, place.backup, "asmith", NEW, recovery_code=place.recovery_code, clock=place.clock
    )
    with (session := stores.unlock(elsewhere, "asmith", NEW, clock=place.clock)).store:
        assert "restored from backup" in actions(session)
    # The backup itself keeps its own passphrase.
    stores.unlock(place.backup, "asmith", PASSPHRASE, clock=place.clock).store.close()


def test_what_is_refused_elsewhere_leaves_nothing(place: Place, tmp_path: Path) -> None:
    elsewhere, documents = tmp_path / "store-2", tmp_path / "documents"
    with pytest.raises(WrongPassphrase):
        restoring.restore_backup(elsewhere, place.backup, "asmith", NEW, clock=place.clock)
    assert not elsewhere.exists()
    documents.mkdir()
    (documents / "letter.txt").touch()
    with pytest.raises(StoreError, match="neither a store nor an empty folder"):
        restoring.restore_backup(documents, place.backup, "asmith", PASSPHRASE, clock=place.clock)
    assert [each.name for each in documents.iterdir()] == ["letter.txt"]


def test_a_damaged_backup_is_no_damaged_store(place: Place) -> None:
    _spoil_whole(place.backup / "store.db")
    with (session := place.open()).store:
        with pytest.raises(StoreError, match="This backup is damaged") as refused:
            restoring.would_lose(session, place.backup.name)
        assert not isinstance(refused.value, DamagedStore)
        with pytest.raises(NotFound):
            restoring.would_lose(session, "20200101T000000Z-by-hand")


def test_what_would_be_lost_is_counted(place: Place) -> None:
    with (session := place.open()).store:
        place.clock.move(1)
        with session.store.transaction() as tx:
            child = next(tx.children.all())
            tx.children.put(child.__class__(id=child.id, family_name="Changed"), by=session.user.id)
            tx.record("child changed", by=session.user.id)
        lost = {each.kind: each for each in restoring.would_lose(session, place.backup.name)}
    assert (lost["child"].added, lost["child"].changed) == (1, 1)
    assert (lost["entry"].added, lost["entry"].changed) == (0, 0)
