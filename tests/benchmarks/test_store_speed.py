"""What the store and the reports take by themselves, measured; nothing here fails on time."""

import io
import sqlite3
import statistics
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, get_args

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from pypdf import PdfReader

from gcp2_app.domain.audit import AuditEvent, chained
from gcp2_app.domain.users import Role
from gcp2_app.services import assessments, caseload, finding, reports
from gcp2_app.services.caseload import CaseloadQuery
from gcp2_app.services.documents import making
from gcp2_app.services.session import Session
from gcp2_app.services.supervision import cohorts, desk
from gcp2_app.storage import audit
from gcp2_app.storage.caseload import SortKey
from gcp2_app.storage.desk import DeskSort
from gcp2_app.storage.schema import AuditRow
from gcp2_app.storage.statements import insert_rows
from gcp2_app.storage.store import open_store
from tests.benchmarks.conftest import Closed, Say, Times, in_words
from tests.stores import add_family, begin, graded, make_session


@pytest.mark.parametrize("text", ["", "mos", "pracice-willwo", "practice"])
def test_a_page_of_the_caseload(big: Session, children: int, say: Say, text: str) -> None:
    def page() -> Any:
        return caseload.page(big, CaseloadQuery(text=text, limit=50))

    say(f"caseload of {children:,}, {text or 'no'!r} in the filter: {in_words(Times(page, 15))} ms (bar 50)")
    assert page().rows


@pytest.mark.parametrize("sort", get_args(SortKey))
def test_a_page_of_the_caseload_in_order(big: Session, children: int, say: Say, sort: SortKey) -> None:
    times = Times(lambda: caseload.page(big, CaseloadQuery(sort=sort, limit=50)), 7)
    say(f"caseload of {children:,} by {sort}: {in_words(times)} ms, the first {times[0]:.0f} (bar 50)")
    assert times


@pytest.mark.parametrize("typed", ["gate", "gat", "boiler landlord", "the", "dentist was", "nowhere"])
def test_entries_found_by_their_words(big: Session, say: Say, typed: str) -> None:
    with big.store.transaction() as tx:
        number = tx.entries.count()
    times = Times(lambda: finding.entries(big, typed), 15)
    say(f"first rows of {number:,} entries with {typed!r}: {in_words(times)} ms, the first {times[0]:.0f} (bar 50)")
    assert bool(finding.entries(big, typed)) == (typed != "nowhere")


def test_entries_found_in_a_workers_own_caseload(big: Session, say: Say) -> None:
    own = replace(big, user=replace(big.user, roles=frozenset({Role.PRACTITIONER})))
    times = Times(lambda: finding.entries(own, "gate"), 15)
    say(f"first rows with 'gate' of one worker's children: {in_words(times)} ms (bar 50)")
    assert finding.entries(own, "gate")


def test_a_supervisors_desk(big: Session, children: int, say: Say) -> None:
    for sort in get_args(DeskSort):
        times = Times(partial(desk.desk, big, desk.DeskQuery(sort=sort)), 5)
        say(f"desk of {children:,} children by {sort}: {in_words(times)} ms")
    times = Times(lambda: cohorts.cohorts(big), 3)
    say(f"both lists across {children:,} children: {in_words(times)} ms")
    assert times


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
    say(f"press a grade key → safely on disk, without the window: {in_words(times)} ms (bar 50)")
    assert len(working.assessment.units) == len(codes)


@pytest.fixture(scope="session")
def trail(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with 100 000 events in its audit trail; its data key lies beside it."""
    session = make_session(tmp_path_factory.mktemp("trail") / "store")
    at, user = session.now(), session.user.id
    with session.store.transaction() as tx:
        head = audit.head_of(tx.session)
        events = [AuditEvent(seq=head.seq, at=at, user=user, action="", digest=head.digest)]
        for number in range(100_000):
            event = AuditEvent(seq=head.seq + 1 + number, at=at, user=user, action="child opened", id=f"{number}")
            events.append(chained(event, events[-1].digest))
        names = [column.name for column in AuditRow.__table__.columns]
        insert_rows(tx.session, AuditRow, [{name: getattr(each, name) for name in names} for each in events[1:]])
        # Written as the program does, so that the trail is sealed at its end.
        tx.record("locked", by=user)
    folder = session.store.folder
    (folder.parent / "key").write_bytes(session.store.data_key)
    session.store.close()
    return folder


def test_the_audit_trail_is_verified(trail: Path, say: Say) -> None:
    with open_store(trail, (trail.parent / "key").read_bytes()) as store, store.transaction() as tx:
        found: list[int | None] = []
        times = Times(lambda: found.append(audit.first_broken(tx)), 3)
        number = audit.count(tx)
    (broken,) = set(found)
    a_second, busy = number / min(times) * 1e3, number / min(times.busy) * 1e3
    say(f"audit verify: {a_second:,.0f} records/s, {busy:,.0f} a second of the processor (bar 100,000)")
    assert broken is None


def test_an_assessment_report(long_folder: Closed, say: Say) -> None:
    with open_store(long_folder.folder, long_folder.data_key) as store:
        session = Session(store, long_folder.user, long_folder.professional)
        made: list[bytes] = []
        times = Times(lambda: made.append(reports.assessment_preview(session, "child-0-assessment-39").content), 7)
    say(f"assessment report: {in_words(times[1:])} ms, the first {times[0]:.0f} (bar 600)")
    assert made[0].startswith(b"%PDF")


def test_a_conference_report(long_folder: Closed, say: Say) -> None:
    with open_store(long_folder.folder, long_folder.data_key) as store:
        session = Session(store, long_folder.user, long_folder.professional)
        wanted = making.Wanted(kind="conference", child="child-0")
        made: list[bytes] = []
        times = Times(lambda: made.append(making.preview(session, wanted).content), 4)
    pages = len(PdfReader(io.BytesIO(made[0])).pages)
    say(f"conference report of {pages} pages: {in_words(times[1:])} ms, the first {times[0]:.0f} (bar 1 000 for 20)")
    assert pages


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
