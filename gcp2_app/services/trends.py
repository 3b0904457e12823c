"""A child's grades over time."""

from datetime import date

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.breaks import find_breaks
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.scoring import Profile, can_be_scored, score, score_assessment
from gcp2_app.domain.trend import Trend
from gcp2_app.domain.trending import make_trend
from gcp2_app.domain.users import Duty
from gcp2_app.services import blind, names, packs
from gcp2_app.services.session import Session
from gcp2_app.storage.search import households_of
from gcp2_app.storage.store import Transaction

_BREAKING = ("meeting", "admission", "event")


def trend(session: Session, child_id: str) -> Trend:
    """Return the trend of a child, with a point for every stored assessment.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        session.require_reach(tx.children.get(child_id))
        tx.record("trend viewed", by=session.user.id, kind="child", id=child_id)
        return of_child(session, tx, child_id)


def of_child(session: Session, tx: Transaction, child_id: str) -> Trend:
    """Return the trend within a running transaction; the caller has checked and audited."""
    child = tx.children.get(child_id)
    assessments = tx.assessments.of_child(child_id)
    used: dict[tuple[str, str], Pack] = {}
    for each in assessments:
        key = (each.pack, each.pack_version)
        if key not in used:
            used[key] = packs.of(tx, each)
    assessments = tuple(blind.as_seen(session, child, used[each.pack, each.pack_version], each) for each in assessments)
    carers = tuple({carer for each in assessments for carer in each.carers})
    # Only kinds that can break a line are read: strategy discussions, admissions, changes of home or carer.
    entries = tx.entries.of_child(child_id, kinds=_BREAKING)
    return make_trend(
        child_label=names.of_child(child),
        born=child.born,
        assessments=assessments,
        profiles={each.id: _profile(used[each.pack, each.pack_version], each, child.born) for each in assessments},
        packs=used,
        names={person.id: person.name for person in tx.people.get_many(carers).values()},
        through=session.today(),
        breaks=find_breaks(child, entries, [tx.households.get(id_) for id_ in households_of(tx, child_id)]),
        practice=session.store.practice,
        birth=child.date_of_birth,
    )


def _profile(pack: Pack, assessment: Assessment, born: date | None) -> Profile:
    """Return the results of an assessment. One that waits for its age band has no grades, and shows as such."""
    if can_be_scored(pack, assessment, born):
        return score_assessment(pack, assessment, born)
    return score(pack, pack.bands[0].code, {}, policy=assessment.policy)
