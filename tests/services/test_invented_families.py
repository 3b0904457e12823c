"""Invented families: plausible, the same every time, whole, and never among real children."""

from collections import Counter
from pathlib import Path

import pytest

from gcp2_app.errors import NotAllowed
from gcp2_app.services import casefiles
from gcp2_app.services.invented.families import household_id
from gcp2_app.services.invented.filling import fill
from gcp2_app.services.session import Session
from tests.stores import make_session

CHILDREN = 40


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """A practice store with invented families, closed; only read here."""
    session = make_session(tmp_path_factory.mktemp("filled") / "store")
    fill(session, CHILDREN, tell=lambda _: None)
    return session


def _exported(session: Session) -> bytes:
    """Return the whole store as a case file, its first user under one name."""
    whole = b"".join(casefiles.export(session, recipient="", reason="test"))
    return whole.replace(session.professional.id.encode(), b"owner")


def test_the_same_number_on_the_same_day_gives_the_same_families(filled: Session, tmp_path: Path) -> None:
    with (again := make_session(tmp_path / "store")).store:
        fill(again, CHILDREN, tell=lambda _: None)
        assert _exported(again) == _exported(filled)


def test_everything_in_them_is_what_a_case_file_may_hold(filled: Session, tmp_path: Path) -> None:
    (file := tmp_path / "invented.json").write_bytes(_exported(filled))
    with (other := make_session(tmp_path / "store")).store:
        imported = casefiles.import_(other, file)
    assert not imported.revised
    assert imported.quarantined == ()
    assert imported.marks == ()
    assert imported.added["children"] == CHILDREN


def test_a_few_children_have_much_in_the_record_and_most_have_little(filled: Session) -> None:
    with filled.store.transaction() as tx:
        children = tuple(tx.children.all())
        entries = tuple(tx.entries.all())
        graded = Counter(each.child for each in tx.assessments.all())
    about = Counter(child for entry in entries for child in entry.children)
    counts = sorted(about.values())
    assert 50 * CHILDREN < len(entries) < 200 * CHILDREN
    assert counts[-1] > 10 * counts[len(counts) // 2]
    assert max(graded.values()) > 4
    assert {"visit", "referral", "admission", "appointment", "attendance", "meeting", "worker_contact", "measure"} <= {
        entry.kind for entry in entries
    }
    today = filled.today()
    assert all(entry.when is not None and (entry.when.last or today) <= today for entry in entries)
    assert all("Practice-" in child.family_name for child in children)
    assert any(child.expected_date is not None for child in children)


def test_what_was_begun_is_taken_up_where_it_stopped(tmp_path: Path) -> None:
    with (session := make_session(tmp_path / "store")).store as store:
        seen: list[int] = []

        def stop(number: int) -> None:
            seen.append(number)
            if number:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            fill(session, 200, tell=stop)
        with store.transaction() as tx:
            there = tx.children.count()
            assert there == seen[-1]
            assert 0 < there < 200
            lived = {member.who for home in tx.households.all() for member in home.members}
            assert all(child.id in lived or child.expected_date for child in tx.children.all())
        fill(session, there + 3, tell=seen.append)
        with store.transaction() as tx:
            assert tx.children.count() == seen[-1] == there + 3
            assert tx.households.find(household_id(0)) is not None


def test_a_store_for_real_children_takes_none(tmp_path: Path) -> None:
    with (session := make_session(tmp_path / "store", practice=False)).store as store:
        with pytest.raises(NotAllowed, match="real children"):
            fill(session, 5, tell=lambda _: None)
        with store.transaction() as tx:
            assert tx.children.count() == 0
