"""Edges of rows LP2 and LP3."""

from tests.cli.alert_cases.first import concern
from tests.cli.alert_cases.writing import CP, IN_ERROR, Case, a, e, status

CASES = [
    Case(
        "LP2.gap",
        "-aa",
        "range counts on the last day",
        entries=[e("note", {"from": "2026-02-01", "to": "2026-02-10"})],
        child=CP,
    ),
    Case(
        "LP2.gap",
        "-aa",
        "about counts not",
        entries=[e("note", "2026-02-10"), e("note", {"about": "2026-03"})],
        child=CP,
    ),
    Case(
        "LP2.gap",
        "-aa",
        "error counts not",
        entries=[e("note", "2026-02-10"), {**e("note", "2026-03-01"), **IN_ERROR}],
        child=CP,
    ),
    Case("LP2.gap", "---", "section 47", child=status("section_47", "2025-01-01")),
    Case("LP2.gap", "---", "looked after", child=status("looked_after", "2025-01-01")),
    Case(
        "LP2.gap",
        "-aa",
        "signed assessment is an entry",
        entries=[e("note", "2026-01-01")],
        assessments=[a("2026-01-20", "2026-02-10", {})],
        child=CP,
    ),
    Case(
        "LP2.gap",
        "-aa",
        "need became protection",
        entries=[e("note", "2026-02-10")],
        child={
            "statuses": [
                {"status": "child_in_need", "from": "2025-06-01", "to": "2026-02-28"},
                {"status": "child_protection", "category": "neglect", "from": "2026-03-01"},
            ]
        },
    ),
    Case(
        "LP2.chronology_missing",
        "---",
        "core group",
        entries=[e("meeting", "2026-03-02", type="core_group", planned_for="2026-04-10")],
    ),
    Case(
        "LP2.chronology_missing",
        "---",
        "meeting held",
        entries=[e("meeting", "2026-03-02", type="icpc", planned_for="2026-04-10", held="2026-04-10")],
    ),
    Case(
        "LP2.chronology_missing",
        "---",
        "emergency referral",
        entries=[e("referral", "2026-03-11", by_agency="school", emergency=True)],
    ),
    Case(
        "LP2.chronology_missing",
        "---",
        "emergency planned",
        entries=[e("referral", "2026-03-13", by_agency="school", emergency=True) | {"known": "2026-03-01"}],
    ),
    Case(
        "LP2.chronology_missing",
        "-aa",
        "planned referral",
        entries=[e("referral", "2026-03-25", by_agency="school") | {"known": "2026-03-01"}],
    ),
    Case(
        "LP3.concern_no_action",
        "-aa",
        "late referral ends it",
        entries=[concern("2026-03-09"), e("referral", "2026-03-20", by_agency="school", acknowledged_on="2026-03-20")],
    ),
    Case(
        "LP3.concern_no_action",
        "-aa",
        "referral before the concern",
        entries=[concern("2026-03-09"), e("referral", "2026-03-06", by_agency="school")],
    ),
    Case(
        "LP3.concern_no_action",
        "-aa",
        "decision without lead",
        entries=[concern("2026-03-09", decision={"reason": "x"})],
    ),
    Case(
        "LP3.concern_no_action",
        "-aa",
        "contact not reached",
        entries=[
            concern("2026-03-09"),
            e(
                "worker_contact",
                "2026-03-09",
                to_role="worker",
                by_agency="school",
                tried_on="2026-03-09",
                reached=False,
            ),
        ],
    ),
    Case(
        "LP3.concern_no_action",
        "-aa",
        "contact by another agency",
        entries=[
            concern("2026-03-09"),
            e(
                "worker_contact",
                "2026-03-09",
                "gp",
                to_role="worker",
                by_agency="gp",
                tried_on="2026-03-09",
                reached=True,
            ),
        ],
    ),
    Case("LP3.concern_no_action", "---", "in error", entries=[{**concern("2026-03-09"), **IN_ERROR}]),
    Case("LP3.concern_no_action", "---", "unknown date", entries=[concern({"unknown": "nobody said"})]),
    Case(
        "LP3.concern_no_action",
        "-aa",
        "by social care itself",
        entries=[concern("2026-03-09", "childrens_social_care")],
    ),
    Case(
        "LP3.concern_no_action",
        "---",
        "anonymous, taken up by school",
        entries=[concern("2026-03-09", "anonymous"), e("referral", "2026-03-10", by_agency="school")],
    ),
    Case(
        "LP3.concern_no_action",
        "-aa",
        "GP relies on another agency",
        entries=[{**concern("2026-03-09", "gp"), "data": {"concern": True, "who_will_act": "the health visitor"}}],
    ),
]
