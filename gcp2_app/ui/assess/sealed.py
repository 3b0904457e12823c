"""Drafts that could not be written and outlived a lock: brought back once the same user is here again.

Runs on the database thread; draws nothing.
"""

from collections.abc import MutableMapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from gcp2_app.errors import AppError
from gcp2_app.ui.assess import changes

if TYPE_CHECKING:
    from gcp2_app.domain.assessment import Assessment
    from gcp2_app.services.drafts import SealedDraft
    from gcp2_app.services.session import Session

#: What could not be written, by ids of store, user and assessment.
SealedDrafts: TypeAlias = "MutableMapping[tuple[str, str, str], SealedDraft]"


class Retried(NamedTuple):
    """What became of the sealed drafts.

    Attributes:
        kept: ids of the assessments that are on the disk now.
        error: why others are still not, or None.
    """

    kept: tuple[str, ...]
    error: AppError | None


def keep_sealed(session: "Session", sealed: SealedDrafts, base: "Assessment", value: "Assessment") -> None:
    """Seal an assessment that could not be written."""
    from gcp2_app.services import drafts

    unwritten = drafts.Unwritten(base=base, value=value)
    sealed[_key(session, value.id)] = drafts.seal(session, unwritten)


def forget_sealed(session: "Session", sealed: SealedDrafts, assessment_id: str) -> None:
    """Let go of a sealed draft: it is on the disk."""
    sealed.pop(_key(session, assessment_id), None)


def unwritten(session: "Session", sealed: SealedDrafts, stored: "Assessment") -> "Assessment":
    """Return the stored assessment with this user's changes that could not be written, if there are any."""
    from gcp2_app.services import drafts

    held = sealed.get(_key(session, stored.id))
    if held is None:
        return stored
    opened = drafts.unseal(session, held)
    return changes.merged(opened.base, opened.value, stored)


def try_again(session: "Session", sealed: SealedDrafts) -> Retried:
    """Write this user's sealed drafts of this store; what cannot be written stays sealed."""
    from gcp2_app.services import assessments, drafts

    kept: list[str] = []
    error: AppError | None = None
    for held in [each for each in sealed.values() if drafts.belongs_to(session, each)]:
        try:
            working = assessments.open_(session, held.assessment)
            assessments.save(session, working, unwritten(session, sealed, working.assessment))
        except AppError as refused:
            error = refused
        else:
            forget_sealed(session, sealed, held.assessment)
            kept.append(held.assessment)
    return Retried(tuple(kept), error)


def _key(session: "Session", assessment_id: str) -> tuple[str, str, str]:
    return session.store.id, session.user.id, assessment_id
