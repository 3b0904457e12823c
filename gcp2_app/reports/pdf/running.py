"""What stands on every page of a document: head, foot, page count, classification, practice and recipient marks.

All of it is artifacts: a screen reader passes over it. Knows nothing of what the pages say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from gcp2_app.domain.words import long_date
from gcp2_app.reports.fonts import printable
from gcp2_app.reports.pdf import styles
from gcp2_app.reports.pdf.canvas import TaggingCanvas


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """What stands on every page.

    Attributes:
        head: left of the running head, such as the kind of document.
        subject: in the foot, who and which days it is about.
        caution: in the foot, what the pack asks every page to say, or empty.
        classification: such as "OFFICIAL-SENSITIVE".
        practice: prints PRACTICE over every page.
        recipient: who this copy is for; printed across every page, or empty.
        made_on: the day it was made.
    """

    head: str
    subject: str
    caution: str
    classification: str
    practice: bool
    recipient: str
    made_on: date


class RunningMarks:
    """Draws what stands on every page.

    Args:
        running: what it says.
        digest: of the content; its first 16 digits stand in the foot.
    """

    def __init__(self, running: Running, digest: str) -> None:
        self._running = running
        self._digest = digest
        # Fitted once: long words are cut letter by letter, and a document has many pages.
        self._foot = [
            (face, _fitted(words, face, 7.5, styles.TEXT_WIDTH - 70))
            for face, words in (
                (styles.BOLD, running.caution),
                (styles.REGULAR, running.subject),
                (styles.REGULAR, self._made_words()),
            )
            if words
        ]

    def draw_page(self, canvas: TaggingCanvas, _template: BaseDocTemplate) -> None:
        """Draw watermark, running head and foot, before what the page says."""
        running = self._running
        canvas.saveState()
        across = [*(["PRACTICE"] if running.practice else []), *([running.recipient] if running.recipient else [])]
        if across:
            with canvas.running("Watermark"):
                self._draw_watermark(canvas, across)
        with canvas.running("Header"):
            self._draw_head(canvas)
        with canvas.running("Footer"):
            self._draw_foot(canvas)
            canvas.place_page_count()
        canvas.restoreState()

    def _draw_watermark(self, canvas: TaggingCanvas, lines: Sequence[str]) -> None:
        canvas.saveState()
        canvas.setFillColor(styles.WATERMARK)
        canvas.translate(styles.PAGE_WIDTH / 2, styles.PAGE_HEIGHT / 2)
        canvas.rotate(52)
        y = 60.0 * (len(lines) - 1)
        for line in lines:
            words = printable(line)
            width = max(stringWidth(words, styles.BOLD, 100), 1)
            size = min(110.0, 100 * 620 / width)
            canvas.setFont(styles.BOLD, size)
            canvas.drawCentredString(0, y - size / 3, words)
            y -= 120
        canvas.restoreState()

    def _draw_head(self, canvas: TaggingCanvas) -> None:
        running = self._running
        y = styles.PAGE_HEIGHT - 40
        right = styles.PAGE_WIDTH - styles.SIDE
        canvas.setFont(styles.REGULAR, 8.5)
        canvas.setFillColor(styles.QUIET)
        canvas.drawString(styles.SIDE, y, printable(running.head))
        canvas.setFont(styles.BOLD, 8.5)
        canvas.setFillColor(styles.INK)
        canvas.drawRightString(right, y, printable(running.classification))
        if running.practice:
            canvas.setFillColor(styles.PRACTICE_INK)
            canvas.drawCentredString(styles.PAGE_WIDTH / 2, y, "PRACTICE: no real child")
        canvas.setStrokeColor(styles.RULE)
        canvas.setLineWidth(0.6)
        canvas.line(styles.SIDE, y - 6, right, y - 6)

    def _draw_foot(self, canvas: TaggingCanvas) -> None:
        canvas.setStrokeColor(styles.RULE)
        canvas.setLineWidth(0.6)
        canvas.line(styles.SIDE, 52, styles.PAGE_WIDTH - styles.SIDE, 52)
        canvas.setFillColor(styles.QUIET)
        y = 42.0
        for face, words in self._foot:
            canvas.setFont(face, 7.5)
            canvas.drawString(styles.SIDE, y, words)
            y -= 9.6

    def _made_words(self) -> str:
        running = self._running
        made, digest = f"Made on {long_date(running.made_on)}", f" · content digest {self._digest[:16]}"
        if running.recipient:
            # A long recipient is cut, and never the digest.
            taken = stringWidth(f"{made} for {digest}", styles.REGULAR, 7.5)
            recipient = _fitted(running.recipient, styles.REGULAR, 7.5, styles.TEXT_WIDTH - 71 - taken)
            made = f"{made} for {recipient}"
        return f"{made}{digest}"

    def draw_page_count(self, canvas: TaggingCanvas, page: int, pages: int) -> None:
        """Draw "Page n of m"."""
        canvas.setFont(styles.BOLD, 8.5)
        canvas.setFillColor(styles.INK)
        right = styles.PAGE_WIDTH - styles.SIDE
        canvas.drawRightString(right, 42, f"Page {page} of {pages}")


def page_template(marks: RunningMarks) -> PageTemplate:
    """Return a page with room for text between head and foot, which the marks draw."""
    frame = Frame(
        styles.SIDE,
        styles.BOTTOM,
        styles.TEXT_WIDTH,
        styles.TEXT_HEIGHT,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    return PageTemplate("page", [frame], onPage=marks.draw_page)


def _fitted(text: str, face: str, size: float, width: float) -> str:
    """Return the words, or as many of their letters as fit, with "…" after them."""
    text = printable(text)
    if stringWidth(text, face, size) <= width:
        return text
    while text and stringWidth(f"{text}…", face, size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
