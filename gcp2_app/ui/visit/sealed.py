"""What of a running visit could not be written and outlives a lock: brought back once the same user is here again.

Runs on the database thread; draws nothing.
"""

from collections.abc import MutableMapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from gcp2_app.errors import AppError

if TYPE_CHECKING:
    from gcp2_app.domain.visits import Draft, VisitSheet
    from gcp2_app.services.session import Session
    from gcp2_app.services.visit_drafts import SealedVisit, UnwrittenVisit
    from gcp2_app.services.visits import Running

#: What could not be written, by ids of store and user: nobody is on two visits.
SealedVisits: TypeAlias = "MutableMapping[tuple[str, str], SealedVisit]"


def hold(
    session: "Session",
    held: SealedVisits,
    visit: str,
    *,
    draft: "Draft | None" = None,
    sheet: "VisitSheet | None" = None,
) -> None:
    """Seal what could not be written, beside what could not be written before."""
    before = _opened(session, held, visit)
    _put(
        session,
        held,
        replace(
            before,
            draft=before.draft if draft is None else draft,
            sheet=before.sheet if sheet is None else sheet,
        ),
    )


def let_go(session: "Session", held: SealedVisits, visit: str, *, draft: bool = False, sheet: bool = False) -> None:
    """Let go of what is on the disk now."""
    if _key(session) not in held:
        return
    before = _opened(session, held, visit)
    _put(
        session,
        held,
        replace(before, draft=None if draft else before.draft, sheet=None if sheet else before.sheet),
    )


def come_back(session: "Session", held: SealedVisits, running: "Running") -> "Running":
    """Write what could not be written; where the disk is still full, return the visit as it should be."""
    from gcp2_app.services import visits

    visit = running.visit.id
    if _key(session) not in held:
        return running
    missing = _opened(session, held, visit)
    try:
        if missing.sheet is not None:
            running = replace(running, visit=visits.keep(session, visit, missing.sheet))
            let_go(session, held, visit, sheet=True)
        if missing.draft is not None:
            visits.keep_draft(session, visit, missing.draft)
            running = replace(running, draft=missing.draft)
            let_go(session, held, visit, draft=True)
    except AppError:
        return _as_it_should_be(running, _opened(session, held, visit))
    return running


def _as_it_should_be(running: "Running", missing: "UnwrittenVisit") -> "Running":
    if missing.sheet is not None:
        sheet = replace(missing.sheet, lines=running.visit.sheet.lines)
        running = replace(running, visit=replace(running.visit, sheet=sheet))
    draft = running.draft if missing.draft is None else missing.draft
    return replace(running, draft=draft, kept=False)


def _opened(session: "Session", held: SealedVisits, visit: str) -> "UnwrittenVisit":
    """Return what is held of a visit; of another one nothing can come back any more."""
    from gcp2_app.services import visit_drafts

    sealed = held.get(_key(session))
    if sealed is None or sealed.visit != visit:
        return visit_drafts.UnwrittenVisit(visit=visit)
    return visit_drafts.unseal(session, sealed)


def _put(session: "Session", held: SealedVisits, unwritten: "UnwrittenVisit") -> None:
    from gcp2_app.services import visit_drafts

    if unwritten.draft is None and unwritten.sheet is None:
        held.pop(_key(session), None)
    else:
        held[_key(session)] = visit_drafts.seal(session, unwritten)


def _key(session: "Session") -> tuple[str, str]:
    return session.store.id, session.user.id
