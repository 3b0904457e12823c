"""Lists across a team: families who moved in with a long history (R2), and parents with a learning need (R4).

Source: casework.md, rows R2 ("list across the caseload") and R4 ("cohort list (parent learning need × neglect)").
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from gcp2_app.domain.rules.learning_needs import carers_with_need, support_of
from gcp2_app.domain.rules.moves import DeepDive, moved_in
from gcp2_app.domain.rules.reading import has_neglect_marker
from gcp2_app.domain.rules.view import View
from gcp2_app.domain.users import Duty
from gcp2_app.forms.rule_policy import shipped_rules, shipped_working_days
from gcp2_app.services import names
from gcp2_app.services.session import Session
from gcp2_app.services.supervision.cohort_records import cohort_records
from gcp2_app.storage.desk import children_of_carers_with_need, children_with_kind
from gcp2_app.storage.store import Transaction

_RULE = "R2.deep_dive"
#: Kinds of entry that say where a family moved from and what was done about it, and how a carer is helped.
_R2 = ("move", "meeting")
_R4 = ("learning_support",)
T = TypeVar("T", bound="MovedIn | LearningNeed")


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedIn:
    """A child whose family moved in after living under other authorities.

    Attributes:
        others: the other authorities of the years the policy counts.
        neglect: there is a neglect marker now.
        history_known: records of an earlier authority were received.
        deep_dive_held: a deep dive was held since the move.
    """

    child: str
    name: str
    on: date
    others: tuple[str, ...]
    neglect: bool
    history_known: bool
    deep_dive_held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningNeed:
    """A child with a neglect marker and a carer whose learning need is recorded.

    Attributes:
        carers: their names.
        adjusted: how we work with each of them is adjusted.
    """

    child: str
    name: str
    carers: tuple[str, ...]
    adjusted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohorts:
    """Both lists, by name; nothing ranks a family."""

    moved_in: tuple[MovedIn, ...]
    learning_need: tuple[LearningNeed, ...]


def cohorts(session: Session) -> Cohorts:
    """Return the lists of the team's children. Restricted records are left to whoever opens them for a reason.

    Raises:
        NotAllowed: the user is no supervisor.
    """
    session.require(Duty.SUPERVISE)
    through = session.reaches_through
    with session.store.transaction() as tx:
        have_moved = children_with_kind(tx, "move", allocated_to=through)
        in_need = children_of_carers_with_need(tx, allocated_to=through)
        moved = [_moved(view) for view in _views(session, tx, have_moved, _R2)]
        needs = [_need(view) for view in _views(session, tx, in_need, _R4)]
        found = Cohorts(moved_in=_by_name(moved), learning_need=_by_name(needs))
        count = len(found.moved_in) + len(found.learning_need)
        tx.record("cohorts listed", by=session.user.id, kind="caseload", count=count)
    return found


def _by_name(found: "list[T | None]") -> tuple[T, ...]:
    return tuple(sorted((each for each in found if each is not None), key=lambda each: (each.name, each.child)))


def _views(session: Session, tx: Transaction, ids: Collection[str], kinds: Collection[str]) -> Iterator[View]:
    today = session.today()
    for record in cohort_records(tx, ids, kinds=kinds, today=today):
        yield View(record, shipped_working_days(), today=today, policy=shipped_rules())


def _moved(view: View) -> MovedIn | None:
    numbers: DeepDive = view.numbers(_RULE)
    arrival = moved_in(view, numbers)
    neglect = has_neglect_marker(view)
    if (
        arrival is None
        or not arrival.others
        or not (neglect or view.on_plan() is not None or not arrival.history_known)
    ):
        return None
    return MovedIn(
        child=view.record.child.id,
        name=names.of_child(view.record.child),
        on=arrival.on,
        others=arrival.others,
        neglect=neglect,
        history_known=arrival.history_known,
        deep_dive_held=arrival.deep_dive_held,
    )


def _need(view: View) -> LearningNeed | None:
    if not has_neglect_marker(view):
        return None
    carers = [person for person, _ in carers_with_need(view)]
    if not carers:
        return None
    return LearningNeed(
        child=view.record.child.id,
        name=names.of_child(view.record.child),
        carers=tuple(person.name or "name not known" for person in carers),
        adjusted=all(any(support.groups("adjustments") for support in support_of(view, person)) for person in carers),
    )
