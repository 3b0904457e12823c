"""What stands around a child's plans: moves with the records asked for, exceptional times, support, the case itself.

Source: casework.md, rows R2, LP7 and LP1.
"""

from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.rules.record import Fact, day_of
from gcp2_app.domain.rules.view import View

#: Rules whose words stand beside the moves, the exceptional times and the support.
_MOVES = ("R2.deep_dive", "R2.records", "R2.transfer_in")
_TIMES = ("LP7.impact_review",)
_SUPPORT = ("LP1.gain_not_held",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Records an authority was asked for.

    Attributes:
        waited_working_days: since they were asked for, while they have not come; else None.
    """

    authority: str
    asked_on: date | None
    received_on: date | None
    waited_working_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One move, with the records asked for because of it."""

    fact: Fact
    on: date | None
    records: tuple[Asked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A named exceptional time, or support, with its days.

    Attributes:
        from_, to: first and last day; None where not known or not set.
        running: it has begun and not ended.
    """

    fact: Fact
    name: str
    from_: date | None
    to: date | None
    running: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The case was opened or closed.

    Attributes:
        again: it was opened after it had been closed: a restart.
    """

    fact: Fact
    opened: bool
    on: date | None
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Everything around a child's plans, the latest first.

    Attributes:
        deep_dives: worksheets of deep dives.
        moves_said, times_said, support_said: what the rules say of each, or empty.
    """

    moves: tuple[Move, ...]
    times: tuple[Period, ...]
    support: tuple[Period, ...]
    turns: tuple[Turn, ...]
    deep_dives: tuple[Fact, ...]
    moves_said: str
    times_said: str
    support_said: str


def around(view: View) -> Around:
    """Return what stands around a child's plans."""
    moves = sorted((_move(view, fact) for fact in view.facts("move")), key=lambda each: each.on or date.min)
    return Around(
        moves=tuple(reversed(moves)),
        times=_periods(view, "circumstance"),
        support=_periods(view, "support"),
        turns=_turns(view),
        deep_dives=tuple(reversed(view.facts("deep_dive"))),
        moves_said=_said(view, _MOVES),
        times_said=_said(view, _TIMES),
        support_said=_said(view, _SUPPORT),
    )


def _said(view: View, names: tuple[str, ...]) -> str:
    return " ".join(found.text for name in names if (found := view.also(name)) is not None)


def _move(view: View, fact: Fact) -> Move:
    records = []
    for each in fact.groups("records"):
        asked, received = view.known(day_of(each.get("asked_on"))), view.known(day_of(each.get("received_on")))
        waits = asked is not None and received is None
        records.append(
            Asked(
                authority=str(each.get("authority") or ""),
                asked_on=asked,
                received_on=received,
                waited_working_days=view.waited(asked) if waits and asked is not None else None,
            )
        )
    return Move(fact=fact, on=fact.day("on"), records=tuple(records))


def _periods(view: View, kind: str) -> tuple[Period, ...]:
    found = []
    for fact in view.facts(kind):
        from_, to = fact.day("from"), fact.day("to")
        begun = from_ is None or view.known(from_) is not None
        running = begun and (to is None or not view.passed(to))
        name = str(fact.data.get("name") or "")
        found.append(Period(fact=fact, name=name, from_=from_, to=to, running=running))
    return tuple(sorted(found, key=lambda each: (each.from_ or date.min, each.fact.id), reverse=True))


def _turns(view: View) -> tuple[Turn, ...]:
    closed = False
    found = []
    for fact in view.facts("case_opened", "case_closed"):
        opened = fact.entry.kind == "case_opened"
        found.append(Turn(fact=fact, opened=opened, on=fact.on, again=opened and closed))
        closed = closed or not opened
    return tuple(reversed(found))
