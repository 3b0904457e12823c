"""The pages of a PDF as images: PDFium draws what the printer would. The only module that knows PDFium.

PDFium is not safe for threads: everything here runs on the computing thread.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QImage


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page.

    Attributes:
        width, height: in points (1/72 inch).
        text: its words, for those who do not see it.
    """

    width: float
    height: float
    text: str


def load_pages(content: bytes) -> tuple[Page, ...]:
    """Return every page of a PDF: its size and its words."""
    with _opened(content) as document:
        pages = []
        for page in document:
            width, height = page.get_size()
            text = " ".join(page.get_textpage().get_text_bounded().split())
            pages.append(Page(width=width, height=height, text=text))
        return tuple(pages)


def draw_page(content: bytes, number: int, dots_per_point: float) -> QImage:
    """Return one page as an image, opaque.

    Args:
        content: the PDF.
        number: of the page, from 0.
        dots_per_point: size of the image, in its own dots.
    """
    with _opened(content) as document:
        bitmap = document[number].render(scale=dots_per_point, prefer_bgrx=True)
        shared = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
        # A copy of its own: the bitmap goes with the document.
        return shared.copy()


@contextmanager
def _opened(content: bytes) -> "Iterator[Any]":
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        yield document
    finally:
        document.close()
