"""LP1: chronic and cumulative neglect is recognised in what was graded, and graded again.

Assessments follow each other where they have the same carers and pack, and can be compared. "4-5" is at or past the
pack's ``alert_from``, "3 or worse" at or past its ``watch_from``, "5" its worst grade. A unit without a grade in one of
them is passed over there: that nobody saw it is no gain.

Source: casework.md, row LP1; instrument.md, Comparison.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from gcp2_app.domain.alerts import Job, Level
from gcp2_app.domain.comparison import LostGain, gain_not_held
from gcp2_app.domain.rules.gradings import born, graded_in, grades_of, histories, lines_now, name_of, windows_of
from gcp2_app.domain.rules.record import Graded
from gcp2_app.domain.rules.registry import Finding, NoNumbers, rule
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import counted, listed, long_date


@dataclass(frozen=True, slots=True)
class HighNow:
    """In these ``subareas`` one grade short of the worst is enough. Packs without them have none."""

    subareas: tuple[str, ...]


@rule(
    "LP1.high_now",
    HighNow,
    next="Call today? Decide yes or no with your supervisor, and write down because of what.",
    start="referral",
)
def high_now(view: View, numbers: HighNow) -> Finding | None:
    """A 5 anywhere, a 4 in A5, B1 or B2, or any 4 for a child unborn or under one, in the latest assessment.

    Every line of carers and pack has its latest assessment. One recorded elsewhere counts by its sub-area grades. The
    child's age is that on the day that is asked about.

    Source: casework.md, LP1: "any 5, or a 4 in A5, B1, B2, or any 4 for an unborn or under-1, in the latest
    assessment".
    """
    baby = view.is_under_one() if view.assessments() else False
    said: list[str] = []
    counted_in: list[Graded] = []
    for line in lines_now(view):
        last = line[-1]
        high = [
            f"{grade} in {name_of(last, code)}"
            for code, grade in grades_of(last).items()
            if last.is_worst(grade)
            or (last.is_high(grade) and (baby or last.pack.subarea_of(code).code in numbers.subareas))
        ]
        if high:
            counted_in.append(last)
            said.append(f"The latest assessment, begun on {long_date(last.starts)}, holds {listed(high)}.")
    if not said:
        return None
    return Finding(text=" ".join(said), entries=_ids(counted_in))


@dataclass(frozen=True, slots=True)
class HighAgain:
    """``assessments`` in succession, whose windows start ``weeks_apart`` or more from each other."""

    assessments: int
    weeks_apart: int


@rule(
    "LP1.high_twice",
    HighAgain,
    next="Look with your supervisor at what was tried between these assessments, and what has to change now.",
    start="action",
)
def high_twice(view: View, numbers: HighAgain) -> Finding | None:
    """The same unit at 4-5 in two successive assessments that began eight weeks apart or more.

    Counted back from the latest grade of the unit. An assessment that began sooner and found 4-5 too does not end the
    run: the one before it is then the one that counts.

    Source: casework.md, LP1: "same unit at 4-5 in 2 successive assessments whose windows start ≥ 8 weeks apart".
    """
    return _high_again(view, numbers)


@rule(
    "LP1.high_thrice",
    HighAgain,
    level=Level.URGENT,
    next="Discuss today with your supervisor whether this child is safe enough, and whether a strategy discussion is "
    "needed.",
    start="meeting/strategy",
)
def high_thrice(view: View, numbers: HighAgain) -> Finding | None:
    """The same unit at 4-5 in three successive assessments, each begun eight weeks or more after the one before.

    Source: casework.md, LP1: "``high_thrice`` in 3 → urgent".
    """
    return _high_again(view, numbers)


def _high_again(view: View, numbers: HighAgain) -> Finding | None:
    said: list[str] = []
    counted_in: list[Graded] = []
    for history in histories(view, by_unit=True):
        runs: dict[tuple[str, ...], list[str]] = {}
        for code in history[-1].pack.units_in(history[-1].profile.band):
            run = _run_at_high(view, history, code, numbers.weeks_apart)
            if len(run) >= numbers.assessments:
                grades = ", then ".join(str(each.units[code]) for each in run)
                runs.setdefault(_ids(run), []).append(f"{name_of(history[-1], code)} ({grades})")
                counted_in.extend(run)
        by_id = {each.id: each for each in history}
        for found, units in runs.items():
            threshold = history[-1].pack.thresholds.alert_from
            began = windows_of(by_id[id_] for id_ in found)
            said.append(
                f"Graded {threshold} or worse in {len(found)} assessments in succession, begun {began}: "
                f"{listed(units)}."
            )
    return Finding(text=" ".join(said), entries=_ids(_in_time(counted_in))) if said else None


def _run_at_high(view: View, history: Sequence[Graded], code: str, weeks_apart: int) -> list[Graded]:
    """Return the latest assessments that hold a unit at 4-5 and began far enough apart, oldest first."""
    run: list[Graded] = []
    for each in graded_in(view, history, code):
        if not each.is_high(each.units[code]):
            break
        if not run or view.last_day(each.starts, weeks=weeks_apart) <= run[-1].starts:
            run.append(each)
    return run[::-1]


@rule(
    "LP1.gain_not_held",
    NoNumbers,
    next="Ask what held the gain while it lasted, and what would hold it this time.",
    start="action",
)
def gain_lost(view: View, _numbers: NoNumbers) -> Finding | None:
    """A unit at 4-5, better in at least one signed-off assessment, and at 4-5 again: for as long as it is there.

    Source: casework.md, LP1: "``gain_not_held`` → act"; instrument.md, Comparison, *Gain not held*.
    """
    lost = list(islice(lost_gains(view), 1 if view.deciding else None))
    if not lost:
        return None
    said = [
        f"{name_of(each.again, each.code)} was graded {each.first.units[each.code]} in the assessment begun on "
        f"{long_date(each.first.starts)}, {each.better.units[each.code]} on {long_date(each.better.starts)}, and "
        f"{each.again.units[each.code]} again on {long_date(each.again.starts)}."
        for each in lost
    ]
    counted_in = [graded for each in lost for graded in (each.first, each.better, each.again)]
    return Finding(text=f"A gain was not held. {' '.join(said)}", entries=_ids(_in_time(counted_in)))


@dataclass(frozen=True, slots=True, kw_only=True)
class GainGone:
    """A unit that got better and is at 4-5 again, with the three assessments that say so."""

    code: str
    first: Graded
    better: Graded
    again: Graded


def lost_gains(view: View) -> Iterator[GainGone]:
    """Yield the units whose latest gain was not held, line of carers and pack by line."""
    for history in histories(view, by_unit=True):
        by_id = {each.id: each for each in history}
        for code, place in _gone_and_back(history):
            lost = _lost_gain(view, history[place:], code)
            if lost is not None:
                first, better, again = by_id[lost.first], by_id[lost.better], by_id[lost.again]
                yield GainGone(code=code, first=first, better=better, again=again)


def _gone_and_back(history: Sequence[Graded]) -> Iterator[tuple[str, int]]:
    """Yield the units that are high in their latest grade, were better before, and high before that.

    Each with the place in the history from which on that is so: nothing before it needs a closer look.
    """
    for code in history[-1].pack.units_in(history[-1].profile.band):
        turns = 0
        for place in range(len(history) - 1, -1, -1):
            grade = history[place].units.get(code)
            if grade is None:
                continue
            if history[place].is_high(grade) is (turns % 2 == 0):
                turns += 1
            if turns in (0, 3):
                break
        if turns == 3:
            yield code, place


def _lost_gain(view: View, history: Sequence[Graded], code: str) -> LostGain | None:
    lost = gain_not_held(history[-1].pack, [each.assessment for each in history], code, born=born(view))
    return lost[-1] if lost else None


@dataclass(frozen=True, slots=True)
class Stuck:
    """An area, or ``units`` of its units, in ``assessments`` in succession, or over ``months``."""

    units: int
    assessments: int
    months: int


@rule(
    "LP1.stuck",
    Stuck,
    next="Look with your supervisor at why help has not changed this, and what else is needed.",
    start="action",
    job=Job.LEAD,
)
def stuck(view: View, numbers: Stuck) -> Finding | None:
    """The same area at 3 or worse, or two of its units, in three successive assessments or over twelve months.

    Counted back from the latest assessment. Over twelve months: two assessments or more, from the first day of the
    first window to the last day of the latest. An assessment in which the area has no grade, or too little was seen
    for one better than that, is passed over; one recorded elsewhere counts by its area's grade.

    Source: casework.md, LP1: "same area at 3 or worse, or ≥ 2 of its units at 3 or worse, in 3 successive assessments
    or over 12 m".
    """
    said: list[str] = []
    counted_in: list[Graded] = []
    for history in histories(view, by_unit=False):
        last = history[-1]
        for area in last.pack.areas:
            run = _run_watched(history, area.code, numbers)
            if len(run) >= numbers.assessments or _spans(view, run, numbers):
                counted_in.extend(run)
                said.append(
                    f"{area.code} {area.label} was graded {last.pack.thresholds.watch_from} or worse, or at least "
                    f"{counted(numbers.units, 'of its units', 'of its units')} were, in {len(run)} assessments in "
                    f"succession, begun {windows_of(run)}."
                )
    return Finding(text=" ".join(said), entries=_ids(_in_time(counted_in))) if said else None


def _run_watched(history: Sequence[Graded], area: str, numbers: Stuck) -> list[Graded]:
    run: list[Graded] = []
    for each in reversed(history):
        result = each.profile.areas.get(area)
        grade = result.grade if result is not None else None
        if (grade is not None and each.is_watched(grade)) or each.watched_units.get(area, 0) >= numbers.units:
            run.append(each)
        elif result is not None and grade is not None and not result.thin:
            break
    return run[::-1]


def _spans(view: View, run: Sequence[Graded], numbers: Stuck) -> bool:
    return len(run) > 1 and view.last_day(run[0].starts, months=numbers.months) <= run[-1].ends


def _in_time(found: Iterable[Graded]) -> list[Graded]:
    return sorted({each.id: each for each in found}.values(), key=lambda each: (each.starts, each.ends, each.id))


def _ids(found: Iterable[Graded]) -> tuple[str, ...]:
    return tuple(each.id for each in found)
