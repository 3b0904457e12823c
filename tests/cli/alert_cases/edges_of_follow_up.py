"""Edges of rows LP10 to LP12."""

from tests.cli.alert_cases.first import medicine, shown
from tests.cli.alert_cases.second import (
    action,
    agreements,
    appointment,
    attended,
    cancelled,
    checked,
    looked,
    request,
    stage,
    visit,
)
from tests.cli.alert_cases.writing import CP, IN_ERROR, Case, Record, d, e, need


def in_vain(on: str, announced: bool) -> Record:
    return visit(on, access="no_answer", announced=announced)


CASES = [
    Case("LP10.stage_overdue", "--a", "stage 3", entries=[stage(3, "2026-03-09")]),
    Case(
        "LP10.stage_overdue",
        "--a",
        "next stage begun",
        entries=[
            request("2026-03-01", acknowledged_on="2026-03-02"),
            stage(1, "2026-03-09", about="CHILD-e0"),
            stage(2, "2026-03-16", about="CHILD-e0"),
        ],
    ),
    Case("LP10.stage_overdue", "---", "resolved in time", entries=[stage(1, "2026-03-09", resolved_on="2026-03-11")]),
    Case("LP10.stage_overdue", "---", "replied in time", entries=[stage(1, "2026-03-09", reply_on="2026-03-11")]),
    Case("LP10.stage_overdue", "--a", "urgent has the same clock", entries=[stage(3, "2026-03-09", urgent=True)]),
    Case(
        "LP11.checked_not_found",
        "---",
        "not said done does not count",
        entries=[checked("2026-03-01", "not_done") for _ in range(4)]
        + [action("2026-01-01", checked_on="2026-03-01", checked_result="not_done")],
    ),
    Case(
        "LP11.checked_not_found",
        "---",
        "two of five",
        entries=[checked("2026-03-01", "not_done")] * 2 + [checked("2026-03-01", "done")] * 3,
    ),
    Case(
        "LP11.not_checked",
        "-aa",
        "third said later",
        entries=[action("2025-11-03", said_done_on="2025-12-01") for _ in range(2)]
        + [action("2025-11-03", said_done_on="2026-02-10")],
    ),
    Case(
        "LP11.not_checked",
        "-aa",
        "a fourth checked lately",
        entries=[action(d(-60), said_done_on="2026-02-10") for _ in range(3)]
        + [
            action(d(-60), said_done_on="2026-02-10", checked_on="2026-03-05", checked_by="seen", checked_result="done")
        ],
    ),
    Case(
        "LP11.cancellations",
        "-a-",
        "8 weeks exactly",
        entries=[cancelled("2026-01-14"), cancelled("2026-02-10"), cancelled("2026-03-11")],
    ),
    Case(
        "LP11.cancellations",
        "---",
        "57 days",
        entries=[cancelled("2026-01-13"), cancelled("2026-02-10"), cancelled("2026-03-11")],
    ),
    Case(
        "LP11.cancellations",
        "---",
        "one rearranged and kept on wd 10",
        entries=[
            cancelled("2026-01-20"),
            cancelled("2026-02-10"),
            cancelled("2026-03-11"),
            e("appointment", "2026-02-24", "hospital", service="eye clinic", status="brought"),
        ],
    ),
    Case(
        "LP11.cancellations",
        "-aa",
        "kept on wd 11",
        entries=[
            cancelled("2026-01-20"),
            cancelled("2026-02-10"),
            cancelled("2026-03-11"),
            e("appointment", "2026-02-25", "hospital", service="eye clinic", status="brought"),
        ],
    ),
    Case(
        "LP11.cancellations",
        "-aa",
        "visits count",
        entries=[
            e("visit", x, "health_visiting", mode="home", cancelled_by="family")
            for x in ("2026-01-20", "2026-02-10", "2026-03-11")
        ],
    ),
    Case(
        "LP11.cancellations",
        "---",
        "by the service",
        entries=[
            e("visit", x, "health_visiting", mode="home", cancelled_by="service")
            for x in ("2026-01-20", "2026-02-10", "2026-03-11")
        ],
    ),
    Case(
        "LP11.no_access",
        "-uu",
        "under one unseen",
        entries=[in_vain("2026-03-05", True), in_vain("2026-03-11", False)],
        child={"date_of_birth": "2025-09-01"},
    ),
    Case(
        "LP11.no_access",
        "---",
        "child absent is not no access",
        entries=[in_vain("2026-03-05", True), visit("2026-03-11", access="child_absent", announced=True)],
    ),
    Case(
        "LP11.no_access",
        "-aa",
        "cancelled between",
        entries=[
            in_vain("2026-03-05", True),
            visit("2026-03-06", cancelled_by="service"),
            in_vain("2026-03-11", False),
        ],
    ),
    Case(
        "LP11.no_access",
        "-aa",
        "phone between",
        entries=[in_vain("2026-03-05", True), visit("2026-03-06", "phone"), in_vain("2026-03-11", False)],
    ),
    Case(
        "LP11.no_access",
        "-aa",
        "third gets in",
        entries=[in_vain("2026-03-05", True), in_vain("2026-03-11", False), visit("2026-03-13", access="given")],
    ),
    Case(
        "LP12.not_brought",
        "-aa",
        "entry marker",
        entries=[appointment("2026-03-11", "not_brought"), e("note", "2025-06-01", themes=["medical"])],
    ),
    Case(
        "LP12.not_brought",
        "---",
        "cancelled by family is not it",
        entries=[appointment("2026-03-11", "cancelled_by_family")],
        child=CP,
    ),
    Case(
        "LP12.not_brought",
        "---",
        "in error",
        entries=[{**appointment("2026-03-11", "not_brought"), **IN_ERROR}],
        child=CP,
    ),
    Case(
        "LP12.not_brought",
        "a--",
        "two running, then brought",
        entries=[
            appointment("2026-03-01", "not_brought"),
            appointment("2026-03-05", "not_brought"),
            appointment("2026-03-11", "brought"),
        ],
    ),
    Case(
        "LP12.not_brought",
        "aa-",
        "3 in 12 m inclusive",
        entries=[
            appointment("2025-03-11", "not_brought"),
            appointment("2025-05-01", "brought"),
            appointment("2025-09-05", "not_brought"),
            appointment("2025-09-11", "brought"),
            appointment("2026-02-05", "not_brought"),
            appointment("2026-02-06", "brought"),
        ],
    ),
    Case(
        "LP12.attendance",
        "-ww",
        "two entries sum",
        entries=[attended("2026-01-05", "2026-02-13", 58, 50), attended("2026-02-23", "2026-03-11", 20, 19)],
    ),
    Case(
        "LP12.attendance",
        "---",
        "last school year does not count",
        entries=[attended("2025-06-01", "2025-07-18", 60, 30), attended("2026-01-05", "2026-02-06", 40, 30)],
    ),
    Case(
        "LP12.attendance",
        "-aa",
        "neglect marker 20 sessions",
        entries=[attended("2026-02-23", "2026-03-11", 20, 17), e("note", "2025-06-01", themes=["educational"])],
    ),
    Case(
        "LP12.attendance", "---", "19 sessions on CP", entries=[attended("2026-02-23", "2026-03-11", 19, 10)], child=CP
    ),
    Case(
        "LP12.attendance",
        "-ww",
        "half illness is not mostly",
        entries=[attended("2026-01-05", "2026-03-11", 60, 50, codes={"I": 5, "C": 5})],
    ),
    Case(
        "LP12.attendance",
        "-ww",
        "nursery child under five too",
        entries=[attended("2026-01-05", "2026-03-11", 60, 50)],
        child={"date_of_birth": "2022-05-01"},
    ),
    Case(
        "LP12.attendance_drop",
        "---",
        "14.9 points",
        entries=[attended("2025-11-03", "2025-12-19", 1000, 950), attended("2026-01-05", "2026-03-11", 1000, 801)],
    ),
    Case(
        "LP12.attendance_drop",
        "---",
        "rise",
        entries=[attended("2025-11-03", "2025-12-19", 40, 30), attended("2026-01-05", "2026-03-11", 40, 38)],
    ),
    Case(
        "LP12.unauthorised",
        "-aa",
        "codes",
        entries=[attended("2026-01-26", "2026-03-11", 50, 40, codes={"O": 5, "G": 2, "U": 3})],
    ),
    Case(
        "LP12.unauthorised",
        "-aa",
        "spread over two entries",
        entries=[
            attended("2026-01-26", "2026-02-13", 30, 25, unauthorised=5),
            attended("2026-02-23", "2026-03-11", 20, 15, unauthorised=5),
        ],
    ),
    Case(
        "LP12.unauthorised",
        "---",
        "ten over more than ten weeks",
        entries=[
            attended("2025-09-03", "2025-10-24", 74, 60, unauthorised=5),
            attended("2025-11-03", "2025-12-19", 70, 70, unauthorised=0),
            attended("2026-01-05", "2026-02-13", 58, 50, unauthorised=5),
        ],
    ),
    Case(
        "LP12.no_school",
        "a--",
        "back on roll",
        entries=[
            attended("2026-02-01", "2026-02-01", 0, 0, situation="off_roll"),
            attended("2026-03-02", "2026-03-11", 10, 10, situation="on_roll"),
        ],
    ),
    Case(
        "LP12.no_school", "---", "one session in the half term", entries=[attended("2026-01-05", "2026-02-13", 58, 1)]
    ),
    Case(
        "LP12.no_school",
        "-aa",
        "part-time two halves",
        entries=[
            attended("2026-01-05", "2026-02-13", 58, 29, situation="part_time"),
            attended("2026-02-23", "2026-03-11", 20, 10, situation="part_time"),
        ],
    ),
    Case("LP12.no_school", "-aa", "home education event", entries=[e("event", "2026-03-11", type="home_education")]),
    Case(
        "LP12.no_school",
        "---",
        "sixteen, left school",
        entries=[attended("2026-05-01", "2026-05-01", 0, 0, situation="off_roll")],
        child={"date_of_birth": "2010-01-10"},
    ),
    Case(
        "LP12.three_way",
        "-aa",
        "not brought and medicine",
        entries=[
            appointment("2026-03-01", "not_brought"),
            appointment("2026-03-02", "not_brought"),
            medicine("2026-02-01"),
            shown("2026-03-11", "first", correct=False),
        ],
        people=need(),
    ),
    Case(
        "LP12.plan_missing",
        "---",
        "plan before it is known",
        entries=[e("health_plan", "2025-12-01", reviewed_on="2025-12-01")],
        child={"long_term_condition_since": "2026-02-10"},
    ),
    Case("LP11.re_agreed", "---", "part is not not done", entries=agreements(["not_done", "part", "not_done", ""])),
    Case(
        "LP11.around_review",
        "---",
        "half is not most",
        entries=[looked(d(x), True, "better") for x in (-60, -50)]
        + [looked(d(x), True, "same") for x in (-45, -40)]
        + [looked(d(x), False, "worse") for x in (-30, -20, 0)],
    ),
]
