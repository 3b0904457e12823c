"""The board *Agreed · Said · Checked · Seen to last*: what was agreed, and what became of it.

A pure function from data to a drawing, with its words and its table twin.

Source: casework.md, row LP11; experience.md, Charts, 5.
"""

from collections.abc import Sequence
from datetime import date

from gcp2_app.domain.action_board import FOUND_WORDS, ActionBoard, ActionLine, Found, Lasting
from gcp2_app.domain.rules.reading import ASK_FIRST
from gcp2_app.domain.words import counted
from gcp2_app.reports.charts.circumstances import circumstance_signs, meeting
from gcp2_app.reports.charts.drawing import ChartDrawing, ChartMark, Place
from gcp2_app.reports.charts.frame import Frame, marker_sign, room_for_words
from gcp2_app.reports.charts.grid import REACH
from gcp2_app.reports.charts.lettering import Letters, wrapped
from gcp2_app.reports.charts.palette import LIGHT, Theme, series_ink
from gcp2_app.reports.charts.sheet import Look, Sheet
from gcp2_app.reports.charts.trend_layout import MARGIN, Sizes
from gcp2_app.reports.charts.twin import Twin, TwinRow
from gcp2_app.reports.words import short_date

_HEADS = ("Agreed", "Said", "Checked", "Seen to last")
_BY = {"seen": "seen", "document": "a document", "child": "the child said", "third_party": "someone else said"}
#: The first column, and the share of each of the other four.
_WHAT_SHARE = 0.34

#: A chart without anything in it needs room for its title alone, in points.
_LEAST_EMPTY = 300


def actions_least_width(data: ActionBoard, *, text_scale: float = 1.0) -> float:
    """Return the width in points below which the columns no longer hold their words; a screen scrolls from there."""
    return (460 if data.lines else _LEAST_EMPTY) * text_scale


def _on(day: date | None) -> str:
    return "" if day is None else short_date(day)


def steps_of(line: ActionLine) -> tuple[str, str, str, str]:
    """Return the four steps of an action in words."""
    agreed = _on(line.agreed_on) or "date not recorded"
    agreed += f", due {_on(line.due)}" if line.due else ""
    said = f"said done {_on(line.said_done_on)}" if line.said_done_on else "not said to be done"
    said += ", past its date" if line.overdue else ""
    checked = FOUND_WORDS[line.found] + (f" {_on(line.checked_on)}" if line.checked_on else "")
    checked += f" ({_BY.get(line.by, line.by)})" if line.by else ""
    lasting = {
        Lasting.NONE: "nothing found done yet",
        Lasting.NOT_LOOKED: "not looked at again",
        Lasting.LASTED: f"found done again {_on(line.lasting_on)}".rstrip(),
        Lasting.AGREED_AGAIN: f"agreed again {_on(line.lasting_on)}".rstrip(),
    }[line.lasting]
    return agreed, said, checked, lasting


def action_words(line: ActionLine) -> str:
    """Return one action in words."""
    who = f", {line.who}" if line.who else ""
    again = f" (agreed before {counted(line.again, 'time')})" if line.again else ""
    steps = "; ".join(f"{head.lower()}: {step}" for head, step in zip(_HEADS, steps_of(line), strict=True))
    return f"{line.what.rstrip('.')}{who}{again}. {steps[:1].upper()}{steps[1:]}."


def actions_notes() -> tuple[str, ...]:
    """Return how to read it."""
    return (f"What is not done is not explained here. {ASK_FIRST}",)


def actions_parts(data: ActionBoard) -> tuple[str, ...]:
    """Return the whole as sentences without full stops."""
    label = data.about.child_label
    if not data.lines:
        return (f"Agreed, said, checked, seen to last, {label}: no action is {data.about.there}",)
    said = sum(1 for line in data.lines if line.said_done_on is not None)
    lasted = sum(1 for line in data.lines if line.lasting is Lasting.LASTED)
    agreed = f"Agreed, said, checked, seen to last, {label}: {counted(len(data.lines), 'action')} agreed"
    found = [
        f"{data.count(each) or 'none'} {words}"
        for each, words in (
            (Found.DONE, "done"),
            (Found.PART, "done in part"),
            (Found.NOT_DONE, "not done"),
            (Found.COULD_NOT_CHECK, "could not be checked"),
            (Found.NOTHING_YET, "not checked yet"),
        )
    ]
    parts = [
        f"{agreed}, {said or 'none'} said to be done",
        f"Found at a check: {', '.join(found)}",
        f"Found done again later: {lasted or 'none'}",
    ]
    parts += [note.rstrip(".?") for note in actions_notes()]
    return tuple(parts)


def actions_table(data: ActionBoard) -> Twin:
    """Return one row for each action."""
    columns = ("Action", "Who", "Agreed before", *_HEADS)
    rows = tuple(
        TwinRow(cells=(line.what, line.who, str(line.again), *steps_of(line)), entry=line.entry) for line in data.lines
    )
    title = f"Agreed, said, checked, seen to last, {data.about.child_label}"
    return Twin(title=title, columns=columns, rows=rows)


def _sign(line: ActionLine, step: int) -> tuple[str, bool, bool]:
    """Return the shape of one step's sign, whether it is filled, and whether it stands out."""
    if step == 0:
        return "o", True, False
    if step == 1:
        return "o", line.said_done_on is not None, line.overdue
    if step == 2:
        wrong = line.found in {Found.NOT_DONE, Found.PART}
        return ("X" if line.found is Found.NOT_DONE else "o"), line.found in {Found.DONE, Found.NOT_DONE}, wrong
    return "o", line.lasting is Lasting.LASTED, line.lasting is Lasting.AGREED_AGAIN


def draw_actions(
    data: ActionBoard,
    *,
    width: float,
    height: float | None = None,
    theme: Theme = LIGHT,
    text_scale: float = 1.0,
    notes: Sequence[str] = (),
) -> ChartDrawing:
    """Draw the board.

    Args:
        data: what to draw.
        width: of the figure, in points.
        height: of the figure, in points, at least; None for what it needs.
        theme: the colours.
        text_scale: of all words, 1.0 to 2.0.
        notes: said below the chart before its own: which past it shows, what is left out.
    """
    sizes = Sizes(scale=text_scale)
    small = Letters(size=sizes.small, ink=theme.text)
    plain, other = series_ink(theme, 0), series_ink(theme, 1)
    agreed_on = [line.agreed_on for line in data.lines if line.agreed_on is not None]
    shaded = meeting(data.about.circumstances, [(day, day) for day in agreed_on])
    frame = Frame(
        f"Agreed, said, checked, seen to last: {data.about.child_label}",
        signs=[
            (marker_sign("o", sizes, fill=plain, edge=plain), "yes, on this day"),
            (marker_sign("o", sizes, fill=theme.paper, edge=plain), "not yet"),
            (marker_sign("o", sizes, fill=theme.paper, edge=other), "past its date, in part, or agreed again"),
            (marker_sign("X", sizes, fill=other, edge=other), "checked and found not done"),
            *circumstance_signs(shaded, sizes, theme, "agreed in a period that changed the work"),
        ],
        notes=[*notes, *actions_notes()],
        practice=data.about.practice,
        width=width,
        sizes=sizes,
        theme=theme,
    )
    room = room_for_words(width)
    first = room * _WHAT_SHARE
    step = (width - 2 * MARGIN - first) / len(_HEADS)
    sign = sizes.marker + 6
    texts = []
    for line in data.lines:
        who = f" ({line.who})" if line.who else ""
        again = "Agreed again: " if line.again else ""
        what = wrapped(f"{again}{line.what}{who}", small, first - 8 - (8 if line.again else 0))
        texts.append([what, *(wrapped(words, small, (step - sign) * 0.94) for words in steps_of(line))])
    text_line = sizes.small * 1.3
    heights = [max(map(len, cells)) * text_line + 7 for cells in texts]
    head = sizes.small * 2.2
    needed = frame.height + head + max(sum(heights), text_line) + frame.notes_height + 3 * MARGIN
    sheet = Sheet(width, max(needed, height or 0), theme.paper)
    bold = Letters(size=sizes.small, ink=theme.text, bold=True)
    lefts = [MARGIN, *(MARGIN + first + place * step for place in range(len(_HEADS)))]
    for x, words in zip(lefts, ("Action", *_HEADS), strict=True):
        sheet.words(x + (0 if x == MARGIN else sign), frame.height + head / 2, words, bold)
    y = frame.height + head
    marks: list[ChartMark] = []
    rule = Look(edge=theme.line, width=0.6)
    for line, cells, tall in zip(data.lines, texts, heights, strict=True):
        sheet.line([(MARGIN, y), (width - MARGIN, y)], rule, layer=1)
        agreed = line.agreed_on
        if agreed is not None and any(each.meets(agreed, agreed) for each in data.about.circumstances):
            sheet.box(MARGIN - 3, y + 1, first, tall - 2, Look(fill=theme.shade))
        for place, (x, lines) in enumerate(zip(lefts, cells, strict=True)):
            indent = (8 if line.again else 0) if place == 0 else sign
            for number, words in enumerate(lines):
                sheet.words(x + indent, y + 3.5 + (number + 0.5) * text_line, words, small)
            if place:
                shape, filled, stands_out = _sign(line, place - 1)
                ink = other if stands_out else plain
                look = Look(fill=ink if filled else theme.paper, edge=ink, width=1.3, crisp=False)
                sheet.mark(x + sizes.marker / 2, y + 3.5 + text_line / 2, shape, sizes.marker, look, layer=5)
        marks.append(
            ChartMark(
                area=line.entry,
                x=lefts[1] + sizes.marker / 2,
                y=y + 3.5 + text_line / 2,
                reach=min(REACH, tall / 2),
                places=(Place(x=MARGIN, y=y, width=width - 2 * MARGIN, height=tall),),
                text=action_words(line),
                entry=line.entry,
            )
        )
        y += tall
    if not data.lines:
        sheet.words(MARGIN, y + text_line / 2, f"No agreed action is {data.about.there}.", small)
        y += text_line
    frame.draw(sheet, y + MARGIN)
    return ChartDrawing(figure=sheet.figure(), width=sheet.width, height=sheet.height, marks=tuple(marks))
