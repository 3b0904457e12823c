"""Drafts that could not be written, sealed so that they outlive a lock in memory as ciphertext alone."""

from dataclasses import dataclass, field

from gcp2_app import wire
from gcp2_app.domain.assessment import Assessment
from gcp2_app.errors import NotAllowed
from gcp2_app.services.session import Session
from gcp2_app.storage import sealing


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwritten:
    """An assessment that could not be written.

    Attributes:
        base: as it was stored last.
        value: as it should have been stored.
    """

    base: Assessment
    value: Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedDraft:
    """An unwritten assessment as ciphertext.

    Attributes:
        store, user, assessment: ids of what it belongs to; sealed with it.
    """

    store: str
    user: str
    assessment: str
    content: bytes = field(repr=False)


def seal(session: Session, unwritten: Unwritten) -> SealedDraft:
    """Seal what could not be written.

    Raises:
        StoreError: the store is locked already.
    """
    # JSON on one line each: a line break inside a text is written as an escape.
    content = b"\n".join(wire.to_json(each) for each in (unwritten.base, unwritten.value))
    id_ = unwritten.value.id
    about = _about(session.store.id, session.user.id, id_)
    sealed = sealing.seal(session.store.data_key, content, about=about)
    return SealedDraft(store=session.store.id, user=session.user.id, assessment=id_, content=sealed)


def belongs_to(session: Session, sealed: SealedDraft) -> bool:
    """Whether a sealed draft is of this user in this store."""
    return (sealed.store, sealed.user) == (session.store.id, session.user.id)


def unseal(session: Session, sealed: SealedDraft) -> Unwritten:
    """Return what could not be written.

    Raises:
        NotAllowed: it is another user's, or of another store.
        DamagedStore: it was altered.
    """
    if not belongs_to(session, sealed):
        raise NotAllowed("This draft belongs to someone else.", "Whoever wrote it signs in again.")
    about = _about(sealed.store, sealed.user, sealed.assessment)
    content = sealing.unseal(session.store.data_key, sealed.content, about=about)
    base, value = (wire.from_json(Assessment, document) for document in content.split(b"\n"))
    return Unwritten(base=base, value=value)


def _about(*ids: str) -> bytes:
    return "\n".join(ids).encode()
