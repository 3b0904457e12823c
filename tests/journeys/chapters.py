"""The chapters of the journeys, as a person would tell them."""

import os
import signal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from tests.journeys.person import Person

PASSPHRASE = "correct horse battery staple"
#: What may stand in no file outside the encrypted store.
TYPED = (PASSPHRASE, "Wren", "Practice-Alder", "puddles", "warm and steady", "help with money")


def first_run(person: Person, folder: Path) -> None:
    """Set the program up for work."""
    del folder
    person.waits_to_see("Welcome to gcp2")
    person.takes_a_picture("01-welcome")
    person.clicks("Set up")
    person.takes_a_picture("02-set-up")
    _says_who("Alex Practice-Smith", person)
    person.types("Passphrase", "secret")
    person.types("The same passphrase again", "secret")
    person.clicks("Continue")
    person.takes_a_picture("03-weak")
    _keeps_the_kit(person)
    person.clicks("Try the practice family")
    person.takes_a_picture("07-practice")
    person.types("Passphrase for the practice family", PASSPHRASE)
    person.clicks("Open the practice family")
    person.waits_to_see("Nell")
    person.takes_a_picture("08-caseload")


def second_user(person: Person, folder: Path) -> None:
    """Give a supervisor a sign-in of their own."""
    del folder
    unlocks(person)
    person.clicks("Settings")
    adds_a_supervisor(person)


def first_visit(person: Person, folder: Path) -> None:
    """Add a child and a carer, start an assessment, grade six units; then the power fails."""
    del folder
    unlocks(person)
    person.clicks("New child")
    person.types("Given names", "Wren")
    person.types("Family name", "Practice-Alder")
    person.types("Date of birth", "1/1/2099")
    person.clicks("Add the child")
    person.waits_to_see("future")
    person.takes_a_picture("10-new-child")
    person.types("Date of birth", "4 March 2024")
    person.clicks("Add the child")
    person.waits_to_see("born 4 March 2024")
    adds_a_mother(person, "Ines Practice-Alder")
    person.clicks("Assessments")
    person.clicks("Start an assessment")
    person.takes_a_picture("12-start")
    starts_the_assessment(person, "Ines Practice-Alder")
    person.takes_a_picture("13-before")
    person.clicks("Next: A1 Nutrition")
    _grades(person, 6)
    person.takes_a_picture("14-visit")
    person.waits_to_see("A Physical care: 9 units to grade")
    person.reads_for_a_second()
    # The battery is flat: no farewell, nothing flushed.
    os.kill(os.getpid(), signal.SIGKILL)


def second_visit(person: Person, folder: Path) -> None:
    """Come back after the laptop died, to the unit that was open, and finish."""
    del folder
    unlocks(person)
    person.opens_row("Wren")
    person.clicks("Continue the assessment")
    person.waits_to_see("A2.c Facilities")
    person.waits_to_see("A Physical care: 9 units to grade")
    person.takes_a_picture("15-back")
    _grades(person, 26)
    person.waits_to_see("What it will mean if nothing changes is not written.")
    person.waits_to_see("No visit is written down in this window.")
    person.presses(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    person.waits_to_see("Nobody has written what breakfast is like.")
    person.presses(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    person.writes("Wren shows her new boots and says they are for puddles.")
    for _ in range(3):
        person.presses(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    person.writes("Care is warm and steady; money is short.")
    person.presses(Qt.Key.Key_Tab)
    person.writes("Wren eats, grows and plays well.")
    person.presses(Qt.Key.Key_Tab)
    person.writes("Nothing would be lost; help with money would ease the days.")
    person.takes_a_picture("16-analysis")
    person.clicks("Review")
    person.takes_a_picture("17-review")
    person.clicks("Finish")
    person.takes_a_picture("18-finish")
    person.clicks("Finish grading")
    person.clicks("Shared with the family today")
    person.clicks("Submit to the supervisor")
    person.waits_to_see("With the supervisor, now")
    person.takes_a_picture("19-submitted")


def sign_off(person: Person, folder: Path) -> None:
    """The supervisor signs, looks at the grades over time, and keeps a PDF."""
    person.chooses("Sign-in name", "jmanager")
    unlocks(person)
    person.clicks("Review queue")
    person.opens_row("Wren")
    person.clicks("Finish")
    person.takes_a_picture("20-review")
    person.clicks("Sign off and lock")
    person.waits_to_see("It is locked.")
    person.takes_a_picture("21-signed")
    person.clicks("Caseload")
    person.opens_row("Wren")
    person.waits_to_see("Care over time")
    person.takes_a_picture("22-trend")
    person.clicks("Assessments")
    person.clicks("Report")
    person.waits_to_see("Page 1 of")
    person.takes_a_picture("23-report")
    person.types("Who is this copy for?", "Chair of the conference")
    person.types("Why do they need it?", "Initial conference on Friday")
    person.clicks("Save PDF…")
    person.waits_to_see("File name")
    person.clicks("Save")
    person.waits_to_see("Saved as")
    person.takes_a_picture("24-saved")
    assert list(folder.glob("*.pdf"))


def unlocks(person: Person) -> None:
    """Unlock the store that stands in the window, and wait for the caseload."""
    person.waits_to_see("Passphrase")
    person.types("Passphrase", PASSPHRASE)
    person.clicks("Unlock")
    person.waits_to_see("Caseload")


def adds_a_supervisor(person: Person) -> None:
    """Give a team manager a sign-in, from the settings."""
    person.clicks("People who sign in")
    person.clicks("Add a person")
    person.types("Their name", "Jo Practice-Manager")
    person.types("Their work", "Team manager")
    person.types("Sign-in name", "jmanager")
    person.clicks("Supervisor")
    person.types("Passphrase", PASSPHRASE)
    person.types("The same passphrase again", PASSPHRASE)
    person.takes_a_picture("09-people")
    person.clicks("Add")
    person.waits_until(lambda: not person.sees("What they do in this program"))
    person.waits_to_see("Signs in as jmanager")


def adds_a_mother(person: Person, name: str) -> None:
    """Add the mother of the child whose page is open, as somebody new, and her as main carer."""
    person.clicks("People")
    person.clicks("Add a carer")
    person.types("Who", name)
    person.clicks("as someone new")
    person.waits_to_see("Kept with its source and date")
    person.clicks("Save")
    person.waits_until(lambda: not person.sees("Kept with its source and date"))
    person.chooses("Relationship to the child", "Mother")
    person.clicks("Main carer Yes")
    person.takes_a_picture("11-carer")
    person.clicks("Save")
    person.waits_until(lambda: not person.sees("Does most of the day-to-day care"))
    person.waits_to_see(name)


def starts_the_assessment(person: Person, *carers: str, leaflet: str = "none") -> None:
    """Start what is set up, read the history, and answer what comes before the first grade; these carers agreed."""
    person.clicks("Start the assessment")
    person.waits_to_see("Walk through the day")
    person.clicks("I have read it: start grading")
    person.waits_to_see("What each carer said")
    person.types("What was explained", "What is looked at, why, and who sees it.")
    person.types("Leaflet left with them", leaflet)
    person.types("Language used", "English")
    person.types("Interpreter", "none needed")
    for carer in carers:
        person.chooses(f"Answer, {carer}", "Agreed")


def sets_up(person: Person, name: str, *, role: str = "Social worker", agency: str = "Children") -> None:
    """Set up a store of somebody's own, without looking round; an agency by how its name begins."""
    person.clicks("Set up")
    _says_who(name, person, role=role, agency=agency)
    _keeps_the_kit(person)
    person.clicks("Open my caseload")
    person.waits_to_see("No children yet")


def _says_who(name: str, person: Person, *, role: str = "Social worker", agency: str = "Children") -> None:
    person.types("Your name", name)
    person.types("Your role", role)
    person.chooses("Your agency", agency)
    person.types("Sign-in name", "asmith")
    person.clicks("Continue")


def _keeps_the_kit(person: Person) -> None:
    person.types("Passphrase", PASSPHRASE)
    person.types("The same passphrase again", PASSPHRASE)
    person.clicks("Continue")
    person.waits_to_see("recovery kit")
    person.takes_a_picture("04-kit")
    groups = {number: person.reads(f"Group {number}: ") for number in range(1, 10)}
    person.clicks("I have kept it")
    asked = int(person.reads("Type group ").split()[0])
    person.types("Four letters or digits", groups[asked])
    person.clicks("Continue")
    person.waits_to_see("Whom to ring when a child is in danger")
    person.takes_a_picture("05-danger")
    person.clicks("I have checked")
    person.clicks("Continue")
    person.takes_a_picture("06-ready")


def _grades(person: Person, units: int) -> None:
    """Grade unit after unit with the keyboard: a digit, the arrow down, Return at the foot of a page."""
    for _ in range(units):
        person.presses(Qt.Key.Key_2)
        person.presses(Qt.Key.Key_Down)
        if isinstance(QApplication.focusWidget(), QPushButton):
            person.presses(Qt.Key.Key_Return)
