"""What the carers need so that they can care and take part, and what was done for it.

Source: experience.md, Reports ("carers' capacity"); casework.md, R4 and LP5.
"""

from dataclasses import dataclass

from gcp2_app.reports.pdf.blocks.happened import HappenedLine, write_happened
from gcp2_app.reports.pdf.document import Document

HEADING = "The carers’ capacity"


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityPart:
    """What is known of the carers' capacity.

    Attributes:
        carers: a sentence for each: what is known of a learning need, from whom and when.
        support: how services adjusted, the earliest first.
        left_out: what is not in this copy, in a sentence, or empty.
    """

    carers: tuple[str, ...] = ()
    support: tuple[HappenedLine, ...] = ()
    left_out: str = ""


def write_capacity(document: Document, part: CapacityPart) -> None:
    """Write it; the grades of the care and the analysis say the rest."""
    document.heading(2, HEADING)
    document.paragraph(
        "What the carers need so that they can care and take part. The care itself is graded in its own section.",
        style="quiet",
    )
    document.bullets(part.carers)
    document.paragraph(part.left_out, style="quiet")
    if part.support or not part.left_out:
        document.heading(3, "How services adjusted to the carers’ learning needs")
        write_happened(document, part.support, none="Nothing is recorded here. Ask before relying on this.")
