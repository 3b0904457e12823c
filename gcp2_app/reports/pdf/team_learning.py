"""What a team's records show of the rows of the learning review, for the partnership: counts, and nobody in them.

Source: casework.md, R6; experience.md, Reports ("team learning report (anonymised)").
"""

from collections.abc import Iterator
from dataclasses import dataclass

from gcp2_app.domain.small_cells import FEWEST
from gcp2_app.reports.pdf.document import Band, Cell, Document, Row
from gcp2_app.reports.pdf.front import Front, begin, end
from gcp2_app.reports.pdf.redaction import Redaction

_FOUND = ("What was found", "Families", "No longer so", "Still so, under 12 weeks", "Still so, 12 weeks or more")
_STEPS = ("Step", "Families", "All in time", "Some late", "Some not done")
_READ = ("Row", "People", "Read", "Not read yet")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLine:
    """What one rule found: in words, and counts in words: families, no longer so, and how long it has stood."""

    says: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """One row of the review with those of its rules that found something in enough families."""

    title: str
    lines: tuple[FoundLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One sort of step: what, in how many working days it is in time, and counts in words."""

    step: str
    within: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLearningReport:
    """Everything the report says.

    Attributes:
        looked_at: terms and words: which quarters, about how many families.
        rows: in the order of the review; none where there are too few families.
        steps: those of enough families.
        read: row, and counts in words: people, read, not read; none where there are too few people.
    """

    front: Front
    looked_at: tuple[tuple[str, str], ...]
    rows: tuple[FoundRow, ...]
    steps: tuple[StepLine, ...]
    read: tuple[tuple[str, tuple[str, ...]], ...]


def write_team_learning(report: TeamLearningReport, redaction: Redaction | None = None) -> Document:
    """Write the report; see :func:`gcp2_app.reports.pdf.cumulative.write_cumulative`."""
    document = begin(report.front, redaction)
    document.heading(2, "What was looked at, and how to read it")
    document.facts(report.looked_at)
    document.paragraph(
        "No child, family, worker or place is in this report, and nobody is ranked. It counts in how many families a "
        "rule found something to act on. More of it can mean that more was written down: it says nothing of how well "
        "anybody works."
    )
    document.paragraph(
        f"A family counts once, however many of its children it is about. Counts under {FEWEST} are not shown; neither "
        "are counts from which one of them could be worked out."
    )
    document.heading(2, "What the rules found, row by row")
    if report.rows:
        document.paragraph(
            "Of the families in which something was found in these quarters: in how many it is no longer so, and for "
            "how long it has stood in the others. It is no longer so when the next step was done, or when time passed."
        )
        found = tuple(row for row in report.rows if row.lines)
        if found:
            document.table(_FOUND, _found(found), (60, 14, 18, 22, 24))
        document.bullets(
            (row.title for row in report.rows if not row.lines), lead=f"Nothing was found in {FEWEST} families or more"
        )
    else:
        document.paragraph(f"There are fewer than {FEWEST} families: nothing is counted.")
    document.heading(2, "Steps, and how long they took")
    if report.steps:
        document.table(
            _STEPS,
            [(Cell(text=one.step, under=one.within), *one.counts) for one in report.steps],
            (52, 16, 18, 18, 22),
            row_heads=False,
        )
    else:
        document.paragraph(f"No step was begun in {FEWEST} families or more.")
    document.heading(2, "Briefs read")
    if report.read:
        document.table(_READ, [(row, *counts) for row, counts in report.read], (80, 16, 16, 18))
    else:
        document.paragraph(f"There are fewer than {FEWEST} people who sign in: nothing is counted.")
    return end(document, holds_grades=False)


def _found(rows: tuple[FoundRow, ...]) -> Iterator[Row]:
    for row in rows:
        yield Band(text=row.title)
        for line in row.lines:
            yield (line.says, *line.counts)
