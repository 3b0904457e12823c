"""Backups of the open store: who makes one, when it is made by itself, what is kept, and where copies go."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from gcp2_app.domain.users import Role
from gcp2_app.errors import InvalidValue, NotAllowed, NotFound, StoreError
from gcp2_app.services import backups, casefiles, exchanges
from gcp2_app.services.backups import Why
from gcp2_app.services.session import Session
from gcp2_app.storage.look import Stopped
from tests.stores import TODAY, Clock, actions, add_family, add_user, as_user, begin, make_session


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    made = make_session(tmp_path / "store", practice=False, clock=clock)
    yield made
    made.store.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def run(session: Session, *, unlocked: bool = False) -> backups.Done | None:
    job = backups.begin_due(session, unlocked=unlocked)
    if job is None:
        return None
    done = job.run()
    backups.finish(session, job, done)
    return done


def test_a_backup_by_hand_is_in_the_trail_under_its_maker(session: Session) -> None:
    done = backups.make(session)
    assert done.made is not None
    assert done.made.why is Why.BY_HAND
    found = backups.overview(session)
    assert found.last == done.made
    assert found.backups == (done.made,)
    assert actions(session)[0] == "backup made"


def test_only_an_administrator_makes_one_by_hand_and_whoever_unlocks_has_one_made(session: Session) -> None:
    add_user(session, "worker", Role.PRACTITIONER)
    worker = as_user(session, "worker")
    with pytest.raises(NotAllowed):
        backups.make(worker)
    done = run(worker, unlocked=True)
    assert done is not None
    assert done.made is not None
    assert done.made.why is Why.AUTOMATIC


def test_one_is_made_on_unlock_after_a_day_and_every_half_hour_while_changing(session: Session, clock: Clock) -> None:
    assert run(session, unlocked=True)
    assert run(session, unlocked=True) is None
    clock.instant += timedelta(minutes=29)
    assert run(session) is None
    clock.instant += timedelta(minutes=1)
    assert run(session, unlocked=True) is None
    assert run(session)
    clock.move(1)
    assert run(session, unlocked=True)


def test_older_ones_are_let_go_and_that_is_written_down(session: Session, clock: Clock) -> None:
    for _ in range(12):
        backups.make(session)
        clock.instant += timedelta(minutes=7)
    clock.move(40)
    done = backups.make(session)
    # Of the two hours before and of this one the newest is left.
    assert done.let_go == 10
    assert len(backups.overview(session).backups) == 3
    assert "backups let go" in actions(session)


def test_copies_go_to_the_place_that_was_chosen(session: Session, clock: Clock, stick: Path) -> None:
    backups.make(session)
    assert backups.overview(session).copy_is_late
    found = backups.set_place(session, stick)
    assert found.place is not None
    assert found.place.parent == stick
    # The same disk: that it leaves the computer cannot be said.
    assert not found.place_leaves
    assert found.copied_at is None
    # Nothing is due, and the copy is missing.
    done = run(session)
    assert done is not None
    assert done.made is None
    assert done.copied == found.last
    assert run(session) is None
    after = backups.overview(session)
    assert after.last is not None
    assert after.copied_at == after.last.made_at
    assert not after.copy_is_late
    assert [each.name for each in found.place.iterdir()] == [after.last.name]
    clock.move(3)
    assert backups.overview(session).copy_is_late
    assert actions(session).count("backup copied elsewhere") == 1


def test_a_place_that_is_gone_keeps_no_backup_from_being_made(session: Session, stick: Path) -> None:
    place = backups.set_place(session, stick).place
    assert place is not None
    place.rmdir()
    done = backups.make(session)
    assert done.made is not None
    assert done.copied is None
    assert isinstance(done.not_copied, StoreError)
    assert "not connected" in str(done.not_copied)
    assert backups.overview(session).copied_at is None


def test_a_place_is_a_folder_outside_the_store(session: Session, tmp_path: Path) -> None:
    with pytest.raises(InvalidValue):
        backups.set_place(session, session.store.folder)
    with pytest.raises(NotFound):
        backups.set_place(session, tmp_path / "nothing")
    assert backups.set_place(session, None).place is None


def test_a_practice_store_warns_of_no_copy(tmp_path: Path) -> None:
    with (practice := make_session(tmp_path / "practice")).store:
        assert not backups.overview(practice).copy_is_late


def test_a_store_that_is_not_whole_makes_no_backup_and_says_what_to_do(session: Session) -> None:
    good = backups.make(session).made
    with session.store.transaction() as tx:
        tx.session.connection().exec_driver_sql("DROP TRIGGER audit_never_changed")
    with pytest.raises(backups.NotWhole, match="audit_never_changed") as refused:
        backups.make(session)
    assert "go back to the last good backup" in refused.value.mend
    assert backups.overview(session).backups == (good,)


def test_a_lock_ends_one_that_is_being_made(session: Session) -> None:
    job = backups.begin(session)
    session.store.close()
    job.stopping.set()
    with pytest.raises(Stopped):
        job.run()
    assert not list((session.store.folder / "backups").glob("*by-hand*"))


def test_one_is_made_before_a_case_file_or_a_colleagues_copy_comes_in(tmp_path: Path, clock: Clock) -> None:
    session = make_session(tmp_path / "practice", clock=clock)
    child, _ = add_family(session)
    working = begin(session, child, first=TODAY)
    case, copy = tmp_path / "case.json", tmp_path / "copy.json"
    case.write_bytes(b"".join(casefiles.export(session, child.id, recipient="", reason="test")))
    casefiles.import_(session, case)
    clock.instant += timedelta(hours=1)
    copy.write_bytes(exchanges.export(session, working.assessment.id, recipient="B", reason="joint"))
    exchanges.take_in(session, copy, digest=exchanges.preview(session, copy).digest)
    assert [each.why for each in backups.overview(session).backups] == [Why.BEFORE_IMPORT] * 2
    session.store.close()


def test_one_that_is_gone_is_not_found(session: Session) -> None:
    done = backups.make(session)
    assert done.made is not None
    assert backups.find(session, done.made.name) == done.made
    with pytest.raises(NotFound):
        backups.find(session, "20200101T000000Z-by-hand")
