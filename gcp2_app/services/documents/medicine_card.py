"""What the easy-read medicine card says, gathered for one reader; it is about one medicine.

A card that does not hold is no card: it is refused, and the reason is said. So is one whose words could not be printed
as they stand. Nothing here reads, changes or makes a dose, a time or an amount.

Source: casework.md, row LP5.
"""

from typing import TYPE_CHECKING, Final

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.healthcare.cards import HOLD_WORDS, TRANSCRIBED, Card, Hold, cards, is_replaced
from gcp2_app.domain.moment import Moment
from gcp2_app.domain.readers import FAMILY
from gcp2_app.domain.rules.medicines import is_wrong, teach_backs
from gcp2_app.domain.rules.record import Fact, day_of
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.withheld import Secret, SecretKind, Why
from gcp2_app.domain.words import long_date
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.reports.fonts import printable
from gcp2_app.services import clinical_safety
from gcp2_app.services.documents.front import front
from gcp2_app.services.documents.parts.happened import option_words
from gcp2_app.services.documents.reading import Pages, Reading

if TYPE_CHECKING:
    from gcp2_app.reports.pdf.medicine_card import ShownLine

TITLE: Final = "Medicine card"
_SECTION: Final = "The medicine"
_SHOWN: Final = "Who has shown how they give it"
#: So many times somebody showed it are printed, the latest.
_MOST: Final = 4


def gather(reading: Reading) -> Pages:
    """Return what writes the card.

    Raises:
        NotAllowed: the card is off in this store, or does not hold.
        InvalidValue: an earlier day is read, or the words cannot be printed as they stand.
    """
    from gcp2_app.reports.pdf.medicine_card import MedicineCardReport, write_medicine_card

    clinical_safety.require_on(reading.session, reading.tx)
    if reading.moment != Moment():
        raise InvalidValue("A medicine card is made as the record stands today.", "Leave the earlier day out.")
    view = reading.view(_SECTION, "medicine", "teach_back")
    card = _card_of(view, reading.matter)
    if card is None:
        raise NotAllowed("This medicine is another child’s.", "Open that child’s record.")
    if why := _why_not(reading, card):
        raise NotAllowed(f"There is no card to print. {why}", "See the card under Health.")
    words = _transcribed(reading, card.fact.whole)
    data = card.fact.data
    checked, until = view.field(card.fact, "checked_on"), card.fact.day("card_expires")
    assert until is not None  # noqa: S101 - without one it does not hold
    report = MedicineCardReport(
        front=front(reading, TITLE),
        name=words["name"][0],
        strength="\n".join(words["strength"]),
        dose=words["dose_as_prescribed"][0],
        device="\n".join(words["device"]),
        times=words["times"],
        missed="\n".join(words["missed_dose"]),
        must_not_miss=data.get("must_not_miss") is True,
        prescriber="\n".join(words["prescriber"]),
        given_by=str(data.get("given_safely_by")),
        checked_by=_checked_by(reading, data.get("checked_by"), data.get("checked_role")),
        checked_on=long_date(checked) if checked is not None else "",
        until=long_date(until),
        holders=tuple(_holders(view, card.fact)),
        shown=_shown(reading, view, card.fact),
    )
    return lambda redaction: write_medicine_card(report, redaction)


def holds(reading: Reading, medicine: Entry) -> bool:
    """Whether a medicine's card could be printed today, so that it is the one that is meant where none is named."""
    card = _card_of(reading.view(_SECTION, "medicine", "teach_back"), medicine.id)
    return card is not None and not _why_not(reading, card)


def _card_of(view: View, medicine: str) -> Card | None:
    return next((each for each in cards(view) if each.fact.id == medicine), None)


def _why_not(reading: Reading, card: Card) -> str:
    """Return why a card does not hold, or empty."""
    if card.hold is not Hold.HOLDS:
        return HOLD_WORDS[card.hold]
    if not all(str(card.fact.data.get(name) or "").strip() for name in ("name", "dose_as_prescribed")):
        return "It does not name the medicine or the dose. Copy them, and have the card checked."
    if card.fact.day("card_expires") is None:
        return "It does not say until which day it is good. Have it checked again, with that day."
    # Asked of the whole record as well: an entry that the reader may not see makes the words old all the same.
    own = (each for each in reading.record if each.data.get("for_child") in (None, "", reading.child.id))
    if is_replaced(card.fact.whole, own):
        return "The medicine was written down anew since. Take copies back, and have a new card checked."
    return ""


def _transcribed(reading: Reading, medicine: Entry) -> dict[str, tuple[str, ...]]:
    """Return the words that were transcribed, each as it stands: a text, or several; empty ones are left out.

    Raises:
        NotAllowed: some of them are withheld from the reader.
        InvalidValue: a letter of them cannot be printed.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name in TRANSCRIBED:
        held = medicine.data.get(name) or ()
        found[name] = tuple(each for each in ((held,) if isinstance(held, str) else held) if each.strip())
    for text in (each for texts in found.values() for each in texts):
        if reading.withheld.scrub(text).taken:
            raise NotAllowed(
                "The prescriber’s words hold something that is withheld from this reader.",
                "Ask the prescriber for other words. The card is never printed with words left out.",
            )
        if any(not letter.isspace() and printable(letter) != letter for letter in text):
            raise InvalidValue(
                "The prescriber’s words hold a letter or sign that cannot be printed.",
                "Ask the pharmacy for a card. The card is never printed with signs left out.",
            )
    return found


def _checked_by(reading: Reading, by: object, role: object) -> str:
    said, name = option_words(reading.kinds["medicine"], "checked_role", role).lower(), str(by or "")
    return ", ".join(filter(None, (name, "" if said in name.lower() else said)))


def _holders(view: View, medicine: Fact) -> list[str]:
    """Return who holds a copy that was not taken back, each with the day it was given."""
    found = []
    for each in medicine.groups("copies"):
        given = day_of(each.get("given_on"))
        if each.get("who") and view.known(day_of(each.get("taken_back_on"))) is None:
            found.append(f"{each['who']}, since {long_date(given)}" if given is not None else str(each["who"]))
    return found


def _shown(reading: Reading, view: View, medicine: Fact) -> "tuple[ShownLine, ...]":
    """Return the latest times carers showed it; a family's copy holds its readers' own alone."""
    from gcp2_app.reports.pdf.medicine_card import ShownLine

    found = [fact for fact in teach_backs(view, medicine) if fact.on is not None]
    own = found
    if reading.reader.audience in FAMILY:
        own = [fact for fact in found if fact.data.get("person") in reading.reader.people]
        lost = len(found) - len(own)
        reading.copying.taken += [(_SHOWN, Secret(SecretKind.WORDS, "", Why.THIRD_PARTY))] * lost
    lines = []
    for fact in reversed(own[-_MOST:]):
        source = fact.whole.source
        right = fact.data.get("correct") is True and not is_wrong(view, fact)
        day = f" on {long_date(fact.on)}" if fact.on is not None else ""
        lines.append(
            ShownLine(
                who=reading.people.get(str(fact.data.get("person"))) or "A person not named",
                found=f"Shown right{day}." if right else f"Not yet right{day}.",
                right=right,
                seen_by=", ".join(filter(None, (source.name, source.role))) if source is not None else "",
            )
        )
    return tuple(lines)
