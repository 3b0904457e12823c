"""A chronology as a tagged document: what happened in order of time, each with its source; columns by its style.

Source: casework.md, One stream of entries ("Curated chronologies … print").
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gcp2_app.reports.pdf.document import Cell, Document
from gcp2_app.reports.pdf.front import Front, begin, end
from gcp2_app.reports.pdf.redaction import Redaction

#: Columns that stand as such; everything else an entry says stands below what happened, with its head.
_OWN = ("number", "when", "what", "source")
_WIDTHS = {"number": 8, "when": 20, "what": 68, "source": 24}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronologyReport:
    """What the document says.

    Attributes:
        columns: codes of the columns; ``heads`` what stands over them.
        rows: as many cells as columns, in order of time.
        not_printed: sentences on what is in the record and not printed here.
        analysis: of the whole, or empty.
        digest: of the frozen version it prints, or empty.
    """

    front: Front
    columns: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    not_printed: tuple[str, ...] = ()
    analysis: str = ""
    digest: str = ""


def write_chronology(report: ChronologyReport, redaction: Redaction | None = None) -> Document:
    """Write a chronology; see :func:`gcp2_app.reports.pdf.cumulative.write_cumulative`."""
    document = begin(report.front, redaction)
    document.heading(2, "What happened, in order of time")
    for words in report.not_printed:
        document.paragraph(words, style="quiet")
    own = [code for code in _OWN if code in report.columns]
    heads = dict(zip(report.columns, report.heads, strict=True))
    if report.rows:
        document.table(
            [heads[code] for code in own],
            [_row(report.columns, heads, own, row) for row in report.rows],
            [_WIDTHS[code] for code in own],
        )
    else:
        document.paragraph("No entry is recorded here. Ask before relying on this.")
    if report.analysis:
        document.heading(2, "Analysis")
        document.paragraph("Professional judgement, kept apart from the facts.", style="quiet")
        document.paragraph(report.analysis)
    if report.digest:
        document.paragraph(f"Digest of the frozen version: {report.digest}", style="quiet")
    return end(document)


def _row(columns: Sequence[str], heads: dict[str, str], own: Sequence[str], row: Sequence[str]) -> list[Cell | str]:
    cells = dict(zip(columns, row, strict=True))
    under = [
        f"{heads[code]}: {text.replace(chr(10), '; ')}" for code, text in cells.items() if code not in own and text
    ]
    return [
        Cell(text=cells[code], under="\n".join(under)) if code == "what" else Cell(text=cells[code]) for code in own
    ]
