"""What visits covered, what the next one must look at, and where a day stands in the window."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcp2_app.domain.answers import Evidence, EvidenceSource, PersonGrade, UnitAnswer, UnitState
from gcp2_app.domain.assessment import Window
from gcp2_app.domain.entries import EnteredInError, Entry
from gcp2_app.domain.planning import (
    Access,
    ChildNeed,
    Need,
    Visit,
    child_needs,
    countdown,
    earlier_review,
    late_units,
    need_of,
    plan,
    visit_of,
    visit_with,
    visits_of,
)
from gcp2_app.domain.register import Child
from gcp2_app.domain.when import When
from tests.domain.packs import BORN, WINDOW, make_assessment, make_pack, scored

PACK = make_pack()
CHILD = Child(id="c1", given_names="Robin", date_of_birth=BORN)
FIRST, LAST = WINDOW.from_, WINDOW.to


def entry(day: date | dict[str, str], id_: str = "e1", **data: Any) -> Entry:
    when = When.on(day) if isinstance(day, date) else When(day)
    return Entry(id=id_, kind="visit", children=("c1",), when=when, data={"mode": "home", **data})


def visit(on: date = FIRST, **changes: Any) -> Visit:
    made = Visit(id="e1", on=on, certain=True, mode="home", announced=True, access=Access.GIVEN, late=False)
    return replace(made, **changes)


def piece(source: EvidenceSource = EvidenceSource.SEEN_AT_HOME, **changes: Any) -> Evidence:
    return replace(Evidence(text="milk in the fridge", source=source, on=FIRST), **changes)


# Visits


def test_a_visit_to_several_children_says_how_this_one_was_seen() -> None:
    seen = [{"child": "c1", "seen": True, "alone": True}, {"child": "c2", "seen": False}]
    both = entry(FIRST, child_seen=False, seen=seen)
    mine, theirs = visit_of(both, WINDOW, "c1"), visit_of(both, WINDOW, "c2")
    assert mine is not None
    assert theirs is not None
    assert (mine.seen, mine.alone) == (True, True)
    assert (theirs.seen, theirs.alone) == (False, None)


def test_a_visit_counts_from_the_first_day_of_the_window_and_is_late_after_the_last() -> None:
    day = timedelta(days=1)
    assert visit_of(entry(FIRST - day), WINDOW, CHILD.id) is None
    first, last, after = (visit_of(entry(on), WINDOW, CHILD.id) for on in (FIRST, LAST, LAST + day))
    assert first is not None
    assert last is not None
    assert after is not None
    assert (first.late, last.late, after.late) == (False, False, True)


def test_a_range_counts_on_its_last_day_and_an_approximate_date_is_not_certain() -> None:
    ranged = visit_of(entry({"from": "2026-01-01", "to": FIRST.isoformat()}), WINDOW, CHILD.id)
    about = visit_of(entry({"about": "2026-01"}), WINDOW, CHILD.id)
    assert ranged is not None
    assert about is not None
    assert (ranged.on, ranged.certain) == (FIRST, True)
    assert (about.on, about.certain) == (date(2026, 1, 31), False)


def test_the_day_it_started_counts_before_when_it_happened() -> None:
    found = visit_of(entry(FIRST - timedelta(days=30), started="2026-01-14T23:30:00+00:00"), WINDOW, CHILD.id)
    assert found is not None
    assert found.on == date(2026, 1, 14)


def test_what_is_no_visit_is_in_error_or_has_no_day_is_passed_over() -> None:
    error = EnteredInError(by="w1", at=datetime(2026, 1, 20, tzinfo=UTC), reason="another child")
    passed = (
        replace(entry(FIRST), kind="note"),
        replace(entry(FIRST), entered_in_error=error),
        replace(entry(FIRST), when=None),
        entry({"unknown": "not written down"}),
    )
    assert visits_of(passed, WINDOW, CHILD.id) == ()


def test_visits_are_in_time_whatever_their_order() -> None:
    found = visits_of((entry(LAST, "e2"), entry(FIRST, "e9"), entry(FIRST, "e1")), WINDOW, CHILD.id)
    assert [each.id for each in found] == ["e1", "e9", "e2"]


@pytest.mark.parametrize(
    ("data", "access", "took_place"),
    [
        ({"access": "given"}, Access.GIVEN, True),
        ({"access": "child_absent"}, Access.CHILD_ABSENT, True),
        ({}, Access.NOT_SAID, True),
        ({"access": "refused"}, Access.REFUSED, False),
        ({"access": "no_answer"}, Access.NO_ANSWER, False),
        ({"access": "given", "cancelled_by": "family"}, Access.CANCELLED_BY_FAMILY, False),
        ({"cancelled_by": "service"}, Access.CANCELLED_BY_SERVICE, False),
    ],
)
def test_what_became_of_a_visit(data: dict[str, str], access: Access, took_place: bool) -> None:
    found = visit_of(entry(FIRST, **data), WINDOW, CHILD.id)
    assert found is not None
    assert (found.access, found.took_place) == (access, took_place)


def test_announced_is_said_or_not() -> None:
    said = [visit_of(entry(FIRST, announced=value), WINDOW, CHILD.id) for value in (True, False, None)]
    assert [each.announced for each in said if each is not None] == [True, False, None]


def test_a_call_is_not_in_person_and_a_mode_that_is_not_said_is_neither() -> None:
    assert visit(mode="home").in_person
    assert not visit(mode="phone").in_person
    assert not visit(mode="home", access=Access.REFUSED).in_person
    silent = visit_of(replace(entry(FIRST), data={}), WINDOW, CHILD.id)
    assert silent is not None
    assert not silent.in_person


# Countdown


def test_day_19_of_28_leaves_9() -> None:
    found = countdown(PACK, make_assessment(window=WINDOW), FIRST + timedelta(days=18))
    assert found is not None
    assert (found.day, found.days, found.days_left, found.is_long, found.reason_needed) == (19, 28, 9, False, False)


@pytest.mark.parametrize(
    ("days", "on", "is_long", "reason_needed"),
    [(28, 28, False, False), (28, 29, True, False), (29, 1, True, False), (42, 1, True, False), (43, 1, True, True)],
)
def test_beyond_the_usual_days_it_is_long_and_beyond_42_it_needs_a_reason(
    days: int,
    on: int,
    is_long: bool,
    reason_needed: bool,
) -> None:
    window = Window(from_=FIRST, to=FIRST + timedelta(days=days - 1))
    found = countdown(PACK, make_assessment(window=window), FIRST + timedelta(days=on - 1))
    assert found is not None
    assert (found.is_long, found.reason_needed) == (is_long, reason_needed)
    reasoned = countdown(PACK, replace(make_assessment(window=window), window_reason="in hospital"), FIRST)
    assert reasoned is not None
    assert not reasoned.reason_needed


def test_a_window_without_dates_has_no_countdown() -> None:
    assert countdown(PACK, make_assessment(window=None), FIRST) is None


# Evidence and visits


def test_evidence_belongs_to_the_visit_it_names() -> None:
    visits = (visit(id="e1"), visit(id="e2"))
    assert visit_with(piece(visit="e2", on=None), visits) == "e2"
    assert visit_with(piece(visit="elsewhere"), visits) is None


def test_without_a_name_it_belongs_to_the_only_visit_of_its_day() -> None:
    assert visit_with(piece(), (visit(), visit(LAST, id="e2"))) == "e1"
    assert visit_with(piece(), (visit(), visit(id="e2"))) is None
    assert visit_with(piece(), (visit(), visit(id="e2", access=Access.NO_ANSWER))) == "e1"
    assert visit_with(piece(on=None), (visit(),)) is None
    assert visit_with(piece(on=LAST), (visit(),)) is None


@pytest.mark.parametrize("source", [EvidenceSource.RECORD, EvidenceSource.OTHER_PROFESSIONAL])
def test_a_record_of_the_same_day_is_no_visit(source: EvidenceSource) -> None:
    assert visit_with(piece(source), (visit(),)) is None
    assert visit_with(piece(source, visit="e1"), (visit(),)) == "e1"


# What the next visit must look at


@pytest.mark.parametrize(
    ("answer", "need"),
    [
        (UnitAnswer(), Need.NOTHING_YET),
        (UnitAnswer(evidence=(piece(),)), None),
        (UnitAnswer(evidence=(piece(EvidenceSource.SEEN_ELSEWHERE),)), None),
        (UnitAnswer(evidence=(piece(EvidenceSource.CARER_SAID),)), Need.NOT_SEEN),
        (scored(3), Need.NOT_SEEN),
        (scored(4), Need.NOT_VERIFIED),
        (replace(scored(5), evidence=(piece(EvidenceSource.CARER_SAID),)), Need.NOT_VERIFIED),
        (replace(scored(4), evidence=(piece(),)), None),
        (replace(scored(4), evidence=(piece(EvidenceSource.OTHER_PROFESSIONAL),)), Need.NOT_SEEN),
        (UnitAnswer(state=UnitState.NOT_OBSERVED, reason="asleep"), Need.NOT_OBSERVED),
        (UnitAnswer(state=UnitState.NOT_APPLICABLE, reason="none"), None),
        (UnitAnswer(state=UnitState.DECLINED, reason="no"), None),
    ],
)
def test_why_a_unit_is_looked_at(answer: UnitAnswer, need: Need | None) -> None:
    assert need_of(PACK, answer) is need


def test_the_child_is_to_be_seen_awake_and_alone_and_one_visit_unannounced() -> None:
    assessment = make_assessment(window=WINDOW)
    assert child_needs(PACK, assessment, CHILD, ()) == (ChildNeed.NO_VISIT,)
    assert child_needs(PACK, assessment, CHILD, (visit(mode="phone"),)) == (ChildNeed.NO_VISIT,)
    assert child_needs(PACK, assessment, CHILD, (visit(certain=False),)) == (ChildNeed.NO_VISIT,)
    every = (ChildNeed.NOT_SEEN, ChildNeed.NOT_AWAKE, ChildNeed.NOT_ALONE, ChildNeed.NONE_UNANNOUNCED)
    toddler = replace(CHILD, date_of_birth=FIRST.replace(year=FIRST.year - 2))
    assert child_needs(PACK, assessment, toddler, (visit(),)) == every
    full = (visit(seen=True, awake=True), visit(LAST, id="e2", alone=True, announced=False))
    assert child_needs(PACK, assessment, toddler, full) == ()


def test_a_child_of_three_is_not_asked_to_be_seen_awake() -> None:
    visits = (visit(seen=True, alone=True, announced=False),)
    three = replace(CHILD, date_of_birth=FIRST.replace(year=FIRST.year - 3))
    younger = replace(three, date_of_birth=FIRST.replace(year=FIRST.year - 3) + timedelta(days=1))
    assert child_needs(PACK, make_assessment(window=WINDOW), three, visits) == ()
    assert child_needs(PACK, make_assessment(window=WINDOW), younger, visits) == (ChildNeed.NOT_AWAKE,)


def test_a_visit_of_which_it_is_not_said_was_not_unannounced() -> None:
    visits = (visit(seen=True, awake=True, alone=True, announced=None),)
    assert child_needs(PACK, make_assessment(window=WINDOW), CHILD, visits) == (ChildNeed.NONE_UNANNOUNCED,)


def test_a_baby_is_not_asked_to_be_seen_alone_and_an_unborn_child_not_to_be_seen() -> None:
    visits = (visit(announced=False, seen=True, awake=True),)
    assessment = make_assessment(window=WINDOW)
    eleven = replace(CHILD, date_of_birth=FIRST - timedelta(days=330))
    twelve = replace(CHILD, date_of_birth=FIRST.replace(year=FIRST.year - 1))
    unborn = replace(CHILD, date_of_birth=None, expected_date=LAST)
    assert child_needs(PACK, assessment, eleven, visits) == ()
    assert child_needs(PACK, assessment, twelve, visits) == (ChildNeed.NOT_ALONE,)
    assert child_needs(PACK, assessment, unborn, (visit(announced=False),)) == ()


def test_the_plan_says_which_visit_covers_what() -> None:
    units = {
        "A1.a": UnitAnswer(evidence=(piece(visit="e1"), piece(visit="e2"))),
        "A1.b": UnitAnswer(evidence=(piece(EvidenceSource.RECORD),)),
        "A2.a": scored(4),
    }
    visits = (visit(), visit(LAST, id="e2"))
    found = plan(PACK, make_assessment(units=units), CHILD, visits)
    assert found.covered == {"e1": ("A1.a",), "e2": ("A1.a",)}
    assert found.elsewhere == ("A1.b",)
    assert "A1.a" not in found.needs
    assert found.units_that(Need.NOT_SEEN) == ("A1.b",)
    assert found.units_that(Need.NOT_VERIFIED) == ("A2.a",)
    assert len(found.needs) == len(PACK.units_in("2-5")) - 1
    assert ChildNeed.NONE_UNANNOUNCED in found.child


def test_recorded_elsewhere_has_nothing_to_plan() -> None:
    found = plan(PACK, replace(make_assessment(), recorded_elsewhere=True), CHILD, ())
    assert (found.needs, found.child, found.covered) == ({}, (), {})


@given(st.lists(st.sampled_from(list(EvidenceSource)), max_size=4), st.sampled_from([None, 1, 2, 3, 4, 5]))
def test_more_that_was_seen_never_makes_more_to_look_at(sources: list[EvidenceSource], grade: int | None) -> None:
    answer = scored(grade) if grade is not None else UnitAnswer()
    answer = replace(answer, evidence=tuple(piece(source) for source in sources))
    assert need_of(PACK, replace(answer, evidence=(*answer.evidence, piece()))) is None


# Late, and the review


def test_a_unit_is_late_from_the_day_after_the_window() -> None:
    after = LAST + timedelta(days=1)
    units = {
        "A1.a": replace(scored(2), grades=(PersonGrade(by="w1", on=after, grade=2),)),
        "A1.b": UnitAnswer(evidence=(piece(on=after + timedelta(days=2)), piece(on=after))),
        "A1.c": UnitAnswer(evidence=(piece(on=LAST), piece(on=None))),
        "A1.d": replace(scored(2), grades=(PersonGrade(by="w1", on=LAST, grade=2), PersonGrade(by="w2", grade=2))),
    }
    found = late_units(make_assessment(units=units, window=WINDOW), units)
    assert [(late.code, late.graded_on, late.evidence_on) for late in found] == [
        ("A1.a", after, None),
        ("A1.b", None, after + timedelta(days=2)),
    ]
    assert late_units(make_assessment(units=units, window=None), units) == ()


def test_a_temporary_circumstance_brings_the_review_forward_or_not_yet() -> None:
    usual = LAST + timedelta(days=90)
    units = {"A2.a": replace(scored(3), temporary=True), "A2.b": scored(3)}
    assessment = make_assessment(units=units, window=WINDOW)
    assert earlier_review(PACK, make_assessment(units={"A2.b": scored(3)})) is None
    for due, days in ((None, 0), (usual, 0), (usual + timedelta(days=1), 0), (usual - timedelta(days=1), 1)):
        found = earlier_review(PACK, replace(assessment, review_due=due))
        assert found is not None
        assert (found.codes, found.usual, found.due, found.days_earlier) == (("A2.a",), usual, due or usual, days)
    without = earlier_review(PACK, replace(assessment, window=None))
    assert without is not None
    assert (without.usual, without.due, without.days_earlier) == (None, None, 0)
