"""What documents, their groups and their readers are called on the screen."""

from PySide6.QtCore import QCoreApplication

from gcp2_app.domain.readers import Audience
from gcp2_app.services.documents.sorts import Group


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
