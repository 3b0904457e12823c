"""What backups and looking through a store take, measured; nothing here fails on time."""

import time
from contextlib import suppress
from dataclasses import replace
from threading import Thread

from gcp2_app.domain.backups import Why
from gcp2_app.services import assessments, backups, verifying
from gcp2_app.services.session import Session
from gcp2_app.storage import backup
from gcp2_app.storage.folder import BACKUPS
from gcp2_app.storage.look import Stopped
from tests.benchmarks.conftest import Say, Times, in_words
from tests.stores import add_family, begin, graded


def test_a_backup_with_its_check(big: Session, children: int, say: Say) -> None:
    store, made = big.store, []

    def make() -> None:
        made.append(backup.make_backup(store.folder, store.data_key, Why.BY_HAND, clock=store.clock))

    times = Times(make, 3)
    for each in made:
        backup.remove(store.folder / BACKUPS, each)
    size = made[0].size_bytes / 1e6
    rate, busy = size / min(times) * 1e3, size / min(times.busy) * 1e3
    say(
        f"backup with check of {children:,} children, {size:,.0f} MB: {rate:.0f} MB/s, "
        f"{busy:.0f} a second of the processor (bar 50)"
    )
    assert made


def test_looking_through_a_store(big: Session, say: Say) -> None:
    found: list[verifying.Verified] = []
    times = Times(lambda: found.append(verifying.begin(big).run()), 1)
    size = (big.store.folder / "store.db").stat().st_size / 1e6
    say(f"verify of {size:,.0f} MB, {found[0].events:,} events: {in_words(times)} ms")
    assert found[0].troubles == ()


def test_a_grade_on_disk_while_a_backup_is_made(big: Session, say: Say) -> None:
    child, _ = add_family(big)
    working = begin(big, child)
    job = backups.begin(big)

    def copy() -> None:
        with suppress(Stopped):
            job.run()

    copying = Thread(target=copy)
    copying.start()
    times: list[float] = []
    for grade in (2, 3):
        for code in working.pack.units_in(working.band):
            answer = graded(big, working, code, grade)
            start = time.perf_counter()
            units = {**working.assessment.units, code: answer}
            working = assessments.save(big, working, replace(working.assessment, units=units))
            if copying.is_alive():
                times.append((time.perf_counter() - start) * 1e3)
    start = time.perf_counter()
    job.stopping.set()
    copying.join()
    stopped = (time.perf_counter() - start) * 1e3
    say(f"press a grade key → safely on disk while a backup is made: {in_words(times or [0.0])} ms of {len(times)}")
    say(f"a backup that is told to stop has stopped after {stopped:.0f} ms")
    assert working.assessment.units
