"""Who can sign in to a store, with which roles."""

import uuid
from dataclasses import dataclass, replace

from gcp2_app.domain.plausible import MOST_SIGN_IN, sign_in_name_holds
from gcp2_app.domain.register import Agency, Professional
from gcp2_app.domain.users import Duty, Role, User
from gcp2_app.errors import InvalidValue
from gcp2_app.services.session import Session
from gcp2_app.storage import keys
from gcp2_app.storage.cost import Cost


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """Someone who is to get a sign-in.

    Attributes:
        team: what their team is called; empty where none is named.
    """

    sign_in_name: str
    name: str
    role: str
    agency: Agency
    roles: frozenset[Role]
    passphrase: str
    team: str = ""


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user with the professional they are."""

    user: User
    professional: Professional


def check_sign_in_name(name: str) -> None:
    """Refuse a sign-in name that is awkward to type: too long, or with spaces within.

    Raises:
        InvalidValue: it is.
    """
    if not sign_in_name_holds(name):
        raise InvalidValue(
            f"The sign-in name is longer than {MOST_SIGN_IN} characters, or has a space in it.",
            "Give a short one without spaces.",
        )


def all_(session: Session) -> tuple[UserRow, ...]:
    """Return every user, leavers included, by sign-in name."""
    with session.store.transaction() as tx:
        rows = [UserRow(user, tx.professionals.get(user.professional)) for user in tx.users.all()]
    return tuple(sorted(rows, key=lambda row: row.user.sign_in_name.casefold()))


def add(session: Session, new: NewUser, *, cost: Cost | None = None) -> User:
    """Give someone a sign-in and a passphrase slot of their own.

    Args:
        session: an administrator's.
        new: who.
        cost: of a try at the passphrase; measured on this computer where None.

    Raises:
        NotAllowed: the user is no administrator.
        InvalidValue: the sign-in name is empty, too long, has spaces or is taken; no role is chosen; or the passphrase
            is weak.
    """
    session.require(Duty.MANAGE_STORE)
    name = new.sign_in_name.strip()
    if not name:
        raise InvalidValue("The sign-in name is empty.", "Give the name this person types to sign in.")
    check_sign_in_name(name)
    if not new.name.strip():
        raise InvalidValue("The person's name is empty.", "Give the name that is shown beside what they record.")
    if not new.roles:
        raise InvalidValue("No role is chosen.", "Choose at least one role.")
    with session.store.transaction() as tx:
        if any(user.sign_in_name.casefold() == name.casefold() for user in tx.users.all()):
            raise InvalidValue(f"The sign-in name “{name}” is taken.", "Choose another.")
        professional = Professional(
            id=str(uuid.uuid4()), name=new.name.strip(), role=new.role.strip(), agency=new.agency, team=new.team.strip()
        )
        user = User(
            id=str(uuid.uuid4()),
            sign_in_name=name,
            roles=new.roles,
            professional=professional.id,
            created_at=session.now(),
        )
        tx.professionals.put(professional, by=session.user.id)
        tx.users.put(user, by=session.user.id)
        tx.record("user added", by=session.user.id, kind="user", id=user.id, fields=tuple(sorted(map(str, new.roles))))
        # Last: if the slot cannot be written the user is rolled back with the transaction.
        keys.add_slot(
            session.store.folder,
            session.store.data_key,
            user_id=user.id,
            sign_in_name=name,
            passphrase=new.passphrase,
            cost=cost,
        )
    return user


def change_passphrase(session: Session, old: str, new: str) -> None:
    """Change the signed-in user's own passphrase; the data is not encrypted again.

    Raises:
        WrongPassphrase: the old one is not right.
        InvalidValue: the new one is weak.
    """
    with session.store.transaction() as tx:
        tx.record("passphrase changed", by=session.user.id, kind="user", id=session.user.id)
        keys.change_passphrase(session.store.folder, session.user.sign_in_name, old, new)


def set_roles(session: Session, user_id: str, roles: frozenset[Role]) -> User:
    """Change what a user is here for.

    Raises:
        InvalidValue: no role is left, or no administrator would be left.
    """
    session.require(Duty.MANAGE_STORE)
    if not roles:
        raise InvalidValue("No role is chosen.", "Choose at least one role.")
    with session.store.transaction() as tx:
        changed = replace(tx.users.get(user_id), roles=roles)
        tx.users.put(changed, by=session.user.id)
        if not any(Role.ADMINISTRATOR in user.roles and user.left_at is None for user in tx.users.all()):
            raise InvalidValue("The store would have no administrator.", "Make someone else administrator first.")
        tx.record("roles changed", by=session.user.id, kind="user", id=user_id, fields=tuple(sorted(map(str, roles))))
    return changed


def set_team(session: Session, user_id: str, team: str) -> Professional:
    """Change which team a user is of; empty for none. It counts from their next sign-in.

    Raises:
        NotAllowed: the user is no administrator.
        NotFound: no such user.
    """
    session.require(Duty.MANAGE_STORE)
    with session.store.transaction() as tx:
        held = tx.professionals.get(tx.users.get(user_id).professional)
        changed = replace(held, team=" ".join(team.split()))
        if changed != held:
            tx.professionals.put(changed, by=session.user.id)
            tx.record("team changed", by=session.user.id, kind="user", id=user_id, fields=("team",))
    return changed


def leave(session: Session, user_id: str) -> User:
    """Take away a leaver's sign-in; they stay named in the record.

    Raises:
        InvalidValue: the user is the one signed in.
    """
    session.require(Duty.MANAGE_STORE)
    if user_id == session.user.id:
        raise InvalidValue("You cannot take away your own sign-in.", "Ask another administrator.")
    with session.store.transaction() as tx:
        left = replace(tx.users.get(user_id), left_at=session.now())
        tx.users.put(left, by=session.user.id)
        tx.record("sign-in taken away", by=session.user.id, kind="user", id=user_id)
        keys.remove_slot(session.store.folder, session.store.data_key, left.sign_in_name)
    return left
