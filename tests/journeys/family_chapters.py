"""The chapters of a family's journey: three visits, a hostile parent, a colleague who differs, a carer held back."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from tests.journeys.chapters import PASSPHRASE, starts_the_assessment, unlocks
from tests.journeys.person import Person

PIN = "204816"
WRONG_PIN = "135790"
#: What is noted on the first visit: the key that says how it is known, the words, the units they are sorted to, and
#: the keys of the children they are about; none where the unit is about the home, and everyone is ticked already.
NOTED = (
    (Qt.Key.Key_1, "Mould climbs the kitchen wall behind the cot.", ("A2.a", "A2.b"), ()),
    (Qt.Key.Key_1, "Finn has yesterday's jam in his hair.", ("A4",), (Qt.Key.Key_3,)),
    (
        Qt.Key.Key_2,
        "Finn says supper is crisps from the blue tin.",
        ("A1.d",),
        (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3),
    ),
    (Qt.Key.Key_1, "The clinic letter lies unopened on the fridge.", ("A5.b",), (Qt.Key.Key_A,)),
    (Qt.Key.Key_3, "Kerry says mornings are a tightrope.", ("B1.a", "B1.d"), (Qt.Key.Key_A,)),
    (
        Qt.Key.Key_1,
        "Nobody turns round when Finn calls from the stairs.",
        ("B1.a", "B1.d", "B2", "D1.iii"),
        (Qt.Key.Key_3,),
    ),
)
HALF = "Dean slams the back"
SECOND = "The pantry shelf has been mended."
CUT = "Bea sleeps in the pram in the"
THIRD = "At nursery Finn asks for bread and hides it."
AGREED = "We went through the food diary together."
WHO_AGREED = "Detective Practice-Sergeant"
#: What may stand in no file outside the encrypted store.
TYPED = (
    PASSPHRASE,
    *("Wren", "Practice-Alder", "Practice-Ashdown", "Practice-Mercer"),
    *(words for _, words, *_ in NOTED),
    *(HALF, SECOND, CUT, THIRD, AGREED, WHO_AGREED, "leaflet about mornings"),
)
#: The grades of the assessment before this one, unit by unit; nothing moved since. None: does not apply.
AS_BEFORE = (
    *(3, 3, 3, 4, 3, 4, 3, 3, 3, 3, 4),
    *(3, 4, 3, None, 4, 3, 3, 4, 4),
    *(3, 3, 3, 2, 3, 3, 3, 4, 3, 3, 3, 3),
)
#: What only the caseload, its other children and the rest of the program say.
_ELSEWHERE = ("Wren", "Alder", "Caseload", "Review queue", "Settings", "Find a child", "New child")
_CONTROL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def begin_the_work(person: Person, folder: Path) -> None:
    """Add a child of another household, and start an assessment of one of the four."""
    del folder
    unlocks(person)
    person.clicks("New child")
    person.types("Given names", "Wren")
    person.types("Family name", "Practice-Alder")
    person.types("Date of birth", "4 March 2024")
    person.clicks("Add the child")
    person.waits_to_see("born 4 March 2024")
    person.clicks("Caseload")
    person.opens_row("Finn")
    person.clicks("Start the next assessment")
    person.clicks("Dean Practice-Mercer (father)")
    person.takes_a_picture("30-start")
    starts_the_assessment(person, "Kerry Practice-Ashdown", "Dean Practice-Mercer", leaflet="leaflet about mornings")
    person.clicks("The carers were asked apart")
    person.takes_a_picture("31-before")
    person.clicks("Next: A1 Nutrition")
    person.waits_to_see("A1.a Quality")


def hostile_visit(person: Person, folder: Path) -> None:
    """Knock unannounced, note what is seen, be interrupted, end, and sort the notes."""
    del folder
    unlocks(person)
    with _timed("From the passphrase to the first line of a visit"):
        person.opens_row("Finn")
        _starts_a_visit(person, "No, unannounced")
        _notes(person, *NOTED[0][:2])
    with _sees_nothing_else(person):
        _ticks_the_sheet(person)
        for how, words, *_ in NOTED[1:]:
            _notes(person, how, words)
        person.takes_a_picture("33-sheet")
        person.types("What was seen or said", HALF)
        _is_interrupted(person)
        person.waits_to_see(HALF)
        for key, modifier in (
            (Qt.Key.Key_K, _CONTROL),
            (Qt.Key.Key_Left, _ALT),
            (Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        ):
            person.presses(key, modifier)
        _notes(person, Qt.Key.Key_1, f"{HALF} door and shouts.")
        person.clicks("End the visit")
        person.types("Passphrase", "let me in")
        person.presses(Qt.Key.Key_Return)
        person.waits_to_see("passphrase is not right")
        person.takes_a_picture("37-end")
    with _timed("From a finished visit to all lines sorted"):
        _ends_the_visit(person)
        _sorts(person, *(each[2:] for each in NOTED), ((), ()))
    person.takes_a_picture("39-sorted")


def visit_cut_short(person: Person, folder: Path) -> None:
    """Begin a second visit; in the middle of a line the power fails."""
    del folder
    unlocks(person)
    person.opens_row("Finn")
    _starts_a_visit(person, "Yes, announced")
    with _sees_nothing_else(person):
        _notes(person, Qt.Key.Key_1, SECOND)
        person.types("What was seen or said", CUT)
        person.reads_for_a_second()
    # The battery is flat: no farewell, nothing flushed.
    os.kill(os.getpid(), signal.SIGKILL)


def second_visit_and_grades(person: Person, folder: Path) -> None:
    """Come back into the visit, end it, and grade every unit."""
    del folder
    with _sees_nothing_else(person):
        person.types("Passphrase", PASSPHRASE)
        person.clicks("Unlock")
        person.waits_to_see(CUT)
        person.waits_to_see(SECOND)
        person.takes_a_picture("40-back-in-the-visit")
        person.clicks("Set a PIN")
        person.types("PIN", PIN)
        person.clicks("Set the PIN")
        person.waits_to_see("Cover  F9")
        _notes(person, Qt.Key.Key_1, f"{CUT} hall.")
        person.clicks("End the visit")
    _ends_the_visit(person)
    _sorts(person, (("A2.a",), ()), ((), ()))
    person.clicks("Caseload")
    person.opens_row("Finn")
    person.clicks("Continue the assessment")
    person.waits_to_see("A1.a Quality")
    with _timed("To grade 32 units by keys with their evidence in"):
        _grades(person)
        person.waits_until(lambda: not person.sees("units to grade"))
    person.takes_a_picture("42-graded")


def colleague_differs(person: Person, folder: Path) -> None:
    """Grade a unit without seeing the first grade, and see both then."""
    del folder
    person.chooses("Sign-in name", "jmanager")
    unlocks(person)
    person.opens_row("Finn")
    person.clicks("Continue the assessment")
    person.clicks("A1 Nutrition")
    person.waits_to_see("You see their grade once you have graded it yourself.")
    assert not person.sees("Graded 3")
    person.takes_a_picture("43-hidden")
    person.presses(Qt.Key.Key_2)
    person.waits_to_see("You differ.")
    person.waits_to_see("Practice Worker: 3")
    person.waits_to_see("you: 2")
    person.takes_a_picture("44-differ")
    person.reads_for_a_second()


def third_visit_and_sharing(person: Person, folder: Path) -> None:
    """See the child at nursery, agree the grade, hold sharing back from one carer and show it to the other."""
    del folder
    person.chooses("Sign-in name", "practice")
    unlocks(person)
    person.opens_row("Finn")
    _starts_a_visit(person, "Yes, announced", "At school or nursery")
    with _sees_nothing_else(person):
        _notes(person, Qt.Key.Key_1, THIRD)
        person.clicks("End the visit")
    _ends_the_visit(person)
    _sorts(person, (("A1.d",), (Qt.Key.Key_3,)))
    person.clicks("Caseload")
    person.opens_row("Finn")
    person.clicks("Continue the assessment")
    _agrees(person)
    _holds_back(person)
    _shows_the_family(person)


# A visit


def _starts_a_visit(person: Person, announced: str, where: str = "") -> None:
    person.clicks("Start a visit")
    person.waits_to_see("What I must see")
    person.clicks(announced)
    if where:
        person.clicks(where)
    person.types("A PIN for this visit", PIN)
    if "unannounced" in announced:
        person.takes_a_picture("32-before-you-knock")
    person.presses(Qt.Key.Key_Return)
    person.waits_to_see("Write one thing, then say how you know it.")


def _notes(person: Person, how: Qt.Key, words: str) -> None:
    person.types("What was seen or said", words)
    person.presses(how, _ALT)
    person.waits_until(lambda: person.sees(f": {words}") and not person.sees_typed(words))


def _ticks_the_sheet(person: Person) -> None:
    person.clicks("Who let me in: Kerry Practice-Ashdown")
    person.clicks("Who is here: Dean Practice-Mercer")
    for child in ("Corey", "Nell", "Finn", "Bea"):
        person.clicks(f"{child} Practice-Ashdown, Seen: Yes")
    person.clicks("Bea Practice-Ashdown, Awake: No")
    person.clicks("Nell Practice-Ashdown, Alone: Yes")
    person.clicks("Finn Practice-Ashdown, Alone: No")
    person.clicks("Rooms seen: Kitchen")
    person.clicks("Rooms seen: Child’s bedroom")


def _is_interrupted(person: Person) -> None:
    """Cover the sheet from a parent who comes close, tries a PIN, and frightens: the numbers are at hand."""
    person.presses(Qt.Key.Key_F9)
    person.waits_to_see("Open")
    for words in ("Ashdown", "Mercer", "Finn", HALF, "Mould"):
        assert not person.sees(words), words
    person.takes_a_picture("34-covered")
    person.types("PIN", WRONG_PIN)
    person.clicks("Open")
    person.waits_to_see("That is not the PIN.")
    person.takes_a_picture("35-wrong-pin")
    person.clicks("Urgent numbers")
    person.waits_to_see("999")
    person.takes_a_picture("36-danger")
    person.clicks("Close")
    person.types("PIN", PIN)
    person.clicks("Open")


def _ends_the_visit(person: Person) -> None:
    person.types("Passphrase", PASSPHRASE)
    person.presses(Qt.Key.Key_Return)
    person.waits_to_see("to sort.")


def _sorts(person: Person, *lines: tuple[tuple[str, ...], tuple[Qt.Key, ...]]) -> None:
    """Sort each line: part of a unit's name and Return, whom it is about, Return again; no unit is a key of its own."""
    for done, (units, about) in enumerate(lines, start=1):
        for unit in units:
            person.writes(unit)
            person.presses(Qt.Key.Key_Return)
        for key in about:
            person.presses(key, _ALT)
        if units:
            person.presses(Qt.Key.Key_Return)
        else:
            person.presses(Qt.Key.Key_0, _ALT)
        left = len(lines) - done
        all_ = "The one note is sorted." if len(lines) == 1 else f"All {len(lines)} are sorted."
        person.waits_to_see(f"{left} of {len(lines)} to sort" if left else all_)


@contextmanager
def _sees_nothing_else(person: Person) -> Iterator[None]:
    """Look at the screen again and again while a visit runs: nothing outside its household may ever stand there."""
    seen: list[str] = []
    eye = QTimer()
    eye.timeout.connect(lambda: seen.extend(words for words in _ELSEWHERE if person.sees(words)))
    eye.start(100)
    yield
    eye.stop()
    seen.extend(words for words in _ELSEWHERE if person.sees(words))
    assert not seen, sorted(set(seen))


# The assessment


def _grades(person: Person) -> None:
    for grade in AS_BEFORE:
        if grade is None:
            person.presses(Qt.Key.Key_X)
            person.writes("He takes no medicine.")
            person.presses(Qt.Key.Key_Return)
        else:
            person.presses(Qt.Key(Qt.Key.Key_0 + grade))
            person.presses(Qt.Key.Key_Down)
        if isinstance(QApplication.focusWidget(), QPushButton):
            person.presses(Qt.Key.Key_Return)


def _agrees(person: Person) -> None:
    person.clicks("A1 Nutrition")
    person.waits_to_see("You differ.")
    person.waits_to_see("you: 3")
    person.waits_to_see("Jo Practice-Manager: 2")
    person.chooses("Agreed grade", "3")
    person.types("Why this grade was agreed", AGREED)
    person.presses(Qt.Key.Key_Tab)
    person.waits_to_see("You differed and agreed.")
    person.takes_a_picture("45-agreed")


def _holds_back(person: Person) -> None:
    person.clicks("Finish")
    person.clicks("Finish grading")
    person.chooses("Held back from", "Dean")
    person.clicks("Hold sharing back")
    person.waits_to_see("Say who agreed to it.")
    person.chooses("Why", "Police enquiry")
    person.types("Who agreed to it", WHO_AGREED)
    again = datetime.now(ZoneInfo("Europe/London")).date() + timedelta(days=14)
    person.types("Looked at again on", f"{again.day} {again:%B %Y}")
    person.takes_a_picture("46-hold-back")
    person.clicks("Hold sharing back")
    person.waits_to_see("Share with Kerry Practice-Ashdown")
    person.takes_a_picture("47-held-back")


def _shows_the_family(person: Person) -> None:
    person.clicks("B2 In carer's absence")
    person.waits_to_see("This grade needs a safety step")
    before = QApplication.focusWidget()
    person.presses(Qt.Key.Key_F6)
    person.waits_to_see("Who can see this screen?")
    person.clicks("Dean Practice-Mercer")
    person.clicks("Show the family")
    person.waits_to_see("Sharing is held back from Dean Practice-Mercer.")
    person.takes_a_picture("48-who-can-see")
    person.clicks("Dean Practice-Mercer")
    person.clicks("Kerry Practice-Ashdown")
    person.clicks("Show the family")
    person.waits_to_see("The care of Finn")
    for words in ("Dean", WHO_AGREED, "Police", "blue tin", "tightrope", *_ELSEWHERE):
        assert not person.sees(words), words
    person.takes_a_picture("49-the-familys-copy")
    person.presses(Qt.Key.Key_Escape)
    person.waits_to_see("Caseload")
    person.waits_until(lambda: QApplication.focusWidget() is before)
    person.takes_a_picture("50-same-unit")


# Around it


@contextmanager
def _timed(what: str) -> Iterator[None]:
    """Print how long something took, where pictures are taken."""
    began = time.monotonic()
    yield
    if os.environ.get("GCP2_JOURNEY_PICTURES"):
        sys.stdout.write(f"{what}: {time.monotonic() - began:.1f} s\n")
        sys.stdout.flush()
