"""The steps of a medicine's card: checked, a copy given or taken back, something changed.

None of them touches what was transcribed.

Source: casework.md, row LP5.
"""

from datetime import date

from gcp2_app.domain.entries import Entry
from gcp2_app.errors import InvalidValue
from gcp2_app.services import clinical_safety
from gcp2_app.services.entry_step import Step, require_past, seen, take
from gcp2_app.services.session import Session

__all__ = ["Step", "check", "give_copy", "note_change", "take_back"]


def check(
    session: Session, step: Step, *, by: str, role: str, on: date, expires: date | None, given_safely_by: str
) -> Entry:
    """Write down who checked the transcription against the prescription.

    Args:
        session: who writes it down.
        step: the medicine.
        by: name of who checked.
        role: ``pharmacist``, ``prescriber`` or ``registered_nurse``.
        on: the day.
        expires: the last day the card is good for, or None.
        given_safely_by: who gives the medicine safely until the parent has shown it.

    Raises:
        NotAllowed: the card is off in this store, the user may not work on this case, or the entry changed meanwhile.
        InvalidValue: something of it is not said, the day is in the future, or the card would have expired.
    """
    _require_on(session)
    require_past(session, on)
    if not by.strip() or not role:
        raise InvalidValue(
            "It is not said who checked it.", "Give the name, and whether pharmacist, prescriber or nurse."
        )
    if not given_safely_by.strip():
        raise InvalidValue("It is not said who gives it safely until then.", "The card does not hold without it.")
    if expires is not None and expires < on:
        raise InvalidValue("The card would have expired before it was checked.", "Give a later day.")
    changed = {
        "checked_by": by.strip(),
        "checked_role": role,
        "checked_on": on.isoformat(),
        "card_expires": expires.isoformat() if expires is not None else None,
        "given_safely_by": given_safely_by.strip(),
    }
    return take(session, step, changed, "The card was checked")


def give_copy(session: Session, step: Step, *, who: str, on: date) -> Entry:
    """Write down who was given a copy of the card.

    Raises:
        NotAllowed: as :func:`check`.
        InvalidValue: it is not said who, or the day is in the future.
    """
    _require_on(session)
    require_past(session, on)
    if not who.strip():
        raise InvalidValue("It is not said who has the copy.", "Give the name.")
    copies = [*seen(session, step).data.get("copies", ()), {"who": who.strip(), "given_on": on.isoformat()}]
    return take(session, step, {"copies": copies}, "A copy of the card was given")


def take_back(session: Session, step: Step, *, who: str, on: date) -> Entry:
    """Write down that somebody gave their copies back.

    Raises:
        NotAllowed: as :func:`check`.
        InvalidValue: the day is in the future.
    """
    _require_on(session)
    require_past(session, on)
    copies = [
        {**each, "taken_back_on": on.isoformat()} if each.get("who") == who and not each.get("taken_back_on") else each
        for each in seen(session, step).data.get("copies", ())
    ]
    return take(session, step, {"copies": copies}, "A copy of the card was taken back")


def note_change(session: Session, step: Step, *, what: str, on: date) -> Entry:
    """Write down that dose, strength, brand or device changed: the card is void from then on.

    Raises:
        NotAllowed: the user may not work on this case, or the entry changed meanwhile.
        InvalidValue: the day is in the future.
    """
    require_past(session, on)
    changed = [*seen(session, step).data.get("changed", ()), {"what": what, "on": on.isoformat()}]
    return take(session, step, {"changed": changed}, "The medicine changed")


def _require_on(session: Session) -> None:
    with session.store.transaction() as tx:
        clinical_safety.require_on(session, tx)
