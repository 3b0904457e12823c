"""What somebody wants to see of a chart, and how a reader is told what they do not.

Source: experience.md, screen 6.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from gcp2_app.domain.calendar import add_months
from gcp2_app.domain.words import counted, listed, long_date

#: The layer of named periods in which services worked differently.
CIRCUMSTANCES = "circumstances"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A part of a chart that can be left out.

    Attributes:
        code: the same on every chart and for every child that has it.
        label: what readers call it.
        own: it is this child's alone, such as one of its carers: another child's chart never leaves it out.
    """

    code: str
    label: str
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Some days, the first and the last included."""

    from_: date
    to: date

    def meets(self, from_: date, to: date) -> bool:
        """Whether it has a day in common with others."""
        return from_ <= self.to and to >= self.from_

    def within(self, from_: date, to: date) -> "Period":
        """Return what it has in common with an axis, or itself where that is nothing."""
        return Period(from_=max(self.from_, from_), to=min(self.to, to)) if self.meets(from_, to) else self


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is looked at; without anything said, the whole.

    Attributes:
        left_out: codes of layers.
        period: the only days that are shown, or None for all.
    """

    left_out: frozenset[str] = field(default_factory=frozenset)
    period: Period | None = None

    def has(self, code: str) -> bool:
        """Whether a layer is shown."""
        return code not in self.left_out

    def shows(self, from_: date, to: date) -> bool:
        """Whether some days are among those shown."""
        return self.period is None or self.period.meets(from_, to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """How much of one kind lies outside the days shown.

    Attributes:
        one, many: what is counted: "assessment", "assessments".
        before, after: how many lie wholly before the first day, and after the last.
    """

    one: str
    many: str
    before: int
    after: int


def outside(selection: Selection, spans: Iterable[tuple[date, date]], one: str, many: str) -> Outside:
    """Count what lies outside the days shown.

    Args:
        selection: what is looked at.
        spans: first and last day of each thing.
        one: what is counted.
        many: more than one of it.
    """
    period = selection.period
    days = list(spans)
    before = 0 if period is None else sum(1 for _, last in days if last < period.from_)
    after = 0 if period is None else sum(1 for first, _ in days if first > period.to)
    return Outside(one=one, many=many, before=before, after=after)


def last_months(months: int, day: date) -> Period:
    """Return the months that end with a day."""
    return Period(from_=add_months(day, -months) + timedelta(days=1), to=day)


def selection_words(selection: Selection, layers: Sequence[Layer], lying: Iterable[Outside]) -> tuple[str, ...]:
    """Return what a reader is told, as sentences: which layers are left out, and what lies outside the days shown.

    Args:
        selection: what is looked at.
        layers: those the chart has.
        lying: what lies outside.
    """
    said: list[str] = []
    names = [layer.label for layer in layers if not selection.has(layer.code)]
    if names:
        said.append(f"Layers left out: {listed(names)}.")
    if selection.period is not None:
        days = f"{long_date(selection.period.from_)} to {long_date(selection.period.to)}"
        rest = [_lying(each) for each in lying if each.before or each.after]
        more = f"outside these days and not shown: {listed(rest)}" if rest else "nothing lies outside these days"
        said.append(f"Days shown: {days}; {more}.")
    return tuple(said)


def _lying(each: Outside) -> str:
    parts = [(each.before, "before"), (each.after, "after")]
    (number, where), *more = [part for part in parts if part[0]]
    words = f"{counted(number, each.one, each.many)} {where}"
    return words + "".join(f", {number} {where}" for number, where in more)
