"""Gathers what was shared with the family and others, and when."""

from datetime import date

from gcp2_app.domain.rules.record import day_of
from gcp2_app.domain.words import counted, listed, long_date
from gcp2_app.reports.pdf.blocks.shared import HEADING, SharedLine
from gcp2_app.services.documents.reading import Reading


def shared(reading: Reading) -> tuple[SharedLine, ...]:
    """Return each time something was shared, the latest first.

    Assessments shown on the screen or shared, and reports of meetings that were shared with the family.
    """
    found: list[tuple[date, SharedLine]] = []
    for assessment in reading.assessments:
        for sharing in assessment.sharings:
            day = sharing.at.date()
            who = [reading.people.get(id_) or "a person not named" for id_ in sharing.present]
            differs = len(sharing.disagreed)
            how = ["Shown on the screen", "they have seen the grades" if sharing.seen else ""]
            how.append(f"they see {counted(differs, 'unit')} differently" if differs else "")
            line = SharedLine(
                when=long_date(day),
                what="The family’s copy of the assessment",
                whom=listed([*who, *([sharing.others] if sharing.others else [])]),
                how="; ".join(filter(None, how)),
            )
            found.append((day, line))
        if assessment.shared_on is not None and not assessment.sharings:
            line = SharedLine(when=long_date(assessment.shared_on), what="The assessment", whom="The family")
            found.append((assessment.shared_on, line))
    for entry in reading.entries(HEADING, "meeting"):
        on = day_of(entry.data.get("report_shared_on"))
        if on is not None:
            found.append((on, SharedLine(when=long_date(on), what="A report for a meeting", whom="The family")))
    near = [(day, line) for day, line in found if day <= reading.day]
    return tuple(line for _, line in sorted(near, key=lambda pair: pair[0], reverse=True))
