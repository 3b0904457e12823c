"""A chapter about a child's timeline: a note in one line, a whole form, a correction, an entry on the wrong child."""

from pathlib import Path

from PySide6.QtCore import Qt

from tests.journeys.chapters import PASSPHRASE, unlocks
from tests.journeys.person import Person

NOTE = "Corey fell asleep over the atlas."
STAY = "Kept in for a night after the stairs."
MENDED = "Kept in for two nights after the stairs."
WRONG = "The aunt keeps a key to the boathouse."
#: What may stand in no file outside the encrypted store.
TYPED = (PASSPHRASE, NOTE, STAY, MENDED, WRONG, "Mr Practice-Quill", "Two nights, the letter says")
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def keep_the_timeline(person: Person, folder: Path) -> None:
    """Write down what happened to a child, from one line to a whole form, and put right what was wrong."""
    del folder
    unlocks(person)
    person.opens_row("Corey")
    person.clicks("Timeline")
    person.waits_to_see("November")
    _notes_in_one_line(person)
    _fills_in_a_form(person)
    _corrects(person)
    _takes_out(person)
    person.types("Filter by words", "atlas")
    person.waits_to_see("1 of ")
    person.takes_a_picture("64-filtered")
    person.clicks("Show everything")
    person.waits_until(lambda: not person.sees("1 of "))


def _notes_in_one_line(person: Person) -> None:
    """Add a note by keys alone."""
    person.presses(Qt.Key.Key_N, _CONTROL | _SHIFT)
    person.writes("yesterday")
    person.presses(Qt.Key.Key_Return)
    person.writes(NOTE)
    person.presses(Qt.Key.Key_Tab)
    person.writes("School")
    person.presses(Qt.Key.Key_Tab)
    person.writes("Mr Practice-Quill")
    person.presses(Qt.Key.Key_Return)
    person.waits_to_see(NOTE)
    person.waits_to_see("Mr Practice-Quill, school")
    person.waits_to_see("Third party")
    person.takes_a_picture("60-quick-note")


def _fills_in_a_form(person: Person) -> None:
    """Add a stay in hospital, in its own form."""
    person.presses(Qt.Key.Key_N, _CONTROL)
    person.waits_to_see("What sort of entry is it?")
    person.types("Find a kind of entry", "hosp")
    person.clicks("Hospital stay")
    person.waits_to_see("Admitted on (needed)")
    person.types("What happened", STAY)
    person.types("Admitted on", "last monday 19:30")
    person.takes_a_picture("61-hospital-stay")
    person.clicks("Add it")
    person.waits_until(lambda: not person.sees("Cancel"))
    person.waits_to_see("Admitted on")


def _corrects(person: Person) -> None:
    """More is known: the entry says something else, and what it said stays."""
    person.clicks("Correct it…")
    person.waits_to_see("Correct: Hospital stay")
    person.types("What happened", MENDED)
    person.types("Why is it corrected?", "Two nights, the letter says")
    person.clicks("Save the correction")
    person.waits_until(lambda: not person.sees("Cancel"))
    person.waits_to_see(MENDED)
    person.clicks("How it came to say this")
    person.waits_to_see(f"before: {STAY}")
    person.takes_a_picture("62-corrected")


def _takes_out(person: Person) -> None:
    """Take out something about another child."""
    person.types("Quick note: when it happened", "today")
    person.types("Quick note: what happened", WRONG)
    person.clicks("Add the note")
    person.waits_until(lambda: person.reads("What was observed, said or decided: ") == WRONG)
    person.clicks("Entered in error…")
    person.waits_to_see("This entry does not belong here")
    person.types("Reason", "It is about another child.")
    person.clicks("It was entered in error")
    person.waits_to_see("Its content is sealed")
    person.waits_until(lambda: not person.sees(WRONG))
    person.takes_a_picture("63-entered-in-error")
