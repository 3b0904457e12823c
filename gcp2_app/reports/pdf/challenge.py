"""The letter of a professional challenge as a tagged PDF: the decision, both positions, what is asked for, its stages.

Source: casework.md, LP10 ("letter").
"""

from dataclasses import dataclass

from gcp2_app.domain.challenging import LOG, Letter
from gcp2_app.domain.words import long_date
from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.redaction import Redaction
from gcp2_app.reports.pdf.running import Running


@dataclass(frozen=True, slots=True, kw_only=True)
class StageLine:
    """One stage: number and name, when it began, by when an answer was due, when it came, how it was resolved."""

    stage: str
    began: str
    due: str
    answered: str
    resolved: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeReport:
    """Everything the document says.

    Attributes:
        letter: what was written down.
        stages: the stages so far with their clocks, the first first.
        moment: which past is read, in words; empty for today.
        recipient: who this copy is for; whom the letter is written to where empty.
        practice: prints PRACTICE over every page.
    """

    letter: Letter
    practice: bool
    stages: tuple[StageLine, ...] = ()
    moment: str = ""
    recipient: str = ""
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
            recipient=report.recipient or letter.to,
            made_on=letter.on,
        ),
        redaction=redaction,
    )
    document.heading(1, letter.title)
    document.facts(
        (("About", letter.child), ("To", letter.to), ("Date", long_date(letter.on)), ("Which record", report.moment))
    )
    if letter.urgent:
        document.inset([letter.urgent], strong=True)
    for heading, text in letter.parts:
        document.heading(2, heading)
        document.paragraph(text)
    document.paragraph(letter.closing, style="strong")
    document.paragraph(letter.sender)
    if letter.log:
        document.heading(2, LOG)
        document.bullets(letter.log)
    if report.stages:
        document.heading(2, "Stages and their clocks")
        document.table(
            ("Stage", "Began", "Answer due by", "Answered", "Resolved"),
            [(each.stage, each.began, each.due, each.answered, each.resolved) for each in report.stages],
            (26, 20, 20, 20, 30),
        )
    return document
