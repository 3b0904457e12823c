"""What was shared with whom, when and how.

Source: experience.md, Reports ("what was shared with the family and when"); casework.md, Meetings.
"""

from dataclasses import dataclass

from gcp2_app.reports.pdf.document import Document

HEADING = "What was shared, and when"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedLine:
    """One time something was shared: when, what, with whom, how, and whether it was explained and understood."""

    when: str
    what: str
    whom: str = ""
    how: str = ""


def write_shared(document: Document, lines: tuple[SharedLine, ...]) -> None:
    """Write what was shared."""
    document.heading(2, HEADING)
    if lines:
        told = any(one.how for one in lines)
        columns = 4 if told else 3
        document.table(
            ["When", "What", "With whom", "How, and how it was understood"][:columns],
            [(one.when, one.what, one.whom, one.how)[:columns] for one in lines],
            [22, 34, 26, 34][:columns],
        )
        if not told:
            document.paragraph("How it was shared and understood is not recorded here.", style="quiet")
    else:
        document.paragraph("Nothing is recorded here as shared with the family.")
