"""The letter of a professional challenge as a tagged PDF: the decision, both positions, what is asked for, the log.

Source: casework.md, LP10 ("letter").
"""

from dataclasses import dataclass

from gcp2_app.domain.challenging import LOG, Letter
from gcp2_app.domain.words import long_date
from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.redaction import Redaction
from gcp2_app.reports.pdf.running import Running


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeReport:
    """Everything the document says.

    Attributes:
        letter: what was written down.
        practice: prints PRACTICE over every page.
    """

    letter: Letter
    practice: bool
    classification: str = "OFFICIAL-SENSITIVE"


def challenge_report(report: ChallengeReport) -> bytes:
    """Return the letter as PDF bytes; equal values give equal bytes."""
    return write_challenge(report).to_pdf()


def write_challenge(report: ChallengeReport, redaction: Redaction | None = None) -> Document:
    """Write the letter.

    Args:
        report: what it says.
        redaction: takes out what its reader may not see; None where nothing is withheld.
    """
    letter = report.letter
    document = Document(
        title=f"{letter.title}: {letter.child}",
        running=Running(
            head="Professional challenge",
            subject=letter.child,
            caution="",
            classification=report.classification,
            practice=report.practice,
            recipient=letter.to,
            made_on=letter.on,
        ),
        redaction=redaction,
    )
    document.heading(1, letter.title)
    document.facts((("About", letter.child), ("To", letter.to), ("Date", long_date(letter.on))))
    if letter.urgent:
        document.inset([letter.urgent], strong=True)
    for heading, text in letter.parts:
        document.heading(2, heading)
        document.paragraph(text)
    if letter.log:
        document.heading(2, LOG)
        document.bullets(letter.log)
    document.paragraph(letter.closing, style="strong")
    document.paragraph(letter.sender)
    return document
