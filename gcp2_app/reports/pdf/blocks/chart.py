"""A chart on a page: the very figure of the screen as vectors, with its sentence as alternative text."""

from dataclasses import replace

from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.cumulative import in_two
from gcp2_app.domain.neglect_types import Quarter, in_parts
from gcp2_app.domain.trend import Trend
from gcp2_app.domain.words import MONTHS, listed
from gcp2_app.reports.charts.catalogue import Chart
from gcp2_app.reports.charts.cumulative_words import high_in
from gcp2_app.reports.charts.drawing import ChartDrawing
from gcp2_app.reports.pdf.document import FIGURE_ROOM, Document
from gcp2_app.reports.pdf.flowables import PlacedWords

#: Quarters side by side that can still be read on a page.
_QUARTERS = 10
#: What is higher than this share of the room for it is cut in two.
_MOST_HIGH = 1.15
#: Below a chart that says its own method.
_CAPTION = "Counted from what is recorded here. What nobody recorded is not known."


def write_chart(document: Document, chart: Chart, *, caption: str = "", table: bool = False) -> None:
    """Write any chart of the catalogue.

    Args:
        document: takes it.
        chart: what is drawn.
        caption: printed below; empty for what holds of every chart.
        table: writes the chart's table below it as well.
    """
    for heading, part in _on_paper(chart):
        _write_picture(document, part, heading=heading, caption=caption or _CAPTION)
    twin = chart.table
    if table and twin.rows:
        document.table(list(twin.columns), [list(row.cells) for row in twin.rows], [1] * len(twin.columns))


def _on_paper(chart: Chart) -> tuple[tuple[str, Chart], ...]:
    """Return the pictures of a chart with their headings.

    One that grows a column a quarter is cut into several, and one whose words would be too small into two.
    """
    if chart.kind is ChartKind.CUMULATIVE and chart.draw(width=FIGURE_ROOM[0]).height > FIGURE_ROOM[1] * _MOST_HIGH:
        bars, together = in_two(chart.data)
        return (
            (f"{chart.title}: time at each grade", replace(chart, data=bars)),
            (f"{chart.title}: areas at {high_in(chart.data)} at the same time", replace(chart, data=together)),
        )
    if chart.kind is not ChartKind.TYPES:
        return ((chart.title, chart),)
    parts = in_parts(chart.data, most=_QUARTERS)
    if len(parts) == 1:
        return ((chart.title, chart),)
    return tuple(
        (
            f"{chart.title}: {_from_to(part.quarters[0], part.quarters[-1])}",
            replace(chart, data=part),
        )
        for part in parts
    )


def _from_to(first: Quarter, last: Quarter) -> str:
    return f"{MONTHS[first.number * 3 - 3]} {first.year} to {MONTHS[last.number * 3 - 1]} {last.year}"


def _write_picture(document: Document, chart: Chart, *, heading: str, caption: str) -> None:
    width, room = FIGURE_ROOM
    drawing = chart.draw(width=width)
    if drawing.height > room:
        # It will be made smaller to fit the page's height, so it may be drawn wider.
        drawing = chart.draw(width=max(drawing.width, width * drawing.height / room))
    place(document, drawing, heading=heading, alternative=chart.sentence, caption=caption)


def write_trend(document: Document, trend: Trend, *, name: str = "") -> None:
    """Write the grades over time.

    Args:
        document: takes it.
        trend: of one pack and child; see :attr:`gcp2_app.domain.trend.Trend.by_subject`.
        name: what they were made with, where there are others beside them.
    """
    from gcp2_app.reports.charts.circumstances import circumstance_notes
    from gcp2_app.reports.charts.trend import draw_trend, trend_least_width
    from gcp2_app.reports.charts.trend_words import trend_sentence

    width, room = FIGURE_ROOM
    notes = circumstance_notes(trend.circumstances)
    drawing = draw_trend(trend, width=max(width, trend_least_width(trend)), notes=notes)
    if drawing.height > room * _MOST_HIGH and len(trend.areas) > 1:
        # On one page its words would be too small to be read: it goes on two.
        half = (len(trend.areas) + 1) // 2
        for areas in (trend.areas[:half], trend.areas[half:]):
            series = tuple(each for each in trend.series if each.area in areas)
            words = ": ".join(filter(None, (name, listed(area.label for area in areas))))
            write_trend(document, replace(trend, areas=areas, series=series), name=words)
        return
    if drawing.height > room:
        drawing = draw_trend(trend, width=max(drawing.width, width * drawing.height / room), notes=notes)
    place(
        document,
        drawing,
        heading=f"Grades over time: {name}" if name else "Grades over time",
        alternative=" ".join((trend_sentence(trend), *notes)),
        caption="Days that nobody assessed are not known. Grades are steps in order, not amounts: never averaged.",
    )


def place(document: Document, drawing: ChartDrawing, *, heading: str, alternative: str, caption: str) -> None:
    """Place a drawing on the page, its words written by the document so that they are real text."""
    from gcp2_app.reports.charts.output import chart_vectors, chart_words

    words = [
        PlacedWords(
            text=word.text,
            x=word.x,
            y=word.y,
            size=word.letters.size,
            ink=word.letters.ink,
            bold=word.letters.bold,
            turned=word.turned,
        )
        for word in chart_words(drawing)
    ]
    document.figure(
        chart_vectors(drawing),
        (drawing.width, drawing.height),
        words,
        heading=heading,
        alternative=alternative,
        caption=caption,
    )
