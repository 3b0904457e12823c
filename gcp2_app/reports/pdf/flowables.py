"""The pieces a document is made of, each drawing itself as the element it is.

Paragraphs and tables may break across pages; every part stays the content of one element, and a repeated table head is
an artifact from the second page on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph, Table
from typing_extensions import override

from gcp2_app.reports.pdf.structure import Element
from gcp2_app.reports.pdf.styles import BOLD, INK, REGULAR, RULE, STAND_IN, STRONG_RULE, TEXT_HEIGHT, runs_of
from gcp2_app.reports.pictures.catalogue import Drawing
from gcp2_app.reports.pictures.pen import Pen


class TaggedParagraph(Paragraph):
    """A paragraph that is the content of an element.

    Attributes:
        element: whose content it is.
        repeats: drawn again on each page a table runs over; only the first time is content.
    """

    element: Element | None = None
    repeats: bool = False

    @classmethod
    def of(cls, text: str, style: Any, element: Element, *, repeats: bool = False) -> "TaggedParagraph":
        """Make a paragraph from markup."""
        made = cls(text, style)
        made.element = element
        made.repeats = repeats
        return made

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        parts: list[Any] = super().split(availWidth, availHeight)
        for part in parts:
            part.element, part.repeats = self.element, self.repeats
        return parts

    @override
    def draw(self) -> None:
        """Draw it as content, or again as an artifact."""
        assert self.element is not None, "every paragraph belongs to an element"  # noqa: S101
        if not self.element.content:
            self.element.top = float(self.canv.absolutePosition(0, self.height)[1])
        again = self.repeats and self.element.content
        with self.canv.running() if again else self.canv.content(self.element):
            super().draw()


class TaggedItem(TaggedParagraph):
    """One item of a list, with its bullet.

    Attributes:
        label: the bullet's element.
    """

    label: Element | None = None

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        parts = super().split(availWidth, availHeight)
        for part in parts:
            part.label = self.label
        return parts

    @override
    def draw(self) -> None:
        """Draw bullet and words."""
        if self.element is not None and self.label is not None and not self.element.content:
            size = self.style.fontSize
            with self.canv.content(self.label):
                self.canv.setFillColor(INK)
                self.canv.setFont(REGULAR, size)
                self.canv.drawString(1, self.height - size * 1.06, "•")
        super().draw()


class TaggedTable(Table):
    """A table whose cells are tagged paragraphs and whose fills and rules are artifacts."""

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        self._calc(availWidth, availHeight)
        heads = sum(self._rowHeights[: self.repeatRows])
        first = self._rowHeights[self.repeatRows] if len(self._rowHeights) > self.repeatRows else 0
        # A row is cut only where no page could hold it whole.
        self.splitInRow = 1 if heads + first > TEXT_HEIGHT * 0.9 else 0
        parts: list[Any] = super().split(availWidth, availHeight)
        return parts

    @override
    def _drawBkgrnd(self) -> None:
        with self.canv.artifact():
            super()._drawBkgrnd()

    @override
    def _drawLines(self) -> None:
        with self.canv.artifact():
            super()._drawLines()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedWords:
    """Words of a picture that the document writes.

    Attributes:
        x: start of the baseline, in points from the picture's left.
        y: baseline, in points from the picture's top.
        ink: ``#RRGGBB``.
        turned: read from bottom to top.
    """

    text: str
    x: float
    y: float
    size: float
    ink: str
    bold: bool = False
    turned: bool = False


class Figure(Flowable):
    """A picture from a one-page PDF with words on it, made smaller where it must be.

    Args:
        pdf: the picture.
        size: its width and height in points.
        words: what the document writes on it.
        element: the figure element, with its alternative text.
        room: height in points it may take at most.
    """

    def __init__(
        self,
        pdf: bytes,
        size: tuple[float, float],
        words: Sequence[PlacedWords],
        element: Element,
        *,
        room: float,
    ) -> None:
        super().__init__()
        self.hAlign = "LEFT"
        self._pdf = pdf
        self._size = size
        self._words = words
        self._element = element
        self._room = room
        self._scale = 1.0

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        width, height = self._size
        self._scale = min(1.0, availWidth / width, self._room / height)
        return width * self._scale, height * self._scale

    @override
    def draw(self) -> None:
        """Place the picture, write its words, and note where it lies."""
        left, bottom = self.canv.absolutePosition(0, 0)
        width, height = (side * self._scale for side in self._size)
        self._element.box = (left, bottom, left + width, bottom + height)
        with self.canv.content(self._element):
            self.canv.place_figure(self._pdf, self._scale)
            for words in self._words:
                self._write(words)

    def _write(self, words: PlacedWords) -> None:
        canvas, size = self.canv, words.size * self._scale
        canvas.saveState()
        canvas.translate(words.x * self._scale, (self._size[1] - words.y) * self._scale)
        if words.turned:
            canvas.rotate(90)
        canvas.setFillColor(HexColor(words.ink))
        x = 0.0
        for run, ours in runs_of(words.text):
            face = (BOLD if words.bold else REGULAR) if ours else STAND_IN
            canvas.setFont(face, size)
            canvas.drawString(x, 0, run)
            x += stringWidth(run, face, size)
        canvas.restoreState()


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
