"""The easy-read family summary: what goes well first, what was seen, what was agreed, what helps, what is next.

Few words, one idea a line, large type, a picture beside each. No grade is added up or averaged, and none is a number.

Source: experience.md, Reports ("easy-read family summary"); screen 5, share view ("plain words, strengths first").
"""

from dataclasses import dataclass

from gcp2_app.reports.pdf.document import Document
from gcp2_app.reports.pdf.front import Front, begin_easily
from gcp2_app.reports.pdf.redaction import Redaction
from gcp2_app.reports.pictures.catalogue import Picture

#: Headings; sections of the list of what was taken out.
WELL = "What goes well"
SEEN = "What we saw over time"
CHANGE = "What needs to change"
AGREED = "What we agreed"
HELPS = "What helps"
NEXT = "What happens next"
ASK = "Who to ask"


@dataclass(frozen=True, slots=True)
class PicturedLines:
    """Lines beside a picture: each in bold words and words after them; one of the two may be empty."""

    picture: Picture
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilySummaryReport:
    """Everything the summary says, a tuple for each heading.

    Attributes:
        opening: what the paper is, first of all.
        well: what goes well; of what goes well in part, that it does is said where it needs to change.
        seen: for each area of care, what was seen each time, the earliest first; or why nothing is said.
        change: what needs to change, with what it would look like.
        agreed: what was agreed on the plan of now and is still to do, then what is done.
        helps: support that is given, and what is done so that the reader can take part.
        next: meetings and days to come.
        ask: people to ask.
    """

    front: Front
    opening: tuple[PicturedLines, ...]
    well: tuple[PicturedLines, ...] = ()
    seen: tuple[PicturedLines, ...] = ()
    change: tuple[PicturedLines, ...] = ()
    agreed: tuple[PicturedLines, ...] = ()
    helps: tuple[PicturedLines, ...] = ()
    next: tuple[PicturedLines, ...] = ()
    ask: tuple[PicturedLines, ...] = ()


def write_family_summary(report: FamilySummaryReport, redaction: Redaction | None = None) -> Document:
    """Write the summary; see :func:`gcp2_app.reports.pdf.cumulative.write_cumulative`."""
    document = begin_easily(report.front, redaction)
    _write(document, report.opening)
    if report.front.whom:
        document.paragraph(report.front.whom, lead="This copy is for:")
    document.say_left_out()
    for heading, found, none in (
        (WELL, report.well, "Nothing is written here yet. Tell us what goes well."),
        (SEEN, report.seen, "We have not finished an assessment yet."),
        (CHANGE, report.change, ""),
        (AGREED, report.agreed, "Nothing is agreed yet."),
        (HELPS, report.helps, "Nothing is written here. Tell us what would help."),
        (NEXT, report.next, "No day is written here yet. Ask us."),
        (ASK, report.ask, ""),
    ):
        if found or none:
            document.heading(2, heading)
            _write(document, found)
            if not found:
                document.paragraph(none)
    # Words may have been taken out since the first page.
    document.say_left_out()
    return document


def _write(document: Document, found: tuple[PicturedLines, ...]) -> None:
    for one in found:
        document.pictured(one.picture, one.lines)
