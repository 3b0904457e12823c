"""LP12: appointments, healthcare plans, and the three-way check."""

from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Child
from gcp2_app.forms.rule_policy import shipped_rules
from tests.rules import DAY, ask, child, days, entry, holds, holds_from, plan, record, working

ON_PLAN = child(statuses=(plan(DAY - days(900), category="emotional"),))


# not_brought ----------------------------------------------------------------------------------------------------------


def appointment(id_: str, on: date | dict[str, str], status: str = "not_brought", **more: Any) -> Entry:
    usual: dict[str, Any] = {"service": "Clinic", "status": status, "agency": "hospital"}
    return entry(id_, "appointment", on, **usual | more)


@pytest.mark.parametrize("about", [ON_PLAN, child(statuses=(plan(DAY - days(90)),))])
def test_once_on_a_plan(about: Child) -> None:
    one = record(appointment("e1", DAY), of=about)
    assert holds_from("LP12.not_brought", one, DAY)
    found = ask("LP12.not_brought", one, DAY)
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("e1",)
    assert "not brought to 1 appointment: 9 March 2026" in found.text


def test_once_with_a_neglect_marker_and_not_without() -> None:
    assert not holds("LP12.not_brought", record(appointment("e1", DAY)), DAY)
    assert holds("LP12.not_brought", record(appointment("e1", DAY, themes=["medical"])), DAY)
    old = entry("n1", "note", date(2025, 3, 9), themes=["physical"])
    assert holds("LP12.not_brought", record(appointment("e1", DAY), old), DAY)
    assert not holds("LP12.not_brought", record(appointment("e1", DAY), old), DAY + days(1))


def test_on_a_plan_one_counts_for_a_year_or_while_it_is_the_latest() -> None:
    about = record(appointment("e1", date(2025, 3, 9)), appointment("e2", DAY, "brought"), of=ON_PLAN)
    assert holds("LP12.not_brought", about, date(2026, 3, 9))
    assert not holds("LP12.not_brought", about, date(2026, 3, 10))
    assert holds("LP12.not_brought", record(appointment("e1", DAY - days(800)), of=ON_PLAN), DAY)


def test_twice_running() -> None:
    about = record(appointment("e1", DAY - days(500)), appointment("e2", DAY))
    assert holds_from("LP12.not_brought", about, DAY)
    found = ask("LP12.not_brought", about, DAY)
    assert found is not None
    assert found.entries == ("e1", "e2")


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        (appointment("k1", DAY - days(3), "brought"), False),
        (appointment("k1", DAY - days(3), "cancelled_by_family"), True),
        (appointment("k1", DAY - days(3), "cancelled_by_service"), True),
        (appointment("k1", DAY - days(3), "rearranged"), True),
        (appointment("k1", DAY - days(3), "unknown"), True),
        (appointment("k1", {"about": "2026-02"}, "brought"), True),
        (appointment("k1", DAY - days(3), "brought", service="Dentist"), True),
    ],
)
def test_what_breaks_a_run(between: Entry, *, expected: bool) -> None:
    about = record(appointment("e1", DAY - days(9)), between, appointment("e2", DAY))
    assert holds("LP12.not_brought", about, DAY) is expected
    after = record(appointment("e1", DAY - days(9)), appointment("e2", DAY - days(6)), between)
    assert holds("LP12.not_brought", after, DAY) is expected


def test_two_services_make_a_run_together() -> None:
    about = record(appointment("e1", DAY - days(9), service="Dentist"), appointment("e2", DAY))
    assert holds("LP12.not_brought", about, DAY)


def test_three_in_twelve_months() -> None:
    kept = [appointment(f"k{i}", DAY - days(gap), "brought") for i, gap in enumerate((200, 100, 0))]
    missed = [
        appointment("e1", date(2025, 3, 9)),
        appointment("e2", DAY - days(150)),
        appointment("e3", DAY - days(50)),
    ]
    about = record(*kept, *missed)
    assert holds("LP12.not_brought", about, DAY)
    assert not holds("LP12.not_brought", about, DAY + days(1))
    assert not holds("LP12.not_brought", record(*kept, *missed[1:]), DAY)
    found = ask("LP12.not_brought", record(*kept, *missed, appointment("p1", {"about": "2026-02"})), DAY)
    assert found is not None
    assert found.entries == ("e1", "e2", "e3")
    assert "at least 3 appointments, possibly 4" in found.text


def test_an_appointment_to_come_is_not_missed_yet() -> None:
    about = record(appointment("e1", DAY - days(9)), appointment("e2", DAY + days(9), known=DAY))
    assert holds_from("LP12.not_brought", about, DAY + days(9))


# plan_missing, plan_old -----------------------------------------------------------------------------------------------


def reviewed(on: date) -> Entry:
    return entry(f"h{on:%Y%m%d}", "health_plan", DAY - days(900), reviewed_on=on)


def test_a_long_term_condition_needs_a_plan_in_twenty_working_days() -> None:
    ill = child(long_term_condition_since=DAY)
    assert not holds("LP12.plan_missing", record(of=ill), working(DAY, 20))
    assert holds_from("LP12.plan_missing", record(of=ill), working(DAY, 20) + days(1))
    found = ask("LP12.plan_missing", record(of=ill), working(DAY, 20) + days(1))
    assert found is not None
    assert found.level is Level.ACT
    assert "known since 9 March 2026" in found.text
    assert "Ask before relying on this" in found.text
    later = record(reviewed(DAY + days(90)), of=ill)
    assert holds("LP12.plan_missing", later, DAY + days(89))
    assert not holds("LP12.plan_missing", later, DAY + days(90))
    assert not holds("LP12.plan_missing", record(), DAY + days(90))


def test_a_plan_is_old_after_twelve_months() -> None:
    about = record(reviewed(date(2025, 3, 9)), reviewed(date(2024, 1, 9)))
    assert not holds("LP12.plan_old", about, date(2026, 3, 9))
    assert holds_from("LP12.plan_old", about, date(2026, 3, 10))
    found = ask("LP12.plan_old", about, date(2026, 3, 10))
    assert found is not None
    assert found.level is Level.WATCH
    assert found.entries == ("h20250309",)
    renewed = record(reviewed(date(2025, 3, 9)), reviewed(date(2026, 4, 1)))
    assert holds("LP12.plan_old", renewed, date(2026, 3, 31))
    assert not holds("LP12.plan_old", renewed, date(2026, 4, 1))


# three_way ------------------------------------------------------------------------------------------------------------

MISSED = (appointment("e1", DAY - days(9)), appointment("e2", DAY - days(5)))
PRESENT: dict[str, Any] = {"from": date(2025, 9, 1), "to": DAY, "possible": 100, "attended": 80}
LOW = entry("s1", "attendance", DAY, **PRESENT)


def shown(id_: str, on: date, *, correct: bool = True, missed: bool = False, medicine: str = "m1") -> Entry:
    return entry(id_, "teach_back", on, medicine=medicine, person="p1", correct=correct, missed=missed)


def check(held: date | None, **more: Any) -> Entry:
    return entry("t1", "meeting", DAY - days(100), type="three_way", held=held, **more)


def test_two_at_once_ask_for_a_three_way_check() -> None:
    about = record(*MISSED, LOW)
    assert holds_from("LP12.three_way", about, DAY)
    found = ask("LP12.three_way", about, DAY + days(3))
    assert found is not None
    assert found.level is Level.ACT
    assert found.since == DAY
    assert found.entries == ("e1", "e2", "s1")
    assert "In question at once: appointments not brought and attendance." in found.text
    assert "due within 10 working days" in found.text
    assert not holds("LP12.three_way", record(*MISSED), DAY)
    assert not holds("LP12.three_way", record(LOW), DAY)
    assert not holds("LP12.three_way", record(shown("b1", DAY, correct=False)), DAY)


def test_it_has_held_since_two_were_in_question_whatever_was_missed_later() -> None:
    low = entry("s1", "attendance", DAY - days(40), **(PRESENT | {"to": DAY - days(40)}))
    early = (appointment(f"a{number}", DAY - days(30 - number)) for number in range(3))
    found = ask("LP12.three_way", record(*early, *MISSED, low), DAY)
    assert found is not None
    assert found.since == DAY - days(29)


@pytest.mark.parametrize(
    ("medicine", "expected"),
    [
        ((shown("b1", DAY, correct=False),), True),
        ((shown("b1", DAY, missed=True),), True),
        ((shown("b1", DAY),), False),
        ((shown("b1", DAY - days(3), correct=False), shown("b2", DAY)), False),
        ((shown("b1", DAY - days(3), correct=False), shown("b2", DAY, medicine="m2")), True),
        ((shown("b1", DAY - days(3)), shown("b2", DAY, correct=False)), True),
    ],
)
def test_medicines_are_in_question_by_the_latest_time(medicine: tuple[Entry, ...], *, expected: bool) -> None:
    assert holds("LP12.three_way", record(*MISSED, *medicine), DAY) is expected


def test_a_medicine_shown_on_a_later_day_is_not_known_yet() -> None:
    ahead = entry("b1", "teach_back", DAY + days(4), known=DAY, medicine="m1", person="p1", correct=False)
    assert holds_from("LP12.three_way", record(*MISSED, ahead), DAY + days(4))


def test_a_check_held_since_ends_it() -> None:
    held = record(*MISSED, LOW, check(DAY + days(6)))
    assert holds("LP12.three_way", held, DAY + days(5))
    assert not holds("LP12.three_way", held, DAY + days(6))
    assert not holds("LP12.three_way", record(*MISSED, LOW, check(DAY)), DAY)
    assert holds("LP12.three_way", record(*MISSED, LOW, check(DAY - days(1))), DAY)
    assert holds("LP12.three_way", record(*MISSED, LOW, check(None)), DAY + days(40))
    other = entry("t1", "meeting", DAY, type="professionals", held=DAY + days(1))
    assert holds("LP12.three_way", record(*MISSED, LOW, other), DAY + days(5))


def test_its_numbers_are_those_of_the_rules_it_looks_at() -> None:
    rules = shipped_rules()
    numbers = rules["LP12.three_way"].numbers
    assert numbers.not_brought == rules["LP12.not_brought"].numbers
    assert numbers.attendance == rules["LP12.attendance"].numbers


def test_nothing_recorded_says_nothing() -> None:
    for name in ("not_brought", "plan_missing", "plan_old", "three_way"):
        assert not holds(f"LP12.{name}", record(), DAY)
