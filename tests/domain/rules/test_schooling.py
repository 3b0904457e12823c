"""LP12: school attendance, and children without a school."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.rules.record import ChildRecord, Counting
from gcp2_app.domain.rules.sessions import spans
from gcp2_app.domain.rules.view import View
from gcp2_app.forms.rule_policy import shipped_working_days
from tests.rules import DAY, ask, child, days, entry, holds, holds_from, plan, record, working

ON_PLAN = child(statuses=(plan(DAY - days(400), category="emotional"),))


def span(
    id_: str, from_: date, to: date, possible: int, attended: int, *, known: date | None = None, **data: Any
) -> Entry:
    every: dict[str, Any] = {"from": from_, "to": to, "possible": possible, "attended": attended}
    return entry(id_, "attendance", to, known=known, **every | data)


def autumn(possible: int, attended: int, **data: Any) -> Entry:
    return span("e1", date(2025, 9, 1), DAY - days(30), possible, attended, **data)


def level(*entries: Entry, on: date = DAY, **about: Any) -> Level | None:
    found = ask("LP12.attendance", record(*entries, **about), on)
    return found.level if found is not None else None


# attendance -----------------------------------------------------------------------------------------------------------


def test_low_attendance_is_watched_from_the_last_day_of_the_span() -> None:
    about = record(span("e1", date(2026, 1, 5), DAY, 100, 89))
    assert holds_from("LP12.attendance", about, DAY)
    found = ask("LP12.attendance", about, DAY)
    assert found is not None
    assert found.level is Level.WATCH
    assert found.entries == ("e1",)
    assert "89 sessions of 100 possible ones attended this school year, 89%" in found.text


@pytest.mark.parametrize(
    ("possible", "attended", "expected"),
    [
        (100, 90, None),
        (1000, 899, Level.WATCH),
        (60, 53, Level.WATCH),
        (59, 50, None),
        (60, 30, Level.WATCH),
        (60, 29, Level.ACT),
        (59, 0, None),
        (0, 0, None),
    ],
)
def test_below_ninety_per_cent_over_sixty_sessions(possible: int, attended: int, expected: Level | None) -> None:
    assert level(autumn(possible, attended)) is expected


def test_on_a_plan_or_marked_twenty_sessions_are_enough_and_ask_for_action() -> None:
    assert level(autumn(20, 17), of=ON_PLAN) is Level.ACT
    assert level(autumn(19, 10), of=ON_PLAN) is None
    marker = entry("n1", "note", DAY, themes=["educational"])
    assert level(autumn(20, 17), marker) is Level.ACT
    assert level(autumn(20, 17)) is None


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"unauthorised": 1}, Level.ACT),
        ({"unauthorised": 0}, Level.WATCH),
        ({"codes": {"O": 1}}, Level.ACT),
        ({"codes": {"g": 1}}, Level.ACT),
        ({"codes": {"C": 9}}, Level.WATCH),
        ({"codes": {"O": 1}, "unauthorised": 0}, Level.WATCH),
        ({"codes": {"I": 10}}, Level.WATCH),
        ({"codes": {"I": 11, "C": 9}}, Level.ACT),
        ({"codes": {"I": None}}, Level.WATCH),
    ],
)
def test_unauthorised_codes_or_mostly_illness_ask_for_action(data: dict[str, Any], expected: Level) -> None:
    assert level(autumn(100, 80, **data)) is expected


def test_what_was_missed_is_said() -> None:
    found = ask("LP12.attendance", record(autumn(100, 80, codes={"I": 11, "O": 2})), DAY)
    assert found is not None
    assert "2 unauthorised; 11 of 20 missed for illness" in found.text


def test_only_the_running_school_year_counts() -> None:
    summer = span("e0", date(2025, 6, 2), date(2025, 7, 18), 70, 20)
    assert holds("LP12.attendance", record(summer), date(2025, 8, 31))
    assert not holds("LP12.attendance", record(summer), date(2025, 9, 1))
    across = span("e0", date(2025, 7, 1), date(2025, 9, 1), 70, 20)
    assert holds("LP12.attendance", record(across), date(2025, 9, 1))
    found = ask("LP12.attendance", record(summer, autumn(60, 50)), DAY)
    assert found is not None
    assert found.entries == ("e1",)


def test_spans_are_added_up() -> None:
    first = span("e1", date(2025, 9, 1), date(2025, 9, 30), 40, 36)
    second = span("e2", date(2025, 10, 1), date(2025, 10, 24), 20, 17)
    assert holds_from("LP12.attendance", record(first, second), date(2025, 10, 24))


def test_far_below_on_a_plan_and_unseen_is_urgent() -> None:
    seen = DAY - days(3)
    low = autumn(60, 29)
    visit = entry("v1", "visit", seen, mode="home", child_seen=True)
    assert level(low, visit, of=ON_PLAN, on=working(seen, 5)) is Level.ACT
    assert level(low, visit, of=ON_PLAN, on=working(seen, 5) + days(1)) is Level.URGENT
    assert level(low, visit, on=working(seen, 9)) is Level.ACT
    assert level(autumn(60, 30), of=ON_PLAN) is Level.ACT
    found = ask("LP12.attendance", record(autumn(60, 0), of=ON_PLAN), DAY)
    assert found is not None
    assert found.level is Level.URGENT
    assert "and no day is recorded on which anybody saw the child" in found.text
    found = ask("LP12.attendance", record(low, visit, of=ON_PLAN), working(seen, 9))
    assert found is not None
    assert "and no day after 6 March 2026 is recorded" in found.text
    assert found.next.startswith("Today")


# which spans count ----------------------------------------------------------------------------------------------------


def taken(*entries: Entry, on: date = DAY) -> list[str]:
    view = View(ChildRecord(child=child(), entries=entries), shipped_working_days(), today=on)
    return [each.fact.id for each in spans(view)]


def test_of_two_that_overlap_the_later_recorded_counts() -> None:
    first = span("e1", DAY - days(60), DAY - days(30), 40, 36, known=DAY - days(20))
    second = span("e2", DAY - days(30), DAY - days(25), 8, 8, known=DAY - days(10))
    assert taken(first, second) == ["e2"]
    assert taken(first, replace(second, known=first.known)) == ["e2"]
    assert taken(first, second, on=DAY - days(11)) == ["e1"]
    at = datetime(2026, 2, 1, 9, tzinfo=UTC)
    early = replace(second, recorded_at=at)
    assert taken(replace(first, recorded_at=at.replace(hour=10)), early) == ["e1"]
    beside = span("e3", DAY - days(29), DAY - days(26), 8, 8, known=DAY)
    assert taken(first, beside) == ["e1", "e3"]


def test_with_hindsight_too_the_later_known_counts_where_nobody_says_when_it_was_recorded() -> None:
    first = span("e1", DAY - days(60), DAY - days(30), 40, 36, known=DAY - days(20))
    second = span("e2", DAY - days(50), DAY - days(40), 12, 2, known=DAY - days(10))
    view = View(record(first, second, counting=Counting.HAPPENED), shipped_working_days(), today=DAY)
    assert [each.fact.id for each in spans(view)] == ["e2"]


def test_a_span_counts_once_its_last_day_has_come() -> None:
    assert taken(span("e1", DAY - days(9), DAY, 10, 9, known=DAY - days(9)), on=DAY - days(1)) == []
    assert taken(span("e1", DAY - days(9), DAY, 10, 9, known=DAY - days(9))) == ["e1"]
    assert taken(span("e1", DAY, DAY - days(9), 10, 9)) == []
    assert taken(entry("e1", "attendance", DAY, possible=9, attended=9)) == []


# attendance_drop ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((40, 40), (40, 34), True),
        ((1000, 949), (1000, 800), False),
        ((1000, 950), (1000, 800), True),
        ((39, 39), (40, 20), False),
        ((40, 40), (39, 20), False),
        ((40, 20), (40, 40), False),
    ],
)
def test_a_drop_of_fifteen_points(before: tuple[int, int], after: tuple[int, int], *, expected: bool) -> None:
    first = span("e1", DAY - days(80), DAY - days(45), *before)
    second = span("e2", DAY - days(40), DAY, *after)
    assert holds("LP12.attendance_drop", record(first, second), DAY) is expected
    assert not holds("LP12.attendance_drop", record(first, second), DAY - days(1))


def test_a_drop_is_between_the_two_latest_long_spans() -> None:
    first = span("e1", DAY - days(90), DAY - days(60), 40, 40)
    short = span("e2", DAY - days(59), DAY - days(50), 10, 0)
    second = span("e3", DAY - days(49), DAY - days(20), 40, 30)
    found = ask("LP12.attendance_drop", record(first, short, second), DAY)
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("e1", "e3")
    assert "Attendance fell from 100% (40 of 40 sessions" in found.text
    third = span("e4", DAY - days(19), DAY, 40, 30)
    assert not holds("LP12.attendance_drop", record(first, second, third), DAY)


# unauthorised ---------------------------------------------------------------------------------------------------------

MONDAY = date(2026, 1, 5)


def week(number: int, unauthorised: int | None = 0, *, possible: int = 10, **data: Any) -> Entry:
    """One school week, Monday to Friday, so many weeks after MONDAY."""
    from_ = MONDAY + days(7 * number)
    every = {"unauthorised": unauthorised} | data
    return span(f"w{number:02}", from_, from_ + days(4), possible, 5, **every)


def test_ten_unauthorised_sessions_in_ten_weeks() -> None:
    about = record(*(week(number, 1) for number in range(10)))
    last = MONDAY + days(7 * 9 + 4)
    assert holds_from("LP12.unauthorised", about, last)
    found = ask("LP12.unauthorised", about, last)
    assert found is not None
    assert found.level is Level.ACT
    assert len(found.entries) == 10
    assert "10 unauthorised sessions in the latest 10 weeks" in found.text
    assert holds("LP12.unauthorised", about, last + days(200))
    assert not holds("LP12.unauthorised", record(*(week(number, 1) for number in range(9)), week(9, 0)), last)


def test_the_eleventh_week_back_does_not_count_and_holidays_are_no_weeks() -> None:
    later = DAY + days(200)
    assert not holds("LP12.unauthorised", record(week(0, 5), *(week(n) for n in range(1, 10)), week(10, 5)), later)
    found = ask("LP12.unauthorised", record(week(0, 5), week(5, possible=0), week(20, 5)), later)
    assert found is not None
    assert found.entries == ("w00", "w20")
    days_of_one_week = [span(f"d{n}", MONDAY + days(n), MONDAY + days(n), 2, 0, unauthorised=2) for n in range(5)]
    assert holds("LP12.unauthorised", record(*days_of_one_week), later)


def test_a_long_span_counts_whole_on_its_last_day_with_as_many_weeks_as_its_sessions_fill() -> None:
    term = span("t1", date(2025, 9, 1), date(2025, 12, 19), 140, 120, unauthorised=10)
    assert holds("LP12.unauthorised", record(term), DAY)
    # Nine weeks later its last week is the tenth; ten weeks later it is out.
    assert holds("LP12.unauthorised", record(term, *(week(n) for n in range(9))), DAY + days(200))
    assert not holds("LP12.unauthorised", record(term, *(week(n) for n in range(10))), DAY + days(200))
    with_holidays = span("t2", date(2025, 12, 22), date(2026, 3, 6), 90, 80)
    assert holds("LP12.unauthorised", record(term, with_holidays), DAY)


def test_unauthorised_sessions_come_from_the_codes_where_no_number_was_given() -> None:
    assert holds("LP12.unauthorised", record(week(0, None, codes={"O": 6, "U": 2, "G": 1, "N": 1, "I": 5})), DAY)
    assert not holds("LP12.unauthorised", record(week(0, None, codes={"O": 9, "I": 5})), DAY)


# no_school ------------------------------------------------------------------------------------------------------------

HALF_TERM = span("e1", date(2026, 1, 5), date(2026, 2, 13), 60, 0)


def test_no_attendance_for_a_half_term() -> None:
    assert holds_from("LP12.no_school", record(HALF_TERM), date(2026, 2, 13))
    found = ask("LP12.no_school", record(HALF_TERM), DAY)
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("e1",)
    assert "no session attended from 5 January 2026 to 13 February 2026" in found.text
    assert not holds("LP12.no_school", record(span("e1", date(2026, 1, 5), date(2026, 2, 13), 60, 1)), DAY)


def test_a_half_term_may_be_made_of_weeks_and_is_ended_by_a_session() -> None:
    def absent(number: int) -> Entry:
        from_ = MONDAY + days(7 * number)
        return span(f"w{number}", from_, from_ + days(4), 10, 0)

    assert holds("LP12.no_school", record(*(absent(n) for n in range(5))), DAY)
    assert not holds("LP12.no_school", record(*(absent(n) for n in range(4))), DAY)
    assert not holds("LP12.no_school", record(*(absent(n) for n in range(5)), week(5)), DAY)
    assert holds("LP12.no_school", record(week(0), *(absent(n) for n in range(1, 6)), week(6, possible=0)), DAY)


@pytest.mark.parametrize("situation", ["off_roll", "home_educated"])
def test_off_roll_or_educated_at_home_counts_at_once(situation: str) -> None:
    gone = span("e1", DAY, DAY + days(30), 0, 0, known=DAY, situation=situation)
    assert holds_from("LP12.no_school", record(gone), DAY)
    back = span("e2", DAY + days(31), DAY + days(60), 40, 40, known=DAY + days(31), situation="on_roll")
    assert holds("LP12.no_school", record(gone, back), DAY + days(30))
    assert not holds("LP12.no_school", record(gone, back), DAY + days(31))


def test_a_move_to_home_education_counts_until_a_later_span() -> None:
    before = span("e1", DAY - days(30), DAY + days(9), 40, 40)
    moved = entry("h1", "event", DAY, type="home_education")
    assert holds_from("LP12.no_school", record(before, moved), DAY)
    assert holds_from("LP12.no_school", record(moved), DAY)
    back = span("e2", DAY + days(40), DAY + days(60), 20, 20)
    assert holds("LP12.no_school", record(before, moved, back), DAY + days(59))
    assert not holds("LP12.no_school", record(before, moved, back), DAY + days(60))
    other = entry("h1", "event", DAY, type="exclusion")
    assert not holds("LP12.no_school", record(other), DAY)
    sometime = entry("h1", "event", {"about": "2026-02"}, type="home_education")
    assert not holds("LP12.no_school", record(sometime), DAY)


def part_time(id_: str, from_: date, to: date) -> Entry:
    return span(id_, from_, to, 20, 20, known=from_, situation="part_time")


def test_part_time_over_six_weeks() -> None:
    about = record(part_time("e1", DAY, DAY + days(80)))
    assert not holds("LP12.no_school", about, DAY + days(42))
    assert holds_from("LP12.no_school", about, DAY + days(43))
    assert not holds("LP12.no_school", record(part_time("e1", DAY, DAY + days(42))), DAY + days(90))
    two = record(part_time("e1", DAY, DAY + days(20)), part_time("e2", DAY + days(21), DAY + days(60)))
    found = ask("LP12.no_school", two, DAY + days(43))
    assert found is not None
    assert found.entries == ("e1", "e2")
    assert "on a part-time timetable since 9 March 2026" in found.text
    full = span("e0", DAY + days(21), DAY + days(30), 20, 20)
    broken = record(part_time("e1", DAY, DAY + days(20)), full, part_time("e2", DAY + days(31), DAY + days(60)))
    assert not holds("LP12.no_school", broken, DAY + days(60))


@pytest.mark.parametrize(
    ("born", "first"),
    [
        (date(2021, 3, 31), date(2026, 3, 31)),
        (date(2021, 4, 1), date(2026, 8, 31)),
        (date(2020, 12, 31), date(2025, 12, 31)),
        (date(2020, 9, 1), date(2025, 12, 31)),
        (date(2021, 1, 1), date(2026, 3, 31)),
    ],
)
def test_compulsory_school_age_begins_at_a_fixed_day_after_the_fifth_birthday(born: date, first: date) -> None:
    gone = span("e1", date(2025, 9, 1), date(2027, 9, 1), 0, 0, known=date(2025, 9, 1), situation="off_roll")
    assert holds_from("LP12.no_school", record(gone, of=child(date_of_birth=born)), first)


@pytest.mark.parametrize(
    ("born", "last"), [(date(2010, 3, 9), date(2026, 6, 26)), (date(2010, 9, 1), date(2027, 6, 25))]
)
def test_it_ends_on_the_last_friday_in_june(born: date, last: date) -> None:
    gone = span("e1", date(2025, 9, 1), date(2027, 9, 1), 0, 0, known=date(2025, 9, 1), situation="off_roll")
    about = record(gone, of=child(date_of_birth=born))
    assert holds("LP12.no_school", about, last)
    assert not holds("LP12.no_school", about, last + days(1))


def test_without_a_date_of_birth_the_age_is_not_known() -> None:
    assert not holds("LP12.no_school", record(HALF_TERM, of=child(date_of_birth=None)), DAY)


def test_nothing_recorded_says_nothing() -> None:
    for name in ("attendance", "attendance_drop", "unauthorised", "no_school"):
        assert not holds(f"LP12.{name}", record(), DAY)
