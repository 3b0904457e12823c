"""What the request for a check by GP, school and school nurse says, gathered for one reader."""

from gcp2_app.domain.words import long_date
from gcp2_app.services.documents.front import front
from gcp2_app.services.documents.parts import health
from gcp2_app.services.documents.reading import Pages, Reading

TITLE = "Request for a three-way health check"
_SECTION = "What our record holds"


def gather(reading: Reading) -> Pages:
    """Return what writes the request; it goes to three services at once, so it holds counts and measures alone."""
    from gcp2_app.reports.pdf.three_way import ThreeWayReport, write_three_way

    by, view = reading.session.professional, reading.view(_SECTION)
    found = view.also("LP12.three_way")
    born = reading.child.date_of_birth
    report = ThreeWayReport(
        front=front(
            reading,
            TITLE,
            facts=(
                ("To", "The GP practice; the school or nursery; the school nurse or health visitor"),
                ("Born", long_date(born) if born is not None else "Not known"),
            ),
        ),
        why=f"Why now: {found.text}" if found is not None else "",
        health=health.health(reading),
        answer_to=(
            ("Please answer to", ", ".join(filter(None, (by.name, by.role)))),
            ("Telephone", by.phone),
            ("Email", by.email),
        ),
    )
    return lambda redaction: write_three_way(report, redaction)
