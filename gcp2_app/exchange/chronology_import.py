"""Reading another agency's chronology: a CSV or XLSX file as rows of cells, and nothing more.

The file is hostile until read: its size, rows, columns and cells are limited, a workbook is unpacked only where it
stays small, no formula is worked out and no link followed. What a cell says is text and stays text. Knows no store.
"""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from gcp2_app.errors import BadFile
from gcp2_app.incoming import read_start

#: The largest file that is read, in bytes, and the most it may unpack to.
MOST_BYTES: Final = 10 * 1024 * 1024
MOST_UNPACKED: Final = 100 * 1024 * 1024
#: The most rows of one sheet, columns of a row, characters of a cell, and sheets of a workbook.
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 60
MOST_LETTERS: Final = 20_000
MOST_SHEETS: Final = 20

#: A cell: text, or what a workbook knows to be a date, a time of day or a number.
Cell = str | datetime | date | time | int | float

_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
#: The last row a workbook can have; many blank ones may stand before it.
_LAST_ROW: Final = 1_048_576
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row.

    Attributes:
        number: from 1, as the program it was made with counts.
        cells: empty text where a cell is empty; blank ones at the end are left out.
        problem: why the row cannot be used, or empty.
    """

    number: int
    cells: tuple[Cell, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: a sheet of a workbook, or a whole CSV file. Blank rows are left out."""

    name: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronologyFile:
    """What a file holds.

    Attributes:
        sheets: those with rows, one at least.
        sha256: digest of the file.
    """

    sheets: tuple[Sheet, ...]
    sha256: str


def load_chronology(path: Path) -> ChronologyFile:
    """Return what stands in a CSV or XLSX file.

    Raises:
        NotFound: there is no such file.
        BadFile: it cannot be read, is too large, or is no table.
    """
    return read_chronology(read_start(path, MOST_BYTES), path.name)


def read_chronology(raw: bytes, name: str) -> ChronologyFile:
    """Return what stands in the bytes of a CSV or XLSX file.

    Args:
        raw: the bytes.
        name: the file's name, for messages.

    Raises:
        BadFile: too large, another sort of file, damaged, or without rows.
    """
    if len(raw) > MOST_BYTES:
        raise BadFile(name, "", "it is larger than 10 MB.", "Save only the sheet with the chronology, or split it.")
    if raw.startswith(_OLD_WORKBOOK):
        raise BadFile(name, "", "this is an old workbook (.xls), or one with a password.", "Save it as .xlsx or .csv.")
    sheets = _workbook(raw, name) if raw.startswith(b"PK") else (Sheet("", tuple(_csv_rows(raw, name))),)
    sheets = tuple(sheet for sheet in sheets if sheet.rows)
    if not sheets:
        raise BadFile(name, "", "there are no rows in it.", "Choose the file with the chronology.")
    return ChronologyFile(sheets=sheets, sha256=hashlib.sha256(raw).hexdigest())


def cell_text(cell: Cell) -> str:
    """Return what a cell says as text."""
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}" if cell.time() == time() else f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


# CSV ----------------------------------------------------------------------------------------------


def _csv_rows(raw: bytes, name: str) -> Iterator[SheetRow]:
    text = _decoded(raw, name)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    count = 0
    while True:
        number = reader.line_num + 1
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield SheetRow(number, (), "a cell of it is too long, or a quotation mark is missing.")
            continue
        row = _row(number, values)
        if row is None:
            continue
        count += 1
        if count > MOST_ROWS:
            raise _too_many_rows(name)
        yield row


def _decoded(raw: bytes, name: str) -> str:
    encodings = [encoding for mark, encoding in _MARKS if raw.startswith(mark)] or ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadFile(name, "", "this is not text that can be read.", "Save it as .xlsx, or as .csv in UTF-8.")


def _delimiter(text: str) -> str:
    """Return what parts the cells: what stands most often in the first line that has any, outside quotation marks."""
    for line in text[:MOST_LETTERS].splitlines():
        bare = "".join(line.split('"')[::2])
        counts = {mark: bare.count(mark) for mark in (",", ";", "\t", "|")}
        best = max(counts, key=lambda mark: counts[mark])
        if counts[best]:
            return best
    return ","


# Workbooks ----------------------------------------------------------------------------------------


def _workbook(raw: bytes, name: str) -> tuple[Sheet, ...]:
    damaged = BadFile(name, "", "this is not a workbook that can be read.", "Save it again as .xlsx or .csv.")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
            is_workbook = "[Content_Types].xml" in packed.namelist()
    except zipfile.BadZipFile:
        raise damaged from None
    if not is_workbook:
        raise damaged
    if unpacked > MOST_UNPACKED:
        raise BadFile(name, "", "it unpacks to more than 100 MB.", "Save only the sheet with the chronology.")
    # Takes a quarter of a second, and only this needs it.
    import warnings

    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            # It says which parts of a workbook it leaves out: pictures, rules for cells.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            try:
                shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
                return tuple(Sheet(sheet.title, tuple(_sheet_rows(sheet, name))) for sheet in shown[:MOST_SHEETS])
            finally:
                book.close()
    except BadFile:
        raise
    except Exception:  # noqa: BLE001 - whatever a damaged or hostile workbook makes the library say
        raise damaged from None


def _sheet_rows(sheet: Any, name: str) -> Iterator[SheetRow]:
    # What a sheet says of its own size is not believed.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=_LAST_ROW, max_col=MOST_COLUMNS + 1, values_only=True)
    count = 0
    for number, values in enumerate(rows, start=1):
        row = _row(number, values)
        if row is None:
            continue
        count += 1
        if count > MOST_ROWS:
            raise _too_many_rows(name)
        yield row


# Both ---------------------------------------------------------------------------------------------


def _row(number: int, values: Any) -> SheetRow | None:
    """Return a row, or None for a blank one."""
    cells = [_cell(value) for value in values]
    while cells and cells[-1] == "":
        cells.pop()
    if not cells:
        return None
    problem = ""
    if len(cells) > MOST_COLUMNS:
        problem = f"it has more than {MOST_COLUMNS} columns."
    elif any(isinstance(cell, str) and len(cell) > MOST_LETTERS for cell in cells):
        problem = f"a cell of it has more than {MOST_LETTERS} characters."
    return SheetRow(number, () if problem else tuple(cells), problem)


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime | date | time | int | float):
        return value
    # Marks that are no letters, other than the ends of lines, can be neither read nor printed.
    text = "".join(mark for mark in str(value) if mark.isprintable() or mark in "\n\t")
    return text.strip()


def _too_many_rows(name: str) -> BadFile:
    return BadFile(name, "", f"it has more than {MOST_ROWS:,} rows.", "Split it, and take the parts in one by one.")
