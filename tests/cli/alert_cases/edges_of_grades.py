"""Edges of row LP1: one fewer and one more, entries in error, days that are not certain."""

from tests.cli.alert_cases.first import TWO_QUARTERS, concern, kept
from tests.cli.alert_cases.writing import IN_ERROR, UNBORN, Case, a, antenatal, e

THREES = {"D1.i": 3, "D1.ii": 3, "D1.iii": 3, "D1.iv": 3, "D2": 3, "D3": 3, "D4": 3}


CASES = [
    Case("LP1.high_now", "-aa", "any 5, signed off", assessments=[a("2026-02-01", "2026-03-11", {"D4": 5})]),
    Case(
        "LP1.high_now",
        "---",
        "submitted is not signed off",
        assessments=[a("2026-02-01", None, {"D4": 5}, state="submitted")],
    ),
    Case("LP1.high_now", "-aa", "4 in A5.d", assessments=[a("2026-02-01", "2026-03-11", {"A5.d": 4})]),
    Case("LP1.high_now", "-aa", "4 in B1.c", assessments=[a("2026-02-01", "2026-03-11", {"B1.c": 4})]),
    Case(
        "LP1.high_now",
        "---",
        "latest by window",
        assessments=[a("2026-01-01", "2026-03-11", {"D4": 5}), a("2026-02-01", "2026-02-20", {})],
    ),
    Case(
        "LP1.high_now",
        "a--",
        "latest has unit unscored",
        assessments=[a("2025-10-01", "2025-11-01", {"D4": 5}), a("2026-02-01", "2026-03-11", {"D4": None})],
    ),
    Case(
        "LP1.high_now",
        "-aa",
        "under one until the birthday",
        assessments=[a("2026-02-01", "2026-03-11", {"C1.a": 4}, others=None)],
        child={"date_of_birth": "2025-06-10"},
    ),
    Case("LP1.high_now", "-aa", "unborn 4", assessments=[antenatal(4)], child=UNBORN),
    Case("LP1.high_now", "---", "unborn 3", assessments=[antenatal(3)], child=UNBORN),
    Case("LP1.high_now", "---", "shared is not signed", assessments=[a("2026-01-01", None, {"D4": 5}, state="shared")]),
    Case(
        "LP1.high_now",
        "-aa",
        "elsewhere sub-area 5",
        assessments=[
            {
                **a("2026-02-01", "2026-03-11", {}, recorded_elsewhere=True),
                "units": {"C1": {"state": "scored", "grade": 5}},
            }
        ],
    ),
    Case(
        "LP1.high_now",
        "-aa",
        "returned",
        assessments=[a("2026-01-01", "2026-03-11", {"D4": 5}), a("2026-02-01", None, {}, state="returned")],
    ),
    Case(
        "LP1.high_now",
        "-aa",
        "4 in A5 by worst policy",
        assessments=[a("2026-01-01", "2026-03-11", {"A5.a": 4}, policy="worst")],
    ),
    Case(
        "LP1.high_twice",
        "---",
        "a unit of another band",
        assessments=[a("2025-10-01", "2025-11-01", {"D1.i": 4}), a("2026-02-01", "2026-03-11", {"D1.i": 4})],
        child={"date_of_birth": "2021-01-01"},
    ),
    Case(
        "LP1.high_twice",
        "-aa",
        "a unit of both bands",
        assessments=[a("2025-10-01", "2025-11-01", {"A1.a": 4}), a("2026-02-01", "2026-03-11", {"A1.a": 4})],
        child={"date_of_birth": "2021-01-01"},
    ),
    Case(
        "LP1.high_twice",
        "---",
        "other carers",
        assessments=[
            a("2025-10-01", "2025-11-01", {"A1.a": 4}),
            a("2026-02-01", "2026-03-11", {"A1.a": 4}, carers=["p2-CHILD"]),
        ],
        people=[{"id": "p-CHILD"}, {"id": "p2-CHILD"}],
    ),
    Case(
        "LP1.high_twice",
        "-aa",
        "draft between ignored",
        assessments=[
            a("2025-10-01", "2025-11-01", {"A1.a": 4}),
            a("2025-12-01", None, {"A1.a": 2}, state="draft"),
            a("2026-02-01", "2026-03-11", {"A1.a": 4}),
        ],
    ),
    Case(
        "LP1.high_twice",
        "aaa",
        "a unit nobody saw is passed over",
        assessments=[
            a("2025-05-01", "2025-06-01", {"A1.a": 4}),
            a("2025-10-01", "2025-11-01", {"A1.a": 4}),
            a("2026-02-01", "2026-03-11", {"A1.a": None}),
        ],
    ),
    Case(
        "LP1.high_thrice",
        "-uu",
        "three",
        assessments=[
            a("2025-05-01", "2025-06-01", {"A1.a": 4}),
            a("2025-10-01", "2025-11-01", {"A1.a": 5}),
            a("2026-02-01", "2026-03-11", {"A1.a": 4}),
        ],
    ),
    Case(
        "LP1.high_thrice",
        "---",
        "second pair 55 days",
        assessments=[
            a("2025-05-01", "2025-06-01", {"A1.a": 4}),
            a("2025-12-08", "2025-12-30", {"A1.a": 5}),
            a("2026-02-01", "2026-03-11", {"A1.a": 4}),
        ],
    ),
    Case(
        "LP1.high_thrice",
        "-uu",
        "second pair 56 days",
        assessments=[
            a("2025-05-01", "2025-06-01", {"A1.a": 4}),
            a("2025-12-07", "2025-12-30", {"A1.a": 5}),
            a("2026-02-01", "2026-03-11", {"A1.a": 4}),
        ],
    ),
    Case(
        "LP1.gain_not_held",
        "---",
        "5,4,5 is not better",
        assessments=[
            a("2025-05-01", "2025-06-01", {"A1.a": 5}),
            a("2025-10-01", "2025-11-01", {"A1.a": 4}),
            a("2026-02-01", "2026-03-11", {"A1.a": 5}),
        ],
    ),
    Case(
        "LP1.gain_not_held",
        "-aa",
        "4,3,4",
        assessments=[
            a("2025-05-01", "2025-06-01", {"A1.a": 4}),
            a("2025-10-01", "2025-11-01", {"A1.a": 3}),
            a("2026-02-01", "2026-03-11", {"A1.a": 4}),
        ],
    ),
    Case(
        "LP1.gain_not_held",
        "---",
        "4,not seen,4",
        assessments=[
            a("2025-05-01", "2025-06-01", {"A1.a": 4}),
            a("2025-10-01", "2025-11-01", {"A1.a": None}),
            a("2026-02-01", "2026-03-11", {"A1.a": 4}),
        ],
    ),
    Case(
        "LP1.gain_not_held",
        "-aa",
        "4,2,2,4",
        assessments=[
            a("2025-01-01", "2025-02-01", {"A1.a": 4}),
            a("2025-05-01", "2025-06-01", {}),
            a("2025-10-01", "2025-11-01", {}),
            a("2026-02-01", "2026-03-11", {"A1.a": 4}),
        ],
    ),
    Case(
        "LP1.gain_not_held",
        "a--",
        "4,2,4,2 ends",
        assessments=[
            a("2025-01-01", "2025-02-01", {"A1.a": 4}),
            a("2025-05-01", "2025-06-01", {}),
            a("2025-10-01", "2025-11-01", {"A1.a": 5}),
            a("2026-02-01", "2026-03-11", {}),
        ],
    ),
    Case(
        "LP1.stuck",
        "-aa",
        "area three assessments",
        assessments=[
            a("2025-09-01", "2025-10-01", THREES),
            a("2025-11-01", "2025-12-01", THREES),
            a("2026-02-01", "2026-03-11", THREES),
        ],
    ),
    Case(
        "LP1.stuck",
        "---",
        "area, the middle is 2",
        assessments=[
            a("2025-01-01", "2025-02-01", THREES),
            a("2025-11-01", "2025-12-01", {}),
            a("2026-02-01", "2026-03-11", THREES),
        ],
    ),
    Case(
        "LP1.stuck",
        "-aa",
        "two assessments 13 months apart",
        assessments=[a("2025-01-01", "2025-02-01", THREES), a("2026-02-01", "2026-03-11", THREES)],
    ),
    Case(
        "LP1.stuck",
        "---",
        "two assessments 11 months apart",
        assessments=[a("2025-04-01", "2025-04-10", THREES), a("2026-02-01", "2026-03-01", THREES)],
    ),
    Case(
        "LP1.stuck",
        "---",
        "different areas",
        assessments=[
            a("2025-09-01", "2025-10-01", THREES),
            a("2025-11-01", "2025-12-01", {"C1.a": 3, "C1.b": 3}),
            a("2026-02-01", "2026-03-11", THREES),
        ],
    ),
    Case(
        "LP1.type_persists",
        "-aa",
        "three quarters, until the quarter turns",
        entries=[*TWO_QUARTERS, kept("2026-03-11", "gp")],
    ),
    Case("LP1.type_persists", "---", "one in error", entries=[*TWO_QUARTERS, {**kept("2026-03-11", "gp"), **IN_ERROR}]),
    Case("LP1.type_persists", "---", "one approximate", entries=[*TWO_QUARTERS, kept({"about": "2026-02"}, "gp")]),
    Case(
        "LP1.type_persists",
        "---",
        "range counts on its last day (next quarter)",
        entries=[*TWO_QUARTERS, kept({"from": "2026-03-20", "to": "2026-04-02"}, "gp")],
    ),
    Case(
        "LP1.type_persists",
        "---",
        "strength is no type",
        entries=[e("note", x["when"], x["source"]["agency"], themes=["strength"], impact="Well.") for x in TWO_QUARTERS]
        + [e("note", "2026-03-11", "gp", themes=["strength"], impact="x")],
    ),
    Case(
        "LP1.type_persists",
        "---",
        "mixed types",
        entries=[*TWO_QUARTERS, e("note", "2026-03-11", "gp", themes=["physical"], impact="x")],
    ),
    Case(
        "LP1.disagree",
        "-aa",
        "90 days before",
        entries=[concern("2025-12-03"), concern("2026-01-10")],
        assessments=[a("2026-03-03", "2026-03-11", {})],
    ),
    Case(
        "LP1.disagree",
        "---",
        "91 days before",
        entries=[concern("2025-12-02"), concern("2026-01-10")],
        assessments=[a("2026-03-03", "2026-03-11", {})],
    ),
    Case(
        "LP1.disagree",
        "---",
        "concern false",
        entries=[e("note", "2026-01-02", concern=False, themes=["physical"]), concern("2026-01-10")],
        assessments=[a("2026-03-03", "2026-03-11", {})],
    ),
    Case(
        "LP1.disagree",
        "---",
        "in error",
        entries=[{**concern("2026-01-02"), **IN_ERROR}, concern("2026-01-10")],
        assessments=[a("2026-03-03", "2026-03-11", {})],
    ),
    Case(
        "LP1.disagree",
        "---",
        "themes of two areas",
        entries=[concern("2026-01-02", theme="supervision"), concern("2026-01-10", theme="emotional")],
        assessments=[a("2026-03-03", "2026-03-11", {})],
    ),
    Case(
        "LP1.restarts",
        "---",
        "one closing, opened and assessed is one restart",
        entries=[e("case_closed", "2025-06-01"), e("case_opened", "2025-09-01")],
        assessments=[a("2025-10-01", "2025-10-20", {})],
    ),
    Case(
        "LP1.restarts",
        "---",
        "closed twice without open",
        entries=[e("case_closed", "2025-01-01"), e("case_closed", "2025-06-01"), e("case_opened", "2026-02-01")],
    ),
    Case(
        "LP1.restarts",
        "---",
        "window on the day of closing is none",
        entries=[e("case_closed", "2025-06-01"), e("case_opened", "2025-08-01"), e("case_closed", "2026-02-01")],
        assessments=[a("2026-02-01", "2026-03-11", {})],
    ),
    Case(
        "LP1.restarts",
        "-aa",
        "window a day later",
        entries=[e("case_closed", "2025-06-01"), e("case_opened", "2025-08-01"), e("case_closed", "2026-02-01")],
        assessments=[a("2026-02-02", "2026-03-11", {})],
    ),
]
