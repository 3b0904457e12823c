"""What earlier visits and agreed actions say to whoever is about to knock. Knows entries and answers; no clock.

Source: experience.md, screen 4 (*Before you knock*).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from gcp2_app.domain.answers import NOT_STARTED, EvidenceSource, UnitAnswer
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.visits import read_sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSeen:
    """When a child was last seen at all, alone, and awake; None where that was never noted."""

    seen: date | None = None
    alone: date | None = None
    awake: date | None = None


def last_seen(visits: Iterable[Entry], child: str) -> LastSeen:
    """Return when a child was last seen, in visits that are not entered in error.

    A visit without a sheet counts by its own fields, for every child it is about.
    """
    found: dict[str, date | None] = {"seen": None, "alone": None, "awake": None}
    for entry in _counted(visits):
        if child not in entry.children or entry.when is None:
            continue
        sheet = read_sheet(entry)
        mine = sheet.sighting(child)
        if not sheet.seen:
            data = entry.data
            mine = replace(
                mine, seen=data.get("child_seen"), alone=data.get("seen_alone"), awake=data.get("seen_awake")
            )
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


def nothing_seen(answers: Mapping[str, UnitAnswer], codes: Iterable[str]) -> tuple[str, ...]:
    """Return those unit codes for which nothing was seen yet, at home or elsewhere, and that are not accounted for."""
    seen = {EvidenceSource.SEEN_AT_HOME, EvidenceSource.SEEN_ELSEWHERE}
    return tuple(
        code
        for code in codes
        if not answers.get(code, NOT_STARTED).reason
        and not any(piece.source in seen for piece in answers.get(code, NOT_STARTED).evidence)
    )


def still_open(actions: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return agreed actions that were not found done, the earliest due first; those without a day last."""
    open_ = [
        entry for entry in actions if entry.entered_in_error is None and entry.data.get("checked_result") != "done"
    ]
    return tuple(sorted(open_, key=lambda entry: (not entry.data.get("due"), entry.data.get("due") or "", entry.id)))


def _counted(entries: Iterable[Entry]) -> Iterable[Entry]:
    return (entry for entry in entries if entry.entered_in_error is None)
