"""What leaves the store as a picture or a document. Every export is audited with recipient and reason."""

from typing import TYPE_CHECKING, Any

from gcp2_app.domain.readers import Audience
from gcp2_app.domain.register import Child
from gcp2_app.domain.users import Duty
from gcp2_app.domain.withheld import Loss, Withheld, losses
from gcp2_app.errors import NotFound
from gcp2_app.services import withholding
from gcp2_app.services.documents import making
from gcp2_app.services.documents.making import Copy, Wanted
from gcp2_app.services.session import Session

if TYPE_CHECKING:
    from gcp2_app.domain.trend import Trend

__all__ = [
    "Copy",
    "assessment_preview",
    "assessment_report",
    "latest_assessment",
    "trend_losses",
    "trend_series",
]

# matplotlib, reportlab and pikepdf are imported when something is drawn, not when services are.

#: Whoever previews a report has opened the record before, for a reason that is kept there.
_OPENED = "preview"


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


def assessment_report(
    session: Session, assessment_id: str, *, recipient: str, reason: str, reader: str = "", password: str | None = None
) -> bytes:
    """Return the assessment report as a PDF to be handed on; see :func:`gcp2_app.services.documents.making.export`.

    Args:
        session: who asks.
        assessment_id: which assessment.
        recipient: who the copy is for; printed across every page where given.
        reason: why it leaves the store.
        reader: id of the recipient where they are one of the people around the child, or empty. Someone around the
            child whose whole name stands in ``recipient`` counts as a reader, too.
        password: encrypts the PDF with AES-256; None for no encryption.
    """
    wanted = _assessment(session, assessment_id, recipient, reader)
    return making.export(session, wanted, reason=reason, password=password).content


def assessment_preview(session: Session, assessment_id: str, *, recipient: str = "", reader: str = "") -> Copy:
    """Return the very pages that :func:`assessment_report` would write, and what is left out. Audited as a view."""
    return making.preview(session, _assessment(session, assessment_id, recipient, reader), why=_OPENED)


def _assessment(session: Session, assessment_id: str, recipient: str, reader: str) -> Wanted:
    with session.store.transaction() as tx:
        child = tx.assessments.get(assessment_id).child
    # What is withheld from whoever reads it goes; the preset is the one who makes it.
    return Wanted(
        kind="assessment",
        child=child,
        matter=assessment_id,
        audience=Audience.OWN_AGENCY,
        person=reader,
        recipient=recipient,
    )
