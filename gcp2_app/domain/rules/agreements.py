"""LP11: what was agreed and said to be done is checked, and seen to last.

Source: casework.md, row LP11: *Agreed · Said · Checked · Seen to last*.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.rules.reading import ASK_FIRST, ids
from gcp2_app.domain.rules.record import Fact
from gcp2_app.domain.rules.registry import Finding, rule
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.words import counted, listed, long_date

_FOUND = frozenset({"done", "part", "not_done"})
_NOT_DONE = "not_done"


def agreed_on(view: View, fact: Fact) -> date:
    """Return the day an action was agreed; where none was kept, the day of its entry."""
    return view.field(fact, "agreed_on") or fact.on or date.min


def said_done_on(view: View, fact: Fact) -> date | None:
    """Return the day an action was said to be done, once it has come."""
    return view.field(fact, "said_done_on")


def result_of(view: View, fact: Fact) -> str:
    """Return what a check of an action found, or an empty text while none has found anything.

    A check whose day was not kept counts with the entry; one that could not be made found nothing.
    """
    result = str(fact.data.get("checked_result") or "")
    checked = fact.day("checked_on")
    return result if result in _FOUND and (checked is None or view.known(checked) is not None) else ""


def result_since_said(view: View, fact: Fact) -> str:
    """Return what was found once an action was said to be done: an earlier check says nothing of that."""
    said, checked = said_done_on(view, fact), fact.day("checked_on")
    return "" if said is None or (checked is not None and checked < said) else result_of(view, fact)


def _in_time(view: View, actions: Iterable[Fact]) -> list[Fact]:
    return sorted(actions, key=lambda fact: (agreed_on(view, fact), fact.id))


@dataclass(frozen=True, slots=True)
class CheckedNotFound:
    """Of ``checked`` actions said done and checked, ``not_found`` were not done or done in part."""

    checked: int
    not_found: int


@rule("LP11.checked_not_found", CheckedNotFound, next=ASK_FIRST, start="tab/plans")
def checked_not_found(view: View, numbers: CheckedNotFound) -> Finding | None:
    """Of five actions or more that were said to be done and checked, three or more were not found done.

    A check that could not be made counts for nothing, nor does one made before the action was said to be done.

    Source: casework.md, LP11: "of ≥ 5 actions said done **and checked**, ≥ 3 found not done or part".
    """
    results = {fact: result for fact in view.facts("action") if (result := result_since_said(view, fact))}
    checked = _in_time(view, results)
    not_found = [fact for fact in checked if results[fact] != "done"]
    if len(checked) < numbers.checked or len(not_found) < numbers.not_found:
        return None
    return Finding(
        text=f"Of {counted(len(checked), 'action')} said to be done and checked, {len(not_found)} were found not done "
        "or done in part.",
        entries=ids(checked),
        # What a check found does not go away.
        held_from=max(
            _nth((_result_from(view, fact) for fact in checked), numbers.checked),
            _nth((_result_from(view, fact) for fact in not_found), numbers.not_found),
        ),
    )


def _result_from(view: View, fact: Fact) -> date:
    """Return the first day from which an action counts, is said to be done, and what a check found is known."""
    days = said_done_on(view, fact), view.field(fact, "checked_on")
    return max(fact.counts_from, *(day for day in days if day is not None))


def _nth(days: Iterable[date], number: int) -> date:
    """Return the first day on which so many of some days have come."""
    return sorted(days)[number - 1]


@dataclass(frozen=True, slots=True)
class NotChecked:
    """``said_done`` actions unchecked ``working_days`` after they were said to be done."""

    said_done: int
    working_days: int


@rule(
    "LP11.not_checked",
    NotChecked,
    next="Check these actions: see for yourself, see a document, ask the child, or ask another service.",
    start="tab/plans",
    rests_on_nothing=True,
)
def not_checked(view: View, numbers: NotChecked) -> Finding | None:
    """Three actions or more were said to be done, and twenty working days later none of them is checked.

    Each action has its own twenty days from the day it was said to be done. One that could not be checked is not.

    Source: casework.md, LP11: "≥ 3 said done and none checked in 20 wd → act: *we* have not looked".
    """
    waiting = [
        fact
        for fact in view.facts("action")
        if (said := said_done_on(view, fact)) is not None
        and view.passed(said, working=numbers.working_days)
        and not result_since_said(view, fact)
    ]
    if len(waiting) < numbers.said_done:
        return None
    return Finding(
        text=f"{counted(len(waiting), 'action')} were said to be done more than {numbers.working_days} working days "
        "ago. We have not looked: no check is recorded that found out.",
        entries=ids(_in_time(view, waiting)),
        # Each has waited since its own day; what a check found does not go away.
        held_from=_nth((_waits_from(view, fact, numbers.working_days) for fact in waiting), numbers.said_done),
    )


def _waits_from(view: View, fact: Fact, working_days: int) -> date:
    said = said_done_on(view, fact)
    return fact.counts_from if said is None else max(fact.counts_from, view.first_past(said, working=working_days))


@dataclass(frozen=True, slots=True)
class ReAgreed:
    """Not done at so many successive ``agreements``, and agreed again."""

    agreements: int


@rule("LP11.re_agreed", ReAgreed, next=ASK_FIRST, start="tab/plans")
def re_agreed(view: View, numbers: ReAgreed) -> Finding | None:
    """The same action was found or reported not done at three successive agreements, and agreed again.

    So there are four agreements, and each of the three before the latest was not done by the time of the next. The
    alert ends once the latest is found done. Done in part is not "not done".

    Source: casework.md, LP11: "same action (``same_as``) agreed again after being found or reported not done at 3
    successive agreements".
    """
    said: list[str] = []
    counted_in: list[Fact] = []
    for chain in chains(view):
        latest, before = chain[-1], chain[-1 - numbers.agreements : -1]
        if len(before) < numbers.agreements or result_of(view, latest) == "done":
            continue
        if all(
            _failed_by(view, one, agreed_on(view, other))
            for one, other in zip(before, chain[-len(before) :], strict=True)
        ):
            counted_in += (*before, latest)
            days = listed(long_date(agreed_on(view, fact)) for fact in before)
            said.append(
                f"An action agreed on {days} was found or reported not done each time, and was agreed again on "
                f"{long_date(agreed_on(view, latest))}."
            )
    return Finding(text=" ".join(said), entries=ids(counted_in)) if said else None


def _failed_by(view: View, fact: Fact, day: date) -> bool:
    checked = fact.day("checked_on")
    return result_of(view, fact) == _NOT_DONE and (checked is None or checked <= day)


def chains(view: View) -> list[list[Fact]]:
    """Return the agreements of each action, those that have come, in time; most were agreed once."""
    agreed = [fact for fact in _in_time(view, view.facts("action")) if view.field(fact, "agreed_on") is not None]
    earlier = {fact.id: str(fact.data.get("same_as") or "") for fact in view.record.facts.get("action", ())}
    found: dict[str, list[Fact]] = {}
    for fact in agreed:
        found.setdefault(_first(earlier, fact.id), []).append(fact)
    return list(found.values())


def _first(earlier: Mapping[str, str], id_: str) -> str:
    """Return the id of the first agreement of an action; one that is not in the record counts by its id."""
    seen: set[str] = set()
    while (before := earlier.get(id_, "")) and id_ not in seen:
        seen.add(id_)
        id_ = before
    return min(seen) if id_ in seen else id_
