"""What the head of a child's page says of being seen and of the advocate, read without the rest of the record."""

from dataclasses import dataclass

from gcp2_app.domain.before_visit import LastSeen, last_seen
from gcp2_app.domain.plans.advocacy import Advocacy, advocacy
from gcp2_app.domain.register import Child
from gcp2_app.domain.rules.record import ChildRecord
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.users import Duty
from gcp2_app.forms.rule_policy import shipped_working_days
from gcp2_app.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What must not be overlooked about a child.

    Attributes:
        seen: when the child was last seen at all, alone, and awake.
        advocacy: the child's advocate and the parents' own.
    """

    seen: LastSeen
    advocacy: Advocacy


def of_child(session: Session, child: Child) -> Glance:
    """Return it for a child whose record the user has opened; that was audited.

    Raises:
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    session.require_reach(child)
    with session.store.transaction() as tx:
        held = tx.entries.of_child(child.id, kinds=("visit", "advocacy"))
    standing = tuple(entry for entry in held if entry.entered_in_error is None)
    view = View(ChildRecord(child=child, entries=standing), shipped_working_days(), today=session.today())
    visits = (fact.whole for fact in view.facts("visit") if fact.on is not None and fact.on <= session.today())
    return Glance(seen=last_seen(visits, child.id), advocacy=advocacy(view))
