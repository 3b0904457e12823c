"""What of the charts that are lists is looked at: agreed actions, school attendance, and a team side by side."""

from dataclasses import replace
from datetime import date

from gcp2_app.domain.action_board import FOUND_WORDS, ActionBoard, ActionLine, Found
from gcp2_app.domain.attendance_bars import AttendanceBars
from gcp2_app.domain.selecting.grids import kept_about
from gcp2_app.domain.selecting.selection import Layer, Outside, Selection, outside
from gcp2_app.domain.selecting.trends import area_code, area_layers, circumstance_layers
from gcp2_app.domain.team import Team
from gcp2_app.domain.words import capital


def _found_code(found: Found) -> str:
    return f"found:{found.value}"


def action_layers(data: ActionBoard) -> tuple[Layer, ...]:
    """Return what can be left out of the board: actions by what a check found."""
    found = [each for each in Found if data.count(each)]
    layers = [Layer(code=_found_code(each), label=capital(FOUND_WORDS[each])) for each in found]
    return (*(layers if len(layers) > 1 else ()), *circumstance_layers(data.about.circumstances))


def days_of(line: ActionLine, today: date) -> tuple[date, date] | None:
    """Return the days from the first to the last of an action, or None where none is known.

    One that no check has found done is open until today.
    """
    known = [day for day in (line.agreed_on, line.said_done_on, line.checked_on, line.lasting_on) if day is not None]
    if not known:
        return None
    return min(known), max(known) if line.found is Found.DONE else max(*known, today)


def select_actions(data: ActionBoard, selection: Selection) -> tuple[ActionBoard, tuple[Outside, ...]]:
    """Return the actions that are looked at; one without any day stays."""
    shown = [(line, days_of(line, data.today)) for line in data.lines if selection.has(_found_code(line.found))]
    made = replace(
        data,
        about=kept_about(data.about, selection),
        lines=tuple(line for line, days in shown if days is None or selection.shows(*days)),
    )
    return made, (outside(selection, [days for _, days in shown if days is not None], "action", "actions"),)


def attendance_layers(data: AttendanceBars) -> tuple[Layer, ...]:
    """Return what can be left out of school attendance."""
    return circumstance_layers(data.about.circumstances)


def select_attendance(data: AttendanceBars, selection: Selection) -> tuple[AttendanceBars, tuple[Outside, ...]]:
    """Return the spans that are looked at; one without its days stays in the table."""
    bars = tuple(bar for bar in data.bars if selection.shows(bar.from_, bar.to))
    made = replace(
        data,
        about=kept_about(data.about, selection),
        bars=bars,
        codes=tuple(sorted({code for bar in bars for code in bar.codes})),
    )
    return made, (outside(selection, [(bar.from_, bar.to) for bar in data.bars], "span", "spans"),)


def team_layers(data: Team) -> tuple[Layer, ...]:
    """Return what can be left out of a team side by side."""
    return area_layers(data.areas.values())


def select_team(data: Team, selection: Selection) -> tuple[Team, tuple[Outside, ...]]:
    """Return the areas and days of a team that are looked at; every child stays."""
    period = selection.period
    axis = None if period is None else period.within(data.first_day, max(data.today, data.first_day))
    children = tuple(
        replace(child, steps=tuple(step for step in child.steps if selection.shows(step.from_, step.to)))
        for child in data.children
    )
    made = replace(
        data,
        areas={code: label for code, label in data.areas.items() if selection.has(area_code(label))},
        children=children,
        since=data.since if axis is None else axis.from_,
        today=data.today if axis is None else axis.to,
    )
    days = [(step.from_, step.to) for child in data.children for step in child.steps]
    return made, (outside(selection, days, "assessment", "assessments"),)
