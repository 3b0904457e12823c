"""Cases of rows LP7 to LP12."""

from typing import Any

from tests.cli.alert_cases.writing import CIN, CP, LONG, Case, Record, a, d, e

SOCIAL_WORKER = {"allocated": [{"professional": "w1", "role": "social_worker", "from": d(-30)}]}


def visit(on: str | Record, mode: str = "home", **data: Any) -> Record:
    return e("visit", on, "childrens_social_care", mode=mode, **data)


def request(on: str | Record, outcome: str | None = None, **data: Any) -> Record:
    decided = {"outcome": outcome, "decided_on": data.pop("decided_on", on)} if outcome else {}
    return e("referral", on, by_agency="school", **decided, **data)


def tried(on: str, **data: Any) -> Record:
    return e("worker_contact", on, to_role="worker", by_agency="school", tried_on=on, **data)


def period(to: str, **data: Any) -> Record:
    return e("circumstance", d(-200), name="Strike", from_=d(-200), to=to, **data)


def stage(number: int, on: str, **data: Any) -> Record:
    return e("challenge", on, stage=number, stage_started=on, **data)


def action(agreed: str, **data: Any) -> Record:
    return e("action", agreed, what="Registers with a dentist", agreed_on=agreed, **data)


def checked(on: str, result: str) -> Record:
    return action(d(-60), said_done_on=d(-40), checked_on=on, checked_result=result)


def cancelled(on: str, agency: str = "hospital", **data: Any) -> Record:
    return e("appointment", on, agency, service="eye clinic", status="cancelled_by_family", **data)


def appointment(on: str, status_: str, service: str = "dentist") -> Record:
    return e("appointment", on, "gp", service=service, status=status_)


def attended(from_: str, to: str, possible: int, there: int, **data: Any) -> Record:
    return e("attendance", to, from_=from_, to=to, possible=possible, attended=there, **data)


def looked(on: str, announced: bool, than_last: str) -> Record:
    return visit(on, announced=announced, access="given", conditions=[{"unit": "A2.a", "than_last": than_last}])


def agreements(results: list[str]) -> list[Record]:
    """The same action agreed again and again; the last on the day of the cases."""
    made = []
    for place, result in enumerate(results):
        on = d((place - len(results) + 1) * 20)
        found = {"checked_on": d((place - len(results) + 1) * 20 + 10), "checked_result": result} if result else {}
        made.append(action(on, **found) | {"id": f"again{place}-CHILD"})
        if place:
            made[-1]["data"]["same_as"] = f"again{place - 1}-CHILD"
    return made


HOME = [{"id": "h-CHILD", "members": [{"who": "CHILD", "from": LONG}, {"who": "CHILD-sibling", "from": LONG}]}]
SIBLING = [{"id": "CHILD-sibling", "given_names": "Sibling", "family_name": "CHILD", "date_of_birth": "2021-05-06"}]
THEIRS = {"children": ["CHILD-sibling"]}
TERM = "2025-12-01"

CASES = [
    Case(
        "LP7.remote_only",
        "-++",
        "three remote running",
        [visit(d(-9)), visit(d(-5), "phone"), visit(d(-3), "video"), visit(d(0), "phone")],
        child=CP,
    ),
    Case(
        "LP7.remote_only",
        "---",
        "seen between",
        [visit(d(-5), "phone"), visit(d(-4)), visit(d(-3), "video"), visit(d(0), "phone")],
        child=CP,
    ),
    Case("LP7.remote_only", "-++", "none in person for twenty working days", [visit("2026-02-10")], child=CIN),
    Case("LP7.remote_only", "---", "no plan", [visit("2026-02-01")]),
    Case(
        "LP7.remote_only",
        "-++",
        "a cancelled visit is no contact",
        [visit("2026-02-10"), visit(d(-5), cancelled_by="service")],
        child=CIN,
    ),
    Case("LP7.red_unseen", "-uu", "ten working days", [visit("2026-02-24", "phone", contact_rating="red")]),
    Case(
        "LP7.red_unseen",
        "---",
        "seen since",
        [visit("2026-02-24", "phone", contact_rating="red"), visit("2026-03-09")],
    ),
    Case("LP7.red_unseen", "---", "rated amber", [visit("2026-02-20", "phone", contact_rating="amber")]),
    Case("LP7.red_unseen", "-uu", "rated red in person", [visit("2026-02-24", contact_rating="red")]),
    Case("LP7.impact_review", "-aa", "twenty working days", [period("2026-02-10")], child=CIN),
    Case("LP7.impact_review", "---", "reviewed", [period("2026-02-10", impact_review_on="2026-03-10")], child=CIN),
    Case("LP7.impact_review", "--a", "not yet", [period("2026-02-11")], child=CIN),
    Case("LP8.allocated", "-aa", "sent while allocated", [request(d(0))], child=SOCIAL_WORKER),
    Case("LP8.allocated", "---", "a reason", [request(d(0), override_reason="No answer")], child=SOCIAL_WORKER),
    Case("LP8.allocated", "---", "an emergency", [request(d(0), emergency=True)], child=SOCIAL_WORKER),
    Case("LP8.allocated", "---", "before the allocation", [request(d(-31))], child=SOCIAL_WORKER),
    Case("LP8.unanswered", "-aa", "one working day", [tried("2026-03-09", reached=False)]),
    Case("LP8.unanswered", "---", "a reply", [tried("2026-03-09", reached=False, reply_on="2026-03-10")]),
    Case(
        "LP8.unanswered",
        "a--",
        "reached at last",
        [tried("2026-03-06", reached=False), tried(d(0), reached=True)],
    ),
    Case("LP9.three_in_year", "-aa", "three", [request(d(-200)), request(d(-100)), request(d(0))]),
    Case("LP9.three_in_year", "---", "next day is one concern", [request(d(-100)), request(d(-1)), request(d(0))]),
    Case("LP9.three_in_year", "a--", "twelve months trail", [request("2025-03-10"), request(d(-90)), request(d(-50))]),
    Case(
        "LP9.three_in_year",
        "---",
        "one of them approximate",
        [request(d(-200)), e("referral", {"about": "2025-11"}, by_agency="school"), request(d(0))],
    ),
    Case(
        "LP9.three_in_succession",
        "-uu",
        "all low",
        [request(d(-900), "no_further_action"), request(d(-300), "advice"), request(d(0), "advice")],
    ),
    Case(
        "LP9.three_in_succession",
        "---",
        "one was assessed",
        [request(d(-900), "no_further_action"), request(d(-300), "assessment"), request(d(0), "advice")],
    ),
    Case(
        "LP9.three_in_succession",
        "---",
        "early help began",
        [
            request(d(-900), "advice"),
            request(d(-300), "early_help", service_began=True),
            request(d(0), "no_further_action"),
        ],
    ),
    Case(
        "LP9.three_in_succession",
        "-uu",
        "early help that never began",
        [
            request(d(-900), "advice"),
            request(d(-300), "early_help", service_began=False),
            request(d(0), "no_further_action"),
        ],
    ),
    Case(
        "LP9.three_in_succession",
        "---",
        "an assessment between",
        [request(d(-900), "advice"), request(d(-300), "advice"), request(d(0), "advice")],
        [a(d(-200), d(-190), {})],
    ),
    Case("LP9.cluster", "-u-", "three in 90 days", [request(d(-90)), request(d(-40)), request(d(0))]),
    Case("LP9.cluster", "-uu", "four in a year", [request(d(x)) for x in (-300, -200, -100, 0)]),
    Case("LP9.cluster", "---", "three in a year", [request(d(x)) for x in (-200, -100, 0)]),
    Case(
        "LP9.household",
        "-aa",
        "three across the household",
        [request(d(-200)), request(d(-100)) | THEIRS, request(d(0)) | THEIRS],
        households=HOME,
        siblings=SIBLING,
    ),
    Case(
        "LP9.household",
        "---",
        "one form about both is one",
        [request(d(-200)), request(d(0)) | {"children": ["CHILD", "CHILD-sibling"]}],
        households=HOME,
        siblings=SIBLING,
    ),
    Case(
        "LP9.household",
        "---",
        "they do not live together",
        [request(d(-200)), request(d(-100)) | THEIRS, request(d(0)) | THEIRS],
        siblings=SIBLING,
    ),
    Case("LP9.review_due", "-aa", "five working days", [e("meeting", "2026-03-03", type="trigger_review")]),
    Case(
        "LP9.review_due",
        "a--",
        "held",
        [e("meeting", "2026-03-01", type="trigger_review", held=d(0), known="2026-03-01")],
    ),
    Case("LP9.review_due", "---", "another meeting", [e("meeting", "2026-03-03", type="professionals")]),
    Case("LP10.stage_overdue", "-aa", "stage one", [stage(1, "2026-03-06")]),
    Case("LP10.stage_overdue", "-aa", "stage two", [stage(2, "2026-03-03")]),
    Case("LP10.stage_overdue", "a--", "resolved", [stage(1, "2026-03-02", resolved_on=d(0))]),
    Case("LP10.stage_overdue", "-aa", "stage four", [stage(4, "2026-03-03")]),
    Case(
        "LP11.checked_not_found",
        "-aa",
        "three of five",
        [checked(d(-9), r) for r in ("done", "done", "part", "not_done")] + [checked(d(0), "not_done")],
    ),
    Case("LP11.checked_not_found", "---", "three of four", [checked(d(-9), "not_done")] * 3 + [checked(d(0), "done")]),
    Case(
        "LP11.checked_not_found",
        "---",
        "one could not be checked",
        [checked(d(-9), r) for r in ("done", "done", "not_done", "not_done", "could_not_check")],
    ),
    Case(
        "LP11.not_checked",
        "-aa",
        "three for twenty working days",
        [action(d(-60), said_done_on="2026-02-10") for _ in range(3)],
    ),
    Case("LP11.not_checked", "---", "two", [action(d(-60), said_done_on="2026-02-10") for _ in range(2)]),
    Case(
        "LP11.not_checked",
        "a--",
        "checked",
        [
            action(d(-60), said_done_on="2026-02-02", checked_on=d(0), checked_by="seen", checked_result="done")
            for _ in range(3)
        ],
    ),
    Case("LP11.cancellations", "-aa", "three in eight weeks", [cancelled(d(x)) for x in (-50, -20, 0)]),
    Case(
        "LP11.cancellations",
        "---",
        "one for illness",
        [cancelled(d(-50)), cancelled(d(-20), cancel_reason="illness"), cancelled(d(0))],
    ),
    Case(
        "LP11.cancellations",
        "---",
        "two agencies",
        [cancelled(d(-50)), cancelled(d(-20), "gp"), cancelled(d(0))],
    ),
    Case("LP11.cancellations", "a--", "eight weeks have passed", [cancelled(d(x)) for x in (-57, -20, -10)]),
    Case(
        "LP11.no_access",
        "-aa",
        "two running",
        [visit(d(-5), access="no_answer", announced=True), visit(d(0), access="refused", announced=False)],
    ),
    Case(
        "LP11.no_access",
        "-uu",
        "on a plan and unseen",
        [visit(d(-5), access="no_answer", announced=True), visit(d(0), access="refused", announced=False)],
        child=CP,
    ),
    Case(
        "LP11.no_access",
        "---",
        "none pre-arranged",
        [visit(d(-5), access="no_answer", announced=False), visit(d(0), access="refused", announced=False)],
    ),
    Case(
        "LP11.no_access",
        "---",
        "seen between",
        [visit(d(-5), access="no_answer", announced=True), visit(d(-3)), visit(d(0), access="refused")],
    ),
    Case("LP11.re_agreed", "-aa", "three times not done", agreements(["not_done", "not_done", "not_done", ""])),
    Case("LP11.re_agreed", "---", "twice not done", agreements(["not_done", "not_done", ""])),
    Case("LP11.re_agreed", "---", "done once", agreements(["not_done", "done", "not_done", ""])),
    Case(
        "LP11.around_review",
        "-aa",
        "better announced, worse unannounced",
        [looked(d(x), True, "better") for x in (-60, -50, -40)] + [looked(d(x), False, "worse") for x in (-30, -20, 0)],
    ),
    Case(
        "LP11.around_review",
        "---",
        "two announced",
        [looked(d(x), True, "better") for x in (-60, -50)] + [looked(d(x), False, "worse") for x in (-30, -20, 0)],
    ),
    Case(
        "LP11.around_review",
        "---",
        "better on both",
        [looked(d(x), True, "better") for x in (-60, -50, -40)]
        + [looked(d(x), False, "better") for x in (-30, -20, 0)],
    ),
    Case("LP12.not_brought", "-aa", "once on a plan", [appointment(d(0), "not_brought")], child=CP),
    Case(
        "LP12.not_brought",
        "-aa",
        "twice running",
        [appointment(d(-400), "not_brought"), appointment(d(0), "not_brought")],
    ),
    Case("LP12.not_brought", "---", "once", [appointment(d(0), "not_brought")]),
    Case(
        "LP12.not_brought",
        "---",
        "brought between",
        [appointment(d(-60), "not_brought"), appointment(d(-30), "brought"), appointment(d(0), "not_brought")],
    ),
    Case(
        "LP12.not_brought",
        "-aa",
        "three in twelve months",
        [
            appointment(d(-90), "not_brought"),
            appointment(d(-60), "brought"),
            appointment(d(-50), "not_brought"),
            appointment(d(-30), "brought"),
            appointment(d(0), "not_brought"),
        ],
    ),
    Case("LP12.attendance", "-ww", "under 90 %", [attended(TERM, d(0), 60, 53)]),
    Case("LP12.attendance", "---", "just 90 %", [attended(TERM, d(0), 60, 54)]),
    Case("LP12.attendance", "---", "too few sessions", [attended(TERM, d(0), 59, 40)]),
    Case("LP12.attendance", "-aa", "twenty sessions on a plan", [attended(d(-20), d(0), 20, 17)], child=CP),
    Case("LP12.attendance", "-aa", "under 50 %", [attended(TERM, d(0), 60, 29)]),
    Case("LP12.attendance", "-aa", "unauthorised codes", [attended(TERM, d(0), 60, 53, unauthorised=3)]),
    Case(
        "LP12.attendance",
        "-aa",
        "mostly illness",
        [attended(TERM, d(0), 60, 50, codes={"I": 8, "C": 2})],
    ),
    Case(
        "LP12.attendance_drop",
        "-aa",
        "fifteen points",
        [attended("2025-11-03", "2025-12-19", 40, 38), attended("2026-01-05", d(0), 40, 32)],
    ),
    Case(
        "LP12.attendance_drop",
        "---",
        "less",
        [attended("2025-11-03", "2025-12-19", 40, 38), attended("2026-01-05", d(0), 40, 33)],
    ),
    Case(
        "LP12.attendance_drop",
        "---",
        "too few sessions",
        [attended("2025-11-03", "2025-12-19", 39, 38), attended("2026-01-05", d(0), 40, 20)],
    ),
    Case("LP12.unauthorised", "-aa", "ten", [attended("2026-02-02", d(0), 50, 40, unauthorised=10)]),
    Case("LP12.unauthorised", "---", "nine", [attended("2026-02-02", d(0), 50, 41, unauthorised=9)]),
    Case("LP12.unauthorised", "---", "absences that were authorised", [attended("2026-02-02", d(0), 50, 40)]),
    Case("LP12.plan_missing", "-aa", "twenty working days", child={"long_term_condition_since": "2026-02-10"}),
    Case("LP12.plan_missing", "--a", "not yet", child={"long_term_condition_since": "2026-02-11"}),
    Case(
        "LP12.plan_missing",
        "---",
        "a plan",
        [e("health_plan", d(-5), reviewed_on=d(-5))],
        child={"long_term_condition_since": "2026-02-10"},
    ),
    Case("LP12.plan_old", "-ww", "more than twelve months", [e("health_plan", d(-366), reviewed_on="2025-03-10")]),
    Case("LP12.plan_old", "--w", "twelve months", [e("health_plan", d(-365), reviewed_on="2025-03-11")]),
    Case(
        "LP12.plan_old",
        "w--",
        "reviewed",
        [e("health_plan", "2025-03-01", reviewed_on="2025-03-01"), e("health_plan", d(0), reviewed_on=d(0))],
    ),
    Case("LP12.no_school", "-aa", "off roll", [attended(d(0), d(0), 0, 0, situation="off_roll")]),
    Case("LP12.no_school", "-aa", "home educated", [attended(d(0), d(0), 0, 0, situation="home_educated")]),
    Case(
        "LP12.no_school",
        "---",
        "not of school age",
        [attended(d(0), d(0), 0, 0, situation="off_roll")],
        child={"date_of_birth": "2022-05-01"},
    ),
    Case("LP12.no_school", "---", "on roll", [attended(TERM, d(0), 60, 60, situation="on_roll")]),
    Case(
        "LP12.three_way",
        "-aa",
        "not brought and attendance",
        [
            appointment(d(-60), "not_brought"),
            appointment(d(-30), "not_brought"),
            attended(TERM, d(0), 60, 53),
        ],
    ),
    Case("LP12.three_way", "---", "attendance alone", [attended(TERM, d(0), 60, 53)]),
    Case(
        "LP12.three_way",
        "a--",
        "the check was held",
        [
            appointment(d(-60), "not_brought"),
            appointment(d(-30), "not_brought"),
            attended(TERM, d(-5), 60, 53),
            e("meeting", d(0), type="three_way", held=d(0)),
        ],
    ),
]
