"""The policy of an area, read from ``forms/policy/<area>.toml``.

A key that is not here is an error, so that a slip of the pen cannot be overlooked.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from gcp2_app.domain.policy import (
    AreaPolicy,
    BackupPolicy,
    CalendarPolicy,
    ChallengePolicy,
    ChallengeStage,
    DangerNumber,
    DangerPolicy,
    DangerSign,
    LockPolicy,
    Origin,
    PolicyStatus,
    ReferralPolicy,
    ReportsPolicy,
    SharingPolicy,
)
from gcp2_app.domain.when import parse_date
from gcp2_app.errors import BadFile, InvalidValue
from gcp2_app.forms.tables import check_format, decode, read_bytes, read_tables
from gcp2_app.paths import data_folder

FORMAT = "gcp2-policy"
FORMAT_VERSION = 1
DANGER_CODES = ("emergency", "daytime", "out_of_hours")

_ADULT_YEARS = 18
_BACKUP_COUNTS = (
    "unlock_hours",
    "every_minutes",
    "hourly",
    "daily",
    "weekly",
    "monthly",
    "kept_days",
    "copy_working_days",
)
_STAGES = 4
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_DAY_OR_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?")


class OriginTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What every part of a policy says of itself."""

    source: str
    status: PolicyStatus
    checked_on: str


class NumberTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[[danger.numbers]]``."""

    code: str
    label: str
    when: str
    number: str
    then: str = ""


class SignTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[[danger.signs]]``."""

    what: str
    do_not_tell_first: bool = False


class DangerTable(OriginTable, forbid_unknown_fields=True, kw_only=True):
    """``[danger]``."""

    question: str
    act: str
    if_told: str
    do_not_tell: str
    signs: tuple[SignTable, ...]
    numbers: tuple[NumberTable, ...]


class LockTable(OriginTable, forbid_unknown_fields=True, kw_only=True):
    """``[lock]``."""

    idle_minutes: int
    idle_minutes_most: int
    neutral_after_minutes: int
    cover_minutes_most: int
    cover_tries: int


class BackupTable(OriginTable, forbid_unknown_fields=True, kw_only=True):
    """``[backup]``."""

    unlock_hours: int
    every_minutes: int
    hourly: int
    daily: int
    weekly: int
    monthly: int
    kept_days: int
    copy_working_days: int


class SharingTable(OriginTable, forbid_unknown_fields=True, kw_only=True):
    """``[sharing]``."""

    young_person_from_years: int


class ReportsTable(OriginTable, forbid_unknown_fields=True, kw_only=True):
    """``[reports]``."""

    chair_before_conference_working_days: int
    chair_before_review_working_days: int


class ReferralTable(OriginTable, forbid_unknown_fields=True, kw_only=True):
    """``[referral]``."""

    name: str
    alias: str
    confirmed_working_days: int
    answer_hours: int
    close_of_day: str
    join_days: int


class StageTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``[[challenge.stages]]``."""

    title: str
    who: str


class ChallengeTable(OriginTable, forbid_unknown_fields=True, kw_only=True):
    """``[challenge]``."""

    urgent_stage: int
    stages: tuple[StageTable, ...]


class CalendarTable(OriginTable, forbid_unknown_fields=True, kw_only=True):
    """``[calendar]``."""

    country: str
    subdivision: str
    closed: tuple[str, ...] = ()


class PolicyTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The top of a policy file. What is under ``rules`` is read by :mod:`gcp2_app.forms.rule_policy`."""

    format: str
    format_version: int
    id: str
    title: str
    edition: str
    danger: DangerTable
    lock: LockTable
    backup: BackupTable
    sharing: SharingTable
    reports: ReportsTable
    referral: ReferralTable
    challenge: ChallengeTable
    calendar: CalendarTable
    rules: dict[str, Any] = {}


def load_policy(path: Path) -> AreaPolicy:
    """Read a policy file.

    Raises:
        NotFound: there is no such file.
        BadFile: the file has an error in it; the message names the place.
    """
    name = path.name
    tables = read_tables(read_bytes(path), name)
    check_format(tables, name, expected=FORMAT, version=FORMAT_VERSION)
    table = decode(PolicyTable, tables, name)
    _check(table, name)
    return AreaPolicy(
        id=table.id,
        title=table.title,
        edition=table.edition,
        danger=DangerPolicy(
            origin=make_origin(table.danger),
            question=table.danger.question,
            act=table.danger.act,
            if_told=table.danger.if_told,
            do_not_tell=table.danger.do_not_tell,
            signs=tuple(
                DangerSign(what=one.what, do_not_tell_first=one.do_not_tell_first) for one in table.danger.signs
            ),
            numbers=tuple(
                DangerNumber(code=one.code, label=one.label, when=one.when, number=one.number, then=one.then)
                for one in table.danger.numbers
            ),
        ),
        lock=LockPolicy(
            origin=make_origin(table.lock),
            idle_minutes=table.lock.idle_minutes,
            idle_minutes_most=table.lock.idle_minutes_most,
            neutral_after_minutes=table.lock.neutral_after_minutes,
            cover_minutes_most=table.lock.cover_minutes_most,
            cover_tries=table.lock.cover_tries,
        ),
        backup=BackupPolicy(
            origin=make_origin(table.backup),
            **{key: getattr(table.backup, key) for key in _BACKUP_COUNTS},
        ),
        sharing=SharingPolicy(
            origin=make_origin(table.sharing), young_person_from_years=table.sharing.young_person_from_years
        ),
        reports=ReportsPolicy(
            origin=make_origin(table.reports),
            chair_before_conference_working_days=table.reports.chair_before_conference_working_days,
            chair_before_review_working_days=table.reports.chair_before_review_working_days,
        ),
        referral=ReferralPolicy(
            origin=make_origin(table.referral),
            name=table.referral.name,
            alias=table.referral.alias,
            confirmed_working_days=table.referral.confirmed_working_days,
            answer_hours=table.referral.answer_hours,
            close_of_day=table.referral.close_of_day,
            join_days=table.referral.join_days,
        ),
        challenge=ChallengePolicy(
            origin=make_origin(table.challenge),
            urgent_stage=table.challenge.urgent_stage,
            stages=tuple(ChallengeStage(title=one.title, who=one.who) for one in table.challenge.stages),
        ),
        calendar=CalendarPolicy(
            origin=make_origin(table.calendar),
            country=table.calendar.country,
            subdivision=table.calendar.subdivision,
            closed=table.calendar.closed,
        ),
    )


@lru_cache(maxsize=1)
def shipped_policy() -> AreaPolicy:
    """Return the policy that comes with the program. Kept once read.

    Raises:
        NotFound: the installation is incomplete.
        BadFile: the file has an error in it.
    """
    return load_policy(shipped_file())


def shipped_file() -> Path:
    """Return the path of the policy that comes with the program.

    Raises:
        NotFound: the installation is incomplete.
    """
    return data_folder("forms") / "policy" / "dudley.toml"


def make_origin(table: OriginTable) -> Origin:
    """Return where a part of the policy comes from."""
    return Origin(source=table.source, status=table.status, checked_on=table.checked_on)


def _check(table: PolicyTable, name: str) -> None:
    for place in ("danger", "lock", "backup", "sharing", "reports", "referral", "challenge", "calendar"):
        check_checked_on(getattr(table, place), name, place)
    _check_calendar(table.calendar, name)
    _check_asking(table, name)
    _check_danger(table.danger, name)
    if not 0 <= table.sharing.young_person_from_years <= _ADULT_YEARS:
        raise BadFile(
            name,
            "sharing.young_person_from_years",
            "this is not an age of a child.",
            f"Give whole years, 0 to {_ADULT_YEARS}.",
        )
    for key in ("chair_before_conference_working_days", "chair_before_review_working_days"):
        if getattr(table.reports, key) < 0:
            raise BadFile(name, f"reports.{key}", "this is less than nothing.", "Give a whole number, 0 or more.")
    at_least_one = [("lock", key) for key in ("neutral_after_minutes", "cover_minutes_most", "cover_tries")]
    for part, key in (*at_least_one, *(("backup", key) for key in _BACKUP_COUNTS)):
        if getattr(getattr(table, part), key) < 1:
            raise BadFile(name, f"{part}.{key}", "this is less than 1.", "Give a whole number, 1 or more.")
    if not 1 <= table.lock.idle_minutes <= table.lock.idle_minutes_most:
        raise BadFile(
            name,
            "lock.idle_minutes",
            "this is not between 1 and idle_minutes_most.",
            "Give whole minutes, 1 or more.",
        )


def check_checked_on(part: OriginTable, name: str, place: str) -> None:
    """Refuse a part of a policy that does not say when it was checked.

    Raises:
        BadFile: ``checked_on`` is no day and no month.
    """
    if not _DAY_OR_MONTH.fullmatch(part.checked_on):
        raise BadFile(
            name,
            f"{place}.checked_on",
            f"“{part.checked_on}” is no day or month.",
            "Write it as 2026-11-30 or 2026-11.",
        )


def _check_asking(table: PolicyTable, name: str) -> None:
    """Check what is said of requests for help and of challenges."""
    for key in ("name", "alias"):
        if not getattr(table.referral, key).strip():
            raise BadFile(name, f"referral.{key}", "this text is empty.", "Write what the form is called.")
    for key in ("confirmed_working_days", "answer_hours", "join_days"):
        if getattr(table.referral, key) < 1:
            raise BadFile(name, f"referral.{key}", "this is less than 1.", "Give a whole number, 1 or more.")
    if not _TIME.fullmatch(table.referral.close_of_day):
        raise BadFile(name, "referral.close_of_day", "this is no time of day.", "Write it as 17:00.")
    if len(table.challenge.stages) != _STAGES:
        raise BadFile(name, "challenge.stages", "there are not four stages.", "Give one table for each of the four.")
    if not 1 <= table.challenge.urgent_stage <= _STAGES:
        raise BadFile(name, "challenge.urgent_stage", "there is no such stage.", "Give a stage from 1 to 4.")


def _check_calendar(table: CalendarTable, name: str) -> None:
    for i, day in enumerate(table.closed):
        try:
            parse_date(day)
        except InvalidValue:
            raise BadFile(
                name, f"calendar.closed[{i}]", f"“{day[:40]}” is not a date.", "Write it as 2026-11-30."
            ) from None


def _check_danger(danger: DangerTable, name: str) -> None:
    codes = tuple(number.code for number in danger.numbers)
    if sorted(codes) != sorted(DANGER_CODES):
        raise BadFile(
            name,
            "danger.numbers",
            "each of the three numbers is needed once.",
            f"Give one number each for {', '.join(DANGER_CODES)}.",
        )
    texts = {key: getattr(danger, key) for key in ("question", "act", "if_told", "do_not_tell")}
    texts |= {f"signs[{i}].what": sign.what for i, sign in enumerate(danger.signs)}
    for key, text in texts.items():
        if not text.strip():
            raise BadFile(name, f"danger.{key}", "this text is empty.", "Write the text.")
    if not danger.signs:
        raise BadFile(name, "danger.signs", "no sign of danger is named.", "Name at least one.")
