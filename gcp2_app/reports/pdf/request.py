"""A request for help as a tagged PDF: what was sent, part by part, as it is kept with its entry.

Source: casework.md, Referral ("What was sent is kept as sent (immutable PDF and data)").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.running import Running


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestReport:
    """Everything the document says.

    Attributes:
        title: what the form is called.
        child_label: who it is about.
        facts: how, when and by whom it was sent; label and words.
        content: part, question and answer, in their order; the keys are ``block``, ``label`` and ``text``.
        digest: of what was sent.
        practice: prints PRACTICE over every page.
    """

    title: str
    child_label: str
    facts: tuple[tuple[str, str], ...]
    content: Sequence[Mapping[str, Any]]
    digest: str
    made_on: date
    practice: bool
    classification: str = "OFFICIAL-SENSITIVE"


def request_report(report: RequestReport) -> bytes:
    """Return a request for help as PDF bytes; equal values give equal bytes."""
    document = Document(
        title=f"{report.title}: {report.child_label}",
        running=Running(
            head=report.title,
            subject=report.child_label,
            caution="",
            classification=report.classification,
            practice=report.practice,
            recipient="",
            made_on=report.made_on,
        ),
    )
    document.heading(1, f"{report.title}: {report.child_label}")
    document.facts(report.facts)
    block = ""
    for line in report.content:
        if line.get("block") != block:
            block = str(line.get("block") or "")
            document.heading(2, block, style="h3")
        if line.get("label") != block:
            document.lead(str(line.get("label") or ""))
        document.paragraph(str(line.get("text") or ""))
    document.paragraph(f"Digest of what was sent: {report.digest}", style="quiet")
    return document.to_pdf()
