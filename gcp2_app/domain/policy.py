"""What an area has settled for itself: whom to ring, how long an unused store stays open.

Values only; the numbers are in ``forms/policy``. (How grades roll up is the pack's business:
:class:`gcp2_app.domain.instrument.Policy`.)
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class PolicyStatus(StrEnum):
    """How sure a part of the policy is."""

    VERIFIED = "verified"
    LOCAL_ANALOGUE = "local-analogue"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a part of the policy comes from.

    Attributes:
        checked_on: ISO day, or month where the day was not kept.
    """

    source: str
    status: PolicyStatus
    checked_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerNumber:
    """A telephone number for a child in danger.

    Attributes:
        code: ``emergency``, ``daytime`` or ``out_of_hours``.
        when: when it answers, in words.
        then: what to choose once it answers, such as "option 3", or empty.
    """

    code: str
    label: str
    when: str
    number: str
    then: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerSign:
    """One thing that means a child may be in danger.

    Attributes:
        do_not_tell_first: the carer is not told before advice was taken.
    """

    what: str
    do_not_tell_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerPolicy:
    """Whom to ring when a child could be harmed before tomorrow, the most urgent first.

    Attributes:
        question: what is asked first, everywhere.
        act: what to do when the answer is yes.
        if_told: what to do when a child tells something.
        do_not_tell: what is said beside signs of which the carer is not told first.
        signs: what counts.
    """

    origin: Origin
    question: str
    act: str
    if_told: str
    do_not_tell: str
    signs: tuple[DangerSign, ...]
    numbers: tuple[DangerNumber, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LockPolicy:
    """How long an unlocked store may lie unused.

    Attributes:
        idle_minutes: minutes offered first, 1 or more.
        idle_minutes_most: the longest a user may choose, in minutes.
        neutral_after_minutes: away for longer than this, a neutral page comes before the caseload.
        cover_minutes_most: how long the cover of a visit opens with the visit's PIN, in minutes.
        cover_tries: wrong PINs after which the store locks.
    """

    origin: Origin
    idle_minutes: int
    idle_minutes_most: int
    neutral_after_minutes: int
    cover_minutes_most: int
    cover_tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupPolicy:
    """When a store is backed up, and how many backups are kept.

    Attributes:
        unlock_hours: one is made on unlock where the last is older than this.
        every_minutes: one is made so often while the store changes.
        hourly, daily, weekly, monthly: of how many hours, days, weeks and months the newest is kept.
        kept_days: what was made by hand, before an update or before a restore is kept for so long in any case.
        copy_working_days: the last copy off the computer may be so old before people are warned.
    """

    origin: Origin
    unlock_hours: int
    every_minutes: int
    hourly: int
    daily: int
    weekly: int
    monthly: int
    kept_days: int
    copy_working_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingPolicy:
    """How a family is shown what was found.

    Attributes:
        young_person_from_years: age in completed years from which a child is usually offered a copy of their own.
    """

    origin: Origin
    young_person_from_years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsPolicy:
    """By when our report is with the chair of a conference; the family's copy has the numbers of ``MEET.due``.

    Attributes:
        chair_before_conference_working_days: before an initial conference.
        chair_before_review_working_days: before a review conference.
    """

    origin: Origin
    chair_before_conference_working_days: int
    chair_before_review_working_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralPolicy:
    """What the area calls its form that asks for help, and how the allocated worker is rung first.

    Attributes:
        name: what the form is called now; ``alias``: what people still look for it under.
        confirmed_working_days: an allocation confirmed at most so many working days ago is relied on.
        answer_hours: nobody spoken to for so many hours after the first try asks for the next step.
        close_of_day: the time of day after which the next step is due anyway, as ``HH:MM``, in Europe/London.
        join_days: requests at most so many days apart are offered as one concern.

    Source: casework.md, LP8, LP9 and Referral.
    """

    origin: Origin
    name: str
    alias: str
    confirmed_working_days: int
    answer_hours: int
    close_of_day: str
    join_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeStage:
    """One rung of the ladder of a professional challenge.

    Attributes:
        who: who speaks with whom, in a sentence.
    """

    title: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengePolicy:
    """The ladder of a professional challenge; its clocks are the numbers of ``LP10.stage_overdue``.

    Attributes:
        urgent_stage: the stage offered first where a child could be harmed before tomorrow.
        stages: from the first to the fourth.

    Source: casework.md, LP10.
    """

    origin: Origin
    urgent_stage: int
    stages: tuple[ChallengeStage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePolicy:
    """The numbers of one rule.

    Attributes:
        numbers: a value of the rule's own type of numbers (:class:`gcp2_app.domain.rules.registry.Rule`).
    """

    origin: Origin
    numbers: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPolicy:
    """Which days are no working days besides Saturdays and Sundays.

    Attributes:
        country, subdivision: whose bank holidays count, as ISO 3166 codes: ``GB`` and ``ENG``.
        closed: ISO days on which the area's services are closed too.
    """

    origin: Origin
    country: str
    subdivision: str
    closed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPolicy:
    """The policy of one area, in one edition. The numbers of the rules are read apart (:class:`RulePolicy`)."""

    id: str
    title: str
    edition: str
    danger: DangerPolicy
    lock: LockPolicy
    backup: BackupPolicy
    sharing: SharingPolicy
    reports: ReportsPolicy
    referral: ReferralPolicy
    challenge: ChallengePolicy
    calendar: CalendarPolicy
