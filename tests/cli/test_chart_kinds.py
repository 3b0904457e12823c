"""``gcp2 chart`` beside the trend: each kind as picture and as a table, and as of an earlier day."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gcp2_app.cli.parser import make_parser
from gcp2_app.domain.charting import ChartKind
from tests.cli.running import REFUSED, Gcp2

CaseFile = Callable[..., Path]

CHILD = {"id": "c1", "given_names": "Zebedee", "date_of_birth": "2019-01-10"}


def graded(id_: str, first: str, last: str, grade: int) -> dict[str, Any]:
    return {
        "id": id_,
        "child": "c1",
        "carers": ["p1"],
        "window": {"from": first, "to": last},
        "state": "signed_off",
        "signed_off_on": last,
        "units": {"A4": {"state": "scored", "grade": grade}},
    }


def about(id_: str, kind: str, when: Any, known: str, **data: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "kind": kind,
        "children": ["c1"],
        "when": when,
        "known": known,
        "themes": ["physical"],
        "data": data,
    }


@pytest.fixture
def filled(gcp2: Gcp2, store: Path, case_file: CaseFile) -> Path:
    """A store with two assessments and some entries."""
    file = case_file(
        children=[CHILD],
        people=[{"id": "p1", "name": "Practice Mother"}],
        assessments=[graded("a1", "2025-01-06", "2025-01-26", 4), graded("a2", "2025-09-01", "2025-09-21", 5)],
        entries=[
            about("e1", "action", "2025-02-03", "2025-02-03", what="Cot mended", agreed_on="2025-02-03"),
            about("e2", "note", "2025-03-03", "2025-06-02"),
            about(
                "e3",
                "attendance",
                {"from": "2025-09-02", "to": "2025-10-24"},
                "2025-10-24",
                **{"from": "2025-09-02", "to": "2025-10-24", "possible": 70, "attended": 50},
            ),
        ],
    )
    assert "0 left out" in gcp2("import", store, file).err
    return store


@pytest.mark.parametrize("kind", [kind for kind in ChartKind if kind is not ChartKind.TREND])
def test_each_kind_is_a_picture_and_a_table(gcp2: Gcp2, filled: Path, tmp_path: Path, kind: ChartKind) -> None:
    out = tmp_path / f"{kind.value}.svg"
    ran = gcp2("chart", filled, "--child", "c1", "--kind", kind.value, "--out", out, "--json")
    assert ran.code == 0
    answer = json.loads(ran.out)
    assert (answer["kind"], len(answer["columns"])) == (kind.value, len(answer["rows"][0]["cells"]))
    assert "Zebedee" in answer["title"]
    assert answer["title"] in out.read_text(encoding="utf-8")


def test_the_command_knows_every_kind() -> None:
    for kind in ChartKind:
        assert make_parser().parse_args(["chart", "s", "--child", "c", "--kind", kind.value]).kind == kind.value


def test_an_earlier_day_is_asked_about(gcp2: Gcp2, filled: Path) -> None:
    def entries(*moment: str) -> set[str]:
        ran = gcp2("chart", filled, "--child", "c1", "--kind", "lanes", "--json", *moment)
        assert ran.code == 0
        return {row["entry"] for row in json.loads(ran.out)["rows"]}

    assert entries() == {"e1", "e2", "e3"}
    assert entries("--as-of", "2025-03-03") == {"e1", "e2"}
    assert entries("--as-of", "2025-03-02") == {"e1"}
    assert entries("--known-on", "2025-06-01") == {"e1"}
    assert entries("--as-of", "2025-03-03", "--known-on", "2025-06-02") == {"e1", "e2"}


def test_the_trend_too_is_asked_about_an_earlier_day(gcp2: Gcp2, filled: Path) -> None:
    def points(*moment: str) -> list[str]:
        ran = gcp2("chart", filled, "--child", "c1", "--kind", "trend", "--json", *moment)
        return [point["assessment"] for point in json.loads(ran.out)["series"][0]["points"]]

    assert points("--as-of", "2025-09-20") == ["a1"]
    assert points("--as-of", "2025-09-21") == points() == ["a1", "a2"]


def test_a_child_that_is_not_there_is_refused(gcp2: Gcp2, filled: Path) -> None:
    ran = gcp2("chart", filled, "--child", "nobody", "--kind", "units", "--json")
    assert (ran.code, ran.out) == (REFUSED, "")
