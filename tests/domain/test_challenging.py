"""A professional challenge: its stages, its clocks on the day before, the day and the day after, and its letter."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from gcp2_app.domain.challenging import Challenge, challenges, check_stage, first_stage, letter, next_stage
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.letters import Heading
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
    made = letter(
        one(first, second),
        POLICY,
        heading=_heading(date(2026, 3, 11)),
        decision="No further action, 6 March 2026",
        sender="Ines Vale\nHealth visitor",
        due=date(2026, 3, 18),
    )
    text = made.plain_text
    assert text.startswith(
        "Kit Hill\nChildren’s social care\n\n11 March 2026\nOur reference: LA-7\n\nDear colleague\n\n"
        "Professional challenge, stage 2: manager to manager, about R. A.\nBorn on 4 March 2019.\n\n"
    )
    assert "Please answer today." in text
    assert "not said in the letter" not in text
    assert "undated" not in text
    signed = "Please answer by 18 March 2026. Without an answer the challenge goes to its next stage.\n\n"
    signed += "Yours sincerely\nInes Vale\nHealth visitor\n\nWhat happened so far\n"
    assert text[text.index(signed) + len(signed) :].splitlines() == [
        "9 March 2026: stage 1 began",
        "9 March 2026: Jo Lane, phone: No visit is planned.",
        "10 March 2026: answer: We stand by it.",
        "12 March 2026: answer",
    ]


def _heading(on: date, child: str = "R. A.") -> Heading:
    return Heading(on=on, to="", reference="LA-7", child=child, born="Born on 4 March 2019.")


def test_a_letter_says_what_is_not_written_down_yet() -> None:
    made = letter(one(stage(9)), POLICY, heading=_heading(DAY), decision="", sender="Ines Vale", due=None)
    assert made.heading.to == "To whoever made the decision"
    assert [text for _, text in made.parts] == [
        "This is not written down yet.",
        "Your position is not written down here yet. Please tell us.",
        "This is not written down yet.",
    ]
    assert made.closing == ""
    assert made.title == "Professional challenge, stage 9"
    unsaid = letter(one(stage(0)), POLICY, heading=_heading(DAY), decision="", sender="", due=None)
    assert unsaid.title == "Professional challenge"


@pytest.mark.parametrize(
    ("said", "today", "closing"),
    [
        ({}, 11, "An answer was due by 10 March 2026. Please answer now; the challenge goes to its next stage."),
        ({"reply_on": "2026-03-10"}, 11, "Your answer came on 10 March 2026."),
        ({"reply_on": "2026-03-12"}, 10, "Please answer by 10 March 2026."),
        ({"resolved_on": "2026-03-11"}, 11, "This challenge was resolved on 11 March 2026."),
        ({"resolved_on": "2026-03-11"}, 10, "Please answer by 10 March 2026."),
    ],
)
def test_a_letter_asks_for_an_answer_only_while_none_came(said: dict[str, Any], today: int, closing: str) -> None:
    made = letter(
        one(stage(1, urgent=True, **said)),
        POLICY,
        heading=_heading(date(2026, 3, today)),
        decision="",
        sender="",
        due=date(2026, 3, 10),
    )
    assert made.closing.startswith(closing)
    assert bool(made.urgent) is ("resolved" not in made.closing)
