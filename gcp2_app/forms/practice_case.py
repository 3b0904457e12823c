"""The practice case, read from ``forms/learning/practice-case.toml``."""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.practice_case import CaseUnit, PracticeCase
from gcp2_app.errors import BadFile, NotFound
from gcp2_app.forms.packs import shipped_pack
from gcp2_app.forms.tables import check_format, decode, read_bytes, read_tables
from gcp2_app.paths import data_folder

CASE_FORMAT: Final = "gcp2-learning-case"
FORMAT_VERSION: Final = 1
CASE_FILE: Final = "practice-case.toml"


class CaseUnitTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[[units]]``."""

    code: str
    seen: str
    grade: int | None = None
    why: str
    argued: str


class CaseTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The top of the case's file."""

    format: str
    format_version: int
    title: str
    edition: str
    source: str
    pack: str
    pack_version: str
    age_months: int
    about: str
    units: tuple[CaseUnitTable, ...]


def load_case(path: Path) -> PracticeCase:
    """Read the practice case.

    Raises:
        NotFound: there is no such file.
        BadFile: the file has an error in it; the message names the place.
    """
    name = path.name
    tables = read_tables(read_bytes(path), name)
    check_format(tables, name, expected=CASE_FORMAT, version=FORMAT_VERSION)
    table = decode(CaseTable, tables, name)
    _check(table, name)
    return PracticeCase(
        title=_line(table.title),
        edition=table.edition,
        source=_line(table.source),
        pack=table.pack,
        pack_version=table.pack_version,
        age_months=table.age_months,
        about=_paragraphs(table.about),
        units=tuple(
            CaseUnit(
                code=each.code,
                seen=_paragraphs(each.seen),
                grade=each.grade,
                why=_paragraphs(each.why),
                argued=_line(each.argued),
            )
            for each in table.units
        ),
    )


@lru_cache(maxsize=1)
def shipped_case() -> PracticeCase:
    """Return the case that comes with the program. Kept once read.

    Raises:
        NotFound: the installation is incomplete.
        BadFile: the file has an error in it.
    """
    return load_case(data_folder("forms") / "learning" / CASE_FILE)


def _check(table: CaseTable, name: str) -> None:
    texts = {key: getattr(table, key) for key in ("title", "edition", "source", "about")}
    for i, each in enumerate(table.units):
        texts |= {f"units[{i}].{key}": getattr(each, key) for key in ("seen", "why", "argued")}
    for place, text in texts.items():
        if not text.strip():
            raise BadFile(name, place, "this text is empty.", "Write the text.")
    try:
        pack = shipped_pack(table.pack, table.pack_version)
    except NotFound as error:
        raise BadFile(name, "pack", error.message, "Name a pack that comes with the program.") from None
    _check_units(table, pack, name)


def _check_units(table: CaseTable, pack: Pack, name: str) -> None:
    known = pack.units_in(pack.band_at(table.age_months).code)
    codes = [each.code for each in table.units]
    for i, each in enumerate(table.units):
        if each.code not in known or codes.index(each.code) < i:
            mend = "Write a code of the pack, each once."
            raise BadFile(name, f"units[{i}].code", "this is no unit of this age, or stands twice.", mend)
        if each.grade is not None and each.grade not in pack.grades_by_value:
            raise BadFile(name, f"units[{i}].grade", "this is no grade of the pack.", "Write one of its values.")
    if not codes:
        raise BadFile(name, "units", "there is nothing to grade.", "Name at least one unit.")


def _line(text: str) -> str:
    return " ".join(text.split())


def _paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text: blank lines part them, other line ends mean nothing."""
    return tuple(_lines(re.split(r"\n\s*\n", text)))


def _lines(parts: Iterable[str]) -> Iterable[str]:
    return (_line(part) for part in parts if part.strip())
