"""LP5: parents are helped to give medicines."""

from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import LearningNeed, NeedState
from gcp2_app.domain.rules.record import ChildRecord
from tests.rules import DAY, ask, carer, child, days, entry, holds, holds_from, record, working


def about(*entries: Entry, state: str = "diagnosed", on: date | None = date(2025, 1, 1)) -> ChildRecord:
    who, person = carer(LearningNeed(state=NeedState(state), on=on))
    return record(*entries, of=child(carers=(who,)), people={"p1": person})


def medicine(on: date = DAY, **data: Any) -> Entry:
    return entry("x1", "medicine", on, agency="hospital", name="drops", dose_as_prescribed="as on the label", **data)


def shown(id_: str, on: date | dict[str, str], *, correct: bool = True, **data: Any) -> Entry:
    return entry(id_, "teach_back", on, **{"medicine": "x1", "person": "p1", "correct": correct, **data})


def support(**data: Any) -> Entry:
    return entry("l1", "learning_support", DAY, person="p1", **data)


def named(*services: str, on: date = DAY) -> Entry:
    return support(coordinators={service: on.isoformat() for service in services})


def test_coordinators_are_named_within_five_working_days() -> None:
    assert holds_from("LP5.coordinator", about(medicine()), working(DAY, 5) + days(1))
    assert holds_from("LP5.coordinator", about(medicine(DAY - days(90)), on=DAY), working(DAY, 5) + days(1))
    day = working(DAY, 6)
    for services, missing in (
        ((), "health or in social care"),
        (("health",), "in social care"),
        (("social_care",), "in health"),
    ):
        found = ask("LP5.coordinator", about(medicine(), named(*services)), day)
        assert found is not None
        assert missing in found.text
    assert not holds("LP5.coordinator", about(medicine(), named("health", "social_care")), day)
    assert holds("LP5.coordinator", about(medicine(), named("health", "social_care", on=day + days(1))), day)


@pytest.mark.parametrize("rule", ["coordinator", "teach_back"])
def test_it_opens_by_itself_only_with_a_need_and_a_medicine(rule: str) -> None:
    day = working(DAY, 20)
    assert holds(f"LP5.{rule}", about(medicine()), day)
    assert not holds(f"LP5.{rule}", about(), day)
    assert not holds(f"LP5.{rule}", about(medicine(), state="none_known"), day)
    assert not holds(f"LP5.{rule}", about(medicine(for_child="c2")), day)
    assert holds(f"LP5.{rule}", about(medicine(for_child="c1")), day)


def test_teach_back_within_ten_working_days() -> None:
    assert holds_from("LP5.teach_back", about(medicine()), working(DAY, 10) + days(1))
    late = about(medicine(), shown("t1", working(DAY, 12)))
    assert holds("LP5.teach_back", late, working(DAY, 11))
    assert not holds("LP5.teach_back", late, working(DAY, 12))
    other = about(medicine(), shown("t1", DAY, person="p2"))
    assert holds("LP5.teach_back", other, working(DAY, 11))


def test_teach_back_before_the_first_dose_at_home_or_the_discharge() -> None:
    dose = DAY + days(4)
    assert holds_from("LP5.teach_back", about(medicine(first_home_dose_on=dose)), dose)
    assert not holds("LP5.teach_back", about(medicine(first_home_dose_on=dose), shown("t1", DAY)), dose)
    far = about(medicine(first_home_dose_on=DAY + days(60)))
    assert not holds("LP5.teach_back", far, working(DAY, 20))
    stay = entry("s1", "admission", DAY, agency="hospital", admitted=DAY, discharge_planned_for=DAY + days(3))
    assert holds_from("LP5.teach_back", about(medicine(), stay), DAY + days(3))
    earlier = entry("s1", "admission", DAY, admitted=DAY - days(90), discharged=DAY - days(80))
    assert holds_from("LP5.teach_back", about(medicine(), earlier), working(DAY, 10) + days(1))


def test_right_on_two_days_before_unsupervised() -> None:
    since = DAY + days(5)
    alone = support(unsupervised_from=since)
    first, second = shown("t1", DAY), shown("t2", DAY + days(1))
    assert holds_from("LP5.teach_back", about(medicine(), alone, first), since)
    assert not holds("LP5.teach_back", about(medicine(), alone, first, second), since)
    assert holds("LP5.teach_back", about(medicine(), alone, first, shown("t2", DAY)), since)
    wrong = shown("t3", DAY + days(2), correct=False)
    assert holds("LP5.teach_back", about(medicine(), alone, first, second, wrong), since)
    afterwards = shown("t3", since + days(1))
    assert holds("LP5.teach_back", about(medicine(), alone, first, afterwards), since + days(2))


def test_a_wrong_dose_is_urgent_until_it_is_shown_right() -> None:
    wrong = shown("t1", DAY, correct=False)
    found = ask("LP5.not_yet_right", about(medicine(), wrong), DAY)
    assert found is not None
    assert found.level is Level.URGENT
    assert found.entries == ("t1",)
    right = shown("t2", DAY + days(2))
    assert holds("LP5.not_yet_right", about(medicine(), wrong, right), DAY + days(1))
    assert not holds("LP5.not_yet_right", about(medicine(), wrong, right), DAY + days(2))
    other = shown("t2", DAY + days(2), person="p2")
    assert holds("LP5.not_yet_right", about(medicine(), wrong, other), DAY + days(2))
    assert not holds("LP5.not_yet_right", about(medicine(), shown("t1", {"about": "2026-02"}, correct=False)), DAY)


def test_a_missed_dose_is_urgent_where_it_must_not_be_missed() -> None:
    missed = shown("t1", DAY, missed=True)
    assert holds("LP5.not_yet_right", about(medicine(must_not_miss=True), missed), DAY)
    assert not holds("LP5.not_yet_right", about(medicine(), missed), DAY)
    assert not holds("LP5.not_yet_right", about(missed), DAY)


def test_shown_again_after_a_week_and_after_a_month() -> None:
    alone = support(unsupervised_from=DAY)
    before = [shown("t1", DAY - days(3)), shown("t2", DAY - days(2))]
    assert holds_from("LP5.retest", about(medicine(), alone, *before), DAY + days(8))
    again = shown("t3", DAY + days(7), stage="retest")
    assert holds_from("LP5.retest", about(medicine(), alone, *before, again), date(2026, 4, 10))
    twice = about(medicine(), alone, *before, again, shown("t4", DAY + days(30)))
    assert not holds("LP5.retest", twice, date(2026, 4, 10))
    assert not holds("LP5.retest", about(medicine(), *before[:1]), DAY + days(60))


def test_without_a_recorded_day_the_second_right_one_starts_the_clock() -> None:
    both = [shown("t1", DAY - days(3)), shown("t2", DAY)]
    assert holds_from("LP5.retest", about(medicine(), *both), DAY + days(8))
    later = about(medicine(), *both, support(unsupervised_from=DAY + days(20)))
    assert not holds("LP5.retest", later, DAY + days(9))
    elsewhere = entry("l2", "learning_support", DAY, person="p2", unsupervised_from=DAY - days(90))
    assert not holds("LP5.retest", about(medicine(), *both, elsewhere), DAY + days(7))


def test_shown_again_after_a_change() -> None:
    changed = [{"what": "strength", "on": (DAY + days(3)).isoformat()}]
    seen = shown("t1", DAY)
    assert holds_from("LP5.retest", about(medicine(changed=changed), seen), DAY + days(3))
    assert not holds("LP5.retest", about(medicine(changed=changed), seen, shown("t2", DAY + days(3))), DAY + days(3))
    assert not holds("LP5.retest", about(medicine(changed=changed)), DAY + days(3))


def test_a_medicine_may_be_named_where_it_is_shown() -> None:
    missed = shown("b1", DAY, missed=True, medicine=" Drops ")
    assert not holds("LP5.not_yet_right", record(medicine(), missed), DAY)
    about = record(medicine(must_not_miss=True), missed, shown("b2", DAY + days(2)))
    assert holds("LP5.not_yet_right", about, DAY)
    assert not holds("LP5.not_yet_right", about, DAY + days(2))
    assert holds("LP5.not_yet_right", record(shown("b1", DAY, correct=False, medicine="tablets")), DAY)


def test_a_stay_without_an_end_or_a_beginning_says_nothing_of_the_day_at_home() -> None:
    open_ended = entry("s1", "admission", DAY, admitted=DAY)
    undated = entry("s2", "admission", DAY, hospital="Northfield", not_admitted=True)
    assert holds_from("LP5.teach_back", about(medicine(), open_ended, undated), working(DAY, 10) + days(1))
