"""Pieces set in beside a bar or a picture, and lines to write on.

Each may break across pages; every part stays the content of its own element.
"""

from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable
from typing_extensions import override

from gcp2_app.reports.pdf.flowables import TaggedParagraph
from gcp2_app.reports.pdf.structure import Element
from gcp2_app.reports.pdf.styles import RULE, STRONG_RULE, TEXT_HEIGHT
from gcp2_app.reports.pictures.catalogue import Drawing
from gcp2_app.reports.pictures.pen import Pen


def labelled(label: str, text: str) -> tuple[str, str]:
    """Return a line for :meth:`gcp2_app.reports.pdf.document.Document.pictured`; without words, none."""
    return (label, text) if text.strip() else ("", "")


class RuledLines(Flowable):
    """Lines to write on by hand.

    Args:
        lines: how many.
    """

    _APART = 24.0

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.spaceAfter = 8

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        self.width, self.height = availWidth, self._lines * self._APART
        return self.width, self.height

    @override
    def draw(self) -> None:
        """Draw the lines as artifacts."""
        with self.canv.artifact():
            self.canv.setStrokeColor(STRONG_RULE)
            self.canv.setLineWidth(0.6)
            for number in range(self._lines):
                self.canv.line(0, number * self._APART, self.width, number * self._APART)


class Inset(Flowable):
    """Paragraphs set in beside a bar, to be noticed.

    Args:
        paragraphs: what it says.
        bar: colour of the bar.
    """

    _INDENT = 13.0

    def __init__(self, paragraphs: Sequence[TaggedParagraph], bar: Color = RULE) -> None:
        super().__init__()
        self._paragraphs = list(paragraphs)
        self._bar = bar
        self._heights: list[float] = []
        self.spaceBefore = 5
        self.spaceAfter = 8

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        self._heights = [paragraph.wrap(availWidth - self._INDENT, availHeight)[1] for paragraph in self._paragraphs]
        return availWidth, self._tall

    @property
    def _tall(self) -> float:
        """Height of the words with room above and below, in points."""
        return float(sum(self._heights) + sum(one.getSpaceAfter() for one in self._paragraphs[:-1]) + 6)

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        """Break between paragraphs, or inside one longer than the room."""
        self.wrap(availWidth, availHeight)
        room = availHeight - 6
        fitting: list[TaggedParagraph] = []
        for place, paragraph in enumerate(self._paragraphs):
            if self._heights[place] > room:
                parts = paragraph.split(availWidth - self._INDENT, room)
                rest = [*parts[1:], *self._paragraphs[place + 1 :]] if parts else self._paragraphs[place:]
                fitting += parts[:1]
                return [self._part(fitting, first=True), self._part(rest, first=False)] if fitting else []
            fitting.append(paragraph)
            room -= self._heights[place] + paragraph.getSpaceAfter()
        return [self]

    def _part(self, paragraphs: Sequence[TaggedParagraph], *, first: bool) -> Flowable:  # noqa: ARG002 - see Pictured
        return Inset(paragraphs, self._bar)

    @override
    def draw(self) -> None:
        """Draw the bar and the paragraphs."""
        with self.canv.artifact():
            self.canv.setFillColor(self._bar)
            self.canv.rect(0, 0, 4, self._tall, stroke=0, fill=1)
        self._write(self._tall - 3)

    def _write(self, top: float) -> None:
        """Draw the paragraphs, the first one's upper edge at a height."""
        y = top
        for paragraph, tall in zip(self._paragraphs, self._heights, strict=True):
            y -= tall
            paragraph.drawOn(self.canv, self._INDENT, y)
            y -= paragraph.getSpaceAfter()


class Pictured(Inset):
    """Short lines beside a picture, kept together on one page where one page can hold them.

    Args:
        paragraphs: the lines.
        drawing: the picture; None beside lines that go on from another page.
        element: the figure element, with its alternative text.
    """

    _SIDE = 54.0
    _INDENT = 72.0

    def __init__(self, paragraphs: Sequence[TaggedParagraph], drawing: Drawing | None, element: Element) -> None:
        super().__init__(paragraphs)
        self._drawing = drawing
        self._element = element
        self.spaceBefore = 4
        self.spaceAfter = 7

    @property
    def _all(self) -> float:
        """Height with the picture, in points."""
        return max(self._tall, self._SIDE if self._drawing is not None else 0.0)

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        super().wrap(availWidth, availHeight)
        return availWidth, self._all

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        self.wrap(availWidth, availHeight)
        if self._all <= TEXT_HEIGHT * 0.6 or availHeight < self._SIDE:
            return []
        return super().split(availWidth, availHeight)

    @override
    def _part(self, paragraphs: Sequence[TaggedParagraph], *, first: bool) -> Flowable:
        return Pictured(paragraphs, self._drawing if first else None, self._element)

    @override
    def draw(self) -> None:
        """Draw the picture as a figure, and the lines beside it."""
        if self._drawing is not None:
            left, bottom = self.canv.absolutePosition(0, self._all - self._SIDE)
            self._element.box = (left, bottom, left + self._SIDE, bottom + self._SIDE)
            with self.canv.content(self._element):
                self.canv.saveState()
                self.canv.translate(0, self._all - self._SIDE)
                self._drawing.draw(Pen(self.canv, self._SIDE))
                self.canv.restoreState()
        # A line or two stand beside the middle of the picture.
        self._write(self._all - 3 - max(self._all - self._tall, 0.0) / 2)
