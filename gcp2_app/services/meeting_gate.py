"""The advocate's place among the people invited: without it, invitations are marked sent only with a reason.

Source: casework.md, Meetings and row LP6. What comes in with an import is never held up.
"""

from collections.abc import Iterable

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.plans.guests import must_say_why
from gcp2_app.domain.register import Child
from gcp2_app.domain.rules.record import ChildRecord, Counting, Fact
from gcp2_app.domain.rules.view import View
from gcp2_app.errors import InvalidValue
from gcp2_app.forms.rule_policy import shipped_working_days
from gcp2_app.services.session import Session
from gcp2_app.storage.store import Transaction

_SENT = "invitations_sent_on"


class ReasonForNoAdvocate(InvalidValue):
    """Invitations were to be marked sent without the child's advocate, and it is not said why."""


def require_advocate(
    session: Session, tx: Transaction, entry: Entry, children: Iterable[Child], before: Entry | None = None
) -> None:
    """Refuse invitations newly marked sent that leave the child's advocate out without a word why.

    Args:
        session: who marks them.
        tx: a running transaction.
        entry: any entry; only a meeting whose invitations were sent is looked at.
        children: whom it is about.
        before: the entry as it stands in the store: invitations that were sent already are not asked about again.

    Raises:
        ReasonForNoAdvocate: the advocate of one of the children is not among the people invited.
    """
    if entry.kind != "meeting" or (before is not None and before.data.get(_SENT) == entry.data.get(_SENT)):
        return
    meeting = Fact(entry, Counting.KNOWN)
    for child in children:
        entries = tx.entries.of_child(child.id, kinds=("advocacy",))
        standing = tuple(each for each in entries if each.entered_in_error is None)
        view = View(ChildRecord(child=child, entries=standing), shipped_working_days(), today=session.today())
        if must_say_why(view, meeting, sent_on=meeting.day(_SENT)):
            raise ReasonForNoAdvocate(
                "The child’s advocate is not among the people invited.",
                "Invite the advocate, or say under “Why no advocate was invited” why not.",
            )
