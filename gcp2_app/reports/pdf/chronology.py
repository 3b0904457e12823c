"""A chronology as a tagged document: what happened in order of time, each with its source; columns by its style.

Source: casework.md, One stream of entries ("Curated chronologies … print").
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gcp2_app.domain.chronologies import ChronologyStyle
from gcp2_app.domain.entry_fields import COMMON
from gcp2_app.reports.entry_lines import in_one_line
from gcp2_app.reports.pdf.document import Cell, Document
from gcp2_app.reports.pdf.front import Front, begin, end
from gcp2_app.reports.pdf.redaction import Redaction

#: Columns that stand as such, each with its width in points; everything else an entry says stands below what happened,
#: with its head. The longest day stands in one line.
_OWN = {"number": 30, "when": 98, "what": 257, "source": 108}
#: A court looks for the page of each event; where it is not known yet, there is room to write it.
_COURT_OWN = {"number": 30, "when": 97, "what": 186, "source": 112, "evidence": 68}
#: In the larger letters of a family's copy there is no room for a column of sources.
_FAMILY_OWN = {"number": 44, "when": 145, "what": 304}
_BLANK = {"source": "Not recorded"}
_EVIDENCE = "Evidence, and page in the bundle"
_OWN_OF = {
    ChronologyStyle.PROFESSIONAL: _OWN,
    ChronologyStyle.COURT: _COURT_OWN,
    ChronologyStyle.FAMILY: _FAMILY_OWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronologyReport:
    """What the document says.

    Attributes:
        style: who it is for.
        columns: codes of the columns; ``heads`` what stands over them.
        rows: as many cells as columns, in order of time.
        not_printed: sentences on what is in the record and not printed here.
        analysis: of the whole, or empty.
        digest: of the frozen version it prints, or empty.
    """

    front: Front
    style: ChronologyStyle
    columns: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    not_printed: tuple[str, ...] = ()
    analysis: str = ""
    digest: str = ""


def write_chronology(report: ChronologyReport, redaction: Redaction | None = None) -> Document:
    """Write a chronology; see :func:`gcp2_app.reports.pdf.cumulative.write_cumulative`."""
    document = begin(report.front, redaction, large=report.style is ChronologyStyle.FAMILY)
    document.heading(2, "What happened, in order of time")
    for words in report.not_printed:
        document.paragraph(words, style="quiet")
    widths = _OWN_OF[report.style]
    heads = dict(zip(report.columns, report.heads, strict=True))
    if report.style is ChronologyStyle.COURT:
        # What a court looks for has its column, whether or not anything is known.
        heads = {"source": COMMON["source"].label, **heads, "evidence": _EVIDENCE}
    own = [code for code in widths if code in heads]
    if report.rows:
        document.table(
            [heads[code] for code in own],
            [_row(report.columns, heads, own, row) for row in report.rows],
            [widths[code] for code in own],
        )
    else:
        document.paragraph("No entry is recorded here. Ask before relying on this.")
    if report.analysis:
        document.heading(2, "Analysis")
        document.paragraph("Professional judgement, kept apart from the facts.", style="quiet")
        document.paragraph(report.analysis)
    if report.digest:
        document.paragraph(f"Digest of the frozen version: {report.digest}", style="quiet")
    return end(document, holds_grades=False)


def _row(columns: Sequence[str], heads: dict[str, str], own: Sequence[str], row: Sequence[str]) -> list[Cell | str]:
    cells = dict(zip(columns, row, strict=True))
    under = [f"{heads[code]}: {in_one_line(text)}" for code, text in cells.items() if code not in own and text]
    return [
        Cell(text=cells[code], under="\n".join(under)) if code == "what" else cells.get(code) or _BLANK.get(code, "")
        for code in own
    ]
