"""What was shared with whom, when and how.

Source: experience.md, Reports ("what was shared with the family and when"); casework.md, Meetings.
"""

from dataclasses import dataclass

from gcp2_app.reports.pdf.document import Document

HEADING = "What was shared, and when"
_UNKNOWN = "Not recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedLine:
    """One time something was shared: when, what, with whom, how, and whether it was explained and understood."""

    when: str
    what: str
    whom: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPart:
    """Each time something was shared, the latest first; ``earlier`` says how much more is in the record."""

    lines: tuple[SharedLine, ...] = ()
    earlier: str = ""


def write_shared(document: Document, part: SharedPart) -> None:
    """Write what was shared."""
    document.heading(2, HEADING)
    if part.lines:
        told = any(one.how for one in part.lines)
        columns = 4 if told else 3
        document.table(
            ["When", "What", "With whom", "How, and how it was understood"][:columns],
            [(one.when, one.what, one.whom or _UNKNOWN, one.how or _UNKNOWN)[:columns] for one in part.lines],
            [22, 36, 22, 36][:columns],
        )
        if not told:
            document.paragraph("How it was shared and understood is not recorded here.", style="quiet")
    else:
        since = " since then" if part.earlier else ""
        document.paragraph(f"Nothing is recorded here as shared with the family{since}.")
    document.paragraph(part.earlier, style="quiet")
