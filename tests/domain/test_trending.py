"""A trend is made from assessments: every one kept, what moved named, packs apart."""

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest

from gcp2_app.domain.answers import UnitAnswer, UnitState
from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.breaks import Break, BreakKind
from gcp2_app.domain.instrument import Pack, Policy, Subject
from gcp2_app.domain.scoring import score_assessment
from gcp2_app.domain.spans import SpanKind
from gcp2_app.domain.trend import Trend, TrendPoint, TrendSeries
from gcp2_app.domain.trending import make_trend
from tests.reports.records import (
    BORN,
    NAMES,
    assessment,
    elsewhere,
    four_grade_pack,
    open_pack,
    scored,
    seven,
    trend_of,
    two_homes,
)

FIRST = date(2025, 1, 6)


def series(trend: Trend, area: str, unit: int = 0) -> TrendSeries:
    (found,) = [one for one in trend.series if one.area.code == area and one.unit == unit]
    return found


def pair(
    before: dict[str, int], after: dict[str, int], *, usual: int = 2, skip: tuple[str, ...] = ()
) -> tuple[Assessment, Assessment]:
    return (
        assessment("a1", FIRST, usual=usual, grades=before),
        assessment("a2", FIRST + timedelta(days=90), usual=usual, grades=after, skip=skip),
    )


def second_point(*pair_of: Assessment, area: str = "A", packs: tuple[Pack, ...] = ()) -> TrendPoint:
    return series(trend_of(pair_of, packs=packs), area).points[1]


def test_every_assessment_has_a_point_in_every_area_and_none_is_dropped() -> None:
    trend = trend_of(seven())
    assert trend.assessments == ("a1", "a2", "a3", "a4", "a5", "a6", "a7")
    for one in trend.series:
        assert [point.assessment for point in one.points] == list(trend.assessments)
    assert [one.area.code for one in trend.series] == ["A", "B", "C", "D"]


def test_a_point_carries_what_the_roll_up_says() -> None:
    last = series(trend_of(seven()), "A").points[-1]
    profile = score_assessment(open_pack(), seven()[-1], BORN)
    assert last.grade == profile.areas["A"].grade == 4
    assert last.counts == profile.areas["A"].counts
    assert last.decided_by == ("A4", "A5.b")
    assert (last.scored, last.of) == (14, 14)
    assert last.pack_title == open_pack().title


def test_each_caregiving_unit_has_its_own_line_whatever_the_order_of_carers() -> None:
    turned = assessment("a2", FIRST + timedelta(days=100), carers=("p2", "p1"))
    trend = trend_of([assessment("a1", FIRST), turned, assessment("g1", FIRST, carers=("p3",))])
    assert [one.carer_label for one in trend.series if one.area.code == "A"] == [
        "Ben Marsh and Ana Marsh",
        "Carol Ito (grandmother)",
    ]
    assert series(trend, "A", 0).carers == ("p2", "p1")
    assert len(series(trend, "A", 0).points) == 2
    assert len(series(trend, "A", 1).points) == 1


def test_carers_without_a_name_or_none_at_all_are_said_so() -> None:
    trend = trend_of([assessment("a1", FIRST, carers=("p1", "p9")), assessment("a2", FIRST, carers=())])
    labels = {one.carer_label for one in trend.series}
    assert labels == {"Ana Marsh and a carer not named", "carers not recorded"}


def test_a_jump_for_the_worse_names_the_unit_that_decides_it() -> None:
    point = second_point(*pair({}, {"A4": 4, "A1.a": 3}))
    assert (point.before, point.grade) == (2, 4)
    assert [(move.code, move.before, move.after) for move in point.moved_by] == [("A4", 2, 4)]


def test_a_jump_for_the_better_names_the_unit_that_decided_before() -> None:
    point = second_point(*pair({"A5.b": 5}, {"A1.a": 1}))
    assert (point.before, point.grade) == (5, 2)
    assert [(move.code, move.before, move.after) for move in point.moved_by] == [("A5.b", 5, 2)]


def test_units_that_moved_are_named_where_those_that_decide_did_not_move() -> None:
    before = {"C1.a": 3, "C1.b": 3, "C1.c": 2, "C2.a": 2, "C2.b": 2}
    after = {**before, "C1.a": 2}
    point = second_point(*pair(before, after), area="C")
    assert (point.before, point.grade) == (3, 2)
    assert [move.code for move in point.moved_by] == ["C1.a"]


def test_a_unit_scored_for_the_first_time_can_be_what_made_it_worse() -> None:
    first, second = pair({}, {"B2": 4})
    first = replace(
        first, units=MappingProxyType({**first.units, "B2": UnitAnswer(state=UnitState.DECLINED, reason="asked twice")})
    )
    point = second_point(first, second, area="B")
    assert [(move.code, move.before, move.after) for move in point.moved_by] == [("B2", None, 4)]


def test_a_unit_no_longer_scored_can_be_what_made_it_seem_better() -> None:
    point = second_point(*pair({"B2": 4}, {}, skip=("B2",)), area="B")
    assert (point.before, point.grade) == (4, 2)
    assert [(move.code, move.before, move.after) for move in point.moved_by] == [("B2", 4, None)]


def test_no_jump_no_name() -> None:
    point = second_point(*pair({"A4": 3}, {"A3.a": 3}))
    assert (point.before, point.grade, point.moved_by) == (2, 2, ())


def test_units_of_two_bands_do_not_compare_but_those_of_all_bands_do() -> None:
    young = assessment("a1", date(2023, 11, 6), grades={"D1.i": 4, "A4": 4})
    older = assessment("a2", date(2024, 4, 1), grades={"A4": 3})
    trend = trend_of([young, older])
    assert series(trend, "D").points[1].moved_by == ()
    assert [move.code for move in series(trend, "A").points[1].moved_by] == ["A4"]


@pytest.mark.parametrize("change", ["elsewhere", "policy"])
def test_what_does_not_compare_names_no_unit(change: str) -> None:
    first, second = pair({}, {"A4": 4})
    if change == "elsewhere":
        second = elsewhere("a2", FIRST + timedelta(days=90), {"A1": 4})
    else:
        second = replace(second, policy=Policy.WORST)
    point = second_point(first, second)
    assert (point.before, point.grade, point.moved_by) == (2, 4, ())


def test_too_little_seen_shows_no_grade_and_the_next_has_nothing_before_it() -> None:
    first, second = pair({}, {"C1.a": 3})
    first = replace(
        first, units=MappingProxyType({code: answer for code, answer in first.units.items() if code == "C1.a"})
    )
    points = series(trend_of([first, second]), "C").points
    assert (points[0].grade, points[0].thin, points[0].shown_grade) == (2, True, None)
    assert (points[1].before, points[1].moved_by) == (None, ())


def test_an_assessment_without_dates_is_kept_and_stands_last() -> None:
    undated = replace(assessment("a0", FIRST), window=None, band="5+")
    one = series(trend_of([undated, *seven()]), "A")
    assert one.points[-1].assessment == "a0"
    assert not one.points[-1].current
    assert len(one.dated) == len(one.standing) == 7
    assert trend_of([undated, *seven()]).assessments[-1] == "a0"


def test_a_correction_that_is_signed_off_takes_the_place_of_what_it_corrects() -> None:
    first, second = pair({}, {"A4": 4})
    correction = replace(second, id="a3", corrects="a2", units=first.units)
    one = series(trend_of([first, second, correction]), "A")
    assert [(point.assessment, point.corrected_by) for point in one.points] == [
        ("a1", None),
        ("a2", "a3"),
        ("a3", None),
    ]
    assert [point.assessment for point, _ in one.standing] == ["a1", "a3"]
    assert one.points[2].before == 2
    assert "a2" not in {span.assessment for span in one.spans}


def test_a_correction_that_is_not_signed_off_takes_no_place() -> None:
    first, second = pair({}, {"A4": 4})
    draft = replace(second, id="a3", corrects="a2", state=AssessmentState.DRAFT)
    assert series(trend_of([first, second, draft]), "A").points[1].corrected_by is None


def test_breaks_stop_what_is_carried_and_only_those_on_the_axis_are_shown() -> None:
    first, second = pair({}, {})
    stop = Break(on=FIRST + timedelta(days=40), kind=BreakKind.STRATEGY)
    old = Break(on=date(2001, 1, 1), kind=BreakKind.HOME)
    trend = trend_of([first, second], breaks=(stop, old))
    assert trend.breaks == (stop,)
    (carried,) = [span for span in series(trend, "A").spans if span.kind is SpanKind.BETWEEN]
    assert carried.to == stop.on - timedelta(days=1)


def test_the_axis_begins_before_the_first_window_and_runs_to_the_day_asked_for() -> None:
    trend = trend_of([assessment("a1", FIRST)], through=date(2025, 12, 31))
    assert (FIRST - trend.from_).days >= 90
    assert trend.to == date(2025, 12, 31)
    later = trend_of([assessment("a1", FIRST)], through=date(2024, 1, 1))
    assert later.to == FIRST + timedelta(days=21)


def test_the_axis_begins_at_a_birth_that_is_near_the_first_window() -> None:
    soon = assessment("a1", BORN + timedelta(days=100))
    assert trend_of([soon], through=BORN + timedelta(days=400)).from_ == BORN


def test_no_assessment_is_an_empty_trend() -> None:
    trend = trend_of([], through=FIRST)
    assert (trend.series, trend.areas, trend.to) == ((), (), FIRST)
    assert (trend.to - trend.from_).days == 180


def test_packs_of_two_scales_are_drawn_apart_and_the_change_is_marked() -> None:
    other = four_grade_pack()
    old = assessment("a1", FIRST, usual=10, pack=other)
    new = assessment("a2", FIRST + timedelta(days=90))
    trend = trend_of([old, new], packs=(other,))
    scales = {tuple(grade.value for grade in area.grades) for area in trend.areas}
    assert scales == {(5, 10, 15, 20), (1, 2, 3, 4, 5)}
    assert all(len(one.points) == 1 for one in trend.series)
    (change,) = trend.pack_changes
    assert change.on == FIRST + timedelta(days=90)
    assert other.title in change.before
    assert open_pack().title in change.after
    assert len(trend.packs) == 2


def test_a_change_of_policy_is_marked_and_named() -> None:
    first, second = pair({}, {})
    (change,) = trend_of([first, replace(second, policy=Policy.JUDGEMENT)]).pack_changes
    assert "4 or 5 decides" in change.before
    assert "judgement decides" in change.after


def test_an_area_knows_its_grades_by_rank_and_words() -> None:
    area = series(trend_of(seven()), "A").area
    assert [area.rank(grade.value) for grade in area.grades] == [1, 2, 3, 4, 5]
    assert area.words(4) == "4, Most essential needs not met"


def test_practice_and_cautions_come_along() -> None:
    trend = make_trend(
        child_label="Practice child",
        born=None,
        assessments=[replace(assessment("a1", FIRST), units=MappingProxyType({"A4": scored(3)}))],
        profiles={"a1": score_assessment(open_pack(), assessment("a1", FIRST), BORN)},
        packs={("graded-care", "1.0.0"): open_pack()},
        names=NAMES,
        through=FIRST,
        practice=True,
    )
    assert trend.practice
    assert trend.cautions == (open_pack().caution,)


def test_two_homes_keep_their_own_grades_side_by_side() -> None:
    trend = trend_of(two_homes())
    grades = {unit: series(trend, "A", unit).points[-1].grade for unit in (0, 1)}
    assert grades == {0: 3, 1: 2}


def test_an_area_without_a_result_is_not_drawn() -> None:
    one = assessment("a1", FIRST)
    profile = score_assessment(open_pack(), one, BORN)
    without = replace(profile, areas={code: area for code, area in profile.areas.items() if code != "D"})
    trend = make_trend(
        child_label="Ivy Marsh",
        born=BORN,
        assessments=[one],
        profiles={"a1": without},
        packs={("graded-care", "1.0.0"): open_pack()},
        names=NAMES,
        through=FIRST,
    )
    assert [area.code for area in trend.areas] == ["A", "B", "C"]


def test_what_was_before_the_birth_is_read_apart_and_comes_first() -> None:
    unborn = replace(four_grade_pack(), subject=Subject.UNBORN)
    before = replace(
        assessment("a0", date(2024, 10, 7)),
        pack=unborn.id,
        pack_version=unborn.version,
        band="",
        units=MappingProxyType({"P2": scored(10)}),
    )
    trend = trend_of([before, *pair({}, {})], packs=(unborn,))
    early, late = trend.by_subject
    assert (early.assessments, late.assessments) == (("a0",), ("a1", "a2"))
    assert {area.code for area in early.areas} == {"P", "Q"}
    assert {area.code for area in late.areas} == set("ABCD")
    assert (len(trend.packs), len(early.packs), len(late.packs)) == (2, 1, 1)
    assert (len(trend.pack_changes), early.pack_changes, late.pack_changes) == (1, (), ())
    assert trend_of(seven()).by_subject == (trend_of(seven()),)
