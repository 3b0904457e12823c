"""A grid of cells, as many charts need one: heads above, names at the left, words and a number in every cell.

Nothing is said by colour alone: each cell has its words, and a sign where something changed. Knows drawing, not what
the cells are about.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gcp2_app.reports.charts.drawing import ChartMark, Place
from gcp2_app.reports.charts.frame import Sign, upright_sign
from gcp2_app.reports.charts.lettering import Letters, shortened, width_of
from gcp2_app.reports.charts.palette import Theme, series_ink
from gcp2_app.reports.charts.sheet import UNIT_SHAPES, Align, Look, Sheet
from gcp2_app.reports.charts.trend_layout import MARGIN, Sizes

#: Half a target of 24 pixels on a screen of 96 dots an inch, in points.
REACH = 9.0
#: Signs of change, by the shape of their marker.
WORSE_SHAPE = "^"
BETTER_SHAPE = "v"
#: The names at the left take at most this share of the width.
_NAMES_SHARE = 0.34


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell.

    Attributes:
        text: its number or its few words.
        below: smaller words under it.
        fill: ``#RRGGBB`` behind it, or empty.
        quiet: of less weight.
        hollow: an outline instead of a fill: provisional.
        sign: marker shape in its corner, or empty.
        tip: everything it says; empty for a cell that cannot be reached.
        assessment, entry: what it leads to, or empty.
    """

    text: str
    below: str = ""
    fill: str = ""
    quiet: bool = False
    hollow: bool = False
    sign: str = ""
    tip: str = ""
    assessment: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridColumn:
    """One column.

    Attributes:
        key: what its cells are found by.
        head: its head, read upwards, line by line.
        unit: number of its caregiving unit, whose marker heads it; None for none.
        begins: a new group of columns begins here.
        carers: ids of its caregiving unit.
        shaded: it lies in a period that changed the work.
    """

    key: str
    head: tuple[str, ...]
    unit: int | None = None
    begins: bool = False
    carers: tuple[str, ...] = ()
    shaded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """One row.

    Attributes:
        key: what its cells are found by.
        name: what stands at its left.
        heading: a line above it, where a group of rows begins.
    """

    key: str
    name: str
    heading: str = ""


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A whole grid.

    Attributes:
        cells: by row and column; a missing one stays empty.
        tall: a cell is this many lines high.
    """

    columns: Sequence[GridColumn]
    rows: Sequence[GridRow]
    cells: Mapping[tuple[str, str], Cell] = field(default_factory=dict)
    tall: float = 1.0
    wide: float = 2.2


class GridPlan:
    """Where everything of a grid goes.

    Args:
        grid: what is drawn.
        width: of the sheet, in points; the grid may need more.
        sizes: of words.

    Attributes:
        width: that the grid needs, margins included.
        height: that it needs.
    """

    def __init__(self, grid: Grid, *, width: float, sizes: Sizes) -> None:
        self.grid = grid
        self._sizes = sizes
        small = Letters(size=sizes.small, ink="#000000")
        names = max((width_of(row.name, small) for row in grid.rows), default=0.0)
        self.left = MARGIN + min(names, width * _NAMES_SHARE) + 8
        self.row = sizes.small * (0.75 + 1.1 * grid.tall)
        self.heading = sizes.small * 2.0
        heads = max((len(column.head) for column in grid.columns), default=1)
        least = max(sizes.count * grid.wide, heads * sizes.small * 1.15 + 4)
        count = max(len(grid.columns), 1)
        self.column = max(least, min((width - MARGIN - self.left) / count, 2.4 * least))
        self.width = max(width, self.left + count * self.column + MARGIN)
        longest = max((width_of(line, small) for column in grid.columns for line in column.head), default=0.0)
        markers = any(column.unit is not None for column in grid.columns)
        self.head = longest + 6 + (sizes.marker + 4 if markers else 0)
        headings = sum(1 for row in grid.rows if row.heading)
        self.height = self.head + headings * self.heading + len(grid.rows) * self.row

    def signs(self, theme: Theme, begins: str) -> Iterator[tuple[Sign, str]]:
        """Yield the sign of the key for where a group of columns begins, if one does.

        Args:
            theme: the colours.
            begins: what it means.
        """
        if any(column.begins for column in self.grid.columns[1:]):
            yield upright_sign(self._sizes, _divide(theme)), begins

    def draw(self, sheet: Sheet, top: float, theme: Theme) -> list[ChartMark]:
        """Draw the grid from a height on, and return the cells that can be reached, row by row."""
        self._heads(sheet, top, theme)
        marks: list[ChartMark] = []
        y = top + self.head
        rule = Look(edge=theme.line, width=0.6)
        bold = Letters(size=self._sizes.small, ink=theme.text, bold=True)
        plain = Letters(size=self._sizes.small, ink=theme.text)
        right = self.left + len(self.grid.columns) * self.column
        for row in self.grid.rows:
            if row.heading:
                sheet.words(MARGIN, y + self.heading * 0.6, shortened(row.heading, bold, right - MARGIN), bold)
                y += self.heading
            sheet.line([(MARGIN, y), (right, y)], rule, layer=1)
            name = shortened(row.name, plain, self.left - MARGIN - 4)
            sheet.words(MARGIN, y + self.row / 2, name, plain)
            for place, column in enumerate(self.grid.columns):
                cell = self.grid.cells.get((row.key, column.key))
                if cell is not None:
                    x = self.left + place * self.column
                    self._cell(sheet, cell, x, y, theme)
                    if cell.tip:
                        marks.append(self._mark(cell, row, column, x, y))
            y += self.row
        sheet.line([(MARGIN, y), (right, y)], rule, layer=1)
        shaded = Look(fill=theme.shade)
        for place, column in enumerate(self.grid.columns):
            if column.shaded:
                sheet.box(self.left + place * self.column, top, self.column, y - top, shaded)
            if column.begins and place:
                x = self.left + place * self.column
                sheet.line([(x, top), (x, y)], _divide(theme), layer=4)
        return marks

    def _heads(self, sheet: Sheet, top: float, theme: Theme) -> None:
        small = Letters(size=self._sizes.small, ink=theme.text)
        line = small.size * 1.15
        for place, column in enumerate(self.grid.columns):
            middle = self.left + (place + 0.5) * self.column
            foot = top + self.head - 4
            if column.unit is not None:
                ink = series_ink(theme, column.unit)
                shape = UNIT_SHAPES[column.unit % len(UNIT_SHAPES)]
                look = Look(fill=ink, edge=ink, width=0.8, crisp=False)
                foot -= self._sizes.marker + 2
                sheet.mark(middle, foot + self._sizes.marker / 2 + 2, shape, self._sizes.marker * 0.8, look, layer=5)
            for number, words in enumerate(column.head):
                x = middle + (number - (len(column.head) - 1) / 2) * line
                sheet.words(x, foot, words, small, turned=True)

    def _cell(self, sheet: Sheet, cell: Cell, x: float, y: float, theme: Theme) -> None:
        if cell.fill or cell.hollow:
            fill = None if cell.hollow else cell.fill
            edge = theme.axis if cell.hollow else None
            inset = 1.2 if cell.hollow else 0.6
            look = Look(fill=fill, edge=edge, width=1.0)
            sheet.box(x + inset, y + inset, self.column - 2 * inset, self.row - 2 * inset, look, layer=2)
        letters = Letters(
            size=self._sizes.count, ink=theme.quiet if cell.quiet and not cell.fill else theme.text, bold=not cell.quiet
        )
        middle, centre = x + self.column / 2, y + self.row / 2
        if cell.below:
            small = Letters(size=self._sizes.count * 0.9, ink=theme.text)
            words = shortened(cell.below, small, self.column - 3)
            sheet.words(middle, centre + self._sizes.count * 0.65, words, small, align=Align.CENTRE)
            centre -= self._sizes.count * 0.65
        words = shortened(cell.text, letters, self.column - 2)
        shift = self.column * 0.12 if cell.sign else 0
        sheet.words(middle - shift, centre, words, letters, align=Align.CENTRE)
        if cell.sign:
            look = Look(fill=theme.text, edge=theme.text, width=0.6, crisp=False)
            size = self._sizes.marker * 0.6
            sheet.mark(x + self.column - size, y + self.row / 2, cell.sign, size, look, layer=5)

    def _mark(self, cell: Cell, row: GridRow, column: GridColumn, x: float, y: float) -> ChartMark:
        return ChartMark(
            area=row.key,
            x=x + self.column / 2,
            y=y + self.row / 2,
            reach=min(REACH, self.row / 2, self.column / 2),
            places=(Place(x=x, y=y, width=self.column, height=self.row),),
            text=cell.tip,
            assessment=cell.assessment,
            entry=cell.entry,
            carers=column.carers,
        )


def _divide(theme: Theme) -> Look:
    """Return the line before a group of columns."""
    return Look(edge=theme.axis, width=1.2)
