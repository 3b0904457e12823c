"""How documents look: A4, plain, dark on white, in the manner of GOV.UK.

Knows sizes, faces and colours, not what is written.
"""

from functools import cache
from itertools import groupby
from typing import Final
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from gcp2_app.reports.fonts import fallback_file, font_file, letters_of, printable

PAGE_WIDTH: Final[float] = A4[0]
PAGE_HEIGHT: Final[float] = A4[1]
_MM: Final = 72 / 25.4
SIDE: Final = 18 * _MM
TOP: Final = 22 * _MM
BOTTOM: Final = 24 * _MM
TEXT_WIDTH: Final = PAGE_WIDTH - 2 * SIDE
TEXT_HEIGHT: Final = PAGE_HEIGHT - TOP - BOTTOM

REGULAR: Final = "OpenSans"
BOLD: Final = "OpenSans-Bold"
ITALIC: Final = "OpenSans-Italic"
STAND_IN: Final = "DejaVuSans"

INK: Final[Color] = HexColor("#0B0C0C")
QUIET: Final[Color] = HexColor("#484F54")
RULE: Final[Color] = HexColor("#B1B4B6")
STRONG_RULE: Final[Color] = HexColor("#505A5F")
HEAD_FILL: Final[Color] = HexColor("#F0F2F4")
PRACTICE_INK: Final[Color] = HexColor("#8A1C5B")
WATERMARK: Final[Color] = HexColor("#EFF1F2")


@cache
def register_fonts() -> None:
    """Make the shipped faces known to reportlab, once."""
    for name, bold, italic in ((REGULAR, False, False), (BOLD, True, False), (ITALIC, False, True)):
        pdfmetrics.registerFont(TTFont(name, str(font_file(bold=bold, italic=italic))))
    pdfmetrics.registerFontFamily(REGULAR, REGULAR, BOLD, ITALIC, BOLD)


@cache
def _register_stand_in() -> None:
    pdfmetrics.registerFont(TTFont(STAND_IN, str(fallback_file())))


@cache
def style(name: str, *, large: bool = False, is_tight: bool = False) -> ParagraphStyle:
    """Return a paragraph style: h1 to h3, body, strong, lead, quiet, item, last_item, cell and its kinds, head_cell.

    Args:
        name: of the style.
        large: for easy-read papers, where no word is smaller than 14 points.
        is_tight: with the next line close below it.
    """
    register_fonts()
    found = (_LARGE if large else _STYLES)[name]
    return ParagraphStyle(f"{found.name}_tight", found, spaceAfter=1.5) if is_tight else found


def markup(text: str, *, lead: str = "") -> str:
    """Return plain text as a paragraph's markup: nothing in it is taken for a tag, and every letter has a face.

    Args:
        text: what a person wrote; line breaks are kept.
        lead: words set in bold before it.
    """
    words = "<br/>".join(_with_stand_in(line) for line in text.splitlines())
    return f"<b>{_with_stand_in(lead)}</b> {words}" if lead else words


def runs_of(text: str) -> list[tuple[str, bool]]:
    """Return a text on one line as runs of letters, each with whether Open Sans has them."""
    text = printable(" ".join("".join(max(c, " ") for c in text).split()))
    known = letters_of()
    if all(ord(letter) in known for letter in text):
        return [(text, True)]
    _register_stand_in()
    return [("".join(run), ours) for ours, run in groupby(text, lambda letter: ord(letter) in known)]


def _with_stand_in(text: str) -> str:
    """Set runs of letters that Open Sans lacks in the stand-in face."""
    return "".join(
        escape(run) if ours else f'<font name="{STAND_IN}">{escape(run)}</font>' for run, ours in runs_of(text)
    )


def _make(name: str, size: float, leading: float, **more: object) -> ParagraphStyle:
    given = {"fontName": REGULAR, "textColor": INK, "splitLongWords": 1, "allowWidows": 0, "allowOrphans": 0}
    return ParagraphStyle(name, **{**given, "fontSize": size, "leading": leading, **more})


_STYLES: Final = {
    "h1": _make("h1", 21, 26, fontName=BOLD, spaceAfter=4),
    "h2": _make("h2", 15, 19, fontName=BOLD, spaceBefore=15, spaceAfter=5),
    "h3": _make("h3", 11.5, 15, fontName=BOLD, spaceBefore=9, spaceAfter=3),
    "body": _make("body", 10, 14.2, spaceAfter=5.5),
    "strong": _make("strong", 10, 14.2, fontName=BOLD, spaceAfter=5.5),
    "lead": _make("lead", 10, 14.2, fontName=BOLD, spaceBefore=2, spaceAfter=1.5),
    "quiet": _make("quiet", 8.8, 12.2, textColor=QUIET, spaceAfter=5),
    "item": _make("item", 10, 14.2, leftIndent=13, spaceAfter=2.5),
    "last_item": _make("last_item", 10, 14.2, leftIndent=13, spaceAfter=5.5),
    "cell": _make("cell", 9, 12.2),
    "cell_strong": _make("cell_strong", 9, 12.2, fontName=BOLD),
    "cell_quiet": _make("cell_quiet", 8.3, 11.2, textColor=QUIET),
    "head_cell": _make("head_cell", 8.8, 11.6, fontName=BOLD),
}
#: The same for easy-read papers. Source: casework.md, LP5 (easy-read); large print begins at 14 points.
_LARGE: Final = {
    "h1": _make("large_h1", 28, 34, fontName=BOLD, spaceAfter=8),
    "h2": _make("large_h2", 20, 25, fontName=BOLD, spaceBefore=12, spaceAfter=6, keepWithNext=1),
    "h3": _make("large_h3", 16, 21, fontName=BOLD, spaceBefore=12, spaceAfter=5, keepWithNext=1),
    "body": _make("large_body", 15, 21, spaceAfter=3),
    "strong": _make("large_strong", 16, 22.5, fontName=BOLD, spaceAfter=6),
    "lead": _make("large_lead", 16, 22.5, fontName=BOLD, spaceAfter=6),
    "quiet": _make("large_quiet", 14, 19.5, textColor=QUIET, spaceAfter=6),
    "item": _make("large_item", 15, 21, leftIndent=18, spaceAfter=3),
    "last_item": _make("large_last_item", 15, 21, leftIndent=18, spaceAfter=6),
    "cell": _make("large_cell", 14, 19),
    "cell_strong": _make("large_cell_strong", 14, 19, fontName=BOLD),
    "cell_quiet": _make("large_cell_quiet", 14, 19, textColor=QUIET),
    "head_cell": _make("large_head_cell", 14, 19, fontName=BOLD),
}
