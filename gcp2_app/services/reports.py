"""What leaves the store as a picture or a document. Every export is audited with recipient and reason."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from gcp2_app import wire
from gcp2_app.domain.assessment import Assessment
from gcp2_app.domain.comparison import compare
from gcp2_app.domain.entries import Entry
from gcp2_app.domain.register import Agency, Child
from gcp2_app.domain.scoring import score_assessment
from gcp2_app.domain.users import Duty
from gcp2_app.domain.withheld import Loss, Secret, SecretKind, Withheld, losses, may_see
from gcp2_app.errors import NotFound
from gcp2_app.services import blind, names, packs, trends, withholding
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


@dataclass(frozen=True, slots=True)
class Copy:
    """A document made for one reader.

    Attributes:
        content: the PDF.
        losses: what was taken out because it is withheld from the reader, by section.
    """

    content: bytes
    losses: tuple[Loss, ...] = ()


def trend_file(session: Session, child_id: str, trend: "Trend", suffix: str, *, reader: str = "") -> bytes:
    """Return a child's trend as a picture.

    Args:
        session: who asks.
        child_id: whose trend it is.
        trend: from :func:`gcp2_app.services.trends.trend`.
        suffix: ``.png`` or ``.svg``.
        reader: id of the person it is made for, or empty; what is withheld from them is not in it.
    """
    from gcp2_app.reports.charts.output import chart_png, chart_svg
    from gcp2_app.reports.charts.trend import draw_trend, trend_least_width

    session.require(Duty.READ_CASES)
    child, withheld = _withheld_from(session, child_id, reader)
    trend = withholding.trend_for(trend, child, withheld)
    drawing = draw_trend(trend, width=max(_CHART_WIDTH, trend_least_width(trend)))
    make = chart_svg if suffix == ".svg" else chart_png
    content = make(drawing, title=f"Grades over time: {trend.child_label}")
    why = f"trend, {suffix[1:]}" + (f", for {reader}" if reader else "")
    with session.store.transaction() as tx:
        tx.record("chart exported", by=session.user.id, kind="child", id=child_id, reason=why)
    return content


def trend_losses(session: Session, child_id: str, trend: "Trend", reader: str) -> tuple[Loss, ...]:
    """Return what a trend's picture leaves out when it is made for one of the people around the child."""
    session.require(Duty.READ_CASES)
    _, withheld = _withheld_from(session, child_id, reader)
    words = (trend.child_label, *(one.carer_label for one in trend.series))
    return losses(("Grades over time", secret) for text in words for secret in withheld.scrub(text).taken)


def _withheld_from(session: Session, child_id: str, reader: str) -> tuple[Child, Withheld]:
    with session.store.transaction() as tx:
        child = tx.children.get(child_id)
        session.require_reach(child)
        found = withholding.around(tx, child)
    return child, withholding.hidden_from(session, found, {reader})


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
        every = tx.assessments.of_child(child_id)
    # What has no dates comes first in time, and is better than nothing.
    found = [each for each in every if each.window is not None] or every
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
    session: Session, assessment_id: str, *, recipient: str, reason: str, reader: str = "", password: str | None = None
) -> bytes:
    """Return the assessment report as a PDF to be handed on. The export is audited with recipient and reason.

    Args:
        session: who asks.
        assessment_id: which assessment.
        recipient: who the copy is for; printed across every page where given.
        reason: why it leaves the store.
        reader: id of the recipient where they are one of the people around the child, or empty. Someone around the
            child whose whole name stands in ``recipient`` counts as a reader, too.
        password: encrypts the PDF with AES-256; None for no encryption.

    Raises:
        NotFound: no such assessment.
        NotAllowed: the user may not read the case.
    """
    why = "; ".join(part for part in (reason, recipient and f"for {recipient}") if part)
    return _copy(
        session, assessment_id, recipient, reader, action="report exported", why=why, password=password
    ).content


def assessment_preview(session: Session, assessment_id: str, *, recipient: str = "", reader: str = "") -> Copy:
    """Return the very pages that :func:`assessment_report` would write, and what is left out. Audited as a view."""
    return _copy(session, assessment_id, recipient, reader, action="report previewed")


def readers_of(session: Session, assessment_id: str) -> withholding.Readers:
    """Return for whom of the people around its child a copy of an assessment's report can be made.

    Raises:
        NotFound: no such assessment.
        NotAllowed: the user may not read the case.
    """
    with session.store.transaction() as tx:
        child = tx.assessments.get(assessment_id).child
    return withholding.readers(session, child)


def _copy(
    session: Session,
    assessment_id: str,
    recipient: str,
    reader: str,
    *,
    action: str,
    why: str = "",
    password: str | None = None,
) -> Copy:
    from gcp2_app.reports.pdf.assessment import assessment_report as make
    from gcp2_app.reports.pdf.redaction import Redaction

    session.require(Duty.READ_CASES)
    with session.store.transaction() as tx:
        assessment = tx.assessments.get(assessment_id)
        child = tx.children.get(assessment.child)
        session.require_reach(child)
        tx.record(action, by=session.user.id, kind="assessment", id=assessment_id, reason=why)
        found = withholding.around(tx, child)
        viewers = withholding.named_in(found, recipient) | ({reader} if reader else set())
        report = make_report(session, tx, assessment, recipient)
    withheld = withholding.hidden_from(session, found, viewers)
    report, left_out = _without_withheld(report, child, withheld, viewers)
    redaction = Redaction(withheld, left_out)
    return Copy(make(report, password=password, redaction=redaction), redaction.losses)


def _without_withheld(
    report: "AssessmentReport", child: Child, withheld: Withheld, viewers: frozenset[str]
) -> tuple["AssessmentReport", list[tuple[str, Secret]]]:
    """Return a report without the visits withheld from its readers, and what hangs on them."""
    hidden = {entry.id for entry in report.visits if not may_see(viewers, entry)}
    left_out = [("Visits", Secret(SecretKind.ENTRY, "")) for _ in hidden]
    units = dict(report.assessment.units)
    for code, answer in units.items():
        kept = tuple(piece for piece in answer.evidence if piece.visit not in hidden)
        left_out += [("Findings", Secret(SecretKind.ENTRY, ""))] * (len(answer.evidence) - len(kept))
        if len(kept) < len(answer.evidence):
            units[code] = replace(answer, evidence=kept)
    report = replace(
        report,
        assessment=replace(report.assessment, units=units),
        visits=tuple(entry for entry in report.visits if entry.id not in hidden),
        child_label=withholding.label_for(child, withheld),
        trend=withholding.trend_for(report.trend, child, withheld) if report.trend is not None else None,
    )
    return report, left_out


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
        child_label=names.of_child(child),
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
        record_digest=_digest(assessment) if assessment.locked else "",
        left_out=left_out,
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


def _digest(assessment: Assessment) -> str:
    """Return the digest of what was signed: where it stands in the agency's record is written after, and no part."""
    return hashlib.sha256(wire.to_json(replace(assessment, agency_record=None))).hexdigest()


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
