"""Periods that changed the work, on every chart: shaded behind everything, and named in the key and the notes.

Source: casework.md, row LP7.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from gcp2_app.domain.circumstances import Circumstance
from gcp2_app.domain.words import listed
from gcp2_app.reports.charts.frame import Sign, box_sign
from gcp2_app.reports.charts.palette import Theme
from gcp2_app.reports.charts.sheet import Look, Sheet
from gcp2_app.reports.charts.time_axis import TimeAxis
from gcp2_app.reports.charts.trend_layout import Sizes


def circumstance_signs(
    circumstances: Sequence[Circumstance],
    sizes: Sizes,
    theme: Theme,
    words: str = "circumstance: a period that changed the work",
) -> list[tuple[Sign, str]]:
    """Return the sign of the key with what it means, where there is a period to explain."""
    if not circumstances:
        return []
    return [(box_sign(sizes, fill=theme.shade, edge=theme.axis), words)]


def meeting(circumstances: Sequence[Circumstance], stretches: Iterable[tuple[date, date]]) -> tuple[Circumstance, ...]:
    """Return the periods that meet some of what a chart draws: first and last day of each thing."""
    drawn = [*stretches]
    return tuple(each for each in circumstances if any(each.meets(first, last) for first, last in drawn))


def circumstance_notes(circumstances: Sequence[Circumstance]) -> tuple[str, ...]:
    """Return which periods are shaded, as a sentence."""
    if not circumstances:
        return ()
    return (f"Circumstances that changed the work: {listed(each.words for each in circumstances)}.",)


def extent_of(circumstance: Circumstance, axis: TimeAxis) -> tuple[float, float] | None:
    """Return where a period begins and ends on an axis, or None where it does not meet it."""
    if not circumstance.meets(axis.from_, axis.to):
        return None
    last = axis.to if circumstance.to is None else min(circumstance.to, axis.to)
    return axis.start_of(max(circumstance.from_, axis.from_)), axis.end_of(last)


def shade(
    sheet: Sheet, circumstances: Sequence[Circumstance], axis: TimeAxis, rows: tuple[float, float], theme: Theme
) -> None:
    """Shade periods on the ground of a time axis; what is drawn after it, and known days, lie over it.

    Args:
        sheet: what it is drawn on.
        circumstances: the periods.
        axis: the days.
        rows: top and bottom of the shade, in points.
        theme: the colours.
    """
    top, bottom = rows
    edge = Look(edge=theme.axis, width=0.8)
    for each in circumstances:
        extent = extent_of(each, axis)
        if extent is not None:
            left, right = extent
            sheet.box(left, top, right - left, bottom - top, Look(fill=theme.shade))
            # A rule above and below, as an edge at the side would run through words.
            for y in rows:
                sheet.line([(left, y), (right, y)], edge, layer=3)
