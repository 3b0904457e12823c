"""The numbers of the rules: a table for each, with its own keys and no others."""

import dataclasses
from pathlib import Path

import pytest

from gcp2_app.domain.policy import CalendarPolicy, Origin, PolicyStatus
from gcp2_app.domain.rules.themes import RULES
from gcp2_app.errors import BadFile
from gcp2_app.forms.policy import shipped_file
from gcp2_app.forms.rule_policy import load_rules, make_working_days, shipped_rules

DEFAULT = 'status = "default"\nchecked_on = "2026-11"\n'
TEXT = shipped_file().read_text(encoding="utf-8")


def changed(tmp_path: Path, old: str, new: str) -> Path:
    assert old in TEXT
    path = tmp_path / "area.toml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(BadFile) as refused:
        load_rules(path)
    return str(refused.value)


def test_every_rule_has_its_numbers_and_says_where_they_come_from() -> None:
    rules = shipped_rules()
    assert rules.keys() == RULES.keys()
    for name, policy in rules.items():
        assert isinstance(policy.numbers, RULES[name].numbers), name
        assert policy.origin.source, name


def test_the_numbers_of_a_rule_are_values_that_do_not_change() -> None:
    for rule in RULES.values():
        assert dataclasses.is_dataclass(rule.numbers)
        assert rule.numbers.__dataclass_params__.frozen, rule.name  # type: ignore[attr-defined]  # the dataclass's own


def test_a_rule_without_a_table_is_named(tmp_path: Path) -> None:
    said = refusal(changed(tmp_path, '[rules."LP9.review_due"]', '[rules."LP9.review_duo"]'))
    assert "LP9.review_duo" in said
    said = refusal(changed(tmp_path, '[rules."LP9.review_due"]', '[elsewhere."LP9.review_due"]'))
    assert "rules.LP9.review_due" in said
    assert "working_days" in said


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("requests = 3", "requests = -1", "requests"),
        ("requests = 3", 'requests = "three"', "requests"),
        ("requests = 3", "asks = 3", "asks"),
        ("requests = 3\n", "", "requests"),
        (
            'status = "default"\nchecked_on = "2026-11"\nrequests',
            'status = "sure"\nchecked_on = "2026-11"\nrequests',
            "",
        ),
        ('checked_on = "2026-11"\nrequests', 'checked_on = "soon"\nrequests', "checked_on"),
    ],
)
def test_a_number_that_is_wrong_is_named(tmp_path: Path, old: str, new: str, place: str) -> None:
    said = refusal(changed(tmp_path, old, new))
    assert "rules.LP9.three_in_year" in said
    assert place in said


def test_without_any_rules_there_is_nothing_to_count_with(tmp_path: Path) -> None:
    path = tmp_path / "area.toml"
    path.write_text('format = "gcp2-policy"\nformat_version = 1\n', encoding="utf-8")
    assert "rules" in refusal(path)


def test_bank_holidays_of_a_country_nobody_knows() -> None:
    origin = Origin(source="test", status=PolicyStatus.DEFAULT, checked_on="2026-11")
    with pytest.raises(BadFile, match="calendar"):
        make_working_days(CalendarPolicy(origin=origin, country="GB", subdivision="Mars"))
