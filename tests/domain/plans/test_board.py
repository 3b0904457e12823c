"""The board of agreed actions: the column of each, what is said of it, and the patterns with their questions."""

from datetime import timedelta
from typing import Any

import pytest

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.plans.board import Card, Column, board, is_answered, patterns
from tests.plans import view_of
from tests.rules import DAY, days, entry, working

ANSWERED = {"understood": True, "asked": {"able": False, "prevented": False}}


def action(id_: str, /, **data: Any) -> Entry:
    return entry(id_, "action", DAY, **{"what": "Mend the bed", "agreed_on": DAY, **data})


def only(*entries: Entry, on: Any = DAY) -> Card:
    (card,) = board(view_of(*entries, on=on))
    return card


def test_an_action_goes_through_the_columns() -> None:
    assert only(action("a")).column is Column.AGREED
    assert only(action("a", said_done_on=DAY)).column is Column.SAID
    checked = {"said_done_on": DAY, "checked_on": DAY + days(1), "checked_result": "done"}
    card = only(action("a", **checked), on=DAY + days(1))
    assert (card.column, card.result, card.checked_on) == (Column.CHECKED, "done", DAY + days(1))
    later = {"on": (DAY + days(30)).isoformat(), "result": "done"}
    card = only(action("a", **checked, looked_again=[later]), on=DAY + days(30))
    assert (card.column, card.looked_again_on) == (Column.LASTS, DAY + days(30))
    # What is to be seen tomorrow was not seen.
    assert only(action("a", **checked, looked_again=[later]), on=DAY + days(29)).column is Column.CHECKED


@pytest.mark.parametrize("still", ["part", "not_done"])
def test_what_did_not_last_goes_back(still: str) -> None:
    again = [
        {"on": (DAY + days(30)).isoformat(), "result": "done"},
        {"on": (DAY + days(60)).isoformat(), "result": still},
    ]
    held = action("a", said_done_on=DAY, checked_on=DAY, checked_result="done", looked_again=again)
    card = only(held, on=DAY + days(60))
    assert (card.column, card.still) == (Column.CHECKED, still)


def test_what_was_looked_at_before_the_check_says_nothing_of_later() -> None:
    again = [{"on": DAY.isoformat(), "result": "done"}, {"result": "done"}]
    held = action("a", said_done_on=DAY, checked_on=DAY, checked_result="done", looked_again=again)
    assert only(held, on=DAY + days(9)).column is Column.CHECKED


def test_a_check_before_it_was_said_is_no_check_of_what_was_said() -> None:
    early = action("a", said_done_on=DAY + days(5), checked_on=DAY, checked_result="not_done")
    assert only(early, on=DAY).column is Column.CHECKED
    card = only(early, on=DAY + days(5))
    assert (card.column, card.result, card.waited_working_days) == (Column.SAID, "", 0)
    assert only(early, on=working(DAY + days(5), 3)).waited_working_days == 3


def test_a_check_that_could_not_be_made_found_nothing() -> None:
    card = only(action("a", said_done_on=DAY, checked_on=DAY, checked_result="could_not_check"))
    assert (card.column, card.could_not_check, card.checked_on) == (Column.SAID, True, None)


def test_overdue_is_said_from_the_day_after_until_somebody_says_it_is_done() -> None:
    due = action("a", due=DAY)
    assert not only(due).overdue
    assert only(due, on=DAY + days(1)).overdue
    assert not only(action("a", due=DAY, said_done_on=DAY), on=DAY + days(1)).overdue


def test_one_agreed_again_has_one_card_with_the_days_before() -> None:
    first = action("a", checked_on=DAY + days(3), checked_result="not_done")
    again = action("b", agreed_on=DAY + days(4), same_as="a")
    card = only(first, again, on=DAY + days(4))
    assert (card.entry.id, card.earlier, card.column) == ("b", (DAY,), Column.AGREED)
    # Agreed for a day to come: both are there.
    assert len(board(view_of(first, again, on=DAY + days(3)))) == 2


def test_cards_stand_by_the_day_they_are_due() -> None:
    cards = board(view_of(action("a"), action("b", due=DAY + days(2)), action("c", due=DAY + days(1))))
    assert [card.entry.id for card in cards] == ["c", "b", "a"]


def checked(found: list[str], **more: Any) -> list[Entry]:
    return [
        action(
            f"a{number}", said_done_on=DAY, checked_on=DAY, checked_result=result, **(more if result != "done" else {})
        )
        for number, result in enumerate(found)
    ]


def test_a_pattern_waits_for_its_questions() -> None:
    found = ["done", "done", "not_done", "part", "not_done"]
    (pattern,) = patterns(view_of(*checked(found)))
    assert pattern.rule == "LP11.checked_not_found"
    assert [each.id for each in pattern.unanswered] == ["a2", "a3", "a4"]
    assert not pattern.may_be_reported
    (pattern,) = patterns(view_of(*checked(found, **ANSWERED)))
    assert [each.id for each in pattern.actions] == ["a2", "a3", "a4"]
    assert pattern.may_be_reported
    assert patterns(view_of(*checked(found[1:], **ANSWERED))) == ()


def test_of_one_agreed_again_and_again_the_latest_is_asked_about() -> None:
    chain = [
        action(
            f"a{number}",
            agreed_on=DAY + timedelta(days=10 * number),
            same_as=f"a{number - 1}",
            checked_on=DAY + timedelta(days=10 * number + 5),
            checked_result="not_done",
        )
        for number in range(1, 4)
    ]
    latest = action("a4", agreed_on=DAY + days(40), same_as="a3")
    (pattern,) = patterns(view_of(*chain, latest, on=DAY + days(40)))
    assert pattern.rule == "LP11.re_agreed"
    assert [each.id for each in pattern.unanswered] == ["a4"]
    answered = action("a4", agreed_on=DAY + days(40), same_as="a3", **ANSWERED)
    assert patterns(view_of(*chain, answered, on=DAY + days(40)))[0].may_be_reported


def test_one_that_was_agreed_again_is_asked_about_once() -> None:
    done = checked(["done", "done", "not_done"], **ANSWERED)
    first = action("b1", said_done_on=DAY, checked_on=DAY, checked_result="not_done")
    later = {"said_done_on": DAY + days(2), "checked_on": DAY + days(2), "checked_result": "part"}
    again = action("b2", agreed_on=DAY + days(1), same_as="b1", **later)
    (pattern,) = patterns(view_of(*done, first, again, on=DAY + days(2)))
    assert [each.id for each in pattern.actions] == ["a2", "b2"]
    assert [each.id for each in pattern.unanswered] == ["b2"]


@pytest.mark.parametrize("missing", ["understood", "able", "prevented"])
def test_no_question_can_be_left_out(missing: str) -> None:
    asked = {name: True for name in ("able", "prevented") if name != missing}
    understood = {} if missing == "understood" else {"understood": False}
    assert not is_answered(action("a", asked=asked, **understood))
    assert is_answered(action("a", **ANSWERED))
    assert not is_answered(action("a"))
