"""The update for a core group: what has happened and what was seen to change since the last one.

Source: experience.md, Reports; casework.md, Meetings and LP11.
"""

from dataclasses import dataclass

from gcp2_app.reports.pdf.blocks.asked import AskedLine, write_asked
from gcp2_app.reports.pdf.blocks.balance import BalancePart, write_balance
from gcp2_app.reports.pdf.blocks.capacity import CapacityPart, write_capacity
from gcp2_app.reports.pdf.blocks.cautions import write_cautions
from gcp2_app.reports.pdf.blocks.family import FamilyPart, write_family
from gcp2_app.reports.pdf.blocks.grades import GradesPart, write_grades
from gcp2_app.reports.pdf.blocks.happened import HappenedLine, write_happened
from gcp2_app.reports.pdf.blocks.health import HealthPart, write_health
from gcp2_app.reports.pdf.blocks.plan import PlanPart, write_plan
from gcp2_app.reports.pdf.blocks.review import ReviewPart, write_review
from gcp2_app.reports.pdf.blocks.seen import SeenPart, write_seen
from gcp2_app.reports.pdf.blocks.shared import SharedPart, write_shared
from gcp2_app.reports.pdf.blocks.voices import VoicesPart, write_voices
from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.front import Front, begin, end
from gcp2_app.reports.pdf.redaction import Redaction

HEADING = "What has happened since"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreGroupReport:
    """Everything the update says.

    Attributes:
        happened: since the last core group, the earliest first.
        earlier: how much more is in the record, or empty.
    """

    front: Front
    cautions: tuple[str, ...]
    plan: PlanPart
    happened: tuple[HappenedLine, ...]
    earlier: str
    seen: SeenPart
    voices: VoicesPart
    health: HealthPart
    grades: GradesPart
    capacity: CapacityPart
    balance: BalancePart
    review: ReviewPart
    family: FamilyPart
    asked: tuple[AskedLine, ...]
    shared: SharedPart


def write_core_group(report: CoreGroupReport, redaction: Redaction | None = None) -> Document:
    """Write the update; see :func:`gcp2_app.reports.pdf.cumulative.write_cumulative`."""
    document = begin(report.front, redaction)
    write_cautions(document, report.cautions)
    document.heading(2, HEADING)
    write_happened(
        document, report.happened, none="No events are recorded here since then. Ask before relying on this."
    )
    document.paragraph(report.earlier, style="quiet")
    write_plan(document, report.plan)
    write_seen(document, report.seen)
    write_voices(document, report.voices, name=report.front.subject)
    write_health(document, report.health)
    write_grades(document, report.grades)
    write_capacity(document, report.capacity)
    write_balance(document, report.balance)
    write_review(document, report.review)
    write_family(document, report.family)
    write_asked(document, report.asked)
    write_shared(document, report.shared)
    return end(document)
