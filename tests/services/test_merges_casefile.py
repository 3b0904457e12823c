"""Merges in case files: out and in again the same, and what names the merged record goes to the one that stands."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gcp2_app.domain.child_merges import apart
from gcp2_app.domain.merge_cautions import Caution
from gcp2_app.domain.users import Role
from gcp2_app.services import casefiles, child_merges, entries, exchanges
from gcp2_app.services.second_person import SecondPerson
from gcp2_app.services.session import Session
from tests.services.twice import Twice, one_child_twice
from tests.stores import PASSPHRASE, Clock, add_user, as_user, make_session


@pytest.fixture
def twice(session: Session, supervisor: Session) -> Twice:
    """One child recorded twice."""
    return one_child_twice(session, supervisor)


def _file(session: Session, child: str | None = None) -> bytes:
    return b"".join(casefiles.export(session, child, recipient="", reason="test"))


def _records(content: bytes) -> dict[str, dict[str, dict[str, Any]]]:
    file = json.loads(content)
    return {key: {each["id"]: each for each in records} for key, records in file.items() if isinstance(records, list)}


def _merge(session: Session, twice: Twice) -> child_merges.ChildMerge:
    return child_merges.merge(session, twice.child.id, twice.other.id, reason="One.", sure=frozenset(Caution))


def _take_in(session: Session, folder: Path, content: bytes) -> casefiles.Imported:
    path = folder / "case.json"
    path.write_bytes(content)
    return casefiles.import_(session, path)


def test_out_and_in_and_out_is_the_same_and_can_be_undone_there(session: Session, twice: Twice, tmp_path: Path) -> None:
    before = _records(_file(session))
    made = _merge(session, twice)
    content = _file(session)
    assert list(_records(content)["merges"]) == [made.id]
    with (elsewhere := make_session(tmp_path / "elsewhere", clock=Clock())).store:
        done = _take_in(elsewhere, tmp_path, content)
        assert (done.quarantined, done.marks) == ((), ())
        assert _records(_file(elsewhere)) == _records(content)
        again = _take_in(elsewhere, tmp_path, content)
        assert (sum(again.added.values()), sum(again.revised.values())) == (0, 0)
        with elsewhere.store.transaction() as tx:
            found = tx.child_merges.get(made.id)
            kept, other = apart(found, tx.children.get(found.child))
        assert (kept, other) == (made.before, twice.other)
    child_merges.undo(
        session, made.id, reason="Twins.", second=SecondPerson(sign_in_name="manager", passphrase=PASSPHRASE)
    )
    assert _records(_file(session)) == before


def test_a_file_from_before_goes_to_the_record_that_stands(session: Session, twice: Twice, tmp_path: Path) -> None:
    old = _file(session)
    _merge(session, twice)
    merged = _records(_file(session))
    done = _take_in(session, tmp_path, old)
    assert (done.quarantined, sum(done.added.values()), sum(done.revised.values())) == ((), 0, 0)
    assert _records(_file(session)) == merged


def test_what_is_new_of_the_merged_record_goes_to_the_one_that_stands(
    session: Session, twice: Twice, tmp_path: Path
) -> None:
    file = json.loads(_file(session, twice.other.id))
    _merge(session, twice)
    other = next(each for each in file["children"] if each["id"] == twice.other.id)
    # The surgery of the merged record stands; its nursery does not.
    other |= {"gp": "Lake Surgery", "school": "Far School", "aliases": ["Bobby", "Rob"]}
    other["statuses"].append({"status": "pre_proceedings", "from": "2026-11-01"})
    file["entries"].append({**file["entries"][0], "id": "new", "children": [twice.other.id]})
    done = _take_in(session, tmp_path, json.dumps(file).encode())
    assert done.added == {"entries": 1}
    assert [mark.note.split("Left out: ")[1] for mark in done.marks] == ["school. Compare them."]
    with session.store.transaction() as tx:
        child = tx.children.get(twice.child.id)
        assert tx.entries.get("new").children == (child.id,)
    assert (child.gp, child.school, child.name) == ("Lake Surgery", "Hollow Lane Nursery", "Robin Practice-Oak")
    assert child.aliases == ("Bobby", "Robyn Oak", "Rob")
    assert [status.status.value for status in child.statuses] == ["child_protection", "pre_proceedings"]


def test_what_changed_in_the_record_that_stands_takes_nothing_of_the_merged_one_away(
    session: Session, twice: Twice, tmp_path: Path
) -> None:
    file = json.loads(_file(session))
    made = _merge(session, twice)
    child = next(each for each in file["children"] if each["id"] == twice.child.id)
    child |= {"language": "Welsh", "aliases": ["Rob"]}
    done = _take_in(session, tmp_path, json.dumps(file).encode())
    assert (done.quarantined, done.marks, done.revised) == ((), (), {"children": 1})
    with session.store.transaction() as tx:
        now = tx.children.get(twice.child.id)
    assert now == replace(made.after, language="Welsh", aliases=(*made.after.aliases, "Rob"))


def test_a_merged_record_of_another_child_stays_out(session: Session, twice: Twice, tmp_path: Path) -> None:
    file = json.loads(_file(session, twice.other.id))
    _merge(session, twice)
    file["children"][0] |= {"given_names": "Zeb", "date_of_birth": "2020-05-05"}
    done = _take_in(session, tmp_path, json.dumps({**file, "assessments": [], "entries": []}).encode())
    assert "another name and date of birth" in done.quarantined[0].reason


def test_a_draft_that_was_put_together_does_not_come_back(session: Session, twice: Twice, tmp_path: Path) -> None:
    file = json.loads(_file(session))
    _merge(session, twice)
    for draft in file["chronologies"]:
        if "frozen" not in draft and draft["child"] == twice.other.id:
            draft["analysis"] = "Written on elsewhere."
    done = _take_in(session, tmp_path, json.dumps(file).encode())
    assert [each.reason.split(" when")[0] for each in done.quarantined] == [
        "this draft was put together with another one here"
    ]


def test_a_file_never_merges_two_records_that_are_two_here(session: Session, twice: Twice, tmp_path: Path) -> None:
    made = _merge(session, twice)
    merged = _file(session)
    child_merges.undo(
        session, made.id, reason="Twins.", second=SecondPerson(sign_in_name="manager", passphrase=PASSPHRASE)
    )
    apart = _records(_file(session))
    done = _take_in(session, tmp_path, merged)
    reasons = {each.id: each.reason for each in done.quarantined}
    assert "two records here" in reasons[made.id]
    assert "two records here" in reasons[twice.child.id]
    now = _records(_file(session))
    assert now["children"] == apart["children"]
    assert {id_: each.get("children") for id_, each in now["entries"].items()} == {
        id_: each.get("children") for id_, each in apart["entries"].items()
    }


def test_one_childs_file_names_no_other_child(session: Session, twice: Twice, tmp_path: Path) -> None:
    _merge(session, twice)
    content = _file(session, twice.child.id)
    assert twice.sibling.id.encode() not in content
    assert twice.other.id.encode() in content
    with (elsewhere := make_session(tmp_path / "elsewhere", clock=Clock())).store:
        assert _take_in(elsewhere, tmp_path, content).quarantined == ()
        assert _records(_file(elsewhere, twice.child.id)) == _records(content)


def test_what_was_entered_in_error_leaves_the_merge_and_the_file(session: Session, twice: Twice) -> None:
    _merge(session, twice)
    assert b"Hungry." in _file(session)
    entries.enter_in_error(session, twice.both, reason="Another child.")
    assert b"Hungry." not in _file(session)


def test_a_colleagues_copy_of_the_merged_record_meets_the_one_that_stands(
    session: Session, twice: Twice, tmp_path: Path
) -> None:
    path = tmp_path / "sent.json"
    path.write_bytes(exchanges.export(session, twice.signed, recipient="B", reason="joint"))
    _merge(session, twice)
    preview = exchanges.preview(session, path)
    assert preview.child.id == twice.child.id
    assert not preview.changes


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"before": {"id": "x"}}, "before.id"),
        ({"after": {"gp_withheld_from": []}}, "after.gp_withheld_from"),
        ({"absorbed": {"restricted": True}}, "after.restricted"),
        ({"absorbed": {"id": "x" * 65}}, "absorbed.id"),
    ],
)
def test_a_merge_that_cannot_be_right_stays_out(
    session: Session, twice: Twice, tmp_path: Path, change: dict[str, dict[str, Any]], problem: str
) -> None:
    made = _merge(session, twice)
    file = json.loads(_file(session))
    for key, values in change.items():
        file["merges"][0][key] |= values
    with (elsewhere := make_session(tmp_path / "elsewhere", clock=Clock())).store:
        done = _take_in(elsewhere, tmp_path, json.dumps(file).encode())
    assert [(each.id, each.path.partition("]")[2].lstrip(".")) for each in done.quarantined] == [(made.id, problem)]


@pytest.mark.parametrize("change", ["one", "owner"])
def test_drafts_of_a_merge_are_of_both_records(session: Session, twice: Twice, tmp_path: Path, change: str) -> None:
    made = _merge(session, twice)
    file = json.loads(_file(session))
    drafts = file["merges"][0]["chronologies_before"]
    if change == "one":
        drafts.pop()
    else:
        drafts[0]["child"] = twice.sibling.id
    with (elsewhere := make_session(tmp_path / "elsewhere", clock=Clock())).store:
        done = _take_in(elsewhere, tmp_path, json.dumps(file).encode())
    assert [(each.id, each.path) for each in done.quarantined] == [(made.id, "merges[0].chronologies_before")]


def test_two_stores_that_merged_the_other_way_round_stay_each_as_it_is(
    session: Session, twice: Twice, tmp_path: Path
) -> None:
    apart_ = _file(session)
    _merge(session, twice)
    with (elsewhere := make_session(tmp_path / "elsewhere", clock=Clock())).store:
        _take_in(elsewhere, tmp_path, apart_)
        round_ = child_merges.merge(
            elsewhere_supervisor(elsewhere), twice.other.id, twice.child.id, reason="One.", sure=frozenset(Caution)
        )
        content = _file(elsewhere)
    before = _records(_file(session))
    done = _take_in(session, tmp_path, content)
    assert {each.id: each.reason for each in done.quarantined}[round_.id] == "these are one record here already."
    now = _records(_file(session))
    assert now["children"] == before["children"]
    assert set(now["entries"]) == set(before["entries"])
    with session.store.transaction() as tx:
        assert tx.entries.get(twice.visit).children == (twice.child.id, twice.sibling.id)


def elsewhere_supervisor(session: Session) -> Session:
    """Return a session that reaches every child of another store."""
    add_user(session, "manager", Role.SUPERVISOR)
    return as_user(session, "manager")
