"""A list of things that happened, each with its source; the way every document prints entries."""

from collections.abc import Iterable
from dataclasses import dataclass

from gcp2_app.reports.pdf.document import Cell, Document


@dataclass(frozen=True, slots=True, kw_only=True)
class HappenedLine:
    """One entry as it is printed.

    Attributes:
        when: in words.
        what: what happened, facts only; ``more`` below, a line each: fields of its kind, effect on the child, outcome.
        who: says so.
        marks: "From a third party", so that it goes no further; empty for readers who are shown no marks.
    """

    when: str
    what: str
    more: str = ""
    who: str = ""
    marks: str = ""


def write_happened(
    document: Document, lines: Iterable[HappenedLine], *, none: str, what: str = "What happened"
) -> None:
    """Write entries as a table: when, what happened, who says so.

    Args:
        document: takes it.
        lines: in the order of time.
        none: what is said where there are none.
        what: head of the column that says it.
    """
    rows: list[list[Cell | str]] = [
        [
            one.when,
            Cell(text=f"{one.what}\n{one.more}"),
            Cell(text=one.who or "Not recorded", quiet=not one.who, under=one.marks),
        ]
        for one in lines
    ]
    if rows:
        document.table(["When", what, "Who says so"], rows, [22, 62, 26])
    else:
        document.paragraph(none)
