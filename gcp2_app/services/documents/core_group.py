"""What the update for a core group says, gathered for one reader: what is new since the last one that was held."""

from dataclasses import replace
from datetime import date

from gcp2_app.domain.words import capital, counted, long_date
from gcp2_app.reports.pdf.core_group import HEADING
from gcp2_app.services.documents.front import front, written_by
from gcp2_app.services.documents.parts import (
    asked,
    balance,
    capacity,
    family,
    grades,
    health,
    plan,
    review,
    seen,
    shared,
    voices,
)
from gcp2_app.services.documents.parts.happened import happened, is_since
from gcp2_app.services.documents.parts.history import TURNS
from gcp2_app.services.documents.reading import Pages, Reading

TITLE = "Core group update"
#: The plan begins with a conference, whose decisions a first core group works from.
_BEFORE = ("core_group", "icpc", "rcpc")
_KINDS = (*TURNS, "note", "appointment", "support")


def gather(reading: Reading) -> Pages:
    """Return what writes the update; it begins with the day that was chosen, else with the last such meeting."""
    from gcp2_app.reports.pdf.core_group import CoreGroupReport, write_core_group

    if reading.since is None:
        reading = replace(reading, since=_last_held(reading))
    found = reading.entries(HEADING, *_KINDS)
    near = [entry for entry in found if is_since(reading, entry)]
    earlier = len(found) - len(near)
    since = long_date(reading.since) if reading.since is not None else "The beginning: no earlier one is recorded here"
    report = CoreGroupReport(
        front=front(reading, TITLE, facts=(("What is new since", since), written_by(reading))),
        cautions=grades.cautions(reading),
        plan=plan.plan(reading),
        happened=happened(reading, near),
        earlier=f"{capital(counted(earlier, 'earlier entry', 'earlier entries'))} in the record, not printed here."
        if earlier
        else "",
        seen=seen.seen(reading),
        voices=voices.voices(reading),
        health=health.health(reading),
        # What is high stands among the worries.
        grades=replace(grades.grades(reading), high=()),
        capacity=capacity.capacity(reading),
        balance=balance.balance(reading),
        review=review.review(reading, "core_group"),
        family=family.family(reading),
        asked=asked.asked(reading),
        shared=shared.shared(reading),
    )
    return lambda redaction: write_core_group(report, redaction)


def _last_held(reading: Reading) -> date | None:
    held = (each.day for each in review.meetings_of(reading, HEADING, *_BEFORE) if not each.is_to_come)
    return max((day for day in held if day is not None), default=None)
