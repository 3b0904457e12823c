"""What the request for a check by GP, school and school nurse says, gathered for one reader."""

from gcp2_app.domain.healthcare.request_letter import HOLDS
from gcp2_app.domain.letters import heading_of, signature
from gcp2_app.domain.register import Child
from gcp2_app.domain.words import long_date
from gcp2_app.services.documents.parts import health
from gcp2_app.services.documents.reading import Pages, Reading

TITLE = "Request for a three-way health check"


def gather(reading: Reading) -> Pages:
    """Return what writes the request; it goes to three services at once, so it holds counts and measures alone."""
    from gcp2_app.reports.pdf.letter import Letterhead
    from gcp2_app.reports.pdf.three_way import ThreeWayReport, write_three_way

    found = reading.view(HOLDS).also("LP12.three_way")
    report = ThreeWayReport(
        head=Letterhead(
            kind=TITLE,
            title=TITLE,
            heading=heading_of(reading.child, name=reading.label, to=_to(reading.child), on=reading.made_on),
            moment=reading.moment.words or f"Our record is read as it stood on {long_date(reading.day)}.",
            recipient=reading.recipient,
            practice=reading.practice,
        ),
        why=f"Why now: {found.text}" if found is not None else "",
        health=health.health(reading),
        sender=signature(reading.session.professional),
    )
    return lambda redaction: write_three_way(report, redaction)


def _to(child: Child) -> str:
    """Return the three services it goes to, by name where they are recorded."""
    services = (
        ("The GP practice", child.gp),
        ("The school or nursery", child.school),
        ("The school nurse or health visitor", child.health_worker),
    )
    return "\n".join(": ".join(filter(None, service)) for service in services)
