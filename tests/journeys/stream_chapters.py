"""Chapters in which alerts lead on: a stay in hospital that runs past the norm."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QDate, Qt

from tests.journeys.chapters import PASSPHRASE
from tests.journeys.person import Person

WARD = "Kept in: the ward and home do not agree who gives the drops."
#: What may stand in no file outside the encrypted store.
TYPED = (PASSPHRASE, WARD, "Ward Practice-Seven")
_CONTROL = Qt.KeyboardModifier.ControlModifier


def a_stay_runs_on(person: Person, folder: Path) -> None:
    """Write down a stay that has run on for twelve days; its alert starts the review, and the review ends it."""
    del folder
    _signs_in(person)
    person.opens_row("Corey")
    person.waits_to_see("Alerts")
    _adds(person, "hosp", "Hospital stay")
    person.types("What happened", WARD)
    person.types("Admitted on", _days_from_today(-12))
    person.takes_a_picture("70-stay")
    person.clicks("Add it")
    person.waits_until(lambda: not person.sees("Cancel"))
    person.clicks("Overview")
    person.waits_to_see("no stay review held in time")
    person.takes_a_picture("71-stay-alert")
    person.clicks("New meeting")
    person.waits_to_see("Add: Meeting")
    person.waits_to_see("Hospital stay review")
    person.types("When it happened", "today")
    person.clicks("More about this: meeting")
    person.types("Held on", "today")
    person.takes_a_picture("72-review")
    person.clicks("Add it")
    person.waits_until(lambda: not person.sees("Cancel"))
    person.waits_until(lambda: not person.sees("no stay review held in time"))
    person.takes_a_picture("73-reviewed")


def _signs_in(person: Person) -> None:
    person.waits_to_see("Passphrase")
    person.types("Passphrase", PASSPHRASE)
    person.presses(Qt.Key.Key_Return)


def _adds(person: Person, find: str, kind: str) -> None:
    person.clicks("Timeline")
    person.presses(Qt.Key.Key_N, _CONTROL)
    person.waits_to_see("What sort of entry is it?")
    person.types("Find a kind of entry", find)
    person.clicks(kind)
    person.waits_to_see(f"Add: {kind}")


def _days_from_today(days: int) -> str:
    """The day as a person types it."""
    day = QDate.currentDate().toPython() + timedelta(days=days)
    return f"{day:%d/%m/%Y}"
