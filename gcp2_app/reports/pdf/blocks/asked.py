"""What rests on finding nothing: printed only once somebody wrote whom they asked and when.

Source: casework.md, How rules read the record ("enters a report only once the user has written whom they asked and
when").
"""

from dataclasses import dataclass

from gcp2_app.reports.pdf.document import Document

HEADING = "Asked, because nothing was recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLine:
    """One thing that was not found: what the rule says, who was asked and when, and the answer."""

    text: str
    asked: str
    answer: str


def write_asked(document: Document, lines: tuple[AskedLine, ...]) -> None:
    """Write what was asked; nothing where nothing was."""
    if lines:
        document.heading(2, HEADING)
        document.bullets(f"{one.text} Asked: {one.asked}. Answer: {one.answer}" for one in lines)
