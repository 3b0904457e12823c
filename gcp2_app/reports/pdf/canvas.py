"""A canvas that says of everything it draws whether it is content, and of which element, or an artifact.

Between marks nothing is drawn: what is not content is an artifact (running heads, rules, fills, watermarks), so that a
screen reader passes over it.

Source: ISO 32000-1, 14.6 (marked content) and 14.8.2.2 (artifacts).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject
from typing_extensions import override

from gcp2_app.reports.pdf.progress import Progress
from gcp2_app.reports.pdf.structure import Element

#: Draws the words that need the number of pages: canvas, page from 1, number of pages.
DrawPageCount = Callable[["TaggingCanvas", int, int], None]


class _SpacedText(PDFTextObject):
    """Text whose lines end in a space, so that read on, the last word of one and the first of the next stay apart."""

    @override
    def _textOut(self, text: Any, TStar: Any = 0) -> None:
        ends = TStar and isinstance(text, str) and not text.endswith(" ")
        super()._textOut(f"{text} " if ends else text, TStar)


class TaggingCanvas(Canvas):
    """A canvas with marked content.

    Args:
        draw_page_count: draws what needs the number of pages, on a page of its own size, when all are known.
        progress: is told what is drawn.
        arguments, options: the canvas's own.

    Attributes:
        progress: the same.
        figures: PDF bytes of each placed figure by the name its page draws it under.
        figure_pages: the page from 0 of each figure.
    """

    def __init__(self, *arguments: Any, draw_page_count: DrawPageCount, progress: Progress, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.progress = progress
        self.figures: dict[str, bytes] = {}
        self.figure_pages: dict[str, int] = {}
        self._draw_page_count = draw_page_count
        self._marked_on_page: dict[int, int] = {}

    @property
    def page_index(self) -> int:
        """The running page, from 0."""
        return int(self.getPageNumber()) - 1

    @contextmanager
    def content(self, element: Element) -> Iterator[None]:
        """Mark what is drawn inside as the content of an element."""
        page = self.page_index
        if not element.content:
            self.progress.draw(element, page + 1)
        number = self._marked_on_page.get(page, 0)
        self._marked_on_page[page] = number + 1
        element.content.append((page, number))
        self._write(f"/{element.kind} <</MCID {number}>> BDC")
        yield
        self._write("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Mark what is drawn inside as no content: a rule, a fill."""
        self._write("/Artifact <</Type /Layout>> BDC")
        yield
        self._write("EMC")

    @contextmanager
    def running(self, subtype: str = "") -> Iterator[None]:
        """Mark what is drawn inside as what a page repeats.

        Args:
            subtype: ``Header``, ``Footer`` or ``Watermark``; empty for the head of a table that runs on.
        """
        named = f" /Subtype /{subtype}" if subtype else ""
        self._write(f"/Artifact <</Type /Pagination{named}>> BDC")
        yield
        self._write("EMC")

    def place_figure(self, pdf: bytes, scale: float) -> None:
        """Draw a one-page PDF with its lower left corner at the origin.

        The page itself is put in later under the name this notes.
        """
        name = f"Figure{len(self.figures) + 1}"
        self.figures[name] = pdf
        self.figure_pages[name] = self.page_index
        self._write(f"q {scale:.6f} 0 0 {scale:.6f} 0 0 cm /{name} Do Q")

    def place_page_count(self) -> None:
        """Draw, inside a running foot, the words that need the number of pages; they follow at the end."""
        self.doForm(_page_count_form(self.page_index + 1))

    @override
    def beginText(self, x: float = 0, y: float = 0, direction: Any = None) -> PDFTextObject:
        """Return a new text object."""
        return _SpacedText(self, x, y, direction=direction)

    @override
    def save(self) -> None:
        """Finish the last page, draw the page counts now that their number is known, and write everything."""
        if self._code:
            self.showPage()
        pages = self.page_index
        for page in range(1, pages + 1):
            self.beginForm(_page_count_form(page))
            self._draw_page_count(self, page, pages)
            self.endForm()
        super().save()

    def _write(self, operators: str) -> None:
        self._code.append(operators)


def _page_count_form(page: int) -> str:
    return f"page-count-{page}"
