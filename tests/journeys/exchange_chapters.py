"""The chapters of an assessment that two practitioners grade on two laptops, and of one that was done on paper."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from tests.journeys.chapters import (
    PASSPHRASE,
    adds_a_mother,
    adds_a_supervisor,
    sets_up,
    starts_the_assessment,
    unlocks,
)
from tests.journeys.person import Person

FILE_PASSPHRASE = "seven quiet herons over the lock"
OURS = "Wren eats well on most days."
THEIRS = "Tea is bread and jam when money runs out."
CLINIC = "Kim Practice-Clinic, health visitor"
SEEN = "An empty fridge on Thursday at five."
AGREED = "We read the food diary together."
#: What may stand in no file outside the encrypted stores.
TYPED = (PASSPHRASE, FILE_PASSPHRASE, "Wren", "Practice-Alder", OURS, THEIRS, SEEN, AGREED, CLINIC)


def first_laptop(person: Person, folder: Path) -> None:
    """Set up a store, approve the open pack, add a supervisor and a child, grade every unit, and give a copy."""
    sets_up(person, "Alex Practice-Smith")
    _approves_the_pack(person)
    adds_a_supervisor(person)
    _adds_a_child(person)
    _starts_and_grades(person)
    _gives_a_copy(person, folder / "first.gcp2x", "Robin Practice-Reed")
    _writes_the_rest(person)


def second_laptop(person: Person, folder: Path) -> None:
    """Set up another store, take the copy in, grade two units without seeing their grades, and give a copy back."""
    sets_up(person, "Robin Practice-Reed")
    person.clicks("Take in a colleague’s file…")
    _chooses_file(person, folder / "first.gcp2x")
    person.types("Passphrase of the file", "not this one at all")
    person.clicks("Look at it")
    person.waits_to_see("The passphrase does not open this file")
    person.takes_a_picture("60-wrong-passphrase")
    _opens_the_file(person)
    person.waits_to_see("This child is new here and comes onto your caseload.")
    person.takes_a_picture("61-new-here")
    person.clicks("Take it in")
    person.waits_to_see("It is taken in.")
    person.takes_a_picture("62-taken-in")
    person.clicks("Open Wren Practice-Alder")
    person.waits_to_see("born 4 March 2024")
    person.takes_a_picture("63-child")
    person.clicks("Continue the assessment")
    person.clicks("A1 Nutrition")
    person.waits_to_see("You see their grade once you have graded it yourself.")
    assert not person.sees("Alex Practice-Smith: 2")
    person.waits_to_see("It can be read here, and graded once an administrator has approved it")
    person.takes_a_picture("64-hidden")
    _approves_the_pack(person)
    person.clicks("Caseload")
    person.opens_row("Wren")
    person.clicks("Continue the assessment")
    person.clicks("A1 Nutrition")
    person.waits_to_see("You see their grade once you have graded it yourself.")
    person.waits_until(lambda: not person.sees("It can be read here"))
    person.presses(Qt.Key.Key_4)
    person.waits_to_see("You differ.")
    person.takes_a_picture("65-differ")
    _adds_evidence(person)
    _writes_analysis(person, THEIRS)
    person.takes_a_picture("66-analysis")
    _goes_to_assessments(person)
    person.takes_a_picture("67-list")
    _gives_a_copy(person, folder / "second.gcp2x", "Alex Practice-Smith")


def first_laptop_again(person: Person, folder: Path) -> None:
    """Try a file that was cut off, take the copy in, agree a grade, finish and submit."""
    unlocks(person)
    _takes_in_the_second(person, folder)
    person.clicks("Caseload")
    person.waits_to_see("A: grade 4, provisional")
    person.takes_a_picture("75-caseload")
    person.opens_row("Wren")
    _agrees(person)
    person.clicks("Finish")
    person.takes_a_picture("79-finish")
    person.clicks("Finish grading")
    person.clicks("Shared with the family today")
    person.clicks("Submit to the supervisor")
    person.waits_to_see("With the supervisor, now")
    person.takes_a_picture("80-submitted")


def signed_and_back(person: Person, folder: Path) -> None:
    """The third person signs it off; the copy of what is signed goes back; one done on paper is written down."""
    person.chooses("Sign-in name", "jmanager")
    unlocks(person)
    person.clicks("Review queue")
    person.opens_row("Wren")
    person.clicks("Finish")
    person.clicks("Sign off and lock")
    person.waits_to_see("It is locked.")
    person.takes_a_picture("81-signed")
    person.clicks("Lock")
    person.chooses("Sign-in name", "asmith")
    unlocks(person)
    person.opens_row("Wren")
    _goes_to_assessments(person)
    _gives_a_copy(person, folder / "third.gcp2x", "Robin Practice-Reed")
    _writes_down_one_from_paper(person)
    _sees_it_everywhere(person)


def second_laptop_again(person: Person, folder: Path) -> None:
    """Take in what was signed off elsewhere: it is signed off here too, with both grades and the agreed one."""
    unlocks(person)
    person.opens_row("Wren")
    _goes_to_assessments(person)
    person.clicks("Exchange with a colleague…")
    person.clicks("Take one in")
    _chooses_file(person, folder / "third.gcp2x")
    _opens_the_file(person)
    person.waits_to_see("signed off")
    person.takes_a_picture("82-signed-copy")
    person.clicks("Take it in")
    person.waits_to_see("It is taken in.")
    person.clicks("Close")
    person.waits_to_see("Signed off")
    person.takes_a_picture("83-signed-here")
    person.clicks("Open")
    person.clicks("A1 Nutrition")
    person.waits_to_see("You differed and agreed.")
    person.takes_a_picture("84-both-here")


# The set-up


def _approves_the_pack(person: Person) -> None:
    person.clicks("Settings")
    person.clicks("Packs")
    person.clicks("Approve Graded care record (open wording) for real children")
    person.types("Who agreed to this wording", "The partnership, in October.")
    person.clicks("Approve")
    person.waits_to_see("Approved for real children in this store on")


def _adds_a_child(person: Person) -> None:
    person.clicks("Caseload")
    person.clicks("Add a child")
    person.types("Given names", "Wren")
    person.types("Family name", "Practice-Alder")
    person.types("Date of birth", "4 March 2024")
    person.clicks("Add the child")
    person.waits_to_see("born 4 March 2024")
    adds_a_mother(person, "Ines Practice-Alder")


def _starts_and_grades(person: Person) -> None:
    person.clicks("Assessments")
    person.clicks("Start an assessment")
    starts_the_assessment(person, "Ines Practice-Alder")
    person.clicks("Next: A1 Nutrition")
    for _ in range(32):
        person.presses(Qt.Key.Key_2)
        person.presses(Qt.Key.Key_Down)
        if isinstance(QApplication.focusWidget(), QPushButton):
            person.presses(Qt.Key.Key_Return)
    _goes_to_assessments(person)


def _writes_the_rest(person: Person) -> None:
    person.clicks("Open")
    person.clicks("Child’s words")
    person.types("What this child shows and says", "Boots are for puddles.")
    _writes_analysis(person, OURS)
    person.presses(Qt.Key.Key_Tab)
    person.writes("So far the days are steady.")
    person.presses(Qt.Key.Key_Tab)
    person.writes("Nothing would be lost.")
    person.waits_to_see("Nothing is missing")


# An exchange


def _goes_to_assessments(person: Person) -> None:
    if not person.sees("Exchange with a colleague…"):
        person.clicks("Caseload")
        person.opens_row("Wren")
        person.clicks("Assessments")
    person.waits_to_see("Exchange with a colleague…")


def _gives_a_copy(person: Person, path: Path, whom: str) -> None:
    person.clicks("Exchange with a colleague…")
    person.types("Who is it for?", whom)
    person.types("Why?", "We assess together.")
    person.types("Passphrase for the file", FILE_PASSPHRASE)
    person.types("The same passphrase again", FILE_PASSPHRASE)
    person.takes_a_picture(f"50-give-{path.stem}")
    person.clicks("Save the copy…")
    person.waits_to_see("File name")
    person.clicks("Save")
    person.waits_to_see(".gcp2x is saved. Bring it to your colleague")
    next(path.parent.glob("assessment-copy-*.gcp2x")).rename(path)
    person.takes_a_picture(f"51-saved-{path.stem}")
    person.clicks("Close")


def _chooses_file(person: Person, path: Path) -> None:
    person.clicks("Choose the file…")
    person.waits_to_see("File name")
    person.clicks(path.name)
    person.clicks("Open")


def _opens_the_file(person: Person) -> None:
    person.types("Passphrase of the file", FILE_PASSPHRASE)
    person.presses(Qt.Key.Key_Return)


def _takes_in_the_second(person: Person, folder: Path) -> None:
    person.opens_row("Wren")
    _goes_to_assessments(person)
    person.clicks("Exchange with a colleague…")
    person.clicks("Take one in")
    whole = (folder / "second.gcp2x").read_bytes()
    (folder / "cut.gcp2x").write_bytes(whole[:-400])
    _chooses_file(person, folder / "cut.gcp2x")
    _opens_the_file(person)
    person.waits_to_see("altered or cut off")
    person.takes_a_picture("70-cut")
    _chooses_file(person, folder / "second.gcp2x")
    _opens_the_file(person)
    person.waits_to_see("gains")
    person.takes_a_picture("71-gains")
    person.clicks("Take it in")
    person.waits_to_see("It is taken in.")
    person.takes_a_picture("72-taken")
    _chooses_file(person, folder / "second.gcp2x")
    _opens_the_file(person)
    person.waits_to_see("There is nothing in it that is not here already.")
    person.takes_a_picture("73-twice")
    person.clicks("Close")
    person.takes_a_picture("74-list")


def _agrees(person: Person) -> None:
    person.clicks("Continue the assessment")
    person.clicks("A1 Nutrition")
    person.waits_to_see("You differ.")
    person.waits_to_see("Robin Practice-Reed: 4")
    person.clicks("Evidence (1)")
    person.waits_to_see(SEEN)
    person.takes_a_picture("76-both")
    person.chooses("Agreed grade", "3")
    person.types("Why this grade was agreed", AGREED)
    person.presses(Qt.Key.Key_Tab)
    person.waits_to_see("You differed and agreed.")
    person.takes_a_picture("77-agreed")
    person.clicks("Analysis")
    person.waits_until(lambda: person.sees_typed(f"{OURS}\n\nFrom the copy of Robin Practice-Reed: {THEIRS}"))
    person.takes_a_picture("78-both-texts")


# One from paper


def _writes_down_one_from_paper(person: Person) -> None:
    person.clicks("Record one done elsewhere…")
    person.waits_to_see("done on paper or in another system")
    person.takes_a_picture("90-form")
    person.clicks("Keep it")
    person.waits_to_see("Give the grade of one sub-area or more.")
    person.takes_a_picture("91-gaps")
    person.types("First day", "2 March 2026")
    person.types("Last day", "27 March 2026")
    person.types("Who did it?", CLINIC)
    person.types("Under whose licence?", "Westshire")
    person.chooses("A1 Nutrition", "4")
    person.chooses("B2 In carer's absence", "3")
    person.takes_a_picture("92-filled")
    person.clicks("Keep it")
    person.waits_to_see("Recorded elsewhere")
    person.takes_a_picture("93-list")
    person.clicks("Correct…")
    person.waits_to_see("Correct what was recorded elsewhere")
    person.chooses("B2 In carer's absence", "5")
    person.takes_a_picture("94-mend")
    person.types("Why is it corrected?", "Read from the wrong page.")
    person.clicks("Keep it")
    person.waits_until(lambda: not person.sees("Correct what was recorded elsewhere"))
    person.waits_to_see("B Care of safety: grade 5")
    person.takes_a_picture("95-mended")


def _sees_it_everywhere(person: Person) -> None:
    person.clicks("Overview")
    person.waits_to_see("2 assessments, 2 March 2026 to")
    person.takes_a_picture("96-trend")
    person.clicks("Table")
    person.waits_to_see("provisional, recorded elsewhere")
    person.takes_a_picture("96-table")
    person.clicks("Assessments")
    person.clicks("2 Mar 2026")
    person.clicks("Open")
    person.reads_for_a_second()
    person.takes_a_picture("97-open")
    person.clicks("Back")
    person.clicks("2 Mar 2026")
    person.clicks("Report")
    person.waits_to_see("Page 1 of")
    person.takes_a_picture("98-report")
    person.clicks("Caseload")
    person.waits_to_see("A: 4, 2")
    person.takes_a_picture("99-caseload")


# The assessment


def _adds_evidence(person: Person) -> None:
    person.clicks("Add evidence")
    person.writes(SEEN)
    person.chooses("Where it comes from", "Seen at home")
    person.takes_a_picture("65-evidence")


def _writes_analysis(person: Person, words: str) -> None:
    person.clicks("Analysis")
    person.presses(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    person.writes(words)
