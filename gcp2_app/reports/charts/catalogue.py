"""Every chart by its kind: how it is laid out from a record, drawn, told and read as a table.

The one place where a kind meets its module; a new chart is one line here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from gcp2_app.domain.action_board import make_action_board
from gcp2_app.domain.attendance_bars import make_attendance
from gcp2_app.domain.charting import About, ChartKind, ChartRecord
from gcp2_app.domain.circumstances import Circumstance
from gcp2_app.domain.cumulative import make_cumulative
from gcp2_app.domain.lanes import make_lanes
from gcp2_app.domain.moment import Moment
from gcp2_app.domain.neglect_types import make_neglect_types
from gcp2_app.domain.one_picture import OnePicture, make_one_picture
from gcp2_app.domain.selecting.boards import (
    action_layers,
    attendance_layers,
    select_actions,
    select_attendance,
)
from gcp2_app.domain.selecting.grids import (
    cumulative_layers,
    select_cumulative,
    select_types,
    select_units,
    type_layers,
    unit_layers,
)
from gcp2_app.domain.selecting.lanes import lanes_layers, picture_layers, select_lanes, select_picture
from gcp2_app.domain.selecting.selection import Layer, Outside, Selection, selection_words
from gcp2_app.domain.selecting.trends import select_trend, trend_layers
from gcp2_app.domain.trend import Trend
from gcp2_app.domain.unit_map import make_unit_map
from gcp2_app.reports.charts import (
    actions,
    attendance,
    cumulative,
    cumulative_words,
    lanes,
    picture,
    trend,
    trend_words,
    types,
    units,
    units_words,
)
from gcp2_app.reports.charts.circumstances import circumstance_notes
from gcp2_app.reports.charts.drawing import ChartDrawing
from gcp2_app.reports.charts.palette import LIGHT, Theme
from gcp2_app.reports.charts.twin import Twin

#: Width of an exported chart in points: an A4 page on its side, less margins.
EXPORT_WIDTH = 760.0


class Draw(Protocol):
    """How a chart is drawn."""

    def __call__(
        self,
        data: Any,
        /,
        *,
        width: float,
        height: float | None = None,
        theme: Theme = LIGHT,
        text_scale: float = 1.0,
        notes: Sequence[str] = (),
    ) -> ChartDrawing:
        """Return the drawing; see each chart."""
        ...


class LeastWidth(Protocol):
    """How wide a chart must be."""

    def __call__(self, data: Any, /, *, text_scale: float = 1.0) -> float:
        """Return the width in points from which a screen scrolls."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartMaker:
    """One kind of chart.

    Attributes:
        title: what it is called.
        make: from a record to what is drawn, everything counted.
        parts: the same in words, sentence by sentence without full stops.
        table: the same as a table.
        layers: what can be left out of it.
        select: a part of it, and how much lies outside the days that are shown.
    """

    title: str
    make: Callable[[ChartRecord], Any]
    draw: Draw
    least_width: LeastWidth
    parts: Callable[[Any], tuple[str, ...]]
    table: Callable[[Any], Twin]
    layers: Callable[[Any], tuple[Layer, ...]]
    select: Callable[[Any, Selection], tuple[Any, tuple[Outside, ...]]]


def _trend(record: ChartRecord) -> Trend:
    trend = record.trend
    circumstances = tuple(each for each in record.about.circumstances if each.meets(trend.from_, trend.to))
    return replace(trend, circumstances=circumstances)


MAKERS: dict[ChartKind, ChartMaker] = {
    ChartKind.TREND: ChartMaker(
        title="Care over time",
        make=_trend,
        draw=trend.draw_trend,
        least_width=trend.trend_least_width,
        parts=trend_words.trend_parts,
        table=trend_words.trend_table,
        layers=trend_layers,
        select=select_trend,
    ),
    ChartKind.CUMULATIVE: ChartMaker(
        title="Cumulative neglect",
        make=make_cumulative,
        draw=cumulative.draw_cumulative,
        least_width=cumulative.cumulative_least_width,
        parts=cumulative_words.cumulative_parts,
        table=cumulative_words.cumulative_table,
        layers=cumulative_layers,
        select=select_cumulative,
    ),
    ChartKind.UNITS: ChartMaker(
        title="Unit by unit",
        make=make_unit_map,
        draw=units.draw_units,
        least_width=units.units_least_width,
        parts=units_words.unit_parts,
        table=units_words.unit_table,
        layers=unit_layers,
        select=select_units,
    ),
    ChartKind.PICTURE: ChartMaker(
        title="One picture",
        make=make_one_picture,
        draw=picture.draw_picture,
        least_width=picture.picture_least_width,
        parts=picture.picture_parts,
        table=picture.picture_table,
        layers=picture_layers,
        select=select_picture,
    ),
    ChartKind.TYPES: ChartMaker(
        title="Types of neglect",
        make=make_neglect_types,
        draw=types.draw_types,
        least_width=types.types_least_width,
        parts=types.types_parts,
        table=types.types_table,
        layers=type_layers,
        select=select_types,
    ),
    ChartKind.LANES: ChartMaker(
        title="Chronology by agency",
        make=make_lanes,
        draw=lanes.draw_lanes,
        least_width=lanes.lanes_least_width,
        parts=lanes.lanes_parts,
        table=lanes.lanes_table,
        layers=lanes_layers,
        select=select_lanes,
    ),
    ChartKind.ACTIONS: ChartMaker(
        title="Agreed, said, checked, seen to last",
        make=make_action_board,
        draw=actions.draw_actions,
        least_width=actions.actions_least_width,
        parts=actions.actions_parts,
        table=actions.actions_table,
        layers=action_layers,
        select=select_actions,
    ),
    ChartKind.ATTENDANCE: ChartMaker(
        title="School attendance",
        make=make_attendance,
        draw=attendance.draw_attendance,
        least_width=attendance.attendance_least_width,
        parts=attendance.attendance_parts,
        table=attendance.attendance_table,
        layers=attendance_layers,
        select=select_attendance,
    ),
}


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart of one child, ready to be drawn, told and read.

    Attributes:
        kind: which chart.
        data: what is drawn.
        about: what every chart says of itself.
        moment: which past it shows.
        last_day: of its time axis when all of it is shown.
        selection: what of it is looked at.
        told: what is left out, and what lies outside the days that are shown, as sentences.
    """

    kind: ChartKind
    data: Any
    about: About
    moment: Moment = field(default_factory=Moment)
    last_day: date = date.max
    selection: Selection = field(default_factory=Selection)
    told: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What it is called."""
        return MAKERS[self.kind].title

    @property
    def layers(self) -> tuple[Layer, ...]:
        """What can be left out of it."""
        return MAKERS[self.kind].layers(self.data)

    def select(self, selection: Selection) -> "Chart":
        """Return the part of a whole chart that is looked at: its picture, its words and its table.

        A layer it does not have is passed over.
        """
        if selection.left_out or selection.period is not None:
            data, lying = MAKERS[self.kind].select(self.data, selection)
            told = selection_words(selection, self.layers, lying)
            if told:
                return replace(self, data=data, selection=selection, told=told)
        return self

    @property
    def notes(self) -> tuple[str, ...]:
        """Which past it shows, what is left out, and which periods changed the work: sentences below every chart."""
        return (*filter(None, (self.about.moment,)), *self.told, *circumstance_notes(_circumstances(self.data)))

    @property
    def parts(self) -> tuple[str, ...]:
        """The chart in words, sentence by sentence without full stops."""
        first, *rest = MAKERS[self.kind].parts(self.data)
        practice = [trend_words.PRACTICE_SAID] if self.about.practice and trend_words.PRACTICE_SAID not in rest else []
        return (first, *(note.rstrip(".") for note in self.notes), *rest, *practice)

    @property
    def sentence(self) -> str:
        """The chart in words; also the alternative text of its picture."""
        return ". ".join(self.parts) + "."

    @property
    def table(self) -> Twin:
        """The chart as a table."""
        return MAKERS[self.kind].table(self.data)

    def draw(
        self, *, width: float, height: float | None = None, theme: Theme = LIGHT, text_scale: float = 1.0
    ) -> ChartDrawing:
        """Draw it, as wide as it must be at least.

        Args:
            width: of the figure, in points; it becomes wider where it must.
            height: of the figure, in points, at least; None for what it needs.
            theme: the colours.
            text_scale: of all words, 1.0 to 2.0.
        """
        maker = MAKERS[self.kind]
        width = max(width, maker.least_width(self.data, text_scale=text_scale))
        return maker.draw(self.data, width=width, height=height, theme=theme, text_scale=text_scale, notes=self.notes)

    def document(self) -> dict[str, Any]:
        """Return the chart as JSON values: its table and its words."""
        table = self.table
        return {
            "kind": self.kind.value,
            "title": table.title,
            "columns": list(table.columns),
            "rows": [
                {
                    "cells": [int(cell) if cell.isdecimal() else cell or None for cell in row.cells],
                    "assessment": row.assessment or None,
                    "entry": row.entry or None,
                }
                for row in table.rows
            ],
            "words": [f"{part}." for part in self.parts],
        }


def make_chart(kind: ChartKind, record: ChartRecord) -> Chart:
    """Lay out one chart of a record."""
    return Chart(kind, MAKERS[kind].make(record), record.about, record.moment, record.last_day)


def _circumstances(data: Any) -> tuple[Circumstance, ...]:
    """Return the periods a chart shades."""
    if isinstance(data, Trend):
        return data.circumstances
    about: About = data.lanes.about if isinstance(data, OnePicture) else data.about
    return about.circumstances
