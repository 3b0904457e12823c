"""What the report to a child in need review says, gathered for one reader."""

from gcp2_app.domain.charting import ChartKind
from gcp2_app.services.documents.front import front
from gcp2_app.services.documents.parts import (
    analysis,
    asked,
    family,
    grades,
    history,
    plan,
    review,
    seen,
    shared,
    voices,
)
from gcp2_app.services.documents.reading import Pages, Reading

TITLE = "Child in need review"


def gather(reading: Reading) -> Pages:
    """Return what writes the report."""
    from gcp2_app.reports.pdf.cin_review import CinReviewReport, write_cin_review

    analysed, source = analysis.analysis(reading)
    report = CinReviewReport(
        front=front(reading, TITLE),
        cautions=grades.cautions(reading),
        family=family.family(reading),
        history=history.history(reading),
        seen=seen.seen(reading),
        voices=voices.voices(reading),
        grades=grades.grades(reading, charts=(ChartKind.CUMULATIVE,)),
        plan=plan.plan(reading),
        analysis=analysed,
        analysis_from=source,
        review=review.review(reading, "cin_planning", "cin_review"),
        asked=asked.asked(reading),
        shared=shared.shared(reading),
    )
    return lambda redaction: write_cin_review(report, redaction)
