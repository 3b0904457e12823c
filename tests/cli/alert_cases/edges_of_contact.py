"""Edges of rows LP7 to LP9."""

from tests.cli.alert_cases.second import HOME, SIBLING, THEIRS, period, request, tried, visit
from tests.cli.alert_cases.writing import CIN, CP, IN_ERROR, LONG, Case, Record, d, e, status


def worked(from_: str, to: str | None = None, role: str = "social_worker") -> Record:
    """The keys of a child with one allocation."""
    return {"allocated": [{"professional": "w1", "role": role, "from": from_, "to": to}]}


NFA = "no_further_action"


CASES = [
    Case(
        "LP7.remote_only",
        "-aa",
        "three remote, then seen",
        entries=[
            visit("2026-03-01"),
            visit("2026-03-02", "phone"),
            visit("2026-03-05", "video"),
            visit("2026-03-11", "third_party"),
            visit("2026-03-16", "school", access="given"),
        ],
        child=CP,
    ),
    Case(
        "LP7.remote_only",
        "-aa",
        "no access breaks no run",
        entries=[
            visit("2026-03-01", access="given"),
            visit("2026-03-02", "phone"),
            visit("2026-03-05", access="refused"),
            visit("2026-03-06", "phone"),
            visit("2026-03-11", "phone"),
        ],
        child=CIN,
    ),
    Case(
        "LP7.remote_only",
        "-aa",
        "cancelled breaks no run",
        entries=[
            visit("2026-03-01", access="given"),
            visit("2026-03-02", "phone"),
            visit("2026-03-05", cancelled_by="family"),
            visit("2026-03-06", "phone"),
            visit("2026-03-11", "phone"),
        ],
        child=CIN,
    ),
    Case(
        "LP7.remote_only",
        "---",
        "cancelled phone calls do not count",
        entries=[
            visit("2026-03-01", access="given"),
            visit("2026-03-02", "phone"),
            visit("2026-03-06", "phone"),
            visit("2026-03-11", "phone", cancelled_by="service"),
        ],
        child=CIN,
    ),
    Case(
        "LP7.remote_only",
        "---",
        "doorstep with access",
        entries=[
            visit("2026-03-02", "phone"),
            visit("2026-03-05", "doorstep", access="given"),
            visit("2026-03-06", "phone"),
            visit("2026-03-11", "phone"),
        ],
        child=CIN,
    ),
    Case(
        "LP7.remote_only",
        "-aa",
        "approximate visit counts not",
        entries=[visit("2026-02-10"), visit({"about": "2026-03"})],
        child=CIN,
    ),
    Case(
        "LP7.remote_only",
        "---",
        "early help",
        entries=[visit("2026-02-02", "phone")] * 1 + [visit("2026-03-06", "phone"), visit("2026-03-11", "phone")],
        child=status("early_help", LONG),
    ),
    Case(
        "LP7.red_unseen",
        "-uu",
        "refused visit is not seen",
        entries=[visit("2026-02-24", "phone", contact_rating="red"), visit("2026-03-03", access="refused")],
    ),
    Case(
        "LP7.red_unseen",
        "---",
        "amber since",
        entries=[
            visit("2026-02-24", "phone", contact_rating="red"),
            visit("2026-03-02", "phone", contact_rating="amber"),
        ],
    ),
    Case(
        "LP7.impact_review",
        "-aa",
        "late review ends it",
        entries=[period("2026-02-10", impact_review_on="2026-03-20")],
        child=CIN,
    ),
    Case(
        "LP8.allocated",
        "-aa",
        "first day of the allocation",
        entries=[request("2026-03-11")],
        child=worked("2026-03-11"),
    ),
    Case("LP8.allocated", "---", "day before", entries=[request("2026-03-11")], child=worked("2026-03-12")),
    Case(
        "LP8.allocated", "---", "day after", entries=[request("2026-03-11")], child=worked("2026-01-11", "2026-03-10")
    ),
    Case(
        "LP8.allocated", "---", "in error", entries=[{**request("2026-03-11"), **IN_ERROR}], child=worked("2026-01-11")
    ),
    Case(
        "LP8.allocated",
        "-aa",
        "range inside on the last day",
        entries=[request({"from": "2026-03-01", "to": "2026-03-11"})],
        child=worked("2026-03-10"),
    ),
    Case(
        "LP8.unanswered",
        "---",
        "manager reached",
        entries=[
            tried("2026-04-02", reached=False),
            e(
                "worker_contact",
                "2026-04-07",
                to_role="manager",
                by_agency="school",
                tried_on="2026-04-07",
                reached=True,
            ),
        ],
    ),
    Case(
        "LP8.unanswered",
        "-aa",
        "second try is no answer",
        entries=[tried("2026-03-09", reached=False), tried("2026-03-10", reached=False)],
    ),
    Case(
        "LP9.three_in_year",
        "---",
        "same incident far apart",
        entries=[request("2025-10-01", incident="i1"), request("2025-12-01", incident="i1"), request("2026-03-11")],
    ),
    Case(
        "LP9.three_in_year",
        "-aa",
        "month counts on its last day",
        entries=[request({"month": "2025-03"}), request("2025-12-01"), request("2026-03-11")],
    ),
    Case(
        "LP9.three_in_year",
        "---",
        "one in error",
        entries=[{**request("2025-10-01"), **IN_ERROR}, request("2025-12-01"), request("2026-03-11")],
    ),
    Case(
        "LP9.three_in_year",
        "---",
        "one unknown",
        entries=[request({"unknown": "x"}), request("2025-12-01"), request("2026-03-11")],
    ),
    Case(
        "LP9.three_in_year",
        "-aa",
        "two days apart are two",
        entries=[request("2025-12-01"), request("2026-03-09"), request("2026-03-11")],
    ),
    Case(
        "LP9.three_in_year",
        "---",
        "police callouts are no requests",
        entries=[e("event", x, "police", type="police_callout") for x in ("2026-01-01", "2026-02-01", "2026-03-11")],
    ),
    Case(
        "LP9.three_in_year",
        "-aa",
        "range counts on the last day",
        entries=[request({"from": "2025-09-01", "to": "2025-09-05"}), request("2025-12-01"), request("2026-03-11")],
    ),
    Case(
        "LP9.three_in_year",
        "---",
        "siblings one form",
        entries=[
            request("2025-12-01") | {"children": ["CHILD", "CHILD-sibling"]},
            request("2026-03-11") | {"children": ["CHILD", "CHILD-sibling"]},
        ],
        siblings=SIBLING,
    ),
    Case(
        "LP9.three_in_succession",
        "---",
        "strategy meeting between",
        entries=[
            request("2025-10-01", NFA),
            request("2025-12-01", NFA),
            request("2026-03-11", NFA),
            e("meeting", "2026-01-01", type="strategy", held="2026-01-01"),
        ],
    ),
    Case(
        "LP9.three_in_succession",
        "---",
        "plan between",
        entries=[request("2025-10-01", NFA), request("2025-12-01", NFA), request("2026-03-11", NFA)],
        child=status("child_in_need", "2025-11-01", "2026-02-01"),
    ),
    Case(
        "LP9.three_in_succession",
        "-uu",
        "plan ended before the first",
        entries=[request("2025-10-01", NFA), request("2025-12-01", NFA), request("2026-03-11", NFA)],
        child=status("child_in_need", "2025-01-01", "2025-02-01"),
    ),
    Case(
        "LP9.three_in_succession",
        "-uu",
        "four, first assessed",
        entries=[
            request("2025-06-01", "assessment"),
            request("2025-10-01", NFA),
            request("2025-12-01", NFA),
            request("2026-03-11", NFA),
        ],
    ),
    Case(
        "LP9.three_in_succession",
        "---",
        "last undecided",
        entries=[request("2025-10-01", NFA), request("2025-12-01", NFA), request("2026-03-11")],
    ),
    Case(
        "LP9.three_in_succession",
        "---",
        "step down is not low",
        entries=[request("2025-10-01", NFA), request("2025-12-01", "step_down"), request("2026-03-11", NFA)],
    ),
    Case(
        "LP9.three_in_succession",
        "-uu",
        "then one strategy",
        entries=[
            request("2025-10-01", NFA),
            request("2025-12-01", NFA),
            request("2026-03-11", NFA),
            request("2026-04-15", "strategy"),
        ],
    ),
    Case("LP9.cluster", "---", "91 days", entries=[request(d(-91)), request(d(-40)), request(d(0))]),
    Case(
        "LP9.cluster",
        "-uu",
        "four in 12m",
        entries=[request("2025-05-01"), request("2025-09-01"), request("2025-12-01"), request("2026-03-11")],
    ),
    Case(
        "LP9.household",
        "---",
        "sibling moved out",
        entries=[request("2025-10-01"), request("2025-12-01") | THEIRS, request("2026-03-11") | THEIRS],
        households=[
            {
                "id": "h-CHILD",
                "members": [{"who": "CHILD", "from": LONG}, {"who": "CHILD-sibling", "from": LONG, "to": "2025-06-01"}],
            }
        ],
        siblings=SIBLING,
    ),
    Case(
        "LP9.household",
        "-aa",
        "own three",
        entries=[request("2025-10-01"), request("2025-12-01"), request("2026-03-11")],
        households=HOME,
        siblings=SIBLING,
    ),
    Case(
        "LP9.household",
        "---",
        "a sibling of an earlier home",
        entries=[request("2025-10-01"), request("2025-12-01") | THEIRS, request("2026-03-11") | THEIRS],
        households=[
            {
                "id": "h-CHILD",
                "members": [{"who": "CHILD", "from": LONG, "to": "2025-01-01"}, {"who": "CHILD-sibling", "from": LONG}],
            }
        ],
        siblings=SIBLING,
    ),
    Case(
        "LP9.household",
        "---",
        "incident shared by siblings is one",
        entries=[
            request("2025-10-01", incident="x"),
            request("2025-12-01", incident="x") | THEIRS,
            request("2026-03-11") | THEIRS,
        ],
        households=HOME,
        siblings=SIBLING,
    ),
]
