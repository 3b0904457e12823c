"""R2: families who moved in with a long history.

Source: casework.md, row R2.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.alerts import Job
from gcp2_app.domain.rules.reading import has_neglect_marker, ids
from gcp2_app.domain.rules.record import Fact, day_of
from gcp2_app.domain.rules.registry import Finding, rule
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import counted, listed, long_date


@dataclass(frozen=True, slots=True)
class DeepDive:
    """Moved in to ``authority``, ``authorities`` other ones in ``years``: a deep dive within ``working_days``."""

    authority: str
    authorities: int
    years: int
    working_days: int


@rule(
    "R2.deep_dive",
    DeepDive,
    next="Ask each authority for its records, and hold a deep dive.",
    start="meeting/deep_dive",
    job=Job.LEAD,
)
def deep_dive(view: View, numbers: DeepDive) -> Finding | None:
    """A family moved in, has lived under two or more other authorities, and there is neglect, a plan, or no history.

    It holds from the move until a deep dive was held since. The history is not known while no record of an earlier
    authority was received.

    Source: casework.md, R2: "``deep_dive`` moved in, with ≥ 2 **other** authorities in 5 years **and** a neglect
        marker, plan or unknown history → due 20 wd".
    """
    arrival = moved_in(view, numbers)
    if arrival is None or len(arrival.others) < numbers.authorities or arrival.deep_dive_held:
        return None
    move, on, others = arrival.move, arrival.on, arrival.others
    marked = has_neglect_marker(view) or view.on_plan() is not None or move.data.get("cp_plan") is True
    if not marked and arrival.history_known:
        return None
    due = view.last_day(on, working=numbers.working_days)
    said = counted(len(others), "other authority", "other authorities")
    return Finding(
        text=f"The family moved in on {long_date(on)} and has lived under {said} in {numbers.years} years: "
        f"{listed(others)}. A deep dive is due by {long_date(due)}.",
        entries=(move.id,),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A family's latest move in.

    Attributes:
        move: the move.
        on: its day.
        others: other authorities they lived under in the years the policy counts.
        deep_dive_held: a deep dive was held since.
        history_known: records of an earlier authority were received.
    """

    move: Fact
    on: date
    others: tuple[str, ...]
    deep_dive_held: bool
    history_known: bool


def moved_in(view: View, numbers: DeepDive) -> Arrival | None:
    """Return the latest move in from another authority, or None where there is none.

    Source: casework.md, R2.
    """
    moved = _moves_in(view, numbers.authority)
    if not moved:
        return None
    move, on = moved[-1]
    return Arrival(
        move=move,
        on=on,
        others=tuple({name.casefold(): name for name in _other_authorities(view, numbers)}.values()),
        deep_dive_held=_held_since(view, on, "deep_dive"),
        history_known=_history_is_known(view),
    )


@dataclass(frozen=True, slots=True)
class Records:
    """Records that were asked for are chased after these working days; the last goes on."""

    working_days: tuple[int, ...]


@rule(
    "R2.records",
    Records,
    next="Ask again for the records, and say when they were first asked for.",
    start="tab/plans",
    job=Job.ALLOCATED_WORKER,
    rests_on_nothing=True,
)
def records(view: View, numbers: Records) -> Finding | None:
    """Records another authority was asked for have not come: chased on working day 5, 10 and 15.

    Source: casework.md, R2: "``records`` chased at 5, 10, 15 wd".
    """
    waiting: list[tuple[Fact, str]] = []
    chases: list[date] = []
    for move in view.facts("move"):
        for asked in move.groups("records"):
            day = view.known(day_of(asked.get("asked_on")))
            if day is None or view.known(day_of(asked.get("received_on"))) is not None:
                continue
            due = [view.last_day(day, working=after) for after in numbers.working_days]
            come = [each for each in due if view.reached(each)]
            if come:
                chases.append(max(come))
                who = str(asked.get("authority") or "the earlier authority")
                waiting.append((move, f"{who} (asked on {long_date(day)}, chase {len(come)})"))
    if not waiting:
        return None
    return Finding(
        text=f"Records that were asked for have not been received: {listed(words for _, words in waiting)}.",
        entries=ids(move for move, _ in waiting),
        asked_on=max(chases),
    )


@dataclass(frozen=True, slots=True)
class TransferIn:
    """A conference within ``working_days`` of moving in to ``authority`` with a child protection plan."""

    authority: str
    working_days: int


@rule(
    "R2.transfer_in",
    TransferIn,
    next="Hold the transfer-in conference.",
    start="meeting/icpc",
    job=Job.LEAD,
    rests_on_nothing=True,
)
def transfer_in(view: View, numbers: TransferIn) -> Finding | None:
    """A child moved in with a child protection plan, and no conference was held within fifteen working days.

    Source: casework.md, R2: "``transfer_in`` conference 15 wd for a CP plan".
    """
    late = [
        (move, on)
        for move, on in _moves_in(view, numbers.authority)
        if move.data.get("cp_plan") is True
        and view.passed(on, working=numbers.working_days)
        and not _held_since(view, on, "icpc", "rcpc")
    ]
    if not late:
        return None
    move, on = late[-1]
    return Finding(
        text=f"The child moved in with a child protection plan on {long_date(on)}, and no transfer-in conference is "
        f"recorded as held within {numbers.working_days} working days.",
        entries=(move.id,),
    )


def _moves_in(view: View, authority: str) -> list[tuple[Fact, date]]:
    """Return the moves to an authority from another that have taken place, with their day, oldest first."""
    found = [
        (move, on)
        for move in view.facts("move")
        if (on := view.field(move, "on")) is not None
        and _is(move.data.get("to_authority"), authority)
        and not _is(move.data.get("from_authority"), authority)
    ]
    return sorted(found, key=lambda pair: (pair[1], pair[0].id))


def _other_authorities(view: View, numbers: DeepDive) -> Iterator[str]:
    """Yield the other authorities the family lived under in the last years, as moves and addresses say.

    Where a home was before the child came is the family's history; where it was after the child had left is not.
    """
    months = numbers.years * 12
    for move in view.facts("move"):
        on = view.field(move, "on")
        if on is not None and view.within(on, months=months):
            yield from _others((move.data.get("from_authority"), move.data.get("to_authority")), numbers.authority)
    for household in view.record.households:
        left = [each.to or date.max for each in household.members if each.who == view.record.child.id]
        if not left:
            continue
        for address in household.addresses:
            begun = address.from_ is None or (address.from_ <= max(left) and view.known(address.from_) is not None)
            if begun and (address.to is None or not view.passed(address.to, months=months)):
                yield from _others((address.authority,), numbers.authority)


def _others(authorities: tuple[object, ...], own: str) -> Iterator[str]:
    for authority in authorities:
        if isinstance(authority, str) and authority.strip() and not _is(authority, own):
            yield authority.strip()


def _is(authority: object, own: str) -> bool:
    return isinstance(authority, str) and authority.strip().casefold().startswith(own.casefold())


def _history_is_known(view: View) -> bool:
    """Whether records of an earlier authority were received."""
    return any(
        view.known(day_of(asked.get("received_on"))) is not None
        for move in view.facts("move")
        for asked in move.groups("records")
    )


def _held_since(view: View, day: date, *types: str) -> bool:
    return any(
        held >= day
        for meeting in view.facts("meeting")
        if meeting.data.get("type") in types and (held := view.field(meeting, "held")) is not None
    )
