"""A second person at the same computer who confirms, with their own sign-in, what one person must not undo alone."""

import hmac
from dataclasses import dataclass, field

from gcp2_app.domain.register import Child
from gcp2_app.domain.users import Duty, User
from gcp2_app.errors import NotAllowed
from gcp2_app.services.session import Session, make_session
from gcp2_app.storage import keys


class SecondPersonNeeded(NotAllowed):
    """Somebody else has to confirm this first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPerson:
    """What the second person types. Held no longer than the change takes."""

    sign_in_name: str
    passphrase: str = field(repr=False)


def confirm(session: Session, second: SecondPerson | None, *, child: Child | None = None) -> User:
    """Return the user who confirms, once their passphrase opened their own key slot.

    Wrong tries are counted and slow down like those at the unlock page.

    Args:
        session: of the person who wants the change.
        second: what the other typed; None where nobody did yet.
        child: the child it is about, where it is about one: the second person has to work with them, too.

    Raises:
        SecondPersonNeeded: nobody confirmed.
        NotAllowed: it is the same person, they have left, or they may not read this case.
        WrongPassphrase: there is no such sign-in, or the passphrase is not right.
    """
    if second is None:
        raise SecondPersonNeeded(
            "Letting someone see again what is withheld from them needs a second person.",
            "Ask a colleague or supervisor to confirm it with their own sign-in, on the form it is set in.",
        )
    if second.sign_in_name.strip().casefold() == session.user.sign_in_name.casefold():
        raise NotAllowed("The second person has to be somebody else.", "Ask a colleague or supervisor.")
    unlocked = keys.unlock(
        session.store.folder, second.sign_in_name.strip(), second.passphrase, clock=session.store.clock
    )
    with session.store.transaction() as tx:
        user = tx.users.get(unlocked.user_id)
        other = make_session(session.store, tx, user)
    own_store = hmac.compare_digest(unlocked.data_key, session.store.data_key)
    if not own_store or user.id == session.user.id or user.left_at is not None:
        raise NotAllowed("This sign-in cannot confirm it.", "Ask somebody else who works in this store.")
    other.require(Duty.READ_CASES)
    if child is not None:
        other.require_reach(child)
    return user
