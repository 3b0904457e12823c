"""Team small multiples: one small picture a child, all on the same axes, in the order of the list beside.

Each child has one row an area with a step for every signed-off assessment: its number, its colour by grade, its window
on a time axis that all share. A pure function from data to a drawing, with its words and its table twin. Nothing ranks
a child, and nothing is averaged.

Source: experience.md, Charts, 5 (team small multiples).
"""

from collections.abc import Sequence

from gcp2_app.domain.assessment import Window
from gcp2_app.domain.team import Team, TeamChild
from gcp2_app.domain.words import counted, long_date
from gcp2_app.reports.charts.drawing import ChartDrawing, ChartMark, Place
from gcp2_app.reports.charts.frame import Frame, box_sign
from gcp2_app.reports.charts.lettering import Letters, shortened, width_of
from gcp2_app.reports.charts.palette import LIGHT, Theme, grade_fill
from gcp2_app.reports.charts.sheet import Align, Look, Sheet
from gcp2_app.reports.charts.time_axis import TimeAxis, set_apart
from gcp2_app.reports.charts.trend_layout import MARGIN, Sizes
from gcp2_app.reports.charts.twin import Twin, TwinRow
from gcp2_app.reports.words import long_range

#: The narrowest a child's picture gets, in sizes of its words.
_LEAST_PANEL = 24.0
_GAP = 14.0


class _Panels:
    """Where every child's picture goes."""

    def __init__(self, team: Team, width: float, sizes: Sizes) -> None:
        self.row = sizes.small * 1.7
        self.head = sizes.small * 2.9
        self.foot = sizes.small * 1.6
        least = sizes.small * _LEAST_PANEL
        self.across = max(1, int((width - 2 * MARGIN + _GAP) / (least + _GAP)))
        self.width = max(least, (width - 2 * MARGIN + _GAP) / self.across - _GAP)
        self.height = self.head + self.row * len(team.areas) + self.foot
        self.down = -(-len(team.children) // self.across)
        self.whole = self.down * (self.height + _GAP)

    def corner(self, number: int, top: float) -> tuple[float, float]:
        """Return the top left corner of a child's picture."""
        down, across = divmod(number, self.across)
        return MARGIN + across * (self.width + _GAP), top + down * (self.height + _GAP)


def team_least_width(data: Team, *, text_scale: float = 1.0) -> float:  # noqa: ARG001 - one shape for all charts
    """Return the width in points of one child's picture; a screen scrolls from there."""
    return 2 * MARGIN + Sizes(scale=text_scale).small * _LEAST_PANEL


def draw_team(
    data: Team,
    *,
    width: float,
    height: float | None = None,
    theme: Theme = LIGHT,
    text_scale: float = 1.0,
    notes: Sequence[str] = (),
) -> ChartDrawing:
    """Draw the children of a team side by side.

    Args:
        data: what to draw.
        width: of the figure, in points; it becomes wider where one picture must be.
        height: of the figure, in points, at least; None for what it needs.
        theme: the colours.
        text_scale: of all words, 1.0 to 2.0.
        notes: said below the chart before its own: which past it shows, what is left out.
    """
    sizes = Sizes(scale=text_scale)
    width = max(width, team_least_width(data, text_scale=text_scale))
    panels = _Panels(data, width, sizes)
    signs = [
        (box_sign(sizes, fill=grade_fill(theme, rank=rank, of=len(data.grades)), edge=theme.axis), f"{rank} {label}")
        for rank, label in enumerate(data.grades, start=1)
    ]
    frame = Frame(
        team_title(data),
        signs=signs,
        notes=[*notes, *team_notes(data)],
        practice=data.practice,
        width=width,
        sizes=sizes,
        theme=theme,
    )
    body = panels.whole if data.children else sizes.small * 3
    needed = frame.height + body + frame.notes_height + 3 * MARGIN
    sheet = Sheet(width, max(needed, height or 0), theme.paper)
    painter = _Painter(sheet, data, panels, theme, sizes)
    marks = [painter.child(child, *panels.corner(number, frame.height)) for number, child in enumerate(data.children)]
    if not data.children:
        words = Letters(size=sizes.small, ink=theme.text)
        sheet.words(MARGIN, frame.height + sizes.small * 1.5, "No child matches.", words)
    frame.draw(sheet, frame.height + body + MARGIN)
    return ChartDrawing(figure=sheet.figure(), width=sheet.width, height=sheet.height, marks=tuple(marks))


class _Painter:
    """Draws the picture of one child after another."""

    def __init__(self, sheet: Sheet, data: Team, panels: _Panels, theme: Theme, sizes: Sizes) -> None:
        self._sheet, self._data, self._panels, self._theme, self._sizes = sheet, data, panels, theme, sizes
        self._bold = Letters(size=sizes.small, ink=theme.text, bold=True)
        self._quiet = Letters(size=sizes.small, ink=theme.quiet)
        self._count = Letters(size=sizes.count, ink=theme.text, bold=True)

    def child(self, child: TeamChild, x: float, y: float) -> ChartMark:
        """Draw a child's picture with its top left corner at a position; return what a click there leads to."""
        sheet, data, panels, small = self._sheet, self._data, self._panels, self._sizes.small
        worker = child.worker or "nobody allocated"
        sheet.words(x, y + small * 0.7, shortened(child.label, self._bold, panels.width), self._bold)
        sheet.words(x, y + small * 2.0, shortened(worker, self._quiet, panels.width), self._quiet)
        left, right = x + small * 1.4, x + panels.width
        axis = TimeAxis(from_=data.first_day, to=max(data.today, data.first_day), left=left, right=right)
        top = y + panels.head
        drawn = [step for step in child.steps if not data.areas.keys().isdisjoint(step.ranks)]
        wide = width_of("5", self._count) + 7
        places = set_apart([axis.start_of(step.from_) for step in drawn], wide + 1, left, right - wide)
        for place, code in enumerate(data.areas):
            middle = top + panels.row * (place + 0.5)
            sheet.words(x, middle, code, self._bold)
            ground = Look(fill=self._theme.unknown)
            sheet.box(left, middle - panels.row * 0.4, right - left, panels.row * 0.8, ground)
            for step, at in zip(drawn, places, strict=True):
                self._step(step.ranks.get(code), at, wide, middle)
        foot = top + panels.row * len(data.areas)
        sheet.line([(left, foot), (right, foot)], Look(edge=self._theme.line, width=0.6), layer=1)
        first, last = str(axis.from_.year), str(axis.to.year)
        sheet.words(left, foot + panels.foot * 0.5, first, self._quiet)
        if last != first:
            sheet.words(right, foot + panels.foot * 0.5, last, self._quiet, align=Align.RIGHT)
        others = len(child.steps) - len(drawn)
        said = (
            "no signed-off assessment"
            if not child.steps
            else f"{others} with other areas, in the table"
            if others
            else ""
        )
        if said:
            middle = foot + panels.foot * 0.5 if drawn else top + panels.row * 0.5
            words = shortened(said, self._quiet, panels.width * 0.6)
            sheet.words((left + right) / 2, middle, words, self._quiet, align=Align.CENTRE)
        return ChartMark(
            area=child.id,
            x=x + panels.width / 2,
            y=y + panels.height / 2,
            reach=9.0,
            places=(Place(x=x, y=y, width=panels.width, height=panels.height),),
            text=child_words(data, child),
            assessment=child.steps[-1].assessment if child.steps else "",
        )

    def _step(self, rank: int | None, x: float, wide: float, middle: float) -> None:
        words, row = "–" if rank is None else str(rank), self._panels.row
        fill = self._theme.paper if rank is None else grade_fill(self._theme, rank=rank, of=len(self._data.grades))
        look = Look(fill=fill, edge=self._theme.axis, width=0.7)
        self._sheet.box(x, middle - row * 0.4, wide, row * 0.8, look, layer=2)
        self._sheet.words(x + wide / 2, middle, words, self._count, align=Align.CENTRE)


def team_title(data: Team) -> str:
    """Return what the chart is called."""
    return f"Children side by side: {data.title}"


def child_words(data: Team, child: TeamChild) -> str:
    """Return one child's picture in words."""
    if not child.steps:
        return f"{child.label}: no signed-off assessment."
    last = child.steps[-1]
    window = long_range(Window(from_=last.from_, to=last.to))
    codes = tuple(code for code in data.areas if code in last.ranks) or tuple(last.ranks)
    grades = ", ".join(f"{code} {_grade(last.ranks.get(code))}" for code in codes)
    number = counted(len(child.steps), "signed-off assessment")
    return f"{child.label}: {number}, the latest {window}: {grades}."


def _grade(rank: int | None) -> str:
    return "no grade" if rank is None else str(rank)


def team_notes(data: Team) -> tuple[str, ...]:
    """Return how to read it."""
    others = data.total - len(data.children)
    days = f"{long_date(data.first_day)} to {long_date(data.today)}"
    how = (
        f"Every picture has the same time axis, {days}. A box is one signed-off assessment, its number the grade of "
        "the area; – is no grade that shows. Boxes that would lie on one another are set apart. The order is the "
        "list’s: nothing ranks families."
    )
    more = f"{counted(others, 'other child is', 'other children are')} on other pages of the list."
    return (how, more) if others else (how,)


def team_parts(data: Team) -> tuple[str, ...]:
    """Return the whole as sentences without full stops."""
    shown = counted(len(data.children), "child", "children")
    parts = [f"{team_title(data)}, {shown} of {data.total}"]
    parts += [child_words(data, child).rstrip(".") for child in data.children]
    return (*parts, *(note.rstrip(".") for note in team_notes(data)))


def team_table(data: Team) -> Twin:
    """Return one row for each signed-off assessment of each child; a child without one has a row too."""
    rows: list[TwinRow] = []
    for child in data.children:
        for step in child.steps:
            window = long_range(Window(from_=step.from_, to=step.to))
            grades = [_grade(step.ranks[code]) if code in step.ranks else "" for code in data.areas]
            other = ", ".join(f"{code} {_grade(rank)}" for code, rank in step.ranks.items() if code not in data.areas)
            rows.append(TwinRow(cells=(child.label, child.worker, window, *grades, other), assessment=step.assessment))
        if not child.steps:
            rows.append(TwinRow(cells=(child.label, child.worker, "None signed off", *("" for _ in data.areas), "")))
    columns = (
        "Child",
        "Allocated",
        "Assessment",
        *(f"{code} {label}" for code, label in data.areas.items()),
        "Other areas",
    )
    return Twin(title=team_title(data), columns=columns, rows=tuple(rows))
