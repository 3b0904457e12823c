"""An antenatal assessment beside the child's own: in and out, in the trend, and as a report."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf

from tests.cli.running import Gcp2
from tests.stores import make_session

CaseFile = Callable[..., Path]

CHILD = {"id": "c1", "given_names": "Wren", "date_of_birth": "2026-03-10", "expected_date": "2026-03-02"}
CARERS = [{"id": "p1", "name": "Practice Mother"}]
SCORED = {"state": "scored", "grade": 3}
BEFORE = {
    "id": "a1",
    "child": "c1",
    "carers": ["p1"],
    "pack": "graded-care-antenatal",
    "window": {"from": "2026-02-16", "to": "2026-03-15"},
    "state": "in_progress",
    "band": "before",
    "units": {"P1.a": SCORED, "H1.a": {"state": "scored", "grade": 2}},
    "openings": [
        {"area": "R", "because": "concern", "on": "2026-02-17"},
        {"area": "H", "because": "birth", "on": "2026-03-11"},
    ],
}
AFTER = {
    "id": "a2",
    "child": "c1",
    "carers": ["p1"],
    "window": {"from": "2026-06-15", "to": "2026-07-12"},
    "state": "in_progress",
    "units": {"A1.a": SCORED},
}


def family(case_file: CaseFile, *assessments: dict[str, Any]) -> Path:
    return case_file(children=[CHILD], people=CARERS, assessments=list(assessments))


def test_it_goes_out_and_comes_in_elsewhere_the_same(
    gcp2: Gcp2, store: Path, case_file: CaseFile, tmp_path: Path
) -> None:
    assert "0 left out, 0 marked" in gcp2("import", store, family(case_file, BEFORE, AFTER)).err
    first = gcp2("export", store).out
    kept = {each["id"]: each for each in json.loads(first)["assessments"]}
    assert [opening["area"] for opening in kept["a1"]["openings"]] == ["R", "H"]
    (tmp_path / "first.json").write_text(first, encoding="utf-8")
    make_session(tmp_path / "other", practice=False, name="jdoe").store.close()
    assert gcp2("import", tmp_path / "other", tmp_path / "first.json").code == 0
    assert gcp2("export", tmp_path / "other", "--recipient", "the other team", "--reason", "a move").out == first


def test_the_trend_has_the_sections_beside_the_areas(
    gcp2: Gcp2, store: Path, case_file: CaseFile, tmp_path: Path
) -> None:
    gcp2("import", store, family(case_file, BEFORE, AFTER))
    series = json.loads(gcp2("chart", store, "--child", "c1", "--kind", "trend", "--json").out)["series"]
    assert {each["area"]: [point["assessment"] for point in each["points"]] for each in series} == {
        "P": ["a1"],
        "R": ["a1"],
        "H": ["a1"],
        "A": ["a2"],
        "B": ["a2"],
        "C": ["a2"],
        "D": ["a2"],
    }
    picture = tmp_path / "trend.png"
    assert gcp2("chart", store, "--child", "c1", "--kind", "trend", "--out", picture).code == 0
    assert picture.stat().st_size > 10_000


def test_a_closed_section_has_no_line(gcp2: Gcp2, store: Path, case_file: CaseFile) -> None:
    gcp2("import", store, family(case_file, BEFORE | {"units": {"P1.a": SCORED | {"grade": 1}}, "openings": []}))
    series = json.loads(gcp2("chart", store, "--child", "c1", "--kind", "trend", "--json").out)["series"]
    assert [each["area"] for each in series] == ["P"]


def test_the_report_is_written(gcp2: Gcp2, store: Path, case_file: CaseFile, tmp_path: Path) -> None:
    gcp2("import", store, family(case_file, BEFORE))
    written = tmp_path / "report.pdf"
    ran = gcp2("report", store, "--child", "c1", "--kind", "assessment", "--out", written)
    assert ran.code == 0
    with pikepdf.open(written) as pdf:
        assert len(pdf.pages) >= 2
