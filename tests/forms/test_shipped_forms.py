"""The forms that come with the program load, and their format is written down."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from gcp2_app.forms import check_pack, shipped_packs
from gcp2_app.forms.entry_kinds import ItemTable, KindTable, OptionTable
from gcp2_app.forms.pack_tables import (
    AreaTable,
    BandTable,
    DescriptorsTable,
    GradeTable,
    LicenceTable,
    PackTable,
    SubareaTable,
    TargetsTable,
    ThresholdsTable,
    UnitTable,
    WindowTable,
)
from gcp2_app.paths import data_folder

README = data_folder("forms") / "README.md"
PACK_TABLES: list[type[msgspec.Struct]] = [
    PackTable,
    LicenceTable,
    ThresholdsTable,
    WindowTable,
    TargetsTable,
    GradeTable,
    BandTable,
    AreaTable,
    SubareaTable,
    UnitTable,
    DescriptorsTable,
]
KIND_TABLES: list[type[msgspec.Struct]] = [KindTable, ItemTable, OptionTable]


@pytest.mark.parametrize("pack", shipped_packs(), ids=lambda pack: f"{pack.id} {pack.version}")
def test_every_shipped_pack_is_in_order(pack: Any) -> None:
    assert check_pack(pack.path) == ()


def test_the_four_grade_pack_of_the_tests_is_in_order() -> None:
    path = Path(__file__).parents[1] / "data" / "packs" / "four-grade" / "1.0.0.toml"
    assert check_pack(path) == ()


def documented(part: str) -> list[set[str]]:
    """Return the keys of each table of a part of the README."""
    text = README.read_text(encoding="utf-8").split(f"\n## {part}\n")[1].split("\n## ")[0]
    tables: list[set[str]] = []
    for line in text.splitlines():
        if line.startswith("| key |"):
            tables.append(set())
        elif line.startswith("| `") and tables:
            tables[-1].add(line.split("`")[1])
        elif not line.startswith("|") and tables and tables[-1]:
            tables.append(set())
    return [keys for keys in tables if keys]


@pytest.mark.parametrize(
    ("part", "tables"), [("Packs", PACK_TABLES), ("Entry kinds", KIND_TABLES)], ids=["packs", "entry kinds"]
)
def test_the_readme_defines_every_key_and_no_other(part: str, tables: list[type[msgspec.Struct]]) -> None:
    written = documented(part)
    for table in tables:
        assert set(table.__struct_fields__) in written, f"{table.__name__} is not in README.md as it is in the program"
    keys = {frozenset(table.__struct_fields__) for table in tables}
    key_tables = [each for each in written if each & {"code", "kind", "format", "value", "name", "grades"}]
    assert all(frozenset(each) in keys for each in key_tables if "worst" not in each)
