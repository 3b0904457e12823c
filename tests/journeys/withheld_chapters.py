"""The chapters of what is kept from somebody: an address, the second person who may undo it, a copy for the young."""

from pathlib import Path

from PySide6.QtCore import Qt

from tests.journeys.chapters import PASSPHRASE, unlocks
from tests.journeys.person import Person


def address_withheld(person: Person, folder: Path) -> None:
    """Withhold where the children live from the stepfather; undoing it takes a second person."""
    del folder
    unlocks(person)
    person.clicks("Caseload")
    person.opens_row("Corey")
    person.clicks("People")
    person.takes_a_picture("150-people")
    person.clicks("Change the address")
    person.waits_to_see("Withhold this address from")
    person.clicks("Dean Practice-Mercer")
    person.takes_a_picture("151-withhold")
    person.clicks("Save")
    person.waits_to_see("Withheld from Dean Practice-Mercer")
    person.takes_a_picture("152-withheld")
    person.clicks("Change the address")
    person.waits_to_see("Withhold this address from")
    person.clicks("Dean Practice-Mercer")
    person.clicks("Save")
    person.waits_to_see("A second person confirms")
    person.types("Their sign-in name", "practice")
    person.types("Their passphrase", PASSPHRASE)
    person.clicks("Confirm")
    person.waits_to_see("The second person has to be somebody else.")
    person.takes_a_picture("153-not-oneself")
    person.clicks("Save")
    person.types("Their sign-in name", "jmanager")
    person.types("Their passphrase", PASSPHRASE)
    person.clicks("Confirm")
    person.waits_until(lambda: not person.sees("Change an address"))
    person.waits_until(lambda: not person.sees("Withheld from Dean Practice-Mercer"))
    person.takes_a_picture("154-undone")


def shown_large_and_dark(person: Person, folder: Path) -> None:
    """Show the family their own copy, dark and at twice the text size; a young person gets their own version."""
    del folder
    unlocks(person)
    person.clicks("Settings")
    person.clicks("Appearance")
    person.takes_a_picture("160-appearance")
    person.clicks("Dark")
    person.chooses("Text size", "200")
    person.reads_for_a_second()
    person.takes_a_picture("161-large")
    person.clicks("Caseload")
    person.opens_row("Corey")
    person.clicks("Open this assessment")
    person.reads_for_a_second()
    person.presses(Qt.Key.Key_F6)
    person.waits_to_see("Who can see this screen?")
    person.clicks("Corey")
    person.takes_a_picture("162-who")
    person.clicks("Show the family")
    person.waits_to_see("None of it is your fault")
    person.takes_a_picture("163-copy")
