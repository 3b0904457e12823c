"""A copy of a record for the person it is about, or the whole of it for the agency that answers the request.

Begins with a page that says what the copy is and how to question it; ends with what was left out and on which ground.

Source: safekeeping.md, Audit ("Subject-access export with third-party marks, preview and loss list"); Data Protection
Act 2018, Schedules 2 and 3.
"""

from dataclasses import dataclass

from gcp2_app.reports.loss_words import exemption_words, reason_words, thing_words
from gcp2_app.reports.pdf.blocks.family import FamilyPart, write_family
from gcp2_app.reports.pdf.blocks.happened import HappenedLine, write_happened
from gcp2_app.reports.pdf.document import Cell, Document
from gcp2_app.reports.pdf.front import Front, begin, end
from gcp2_app.reports.pdf.redaction import Redaction

REGISTER = "Who the record is about"
ASSESSMENTS = "Assessments"
ENTRIES = "Everything that was written down, in order of time"
LEFT_OUT = "What was left out of this copy, and why"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedUnit:
    """One unit of an assessment: what it is, its grade in words, and everything written about it."""

    unit: str
    grade: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedAssessment:
    """One assessment.

    Attributes:
        heading: which days it looked at.
        facts: terms and words: by whom, of whose care, how far it is.
        words: terms and words: the child's voice, the analysis, what was agreed.
        units: those about which something is written.
    """

    heading: str
    facts: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...]
    units: tuple[CopiedUnit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectAccessReport:
    """Everything the copy says.

    Attributes:
        about: what the first page says, a paragraph each.
        keep: what the agency has to know before anything is handed over; empty in a copy that is.
        register: terms and words of the person the record is about.
        known: terms and words: carers, who lived in the same home, workers.
        family: everybody around the child, in the whole copy alone; else None.
        statuses: plans and statuses, the earliest first.
        assessments: the latest first.
        entries: the earliest first.
        notes: heading and lines of what stands in the whole copy alone: supervision, alerts set aside.
    """

    front: Front
    about: tuple[str, ...]
    keep: tuple[str, ...]
    register: tuple[tuple[str, str], ...]
    known: tuple[tuple[str, str], ...]
    family: FamilyPart | None
    statuses: tuple[str, ...]
    assessments: tuple[CopiedAssessment, ...]
    entries: tuple[HappenedLine, ...]
    notes: tuple[tuple[str, tuple[str, ...]], ...] = ()


def write_subject_access(report: SubjectAccessReport, redaction: Redaction | None = None) -> Document:
    """Write the copy; see :func:`gcp2_app.reports.pdf.cumulative.write_cumulative`."""
    document = begin(report.front, redaction)
    document.heading(2, "About this copy")
    document.inset(report.keep, strong=True)
    for words in report.about:
        document.paragraph(words)
    document.new_page()
    document.heading(2, REGISTER)
    document.facts((*report.register, *report.known))
    document.bullets(report.statuses, lead="Plans and status, the earliest first")
    if report.family is not None:
        write_family(document, report.family)
    document.heading(2, ASSESSMENTS)
    if not report.assessments:
        document.paragraph("No assessment is recorded here.")
    for each in report.assessments:
        _write_assessment(document, each)
    document.heading(2, ENTRIES)
    write_happened(document, report.entries, none="Nothing is written down here that can be given in this copy.")
    for heading, lines in report.notes:
        document.heading(2, heading)
        document.bullets(lines)
    _write_losses(document, redaction)
    return end(document)


def _write_assessment(document: Document, each: CopiedAssessment) -> None:
    document.heading(3, each.heading)
    document.facts(each.facts)
    for term, text in each.words:
        document.paragraph(text, lead=f"{term}:")
    if each.units:
        document.table(
            ("Part of care", "Grade", "What was written"),
            [(one.unit, one.grade, Cell(text=one.words)) for one in each.units],
            (30, 24, 60),
        )


def _write_losses(document: Document, redaction: Redaction | None) -> None:
    # Everything before this has been through the redaction: the list is whole.
    losses = redaction.losses if redaction is not None else ()
    document.heading(2, LEFT_OUT)
    if not losses:
        document.paragraph("Nothing was left out.")
        return
    document.table(
        ("Part of this copy", "What", "Why"),
        [
            (loss.where, thing_words(loss), Cell(text=reason_words(loss), under=exemption_words(loss)))
            for loss in losses
        ],
        (34, 24, 52),
    )
