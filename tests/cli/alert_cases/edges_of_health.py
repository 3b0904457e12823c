"""Edges of rows LP4 to LP6."""

from tests.cli.alert_cases.first import medicine, shown, stay, support
from tests.cli.alert_cases.writing import CIN, CP, UNBORN, Case, Record, e, need, protected, status


def said(*pairs: tuple[str, str]) -> list[Record]:
    """Expected dates, each with the day it was said on."""
    return [{"date": day, "said_on": on} for day, on in pairs]


CASES = [
    Case(
        "LP4.stay_long",
        "-aa",
        "first said, listed last",
        entries=[stay("2026-03-06", expected=said(("2026-03-20", "2026-03-07"), ("2026-03-08", "2026-03-06")))],
    ),
    Case(
        "LP4.stay_long",
        "---",
        "discharged on the day",
        entries=[stay("2026-03-06", discharged="2026-03-11", expected=said(("2026-03-08", "2026-03-06")))],
    ),
    Case(
        "LP4.stay_long",
        "-aa",
        "neglect entry as marker",
        entries=[stay("2026-03-03"), e("note", "2025-12-01", themes=["medical"])],
    ),
    Case(
        "LP4.stay_long",
        "---",
        "neglect entry 12 m ago lapses",
        entries=[stay("2026-03-03"), e("note", "2025-03-02", themes=["medical"])],
    ),
    Case(
        "LP4.stay_long",
        "---",
        "planned long, clinical reason",
        entries=[stay("2026-03-03", planned_long=True, extra_days=[{"reason": "clinical", "days": 3}])],
        child=CIN,
    ),
    Case(
        "LP4.stay_long",
        "-aa",
        "planned long, equipment",
        entries=[stay("2026-03-03", planned_long=True, extra_days=[{"reason": "equipment", "days": 3}])],
        child=CIN,
    ),
    Case(
        "LP4.stay_long",
        "-aa",
        "planned long past first date",
        entries=[stay("2026-03-03", planned_long=True, expected=said(("2026-03-08", "2026-03-06")))],
    ),
    Case(
        "LP4.stay_long",
        "---",
        "same date said three times",
        entries=[
            stay(
                "2026-03-06",
                expected=said(("2026-03-12", "2026-03-06"), ("2026-03-12", "2026-03-08"), ("2026-03-12", "2026-03-10")),
            )
        ],
    ),
    Case(
        "LP4.stay_long",
        "---",
        "moved once",
        entries=[stay("2026-03-06", expected=said(("2026-03-12", "2026-03-06"), ("2026-03-14", "2026-03-08")))],
    ),
    Case("LP4.stay_long", "-aa", "CIN seven", entries=[stay("2026-03-03", discharged="2026-03-16")], child=CIN),
    Case(
        "LP4.stay_long",
        "---",
        "two stays, the first over",
        entries=[stay("2026-02-01", discharged="2026-02-05"), stay("2026-03-05")],
        child=CIN,
    ),
    Case("LP4.stay_long", "---", "fit date in the future", entries=[stay("2026-03-06", medically_fit_on="2026-03-20")]),
    Case(
        "LP4.review_missing",
        "-uu",
        "planned only",
        entries=[stay("2026-02-26"), e("meeting", "2026-03-09", type="stay_review", planned_for="2026-03-20")],
        child=CIN,
    ),
    Case("LP4.review_missing", "---", "no long stay, day 15", entries=[stay("2026-02-24")]),
    Case(
        "LP4.review_missing",
        "-uu",
        "day 28 after",
        entries=[
            stay("2026-02-10"),
            e("meeting", "2026-02-19", type="stay_review", held="2026-02-19"),
            e("meeting", "2026-02-24", type="stay_review", held="2026-02-24"),
        ],
        child=CIN,
    ),
    Case(
        "LP4.review_missing",
        "---",
        "day 28 held",
        entries=[
            stay("2026-02-10"),
            e("meeting", "2026-02-19", type="stay_review", held="2026-02-19"),
            e("meeting", "2026-02-24", type="stay_review", held="2026-02-24"),
            e("meeting", "2026-03-10", type="stay_review", held="2026-03-10"),
        ],
        child=CIN,
    ),
    Case(
        "LP4.statutory_notice",
        "---",
        "just under 3 months intended",
        entries=[stay("2026-03-11", expected=said(("2026-06-10", "2026-03-11")))],
    ),
    Case(
        "LP4.statutory_notice",
        "-aa",
        "exactly 3 months intended",
        entries=[stay("2026-03-11", expected=said(("2026-06-11", "2026-03-11")))],
    ),
    Case("LP4.statutory_notice", "---", "short stay ended", entries=[stay("2026-01-11", discharged="2026-03-01")]),
    Case(
        "LP4.discharge",
        "-aa",
        "neglect entry",
        entries=[stay("2026-03-05", discharged="2026-03-11"), e("note", "2025-12-01", themes=["medical"])],
    ),
    Case("LP4.discharge", "---", "CIN not", entries=[stay("2026-03-05", discharged="2026-03-11")], child=CIN),
    Case(
        "LP4.discharge",
        "---",
        "meeting held on the day",
        entries=[
            stay("2026-03-05", discharged="2026-03-11"),
            e("meeting", "2026-03-11", type="discharge", held="2026-03-11"),
        ],
        child=CP,
    ),
    Case(
        "LP4.discharge",
        "---",
        "old stay before the plan",
        entries=[stay("2024-03-05", discharged="2024-03-11")],
        child=protected("2026-03-01"),
    ),
    Case(
        "LP4.discharge",
        "---",
        "birth stay, later neglect note",
        entries=[
            stay("2019-03-04", discharged="2019-03-20", neonatal=True),
            e("note", "2026-03-01", themes=["medical"]),
        ],
    ),
    Case(
        "LP4.discharge",
        "-aa",
        "on a plan then, still on it",
        entries=[stay("2026-03-05", discharged="2026-03-11")],
        child=protected("2026-01-01"),
    ),
    Case(
        "LP4.discharge",
        "-aa",
        "plan ended since",
        entries=[stay("2026-03-05", discharged="2026-03-11")],
        child=protected("2026-01-01", "2026-03-20", category="physical"),
    ),
    Case("LP5.coordinator", "-aa", "need comes later", entries=[medicine("2025-06-02")], people=need("2026-03-03")),
    Case("LP5.coordinator", "-aa", "suspected", entries=[medicine("2026-03-03")], people=need(state="suspected")),
    Case("LP5.coordinator", "-aa", "says so", entries=[medicine("2026-03-03")], people=need(state="says_so")),
    Case(
        "LP5.coordinator",
        "-aa",
        "ends when both named",
        entries=[
            medicine("2026-03-03"),
            support("2026-03-10", coordinators={"health": "2026-03-10"}),
            support("2026-03-20", coordinators={"social_care": "2026-03-20"}),
        ],
        people=need(),
    ),
    Case("LP5.coordinator", "---", "no medicine", people=need()),
    Case(
        "LP5.teach_back",
        "-aa",
        "discharged home",
        entries=[medicine("2026-03-05"), stay("2026-03-04", discharged="2026-03-11")],
        people=need(),
    ),
    Case(
        "LP5.teach_back",
        "-aa",
        "unsupervised after one",
        entries=[
            medicine("2026-02-24"),
            shown("2026-03-02", "first"),
            support("2026-03-11", unsupervised_from="2026-03-11"),
        ],
        people=need(),
    ),
    Case(
        "LP5.teach_back",
        "---",
        "unsupervised after two",
        entries=[
            medicine("2026-02-24"),
            shown("2026-03-02", "first"),
            shown("2026-03-09", "second"),
            support("2026-03-11", unsupervised_from="2026-03-11"),
        ],
        people=need(),
    ),
    Case(
        "LP5.teach_back",
        "-aa",
        "unsupervised after two the same day",
        entries=[
            medicine("2026-02-24"),
            shown("2026-03-02", "first"),
            shown("2026-03-02", "second"),
            support("2026-03-11", unsupervised_from="2026-03-11"),
        ],
        people=need(),
    ),
    Case(
        "LP5.teach_back",
        "---",
        "before the first home dose, in time",
        entries=[medicine("2026-03-05", first_home_dose_on="2026-03-11"), shown("2026-03-10", "first")],
        people=need(),
    ),
    Case(
        "LP5.teach_back",
        "-aa",
        "discharge planned",
        entries=[medicine("2026-03-05"), stay("2026-03-04", discharge_planned_for="2026-03-11")],
        people=need(),
    ),
    Case(
        "LP5.not_yet_right",
        "-uu",
        "right later",
        entries=[medicine("2026-03-01"), shown("2026-03-11", "first", correct=False), shown("2026-03-16", "retest")],
        people=need(),
    ),
    Case(
        "LP5.not_yet_right",
        "-uu",
        "other medicine right later",
        entries=[
            medicine("2026-03-01"),
            shown("2026-03-11", "first", correct=False),
            shown("2026-03-16", "first", medicine="CHILD-e3"),
            medicine("2026-03-01"),
        ],
        people=need(),
    ),
    Case(
        "LP6.no_advocate",
        "-ww",
        "to a parent is no offer",
        entries=[e("advocacy", "2026-03-04", status="offered", for_="parent", on="2026-03-04")],
        child=status("child_in_need", "2026-03-03"),
    ),
    Case(
        "LP6.no_advocate",
        "---",
        "non instructed",
        entries=[e("advocacy", "2026-03-04", status="non_instructed", on="2026-03-04")],
        child=status("child_in_need", "2026-03-03"),
    ),
    Case(
        "LP6.no_advocate",
        "---",
        "child declined",
        entries=[e("advocacy", "2026-03-04", status="declined", by="child", on="2026-03-04")],
        child=status("child_in_need", "2026-03-03"),
    ),
    Case(
        "LP6.no_advocate",
        "-ww",
        "late offer ends",
        entries=[e("advocacy", "2026-03-25", status="offered", on="2026-03-25")],
        child=status("child_in_need", "2026-03-03"),
    ),
    Case("LP6.no_advocate", "-ww", "plan ended", child=status("child_in_need", "2026-03-03", "2026-03-13")),
    Case("LP6.no_advocate", "---", "early help", child=status("early_help", "2026-03-03")),
    Case("LP6.no_advocate", "---", "looked after", child=status("looked_after", "2026-03-03")),
    Case(
        "LP6.no_advocate",
        "-ww",
        "unborn on a plan",
        child={**UNBORN, **status("child_protection", "2026-03-03", category="neglect")},
    ),
    Case(
        "LP6.no_advocate",
        "-ww",
        "need ended, plan later",
        entries=[e("advocacy", "2025-01-03", status="accepted", on="2025-01-03")],
        child={
            "statuses": [
                {"status": "child_in_need", "from": "2025-01-01", "to": "2025-06-01"},
                {"status": "child_protection", "from": "2026-03-03"},
            ]
        },
    ),
    Case(
        "LP6.no_advocate",
        "---",
        "need became protection, offered then",
        entries=[e("advocacy", "2025-01-03", status="accepted", on="2025-01-03")],
        child={
            "statuses": [
                {"status": "child_in_need", "from": "2025-01-01", "to": "2026-03-02"},
                {"status": "child_protection", "from": "2026-03-03"},
            ]
        },
    ),
    Case(
        "LP6.not_invited",
        "---",
        "local: legal planning",
        entries=[e("meeting", "2026-03-02", type="legal_planning", planned_for="2026-04-09")],
    ),
    Case(
        "LP6.not_invited",
        "---",
        "already held",
        entries=[e("meeting", "2026-04-07", type="core_group", planned_for="2026-04-09", held="2026-04-07")],
    ),
    Case(
        "LP5.retest",
        "-aa",
        "dose changed",
        entries=[
            medicine("2026-01-01", changed=[{"what": "dose", "on": "2026-03-11"}]),
            shown("2026-01-05", "first"),
            shown("2026-01-06", "second"),
            shown("2026-01-13", "retest"),
            shown("2026-02-05", "retest"),
        ],
        people=need(),
    ),
]
