"""Analysis, marked as judgement and kept apart from facts.

Source: experience.md, Reports ("fact and opinion").
"""

from collections.abc import Iterable

from gcp2_app.reports.pdf.document import Document

HEADING = "Analysis"


def write_analysis(document: Document, parts: Iterable[tuple[str, str]], *, source: str = "") -> None:
    """Write what professionals make of the facts.

    Args:
        document: takes it.
        parts: heading and text of each; one without a text says so.
        source: where the words come from, such as the assessment's days.
    """
    document.heading(2, HEADING)
    document.paragraph("Professional judgement, kept apart from the facts.", style="quiet")
    document.paragraph(source, style="quiet")
    for heading, text in parts:
        document.heading(3, heading)
        document.paragraph(text.strip() or "This part is not written.")
