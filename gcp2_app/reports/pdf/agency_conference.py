"""One agency's report to a child protection conference: what it did and knows itself, fact apart from opinion.

Source: experience.md, Reports ("our dates, contacts kept and missed, fact and opinion, strengths, worries, effect on
each child, our view on significant harm").
"""

from dataclasses import dataclass

from gcp2_app.reports.pdf.blocks.analysis import write_analysis
from gcp2_app.reports.pdf.blocks.balance import BalancePart, write_balance
from gcp2_app.reports.pdf.blocks.cautions import write_cautions
from gcp2_app.reports.pdf.blocks.happened import HappenedLine, write_happened
from gcp2_app.reports.pdf.blocks.harm import write_harm
from gcp2_app.reports.pdf.blocks.health import ServiceLine, write_services
from gcp2_app.reports.pdf.blocks.seen import SeenPart, write_seen
from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.front import Front, begin, end
from gcp2_app.reports.pdf.redaction import Redaction

DATES, KEPT, EFFECT = "Our dates", "Appointments kept and missed", "Effect on the child"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyReport:
    """Everything the report says; all of it comes from the agency itself.

    Attributes:
        seen: our contacts.
        services: our appointments.
        dates: what happened, the earliest first; ``not_printed`` what is in the record and not there.
        effect: what each of them meant for the child, in our words.
        analysis: of our own latest assessment; empty for a reader who is given none.
        harm, recommendation: as written with the conference to come; None for a reader who is given no view.
    """

    front: Front
    cautions: tuple[str, ...]
    seen: SeenPart
    services: tuple[ServiceLine, ...]
    dates: tuple[HappenedLine, ...]
    not_printed: str
    balance: BalancePart
    effect: tuple[str, ...]
    analysis: tuple[tuple[str, str], ...]
    analysis_from: str
    harm: str | None
    recommendation: str


def write_agency_conference(report: AgencyReport, redaction: Redaction | None = None) -> Document:
    """Write the report; see :func:`gcp2_app.reports.pdf.cumulative.write_cumulative`."""
    document = begin(report.front, redaction)
    write_cautions(document, report.cautions)
    document.paragraph("First what we did and saw ourselves, as facts; then what we make of it, as opinion.")
    write_seen(document, report.seen)
    document.heading(2, KEPT)
    if report.services:
        write_services(document, report.services)
    else:
        document.paragraph("No appointment of ours is recorded here.")
    document.heading(2, DATES)
    write_happened(document, report.dates, none="Nothing that we recorded ourselves is here.")
    document.paragraph(report.not_printed, style="quiet")
    write_balance(document, report.balance, worries="What worries us")
    document.heading(2, EFFECT)
    if report.effect:
        document.bullets(report.effect)
    else:
        document.paragraph("What this means for the child is not recorded by us.")
    if report.analysis:
        write_analysis(document, report.analysis, source=report.analysis_from)
    if report.harm is not None:
        write_harm(document, report.harm)
    document.heading(2, "What we recommend")
    document.paragraph(report.recommendation or "Not written yet.")
    return end(document)
