"""The charts beside the trend: everything counted, nothing left out, the same in picture, table and words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.breaks import Break, BreakKind
from gcp2_app.domain.charting import ChartKind, ChartRecord
from gcp2_app.domain.register import Agency
from gcp2_app.reports.charts.catalogue import MAKERS, Chart, make_chart
from gcp2_app.reports.charts.output import chart_words
from gcp2_app.reports.charts.palette import LIGHT, THEMES
from gcp2_app.reports.charts.types import SHORT_AGENCIES
from tests.reports.chart_records import a_child, busy, entry, everything, record, span
from tests.reports.records import assessment, elsewhere, four_grade_pack, many, seven, two_homes

KINDS = sorted(MAKERS)


def full(*, practice: bool = False) -> ChartRecord:
    return record(two_homes(), everything(), child=a_child(), practice=practice)


def words_on(chart: Chart, *, width: float = 760.0) -> str:
    return " ".join(word.text for word in chart_words(chart.draw(width=width)))


def gap() -> list[Assessment]:
    """Two assessments three years apart, the second provisional."""
    return [assessment("a1", date(2021, 1, 4)), assessment("a2", date(2024, 1, 8), skip=("A1", "B", "C1"))]


def four_grades() -> list[Assessment]:
    pack = four_grade_pack()
    return [
        replace(assessment(f"f{place}", date(2024, 1, 8) + timedelta(days=200 * place), pack=pack, usual=grade))
        for place, grade in enumerate((10, 15, 10, 20))
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "assessments", [[], seven()[:1], gap(), many(), two_homes()], ids=["none", "1", "gap", "40", "two homes"]
)
def test_any_record_can_be_drawn_read_and_told(kind: ChartKind, assessments: Sequence[Assessment]) -> None:
    chart = make_chart(kind, record(assessments, everything() if assessments else ()))
    drawing = chart.draw(width=760)
    table = chart.table
    assert "Ivy Marsh" in chart.parts[0]
    assert all(len(row.cells) == len(table.columns) for row in table.rows)
    assert all(0 <= mark.x <= drawing.width and 0 <= mark.y <= drawing.height and mark.text for mark in drawing.marks)
    for artist in chart_words(drawing):
        assert 0 <= artist.x <= drawing.width
        assert 0 <= artist.y <= drawing.height


@pytest.mark.parametrize("kind", KINDS)
def test_a_pack_of_four_grades_is_told_in_its_own_numbers(kind: ChartKind) -> None:
    chart = make_chart(kind, record(four_grades(), packs=[four_grade_pack()]))
    assert "4 or 5" not in chart.sentence
    assert "4 or 5" not in words_on(chart)


@pytest.mark.parametrize("kind", KINDS)
def test_practice_is_marked_in_the_picture_and_in_words(kind: ChartKind) -> None:
    chart = make_chart(kind, full(practice=True))
    assert "PRACTICE: no real child" in words_on(chart)
    assert "Practice record, no real child" in chart.sentence
    assert "PRACTICE" not in words_on(make_chart(kind, full()))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("theme", THEMES.values(), ids=str)
def test_every_theme_draws_the_same_marks(kind: ChartKind, theme: object) -> None:
    chart = make_chart(kind, full())
    plain = chart.draw(width=760, theme=LIGHT)
    drawn = chart.draw(width=760, theme=theme)  # type: ignore[arg-type]  # a parametrized Theme
    assert [mark.text for mark in drawn.marks] == [mark.text for mark in plain.marks]


@pytest.mark.parametrize("kind", KINDS)
def test_large_words_make_it_larger_and_lose_nothing(kind: ChartKind) -> None:
    chart = make_chart(kind, full())
    small, large = chart.draw(width=600), chart.draw(width=600, text_scale=2.0)
    assert large.height > small.height
    assert [mark.text for mark in large.marks] == [mark.text for mark in small.marks]


def test_the_cumulative_words_count_assessments() -> None:
    chart = make_chart(ChartKind.CUMULATIVE, record(seven()))
    said = next(part for part in chart.parts if part.startswith("Physical care"))
    assert "graded 4 or 5 in 3 of 7 assessments between 6 September 2021 and 26 January 2026" in said
    assert "2 in a row, begun 5 September 2022 to 6 February 2023" in said
    assert "month" not in chart.sentence
    assert "score" not in chart.sentence


def test_one_assessment_is_said_to_be_one() -> None:
    sentence = make_chart(ChartKind.CUMULATIVE, record(seven()[:1])).sentence
    assert (
        "Physical care, Ana Marsh and Ben Marsh: not graded 4 or 5 in its one assessment, 6 to 27 September" in sentence
    )
    assert "fewer than two areas at 4 or 5 in the one assessment" in sentence
    assert "none of 1" not in sentence


def test_the_cumulative_days_fill_the_time_and_no_more() -> None:
    data = make_chart(ChartKind.CUMULATIVE, record(two_homes())).data
    total = (data.to - data.from_).days + 1
    for line in data.lines:
        assert sum(time.assessed + time.between for time in line.times) + line.not_known == total
    assert data.from_ == date(2023, 5, 1)


def test_areas_at_the_same_time_and_gains_not_held_are_named() -> None:
    chart = make_chart(ChartKind.CUMULATIVE, record(seven()))
    high = {each.assessment: len(each.high) for each in chart.data.together}
    assert high == {"a1": 0, "a2": 0, "a3": 3, "a4": 3, "a5": 0, "a6": 0, "a7": 3}
    lost = [(each.code, each.assessment) for each in chart.data.gains_lost]
    assert ("A5.b", "a7") in lost
    assert any("A5.b" in part and part.startswith("Gain not held") for part in chart.parts)
    assert "How this is made" in words_on(chart)


def test_what_is_less_sure_is_said() -> None:
    unsigned = replace(assessment("a9", date(2026, 3, 2), skip=("A1",)), state=AssessmentState.IN_PROGRESS)
    chart = make_chart(ChartKind.CUMULATIVE, record([elsewhere("e0", date(2025, 3, 2), {"A1": 4, "A2": 2}), unsigned]))
    said = next(part for part in chart.parts if part.startswith("Physical care"))
    assert "recorded elsewhere" in said
    assert "not signed off" in said
    assert "1 of the 2 is recorded elsewhere" in said


def test_how_many_are_provisional_is_told_of_all_the_assessments_and_not_of_those_at_4_or_5() -> None:
    starts = [date(2025, month, 3) for month in (1, 3, 5, 7)]
    others = [assessment(f"a{start.month}", start, skip=("A1",)) for start in starts[1:]]
    whole = assessment("a1", starts[0], grades={"A4": 4})
    chart = make_chart(ChartKind.CUMULATIVE, record([whole, *others]))
    said = next(part for part in chart.parts if part.startswith("Physical care"))
    assert "graded 4 or 5 in 1 of 4 assessments" in said
    assert said.endswith("; 3 of the 4 are provisional")


def test_short_names_of_agencies_differ_by_more_than_their_case() -> None:
    entries = [entry(f"n{each}", "note", "2025-04-02", agency=each, themes=["physical"]) for each in Agency]
    words = words_on(make_chart(ChartKind.TYPES, record([], entries))).split()
    assert len({short.casefold() for short in SHORT_AGENCIES.values()}) == len(Agency)
    assert set(SHORT_AGENCIES.values()) <= set(words)


def test_a_solid_segment_has_its_number_and_so_has_the_hatched_one_where_they_are_wide_enough() -> None:
    first, second = (assessment(f"a{n}", date(2026, 1, 5) + timedelta(days=60 * n), usual=4) for n in range(2))
    chart = make_chart(ChartKind.CUMULATIVE, record([first, second]))
    numbers = [word for word in chart_words(chart.draw(width=760.0)) if word.text == "4" and word.letters.bold]
    top = min(word.y for word in numbers)
    solid, hatched = [word for word in numbers if word.y == top]
    assert solid.x < hatched.x


def test_the_key_of_the_cumulative_chart_explains_only_what_is_drawn() -> None:
    flood = entry("x1", "circumstance", name="Flood", **span("2024-01-08", "2024-02-09"))
    alone = make_chart(ChartKind.CUMULATIVE, record([assessment("a1", date(2026, 1, 5))], [flood]))
    assert "days in assessments of a grade" in words_on(alone)
    for absent in ("circumstance:", "days between", "outlined", "other carers"):
        assert absent not in words_on(alone)
    homes = make_chart(ChartKind.CUMULATIVE, record(two_homes(), [flood]))
    for there in ("circumstance:", "days between", "outlined", "other carers from here"):
        assert there in words_on(homes)


def test_the_line_before_a_year_is_explained() -> None:
    assert "a new year begins" in words_on(make_chart(ChartKind.TYPES, record([], busy(date(2024, 2, 5), years=2))))
    one = entry("n1", "note", "2026-04-02", themes=["physical"])
    assert "a new year begins" not in words_on(make_chart(ChartKind.TYPES, record([], [one])))


def test_every_unit_of_every_assessment_has_its_cell() -> None:
    chart = make_chart(ChartKind.UNITS, record(two_homes()))
    marks = chart.draw(width=760).marks
    assert len(marks) == len(chart.table.rows)
    assert {mark.assessment for mark in marks} == {one.id for one in two_homes()}
    a1 = next(mark for mark in marks if mark.assessment == "a1" and "A4 " in mark.text)
    assert ": 4. Worse, was 3." in a1.text


def test_homes_stand_apart_and_are_not_compared_with_each_other() -> None:
    columns = make_chart(ChartKind.UNITS, record(two_homes())).data.columns
    assert [column.unit for column in columns] == sorted(column.unit for column in columns)
    first = next(column for column in columns if column.assessment == "g0")
    assert first.compared_with is None


def test_a_change_of_pack_is_marked_where_it_happens() -> None:
    later = assessment("a9", date(2026, 3, 2))
    chart = make_chart(ChartKind.UNITS, record([*four_grades(), later], packs=[four_grade_pack()]))
    assert words_on(chart).count("other pack") == 1
    assert "They were made with different packs" in words_on(chart)


def test_types_count_entries_by_quarter_and_name_agencies() -> None:
    chart = make_chart(ChartKind.TYPES, full())
    rows = [row.cells for row in chart.table.rows]
    assert rows == [
        ("Medical", "April to June 2025", "1", "Police"),
        ("Physical", "January to March 2025", "1", "School"),
        ("Physical", "April to June 2025", "1", "Police"),
    ]
    assert "2 entries name one or more" in chart.parts[0]
    assert len(chart.data.quarters) == 6


def test_every_entry_stands_in_a_lane() -> None:
    chart = make_chart(ChartKind.LANES, full())
    assert sorted(row.entry for row in chart.table.rows) == sorted(each.id for each in everything())
    reached = {mark.entry for mark in chart.draw(width=760).marks}
    # What has no day, and nothing else, is in the table alone; and that is said.
    assert {each.id for each in everything()} - reached == {"v3", *_without_when()}
    assert "without a known date" in chart.sentence


def _without_when() -> set[str]:
    return {each.id for each in everything() if each.when is None}


def test_the_picture_has_every_lane_and_the_trend() -> None:
    chart = make_chart(ChartKind.PICTURE, full())
    assert [lane.label for lane in chart.data.lanes.lanes] == [
        "Requests and outcomes",
        "In hospital",
        "Not brought",
        "School attendance",
        "Legal status and plans",
        "Support and interventions",
        "Meetings",
        "Challenges",
        "Moves and changes at home",
        "Change of worker",
        "How the child is doing",
        "Circumstances",
    ]
    marks = chart.draw(width=760).marks
    assert {mark.assessment for mark in marks if mark.assessment} == {one.id for one in two_homes()}
    assert {"r1", "h1", "n1", "t1", "s1", "m1", "x1", "v1", "v2", "d1", "c1"} <= {mark.entry for mark in marks}
    assert "two teeth out" in words_on(chart)
    assert "not brought to 1 of 2 appointments; 1 more cancelled by the family" in chart.sentence
    assert "does not say that one caused the other" in chart.sentence


def test_what_is_marked_on_the_axis_of_the_picture_is_in_its_table() -> None:
    stop = Break(on=date(2025, 9, 14), kind=BreakKind.HOUSEHOLD, entry="e9")
    chart = make_chart(ChartKind.PICTURE, record(two_homes(), everything(), breaks=(stop,)))
    (row,) = [row for row in chart.table.rows if row.cells[0] == "Marked on the axis"]
    assert row.cells[1:3] == ("14 September 2025", "change in the household")
    assert row.entry == "e9"
    assert "change in the household on 14 September 2025" in chart.sentence


def test_attendance_has_codes_overlaps_and_what_cannot_be_drawn() -> None:
    chart = make_chart(ChartKind.ATTENDANCE, full())
    first, second, undated = (row.cells for row in chart.table.rows)
    assert first[:6] == ("2025/26", "autumn, first half", "2 September to 24 October 2025", "50", "70", "71%")
    assert first[7] == "O 9, I 8, no code 3"
    assert first[-1] == second[-1] == "overlaps another entry"
    assert undated[2] == "days not recorded"
    assert "1 entry without its days is not drawn" in chart.sentence


def test_json_has_numbers_as_numbers_and_the_way_back() -> None:
    document = make_chart(ChartKind.ATTENDANCE, full()).document()
    assert document["kind"] == "attendance"
    assert document["rows"][0]["cells"][3:5] == [50, 70]
    assert document["rows"][0]["entry"] == "t1"
    assert document["words"][0].startswith("School attendance, Ivy Marsh")
