"""``gcp2 alerts``: one array on standard output, and nothing else there."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import REFUSED, WRONG_USAGE, Gcp2

CHILD = {"id": "c1", "given_names": "Practice", "family_name": "Oak", "date_of_birth": "2019-03-04"}


def request(id_: str, on: str, **more: str) -> dict[str, object]:
    return {"id": id_, "kind": "referral", "children": ["c1"], "when": on, "data": {"by_agency": "school"}, **more}


@pytest.fixture
def filled(gcp2: Gcp2, store: Path, case_file: Callable[..., Path]) -> Path:
    entries = [
        request("e1", "2026-01-01"),
        request("e2", "2026-01-20", known="2026-03-01"),
        request("e3", "2026-02-01"),
    ]
    gcp2("import", store, case_file(children=[CHILD], entries=entries))
    return store


def test_the_answer_has_the_keys_of_the_contract(gcp2: Gcp2, filled: Path) -> None:
    ran = gcp2("alerts", filled, "--child", "c1", "--as-of", "2026-02-01")
    found = {each["rule"]: each for each in json.loads(ran.out)}
    three = found["LP9.three_in_year"]
    assert three.keys() == {"rule", "row", "level", "child", "since", "text", "entries", "next", "set_aside"}
    assert three["row"] == "LP9"
    assert three["level"] == "act"
    assert three["child"] == "c1"
    assert three["since"] == "2026-02-01"
    assert three["entries"] == ["e1", "e2", "e3"]
    assert three["set_aside"] is None


def test_an_alert_about_a_person_has_the_same_keys_and_says_whose_it_is(gcp2: Gcp2, filled: Path) -> None:
    found = [each for each in json.loads(gcp2("alerts", filled).out) if each["child"] is None]
    assert [each["rule"] for each in found] == ["LP10.training"]
    assert found[0].keys() == {"rule", "row", "level", "child", "since", "text", "entries", "next", "set_aside"}
    assert found[0]["text"].startswith("Practice Alex Smith: No training")


def test_what_was_not_known_yet_is_left_out(gcp2: Gcp2, filled: Path) -> None:
    ran = gcp2("alerts", filled, "--as-of", "2026-02-05", "--known-on", "2026-02-05", "--json")
    assert "LP9.three_in_year" not in {each["rule"] for each in json.loads(ran.out)}


def test_a_child_who_is_not_there_and_a_day_that_is_none_are_refused(gcp2: Gcp2, filled: Path) -> None:
    refused = gcp2("alerts", filled, "--child", "c9")
    assert refused.code == REFUSED
    assert refused.out == ""
    wrong = gcp2("alerts", filled, "--as-of", "soon")
    assert wrong.code == WRONG_USAGE
    assert "2026-03-14" in wrong.err
