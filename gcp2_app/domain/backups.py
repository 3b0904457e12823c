"""Backups: why one was made, when the next is due, and which of them are kept.

Knows instants and counts; nothing of files. A backup is only ever let go once a newer good one is there.

Source: safekeeping.md, Faults ("automatic (on unlock if older than 24 h, every 30 min while changing, before migration
    and import), rotated (hourly/daily/weekly/monthly)"; "copied … (warning at 3 wd)").
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from gcp2_app.domain.calendar import WorkingDays
from gcp2_app.domain.policy import BackupPolicy
from gcp2_app.domain.when import LONDON


class Why(StrEnum):
    """Why a backup was made; the value is part of its name."""

    AUTOMATIC = "automatic"
    BY_HAND = "by-hand"
    BEFORE_IMPORT = "before-import"
    BEFORE_UPDATE = "before-update"
    BEFORE_RESTORE = "before-restore"
    #: The files of a store that could not be read, put aside as they were. It is no good backup.
    DAMAGED = "damaged"


#: What somebody may want back that is not the latest: kept for a time whatever the rotation says.
_MARKED = frozenset({Why.BY_HAND, Why.BEFORE_UPDATE, Why.BEFORE_RESTORE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup.

    Attributes:
        name: of its folder.
        made_at: aware instant.
        size_bytes: of its database.
    """

    name: str
    made_at: datetime
    why: Why
    size_bytes: int

    @property
    def is_good(self) -> bool:
        """Whether it was opened and checked when it was made."""
        return self.why is not Why.DAMAGED


def last_good(backups: Iterable[Backup]) -> Backup | None:
    """Return the newest backup that was checked, or None."""
    return max((each for each in backups if each.is_good), key=lambda each: each.made_at, default=None)


def to_let_go(backups: Sequence[Backup], policy: BackupPolicy, now: datetime) -> tuple[Backup, ...]:
    """Return the backups that are not kept any longer, oldest first.

    Kept are the newest of each of the latest hours, days, weeks and months that have one, by the clock of London, as
    many of each as the policy says; what was made by hand, before an update or before a restore for some days whatever
    else there is; and what was put aside damaged for ever.

    Args:
        backups: every backup there is, in any order.
        policy: how many are kept.
        now: the present instant, aware.
    """
    newest_first = sorted(backups, key=lambda each: each.made_at, reverse=True)
    good = [each for each in newest_first if each.is_good]
    kept = {each.name for each in newest_first if not each.is_good}
    kept |= {each.name for each in good if each.why in _MARKED and _age(each, now) < timedelta(days=policy.kept_days)}
    for count, period in (
        (policy.hourly, _hour),
        (policy.daily, _day),
        (policy.weekly, _week),
        (policy.monthly, _month),
    ):
        kept |= _newest_of_each(good, period, count)
    return tuple(each for each in reversed(newest_first) if each.name not in kept)


def _newest_of_each(newest_first: Sequence[Backup], period: Callable[[datetime], object], count: int) -> set[str]:
    newest: dict[object, str] = {}
    for each in newest_first:
        newest.setdefault(period(each.made_at.astimezone(LONDON)), each.name)
    return set(list(newest.values())[:count])


def _hour(at: datetime) -> object:
    return at.date(), at.hour


def _day(at: datetime) -> object:
    return at.date()


def _week(at: datetime) -> object:
    return at.isocalendar()[:2]


def _month(at: datetime) -> object:
    return at.year, at.month


def _age(backup: Backup, now: datetime) -> timedelta:
    return now - backup.made_at


def is_due_on_unlock(last: Backup | None, policy: BackupPolicy, now: datetime) -> bool:
    """Whether a backup is made because a store was unlocked: there is none, or the last is too old.

    One from the future was made by a clock that was wrong, and says nothing.
    """
    return last is None or not timedelta(0) <= _age(last, now) < timedelta(hours=policy.unlock_hours)


def is_due_while_changing(last: Backup | None, policy: BackupPolicy, now: datetime) -> bool:
    """Whether a backup is made of a store that changed since the last one."""
    return last is None or not timedelta(0) <= _age(last, now) < timedelta(minutes=policy.every_minutes)


def copy_is_late(copied_at: datetime | None, policy: BackupPolicy, days: WorkingDays, now: datetime) -> bool:
    """Whether the last copy off the computer is so many working days old that people are warned.

    Args:
        copied_at: when the last copy was made, aware; None where there never was one.
        policy: how old it may be.
        days: the working days.
        now: the present instant, aware.
    """
    if copied_at is None:
        return True
    return days.between(copied_at.astimezone(LONDON).date(), now.astimezone(LONDON).date()) >= policy.copy_working_days
