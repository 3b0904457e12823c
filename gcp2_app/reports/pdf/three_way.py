"""The request that GP, school and school nurse look at a child's health together.

Source: casework.md, LP12 ("three-way check meeting and request letters").
"""

from dataclasses import dataclass

from gcp2_app.domain.healthcare.request_letter import ASK, ASKS, CLOSING
from gcp2_app.reports.pdf.blocks.health import HealthPart, write_health
from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.front import Front, begin, end
from gcp2_app.reports.pdf.redaction import Redaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreeWayReport:
    """Everything the request says.

    Attributes:
        why: what is in question at once, or empty.
        answer_to: who asks, and how to reach them.
    """

    front: Front
    why: str
    health: HealthPart
    answer_to: tuple[tuple[str, str], ...]


def write_three_way(report: ThreeWayReport, redaction: Redaction | None = None) -> Document:
    """Write the request; see :func:`gcp2_app.reports.pdf.cumulative.write_cumulative`."""
    document = begin(report.front, redaction)
    document.paragraph(ASK)
    document.inset((report.why,), strong=True)
    document.heading(2, "What we ask")
    document.bullets(ASKS)
    document.paragraph(CLOSING, style="strong")
    document.facts(report.answer_to)
    write_health(document, report.health, heading="What our record holds")
    return end(document)
