"""What leaves the store as a picture or a document. Every export is audited with recipient and reason."""

import hashlib
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from gcp2_app import wire
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.comparison import compare
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Agency
from gcp2_app.domain.scoring import score_assessment
from gcp2_app.domain.users import Duty
from gcp2_app.errors import NotFound
from gcp2_app.services import blind, names, packs, trends
from gcp2_app.services.session import Session
from gcp2_app.storage.store import Transaction

if TYPE_CHECKING:
    from gcp2_app.domain.trend import Trend
    from gcp2_app.reports.pdf.assessment import AssessmentReport

# matplotlib, reportlab and pikepdf are imported when something is drawn, not when services are.

#: Width of an exported chart in points: an A4 page on its side, less margins.
_CHART_WIDTH = 760.0
_VISIT = "visit"
#: Kinds of entry that belong in the history at the front of a report.
_HISTORY = ("event", "referral", "admission", "meeting", "move", "case_opened", "case_closed", "status_change")
#: How far back the history of a report goes; what is older is counted.
_HISTORY_SPAN = timedelta(days=730)
#: Whoever said it may be at risk when a family reads it.
_NOT_FOR_SHARING = frozenset({Agency.NEIGHBOUR, Agency.RELATIVE, Agency.ANONYMOUS})


def trend_file(session: Session, child_id: str, trend: "Trend", suffix: str) -> bytes:
    """Return a child's trend as a picture.

    Args:
        session: who asks.
        child_id: whose trend it is.
        trend: from :func:`gcp2_app.services.trends.trend`.
        suffix: ``.png`` or ``.svg``.
    """
    from gcp2_app.reports.charts.output import chart_png, chart_svg
    from gcp2_app.reports.charts.trend import draw_trend, trend_least_width

    session.require(Duty.READ_CASES)
    drawing = draw_trend(trend, width=max(_CHART_WIDTH, trend_least_width(trend)))
    make = chart_svg if suffix == ".svg" else chart_png
    content = make(drawing, title=f"Grades over time: {trend.child_label}")
    with session.store.transaction() as tx:
        session.require_reach(tx.children.get(child_id))
        tx.record("chart exported", by=session.user.id, kind="child", id=child_id, reason=f"trend, {suffix[1:]}")
    return content


def trend_series(session: Session, child_id: str, trend: "Trend") -> dict[str, Any]:
    """Return the series a trend draws, in the shape of the case-file contract. Audited as the picture is."""
    from gcp2_app.reports.charts.trend_series import series_json

    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        session.require_reach(tx.children.get(child_id))
        tx.record("chart exported", by=session.user.id, kind="child", id=child_id, reason="trend, series")
    return series_json(trend)


def latest_assessment(session: Session, child_id: str) -> str:
    """Return id of the child's latest finished assessment, else of the latest begun.

    Raises:
        NotFound: no such child, or no assessment.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        session.require_reach(tx.children.get(child_id))
        found = [each for each in tx.assessments.of_child(child_id) if each.window is not None]
    if not found:
        raise NotFound("This child has no assessment yet.", "Start one from the child's page.")
    signed = [each for each in found if each.locked]
    return (signed or found)[-1].id


def require_of_child(session: Session, assessment_id: str, child_id: str) -> None:
    """Refuse an assessment that is another child's.

    Raises:
        NotFound: no such assessment, or it is not of this child.
    """
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        if tx.assessments.get(assessment_id).child != child_id:
            raise NotFound("This assessment is not of this child.", "Check both ids.")


def assessment_report(
    session: Session, assessment_id: str, *, recipient: str, reason: str, password: str | None = None
) -> bytes:
    """Return the assessment report as a PDF to be handed on. The export is audited with recipient and reason.

    Args:
        session: who asks.
        assessment_id: which assessment.
        recipient: who the copy is for; printed across every page where given.
        reason: why it leaves the store.
        password: encrypts the PDF with AES-256; None for no encryption.

    Raises:
        NotFound: no such assessment.
        NotAllowed: the user may not read the case.
    """
    why = "; ".join(part for part in (reason, recipient and f"for {recipient}") if part)
    report = _assessment_report(session, assessment_id, recipient, action="report exported", why=why)
    return _pdf(report, password)


def assessment_preview(session: Session, assessment_id: str, *, recipient: str = "") -> bytes:
    """Return the very pages that :func:`assessment_report` would write, to look at. Audited as a view."""
    return _pdf(_assessment_report(session, assessment_id, recipient, action="report previewed"))


def _assessment_report(
    session: Session, assessment_id: str, recipient: str, *, action: str, why: str = ""
) -> "AssessmentReport":
    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        assessment = tx.assessments.get(assessment_id)
        session.require_reach(tx.children.get(assessment.child))
        tx.record(action, by=session.user.id, kind="assessment", id=assessment_id, reason=why)
        return make_report(session, tx, assessment, recipient)


def _pdf(report: "AssessmentReport", password: str | None = None) -> bytes:
    from gcp2_app.reports.pdf.assessment import assessment_report as make

    return make(report, password=password)


def make_report(session: Session, tx: Transaction, assessment: Assessment, recipient: str) -> "AssessmentReport":
    """Return what an assessment report says, within a running transaction; the caller has checked and audited.

    Args:
        session: who makes it.
        tx: a running transaction.
        assessment: which assessment.
        recipient: who the copy is for, or empty.
    """
    from gcp2_app.reports.pdf.assessment import AssessmentReport
    from gcp2_app.reports.words import status_words

    child = tx.children.get(assessment.child)
    pack = packs.readable(session, tx, packs.of(tx, assessment))
    left_out = blind.hidden_units(session, child, assessment)
    assessment = blind.as_seen(session, child, pack, assessment)
    window = assessment.window
    earlier = tx.latest_signed_before(child.id, window.from_) if window else None
    if earlier is not None and earlier.id == assessment.corrects:
        earlier = None
    entries = tx.entries.of_child(child.id, kinds=(*_HISTORY, _VISIT))
    history = [entry for entry in entries if _in_history(entry, assessment)]
    told = [entry for entry in history if _may_be_shared(entry)]
    since = window.to - _HISTORY_SPAN if window else None
    cited = {piece.visit for answer in assessment.units.values() for piece in answer.evidence if piece.visit}
    return AssessmentReport(
        pack=pack,
        assessment=assessment,
        profile=score_assessment(pack, assessment, child.born),
        child_label=child.name or "Unborn child",
        born=child.born,
        made_on=session.today(),
        names=_names(tx, assessment),
        statuses=tuple(
            status_words(status) for status in child.statuses if window is None or status.open_on(window.to)
        ),
        history=tuple(entry for entry in told if since is None or _last_day(entry) >= since),
        history_since=since,
        history_before=sum(since is not None and _last_day(entry) < since for entry in told),
        history_kept_back=len(history) - len(told),
        visits=tuple(entry for entry in entries if entry.id in cited or _visited_in(entry, assessment)),
        earlier=earlier,
        comparison=compare(pack, earlier, assessment, born=child.born, unannounced=tx.unannounced_visits(child.id))
        if earlier
        else None,
        trend=trends.of_child(session, tx, child.id),
        recipient=recipient,
        practice=session.store.practice,
        left_out=left_out,
        record_digest=hashlib.sha256(wire.to_json(assessment)).hexdigest() if assessment.locked else "",
    )


def _names(tx: Transaction, assessment: Assessment) -> dict[str, str]:
    found = {id_: person.name for id_, person in names.carers_of(tx, assessment).items()}
    for id_, worker in names.workers_of(tx, assessment).items():
        found[id_] = ", ".join(part for part in (worker.name, worker.role) if part)
    return found


def _in_history(entry: Entry, assessment: Assessment) -> bool:
    """Whether an entry belongs on the first pages: a turning point, before the window ended."""
    if entry.kind not in _HISTORY or entry.entered_in_error:
        return False
    window, when = assessment.window, entry.when
    return window is None or when is None or when.first is None or when.first <= window.to


def _may_be_shared(entry: Entry) -> bool:
    """Whether a family may be given to read it."""
    return not (
        entry.third_party
        or entry.harm_if_disclosed
        or entry.withheld_from
        or (entry.source and entry.source.agency in _NOT_FOR_SHARING)
    )


def _last_day(entry: Entry) -> date:
    """The last day it can have been; what has no known day is told with the latest."""
    return entry.when.last if entry.when is not None and entry.when.last is not None else date.max


def _visited_in(entry: Entry, assessment: Assessment) -> bool:
    window, when = assessment.window, entry.when
    return (
        entry.kind == _VISIT
        and not entry.entered_in_error
        and window is not None
        and when is not None
        and when.last is not None
        and window.from_ <= when.last <= window.to
    )
