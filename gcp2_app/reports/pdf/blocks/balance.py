"""Strengths and worries side by side, and what others say: facts, each with its source.

Source: experience.md, Reports ("strengths and risks", "views of … others"); casework.md, LP1.
"""

from dataclasses import dataclass

from gcp2_app.reports.pdf.blocks.happened import HappenedLine, write_happened
from gcp2_app.reports.pdf.document import Document

HEADING = "Strengths and worries"


@dataclass(frozen=True, slots=True, kw_only=True)
class BalancePart:
    """What goes well, and what does not.

    Attributes:
        assessed: which assessment the units are from, such as "in the assessment of 12 to 29 May 2026".
        met: units whose needs are met in the latest assessment.
        unmet: units that are high in it.
        strengths: entries marked as a strength, the earliest first.
        worries: entries marked as a concern.
        more_strengths, more_worries: how much more is in the record, each a sentence or empty.
    """

    assessed: str = ""
    met: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    strengths: tuple[HappenedLine, ...] = ()
    worries: tuple[HappenedLine, ...] = ()
    more_strengths: str = ""
    more_worries: str = ""


def write_balance(document: Document, part: BalancePart, *, worries: str = "What worries us and others") -> None:
    """Write strengths first, then worries.

    Args:
        document: takes it.
        part: what it says.
        worries: heading of what worries.
    """
    document.heading(2, HEADING)
    document.heading(3, "What goes well")
    document.bullets(part.met, lead=f"Needs met, {part.assessed}")
    write_happened(document, part.strengths, none="" if part.met else "No strength is recorded here.")
    document.paragraph(part.more_strengths, style="quiet")
    document.heading(3, worries)
    document.bullets(part.unmet, lead=f"Needs not met, {part.assessed}")
    write_happened(document, part.worries, none="" if part.unmet else "No concern is recorded here.")
    document.paragraph(part.more_worries, style="quiet")
