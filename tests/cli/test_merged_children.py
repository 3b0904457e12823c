"""A record that was merged into another: every command says so, and where to look."""

import json
from pathlib import Path
from typing import Any

import pytest

from gcp2_app.services import child_merges, stores
from gcp2_app.services.child_merges import Caution
from tests.cli.running import REFUSED, Gcp2
from tests.stores import PASSPHRASE

_BOTH: dict[str, Any] = {
    "format": "gcp2-casefile",
    "version": 1,
    "children": [
        {"id": id_, "given_names": name, "family_name": "Practice-Oak", "date_of_birth": "2022-01-01"}
        | {"statuses": [{"status": "child_protection", "category": "neglect", "from": "2026-01-10"}]}
        for id_, name in (("c1", "Robin"), ("c2", "Robyn"))
    ],
    "entries": [
        {"id": f"e{number}", "kind": "referral", "children": [child], "when": day, "data": {"by_agency": "school"}}
        for number, (child, day) in enumerate(
            (("c1", "2026-03-01"), ("c1", "2026-05-01"), ("c2", "2026-07-01"), ("c2", "2026-09-01"))
        )
    ],
}


@pytest.fixture
def merged(gcp2: Gcp2, store: Path, tmp_path: Path) -> Path:
    """A store in which c2 was merged into c1."""
    file = tmp_path / "both.json"
    file.write_text(json.dumps(_BOTH))
    assert gcp2("import", store, file).code == 0
    session = stores.unlock(store, "asmith", PASSPHRASE)
    with session.store:
        child_merges.merge(session, "c1", "c2", reason="One child.", sure=frozenset(Caution))
    return store


@pytest.mark.parametrize(
    "command",
    [
        ("alerts", "--child", "c2"),
        ("export", "--child", "c2"),
        ("chart", "--child", "c2", "--kind", "types", "--json"),
        ("report", "--child", "c2", "--kind", "chronology", "--out", "x.pdf"),
    ],
)
def test_the_id_of_a_merged_record_leads_to_the_one_that_stands(
    gcp2: Gcp2, merged: Path, command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name, *rest = command
    ran = gcp2(name, merged, *rest)
    assert (ran.code, ran.out) == (REFUSED, "")
    assert "The record c2 was merged into the record c1: they are of the same child. Use c1." in ran.err


def test_the_rules_read_one_child_and_count_every_request(gcp2: Gcp2, merged: Path) -> None:
    ran = gcp2("alerts", merged, "--as-of", "2026-11-20", "--known-on", "2026-11-20")
    found = json.loads(ran.out)
    assert {alert["child"] for alert in found} <= {"c1", None}
    (in_year,) = (alert for alert in found if alert["rule"] == "LP9.three_in_year")
    assert in_year["entries"] == ["e0", "e1", "e2", "e3"]


def test_a_file_from_before_the_merge_changes_nothing(gcp2: Gcp2, merged: Path, tmp_path: Path) -> None:
    before = gcp2("export", merged).out
    again = gcp2("import", merged, tmp_path / "both.json", "--json")
    assert json.loads(again.out)["quarantined"] == []
    assert gcp2("export", merged).out == before
