"""Another agency's chronology as it comes: CSV of any sort, workbooks, and files that mean harm."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from gcp2_app.domain.register import Agency
from gcp2_app.errors import BadFile
from gcp2_app.exchange import chronology_import
from gcp2_app.exchange.chronology_columns import Holds, from_text, guess, heading_row, headings, key_of, to_text
from gcp2_app.exchange.chronology_import import MOST_COLUMNS, MOST_LETTERS, cell_text, read_chronology
from gcp2_app.exchange.chronology_rows import NOT_SAID, Whose, agency_of, alike, read_rows
from gcp2_app.forms.entry_kinds import load_kinds

TODAY = date(2026, 11, 23)
KINDS = load_kinds()
WRITABLE = st.characters(codec="utf-8", exclude_characters="\0")
SCHOOL = Whose(agency=Agency.SCHOOL, owner="Hollow Lane")


def workbook(*rows: Sequence[Any], title: str = "Chronology") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(raw: bytes) -> list[tuple[Any, ...]]:
    return [row.cells for row in read_chronology(raw, "f").sheets[0].rows]


def read(text: str, whose: Whose = SCHOOL) -> Any:
    sheet = read_chronology(text.encode(), "f.csv").sheets[0]
    heading = heading_row(sheet)
    names = next(headings(row) for row in sheet.rows if row.number == heading)
    return read_rows(sheet, heading, guess(names), whose, child="c1", kinds=KINDS, today=TODAY)


@pytest.mark.parametrize(
    "raw",
    [
        b"Date,Event\n1/2/24,Slippers \xe2\x80\x93 caf\xc3\xa9\n",
        b"\xef\xbb\xbfDate,Event\r\n1/2/24,Slippers \xe2\x80\x93 caf\xc3\xa9\r\n",
        b"Date;Event\n1/2/24;Slippers \x96 caf\xe9\n",
        "Date\tEvent\n1/2/24\tSlippers – café\n".encode("utf-16"),
        "Date|Event\n\n1/2/24|Slippers – café\n||\n".encode(),
    ],
)
def test_csv_of_any_sort_is_read(raw: bytes) -> None:
    assert cells(raw) == [("Date", "Event"), ("1/2/24", "Slippers – café")]


def test_rows_keep_the_numbers_they_have_in_the_file() -> None:
    raw = b'Date,Event\n\n1/2/24,"two\nlines"\n2/2/24,one\n'
    assert [row.number for row in read_chronology(raw, "f").sheets[0].rows] == [1, 3, 5]


def test_a_workbook_is_read_as_its_values() -> None:
    raw = workbook(["Date", "Event", "Times"], [datetime(2024, 2, 1), "Slippers", 3], [None, None], ["", "x", 1.5])  # noqa: DTZ001
    file = read_chronology(raw, "f.xlsx")
    assert (file.sheets[0].name, len(file.sha256)) == ("Chronology", 64)
    assert cells(raw) == [
        ("Date", "Event", "Times"),
        (datetime(2024, 2, 1), "Slippers", 3),  # noqa: DTZ001
        ("", "x", 1.5),
    ]


def test_formulas_are_never_worked_out() -> None:
    assert cells(workbook(["Date", "Event"], ["1/2/24", "=1+1"])) == [("Date", "Event"), ("1/2/24",)]
    dangerous = '=HYPERLINK("http://x","y")'
    read_ = read(f'Date,Event\n1/2/24,"{dangerous.replace(chr(34), chr(34) * 2)}"\n2/2/24,+1 and -2\n3/2/24,@SUM(A1)\n')
    assert [row.entry.what for row in read_.good] == [dangerous, "+1 and -2", "@SUM(A1)"]


def test_hidden_sheets_are_left_out() -> None:
    book = Workbook()
    book.create_sheet("Shown").append(["Date", "Event"])
    hidden = book.create_sheet("Hidden")
    hidden.append(["Date", "Event"])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert [sheet.name for sheet in read_chronology(out.getvalue(), "f").sheets] == ["Shown"]


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def replaced(raw: bytes, part: str, change: Any) -> bytes:
    """Return a workbook with a part of it changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, change(content) if name == part else content)
    return out.getvalue()


_BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c r="A1" t="inlineStr"><is><t>&c;</t></is></c></row></sheetData></worksheet>'
)


_STRINGS = (
    b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&a;</t></si></sst>'
)


def with_shared_texts(texts: bytes) -> bytes:
    """Return a workbook whose texts stand in a part of their own."""
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    named = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>'
    raw = replaced(workbook(["Date"]), "[Content_Types].xml", lambda content: content.replace(b"</Types>", named))
    out = io.BytesIO(raw)
    with zipfile.ZipFile(out, "a") as file:
        file.writestr("xl/sharedStrings.xml", texts)
    return out.getvalue()


def test_texts_in_a_part_of_their_own_are_read() -> None:
    assert cells(with_shared_texts(_STRINGS.replace(b"&a;", b"x").partition(b"]>")[2])) == [("Date",)]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "no rows"),
        (b"\n\n , \n", "no rows"),
        (b"PK\x03\x04 no zip", "not a workbook"),
        (packed(readme_dot_txt=b"hello"), "not a workbook"),
        (workbook(["Date", "Event"])[:-200], "not a workbook"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "old workbook"),
        (b"%PDF-1.7\n\x00\x01", "not text"),
        (replaced(workbook(["Date"]), "xl/worksheets/sheet1.xml", lambda _: _BOMB), "not a workbook"),
        (with_shared_texts(_STRINGS), "not a workbook"),
        (replaced(workbook(["Date"]), "xl/workbook.xml", lambda _: b"<x"), "not a workbook"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(raw: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        read_chronology(raw, "f.xlsx")


def test_sizes_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chronology_import, "MOST_ROWS", 3)
    monkeypatch.setattr(chronology_import, "MOST_UNPACKED", 200_000)
    with pytest.raises(BadFile, match="more than 3 rows"):
        read_chronology(b"a,b\n" * 4, "f.csv")
    with pytest.raises(BadFile, match="more than 3 rows"):
        read_chronology(workbook(*[["a"]] * 4), "f.xlsx")
    assert len(read_chronology(workbook(["a"], *[[]] * 50, ["b"]), "f.xlsx").sheets[0].rows) == 2
    bomb = replaced(workbook(["a"]), "xl/styles.xml", lambda content: content + b" " * 300_000)
    with pytest.raises(BadFile, match="unpacks to more"):
        read_chronology(bomb, "f.xlsx")
    monkeypatch.setattr(chronology_import, "MOST_BYTES", 10)
    with pytest.raises(BadFile, match="larger than 10 MB"):
        read_chronology(b"Date,Event,Who", "f.csv")


def test_one_row_that_is_too_large_stays_out_alone() -> None:
    wide = ",".join(["x"] * (MOST_COLUMNS + 1))
    huge = "x" * (MOST_LETTERS + 1)
    vast = "x" * 140_000
    found = read(f"Date,Event\n1/2/24,one\n{wide}\n2/2/24,{huge}\n3/2/24,{vast}\n4/2/24,two\n5/2/24,\n")
    assert [row.entry.what for row in found.good] == ["one", "two"]
    assert [bad.number for bad in found.bad] == [3, 4, 5, 7]
    assert all(bad.reason.startswith("Left out: ") for bad in found.bad)


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        (
            "Date|Time|Significant event|Source of information|Action taken|Outcome|Significance",
            "date|time|what|agency|action_taken|outcome|significance",
        ),
        ("Event date|Type of event|Details|Agency|Author", "date|kind|what|agency|author"),
        ("No.|When|What happened|Impact on the child|Child’s voice|Parent’s response|Recorded by",
         "|date|what|impact|child_words|carer_response|author"),
        ("DATE:|EVENT*|Professional|RAG", "date|what|author|significance"),
        ("Colour|Shape", "|"),
    ],
)  # fmt: skip
def test_columns_are_guessed_from_their_headings(names: str, columns: str) -> None:
    found = guess(names.split("|"))
    assert "|".join(found[i].value if i in found else "" for i in range(len(names.split("|")))) == columns


def test_headings_are_found_below_a_title_and_remembered_without_their_words() -> None:
    sheet = read_chronology(b"Chronology of Robin\nPrepared by,Ines\nDate,Event,Agency\n1/2/24,x,GP\n", "f").sheets[0]
    assert heading_row(sheet) == 3
    assert key_of(("Date", "Robin Ash")) == key_of(("date", "ROBIN ASH")) != key_of(("Date",))
    assert "robin" not in key_of(("Date", "Robin Ash"))
    assert from_text(to_text({2: Holds.WHAT, 0: Holds.DATE})) == {0: Holds.DATE, 2: Holds.WHAT}


def test_a_row_becomes_an_entry_with_all_it_says() -> None:
    found = read(
        "Date,Time,Event,Agency,Author,Significance,Action,Outcome,Impact,Child's words,Parent's response\n"
        "3/2/24,14:30,Came in slippers,HV,Ines Vale,High,Rang home,Shoes bought,Cold,My feet hurt,Said sorry\n"
    )
    (row,) = found.good
    entry = row.entry
    assert (entry.kind, entry.children, entry.when.raw) == ("note", ("c1",), "2024-02-03T14:30:00+00:00")
    assert (entry.source.name, entry.source.role, entry.source.agency) == ("Ines Vale", "", Agency.HEALTH_VISITING)
    said = (entry.what, entry.significance, entry.action_taken, entry.outcome, entry.impact)
    assert said == ("Came in slippers", "high", "Rang home", "Shoes bought", "Cold")
    assert (entry.child_words, entry.carer_response) == ("My feet hurt", "Said sorry")
    assert (row.number, row.written, row.said) == (2, "3/2/24 14:30", ())


def test_what_is_not_understood_is_kept_in_its_own_words() -> None:
    found = read("Date,Type,Event,Agency,Significance\n1/2/24,Tea party,Cake,The Owls,quite\n2/2/24,,More,,\n")
    first, second = (row.entry for row in found.good)
    assert (first.kind, first.what, first.significance_why) == ("note", "Tea party: Cake", "quite")
    assert (first.source.agency, first.source.role) == (Agency.SCHOOL, "The Owls")
    assert "no agency known here" in found.good[0].said[0]
    assert (second.source.agency, second.source.name) == (Agency.SCHOOL, "Hollow Lane")


def test_a_kind_that_is_named_is_used_and_what_it_lacks_is_not_known() -> None:
    found = read("Date,Type,Event\n1/2/24,Visit,Seen\n2/2/24,Police call-out,Row\n3/2/24,Appointment,\n")
    visit, police = (row.entry for row in found.good)
    assert (visit.kind, visit.not_known) == ("visit", {"mode": NOT_SAID})
    assert (police.kind, police.data) == ("event", {"type": "police_callout"})
    assert [bad.number for bad in found.bad] == [4]


@pytest.mark.parametrize(
    ("said", "agency"),
    [
        ("Health Visitor", Agency.HEALTH_VISITING),
        ("West Midlands Police", Agency.POLICE),
        ("School nurse", Agency.SCHOOL_NURSING),
        ("St Mary’s Primary School", Agency.SCHOOL),
        ("Adult Social Care", Agency.ADULT_SERVICES),
        ("Children's Services", Agency.CHILDRENS_SOCIAL_CARE),
        ("childrens_social_care", Agency.CHILDRENS_SOCIAL_CARE),
        ("GP / School", None),
        ("The Owls", None),
        ("", None),
    ],
)
def test_agencies_are_known_by_what_people_call_them(said: str, agency: Agency | None) -> None:
    assert agency_of(said) is agency


def test_how_near_texts_are() -> None:
    assert alike("Came in SLIPPERS.", "came in slippers") == 1.0
    assert alike("Came to school in slippers", "Robin came to school in slippers again") >= 0.75
    assert alike("Came in slippers", "The police were called") < 0.5
    assert alike("", "") == 0.0


@given(st.lists(st.lists(st.text(WRITABLE, max_size=8), max_size=5), max_size=8))
def test_whatever_a_csv_holds_every_row_is_accounted_for(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["Date", "Event"], *rows])
    found = read(out.getvalue())
    sheet = read_chronology(out.getvalue().encode(), "f").sheets[0]
    heading = heading_row(sheet)
    assert len(found.good) + len(found.bad) == sum(row.number > heading for row in sheet.rows)
    assert all(row.entry.when is not None for row in found.good)
    assert all(cell_text(cell) is not None for row in sheet.rows for cell in row.cells)
