"""Chapters in which one step leads to the next: a concern of a GP, three requests that came to nothing, invitations."""

from pathlib import Path

from PySide6.QtCore import QDate, Qt

from tests.journeys import chapters
from tests.journeys.chapters import PASSPHRASE, unlocks
from tests.journeys.person import Person

CONCERN = "Wren came for the third time with an ear that hurts."
REFUSED = "No visit is planned before the next core group."
POSITION = "The ear needs looking at before the core group."
RESOLVED = "A visit tomorrow, with the school nurse."
TOGETHER = "Wren was hungry each time somebody asked."
REASON = "The advocate is away, and the next free day is after the birth."
#: What may stand in no file outside the encrypted store.
TYPED = (PASSPHRASE, CONCERN, REFUSED, POSITION, RESOLVED, TOGETHER, REASON)
_CONTROL = Qt.KeyboardModifier.ControlModifier
_WAITS = "1 concern noted"
_LOW = "all ended with no further action"


def gp_sets_up(person: Person, folder: Path) -> None:
    """Set the program up for a GP, who knows a child whose social worker was confirmed today."""
    del folder
    chapters.sets_up(person, "Robin Practice-Hale", role="GP", agency="GP")
    _adds_wren(person, "Add a child")
    person.clicks("People")
    person.clicks("Add a professional")
    person.types("Who", "Tom Practice-Birch")
    person.clicks("as someone new")
    person.types("Role", "Social worker")
    person.clicks("Save")
    person.types("Role for this child", "Social worker")
    person.types("From", "1 September 2026")
    person.types("Last confirmed on", "today")
    person.takes_a_picture("79-allocated")
    person.clicks("Save")
    person.waits_until(lambda: not person.sees("Cancel"))
    person.waits_to_see("Tom Practice-Birch")


def _adds_wren(person: Person, button: str = "New child") -> None:
    person.clicks(button)
    person.types("Given names", "Wren")
    person.types("Family name", "Practice-Alder")
    person.types("Date of birth", "4 March 2024")
    person.clicks("Add the child")
    person.waits_to_see("born 4 March 2024")


def a_gps_concern(person: Person, folder: Path) -> None:
    """A concern waits; the worker is rung, then the manager; the answer is disagreed with, challenged and resolved."""
    del folder
    unlocks(person)
    person.opens_row("Wren")
    adds(person, "note", "Note")
    person.types("What was observed", CONCERN)
    person.types("When it happened", days_from_today(-9))
    person.clicks("Is this a concern about the child? Yes")
    person.takes_a_picture("80-concern")
    adds_it(person)
    person.clicks("Overview")
    person.clicks("New request for help")
    _rings_the_worker(person)
    # A manager who refuses is no contact with the worker: the concern still waits.
    person.waits_to_see(_WAITS)
    person.takes_a_picture("84-rung")
    person.clicks("Timeline")
    person.clicks("Contact with a worker: Their manager")
    person.clicks("I disagree")
    person.types("What we say, and why", POSITION)
    person.takes_a_picture("85-disagrees")
    person.clicks("Start the challenge")
    person.waits_to_see("Stage 1")
    person.clicks("Record their answer")
    person.types("What did they answer?", RESOLVED)
    person.clicks("Keep the answer")
    person.clicks("Resolved…")
    person.types("How was it resolved?", RESOLVED)
    person.clicks("It is resolved")
    person.waits_to_see("Resolved ")
    person.takes_a_picture("86-resolved")
    person.clicks("Close")
    person.clicks("Overview")
    person.waits_until(lambda: not person.sees("Open challenge"))
    person.waits_to_see(_WAITS)
    person.clicks("New request for help")
    person.waits_to_see("This is your draft, as you left it.")
    person.clicks("2 The allocated worker")
    person.clicks("Was the person spoken to? Yes")
    person.chooses("Who was tried?", "Allocated")
    person.types("What was agreed, and by when?", RESOLVED)
    person.clicks("Record this try")
    person.waits_to_see(f"spoken to. {RESOLVED}")
    person.clicks("Close, keep the draft")
    person.waits_until(lambda: not person.sees(_WAITS))
    person.takes_a_picture("87-done")


def _rings_the_worker(person: Person) -> None:
    person.waits_to_see("Could this child be harmed, or evidence lost, before tomorrow?")
    person.clicks("Could this child be harmed, or evidence lost, before tomorrow? No")
    person.clicks("Next")
    person.waits_to_see("Ring the allocated worker first")
    person.takes_a_picture("81-ring-first")
    person.clicks("Was the person spoken to? No")
    person.clicks("Record this try")
    person.waits_to_see(": not reached")
    # After the close of day there is no time left to be spoken to.
    person.waits_until(lambda: person.sees("If nobody is spoken to by") or person.sees("Nobody was spoken to in time"))
    person.takes_a_picture("82-not-reached")
    person.chooses("Who was tried?", "Their")
    person.clicks("Was the person spoken to? Yes")
    person.types("What was agreed, and by when?", REFUSED)
    person.clicks("Record this try")
    person.waits_to_see(": spoken to")
    person.takes_a_picture("83-manager")
    person.clicks("Close, keep the draft")


def three_requests(person: Person, folder: Path) -> None:
    """Three requests in succession come to nothing: the alert writes to MASH, and says when the review is due."""
    del folder
    unlocks(person)
    _adds_wren(person)
    for number, ago in enumerate((40, 20, 3)):
        assert not person.sees(_LOW)
        adds(person, "request", "Request for help")
        person.types("When it happened", days_from_today(-ago))
        person.types("What happened", f"Asked for help {number + 1}.")
        person.chooses("Agency that asked", "Police")
        person.clicks("More about this: request for help")
        person.chooses("Outcome", "No")
        person.takes_a_picture(f"87-request-{number + 1}")
        adds_it(person)
    person.clicks("Overview")
    # One line a row stands unfolded; this rule's is among the rest.
    person.clicks("more for you")
    person.waits_to_see(_LOW)
    person.takes_a_picture("88-three")
    person.clicks("Write to MASH")
    person.waits_to_see("Look at these requests together")
    person.types("What they show together", TOGETHER)
    person.takes_a_picture("89-letter")
    person.clicks("Keep the letter")
    person.waits_to_see("Request for a trigger review.pdf")
    person.takes_a_picture("90-kept")
    person.clicks("Overview")
    person.waits_to_see(_LOW)
    assert not person.sees("is not recorded as held")


def invitations_without_the_advocate(person: Person, folder: Path) -> None:
    """A meeting is near and the advocate is not invited; the invitations are marked sent only with a reason."""
    del folder
    unlocks(person)
    person.opens_row("Unborn")
    person.waits_to_see("Alerts")
    adds(person, "meeting", "Meeting")
    person.chooses("Which meeting?", "Child")
    person.types("When it happened", "today")
    person.clicks("More about this: meeting")
    person.types("Planned for", days_from_today(4))
    adds_it(person)
    person.clicks("Overview")
    person.clicks("for others")
    person.waits_to_see("advocate is not invited.")
    person.takes_a_picture("91-not-invited")
    person.clicks("Go to plans and meetings")
    person.clicks("Invitations sent…")
    person.waits_to_see("The child’s advocate is not among the people invited.")
    person.clicks("Save")
    person.waits_to_see("advocate")
    person.takes_a_picture("92-asked-why")
    person.types("Why no advocate was invited", REASON)
    person.clicks("Save")
    person.waits_to_see(f"Reason: {REASON}")
    person.takes_a_picture("93-sent")
    person.clicks("Overview")
    # A reason lets the invitations go; it is no invitation. What was folded out before stays so.
    person.waits_to_see("advocate is not invited. A reason is recorded.")


def adds(person: Person, find: str, kind: str) -> None:
    """Open the form of a kind of entry by keys."""
    person.clicks("Timeline")
    person.presses(Qt.Key.Key_N, _CONTROL)
    person.waits_to_see("What sort of entry is it?")
    person.types("Find a kind of entry", find)
    person.clicks(kind)
    person.waits_to_see(f"Add: {kind}")


def adds_it(person: Person) -> None:
    """Keep the entry, and wait until its form is gone."""
    person.clicks("Add it")
    person.waits_until(lambda: not person.sees("Cancel"))


def days_from_today(days: int) -> str:
    """Return the day as a person types it."""
    return QDate.currentDate().addDays(days).toString("dd/MM/yyyy")
