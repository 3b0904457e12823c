"""The chapters of a licensed pack: files that are refused, words that are shared, training, and a licence that ends."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt

from gcp2_app.forms.packs import shipped_pack
from tests.journeys.chapters import PASSPHRASE, starts_the_assessment, unlocks
from tests.journeys.person import Person
from tests.licensing import TITLE, write_licensed

SAYS = "The licence holder was asked, and agreed."
SEEN = "The certificate."
WHY = "It was for one year."
#: What may stand in no file outside the encrypted store.
TYPED = (PASSPHRASE, SAYS, SEEN, WHY)


def licensed_pack(person: Person, folder: Path) -> None:
    """Install a pack: one file is no pack, one borrows words and is asked about, and training opens its wording."""
    (folder / "hostile.toml").write_text('id = "../../etc"\nformat = "gcp2-pack"\n[[areas]\n', encoding="utf-8")
    borrowed = next(iter(shipped_pack("graded-care").areas[0].subareas[0].units)).prompt
    write_licensed(folder, expires=_today() + timedelta(days=1), prompt=borrowed)
    unlocks(person)
    person.clicks("Settings")
    person.clicks("Packs")
    _installs(person, "hostile.toml")
    person.waits_to_see("hostile.toml")
    person.takes_a_picture("130-hostile")
    _installs(person, "licensed-1.0.0.toml")
    person.waits_to_see("Two packs say this in the same words")
    person.takes_a_picture("131-shared-words")
    person.clicks("Install it all the same")
    person.takes_a_picture("132-why")
    person.types("Reason", SAYS)
    person.clicks("Install it all the same")
    person.waits_to_see(f"{TITLE} 1.0.0 is installed.")
    person.takes_a_picture("133-installed")
    person.clicks("Training")
    person.clicks("Record training…")
    person.waits_to_see("Who was trained?")
    person.takes_a_picture("134-training")
    person.chooses("Course", "Graded")
    person.types("Completed on", "5 January 2026")
    person.types("For the licence of", "Westshire")
    person.takes_a_picture("135-training")
    person.clicks("Record training")
    person.waits_to_see("The training is recorded.")
    person.takes_a_picture("136-recorded")


def confirmed_and_used(person: Person, folder: Path) -> None:
    """A supervisor confirms the training; the pack is graded with; once the training ended its words are hidden."""
    del folder
    person.chooses("Sign-in name", "jmanager")
    unlocks(person)
    person.clicks("Settings")
    person.clicks("Training")
    person.clicks("Confirm the training of Practice Worker")
    person.types("What did you see?", SEEN)
    person.takes_a_picture("137-confirm")
    person.clicks("Confirm")
    person.waits_to_see("The training is confirmed.")
    person.takes_a_picture("138-confirmed")
    person.clicks("Lock")
    person.chooses("Sign-in name", "practice")
    unlocks(person)
    _grades_with_it(person)
    person.clicks("Settings")
    person.clicks("Training")
    person.clicks("Correct the training of Practice Worker")
    person.types("Valid until", _said(_today() - timedelta(days=1)))
    person.types("Why is it corrected?", WHY)
    person.clicks("Keep")
    person.waits_to_see("Ended on")
    person.clicks("Packs")
    person.waits_to_see("your training for it ended")
    person.takes_a_picture("140-hidden")
    person.clicks("Caseload")
    person.opens_row("Corey")
    person.clicks("Continue the assessment")
    person.waits_to_see("your training for it ended")
    person.waits_to_see("Graded 15")
    person.takes_a_picture("141-grade-stays")


def _grades_with_it(person: Person) -> None:
    person.clicks("Settings")
    person.clicks("Packs")
    person.waits_to_see("Used under its licence.")
    person.clicks("Caseload")
    person.opens_row("Corey")
    person.clicks("Start the next assessment")
    person.chooses("Pack", "Licensed")
    person.takes_a_picture("139-start")
    starts_the_assessment(person, "Kerry Practice-Ashdown")
    person.clicks("Next:")
    person.reads_for_a_second()
    person.presses(Qt.Key.Key_3)
    person.waits_to_see("Graded 15")
    person.takes_a_picture("139-graded")
    person.reads_for_a_second()


def _installs(person: Person, name: str) -> None:
    person.clicks("Install a pack file…")
    person.waits_to_see("File name")
    person.clicks(name)
    person.clicks("Open")


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/London")).date()


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
