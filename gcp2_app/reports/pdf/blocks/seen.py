"""When and how the child was seen, seen alone, and if not why.

Source: experience.md, Reports; casework.md, LP7.
"""

from dataclasses import dataclass

from gcp2_app.reports.pdf.document import Cell, Document

HEADING = "How the child was seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLine:
    """One contact, in words: when, how, by whom, whether the child was seen, and what was learned."""

    when: str
    how: str
    by: str = ""
    child: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPart:
    """Contacts with the child.

    Attributes:
        summary: sentences that count: how often seen, alone, at home, not seen and why.
        lines: each contact, the latest first.
        earlier: how many contacts from before the first day are in the record.
        others: a sentence for each other child of the family whose record may be read.
    """

    summary: tuple[str, ...] = ()
    lines: tuple[SeenLine, ...] = ()
    earlier: str = ""
    others: tuple[str, ...] = ()


def write_seen(document: Document, part: SeenPart) -> None:
    """Write how the child was seen."""
    document.heading(2, HEADING)
    if not part.lines:
        document.paragraph("No contact with the child is recorded here. Ask before relying on this.")
    document.bullets(part.summary)
    if part.lines:
        document.table(
            ["When", "How", "The child", "What was learned", "Who says so"],
            [
                [
                    one.when,
                    one.how,
                    Cell(text=one.child or "Not recorded", quiet=not one.child),
                    Cell(text=one.what),
                    Cell(text=one.by),
                ]
                for one in part.lines
            ],
            [19, 19, 21, 38, 21],
        )
    document.paragraph(part.earlier, style="quiet")
    document.bullets(part.others, lead="How the other children were seen, in the same time")
