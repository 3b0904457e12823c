"""``gcp2 forms check``: what is wrong with a form, file, place and mend."""

import json
from pathlib import Path

import pytest

from gcp2_app.paths import data_folder
from tests.cli.running import REFUSED, WRONG_USAGE, Gcp2

PACK = data_folder("forms") / "graded-care" / "1.0.0.toml"


def test_every_form_of_the_program_is_right(gcp2: Gcp2) -> None:
    ran = gcp2("forms", "check", data_folder("forms"))
    assert (ran.code, ran.err) == (0, "")
    assert f"{PACK}: right" in ran.out.splitlines()
    assert all(line.endswith(": right") for line in ran.out.splitlines())


def test_a_pack_with_an_error_is_refused_with_file_place_and_mend(gcp2: Gcp2, tmp_path: Path) -> None:
    pack = tmp_path / "pack.toml"
    text = PACK.read_text(encoding="utf-8")
    assert "alert_from = 4" in text
    pack.write_text(text.replace("alert_from = 4", "alert_from = 9"), encoding="utf-8")
    ran = gcp2("forms", "check", pack)
    assert ran.code == REFUSED
    assert "pack.toml, thresholds.alert_from: 9 is not a grade of this pack. Use one of 1, 2, 3, 4, 5." in ran.err
    assert ran.out in f"{ran.err.removeprefix('gcp2: ')}"
    answers = tmp_path / "answers.json"
    answers.write_text('{"age_months": 40}', encoding="utf-8")
    assert "thresholds.alert_from" in gcp2("score", pack, answers).err


def test_several_errors_are_all_in_the_answer(gcp2: Gcp2, tmp_path: Path) -> None:
    pack = tmp_path / "pack.toml"
    text = PACK.read_text(encoding="utf-8").replace("alert_from = 4", "alert_from = 9")
    pack.write_text(text.replace("watch_from = 3", "watch_from = 8"), encoding="utf-8")
    ran = gcp2("forms", "check", pack, "--json")
    assert ran.code == REFUSED
    problems = json.loads(ran.out)["files"][0]["problems"]
    assert f"the first of {len(problems)} problems" in ran.err
    assert len(problems) >= 2
    assert gcp2("forms", "check", pack).out.splitlines() == problems


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "which form it is"),
        (b"x = \n", "line 1"),
        (b"\xff\xfe", "UTF-8"),
        (b'format = "gcp2-pack"', "format_version"),
        (b'format = "gcp2-pack"\nformat_version = 99', "format_version"),
        (b"x = " + b"[" * 100_000, "nested too deeply"),
        (b"x" * 3_000_000, "2 MiB"),
    ],
)
def test_a_hostile_file_is_refused(gcp2: Gcp2, tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "bad.toml").write_bytes(content)
    ran = gcp2("forms", "check", tmp_path / "bad.toml")
    assert ran.code == REFUSED
    assert "bad.toml" in ran.err
    assert said in ran.err


def test_what_is_not_there_is_refused(gcp2: Gcp2, tmp_path: Path) -> None:
    assert "no file or folder" in gcp2("forms", "check", tmp_path / "none").err
    assert "no form" in gcp2("forms", "check", tmp_path).err


@pytest.mark.parametrize("arguments", [("forms",), ("forms", "check"), ("forms", "mend", "x")])
def test_wrong_usage_says_how(gcp2: Gcp2, arguments: tuple[str, ...]) -> None:
    assert gcp2(*arguments).code == WRONG_USAGE
