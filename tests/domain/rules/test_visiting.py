"""LP11: cancelled contacts, doors that stay shut, and unannounced visits."""

from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.entries import Entry
from tests.rules import DAY, ask, child, days, entry, holds, holds_from, plan, record, working

ON_PLAN = child(statuses=(plan(DAY - days(400)),))


def visit(id_: str, on: date | dict[str, str], **data: Any) -> Entry:
    usual: dict[str, Any] = {"mode": "home", "agency": "health_visiting"}
    return entry(id_, "visit", on, **usual | data)


# cancellations --------------------------------------------------------------------------------------------------------


def cancelled(id_: str, on: date | dict[str, str], **data: Any) -> Entry:
    usual: dict[str, Any] = {"cancelled_by": "family", "announced": True}
    return visit(id_, on, **usual | data)


def missed(id_: str, on: date, **data: Any) -> Entry:
    usual: dict[str, Any] = {"service": "Speech therapy", "status": "cancelled_by_family", "agency": "health_visiting"}
    return entry(id_, "appointment", on, **usual | data)


def test_three_cancelled_by_the_family_in_eight_weeks() -> None:
    about = record(cancelled("e1", DAY - days(56)), missed("e2", DAY - days(30)), cancelled("e3", DAY))
    assert holds_from("LP11.cancellations", about, DAY)
    found = ask("LP11.cancellations", about, DAY)
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("e1", "e2", "e3")
    assert "3 contacts with health visiting" in found.text
    assert not holds("LP11.cancellations", about, DAY + days(1))


@pytest.mark.parametrize(
    "third",
    [
        cancelled("e3", DAY, cancel_reason="illness"),
        cancelled("e3", DAY, cancel_reason="hospital"),
        missed("e3", DAY, cancel_reason="illness"),
        cancelled("e3", DAY, cancelled_by="service"),
        missed("e3", DAY, status="cancelled_by_service"),
        missed("e3", DAY, status="not_brought"),
        cancelled("e3", DAY, agency="school"),
        cancelled("e3", DAY, agency=None),
        cancelled("e3", {"about": "2026-03"}),
    ],
)
def test_a_third_that_does_not_count(third: Entry) -> None:
    about = record(cancelled("e1", DAY - days(20)), cancelled("e2", DAY - days(10)), third)
    assert not holds("LP11.cancellations", about, DAY)


def test_other_reasons_count_and_so_does_one_cancelled_before_its_day() -> None:
    first = (cancelled("e1", DAY - days(20)), cancelled("e2", DAY - days(10)))
    assert holds("LP11.cancellations", record(*first, cancelled("e3", DAY, cancel_reason="other")), DAY)
    ahead = record(*first, cancelled("e3", DAY + days(5), known=DAY))
    assert holds_from("LP11.cancellations", ahead, DAY)


FIRST = DAY - days(40)


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        (visit("k1", working(FIRST, 10), access="given"), False),
        (visit("k1", FIRST, access="given"), False),
        (visit("k1", working(FIRST, 11), access="given"), True),
        (visit("k1", working(FIRST, 3), access="no_answer"), True),
        (visit("k1", working(FIRST, 3), mode="phone"), True),
        (visit("k1", working(FIRST, 3), mode="school"), False),
        (visit("k1", working(FIRST, 3), agency="school"), True),
        (visit("k1", FIRST - days(1)), True),
        (visit("k1", {"about": "2026-01"}), True),
        (missed("k1", working(FIRST, 3), status="brought"), True),
    ],
)
def test_rearranged_and_kept_within_ten_working_days(kept: Entry, *, expected: bool) -> None:
    about = record(cancelled("e1", FIRST), cancelled("e2", DAY - days(10)), cancelled("e3", DAY), kept)
    assert holds("LP11.cancellations", about, DAY) is expected


def test_a_call_is_kept_by_a_call_and_an_appointment_by_the_same_service() -> None:
    rest = (cancelled("e2", DAY - days(10)), cancelled("e3", DAY))
    call = cancelled("e1", FIRST, mode="video")
    assert not holds("LP11.cancellations", record(call, visit("k1", working(FIRST, 3), mode="video"), *rest), DAY)
    kept = missed("k1", working(FIRST, 3), status="brought", service="speech therapy ")
    assert not holds("LP11.cancellations", record(missed("e1", FIRST), kept, *rest), DAY)
    other = missed("k1", working(FIRST, 3), status="brought", service="Dentist")
    assert holds("LP11.cancellations", record(missed("e1", FIRST), other, *rest), DAY)


def test_the_alert_ends_when_one_is_kept_and_not_before() -> None:
    kept = visit("k1", working(DAY, 4), known=DAY, access="given")
    about = record(cancelled("e1", DAY - days(30)), cancelled("e2", DAY - days(15)), cancelled("e3", DAY), kept)
    assert holds("LP11.cancellations", about, working(DAY, 4) - days(1))
    assert not holds("LP11.cancellations", about, working(DAY, 4))


def test_two_agencies_and_possible_ones_are_named() -> None:
    entries = [cancelled(f"e{i}", DAY - days(3 * i)) for i in range(3)]
    entries += [cancelled(f"s{i}", DAY - days(3 * i), agency="school") for i in range(3)]
    about = cancelled("p1", {"about": "2026-03"}, known=DAY, agency="school")
    found = ask("LP11.cancellations", record(*entries, about), DAY)
    assert found is not None
    assert "3 contacts with health visiting" in found.text
    assert "at least 3 contacts, possibly 4 with school" in found.text
    assert len(found.entries) == 6


# no_access ------------------------------------------------------------------------------------------------------------


def shut(id_: str, on: date | dict[str, str], *, announced: bool | None = None, **data: Any) -> Entry:
    usual: dict[str, Any] = {"access": "no_answer", "announced": announced}
    return visit(id_, on, **usual | data)


def test_two_running_without_access_one_of_them_arranged() -> None:
    about = record(shut("e1", DAY - days(7), announced=True), shut("e2", DAY, access="refused"))
    assert holds_from("LP11.no_access", about, DAY)
    found = ask("LP11.no_access", about, DAY)
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("e1", "e2")
    assert "The last 2 visits ended without access" in found.text
    assert not holds("LP11.no_access", record(shut("e1", DAY, announced=True)), DAY)
    assert not holds("LP11.no_access", record(shut("e1", DAY - days(7)), shut("e2", DAY, announced=False)), DAY)


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        (visit("k1", DAY - days(3), access="given"), False),
        (visit("k1", DAY - days(3)), False),
        (visit("k1", DAY - days(3), mode="school", agency="school"), False),
        (cancelled("k1", DAY - days(3)), True),
        (visit("k1", DAY - days(3), access="child_absent"), True),
        (visit("k1", DAY - days(3), mode="phone"), True),
        (visit("k1", {"about": "2026-03"}, access="given"), True),
    ],
)
def test_what_ends_a_run_without_access(between: Entry, *, expected: bool) -> None:
    about = record(shut("e1", DAY - days(7), announced=True), between, shut("e2", DAY))
    assert holds("LP11.no_access", about, DAY) is expected


def test_access_given_ends_the_alert() -> None:
    about = record(shut("e1", DAY - days(7), announced=True), shut("e2", DAY), visit("e3", DAY + days(9)))
    assert holds("LP11.no_access", about, DAY + days(8))
    assert not holds("LP11.no_access", about, DAY + days(9))


def test_any_of_the_run_may_be_the_arranged_one() -> None:
    about = record(shut("e1", DAY - days(7), announced=True), shut("e2", DAY - days(3)), shut("e3", DAY))
    found = ask("LP11.no_access", about, DAY)
    assert found is not None
    assert found.entries == ("e1", "e2", "e3")


TWO = (shut("e1", DAY - days(7), announced=True), shut("e2", DAY))


def at_school(from_: date, *, attended: int) -> Entry:
    data: dict[str, Any] = {"from": from_, "to": DAY + days(4), "possible": 8, "attended": attended}
    return entry("s1", "attendance", DAY, **data)


def level(*more: Entry, **about: Any) -> Level | None:
    found = ask("LP11.no_access", record(*TWO, *more, **about), DAY + days(9))
    return found.level if found is not None else None


def test_on_a_plan_or_under_one_and_unseen_it_is_urgent() -> None:
    found = ask("LP11.no_access", record(*TWO, of=ON_PLAN), DAY)
    assert found is not None
    assert found.level is Level.URGENT
    assert "Nobody is recorded to have seen the child since" in found.text
    assert found.next.startswith("Today")
    assert level(of=child(date_of_birth=DAY - days(300))) is Level.URGENT
    assert level(of=child(date_of_birth=DAY - days(365 - 9))) is Level.ACT
    assert level(of=child(statuses=(plan(DAY - days(400), DAY + days(8)),))) is Level.ACT


@pytest.mark.parametrize(
    ("sight", "expected"),
    [
        (visit("s1", DAY, access="refused", child_seen=True), Level.ACT),
        (shut("s1", DAY, child_seen=False), Level.URGENT),
        (visit("s1", DAY, access="child_absent"), Level.URGENT),
        (visit("s1", DAY, mode="video", child_seen=True), Level.URGENT),
        (cancelled("s1", DAY, child_seen=True), Level.URGENT),
        (shut("s1", DAY, child_seen=False, seen=[{"child": "c2"}, {"child": "c1", "seen": True}]), Level.ACT),
        (entry("s1", "statement", DAY), Level.ACT),
        (entry("s1", "statement", DAY - days(1)), Level.URGENT),
        (entry("s1", "appointment", DAY, service="GP", status="brought"), Level.ACT),
        (entry("s1", "appointment", DAY, service="GP", status="not_brought"), Level.URGENT),
        (entry("s1", "admission", DAY, hospital="H", admitted=DAY + days(1)), Level.ACT),
        (entry("s1", "admission", DAY, hospital="H", admitted=DAY - days(9), discharged=DAY), Level.ACT),
        (at_school(DAY, attended=2), Level.ACT),
        (at_school(DAY, attended=0), Level.URGENT),
        (at_school(DAY - days(1), attended=2), Level.URGENT),
    ],
)
def test_who_has_seen_the_child_since(sight: Entry, expected: Level) -> None:
    assert level(sight, of=ON_PLAN) is expected


# around_review --------------------------------------------------------------------------------------------------------


def looked(id_: str, on: date, *than_last: str, announced: bool, **data: Any) -> Entry:
    conditions = [{"unit": "A2.a", "than_last": each} for each in than_last]
    return visit(id_, on, announced=announced, conditions=conditions, **data)


def rounds(announced: list[str], unannounced: list[str]) -> list[Entry]:
    """Visits three days apart, first the announced ones; ``b``, ``s`` and ``w`` are what was compared."""
    words = {"b": "better", "s": "same", "w": "worse"}
    both = [(found, True) for found in announced] + [(found, False) for found in unannounced]
    return [
        looked(f"e{i}", DAY - days(3 * (len(both) - 1 - i)), *(words[one] for one in found), announced=told)
        for i, (found, told) in enumerate(both)
    ]


def test_better_when_announced_and_worse_when_not() -> None:
    about = record(*rounds(["b", "b", "s"], ["w", "s", "w"]))
    assert holds_from("LP11.around_review", about, DAY)
    found = ask("LP11.around_review", about, DAY)
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("e0", "e1", "e2", "e3", "e4", "e5")
    assert "better than the time before on 2 of 3 announced visits" in found.text
    assert "worse on 2 of 3 unannounced visits" in found.text


@pytest.mark.parametrize(
    ("announced", "unannounced", "expected"),
    [
        (["b", "b"], ["w", "w", "w"], False),
        (["b", "b", "b"], ["w", "w"], False),
        (["b", "b", ""], ["w", "w", "w"], False),
        (["b", "s", "s"], ["w", "w", "w"], False),
        (["b", "b", "b"], ["w", "s", "s"], False),
        (["b", "b", "s", "s"], ["w", "w", "w"], False),
        (["b", "b", "b", "s"], ["w", "w", "w"], True),
        (["bbw", "bw", "b"], ["wwb", "w", "s"], True),
        (["bw", "bw", "b"], ["w", "w", "w"], False),
    ],
)
def test_most_is_more_than_half(announced: list[str], unannounced: list[str], *, expected: bool) -> None:
    assert holds("LP11.around_review", record(*rounds(announced, unannounced)), DAY) is expected


def test_only_visits_in_person_count() -> None:
    five = rounds(["b", "b", "b"], ["w", "w"])
    assert holds("LP11.around_review", record(*five, looked("e9", DAY, "worse", announced=False)), DAY)
    video = looked("e9", DAY, "worse", announced=False, mode="video")
    assert not holds("LP11.around_review", record(*five, video), DAY)
    ahead = looked("e9", DAY + days(1), "worse", announced=False, known=DAY)
    assert not holds("LP11.around_review", record(*five, ahead), DAY)


def test_nothing_recorded_says_nothing() -> None:
    for name in ("cancellations", "no_access", "around_review"):
        assert not holds(f"LP11.{name}", record(), DAY)
