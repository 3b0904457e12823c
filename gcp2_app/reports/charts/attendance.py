"""School attendance: a bar for each span, by half term, with the register's codes in numbers.

A pure function from data to a drawing, with its words and its table twin.

Source: experience.md, Charts, 5; casework.md, row LP12.
"""

from collections.abc import Iterator, Sequence

from gcp2_app.domain.assessment import Window
from gcp2_app.domain.attendance_bars import AttendanceBar, AttendanceBars
from gcp2_app.domain.words import capital, counted, listed
from gcp2_app.reports.charts.circumstances import circumstance_signs, meeting
from gcp2_app.reports.charts.drawing import ChartDrawing, ChartMark, Place
from gcp2_app.reports.charts.frame import Frame, Sign, box_sign
from gcp2_app.reports.charts.grid import REACH
from gcp2_app.reports.charts.lettering import Letters, width_of
from gcp2_app.reports.charts.palette import LIGHT, Theme, series_ink
from gcp2_app.reports.charts.sheet import Align, Look, Sheet
from gcp2_app.reports.charts.trend_layout import MARGIN, Sizes
from gcp2_app.reports.charts.twin import Twin, TwinRow
from gcp2_app.reports.words import long_range, short_range

_SITUATIONS = {
    "on_roll": "on a school’s roll",
    "off_roll": "off roll",
    "home_educated": "educated at home",
    "part_time": "part-time timetable",
}
#: The least room the bars take, in points.
_LEAST_BARS = 130.0
#: What stands between a bar and its numbers, and between the numbers and the codes.
_APART = 6.0

#: A chart without anything in it needs room for its title alone, in points.
_LEAST_EMPTY = 300


def attendance_least_width(data: AttendanceBars, *, text_scale: float = 1.0) -> float:
    """Return the width in points below which bars have no room beside their words; a screen scrolls from there."""
    names, numbers = _sides(data, Sizes(scale=text_scale))
    needed = 2 * MARGIN + names + _LEAST_BARS * text_scale + numbers
    return max(needed, _LEAST_EMPTY * text_scale) if data.bars else _LEAST_EMPTY * text_scale


def _name(bar: AttendanceBar) -> str:
    return f"{capital(bar.half_term)}, {short_range(Window(from_=bar.from_, to=bar.to))}"


def _numbers(bar: AttendanceBar) -> str:
    return f"{bar.attended} of {bar.possible}" + (f", {share_of(bar)}" if bar.possible else "")


def _sides(data: AttendanceBars, sizes: Sizes) -> tuple[float, float]:
    """Return the room that the names at the left need, and the numbers with their codes at the right."""
    small = Letters(size=sizes.small, ink="#000000")
    bold = Letters(size=sizes.small, ink="#000000", bold=True)
    names = max((width_of(_name(bar), small) for bar in data.bars), default=0.0)
    numbers = max(
        (width_of(_numbers(bar), bold) + width_of(codes_of(bar), small) for bar in data.bars),
        default=0.0,
    )
    # A screen rounds letters to its pixels, and they run a little longer.
    return names * 1.04 + 8, numbers * 1.04 + 2 * _APART


def share_of(bar: AttendanceBar) -> str:
    """Return attendance as a whole per cent, rounded down, or an empty text where no session was possible."""
    return f"{bar.attended * 100 // bar.possible}%" if bar.possible else ""


def codes_of(bar: AttendanceBar) -> str:
    """Return the register codes: "I 5, U 2, no code 1"."""
    parts = [f"{code} {number}" for code, number in bar.codes.items() if number]
    return ", ".join([*parts, *([f"no code {bar.uncoded}"] if bar.uncoded else [])])


def bar_words(bar: AttendanceBar) -> str:
    """Return one span in words."""
    days = long_range(Window(from_=bar.from_, to=bar.to))
    share = share_of(bar)
    words = f"{capital(bar.half_term)}, {bar.school_year}, {days}: {bar.attended} of "
    words += counted(bar.possible, "possible session") + (f", {share}" if share else "")
    codes = codes_of(bar)
    words += f". Missed, by code: {codes}" if codes else ""
    if bar.unauthorised is not None:
        words += f". Unauthorised: {bar.unauthorised or 'none'}"
    if bar.situation and bar.situation != "on_roll":
        words += f". {capital(_SITUATIONS.get(bar.situation, bar.situation))}"
    if bar.overlaps:
        words += ". Another entry covers some of these days"
    return f"{words}."


def attendance_notes(data: AttendanceBars) -> tuple[str, ...]:
    """Return how to read it, and what could not be drawn."""
    undated = len(data.undated)
    method = (
        "Each bar is one entry as the school recorded it, in sessions (half days), under the half term most of it lies "
        "in. Codes are those of the school’s register. Per cent are rounded down."
    )
    missing = (
        f"{capital(counted(undated, 'entry', 'entries'))} without its days {'is' if undated == 1 else 'are'} not drawn."
    )
    return tuple(filter(None, (method, missing if undated else "")))


def attendance_parts(data: AttendanceBars) -> tuple[str, ...]:
    """Return the whole as sentences without full stops."""
    label = data.about.child_label
    if not data.bars:
        return (f"School attendance, {label}: none is {data.about.there}", *_undated(data))
    low = [bar for bar in data.bars if bar.possible and bar.attended * 100 < 90 * bar.possible]
    spans = f"School attendance, {label}: {counted(len(data.bars), 'span')} recorded"
    parts = [
        f"{spans}, {len(low) or 'none'} below 90 per cent",
        f"Latest: {bar_words(data.bars[-1]).rstrip('.')}",
    ]
    if low:
        worst = min(low, key=lambda bar: bar.attended / bar.possible)
        parts.append(f"Lowest: {bar_words(worst).rstrip('.')}")
    if data.codes:
        parts.append(f"Register codes used: {listed(data.codes)}")
    parts += _undated(data)
    return tuple(parts)


def _undated(data: AttendanceBars) -> list[str]:
    return [note.rstrip(".") for note in attendance_notes(data)]


def attendance_table(data: AttendanceBars) -> Twin:
    """Return one row for each span."""
    columns = (
        "School year",
        "Half term",
        "Days",
        "Attended",
        "Possible",
        "Per cent",
        "Unauthorised",
        "Missed, by code",
        "Situation",
        "From",
        "Marks",
    )
    rows = tuple(
        TwinRow(
            cells=(
                bar.school_year,
                bar.half_term,
                long_range(Window(from_=bar.from_, to=bar.to)),
                str(bar.attended),
                str(bar.possible),
                share_of(bar),
                "not recorded" if bar.unauthorised is None else str(bar.unauthorised),
                codes_of(bar),
                _SITUATIONS.get(bar.situation, bar.situation),
                bar.source,
                "overlaps another entry" if bar.overlaps else "",
            ),
            entry=bar.entry,
        )
        for bar in data.bars
    )
    undated = tuple(
        TwinRow(cells=("", "", "days not recorded", *[""] * (len(columns) - 3)), entry=entry) for entry in data.undated
    )
    return Twin(title=f"School attendance, {data.about.child_label}", columns=columns, rows=rows + undated)


def _signs(data: AttendanceBars, sizes: Sizes, theme: Theme) -> Iterator[tuple[Sign, str]]:
    if data.bars:
        yield box_sign(sizes, fill=series_ink(theme, 0), edge=series_ink(theme, 0)), "sessions attended"
        yield box_sign(sizes, fill=theme.alert, edge=theme.axis, hatch=theme.text), "unauthorised absence"
        yield box_sign(sizes, fill=theme.paper, edge=theme.axis), "other absence"


def draw_attendance(
    data: AttendanceBars,
    *,
    width: float,
    height: float | None = None,
    theme: Theme = LIGHT,
    text_scale: float = 1.0,
    notes: Sequence[str] = (),
) -> ChartDrawing:
    """Draw school attendance.

    Args:
        data: what to draw.
        width: of the figure, in points.
        height: of the figure, in points, at least; None for what it needs.
        theme: the colours.
        text_scale: of all words, 1.0 to 2.0.
        notes: said below the chart before its own: which past it shows, what is left out.
    """
    sizes = Sizes(scale=text_scale)
    shaded = meeting(data.about.circumstances, [(bar.from_, bar.to) for bar in data.bars])
    frame = Frame(
        f"School attendance: {data.about.child_label}",
        signs=[*_signs(data, sizes, theme), *circumstance_signs(shaded, sizes, theme)],
        notes=[*notes, *attendance_notes(data)],
        practice=data.about.practice,
        width=width,
        sizes=sizes,
        theme=theme,
    )
    small = Letters(size=sizes.small, ink=theme.text)
    bold = Letters(size=sizes.small, ink=theme.text, bold=True)
    row, head = sizes.small * 2.0, sizes.small * 2.2
    years = len({bar.school_year for bar in data.bars})
    body = max(len(data.bars) * row + years * head, row)
    needed = frame.height + body + row + frame.notes_height + 3 * MARGIN
    sheet = Sheet(width, max(needed, height or 0), theme.paper)
    names, numbers = _sides(data, sizes)
    left, right = MARGIN + names, width - MARGIN - numbers
    marks: list[ChartMark] = []
    y = frame.height
    year = ""
    top = y
    for bar in data.bars:
        if bar.school_year != year:
            year = bar.school_year
            sheet.words(MARGIN, y + head * 0.6, f"School year {year}", bold)
            y += head
        if any(each.meets(bar.from_, bar.to) for each in data.about.circumstances):
            sheet.box(MARGIN - 3, y + 1, left - MARGIN, row - 2, Look(fill=theme.shade))
        sheet.words(MARGIN, y + row / 2, _name(bar), small)
        _bar(sheet, bar, (left, right), y, row=row, theme=theme)
        sheet.words(right + _APART, y + row / 2, _numbers(bar), bold)
        x = right + 2 * _APART + width_of(_numbers(bar), bold) * 1.04
        sheet.words(x, y + row / 2, codes_of(bar), small)
        marks.append(
            ChartMark(
                area="attendance",
                x=(left + right) / 2,
                y=y + row / 2,
                reach=min(REACH, row / 2),
                places=(Place(x=MARGIN, y=y, width=width - 2 * MARGIN, height=row),),
                text=bar_words(bar),
                entry=bar.entry,
            )
        )
        y += row
    if not data.bars:
        sheet.words(MARGIN, y + row / 2, f"No school attendance is {data.about.there}.", small)
        y += row
    else:
        y = _axis(sheet, (left, right), (top, y), sizes, theme)
    frame.draw(sheet, y + MARGIN)
    return ChartDrawing(figure=sheet.figure(), width=sheet.width, height=sheet.height, marks=tuple(marks))


def _bar(sheet: Sheet, bar: AttendanceBar, extent: tuple[float, float], y: float, *, row: float, theme: Theme) -> None:
    """Draw all possible sessions as one whole: attended, unauthorised, other."""
    left, right = extent
    if not bar.possible:
        return
    tall, wide = row * 0.66, (right - left) / bar.possible
    top = y + (row - tall) / 2
    attended = min(bar.attended, bar.possible)
    unauthorised = min(bar.unauthorised or 0, bar.possible - attended)
    edge = Look(fill=theme.paper, edge=theme.axis, width=0.8)
    sheet.box(left, top, right - left, tall, edge, layer=2)
    sheet.box(left, top, attended * wide, tall, Look(fill=series_ink(theme, 0)), layer=3)
    if unauthorised:
        x = left + attended * wide
        sheet.box(x, top, unauthorised * wide, tall, Look(fill=theme.alert, edge=theme.axis, width=0.8), layer=3)
        hatch = Look(edge=theme.text, width=0.8, crisp=False)
        sheet.hatch(x, top, unauthorised * wide, tall, hatch, gap=3.0, layer=4)


def _axis(sheet: Sheet, extent: tuple[float, float], rows: tuple[float, float], sizes: Sizes, theme: Theme) -> float:
    left, right = extent
    top, bottom = rows
    quiet = Letters(size=sizes.small, ink=theme.quiet)
    for share in (0, 25, 50, 75, 90, 100):
        x = left + (right - left) * share / 100
        look = Look(edge=theme.axis if share == 90 else theme.line, width=0.8, dash=(3.0, 2.0) if share == 90 else ())
        sheet.line([(x, top), (x, bottom)], look, layer=5 if share == 90 else 1)
        if share != 100:
            sheet.words(x, bottom + sizes.small, f"{share}%", quiet, align=Align.CENTRE)
    return bottom + sizes.small * 2
