"""The plan: what was agreed, what was said to be done, what was checked and how, and whether it lasts.

Source: casework.md, LP11.
"""

from dataclasses import dataclass

from gcp2_app.reports.pdf.document import Cell, Document

HEADING = "The plan, and change as seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """One agreed action, each stage in words; what nobody checked says so."""

    what: str
    who: str = ""
    agreed: str = ""
    said: str = ""
    checked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPart:
    """Agreed actions, those due first at the top; and patterns in them whose questions have been answered."""

    lines: tuple[ActionLine, ...] = ()
    patterns: tuple[str, ...] = ()


def write_plan(document: Document, part: PlanPart) -> None:
    """Write the actions."""
    document.heading(2, HEADING)
    if part.lines:
        document.table(
            ["What was agreed", "Who", "Agreed and due", "Said", "Checked: how, and what was seen"],
            [[one.what, Cell(text=one.who), one.agreed, one.said, Cell(text=one.checked)] for one in part.lines],
            [30, 22, 32, 21, 29],
        )
    else:
        document.paragraph("No agreed action is recorded here. Ask before relying on this.")
    document.bullets(part.patterns, lead="Across the actions")
