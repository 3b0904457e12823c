"""The caseload, a grade on disk, and encrypted against plain, measured; nothing here fails on time."""

import sqlite3
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from gcp2_app.services import assessments, caseload
from gcp2_app.services.caseload import CaseloadQuery
from gcp2_app.services.session import Session
from gcp2_app.storage.store import open_store
from tests.benchmarks.conftest import Closed
from tests.stores import add_family, begin, graded

Say = Callable[[str], None]


def _median_ms(work: Callable[[], object], rounds: int) -> float:
    times: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)


def test_unlock_to_the_caseload_of_ten_thousand(big_folder: Closed, say: Say) -> None:
    shown: list[int] = []

    def open_and_list() -> None:
        with open_store(big_folder.folder, big_folder.data_key) as store:
            session = Session(store, big_folder.user, big_folder.professional)
            shown.append(len(caseload.page(session, CaseloadQuery(limit=50)).rows))

    say(f"unlock beyond the key derivation → caseload of 10 000: {_median_ms(open_and_list, 9):.0f} ms (bar 150)")
    assert set(shown) == {50}


@pytest.mark.parametrize("text", ["", "haz", "pracice-hazle", "child"])
def test_a_page_of_the_caseload(big: Session, say: Say, text: str) -> None:
    def page() -> Any:
        return caseload.page(big, CaseloadQuery(text=text, limit=50))

    say(f"caseload of 10 000, {text or 'no'!r} in the filter: {_median_ms(page, 15):.0f} ms (bar 50 for first rows)")
    assert page().rows


def test_a_grade_on_disk(long: Session, say: Say) -> None:
    child, _ = add_family(long)
    working = begin(long, child)
    codes = list(working.pack.units_in(working.band))
    times: list[float] = []
    for grade in (2, 3):
        for code in codes:
            answer = graded(long, working, code, grade)
            start = time.perf_counter()
            units = {**working.assessment.units, code: answer}
            working = assessments.save(long, working, replace(working.assessment, units=units))
            times.append((time.perf_counter() - start) * 1e3)
    say(f"press a grade key → safely on disk: {statistics.median(times):.0f} ms, worst {max(times):.0f} (bar 50)")
    assert len(working.assessment.units) == len(codes)


def test_encrypted_against_plain(tmp_path: Path, say: Say) -> None:
    rows = [(number, f"note {number} " * 20) for number in range(20_000)]

    def work(connection: Any) -> None:
        connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
        connection.executemany("INSERT INTO note VALUES (?, ?)", rows)
        connection.commit()
        for number in range(0, 20_000, 7):
            connection.execute("SELECT text FROM note WHERE id = ?", (number,)).fetchone()
        connection.execute("SELECT count(*) FROM note WHERE text LIKE '%9 note%'").fetchone()

    def timed(module: Any, path: Path, *pragmas: str) -> float:
        connection = module.connect(path)
        for pragma in (*pragmas, "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA cache_size=-65536"):
            connection.execute(pragma)
        start = time.perf_counter()
        work(connection)
        taken = time.perf_counter() - start
        connection.close()
        return taken

    ratios = []
    for turn in range(5):
        plain = timed(sqlite3, tmp_path / f"plain{turn}.db")
        encrypted = timed(sqlcipher, tmp_path / f"enc{turn}.db", f"PRAGMA key=\"x'{'ab' * 32}'\"")
        ratios.append(encrypted / plain)
    say(f"encrypted against plain SQLite, same work: {statistics.median(ratios):.2f} × (bar 1.3)")
    assert len(ratios) == 5
