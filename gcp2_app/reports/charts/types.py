"""Types of neglect by quarter: entries counted in each cell, their agencies named under the number.

A pure function from data to a drawing, with its words and its table twin.

Source: experience.md, Charts, 5.
"""

from collections.abc import Sequence
from dataclasses import replace

from gcp2_app.domain.entries import Theme
from gcp2_app.domain.entry_fields import THEMES
from gcp2_app.domain.neglect_types import NeglectTypes, Quarter, TypeCount
from gcp2_app.domain.register import Agency
from gcp2_app.domain.words import AGENCIES, capital, counted, listed
from gcp2_app.reports.charts.circumstances import circumstance_signs, meeting
from gcp2_app.reports.charts.drawing import ChartDrawing
from gcp2_app.reports.charts.frame import Frame, words_sign
from gcp2_app.reports.charts.grid import Cell, Grid, GridColumn, GridPlan, GridRow
from gcp2_app.reports.charts.grid_picture import draw_grid, grid_least_width
from gcp2_app.reports.charts.lettering import Letters
from gcp2_app.reports.charts.palette import LIGHT
from gcp2_app.reports.charts.palette import Theme as Colours
from gcp2_app.reports.charts.trend_layout import Sizes
from gcp2_app.reports.charts.twin import Twin, TwinRow

#: Agencies where room is tight, each apart from the others in upper case too; the key says them in full.
SHORT_AGENCIES = {
    Agency.CHILDRENS_SOCIAL_CARE: "CSC",
    Agency.MASH: "MA",
    Agency.GP: "GP",
    Agency.HEALTH_VISITING: "HV",
    Agency.SCHOOL_NURSING: "SN",
    Agency.HOSPITAL: "Hos",
    Agency.SCHOOL: "Sch",
    Agency.EARLY_YEARS: "EY",
    Agency.POLICE: "Po",
    Agency.HOUSING: "Hou",
    Agency.ADULT_SERVICES: "AS",
    Agency.MENTAL_HEALTH: "MH",
    Agency.VOLUNTARY: "Vo",
    Agency.RELATIVE: "Re",
    Agency.NEIGHBOUR: "Ne",
    Agency.ANONYMOUS: "An",
    Agency.OTHER: "Ot",
}
_NO_AGENCY = "?"
_UNDATED = "undated"


def types_least_width(data: NeglectTypes, *, text_scale: float = 1.0) -> float:
    """Return the width in points below which its cells would run into one another; a screen scrolls from there."""
    return grid_least_width(_heads(data), text_scale)


def draw_types(
    data: NeglectTypes,
    *,
    width: float,
    height: float | None = None,
    theme: Colours = LIGHT,
    text_scale: float = 1.0,
    notes: Sequence[str] = (),
) -> ChartDrawing:
    """Draw the types of neglect by quarter.

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
    letters = Letters(size=sizes.small, ink=theme.text, bold=True)
    days = [(quarter.first_day, quarter.last_day) for quarter in data.quarters]
    used = dict.fromkeys(agency for count in data.counts.values() for agency in count.agencies)
    frame = Frame(
        f"Types of neglect: {data.about.child_label}",
        signs=[
            *((words_sign(_short(agency), letters), _agency(agency)) for agency in used),
            *plan.signs(theme, "a new year begins"),
            *circumstance_signs(meeting(data.about.circumstances, days), sizes, theme),
        ],
        notes=[*notes, *types_notes(data)],
        practice=data.about.practice,
        width=max(width, plan.width),
        sizes=sizes,
        theme=theme,
    )
    nothing = "" if data.counts else f"No entry {data.about.there} names a type of neglect."
    return draw_grid(plan, frame, height=height, theme=theme, sizes=sizes, nothing=nothing)


def _short(agency: Agency | None) -> str:
    return _NO_AGENCY if agency is None else SHORT_AGENCIES[agency]


def _agency(agency: Agency | None) -> str:
    return "agency not recorded" if agency is None else AGENCIES[agency]


def quarter_words(quarter: Quarter | None) -> str:
    """Return a quarter: "January to March 2026"."""
    if quarter is None:
        return "no certain date"
    months = ("January to March", "April to June", "July to September", "October to December")
    return f"{months[quarter.number - 1]} {quarter.year}"


def _head(quarter: Quarter) -> str:
    months = ("Jan–Mar", "Apr–Jun", "Jul–Sep", "Oct–Dec")
    return f"{months[quarter.number - 1]} {quarter.year}"


def _quarters(data: NeglectTypes) -> list[Quarter | None]:
    return [*data.quarters, *([None] if data.has_undated else [])]


def _heads(data: NeglectTypes) -> Grid:
    """Return rows and columns without their cells: what decides how wide it is."""
    columns = [
        GridColumn(
            key=_key(quarter),
            head=("no certain date",) if quarter is None else (_head(quarter),),
            begins=quarter is None or quarter.number == 1,
            shaded=quarter is not None
            and any(each.meets(quarter.first_day, quarter.last_day) for each in data.about.circumstances),
        )
        for quarter in _quarters(data)
    ]
    most = max((len(count.agencies) for count in data.counts.values()), default=1)
    rows = [GridRow(key=each.value, name=THEMES[each]) for each in data.types]
    return Grid(columns=columns, rows=rows, tall=2.0, wide=2.6 + 1.6 * min(most - 1, 2))


def _grid(data: NeglectTypes, colours: Colours) -> Grid:
    cells = {
        (theme.value, _key(quarter)): _cell(data, theme, quarter, colours)
        for theme in data.types
        for quarter in _quarters(data)
    }
    return replace(_heads(data), cells=cells)


def _key(quarter: Quarter | None) -> str:
    return _UNDATED if quarter is None else f"{quarter.year}-{quarter.number}"


def _cell(data: NeglectTypes, theme: Theme, quarter: Quarter | None, colours: Colours) -> Cell:
    count = data.counts.get((theme, quarter))
    if count is None:
        return Cell(text="0", quiet=True)
    shorts = [_short(agency) for agency in count.agencies]
    below = " ".join(shorts) if len(shorts) <= 3 else f"{' '.join(shorts[:2])} +{len(shorts) - 2}"
    number = len(count.entries)
    fill = colours.alert if number > 2 else colours.watch
    return Cell(
        text=str(number), below=below, fill=fill, tip=count_words(theme, quarter, count), entry=count.entries[-1]
    )


def count_words(theme: Theme, quarter: Quarter | None, count: TypeCount) -> str:
    """Return one cell in words."""
    agencies = listed(_agency(agency) for agency in count.agencies)
    number = counted(len(count.entries), "entry", "entries")
    return f"{THEMES[theme]}, {quarter_words(quarter)}: {number}, from {agencies}."


def types_notes(data: NeglectTypes) -> tuple[str, ...]:
    """Return how it is counted."""
    method = (
        "Each entry counts once under every type it names; entries are counted, not how grave they are. Under the "
        "number stand the agencies they come from. Darker: three entries or more."
    )
    undated = "Entries whose date is approximate or not known stand apart." if data.has_undated else ""
    return tuple(filter(None, (method, undated)))


def types_parts(data: NeglectTypes) -> tuple[str, ...]:
    """Return the whole as sentences without full stops."""
    label = data.about.child_label
    if not data.counts:
        return (f"Types of neglect, {label}: no entry {data.about.there} names one",)
    number = counted(data.marked, "entry names", "entries name")
    parts = [f"Types of neglect, {label}: {number} one or more"]
    for theme in data.types:
        own = [(quarter, count) for (each, quarter), count in data.counts.items() if each is theme]
        if own:
            entries = sum(len(count.entries) for _, count in own)
            quarters = sum(1 for quarter, _ in own if quarter is not None)
            agencies = dict.fromkeys(_agency(agency) for _, count in own for agency in count.agencies)
            words = f"{THEMES[theme]}: {counted(entries, 'entry', 'entries')} in {quarters or 'none'} of "
            parts.append(f"{words}{counted(len(data.quarters), 'quarter')}, from {listed(agencies)}")
    parts += [note.rstrip(".") for note in types_notes(data)]
    return tuple(parts)


def types_table(data: NeglectTypes) -> Twin:
    """Return one row for each type and quarter that has an entry; each leads to the latest."""
    rows = [
        TwinRow(
            cells=(
                THEMES[theme],
                quarter_words(quarter),
                str(len(count.entries)),
                capital(listed(_agency(agency) for agency in count.agencies)),
            ),
            entry=count.entries[-1],
        )
        for theme in data.types
        for quarter in (*data.quarters, None)
        if (count := data.counts.get((theme, quarter))) is not None
    ]
    columns = ("Type of neglect", "Quarter", "Entries", "Agencies")
    return Twin(title=f"Types of neglect by quarter, {data.about.child_label}", columns=columns, rows=tuple(rows))
