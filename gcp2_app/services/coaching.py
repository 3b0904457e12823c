"""What the quality coach needs from the store: the words it looks for, and what was written of brothers and sisters."""

from typing import NamedTuple

from gcp2_app.domain.coaching import CoachingWords, SiblingText, written_in
from gcp2_app.domain.users import Duty
from gcp2_app.forms.coaching import shipped_coaching
from gcp2_app.services.session import Session
from gcp2_app.storage.relations import assessments_within, children_living_with

__all__ = ["Brief", "brief"]


class Brief(NamedTuple):
    """What the coach is told."""

    words: CoachingWords
    siblings: tuple[SiblingText, ...]


def brief(session: Session, assessment_id: str) -> Brief:
    """Return what the coach looks for in an assessment, and texts of brothers and sisters assessed in the same days.

    Only of those whose records the user may open without being asked why: nothing of a restricted record, or of a child
    outside the caseload, is read.

    Raises:
        NotFound: no such assessment.
        NotAllowed: the user may not work on this case.
        BadFile: the coach's file has an error in it.
    """
    session.require(Duty.WORK_CASES)
    with session.store.transaction() as tx:
        assessment = tx.assessments.get(assessment_id)
        session.require_reach(tx.children.get(assessment.child))
        window = assessment.window
        if window is None or assessment.recorded_elsewhere:
            return Brief(shipped_coaching(), ())
        children = tx.children.get_many(children_living_with(tx, assessment.child))
        open_ = {
            id_: child.given_names or "the unborn child"
            for id_, child in children.items()
            if session.may_reach(child) and not child.restricted
        }
        beside = assessments_within(tx, open_, window.from_, window.to)
        tx.record(
            "siblings’ texts compared", by=session.user.id, kind="assessment", id=assessment_id, count=len(beside)
        )
    texts = (SiblingText(name=open_[each.child], written=text) for each in beside for text in written_in(each))
    return Brief(shipped_coaching(), tuple(texts))
