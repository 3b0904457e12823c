"""The practice family in a practice store. Families around it, of any number, are :mod:`gcp2_app.services.invented`."""

from gcp2_app.services import casefiles
from gcp2_app.services.session import Session


def ensure_family(session: Session) -> None:
    """Put the practice family into a practice store that holds no child yet.

    Raises:
        NotAllowed: this is no practice store.
    """
    with session.store.transaction() as tx:
        empty = not tx.children.count()
    if empty or not session.store.practice:
        casefiles.load_practice_family(session)


def family(session: Session) -> tuple[str, ...]:
    """Return ids of the children of the practice family, the eldest first; no others are among them."""
    wanted = casefiles.practice_children(session.today())
    with session.store.transaction() as tx:
        found = tx.children.get_many(wanted)
    return tuple(id_ for id_ in wanted if id_ in found)
