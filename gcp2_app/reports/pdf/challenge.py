"""The letter of a professional challenge as a tagged PDF: the decision, both positions, what is asked for, its stages.

Source: casework.md, LP10 ("letter").
"""

from dataclasses import dataclass

from gcp2_app.domain.challenging import LOG, Letter
from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.letter import Letterhead, begin_letter, sign, write_part
from gcp2_app.reports.pdf.redaction import Redaction

KIND = "Professional challenge"
_STAGES = "The stages and their clocks"
#: Room for the longest day without a break.
_WIDTHS = (87, 96, 96, 96, 118)


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
        recipient: who this copy is for, or empty.
        practice: prints PRACTICE over every page.
    """

    letter: Letter
    practice: bool
    stages: tuple[StageLine, ...] = ()
    moment: str = ""
    recipient: str = ""


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
    document = begin_letter(
        Letterhead(
            kind=KIND,
            title=letter.title,
            heading=letter.heading,
            moment=report.moment,
            recipient=report.recipient,
            practice=report.practice,
        ),
        redaction,
    )
    if letter.urgent:
        document.inset([letter.urgent], strong=True)
    for heading, text in letter.parts:
        write_part(document, heading, text)
    document.paragraph(letter.closing, style="strong")
    enclosed = [part for part, held in ((LOG, letter.log), (_STAGES, report.stages)) if held]
    said = "; ".join(f"{part[:1].lower()}{part[1:]}" for part in enclosed)
    sign(document, letter.sender, enclosed=f"With this letter: {said}." if said else "")
    if letter.log:
        document.heading(2, LOG)
        document.bullets(letter.log)
    if report.stages:
        document.heading(2, _STAGES)
        document.table(
            ("Stage", "Began", "Answer due by", "Answered", "Resolved"),
            [(each.stage, each.began, each.due, each.answered, each.resolved) for each in report.stages],
            _WIDTHS,
        )
    return document
