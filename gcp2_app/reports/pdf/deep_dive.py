"""The worksheet of a deep dive as a tagged PDF.

Source: casework.md, row R2.
"""

from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.words import long_date
from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.running import Running

_NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityHistory:
    """What is known of a family's time under one authority; a day that is None is not known, or has not come."""

    authority: str
    from_: date | None = None
    to: date | None = None
    asked_on: date | None = None
    received_on: date | None = None
    merged_on: date | None = None
    history: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeepDiveReport:
    """Everything the document says.

    Attributes:
        child_label: who it is about.
        facts: when and by whom it was worked on; label and words.
        why: why it was looked at now, and who took part.
        authorities: in the order in which the family lived there.
        unknown_history: what is not known, and for which time.
        pattern: what the histories show when they are read as one.
        plan: what is done now, by whom and by when.
        practice: prints PRACTICE over every page.
    """

    child_label: str
    facts: tuple[tuple[str, str], ...]
    why: str
    authorities: tuple[AuthorityHistory, ...]
    unknown_history: str
    pattern: str
    plan: str
    made_on: date
    practice: bool
    classification: str = "OFFICIAL-SENSITIVE"


def deep_dive_report(report: DeepDiveReport) -> bytes:
    """Return the worksheet as PDF bytes; equal values give equal bytes."""
    title = f"Deep dive: {report.child_label}"
    document = Document(
        title=title,
        running=Running(
            head="Deep dive of a family that moved in",
            subject=report.child_label,
            caution="",
            classification=report.classification,
            practice=report.practice,
            recipient="",
            made_on=report.made_on,
        ),
    )
    document.heading(1, title)
    document.facts(report.facts)
    _part(document, "Why it was looked at now, and who took part", report.why)
    document.heading(2, "Authorities the family lived under")
    if not report.authorities:
        document.paragraph("No authority is recorded.")
    for each in report.authorities:
        document.heading(3, each.authority or "An authority that is not named")
        document.facts(_facts(each))
        document.paragraph(each.history or "What its records say is not known.")
    _part(document, "What is not known, and for which time", report.unknown_history)
    _part(document, "What the histories show when they are read as one", report.pattern)
    _part(document, "What is done now, by whom and by when", report.plan)
    return document.to_pdf()


def _part(document: Document, heading: str, text: str) -> None:
    document.heading(2, heading)
    document.paragraph(text or "Not written down.")


def _facts(each: AuthorityHistory) -> tuple[tuple[str, str], ...]:
    records = (
        _on("asked for", each.asked_on),
        _on("received", each.received_on),
        _on("merged into the chronology", each.merged_on),
    )
    return (
        ("There from", long_date(each.from_) if each.from_ is not None else _NOT_KNOWN),
        ("There until", long_date(each.to) if each.to is not None else _NOT_KNOWN),
        ("Records", "; ".join(records)),
    )


def _on(done: str, day: date | None) -> str:
    return f"{done} on {long_date(day)}" if day is not None else f"not {done}"
