"""Tables as files: text stays text, whatever it begins with."""

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from gcp2_app.reports.tables import Table, as_csv, as_xlsx

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "|cmd", '=HYPERLINK("http://x")')


def table(*rows: tuple[str, ...], title: str = "Chronology") -> Table:
    return Table(title=title, heads=("When", "What"), rows=rows, before=("Version 1",), after=("End",), made_at=AT)


def read_csv(made: Table) -> list[list[str]]:
    raw = as_csv(made)
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_is_none(text: str) -> None:
    made = table(("3 March", text))
    assert read_csv(made)[3] == ["3 March", f"'{text}"]
    cell = load_workbook(io.BytesIO(as_xlsx(made))).active.cell(row=4, column=2)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_plain_text_goes_out_as_it_is() -> None:
    made = table(("3 March", "two\nlines, “quoted”"))
    assert read_csv(made) == [["Version 1"], [""], ["When", "What"], ["3 March", "two\nlines, “quoted”"], [""], ["End"]]
    sheet = load_workbook(io.BytesIO(as_xlsx(made))).active
    assert [[cell.value for cell in row if cell.value] for row in sheet.iter_rows()] == [
        ["Version 1"],
        [],
        ["When", "What"],
        ["3 March", "two\nlines, “quoted”"],
        [],
        ["End"],
    ]
    assert sheet.freeze_panes == "A4"
    assert sheet["A3"].font.bold


def test_a_workbook_loses_no_letter_of_a_long_text() -> None:
    sheet = load_workbook(io.BytesIO(as_xlsx(table(("3 March", "x" * 40_000))))).active
    parts = [sheet.cell(row=row, column=2).value for row in (4, 5)]
    assert "".join(parts) == "x" * 40_000


@pytest.mark.parametrize("title", ["", "[a]:*?/\\b", "x" * 50, "'"])
def test_any_title_makes_a_sheet(title: str) -> None:
    assert load_workbook(io.BytesIO(as_xlsx(table(title=title)))).active.max_row == 5


@settings(max_examples=25)
@given(st.text(max_size=30))
def test_any_text_comes_back_as_text(text: str) -> None:
    made = table(("3 March", text))
    cell = load_workbook(io.BytesIO(as_xlsx(made))).active.cell(row=4, column=2)
    assert cell.data_type != "f"
