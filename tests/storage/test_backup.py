"""Backups: whole or not there at all, checked before they count, and never in the way of whoever writes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlcipher3 import dbapi2

from gcp2_app.domain.backups import Backup, Why
from gcp2_app.domain.register import Child, Person
from gcp2_app.errors import DamagedStore, StoreError
from gcp2_app.storage import backup, keys, migrate
from gcp2_app.storage.engine import connect
from gcp2_app.storage.look import Stopped, look
from gcp2_app.storage.store import Store, open_store
from tests.storage.conftest import KEY, Clock


def make(store: Store, why: Why = Why.BY_HAND) -> Backup:
    return backup.make_backup(store.folder, KEY, why, clock=store.clock)


def place_of(store: Store) -> Path:
    return store.folder / "backups"


def fill(store: Store, count: int = 1, *, note: str = "") -> None:
    with store.transaction() as tx:
        for number in range(count):
            child = Child(id=f"c{number}", family_name="Ash", note=note)
            tx.children.put(child, by="u1")
        tx.record("children added", by="u1", count=count)


def children_in(database: Path, clock: Clock) -> int:
    with look(database, KEY, clock=clock, at_rest=True) as tx:
        return tx.children.count()


def spoil(database: Path, *, page: int, page_bytes: int = 4096) -> None:
    """Alter one byte of a page, as a failing disk does."""
    with database.open("r+b") as file:
        file.seek((page - 1) * page_bytes + 100)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))


def test_a_backup_holds_what_was_saved_and_is_a_store_itself(store: Store, clock: Clock) -> None:
    keys.create_keys(
        store.folder, KEY, user_id="u1", sign_in_name="x", passphrase="seven quiet otters juggle", cost=keys.FLOOR
    )
    fill(store, 3)
    made = make(store)
    assert made.name == "20261102T093000Z-by-hand"
    assert made.made_at == clock.now
    fill(store, 5)
    assert children_in(place_of(store) / made.name / "store.db", clock) == 3
    assert keys.unlock(place_of(store) / made.name, "x", "seven quiet otters juggle").data_key == KEY
    copied = shutil.copytree(place_of(store) / made.name, store.folder.parent / "other")
    with open_store(copied, KEY) as other, other.transaction() as tx:
        assert tx.children.count() == 3
    assert backup.backups_of(place_of(store)) == (made,)


def test_a_backup_is_for_its_owner_alone_and_says_nothing(store: Store) -> None:
    fill(store, note="Quizzlethorpe" * 100)
    made = make(store)
    for each in (place_of(store) / made.name).rglob("*"):
        assert each.stat().st_mode & 0o077 == 0 or os.name != "posix"
        assert b"Quizzlethorpe" not in each.read_bytes()
    assert sorted(each.name for each in (place_of(store) / made.name).iterdir()) == ["store.db"]


def test_two_in_one_second_have_two_names(store: Store) -> None:
    assert [make(store).name for _ in range(3)] == [
        "20261102T093000Z-by-hand",
        "20261102T093000Z-by-hand-2",
        "20261102T093000Z-by-hand-3",
    ]


def test_whoever_writes_goes_on_while_one_is_made_and_it_holds_one_moments_state(store: Store, clock: Clock) -> None:
    fill(store, 40, note="x" * 50_000)
    made: list[Backup] = []
    copying = Thread(target=lambda: made.append(make(store)))
    copying.start()
    rounds = 0
    while copying.is_alive():
        with store.transaction() as tx:
            for number in (rounds, rounds + 1_000_000):
                tx.people.put(Person(id=f"p{number}", name="x"), by="u1")
        rounds += 1
    copying.join()
    assert rounds
    with look(place_of(store) / made[0].name / "store.db", KEY, clock=clock, at_rest=True) as tx:
        ids = {person.id for person in tx.people.all()}
    # Both of a pair or neither.
    assert all((f"p{number}" in ids) == (f"p{number + 1_000_000}" in ids) for number in range(rounds))


def test_one_that_is_told_to_stop_leaves_nothing(store: Store) -> None:
    fill(store, 20, note="x" * 50_000)
    stopping = Event()
    stopping.set()
    with pytest.raises(Stopped):
        backup.make_backup(store.folder, KEY, Why.AUTOMATIC, clock=store.clock, stopping=stopping)
    assert backup.backups_of(place_of(store)) == ()
    assert [each.name for each in place_of(store).iterdir()] == ["backups.lock"]


def test_a_damaged_database_makes_no_backup_and_leaves_the_good_one(store: Store, clock: Clock) -> None:
    fill(store, 40, note="x" * 50_000)
    good = make(store)
    before = (place_of(store) / good.name / "store.db").read_bytes()
    store.close()
    spoil(store.folder / "store.db", page=150)
    clock.forward(seconds=60)
    with pytest.raises(DamagedStore):
        backup.make_backup(store.folder, KEY, Why.AUTOMATIC, clock=clock)
    assert backup.backups_of(place_of(store)) == (good,)
    assert (place_of(store) / good.name / "store.db").read_bytes() == before


@pytest.mark.parametrize("page", [1, 2, 30, 150])
def test_a_damaged_backup_is_told(store: Store, clock: Clock, page: int) -> None:
    fill(store, 40, note="x" * 50_000)
    made = make(store)
    spoil(place_of(store) / made.name / "store.db", page=page)
    with pytest.raises(DamagedStore):
        backup.check(place_of(store) / made.name, KEY, clock=clock)


def test_one_cut_short_is_told(store: Store, clock: Clock) -> None:
    fill(store, 40, note="x" * 50_000)
    made = make(store)
    database = place_of(store) / made.name / "store.db"
    os.truncate(database, database.stat().st_size // 4096 // 2 * 4096)
    with pytest.raises(DamagedStore):
        backup.check(place_of(store) / made.name, KEY, clock=clock)


def test_the_wrong_key_opens_none(store: Store, clock: Clock) -> None:
    made = make(store)
    with pytest.raises(DamagedStore):
        backup.check(place_of(store) / made.name, bytes(32), clock=clock)


def _drop_trigger(driver: dbapi2.Connection) -> None:
    driver.execute("DROP TRIGGER audit_never_changed")


def _orphan(driver: dbapi2.Connection) -> None:
    driver.execute("PRAGMA foreign_keys = OFF")
    driver.execute("INSERT INTO child_area VALUES ('nobody', 'A', 1, 5)")


def _cut_trail(driver: dbapi2.Connection) -> None:
    driver.execute("DROP TRIGGER audit_never_removed")
    driver.execute("DELETE FROM audit")


@pytest.mark.parametrize("harm", [_drop_trigger, _orphan, _cut_trail])
def test_a_database_that_is_not_in_order_makes_no_backup(
    store: Store, clock: Clock, harm: Callable[[dbapi2.Connection], None]
) -> None:
    fill(store)
    store.close()
    driver = connect(store.folder / "store.db", KEY)
    harm(driver)
    driver.close()
    with pytest.raises(DamagedStore, match="does not count as a backup"):
        backup.make_backup(store.folder, KEY, Why.AUTOMATIC, clock=clock)
    assert backup.backups_of(place_of(store)) == ()


def test_what_an_ended_process_left_is_thrown_away_and_what_is_no_backup_stays(store: Store) -> None:
    place = place_of(store)
    for name in ("20260101T000000Z-automatic.new", "20260101T000000Z-by-hand.gone", "mine.new", "notes"):
        (place / name).mkdir(parents=True)
        (place / name / "store.db").touch()
    made = make(store)
    assert backup.backups_of(place) == (made,)
    assert sorted(each.name for each in place.iterdir()) == [made.name, "backups.lock", "mine.new", "notes"]


def test_no_room_is_said_before_anything_is_written(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(100, 99, 1))
    with pytest.raises(StoreError, match="too full for a backup"):
        make(store)
    assert backup.backups_of(place_of(store)) == ()


@pytest.mark.skipif(os.name != "posix", reason="a limit on the size of a file stands for a full disk")
def test_a_disk_that_fills_while_one_is_made_leaves_the_earlier_ones(store: Store) -> None:
    fill(store, 40, note="x" * 50_000)
    good = make(store)
    script = (
        "import resource, signal, sys; from pathlib import Path; from gcp2_app.domain.backups import Why;"
        "from gcp2_app.errors import StoreError; from gcp2_app.storage import backup;"
        "from gcp2_app.storage.store import now_utc\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))\n"
        "try: backup.make_backup(Path(sys.argv[1]), bytes(range(32)), Why.AUTOMATIC, clock=now_utc)\n"
        "except StoreError as error: print(error)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script, store.folder], cwd=root, capture_output=True, text=True, check=True
    )
    assert "did not take the backup, so none was made" in done.stdout
    assert backup.backups_of(place_of(store)) == (good,)
    assert sorted(each.name for each in place_of(store).iterdir()) == [good.name, "backups.lock"]


def test_one_is_made_before_a_store_is_brought_up_to_date(
    folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As a later version would know one revision more.
    monkeypatch.setattr(migrate, "REVISIONS", (*migrate.REVISIONS, "later"))
    open_store(folder, KEY, clock=clock).close()
    (made,) = backup.backups_of(folder / "backups")
    assert made.why is Why.BEFORE_UPDATE


def test_a_backup_is_taken_away_whole(store: Store) -> None:
    first, second = make(store), make(store)
    backup.remove(place_of(store), first)
    assert backup.backups_of(place_of(store)) == (second,)


def test_a_copy_elsewhere_is_the_same_and_is_made_once(store: Store, tmp_path: Path, clock: Clock) -> None:
    fill(store)
    made, place = make(store), backup.make_place(tmp_path, store.id)
    backup.copy_out(store.folder, made, place)
    assert backup.backups_of(place) == (made,)
    backup.check(place / made.name, KEY, clock=clock)
    stamp = (place / made.name).stat().st_mtime_ns
    backup.copy_out(store.folder, made, place)
    assert (place / made.name).stat().st_mtime_ns == stamp


def test_a_place_that_is_not_connected_or_cannot_be_written_to_is_said(store: Store, tmp_path: Path) -> None:
    made, place = make(store), tmp_path / "file"
    with pytest.raises(StoreError, match="not connected"):
        backup.copy_out(store.folder, made, place)
    place.touch()
    with pytest.raises(StoreError, match="could not be made"):
        backup.make_place(place, store.id)


def test_files_that_cannot_be_read_are_put_aside_as_they_are(store: Store, clock: Clock) -> None:
    fill(store)
    store.close()
    spoil(store.folder / "store.db", page=1)
    aside = backup.put_aside(store.folder, clock=clock)
    assert aside.why is Why.DAMAGED
    kept = place_of(store) / aside.name / "store.db"
    assert kept.read_bytes() == (store.folder / "store.db").read_bytes()


def test_a_name_says_when(store: Store) -> None:
    (place_of(store) / "20261101T101112Z-before-import-12").mkdir(parents=True)
    (place_of(store) / "20261101T101112Z-before-import-12" / "store.db").write_bytes(b"12345")
    (found,) = backup.backups_of(place_of(store))
    assert (found.made_at, found.why, found.size_bytes) == (
        datetime(2026, 11, 1, 10, 11, 12, tzinfo=UTC),
        Why.BEFORE_IMPORT,
        5,
    )
