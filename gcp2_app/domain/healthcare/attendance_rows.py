"""School attendance out of a table: one half term a row; a row that cannot be read never stops the rest.

Source: casework.md, row LP12: "attendance by half term and code".
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

#: The columns that must be there.
NEEDED = ("from", "to", "possible", "attended")
_UNAUTHORISED = "unauthorised"
_CODE = re.compile(r"code[ _:-]*(\S+)", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_MOST_SESSIONS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One half term.

    Attributes:
        line: of the file, from 1.
        codes: sessions by register code.
    """

    line: int
    from_: date
    to: date
    possible: int
    attended: int
    unauthorised: int | None = None
    codes: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def as_data(self) -> dict[str, object]:
        """Return the row as the data of an entry of kind ``attendance``."""
        data: dict[str, object] = {
            "from": self.from_.isoformat(),
            "to": self.to.isoformat(),
            "possible": self.possible,
            "attended": self.attended,
        }
        if self.unauthorised is not None:
            data[_UNAUTHORISED] = self.unauthorised
        if self.codes:
            data["codes"] = dict(self.codes)
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a file holds.

    Attributes:
        rows: those that could be read.
        problems: what is wrong with the others, each with its line.
    """

    rows: tuple[Row, ...]
    problems: tuple[str, ...]


def read_rows(text: str) -> Table:
    """Return the half terms in a table with a head line: from, to, possible, attended, and any others.

    ``unauthorised`` and columns such as ``code I`` are taken too; days are ISO or day first. Comma, semicolon or tab.
    """
    lines = text.lstrip("\ufeff").splitlines() or [""]
    # Line by line, so that no stray mark inside one can break the next.
    reader = csv.DictReader(lines, delimiter=max(",;\t", key=lines[0].count))
    heads = {(head or "").strip().casefold(): head for head in reader.fieldnames or ()}
    missing = [name for name in NEEDED if name not in heads]
    if missing:
        return Table(rows=(), problems=(f"The head line has no column {', '.join(missing)}.",))
    rows: list[Row] = []
    problems: list[str] = []
    for cells in reader:
        line = reader.line_num
        try:
            rows.append(_row(line, {name: (cells.get(head) or "").strip() for name, head in heads.items()}))
        except ValueError as error:
            problems.append(f"Line {line}: {error}")
    return Table(rows=tuple(rows), problems=tuple(problems))


def _row(line: int, cells: Mapping[str, str]) -> Row:
    from_, to = _day(cells["from"]), _day(cells["to"])
    if to < from_:
        raise ValueError("it ends before it begins.")
    possible, attended = _sessions(cells["possible"]), _sessions(cells["attended"])
    if attended > possible:
        raise ValueError("more sessions attended than were possible.")
    codes = {
        found[1].upper(): _sessions(value)
        for name, value in cells.items()
        if value and (found := _CODE.fullmatch(name)) is not None
    }
    unauthorised = cells.get(_UNAUTHORISED)
    return Row(
        line=line,
        from_=from_,
        to=to,
        possible=possible,
        attended=attended,
        unauthorised=_sessions(unauthorised) if unauthorised else None,
        codes=codes,
    )


def _day(text: str) -> date:
    found = _DAY_FIRST.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}” is no day.") from None


def _sessions(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > _MOST_SESSIONS:
        raise ValueError(f"“{text}” is no number of sessions.")
    return int(text)
