"""What of a running visit could not be written, sealed so that it outlives a lock in memory as ciphertext alone."""

from dataclasses import dataclass, field

from gcp2_app import wire
from gcp2_app.domain.visits import Draft, VisitSheet
from gcp2_app.errors import NotAllowed
from gcp2_app.services.session import Session
from gcp2_app.storage import sealing


@dataclass(frozen=True, slots=True, kw_only=True)
class UnwrittenVisit:
    """What could not be written; None for what is on the disk.

    Attributes:
        visit: id of the visit.
        draft: what was typed and is not on the sheet yet.
        sheet: what was tapped; its lines are not part of it.
    """

    visit: str
    draft: Draft | None = field(default=None, repr=False)
    sheet: VisitSheet | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedVisit:
    """What of a visit could not be written, as ciphertext.

    Attributes:
        store, user, visit: ids of what it belongs to; sealed with it.
    """

    store: str
    user: str
    visit: str
    content: bytes = field(repr=False)


def seal(session: Session, unwritten: UnwrittenVisit) -> SealedVisit:
    """Seal what could not be written.

    Raises:
        StoreError: the store is locked already.
    """
    about = _about(session.store.id, session.user.id, unwritten.visit)
    content = sealing.seal(session.store.data_key, wire.to_json(unwritten), about=about)
    return SealedVisit(store=session.store.id, user=session.user.id, visit=unwritten.visit, content=content)


def unseal(session: Session, sealed: SealedVisit) -> UnwrittenVisit:
    """Return what could not be written.

    Raises:
        NotAllowed: it is another user's, or of another store.
        DamagedStore: it was altered.
    """
    if (sealed.store, sealed.user) != (session.store.id, session.user.id):
        raise NotAllowed("These notes belong to someone else.", "Whoever wrote them signs in again.")
    about = _about(sealed.store, sealed.user, sealed.visit)
    return wire.from_json(UnwrittenVisit, sealing.unseal(session.store.data_key, sealed.content, about=about))


def _about(*ids: str) -> bytes:
    return "\n".join(("visit", *ids)).encode()
