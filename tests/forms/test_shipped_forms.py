"""The forms that come with the program load, and their format is written down."""

import dataclasses
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gcp2_app import wire
from gcp2_app.domain.learning import Countable, Where
from gcp2_app.domain.local_services import LocalService
from gcp2_app.domain.policy import PolicyStatus
from gcp2_app.domain.register import (
    Address,
    Allocation,
    Carer,
    Child,
    Household,
    Member,
    Person,
    Professional,
    Status,
)
from gcp2_app.forms.checking import check_form
from gcp2_app.forms.child_day import DayTable, PartTable
from gcp2_app.forms.coaching import (
    CoachingTable,
    InitialsTable,
    MiddleTable,
    OpinionTable,
    RepeatsTable,
    VoiceTable,
)
from gcp2_app.forms.entry_kinds import ItemTable, KindTable, OptionTable, load_kinds
from gcp2_app.forms.learning import (
    BesideTable,
    BriefTable,
    QuestionsTable,
    QuestionTable,
    RowTable,
    RuleTable,
    WorkTable,
)
from gcp2_app.forms.pack_tables import (
    AreaTable,
    BandTable,
    DescriptorsTable,
    GateTable,
    GradeTable,
    LicenceTable,
    PackTable,
    SubareaTable,
    TargetsTable,
    ThresholdsTable,
    UnitTable,
    WindowTable,
)
from gcp2_app.forms.packs import check_pack, shipped_packs
from gcp2_app.forms.policy import (
    DANGER_CODES,
    ChallengeTable,
    DangerTable,
    LockTable,
    NumberTable,
    PolicyTable,
    ReferralTable,
    StageTable,
)
from gcp2_app.forms.practice_case import CaseTable, CaseUnitTable
from gcp2_app.forms.referral import RequestFormTable, StepTable
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
    GateTable,
]
KIND_TABLES: list[type[msgspec.Struct]] = [KindTable, ItemTable, OptionTable]
POLICY_TABLES: list[type[msgspec.Struct]] = [
    PolicyTable,
    DangerTable,
    NumberTable,
    LockTable,
    ReferralTable,
    ChallengeTable,
    StageTable,
]
REFERRAL_TABLES: list[type[msgspec.Struct]] = [RequestFormTable, StepTable]
COACHING_TABLES: list[type[msgspec.Struct]] = [
    CoachingTable,
    InitialsTable,
    OpinionTable,
    VoiceTable,
    RepeatsTable,
    MiddleTable,
]
LEARNING_TABLES: list[type[msgspec.Struct]] = [
    RowTable,
    WorkTable,
    RuleTable,
    BesideTable,
    BriefTable,
    QuestionsTable,
    QuestionTable,
    CaseTable,
    CaseUnitTable,
]
#: The record that each declared part of the register is about.
REGISTER: dict[str, type[Any]] = {
    "address": Address,
    "allocation": Allocation,
    "carer": Carer,
    "child": Child,
    "child_needs": Child,
    "child_services": Child,
    "household": Household,
    "household_adult": Member,
    "household_child": Member,
    "person": Person,
    "professional": Professional,
    "service": LocalService,
    "status": Status,
}


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
    ("part", "tables"),
    [
        ("Packs", PACK_TABLES),
        ("Entry kinds", KIND_TABLES),
        ("Policies", POLICY_TABLES),
        ("Coaching", COACHING_TABLES),
        ("A day", [DayTable, PartTable]),
        ("Learning", LEARNING_TABLES),
        ("Requests for help", REFERRAL_TABLES),
    ],
    ids=["packs", "entry kinds", "policies", "coaching", "day", "learning", "requests for help"],
)
def test_the_readme_defines_every_key_and_no_other(part: str, tables: list[type[msgspec.Struct]]) -> None:
    written = documented(part)
    for table in tables:
        assert set(table.__struct_fields__) in written, f"{table.__name__} is not in README.md as it is in the program"
    keys = {frozenset(table.__struct_fields__) for table in tables}
    key_tables = [each for each in written if each & {"code", "kind", "format", "value", "name", "grades"}]
    assert all(frozenset(each) in keys for each in key_tables if "worst" not in each)


@pytest.mark.parametrize(
    "path", sorted(data_folder("forms").rglob("*.toml")), ids=lambda path: f"{path.parent.name} {path.stem}"
)
def test_every_form_is_in_order_whatever_it_is(path: Path) -> None:
    assert check_form(path) == ()


def test_the_register_declares_fields_that_its_records_have() -> None:
    kinds = load_kinds(data_folder("forms") / "register")
    assert set(kinds) == set(REGISTER)
    for code, kind in kinds.items():
        fields = {wire.key_of(field.name) for field in dataclasses.fields(REGISTER[code])}
        assert {item.name for item in kind.items} <= fields, code


def test_the_readme_speaks_of_every_folder_and_every_code() -> None:
    text = README.read_text(encoding="utf-8")
    folders = {path.name for path in data_folder("forms").iterdir() if path.is_dir()}
    assert {name for name in folders if f"`{name}/" not in text and f"forms/{name}/" not in text} == set()
    assert all(f'`"{code}"`' in text for code in DANGER_CODES)
    assert all(f'`"{status}"`' in text for status in PolicyStatus)
    assert all(f'`"{where}"`' in text for where in Where)
    assert all(f"| `{fact}` |" in text for fact in Countable)
