"""Any two assessments of a child beside each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.scoring import can_be_scored
from gcp2_app.domain.side_by_side import SideBySide, set_side_by_side
from gcp2_app.domain.users import Duty
from gcp2_app.errors import NotAllowed, NotFound
from gcp2_app.services import blind, names, trends
from gcp2_app.services.session import Session
from gcp2_app.storage.results import AssessmentSummary, summaries_of_child


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two assessments beside each other, with what names their parts.

    Attributes:
        label: who it is about.
        pack: of the later one.
        carers: names of the carers of each, by assessment id.
    """

    label: str
    side: SideBySide
    pack: Pack
    carers: Mapping[str, tuple[str, ...]]


def choices(session: Session, child_id: str) -> tuple[AssessmentSummary, ...]:
    """Return the assessments of a child that have dates, oldest first, to choose two of.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        child = tx.children.get(child_id)
        session.require_reach(child)
        found = blind.summaries_as_seen(session, tx, child, summaries_of_child(tx, child_id))
    return tuple(each for each in reversed(found) if each.window is not None)


def compare_two(session: Session, child_id: str, one: str, other: str) -> Compared:
    """Return two assessments of a child beside each other, the earlier one first whichever is named first.

    Raises:
        NotFound: no such child, or no such assessment of it.
        NotAllowed: the user may not read this case, or an assessment waits for its age band.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        child = tx.children.get(child_id)
        session.require_reach(child)
        tx.record("assessments compared", by=session.user.id, kind="child", id=child_id, fields=(one, other))
        shown = trends.read(session, tx, child)
        by_id = {each.id: each for each in shown.assessments}
        if one not in by_id or other not in by_id:
            raise NotFound("This assessment is not of this child.", "Choose another.")
        earlier, later = sorted((by_id[one], by_id[other]), key=_begun)
        pack = shown.packs[later.pack, later.pack_version]
        for each in (earlier, later):
            if not can_be_scored(shown.packs[each.pack, each.pack_version], each, child.born):
                raise NotAllowed(
                    "One of the two waits for its age band, and has no grades yet.", "Give the date of birth first."
                )
        corrected = {each.corrects for each in shown.assessments}
        history = sorted(
            (
                each
                for each in shown.assessments
                if each.window is not None and (each.id not in corrected or each.id in {earlier.id, later.id})
            ),
            key=_begun,
        )
        upto = history.index(later) + 1 if later in history else len(history)
        people = tx.people.get_many(tuple({carer for each in (earlier, later) for carer in each.carers}))
        side = set_side_by_side(
            pack,
            earlier,
            later,
            history[:upto],
            born=child.born,
            unannounced=tx.unannounced_visits(child_id),
        )
    return Compared(
        label=names.of_child(child),
        side=side,
        pack=pack,
        carers={
            each.id: tuple(people[carer].name for carer in each.carers if carer in people) for each in (earlier, later)
        },
    )


def _begun(assessment: Assessment) -> tuple[date, date, str]:
    window = assessment.window
    return (window.from_, window.to, assessment.id) if window else (date.min, date.min, assessment.id)
