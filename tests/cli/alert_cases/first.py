"""Cases of rows LP1 to LP6."""

from typing import Any

from tests.cli.alert_cases.writing import CIN, CP, CP_NEGLECT, LONG, Case, Record, a, d, e, need, status


def concern(on: str | Record, agency: str = "school", theme: str = "physical", **more: Any) -> Record:
    return e("note", on, agency, concern=True, themes=[theme], **more)


def kept(on: str | Record, agency: str) -> Record:
    return e("note", on, agency, themes=["medical"], impact="In pain.")


TWO_QUARTERS = [
    kept("2025-07-10", "gp"),
    kept("2025-08-10", "gp"),
    kept("2025-10-10", "school"),
    kept("2025-11-10", "gp"),
    kept("2026-01-10", "gp"),
]
UNDER_ONE = {"date_of_birth": "2025-03-12"}


def icpc(planned: str) -> Record:
    return e("meeting", d(-40), type="icpc", planned_for=planned)


def stay(admitted: str, **data: Any) -> Record:
    return e("admission", admitted, "hospital", admitted=admitted, **data)


def medicine(on: str, **data: Any) -> Record:
    return e("medicine", on, "gp", name="Salbutamol", dose_as_prescribed="as on the label", **data)


def shown(on: str, stage: str, *, correct: bool = True, **data: Any) -> Record:
    return e(
        "teach_back",
        on,
        "gp",
        medicine=data.pop("medicine", "CHILD-e0"),
        person="p-CHILD",
        correct=correct,
        stage=stage,
        **data,
    )


def support(on: str, **data: Any) -> Record:
    return e("learning_support", on, "health_visiting", person="p-CHILD", **data)


BOTH = {"health": d(-30), "social_care": d(-30)}

CASES = [
    Case("LP1.high_now", "-aa", "any 5", assessments=[a(d(-10), d(0), {"C1.a": 5})]),
    Case("LP1.high_now", "-aa", "a 4 in A5", assessments=[a(d(-10), d(0), {"A5.b": 4})]),
    Case("LP1.high_now", "-aa", "a 4 in B2", assessments=[a(d(-10), d(0), {"B2": 4})]),
    Case("LP1.high_now", "---", "a 4 elsewhere at seven", assessments=[a(d(-10), d(0), {"C1.a": 4})]),
    Case(
        "LP1.high_now",
        "aa-",
        "any 4 before the first birthday",
        assessments=[a(d(-10), d(-5), {"C1.a": 4}, others=None)],
        child=UNDER_ONE,
    ),
    Case(
        "LP1.high_now",
        "a--",
        "only the latest assessment",
        assessments=[a(d(-100), d(-90), {"C1.a": 5}), a(d(-10), d(0), {})],
    ),
    Case(
        "LP1.high_twice",
        "-aa",
        "eight weeks apart",
        assessments=[a(d(-66), d(-50), {"C1.a": 4}), a(d(-10), d(0), {"C1.a": 5})],
    ),
    Case(
        "LP1.high_twice",
        "---",
        "a day less than eight weeks",
        assessments=[a(d(-65), d(-50), {"C1.a": 4}), a(d(-10), d(0), {"C1.a": 5})],
    ),
    Case(
        "LP1.high_twice",
        "---",
        "another unit",
        assessments=[a(d(-66), d(-50), {"C1.a": 4}), a(d(-10), d(0), {"C1.b": 5})],
    ),
    Case(
        "LP1.high_thrice",
        "-uu",
        "three in succession",
        assessments=[a(d(-122), d(-110), {"D2": 4}), a(d(-66), d(-50), {"D2": 4}), a(d(-10), d(0), {"D2": 4})],
    ),
    Case(
        "LP1.high_thrice",
        "---",
        "the second was better",
        assessments=[a(d(-122), d(-110), {"D2": 4}), a(d(-66), d(-50), {"D2": 3}), a(d(-10), d(0), {"D2": 4})],
    ),
    Case(
        "LP1.high_thrice",
        "u--",
        "the fourth is better",
        assessments=[
            a(d(-178), d(-160), {"D2": 4}),
            a(d(-122), d(-110), {"D2": 4}),
            a(d(-66), d(-50), {"D2": 5}),
            a(d(-10), d(0), {"D2": 3}),
        ],
    ),
    Case(
        "LP1.gain_not_held",
        "-aa",
        "high, better, high",
        assessments=[a(d(-122), d(-110), {"D2": 4}), a(d(-66), d(-50), {"D2": 2}), a(d(-10), d(0), {"D2": 4})],
    ),
    Case(
        "LP1.gain_not_held",
        "---",
        "better stays better",
        assessments=[a(d(-122), d(-110), {"D2": 4}), a(d(-66), d(-50), {"D2": 2}), a(d(-10), d(0), {"D2": 2})],
    ),
    Case(
        "LP1.gain_not_held",
        "---",
        "never high before",
        assessments=[a(d(-66), d(-50), {"D2": 2}), a(d(-10), d(0), {"D2": 4})],
    ),
    Case(
        "LP1.stuck",
        "-aa",
        "two units of an area in three assessments",
        assessments=[a(d(s), d(s + 10), {"D2": 3, "D3": 3}) for s in (-122, -66, -10)],
    ),
    Case(
        "LP1.stuck",
        "---",
        "one unit of an area",
        assessments=[a(d(s), d(s + 10), {"D2": 3}) for s in (-122, -66, -10)],
    ),
    Case(
        "LP1.stuck",
        "---",
        "two assessments in half a year",
        assessments=[a(d(s), d(s + 10), {"D2": 3, "D3": 3}) for s in (-122, -10)],
    ),
    Case(
        "LP1.stuck",
        "-aa",
        "over twelve months",
        assessments=[a(d(s), d(s + 10), {"D2": 3, "D3": 3}) for s in (-400, -10)],
    ),
    Case("LP1.type_persists", "-aa", "two in each of three quarters", [*TWO_QUARTERS, kept(d(0), "school")]),
    Case("LP1.type_persists", "---", "one agency", [kept(x["when"], "gp") for x in TWO_QUARTERS] + [kept(d(0), "gp")]),
    Case("LP1.type_persists", "---", "no impact in the last", [*TWO_QUARTERS, concern(d(0), theme="medical")]),
    Case(
        "LP1.disagree",
        "-aa",
        "two concerns of another agency",
        [concern(d(-30)), concern(d(-20), "gp")],
        [a(d(-10), d(0), {})],
    ),
    Case("LP1.disagree", "---", "one concern", [concern(d(-30))], [a(d(-10), d(0), {})]),
    Case(
        "LP1.disagree",
        "---",
        "its own agency",
        [concern(d(-30), "childrens_social_care"), concern(d(-20), "gp")],
        [a(d(-10), d(0), {})],
    ),
    Case(
        "LP1.disagree",
        "---",
        "one of them 91 days before",
        [concern(d(-101)), concern(d(-20), "gp")],
        [a(d(-10), d(0), {})],
    ),
    Case("LP1.disagree", "---", "graded 3", [concern(d(-30)), concern(d(-20), "gp")], [a(d(-10), d(0), {}, others=3)]),
    Case(
        "LP1.restarts",
        "-aa",
        "two in two years",
        [e("case_closed", d(-600)), e("case_opened", d(-500)), e("case_closed", d(-300)), e("case_opened", d(0))],
    ),
    Case(
        "LP1.restarts",
        "---",
        "the first opening is no restart",
        [e("case_opened", d(-500)), e("case_closed", d(-300)), e("case_opened", d(0))],
    ),
    Case(
        "LP1.restarts",
        "a--",
        "the first one is two years old",
        [
            e("case_closed", "2023-05-01"),
            e("case_opened", "2024-03-10"),
            e("case_closed", d(-300)),
            e("case_opened", d(-100)),
        ],
    ),
    Case(
        "LP1.restarts",
        "-aa",
        "an assessment after a closing",
        [e("case_closed", d(-600)), e("case_opened", d(-500)), e("case_closed", d(-300))],
        [a(d(-5), d(0), {})],
    ),
    Case("LP2.gap", "-aa", "four weeks on a plan", [e("note", "2026-02-10")], child=CP),
    Case("LP2.gap", "-ww", "eight weeks in need", [e("note", "2026-01-13")], child=CIN),
    Case("LP2.gap", "---", "seven weeks in need", [e("note", "2026-01-20")], child=CIN),
    Case("LP2.gap", "---", "no plan", [e("note", "2025-01-20")]),
    Case("LP2.gap", "a--", "something is written", [e("note", "2026-01-13"), e("note", d(0))], child=CP),
    Case("LP2.chronology_missing", "-aa", "ten working days before", [icpc("2026-03-25")]),
    Case(
        "LP2.chronology_missing",
        "---",
        "frozen three months before",
        [icpc("2026-03-25"), e("chronology_frozen", "2025-12-25", version="1")],
    ),
    Case(
        "LP2.chronology_missing",
        "-aa",
        "frozen longer before",
        [icpc("2026-03-25"), e("chronology_frozen", "2025-12-24", version="1")],
    ),
    Case(
        "LP2.chronology_missing",
        "a--",
        "frozen now",
        [icpc("2026-03-18"), e("chronology_frozen", d(0), version="1")],
    ),
    Case("LP3.concern_no_action", "-aa", "one working day", [concern("2026-03-09")]),
    Case("LP3.concern_no_action", "-aa", "over a week-end", [concern("2026-03-09", "gp"), concern("2026-03-10", "gp")]),
    Case(
        "LP3.concern_no_action",
        "---",
        "its own request",
        [concern("2026-03-09"), e("referral", "2026-03-10", by_agency="school")],
    ),
    Case(
        "LP3.concern_no_action",
        "-aa",
        "another agency’s request",
        [concern("2026-03-09"), e("referral", "2026-03-10", "gp", by_agency="gp")],
    ),
    Case(
        "LP3.concern_no_action",
        "---",
        "a decision with reason and lead",
        [concern("2026-03-09", decision={"reason": "Seen today", "lead": "Ms Lead"})],
    ),
    Case(
        "LP3.concern_no_action",
        "---",
        "spoke to the worker",
        [
            concern("2026-03-09"),
            e(
                "worker_contact",
                "2026-03-10",
                to_role="worker",
                by_agency="school",
                tried_on="2026-03-10",
                reached=True,
            ),
        ],
    ),
    Case("LP4.stay_long", "-aa", "more than seven days in need", [stay("2026-03-03")], child=CIN),
    Case("LP4.stay_long", "---", "no plan or marker", [stay("2026-03-03")]),
    Case(
        "LP4.stay_long",
        "-aa",
        "two days past the first date",
        [stay("2026-03-06", expected=[{"date": "2026-03-08", "said_on": "2026-03-06"}])],
    ),
    Case("LP4.stay_long", "-aa", "fit one working day", [stay("2026-03-06", medically_fit_on="2026-03-09")]),
    Case(
        "LP4.stay_long",
        "-aa",
        "the date moved twice",
        [
            stay(
                "2026-03-06",
                expected=[
                    {"date": "2026-03-12", "said_on": "2026-03-06"},
                    {"date": "2026-03-14", "said_on": "2026-03-09"},
                    {"date": "2026-03-16", "said_on": d(0)},
                ],
            )
        ],
    ),
    Case("LP4.stay_long", "---", "neonatal", [stay("2026-02-20", neonatal=True)], child=CIN),
    Case(
        "LP4.stay_long",
        "+++",
        "neonatal with another reason",
        [stay("2026-02-20", neonatal=True, extra_days=[{"reason": "parenting_concern", "days": 3}])],
        child=CIN,
    ),
    Case("LP4.stay_long", "a--", "goes home", [stay("2026-03-01", discharged=d(0))], child=CIN),
    Case("LP4.review_missing", "-uu", "two working days after", [stay("2026-02-26")], child=CIN),
    Case(
        "LP4.review_missing",
        "---",
        "a review was held",
        [stay("2026-02-26"), e("meeting", "2026-03-09", type="stay_review", held="2026-03-09")],
        child=CIN,
    ),
    Case(
        "LP4.review_missing",
        "-uu",
        "the day after day 14",
        [stay("2026-02-24"), e("meeting", "2026-03-05", type="stay_review", held="2026-03-05")],
        child=CIN,
    ),
    Case(
        "LP4.review_missing",
        "---",
        "held since the earlier one was due",
        [stay("2026-02-24"), e("meeting", "2026-03-10", type="stay_review", held="2026-03-10")],
        child=status("child_in_need", LONG) | {"given_names": "Held"},
    ),
    Case("LP4.statutory_notice", "-aa", "ten weeks", [stay(d(-70))]),
    Case("LP4.statutory_notice", "---", "notice given", [stay(d(-70), s85_notified_on=d(-10))]),
    Case("LP4.statutory_notice", "--a", "not ten weeks yet", [stay(d(-69))]),
    Case(
        "LP4.statutory_notice",
        "-aa",
        "three months intended",
        [stay(d(0), expected=[{"date": "2026-06-12", "said_on": d(0)}])],
    ),
    Case("LP4.discharge", "-aa", "home without a meeting", [stay("2026-03-05", discharged=d(0))], child=CP),
    Case(
        "LP4.discharge",
        "---",
        "a discharge meeting",
        [stay("2026-03-05", discharged=d(0)), e("meeting", "2026-03-09", type="discharge", held="2026-03-09")],
        child=CP,
    ),
    Case("LP4.discharge", "---", "no plan or marker", [stay("2026-03-05", discharged=d(0))]),
    Case("LP4.discharge", "+++", "planned", [stay("2026-03-05", discharge_planned_for=d(5))], child=CP_NEGLECT),
    Case("LP5.coordinator", "-aa", "five working days", [medicine("2026-03-03")], people=need()),
    Case(
        "LP5.coordinator",
        "---",
        "both named",
        [medicine("2026-03-03"), support(d(-30), coordinators=BOTH)],
        people=need(),
    ),
    Case(
        "LP5.coordinator",
        "-aa",
        "health alone",
        [medicine("2026-03-03"), support(d(-30), coordinators={"health": d(-30)})],
        people=need(),
    ),
    Case("LP5.coordinator", "---", "no learning need", [medicine("2026-03-03")], people=need(state="none_known")),
    Case("LP5.teach_back", "-aa", "ten working days", [medicine("2026-02-24")], people=need()),
    Case(
        "LP5.teach_back",
        "-aa",
        "the first home dose",
        [medicine("2026-03-05", first_home_dose_on=d(0))],
        people=need(),
    ),
    Case("LP5.teach_back", "---", "shown", [medicine("2026-02-24"), shown("2026-03-02", "first")], people=need()),
    Case(
        "LP5.not_yet_right", "-uu", "not right", [medicine(d(-9)), shown(d(0), "first", correct=False)], people=need()
    ),
    Case(
        "LP5.not_yet_right",
        "-uu",
        "missed, and must not be",
        [medicine(d(-9), must_not_miss=True), shown(d(0), "first", missed=True)],
        people=need(),
    ),
    Case(
        "LP5.not_yet_right",
        "---",
        "missed, and may be",
        [medicine(d(-9)), shown(d(0), "first", missed=True)],
        people=need(),
    ),
    Case(
        "LP5.retest",
        "-aa",
        "one week",
        [medicine(d(-30)), shown("2026-03-02", "first"), shown("2026-03-03", "second")],
        people=need(),
    ),
    Case(
        "LP5.retest",
        "---",
        "was tested again",
        [medicine(d(-30)), shown("2026-03-02", "first"), shown("2026-03-03", "second"), shown(d(-1), "retest")],
        people=need(),
    ),
    Case("LP5.retest", "---", "never shown", [medicine(d(-30))], people=need()),
    Case("LP6.no_advocate", "-ww", "five working days", child=status("child_in_need", "2026-03-03")),
    Case("LP6.no_advocate", "waa", "ten working days", child=status("child_protection", "2026-02-24")),
    Case(
        "LP6.no_advocate",
        "---",
        "offered",
        [e("advocacy", d(-3), status="offered", on=d(-3))],
        child=status("child_protection", "2026-02-24"),
    ),
    Case(
        "LP6.no_advocate",
        "waa",
        "a parent declined",
        [e("advocacy", d(-3), status="declined", by="parent", on=d(-3))],
        child=status("child_protection", "2026-02-24"),
    ),
    Case(
        "LP6.not_invited",
        "-aa",
        "less than five working days",
        [e("meeting", d(-20), type="core_group", planned_for="2026-03-17")],
    ),
    Case(
        "LP6.not_invited",
        "---",
        "invited",
        [
            e(
                "meeting",
                d(-20),
                type="core_group",
                planned_for="2026-03-17",
                invited=[{"role": "advocate", "name": "Ms Voice", "on": d(-5)}],
            )
        ],
    ),
    Case(
        "LP6.not_invited",
        "--a",
        "five working days are not less",
        [e("meeting", d(-20), type="rcpc", planned_for="2026-03-18")],
    ),
    Case(
        "LP6.not_invited",
        "---",
        "another meeting",
        [e("meeting", d(-20), type="strategy", planned_for="2026-03-17")],
    ),
]
