"""``gcp2 score``: the roll-up without a store, as somebody outside the program uses it."""

import json
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import REFUSED, WRONG_USAGE, Gcp2

A1 = ("A1.a", "A1.b", "A1.c", "A1.d")


def score(gcp2: Gcp2, tmp_path: Path, text: str | bytes, *more: object, pack: object = "graded-care") -> Any:
    """Score a text and return what ran."""
    file = tmp_path / "answers.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return gcp2("score", pack, file, *more)


def document(units: dict[str, Any], age_months: int = 40) -> str:
    """Return a document of units."""
    return json.dumps({"age_months": age_months, "units": units})


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        ((2, 2, 2, 3), (2, "mode", 4, 4, False)),
        ((2, 2, 3, 3), (3, "tie", 4, 4, False)),
        ((1, 1, 2, 3), (1, "mode", 4, 4, False)),
        ((2, 2, 2, 4), (4, "override", 4, 4, False)),
        ((1, 1, 1, 5), (5, "override", 4, 4, False)),
        ((1, 2, 3, None), (3, "tie", 3, 4, True)),
        ((None, None, None, "declined"), (None, "none", 0, 4, True)),
    ],
)
def test_the_roll_up_is_that_of_the_specification(
    gcp2: Gcp2, tmp_path: Path, grades: tuple[Any, ...], expected: tuple[Any, ...]
) -> None:
    ran = score(gcp2, tmp_path, document(dict(zip(A1, grades, strict=True))))
    assert (ran.code, ran.err) == (0, "")
    answer = json.loads(ran.out)
    assert set(answer) == {"units", "subareas", "areas"}
    assert set(answer["areas"]) == {"A", "B", "C", "D"}
    subarea = answer["subareas"]["A1"]
    assert set(subarea) == {"grade", "reason", "scored", "of", "provisional", "thin"}
    assert tuple(subarea[key] for key in ("grade", "reason", "scored", "of", "provisional")) == expected


@pytest.mark.parametrize(("age", "units"), [(0, 29), (23, 29), (24, 32), (59, 32), (60, 32), (215, 32)])
def test_the_band_follows_the_age(gcp2: Gcp2, tmp_path: Path, age: int, units: int) -> None:
    assert json.loads(score(gcp2, tmp_path, document({}, age)).out)["units"] == units
    assert json.loads(score(gcp2, tmp_path, '{"units": {}}', "--age-months", age).out)["units"] == units


def test_the_age_of_the_command_fills_a_missing_one_only(gcp2: Gcp2, tmp_path: Path) -> None:
    assert json.loads(score(gcp2, tmp_path, document({}, 40), "--age-months", "3").out)["units"] == 32


def test_a_unit_that_may_not_apply_leaves_the_count(gcp2: Gcp2, tmp_path: Path) -> None:
    assert json.loads(score(gcp2, tmp_path, document({"A5.d": "not_applicable"})).out)["units"] == 31
    ran = score(gcp2, tmp_path, document({"A1.a": "not_applicable"}))
    assert (ran.code, ran.out) == (REFUSED, "")
    assert "A1.a" in ran.err


@pytest.mark.parametrize("grade", [0, 6, 2.5, 3.0, "3", True, False, -1, [], {}, [3], 10**30, "", "scored", "best"])
def test_what_is_no_grade_is_refused_and_named(gcp2: Gcp2, tmp_path: Path, grade: object) -> None:
    ran = score(gcp2, tmp_path, document({"A1.a": grade}))
    assert (ran.code, ran.out) == (REFUSED, "")
    assert "answers.json" in ran.err
    assert "A1.a" in ran.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is empty"),
        (" \n\r\n", "it is empty"),
        (b"\xef\xbb\xbf", "it is empty"),
        ("[]", "not an object"),
        ("3", "not an object"),
        ("nonsense", "not JSON"),
        ('{"units": {}}', "age_months"),
        ('{"age_months": "40"}', "age_months"),
        ('{"age_months": true}', "age_months"),
        ('{"age_months": 4.5}', "age_months"),
        ('{"age_months": -1}', "no age band"),
        ('{"age_months": 40, "units": []}', "units"),
        ('{"age_months": 40, "notes": 1}', "notes"),
        ('{"age_months": 40, "units": {"Z9": 1}}', "Z9"),
        ('{"age_months": 40, "units": {"D1": 1}}', "D1"),
        ('{"age_months": 40, "units": {"A1.a": 1, "A1.a": 2}}', "stands twice"),
        ('{"age_months": 40, "units": {"A1.a": NaN}}', "A1.a"),
        ('{"age_months": 40, "units": {"A1.a": ' + "9" * 5000 + "}}", "a number is too long"),
        ("[" * 100_000, "nested too deeply"),
        (b"\xff\xfe{}", "line 1: this is not UTF-8"),
        (b'{"age_months": 40}\n{"\xff": 1}', "line 2: this is not UTF-8"),
        ('{"age_months": 40} {"age_months": 41}', "one a line"),
        ('{"age_months": 40, "units": {"a\\nb\\u001b[31m\\ud800": 1}}', "is not a unit"),
    ],
)
def test_a_bad_file_is_refused_with_one_clear_line(gcp2: Gcp2, tmp_path: Path, text: str | bytes, said: str) -> None:
    ran = score(gcp2, tmp_path, text)
    assert (ran.code, ran.out) == (REFUSED, "")
    assert said in ran.err
    assert "\x1b" not in ran.err


def test_one_document_a_line_gives_one_answer_a_line(gcp2: Gcp2, tmp_path: Path) -> None:
    lines = [document({"A1.a": grade}) for grade in (1, 2, 3)]
    ran = score(gcp2, tmp_path, "\ufeff" + "\r\n".join([lines[0], "", *lines[1:]]) + "\r\n")
    assert [json.loads(line)["subareas"]["A1"]["grade"] for line in ran.out.splitlines()] == [1, 2, 3]


def test_an_error_on_a_later_line_leaves_no_half_answer(gcp2: Gcp2, tmp_path: Path) -> None:
    good = document({"A1.a": 2})
    ran = score(gcp2, tmp_path, f"{good}\n{good}\n{document({'A1.a': 9})}\n")
    assert (ran.code, ran.out) == (REFUSED, "")
    assert "answers.json, line 3: units.A1.a" in ran.err
    ran = score(gcp2, tmp_path, f"{good}\n{good}\n{{'A1'\n")
    assert "line 3: this is not JSON" in ran.err
    assert "line 1" not in ran.err


def test_standard_input_is_a_file_too(gcp2: Gcp2, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(document({"A4": 4}).encode())))
    assert json.loads(gcp2("score", "graded-care", "-", "--json").out)["areas"]["A"]["grade"] == 4
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"{")))
    assert "standard input" in gcp2("score", "graded-care", "-").err
    monkeypatch.setattr("sys.stdin", None)
    assert gcp2("score", "graded-care", "-").code == REFUSED


def test_the_pack_is_a_name_or_a_file(gcp2: Gcp2, tmp_path: Path) -> None:
    packs = Path(__file__).parents[1] / "data" / "packs"
    four = next(path for path in sorted(packs.rglob("*.toml")) if "[[grades]]" in path.read_text(encoding="utf-8"))
    assert score(gcp2, tmp_path, document({}), pack=four).code == 0
    for pack in ("no-such-pack", "../secrets", tmp_path, tmp_path / "nothing.toml", ""):
        assert score(gcp2, tmp_path, document({}), pack=pack).code == REFUSED


def test_a_file_that_cannot_be_read_is_refused(gcp2: Gcp2, tmp_path: Path) -> None:
    assert "no file" in gcp2("score", "graded-care", tmp_path / "none.json").err
    assert "cannot be read" in gcp2("score", "graded-care", tmp_path).err


@pytest.mark.parametrize("arguments", [(), ("graded-care",), ("graded-care", "-", "--age-months", "4.5")])
def test_wrong_usage_says_how(gcp2: Gcp2, arguments: tuple[str, ...]) -> None:
    assert gcp2("score", *arguments).code == WRONG_USAGE


def test_the_antenatal_pack_scores_before_and_after_birth(gcp2: Gcp2, tmp_path: Path) -> None:
    before = json.loads(score(gcp2, tmp_path, document({"P1.a": 2}, -3), pack="graded-care-antenatal").out)
    assert (before["units"], before["closed"]) == (6, ["R", "H"])
    worried = json.loads(score(gcp2, tmp_path, document({"P3": 4}, -3), pack="graded-care-antenatal").out)
    assert (worried["units"], worried["closed"], worried["areas"]["P"]["grade"]) == (12, ["H"], 4)
    after = json.loads(score(gcp2, tmp_path, document({"H1.a": 2}, 2), pack="graded-care-antenatal").out)
    assert (after["units"], after["closed"], list(after["areas"])) == (8, [], ["H"])
    ran = score(gcp2, tmp_path, document({}, 3), pack="graded-care-antenatal")
    assert (ran.code, "age of 3 months" in ran.err) == (REFUSED, True)
