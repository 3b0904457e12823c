"""Every rule from outside, as somebody would check it who has the specification and the program, and no more.

A few cases a rule, each about a child of its own, all in one store; asked about on the day before, the day, and the day
after. What is expected comes from the words of the specification.

Source: casework.md, How rules read the record, The eighteen rows, Referral, Meetings.
"""

import json
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gcp2_app.domain.rules.registry import About
from gcp2_app.domain.rules.themes import RULES
from gcp2_app.forms.learning import shipped_library
from tests.cli.alert_cases import (
    edges_of_contact,
    edges_of_follow_up,
    edges_of_grades,
    edges_of_health,
    edges_of_plans,
    edges_of_records,
    first,
    second,
    third,
)
from tests.cli.alert_cases.writing import BORN, Case, Record, d
from tests.cli.running import Gcp2
from tests.stores import TODAY

CASES = (
    *(*first.CASES, *second.CASES, *third.CASES, *edges_of_grades.CASES, *edges_of_records.CASES),
    *(*edges_of_health.CASES, *edges_of_contact.CASES, *edges_of_follow_up.CASES, *edges_of_plans.CASES),
)
DAYS = (d(-1), d(0), d(1))


def own(child: str, records: list[Record], of: str) -> list[Record]:
    """Records with ids of their own that name this child."""
    found = json.loads(json.dumps(records).replace("CHILD", child))
    return [{"id": f"{child}-{of}{place}"} | record for place, record in enumerate(found)]


def file_of(cases: tuple[Case, ...]) -> dict[str, Any]:
    """One case file with a child for each case."""
    file: dict[str, Any] = {"format": "gcp2-casefile", "version": 1, "professionals": [], "people": []}
    file |= {"households": [], "children": [], "assessments": [], "entries": []}
    file["professionals"].append({"id": "w1", "name": "Practice Worker", "role": "social worker"})
    file["professionals"][0]["agency"] = "childrens_social_care"
    for number, case in enumerate(cases):
        child = f"c{number}"
        carers = [{"person": f"p-{child}", "relationship": "mother", "main": True}]
        names = {"given_names": case.rule, "family_name": child, "date_of_birth": BORN, "carers": carers}
        file["children"] += [*own(child, [{"id": child, **names, **case.child}], ""), *own(child, case.siblings, "s")]
        file["people"] += own(child, case.people, "p") or [{"id": f"p-{child}"}]
        for section in ("households", "assessments", "entries"):
            file[section] += own(child, getattr(case, section), section[0])
    return file


def test_there_are_cases_of_every_rule_about_a_child() -> None:
    counted = Counter(case.rule for case in CASES)
    assert {rule.name for rule in RULES.values() if rule.about is About.CHILD and counted[rule.name] < 3} == set()
    assert set(counted) <= set(RULES)


@pytest.fixture
def filled(tmp_path: Path, store: Path, gcp2: Gcp2) -> Path:
    """A store with every case in it."""
    file = tmp_path / "cases.json"
    file.write_text(json.dumps(file_of(CASES)), encoding="utf-8")
    ran = gcp2("import", store, file)
    assert ran.code == 0
    assert ", 0 left out," in ran.err
    return store


def test_each_rule_says_what_the_specification_says(gcp2: Gcp2, filled: Path) -> None:
    said: dict[tuple[str, str, str], dict[str, Any]] = {}
    for day in DAYS:
        for alert in json.loads(gcp2("alerts", filled, "--as-of", day).out):
            key = alert["child"] or "", alert["rule"], day
            assert alert["child"] is None or key not in said, f"{key} is said twice"
            said[key] = alert
    wrong = []
    for number, case in enumerate(CASES):
        alerts = [said.get((f"c{number}", case.rule, day)) for day in DAYS]
        found = "".join("-" if alert is None else alert["level"][0] for alert in alerts)
        if not all(now == then or (then == "+" and now != "-") for then, now in zip(case.says, found, strict=True)):
            wrong.append(f"c{number} {case.rule}, {case.why}: {found}, not {case.says}")
        elif not all(is_of(f"c{number}", alert, found) for alert in alerts if alert is not None):
            wrong.append(f"c{number} {case.rule}, {case.why}: {alerts}")
    assert not wrong, "\n".join(wrong)
    resting = {key: alert for key, alert in said.items() if alert["rule"] in RESTING}
    assert {alert["rule"] for alert in resting.values()} == RESTING
    assert {alert["rule"] for alert in resting.values() if "Ask before relying on this" not in alert["text"]} == set()


#: What holds because something was not found, by the words of the specification: "no", "none", "not", "nothing".
RESTING = frozenset(
    [
        "LP2.gap",
        "LP2.chronology_missing",
        "LP3.concern_no_action",
        "LP4.review_missing",
        "LP4.statutory_notice",
        "LP4.discharge",
        "LP5.coordinator",
        "LP5.teach_back",
        "LP5.retest",
        "LP6.no_advocate",
        "LP6.not_invited",
        "LP7.red_unseen",
        "LP7.impact_review",
        "LP8.unanswered",
        "LP9.review_due",
        "LP10.stage_overdue",
        "LP11.not_checked",
        "LP12.plan_missing",
        "R1.no_assessment",
        "R1.review_overdue",
        "R2.records",
        "R2.transfer_in",
        "R4.no_adjustment",
        "REF.decision",
        "REF.written",
        "MEET.due",
    ]
)


def is_of(child: str, alert: dict[str, Any], found: str) -> bool:
    """Whether an alert says rightly since when it holds, and counts nothing of another child."""
    began = next(day for day, level in zip(DAYS, found, strict=True) if level != "-")
    starts = alert["since"] == began if found[0] == "-" else alert["since"] <= began
    return starts and all(re.search(rf"\b{child}\b", counted) for counted in alert["entries"])


def test_training_in_challenge_is_none_or_older_than_two_years(gcp2: Gcp2, store: Path, tmp_path: Path) -> None:
    courses = {"w1": ("professional_challenge", "2024-03-10"), "w2": ("professional_challenge", "2024-03-11")}
    courses |= {"w3": ("professional_challenge", "2024-03-12"), "w4": ("professional_challenge", "2025-01-01")}
    people = [{"id": who, "name": who, "role": "teacher", "agency": "school"} for who in courses]
    trainings = [
        {"id": f"t-{who}", "kind": "training", "when": on, "data": {"person": who, "course": course, "on": on}}
        for who, (course, on) in courses.items()
    ]
    file = tmp_path / "people.json"
    written = {"format": "gcp2-casefile", "version": 1, "professionals": people, "entries": trainings}
    file.write_text(json.dumps(written), encoding="utf-8")
    assert gcp2("import", store, file).code == 0
    found: dict[str, list[int]] = {}
    for day in DAYS:
        rules = [
            each for each in json.loads(gcp2("alerts", store, "--as-of", day).out) if each["rule"] == "LP10.training"
        ]
        assert {each["level"] for each in rules} <= {"watch"}
        for entry in trainings:
            found.setdefault(str(entry["id"]), []).append(sum(entry["id"] in each["entries"] for each in rules))
    assert found == {"t-w1": [0, 1, 1], "t-w2": [0, 0, 1], "t-w3": [0, 0, 0], "t-w4": [0, 0, 0]}


@pytest.mark.parametrize(("away", "unread"), [(27, 0), (28, 0), (29, 1)])
def test_the_briefs_are_unread_after_28_days(gcp2: Gcp2, store: Path, away: int, unread: int) -> None:
    published = min(row.published_on for row in shipped_library().rows)
    day = max(published, TODAY) + timedelta(days=away)
    found = [each for each in json.loads(gcp2("alerts", store, "--as-of", day).out) if each["rule"] == "R6.unread"]
    assert [each["level"] for each in found] == ["watch"] * unread


def test_what_became_known_later_is_left_out_where_that_is_asked(gcp2: Gcp2, store: Path, tmp_path: Path) -> None:
    late = second.request(d(-1)) | {"known": d(0)}
    file = tmp_path / "late.json"
    case = Case("LP9.three_in_year", "", "", [second.request(d(-200)), second.request(d(-100)), late])
    file.write_text(json.dumps(file_of((case,))), encoding="utf-8")
    assert gcp2("import", store, file).code == 0

    def says(*arguments: str) -> bool:
        ran = gcp2("alerts", store, "--child", "c0", *arguments)
        return case.rule in {each["rule"] for each in json.loads(ran.out)}

    assert says("--as-of", d(-1))
    assert not says("--as-of", d(-2))
    assert not says("--as-of", d(-1), "--known-on", d(-1))
    assert says("--as-of", d(-1), "--known-on", d(0))
    assert not says("--known-on", d(-1))
    assert says("--known-on", d(0))
