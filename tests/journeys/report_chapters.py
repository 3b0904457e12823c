"""The chapter of a report that leaves: made for one reader, protected, saved, and written down as given."""

from pathlib import Path

from tests.journeys.chapters import PASSPHRASE
from tests.journeys.person import Person

#: Opens the file; told by telephone.
FILE_PASSPHRASE = "four slow otters under ice"
REASON, EXPLAINED = "Marzipan review on Thursday", "Read out twice over cocoa"


def a_report_for_a_parent(person: Person, folder: Path) -> None:
    """Go from the child to the report of the conference to come, for the mother, and write down that she has it."""
    person.types("Passphrase", PASSPHRASE)
    person.clicks("Unlock")
    person.waits_to_see("Caseload")
    person.opens_row("Corey")
    person.waits_to_see("Requests for help")
    person.clicks("Documents")
    person.waits_to_see("What was given to whom")
    person.takes_a_picture("170-documents")
    person.clicks("Make it: Report to child protection conference")
    person.waits_to_see("Page 1 of")
    person.takes_a_picture("171-chairs")
    assert not person.sees("because it comes from a third party")
    person.chooses("Is it for someone around the child?", "Kerry")
    person.waits_to_see("because it comes from a third party")
    person.clicks("Full copy beside it")
    person.waits_to_see("Full copy, for our own agency")
    person.reads_for_a_second()
    person.takes_a_picture("172-beside")
    person.types("Why do they need it?", REASON)
    person.clicks("Protect the file with a passphrase")
    person.types("Passphrase", FILE_PASSPHRASE)
    person.types("The same passphrase again", FILE_PASSPHRASE)
    person.takes_a_picture("173-protected")
    person.clicks("Save PDF…")
    person.waits_to_see("File name")
    person.clicks("Save")
    person.waits_to_see("It opens with the passphrase you set.")
    person.takes_a_picture("174-saved")
    assert [path.name[:11] for path in folder.glob("*.pdf")] == ["conference-"]
    person.clicks("It was given to them: write it down…")
    person.waits_to_see("Add: Report shared")
    person.chooses("How was it given?", "Read")
    person.types("How was it explained?", EXPLAINED)
    person.chooses("Was it understood?", "Partly")
    person.takes_a_picture("175-given")
    person.clicks("Add it")
    person.waits_until(lambda: not person.sees("Cancel"))
    person.clicks("Back")
    person.waits_to_see(EXPLAINED)
    person.takes_a_picture("176-listed")
