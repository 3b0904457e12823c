"""How days, ages, windows and closed vocabularies read on screen: plain British English, dates through the locale.

Pure functions; reads no clock.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from gcp2_app.domain.answers import EvidenceSource, UnitState, WithSupport
from gcp2_app.domain.assessment import AssessmentState, Consent, TargetOutcome, Window
from gcp2_app.domain.comparison import Change
from gcp2_app.domain.instrument import LicenceKind, Policy
from gcp2_app.domain.register import Agency, Category, KnownAnswer, NeedState, Status, StatusKind
from gcp2_app.domain.scoring import Reason
from gcp2_app.domain.users import Role
from gcp2_app.domain.when import LONDON, completed_months


def tr(text: str, count: int = -1) -> str:
    """Translate a text of this module; ``%n`` in it becomes the count."""
    if count < 0:
        return QCoreApplication.translate("words", text)
    one, _, many = text.partition("|")
    return QCoreApplication.translate("words", one if count == 1 else many or one).replace("%n", str(count))


def day(value: date) -> str:
    """Return a day: "31 March 2027"."""
    return _format(value, "d MMMM yyyy")


def short_day(value: date) -> str:
    """Return a day where there is little room: "31 Mar 2027"."""
    return _format(value, "d MMM yyyy")


def day_or_month(text: str) -> str:
    """Return an ISO day or month in words: "31 March 2027", "March 2027"."""
    if len(text) == len("2027-03"):
        return _format(date.fromisoformat(f"{text}-01"), "MMMM yyyy")
    return day(date.fromisoformat(text))


def moment(value: datetime) -> str:
    """Return an instant in Europe/London: "31 March 2027, 14:05"."""
    local = value.astimezone(LONDON)
    return tr("{day}, {time}").format(day=day(local.date()), time=f"{local:%H:%M}")


def window(value: Window) -> str:
    """Return a window of days: "5 to 26 January 2027", "5 January 2027" for one day."""
    first, last = value.from_, value.to
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        start = str(first.day)
    elif first.year == last.year:
        start = _format(first, "d MMMM")
    else:
        start = day(first)
    return tr("{first} to {last}").format(first=start, last=day(last))


def age(born: date | None, on: date, *, expected: bool = False) -> str:
    """Return an age: days below 4 weeks, weeks below 3 months, months below 2 years, then years.

    Months are said beside the years below 5, where they matter.

    Args:
        born: date of birth, or of expected delivery.
        expected: the child is not born yet and ``born`` is the expected date.
    """
    if born is None:
        return tr("Age not known")
    if expected or born > on:
        return tr("Not yet born, due {day}").format(day=day(born))
    days = (on - born).days
    months = completed_months(born, on)
    if days < 28:
        return tr("%n day|%n days", days)
    if months < 3:
        return tr("%n week|%n weeks", days // 7)
    if months < 24:
        return tr("%n month|%n months", months)
    years, rest = divmod(months, 12)
    text = tr("%n year|%n years", years)
    return f"{text} {tr('%n month|%n months', rest)}" if years < 5 and rest else text


def status(value: Status) -> str:
    """Return a legal or plan status with its category: "Child protection plan, neglect"."""
    text = say(value.status)
    return f"{text}, {say(value.category).lower()}" if value.category is not None else text


def say(value: StrEnum) -> str:
    """Return the reader's words for a member of a closed vocabulary."""
    return _vocabularies()[type(value)][value]


def says(kind: type[StrEnum]) -> Mapping[StrEnum, str]:
    """Return a whole vocabulary in its order, for a list to choose from."""
    return _vocabularies()[kind]


def by_label(kind: type[StrEnum]) -> tuple[tuple[StrEnum, str], ...]:
    """Return a whole vocabulary in alphabetical order, so that typing the beginning finds the shortest first."""
    return tuple(sorted(says(kind).items(), key=lambda pair: pair[1].casefold()))


def _format(value: date, pattern: str) -> str:
    return QLocale().toString(QDate(value.year, value.month, value.day), pattern)


# By type first: members of two vocabularies with the same text are equal.
@cache
def _vocabularies() -> Mapping[type[StrEnum], Mapping[StrEnum, str]]:
    return {
        Agency: {
            Agency.CHILDRENS_SOCIAL_CARE: tr("Children’s social care"),
            Agency.MASH: tr("Multi-agency safeguarding hub (MASH)"),
            Agency.GP: tr("GP practice"),
            Agency.HEALTH_VISITING: tr("Health visiting"),
            Agency.SCHOOL_NURSING: tr("School nursing"),
            Agency.HOSPITAL: tr("Hospital"),
            Agency.SCHOOL: tr("School"),
            Agency.EARLY_YEARS: tr("Early years"),
            Agency.POLICE: tr("Police"),
            Agency.HOUSING: tr("Housing"),
            Agency.ADULT_SERVICES: tr("Adult services"),
            Agency.MENTAL_HEALTH: tr("Mental health services"),
            Agency.VOLUNTARY: tr("Voluntary organisation"),
            Agency.RELATIVE: tr("Relative"),
            Agency.NEIGHBOUR: tr("Neighbour"),
            Agency.ANONYMOUS: tr("Anonymous"),
            Agency.OTHER: tr("Other"),
        },
        Role: {
            Role.PRACTITIONER: tr("Practitioner"),
            Role.SUPERVISOR: tr("Supervisor"),
            Role.ADMINISTRATOR: tr("Administrator"),
            Role.AUDITOR: tr("Auditor"),
        },
        StatusKind: {
            StatusKind.UNIVERSAL: tr("Universal services"),
            StatusKind.EARLY_HELP: tr("Early help"),
            StatusKind.CHILD_IN_NEED: tr("Child in need"),
            StatusKind.SECTION_47: tr("Section 47 enquiry"),
            StatusKind.CHILD_PROTECTION: tr("Child protection plan"),
            StatusKind.PRE_PROCEEDINGS: tr("Pre-proceedings"),
            StatusKind.LOOKED_AFTER: tr("Looked after"),
        },
        Category: {
            Category.NEGLECT: tr("Neglect"),
            Category.PHYSICAL: tr("Physical abuse"),
            Category.SEXUAL: tr("Sexual abuse"),
            Category.EMOTIONAL: tr("Emotional abuse"),
        },
        NeedState: {
            NeedState.NONE_KNOWN: tr("None known"),
            NeedState.SUSPECTED: tr("Suspected"),
            NeedState.SAYS_SO: tr("Says so themselves"),
            NeedState.DIAGNOSED: tr("Diagnosed"),
        },
        KnownAnswer: {
            KnownAnswer.YES: tr("Yes"),
            KnownAnswer.NO: tr("No"),
            KnownAnswer.NOT_KNOWN: tr("Not known"),
        },
        AssessmentState: {
            AssessmentState.DRAFT: tr("Not started"),
            AssessmentState.IN_PROGRESS: tr("In progress"),
            AssessmentState.COMPLETE: tr("Grading complete"),
            AssessmentState.INCOMPLETE: tr("Finished with units missing"),
            AssessmentState.SHARED: tr("Shared with the family"),
            AssessmentState.SHARING_HELD_BACK: tr("Sharing held back"),
            AssessmentState.SUBMITTED: tr("With the supervisor"),
            AssessmentState.RETURNED: tr("Returned"),
            AssessmentState.SIGNED_OFF: tr("Signed off"),
        },
        Consent: {
            Consent.AGREED: tr("Agreed"),
            Consent.REFUSED: tr("Refused"),
            Consent.NOT_ASKED: tr("Not asked"),
        },
        TargetOutcome: {
            TargetOutcome.MET: tr("Met"),
            TargetOutcome.PART: tr("Met in part"),
            TargetOutcome.NOT_MET: tr("Not met"),
            TargetOutcome.WORSE: tr("Worse"),
            TargetOutcome.NOT_ASSESSED: tr("Not assessed"),
        },
        UnitState: {
            UnitState.SCORED: tr("Graded"),
            UnitState.NOT_APPLICABLE: tr("Does not apply"),
            UnitState.NOT_OBSERVED: tr("Not observed"),
            UnitState.DECLINED: tr("Declined"),
            UnitState.NOT_STARTED: tr("Not started"),
        },
        EvidenceSource: {
            EvidenceSource.SEEN_AT_HOME: tr("Seen at home"),
            EvidenceSource.SEEN_ELSEWHERE: tr("Seen elsewhere"),
            EvidenceSource.CHILD_SAID: tr("The child said"),
            EvidenceSource.CARER_SAID: tr("A carer said"),
            EvidenceSource.OTHER_PROFESSIONAL: tr("Another professional"),
            EvidenceSource.RECORD: tr("A record"),
            EvidenceSource.NOT_EVIDENCED: tr("No evidence yet"),
        },
        WithSupport: {
            WithSupport.NONE: tr("No support in place"),
            WithSupport.FAMILY: tr("Family support in place"),
            WithSupport.PAID: tr("Paid support in place"),
            WithSupport.AGENCY: tr("Agency support in place"),
        },
        Reason: {
            Reason.MODE: tr("The grade most units have"),
            Reason.TIE: tr("Two grades were equally common: the one with greater need counts"),
            Reason.OVERRIDE: tr("One serious grade decides"),
            Reason.WORST: tr("The grade with the greatest need counts"),
            Reason.JUDGEMENT: tr("The practitioner’s own judgement"),
            Reason.NONE: tr("No unit is graded"),
            Reason.NOT_APPLICABLE: tr("Does not apply"),
        },
        Change: {
            Change.BETTER: tr("Better"),
            Change.BETTER_STILL_HIGH: tr("Better, still of concern"),
            Change.BETTER_NOT_VERIFIED: tr("Better, not yet verified"),
            Change.SAME: tr("The same"),
            Change.WORSE: tr("Worse"),
            Change.NEWLY_SCORED: tr("Graded for the first time"),
            Change.NO_LONGER_SCORED: tr("No longer graded"),
        },
        LicenceKind: {
            LicenceKind.OPEN: tr("Open wording"),
            LicenceKind.LICENSED: tr("Licensed wording"),
        },
        Policy: {
            Policy.MODE_WITH_OVERRIDE: tr("The most common grade, unless one serious grade decides"),
            Policy.WORST: tr("The grade with the greatest need"),
            Policy.JUDGEMENT: tr("The practitioner’s own judgement"),
        },
    }
