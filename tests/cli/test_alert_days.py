"""The days alerts are asked about, from outside: over bank holidays, as of a day, and as far as something was known.

Source: casework.md, How rules read the record.
"""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.cli.alert_cases.first import concern
from tests.cli.alert_cases.holidays import CASES
from tests.cli.alert_cases.second import appointment, period, request, tried
from tests.cli.alert_cases.writing import CIN, CP, Case, Record, a, e, status
from tests.cli.running import Gcp2
from tests.cli.test_alert_cases import file_of


def fill(gcp2: Gcp2, store: Path, folder: Path, cases: tuple[Case, ...]) -> None:
    file = folder / "cases.json"
    file.write_text(json.dumps(file_of(cases)), encoding="utf-8")
    ran = gcp2("import", store, file)
    assert ran.code == 0
    assert ", 0 left out," in ran.err


def test_working_days_leave_out_bank_holidays_and_week_ends(gcp2: Gcp2, store: Path, tmp_path: Path) -> None:
    fill(gcp2, store, tmp_path, tuple(case for _, case in CASES))
    asked = {day for first, _ in CASES for day in (first, day_before(first))}
    said: dict[tuple[str, str, str], dict[str, Any]] = {}
    for day in asked:
        for alert in json.loads(gcp2("alerts", store, "--as-of", day).out):
            said[alert["child"] or "", alert["rule"], day] = alert
    wrong = []
    for number, (first, case) in enumerate(CASES):
        before, on = (said.get((f"c{number}", case.rule, day)) for day in (day_before(first), first))
        if before is not None or on is None or (on["level"], on["since"]) != (case.says, first):
            wrong.append(f"{case.rule}, {case.why}, {first}: {before}, then {on}")
    assert not wrong, "\n".join(wrong)


def day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def aside(rule: str) -> Record:
    """The keys of a child whose alert was set aside for nine days because of the entries that it counted then."""
    given = {"reason": "Rung again tomorrow", "by": "w1", "on": "2026-03-11", "until": "2026-03-20"}
    return {"set_asides": [{"rule": rule, "counted": ["CHILD-e0"], **given}]}


OPENED = e("case_opened", "2025-01-01")
CLOSED = e("case_closed", "2025-06-01")
EVERYBODYS = period("2026-02-10") | {"children": [], "id": "e-strike"}
AS_OF = "--as-of"
KNOWN_ON = "--known-on"
#: Each case with questions: as of a day, known on a day (empty for none), and what is said: the level, with a mark
#: where it is set aside, and since when; empty for nothing.
ASKED: list[tuple[Case, list[tuple[str, str, str]]]] = [
    (
        Case(
            "LP9.three_in_year",
            "",
            "the third is known later",
            [request("2025-12-01"), request("2026-02-01"), request("2026-03-11") | {"known": "2026-03-15"}],
        ),
        [
            ("2026-03-10", "", ""),
            ("2026-03-11", "", "act 2026-03-11"),
            ("2026-03-11", "2026-03-14", ""),
            ("2026-03-20", "2026-03-14", ""),
            ("2026-03-20", "2026-03-15", "act 2026-03-11"),
            ("", "2026-03-14", ""),
            ("", "2026-03-15", "act 2026-03-15"),
        ],
    ),
    (
        Case("LP1.high_now", "", "signed off", assessments=[a("2026-02-01", "2026-03-11", {"D4": 5})]),
        [("2026-03-20", "2026-03-10", ""), ("2026-03-20", "2026-03-11", "act 2026-03-11")],
    ),
    (
        Case("LP6.no_advocate", "", "a status", child=status("child_in_need", "2026-03-03")),
        [("2026-03-20", "2026-03-02", ""), ("2026-03-20", "2026-03-03", "act 2026-03-11")],
    ),
    (
        Case("REF.decision", "", "decided later", [request("2026-03-09", "advice", decided_on="2026-03-13")]),
        [("2026-03-20", "2026-03-12", "act 2026-03-11"), ("2026-03-20", "2026-03-13", ""), ("2026-03-20", "", "")],
    ),
    (
        Case(
            "LP12.not_brought",
            "",
            "known before",
            [appointment("2026-03-11", "not_brought") | {"known": "2026-03-01"}],
            child=CP,
        ),
        [("2026-03-10", "", ""), ("2026-03-11", "", "act 2026-03-11")],
    ),
    (
        Case(
            "LP2.gap",
            "",
            "filled later",
            [e("note", "2026-02-10"), e("note", "2026-03-01") | {"known": "2026-03-20"}],
            child=CP,
        ),
        [("2026-03-11", "2026-03-11", "act 2026-03-11"), ("2026-03-11", "", "")],
    ),
    (
        Case("LP8.unanswered", "", "a reply", [tried("2026-03-09", reached=False, reply_on="2026-03-12")]),
        [("2026-03-12", "2026-03-11", "act 2026-03-11"), ("2026-03-12", "2026-03-12", "")],
    ),
    (
        Case("LP3.concern_no_action", "", "set aside", [concern("2026-03-09")], child=aside("LP3.concern_no_action")),
        [
            ("2026-03-11", "", "act! 2026-03-11"),
            ("2026-03-20", "", "act! 2026-03-11"),
            ("2026-03-21", "", "act 2026-03-11"),
        ],
    ),
    (
        Case(
            "LP3.concern_no_action",
            "",
            "woken",
            [concern("2026-03-09"), concern("2026-03-16")],
            child=aside("LP3.concern_no_action"),
        ),
        [("2026-03-17", "", "act! 2026-03-11"), ("2026-03-18", "", "act 2026-03-11")],
    ),
    (
        Case("LP7.impact_review", "", "a strike everywhere", [EVERYBODYS], child=CIN),
        [("2026-03-11", "", "act 2026-03-11")],
    ),
    (Case("LP7.impact_review", "", "no case"), [("2026-03-11", "", "")]),
    (Case("LP7.impact_review", "", "universal", child=status("universal", "2025-01-01")), [("2026-03-11", "", "")]),
    (Case("LP7.impact_review", "", "closed", [OPENED, CLOSED]), [("2026-03-11", "", "")]),
    (
        Case("LP7.impact_review", "", "opened again", [OPENED, CLOSED, e("case_opened", "2026-03-12")]),
        [("2026-03-11", "", ""), ("2026-03-12", "", "act 2026-03-12")],
    ),
]


def test_what_is_said_as_of_a_day_and_as_known_on_a_day(gcp2: Gcp2, store: Path, tmp_path: Path) -> None:
    fill(gcp2, store, tmp_path, tuple(case for case, _ in ASKED))
    said: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for as_of, known_on in {each[:2] for _, questions in ASKED for each in questions}:
        when = [*([AS_OF, as_of] if as_of else []), *([KNOWN_ON, known_on] if known_on else [])]
        said[as_of, known_on] = json.loads(gcp2("alerts", store, *when).out)
    wrong = []
    for number, (case, questions) in enumerate(ASKED):
        for as_of, known_on, expected in questions:
            found = [
                f"{each['level']}{'!' if each['set_aside'] else ''} {each['since']}"
                for each in said[as_of, known_on]
                if (each["child"], each["rule"]) == (f"c{number}", case.rule)
            ]
            if found != [expected] * bool(expected):
                wrong.append(f"{case.rule}, {case.why}, as of {as_of}, known on {known_on}: {found}, not {expected}")
    assert not wrong, "\n".join(wrong)


def test_a_revised_entry_counts_as_it_reads_now(gcp2: Gcp2, store: Path, tmp_path: Path) -> None:
    rule = "LP9.three_in_succession"
    found = []
    for outcome in ("advice", "assessment", "no_further_action"):
        requests = [request("2025-10-01", "advice"), request("2025-12-01", "advice"), request("2026-03-11", outcome)]
        fill(gcp2, store, tmp_path, (Case(rule, "", "", requests),))
        alerts = json.loads(gcp2("alerts", store, "--child", "c0", AS_OF, "2026-03-12").out)
        found.append(rule in {each["rule"] for each in alerts})
    assert found == [True, False, True]
