"""Whole lives from outside: where the work is done nothing is said, and of a typical plan no more than three rows.

Synthetic children over a year, written as people would write them down; asked about every few days.

Source: casework.md, How rules read the record: "three shown and the rest counted"; The eighteen rows.
"""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.alert_cases.second import action, appointment, attended, request, visit
from tests.cli.alert_cases.third import meeting
from tests.cli.alert_cases.writing import Case, Record, a, e, status
from tests.cli.running import Gcp2
from tests.cli.test_alert_cases import file_of

STARTS = date(2025, 9, 1)
ASKED = [(STARTS + timedelta(days=days)).isoformat() for days in range(0, 215, 18)]
HALF_TERMS = (("2025-09-03", "2025-10-24", 74), ("2025-11-03", "2025-12-19", 70), ("2026-01-05", "2026-02-13", 58))


def on(day: str, away: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=away)).isoformat()


def seen(every: int) -> list[Record]:
    """Visits at home, one in three unannounced."""
    days = [on("2025-09-03", away) for away in range(0, 215, every)]
    return [visit(day, access="given", announced=place % 3 > 0, child_seen=True) for place, day in enumerate(days)]


def advocate() -> list[Record]:
    return [e("advocacy", "2025-09-03", status="offered", for_="child", on="2025-09-03")]


def planned(type_: str, held: str) -> list[Record]:
    """A meeting as it should be: asked for, everybody invited, the report shared, a chronology frozen before it."""
    asked = on(held, -20)
    invited = [{"role": role, "name": role, "on": asked} for role in ("advocate", "school", "health visitor")]
    entry = meeting(type_, held, planned_for=held, invited=invited, report_shared_on=on(held, -10))
    return [e("chronology_frozen", asked, version=held), entry | {"known": asked}]


def kept(type_: str, *days: str) -> list[Record]:
    return [entry for day in days for entry in planned(type_, day)]


def assessed(*days: str, grades: dict[str, int] | None = None) -> list[Record]:
    """A signed-off assessment that began on each of these days, the next one due half a year later."""
    return [a(day, on(day, 14), grades or {}, review_due=on(day, 182)) for day in days]


def at_school(*there: int, **more: Any) -> list[Record]:
    return [
        attended(first, last, possible, came, situation="on_roll", **more)
        for (first, last, possible), came in zip(HALF_TERMS, there, strict=True)
    ]


def worked(from_: str) -> Record:
    given = {"professional": "w1", "role": "social_worker", "from": from_, "confirmed_on": from_}
    return {"allocated": [given]}


BIRTH = e("admission", "2019-03-04", "hospital", admitted="2019-03-04", discharged="2019-03-20", neonatal=True)
DECIDED = {"reason": "Told at the core group", "lead": "Ms Lead"}
IN_NEED = Case(
    "quiet",
    "",
    "in need, every date kept",
    [
        *seen(14),
        *advocate(),
        *at_school(72, 68, 57),
        e("chronology_frozen", "2025-08-19", version="0"),
        request("2025-08-20", "assessment", acknowledged_on="2025-08-20"),
        *kept("cin_planning", "2025-09-01"),
        *kept("cin_review", "2025-11-20", "2026-02-10"),
        appointment("2025-10-01", "brought"),
    ],
    assessed("2025-08-25", "2026-01-12"),
    status("child_in_need", "2025-09-01") | worked("2025-09-01"),
)
PROTECTED = Case(
    "quiet",
    "",
    "on a plan, every date kept",
    [
        *seen(7),
        *advocate(),
        *at_school(72, 68, 57),
        meeting("strategy", "2025-08-18"),
        *kept("icpc", "2025-09-01"),
        *kept("core_group", "2025-09-10", "2025-10-20", "2026-01-10"),
        *kept("rcpc", "2025-11-27"),
        appointment("2025-10-01", "brought"),
        action("2025-09-01", said_done_on="2025-09-20", checked_on="2025-09-24", checked_result="done"),
    ],
    assessed("2025-08-25", "2026-01-12"),
    status("child_protection", "2025-09-01", category="physical") | worked("2025-09-01"),
)
OF_OLD = Case(
    "quiet",
    "",
    "helped years ago, and well since",
    [
        BIRTH,
        request("2021-05-10", "assessment", acknowledged_on="2021-05-10"),
        e("case_opened", "2021-05-20"),
        e("case_closed", "2022-06-30"),
        appointment("2021-06-01", "not_brought"),
        appointment("2021-08-01", "brought"),
        *at_school(73, 69, 58),
        e("note", "2026-01-20", themes=["strength"]),
    ],
    [a("2021-06-01", "2021-06-20", {"C1.a": 3})],
    status("child_in_need", "2021-05-20", "2022-06-30"),
)
TYPICAL = Case(
    "typical",
    "",
    "on a plan for neglect",
    [
        BIRTH,
        *seen(14),
        visit("2025-11-19", access="no_answer", announced=True),
        request("2025-08-26", "strategy", acknowledged_on="2025-08-26", themes=["physical"], impact="Hungry."),
        e("chronology_frozen", "2025-08-20", version="0"),
        meeting("strategy", "2025-08-27"),
        *advocate(),
        *kept("icpc", "2025-09-10"),
        *kept("core_group", "2025-09-19", "2025-10-30", "2026-01-27"),
        *kept("rcpc", "2025-12-05"),
        e("note", "2025-10-20", themes=["educational"], impact="Late.", concern=True, decision=DECIDED),
        e("note", "2025-11-20", "health_visiting", themes=["medical"], impact="In pain."),
        e("note", "2026-01-20", themes=["physical"], impact="Cold."),
        appointment("2026-01-28", "not_brought"),
        appointment("2026-02-18", "brought"),
        *at_school(66, 60, 50, unauthorised=4),
    ],
    assessed("2025-09-01", "2026-01-12", grades={"A1.a": 3, "A2.a": 4, "A3.c": 3, "A4": 3, "A5.b": 3}),
    status("child_protection", "2025-09-10", category="neglect") | worked("2025-09-01"),
)
LIVES = (IN_NEED, PROTECTED, OF_OLD, TYPICAL)


@pytest.fixture
def lived(gcp2: Gcp2, store: Path, tmp_path: Path) -> Path:
    """A store with every life."""
    file = tmp_path / "lives.json"
    file.write_text(json.dumps(file_of(LIVES)), encoding="utf-8")
    ran = gcp2("import", store, file)
    assert ran.code == 0
    assert ", 0 left out, 0 marked." in ran.err
    return store


def test_well_kept_lives_say_nothing_and_a_typical_plan_three_rows_at_most(gcp2: Gcp2, lived: Path) -> None:
    wrong = []
    rows_of_typical = set()
    for day in ASKED:
        found = [each for each in json.loads(gcp2("alerts", lived, "--as-of", day).out) if each["child"]]
        for number, life in enumerate(LIVES):
            own = [each for each in found if each["child"] == f"c{number}"]
            rows = {each["row"] for each in own}
            rows_of_typical |= rows if life is TYPICAL else set()
            if len(rows) > (3 if life is TYPICAL else 0) or any(each["level"] == "urgent" for each in own):
                said = "; ".join(f"{each['rule']}: {each['text']}" for each in own)
                wrong.append(f"{life.why}, {day}: {said}")
    assert not wrong, "\n".join(wrong)
    assert "LP12" in rows_of_typical
