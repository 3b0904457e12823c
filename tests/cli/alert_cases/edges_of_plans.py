"""Edges of the recommendations, of requests for help and of meetings."""

from tests.cli.alert_cases.first import concern
from tests.cli.alert_cases.second import request
from tests.cli.alert_cases.third import meeting, move
from tests.cli.alert_cases.writing import IN_ERROR, UNBORN, Case, a, antenatal, e, protected, status

FOURS = {"D1.i": 4, "D1.ii": 4, "D1.iii": 4, "D1.iv": 4, "D2": 4, "D3": 4, "D4": 4}


CASES = [
    Case("R1.no_assessment", "-aa", "plan starts, never assessed", child=protected("2026-03-11")),
    Case("R1.no_assessment", "-aa", "CIN neglect", child=status("child_in_need", "2026-03-11", category="neglect")),
    Case(
        "R1.no_assessment",
        "---",
        "recorded elsewhere counts",
        assessments=[
            {
                **a("2025-12-01", "2025-12-20", {}, recorded_elsewhere=True),
                "units": {"A1": {"state": "scored", "grade": 2}},
            }
        ],
        child=protected("2026-03-11"),
    ),
    Case(
        "R1.no_assessment",
        "-aa",
        "draft does not count",
        assessments=[a("2025-12-01", None, {}, state="draft")],
        child=protected("2026-03-11"),
    ),
    Case(
        "R1.no_assessment",
        "---",
        "concern in error",
        entries=[concern("2026-01-01"), {**concern("2026-02-01"), **IN_ERROR}, concern("2026-03-11")],
    ),
    Case(
        "R1.no_assessment",
        "---",
        "concern without type",
        entries=[concern("2026-01-01"), e("note", "2026-02-01", concern=True), concern("2026-03-11")],
    ),
    Case(
        "R1.no_assessment",
        "-a-",
        "6 months boundary",
        entries=[concern("2025-09-11"), concern("2026-02-01"), concern("2026-03-11")],
    ),
    Case(
        "R1.no_assessment",
        "---",
        "early help with neglect category",
        child=status("early_help", "2026-03-11", category="neglect"),
    ),
    Case(
        "R1.no_assessment",
        "a--",
        "unborn assessed antenatally",
        assessments=[antenatal(3)],
        child={**UNBORN, **status("child_protection", "2026-03-03", category="neglect")},
    ),
    Case(
        "R1.no_assessment",
        "-aa",
        "concerns and an assessment 6 months ago",
        entries=[concern("2026-01-01"), concern("2026-02-01"), concern("2026-02-20")],
        assessments=[a("2025-08-20", "2025-09-10", {})],
    ),
    Case(
        "R1.review_overdue",
        "-aa",
        "draft in progress does not end it",
        assessments=[
            a("2025-12-01", "2025-12-20", {}, review_due="2026-03-10"),
            a("2026-03-01", None, {}, state="in_progress"),
        ],
    ),
    Case(
        "R2.deep_dive",
        "---",
        "without marker or plan",
        entries=[
            move(
                "2024-02-01",
                "Walsall",
                "Sandwell",
                records=[{"authority": "Walsall", "asked_on": "2024-02-01", "received_on": "2024-02-05"}],
            ),
            move(
                "2026-03-11",
                "Sandwell",
                "Dudley",
                records=[
                    {"authority": "Sandwell", "asked_on": "2026-03-11", "received_on": "2026-03-11"},
                    {"authority": "Walsall", "asked_on": "2026-03-11", "received_on": "2026-03-11"},
                ],
            ),
            e("note", "2026-01-01"),
        ],
    ),
    Case(
        "R2.deep_dive",
        "---",
        "more than 5 years ago",
        entries=[move("2020-02-01", "Walsall", "Sandwell"), move("2026-03-11", "Sandwell", "Dudley")],
        child=protected("2023-01-09"),
    ),
    Case(
        "R2.deep_dive",
        "-aa",
        "addresses of the household",
        entries=[move("2026-03-11", "Sandwell", "Dudley")],
        child=protected("2026-01-01"),
        households=[
            {
                "id": "h-CHILD",
                "members": [{"who": "CHILD", "from": "2021-01-01"}],
                "addresses": [
                    {"authority": "Walsall", "from": "2021-06-01", "to": "2024-01-01"},
                    {"authority": "Sandwell", "from": "2024-01-01", "to": "2026-03-10"},
                    {"authority": "Dudley", "from": "2026-03-11"},
                ],
            }
        ],
    ),
    Case(
        "R2.deep_dive",
        "-aa",
        "moved in from two, unknown history",
        entries=[move("2024-02-01", "Walsall", "Sandwell"), move("2026-03-11", "Sandwell", "Dudley")],
    ),
    Case(
        "R2.deep_dive",
        "---",
        "Dudley itself is no other",
        entries=[move("2024-02-01", "Dudley", "Sandwell"), move("2026-03-11", "Sandwell", "Dudley")],
        child=protected("2026-01-01"),
    ),
    Case("R2.transfer_in", "---", "moved out", entries=[move("2026-02-17", "Dudley", "Sandwell", cp_plan=True)]),
    Case("REF.decision", "---", "decided on wd 1", entries=[request("2026-03-09", "advice", decided_on="2026-03-10")]),
    Case("REF.decision", "-a-", "acknowledged wd 2", entries=[request("2026-03-09", acknowledged_on="2026-03-12")]),
    Case(
        "REF.decision",
        "---",
        "planned referral not sent",
        entries=[e("referral", "2026-03-25", by_agency="school") | {"known": "2026-03-01"}],
    ),
    Case("REF.written", "-aa", "written late", entries=[request("2026-03-09", by_phone=True, written_on="2026-03-13")]),
    Case(
        "MEET.long_plan",
        "---",
        "not neglect",
        assessments=[a("2026-02-01", "2026-02-10", FOURS)],
        child=protected("2025-06-11", category="physical"),
    ),
    Case(
        "MEET.long_plan",
        "-aa",
        "one unit at 4 raises the area",
        assessments=[a("2026-02-01", "2026-02-10", {"D2": 4})],
        child=protected("2025-06-11"),
    ),
    Case(
        "MEET.long_plan",
        "-aa",
        "plan ended",
        assessments=[a("2026-02-01", "2026-02-10", FOURS)],
        child=protected("2025-06-11", "2026-03-20"),
    ),
    Case(
        "MEET.long_plan",
        "---",
        "legal meeting answers",
        entries=[meeting("legal_planning", "2026-03-05")],
        assessments=[a("2026-02-01", "2026-02-10", FOURS)],
        child=status("child_protection", "2025-06-01", category="neglect"),
    ),
    Case(
        "MEET.long_plan",
        "-aa",
        "again at 15 months",
        entries=[meeting("legal_planning", "2025-10-01")],
        assessments=[a("2025-08-01", "2025-08-10", FOURS), a("2026-02-01", "2026-02-10", FOURS)],
        child=status("child_protection", "2024-12-11", category="neglect"),
    ),
    Case(
        "MEET.due",
        "--a",
        "report before ICPC",
        entries=[meeting("icpc", "2026-03-02", held=None, planned_for="2026-03-16")],
    ),
]
