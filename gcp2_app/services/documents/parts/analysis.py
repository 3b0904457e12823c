"""Gathers the analysis of the latest assessment; left out of the family's copies, and listed as left out."""

from gcp2_app.domain.readers import ANALYSIS
from gcp2_app.services.documents.parts.grades import assessed_words, latest_assessment
from gcp2_app.services.documents.reading import Reading


def analysis(reading: Reading) -> tuple[tuple[tuple[str, str], ...], str]:
    """Return heading and text of each part, and where they come from; nothing for a reader who is given none."""
    if not reading.reader.reads_analysis and ANALYSIS not in reading.reader.shown:
        return ((), "")
    latest = latest_assessment(reading)
    if latest is None:
        return ((("What professionals make of it", ""),), "")
    parts = (
        ("What explains the care: strengths and worries", latest.analysis),
        (f"What this has meant for {reading.label} so far", latest.meaning_so_far),
        (f"What it will mean for {reading.label} if nothing changes", latest.meaning_ahead),
    )
    return parts, assessed_words(reading, latest)
