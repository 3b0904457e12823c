"""The parts of a child's day, read from ``forms/day/<language>.toml``."""

from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import msgspec

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.child_day import DayPart
from gcp2_app.errors import BadFile
from gcp2_app.forms.tables import check_format, decode, read_bytes, read_tables
from gcp2_app.paths import data_folder

FORMAT: Final = "gcp2-day"
FORMAT_VERSION: Final = 1


class PartTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One of ``[[parts]]``."""

    code: str
    label: str
    asks: str
    unknown: str
    words: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    from_months: int = 0
    to_months: int | None = None
    unborn: bool = False


class DayTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The top of a file of the day."""

    format: str
    format_version: int
    language: str
    title: str
    parts: tuple[PartTable, ...]


def load_day(path: Path) -> tuple[DayPart, ...]:
    """Read a file of the parts of the day.

    Raises:
        NotFound: there is no such file.
        BadFile: the file has an error in it; the message names the place.
    """
    name = path.name
    tables = read_tables(read_bytes(path), name)
    check_format(tables, name, expected=FORMAT, version=FORMAT_VERSION)
    table = decode(DayTable, tables, name)
    _check(table, name)
    return tuple(DayPart(**_fields(part)) for part in table.parts)


@lru_cache(maxsize=1)
def shipped_day() -> tuple[DayPart, ...]:
    """Return what comes with the program. Kept once read.

    Raises:
        NotFound: the installation is incomplete.
        BadFile: the file has an error in it.
    """
    return load_day(data_folder("forms") / "day" / "en.toml")


def day_told(assessment: Assessment) -> list[tuple[str, str]]:
    """Return what was told of each part of the day in an assessment, as label and text, in the day's order.

    A part that is not in the file any more stands last, under its own code.
    """
    labels = {part.code: part.label for part in shipped_day()}
    order = [*labels, *sorted(set(assessment.day_in_life) - set(labels))]
    told = {code: assessment.day_in_life.get(code, "") for code in order}
    return [(labels.get(code, code.replace("_", " ")), text) for code, text in told.items() if text.strip()]


def _fields(part: PartTable) -> dict[str, Any]:
    return {name: getattr(part, name) for name in part.__struct_fields__}


def _check(table: DayTable, name: str) -> None:
    codes = [part.code for part in table.parts]
    if not codes or len(set(codes)) < len(codes):
        raise BadFile(name, "parts", "there is none, or two have the same code.", "Give each a code of its own.")
    for i, part in enumerate(table.parts):
        place = f"parts[{i}] ({part.code})"
        for key in ("code", "label", "asks", "unknown"):
            if not getattr(part, key).strip():
                raise BadFile(name, f"{place}.{key}", "this text is empty.", "Write the text.")
        for key in ("words", "units", "kinds", "checks"):
            if any(not text.strip() for text in getattr(part, key)):
                raise BadFile(name, f"{place}.{key}", "one of these is empty.", "Take it out, or write it.")
        if any(word != word.casefold() for word in part.words):
            raise BadFile(name, f"{place}.words", "a word is not in small letters.", "Write it in small letters.")
        if part.from_months < 0 or (part.to_months is not None and part.to_months <= part.from_months):
            raise BadFile(
                name, f"{place}.to_months", "it ends before it begins.", "Give whole months, the later one second."
            )
