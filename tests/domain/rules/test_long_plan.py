"""MEET.long_plan: legal advice is asked about."""

from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.alerts import Job, Level
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.register import Status
from gcp2_app.domain.rules.record import ChildRecord, Graded
from gcp2_app.forms.packs import shipped_pack
from tests.rules import DAY, ask, child, days, entry, graded, holds, holds_from, plan, record, status

RULE = "MEET.long_plan"
EARLY = DAY + days(30)
NINE, FIFTEEN = date(2026, 12, 9), date(2027, 6, 9)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return shipped_pack("graded-care")


def poor(pack: Pack, on: date = EARLY, id_: str = "a1", grade: int = 4, **more: Any) -> Graded:
    """An assessment with every unit of one area at a grade."""
    area = pack.areas[0]
    units = {unit.code: grade for subarea in area.subareas for unit in subarea.units}
    return graded(pack, id_, on, units, **more)


def case(*statuses: Status, entries: tuple[Entry, ...] = (), assessed: tuple[Graded, ...] = ()) -> ChildRecord:
    return record(*entries, of=child(statuses=statuses), assessments=assessed)


def test_a_neglect_plan_is_asked_about_from_nine_months_on(pack: Pack) -> None:
    about = case(plan(DAY), assessed=(poor(pack),))
    assert holds_from(RULE, about, NINE)
    found = ask(RULE, about, NINE)
    assert found is not None
    assert (found.level, found.job, found.start) == (Level.ACT, Job.SUPERVISOR, "meeting/legal_planning")
    assert found.entries == ("a1",)
    assert (
        found.text
        == f"A child protection plan since 9 March 2026, 9 months or more, with area {pack.areas[0].code} at 4."
    )
    assert "legal advice" in found.next


def test_a_plan_of_another_category_or_need_is_not_asked_about(pack: Pack) -> None:
    for other in (plan(DAY, category="emotional"), status("child_in_need", DAY, category="neglect")):
        assert not holds(RULE, case(other, assessed=(poor(pack),)), FIFTEEN)
    assert not holds(RULE, case(plan(DAY, NINE), assessed=(poor(pack),)), NINE + days(1))
    assert not holds(RULE, record(), DAY)


def test_a_second_plan_is_asked_about_at_once(pack: Pack) -> None:
    first = plan(DAY - days(400), DAY - days(200), "physical")
    about = case(first, plan(DAY, category="emotional"), assessed=(poor(pack, DAY - days(60)),))
    assert holds_from(RULE, about, DAY)
    found = ask(RULE, about, DAY)
    assert found is not None
    assert found.text.startswith("A second or later child protection plan since 9 March 2026, with area ")
    joined = case(plan(DAY - days(30), DAY - days(1)), plan(DAY), assessed=(poor(pack, DAY - days(60)),))
    assert not holds(RULE, joined, DAY)


def test_periods_without_a_day_between_are_one_plan(pack: Pack) -> None:
    joined = case(plan(DAY, DAY + days(100), "emotional"), plan(DAY + days(101)), assessed=(poor(pack),))
    assert holds_from(RULE, joined, NINE)


@pytest.mark.parametrize(("grade", "asked"), [(3, False), (4, True), (5, True)])
def test_an_area_at_four_or_five_is_what_asks(pack: Pack, grade: int, asked: bool) -> None:
    assert holds(RULE, case(plan(DAY), assessed=(poor(pack, grade=grade),)), NINE) is asked
    assert not holds(RULE, case(plan(DAY)), NINE)


def test_the_latest_assessment_decides(pack: Pack) -> None:
    better = poor(pack, NINE - days(60), "a2", grade=2)
    assert not holds(RULE, case(plan(DAY), assessed=(poor(pack), better)), NINE)
    worse = poor(pack, NINE - days(60), "a2", grade=5)
    found = ask(RULE, case(plan(DAY), assessed=(worse, poor(pack, grade=2))), NINE)
    assert found is not None
    assert found.entries == ("a2",)


def test_of_other_carers_the_latest_in_the_time_of_the_plan_counts_too(pack: Pack) -> None:
    latest = poor(pack, NINE - days(60), "a2", grade=2)
    for on, asked in ((DAY + days(30), True), (DAY - days(60), False)):
        other = poor(pack, on, carers=("p2",))
        assert holds(RULE, case(plan(DAY), assessed=(other, latest)), NINE) is asked


def test_a_legal_planning_meeting_answers_it_until_fifteen_months(pack: Pack) -> None:
    def held(*on: date) -> ChildRecord:
        meetings = tuple(entry(f"m{i}", "meeting", day, type="legal_planning", held=day) for i, day in enumerate(on))
        return case(plan(DAY), entries=meetings, assessed=(poor(pack),))

    assert holds(RULE, held(NINE - days(1)), NINE)
    assert not holds(RULE, held(NINE), NINE)
    assert holds(RULE, held(NINE + days(9)), NINE + days(8))
    assert not holds(RULE, held(NINE + days(9)), NINE + days(9))
    assert holds_from(RULE, held(NINE), FIFTEEN)
    found = ask(RULE, held(NINE), FIFTEEN)
    assert found is not None
    assert "15 months or more" in found.text
    assert not holds(RULE, held(NINE, FIFTEEN), FIFTEEN)


def test_a_start_that_is_not_known_lies_long_ago(pack: Pack) -> None:
    found = ask(RULE, case(status("child_protection", None, category="neglect"), assessed=(poor(pack),)), NINE)
    assert found is not None
    assert "since a day that is not known, 15 months or more" in found.text


def test_being_stuck_at_three_asks_as_well(pack: Pack) -> None:
    watched = [poor(pack, DAY + days(60 * step), f"a{step}", grade=3) for step in (0, 1, 2)]
    assert not holds(RULE, case(plan(DAY), assessed=tuple(watched[:2])), NINE)
    found = ask(RULE, case(plan(DAY), assessed=tuple(watched)), NINE)
    assert found is not None
    assert found.entries == ("a0", "a1", "a2")
    assert found.text.endswith("9 months or more, with the same area or its units at 3 or worse over time.")


def test_the_question_is_asked_anew_at_fifteen_months(pack: Pack) -> None:
    about = case(plan(DAY), assessed=(poor(pack),))
    found = [ask(RULE, about, day) for day in (NINE, FIFTEEN - days(1), FIFTEEN)]
    assert [each.asked_on for each in found if each is not None] == [NINE, NINE, FIFTEEN]
    assert {each.since for each in found if each is not None} == {NINE}
