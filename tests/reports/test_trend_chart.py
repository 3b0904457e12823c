"""The drawn trend: every mark in its place and within reach, on any theme, at any size."""

import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from PIL import Image
from pypdf import PdfReader

from gcp2_app.domain.breaks import Break, BreakKind
from gcp2_app.domain.trend import Trend
from gcp2_app.domain.words import long_date
from gcp2_app.reports.charts.drawing import ChartDrawing, ChartMark
from gcp2_app.reports.charts.lettering import forget_lettering, width_of
from gcp2_app.reports.charts.output import chart_pdf, chart_pixels, chart_png, chart_svg, chart_vectors, chart_words
from gcp2_app.reports.charts.palette import LIGHT, THEMES, ThemeName, series_ink
from gcp2_app.reports.charts.trend import draw_trend, trend_least_width
from gcp2_app.reports.charts.trend_words import point_words, trend_sentence
from tests.reports.records import assessment, elsewhere, four_grade_pack, many, seven, trend_of, two_homes

WIDTH = 690.0
FIRST = date(2025, 1, 6)


def said(drawing: ChartDrawing) -> list[str]:
    return [word.text for word in chart_words(drawing)]


def marks_of(drawing: ChartDrawing, area: str, carers: tuple[str, ...] = ("p1", "p2")) -> list[ChartMark]:
    return [mark for mark in drawing.marks if mark.area == area and mark.carers == carers]


def outlines(drawing: ChartDrawing, *, edge: str, dashed: bool) -> list[Path]:
    """The line paths of one ink, as drawn."""
    return [
        artist.get_path()
        for artist in drawing.figure.artists
        if isinstance(artist, PathPatch)
        and _hex(artist.get_edgecolor()) == edge
        and to_rgba(artist.get_facecolor())[3] == 0
        and (artist.get_linestyle() != "-" and artist.get_linestyle() != "solid") == dashed
    ]


def _hex(colour: Any) -> str:
    return to_hex(colour).upper()


@pytest.mark.parametrize("assessments", [seven()[:1], seven(), two_homes(), many()], ids=["1", "7", "two homes", "40"])
def test_every_point_has_its_mark_and_its_words(assessments: list[object]) -> None:
    trend = trend_of(assessments)  # type: ignore[arg-type]  # lists are invariant
    drawing = draw_trend(trend, width=WIDTH)
    expected = [
        (point.assessment, one.area.code, point_words(one, point)) for one in trend.series for point, _ in one.dated
    ]
    assert [(mark.assessment, mark.area, mark.text) for mark in drawing.marks] == expected


def test_better_stands_above_worse_and_time_runs_to_the_right() -> None:
    drawing = draw_trend(trend_of(seven()), width=WIDTH)
    marks = marks_of(drawing, "A")
    heights = {mark.assessment: mark.y for mark in marks}
    assert heights["a1"] == heights["a2"] < heights["a5"] < heights["a3"] < heights["a4"]
    assert [mark.x for mark in marks] == sorted(mark.x for mark in marks)


def test_time_is_true_to_scale() -> None:
    starts = [FIRST, FIRST + timedelta(days=100), FIRST + timedelta(days=400)]
    drawing = draw_trend(trend_of([assessment(f"a{n}", start) for n, start in enumerate(starts)]), width=WIDTH)
    first, second, third = (mark.x for mark in marks_of(drawing, "A"))
    assert (third - first) / (second - first) == pytest.approx(4)


def test_lines_are_steps_and_never_slant() -> None:
    drawing = draw_trend(trend_of(many()), width=WIDTH)
    steps = 0
    for path in outlines(drawing, edge=series_ink(LIGHT, 0), dashed=True):
        for (start, _), (end, code) in pairwise(_points(path)):
            if code == Path.LINETO:
                steps += 1
                assert start[0] == pytest.approx(end[0]) or start[1] == pytest.approx(end[1])
    assert steps > 100


def _points(path: Path) -> list[tuple[tuple[float, float], int]]:
    vertices, codes = np.asarray(path.vertices, dtype=float), np.asarray(path.codes, dtype=int)
    return [((float(x), float(y)), int(code)) for (x, y), code in zip(vertices, codes, strict=True)]


def test_two_units_of_the_same_grade_and_days_do_not_cover_each_other() -> None:
    trend = trend_of([assessment("a1", FIRST), assessment("g1", FIRST, carers=("p3",))])
    drawing = draw_trend(trend, width=WIDTH)
    (one,), (other,) = marks_of(drawing, "A"), marks_of(drawing, "A", ("p3",))
    assert one.x == other.x
    assert abs(one.y - other.y) >= 5


def test_a_thin_point_stands_below_the_scale_and_not_at_a_grade() -> None:
    drawing = draw_trend(trend_of(seven()), width=WIDTH)
    thin = next(mark for mark in marks_of(drawing, "C") if mark.assessment == "a5")
    assert thin.y > max(mark.y for mark in marks_of(drawing, "C") if mark.assessment != "a5")
    assert "too little seen" in said(drawing)


def test_bands_are_labelled_from_needs_met_to_needs_not_met_by_the_pack() -> None:
    words = said(draw_trend(trend_of(seven()), width=WIDTH))
    assert words.count("All needs met") == words.count("Needs not met") == 4
    other = four_grade_pack()
    four = draw_trend(trend_of([assessment("a1", FIRST, usual=10, pack=other)], packs=(other,)), width=WIDTH)
    labels = said(four)
    for grade in other.grades:
        assert grade.label in labels
        assert str(grade.value) in labels
    assert "units at 20" in labels
    assert "units at 3" not in labels


def test_the_strip_counts_units_at_each_watched_grade_and_unscored_under_every_area() -> None:
    trend = trend_of(seven())
    drawing = draw_trend(trend, width=WIDTH)
    words = chart_words(drawing)
    for head in ("units at 3", "units at 4", "units at 5", "units not scored"):
        assert sum(1 for word in words if word.text == head) == 4
    for series in trend.series:
        for point in series.points:
            (mark,) = [one for one in marks_of(drawing, series.area.code) if one.assessment == point.assessment]
            (strip,) = mark.places
            inside = [word for word in words if strip.holds(word.x, word.y) and word.text.isdigit()]
            numbers = [int(word.text) for word in sorted(inside, key=lambda word: word.y)]
            assert numbers == [*point.counts.by_grade.values(), point.counts.unscored]


def test_a_jump_names_the_unit_that_caused_it() -> None:
    words = said(draw_trend(trend_of(seven()), width=WIDTH))
    assert "A5.b" in words
    assert "A4 +1" in words
    assert "the unit that moved the grade" in words


def test_names_of_units_stand_clear_of_markers_and_of_one_another() -> None:
    drawing = draw_trend(trend_of(many()), width=WIDTH)
    names = [word for word in chart_words(drawing) if word.letters.ink == series_ink(LIGHT, 0)]
    assert len(names) > 60
    for name in names:
        for mark in drawing.marks:
            assert not (name.x < mark.x < name.x + 5 and abs(name.y - name.letters.size / 3 - mark.y) < 2)


def test_the_figure_keeps_window_dates_pack_caution_and_practice() -> None:
    words = said(draw_trend(trend_of(seven(), practice=True), width=WIDTH))
    assert "5 Jan 2026" in words
    assert "to 26 Jan 2026" in words
    assert any("Graded care record (open wording) 1.0.0" in word for word in words)
    assert any("Not GCP2, not validated" in word for word in words)
    assert "provisional" in words
    assert "PRACTICE: no real child" in words


def test_a_crowded_figure_writes_each_window_on_one_line() -> None:
    words = said(draw_trend(trend_of(many()), width=WIDTH))
    assert "2 to 23 Sep 2019" in words


def test_the_key_explains_only_what_is_there() -> None:
    one = said(draw_trend(trend_of(seven()[:1]), width=WIDTH))
    assert not {
        "provisional",
        "recorded elsewhere; counts sub-areas",
        "the unit that moved the grade",
        "corrected since",
    } & set(one)
    homes = said(draw_trend(trend_of(two_homes()), width=WIDTH))
    assert {
        "Carol Ito (grandmother)",
        "recorded elsewhere; counts sub-areas",
        "between assessments of the same grade",
    } <= set(homes)


def test_a_corrected_assessment_stays_on_the_chart() -> None:
    first = assessment("a1", FIRST)
    correction = replace(assessment("a2", FIRST, grades={"A4": 4}), corrects="a1")
    drawing = draw_trend(trend_of([first, correction]), width=WIDTH)
    assert [mark.assessment for mark in marks_of(drawing, "A")] == ["a1", "a2"]
    assert "corrected since" in said(drawing)


def test_breaks_and_changes_of_pack_are_noted_where_they_fell() -> None:
    other = four_grade_pack()
    stop = Break(on=date(2025, 4, 1), kind=BreakKind.ADMISSION, entry="e7")
    trend = trend_of(
        [assessment("a1", FIRST, usual=10, pack=other), assessment("a2", date(2025, 9, 1))],
        packs=(other,),
        breaks=(stop,),
    )
    drawing = draw_trend(trend, width=WIDTH)
    admission, change = drawing.notes
    assert admission.text == "1 April 2025: admission to hospital."
    assert admission.entry == "e7"
    assert "1 September 2025: pack, version or policy changed" in change.text
    middle = admission.place.x + admission.place.width / 2
    assert drawing.note_at(middle, admission.place.y + 1) == admission
    assert drawing.note_at(0, 0) is None
    words = said(drawing)
    assert {"admission to hospital", "pack changed", "another pack, version or policy"} <= set(words)
    assert any(word.startswith("From 1 September 2025: Graded care record") for word in words)


def test_what_happened_on_one_day_is_named_together() -> None:
    day = date(2025, 6, 1)
    breaks = (Break(on=day, kind=BreakKind.HOUSEHOLD), Break(on=day, kind=BreakKind.STRATEGY))
    drawing = draw_trend(trend_of([assessment("a1", FIRST)], breaks=breaks, through=date(2026, 6, 1)), width=WIDTH)
    assert "change in the household and strategy discussion" in said(drawing)
    assert [note.text for note in drawing.notes] == [
        "1 June 2025: change in the household.",
        "1 June 2025: strategy discussion.",
    ]


def test_no_upright_line_runs_through_words_where_there_is_room_beside_it() -> None:
    second = date(2025, 10, 1)
    trend = trend_of(
        [assessment("a1", FIRST), assessment("a2", second, grades={"A4": 4})],
        through=date(2026, 6, 1),
        breaks=[
            Break(on=date(2025, 6, 1), kind=BreakKind.CARER),
            Break(on=second + timedelta(days=24), kind=BreakKind.STRATEGY),
        ],
    )
    drawing = draw_trend(trend, width=WIDTH)
    lines = [note.place.x + note.place.width / 2 for note in drawing.notes]
    below = drawing.notes[0].place.y + drawing.notes[0].place.height
    words = [word for word in chart_words(drawing) if word.text in {"not known", "A4"} and word.y > below]
    assert {word.text for word in words} == {"not known", "A4"}
    for word in words:
        assert not [x for x in lines if word.x < x < word.x + width_of(word.text, word.letters)], word


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_area_has_all_its_dates_and_none_runs_into_its_name(scale: float) -> None:
    # The first date of the axis stands above the labels of the grades.
    trend = trend_of([assessment("a1", FIRST)], through=date(2026, 6, 1), born=FIRST - timedelta(days=5))
    words = chart_words(draw_trend(trend, width=600 * scale, text_scale=scale))
    names = [word for word in words if word.text in {area.label for area in trend.areas}]
    dates = [word for word in words if re.fullmatch(r"(\w{3} )?20\d\d", word.text) and not word.turned]
    assert len(names) == 4
    assert dates
    assert all(count % 4 == 0 for count in Counter(word.text for word in dates).values())
    for name in names:
        beside = [word for word in dates if abs(word.y - name.y) < name.letters.size * 0.7]
        assert all(word.x > name.x + width_of(name.text, name.letters) for word in beside)


def test_the_birth_is_marked_where_something_was_assessed_before_it() -> None:
    first, second = assessment("a1", FIRST), assessment("a2", date(2025, 9, 1))
    born = FIRST + timedelta(days=40)
    drawing = draw_trend(trend_of([first, second], birth=born), width=WIDTH)
    (note,) = drawing.notes
    assert note.text == f"{long_date(born)}: birth."
    assert "birth" in said(drawing)
    assert f"Born on {long_date(born)}" in trend_sentence(trend_of([first, second], birth=born))
    for before in (FIRST, FIRST - timedelta(days=40), None):
        assert not draw_trend(trend_of([first, second], birth=before), width=WIDTH).notes


def test_an_assessment_without_dates_is_said_below_the_chart() -> None:
    undated = replace(assessment("a0", FIRST), window=None, band="5+")
    drawing = draw_trend(trend_of([undated, assessment("a1", FIRST)]), width=WIDTH)
    assert "1 assessment has no dates and cannot be drawn." in said(drawing)
    assert len(drawing.marks) == 4
    assert "days of an assessment" in said(drawing)
    assert "days of an assessment" not in said(draw_trend(trend_of([undated]), width=WIDTH))


def test_a_pointer_finds_the_nearest_mark_then_its_counts_then_nothing() -> None:
    drawing = draw_trend(trend_of(two_homes()), width=WIDTH)
    mark = drawing.marks[3]
    assert drawing.mark_at(mark.x + 1, mark.y) == mark
    (strip,) = mark.places
    assert drawing.mark_at(strip.x + strip.width / 2, strip.y + strip.height - 2) == mark
    assert drawing.mark_at(1, 1) is None
    assert mark.reach * 2 * 96 / 72 >= 24


def test_marks_and_words_stay_on_the_sheet() -> None:
    for trend in (trend_of(many()), trend_of(two_homes()), trend_of(seven())):
        drawing = draw_trend(trend, width=WIDTH)
        assert all(0 < mark.x < drawing.width and 0 < mark.y < drawing.height for mark in drawing.marks)
        assert all(-1 <= word.x <= drawing.width and 0 <= word.y <= drawing.height for word in chart_words(drawing))


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_long_key_goes_on_in_a_second_line(scale: float) -> None:
    breaks = [Break(on=date(2024, 8, place), kind=kind) for place, kind in enumerate(BreakKind, start=1)]
    drawing = draw_trend(trend_of(two_homes(), breaks=breaks), width=450, text_scale=scale)
    words = [word for word in chart_words(drawing) if not word.turned]
    assert [word.text for word in words if word.text.endswith("carried past it")]
    assert [word for word in words if word.x + width_of(word.text, word.letters) > drawing.width] == []


def test_larger_words_make_a_higher_chart_and_a_given_height_is_filled() -> None:
    trend = trend_of(seven())
    plain, large = draw_trend(trend, width=WIDTH), draw_trend(trend, width=WIDTH, text_scale=2.0)
    assert large.height > 1.5 * plain.height
    assert {word.letters.size for word in chart_words(large)} == {2 * word.letters.size for word in chart_words(plain)}
    assert draw_trend(trend, width=WIDTH, height=900).height == 900
    assert draw_trend(trend, width=WIDTH, height=10).height == plain.height


def test_a_label_with_no_room_is_cut_and_says_so() -> None:
    words = said(draw_trend(trend_of(seven()), width=300, text_scale=2.0))
    assert any(word.startswith("Some") and word.endswith("…") for word in words)


def test_a_screen_learns_how_wide_forty_assessments_need_it() -> None:
    assert trend_least_width(trend_of(many())) > trend_least_width(trend_of(seven()))
    assert trend_least_width(trend_of(many()), text_scale=2.0) > 1.6 * trend_least_width(trend_of(many()))


def test_an_empty_trend_is_drawn_without_marks() -> None:
    drawing = draw_trend(trend_of([]), width=WIDTH)
    assert drawing.marks == ()
    assert "Care over time: Ivy Marsh" in said(drawing)


def test_names_longer_than_the_sheet_are_broken_into_lines() -> None:
    label = "Ivy-Mae Constance Aderinsola Featherstonehaugh-Okonkwo of the very long name indeed"
    lines = [word for word in said(draw_trend(trend_of(seven(), label=label), width=400)) if "name" in word]
    assert lines
    assert "Care over time: " + label not in lines


@pytest.mark.parametrize("theme", list(ThemeName))
def test_every_theme_is_drawn_on_its_own_paper(theme: ThemeName) -> None:
    drawing = draw_trend(trend_of(seven()), width=WIDTH, theme=THEMES[theme])
    pixels, width, height = chart_pixels(drawing, 96)
    picture = np.frombuffer(pixels, dtype=np.uint8).reshape(height, width, 4)
    paper = THEMES[theme].paper
    assert [int(channel) for channel in picture[0, 0]] == [int(paper[n : n + 2], 16) for n in (1, 3, 5)] + [255]
    assert (width, height) == (int(WIDTH * 96 / 72), int(drawing.height * 96 / 72))
    assert len(np.unique(picture[100:300].reshape(-1, 4).view(np.uint32))) > 20


def test_forgetting_kept_words_changes_no_pixel() -> None:
    trend = trend_of(seven())
    before = bytes(chart_pixels(draw_trend(trend, width=WIDTH), 96)[0])
    forget_lettering()
    assert bytes(chart_pixels(draw_trend(trend, width=WIDTH), 96)[0]) == before


def test_a_picture_file_is_the_same_each_time_and_says_what_it_is() -> None:
    trend = trend_of(seven())
    one, other = (chart_png(draw_trend(trend, width=WIDTH), title="Care over time") for _ in range(2))
    assert one == other
    with Image.open(io.BytesIO(one)) as picture:
        assert picture.format == "PNG"
        assert picture.info["Title"] == "Care over time"
        assert picture.width == int(WIDTH / 72 * 192)


def test_a_vector_file_has_real_words_and_is_the_same_each_time() -> None:
    trend = trend_of(seven(), practice=True)
    one, other = (chart_svg(draw_trend(trend, width=WIDTH), title="Care over time") for _ in range(2))
    assert one == other
    text = one.decode()
    assert "Most essential needs not met" in text
    assert "PRACTICE: no real child" in text
    assert "<title>" in text
    assert "Care over time" in text


def test_a_pdf_of_the_chart_has_real_words_and_is_the_same_each_time() -> None:
    trend = trend_of(seven())
    one, other = (chart_pdf(draw_trend(trend, width=WIDTH)) for _ in range(2))
    assert one == other
    text = PdfReader(io.BytesIO(one)).pages[0].extract_text()
    assert "Most essential needs not met" in text
    assert "A5.b" in text


def test_the_vectors_for_a_document_hold_no_words_and_the_chart_keeps_its_own() -> None:
    drawing = draw_trend(trend_of(seven()), width=WIDTH)
    assert PdfReader(io.BytesIO(chart_vectors(drawing))).pages[0].extract_text().strip() == ""
    assert "needs not met" in PdfReader(io.BytesIO(chart_pdf(drawing))).pages[0].extract_text()


def test_letters_of_other_scripts_are_drawn_or_shown_to_be_missing() -> None:
    trend = trend_of(seven(), label="Zażółć Łucja Ŵyn 陈")
    assert chart_png(draw_trend(trend, width=WIDTH))
    assert "陈" not in chart_svg(draw_trend(trend, width=WIDTH)).decode()


def test_an_assessment_recorded_elsewhere_has_a_marker_of_its_own() -> None:
    plain = draw_trend(trend_of([assessment("a1", FIRST)]), width=WIDTH)
    paper = draw_trend(trend_of([elsewhere("a1", FIRST, {"A1": 2, "A2": 2, "A3": 2, "A4": 2, "A5": 2})]), width=WIDTH)
    assert "X" not in _markers(plain)
    assert "X" in _markers(paper)


def _markers(drawing: ChartDrawing) -> set[str]:
    """The shapes of the marks in the first ink: the points, and the signs of the key."""
    ink = series_ink(LIGHT, 0)
    return {
        str(artist.get_marker())
        for artist in drawing.figure.artists
        if isinstance(artist, Line2D) and _hex(artist.get_markeredgecolor()) == ink
    }


def test_the_trend_of_a_practice_child_and_of_a_real_one_differ_by_the_mark_alone() -> None:
    real: Trend = trend_of(seven())
    practice = replace(real, practice=True)
    extra = set(said(draw_trend(practice, width=WIDTH))) - set(said(draw_trend(real, width=WIDTH)))
    assert extra == {"PRACTICE: no real child"}


def test_what_stands_beside_the_days_has_room_beside_short_labels() -> None:
    trend = trend_of(seven())
    areas = tuple(
        replace(area, grades=tuple(replace(grade, label="Some") for grade in area.grades)) for area in trend.areas
    )
    short = {area.code: area for area in areas}
    series = tuple(replace(one, area=short[one.area.code]) for one in trend.series)
    drawing = draw_trend(replace(trend, areas=areas, series=series), width=500)
    (head,) = [word for word in chart_words(drawing) if word.text == "days of the assessment"]
    assert head.x >= 0
