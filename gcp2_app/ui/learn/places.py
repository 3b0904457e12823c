"""What the places of the program are called, for "where it works here"."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication

from gcp2_app.domain.kinds import EntryKind
from gcp2_app.domain.learning import LearningRow, Where, Work


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("places", text)


def names() -> Mapping[Where, str]:
    """Return what each place of the window is called. A place that is not here is not shown to anyone."""
    return {
        Where.CASELOAD: tr("Caseload"),
        Where.CHILD: tr("Child, Overview"),
        Where.PEOPLE: tr("Child, People"),
        Where.ASSESSMENTS: tr("Child, Assessments"),
        Where.TIMELINE: tr("Child, Timeline"),
        Where.HEALTH: tr("Child, Health"),
        Where.MEETINGS: tr("Child, Plans & meetings"),
        Where.REFERRAL: tr("Request for help"),
        Where.CHALLENGE: tr("Professional challenges"),
        Where.START: tr("Start an assessment"),
        Where.ASSESSMENT: tr("Assessment"),
        Where.BEFORE_VISIT: tr("Before you knock"),
        Where.VISIT: tr("Visit sheet"),
        Where.REPORT: tr("Assessment report"),
        Where.REVIEW: tr("Review queue"),
        Where.DANGER: tr("Child in danger?"),
        Where.TRAINING: tr("Settings, Training"),
        Where.LEARNING: tr("Learning"),
    }


def works_here(works: Iterable[Work]) -> tuple[tuple[str, str], ...]:
    """Return name of the place and what happens there, for the places the window has."""
    named = names()
    return tuple((named[work.where], work.what) for work in works if work.where in named)


def where_words(row: LearningRow, kinds: Mapping[str, EntryKind]) -> str:
    """Return in a few words where a row works: places of the window, then kinds of entry."""
    places = tuple(dict.fromkeys(place for place, _ in works_here(row.works)))
    entries = entries_words(row, kinds)
    told = tr("entries ({kinds})").format(kinds=entries) if entries else ""
    return " · ".join(filter(None, (*places, told)))


def entries_words(row: LearningRow, kinds: Mapping[str, EntryKind]) -> str:
    """Return the kinds of entry a row is about, in the order of the kinds."""
    return ", ".join(kind.title for code, kind in kinds.items() if code in row.beside.kinds)
