"""A policy laid open: every part that says where it comes from, with its numbers, and how sure it is today.

Walks whatever parts a policy has, so that a new one is shown without a word here. Knows no wording and no clock.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, StrEnum
from typing import Any, Final

from gcp2_app.domain.policy import DangerNumber, Origin, PolicyStatus
from gcp2_app.domain.when import When, completed_months

#: For so many months what was verified counts as verified, and a telephone number for fewer.
VERIFIED_MONTHS: Final = 12
VERIFIED_MONTHS_TELEPHONE: Final = 6


class Check(StrEnum):
    """What a reader should do about a part of the policy. The values are names for the program, not words."""

    VERIFIED = "verified"
    CHECK_NOW = "check_now"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One value, or a few that belong together, of a part.

    Attributes:
        path: names of the fields that lead to it, inside the part.
        values: names of fields with what they hold; one with an empty name where the path says it all. Empty texts are
            left out.
    """

    path: tuple[str, ...]
    values: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPart:
    """A part of a policy with an origin of its own.

    Attributes:
        path: names of the fields that lead to it.
        telephone: it holds telephone numbers, which are checked more often.
    """

    path: tuple[str, ...]
    origin: Origin
    lines: tuple[Line, ...]
    telephone: bool = False


def parts_of(policy: Any) -> tuple[PolicyPart, ...]:
    """Return every part of a policy that has an origin, at any depth, in the order of the policy."""
    return tuple(_parts((), policy))


def check_of(part: PolicyPart, today: date) -> Check:
    """Return whether a part is verified, was verified too long ago, or never was here.

    A month counts from its last day.

    Source: casework.md, the paragraph before "One stream of entries" (check now 12 months after, telephone numbers 6).
    """
    if part.origin.status is not PolicyStatus.VERIFIED:
        return Check.CONFIRM
    checked = part.origin.checked_on
    day = When(checked if len(checked) > len("2026-11") else {"month": checked}).last
    months = VERIFIED_MONTHS_TELEPHONE if part.telephone else VERIFIED_MONTHS
    # The day on which the months are over still counts.
    if day is not None and completed_months(day, today - timedelta(days=1)) < months:
        return Check.VERIFIED
    return Check.CHECK_NOW


def _parts(path: tuple[str, ...], value: Any) -> Iterator[PolicyPart]:
    origin = getattr(value, "origin", None)
    if isinstance(origin, Origin):
        yield PolicyPart(path=path, origin=origin, lines=tuple(_lines((), value)), telephone=_has_telephone(value))
    for name, inner in _inside(value):
        if not isinstance(inner, Origin):
            yield from _parts((*path, name), inner)


def _lines(path: tuple[str, ...], value: Any) -> Iterator[Line]:
    for name, inner in _inside(value):
        if isinstance(inner, Origin) or isinstance(getattr(inner, "origin", None), Origin):
            continue
        here = (*path, name)
        within = tuple(_inside(inner))
        if _is_plain(inner):
            if inner not in (None, ""):
                yield Line(path=here, values=(("", inner),))
        elif within and all(_is_plain(each) for _, each in within):
            if dataclasses.is_dataclass(inner) or isinstance(inner, Mapping):
                yield Line(path=here, values=tuple(_said(within, here)))
            else:
                yield Line(path=here, values=tuple(("", each) for _, each in within))
        else:
            yield from _lines(here, inner)


def _said(within: tuple[tuple[str, Any], ...], path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Yield what a group holds, without what is empty and without what its path says already."""
    for name, value in within:
        if value not in (None, "") and value != path[-1]:
            yield name, value


def _inside(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield what a value is made of, with its names; nothing of a plain value."""
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield field.name, getattr(value, field.name)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield str(key.value if isinstance(key, Enum) else key), inner
    elif isinstance(value, tuple | list | frozenset):
        for i, inner in enumerate(sorted(value) if isinstance(value, frozenset) else value, start=1):
            yield (
                str(getattr(inner, "code", getattr(inner, "name", i)) if dataclasses.is_dataclass(inner) else i),
                inner,
            )


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float | date | Enum)


def _has_telephone(value: Any) -> bool:
    return isinstance(value, DangerNumber) or any(
        _has_telephone(inner) for _, inner in _inside(value) if not isinstance(getattr(inner, "origin", None), Origin)
    )
