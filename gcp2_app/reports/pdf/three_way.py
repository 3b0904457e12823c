"""The request that GP, school and school nurse look at a child's health together.

Source: casework.md, LP12 ("three-way check meeting and request letters").
"""

from dataclasses import dataclass

from gcp2_app.domain.healthcare.request_letter import ASK, ASKS, CLOSING, HOLDS
from gcp2_app.reports.pdf.blocks.health import HealthPart, write_health
from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.front import end
from gcp2_app.reports.pdf.letter import Letterhead, begin_letter, sign
from gcp2_app.reports.pdf.redaction import Redaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreeWayReport:
    """Everything the request says.

    Attributes:
        why: what is in question at once, or empty.
        sender: who asks, and how to reach them, a line each.
    """

    head: Letterhead
    why: str
    health: HealthPart
    sender: str


def write_three_way(report: ThreeWayReport, redaction: Redaction | None = None) -> Document:
    """Write the request; see :func:`gcp2_app.reports.pdf.cumulative.write_cumulative`."""
    document = begin_letter(report.head, redaction)
    document.paragraph(ASK)
    document.inset((report.why,), strong=True)
    document.heading(2, "What we ask", style="h3")
    document.bullets(ASKS)
    document.paragraph(CLOSING, style="strong")
    sign(document, report.sender, enclosed=f"With this letter: {HOLDS[:1].lower()}{HOLDS[1:]}.")
    write_health(document, report.health, heading=HOLDS)
    return end(document, holds_grades=False)
