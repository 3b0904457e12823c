"""What a review is asked to decide: what should change next and by when, what happens if it does not, who was not met.

Source: experience.md, Reports ("outline plan … contingency and by when; adults not met or assessed …; recommendation;
dissent").
"""

from dataclasses import dataclass

from gcp2_app.reports.pdf.document import Cell, Document

HEADING = "For the meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLine:
    """One thing that should change: unit, now and target in words, who helps, by when."""

    unit: str
    now: str
    target: str
    support: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPart:
    """What the meeting needs beside the facts.

    Attributes:
        meeting: term and words: when it is due or planned, chair, people invited, advocate.
        on_plans: how long on this plan, and on earlier ones.
        targets: from the latest assessment.
        not_met: adults around the child in no contact and no assessment in the record, each in words.
        contingency: from the latest meeting that recorded one, in words; empty where none did.
        dissent: the same for dissent.
        recommendation: what is recommended to the meeting to come; empty while nobody wrote it.
    """

    meeting: tuple[tuple[str, str], ...] = ()
    on_plans: tuple[str, ...] = ()
    targets: tuple[TargetLine, ...] = ()
    not_met: tuple[str, ...] = ()
    contingency: str = ""
    dissent: str = ""
    recommendation: str = ""


def write_review(document: Document, part: ReviewPart) -> None:
    """Write what the meeting is asked; what is to be decided there has room to be written in."""
    document.heading(2, HEADING)
    document.facts(part.meeting)
    document.bullets(part.on_plans, lead="Time on plans")
    document.heading(3, "What should change next, and by when")
    if part.targets:
        document.table(
            ["Unit", "Now", "Target", "Support, and by whom", "Due"],
            [
                [one.unit, one.now, one.target, Cell(text=one.support or "Not recorded"), one.due or "Not set"]
                for one in part.targets
            ],
            [25, 22, 22, 34, 29],
        )
    else:
        document.paragraph("No targets are set in the latest assessment.")
    document.bullets(part.not_met, lead="Adults not met or assessed, as far as is recorded here")
    document.heading(3, "If it does not change")
    document.paragraph(part.contingency or "No contingency is recorded.")
    document.heading(3, "Dissent")
    document.paragraph(part.dissent or "None is recorded.")
    document.heading(3, "To be decided at the meeting")
    document.facts(
        [
            ("Recommendation", part.recommendation or "Not written yet: for the author and the meeting"),
            ("Views on it", "Child, parents and each agency, at the meeting"),
        ]
    )
