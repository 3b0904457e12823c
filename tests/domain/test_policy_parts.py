"""Every part of a policy is laid open, whatever parts it has, and says whether it wants checking."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pytest

from gcp2_app.domain.policy import DangerNumber, Origin, PolicyStatus
from gcp2_app.domain.policy_parts import Check, Line, PolicyPart, check_of, parts_of
from gcp2_app.forms.policy import shipped_policy

VERIFIED = Origin(source="a letter", status=PolicyStatus.VERIFIED, checked_on="2025-11-23")
DEFAULT = Origin(source="ours", status=PolicyStatus.DEFAULT, checked_on="2026-11")


@dataclass(frozen=True)
class Clock:
    count: int
    unit: str = ""


@dataclass(frozen=True)
class Rule:
    origin: Origin
    after: Clock
    days: tuple[int, ...] = (5, 10)


@dataclass(frozen=True)
class Group:
    origin: Origin
    quiet: bool = True
    nothing: str = ""
    limits: Mapping[str, int] = field(default_factory=lambda: {"cp": 4, "cin": 8})
    stages: tuple[Clock, ...] = (Clock(2, "working days"), Clock(5))
    own: Rule | None = None


@dataclass(frozen=True)
class Policy:
    title: str
    group: Group
    rules: Mapping[str, Rule]


def policy() -> Policy:
    rule = Rule(origin=VERIFIED, after=Clock(count=3))
    return Policy(title="made up", group=Group(origin=DEFAULT, own=rule), rules={"LP9.cluster": rule})


def test_every_part_with_an_origin_is_found_at_any_depth() -> None:
    found = parts_of(policy())
    assert [part.path for part in found] == [("group",), ("group", "own"), ("rules", "LP9.cluster")]
    assert found[0].origin is DEFAULT
    assert found[1].origin is VERIFIED


def test_a_part_shows_its_numbers_and_leaves_those_of_a_part_inside_to_it() -> None:
    group, own, _ = parts_of(policy())
    assert group.lines == (
        Line(path=("quiet",), values=(("", True),)),
        Line(path=("limits",), values=(("cp", 4), ("cin", 8))),
        Line(path=("stages", "1"), values=(("count", 2), ("unit", "working days"))),
        Line(path=("stages", "2"), values=(("count", 5),)),
    )
    assert own.lines == (
        Line(path=("after",), values=(("count", 3),)),
        Line(path=("days",), values=(("", 5), ("", 10))),
    )


def test_the_shipped_policy_is_laid_open_whole() -> None:
    parts = {part.path: part for part in parts_of(shipped_policy())}
    assert {("danger",), ("lock",), ("sharing",)} <= set(parts)
    lock = {line.path: line.values for line in parts["lock",].lines}
    assert lock["idle_minutes",] == (("", 5),)
    numbers = [line for line in parts["danger",].lines if line.path[0] == "numbers"]
    assert [line.path for line in numbers] == [
        ("numbers", "emergency"),
        ("numbers", "daytime"),
        ("numbers", "out_of_hours"),
    ]
    assert ("number", "999") in numbers[0].values
    assert parts["danger",].telephone
    assert not parts["lock",].telephone


@pytest.mark.parametrize(
    ("checked_on", "telephone", "today", "check"),
    [
        ("2025-11-23", False, date(2026, 11, 23), Check.VERIFIED),
        ("2025-11-23", False, date(2026, 11, 24), Check.CHECK_NOW),
        ("2025-11", False, date(2026, 11, 30), Check.VERIFIED),
        ("2025-11", False, date(2026, 12, 1), Check.CHECK_NOW),
        ("2026-05-23", True, date(2026, 11, 23), Check.VERIFIED),
        ("2026-05-23", True, date(2026, 11, 24), Check.CHECK_NOW),
        ("2026-08-31", True, date(2027, 2, 28), Check.VERIFIED),
        ("2026-08-31", True, date(2027, 3, 1), Check.CHECK_NOW),
    ],
)
def test_what_was_verified_is_to_be_checked_again_in_time(
    checked_on: str, telephone: bool, today: date, check: Check
) -> None:
    origin = Origin(source="s", status=PolicyStatus.VERIFIED, checked_on=checked_on)
    assert check_of(PolicyPart(path=("x",), origin=origin, lines=(), telephone=telephone), today) is check


@pytest.mark.parametrize("status", [PolicyStatus.DEFAULT, PolicyStatus.LOCAL_ANALOGUE])
def test_what_was_never_verified_here_is_to_be_confirmed(status: PolicyStatus) -> None:
    origin = Origin(source="s", status=status, checked_on="2026-11-23")
    assert check_of(PolicyPart(path=("x",), origin=origin, lines=()), date(2026, 11, 23)) is Check.CONFIRM


def test_a_part_inside_with_its_own_origin_does_not_lend_its_telephone() -> None:
    @dataclass(frozen=True)
    class Inner:
        origin: Origin
        numbers: tuple[DangerNumber, ...]

    @dataclass(frozen=True)
    class Outer:
        origin: Origin
        inner: Inner
        names: frozenset[str] = frozenset({"b", "a"})

    number = DangerNumber(code="daytime", label="l", when="w", number="0")
    outer, inner = parts_of(Outer(origin=DEFAULT, inner=Inner(origin=VERIFIED, numbers=(number,))))
    assert (outer.telephone, inner.telephone) == (False, True)
    assert outer.lines == (Line(path=("names",), values=(("", "a"), ("", "b"))),)
