"""LP10: a challenge is answered in time."""

from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.entries import Entry
from tests.rules import DAY, ask, days, entry, holds, holds_from, record, working

RULE = "LP10.stage_overdue"
#: The first day on which stage 1, started on DAY, is overdue.
OVERDUE = working(DAY, 2) + days(1)


def stage(number: int, started: date = DAY, id_: str = "c1", **data: Any) -> Entry:
    return entry(id_, "challenge", min(DAY, started), stage=number, stage_started=started, **data)


@pytest.mark.parametrize(("number", "allowed"), [(1, 2), (2, 5), (3, 2), (4, 5)])
def test_each_stage_has_its_working_days(number: int, allowed: int) -> None:
    about = record(stage(number))
    assert holds_from(RULE, about, working(DAY, allowed) + days(1))
    found = ask(RULE, about, working(DAY, allowed) + days(1))
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("c1",)
    assert f"stage {number} since 9 March 2026, due by" in found.text


@pytest.mark.parametrize("number", [0, 5, None, "two"])
def test_a_stage_there_is_none_of_has_no_clock(number: Any) -> None:
    assert not holds(RULE, record(stage(number)), DAY + days(60))


@pytest.mark.parametrize("field", ["reply_on", "resolved_on"])
def test_a_reply_or_a_resolution_ends_it_from_its_day(field: str) -> None:
    after: dict[str, Any] = {field: OVERDUE + days(2)}
    assert holds(RULE, record(stage(1, **after)), OVERDUE + days(1))
    assert not holds(RULE, record(stage(1, **after)), OVERDUE + days(2))


@pytest.mark.parametrize(
    ("later", "ends"),
    [
        (stage(2, OVERDUE - days(1), "c2", about="e1"), True),
        (stage(3, DAY, "c2", about="e1"), True),
        (stage(1, DAY + days(1), "c2", about="e1"), True),
        (stage(2, OVERDUE - days(1), "c2", about="e2"), False),
        (stage(2, OVERDUE - days(1), "c2"), False),
        (stage(2, OVERDUE + days(1), "c2", about="e1"), False),
    ],
)
def test_a_later_stage_to_the_same_decision_takes_its_place(later: Entry, ends: bool) -> None:
    found = ask(RULE, record(stage(1, about="e1"), later), OVERDUE)
    assert (found is None or "c1" not in found.entries) is ends


def test_challenges_that_name_no_decision_are_each_their_own() -> None:
    found = ask(RULE, record(stage(2, DAY + days(1), "c2"), stage(1)), DAY + days(30))
    assert found is not None
    assert found.entries == ("c1", "c2")


def test_a_stage_that_has_not_started_has_no_clock() -> None:
    later = stage(1, DAY + days(30))
    assert holds_from(RULE, record(later), working(DAY + days(30), 2) + days(1))
    assert not holds(RULE, record(entry("c1", "challenge", {"about": "2026-03"}, stage=1)), DAY + days(60))
    assert not holds(RULE, record(), DAY)


def test_a_stage_without_its_day_started_when_it_happened() -> None:
    assert holds_from(RULE, record(entry("c1", "challenge", DAY, stage=1)), OVERDUE)


def test_an_urgent_challenge_has_the_same_clocks() -> None:
    assert holds_from(RULE, record(stage(1, urgent=True)), OVERDUE)
