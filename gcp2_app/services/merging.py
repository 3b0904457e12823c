"""Two practitioners' copies of one assessment on the way into a store.

A plain import makes a changed record its next revision. Where people of this store work on an assessment together with
someone else, that would lose what they did: the copy is merged instead, or left out with the reason why it cannot be.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.merging import Merge, merge, practitioners, why_not_merged
from gcp2_app.domain.register import Professional
from gcp2_app.domain.signed_copies import Beside, beside, takes_the_place
from gcp2_app.services.session import Session
from gcp2_app.storage.records import Change
from gcp2_app.storage.store import Transaction

#: Why a record changed that came in as it is.
IMPORTED: Final = "imported from a case file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """What becomes of a copy that came in.

    Attributes:
        value: what is stored; the stored assessment itself where nothing changes.
        merged: what the merge did, or None where the copy is taken as it is.
        signed: set where the copy was signed off elsewhere and takes the place of one that is open here.
        refused: why the stored one stays as it is, or empty.
    """

    value: Assessment
    merged: Merge | None = None
    signed: Beside | None = None
    refused: str = ""

    @property
    def changes(self) -> bool:
        """Whether a stored one changes by it."""
        return self.merged is not None or self.signed is not None


def is_worked_on_together(tx: Transaction, here: Assessment, theirs: Assessment) -> bool:
    """Whether someone who signs in to this store works on the assessment, and somebody else does too."""
    users = {user.professional for user in tx.users.all()}
    at_work = practitioners(here)
    return bool(at_work & users) and len(at_work | practitioners(theirs)) > 1


def meet(session: Session, tx: Transaction, theirs: Assessment, *, workers: Iterable[Professional] = ()) -> Meeting:
    """Return what an exchanged copy comes to beside the stored one; nothing is written.

    Args:
        session: who takes it in.
        tx: a running transaction.
        theirs: the copy.
        workers: professionals the file names, who may not be in this store yet.
    """
    here = tx.assessments.find(theirs.id)
    if here is None or here == theirs:
        return Meeting(value=theirs)
    if takes_the_place(theirs, here):
        return _signed(theirs, here)
    reason = why_not_merged(here, theirs)
    if reason:
        return Meeting(value=here, refused=reason)
    made = merge(here, theirs, me=session.professional.id, whose=_whose(session, tx, here, theirs, workers))
    if made.value == here:
        return Meeting(value=here)
    return Meeting(value=made.value, merged=made)


def _signed(theirs: Assessment, here: Assessment) -> Meeting:
    missing = beside(theirs, here)
    if not missing.lost:
        return Meeting(value=theirs, signed=missing)
    text = (
        f"The copy was signed off without a grade or evidence that is here, at {', '.join(missing.lost)}. Yours stays "
        "as it is. Ask for a correction of the signed-off one that takes it in."
    )
    return Meeting(value=here, refused=text)


def on_import(session: Session, tx: Transaction, theirs: Assessment) -> Meeting:
    """Return what an imported assessment comes to: merged where it is worked on together, else its next revision."""
    here = tx.assessments.find(theirs.id)
    if here is None or not is_worked_on_together(tx, here, theirs):
        return Meeting(value=theirs)
    return meet(session, tx, theirs)


def put_met(session: Session, tx: Transaction, met: Meeting) -> Change:
    """Store what a copy came to; a merge has its own event in the audit trail."""
    if met.signed is not None:
        change = tx.assessments.put(met.value, by=session.user.id, reason="signed off in a colleague’s store")
        tx.record(
            "signed-off copy taken in",
            by=session.user.id,
            kind="assessment",
            id=met.value.id,
            fields=change.fields,
        )
        return change
    if met.merged is None:
        return tx.assessments.put(met.value, by=session.user.id, reason=IMPORTED)
    change = tx.assessments.put(met.value, by=session.user.id, reason="merged with a colleague’s copy")
    tx.record(
        "assessment merged",
        by=session.user.id,
        kind="assessment",
        id=met.value.id,
        count=len(met.merged.graded),
        fields=change.fields,
    )
    return change


def _whose(
    session: Session, tx: Transaction, here: Assessment, theirs: Assessment, workers: Iterable[Professional]
) -> str:
    """Names of those who worked on the other copy: others than whoever takes it in, newcomers first."""
    others = practitioners(theirs) - {session.professional.id}
    others = (others - practitioners(here)) or others
    known = {each.id: each for each in workers if each.id in others}
    known |= tx.professionals.get_many(tuple(sorted(others)))
    names = sorted(known[id_].name or known[id_].role for id_ in known)
    return ", ".join(names) or "a colleague"
