"""What of the charts that have lanes is looked at: the chronology by agency, and one picture."""

from dataclasses import replace
from datetime import date

from gcp2_app.domain.lanes import Lane, Lanes, Thing
from gcp2_app.domain.one_picture import OnePicture
from gcp2_app.domain.selecting.grids import kept_about
from gcp2_app.domain.selecting.selection import CIRCUMSTANCES, Layer, Outside, Selection, outside
from gcp2_app.domain.selecting.trends import circumstance_layers, select_trend, trend_layers


def lane_code(lane: Lane) -> str:
    """Return the layer of a lane."""
    return f"lane:{lane.code}"


def _each_lane(data: Lanes) -> tuple[Layer, ...]:
    return tuple(Layer(code=lane_code(lane), label=lane.label) for lane in data.lanes)


def lanes_layers(data: Lanes) -> tuple[Layer, ...]:
    """Return what can be left out of the chronology."""
    several = _each_lane(data) if len(data.lanes) > 1 else ()
    return (*several, *circumstance_layers(data.about.circumstances))


def select_lanes(data: Lanes, selection: Selection) -> tuple[Lanes, tuple[Outside, ...]]:
    """Return the lanes and days that are looked at; what has no day stays in the table."""
    period = selection.period
    axis = None if period is None else period.within(data.from_, data.to)
    shown = [lane for lane in data.lanes if selection.has(lane_code(lane))]
    lanes = tuple(_lane(lane, selection) for lane in shown)
    days = [_days(thing) for lane in shown for thing in lane.things if thing.from_ is not None]
    made = replace(
        data,
        about=kept_about(data.about, selection),
        from_=data.from_ if axis is None else axis.from_,
        to=data.to if axis is None else axis.to,
        lanes=tuple(lane for lane in lanes if lane.things),
    )
    return made, (outside(selection, days, "entry", "entries"),)


def _lane(lane: Lane, selection: Selection) -> Lane:
    if selection.period is None:
        return lane
    things = tuple(thing for thing in lane.things if thing.from_ is None or selection.shows(*_days(thing)))
    # What a lane counts in words is counted over the whole record.
    return replace(lane, things=things, about="" if len(things) < len(lane.things) else lane.about)


def _days(thing: Thing) -> tuple[date, date]:
    first = thing.from_ or date.min
    last = thing.to or (date.max if thing.lasted else first)
    return first, last


def picture_layers(data: OnePicture) -> tuple[Layer, ...]:
    """Return what can be left out of one picture: what the trend has, and every lane."""
    return (*trend_layers(data.trend), *_each_lane(data.lanes))


def select_picture(data: OnePicture, selection: Selection) -> tuple[OnePicture, tuple[Outside, ...]]:
    """Return the part of the trend and of the lanes that is looked at."""
    trend, of_trend = select_trend(data.trend, selection)
    lanes, of_lanes = select_lanes(data.lanes, selection)
    if not any(lane.code == CIRCUMSTANCES for lane in lanes.lanes):
        lanes = replace(lanes, about=replace(lanes.about, circumstances=()))
    return replace(data, trend=trend, lanes=lanes), (*of_trend, *of_lanes)
