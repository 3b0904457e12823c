"""A professional challenge: its stages, its clocks on the day before, the day and the day after, and its letter."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from gcp2_app.domain.challenging import Challenge, challenges, check_stage, first_stage, letter, next_stage
from gcp2_app.domain.entries import Entry
from gcp2_app.errors import InvalidValue
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.forms.rule_policy import shipped_rules, shipped_working_days

#: A Monday without a bank holiday near.
DAY = date(2026, 3, 9)
POLICY = shipped_policy().challenge
NUMBERS = shipped_rules()["LP10.stage_overdue"].numbers
DAYS = shipped_working_days()


def stage(number: int, on: date = DAY, *, about: str = "r1", **data: Any) -> Entry:
    held = {"about": about, "stage": number, "stage_started": on.isoformat(), **data}
    return Entry(id=f"s{number}-{on}", kind="challenge", children=("c1",), data=held)


def one(*stages: Entry) -> Challenge:
    (found,) = challenges(stages)
    return found


@pytest.mark.parametrize(
    ("number", "due"),
    [(1, date(2026, 3, 11)), (2, date(2026, 3, 16)), (3, date(2026, 3, 11)), (4, date(2026, 3, 16))],
)
def test_each_stage_is_answered_in_its_working_days(number: int, due: date) -> None:
    found = one(stage(number))
    assert found.due(DAYS, NUMBERS) == due
    assert not found.is_overdue(due - timedelta(days=1), DAYS, NUMBERS)
    assert not found.is_overdue(due, DAYS, NUMBERS)
    assert found.is_overdue(due + timedelta(days=1), DAYS, NUMBERS)


def test_a_reply_or_a_resolution_stops_the_clock_on_its_day() -> None:
    late = date(2026, 3, 12)
    assert not one(stage(1, reply_on="2026-03-12")).is_overdue(late, DAYS, NUMBERS)
    assert one(stage(1, reply_on="2026-03-13")).is_overdue(late, DAYS, NUMBERS)
    assert not one(stage(1, resolved_on="2026-03-12")).is_open(late)
    assert one(stage(1, resolved_on="2026-03-13")).is_open(late)
    assert not one(stage(1, resolved_on="2026-03-12")).is_overdue(late, DAYS, NUMBERS)


def test_an_unknown_stage_or_start_has_no_clock() -> None:
    assert one(stage(7)).due(DAYS, NUMBERS) is None
    undated = Entry(id="u", kind="challenge", data={"stage": 1})
    assert one(undated).due(DAYS, NUMBERS) is None
    assert one(Entry(id="u", kind="challenge")).stage == 0


def test_stages_about_one_decision_are_one_challenge_and_one_resolved_can_begin_again() -> None:
    found = challenges(
        [
            stage(2, DAY + timedelta(days=2)),
            stage(1),
            stage(1, about="m1"),
            stage(1, DAY + timedelta(days=1), about=""),
            stage(1, DAY + timedelta(days=3), about=""),
            Entry(id="n", kind="note"),
        ]
    )
    assert [(each.about, each.stage, len(each.stages)) for each in found] == [
        ("", 1, 1),
        ("r1", 2, 2),
        ("", 1, 1),
        ("m1", 1, 1),
    ]
    closed = stage(2, resolved_on="2026-03-10")
    again = challenges([stage(1, DAY - timedelta(days=2)), closed, stage(1, DAY + timedelta(days=9))])
    assert [len(each.stages) for each in again] == [1, 2]


def test_stages_of_one_day_follow_each_other_as_they_were_written_down() -> None:
    closed = replace(stage(2, resolved_on=DAY.isoformat()), recorded_at=datetime(2026, 3, 9, 9, 0, tzinfo=UTC))
    again = replace(stage(1), recorded_at=datetime(2026, 3, 9, 9, 5, tzinfo=UTC))
    assert [each.stage for each in challenges([again, closed])] == [1, 2]


def test_danger_skips_stages() -> None:
    assert first_stage(POLICY, urgent=False) == 1
    assert first_stage(POLICY, urgent=True) == POLICY.urgent_stage
    assert next_stage(one(stage(1)), POLICY, urgent=False) == 2
    assert next_stage(one(stage(1)), POLICY, urgent=True) == 3
    assert next_stage(one(stage(3)), POLICY, urgent=True) == 4
    assert next_stage(one(stage(4)), POLICY, urgent=False) is None


def test_a_stage_leads_up_the_ladder() -> None:
    check_stage(1, None)
    check_stage(4, one(stage(1)))
    for number in (0, 5):
        with pytest.raises(InvalidValue, match="no such stage"):
            check_stage(number, None)
    for number in (1, 2):
        with pytest.raises(InvalidValue, match="stage 2 already"):
            check_stage(number, one(stage(2)))


def test_the_letter_is_made_from_what_was_written_down() -> None:
    first = stage(
        1,
        our_position="not said in the letter",
        contacts=[
            {"on": "2026-03-09", "who": "Jo Lane", "how": "phone", "said": "No visit is planned."},
            {"on": "", "said": "undated"},
        ],
        reply_on="2026-03-10",
        reply="We stand by it.",
    )
    second = stage(
        2,
        DAY + timedelta(days=2),
        urgent=True,
        with_whom="Kit Hill",
        their_agency="Children’s social care",
        our_position="Three requests in a year.",
        their_position="The threshold is not met.",
        asked_for="An assessment.",
        reply_on="2026-03-12",
    )
    text = letter(
        one(first, second),
        POLICY,
        child="R. A.",
        decision="No further action, 6 March 2026",
        sender="Ines Vale, health visitor",
        due=date(2026, 3, 18),
        today=date(2026, 3, 11),
    ).plain_text
    assert text.startswith("11 March 2026\n\nTo: Kit Hill, Children’s social care\n\nProfessional challenge, stage 2")
    assert "manager to manager" in text
    assert "Please answer today." in text
    assert "not said in the letter" not in text
    assert "undated" not in text
    log = text[text.index("What happened so far") : text.index("Please answer by 18 March 2026")]
    assert log.splitlines()[1:5] == [
        "9 March 2026: stage 1 began",
        "9 March 2026: Jo Lane, phone: No visit is planned.",
        "10 March 2026: answer: We stand by it.",
        "12 March 2026: answer",
    ]
    assert text.endswith("Ines Vale, health visitor\n")


def test_a_letter_with_little_written_down_leaves_out_what_is_not_known() -> None:
    made = letter(one(stage(9)), POLICY, child="R. A.", decision="", sender="Ines Vale", due=None, today=DAY)
    assert made.plain_text == "9 March 2026\n\nProfessional challenge, stage 9\nAbout: R. A.\n\nInes Vale\n"
