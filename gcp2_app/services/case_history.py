"""What an assessment begins with: the child's history on one page, and a day in the child's life."""

from dataclasses import dataclass, replace

from gcp2_app.domain.assessment import Assessment, AssessmentState, HistoryRead
from gcp2_app.domain.case_history import CaseHistory, case_history
from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.child_day import PartOfDay, a_day, parts_for, sayings_of
from gcp2_app.domain.instrument import Pack
from gcp2_app.domain.longest import LongestUnmet, longest_unmet
from gcp2_app.domain.moment import Moment
from gcp2_app.domain.progress import check_may_change
from gcp2_app.domain.register import Child
from gcp2_app.domain.unit_map import make_unit_map
from gcp2_app.domain.users import Duty
from gcp2_app.errors import NotFound
from gcp2_app.forms.child_day import shipped_day
from gcp2_app.forms.entry_kinds import load_kinds
from gcp2_app.services import alerts, charts, packs
from gcp2_app.services.keeping import put
from gcp2_app.services.plans import view_of
from gcp2_app.services.session import Session
from gcp2_app.services.working import Working, working_on
from gcp2_app.storage.results import AssessmentSummary, summaries_of_child
from gcp2_app.storage.store import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryFile:
    """The history before an assessment.

    Attributes:
        latest: the latest other assessment that is signed off and that no correction replaces; None where there is
            none. Its grades are shown on request alone.
        pack: the pack of that assessment; None where it is not installed here.
        readers: names of those who said that they read the history, by id.
    """

    child: Child
    history: CaseHistory
    latest: AssessmentSummary | None
    pack: Pack | None
    readers: dict[str, str]


def before(session: Session, assessment_id: str) -> HistoryFile:
    """Return the history of the child of an assessment as it is today. The view is audited.

    Raises:
        NotFound: no such assessment.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        assessment, child = _reached(session, tx, assessment_id)
        found = case_history(
            view_of(session, tx, child),
            alerts.fresh(session, tx, child),
            _unmet(session, tx, assessment),
            titles={code: kind.title for code, kind in load_kinds().items()},
        )
        latest = _latest(tx, assessment)
        pack = _pack(tx, latest)
        names = tx.professionals.get_many(tuple({each.by for each in assessment.history_read}))
        tx.record("history viewed", by=session.user.id, kind="assessment", id=assessment_id)
    readers = {id_: each.name for id_, each in names.items()}
    return HistoryFile(child=child, history=found, latest=latest, pack=pack, readers=readers)


def day(session: Session, assessment_id: str) -> tuple[PartOfDay, ...]:
    """Return each part of the child's day with what is recorded of it, in every record but this assessment's own words.

    The parts are those of the child's age on the first day of the window. The view is audited.

    Raises:
        NotFound: no such assessment.
        NotAllowed: the user may not read this case.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        assessment, child = _reached(session, tx, assessment_id)
        sayings = sayings_of(view_of(session, tx, child), tx.assessments.of_child(child.id), but=assessment.id)
        tx.record("day in life viewed", by=session.user.id, kind="assessment", id=assessment_id)
    on = assessment.window.from_ if assessment.window is not None else session.today()
    return a_day(parts_for(shipped_day(), child, on), sayings)


def note_read(session: Session, working: Working) -> Working:
    """Keep that the user read the child's history, and when. Once for each person; it is audited.

    Raises:
        NotAllowed: the user may not work on this case, or the assessment does not change any more.
    """
    session.require(Duty.WORK_CASES)
    session.require_reach(working.child)
    me = session.professional.id
    with session.store.transaction() as tx:
        stored = tx.assessments.get(working.assessment.id)
        if any(each.by == me for each in stored.history_read):
            return working_on(session, tx, stored, working.pack, working.child)
        check_may_change(stored, ("history_read",))
        read = HistoryRead(by=me, at=session.now())
        kept = replace(stored, history_read=(*stored.history_read, read))
        put(session, tx, kept, working.pack, working.child, action="history read", changed=("history_read",))
        return working_on(session, tx, kept, working.pack, working.child)


def _reached(session: Session, tx: Transaction, assessment_id: str) -> tuple[Assessment, Child]:
    assessment = tx.assessments.get(assessment_id)
    child = tx.children.get(assessment.child)
    session.require_reach(child)
    return assessment, child


def _unmet(session: Session, tx: Transaction, assessment: Assessment) -> tuple[LongestUnmet, ...]:
    """Return the needs not met the longest in the other assessments: what is graded now is no history."""
    units = make_unit_map(charts.read(session, tx, assessment.child, ChartKind.TREND, Moment()))
    columns = tuple(
        each
        for each in units.columns
        if each.assessment != assessment.id and (each.recorded_elsewhere or each.state is AssessmentState.SIGNED_OFF)
    )
    return longest_unmet(replace(units, columns=columns))


def _pack(tx: Transaction, latest: AssessmentSummary | None) -> Pack | None:
    try:
        return packs.find(tx, latest.pack, latest.pack_version) if latest is not None else None
    except NotFound:
        # The grades stay readable; only the areas' names are missing.
        return None


def _latest(tx: Transaction, assessment: Assessment) -> AssessmentSummary | None:
    signed = (
        each
        for each in summaries_of_child(tx, assessment.child)
        if each.state is AssessmentState.SIGNED_OFF and each.corrected_by is None and each.id != assessment.id
    )
    return next(signed, None)
