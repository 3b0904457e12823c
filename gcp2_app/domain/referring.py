"""A request for help: its steps, whom to ring first, and what is still missing.

Knows values alone: today and the present instant come in, and the program itself sends nothing.

Source: casework.md, LP8 and Referral.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from gcp2_app.domain.calendar import WorkingDays
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.kinds import Item
from gcp2_app.domain.register import Allocation, Professional
from gcp2_app.domain.when import LONDON

#: The kind of entry a request for help is.
KIND: Final = "referral"
#: The steps, in their order.
STEPS: Final = ("danger", "worker", "level", "told", "content", "lead", "send")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a step.

    Attributes:
        item: the field that takes the answer.
        block: heading above it, or empty.
        needed: it counts for how complete the request is.
        shown_if, shown_unless: name of an earlier yes-or-no question; asked only when that is answered yes, or no.
    """

    item: Item
    block: str = ""
    needed: bool = False
    shown_if: str = ""
    shown_unless: str = ""

    def is_asked(self, values: Mapping[str, Any]) -> bool:
        """Whether it is asked, after what was answered so far."""
        if self.shown_if:
            return values.get(self.shown_if) is True
        return not self.shown_unless or values.get(self.shown_unless) is False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the form."""

    code: str
    title: str
    about: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestForm:
    """The steps of a request for help, in one edition."""

    edition: str
    steps: tuple[Step, ...]

    def missing(self, values: Mapping[str, Any]) -> tuple[tuple[Step, Question], ...]:
        """Return what is asked and still unanswered; it warns and never stops anything.

        Source: casework.md, Referral: "a completeness meter that warns, never blocks where there is danger".
        """
        return tuple(
            (step, question)
            for step in self.steps
            for question in step.questions
            if question.needed and question.is_asked(values) and is_blank(values.get(question.item.name))
        )

    def asked(self, values: Mapping[str, Any]) -> int:
        """Return how many answers count for how complete it is."""
        return sum(question.needed and question.is_asked(values) for step in self.steps for question in step.questions)


def is_blank(value: Any) -> bool:
    """Whether an answer says nothing."""
    return value in (None, "", [], {}) or (isinstance(value, str) and not value.strip())


# The allocated worker


class First(StrEnum):
    """Whom to speak with before a request is sent."""

    NOBODY_ALLOCATED = "nobody_allocated"
    RING_FIRST = "ring_first"
    RING_AND_ASK = "ring_and_ask"


def is_of_social_worker(allocation: Allocation, workers: Mapping[str, Professional]) -> bool:
    """Whether an allocation is a social worker's, by its own role or that of whom it names."""
    worker = workers.get(allocation.professional)
    roles = (allocation.role, worker.role if worker is not None else "")
    return any("social worker" in role.casefold().replace("_", " ").replace("-", " ") for role in roles)


def social_worker_on(
    day: date, allocated: Iterable[Allocation], workers: Mapping[str, Professional]
) -> Allocation | None:
    """Return a social worker's allocation that runs on a day, the one confirmed last before others."""
    running = [
        each
        for each in allocated
        if is_of_social_worker(each, workers) and each.since <= day and (each.to is None or day <= each.to)
    ]
    return max(running, key=lambda each: (each.confirmed_on or date.min, each.since), default=None)


def whom_first(allocation: Allocation | None, *, today: date, days: WorkingDays, within: int) -> First:
    """Return whether the allocated worker is rung first, or rung and asked.

    Args:
        allocation: the social worker's that runs today, or None.
        today: the day.
        days: which days are working days.
        within: working days for which a confirmation is relied on; the last of them counts.

    Source: casework.md, LP8: "applies when *this child's* allocation was confirmed in the last 10 wd, otherwise 'ring
    and ask'".
    """
    if allocation is None:
        return First.NOBODY_ALLOCATED
    confirmed = allocation.confirmed_on
    if confirmed is None or confirmed > today or days.between(confirmed, today) > within:
        return First.RING_AND_ASK
    return First.RING_FIRST


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """The tries to speak with the worker, the manager or duty.

    Attributes:
        first: the instant of the first try nobody answered, or None.
        reached: somebody was spoken to since.
        number: how many tries there were.
    """

    first: datetime | None = None
    reached: bool = False
    number: int = 0


def tries(contacts: Iterable[Entry], *, now: datetime) -> Tries:
    """Return the tries of today and yesterday, by the calendar of London: older ones are another story's."""
    today = now.astimezone(LONDON).date()
    recent: list[tuple[datetime, bool]] = []
    for entry in contacts:
        at = _instant(entry.data.get("tried_on"))
        if entry.kind != "worker_contact" or at is None or at > now:
            continue
        if at.astimezone(LONDON).date() >= today - timedelta(days=1):
            recent.append((at, entry.data.get("reached") is True))
    recent.sort()
    reached = [at for at, spoken in recent if spoken]
    since = [at for at, spoken in recent if not spoken and (not reached or at > reached[-1])]
    return Tries(first=since[0] if since else None, reached=bool(reached) and not since, number=len(recent))


def wait_ends(first: datetime, *, hours: int, close_of_day: str) -> datetime:
    """Return the instant from which nobody was spoken to in time: the hub is rung, and told that the case is open.

    At the close of the day of the first try, or when the hours have passed, whichever comes first; at once where the
    first try came after the close.

    Args:
        first: the instant of the first try that nobody answered.
        hours: how long is waited.
        close_of_day: ``HH:MM`` in Europe/London.

    Source: casework.md, LP8: "nobody spoken to in 2 hours or by close of day → MASH or out of hours by phone".
    """
    here = first.astimezone(LONDON)
    close = datetime.combine(here.date(), time.fromisoformat(close_of_day), LONDON)
    return min(first + timedelta(hours=hours), max(close, here))


def _instant(raw: Any) -> datetime | None:
    """Return the instant of a stored moment; of a whole day, its beginning in London."""
    if not isinstance(raw, str) or not raw:
        return None
    found = datetime.fromisoformat(raw)
    return found if found.tzinfo is not None else found.replace(tzinfo=LONDON)
