"""The report to a hospital stay review: how long, why, and what has to be in place before the child goes home.

Source: experience.md, Reports; casework.md, LP4 ("asking if parenting or placement is why").
"""

from dataclasses import dataclass

from gcp2_app.reports.pdf.blocks.capacity import CapacityPart, write_capacity
from gcp2_app.reports.pdf.blocks.cautions import write_cautions
from gcp2_app.reports.pdf.blocks.family import FamilyPart, write_family
from gcp2_app.reports.pdf.blocks.grades import GradesPart, write_grades
from gcp2_app.reports.pdf.blocks.happened import HappenedLine, write_happened
from gcp2_app.reports.pdf.blocks.health import HealthPart, write_health
from gcp2_app.reports.pdf.blocks.plan import PlanPart, write_plan
from gcp2_app.reports.pdf.blocks.review import ReviewPart, write_review
from gcp2_app.reports.pdf.blocks.shared import SharedPart, write_shared
from gcp2_app.reports.pdf.blocks.voices import VoicesPart, write_voices
from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.front import Front, begin, end
from gcp2_app.reports.pdf.redaction import Redaction

DURING = "During the stay"
#: What a review asks while the child is in hospital, and once the child has left.
_ASKED = (
    "Is parenting, or the home, a reason why the child is still in hospital? What would change that?",
    "Is finding a placement a reason? Who is looking, and by when?",
    "What has to be in place before the child leaves, who does it, and who checks it?",
)
_ASKED_AFTER = (
    "Was parenting, or the home, a reason why the child stayed in hospital? What has changed since?",
    "Was finding a placement a reason? Where does the child live now?",
    "What was to be in place when the child left, and who has checked that it is?",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StayPart:
    """The stay itself.

    Attributes:
        facts: terms and words: hospital, days, fit, planned and actual end.
        why_long: why it runs past the norm, each in words; none of a stay that does not or has ended.
        expected: day the child was expected to leave, and when that was said; in the order in which it was said.
        extra: reason for extra days, and how many.
        reviews: day by which it is reviewed, and when it was held.
        is_over: the child has left, or it is not known that the child is still there.
        others: stays before and after this one, the latest first, each in words.
    """

    facts: tuple[tuple[str, str], ...]
    why_long: tuple[str, ...] = ()
    expected: tuple[tuple[str, str], ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    reviews: tuple[tuple[str, str], ...] = ()
    is_over: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StayReport:
    """Everything the report says.

    Attributes:
        during: what happened from admission to discharge, or to the day the record is read.
    """

    front: Front
    cautions: tuple[str, ...]
    stay: StayPart
    during: tuple[HappenedLine, ...]
    family: FamilyPart
    health: HealthPart
    grades: GradesPart
    capacity: CapacityPart
    voices: VoicesPart
    plan: PlanPart
    review: ReviewPart
    shared: SharedPart


def write_stay_review(report: StayReport, redaction: Redaction | None = None) -> Document:
    """Write the report; see :func:`gcp2_app.reports.pdf.cumulative.write_cumulative`."""
    document = begin(report.front, redaction)
    write_cautions(document, report.cautions)
    _write_stay(document, report.stay)
    document.heading(2, DURING)
    write_happened(document, report.during, none="Nothing else is recorded here from these days.")
    write_family(document, report.family)
    write_health(document, report.health)
    write_capacity(document, report.capacity)
    write_grades(document, report.grades)
    write_voices(document, report.voices, name=report.front.subject)
    write_plan(document, report.plan)
    write_review(document, report.review)
    write_shared(document, report.shared)
    return end(document)


def _write_stay(document: Document, part: StayPart) -> None:
    document.heading(2, "The stay")
    document.facts(part.facts)
    document.inset(part.why_long, strong=True)
    if part.expected:
        document.heading(3, "When the child was expected to leave")
        document.table(["Expected", "Said on"], part.expected, [1, 1])
    document.heading(3, "Why the stay went on")
    if part.extra:
        document.table(["Reason", "Extra days"], part.extra, [1, 1])
    else:
        document.paragraph("No reason for extra days is recorded here. Ask before relying on this.")
    document.bullets(_ASKED_AFTER if part.is_over else _ASKED, lead="For the review to answer")
    if part.reviews:
        document.heading(3, "Reviews of this stay")
        document.table(["Due by", "Held"], part.reviews, [1, 1])
    document.bullets(part.others, lead="Other stays in hospital")
