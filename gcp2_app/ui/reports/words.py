"""What documents, their groups, their readers and their clocks are called on the screen."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from gcp2_app.domain.plans.report_clocks import Getting, ReportClock
from gcp2_app.domain.policy_parts import check_of, parts_of
from gcp2_app.domain.readers import Audience
from gcp2_app.forms.policy import shipped_policy
from gcp2_app.services.documents.sorts import Group
from gcp2_app.ui.learn.policy_words import check_words


def tr(text: str, count: int = -1) -> str:
    """Translate a text of this module; with a count, ``%n`` becomes it."""
    return QCoreApplication.translate("reports", text, None, count)


def groups() -> dict[Group, str]:
    """Return what each group of kinds is called, in the order they stand in."""
    return {
        Group.MEETING: tr("For a meeting"),
        Group.UNDERSTANDING: tr("To understand what has happened"),
        Group.FAMILY: tr("For the family"),
        Group.HEALTH: tr("Health and school"),
        Group.ASKING: tr("To ask or to disagree"),
        Group.TEAM: tr("Supervision and team"),
        Group.OTHER: tr("Other documents"),
    }


def readers() -> dict[Audience, str]:
    """Return what each sort of reader is called."""
    return {
        Audience.OWN_AGENCY: tr("Our own agency"),
        Audience.CONFERENCE_CHAIR: tr("Chair of a conference"),
        Audience.CORE_GROUP: tr("Core group"),
        Audience.COURT: tr("Court"),
        Audience.PARENT: tr("Parent or carer"),
        Audience.CHILD: tr("The child or young person"),
        Audience.GP: tr("GP"),
        Audience.OTHER_PROFESSIONAL: tr("Another professional"),
        Audience.PARTNERSHIP: tr("The partnership, nobody named"),
    }


def clock_lines(clocks: Sequence[ReportClock]) -> list[tuple[str, str]]:
    """Return a line for each clock of our report for a meeting, with the role it is shown in.

    One stands for both where they are due by the same day, and for all where the meeting has no day.
    """
    if all(clock.by is None and not clock.given for clock in clocks):
        return [(tr("Our report has no clock until the meeting has a day."), "quiet")] if clocks else []
    if len(clocks) > 1 and len({(clock.words, clock.given) for clock in clocks}) == 1 and not clocks[0].given:
        both = tr("Our report to the chair and to the family: {due}").format(due=clocks[0].words)
        return [(both, "error" if clocks[0].late else "")]
    return [
        (_clock_words(clock), "error" if clock.late else "good" if clock.given else "")
        for clock in clocks
        if clock.words or clock.given
    ]


def _clock_words(clock: ReportClock) -> str:
    if clock.given:
        return {
            Getting.CHAIR: tr("Our report is with the chair."),
            Getting.FAMILY: tr("Our report is with the family."),
            Getting.MEETING: tr("Our report was given."),
        }[clock.who]
    return {
        Getting.CHAIR: tr("Our report to the chair: {due}"),
        Getting.FAMILY: tr("Our report to the family: {due}"),
        Getting.MEETING: tr("Our report: {due}"),
    }[clock.who].format(due=clock.words)


def has_chair(clocks: Sequence[ReportClock]) -> bool:
    """Whether one of these clocks counts the days that the chair is given."""
    return any(clock.who is Getting.CHAIR and clock.by is not None for clock in clocks)


def chair_days_words(today: date) -> str:
    """Return how sure it is how many days before a conference its chair is given our report."""
    (part,) = (part for part in parts_of(shipped_policy()) if part.path == ("reports",))
    return tr("The number of days for the chair is local. {check}").format(
        check=check_words(part.origin, check_of(part, today))
    )
