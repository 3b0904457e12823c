"""``gcp2 alerts``: one array on standard output, and nothing else there."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import REFUSED, WRONG_USAGE, Gcp2
from tests.stores import make_session

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


def test_a_wrong_dose_is_urgent_in_a_real_store_without_the_clinical_safety_approval(
    gcp2: Gcp2, tmp_path: Path, case_file: Callable[..., Path]
) -> None:
    real = tmp_path / "real"
    make_session(real, practice=False).store.close()
    shown = {"medicine": "e1", "person": "p1", "correct": False}
    entries = [
        {"id": "e1", "kind": "medicine", "children": ["c1"], "data": {"name": "Iron", "dose_as_prescribed": "as told"}},
        {"id": "e2", "kind": "teach_back", "children": ["c1"], "when": "2026-03-11", "data": shown},
    ]
    assert gcp2("import", real, case_file(people=[{"id": "p1"}], children=[CHILD], entries=entries)).code == 0
    for day, level in (("2026-03-10", []), ("2026-03-11", ["urgent"])):
        found = json.loads(gcp2("alerts", real, "--child", "c1", "--as-of", day).out)
        assert [each["level"] for each in found if each["rule"] == "LP5.not_yet_right"] == level


@pytest.mark.parametrize("option", ["--as-of", "--known-on"])
@pytest.mark.parametrize(
    ("day", "code"), [("1899-12-31", WRONG_USAGE), ("1900-01-01", 0), ("2199-12-31", 0), ("2200-01-01", WRONG_USAGE)]
)
def test_days_that_no_record_holds_are_wrong_usage(gcp2: Gcp2, filled: Path, option: str, day: str, code: int) -> None:
    ran = gcp2("alerts", filled, option, day)
    assert ran.code == code
    assert ("1900" in ran.err) == bool(code)


def test_what_began_on_a_day_that_is_not_known_is_not_said_to_have_begun_in_the_year_one(
    gcp2: Gcp2, store: Path, case_file: Callable[..., Path]
) -> None:
    undated = {"statuses": [{"status": "child_protection", "category": "neglect"}], "carers": [{"person": "p1"}]}
    medicine = {"id": "e1", "kind": "medicine", "children": ["c1"]}
    people = [{"id": "p1", "learning_need": {"state": "says_so"}}]
    data = {"name": "Salbutamol", "dose_as_prescribed": "as on the label"}
    file = case_file(people=people, children=[CHILD | undated], entries=[medicine | {"data": data}])
    assert gcp2("import", store, file).code == 0
    found = json.loads(gcp2("alerts", store, "--child", "c1", "--as-of", "2026-03-11").out)
    assert {"LP2.gap", "LP5.coordinator", "LP5.teach_back", "LP6.no_advocate"} <= {each["rule"] for each in found}
    assert {each["since"] for each in found} == {CHILD["date_of_birth"]}
    assert not [each["text"] for each in found if "January 1" in each["text"]]
