"""LP9: three requests for help."""

from datetime import date
from typing import Any

import pytest

from gcp2_app.domain.alerts import Level
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.rules.record import Counting, Fact
from gcp2_app.domain.rules.requests import concerns
from tests.rules import CHILD, DAY, ask, child, days, entry, holds, holds_from, home, plan, record, status, working


def request(id_: str, on: date | dict[str, str], **data: Any) -> Entry:
    return entry(id_, "referral", on, by_agency="school", **data)


def three(*gaps: int, **data: Any) -> list[Entry]:
    """Requests so many days before DAY."""
    return [request(f"e{i}", DAY - days(gap), **data) for i, gap in enumerate(gaps)]


def test_three_concerns_in_a_year_are_shown_from_the_day_of_the_third() -> None:
    about = record(*three(200, 100, 0))
    assert holds_from("LP9.three_in_year", about, DAY)
    found = ask("LP9.three_in_year", about, DAY)
    assert found is not None
    assert found.level is Level.ACT
    assert found.entries == ("e0", "e1", "e2")
    assert not holds("LP9.three_in_year", record(*three(100, 0)), DAY)


def test_a_request_is_counted_up_to_the_same_day_of_the_next_year() -> None:
    first = request("e0", date(2025, 3, 9))
    about = record(first, *three(100, 50))
    assert holds("LP9.three_in_year", about, date(2026, 3, 9))
    assert not holds("LP9.three_in_year", about, date(2026, 3, 10))


@pytest.mark.parametrize(
    ("later", "incident", "count"),
    [(0, "", 1), (1, "", 1), (2, "", 2), (60, "fall", 1), (1, "other", 2), (60, "other", 2)],
)
def test_the_same_incident_or_the_next_day_is_one_concern(later: int, incident: str, count: int) -> None:
    first = request("e0", DAY, incident="fall" if incident else "")
    second = request("e1", DAY + days(later), incident=incident)
    assert len(concerns([Fact(first, Counting.KNOWN), Fact(second, Counting.KNOWN)])) == count


def test_a_request_with_an_approximate_date_is_possible_and_does_not_decide() -> None:
    about = record(*three(100, 0), request("e9", {"about": "2026-01"}))
    assert not holds("LP9.three_in_year", about, DAY)
    found = ask("LP9.three_in_year", record(*three(200, 100, 0), request("e9", {"about": "2026-01"})), DAY)
    assert found is not None
    assert "At least 3 requests for help, possibly 4" in found.text


def test_what_was_asked_for_about_years_ago_is_not_possibly_one_of_this_year() -> None:
    found = ask("LP9.three_in_year", record(*three(200, 100, 0), request("e9", {"about": "2019"})), DAY)
    assert found is not None
    assert found.text.startswith("3 requests for help about distinct concerns in 12 months: ")


def test_a_request_about_a_sibling_may_be_possible_too() -> None:
    around = (request("o1", DAY - days(60), children=("c2",)), request("o2", {"about": "2026-02"}, children=("c2",)))
    both: dict[str, Any] = {"households": (home("c1", "c2"),), "other_children": frozenset({"c2"}), "around": around}
    found = ask("LP9.household", record(*three(120, 0), **both), DAY)
    assert found is not None
    assert found.text.startswith("At least 3 distinct concerns, possibly 4, about the children of this household")


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        (("no_further_action", "advice", "no_further_action"), True),
        (("no_further_action", "assessment", "advice"), False),
        (("no_further_action", "advice", ""), False),
        (("no_further_action", "advice", "early_help"), False),
    ],
)
def test_three_low_outcomes_in_succession(outcomes: tuple[str, ...], *, expected: bool) -> None:
    about = record(*(request(f"e{i}", DAY - days(30 * (3 - i)), outcome=outcome) for i, outcome in enumerate(outcomes)))
    found = ask("LP9.three_in_succession", about, DAY)
    assert (found is not None) is expected
    if found is not None:
        assert found.level is Level.URGENT


def test_early_help_that_never_began_is_low() -> None:
    about = record(*three(90, 60, 30, outcome="early_help", service_began=False))
    assert holds("LP9.three_in_succession", about, DAY)
    assert not holds("LP9.three_in_succession", record(*three(90, 60, 30, outcome="early_help")), DAY)


def test_an_outcome_counts_once_its_own_date_is_reached() -> None:
    about = record(*three(90, 60, 30, outcome="advice", decided_on=DAY))
    assert holds_from("LP9.three_in_succession", about, DAY)


def test_work_between_ends_the_succession() -> None:
    low = three(90, 60, 30, outcome="advice")
    strategy = entry("m1", "meeting", DAY - days(45), type="strategy", held=DAY - days(45))
    assert not holds("LP9.three_in_succession", record(*low, strategy), DAY)
    began = child(statuses=(status("child_in_need", DAY - days(45)),))
    assert not holds("LP9.three_in_succession", record(*low, of=began), DAY)
    before = child(statuses=(plan(DAY - days(400), DAY - days(200)),))
    assert holds("LP9.three_in_succession", record(*low, of=before), DAY)


def test_only_the_latest_three_count() -> None:
    helped = request("e9", DAY - days(5), outcome="strategy")
    assert not holds("LP9.three_in_succession", record(*three(90, 60, 30, outcome="advice"), helped), DAY)


def test_three_in_ninety_days_or_four_in_a_year_are_a_cluster() -> None:
    assert holds_from("LP9.cluster", record(*three(90, 40, 0)), DAY)
    assert not holds("LP9.cluster", record(*three(91, 40, 0)), DAY)
    found = ask("LP9.cluster", record(*three(300, 200, 100, 0)), DAY)
    assert found is not None
    assert found.level is Level.URGENT


def test_requests_about_brothers_and_sisters_count_together() -> None:
    around = (entry("s1", "referral", DAY - days(60), children=("c2",), by_agency="gp"),)
    both: dict[str, Any] = {"households": (home("c1", "c2"),), "other_children": frozenset({"c2"}), "around": around}
    assert holds("LP9.household", record(*three(120, 0), **both), DAY)
    assert not holds("LP9.household", record(*three(0), **both), DAY)
    assert not holds("LP9.household", record(*three(120, 60, 0)), DAY)


def test_one_form_about_three_children_is_one_concern() -> None:
    one = entry("s1", "referral", DAY, children=("c1", "c2", "c3"), by_agency="gp")
    about = record(one, households=(home("c1", "c2", "c3"),), other_children=frozenset({"c2", "c3"}), around=(one,))
    assert not holds("LP9.household", about, DAY)


def test_a_child_who_has_moved_out_is_not_counted() -> None:
    around = (entry("s1", "referral", DAY - days(60), children=("c2",), by_agency="gp"),)
    about = record(*three(120, 0), households=(home("c1"),), other_children=frozenset({"c2"}), around=around)
    assert not holds("LP9.household", about, DAY)


def test_a_trigger_review_is_held_within_five_working_days() -> None:
    asked = entry("m1", "meeting", DAY, type="trigger_review")
    assert holds_from("LP9.review_due", record(asked), working(DAY, 5) + days(1))
    held = entry("m1", "meeting", DAY, type="trigger_review", held=working(DAY, 5))
    assert not holds("LP9.review_due", record(held), working(DAY, 5) + days(1))
    late = entry("m1", "meeting", DAY, type="trigger_review", held=working(DAY, 8))
    assert holds("LP9.review_due", record(late), working(DAY, 7))
    assert not holds("LP9.review_due", record(late), working(DAY, 8))
    planned = entry("m1", "meeting", working(DAY, 9), known=DAY, type="trigger_review", planned_for=working(DAY, 9))
    assert holds_from("LP9.review_due", record(planned), working(DAY, 5) + days(1))


def test_a_trigger_review_written_down_apart_from_its_asking_was_held() -> None:
    asked = entry("m1", "meeting", DAY, type="trigger_review")
    held = entry("m2", "meeting", working(DAY, 4), type="trigger_review", held=working(DAY, 4))
    assert not holds("LP9.review_due", record(asked, held), working(DAY, 5) + days(1))
    before = entry("m2", "meeting", DAY - days(1), type="trigger_review", held=DAY - days(1))
    assert holds("LP9.review_due", record(asked, before), working(DAY, 5) + days(1))
    strategy = entry("m2", "meeting", working(DAY, 4), type="strategy", held=working(DAY, 4))
    assert holds("LP9.review_due", record(asked, strategy), working(DAY, 5) + days(1))


def test_nothing_recorded_says_nothing() -> None:
    assert CHILD.id == "c1"
    for name in ("three_in_year", "three_in_succession", "cluster", "household", "review_due"):
        assert not holds(f"LP9.{name}", record(), DAY)
