"""Case files go in and come out the same; what cannot go in stays out with its reason."""

import json
from pathlib import Path
from typing import Any

import pytest

from gcp2_app.errors import BadFile, NotAllowed
from gcp2_app.services import casefiles, caseload, register, trends
from gcp2_app.services.caseload import CaseloadQuery
from gcp2_app.services.session import Session
from tests.stores import add_family, make_session


def _document() -> dict[str, Any]:
    return {
        "format": "gcp2-casefile",
        "version": 1,
        "professionals": [{"id": "w1", "name": "Practice Worker", "agency": "gp"}],
        "people": [{"id": "p1", "name": "Practice Parent"}],
        "households": [{"id": "h1", "members": [{"who": "c1"}, {"who": "c2"}, {"who": "p1"}]}],
        "children": [
            {
                "id": "c1",
                "given_names": "Robin",
                "family_name": "Practice-Oak",
                "date_of_birth": "2023-01-10",
                "carers": [{"person": "p1", "main": True}],
            },
            {"id": "c2", "given_names": "Sam", "family_name": "Practice-Oak", "date_of_birth": "2020-01-10"},
        ],
        "assessments": [
            {
                "id": "a1",
                "child": "c1",
                "carers": ["p1"],
                "window": {"from": "2026-01-05", "to": "2026-01-26"},
                "state": "signed_off",
                "signed_off_on": "2026-01-28",
                "units": {code: {"state": "scored", "grade": 3} for code in ("A1.a", "A1.b", "B2")},
            }
        ],
        "entries": [
            {
                "id": "e1",
                "kind": "meeting",
                "children": ["c1", "c2"],
                "relevance": {"c1": "high", "c2": "low"},
                "when": "2026-02-01",
                "what": "Seen.",
                "data": {"type": "icpc", "decisions_per_child": {"c1": "plan", "c2": "none"}},
            },
            {"id": "e2", "kind": "visit", "children": ["c2"], "when": {"about": "2026"}, "data": {"mode": "home"}},
        ],
    }


def _write(folder: Path, document: Any) -> Path:
    path = folder / "case.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    return path


def _exported(session: Session, child: str | None = None) -> bytes:
    return b"".join(casefiles.export(session, child, recipient="", reason="test"))


def test_what_goes_in_comes_out_and_goes_in_again(session: Session, tmp_path: Path) -> None:
    done = casefiles.import_(session, _write(tmp_path, _document()))
    assert sum(done.added.values()) == 8
    assert (done.quarantined, dict(done.revised)) == ((), {})
    first = _exported(session)
    again = casefiles.import_(session, _write(tmp_path, first.decode()))
    assert (dict(again.added), dict(again.revised)) == ({}, {})
    with make_session(tmp_path / "other").store as store:
        other = Session(store, session.user, session.professional)
        casefiles.import_(other, _write(tmp_path, first.decode()))
        assert _exported(other) == first


def test_grades_that_came_in_show_in_the_caseload_and_the_trend(session: Session, tmp_path: Path) -> None:
    casefiles.import_(session, _write(tmp_path, _document()))
    row = caseload.page(session, CaseloadQuery(text="robin")).rows[0]
    assert (row.assessment, row.areas[0].grade, row.areas[0].thin) == ("a1", 3, True)
    points = [point for series in trends.trend(session, "c1").series for point in series.points]
    assert [point.grade for point in points] == [3, 3, None, None]


def test_a_changed_entry_is_the_next_revision(session: Session, tmp_path: Path) -> None:
    document = _document()
    casefiles.import_(session, _write(tmp_path, document))
    document["entries"][0]["what"] = "Seen and well."
    done = casefiles.import_(session, _write(tmp_path, document))
    assert dict(done.revised) == {"entries": 1}
    with session.store.transaction() as tx:
        assert tx.entries.get("e1").revision == 2
        assert tx.entries.revisions("e1")[0].value.what == "Seen."


def test_a_bad_record_stays_out_with_those_that_point_at_it(session: Session, tmp_path: Path) -> None:
    document = _document()
    document["children"][0]["colour"] = "blue"
    done = casefiles.import_(session, _write(tmp_path, document))
    assert {record.id for record in done.quarantined} == {"c1", "a1", "e1", "h1"}
    assert caseload.page(session, CaseloadQuery()).total == 1


def test_units_of_two_bands_together_stay_out(session: Session, tmp_path: Path) -> None:
    document = _document()
    document["assessments"][0]["units"] = {code: {"state": "scored", "grade": 2} for code in ("D1", "D1.ii")}
    done = casefiles.import_(session, _write(tmp_path, document))
    assert [record.id for record in done.quarantined] == ["a1"]


@pytest.mark.parametrize(
    "document",
    [
        "{",
        {"format": "gcp2-casefile", "version": 2},
        {**_document(), "colour": "blue"},
        {"format": "gcp2-casefile", "version": 1, "children": [{"id": "c1", "colour": "blue"}]},
    ],
)
def test_a_file_that_is_refused_leaves_the_store_as_it_was(session: Session, tmp_path: Path, document: Any) -> None:
    before = _exported(session)
    with pytest.raises(BadFile):
        casefiles.import_(session, _write(tmp_path, document))
    assert _exported(session) == before


def test_one_childs_file_names_no_other_child(session: Session, tmp_path: Path) -> None:
    casefiles.import_(session, _write(tmp_path, _document()))
    text = _exported(session, "c1").decode()
    document = json.loads(text)
    assert [child["id"] for child in document["children"]] == ["c1"]
    assert [entry["id"] for entry in document["entries"]] == ["e1"]
    assert "c2" not in text
    with make_session(tmp_path / "other").store as store:
        done = casefiles.import_(Session(store, session.user, session.professional), _write(tmp_path, text))
        assert done.quarantined == ()


def test_only_ids_and_references_are_required(session: Session, tmp_path: Path) -> None:
    document = {
        "format": "gcp2-casefile",
        "version": 1,
        "professionals": [{"id": "w1"}],
        "people": [{"id": "p1"}],
        "households": [{"id": "h1"}],
        "children": [
            {
                "id": "c1",
                "carers": [{"person": "p1"}],
                "statuses": [{"status": "child_in_need"}],
                "allocated": [{"professional": "w1"}],
            }
        ],
        "assessments": [{"id": "a1", "child": "c1"}],
        "entries": [{"id": "e1", "kind": "note", "children": ["c1"]}],
    }
    done = casefiles.import_(session, _write(tmp_path, document))
    assert done.quarantined == ()
    (row,) = caseload.page(session, CaseloadQuery()).rows
    assert [status.from_ for status in row.statuses] == [None]
    assert register.child(session, "c1").child.allocated[0].from_ is None


def test_the_practice_family_goes_only_into_an_empty_practice_store(session: Session, tmp_path: Path) -> None:
    done = casefiles.load_practice_family(session)
    assert done.quarantined == ()
    assert caseload.page(session, CaseloadQuery()).total == 5
    with session.store.transaction() as tx:
        last = max(entry.when.last for entry in tx.entries.all() if entry.when and entry.when.last)
    assert 0 <= (session.today() - last).days < 7
    with pytest.raises(NotAllowed, match="already"):
        casefiles.load_practice_family(session)
    with make_session(tmp_path / "real", practice=False).store as store:
        real = Session(store, session.user, session.professional)
        with pytest.raises(NotAllowed, match="real children"):
            casefiles.load_practice_family(real)


def test_a_child_added_here_is_exported_with_its_worker(session: Session) -> None:
    child, _ = add_family(session)
    document = json.loads(_exported(session))
    assert [each["id"] for each in document["professionals"]] == [session.professional.id]
    assert register.child(session, child.id).child.id == document["children"][0]["id"]
