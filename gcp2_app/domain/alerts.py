"""An alert: what a rule counted in a child's record, and what comes next.

An alert says what was counted and whose job the next step is. It names no parent and holds no score.

Source: casework.md, How rules read the record.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """How soon somebody acts: today, within five working days, or at the next supervision."""

    URGENT = "urgent"
    ACT = "act"
    WATCH = "watch"

    @property
    def order(self) -> int:
        """0 for the most urgent."""
        return tuple(Level).index(self)


class Job(StrEnum):
    """Whose job the next step is. Everyone else sees the alert folded."""

    LEAD = "lead"
    ALLOCATED_WORKER = "allocated_worker"
    SUPERVISOR = "supervisor"
    OWN_AGENCY = "own_agency"
    HOSPITAL = "hospital"
    HEALTH = "health"
    SCHOOL = "school"
    CHAIR = "chair"
    SELF = "self"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Why an alert is laid aside, by whom, and until when. Any newly counted entry wakes it.

    Attributes:
        by: id of the professional.
        on: the day it was laid aside.
        until: the last day it stays aside.
        counted: ids of what the alert counted when it was laid aside.
        level: what it was then; None where that was not kept.
    """

    rule: str
    reason: str
    by: str
    on: date
    until: date
    counted: tuple[str, ...] = ()
    level: Level | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whom somebody asked because an alert rests on finding nothing, when, and what they said.

    Attributes:
        whom: name, role or agency in words.
        on: the day they were asked.
        answer: what they said.
        by: id of the professional who asked.
    """

    rule: str
    whom: str
    on: date
    answer: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One rule's word on one child, or on one professional.

    Attributes:
        rule: such as ``LP9.three_in_year``.
        row: the row of the review it belongs to, such as ``LP9``.
        child: id of the child; None where it is about a professional or the whole area.
        person: id of the professional it is about, else None.
        since: the first day of the unbroken run of days on which it has held.
        text: what was counted, in words.
        entries: ids of the entries and assessments that were counted.
        next: the next step, in words.
        start: what the button beside it starts, such as ``meeting/stay_review``; see
            :class:`gcp2_app.domain.rules.registry.Rule`.
        job: whose job it is.
        set_aside: why it is laid aside, or None.
        asked_on: the latest day on which the rule asked its question anew, of those that do; else None.
        rests_on_nothing: it holds because something was not found, and says so.
        asked: who was asked about it since it began to hold, the latest; or None.
    """

    rule: str
    row: str
    level: Level
    since: date
    text: str
    entries: tuple[str, ...]
    next: str
    job: Job
    start: str = ""
    child: str | None = None
    person: str | None = None
    set_aside: SetAside | None = None
    asked_on: date | None = None
    rests_on_nothing: bool = False
    asked: Asked | None = None


def laid_aside(alerts: Iterable[Alert], set_asides: Iterable[SetAside], *, today: date) -> tuple[Alert, ...]:
    """Return the alerts, each with the set-aside that still holds for it, if one does.

    Args:
        alerts: of one child.
        set_asides: of that child, the latest last; of a rule the latest counts.
        today: the day the alerts are read as of.

    Source: casework.md, How rules read the record: "Set aside only with a reason and a date … and woken by any newly
        counted entry".
    """
    latest = {each.rule: each for each in set_asides if each.on <= today}
    return tuple(
        replace(alert, set_aside=aside)
        if (aside := latest.get(alert.rule)) is not None and still_aside(alert, aside, today=today)
        else alert
        for alert in alerts
    )


def asked_about(alerts: Iterable[Alert], asked: Iterable[Asked], *, today: date) -> tuple[Alert, ...]:
    """Return the alerts, each that rests on finding nothing with whom was asked about it last.

    An answer from before the alert began to hold is about another time, and counts for nothing.

    Args:
        alerts: of one child.
        asked: about that child, in any order.
        today: the day the alerts are read as of.

    Source: casework.md, How rules read the record: "enters a report only once the user has written whom they asked and
        when".
    """
    latest = {each.rule: each for each in sorted(asked, key=lambda each: each.on) if each.on <= today}
    return tuple(
        replace(alert, asked=latest[alert.rule])
        if alert.rests_on_nothing and alert.rule in latest and latest[alert.rule].on >= alert.since
        else alert
        for alert in alerts
    )


def still_aside(alert: Alert, aside: SetAside, *, today: date) -> bool:
    """Whether a set-aside still holds.

    Its date has not passed, nothing is counted that was not counted then, it is no more urgent than it was then, and
    the question was not asked anew since.

    Source: casework.md, How rules read the record ("woken by any newly counted entry"); Meetings ("again at 15 m").
    """
    if today > aside.until or not set(alert.entries) <= set(aside.counted):
        return False
    if aside.level is not None and alert.level.order < aside.level.order:
        return False
    return alert.asked_on is None or alert.asked_on <= aside.on
