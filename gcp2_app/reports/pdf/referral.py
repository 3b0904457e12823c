"""A request for help as it was sent, with what was tried before it and what came of it, as a tagged PDF.

What was sent is printed word by word from what is kept; what followed stands apart from it, so that nobody takes a
later correction for what was decided on.

Source: casework.md, LP8 and Referral ("What was sent is kept as sent").
"""

from dataclasses import dataclass

from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.front import Front, begin, end
from gcp2_app.reports.pdf.redaction import Redaction

DANGER = "Danger"
TRIES = "The allocated worker"
LEVEL = "Level of need"
TOLD = "Told and agreed"
SENT = "What was sent"
LEAD = "Safeguarding lead"
AFTER = "After it was sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class TryLine:
    """A try to speak with the worker, the manager or duty: day, whom, how, and what came of it."""

    when: str
    whom: str
    how: str
    became: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralReport:
    """Everything the document says.

    Attributes:
        danger: whether it was an emergency, and made by phone, in sentences.
        tries: before it was sent, the earliest first.
        is_allocated: somebody may have been allocated, who had to be rung first.
        worker: terms and words on an allocated worker: who was allocated, why it was sent all the same.
        level: terms and words on the level of need.
        told: terms and words on what the family was told, agreed to, and the lawful basis.
        is_whole: what was sent says itself which level, what the family was told, and what the safeguarding lead said.
        kept: whether it is kept as sent, in a sentence.
        content: part, question and answer, in the order in which they were sent; of one that was not sent from here,
            what is recorded of it.
        lead: terms and words on the safeguarding lead.
        after: terms and words on what came of it.
        follow_ups: said after it was sent, the earliest first: day and by whom, what.
        digest: of what was sent, or empty.
    """

    front: Front
    danger: tuple[str, ...]
    tries: tuple[TryLine, ...]
    is_allocated: bool
    worker: tuple[tuple[str, str], ...]
    level: tuple[tuple[str, str], ...]
    told: tuple[tuple[str, str], ...]
    is_whole: bool
    kept: str
    content: tuple[tuple[str, str, str], ...]
    lead: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]
    follow_ups: tuple[tuple[str, str], ...]
    digest: str = ""


def write_referral(report: ReferralReport, redaction: Redaction | None = None) -> Document:
    """Write the request; see :func:`gcp2_app.reports.pdf.cumulative.write_cumulative`."""
    document = begin(report.front, redaction)
    document.heading(2, DANGER)
    document.inset(report.danger)
    document.heading(2, TRIES)
    document.facts(report.worker)
    if report.tries:
        document.table(
            ("When", "Who was tried", "How", "What came of it"),
            [(each.when, each.whom, each.how, each.became) for each in report.tries],
            (22, 26, 22, 40),
        )
    elif report.is_allocated:
        document.paragraph("No try to speak with the allocated worker is recorded here. Ask before relying on this.")
    if not report.is_whole:
        _facts(document, LEVEL, report.level)
        _facts(document, TOLD, report.told)
    _write_content(document, report)
    if not report.is_whole:
        _facts(document, LEAD, report.lead)
    _facts(document, AFTER, report.after)
    document.bullets((f"{when}: {said}" for when, said in report.follow_ups), lead="Added or corrected later")
    return end(document)


def _facts(document: Document, heading: str, facts: tuple[tuple[str, str], ...]) -> None:
    document.heading(2, heading)
    if any(text.strip() for _, text in facts):
        document.facts(facts)
    else:
        document.paragraph("Nothing is recorded here. Ask before relying on this.")


def _write_content(document: Document, report: ReferralReport) -> None:
    document.heading(2, SENT)
    document.paragraph(report.kept, style="quiet")
    part = ""
    for block, label, text in report.content:
        if block != part:
            part = block
            document.heading(3, block)
        if label != block:
            document.lead(label)
        document.paragraph(text)
    if report.digest:
        document.facts((("Digest of what was sent", report.digest),))
