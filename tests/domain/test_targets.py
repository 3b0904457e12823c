"""Targets, safety steps and the day the review is due."""

from dataclasses import replace
from datetime import date

import pytest

from gcp2_app.domain.assessment import SafetyStep, Target
from gcp2_app.domain.targets import (
    check_target,
    default_review_due,
    default_target,
    needs_safety_step,
    safety_step_for,
)
from gcp2_app.errors import InvalidValue
from tests.domain.packs import make_assessment, make_four_grade_pack, make_pack

PACK = make_pack()
FOUR = make_four_grade_pack()
STEP = SafetyStep(step="stair gate fitted", owner="mother", by=date(2026, 2, 10))


def test_the_default_target_is_one_better_and_never_worse_than_the_pack_says() -> None:
    assert [default_target(PACK, grade) for grade in (1, 2, 3, 4, 5)] == [1, 1, 2, 3, 3]
    assert [default_target(FOUR, grade) for grade in (5, 10, 15, 20)] == [5, 5, 10, 10]
    with pytest.raises(InvalidValue):
        default_target(PACK, 0)


@pytest.mark.parametrize(
    ("current", "target", "reason"), [(5, 3, ""), (3, 2, ""), (1, 1, ""), (3, 3, ""), (5, 4, "small steps first")]
)
def test_targets_that_can_be_recorded(current: int, target: int, reason: str) -> None:
    check_target(PACK, Target(unit="A1.a", current=current, target=target, reason=reason))


@pytest.mark.parametrize(
    ("target", "why"),
    [
        (Target(unit="Z9", current=3, target=2), "Z9"),
        (Target(unit="A1", current=3, target=2), "A1"),
        (Target(unit="A1.a", current=9, target=2), r"A1\.a"),
        (Target(unit="A1.a", current=3, target=0), r"A1\.a"),
        (Target(unit="A1.a", current=3, target=2, actual=6), r"A1\.a"),
        (Target(unit="A1.a", current=2, target=3), "worse than its grade"),
        (Target(unit="A1.a", current=5, target=4), "supervisor"),
        (Target(unit="A1.a", current=5, target=4, reason=" "), "supervisor"),
        (Target(unit="A1.a", current=5, target=5, reason="hard"), "worse than 3"),
    ],
)
def test_targets_that_cannot_be_recorded_are_refused_by_the_units_name(target: Target, why: str) -> None:
    with pytest.raises(InvalidValue, match=why):
        check_target(PACK, target)


def test_a_four_grade_pack_has_targets_of_its_own() -> None:
    check_target(FOUR, Target(unit="P1.a", current=20, target=10, actual=15))
    check_target(FOUR, Target(unit="P1.a", current=20, target=15, reason="small steps"))
    with pytest.raises(InvalidValue, match="supervisor"):
        check_target(FOUR, Target(unit="P1.a", current=20, target=15))


@pytest.mark.parametrize(
    ("code", "grade", "age_months", "needed"),
    [
        ("A1.a", 5, 40, True),
        ("A1.a", 4, 40, False),
        ("A1.a", 4, 12, False),
        ("A1.a", 4, 11, True),
        ("A1.a", 4, -2, True),
        ("A1.a", 4, None, False),
        ("A1.a", 3, 2, False),
        ("A5.b", 4, 40, True),
        ("B1.a", 4, 40, True),
        ("B2", 4, 40, True),
        ("B2", 3, 40, False),
    ],
)
def test_the_grades_that_first_need_a_safety_step(code: str, grade: int, age_months: int | None, needed: bool) -> None:
    assert needs_safety_step(PACK, code, grade, age_months) is needed


def test_in_a_four_grade_pack_the_worst_grade_and_the_critical_subarea_need_a_step() -> None:
    assert needs_safety_step(FOUR, "P1.a", 20, 40)
    assert not needs_safety_step(FOUR, "P1.a", 15, 40)
    assert needs_safety_step(FOUR, "Q1.a", 15, 40)
    with pytest.raises(InvalidValue):
        needs_safety_step(FOUR, "Z9", 20, 40)


def test_a_safety_step_counts_once_it_says_what_and_who() -> None:
    target = Target(unit="A1.a", current=5, target=3, safety_step=STEP)
    assert safety_step_for(replace(make_assessment(), targets=(target,)), "A1.a") == STEP
    assert safety_step_for(replace(make_assessment(), targets=(target,)), "A1.b") is None
    for blank in (None, replace(STEP, step=" "), replace(STEP, owner="")):
        targets = (replace(target, safety_step=blank),)
        assert safety_step_for(replace(make_assessment(), targets=targets), "A1.a") is None


def test_the_review_is_due_after_the_window_or_at_the_first_target() -> None:
    assessment = make_assessment()
    assert default_review_due(PACK, assessment) == date(2026, 5, 9)
    soon = Target(unit="A1.a", current=3, target=2, due=date(2026, 3, 1))
    late, undated = replace(soon, due=date(2026, 8, 1)), replace(soon, due=None)
    past = replace(soon, due=date(2026, 1, 20))
    assert default_review_due(PACK, replace(assessment, targets=(late, undated, past))) == date(2026, 5, 9)
    assert default_review_due(PACK, replace(assessment, targets=(late, soon))) == date(2026, 3, 1)
    assert default_review_due(PACK, replace(assessment, window=None)) is None
