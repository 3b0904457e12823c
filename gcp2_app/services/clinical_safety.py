"""The switch of the medicine card and teach-back: off in a real store until an approval is recorded.

The approval is the health organisation's own clinical-safety approval; the program holds who gave it, its reference and
who wrote it down. A practice store, with invented children alone, has everything on.

Source: casework.md, row LP5: "off in a real store until an administrator records the health organisation's
clinical-safety approval".
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from gcp2_app.domain.users import Duty
from gcp2_app.domain.when import parse_date
from gcp2_app.errors import InvalidValue, NotAllowed
from gcp2_app.services.session import Session
from gcp2_app.storage.settings import set_setting, setting
from gcp2_app.storage.store import Transaction

_KEY: Final = "clinical_safety"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A clinical-safety approval.

    Attributes:
        organisation: the health organisation that gave it.
        reference: of the approval there.
        on: the day it was given, as ISO text.
        recorded_by: name of the administrator who wrote it down.
    """

    organisation: str
    reference: str
    on: str
    recorded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """Whether the medicine card and teach-back are on.

    Attributes:
        practice: on because every child here is invented.
        approval: what turned it on, or None.
    """

    practice: bool
    approval: Approval | None

    @property
    def on(self) -> bool:
        """Whether they are on."""
        return self.practice or self.approval is not None


def of(session: Session) -> Switch:
    """Return how the switch stands."""
    with session.store.transaction() as tx:
        return within(session, tx)


def within(session: Session, tx: Transaction) -> Switch:
    """Return how the switch stands, within a running transaction."""
    held = setting(tx, _KEY)
    approval = Approval(**json.loads(held)) if held is not None else None
    return Switch(practice=session.store.practice, approval=approval)


def require_on(session: Session, tx: Transaction) -> None:
    """Refuse while the switch is off.

    Raises:
        NotAllowed: it is off.
    """
    if not within(session, tx).on:
        raise NotAllowed(
            "The medicine card and teach-back are off in this store.",
            "An administrator records the health organisation’s clinical-safety approval in the settings.",
        )


def approve(session: Session, *, organisation: str, reference: str, on: date) -> Switch:
    """Record an approval, which turns the medicine card and teach-back on.

    Raises:
        NotAllowed: the user is no administrator.
        InvalidValue: the organisation or the reference is missing, or the day is in the future.
    """
    session.require(Duty.MANAGE_STORE)
    if not organisation.strip() or not reference.strip():
        raise InvalidValue("It is not said who approved it, or under which reference.", "Give both.")
    if on > session.today():
        raise InvalidValue("That day has not come yet.", "Give the day of the approval.")
    approval = Approval(
        organisation=" ".join(organisation.split()),
        reference=" ".join(reference.split()),
        on=on.isoformat(),
        recorded_by=session.professional.name,
    )
    with session.store.transaction() as tx:
        set_setting(tx, _KEY, json.dumps(asdict(approval)))
        tx.record(
            "clinical-safety approval recorded", by=session.user.id, kind="store", id=_KEY, reason=approval.reference
        )
        return within(session, tx)


def withdraw(session: Session, *, reason: str) -> Switch:
    """Take the approval back, which turns the medicine card and teach-back off; entries stay.

    Raises:
        NotAllowed: the user is no administrator.
        InvalidValue: no reason is given.
    """
    session.require(Duty.MANAGE_STORE)
    if not reason.strip():
        raise InvalidValue("Say why the approval is withdrawn.", "The reason stays in the audit trail.")
    with session.store.transaction() as tx:
        set_setting(tx, _KEY, None)
        tx.record(
            "clinical-safety approval withdrawn", by=session.user.id, kind="store", id=_KEY, reason=reason.strip()
        )
        return within(session, tx)


def given_on(approval: Approval) -> date:
    """Return the day an approval was given."""
    return parse_date(approval.on)
