"""The social worker's report to a child protection conference, initial or review.

Source: experience.md, Reports (what CP and CiN reports hold); casework.md, Meetings.
"""

from dataclasses import dataclass

from gcp2_app.reports.pdf.blocks.analysis import write_analysis
from gcp2_app.reports.pdf.blocks.asked import AskedLine, write_asked
from gcp2_app.reports.pdf.blocks.balance import BalancePart, write_balance
from gcp2_app.reports.pdf.blocks.capacity import CapacityPart, write_capacity
from gcp2_app.reports.pdf.blocks.cautions import write_cautions
from gcp2_app.reports.pdf.blocks.family import FamilyPart, write_family
from gcp2_app.reports.pdf.blocks.grades import GradesPart, write_grades
from gcp2_app.reports.pdf.blocks.harm import write_harm
from gcp2_app.reports.pdf.blocks.health import HealthPart, write_health
from gcp2_app.reports.pdf.blocks.history import HistoryPart, write_history
from gcp2_app.reports.pdf.blocks.plan import PlanPart, write_plan
from gcp2_app.reports.pdf.blocks.review import ReviewPart, write_review
from gcp2_app.reports.pdf.blocks.seen import SeenPart, write_seen
from gcp2_app.reports.pdf.blocks.shared import SharedPart, write_shared
from gcp2_app.reports.pdf.blocks.voices import VoicesPart, write_voices
from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.front import Front, begin, end
from gcp2_app.reports.pdf.redaction import Redaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceReport:
    """Everything the report says.

    Attributes:
        analysis: heading and text of each part; empty for a reader who is given none, as ``harm`` is not written then.
        harm: the author's view on significant harm, or empty.
    """

    front: Front
    cautions: tuple[str, ...]
    family: FamilyPart
    history: HistoryPart
    seen: SeenPart
    health: HealthPart
    grades: GradesPart
    capacity: CapacityPart
    voices: VoicesPart
    balance: BalancePart
    plan: PlanPart
    analysis: tuple[tuple[str, str], ...]
    analysis_from: str
    harm: str
    review: ReviewPart
    asked: tuple[AskedLine, ...]
    shared: SharedPart


def write_conference(report: ConferenceReport, redaction: Redaction | None = None) -> Document:
    """Write the report; see :func:`gcp2_app.reports.pdf.cumulative.write_cumulative`."""
    document = begin(report.front, redaction)
    write_cautions(document, report.cautions)
    write_family(document, report.family)
    write_history(document, report.history)
    write_seen(document, report.seen)
    write_health(document, report.health)
    write_grades(document, report.grades)
    write_capacity(document, report.capacity)
    write_voices(document, report.voices, name=report.front.subject)
    write_balance(document, report.balance)
    write_plan(document, report.plan)
    if report.analysis:
        write_analysis(document, report.analysis, source=report.analysis_from)
        write_harm(document, report.harm)
    write_review(document, report.review)
    write_asked(document, report.asked)
    write_shared(document, report.shared)
    return end(document)
