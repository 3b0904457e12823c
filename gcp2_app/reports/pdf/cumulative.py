"""The cumulative neglect summary: the history first, then grades over time, what has been tried, and what it means.

Written for professionals; a parent's or child's copy is titled "Your child's care over time".

Source: experience.md, Charts (Cumulative neglect) and Reports; casework.md, LP1 and LP2.
"""

from dataclasses import dataclass

from gcp2_app.reports.pdf.blocks.analysis import write_analysis
from gcp2_app.reports.pdf.blocks.asked import AskedLine, write_asked
from gcp2_app.reports.pdf.blocks.cautions import write_cautions
from gcp2_app.reports.pdf.blocks.family import FamilyPart, write_family
from gcp2_app.reports.pdf.blocks.grades import GradesPart, write_grades
from gcp2_app.reports.pdf.blocks.history import HistoryPart, write_history
from gcp2_app.reports.pdf.blocks.shared import SharedPart, write_shared
from gcp2_app.reports.pdf.blocks.voices import VoicesPart, write_voices
from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.front import Front, begin, end
from gcp2_app.reports.pdf.redaction import Redaction


@dataclass(frozen=True, slots=True, kw_only=True)
class CumulativeReport:
    """Everything the summary says.

    Attributes:
        analysis: heading and text of each part; empty for a reader who is given none.
    """

    front: Front
    cautions: tuple[str, ...]
    family: FamilyPart
    history: HistoryPart
    grades: GradesPart
    voices: VoicesPart
    analysis: tuple[tuple[str, str], ...]
    analysis_from: str
    asked: tuple[AskedLine, ...]
    shared: SharedPart


def write_cumulative(report: CumulativeReport, redaction: Redaction | None = None) -> Document:
    """Write the summary.

    Args:
        report: what it says; equal values give equal bytes.
        redaction: takes out what its reader may not see, and lists it; None where nothing is withheld.
    """
    document = begin(report.front, redaction)
    write_cautions(document, report.cautions)
    write_family(document, report.family)
    write_history(document, report.history)
    write_grades(document, report.grades)
    write_voices(document, report.voices, name=report.front.subject)
    if report.analysis:
        write_analysis(document, report.analysis, source=report.analysis_from)
    write_asked(document, report.asked)
    write_shared(document, report.shared)
    return end(document)
