"""LP1: chronic neglect shows in what keeps coming back, in what other agencies say, and in cases opened again.

Source: casework.md, row LP1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from gcp2_app.domain.calendar import quarter, quarter_start
from gcp2_app.domain.entries import Theme
from gcp2_app.domain.register import Agency
from gcp2_app.domain.rules.gradings import lines_now
from gcp2_app.domain.rules.reading import (
    at_least,
    certain,
    has_neglect_type,
    ids,
    is_concern,
    possible,
    possible_since,
    voice_of,
)
from gcp2_app.domain.rules.record import Fact, Graded
from gcp2_app.domain.rules.registry import Finding, rule
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import AGENCIES, counted, listed, long_date

_DAY = timedelta(days=1)
#: What a type of neglect is called inside a sentence.
_TYPES = {
    Theme.MEDICAL: "medical neglect",
    Theme.NUTRITIONAL: "nutritional neglect",
    Theme.EMOTIONAL: "emotional neglect",
    Theme.SUPERVISION: "lack of supervision and guidance",
    Theme.EDUCATIONAL: "educational neglect",
    Theme.PHYSICAL: "physical neglect",
}


@dataclass(frozen=True, slots=True)
class TypePersists:
    """``entries`` in each of the latest ``quarters``, from ``agencies`` over them."""

    quarters: int
    entries: int
    agencies: int


@rule(
    "LP1.type_persists",
    TypePersists,
    next="Look at these entries together: what has this meant for the child so far, and what has been tried?",
    start="tab/timeline",
)
def type_persists(view: View, numbers: TypePersists) -> Finding | None:
    """The same type of neglect in three quarters running, with an impact recorded, from two agencies or more.

    The quarters are calendar quarters, the running one the last of them. An entry falls in the quarter of the day it
    happened. A request for help is the voice of the agency that asked.

    Source: casework.md, LP1: "same neglect type in 3 quarters running, ≥ 2 entries in each with an impact recorded,
    from ≥ 2 agencies over the run".
    """
    year, number = view.running_quarter()
    starts = [quarter_start(year, number - back) for back in range(numbers.quarters - 1, -1, -1)]
    quarters = [quarter(start) for start in starts]
    with_impact = view.all_facts(_shows_impact)
    recent = [
        fact for fact in with_impact if fact.on is not None and fact.on >= starts[0] and view.known(fact.on) is not None
    ]
    said: list[str] = []
    counted_in: list[Fact] = []
    for theme, words in _TYPES.items():
        found = [fact for fact in recent if theme in fact.entry.themes]
        by_quarter = [sum(quarter(fact.on or date.min) == each for fact in found) for each in quarters]
        agencies = {agency for fact in found if (agency := voice_of(fact)) is not None}
        if min(by_quarter) >= numbers.entries and len(agencies) >= numbers.agencies:
            possibly = [fact for fact in possible_since(with_impact, starts[0]) if theme in fact.entry.themes]
            counted_in.extend(found)
            said.append(
                f"{words} in {at_least(len(found), len(possibly), 'entry', 'entries')} with an impact on the child "
                f"recorded ({', then '.join(map(str, by_quarter))}), from {_names(agencies)}"
            )
    if not said:
        return None
    text = f"In {numbers.quarters} quarters running, since {long_date(starts[0])}: {'; '.join(said)}."
    return Finding(text=text, entries=ids(sorted(counted_in, key=lambda fact: (fact.on or date.min, fact.id))))


def _shows_impact(fact: Fact) -> bool:
    return bool(fact.entry.impact.strip()) and has_neglect_type(fact)


@dataclass(frozen=True, slots=True)
class Disagree:
    """``concerns`` within ``days`` before; ``areas`` says which types of neglect belong to an area of care."""

    concerns: int
    days: int
    areas: Mapping[str, tuple[Theme, ...]]


@rule(
    "LP1.disagree",
    Disagree,
    next="Ask the agencies that raised these concerns what they saw, and look at the grades with them.",
    start="note",
)
def disagree(view: View, numbers: Disagree) -> Finding | None:
    """An area at 1-2 in the latest assessment while another agency raised concerns of that theme before it.

    At 1-2 is better than the pack's ``watch_from``, however little was seen. Before it is from so many days before the
    first day of its window until it was signed off. Another agency is none of the assessors' own; an agency that is
    not known is none.

    Source: casework.md, LP1: "an area at 1-2 while ≥ 2 concern entries of that theme came from another agency within
    90 days before".
    """
    said: list[str] = []
    counted_in: list[str] = []
    held: list[date] = []
    concerns = [fact for fact in certain(view.facts("note", "referral")) if is_concern(fact)]
    for line in lines_now(view):
        last = line[-1]
        theirs = _from_others(view, last, concerns, numbers.days)
        for area in last.pack.areas:
            grade = last.profile.areas[area.code].grade if area.code in last.profile.areas else None
            if grade is None or last.is_watched(grade):
                continue
            themes = set(numbers.areas.get(area.code, ()))
            found = [fact for fact in theirs if themes.intersection(fact.entry.themes)]
            if len(found) >= numbers.concerns:
                agencies = {agency for fact in found if (agency := voice_of(fact)) is not None}
                said.append(
                    f"{area.code} {area.label} was graded {grade} in the assessment begun on {long_date(last.starts)}; "
                    f"{counted(len(found), 'concern')} about it came from {_names(agencies)} before it was signed off: "
                    f"{listed(long_date(fact.on) for fact in found if fact.on is not None)}."
                )
                counted_in += (*ids(found), last.id)
                held.append(sorted(fact.counts_from for fact in found)[numbers.concerns - 1])
    if not said:
        return None
    # As long as the same assessments count, the same one is the latest.
    return Finding(text=" ".join(said), entries=tuple(counted_in), held_from=max(min(held), view.assessed_since()))


def _from_others(view: View, graded: Graded, concerns: list[Fact], days: int) -> list[Fact]:
    own = {
        worker.agency
        for id_ in graded.assessment.assessors
        if (worker := view.record.professionals.get(id_)) is not None
    }
    return [
        fact
        for fact in concerns
        if fact.on is not None
        and graded.starts - days * _DAY <= fact.on <= graded.counts_from
        and voice_of(fact) not in {None, *own}
    ]


@dataclass(frozen=True, slots=True)
class Restarts:
    """``restarts`` within ``months``."""

    restarts: int
    months: int


@rule(
    "LP1.restarts",
    Restarts,
    next="Read the earlier episodes as one history before deciding what this one needs.",
    start="tab/timeline",
)
def restarts(view: View, numbers: Restarts) -> Finding | None:
    """The case was opened again twice in twenty-four months.

    A restart is the first thing after a closing: the case opened, or an assessment's window starting on a later day.
    What follows until the next closing belongs to the same restart. Closed and opened on one day, it was closed first.

    Source: casework.md, LP1: "2 in 24 m"; How rules read the record: "Restart".
    """
    opened, closed = view.facts("case_opened"), view.facts("case_closed")
    moves = [(fact.on, 1, fact.id) for fact in certain(closed) if fact.on is not None]
    moves += [(fact.on, 2, fact.id) for fact in certain(opened) if fact.on is not None]
    moves += [(each.starts, 0, each.id) for each in view.assessments()]
    found: list[tuple[date, str]] = []
    is_closed = False
    for day, what, id_ in sorted(moves):
        if is_closed and what != 1 and view.within(day, months=numbers.months):
            found.append((day, id_))
        is_closed = what == 1
    if len(found) < numbers.restarts:
        return None
    possibly = len(possible(opened)) if closed else 0
    said = at_least(len(found), possibly, "time")
    days = listed(long_date(day) for day, _ in found)
    return Finding(
        text=f"After it had been closed, the case was opened or assessed again {said} in {numbers.months} months: "
        f"{days}.",
        entries=tuple(id_ for _, id_ in found),
    )


def _names(agencies: set[Agency]) -> str:
    return listed(sorted(AGENCIES[agency] for agency in agencies))
