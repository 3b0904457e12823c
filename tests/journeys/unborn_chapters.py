"""The chapters of a child who is not born yet: the antenatal record, the birth, and the child's own profile."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from tests.journeys.chapters import PASSPHRASE, adds_a_mother, starts_the_assessment, unlocks
from tests.journeys.person import Person

DUE_IN_DAYS = 12
VIEWS = "She reads to the bump each night."
COT = "A cot stands ready beside her bed."
HOPES = "The cot is not put together yet."
#: What may stand in no file outside the encrypted store.
TYPED = (PASSPHRASE, "Practice-Fern", "Ada Practice-Fern", "Juniper", VIEWS, HOPES, COT)


def before_the_birth(person: Person, folder: Path) -> None:
    """Add a child who is not born yet, with a carer, and grade the sections that are open."""
    del folder
    unlocks(person)
    person.clicks("New child")
    person.clicks("Is the child born? Not yet")
    person.types("Family name", "Practice-Fern")
    person.types("Expected date", _said(_today() + timedelta(days=DUE_IN_DAYS)))
    person.takes_a_picture("100-not-born-yet")
    person.clicks("Add the child")
    person.waits_to_see("Record the birth")
    person.takes_a_picture("101-child")
    adds_a_mother(person, "Ada Practice-Fern")
    person.clicks("Assessments")
    person.clicks("Start an assessment")
    person.takes_a_picture("102-start")
    starts_the_assessment(person, "Ada Practice-Fern")
    person.takes_a_picture("103-before")
    person.clicks("Next: P1")
    person.waits_to_see("P1.a")
    person.takes_a_picture("104-first-unit")
    person.presses(Qt.Key.Key_3)
    person.waits_to_see("Open: concern")
    person.presses(Qt.Key.Key_Down)
    _grades(person, "P")
    # One concern among so much that is well leaves the section closed; a practitioner may judge otherwise.
    person.types("Why do you open this section?", HOPES)
    person.takes_a_picture("105-second-section")
    person.clicks("Open this section")
    person.waits_to_see("Open: your judgement")
    person.clicks("R1 A place for baby")
    _grades(person, "R")
    person.takes_a_picture("106-graded")


def a_visit_before(person: Person, folder: Path) -> None:
    """Visit the mother, note what she says and shows, and sort it to units about a child not born yet."""
    del folder
    unlocks(person)
    person.opens_row("Practice-Fern")
    person.clicks("Start a visit")
    person.waits_to_see("What I must see")
    person.takes_a_picture("122-before-you-knock")
    person.clicks("Yes, announced")
    person.types("A PIN for this visit", "204816")
    person.presses(Qt.Key.Key_Return)
    person.waits_to_see("Write one thing, then say how you know it.")
    person.takes_a_picture("123-sheet")
    person.types("What was seen or said", COT)
    person.presses(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    person.waits_to_see(f": {COT}")
    person.clicks("End the visit")
    person.types("Passphrase", PASSPHRASE)
    person.presses(Qt.Key.Key_Return)
    person.waits_to_see("to sort.")
    person.writes("R1")
    person.takes_a_picture("124-sorting")
    person.presses(Qt.Key.Key_Return)
    person.takes_a_picture("124-sorting-unit")
    person.presses(Qt.Key.Key_Return)
    person.waits_to_see("The one note is sorted.")
    person.takes_a_picture("125-sorted")


def the_birth(person: Person, folder: Path) -> None:
    """Record the birth; the assessment goes on with what is looked at now, and is signed off by another."""
    del folder
    unlocks(person)
    person.opens_row("Practice-Fern")
    person.clicks("Record the birth")
    person.types("Given names", "Juniper")
    person.types("Date of birth", _said(_today()))
    person.takes_a_picture("107-birth")
    person.clicks("Save")
    person.waits_to_see("Juniper Practice-Fern")
    person.takes_a_picture("108-born")
    person.clicks("Continue the assessment")
    person.waits_to_see("H Now baby is here")
    person.takes_a_picture("109-goes-on")
    person.clicks("H1")
    _grades(person, "H")
    person.clicks("Review")
    person.reads_for_a_second()
    person.takes_a_picture("111-review")
    _finishes(person)
    person.takes_a_picture("113-submitted")


def signed_and_own_profile(person: Person, folder: Path) -> None:
    """The supervisor signs the antenatal record off; the child's own profile is begun, graded and signed off."""
    del folder
    _signs_off(person)
    person.takes_a_picture("114-signed")
    person.clicks("Lock")
    person.chooses("Sign-in name", "practice")
    unlocks(person)
    person.opens_row("Juniper")
    person.waits_to_see("1 assessment")
    person.takes_a_picture("115-born-child")
    person.clicks("Start the next assessment")
    person.waits_to_see("takes over at 3 months")
    person.chooses("Pack", "Graded care record")
    person.takes_a_picture("116-next")
    starts_the_assessment(person, "Ada Practice-Fern")
    person.takes_a_picture("117-before-own")
    person.clicks("Next: A1 Nutrition")
    person.waits_to_see("A1.a Quality")
    for area in "ABCD":
        _grades(person, area)
    _finishes(person)
    person.clicks("Lock")
    _signs_off(person)
    person.clicks("Back")
    person.clicks("Caseload")
    person.opens_row("Juniper")
    person.waits_to_see("2 assessments")
    person.takes_a_picture("119-both")
    person.clicks("Assessments")
    person.takes_a_picture("120-list")
    person.clicks("Overview")
    person.clicks("Units")
    person.reads_for_a_second()
    person.takes_a_picture("121-units")


def _finishes(person: Person) -> None:
    person.clicks("Child’s words")
    person.types("What this child shows and says", VIEWS)
    person.clicks("Analysis")
    for words in (HOPES, "So far the days are steady.", "Nothing would be lost."):
        person.writes(words)
        person.presses(Qt.Key.Key_Tab)
    person.clicks("Finish")
    person.clicks("Finish grading")
    person.clicks("Shared with the family today")
    person.clicks("Submit to the supervisor")
    person.waits_to_see("With the supervisor, now")


def _grades(person: Person, area: str) -> None:
    """Grade 2 what is not graded yet, from the unit at hand to the last of its section."""
    while True:
        person.presses(Qt.Key.Key_2)
        person.presses(Qt.Key.Key_Down)
        at = QApplication.focusWidget()
        if isinstance(at, QPushButton):
            if f"Next: {area}" not in at.text():
                person.presses(Qt.Key.Key_Return)
                return
            person.presses(Qt.Key.Key_Return)


def _signs_off(person: Person) -> None:
    person.chooses("Sign-in name", "jmanager")
    unlocks(person)
    person.clicks("Review queue")
    person.opens_row("Juniper")
    person.clicks("Finish")
    person.clicks("Sign off and lock")
    person.waits_to_see("It is locked.")


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/London")).date()


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
