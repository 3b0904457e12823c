"""Gathers what rests on finding nothing: only once somebody wrote whom they asked and when.

The one seam: whatever keeps those answers is read here, and nowhere else.
"""

from gcp2_app.reports.pdf.blocks.asked import AskedLine
from gcp2_app.services.documents.reading import Reading


def asked(_reading: Reading) -> tuple[AskedLine, ...]:
    """Return the alerts that rest on nothing and were asked about; none is kept yet, so none enters a document."""
    return ()
