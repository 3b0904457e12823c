"""What earlier visits and agreed actions say to whoever is about to knock. Knows entries and answers; no clock.

Source: experience.md, screen 4 (*Before you knock*).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from gcp2_app.domain.answers import NOT_STARTED, EvidenceSource, UnitAnswer
from gcp2_app.domain.calendar import add_months
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.visits import sighting_of

#: What was said done and never checked is brought up at the door this long, in calendar months.
_BROUGHT_UP_MONTHS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSeen:
    """When a child was last seen at all, alone, and awake; None where that was never noted."""

    seen: date | None = None
    alone: date | None = None
    awake: date | None = None


class Standing(StrEnum):
    """Where an agreed action stands: the results of a check in the contract's words, or what came before one."""

    AGREED = "agreed"
    SAID_DONE = "said_done"
    DONE = "done"
    PART = "part"
    NOT_DONE = "not_done"
    COULD_NOT_CHECK = "could_not_check"


def last_seen(visits: Iterable[Entry], child: str) -> LastSeen:
    """Return when a child was last seen, in visits that are not entered in error."""
    found: dict[str, date | None] = {"seen": None, "alone": None, "awake": None}
    for entry in _counted(visits):
        if child not in entry.children or entry.when is None:
            continue
        mine = sighting_of(entry, child)
        day = entry.when.last
        for name, latest in found.items():
            if getattr(mine, name) and day is not None and (latest is None or latest < day):
                found[name] = day
    return LastSeen(**found)


def last_unannounced(visits: Iterable[Entry]) -> Entry | None:
    """Return the latest visit known to have been unannounced, whether or not anyone opened; None where there is none.

    A visit that was cancelled is none.
    """
    unannounced = [
        entry
        for entry in _counted(visits)
        if entry.data.get("announced") is False and not entry.data.get("cancelled_by") and entry.when is not None
    ]
    return max(unannounced, key=lambda entry: entry.when.sort_key if entry.when else "", default=None)


def last_let_in(visits: Iterable[Entry]) -> date | None:
    """Return the day of the latest visit that was not cancelled, refused or without an answer; None without one."""
    kept_out = {"refused", "no_answer"}
    days = [
        entry.when.last
        for entry in _counted(visits)
        if entry.when is not None and not entry.data.get("cancelled_by") and entry.data.get("access") not in kept_out
    ]
    return max((day for day in days if day is not None), default=None)


def nothing_seen(answers: Mapping[str, UnitAnswer], codes: Iterable[str]) -> tuple[str, ...]:
    """Return those unit codes for which nothing was seen yet, at home or elsewhere, and that are not accounted for."""
    seen = {EvidenceSource.SEEN_AT_HOME, EvidenceSource.SEEN_ELSEWHERE}
    return tuple(
        code
        for code in codes
        if not answers.get(code, NOT_STARTED).reason
        and not any(piece.source in seen for piece in answers.get(code, NOT_STARTED).evidence)
    )


def about_safety(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return what is noted about the safety of workers, the newest first."""
    noted = [entry for entry in _counted(entries) if entry.data.get("worker_safety") and entry.what.strip()]
    return tuple(sorted(noted, key=lambda entry: (entry.when.sort_key if entry.when else "", entry.id), reverse=True))


def still_open(actions: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return agreed actions that nobody found done, the newest agreed first; those without a day last.

    One that was agreed again stands in its latest form alone.

    Source: casework.md, LP11 (``same_as``: agreed again).
    """
    counted = tuple(_counted(actions))
    again = {entry.data["same_as"] for entry in counted if entry.data.get("same_as")}
    open_ = [entry for entry in counted if entry.id not in again and entry.data.get("checked_result") != "done"]
    by_id = sorted(open_, key=lambda entry: entry.id)
    return tuple(sorted(by_id, key=lambda entry: str(entry.data.get("agreed_on") or ""), reverse=True))


def to_bring_up(actions: Iterable[Entry], *, last_visit: date | None, today: date) -> tuple[tuple[Entry, ...], int]:
    """Return those open actions that are brought up at the door, and how many are not.

    What was said done and not checked is brought up for six months, and longer while nobody has been let in since. What
    was said done before that is no news at a door.

    Args:
        actions: open ones; see :func:`still_open`.
        last_visit: when somebody was let in last, or None.
        today: the day.

    Source: experience.md, screen 4 (what was agreed); the six months are ours.
    """
    open_ = tuple(actions)
    recent = add_months(today, -_BROUGHT_UP_MONTHS)
    since = min(recent, last_visit or recent).isoformat()
    shown = tuple(
        entry
        for entry in open_
        if standing(entry) is not Standing.SAID_DONE or str(entry.data["said_done_on"]) >= since
    )
    return shown, len(open_) - len(shown)


def standing(action: Entry) -> Standing:
    """Return where an open action stands. What was said after it was checked is not checked.

    Source: casework.md, LP11 (said done and not checked: *we* have not looked).
    """
    data = action.data
    said, checked = str(data.get("said_done_on") or ""), str(data.get("checked_on") or "")
    if data.get("checked_result") and not checked < said:
        return Standing(data["checked_result"])
    return Standing.SAID_DONE if said else Standing.AGREED


def _counted(entries: Iterable[Entry]) -> Iterable[Entry]:
    return (entry for entry in entries if entry.entered_in_error is None)
