"""The unit heat map: units by assessments, a number in every cell, and a mark where a unit changed.

A pure function from data to a drawing.

Source: experience.md, Charts, Unit heat map.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gcp2_app.domain.answers import UnitState
from gcp2_app.domain.comparison import Change
from gcp2_app.domain.unit_map import UnitCell, UnitColumn, UnitMap, UnitRow
from gcp2_app.reports.charts.circumstances import circumstance_signs, meeting
from gcp2_app.reports.charts.drawing import ChartDrawing
from gcp2_app.reports.charts.frame import Frame, Sign, box_sign, marker_sign, words_sign
from gcp2_app.reports.charts.grid import BETTER_SHAPE, WORSE_SHAPE, Cell, Grid, GridColumn, GridPlan, GridRow
from gcp2_app.reports.charts.grid_picture import draw_grid, grid_least_width
from gcp2_app.reports.charts.lettering import Letters
from gcp2_app.reports.charts.palette import LIGHT, Theme, grade_fill, series_ink
from gcp2_app.reports.charts.sheet import UNIT_SHAPES
from gcp2_app.reports.charts.trend_layout import Sizes
from gcp2_app.reports.charts.units_words import cell_words, unit_notes
from gcp2_app.reports.words import short_date

#: What stands in a cell without a grade.
_SHORT = {
    UnitState.NOT_APPLICABLE: "n/a",
    UnitState.NOT_OBSERVED: "n/o",
    UnitState.DECLINED: "dec",
    UnitState.NOT_STARTED: "–",
    UnitState.SCORED: "–",
}
_SHORT_WORDS = {
    "n/a": "does not apply",
    "n/o": "not observed",
    "dec": "declined",
    "–": "no grade yet",
}
_SHAPES = {
    Change.WORSE: WORSE_SHAPE,
    Change.BETTER: BETTER_SHAPE,
    Change.BETTER_STILL_HIGH: BETTER_SHAPE,
    Change.BETTER_NOT_VERIFIED: BETTER_SHAPE,
    Change.NEWLY_SCORED: "P",
    Change.NO_LONGER_SCORED: "X",
}


def units_least_width(data: UnitMap, *, text_scale: float = 1.0) -> float:
    """Return the width in points below which its cells would run into one another; a screen scrolls from there."""
    return grid_least_width(_heads(data), text_scale)


def draw_units(
    data: UnitMap,
    *,
    width: float,
    height: float | None = None,
    theme: Theme = LIGHT,
    text_scale: float = 1.0,
    notes: Sequence[str] = (),
) -> ChartDrawing:
    """Draw every unit of every assessment.

    Args:
        data: what to draw.
        width: of the figure, in points.
        height: of the figure, in points, at least; None for what it needs.
        theme: the colours.
        text_scale: of all words, 1.0 to 2.0.
        notes: said below the chart before its own: which past it shows, what is left out.
    """
    sizes = Sizes(scale=text_scale)
    plan = GridPlan(_grid(data, theme), width=width, sizes=sizes)
    days = [(column.window.from_, column.window.to) for column in data.columns if column.window is not None]
    frame = Frame(
        f"Unit by unit: {data.about.child_label}",
        signs=[
            *_signs(data, sizes, theme),
            *plan.signs(theme, "other carers from here"),
            *circumstance_signs(meeting(data.about.circumstances, days), sizes, theme),
        ],
        notes=[*notes, *unit_notes(data)],
        practice=data.about.practice,
        width=max(width, plan.width),
        sizes=sizes,
        theme=theme,
    )
    nothing = "" if data.columns else f"No assessment is {data.about.there}."
    return draw_grid(plan, frame, height=height, theme=theme, sizes=sizes, nothing=nothing)


def _signs(data: UnitMap, sizes: Sizes, theme: Theme) -> Iterator[tuple[Sign, str]]:
    for unit, label in sorted({column.unit: column.carer_label for column in data.columns}.items()):
        ink = series_ink(theme, unit)
        yield marker_sign(UNIT_SHAPES[unit % len(UNIT_SHAPES)], sizes, fill=ink, edge=ink), label
    cells = [cell for column in data.columns for cell in column.cells.values()]
    changes = {cell.change for cell in cells}
    for change, words in (
        (Change.WORSE, "worse than in the assessment before"),
        (Change.BETTER, "better"),
        (Change.NEWLY_SCORED, "newly scored"),
        (Change.NO_LONGER_SCORED, "no longer scored"),
    ):
        better = change is Change.BETTER and changes & {Change.BETTER_STILL_HIGH, Change.BETTER_NOT_VERIFIED}
        if change in changes or better:
            yield marker_sign(_SHAPES[change], sizes, fill=theme.text, edge=theme.text), words
    letters = Letters(size=sizes.small, ink=theme.text, bold=True)
    used = {_SHORT[cell.state] for cell in cells if cell.grade is None}
    for short, words in _SHORT_WORDS.items():
        if short in used:
            yield words_sign(short, letters), words
    if any(not cell.settled for cell in cells):
        yield box_sign(sizes, fill=None, edge=theme.axis), "outlined: practitioners differ, the worse is shown"


def _heads(data: UnitMap) -> Grid:
    """Return rows and columns without their cells: what decides how wide it is."""
    rows: list[GridRow] = []
    heading = ""
    for row in data.rows:
        name = f"{row.code} {row.label}" + (" (sub-area as a whole)" if row.whole else "")
        rows.append(GridRow(key=_key(row), name=name, heading=row.area if row.area != heading else ""))
        heading = row.area
    columns: list[GridColumn] = []
    before = ""
    for column in data.columns:
        begins = bool(columns) and columns[-1].unit != column.unit
        head = (*_head(column), *(["other pack"] if before not in {"", column.pack_words} else []))
        before = column.pack_words
        window = column.window
        columns.append(
            GridColumn(
                key=column.assessment,
                head=head,
                unit=column.unit,
                begins=begins,
                carers=column.carers,
                shaded=window is not None
                and any(each.meets(window.from_, window.to) for each in data.about.circumstances),
            )
        )
    return Grid(columns=columns, rows=rows, wide=3.2)


def _grid(data: UnitMap, theme: Theme) -> Grid:
    cells = {
        (_key(row), column.assessment): _cell(row, column, cell, theme)
        for column in data.columns
        for row in data.rows
        if (cell := column.cells.get(row.key)) is not None
    }
    return replace(_heads(data), cells=cells)


def _head(column: UnitColumn) -> Iterator[str]:
    yield "no dates" if column.window is None else short_date(column.window.from_)
    marks = [
        word
        for on, word in (
            (column.recorded_elsewhere, "elsewhere"),
            (column.corrected, "corrected"),
            (column.provisional, "provisional"),
        )
        if on
    ]
    if marks:
        yield marks[0]


def _key(row: UnitRow) -> str:
    return "|".join(row.key)


def _cell(row: UnitRow, column: UnitColumn, cell: UnitCell, theme: Theme) -> Cell:
    fill = grade_fill(theme, rank=cell.rank, of=cell.of) if cell.grade is not None else ""
    return Cell(
        text=_SHORT[cell.state] if cell.grade is None else str(cell.grade),
        fill=fill,
        quiet=not cell.high,
        hollow=not cell.settled,
        sign=_SHAPES.get(cell.change, "") if cell.change is not None else "",
        tip=cell_words(row, column, cell),
        assessment=column.assessment,
    )
