"""*Agreed · Said · Checked · Seen to last*: every agreed action in its column, and the patterns among them.

Source: casework.md, row LP11.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.rules.agreements import agreed_on, chains, result_of, result_since_said, said_done_on
from gcp2_app.domain.rules.record import Fact, day_of
from gcp2_app.domain.rules.view import View

#: Rules that speak of a pattern in what somebody did, not in what we did.
PATTERNS = (_CHECKED := "LP11.checked_not_found", "LP11.re_agreed")
_DONE = "done"


class Column(StrEnum):
    """How far an action has come."""

    AGREED = "agreed"
    SAID = "said"
    CHECKED = "checked"
    LASTS = "lasts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One action, as it was agreed last.

    Attributes:
        entry: the latest agreement.
        earlier: days of the agreements before, oldest first.
        agreed_on: None where it was not kept or has not come.
        said_done_on: None while nobody says so.
        checked_on: the day of the check that counts; None where none does, or its day was not kept.
        result: what that check found: ``done``, ``part``, ``not_done``; empty while nothing was found out.
        could_not_check: a check was tried and could not be made.
        looked_again_on: the day it was looked at last after that check, with ``still`` for what was found.
        still: ``done``, ``part``, ``not_done``, or empty.
        overdue: it was due before today, and nobody says that it is done.
        waited_working_days: since it was said to be done, while it is not checked; else None.
    """

    entry: Entry
    column: Column
    earlier: tuple[date, ...] = ()
    agreed_on: date | None = None
    due: date | None = None
    said_done_on: date | None = None
    checked_on: date | None = None
    result: str = ""
    could_not_check: bool = False
    looked_again_on: date | None = None
    still: str = ""
    overdue: bool = False
    waited_working_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What a rule counted across actions, and whether its three questions are answered.

    Attributes:
        text: what was counted, as the alert says it.
        actions: the actions it speaks of, oldest first.
        unanswered: those of them about which a question is still open.
    """

    rule: str
    text: str
    actions: tuple[Entry, ...]
    unanswered: tuple[Entry, ...]

    @property
    def may_be_reported(self) -> bool:
        """Whether a report may name the pattern.

        Source: casework.md, LP11: "A pattern enters a report only once answered: understood, in a form they can use?
        able to (money, health)? is anyone preventing them?"
        """
        return not self.unanswered


def board(view: View) -> tuple[Card, ...]:
    """Return a card for each action; one that was agreed again has one card.

    Source: casework.md, LP11: "how each action was checked (seen, document, child, third party), what was found".
    """
    return tuple(sorted((_card(view, line) for line in _lines(view)), key=_order))


def _lines(view: View) -> list[list[Fact]]:
    """Return the agreements of each action, oldest first; one whose day of agreement has not come stands alone."""
    agreed = chains(view)
    in_chains = {fact.id for chain in agreed for fact in chain}
    return [*agreed, *([fact] for fact in view.facts("action") if fact.id not in in_chains)]


def _order(card: Card) -> tuple[date, date, str]:
    return card.due or date.max, card.agreed_on or date.max, card.entry.id


def _card(view: View, chain: list[Fact]) -> Card:
    fact = chain[-1]
    said = said_done_on(view, fact)
    result = result_of(view, fact) if said is None else result_since_said(view, fact)
    looked_again_on, still = _looked_again(view, fact) if result == _DONE else (None, "")
    due = fact.day("due")
    settled = bool(result) or said is not None
    return Card(
        entry=fact.whole,
        column=_column(said, result, still),
        earlier=tuple(agreed_on(view, each) for each in chain[:-1]),
        agreed_on=view.field(fact, "agreed_on"),
        due=due,
        said_done_on=said,
        checked_on=view.field(fact, "checked_on") if result else None,
        result=result,
        could_not_check=not result and fact.data.get("checked_result") == "could_not_check",
        looked_again_on=looked_again_on,
        still=still,
        overdue=due is not None and not settled and view.passed(due),
        waited_working_days=view.waited(said) if said is not None and not result else None,
    )


def _column(said: date | None, result: str, still: str) -> Column:
    if result == _DONE and still == _DONE:
        return Column.LASTS
    if result:
        return Column.CHECKED
    return Column.SAID if said is not None else Column.AGREED


def _looked_again(view: View, fact: Fact) -> tuple[date | None, str]:
    """Return the latest time a done action was looked at again after its check, and what was found."""
    checked = fact.day("checked_on") or date.min
    found = [
        (on, str(each.get("result") or ""))
        for each in fact.groups("looked_again")
        if (on := view.known(day_of(each.get("on")))) is not None and on > checked and each.get("result")
    ]
    return max(found, key=lambda pair: pair[0], default=(None, ""))


def is_answered(entry: Entry) -> bool:
    """Whether the three questions about an action are answered: understood, able to, prevented."""
    asked: Mapping[str, object] = entry.data.get("asked") or {}
    return all(
        answer is not None for answer in (entry.data.get("understood"), asked.get("able"), asked.get("prevented"))
    )


def patterns(view: View) -> tuple[Pattern, ...]:
    """Return what the rules find in the actions, each with the questions that are open.

    Asked of every action that was found not done or done in part, and of one that was agreed again once: with its
    latest agreement. Of what was done nothing is asked.
    """
    return tuple(pattern for name in PATTERNS if (pattern := _pattern(view, name)) is not None)


def _pattern(view: View, name: str) -> Pattern | None:
    found = view.also(name)
    if found is None:
        return None
    counted = {fact for fact in view.facts("action") if fact.id in found.entries}
    if name == _CHECKED:
        counted = {fact for fact in counted if result_since_said(view, fact) != _DONE}
    actions = tuple(line[-1].whole for line in _lines(view) if not counted.isdisjoint(line))
    return Pattern(
        rule=name,
        text=found.text,
        actions=actions,
        unanswered=tuple(entry for entry in actions if not is_answered(entry)),
    )
