"""R1: practitioners return to the graded profile."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.instrument import Pack
from gcp2_app.forms.packs import shipped_pack
from tests.rules import DAY, ask, child, days, elsewhere, entry, graded, holds, holds_from, plan, record, status

#: Six months before DAY.
HALF_YEAR = date(2025, 9, 9)
ON_PLAN = child(statuses=(plan(date(2025, 1, 6)),))


@pytest.fixture(scope="module")
def pack() -> Pack:
    return shipped_pack("graded-care")


def concern(id_: str, on: date | dict[str, str], **more: Any) -> Entry:
    usual: dict[str, Any] = {"concern": True, "themes": ["physical"]}
    return entry(id_, "note", on, **usual | more)


def test_a_plan_for_neglect_without_an_assessment_in_six_months(pack: Pack) -> None:
    signed = graded(pack, "a1", date(2025, 8, 1), {}, signed=HALF_YEAR)
    about = record(of=ON_PLAN, assessments=(signed,))
    assert not holds("R1.no_assessment", about, DAY)
    assert holds_from("R1.no_assessment", about, DAY + days(1))
    found = ask("R1.no_assessment", about, DAY + days(1))
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ()
    assert "Ask before relying on this" in found.text


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ((plan(DAY),), True),
        ((status("child_in_need", DAY, category="neglect"),), True),
        ((plan(DAY, category="physical"),), False),
        ((status("child_in_need", DAY),), False),
        ((status("early_help", DAY, category="neglect"),), False),
        ((plan(DAY - days(60), DAY - days(1)),), False),
        ((plan(DAY + days(1)),), False),
    ],
)
def test_only_an_open_plan_for_neglect_counts(statuses: Any, *, expected: bool) -> None:
    assert holds("R1.no_assessment", record(of=child(statuses=statuses)), DAY) is expected


def test_an_assessment_counts_once_it_is_signed_off(pack: Pack) -> None:
    about = record(of=ON_PLAN, assessments=(graded(pack, "a1", DAY, {}, signed=DAY + days(30)),))
    assert holds("R1.no_assessment", about, DAY + days(29))
    assert not holds("R1.no_assessment", about, DAY + days(30))
    other = elsewhere(pack, "a1", DAY, {"A1": 2})
    assert not holds("R1.no_assessment", record(of=ON_PLAN, assessments=(other,)), DAY + days(20))


def test_three_concerns_of_neglect_in_six_months() -> None:
    about = record(concern("e1", HALF_YEAR), concern("e2", DAY - days(9)), concern("e3", DAY))
    assert holds_from("R1.no_assessment", about, DAY)
    assert not holds("R1.no_assessment", about, DAY + days(1))
    found = ask("R1.no_assessment", about, DAY)
    assert found is not None
    assert found.entries == ("e1", "e2", "e3")
    assert "3 concerns with a type of neglect came in 6 months" in found.text


@pytest.mark.parametrize(
    ("third", "expected"),
    [
        (concern("e3", DAY - days(3)), True),
        (entry("e3", "referral", DAY, by_agency="gp", themes=["medical"]), True),
        (concern("e3", DAY, concern=False), False),
        (concern("e3", DAY, themes=["strength"]), False),
        (concern("e3", DAY, themes=[]), False),
        (concern("e3", {"about": "2026-02"}), False),
        (concern("e3", HALF_YEAR - days(1)), False),
        (entry("e3", "visit", DAY, mode="home", themes=["medical"]), False),
    ],
)
def test_the_third_concern_has_to_count(third: Entry, *, expected: bool) -> None:
    about = record(concern("e1", DAY - days(20)), concern("e2", DAY - days(10)), third)
    assert holds("R1.no_assessment", about, DAY) is expected


def test_what_has_no_certain_day_is_possible(pack: Pack) -> None:
    certain = [concern(f"e{i}", DAY - days(20 * i)) for i in range(3)]
    found = ask("R1.no_assessment", record(*certain, concern("e9", {"about": "2026-02"}), of=ON_PLAN), DAY)
    assert found is not None
    assert "the child is on a plan for neglect and at least 3 concerns, possibly 4" in found.text
    assessed = graded(pack, "a1", DAY - days(60), {})
    assert not holds("R1.no_assessment", record(*certain, assessments=(assessed,)), DAY)


# review_overdue -------------------------------------------------------------------------------------------------------

DUE = date(2026, 6, 8)


def test_a_review_is_overdue_the_day_after_it_was_due(pack: Pack) -> None:
    about = record(assessments=(graded(pack, "a1", DAY, {}, review_due=DUE),))
    assert not holds("R1.review_overdue", about, DUE)
    assert holds_from("R1.review_overdue", about, DUE + days(1))
    found = ask("R1.review_overdue", about, DUE + days(1))
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("a1",)
    assert "begun on 9 March 2026 was due on 8 June 2026" in found.text
    assert not holds("R1.review_overdue", record(assessments=(graded(pack, "a1", DAY, {}),)), DUE + days(900))


def test_a_later_assessment_of_the_same_carers_is_the_review(pack: Pack) -> None:
    first = graded(pack, "a1", DAY, {}, review_due=DUE)
    review = graded(pack, "a2", DUE - days(9), {}, signed=DUE + days(30))
    about = record(assessments=(first, review))
    assert holds("R1.review_overdue", about, DUE + days(29))
    assert not holds("R1.review_overdue", about, DUE + days(30))
    father = graded(pack, "a2", DUE - days(9), {}, carers=("p2",))
    assert holds("R1.review_overdue", record(assessments=(first, father)), DUE + days(60))
    own = graded(pack, "a2", DUE - days(9), {})
    other_pack = replace(own, assessment=replace(own.assessment, pack="licensed"))
    assert not holds("R1.review_overdue", record(assessments=(first, other_pack)), DUE + days(60))


def test_one_recorded_elsewhere_is_a_review_of_the_carers_it_names_or_of_all(pack: Pack) -> None:
    first = graded(pack, "a1", DAY, {}, review_due=DUE)
    nobody = elsewhere(pack, "a2", DUE - days(9), {"A1": 2}, carers=())
    assert not holds("R1.review_overdue", record(assessments=(first, nobody)), DUE + days(60))
    father = elsewhere(pack, "a2", DUE - days(9), {"A1": 2}, carers=("p2",))
    assert holds("R1.review_overdue", record(assessments=(first, father)), DUE + days(60))
    blank = graded(pack, "a2", DUE - days(9), {}, carers=())
    assert holds("R1.review_overdue", record(assessments=(first, blank)), DUE + days(60))


def test_nothing_recorded_says_nothing() -> None:
    assert not holds("R1.no_assessment", record(), DAY)
    assert not holds("R1.review_overdue", record(), DAY)
