"""What of a trend is looked at: areas, carers, breaks and days. Every point outside is counted.

The counts of units under each grade are no layer: a grade never stands without them.

Source: experience.md, screen 6; instrument.md, Roll-up, 6.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from gcp2_app.domain.circumstances import Circumstance
from gcp2_app.domain.selecting.selection import CIRCUMSTANCES, Layer, Outside, Selection, outside
from gcp2_app.domain.spans import Span, SpanKind
from gcp2_app.domain.trend import Trend, TrendPoint, TrendSeries

BREAKS = "breaks"
CORRECTED = "corrected"


def area_layers(labels: Iterable[str]) -> tuple[Layer, ...]:
    """Return a layer for each area, where there are several."""
    names = list(dict.fromkeys(labels))
    return tuple(Layer(code=area_code(name), label=name) for name in names) if len(names) > 1 else ()


def area_code(label: str) -> str:
    """Return the layer of an area."""
    return f"area:{label}"


def carer_layers(labels: Iterable[tuple[int, str]]) -> tuple[Layer, ...]:
    """Return a layer for each caregiving unit, by its number, where there are several."""
    names = dict(sorted(labels))
    layers = tuple(Layer(code=carer_code(unit), label=name, own=True) for unit, name in names.items())
    return layers if len(layers) > 1 else ()


def carer_code(unit: int) -> str:
    """Return the layer of a caregiving unit."""
    return f"carers:{unit}"


def circumstance_layers(circumstances: Sequence[Circumstance]) -> tuple[Layer, ...]:
    """Return the layer of circumstances, where there are any."""
    return (Layer(code=CIRCUMSTANCES, label="Circumstances"),) if circumstances else ()


def kept_circumstances(circumstances: Iterable[Circumstance], selection: Selection) -> tuple[Circumstance, ...]:
    """Return the circumstances that are shown."""
    if not selection.has(CIRCUMSTANCES):
        return ()
    return tuple(each for each in circumstances if selection.shows(each.from_, each.to or date.max))


def trend_layers(trend: Trend) -> tuple[Layer, ...]:
    """Return what can be left out of a trend."""
    layers = [*area_layers(area.label for area in trend.areas)]
    layers += carer_layers((series.unit, series.carer_label) for series in trend.series)
    if trend.breaks:
        layers.append(Layer(code=BREAKS, label="Days past which nothing is carried"))
    if any(point.corrected_by for series in trend.series for point in series.points):
        layers.append(Layer(code=CORRECTED, label="Assessments corrected since"))
    return (*layers, *circumstance_layers(trend.circumstances))


def select_trend(trend: Trend, selection: Selection) -> tuple[Trend, tuple[Outside, ...]]:
    """Return the part of a trend that is looked at, and how many assessments lie outside its days.

    An assessment without dates stays: it is in the table.
    """
    period = selection.period
    axis = None if period is None else period.within(trend.from_, trend.to)
    from_, to = (trend.from_, trend.to) if axis is None else (axis.from_, axis.to)
    series = tuple(
        _series(each, selection, from_, to)
        for each in trend.series
        if selection.has(area_code(each.area.label)) and selection.has(carer_code(each.unit))
    )
    windows = {
        point.assessment: (window.from_, window.to)
        for each in trend.series
        for point, window in each.dated
        if selection.has(area_code(each.area.label)) and selection.has(carer_code(each.unit))
    }
    made = replace(
        trend,
        from_=from_,
        to=to,
        areas=tuple(area for area in trend.areas if selection.has(area_code(area.label))),
        series=series,
        breaks=tuple(each for each in trend.breaks if selection.has(BREAKS) and from_ <= each.on <= to),
        pack_changes=tuple(each for each in trend.pack_changes if from_ <= each.on <= to),
        birth=trend.birth if trend.birth is not None and from_ <= trend.birth <= to else None,
        circumstances=kept_circumstances(trend.circumstances, selection),
        narrowed=True,
    )
    return made, (outside(selection, windows.values(), "assessment", "assessments"),)


def _series(series: TrendSeries, selection: Selection, from_: date, to: date) -> TrendSeries:
    return replace(
        series,
        points=tuple(point for point in series.points if _shown(point, selection)),
        spans=tuple(_cut(span, from_, to) for span in series.spans if span.from_ <= to and span.to >= from_)
        or (Span(kind=SpanKind.NOT_KNOWN, from_=from_, to=to),),
    )


def _shown(point: TrendPoint, selection: Selection) -> bool:
    if point.corrected_by and not selection.has(CORRECTED):
        return False
    return point.window is None or selection.shows(point.window.from_, point.window.to)


def _cut(span: Span, from_: date, to: date) -> Span:
    return replace(span, from_=max(span.from_, from_), to=min(span.to, to))
