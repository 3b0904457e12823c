"""Working days over Christmas, Easter, substitute days and a week-end: each case with the first day it is shown.

England's bank holidays: 25 and 26 December 2025, 1 January, 3 and 6 April 2026; in 2021 the 27th and 28th of December
stand for Christmas Day and Boxing Day, a Saturday and a Sunday; 2 and 3 June 2022.
"""

from tests.cli.alert_cases.first import concern, medicine, stay
from tests.cli.alert_cases.second import action, request, stage, tried, visit
from tests.cli.alert_cases.third import meeting, move
from tests.cli.alert_cases.writing import CIN, Case, e, need, protected

CASES = [
    ("2021-12-30", Case("LP3.concern_no_action", "act", "substitute days", [concern("2021-12-24")])),
    ("2021-12-30", Case("REF.decision", "act", "substitute days", [request("2021-12-24")])),
    ("2022-06-07", Case("LP3.concern_no_action", "act", "four days of the Jubilee", [concern("2022-06-01")])),
    ("2025-12-30", Case("LP3.concern_no_action", "act", "Christmas", [concern("2025-12-24")])),
    ("2025-12-31", Case("LP10.stage_overdue", "act", "two working days", [stage(1, "2025-12-24")])),
    ("2026-01-01", Case("LP7.remote_only", "act", "twenty", [visit("2025-12-01", access="given")], child=CIN)),
    (
        "2026-01-01",
        Case(
            "LP11.not_checked",
            "act",
            "twenty",
            [action("2025-11-03", said_done_on="2025-12-01") for _ in range(3)],
        ),
    ),
    ("2026-01-01", Case("LP12.plan_missing", "act", "twenty", child={"long_term_condition_since": "2025-12-01"})),
    ("2026-01-06", Case("LP5.coordinator", "act", "five", [medicine("2025-12-24")], people=need())),
    ("2026-01-06", Case("LP6.no_advocate", "watch", "five", child=protected("2025-12-24"))),
    ("2026-01-06", Case("LP9.review_due", "act", "five", [e("meeting", "2025-12-24", type="trigger_review")])),
    (
        "2026-01-13",
        Case("LP7.red_unseen", "urgent", "ten", [visit("2025-12-24", "phone", contact_rating="red")]),
    ),
    ("2026-03-08", Case("REF.written", "act", "24 hours are no working day", [request("2026-03-06", by_phone=True)])),
    ("2026-03-10", Case("LP3.concern_no_action", "act", "noted on a Saturday", [concern("2026-03-07")])),
    ("2026-03-10", Case("REF.decision", "act", "sent on a Saturday", [request("2026-03-07")])),
    (
        "2026-03-25",
        Case(
            "LP2.chronology_missing",
            "act",
            "ten before the meeting",
            [e("meeting", "2026-03-02", type="rcpc", planned_for="2026-04-10")],
        ),
    ),
    (
        "2026-04-01",
        Case(
            "LP6.not_invited",
            "act",
            "fewer than five before the meeting",
            [e("meeting", "2026-03-02", type="cin_review", planned_for="2026-04-09")],
        ),
    ),
    ("2026-04-08", Case("LP3.concern_no_action", "act", "Easter", [concern("2026-04-02")])),
    ("2026-04-08", Case("LP4.stay_long", "act", "fit", [stay("2026-04-01", medically_fit_on="2026-04-02")])),
    ("2026-04-08", Case("LP8.unanswered", "act", "Easter", [tried("2026-04-02", reached=False)])),
    ("2026-04-11", Case("LP4.review_missing", "urgent", "two", [stay("2026-04-01", medically_fit_on="2026-04-02")])),
    ("2026-04-11", Case("LP10.stage_overdue", "act", "five", [stage(2, "2026-04-01")])),
    ("2026-04-11", Case("MEET.due", "act", "fifteen", [meeting("strategy", "2026-03-18")])),
    ("2026-04-11", Case("MEET.due", "act", "ten", [meeting("icpc", "2026-03-25")], child=protected("2026-03-25"))),
    (
        "2026-04-11",
        Case("R2.transfer_in", "act", "fifteen", [move("2026-03-18", "Sandwell", "Dudley", cp_plan=True)]),
    ),
    ("2026-04-11", Case("R4.no_adjustment", "act", "five", people=need("2026-04-01"), child=CIN)),
]
