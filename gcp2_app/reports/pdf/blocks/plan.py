"""The plan: what was agreed, what was said to be done, what was checked and how, and whether it lasts.

Source: casework.md, LP11.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from gcp2_app.reports.pdf.document import Band, Cell, Document, Row

HEADING = "The plan, and change as seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """One agreed action, each stage in words; what nobody checked says so.

    Attributes:
        earlier: it was agreed before the plan of now began.
    """

    what: str
    who: str = ""
    agreed: str = ""
    said: str = ""
    checked: str = ""
    earlier: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPart:
    """Agreed actions, those due first at the top; and patterns in them whose questions have been answered.

    Attributes:
        now: what the plan of now is and since when, in words; empty without one.
    """

    lines: tuple[ActionLine, ...] = ()
    patterns: tuple[str, ...] = ()
    now: str = ""


def write_plan(document: Document, part: PlanPart) -> None:
    """Write the actions."""
    document.heading(2, HEADING)
    if part.lines:
        document.table(
            ["What was agreed", "Who", "Agreed and due", "Said to be done", "Checked: how, and what was seen"],
            list(_rows(part)),
            [32, 21, 30, 20, 31],
        )
    else:
        document.paragraph("No agreed action is recorded here. Ask before relying on this.")
    document.bullets(part.patterns, lead="Across the actions")


def _rows(part: PlanPart) -> Iterator[Row]:
    """Return the actions of the plan of now first, under its name, then those from before it."""
    now = [one for one in part.lines if not one.earlier]
    before = [one for one in part.lines if one.earlier]
    if part.now:
        yield Band(text=part.now)
        if not now:
            yield ["No action is recorded here since then", "", "", "", ""]
    yield from map(_row, now)
    if before:
        yield Band(text="Agreed before that")
        yield from map(_row, before)


def _row(one: ActionLine) -> Row:
    return [one.what, Cell(text=one.who or "Not recorded"), one.agreed, one.said, Cell(text=one.checked)]
