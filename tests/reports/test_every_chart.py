"""What every chart of the catalogue owes: nothing here names a kind, so that a new chart cannot miss it.

A chart that has no place for something (no layers, no source) is not excused by name, but by what it declares.
"""

import hashlib
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from gcp2_app.domain.breaks import Break, BreakKind
from gcp2_app.domain.charting import ChartKind, ChartRecord
from gcp2_app.domain.selecting.boards import select_team, team_layers
from gcp2_app.domain.selecting.selection import (
    CIRCUMSTANCES,
    Layer,
    Period,
    Selection,
    last_months,
    selection_words,
)
from gcp2_app.domain.team import Team, TeamChild, TeamStep
from gcp2_app.reports.charts.catalogue import MAKERS, Chart, make_chart
from gcp2_app.reports.charts.drawing import ChartDrawing
from gcp2_app.reports.charts.output import chart_png, chart_svg, chart_vectors, chart_words
from gcp2_app.reports.charts.palette import THEMES, Theme
from gcp2_app.reports.charts.team import draw_team
from gcp2_app.ui.charts.walk import Stop, Walk
from tests.reports.awkward import AWKWARD
from tests.reports.chart_records import TODAY, a_child, busy, entry, everything, record, span
from tests.reports.records import assessment, two_homes

KINDS = sorted(MAKERS)
WIDTH = 760.0
#: A year in which the full record has something of everything, and something on either side.
YEAR = Period(from_=date(2024, 7, 1), to=date(2025, 6, 30))


@cache
def _full() -> ChartRecord:
    """Two homes, years of entries, a circumstance, statuses and workers."""
    old = entry("k9", "action", what="Beds", agreed_on="2024-09-20", checked_on="2024-10-01", checked_result="done")
    first = entry("k8", "action", what="Bins", agreed_on="2023-02-20", checked_on="2023-03-01", checked_result="done")
    undated = entry("k7", "action", what="Blinds")
    strike = entry("x2", "circumstance", name="Strike", **span("2024-09-02", "2024-10-11"))
    kept = [each for each in everything() if each.kind != "circumstance"]
    corrected = replace(assessment("a1v2", date(2024, 5, 7), usual=3), corrects="a1")
    breaks = [Break(on=date(2024, 8, 5), kind=BreakKind.CARER)]
    assessments = [*two_homes(), corrected]
    return record(
        assessments,
        [*kept, undated, old, first, strike, *busy(date(2023, 2, 6), years=3)],
        child=a_child(),
        breaks=breaks,
    )


@cache
def full(kind: ChartKind) -> Chart:
    return make_chart(kind, _full())


@cache
def awkward(kind: ChartKind, child: str) -> Chart:
    return make_chart(kind, AWKWARD[child]())


def words_on(chart: Chart, **how: Any) -> str:
    return " ".join(word.text for word in chart_words(chart.draw(width=WIDTH, **how)))


def said(chart: Chart, sentence: str) -> bool:
    """Whether a sentence is below the picture, however it is broken into lines, and among what is spoken."""
    return sentence in words_on(chart) and sentence.rstrip(".") in chart.sentence


def test_the_catalogue_has_every_kind() -> None:
    assert set(MAKERS) == set(ChartKind)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_a_pure_function_with_one_figure_for_screen_and_print(kind: ChartKind) -> None:
    chart = full(kind)
    one, other = chart.draw(width=WIDTH), chart.draw(width=WIDTH)
    assert _digest(chart_png(one, dpi=40)) == _digest(chart_png(other, dpi=40))
    svg = chart_svg(one, title=chart.table.title)
    assert _digest(svg) == _digest(chart_svg(other, title=chart.table.title))
    # What a report places is the same figure: its lines from matplotlib, its words from the document.
    assert chart_vectors(one).startswith(b"%PDF")
    text = svg.decode()
    assert all(_escaped(word.text) in text for word in chart_words(other))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize("kind", KINDS)
def test_every_mark_says_what_it_is_and_leads_to_its_source(kind: ChartKind) -> None:
    chart = full(kind)
    drawing = chart.draw(width=WIDTH)
    assert drawing.marks
    rows = {(row.assessment, row.entry) for row in chart.table.rows}
    for mark in drawing.marks:
        assert len(mark.text) > 10
        assert mark.text.endswith(".")
        assert not (mark.assessment and mark.entry)
        found = drawing.mark_at(mark.x, mark.y)
        assert found is not None
        # The table leads where the picture leads.
        assert (mark.assessment, mark.entry) in rows
    led = [mark for mark in drawing.marks if mark.assessment or mark.entry]
    assert len(led) * 2 > len(drawing.marks)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("child", AWKWARD)
def test_arrow_keys_reach_every_mark(kind: ChartKind, child: str) -> None:
    walk = Walk(awkward(kind, child).draw(width=WIDTH))
    every = {id(stop) for row in walk.rows for stop in row}
    begin = walk.start or next((row[0] for row in walk.rows), None)
    assert (begin is None) == (not every)
    seen: dict[int, Stop] = {}
    waiting = [begin] if begin is not None else []
    while waiting:
        stop = waiting.pop()
        if id(stop) not in seen:
            seen[id(stop)] = stop
            waiting += [walk.along(stop, -1), walk.along(stop, 1), walk.across(stop, -1), walk.across(stop, 1)]
            waiting += [walk.first(stop), walk.last(stop)]
    assert set(seen) == every


@pytest.mark.parametrize("kind", KINDS)
def test_a_layer_left_out_is_gone_and_said(kind: ChartKind) -> None:
    chart = full(kind)
    layers = chart.layers
    assert len({layer.code for layer in layers}) == len(layers)
    assert any(layer.code in {CIRCUMSTANCES, f"lane:{CIRCUMSTANCES}"} for layer in layers), "LP7: on every chart"
    whole = chart.draw(width=WIDTH)
    for layer in layers:
        part = chart.select(Selection(left_out=frozenset({layer.code})))
        assert said(part, f"Layers left out: {layer.label}."), layer
        assert part.layers == chart.select(part.selection).layers
        drawing = part.draw(width=WIDTH)
        kept = {mark.text for mark in drawing.marks}
        assert len(kept) <= len({mark.text for mark in whole.marks})
        assert _differs(part, chart), layer


def _differs(part: Chart, whole: Chart) -> bool:
    """Whether a part's data is another than the whole's."""
    return bool(part.data != whole.data)


@pytest.mark.parametrize("kind", KINDS)
def test_every_layer_can_be_left_out_at_once_and_what_a_chart_has_not_is_passed_over(kind: ChartKind) -> None:
    chart = full(kind)
    nothing = chart.select(Selection(left_out=frozenset(layer.code for layer in chart.layers)))
    assert nothing.draw(width=WIDTH).height > 0
    assert all(layer.label in nothing.sentence for layer in chart.layers)
    assert all(len(row.cells) == len(nothing.table.columns) for row in nothing.table.rows)
    same = chart.select(Selection(left_out=frozenset({"no such layer"})))
    assert same.told == ()
    assert same.data == chart.data
    assert chart.select(Selection()) is chart


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("child", AWKWARD)
@pytest.mark.parametrize(
    "period",
    [
        last_months(12, TODAY),
        YEAR,
        Period(from_=date(1990, 1, 1), to=date(1990, 1, 1)),
        Period(from_=date(1990, 1, 1), to=date(2090, 1, 1)),
    ],
    ids=["12 months", "two dates", "before all", "all"],
)
def test_any_period_of_any_child_is_drawn_and_said(kind: ChartKind, child: str, period: Period) -> None:
    whole = awkward(kind, child)
    part = whole.select(Selection(period=period))
    (told,) = part.told
    assert said(part, told)
    # What lies outside is recorded all the same.
    first, *_ = part.parts
    assert not first.endswith("is recorded")
    assert told.startswith("Days shown: ")
    drawing = part.draw(width=WIDTH)
    for mark in drawing.marks:
        assert 0 <= mark.x <= drawing.width
        assert 0 <= mark.y <= drawing.height
    for word in chart_words(drawing):
        assert 0 <= word.x <= drawing.width, word.text
    # What is no longer shown is counted: nothing leaves silently.
    lost = len(_sources(whole) - _sources(part))
    assert bool(lost) == ("not shown" in told)
    if period.to.year > 2050:
        assert "nothing lies outside these days" in told
        assert {mark.text for mark in drawing.marks} == {mark.text for mark in whole.draw(width=WIDTH).marks}


def _sources(chart: Chart) -> set[tuple[str, str]]:
    return {(row.assessment, row.entry) for row in chart.table.rows if row.assessment or row.entry}


@pytest.mark.parametrize("kind", KINDS)
def test_a_period_keeps_some_and_counts_the_rest(kind: ChartKind) -> None:
    whole, part = full(kind), full(kind).select(Selection(period=YEAR))
    assert _sources(part) < _sources(whole)
    assert " before" in part.told[0]
    assert " after" in part.told[0]
    assert part.draw(width=WIDTH).marks


@pytest.mark.parametrize("kind", KINDS)
def test_circumstances_are_shaded_and_named(kind: ChartKind) -> None:
    plain = replace(_full(), entries=tuple(each for each in _full().entries if each.kind != "circumstance"))
    shaded = full(kind)
    named = "Circumstances that changed the work: Strike, 2 September 2024 to 11 October 2024."
    assert said(shaded, named)
    for theme in THEMES.values():
        assert theme.shade in _fills(shaded, theme)
        assert theme.shade not in _fills(make_chart(kind, plain), theme)


def _fills(chart: Chart, theme: Theme) -> set[str]:
    """Return the fills of a chart's shapes, those of its key left out, which says what a fill means."""
    from matplotlib.colors import to_hex, to_rgba
    from matplotlib.patches import PathPatch

    figure = chart.draw(width=WIDTH, theme=theme).figure
    return {
        to_hex(patch.get_facecolor()).upper()
        for patch in figure.artists
        if isinstance(patch, PathPatch) and not to_rgba(patch.get_edgecolor())[3] and to_rgba(patch.get_facecolor())[3]
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_circumstance_of_the_office_that_ended_before_the_child_is_not_named(kind: ChartKind) -> None:
    before = replace(entry("o9", "circumstance", name="Long ago", **span("1999-01-01", "1999-02-01")), children=())
    assert make_chart(kind, replace(_full(), entries=(*_full().entries, before))).data == full(kind).data


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("theme", THEMES.values(), ids=str)
def test_each_theme_shows_the_same(kind: ChartKind, theme: Theme) -> None:
    assert words_on(full(kind), theme=theme) == words_on(full(kind))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("child", AWKWARD)
@pytest.mark.parametrize(("scale", "width"), [(1.0, WIDTH), (2.0, 480.0), (2.0, WIDTH)])
def test_words_keep_apart_and_inside(kind: ChartKind, child: str, scale: float, width: float) -> None:
    assert _meeting(awkward(kind, child).draw(width=width, text_scale=scale)) == []


def _meeting(drawing: ChartDrawing) -> list[tuple[str, str]]:
    """Return the words that lie on one another; none may lie outside."""
    boxes: list[tuple[float, float, float, float, str]] = []
    for word in chart_words(drawing):
        wide, size = _width(word), word.letters.size
        box = (
            (word.x - size * 0.75, word.y - wide, word.x, word.y, word.text)
            if word.turned
            else (word.x, word.y - size * 0.7, word.x + wide, word.y, word.text)
        )
        left, top, right, bottom, text = box
        assert left >= -0.5, text
        assert top >= -0.5, text
        assert right <= drawing.width + 0.5, text
        assert bottom <= drawing.height + 0.5, text
        boxes.append(box)
    boxes.sort()
    meeting = []
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            if other[0] >= one[2] - 0.5:
                break
            if one[1] < other[3] - 0.5 and other[1] < one[3] - 0.5:
                meeting.append((one[4], other[4]))
    return meeting


def _width(word: Any) -> float:
    from gcp2_app.reports.charts.lettering import width_of

    return width_of(word.text, word.letters)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("child", AWKWARD)
def test_the_table_and_the_words_tell_each_awkward_child(kind: ChartKind, child: str) -> None:
    chart = awkward(kind, child)
    table = chart.table
    assert table.title
    assert all(len(row.cells) == len(table.columns) for row in table.rows)
    assert all(part and not part.endswith(".") for part in chart.parts)
    assert chart.sentence.endswith(".")
    # Whatever the picture leads to, the table has.
    rows = {(row.assessment, row.entry) for row in table.rows}
    assert {(mark.assessment, mark.entry) for mark in chart.draw(width=WIDTH).marks} <= rows | {("", "")}


def test_layers_of_a_childs_own_are_its_carers_alone() -> None:
    own = {layer for kind in KINDS for layer in full(kind).layers if layer.own}
    assert own == {
        Layer(code="carers:0", label="Ana Marsh and Ben Marsh", own=True),
        Layer(code="carers:1", label="Carol Ito (grandmother)", own=True),
    }


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("theme", THEMES.values(), ids=str)
def test_a_team_side_by_side_is_narrowed_and_says_so(scale: float, theme: Theme) -> None:
    steps = tuple(
        TeamStep(assessment=f"s{year}", from_=date(year, 3, 2), to=date(year, 3, 27), ranks={"A": 2, "B": None})
        for year in range(2015, 2027)
    )
    children = tuple(
        TeamChild(id=f"c{number}", label=f"Practice-Ashdown, Corey {number}", worker="Jo Lane", steps=steps[number:])
        for number in range(14)
    )
    whole = Team(
        title="North",
        areas={"A": "Physical care", "B": "Care of safety"},
        grades=("All needs met", "Needs not met"),
        children=children,
        total=14,
        today=TODAY,
    )
    selection = Selection(left_out=frozenset({"area:Care of safety"}), period=last_months(24, TODAY))
    data, lying = select_team(whole, selection)
    told = selection_words(selection, team_layers(whole), lying)
    drawing = draw_team(data, width=WIDTH, text_scale=scale, theme=theme, notes=told)
    words = " ".join(word.text for word in chart_words(drawing))
    assert told[0] in words
    assert "outside these days and not shown" in words
    assert len(drawing.marks) == len(children)
    for each in (drawing, draw_team(whole, width=WIDTH, text_scale=scale, theme=theme)):
        assert _meeting(each) == []
