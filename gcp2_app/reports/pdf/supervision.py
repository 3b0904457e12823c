"""The supervision pack: one child on a few pages, with room for the question and for what is decided.

Source: experience.md, screen 9 (twenty-minute page, supervision pack in one action) and Reports.
"""

from dataclasses import dataclass

from gcp2_app.reports.pdf.blocks.cautions import write_cautions
from gcp2_app.reports.pdf.blocks.family import FamilyPart, write_family
from gcp2_app.reports.pdf.blocks.grades import GradesPart, write_grades
from gcp2_app.reports.pdf.document import Cell, Document
from gcp2_app.reports.pdf.front import Front, begin, end
from gcp2_app.reports.pdf.redaction import Redaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """One decision of the last supervision: what, why, who and by when, and what became of it, all in words."""

    what: str
    why: str
    who: str
    became: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionPack:
    """Everything the pack says.

    Attributes:
        since: the day after which, or from which, things count as new, in words.
        changed, unchecked, voices, at_odds: sentences.
        last: the last supervision in a sentence; empty where none is recorded.
        question: the question that was asked then, or empty.
        discussed: what was talked about then, or empty.
        decisions: of the last supervision.
        aside: alerts laid aside: which, why, by whom and until when, a sentence each.
        alerts: those that stand, a sentence each.
    """

    front: Front
    cautions: tuple[str, ...]
    since: str
    changed: tuple[str, ...]
    unchecked: tuple[str, ...]
    voices: tuple[str, ...]
    last: str
    question: str
    discussed: str
    decisions: tuple[DecisionLine, ...]
    aside: tuple[str, ...]
    alerts: tuple[str, ...]
    at_odds: tuple[str, ...]
    family: FamilyPart
    grades: GradesPart


def write_supervision(pack: SupervisionPack, redaction: Redaction | None = None) -> Document:
    """Write the pack; see :func:`gcp2_app.reports.pdf.cumulative.write_cumulative`."""
    document = begin(pack.front, redaction)
    write_cautions(document, pack.cautions)
    document.heading(2, "The question I will ask")
    document.room_to_write("Write it here:", lines=1)
    _write_list(document, f"What changed since {pack.since}", pack.changed, "Nothing new is recorded.")
    if any(line.endswith("…") for line in pack.changed):
        document.paragraph("Longer entries are cut short here; the timeline has them whole.", style="quiet")
    _write_list(document, "What nobody has checked", pack.unchecked, "Nothing stands unchecked in the record.")
    _write_list(document, "Whose voice is missing", pack.voices, "No voice is missing that the record can tell of.")
    document.heading(2, "The last supervision")
    document.paragraph(pack.last or "No supervision about this child is recorded.")
    document.facts([("The question then", pack.question), ("What was talked about", pack.discussed)])
    if pack.decisions:
        document.table(
            ["Decision", "Why", "Who, by when", "What became of it"],
            [[Cell(text=one.what), Cell(text=one.why), one.who, Cell(text=one.became)] for one in pack.decisions],
            [36, 32, 26, 34],
        )
    _write_list(document, "Alerts set aside", pack.aside, "None is set aside.")
    _write_list(document, "Alerts that stand", pack.alerts, "None stands.")
    _write_list(document, "Where grades and events disagree", pack.at_odds, "The rules find no disagreement.")
    write_family(document, pack.family)
    write_grades(document, pack.grades)
    document.heading(2, "What we decide, and why")
    document.room_to_write("Each decision, why, who does it and by when:", lines=5)
    document.room_to_write("Supervisor, worker and the day:", lines=1)
    return end(document)


def _write_list(document: Document, title: str, lines: tuple[str, ...], nothing: str) -> None:
    document.heading(2, title)
    if lines:
        document.bullets(lines)
    else:
        document.paragraph(nothing)
