"""The twelve questions about harm that adds up, asked of a household: what a new review begins with.

What is answered is an entry of kind ``harm_review``; it is added and corrected as any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from gcp2_app.domain.harm_review import answers, together
from gcp2_app.domain.register import Child
from gcp2_app.domain.users import Duty
from gcp2_app.forms.learning import shipped_library
from gcp2_app.services.plans import view_of
from gcp2_app.services.session import Session
from gcp2_app.services.visit_people import household, reached


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a review begins with.

    Attributes:
        children: ids of the household's children the user may open, the one it is asked from among them.
        edition: of the questions.
        answers: what the records say to a question, by its code.
    """

    children: tuple[str, ...]
    edition: str
    answers: Mapping[str, str]


def begin(session: Session, child_id: str, *, why: str = "") -> Beginning:
    """Return what a review of a child's household begins with. That the records were read for it is audited.

    A brother's or sister's record that is restricted is left out: it is opened for a reason of its own.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not work on this case.
        ReasonNeeded: the record is restricted and no reason was given.
    """
    session.require(Duty.WORK_CASES)
    questions = shipped_library().questions
    with session.store.transaction() as tx:
        child = reached(session, tx, child_id, why)
        _, around, _ = household(session, tx, child)
        asked = [each for each in around if each.id == child.id or not each.restricted]
        found = {_name(each, asked): answers(view_of(session, tx, each), questions.questions) for each in asked}
        for each in asked:
            tx.record("harm review begun", by=session.user.id, kind="child", id=each.id, reason=why)
    return Beginning(
        children=tuple(each.id for each in asked),
        edition=questions.edition,
        answers=together(found),
    )


def _name(child: Child, among: list[Child]) -> str:
    """Return what a child is called in the household: the given name, where no other has the same."""
    same = [each for each in among if each.given_names == child.given_names]
    return child.given_names if len(same) == 1 and child.given_names else child.name or f"child {child.id}"
