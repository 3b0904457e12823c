"""``gcp2 report`` as a stranger meets it: what it writes by the ending, and what it refuses before anything is read."""

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from gcp2_app.domain.users import Role
from gcp2_app.services import stores
from tests.cli.running import REFUSED, WRONG_USAGE, Gcp2
from tests.stores import PASSPHRASE, actions, add_user

CaseFile = Callable[..., Path]
CHILD = {"id": "c1", "given_names": "Zebedee", "date_of_birth": "2023-01-10"}
NOTE = {
    "id": "e1",
    "kind": "event",
    "children": ["c1"],
    "when": "2026-02-01",
    "what": "Seen.",
    "data": {"type": "other"},
}


@pytest.fixture
def folder(gcp2: Gcp2, store: Path, case_file: CaseFile) -> Path:
    """A store with one child and one entry."""
    gcp2("import", store, case_file(children=[CHILD], entries=[NOTE]))
    return store


@pytest.fixture
def trail(folder: Path) -> Callable[[], list[str]]:
    """What the audit trail says of reports, newest first."""

    def read() -> list[str]:
        session = stores.unlock(folder, "asmith", PASSPHRASE)
        with session.store:
            return [each for each in actions(session) if each.startswith("report")]

    return read


def test_words_leave_as_plain_text(gcp2: Gcp2, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "r.TXT"
    ran = gcp2("report", folder, "--child", "c1", "--kind", "cumulative", "--recipient", "Ms Pole", "--out", out)
    assert ran.code == 0
    text = out.read_text(encoding="utf-8")
    assert "This copy is for Ms Pole" in text
    assert "Seen." in text
    if os.name == "posix":
        assert out.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("kind", ["chronology", "chronology_family", "chronology_court"])
def test_a_chronology_leaves_as_a_table(gcp2: Gcp2, folder: Path, tmp_path: Path, kind: str) -> None:
    report = ("report", folder, "--child", "c1", "--kind", kind, "--out")
    assert gcp2(*report, tmp_path / "r.csv").code == 0
    rows = list(csv.reader(io.StringIO((tmp_path / "r.csv").read_text(encoding="utf-8-sig"))))
    assert any("Seen." in cell for row in rows for cell in row)
    assert gcp2(*report, tmp_path / "r.xlsx").code == 0
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").active
    assert sheet is not None
    assert any("Seen." in str(cell.value) for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_no_table_is_refused_as_one_and_the_trail_says_nothing_left(
    gcp2: Gcp2, folder: Path, tmp_path: Path, trail: Callable[[], list[str]], ending: str
) -> None:
    out = tmp_path / f"r.{ending}"
    ran = gcp2("report", folder, "--child", "c1", "--kind", "cumulative", "--out", out)
    assert ran.code == REFUSED
    assert "not a table" in ran.err
    assert "Chronology for court" in ran.err
    assert not out.exists()
    assert trail() == []


def test_another_ending_is_refused_with_those_there_are(gcp2: Gcp2, folder: Path, tmp_path: Path) -> None:
    for name in ("r.doc", "r", ".pdf"):
        ran = gcp2("report", folder, "--child", "c1", "--kind", "cumulative", "--out", tmp_path / name)
        assert ran.code == REFUSED
        assert all(ending in ran.err for ending in (".pdf", ".txt", ".csv", ".xlsx"))


@pytest.mark.parametrize("ending", ["txt", "csv", "xlsx"])
def test_a_password_is_for_a_pdf(gcp2: Gcp2, folder: Path, tmp_path: Path, ending: str) -> None:
    key = tmp_path / "key.txt"
    key.write_text("open sesame\n", encoding="utf-8")
    report = ("report", folder, "--child", "c1", "--kind", "chronology", "--out", tmp_path / f"r.{ending}")
    ran = gcp2(*report, "--password-file", key)
    assert ran.code == WRONG_USAGE
    assert "only a PDF" in ran.err
    assert not (tmp_path / f"r.{ending}").exists()


def test_a_missing_folder_is_said_before_anything_is_read(
    gcp2: Gcp2, folder: Path, tmp_path: Path, trail: Callable[[], list[str]]
) -> None:
    ran = gcp2("report", folder, "--child", "c1", "--kind", "cumulative", "--out", tmp_path / "none" / "r.pdf")
    assert ran.code == REFUSED
    assert "no folder" in ran.err
    assert trail() == []


def test_a_report_the_disk_refuses_is_in_the_trail_as_not_saved(
    gcp2: Gcp2, folder: Path, tmp_path: Path, trail: Callable[[], list[str]]
) -> None:
    out = tmp_path / "r.pdf"
    out.mkdir()
    ran = gcp2("report", folder, "--child", "c1", "--kind", "cumulative", "--out", out)
    assert ran.code == REFUSED
    assert "cannot be written" in ran.err
    assert trail() == ["report not saved", "report exported"]
    assert [each.name for each in tmp_path.iterdir() if each.name.endswith(".new")] == []


def test_an_empty_password_is_refused_and_nothing_is_said_to_have_left(
    gcp2: Gcp2, folder: Path, tmp_path: Path, trail: Callable[[], list[str]]
) -> None:
    key = tmp_path / "key.txt"
    key.write_text("\n", encoding="utf-8")
    out = tmp_path / "r.pdf"
    ran = gcp2("report", folder, "--child", "c1", "--kind", "cumulative", "--out", out, "--password-file", key)
    assert ran.code == REFUSED
    assert trail() == []


def test_a_day_that_has_not_come_is_said_to_be_none_of_the_past(gcp2: Gcp2, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "r.txt"
    assert (
        gcp2("report", folder, "--child", "c1", "--kind", "cumulative", "--as-of", "2150-01-01", "--out", out).code == 0
    )
    assert "That day has not come yet: the record is as it stood on" in out.read_text(encoding="utf-8")
    assert (
        gcp2("report", folder, "--child", "c1", "--kind", "cumulative", "--as-of", "2026-01-01", "--out", out).code == 0
    )
    assert "not come yet" not in out.read_text(encoding="utf-8")


def test_what_is_not_there_on_that_day_is_said_as_such(
    gcp2: Gcp2, folder: Path, tmp_path: Path, case_file: CaseFile
) -> None:
    window = {"from": "2026-01-05", "to": "2026-01-26"}
    mother = {"id": "p1", "name": "Practice Mother"}
    graded = {"id": "a1", "child": "c1", "carers": ["p1"], "window": window, "units": {}}
    stay = {"id": "s1", "kind": "admission", "children": ["c1"], "when": "2026-02-01", "data": {"hospital": "A"}}
    child = {**CHILD, "carers": [{"person": "p1", "relationship": "mother"}]}
    gcp2("import", folder, case_file(children=[child], people=[mother], assessments=[graded], entries=[stay]))
    report = ("report", folder, "--child", "c1", "--out", tmp_path / "r.pdf", "--kind")
    refused = {
        ("assessment", "--known-on", "2020-01-01"): "counts on that day yet. Choose a later day.",
        ("stay_review", "--entry", "e1"): "This report cannot be about this entry.",
        ("stay_review", "--known-on", "2020-01-01"): "No hospital stay of this child is recorded. Check the child, the",
        ("cumulative", "--redact-for", "parnt"): "or a sort of reader: own_agency, conference_chair,",
    }
    for more, said in refused.items():
        ran = gcp2(*report, *more)
        assert ran.code == REFUSED
        assert said in ran.err
    assert not (tmp_path / "r.pdf").exists()


def test_a_child_the_user_may_not_see_is_refused(
    gcp2: Gcp2, folder: Path, tmp_path: Path, trail: Callable[[], list[str]]
) -> None:
    session = stores.unlock(folder, "asmith", PASSPHRASE)
    with session.store:
        add_user(session, "bjones", Role.PRACTITIONER)
    report = ("report", folder, "--user", "bjones", "--child", "c1", "--kind", "cumulative", "--out")
    ran = gcp2(*report, tmp_path / "r.pdf")
    assert ran.code == REFUSED
    assert "Zebedee" not in ran.err
    assert not (tmp_path / "r.pdf").exists()
    assert trail() == []
