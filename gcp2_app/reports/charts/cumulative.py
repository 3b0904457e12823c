"""Cumulative neglect: per area the time each grade was seen, and the areas at 4 or 5 at the same time.

A pure function from data to a drawing. The words are in :mod:`gcp2_app.reports.charts.cumulative_words`.

Source: experience.md, Charts, Cumulative neglect.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gcp2_app.domain.cumulative import AreasAt, Cumulative, CumulativeLine, is_high
from gcp2_app.domain.trend import TrendPoint
from gcp2_app.domain.words import counted, listed
from gcp2_app.reports.charts.circumstances import circumstance_signs, meeting
from gcp2_app.reports.charts.cumulative_words import METHOD, cumulative_notes, gains_words, high_in, line_words
from gcp2_app.reports.charts.drawing import ChartDrawing, ChartMark, Place
from gcp2_app.reports.charts.frame import Frame, Sign, box_sign, marker_sign, room_for_words, words_sign
from gcp2_app.reports.charts.grid import REACH, Cell, Grid, GridColumn, GridPlan, GridRow
from gcp2_app.reports.charts.lettering import Letters, width_of, wrapped
from gcp2_app.reports.charts.palette import LIGHT, Theme, grade_fill, series_ink
from gcp2_app.reports.charts.sheet import UNIT_SHAPES, Align, Look, Sheet
from gcp2_app.reports.charts.trend_layout import MARGIN, Sizes
from gcp2_app.reports.charts.trend_words import grade_words
from gcp2_app.reports.words import long_range, short_date

#: Days between the marks of the axis, finest first.
_STEPS = (30, 90, 180, 365, 730, 1825)
_HIGH_ROW = "high"


def cumulative_least_width(data: Cumulative, *, text_scale: float = 1.0) -> float:
    """Return the width in points below which its cells would run into one another; a screen scrolls from there."""
    sizes = Sizes(scale=text_scale)
    return max(340 * text_scale, GridPlan(_heads(data), width=340 * text_scale, sizes=sizes).width)


def draw_cumulative(
    data: Cumulative,
    *,
    width: float,
    height: float | None = None,
    theme: Theme = LIGHT,
    text_scale: float = 1.0,
    notes: Sequence[str] = (),
) -> ChartDrawing:
    """Draw what neglect has built up to.

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
    width = max(width, plan.width)
    days = [(each.window.from_, each.window.to) for each in data.together]
    frame = Frame(
        f"Cumulative neglect: {data.about.child_label}",
        signs=[
            *_signs(data, sizes, theme),
            *plan.signs(theme, "other carers from here"),
            *circumstance_signs(meeting(data.about.circumstances, days), sizes, theme),
        ],
        notes=[*notes, *cumulative_notes(data), *([METHOD] if data.lines else []), *_made_with(data)],
        practice=data.about.practice,
        width=width,
        sizes=sizes,
        theme=theme,
    )
    return _Picture(data, frame, plan, width=width, height=height, sizes=sizes, theme=theme).draw()


def _made_with(data: Cumulative) -> Iterator[str]:
    if data.trend.packs:
        yield f"Made with {'; '.join(data.trend.packs)}."
    yield from data.trend.cautions


def _signs(data: Cumulative, sizes: Sizes, theme: Theme) -> Iterator[tuple[Sign, str]]:
    units = {line.unit: line.carer_label for line in data.lines}
    units |= {each.unit: each.carer_label for each in data.together}
    for unit, label in sorted(units.items()):
        ink = series_ink(theme, unit)
        yield marker_sign(UNIT_SHAPES[unit % len(UNIT_SHAPES)], sizes, fill=ink, edge=ink), label
    times = [time for line in data.lines for time in line.times]
    middle = grade_fill(theme, rank=3, of=5)
    if any(time.assessed for time in times):
        yield box_sign(sizes, fill=middle, edge=theme.axis), "days in assessments of a grade"
    if any(time.between for time in times):
        yield box_sign(sizes, fill=middle, edge=theme.axis, hatch=theme.text), "days between two of the same grade"
    if any(line.not_known for line in data.lines):
        yield box_sign(sizes, fill=theme.unknown, edge=theme.axis), "not known"
    if any(point.provisional or point.thin for each in data.together for point in each.points.values()):
        yield box_sign(sizes, fill=None, edge=theme.axis), "outlined: provisional, or too little seen"
    if any(point.recorded_elsewhere for each in data.together for point in each.points.values()):
        yield words_sign("*", Letters(size=sizes.small, ink=theme.text, bold=True)), "recorded elsewhere"


class _Picture:
    def __init__(
        self,
        data: Cumulative,
        frame: Frame,
        plan: GridPlan,
        *,
        width: float,
        height: float | None,
        sizes: Sizes,
        theme: Theme,
    ) -> None:
        self._data, self._frame, self._plan = data, frame, plan
        self._width, self._sizes, self._theme = width, sizes, theme
        self._small = Letters(size=sizes.small, ink=theme.text)
        self._quiet = Letters(size=sizes.small, ink=theme.quiet)
        self._bold = Letters(size=sizes.area, ink=theme.text, bold=True)
        room = room_for_words(width) - 14 * sizes.scale
        self._words = [wrapped(line_words(line).partition(": ")[2], self._small, room) for line in data.lines]
        self._gains = [wrapped(f"{each}.", self._small, room_for_words(width)) for each in gains_words(data)]
        self._line = sizes.small * 1.35
        self._bar = sizes.small * 1.9
        self._head = sizes.area * 2.0
        self._height = self._needed(height)
        self._sheet = Sheet(width, self._height, theme.paper)
        self._marks: list[ChartMark] = []

    def _needed(self, height: float | None) -> float:
        areas = len({id(line.area) for line in self._data.lines})
        bars = areas * self._head + sum(self._bar + len(words) * self._line + 6 for words in self._words)
        bars += 2.4 * self._sizes.small if self._data.lines else 0
        gains = self._head + sum(len(lines) * self._line for lines in self._gains)
        grid = self._head + self._plan.height + gains if self._data.together else 0
        # Where there is nothing to draw, a line says so.
        drawn = bars + grid if self._data.from_ is not None else self._head
        needed = self._frame.height + drawn + self._frame.notes_height + 3 * MARGIN
        return max(needed, height or 0)

    def draw(self) -> ChartDrawing:
        sheet = self._sheet
        y = self._frame.height
        if self._data.from_ is None:
            sheet.words(
                MARGIN, y + self._head / 2, f"No assessment with dates is {self._data.about.there}.", self._small
            )
            y += self._head
        if self._data.from_ is not None and self._data.lines:
            y = self._bars(y)
        if self._data.from_ is not None and self._data.together:
            y = self._heading(y, f"Areas at {high_in(self._data)} at the same time, assessment by assessment")
            self._marks += self._plan.draw(sheet, y, self._theme)
            y += self._plan.height + 4
            y = self._lost(y)
        self._frame.draw(sheet, y + MARGIN)
        return ChartDrawing(figure=sheet.figure(), width=self._width, height=self._height, marks=tuple(self._marks))

    def _heading(self, y: float, text: str) -> float:
        self._sheet.words(MARGIN, y + self._head * 0.55, text, self._bold)
        return y + self._head

    def _lost(self, y: float) -> float:
        y = self._heading(y, "Gains not held" if self._gains else f"Gains not held: none {self._data.about.there}")
        for lines in self._gains:
            for line in lines:
                self._sheet.words(MARGIN, y + self._line / 2, line, self._small)
                y += self._line
        return y

    # The bars.

    def _bars(self, y: float) -> float:
        data = self._data
        area = None
        for line, words in zip(data.lines, self._words, strict=True):
            if line.area is not area:
                area = line.area
                y = self._heading(y, area.label)
            self._one_bar(line, y)
            y += self._bar
            for each in words:
                self._sheet.words(self._bar_left, y + self._line / 2, each, self._small)
                y += self._line
            y += 6
        return self._axis(y)

    @property
    def _bar_left(self) -> float:
        return MARGIN + 14 * self._sizes.scale

    def _total(self) -> int:
        data = self._data
        return max((data.to - data.from_).days + 1, 1) if data.from_ else 1

    def _one_bar(self, line: CumulativeLine, y: float) -> None:
        sheet, theme = self._sheet, self._theme
        ink = series_ink(theme, line.unit)
        shape = UNIT_SHAPES[line.unit % len(UNIT_SHAPES)]
        look = Look(fill=ink, edge=ink, width=0.8, crisp=False)
        sheet.mark(MARGIN + 5 * self._sizes.scale, y + self._bar / 2, shape, self._sizes.marker, look, layer=6)
        per_day = (self._width - MARGIN - self._bar_left) / self._total()
        x = self._bar_left
        tall = self._bar - 3
        for time in line.times:
            fill = theme.paper
            label = "no grade"
            if time.grade is not None:
                fill = grade_fill(theme, rank=line.area.rank(time.grade), of=len(line.area.grades))
                label = str(time.grade)
            whole = (time.assessed + time.between) * per_day
            start = x
            numbered = False
            for days, hatched in ((time.assessed, False), (time.between, True)):
                wide = days * per_day
                if days:
                    sheet.box(x, y + 1, wide, tall, Look(fill=fill, edge=theme.axis, width=0.8), layer=3)
                    if hatched:
                        hatch = Look(edge=theme.axis, width=0.6, crisp=False)
                        sheet.hatch(x, y + 1, wide, tall, hatch, gap=4.0, layer=4)
                    numbered |= self._number(label, x, wide, y, fill)
                x += wide
            if whole:
                if not numbered:
                    self._number(label, start, whole, y, fill)
                self._segment(
                    line,
                    label,
                    f"{_days(time.assessed)} in assessments, {_days(time.between)} between",
                    y,
                    x=start,
                    wide=whole,
                    source=line.latest_at(time.grade),
                )
        wide = line.not_known * per_day
        if line.not_known:
            sheet.box(x, y + 1, wide, tall, Look(fill=theme.unknown, edge=theme.axis, width=0.8), layer=3)
            self._number("not known", x, wide, y, theme.unknown)
            self._segment(line, "not known", _days(line.not_known), y, x=x, wide=wide)

    def _number(self, text: str, x: float, wide: float, y: float, fill: str) -> bool:
        """Write a segment's grade where there is room, and say whether there was; its tip and the table say it too."""
        letters = Letters(size=self._sizes.small, ink=self._theme.text, bold=True)
        room = width_of(text, letters)
        if room + 2 > wide:
            return False
        middle, height = x + wide / 2, letters.size * 1.05
        top = y + (self._bar - 1) / 2 - height / 2
        self._sheet.box(middle - room / 2 - 1, top, room + 2, height, Look(fill=fill), layer=5)
        self._sheet.words(middle, y + (self._bar - 1) / 2, text, letters, align=Align.CENTRE)
        return True

    def _segment(
        self, line: CumulativeLine, label: str, days: str, y: float, *, x: float, wide: float, source: str = ""
    ) -> None:
        grade = f"grade {label}" if label.isdecimal() else label
        self._marks.append(
            ChartMark(
                area=f"{line.area.code}-{line.unit}",
                x=x + wide / 2,
                y=y + self._bar / 2,
                reach=min(REACH, max(wide / 2, 1.0)),
                places=(Place(x=x, y=y, width=wide, height=self._bar),),
                text=f"{line.area.label}, {line.carer_label}, {grade}: {days}. {line_words(line).partition(': ')[2]}.",
                assessment=source,
                carers=line.carers,
            )
        )

    def _axis(self, y: float) -> float:
        """Draw how long the bars are, in days."""
        total, sheet = self._total(), self._sheet
        room = self._width - MARGIN - self._bar_left
        words = width_of("1,825 days", self._quiet) + 8
        step = next((step for step in _STEPS if step / total * room >= words), _STEPS[-1])
        look = Look(edge=self._theme.axis, width=0.8)
        for days in range(0, total + 1, step):
            x = self._bar_left + days / total * room
            sheet.line([(x, y - 5), (x, y)], look, layer=0)
            text = f"{days:,} days"
            half = width_of(text, self._quiet) / 2
            middle = min(max(x, self._bar_left + half), self._width - MARGIN - half)
            if not days or x - half > self._bar_left + width_of("0 days", self._quiet) + 4:
                sheet.words(middle, y + self._sizes.small * 0.9, text, self._quiet, align=Align.CENTRE)
        return y + 2.4 * self._sizes.small


def _days(number: int) -> str:
    return counted(number, "day")


# Areas at the same time.


def _heads(data: Cumulative) -> Grid:
    """Return rows and columns without their cells: what decides how wide it is."""
    areas = data.trend.areas
    rows = [GridRow(key=str(place), name=f"{area.label}") for place, area in enumerate(areas)]
    rows.append(GridRow(key=_HIGH_ROW, name=f"Areas at {high_in(data)}"))
    columns: list[GridColumn] = []
    for each in data.together:
        begins = bool(columns) and columns[-1].unit != each.unit
        head = (short_date(each.window.from_),)
        shaded = any(one.meets(each.window.from_, each.window.to) for one in data.about.circumstances)
        columns.append(GridColumn(key=each.assessment, head=head, unit=each.unit, begins=begins, shaded=shaded))
    return Grid(columns=columns, rows=rows)


def _grid(data: Cumulative, theme: Theme) -> Grid:
    areas = data.trend.areas
    cells: dict[tuple[str, str], Cell] = {}
    for each in data.together:
        for place, point in each.points.items():
            cells[str(place), each.assessment] = _point_cell(data, each, place, point, theme)
        number = len(each.high)
        names = listed(areas[place].label for place in each.high)
        cells[_HIGH_ROW, each.assessment] = Cell(
            text=str(number),
            quiet=number < 2,
            fill=theme.alert if number > 1 else "",
            tip=f"{each.carer_label}, {long_range(each.window)}: {counted(number, 'area')} at {high_in(data)}"
            + (f": {names}." if names else "."),
            assessment=each.assessment,
        )
    return replace(_heads(data), cells=cells)


def _point_cell(data: Cumulative, each: AreasAt, place: int, point: TrendPoint, theme: Theme) -> Cell:
    area = data.trend.areas[place]
    shown = point.shown_grade
    fill = "" if shown is None else grade_fill(theme, rank=area.rank(shown), of=len(area.grades))
    marks = [
        word
        for on, word in (
            (point.provisional, "provisional"),
            (point.recorded_elsewhere, "recorded elsewhere"),
        )
        if on
    ]
    words = ", ".join([grade_words(area, point), *marks])
    return Cell(
        text="–" if shown is None else str(shown) + ("*" if point.recorded_elsewhere else ""),
        fill=fill,
        quiet=not is_high(area, point),
        hollow=point.provisional or point.thin,
        tip=f"{area.label}, {each.carer_label}, {long_range(each.window)}: {words}.",
        assessment=each.assessment,
    )
