"""LP11: what was agreed, said and checked."""

from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.entries import Entry
from tests.rules import DAY, ask, days, entry, holds, holds_from, record, working

AGREED, SAID, FOUND = DAY - days(90), DAY - days(60), DAY - days(30)


def action(id_: str, **data: Any) -> Entry:
    usual: dict[str, Any] = {"what": "a bed for the child", "agreed_on": AGREED}
    return entry(id_, "action", AGREED, **usual | data)


def checked(id_: str, result: str, on: date | None = FOUND, **data: Any) -> Entry:
    usual: dict[str, Any] = {"said_done_on": SAID, "checked_result": result, "checked_by": "seen"}
    return action(id_, **usual | ({} if on is None else {"checked_on": on}) | data)


# checked_not_found ----------------------------------------------------------------------------------------------------


def five(*last: Entry) -> list[Entry]:
    """Four actions said done and checked, two of them found done, and another."""
    results = ["done", "not_done", "part", "done"]
    return [*(checked(f"e{i}", result) for i, result in enumerate(results, start=1)), *last]


def test_of_five_checked_three_were_not_found_done() -> None:
    about = record(*five(checked("e5", "not_done", DAY)))
    assert holds_from("LP11.checked_not_found", about, DAY)
    found = ask("LP11.checked_not_found", about, DAY)
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("e1", "e2", "e3", "e4", "e5")
    assert "Of 5 actions said to be done and checked, 3 were found not done" in found.text
    assert "preventing" in found.next


@pytest.mark.parametrize(
    "fifth",
    [
        checked("e5", "done"),
        checked("e5", "could_not_check"),
        checked("e5", ""),
        checked("e5", "not_done", DAY + days(1)),
        checked("e5", "not_done", said_done_on=DAY + days(1)),
        checked("e5", "not_done", said_done_on=None),
        checked("e5", "not_done", SAID - days(1)),
    ],
)
def test_a_fifth_action_that_does_not_count(fifth: Entry) -> None:
    assert not holds("LP11.checked_not_found", record(*five(fifth)), DAY)


def test_a_check_without_its_day_counts_and_four_are_too_few() -> None:
    assert holds("LP11.checked_not_found", record(*five(checked("e5", "part", None))), DAY)
    four = [checked(f"e{i}", "not_done") for i in range(4)]
    assert not holds("LP11.checked_not_found", record(*four), DAY)
    assert holds("LP11.checked_not_found", record(*four, checked("e9", "done")), DAY)


# not_checked ----------------------------------------------------------------------------------------------------------


def said(id_: str, on: date = DAY, **data: Any) -> Entry:
    return action(id_, said_done_on=on, **data)


def test_three_said_done_and_none_checked_in_twenty_working_days() -> None:
    about = record(said("e1"), said("e2"), said("e3"))
    assert not holds("LP11.not_checked", about, working(DAY, 20))
    assert holds_from("LP11.not_checked", about, working(DAY, 20) + days(1))
    found = ask("LP11.not_checked", about, working(DAY, 20) + days(1))
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("e1", "e2", "e3")
    assert "We have not looked" in found.text
    assert not holds("LP11.not_checked", record(said("e1"), said("e2")), DAY + days(90))


def test_each_action_has_its_own_twenty_days() -> None:
    about = record(said("e1"), said("e2"), said("e3", working(DAY, 2)))
    assert holds_from("LP11.not_checked", about, working(DAY, 22) + days(1))


@pytest.mark.parametrize(
    ("third", "expected"),
    [
        (said("e3", checked_on=DAY + days(2), checked_result="done"), False),
        (said("e3", checked_on=DAY, checked_result="not_done"), False),
        (said("e3", checked_on=DAY - days(1), checked_result="not_done"), True),
        (said("e3", checked_on=DAY + days(2), checked_result="could_not_check"), True),
        (said("e3", checked_on=DAY + days(2)), True),
        (action("e3"), False),
    ],
)
def test_what_a_check_is(third: Entry, *, expected: bool) -> None:
    assert holds("LP11.not_checked", record(said("e1"), said("e2"), third), DAY + days(60)) is expected


def test_a_late_check_ends_it() -> None:
    about = record(said("e1"), said("e2"), said("e3", checked_on=DAY + days(50), checked_result="part"))
    assert holds("LP11.not_checked", about, DAY + days(49))
    assert not holds("LP11.not_checked", about, DAY + days(50))


# re_agreed ------------------------------------------------------------------------------------------------------------


def failed(id_: str, agreed: date, same_as: str | None = None, **data: Any) -> Entry:
    """An action found not done a week after it was agreed."""
    usual: dict[str, Any] = {
        "agreed_on": agreed,
        "same_as": same_as,
        "checked_on": agreed + days(7),
        "checked_result": "not_done",
    }
    return action(id_, **usual | data)


def chain(*, link: str = "before") -> list[Entry]:
    """An action agreed four weeks apart, three times not done, and agreed again on DAY."""
    links = {"before": ["e1", "e2", "e3"], "first": ["e1", "e1", "e1"]}[link]
    return [
        failed("e1", DAY - days(84)),
        failed("e2", DAY - days(56), links[0]),
        failed("e3", DAY - days(28), links[1]),
        action("e4", agreed_on=DAY, same_as=links[2]),
    ]


@pytest.mark.parametrize("link", ["before", "first"])
def test_an_action_agreed_again_after_three_times_not_done(link: str) -> None:
    about = record(*chain(link=link))
    assert holds_from("LP11.re_agreed", about, DAY)
    found = ask("LP11.re_agreed", about, DAY)
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("e1", "e2", "e3", "e4")
    assert "again on 9 March 2026" in found.text


@pytest.mark.parametrize(
    "third",
    [
        failed("e3", DAY - days(28), "e2", checked_result="part"),
        failed("e3", DAY - days(28), "e2", checked_result="done"),
        failed("e3", DAY - days(28), "e2", checked_result=None),
        failed("e3", DAY - days(28), "e2", checked_on=DAY + days(1)),
    ],
)
def test_all_three_have_to_be_not_done_by_the_next_agreement(third: Entry) -> None:
    entries = [*chain()[:2], third, chain()[3]]
    assert not holds("LP11.re_agreed", record(*entries), DAY + days(9))


def test_a_check_on_the_day_of_the_next_agreement_or_without_a_day_counts() -> None:
    for on in (DAY, None):
        entries = [*chain()[:2], failed("e3", DAY - days(28), "e2", checked_on=on), chain()[3]]
        assert holds("LP11.re_agreed", record(*entries), DAY)


def test_three_agreements_are_too_few_and_the_latest_three_before_count() -> None:
    assert not holds("LP11.re_agreed", record(*chain()[1:]), DAY)
    assert not holds("LP11.re_agreed", record(*chain()[:3]), DAY)
    fifth = action("e5", agreed_on=DAY + days(28), same_as="e4")
    assert not holds("LP11.re_agreed", record(*chain(), fifth), DAY + days(28))
    assert holds("LP11.re_agreed", record(*chain(), fifth), DAY + days(27))
    lost = failed("e4", DAY, "e3")
    found = ask("LP11.re_agreed", record(*chain()[:3], lost, fifth), DAY + days(28))
    assert found is not None
    assert found.entries == ("e2", "e3", "e4", "e5")


def test_it_ends_when_the_latest_is_found_done() -> None:
    done = action("e4", agreed_on=DAY, same_as="e3", checked_on=DAY + days(10), checked_result="done")
    about = record(*chain()[:3], done)
    assert holds("LP11.re_agreed", about, DAY + days(9))
    assert not holds("LP11.re_agreed", about, DAY + days(10))


def test_an_action_that_names_one_outside_the_record_or_itself() -> None:
    outside = [failed(f"e{i}", DAY - days(28 * (4 - i)), "elsewhere") for i in range(1, 4)]
    assert holds("LP11.re_agreed", record(*outside, action("e4", agreed_on=DAY, same_as="elsewhere")), DAY)
    ring = [failed(f"e{i}", DAY - days(28 * (4 - i)), f"e{i + 1}") for i in range(1, 4)]
    assert holds("LP11.re_agreed", record(*ring, action("e4", agreed_on=DAY, same_as="e1")), DAY)


def test_nothing_recorded_says_nothing() -> None:
    for name in ("checked_not_found", "not_checked", "re_agreed"):
        assert not holds(f"LP11.{name}", record(), DAY)
