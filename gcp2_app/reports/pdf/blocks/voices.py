"""The child's voice, and what parents and others say, each beside whose words they are.

Source: experience.md, Reports ("views of child, parents, others").
"""

from dataclasses import dataclass

from gcp2_app.reports.pdf.blocks.happened import HappenedLine, write_happened
from gcp2_app.reports.pdf.document import Document

CARERS = "What parents and carers say"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicesPart:
    """Who says what.

    Attributes:
        child: paragraphs from the latest assessment: shows and says, wishes, own words; term and text.
        said: the child's statements, the latest last.
        graded: how carers grade the care themselves, in words, or empty.
        carers: what they say, the latest last.
        earlier: how much more is in the record, or empty.
        left_out: what is not in this copy, in a sentence, or empty.
    """

    child: tuple[tuple[str, str], ...] = ()
    said: tuple[HappenedLine, ...] = ()
    graded: str = ""
    carers: tuple[HappenedLine, ...] = ()
    earlier: str = ""
    left_out: str = ""


def write_voices(document: Document, part: VoicesPart, *, name: str) -> None:
    """Write the child's voice, then the parents'.

    Args:
        document: takes it.
        part: what is said.
        name: what the child is called.
    """
    document.heading(2, f"What {name} shows and says")
    for term, text in part.child:
        document.paragraph(text, lead=f"{term}:")
    if part.said:
        write_happened(document, part.said, none="", what="What was said")
    if not part.child and not part.said:
        document.paragraph("What this child shows and says is not recorded.")
    document.heading(2, CARERS)
    document.paragraph(part.graded)
    document.paragraph(part.left_out, style="quiet")
    none = "" if part.graded or part.earlier or part.left_out else "What parents and carers say is not recorded here."
    write_happened(document, part.carers, none=none, what="What was said")
    document.paragraph(part.earlier, style="quiet")
