"""What the report to a child in need review says, gathered for one reader."""

from dataclasses import replace

from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.words import long_date
from gcp2_app.reports.pdf.blocks.review import HEADING
from gcp2_app.services.documents.front import front, written_by
from gcp2_app.services.documents.parts import (
    analysis,
    asked,
    balance,
    capacity,
    family,
    grades,
    health,
    history,
    plan,
    review,
    seen,
    shared,
    voices,
)
from gcp2_app.services.documents.reading import Pages, Reading

TITLE = "Child in need review"
_REVIEWS = ("cin_planning", "cin_review")


def gather(reading: Reading) -> Pages:
    """Return what writes the report."""
    from gcp2_app.reports.pdf.cin_review import CinReviewReport, write_cin_review

    own = review.meetings_of(reading, HEADING, *_REVIEWS)
    to_come = next((each for each in own if each.is_to_come), None)
    day = long_date(to_come.day) if to_come is not None and to_come.day is not None else "No day recorded here"
    analysed, source = analysis.analysis(reading)
    report = CinReviewReport(
        front=front(reading, TITLE, facts=(("Review", day), written_by(reading))),
        cautions=grades.cautions(reading),
        family=family.family(reading),
        history=history.history(reading),
        seen=seen.seen(reading),
        health=health.health(reading),
        # What is high stands among the worries.
        grades=replace(grades.grades(reading, charts=(ChartKind.CUMULATIVE,)), high=()),
        capacity=capacity.capacity(reading),
        voices=voices.voices(reading),
        balance=balance.balance(reading),
        plan=plan.plan(reading),
        analysis=analysed,
        analysis_from=source,
        review=review.review(reading, *_REVIEWS),
        asked=asked.asked(reading),
        shared=shared.shared(reading),
    )
    return lambda redaction: write_cin_review(report, redaction)
