"""What speaks against two records being of one child: twins, brothers and sisters, and a baby born since.

A caution refuses nothing. Whoever merges says of each that it was looked into. Knows values alone.

Source: casework.md, Register ("a likely duplicate is offered"); instrument.md, Antenatal.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from enum import StrEnum
from itertools import product
from typing import Final

from gcp2_app.domain.register import Child, Household, Member

#: Born so long before or after the day that was expected, it is hardly the same baby: 24 weeks of pregnancy to 43.
_BEFORE: Final = timedelta(weeks=16)
_AFTER: Final = timedelta(weeks=3)


class Caution(StrEnum):
    """One thing to look into before two records are merged."""

    TWINS = "twins"
    OTHER_BIRTH = "other_birth"
    OTHER_NUMBER = "other_number"
    OTHER_SEX = "other_sex"
    LIVED_TOGETHER = "lived_together"
    NAMED_TOGETHER = "named_together"
    BORN_SINCE = "born_since"
    NOT_AS_EXPECTED = "not_as_expected"


def cautions(
    child: Child, other: Child, households: Iterable[Household], *, named_together: bool
) -> tuple[Caution, ...]:
    """Return what to look into, what speaks against it most first.

    Args:
        child: one record.
        other: the other record.
        households: those either is or was a member of.
        named_together: something is recorded about both, so somebody took them for two.
    """
    found = set(_of_both(child, other))
    if named_together:
        found.add(Caution.NAMED_TOGETHER)
    if any(_lived_together(home, child.id, other.id) for home in households):
        found.add(Caution.LIVED_TOGETHER)
    return tuple(caution for caution in Caution if caution in found)


def _of_both(child: Child, other: Child) -> Iterator[Caution]:
    if _differ(child.nhs_number, other.nhs_number) or _differ(child.upn, other.upn):
        yield Caution.OTHER_NUMBER
    if _differ(child.sex, other.sex):
        yield Caution.OTHER_SEX
    if (child.date_of_birth is None) is not (other.date_of_birth is None) and child.born and other.born:
        yield from _born_since(child, other)
    elif child.born and other.born:
        if child.born != other.born:
            yield Caution.OTHER_BIRTH
        elif child.date_of_birth is None or child.given_names.casefold() != other.given_names.casefold():
            # Two who are not born yet have no names to tell them apart.
            yield Caution.TWINS


def _born_since(child: Child, other: Child) -> Iterator[Caution]:
    unborn, born = (child, other) if child.date_of_birth is None else (other, child)
    yield Caution.BORN_SINCE
    expected, day = unborn.expected_date, born.date_of_birth
    if expected is not None and day is not None and not expected - _BEFORE <= day <= expected + _AFTER:
        yield Caution.NOT_AS_EXPECTED


def _differ(ours: str | None, theirs: str | None) -> bool:
    return bool(ours) and bool(theirs) and ours != theirs


def _lived_together(home: Household, child: str, other: str) -> bool:
    theirs = [[member for member in home.members if member.who == id_] for id_ in (child, other)]
    return any(_overlap(one, two) for one, two in product(*theirs))


def _overlap(one: Member, two: Member) -> bool:
    starts = [each.from_ for each in (one, two) if each.from_]
    ends = [each.to for each in (one, two) if each.to]
    return not starts or not ends or max(starts) <= min(ends)
