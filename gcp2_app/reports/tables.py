"""Tables as CSV and XLSX files. What a cell says is always text: nothing in it is worked out when it is opened."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

#: What makes a program for tables take a text for a formula.
_FORMULA: Final = re.compile(r"[\s\x00-\x20]*[=+\-@\t\r|]")
#: The longest text a cell of a workbook holds.
_LONGEST: Final = 32_767
#: Widths of columns of a workbook, in letters.
_LEAST_WIDE, _MOST_WIDE = 8, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with what is said above and below it.

    Attributes:
        title: of the sheet, 31 letters at most count.
        before, after: lines above and below the table.
        made_at: written into the workbook as when it was made.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    made_at: datetime


def as_csv(table: Table) -> bytes:
    """Return a table as CSV in UTF-8 with a byte order mark, as spreadsheets open it right.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    for line in _lines(table):
        writer.writerow([_harmless(cell) for cell in line])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def as_xlsx(table: Table) -> bytes:
    """Return a table as a workbook in which every cell is text; one that is too long for a cell goes on in the next."""
    # Takes a quarter of a second, and only this needs it.
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    book.properties.creator = ""
    book.properties.created = book.properties.modified = table.made_at.replace(tzinfo=None)
    sheet = book.active
    sheet.title = re.sub(r"[\[\]:*?/\\]", " ", table.title)[:31].strip("' ") or "Table"
    number = 0
    for line in _lines(table):
        for part in _parts(line):
            number += 1
            for place, text in enumerate(part, start=1):
                cell = sheet.cell(row=number, column=place)
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
                # Whatever it begins with.
                cell.data_type = "s"
                cell.quotePrefix = bool(_FORMULA.match(text))
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if line is table.heads:
                    cell.font = Font(bold=True)
    head = len(table.before) + 1 + bool(table.before)
    sheet.freeze_panes = sheet.cell(row=head + 1, column=1)
    for place, name in enumerate(table.heads, start=1):
        longest = max((len(row[place - 1]) for row in table.rows), default=0)
        wide = min(_MOST_WIDE, max(_LEAST_WIDE, len(name) + 2, longest + 2))
        sheet.column_dimensions[sheet.cell(row=1, column=place).column_letter].width = wide
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _lines(table: Table) -> Sequence[tuple[str, ...]]:
    before = [*((text,) for text in table.before), *([("",)] if table.before else [])]
    after = [*([("",)] if table.after else []), *((text,) for text in table.after)]
    return (*before, table.heads, *table.rows, *after)


def _parts(line: tuple[str, ...]) -> Sequence[tuple[str, ...]]:
    """Return the rows of a workbook that a line needs: one, but for texts longer than a cell."""
    many = max(1, *(-(-len(text) // _LONGEST) for text in line))
    return [tuple(text[n * _LONGEST : (n + 1) * _LONGEST] for text in line) for n in range(many)]


def _harmless(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text
