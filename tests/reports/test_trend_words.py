"""The trend as words: sentence, table twin, and the text of each point."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

from gcp2_app.domain.assessment import AssessmentState
from gcp2_app.domain.breaks import Break, BreakKind
from gcp2_app.domain.trend import Trend, TrendSeries
from gcp2_app.reports.charts.trend_series import series_json
from gcp2_app.reports.charts.trend_words import counts_words, point_words, trend_sentence, trend_table
from tests.reports.records import assessment, elsewhere, four_grade_pack, many, seven, trend_of, two_homes

FIRST = date(2025, 1, 6)


def series(trend: Trend, area: str, unit: int = 0) -> TrendSeries:
    (found,) = [one for one in trend.series if one.area.code == area and one.unit == unit]
    return found


def words_of(trend: Trend, area: str, place: int, unit: int = 0) -> str:
    one = series(trend, area, unit)
    return point_words(one, one.points[place])


def test_a_point_says_everything_the_chart_knows_of_it() -> None:
    assert words_of(trend_of(seven()), "A", 3) == (
        "Physical care, Ana Marsh and Ben Marsh, 6 to 27 February 2023: 5, Needs not met. "
        "12 units at 3, 1 at 4, 1 at 5, all scored. Decided by A5.b. "
        "Was 4; moved by A5.b from 3 to 5. Signed off."
    )


def test_a_provisional_point_says_how_much_was_scored() -> None:
    text = words_of(trend_of(seven()), "D", 4)
    assert "3, Some essential needs not met. Provisional: 6 of 7 units scored. 6 units at 3" in text


def test_a_thin_point_never_says_its_number() -> None:
    few = assessment("a1", FIRST)
    few = replace(few, units=MappingProxyType({code: few.units[code] for code in ("A4", "B2")}))
    text = words_of(trend_of([few]), "A", 0)
    assert "too little seen. Provisional: 1 of 15 units scored" in text
    assert ": 2," not in text
    assert "Decided by" not in text


def test_a_point_without_any_grade_says_so() -> None:
    assert "no grade: nothing was scored" in words_of(trend_of(seven()), "C", 4)


def test_an_assessment_recorded_elsewhere_counts_sub_areas_and_compares_no_unit() -> None:
    trend = trend_of([assessment("a1", FIRST), elsewhere("a2", date(2025, 6, 1), {"A1": 4, "A2": 3})])
    text = words_of(trend, "A", 1)
    assert "1 sub-area at 3, 1 at 4, none at 5, 3 not scored" in text
    assert "Was 2; the units do not compare. Recorded elsewhere" in text


def test_a_grade_with_no_unit_worth_watching_says_so_in_few_words() -> None:
    one = series(trend_of([assessment("a1", FIRST)]), "A").points[0]
    assert counts_words(one.counts) == "no unit at 3, 4 or 5; all scored"


def test_a_newly_scored_unit_and_one_no_longer_scored_are_named_as_such() -> None:
    first = assessment("a1", FIRST, skip=("B2",))
    second = assessment("a2", date(2025, 6, 1), grades={"B2": 4})
    third = assessment("a3", date(2025, 10, 1), skip=("B2",))
    trend = trend_of([first, second, third])
    assert "moved by B2 newly scored 4" in words_of(trend, "B", 1)
    assert "moved by B2 no longer scored, 4 before" in words_of(trend, "B", 2)


def test_the_sentence_counts_assessments_and_never_months() -> None:
    sentence = trend_sentence(trend_of(seven()))
    assert sentence.startswith("Care over time, Ivy Marsh: 7 assessments, 6 September 2021 to 26 January 2026.")
    assert "graded 4 or 5 in 3 of 7 assessments begun between 6 September 2021 and 5 January 2026" in sentence
    assert "month" not in sentence.replace("months", "month").replace("6 months", "")


def test_an_assessment_without_a_grade_of_the_area_is_not_counted_as_one_below_4() -> None:
    paper = elsewhere("a2", date(2025, 6, 1), {"A1": 4})
    sentence = trend_sentence(trend_of([assessment("a1", FIRST), paper]))
    assert "graded 4 or 5 in 1 of 2 assessments" in sentence
    assert "in none of 2" not in sentence


def test_the_sentence_of_one_assessment_of_none_and_of_one_without_dates() -> None:
    assert "graded 4 or 5 in" not in trend_sentence(trend_of(seven()[:1]))
    assert trend_sentence(trend_of([])) == "Care over time, Ivy Marsh: no assessment is recorded."
    undated = replace(assessment("a0", FIRST), window=None, band="5+")
    sentence = trend_sentence(trend_of([undated]))
    assert "no assessment with dates" in sentence
    assert "1 assessment has no dates and cannot be drawn" in sentence


def test_the_sentence_says_a_change_of_pack_and_practice() -> None:
    other = four_grade_pack()
    trend = trend_of(
        [assessment("a1", FIRST, usual=10, pack=other), assessment("a2", date(2025, 6, 1))],
        packs=(other,),
        practice=True,
    )
    sentence = trend_sentence(trend)
    assert "From 1 June 2025 another pack, version or policy" in sentence
    assert sentence.endswith("Practice record, no real child.")
    assert "none at 20" in sentence


BREAKS = (
    Break(on=date(2025, 3, 1), kind=BreakKind.HOUSEHOLD, entry="e1"),
    Break(on=date(2025, 4, 1), kind=BreakKind.STRATEGY),
    Break(on=date(2025, 5, 1), kind=BreakKind.HOUSEHOLD),
)


def test_the_sentence_names_what_is_marked_on_the_axis_and_when() -> None:
    sentence = trend_sentence(trend_of([assessment("a1", FIRST)], breaks=BREAKS, through=date(2026, 6, 1)))
    assert (
        "Marked on the axis, nothing is carried past them: change in the household on 1 March 2025 and 1 May 2025; "
        "strategy discussion on 1 April 2025."
    ) in sentence
    assert "Marked on the axis" not in trend_sentence(trend_of([assessment("a1", FIRST)]))


def test_the_table_has_a_row_for_every_mark_on_the_axis_below_the_points() -> None:
    table = trend_table(trend_of([assessment("a1", FIRST)], breaks=BREAKS, through=date(2026, 6, 1)))
    first, second, _ = table.rows[4:]
    assert (first.cells[0], first.cells[2]) == ("change in the household: nothing is carried past it", "1 March 2025")
    assert first.entry == "e1"
    assert second.cells[0].startswith("strategy discussion")
    assert all(len(row.cells) == len(table.columns) for row in table.rows)


def test_the_sentence_says_that_the_latest_assessment_is_not_finished() -> None:
    unfinished = replace(assessment("a2", date(2025, 6, 1)), state=AssessmentState.IN_PROGRESS)
    assert "1 to 22 June 2025, not finished;" in trend_sentence(trend_of([assessment("a1", FIRST), unfinished]))
    shared = replace(unfinished, state=AssessmentState.SHARED)
    assert "1 to 22 June 2025, shared with the family, not signed off;" in trend_sentence(trend_of([shared]))
    assert "not finished" not in trend_sentence(trend_of([assessment("a1", FIRST)]))


def test_the_table_has_a_row_for_every_point_and_leads_to_its_assessment() -> None:
    trend = trend_of(many())
    table = trend_table(trend)
    assert len(table.rows) == 160
    assert [row.assessment for row in table.rows[:40]] == [f"m{place:02d}" for place in range(40)]
    assert all(len(row.cells) == len(table.columns) for row in table.rows)


def test_the_table_says_what_the_chart_shows() -> None:
    table = trend_table(trend_of(two_homes()))
    first = dict(zip(table.columns, table.rows[0].cells, strict=True))
    assert first["Area"] == "Physical care"
    assert first["Marks"] == "provisional, recorded elsewhere"
    assert (first["Units at 3"], first["Units at 4"], first["Not scored"]) == ("2", "1", "2")
    thin = next(row.cells for row in table.rows if "too little seen" in row.cells)
    assert thin[table.columns.index("Decided by")] == ""


def test_the_table_of_two_scales_leaves_the_other_scale_blank() -> None:
    other = four_grade_pack()
    table = trend_table(
        trend_of([assessment("a1", FIRST, usual=10, pack=other), assessment("a2", date(2025, 6, 1))], packs=(other,))
    )
    assert {"Units at 10", "Units at 3"} <= set(table.columns)
    assert "" in table.rows[0].cells


def test_the_series_leave_the_program_in_the_shape_of_the_contract() -> None:
    series_of = series_json(trend_of(seven()))["series"]
    assert [one["area"] for one in series_of] == ["A", "B", "C", "D"]
    assert series_of[0]["carers"] == ["p1", "p2"]
    assert series_of[0]["points"][3] == {
        "assessment": "a4",
        "from": "2023-02-06",
        "to": "2023-02-27",
        "grade": 5,
        "provisional": False,
        "thin": False,
        "counts": {"3": 12, "4": 1, "5": 1, "unscored": 0},
    }


def test_the_series_hold_one_point_for_each_assessment_and_area_undated_ones_too() -> None:
    undated = replace(assessment("a0", FIRST), window=None, band="5+")
    series_of = series_json(trend_of([undated, *two_homes()]))["series"]
    assert sum(len(one["points"]) for one in series_of) == 4 * 13
    assert (series_of[0]["points"][-1]["from"], series_of[0]["points"][-1]["to"]) == (None, None)
