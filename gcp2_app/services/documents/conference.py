"""What the social worker's report to a child protection conference says, gathered for one reader."""

from dataclasses import replace

from gcp2_app.domain.charting import ChartKind
from gcp2_app.domain.register import StatusKind
from gcp2_app.domain.words import long_date
from gcp2_app.reports.pdf.blocks.harm import HEADING as HARM
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

TITLE = "Report to child protection conference"
#: Types of meeting it is for.
CONFERENCES = ("icpc", "rcpc")
_TITLES = {
    "icpc": "Report to initial child protection conference",
    "rcpc": "Report to review child protection conference",
}
_CHARTS = (ChartKind.CUMULATIVE, ChartKind.TYPES)


def gather(reading: Reading) -> Pages:
    """Return what writes the report."""
    from gcp2_app.reports.pdf.conference import ConferenceReport, write_conference

    own = review.meetings_of(reading, HARM, *CONFERENCES)
    to_come = next((each for each in own if each.is_to_come), None)
    day = long_date(to_come.day) if to_come is not None and to_come.day is not None else "No day recorded here"
    analysed, source = analysis.analysis(reading)
    # What is high stands among the worries.
    graded = replace(grades.grades(reading, charts=_CHARTS), high=())
    report = ConferenceReport(
        front=front(reading, _TITLES[conference_type(reading)], facts=(("Conference", day), written_by(reading))),
        cautions=grades.cautions(reading),
        family=family.family(reading),
        history=history.history(reading),
        seen=seen.seen(reading),
        health=health.health(reading),
        grades=graded,
        capacity=capacity.capacity(reading),
        voices=voices.voices(reading),
        balance=balance.balance(reading),
        plan=plan.plan(reading),
        analysis=analysed,
        analysis_from=source,
        harm=review.said_for(reading, own, "significant_harm"),
        review=review.review(reading, *CONFERENCES),
        asked=asked.asked(reading),
        shared=shared.shared(reading),
    )
    return lambda redaction: write_conference(report, redaction)


def conference_type(reading: Reading) -> str:
    """Return which conference it is for: the one to come, else what a child with or without a plan would have."""
    own = review.meetings_of(reading, HARM, *CONFERENCES)
    to_come = next((each for each in own if each.is_to_come), None)
    if to_come is not None:
        return str(to_come.fact.entry.data["type"])
    planned = any(
        status.status is StatusKind.CHILD_PROTECTION and status.open_on(reading.day)
        for status in reading.child.statuses
    )
    return "rcpc" if planned else "icpc"
