"""Gathers the history: turning points, plans, restarts, needs not met the longest, and support tried.

Source: casework.md, LP1 and LP2.
"""

from collections.abc import Iterator
from datetime import date

from gcp2_app.domain.assessment import Window
from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.longest import LongestUnmet, longest_unmet
from gcp2_app.domain.plans.around import Period, Turn, around
from gcp2_app.domain.words import capital, counted, long_date
from gcp2_app.reports.pdf.blocks.history import HEADING, HistoryPart, SupportLine
from gcp2_app.reports.words import long_range, status_words
from gcp2_app.services.documents.parts.grades import stage_words
from gcp2_app.services.documents.parts.happened import happened
from gcp2_app.services.documents.reading import Reading

#: Kinds of entry that turn a case.
TURNS = ("event", "referral", "admission", "meeting", "move", "case_opened", "case_closed", "challenge")
#: Of the units not met the longest, so many are named.
_NAMED = 8


def history(reading: Reading, *, kinds: tuple[str, ...] = TURNS) -> HistoryPart:
    """Return the history, the earliest first; what is from before the first day is counted.

    Args:
        reading: whose record.
        kinds: which kinds of entry are turning points.
    """
    found = reading.entries(HEADING, *kinds)
    near = [entry for entry in found if reading.since is None or _last_day(entry) >= reading.since]
    turned = around(reading.view(HEADING))
    return HistoryPart(
        lines=happened(reading, near),
        not_printed=tuple(_not_printed(reading, len(found) - len(near))),
        plans=tuple(status_words(each) for each in sorted(reading.child.statuses, key=lambda each: each.since)),
        restarts=tuple(_restart(turn) for turn in reversed(turned.turns) if turn.again),
        unmet=_unmet(reading),
        support=tuple(_support(reading, period) for period in reversed(turned.support)),
    )


def _not_printed(reading: Reading, before: int) -> Iterator[str]:
    if before and reading.since is not None:
        earlier = capital(counted(before, "earlier entry", "earlier entries"))
        verb = "is" if before == 1 else "are"
        yield f"It begins on {long_date(reading.since)}. {earlier} in the record {verb} not printed here."


def _unmet(reading: Reading) -> tuple[str, ...]:
    units = reading.chart(ChartKind.UNITS, HEADING).data
    return tuple(_unmet_words(reading, each) for each in longest_unmet(units)[:_NAMED])


def _unmet_words(reading: Reading, unit: LongestUnmet) -> str:
    stages = {stage_words(reading, each) for each in reading.assessments if each.window == unit.latest}
    # Of two with the same days, one that is signed off counts.
    stage = "" if "" in stages else "".join(f", {each}" for each in stages)
    whose = f" ({unit.carer_label})" if unit.carer_label else ""
    last = f"{long_range(unit.latest)}{stage}."
    if unit.times == 1:
        return f"{unit.label}{whose}: graded {unit.worst_words} in the latest assessment, {last}"
    several, first = counted(unit.times, "assessment"), long_range(unit.first)
    return (
        f"{unit.label}{whose}: graded {unit.worst_words} in each of the latest {several}; "
        f"the first was {first}, the last {last}"
    )


def _support(reading: Reading, period: Period) -> SupportLine:
    entry = period.fact.whole
    kind = reading.kinds["support"]
    themes = next((item.options for item in kind.items if item.name == "themes"), ())
    wanted = entry.data.get("themes") or ()
    # What came of it is written when it has ended, so of what still ran at an earlier moment nothing was known.
    ended_later = period.running and reading.moment.day is not None
    came_of_it = "" if ended_later else str(entry.data.get("outcome") or entry.outcome or "")
    return SupportLine(
        name=period.name or entry.what,
        days=_days(period),
        themes="\n".join(option.label for option in themes if option.code in wanted),
        outcome=came_of_it,
    )


def _days(period: Period) -> str:
    if period.from_ is not None and period.to is not None and not period.running:
        return long_range(Window(from_=period.from_, to=period.to))
    until = "still given" if period.running else f"to {_day(period.to)}" if period.to else "end not known"
    return f"From {_day(period.from_)}, {until}"


def _restart(turn: Turn) -> str:
    why = str(turn.fact.whole.data.get("reason") or turn.fact.whole.what)
    return f"{_day(turn.on)}: {why}" if why else _day(turn.on)


def _day(day: date | None) -> str:
    return long_date(day) if day is not None else "a day not known"


def _last_day(entry: Entry) -> date:
    """The last day it can have been; what has no known day is told with the latest."""
    return entry.when.last if entry.when is not None and entry.when.last is not None else date.max
