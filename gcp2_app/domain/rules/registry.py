"""What a rule is, and the rules by their names as their modules are loaded.

A rule is a pure function of a view and its own numbers. Adding one touches one module, and one table of the policy.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, TypeVar

from gcp2_app.domain.alerts import Job, Level
from gcp2_app.domain.rules.clock import Clock


class About(StrEnum):
    """What one evaluation of a rule is about."""

    CHILD = "child"
    PROFESSIONAL = "professional"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule counted.

    Attributes:
        text: what was counted, in words; neutral about parents.
        entries: ids of the entries and assessments counted, oldest first.
        level: where it is not the rule's own.
        next: where it is not the rule's own.
        start: where it is not the rule's own.
        rests_on_nothing: where it is not the rule's own.
        held_from: a day from which the rule has held without a break because of what was counted, where the rule knows
            one at no cost. It may have held for longer. It spares the replay of the days between.
        asked_on: where the rule asks its question again at a later time though nothing new is counted, the latest day
            on which it did.
    """

    text: str
    entries: tuple[str, ...] = ()
    level: Level | None = None
    next: str = ""
    start: str = ""
    rests_on_nothing: bool | None = None
    held_from: date | None = None
    asked_on: date | None = None


@dataclass(frozen=True, slots=True)
class NoNumbers:
    """The numbers of a rule that has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule.

    Attributes:
        name: as in the case-file format.
        check: the function; returns None where the condition does not hold.
        numbers: the type of its numbers: a frozen dataclass whose fields are the keys of its table in the policy.
        level: the level of a finding that names none.
        next: the next step, in words.
        start: what the button beside the next step starts: a kind of entry, with what its ``type`` is filled with after
            a slash (``meeting/stay_review``); ``assessment``; ``visit``; ``requests`` (side by side); ``chronology``
            (to be frozen); ``letter/trigger_review``; ``tab/`` with a part of the child's page; ``learning/`` with a
            section.
        job: whose job it is.
        rests_on_nothing: it holds because something was not found, and says so.
        about: what it looks at.
    """

    name: str
    check: Callable[[Any, Any], Finding | None]
    numbers: type
    level: Level
    next: str
    start: str
    job: Job
    rests_on_nothing: bool
    about: About

    @property
    def row(self) -> str:
        """The row of the review: the name before the dot."""
        return self.name.partition(".")[0]


_REGISTERED: Final[dict[str, Rule]] = {}
#: The rules of the modules that are loaded, by name. Each there is stands in :mod:`gcp2_app.domain.rules.themes`.
REGISTERED: Final[Mapping[str, Rule]] = MappingProxyType(_REGISTERED)

V = TypeVar("V", bound=Clock)
N = TypeVar("N")


def rule(
    name: str,
    numbers: type[N],
    *,
    next: str,  # noqa: A002 - the alert's own word
    job: Job = Job.ALLOCATED_WORKER,
    level: Level = Level.ACT,
    start: str = "",
    rests_on_nothing: bool = False,
    about: About = About.CHILD,
) -> Callable[[Callable[[V, N], Finding | None]], Callable[[V, N], Finding | None]]:
    """Register a rule; see :class:`Rule` for what each argument means.

    Raises:
        ValueError: two rules have one name.
    """

    def register(check: Callable[[V, N], Finding | None]) -> Callable[[V, N], Finding | None]:
        if name in _REGISTERED:
            raise ValueError(f"two rules are called {name}")
        _REGISTERED[name] = Rule(
            name=name,
            check=check,
            numbers=numbers,
            level=level,
            next=next,
            start=start,
            job=job,
            rests_on_nothing=rests_on_nothing,
            about=about,
        )
        return check

    return register
