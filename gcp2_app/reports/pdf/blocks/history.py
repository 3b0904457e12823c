"""History first: what happened, restarts, needs unmet the longest, and support with whether it lasted.

Source: casework.md, LP1 and LP2.
"""

from dataclasses import dataclass

from gcp2_app.reports.pdf.blocks.happened import HappenedLine, write_happened
from gcp2_app.reports.pdf.document import Cell, Document

HEADING = "History"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportLine:
    """Support that was tried: name, days, what for, a line each, and whether it lasted."""

    name: str
    days: str
    themes: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPart:
    """What the record tells of the past.

    Attributes:
        lines: turning points, the earliest first.
        not_printed: sentences on what is in the record and not printed here.
        plans: plans and statuses with their days, the earliest first.
        restarts: a sentence for each time work began again after it had ended.
        unmet: units graded watched or worse, the longest first, in words.
        support: what was tried.
    """

    lines: tuple[HappenedLine, ...] = ()
    not_printed: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    restarts: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    support: tuple[SupportLine, ...] = ()


def write_history(document: Document, part: HistoryPart) -> None:
    """Write the history."""
    document.heading(2, HEADING)
    document.bullets(part.plans, lead="Plans and status, the earliest first")
    document.bullets(part.restarts, lead="Times work began again after it had ended")
    document.bullets(part.unmet, lead="Needs not met the longest")
    document.heading(3, "Support tried, and whether it lasted")
    if part.support:
        document.table(
            ["Support", "When", "For", "What came of it"],
            [
                [one.name, one.days, Cell(text=one.themes or "Not recorded"), one.outcome or "Not recorded"]
                for one in part.support
            ],
            [27, 24, 27, 36],
        )
    else:
        document.paragraph("No support is recorded here. Ask before relying on this.")
    document.heading(3, "What happened")
    write_happened(document, part.lines, none="No events are recorded here. Ask before relying on this.")
    for words in part.not_printed:
        document.paragraph(words, style="quiet")
