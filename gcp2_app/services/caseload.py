"""The caseload: the children a user works with, a page at a time."""

from gcp2_app.domain.users import Duty
from gcp2_app.services.session import Session
from gcp2_app.storage import search
from gcp2_app.storage.search import CaseloadPage, CaseloadQuery

__all__ = ["CaseloadPage", "CaseloadQuery", "page"]


def page(session: Session, query: CaseloadQuery) -> CaseloadPage:
    """Return one page of the caseload. A search is audited by its count, never its words.

    Raises:
        NotAllowed: the user's roles do not allow reading cases.
    """
    session.require(Duty.READ_CASES)
    only = session.reaches_through
    with session.store.transaction() as tx:
        found = search.caseload(tx, query, today=session.today(), allocated_to=only)
        if query.offset == 0:
            action = "caseload searched" if query.text else "caseload listed"
            tx.record(action, by=session.user.id, kind="caseload", count=found.total)
        return found
