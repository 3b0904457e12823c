"""What one agency's report to a child protection conference says: only what that agency recorded, for one reader."""

from dataclasses import replace

from gcp2_app.domain.entries import Entry
from gcp2_app.domain.healthcare.panel import services
from gcp2_app.domain.words import AGENCIES, capital, counted, long_date
from gcp2_app.reports.pdf.agency_conference import DATES, EFFECT, KEPT
from gcp2_app.reports.pdf.blocks.harm import HEADING as HARM
from gcp2_app.services.documents.conference import CONFERENCES
from gcp2_app.services.documents.front import front, written_by
from gcp2_app.services.documents.parts import analysis, balance, grades, health, review, seen
from gcp2_app.services.documents.parts.grades import latest_assessment
from gcp2_app.services.documents.parts.happened import happened, is_since, when
from gcp2_app.services.documents.parts.history import TURNS
from gcp2_app.services.documents.reading import Pages, Reading

TITLE = "Our agency’s report to conference"
_KINDS = (*(kind for kind in TURNS if kind != "meeting"), "note", "statement", "support", "worker_contact")
_MOST = 40


def gather(reading: Reading) -> Pages:
    """Return what writes the report; the agency is that of the person who makes it."""
    from gcp2_app.reports.pdf.agency_conference import AgencyReport, write_agency_conference

    author = reading.session.professional
    by_us = _assessed_by_us(reading)
    own = review.meetings_of(reading, HARM, *CONFERENCES)
    day = next((each.day for each in own if each.is_to_come), None)
    found = [entry for entry in reading.entries(DATES, *_KINDS) if _ours(reading, entry)]
    near = [entry for entry in found if is_since(reading, entry)][-_MOST:]
    earlier = len(found) - len(near)
    analysed, source = analysis.analysis(reading) if by_us else ((), "")
    report = AgencyReport(
        front=front(
            reading,
            TITLE,
            facts=(
                ("Agency", capital(AGENCIES[author.agency]) if author.agency is not None else "Not recorded"),
                written_by(reading),
                ("Conference", long_date(day) if day is not None else "No day recorded here"),
            ),
        ),
        cautions=grades.cautions(reading) if by_us else (),
        seen=seen.seen(reading, ours=lambda entry: _ours(reading, entry)),
        services=tuple(
            health.service_line(reading, each)
            for each in services(reading.view(KEPT, ours=lambda entry: _ours(reading, entry)))
        ),
        # What it meant for the child stands apart, as opinion.
        dates=happened(reading, [replace(entry, impact="") for entry in near]),
        not_printed=f"{capital(counted(earlier, 'earlier entry', 'earlier entries'))} of ours not printed here."
        if earlier
        else "",
        balance=balance.balance(reading, ours=lambda entry: _ours(reading, entry), assessed_by_us=by_us),
        effect=_effect(reading),
        analysis=analysed,
        analysis_from=source,
        harm=review.said_for(reading, own, "significant_harm") if reading.reader.reads_analysis else None,
        recommendation=review.said_for(reading, own, "recommendation"),
    )
    return lambda redaction: write_agency_conference(report, redaction)


def _ours(reading: Reading, entry: Entry) -> bool:
    """Whether an entry comes from the author's agency; without one, from the author."""
    author, source = reading.session.professional, entry.source
    # What keeps workers safe is no part of what a conference is told of a child.
    if source is None or entry.data.get("worker_safety") is True:
        return False
    return source.agency is author.agency if author.agency is not None else source.name == author.name


def _assessed_by_us(reading: Reading) -> bool:
    """Whether somebody of the author's agency made the latest assessment."""
    latest, author = latest_assessment(reading), reading.session.professional
    if latest is None:
        return False
    assessors = reading.tx.professionals.get_many(latest.assessors)
    return any(
        each.id == author.id or (each.agency is author.agency and author.agency is not None)
        for each in assessors.values()
    )


def _effect(reading: Reading) -> tuple[str, ...]:
    found = [
        entry
        for entry in reading.entries(EFFECT)
        if entry.impact.strip() and _ours(reading, entry) and is_since(reading, entry)
    ]
    return tuple(f"{when(entry)}: {entry.impact}" for entry in found[-_MOST:])
