"""The medicine card: a transcription, who checked it, and whether it still holds.

Every word of it is shown as it was written down. Nothing here reads, changes or makes a dose, a time or an amount.

Source: casework.md, row LP5: "medicine card *transcribed exactly as prescribed*, checked by a pharmacist, prescriber or
registered nurse; "who gives it safely until then" required; … an expiry, void on any change, list of who holds a copy".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.rules.medicines import medicines_of
from gcp2_app.domain.rules.record import Fact, day_of
from gcp2_app.domain.rules.view import View

#: What is copied from the prescription or label. When any of it changes, the card is void.
TRANSCRIBED = ("name", "strength", "dose_as_prescribed", "device", "times", "missed_dose", "prescriber")
#: The check of the transcription.
CHECK = ("checked_by", "checked_role", "checked_on")


class Hold(StrEnum):
    """Whether a card holds."""

    HOLDS = "holds"
    NOT_CHECKED = "not_checked"
    NOBODY_UNTIL_THEN = "nobody_until_then"
    VOID = "void"
    EXPIRED = "expired"


#: Whether a card holds, in words, and what to do where it does not.
HOLD_WORDS: Final[Mapping[Hold, str]] = {
    Hold.HOLDS: "Checked, and holds.",
    Hold.NOT_CHECKED: "Not checked yet by a pharmacist, the prescriber or a registered nurse.",
    Hold.NOBODY_UNTIL_THEN: "It does not say who gives the medicine safely until then.",
    Hold.VOID: "Void: the medicine changed. Take copies back, and have a new card checked.",
    Hold.EXPIRED: "Expired. Have it checked again.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One medicine's card.

    Attributes:
        fact: the entry; what the card says stands in its data.
        hold: whether it holds.
        changed: what changed since it was checked, with the day, oldest first.
        copies: who holds a copy that was not taken back.
    """

    fact: Fact
    hold: Hold
    changed: tuple[tuple[str, date | None], ...]
    copies: tuple[str, ...]


def cards(view: View) -> tuple[Card, ...]:
    """Return a card for each of the child's medicines."""
    return tuple(card_of(view, fact) for fact, _ in medicines_of(view))


def card_of(view: View, fact: Fact) -> Card:
    """Return the card of one medicine.

    A change on the day of the check, or whose day is not known, makes it void: the safe reading. So does a later entry
    of the same medicine.
    """
    checked, expires = view.field(fact, "checked_on"), fact.day("card_expires")
    changed = tuple(
        (str(each.get("what") or ""), on)
        for each in fact.groups("changed")
        if (on := day_of(each.get("on"))) is None or (view.known(on) is not None and (checked is None or on >= checked))
    )
    return Card(
        fact=fact,
        hold=_hold(view, fact, checked, expires, changed=bool(changed) or _is_replaced_in(view, fact)),
        changed=changed,
        copies=tuple(
            str(each.get("who") or "")
            for each in fact.groups("copies")
            if each.get("who") and view.known(day_of(each.get("taken_back_on"))) is None
        ),
    )


def _hold(view: View, fact: Fact, checked: date | None, expires: date | None, *, changed: bool) -> Hold:
    if changed:
        return Hold.VOID
    if checked is None or not fact.data.get("checked_by") or not fact.data.get("checked_role"):
        return Hold.NOT_CHECKED
    if expires is not None and view.passed(expires):
        return Hold.EXPIRED
    return Hold.HOLDS if fact.data.get("given_safely_by") else Hold.NOBODY_UNTIL_THEN


def _is_replaced_in(view: View, fact: Fact) -> bool:
    return is_replaced(fact.whole, (each.whole for each, _ in medicines_of(view)))


def is_replaced(medicine: Entry, others: Iterable[Entry]) -> bool:
    """Whether a medicine was written down anew after this entry: then this one's words may be old.

    Args:
        medicine: one medicine's entry.
        others: the child's entries in order of time; those of other kinds and names do not count.
    """
    same = [
        each.id
        for each in others
        if each.kind == "medicine" and _plain(each.data.get("name")) == _plain(medicine.data.get("name"))
    ]
    return medicine.id in same[:-1]


def _plain(name: object) -> str:
    return " ".join(str(name or "").split()).casefold()


def void_where_changed(before: Entry | None, made: Entry) -> Entry:
    """Return a medicine's entry without its check where what was checked is other words now.

    A check that was written anew together with the change stays.
    """
    if before is None or made.kind != "medicine":
        return made
    same_words = _of(before.data, TRANSCRIBED) == _of(made.data, TRANSCRIBED)
    if same_words or _of(before.data, CHECK) != _of(made.data, CHECK):
        return made
    return replace(made, data={name: value for name, value in made.data.items() if name not in CHECK})


#: Kinds of entry that cannot be added while the medicine card and teach-back are off.
MEDICINE_KINDS: Final = frozenset({"medicine", "teach_back"})


def writes_words_or_check(before: Entry | None, made: Entry) -> bool:
    """Whether a new or corrected entry writes words or a check on a medicine's card, or what a carer showed.

    Copies and changes that are noted on a card write neither; they only make it hold less.
    """
    if made.kind == "teach_back":
        return before is None or before.data != made.data
    if made.kind != "medicine":
        return False
    names = (*TRANSCRIBED, *CHECK)
    return before is None or _of(before.data, names) != _of(made.data, names)


def _of(data: Mapping[str, Any], names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(data.get(name) for name in names)
