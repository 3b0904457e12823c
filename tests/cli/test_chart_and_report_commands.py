"""``gcp2 chart`` and ``gcp2 report``: pictures, documents, and the series in the shape of the contract."""

import json
import os
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from gcp2_app.cli.parser import _READERS
from gcp2_app.domain.readers import Audience
from gcp2_app.services import stores
from tests.cli.running import REFUSED, WRONG_USAGE, Gcp2, Ran
from tests.reports.leaks import nothing_of, page_text
from tests.stores import PASSPHRASE, actions

CaseFile = Callable[..., Path]

CHILD = {"id": "c1", "given_names": "Zebedee", "date_of_birth": "2023-01-10"}
CARERS = [{"id": "p1", "name": "Practice Mother"}, {"id": "p2", "name": "Practice Father"}]
JANUARY = {"from": "2026-01-05", "to": "2026-01-26"}


def assessment(id_: str, **more: Any) -> dict[str, Any]:
    """Return an assessment by one carer, with one unit graded."""
    units = {"A1.a": {"state": "scored", "grade": 4}}
    return {"id": id_, "child": "c1", "carers": ["p1"], "window": JANUARY, "units": units, **more}


@pytest.fixture
def series(gcp2: Gcp2, store: Path, case_file: CaseFile) -> Callable[..., list[dict[str, Any]]]:
    """Import assessments of a child and return the series of the trend."""

    def of(*assessments: dict[str, Any], child: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        file = case_file(children=[child or CHILD], people=CARERS, assessments=list(assessments))
        assert "0 left out" in gcp2("import", store, file).err
        ran = gcp2("chart", store, "--child", "c1", "--kind", "trend", "--json")
        assert (ran.code, ran.err) == (0, "")
        answer: dict[str, Any] = json.loads(ran.out)
        assert set(answer) == {"series"}
        for each in answer["series"]:
            assert set(each) == {"area", "carers", "points"}
        found: list[dict[str, Any]] = answer["series"]
        return found

    return of


Series = Callable[..., list[dict[str, Any]]]


def test_the_series_have_the_shape_of_the_contract(series: Series) -> None:
    first = series(assessment("a1"))[0]
    assert first == {
        "area": "A",
        "carers": ["p1"],
        "points": [
            {
                "assessment": "a1",
                **JANUARY,
                "grade": 4,
                "provisional": True,
                "thin": False,
                "counts": {"3": 0, "4": 1, "5": 0, "unscored": 14},
            }
        ],
    }


def test_a_grade_that_rests_on_too_little_is_given_and_marked(series: Series) -> None:
    point = series(assessment("a1", units={"A1.a": {"state": "scored", "grade": 2}}))[0]["points"][0]
    assert (point["grade"], point["provisional"], point["thin"]) == (2, True, True)


def test_two_caregiving_units_are_two_series_an_area(series: Series) -> None:
    found = series(assessment("a1"), assessment("a2", carers=["p2"]), assessment("a3", state="signed_off"))
    assert [(each["area"], each["carers"]) for each in found] == [
        (area, carers) for area in "ABCD" for carers in (["p1"], ["p2"])
    ]
    assert [point["assessment"] for point in found[0]["points"]] == ["a1", "a3"]


@pytest.mark.parametrize(
    ("child", "changes"),
    [
        (CHILD, {"units": {}}),
        (CHILD, {"state": "draft"}),
        (CHILD, {"window": None}),
        (CHILD, {"window": None, "units": {}}),
        ({"id": "c1"}, {}),
        ({"id": "c1"}, {"units": {}}),
        ({"id": "c1"}, {"units": {"D1.i": {"state": "scored", "grade": 2}}}),
        ({"id": "c1", "expected_date": "2026-06-01"}, {"units": {}}),
        (CHILD, {"recorded_elsewhere": True, "units": {"A1": {"state": "scored", "grade": 3}}}),
        ({"id": "c1"}, {"recorded_elsewhere": True, "units": {}}),
    ],
)
def test_every_stored_assessment_has_a_point_in_every_area(
    series: Series, child: dict[str, Any], changes: dict[str, Any]
) -> None:
    found = series(assessment("a1", **changes), child=child)
    assert [(each["area"], [point["assessment"] for point in each["points"]]) for each in found] == [
        (area, ["a1"]) for area in "ABCD"
    ]
    if not changes.get("units", True):
        points = [point for each in found for point in each["points"]]
        assert all(point["grade"] is None and point["provisional"] and not point["thin"] for point in points)


def test_a_child_without_assessments_has_no_series(series: Series) -> None:
    assert series() == []


def test_points_stand_in_time(series: Series) -> None:
    starts = [date(2025, 3, 3) + timedelta(weeks=13 * order) for order in range(4)]
    windows = [{"from": str(first), "to": str(first + timedelta(days=27))} for first in starts]
    found = series(*(assessment(f"a{order}", window=windows[order]) for order in (2, 0, 3, 1)))
    assert [point["from"] for point in found[0]["points"]] == [str(first) for first in starts]


def test_the_chart_is_written_as_picture_or_drawing(
    gcp2: Gcp2, store: Path, case_file: CaseFile, tmp_path: Path
) -> None:
    gcp2("import", store, case_file(children=[CHILD], people=CARERS, assessments=[assessment("a1")]))
    for name in ("t.png", "T.PNG", "t.svg"):
        ran = gcp2("chart", store, "--child", "c1", "--kind", "trend", "--out", tmp_path / name)
        assert (ran.code, ran.out) == (0, "")
        assert name in ran.err
    with Image.open(BytesIO((tmp_path / "t.png").read_bytes())) as picture:
        assert picture.format == "PNG"
        assert min(picture.size) > 300
    assert "<svg" in (tmp_path / "t.svg").read_text(encoding="utf-8")
    if os.name == "posix":
        assert (tmp_path / "t.svg").stat().st_mode & 0o077 == 0
    both = gcp2("chart", store, "--child", "c1", "--kind", "trend", "--out", tmp_path / "b.png", "--json")
    assert json.loads(both.out)["series"]
    session = stores.unlock(store, "asmith", PASSPHRASE)
    with session.store:
        assert actions(session).count("chart exported") == 5


def test_the_report_is_a_pdf_of_the_assessment_asked_for(
    gcp2: Gcp2, store: Path, case_file: CaseFile, tmp_path: Path
) -> None:
    signed = {"state": "signed_off", "signed_off_on": "2026-01-28"}
    later = {"from": "2026-03-02", "to": "2026-03-23"}
    file = case_file(
        children=[CHILD], people=CARERS, assessments=[assessment("a1", **signed), assessment("a2", window=later)]
    )
    gcp2("import", store, file)
    out = tmp_path / "report.pdf"
    ran = gcp2("report", store, "--child", "c1", "--kind", "assessment", "--out", out, "--json")
    assert json.loads(ran.out) == {
        "kind": "assessment",
        "assessment": "a1",
        "out": str(out),
        "bytes": out.stat().st_size,
        "left_out": [],
    }
    with pikepdf.open(out) as pdf:
        assert "/StructTreeRoot" in pdf.Root
    chosen = ("--assessment", "a2", "--recipient", "The conference chair", "--reason", "conference")
    assert gcp2("report", store, "--child", "c1", "--kind", "assessment", "--out", out, *chosen).code == 0
    ran = gcp2("report", store, "--child", "c1", "--kind", "assessment", "--out", out, "--assessment", "none")
    assert ran.code == REFUSED


def test_an_assessment_of_another_child_is_not_this_childs_report(
    gcp2: Gcp2, store: Path, case_file: CaseFile, tmp_path: Path
) -> None:
    gcp2("import", store, case_file(children=[CHILD, {"id": "c2"}], people=CARERS, assessments=[assessment("a1")]))
    out = tmp_path / "r.pdf"
    ran = gcp2("report", store, "--child", "c2", "--kind", "assessment", "--assessment", "a1", "--out", out)
    assert ran.code == REFUSED
    assert not out.exists()
    assert "no assessment" in gcp2("report", store, "--child", "c2", "--kind", "assessment", "--out", out).err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("chart", "--child", "nobody", "--kind", "trend", "--json"), "not in the store"),
        (("chart", "--child", "", "--kind", "trend", "--json"), "not in the store"),
        (("chart", "--child", "c1", "--kind", "trend", "--out", "t.gif"), "neither PNG nor SVG"),
        (("chart", "--child", "c1", "--kind", "trend", "--out", "."), "neither PNG nor SVG"),
        (("chart", "--child", "c1", "--kind", "trend", "--out", "none/t.png"), "no folder"),
        (("chart", "--child", "c1", "--kind", "trend", "--out", "folder.png"), "cannot be written"),
        (("report", "--child", "c1", "--kind", "assessment", "--out", "r.doc"), "PDF"),
        (("report", "--child", "nobody", "--kind", "assessment", "--out", "r.pdf"), "not in the store"),
    ],
)
def test_what_cannot_be_drawn_or_written_is_refused(
    gcp2: Gcp2, store: Path, case_file: CaseFile, arguments: tuple[str, ...], said: str
) -> None:
    gcp2("import", store, case_file(children=[CHILD]))
    Path("folder.png").mkdir()
    ran = gcp2(arguments[0], store, *arguments[1:])
    assert (ran.code, ran.out) == (REFUSED, "")
    assert said in ran.err
    assert not list(Path().glob(".*.new"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("chart", "s", "--child", "c1", "--kind", "trend"),
        ("chart", "s", "--kind", "trend", "--json"),
        ("chart", "s", "--child", "c1", "--json"),
        ("chart", "s", "--child", "c1", "--kind", "pie", "--json"),
        ("report", "s", "--child", "c1", "--kind", "assessment"),
        ("report", "s", "--child", "c1", "--kind", "poem", "--out", "r.pdf"),
    ],
)
def test_wrong_usage_says_how(gcp2: Gcp2, arguments: tuple[str, ...]) -> None:
    assert gcp2(*arguments).code == WRONG_USAGE


NOTE = {"id": "e1", "kind": "event", "children": ["c1"], "when": "2026-02-01", "data": {"type": "other"}}


def test_a_report_is_redacted_and_locked_and_lists_what_it_leaves_out(
    gcp2: Gcp2, store: Path, case_file: CaseFile, tmp_path: Path
) -> None:
    secret = {**NOTE, "id": "e2", "what": "Zanzibar.", "harm_if_disclosed": True}
    gcp2("import", store, case_file(children=[CHILD], people=CARERS, entries=[{**NOTE, "what": "Seen."}, secret]))
    key = tmp_path / "key.txt"
    key.write_text("open sesame\n", encoding="utf-8")
    out = tmp_path / "r.pdf"
    report = ("report", store, "--child", "c1", "--kind", "cumulative", "--out", out)
    ran = gcp2(*report, "--redact-for", "parent", "--password-file", key, "--json")
    losses = json.loads(ran.out)["left_out"]
    assert {"where": "History", "what": "entry", "why": "harm_if_disclosed", "times": 1} in losses
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(out)
    nothing_of(out.read_bytes(), ["Zanzibar"], password="open sesame")
    assert "Seen." in page_text(out.read_bytes(), password="open sesame")
    assert "Zanzibar" in page_text(_report_of(gcp2(*report), out))
    nothing_of(_report_of(gcp2(*report, "--known-on", "2026-01-01"), out), ["Zanzibar", "Seen."])
    assert "Left out of this copy" in gcp2(*report, "--redact-for", "parent").err


def test_a_report_begins_on_a_day_where_that_makes_sense(
    gcp2: Gcp2, store: Path, case_file: CaseFile, tmp_path: Path
) -> None:
    later = {**NOTE, "id": "e2", "when": "2026-03-02", "what": "Marigold."}
    gcp2("import", store, case_file(children=[CHILD], people=CARERS, entries=[{**NOTE, "what": "Seen."}, later]))
    out = tmp_path / "r.pdf"
    for kind in ("chronology", "cumulative"):
        report = ("report", store, "--child", "c1", "--kind", kind, "--out", out)
        written = _report_of(gcp2(*report, "--since", "2026-03-01"), out)
        assert "Marigold." in page_text(written)
        nothing_of(written, ["Seen."])
    out.unlink()
    refused = (
        (("assessment", "--since", "2026-03-01"), "does not begin on a chosen day"),
        (("chronology", "--since", "2026-03-01", "--as-of", "2026-02-01"), "lies after the day"),
    )
    for more, said in refused:
        ran = gcp2("report", store, "--child", "c1", "--out", out, "--kind", *more)
        assert (ran.code, said in ran.err) == (REFUSED, True)
    wrong = ("report", store, "--child", "c1", "--kind", "chronology", "--out", out, "--since", "whenever")
    assert gcp2(*wrong).code == WRONG_USAGE
    assert not out.exists()


def test_a_report_about_the_whole_store_is_written_without_a_child(gcp2: Gcp2, store: Path, tmp_path: Path) -> None:
    out = tmp_path / "r.pdf"
    report = ("report", store, "--kind", "team_learning", "--out", out)
    assert "Team learning report" in page_text(_report_of(gcp2(*report), out))
    assert gcp2(*report, "--child", "c1").code == WRONG_USAGE


def _report_of(ran: Ran, out: Path) -> bytes:
    assert ran.code == 0
    return out.read_bytes()


def test_a_report_for_somebody_it_is_not_made_for_is_refused_and_nothing_is_written(
    gcp2: Gcp2, store: Path, case_file: CaseFile, tmp_path: Path
) -> None:
    gcp2("import", store, case_file(children=[CHILD], people=CARERS, entries=[NOTE]))
    out = tmp_path / "r.pdf"
    report = ("report", store, "--out", out, "--child", "c1", "--kind")
    for more in (("chronology_court", "--redact-for", "parent"), ("cumulative", "--redact-for", "nobody")):
        ran = gcp2(*report, *more)
        assert (ran.code, len(ran.err.splitlines())) == (REFUSED, 1)
    assert gcp2(*report, "horoscope").code == WRONG_USAGE
    assert gcp2(*report, "cumulative", "--entry", "e1", "--assessment", "a1").code == WRONG_USAGE
    assert gcp2("report", store, "--kind", "cumulative", "--out", out).code == WRONG_USAGE
    assert not out.exists()
    assert "chronology_family" in gcp2("report", "--help").out


def test_the_readers_of_the_command_line_are_the_presets() -> None:
    assert tuple(each.value for each in Audience) == _READERS
