"""The worksheet of a deep dive as a tagged PDF.

Source: casework.md, row R2.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gcp2_app.domain.words import capital, long_date
from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.front import Front, begin, end
from gcp2_app.reports.pdf.redaction import Redaction

WHY = "Why it was looked at now, and who took part"
AUTHORITIES = "Authorities the family lived under"
_NOT_KNOWN = "Not known"
_NOT_WRITTEN = "Not written down."


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
        why: why it was looked at now, and who took part.
        rules: what the record counts that asks for a deep dive, or for records that have not come, a sentence each.
        authorities: in the order in which the family lived there.
        others: authorities the record names and the worksheet does not, each in words.
        unknown_history: what is not known, and for which time.
        pattern: what the histories show when they are read as one.
        plan: what is done now, by whom and by when.
        meetings: deep dives held or planned, each in words.
    """

    front: Front
    why: str
    rules: tuple[str, ...] = ()
    authorities: tuple[AuthorityHistory, ...] = ()
    others: tuple[str, ...] = ()
    unknown_history: str = ""
    pattern: str = ""
    plan: str = ""
    meetings: tuple[str, ...] = ()


def write_deep_dive(report: DeepDiveReport, redaction: Redaction | None = None) -> Document:
    """Write the worksheet; see :func:`gcp2_app.reports.pdf.cumulative.write_cumulative`."""
    document = begin(report.front, redaction)
    _part(document, WHY, report.why)
    document.bullets(report.rules, lead="What the record counts")
    document.heading(2, AUTHORITIES)
    if not report.authorities:
        document.paragraph("No authority is recorded.")
    for each in report.authorities:
        document.heading(3, each.authority or "An authority that is not named")
        document.facts(_facts(each))
        document.paragraph(each.history or "What its records say is not known.")
    document.bullets(report.others, lead="Also named in the record, and not yet looked at here")
    _part(document, "What is not known, and for which time", report.unknown_history)
    document.heading(2, "What the histories show when they are read as one")
    document.paragraph("Professional judgement, kept apart from the facts.", style="quiet")
    document.paragraph(report.pattern or _NOT_WRITTEN)
    _part(document, "What is done now, by whom and by when", report.plan)
    if report.meetings:
        document.heading(2, "Deep dive meetings")
        document.bullets(report.meetings)
    return end(document, holds_grades=False)


def _part(document: Document, heading: str, text: str) -> None:
    document.heading(2, heading)
    document.paragraph(text or _NOT_WRITTEN)


def _facts(each: AuthorityHistory) -> tuple[tuple[str, str], ...]:
    return (
        ("There from", long_date(each.from_) if each.from_ is not None else _NOT_KNOWN),
        ("There until", long_date(each.to) if each.to is not None else _NOT_KNOWN),
        ("Records", capital("; ".join(_records(each)))),
    )


def _records(each: AuthorityHistory) -> Iterator[str]:
    """Return what became of its records, step by step, down to the first that was not done."""
    steps = (
        ("asked for", each.asked_on),
        ("received", each.received_on),
        ("merged into the chronology", each.merged_on),
    )
    missing = False
    for done, day in steps:
        if day is not None:
            yield f"{done} on {long_date(day)}"
        elif not missing:
            missing = True
            yield f"not {done}"
