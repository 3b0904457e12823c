"""Whose view it is of significant harm: written by a person for this conference, and never made by the program.

Source: experience.md, Reports ("our view on significant harm").
"""

from gcp2_app.reports.pdf.document import Document

HEADING = "Our view on significant harm"


def write_harm(document: Document, view: str) -> None:
    """Write the view.

    Args:
        document: takes it.
        view: as written with the conference; empty where nobody wrote it.
    """
    document.heading(2, HEADING)
    document.paragraph("Has the child suffered, or are they likely to suffer, significant harm?", style="quiet")
    document.paragraph(view or "Not written yet.")
