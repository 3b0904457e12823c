"""The learning hub: what there is to read, what a person has read, and how far a team is.

Everyone reads and marks for themselves alone. Who of the team has read what is for supervisors, to plan by; it is no
measure of a person.

Source: casework.md, R6.
"""

import uuid
from dataclasses import dataclass

from gcp2_app.domain.learning import Library, Reading, ReadReceipt, RowCoverage, coverage, readings
from gcp2_app.domain.register import Professional
from gcp2_app.domain.users import Duty
from gcp2_app.forms.learning import shipped_library
from gcp2_app.services.session import Session
from gcp2_app.storage.read_receipts import all_receipts, receipts_of
from gcp2_app.storage.store import Transaction

__all__ = ["Hub", "TeamReading", "covered", "hub", "mark_read", "receipts", "team"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """What one person sees of the hub.

    Attributes:
        library: everything there is to learn.
        readings: how the person stands with each row, in the order of the review.
    """

    library: Library
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamReading:
    """How far a team is.

    Attributes:
        people: everyone who can sign in, by name; leavers are left out.
        rows: who has read each row, and who has not.
    """

    people: tuple[Professional, ...]
    rows: tuple[RowCoverage, ...]


def hub(session: Session) -> Hub:
    """Return everything there is to learn, with what this user has read.

    Raises:
        NotFound: the installation is incomplete.
        BadFile: one of the texts has an error in it.
    """
    library = shipped_library()
    return Hub(library=library, readings=readings(library.rows, receipts(session), session.professional.id))


def receipts(session: Session) -> tuple[ReadReceipt, ...]:
    """Return what this user said they have read, the earliest first."""
    with session.store.transaction() as tx:
        return receipts_of(tx, session.professional.id)


def mark_read(session: Session, code: str) -> ReadReceipt:
    """Keep that this user has read a row's brief, in its present edition. Said again, the first day stays.

    Args:
        session: whoever read it; nobody marks for another.
        code: of the row.

    Raises:
        NotFound: there is no such row.
        BadFile: one of the texts has an error in it.
    """
    row = shipped_library().row(code)
    person = session.professional.id
    with session.store.transaction() as tx:
        for held in receipts_of(tx, person):
            if held.row == code and held.edition in {row.edition, ""}:
                return held
        receipt = ReadReceipt(
            id=str(uuid.uuid4()),
            person=person,
            row=code,
            on=session.today(),
            edition=row.edition,
            digest=row.digest,
        )
        tx.read_receipts.put(receipt, by=session.user.id)
        tx.record("brief read", by=session.user.id, kind="read receipt", id=receipt.id, fields=(code,))
    return receipt


def team(session: Session) -> TeamReading:
    """Return who of those who sign in here, and are of the team where one is named, has read which row.

    Raises:
        NotAllowed: the user is no supervisor.
        NotFound: the installation is incomplete.
        BadFile: one of the texts has an error in it.
    """
    session.require(Duty.SIGN_OFF)
    with session.store.transaction() as tx:
        found = covered(session, tx)
        tx.record("team’s reading viewed", by=session.user.id, kind="read receipt", count=len(found.people))
    return found


def covered(session: Session, tx: Transaction) -> TeamReading:
    """Return the same within a running transaction; the caller has checked and audits.

    Raises:
        NotFound: the installation is incomplete.
        BadFile: one of the texts has an error in it.
    """
    team = session.reaches_through
    ids = tuple(
        user.professional
        for user in tx.users.all()
        if user.left_at is None and (team is None or user.professional in team)
    )
    people = sorted(tx.professionals.get_many(ids).values(), key=lambda each: (each.name.casefold(), each.id))
    rows = coverage(shipped_library().rows, all_receipts(tx), [person.id for person in people])
    return TeamReading(people=tuple(people), rows=rows)
