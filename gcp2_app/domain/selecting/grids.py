"""What of the charts that are grids is looked at: the unit map, cumulative neglect, and the types of neglect."""

from dataclasses import replace

from gcp2_app.domain.charting import About
from gcp2_app.domain.cumulative import Cumulative, count_trend
from gcp2_app.domain.entries import Theme
from gcp2_app.domain.entry_fields import THEMES
from gcp2_app.domain.neglect_types import NeglectTypes
from gcp2_app.domain.selecting.selection import Layer, Outside, Selection, outside
from gcp2_app.domain.selecting.trends import (
    CORRECTED,
    area_code,
    area_layers,
    carer_code,
    carer_layers,
    circumstance_layers,
    kept_circumstances,
    select_trend,
)
from gcp2_app.domain.unit_map import UnitColumn, UnitMap


def kept_about(about: About, selection: Selection) -> About:
    """Return what a part of a chart says of itself, with the circumstances that are shown."""
    return replace(about, circumstances=kept_circumstances(about.circumstances, selection), narrowed=True)


def unit_layers(data: UnitMap) -> tuple[Layer, ...]:
    """Return what can be left out of a unit map."""
    layers = [*area_layers(row.area for row in data.rows)]
    layers += carer_layers((column.unit, column.carer_label) for column in data.columns)
    if any(column.corrected for column in data.columns):
        layers.append(Layer(code=CORRECTED, label="Assessments corrected since"))
    return (*layers, *circumstance_layers(data.about.circumstances))


def select_units(data: UnitMap, selection: Selection) -> tuple[UnitMap, tuple[Outside, ...]]:
    """Return the part of a unit map that is looked at; an assessment without dates stays."""
    rows = tuple(row for row in data.rows if selection.has(area_code(row.area)))
    keys = {row.key for row in rows}
    shown = [column for column in data.columns if _has_column(column, selection)]
    columns = tuple(
        replace(column, cells={key: cell for key, cell in column.cells.items() if key in keys})
        for column in shown
        if column.window is None or selection.shows(column.window.from_, column.window.to)
    )
    filled = {key for column in columns for key in column.cells}
    made = replace(
        data,
        about=kept_about(data.about, selection),
        rows=tuple(row for row in rows if row.key in filled),
        columns=columns,
        pack_changes=tuple(each for each in data.pack_changes if selection.shows(each.on, each.on)),
    )
    windows = [(column.window.from_, column.window.to) for column in shown if column.window is not None]
    return made, (outside(selection, windows, "assessment", "assessments"),)


def _has_column(column: UnitColumn, selection: Selection) -> bool:
    return selection.has(carer_code(column.unit)) and (not column.corrected or selection.has(CORRECTED))


def cumulative_layers(data: Cumulative) -> tuple[Layer, ...]:
    """Return what can be left out of cumulative neglect."""
    return (
        *area_layers(area.label for area in data.trend.areas),
        *carer_layers((line.unit, line.carer_label) for line in data.lines),
        *circumstance_layers(data.about.circumstances),
    )


def select_cumulative(data: Cumulative, selection: Selection) -> tuple[Cumulative, tuple[Outside, ...]]:
    """Return cumulative neglect of the part that is looked at, counted anew; a gain is lost on the day it was seen."""
    trend, lying = select_trend(data.trend, selection)
    units = {line.unit for line in data.lines if selection.has(carer_code(line.unit))}
    codes = {area.code for area in trend.areas}
    first = data.from_
    return count_trend(
        kept_about(data.about, selection),
        trend,
        first=None if first is None or first > trend.to else max(first, trend.from_),
        gains_lost=tuple(
            lost
            for lost in data.gains_lost
            if lost.unit in units
            and lost.area in codes
            and (lost.again is None or selection.shows(lost.again.from_, lost.again.to))
        ),
    ), lying


def type_layers(data: NeglectTypes) -> tuple[Layer, ...]:
    """Return what can be left out of the types of neglect."""
    layers = [Layer(code=_type_code(theme), label=THEMES[theme]) for theme in data.types] if data.counts else []
    return (*layers, *circumstance_layers(data.about.circumstances))


def _type_code(theme: Theme) -> str:
    return f"type:{theme.value}"


def select_types(data: NeglectTypes, selection: Selection) -> tuple[NeglectTypes, tuple[Outside, ...]]:
    """Return the types and quarters that are looked at: quarters whole, and entries without a certain day."""
    types = tuple(theme for theme in data.types if selection.has(_type_code(theme)))
    quarters = tuple(quarter for quarter in data.quarters if selection.shows(quarter.first_day, quarter.last_day))
    of_type = {key: count for key, count in data.counts.items() if key[0] in types}
    counts = {key: count for key, count in of_type.items() if key[1] is None or key[1] in quarters}
    days = {
        id_: (quarter.first_day, quarter.last_day)
        for (_, quarter), count in of_type.items()
        if quarter is not None
        for id_ in count.entries
    }
    made = replace(
        data,
        about=kept_about(data.about, selection),
        types=types,
        quarters=quarters,
        counts=counts,
        marked=len({id_ for count in counts.values() for id_ in count.entries}),
    )
    return made, (outside(selection, days.values(), "entry", "entries"),)
