"""Cases of the recommendations, of requests for help and of meetings."""

from typing import Any

from tests.cli.alert_cases.first import concern
from tests.cli.alert_cases.second import request
from tests.cli.alert_cases.writing import CIN, CP, CP_NEGLECT, LONG, Case, Record, a, d, e, need, status


def move(on: str, from_: str, to: str, **data: Any) -> Record:
    return e("move", on, "childrens_social_care", from_authority=from_, to_authority=to, on=on, **data)


def meeting(type_: str, on: str, **data: Any) -> Record:
    return e("meeting", on, "childrens_social_care", type=type_, **({"held": on} | data))


MOVED = [move(d(-900), "Walsall", "Sandwell")]
ASKED = {"records": [{"authority": "Sandwell", "asked_on": "2026-03-04"}]}
GOT = {"records": [{"authority": "Sandwell", "asked_on": "2026-03-04", "received_on": "2026-03-10"}]}
HIGH = {"D1.i": 4, "D1.ii": 4, "D1.iii": 4, "D1.iv": 4, "D2": 4, "D3": 4, "D4": 4}
NEGLECT = "child_protection"

CASES = [
    Case("R1.no_assessment", "-aa", "six months", assessments=[a("2025-08-20", "2025-09-10", {})], child=CP_NEGLECT),
    Case("R1.no_assessment", "--a", "six months", assessments=[a("2025-08-20", "2025-09-11", {})], child=CP_NEGLECT),
    Case("R1.no_assessment", "---", "another category", child=CP),
    Case("R1.no_assessment", "-aa", "three concerns", [concern(d(-100)), concern(d(-50)), concern(d(0))]),
    Case("R1.no_assessment", "---", "two concerns", [concern(d(-100)), concern(d(0))]),
    Case("R1.no_assessment", "a--", "assessed now", assessments=[a(d(-10), d(0), {})], child=CP_NEGLECT),
    Case("R1.review_overdue", "-aa", "was due yesterday", assessments=[a(d(-100), d(-90), {}, review_due=d(-1))]),
    Case("R1.review_overdue", "--a", "is due today", assessments=[a(d(-100), d(-90), {}, review_due=d(0))]),
    Case(
        "R1.review_overdue",
        "a--",
        "reviewed",
        assessments=[a(d(-100), d(-90), {}, review_due=d(-5)), a(d(-10), d(0), {})],
    ),
    Case("R2.deep_dive", "+aa", "two", [*MOVED, move("2026-02-10", "Sandwell", "Dudley")], child=CP_NEGLECT),
    Case(
        "R2.deep_dive",
        "---",
        "one other authority",
        [move("2026-01-10", "Sandwell", "Dudley")],
        child=CP_NEGLECT,
    ),
    Case(
        "R2.deep_dive",
        "---",
        "a deep dive was held",
        [*MOVED, move("2026-02-10", "Sandwell", "Dudley"), meeting("deep_dive", "2026-03-02")],
        child=CP_NEGLECT,
    ),
    Case("R2.records", "-aa", "five working days", [move("2026-03-02", "Sandwell", "Dudley", **ASKED)]),
    Case("R2.records", "---", "received", [move("2026-03-02", "Sandwell", "Dudley", **GOT)]),
    Case(
        "R2.records",
        "--a",
        "not yet",
        [
            move(
                "2026-03-02",
                "Sandwell",
                "Dudley",
                records=[{"authority": "Sandwell", "asked_on": "2026-03-05"}],
            )
        ],
    ),
    Case("R2.transfer_in", "-aa", "fifteen working days", [move("2026-02-17", "Sandwell", "Dudley", cp_plan=True)]),
    Case("R2.transfer_in", "---", "no plan there", [move("2026-02-17", "Sandwell", "Dudley", cp_plan=False)]),
    Case(
        "R2.transfer_in",
        "---",
        "a conference was held",
        [move("2026-02-17", "Sandwell", "Dudley", cp_plan=True), meeting("icpc", "2026-03-05")],
    ),
    Case("R4.no_adjustment", "-aa", "five working days", people=need("2026-03-03"), child=CIN),
    Case(
        "R4.no_adjustment",
        "---",
        "one was made",
        [e("learning_support", d(-3), person="p-CHILD", adjustments=[{"what": "easy read", "on": d(-3)}])],
        people=need("2026-03-03"),
        child=CIN,
    ),
    Case("R4.no_adjustment", "---", "no need", people=need("2026-03-03", "none_known"), child=CIN),
    Case(
        "R4.adult_services",
        "-ww",
        "not invited",
        [meeting("core_group", d(-20), held=None, planned_for=d(5), known=d(0)) | {"when": d(0)}],
        people=need(),
        child=CP,
    ),
    Case(
        "R4.adult_services",
        "---",
        "invited",
        [
            meeting(
                "core_group",
                d(-20),
                held=None,
                planned_for=d(5),
                invited=[{"role": "adult services social worker", "name": "Mr Able", "on": d(-9)}],
            )
        ],
        people=need(),
        child=CP,
    ),
    Case("R4.adult_services", "---", "no meeting is planned", people=need(), child=CP),
    Case("REF.decision", "-aa", "one working day", [request("2026-03-09")]),
    Case("REF.decision", "---", "acknowledged", [request("2026-03-09", acknowledged_on="2026-03-10")]),
    Case("REF.decision", "a--", "decided", [request("2026-03-05", "advice", decided_on=d(0))]),
    Case("REF.written", "-aa", "24 hours", [request("2026-03-09", by_phone=True)]),
    Case("REF.written", "---", "written", [request("2026-03-09", by_phone=True, written_on="2026-03-10")]),
    Case("REF.written", "---", "was written from the start", [request("2026-03-09")]),
    Case("MEET.due", "-aa", "conference after a strategy discussion", [meeting("strategy", "2026-02-17")]),
    Case(
        "MEET.due",
        "---",
        "the conference was held",
        [meeting("strategy", "2026-02-17"), meeting("icpc", "2026-03-09"), meeting("core_group", "2026-03-09")],
    ),
    Case("MEET.due", "-aa", "first core group", [meeting("icpc", "2026-02-24")], child=status(NEGLECT, "2026-02-24")),
    Case(
        "MEET.due",
        "-aa",
        "first review",
        [meeting("icpc", "2025-12-10"), meeting("core_group", "2025-12-12")],
        child=status(NEGLECT, "2025-12-10"),
    ),
    Case(
        "MEET.long_plan",
        "-aa",
        "nine months",
        assessments=[a(d(-60), d(-50), HIGH)],
        child=status(NEGLECT, "2025-06-11", category="neglect"),
    ),
    Case(
        "MEET.long_plan",
        "---",
        "nothing high",
        assessments=[a(d(-60), d(-50), {})],
        child=status(NEGLECT, "2025-05-11", category="neglect"),
    ),
    Case(
        "MEET.long_plan",
        "---",
        "eight months",
        assessments=[a(d(-60), d(-50), HIGH)],
        child=status(NEGLECT, "2025-07-11", category="neglect"),
    ),
    Case(
        "MEET.long_plan",
        "-aa",
        "a second plan",
        assessments=[a(d(-60), d(-50), HIGH)],
        child={
            "statuses": [
                {"status": NEGLECT, "category": "neglect", "from": LONG, "to": "2024-02-01"},
                {"status": NEGLECT, "category": "neglect", "from": d(0)},
            ]
        },
    ),
]
