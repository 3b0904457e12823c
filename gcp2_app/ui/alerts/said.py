"""How alerts read on screen: their level, whose job they are, and where their numbers come from.

Pure functions; no store and no clock.
"""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QCoreApplication

from gcp2_app.domain.alerts import Alert, Job, Level
from gcp2_app.domain.policy import Origin, PolicyStatus
from gcp2_app.ui import words

_VERIFIED_FOR_DAYS = 365
_SHORT = 240
#: What the button says that leads to more than a form of an entry, by what it starts.
_PLACES = {
    "letter/trigger_review": "Write to MASH",
    "requests": "Compare the requests",
    "chronology": "Freeze a chronology",
    "tab/plans": "Go to plans and meetings",
    "tab/health": "Go to health",
    "tab/timeline": "Go to the timeline",
    "learning/mine": "Go to your own page",
}


def tr(text: str, count: int = -1) -> str:
    """Translate a text of this module; ``%n`` in it becomes the count."""
    if count < 0:
        return QCoreApplication.translate("alerts", text)
    one, _, many = text.partition("|")
    return QCoreApplication.translate("alerts", one if count == 1 else many or one).replace("%n", str(count))


def level(value: Level) -> str:
    """Return how soon somebody acts."""
    return {
        Level.URGENT: tr("Today"),
        Level.ACT: tr("Within 5 working days"),
        Level.WATCH: tr("At the next supervision"),
    }[value]


def job(value: Job) -> str:
    """Return whose job the next step is."""
    return {
        Job.LEAD: tr("For the lead professional"),
        Job.ALLOCATED_WORKER: tr("For the allocated social worker"),
        Job.SUPERVISOR: tr("For the supervisor"),
        Job.OWN_AGENCY: tr("For the agency that was concerned"),
        Job.HOSPITAL: tr("For the hospital"),
        Job.HEALTH: tr("For health"),
        Job.SCHOOL: tr("For the school or nursery"),
        Job.CHAIR: tr("For whoever calls the meeting"),
        Job.SELF: tr("For you"),
    }[value]


def start(value: str) -> str:
    """Return what the button says that starts a next step."""
    kind = value.partition("/")[0]
    if kind == "visit":
        return tr("Start a visit")
    if kind == "assessment":
        return tr("Start an assessment")
    if value in _PLACES:
        return tr(_PLACES[value])
    from gcp2_app.forms.entry_kinds import load_kinds

    return tr("New {kind}").format(kind=load_kinds()[kind].title.lower())


def short(alert: Alert) -> str:
    """Return what was counted where many alerts stand: up to a whole word near the end of the room there is."""
    if len(alert.text) <= _SHORT:
        return alert.text
    return f"{alert.text[:_SHORT].rsplit(' ', 1)[0]} …"


def about(alert: Alert) -> str:
    """Return the quiet line below an alert."""
    since = tr("since {day}").format(day=words.day(alert.since))
    return " · ".join((job(alert.job), since, tr("learning row {row}").format(row=alert.row)))


def origin(value: Origin, today: date) -> str:
    """Return where a rule's numbers come from, and how sure that is."""
    checked = tr("checked {month}").format(month=words.day_or_month(value.checked_on))
    return f"{value.source}. {certainty(value, today)} ({checked})."


def certainty(value: Origin, today: date) -> str:
    """Return how sure a part of the policy is: what is verified has to be checked again after a year."""
    if value.status is PolicyStatus.VERIFIED:
        return tr("Check it now") if _is_old(value, today) else tr("Verified")
    return tr("Confirm it with your partnership")


def _is_old(value: Origin, today: date) -> bool:
    text = value.checked_on if len(value.checked_on) > len("2026-11") else f"{value.checked_on}-01"
    return (today - date.fromisoformat(text)).days > _VERIFIED_FOR_DAYS


def counts(alerts: Iterable[Alert]) -> str:
    """Return how many alerts of each level: "1 for today, 2 within 5 working days"."""
    levels = [alert.level for alert in alerts]
    said = (
        (Level.URGENT, "%n for today"),
        (Level.ACT, "%n within 5 working days"),
        (Level.WATCH, "%n for the next supervision"),
    )
    return ", ".join(tr(text, levels.count(which)) for which, text in said if which in levels)
