"""Chapters in which alerts lead on: a stay in hospital that runs past the norm."""

from pathlib import Path

from tests.journeys.chapters import PASSPHRASE, unlocks
from tests.journeys.flow_chapters import adds, adds_it, days_from_today
from tests.journeys.person import Person

WARD = "Kept in: the ward and home do not agree who gives the drops."
#: What may stand in no file outside the encrypted store.
TYPED = (PASSPHRASE, WARD, "Ward Practice-Seven")


def a_stay_runs_on(person: Person, folder: Path) -> None:
    """Write down a stay that has run on for twelve days; its alert starts the review, and the review ends it."""
    del folder
    unlocks(person)
    person.opens_row("Corey")
    person.waits_to_see("Alerts")
    adds(person, "hosp", "Hospital stay")
    person.types("What happened", WARD)
    person.types("Admitted on", days_from_today(-12))
    person.takes_a_picture("70-stay")
    adds_it(person)
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
    adds_it(person)
    person.waits_until(lambda: not person.sees("no stay review held in time"))
    person.takes_a_picture("73-reviewed")
