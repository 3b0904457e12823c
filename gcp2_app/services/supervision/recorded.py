"""Supervision about one child: the page to read before it, and what was decided in it and why."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from gcp2_app.domain.assessment import Assessment, AssessmentState
from gcp2_app.domain.register import Child
from gcp2_app.domain.supervision import Followed, Supervision, check_supervision, follow
from gcp2_app.domain.twenty_minutes import TwentyMinutes, twenty_minutes
from gcp2_app.domain.users import Duty
from gcp2_app.errors import NotAllowed
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.services import alerts
from gcp2_app.services.plans import view_of
from gcp2_app.services.session import Session
from gcp2_app.services.visit_people import reached
from gcp2_app.storage.store import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionFile:
    """One child as a supervisor reads them.

    Attributes:
        page: the twenty-minute page.
        earlier: every supervision about the child, the latest first.
        workers: names of the professionals that are named in them, and of those allocated, by id.
        allocated: ids of the professionals allocated to the child today.
    """

    child: Child
    page: TwentyMinutes
    earlier: tuple[Supervision, ...]
    workers: Mapping[str, str]
    allocated: tuple[str, ...]


def of_child(session: Session, child_id: str, *, why: str = "") -> SupervisionFile:
    """Return a child's twenty-minute page. The view is audited.

    Raises:
        NotFound: no such child.
        NotAllowed: the user is no supervisor, or not of the child's team.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    session.require(Duty.SUPERVISE)
    with session.store.transaction() as tx:
        child = reached(session, tx, child_id, why)
        tx.record("supervision prepared", by=session.user.id, kind="child", id=child_id, reason=why)
        return within(session, tx, child)


def within(session: Session, tx: Transaction, child: Child, *, after: date | None = None) -> SupervisionFile:
    """Return the same within a running transaction; whoever calls has checked and audited it.

    Args:
        session: who reads it.
        tx: a running transaction.
        child: about whom.
        after: what was written down after this day is new; None for the last supervision.
    """
    today = session.today()
    found = tx.supervisions.of_child(child.id)
    people = tx.people.get_many(tuple(carer.person for carer in child.carers))
    asked = alerts.fresh(session, tx, child)
    page = twenty_minutes(
        view_of(session, tx, child),
        _standing(tx.assessments.of_child(child.id)),
        asked,
        found,
        people=people,
        titles={code: kind.title for code, kind in load_kinds().items()},
        after=after,
    )
    allocated = tuple(
        dict.fromkeys(
            each.professional
            for each in child.allocated
            if each.since <= today and (each.to is None or today <= each.to)
        )
    )
    named = {*allocated, *(each.by for each in found), *(each.worker for each in found if each.worker)}
    named |= {aside.by for aside in page.aside}
    workers = {id_: each.name for id_, each in tx.professionals.get_many(tuple(sorted(named))).items()}
    return SupervisionFile(child=child, page=page, earlier=tuple(reversed(found)), workers=workers, allocated=allocated)


def _standing(assessments: tuple[Assessment, ...]) -> tuple[Assessment, ...]:
    corrected = {each.corrects for each in assessments if each.state is AssessmentState.SIGNED_OFF}
    return tuple(each for each in assessments if each.id not in corrected)


def record(session: Session, supervision: Supervision) -> Supervision:
    """Keep a supervision this user held; its id is made here, and its supervisor is this user.

    Raises:
        NotFound: no such child.
        NotAllowed: the user is no supervisor, not of the child's team, or would supervise themselves.
        InvalidValue: it says nothing, a decision has no reason, or its day has not come.
    """
    session.require(Duty.SUPERVISE)
    kept = replace(supervision, id=str(uuid.uuid4()), by=session.professional.id)
    check_supervision(kept, today=session.today())
    with session.store.transaction() as tx:
        session.require_reach(tx.children.get(kept.child))
        if kept.worker == session.professional.id:
            raise NotAllowed("Nobody supervises their own work.", "Ask another supervisor.")
        tx.supervisions.put(kept, by=session.user.id)
        tx.record(
            "supervision recorded",
            by=session.user.id,
            kind="supervision",
            id=kept.id,
            fields=("child", "decisions") if kept.decisions else ("child",),
            count=len(kept.decisions),
        )
    return kept


def say_followed(
    session: Session, supervision_id: str, number: int, followed: Followed, *, words: str = ""
) -> Supervision:
    """Keep what became of a decision of an earlier supervision.

    Args:
        session: whoever supervises now.
        supervision_id: the supervision that made it.
        number: of the decision, from 0.
        followed: whether it was done.
        words: what was found; needed where it was not done in full.

    Raises:
        NotFound: no such supervision or decision.
        NotAllowed: the user is no supervisor, or not of the child's team.
        InvalidValue: it was not done in full and nothing says why.
    """
    session.require(Duty.SUPERVISE)
    with session.store.transaction() as tx:
        held = tx.supervisions.get(supervision_id)
        session.require_reach(tx.children.get(held.child))
        changed = follow(held, number, followed, on=session.today(), words=words)
        tx.supervisions.put(changed, by=session.user.id, reason="decision followed up")
        tx.record(
            "supervision decision followed up",
            by=session.user.id,
            kind="supervision",
            id=held.id,
            fields=("decisions",),
            reason=words,
        )
    return changed
