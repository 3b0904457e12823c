"""Chapters about what comes before grades: a child's history, a day in the child's life, and grading again, blind."""

from pathlib import Path

from PySide6.QtCore import Qt

from tests.journeys.chapters import PASSPHRASE, unlocks
from tests.journeys.person import Person

LASTED = "The mornings held while somebody came."
TOGETHER = "Four years of the same three worries."
BREAKFAST = "Nell says she hands out the cereal before the bus."
#: What may stand in no file outside the encrypted store.
TYPED = (PASSPHRASE, LASTED, TOGETHER, BREAKFAST)
_CONTROL = Qt.KeyboardModifier.ControlModifier


def history_first(person: Person, folder: Path) -> None:
    """Start a child's next assessment: read the history, answer the twelve questions beside it, walk the day."""
    del folder
    _signs_in(person, "practice")
    person.opens_row("Nell")
    person.clicks("Assessments")
    person.clicks("Start an assessment")
    person.clicks("Start the assessment")
    person.waits_to_see("Walk through the day")
    person.waits_to_see("What was tried, and whether it lasted")
    person.waits_to_see("Gains that did not last")
    assert not person.sees("Graded 4 or worse in")
    person.takes_a_picture("150-history")
    person.clicks("Answer the twelve questions")
    person.waits_to_see("What happened")
    person.types("Which help was given", LASTED)
    person.types("What has all this together meant", TOGETHER)
    person.takes_a_picture("151-beside")
    person.clicks("Add it")
    person.waits_until(lambda: not person.sees("Add: Harm that adds up"))
    person.clicks("Walk through the day")
    person.waits_to_see("Who wakes the child")
    person.types("What the child or carer says: Breakfast", BREAKFAST)
    person.takes_a_picture("152-day")
    person.presses(Qt.Key.Key_Tab)
    person.clicks("Analysis")
    person.clicks("A day in this child’s life")
    person.waits_to_see(BREAKFAST)
    person.takes_a_picture("153-analysis")
    person.clicks("History")
    person.clicks("Show the earlier grades")
    person.waits_to_see("Graded 4 or worse in")
    person.takes_a_picture("154-grades")
    person.clicks("I have read it: start grading")
    person.waits_to_see("What each carer said")
    person.clicks("History")
    person.waits_to_see("Read by you on")
    person.reads_for_a_second()


def asked_to_grade_again(person: Person, folder: Path) -> None:
    """A supervisor asks a colleague to grade an assessment's evidence again."""
    del folder
    _signs_in(person, "practice")
    person.clicks("Supervision")
    person.clicks("Calibration")
    person.waits_to_see("You have not asked anybody")
    person.clicks("Ask for a second grading")
    person.chooses("Which assessment?", "Nell")
    person.chooses("Who grades it again?", "Jo")
    person.takes_a_picture("155-ask")
    person.clicks("Ask")
    person.waits_to_see("graded again by Jo Practice-Manager")


def grades_again(person: Person, folder: Path) -> None:
    """Grade the evidence without seeing the grades; once it is finished, both stand beside each other."""
    del folder
    _signs_in(person, "jmanager")
    person.clicks("Learning")
    person.clicks("Grading again")
    person.clicks("Grade the evidence")
    person.waits_to_see("Grading again: Nell")
    person.waits_to_see("0 of 32 units graded")
    person.takes_a_picture("156-blind")
    for key in (Qt.Key.Key_3, Qt.Key.Key_2, Qt.Key.Key_4, Qt.Key.Key_3):
        person.presses(key)
        person.presses(Qt.Key.Key_Down)
    person.waits_to_see("4 of 32 units graded")
    person.presses(Qt.Key.Key_PageDown, _CONTROL)
    person.waits_to_see("A2.a")
    person.clicks("Finish…")
    person.clicks("Finish")
    person.clicks("Compare the grades")
    person.waits_to_see("units were graded by both")
    person.takes_a_picture("157-both")
    person.clicks("Supervision")
    person.clicks("Calibration")
    person.waits_to_see("1 graded again for calibration")
    person.takes_a_picture("158-calibration")


def _signs_in(person: Person, name: str) -> None:
    person.chooses("Sign-in name", name)
    unlocks(person)
