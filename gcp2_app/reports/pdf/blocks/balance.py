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
        met: units whose needs are met in the latest assessment.
        unmet: units that are high in it.
        strengths: entries marked as a strength, the earliest first.
        worries: entries marked as a concern.
        not_printed: sentences on what is in the record and not printed here.
    """

    met: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    strengths: tuple[HappenedLine, ...] = ()
    worries: tuple[HappenedLine, ...] = ()
    not_printed: tuple[str, ...] = ()


def write_balance(document: Document, part: BalancePart) -> None:
    """Write strengths first, then worries."""
    document.heading(2, HEADING)
    document.heading(3, "What goes well")
    document.bullets(part.met, lead="Needs met, in the latest assessment")
    write_happened(document, part.strengths, none="" if part.met else "No strength is recorded here.")
    document.heading(3, "What worries us and others")
    document.bullets(part.unmet, lead="Needs not met, in the latest assessment")
    write_happened(document, part.worries, none="" if part.unmet else "No concern is recorded here.")
    for words in part.not_printed:
        document.paragraph(words, style="quiet")
