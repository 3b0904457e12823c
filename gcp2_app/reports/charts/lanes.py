"""Chronology lanes by agency: every entry in the lane of the agency whose voice it is, on one time axis.

A pure function from data to a drawing, with its words and its table twin.

Source: experience.md, Charts, 5.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gcp2_app.domain.lanes import Lane, Lanes
from gcp2_app.domain.lanes import Look as ThingLook
from gcp2_app.domain.words import capital, counted, listed, long_date
from gcp2_app.reports.charts.circumstances import circumstance_signs, meeting, shade
from gcp2_app.reports.charts.drawing import ChartDrawing
from gcp2_app.reports.charts.frame import Frame, Sign, box_sign, marker_sign
from gcp2_app.reports.charts.lane_stack import MOMENT_SHAPES, LaneStack
from gcp2_app.reports.charts.lettering import Letters, width_of
from gcp2_app.reports.charts.palette import LIGHT, Theme, series_ink
from gcp2_app.reports.charts.sheet import Align, Look, Sheet
from gcp2_app.reports.charts.time_axis import TimeAxis
from gcp2_app.reports.charts.trend_layout import MARGIN, Sizes
from gcp2_app.reports.charts.twin import Twin, TwinRow

_NAMES = 96.0

#: A chart without anything in it needs room for its title alone, in points.
_LEAST_EMPTY = 300


def lanes_least_width(data: Lanes, *, text_scale: float = 1.0) -> float:
    """Return the width in points below which names and days no longer keep apart; a screen scrolls from there."""
    return (420 if data.lanes else _LEAST_EMPTY) * text_scale


def draw_lanes(
    data: Lanes,
    *,
    width: float,
    height: float | None = None,
    theme: Theme = LIGHT,
    text_scale: float = 1.0,
    notes: Sequence[str] = (),
) -> ChartDrawing:
    """Draw the chronology by agency.

    Args:
        data: what to draw.
        width: of the figure, in points.
        height: of the figure, in points, at least; None for what it needs.
        theme: the colours.
        text_scale: of all words, 1.0 to 2.0.
        notes: said below the chart before its own: which past it shows, what is left out.
    """
    sizes = Sizes(scale=text_scale)
    left = MARGIN + _NAMES * text_scale
    axis = TimeAxis(from_=data.from_, to=data.to, left=left, right=width - MARGIN)
    stack = LaneStack(data.lanes, axis=axis, left=left, sizes=sizes)
    shaded = meeting(data.about.circumstances, [(data.from_, data.to)])
    frame = Frame(
        f"Chronology by agency: {data.about.child_label}",
        signs=[*lane_signs(data, sizes, theme), *circumstance_signs(shaded, sizes, theme)],
        notes=[*notes, *lane_notes(data)],
        practice=data.about.practice,
        width=width,
        sizes=sizes,
        theme=theme,
    )
    head = sizes.small * 1.8
    needed = frame.height + head + stack.height + frame.notes_height + 3 * MARGIN
    sheet = Sheet(width, max(needed, height or 0), theme.paper)
    bottom = frame.height + head + stack.height
    shade(sheet, data.about.circumstances, axis, (frame.height + head, bottom), theme)
    quiet = Letters(size=sizes.small, ink=theme.quiet)
    for day, words in axis.ticks(width_of("Mar 2027", quiet) + 10):
        x = axis.start_of(day)
        sheet.line([(x, frame.height + head), (x, bottom)], Look(edge=theme.line, width=0.6), layer=0)
        if x + width_of(words, quiet) / 2 < width:
            sheet.words(x, frame.height + head / 2, words, quiet, align=Align.CENTRE)
    marks = stack.draw(sheet, frame.height + head, theme)
    if not data.lanes:
        sheet.words(
            MARGIN, bottom + MARGIN / 2, f"Nothing is {data.about.there}.", Letters(size=sizes.small, ink=theme.text)
        )
    frame.draw(sheet, bottom + MARGIN)
    return ChartDrawing(figure=sheet.figure(), width=sheet.width, height=sheet.height, marks=tuple(marks))


def lane_signs(data: Lanes, sizes: Sizes, theme: Theme) -> Iterator[tuple[Sign, str]]:
    """Yield the signs of a key for what the lanes hold."""
    things = [thing for lane in data.lanes for thing in lane.things]
    plain, high = series_ink(theme, 0), series_ink(theme, 1)
    if any(not thing.lasted for thing in things):
        yield marker_sign("o", sizes, fill=plain, edge=plain), "happened"
    if any(not thing.lasted and (thing.look is ThingLook.OPEN or not thing.certain) for thing in things):
        yield marker_sign("o", sizes, fill=theme.paper, edge=plain), "open, planned, or day not certain (dots)"
    if any(thing.look is ThingLook.HIGH for thing in things):
        yield (
            marker_sign(MOMENT_SHAPES[ThingLook.HIGH], sizes, fill=high, edge=high),
            "of high significance, not brought, or below 90% at school",
        )
    if any(thing.lasted for thing in things):
        yield box_sign(sizes, fill=theme.known, edge=plain), "lasted (arrow: no end recorded)"


def lane_notes(data: Lanes) -> tuple[str, ...]:
    """Return what could not be drawn."""
    notes: list[str] = []
    for number, why in ((data.undated, "without a known date"), (data.later, f"after {long_date(data.to)}")):
        if number:
            is_are = "is" if number == 1 else "are"
            notes.append(f"{capital(counted(number, 'entry', 'entries'))} {why} {is_are} in the table and not drawn.")
    return tuple(notes)


def lane_words(lane: Lane) -> str:
    """Return one lane in words: how much it holds, and the latest."""
    words = f"{lane.label}: {lane.about or counted(len(lane.things), 'entry', 'entries')}"
    dated = [thing for thing in lane.things if thing.from_ is not None]
    if dated:
        words += f"; latest: {dated[-1].when}, {dated[-1].label}"
    return words


def lanes_parts(data: Lanes) -> tuple[str, ...]:
    """Return the whole as sentences without full stops."""
    label = data.about.child_label
    if not data.lanes:
        return (f"Chronology by agency, {label}: nothing is {data.about.there}",)
    number = sum(len(lane.things) for lane in data.lanes)
    names = listed(lane.label for lane in data.lanes)
    parts = [f"Chronology by agency, {label}: {counted(number, 'entry', 'entries')} from {names}"]
    parts += [lane_words(lane) for lane in data.lanes]
    parts += [note.rstrip(".") for note in lane_notes(data)]
    return tuple(parts)


def lane_rows(data: Lanes) -> Iterator[TwinRow]:
    """Yield one row for each thing, lane by lane."""
    for lane in data.lanes:
        for thing in lane.things:
            certain = "" if thing.certain else "not certain"
            state = "no end recorded" if thing.ongoing else ""
            text = thing.text.partition(". ")[2] or thing.text
            cells = (lane.label, thing.when, thing.label, text, ", ".join(filter(None, (certain, state))))
            yield TwinRow(cells=cells, entry=thing.entry)


#: Heads of the table of lanes.
LANE_COLUMNS = ("Lane", "When", "What", "In full", "Marks")


def lanes_table(data: Lanes) -> Twin:
    """Return one row for each entry, agency by agency."""
    columns = ("Agency", *LANE_COLUMNS[1:])
    return Twin(title=f"Chronology by agency, {data.about.child_label}", columns=columns, rows=tuple(lane_rows(data)))


def chronology_table(data: Lanes) -> Twin:
    """Return the same rows in the order of time, those of an unknown date last."""
    things = [(lane, thing) for lane in data.lanes for thing in lane.things]
    things.sort(key=lambda pair: (pair[1].from_ is None, pair[1].from_ or data.to))
    lanes = [replace(lane, things=(thing,)) for lane, thing in things]
    rows = [
        replace(row, cells=(row.cells[1], row.cells[0], *row.cells[2:]))
        for row in lane_rows(replace(data, lanes=tuple(lanes)))
    ]
    columns = ("When", "Agency", *LANE_COLUMNS[2:])
    return Twin(title=f"Chronology, {data.about.child_label}", columns=columns, rows=tuple(rows))
