"""``gcp2 score``: the stateless roll-up, in and out exactly as the case-file format says."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.errors import BadFile, InvalidValue
from gcp2_app.exchange.score import score_document, score_text
from tests.domain.packs import make_four_grade_pack, make_gated_pack, make_pack

PACK = make_pack()
FOUR = make_four_grade_pack()


def test_the_answer_has_the_keys_of_the_format() -> None:
    units = {"A1.a": 3, "A1.b": 3, "A1.c": 3, "A1.d": 2, "A5.d": "not_applicable", "A2.a": None}
    answer = score_document(PACK, {"age_months": 40, "units": units})
    assert answer["units"] == 31
    assert list(answer) == ["units", "subareas", "areas"]
    assert answer["subareas"]["A1"] == {
        "grade": 3,
        "reason": "mode",
        "scored": 4,
        "of": 4,
        "provisional": False,
        "thin": False,
    }
    assert answer["subareas"]["A2"] == {
        "grade": None,
        "reason": "none",
        "scored": 0,
        "of": 3,
        "provisional": True,
        "thin": False,
    }
    assert answer["areas"]["A"] == {
        "grade": 3,
        "reason": "mode",
        "scored": 1,
        "of": 5,
        "provisional": True,
        "thin": True,
    }
    assert list(answer["subareas"]) == list(PACK.subareas)
    assert list(answer["areas"]) == ["A", "B", "C", "D"]
    assert json.loads(json.dumps(answer)) == answer


@pytest.mark.parametrize(("age_months", "units"), [(0, 29), (23, 29), (24, 32), (60, 32)])
def test_the_age_decides_the_units(age_months: int, units: int) -> None:
    assert score_document(PACK, {"age_months": age_months})["units"] == units
    assert score_document(PACK, {"units": {}}, age_months)["units"] == units


def test_the_documents_own_age_goes_first() -> None:
    assert score_document(PACK, {"age_months": 40, "units": {"D1.i": 2}}, 3)["units"] == 32
    assert score_document(PACK, {"age_months": None, "units": None}, 3)["units"] == 29


@pytest.mark.parametrize("state", ["not_observed", "declined", "not_started"])
def test_a_state_without_a_grade_leaves_the_result_provisional(state: str) -> None:
    document = {"age_months": 40, "units": {"C2.a": 2, "C2.b": state}}
    answer = score_document(PACK, document)["subareas"]["C2"]
    assert (answer["grade"], answer["scored"], answer["of"], answer["provisional"]) == (2, 1, 2, True)


def test_a_four_grade_pack_scores() -> None:
    units = {"P1.a": 5, "P1.b": 15, "P2": 10, "Q1.a": 20, "Q1.b": "not_applicable"}
    answer = score_document(FOUR, {"age_months": 40, "units": units})
    assert answer["subareas"]["P1"]["reason"] == "override"
    assert (answer["areas"]["Q"]["grade"], answer["units"]) == (20, 5)


@pytest.mark.parametrize("value", [0, 6, 2.5, 3.0, True, False, "3", "scored", "", "poor", [3], {"grade": 3}])
def test_a_value_that_is_no_grade_or_state_is_refused_by_the_units_name(value: Any) -> None:
    with pytest.raises(InvalidValue, match=r"units\.A1\.a") as refused:
        score_document(PACK, {"age_months": 40, "units": {"A1.a": value}})
    assert refused.value.mend


@pytest.mark.parametrize(
    ("document", "why"),
    [
        ({"age_months": 40, "units": {"Z9": 3}}, "Z9"),
        ({"age_months": 40, "units": {"D1": 3}}, "“D1”"),
        ({"age_months": 3, "units": {"D1.i": 3}}, r"D1\.i"),
        ({"age_months": 40, "units": {"A1": 3}}, "“A1”"),
        ({"age_months": 40, "units": {"A1.a": "not_applicable"}}, r"A1\.a"),
        ({"age_months": 40, "units": {}, "unit": {}}, "“unit” is not a key"),
        ({"age_months": 40, "units": [3]}, "units"),
        ({"units": {}}, "age"),
        ({"age_months": 2.5, "units": {}}, "age_months"),
        ({"age_months": "40", "units": {}}, "age_months"),
        ({"age_months": True, "units": {}}, "age_months"),
        ({"age_months": -1, "units": {}}, "age"),
        ([], "object"),
        (None, "object"),
        ("A1.a", "object"),
    ],
)
def test_a_document_that_cannot_be_scored_is_refused_with_its_place(document: Any, why: str) -> None:
    with pytest.raises(InvalidValue, match=why):
        score_document(PACK, document)


def _text(text: str, age_months: int | None = None) -> list[dict[str, Any]]:
    return list(score_text(PACK, text, file="family.json", age_months=age_months))


def test_a_text_holds_one_document_or_one_a_line() -> None:
    one = '{"age_months": 40,\n "units": {"A4": 3}}\n'
    assert [answer["subareas"]["A4"]["grade"] for answer in _text(one)] == [3]
    lines = '{"age_months": 40, "units": {"A4": 3}}\n\n{"units": {"A4": 2}}\r\n{"units": {}}'
    assert [answer["subareas"]["A4"]["grade"] for answer in _text(lines, 30)] == [3, 2, None]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "family.json: this is not JSON"),
        ("units", "family.json: this is not JSON"),
        ('{"age_months": 40,\n "units": {]}\n', "line 2, column"),
        ('{"age_months": 40}\n{"age_months": 40\n', "family.json, line 2: this is not JSON"),
        ('{"age_months": 40}\n{"age_months": 40, "units": {"A4": 6}}', r"family.json, line 2: units\.A4"),
        ('{"age_months": 40, "units": {"A4": 6}}', r"family.json: units\.A4"),
        ('{"age_months": 40, "units": {"A4": 5, "A4": 1}}', "a key stands twice"),
        ('{"age_months": NaN}', "age_months"),
        ("[" * 100_000, "nested too deeply"),
        ('{"age_months": ' + "9" * 5000 + "}", "family.json: this cannot be read"),
    ],
    ids=range(10),
)
def test_a_text_that_cannot_be_scored_is_refused_with_its_line(text: str, place: str) -> None:
    with pytest.raises(BadFile, match=place):
        _text(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["age_months", "units", "x"]), JSON), st.none() | st.integers(0, 300))
def test_any_document_is_scored_or_refused_in_words(document: dict[str, Any], age_months: int | None) -> None:
    try:
        answer = score_document(PACK, document, age_months)
    except InvalidValue:
        return
    assert answer["units"] in {29, 32}


def test_sections_that_wait_are_named_and_left_out() -> None:
    pack = make_gated_pack()
    answer = score_document(pack, {"age_months": -2, "units": {"P1.a": 2}})
    assert list(answer) == ["units", "subareas", "areas", "closed"]
    assert (answer["units"], list(answer["areas"]), answer["closed"]) == (3, ["P"], ["R", "H"])
    assert score_document(pack, {"age_months": -2, "units": {"P1.a": 3}})["closed"] == ["H"]
    both = score_document(pack, {"age_months": -2, "opened": ["R", "H"]})
    assert (both["units"], both["closed"]) == (9, [])
    assert score_document(pack, {"age_months": 1})["closed"] == []


@pytest.mark.parametrize("opened", ["R", ["P"], [["R"]], [None], {"R": True}])
def test_only_sections_that_wait_can_be_opened(opened: object) -> None:
    with pytest.raises(InvalidValue, match="opened") as refused:
        score_document(make_gated_pack(), {"age_months": -2, "opened": opened})
    assert refused.value.mend == "Use a list of H, R."


def test_a_pack_without_gates_has_nothing_to_open() -> None:
    with pytest.raises(InvalidValue, match="opened") as refused:
        score_document(PACK, {"age_months": 40, "opened": ["A"]})
    assert "leave the key out" in refused.value.mend
    assert "closed" not in score_document(PACK, {"age_months": 40, "opened": []})
