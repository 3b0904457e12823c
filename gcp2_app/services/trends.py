"""A child's grades over time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.breaks import find_breaks
from gcp2_app.domain.circumstances import circumstances_of
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.moment import Moment
from gcp2_app.domain.register import Child
from gcp2_app.domain.scoring import Profile, can_be_scored, score, score_assessment
from gcp2_app.domain.trend import Trend
from gcp2_app.domain.trending import make_trend
from gcp2_app.domain.users import Duty
from gcp2_app.services import blind, names, packs
from gcp2_app.services.session import Session
from gcp2_app.storage.relations import entries_without_child
from gcp2_app.storage.search import households_of
from gcp2_app.storage.store import Transaction

_NOW = Moment()
_SHOWN = ("meeting", "admission", "event", "circumstance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A trend with what it was made of.

    Attributes:
        assessments: as whoever asks may see them.
        packs: by id and version.
        profiles: results by assessment id.
    """

    trend: Trend
    assessments: tuple[Assessment, ...]
    packs: Mapping[tuple[str, str], Pack]
    profiles: Mapping[str, Profile]


def trend(session: Session, child_id: str, moment: Moment = _NOW) -> Trend:
    """Return the trend of a child, with a point for every stored assessment that counts at a moment.

    Raises:
        NotFound: no such child.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        child = tx.children.get(child_id)
        session.require_reach(child)
        tx.record("trend viewed", by=session.user.id, kind="child", id=child_id)
        return read(session, tx, child, moment).trend


def of_child(session: Session, tx: Transaction, child_id: str) -> Trend:
    """Return the trend of today within a running transaction; the caller has checked and audited."""
    return read(session, tx, tx.children.get(child_id)).trend


def read(
    session: Session,
    tx: Transaction,
    child: Child,
    moment: Moment = _NOW,
    *,
    since: date | None = None,
    keep: Callable[[tuple[Entry, ...]], tuple[Entry, ...]] = tuple,
) -> Shown:
    """Return the trend and what it is made of within a running transaction; the caller has checked and audited.

    Args:
        session: who asks.
        tx: a running transaction.
        child: whose.
        moment: which past it shows.
        since: the time axis begins on this day at the latest.
        keep: returns the entries that may break a line for whoever sees it.
    """
    assessments = moment.assessments(tx.assessments.of_child(child.id))
    used: dict[tuple[str, str], Pack] = {}
    for each in assessments:
        key = (each.pack, each.pack_version)
        if key not in used:
            used[key] = packs.of(tx, each)
    assessments = tuple(blind.as_seen(session, child, used[each.pack, each.pack_version], each) for each in assessments)
    carers = tuple({carer for each in assessments for carer in each.carers})
    # Only kinds that show on a trend are read: strategy discussions, admissions, changes of home, carer or household,
    # which break a line, and periods that changed the work, which are shaded.
    found = (*tx.entries.of_child(child.id, kinds=_SHOWN), *entries_without_child(tx, "circumstance"))
    entries = keep(moment.entries(found))
    profiles = {each.id: _profile(used[each.pack, each.pack_version], each, child.born) for each in assessments}
    made = make_trend(
        child_label=names.of_child(child),
        born=child.born,
        assessments=assessments,
        profiles=profiles,
        packs=used,
        names={person.id: person.name for person in tx.people.get_many(carers).values()},
        through=moment.day or session.today(),
        since=since,
        breaks=find_breaks(child, entries, [tx.households.get(id_) for id_ in households_of(tx, child.id)]),
        practice=session.store.practice,
        birth=child.date_of_birth,
    )
    periods = tuple(each for each in circumstances_of(entries) if each.meets(made.from_, made.to))
    made = replace(made, circumstances=periods)
    return Shown(trend=made, assessments=assessments, packs=used, profiles=profiles)


def _profile(pack: Pack, assessment: Assessment, born: date | None) -> Profile:
    """Return the results of an assessment. One that waits for its age band has no grades, and shows as such."""
    if can_be_scored(pack, assessment, born):
        return score_assessment(pack, assessment, born)
    return score(pack, pack.bands[0].code, {}, policy=assessment.policy)
