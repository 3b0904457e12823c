"""The pieces a document is made of, each drawing itself as the element it is.

Paragraphs and tables may break across pages; every part stays the content of one element, and a repeated table head is
an artifact from the second page on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Table
from typing_extensions import override

from gcp2_app.reports.pdf.structure import Element
from gcp2_app.reports.pdf.styles import BOLD, INK, REGULAR, RULE, STAND_IN, TEXT_HEIGHT, runs_of


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
        with self.canv.artifact() if again else self.canv.content(self.element):
            super().draw()


class TaggedItem(TaggedParagraph):
    """One item of a list; its bullet is an artifact."""

    @override
    def draw(self) -> None:
        """Draw bullet and words."""
        if self.element is not None and not self.element.content:
            style = self.style
            with self.canv.artifact():
                self.canv.setFillColor(INK)
                y = self.height - style.fontSize * 0.76
                self.canv.circle(4, y, 1.9, stroke=0, fill=1)
        super().draw()


class TaggedTable(Table):
    """A table whose cells are tagged paragraphs and whose fills and rules are artifacts.

    Attributes:
        padding: points left and right of a cell's words together, and more than those above and below.
    """

    padding = 10.0

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        self._calc(availWidth, availHeight)
        heads = sum(self._rowHeights[: self.repeatRows])
        first = self._rowHeights[self.repeatRows] if len(self._rowHeights) > self.repeatRows else 0
        # A row is cut only where no page could hold it whole.
        self.splitInRow = 1 if heads + first > TEXT_HEIGHT * 0.9 else 0
        parts: list[Any] = super().split(availWidth, availHeight)
        return parts

    def height_of(self, rows: int) -> float:
        """Return the height of its first rows in points."""
        heights = (
            max((_height(cell, width - self.padding) for cell, width in zip(row, self._argW, strict=True)), default=0)
            for row in self._cellvalues[:rows]
        )
        return sum(height + self.padding for height in heights)

    @override
    def _drawBkgrnd(self) -> None:
        with self.canv.artifact():
            super()._drawBkgrnd()

    @override
    def _drawLines(self) -> None:
        with self.canv.artifact():
            super()._drawLines()


class Room(CondPageBreak):
    """Begins another page where what follows would stand at the foot of this one without what belongs to it.

    Args:
        height: room it asks for at least, in points.

    Attributes:
        least: ``height`` as it was given.
        above: height in points of what stands before the table, this heading among it.
        table: stands right below; its head and first row belong to the heading. None where something else does.
        rows: of the table that belong to the heading.
    """

    def __init__(self, height: float) -> None:
        super().__init__(height)
        self.least = height
        self.above = 0.0
        self.table: TaggedTable | None = None
        self.rows = 0

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        if self.table is not None:
            needed = self.above + self.table.height_of(self.rows)
            # More than a page can hold is cut in any case.
            self.height = max(self.least, needed if needed <= TEXT_HEIGHT * 0.9 else 0)
        size: tuple[float, float] = super().wrap(availWidth, availHeight)
        return size


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


def _height(cell: Any, width: float) -> float:
    pieces = cell if isinstance(cell, list) else []
    return sum(float(piece.wrap(width, TEXT_HEIGHT)[1]) for piece in pieces)


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
        gaps = sum(paragraph.getSpaceAfter() for paragraph in self._paragraphs[:-1])
        return availWidth, sum(self._heights) + gaps + 6

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
                return [Inset(fitting, self._bar), Inset(rest, self._bar)] if fitting else []
            fitting.append(paragraph)
            room -= self._heights[place] + paragraph.getSpaceAfter()
        return [self]

    @override
    def draw(self) -> None:
        """Draw the bar and the paragraphs."""
        height = sum(self._heights) + sum(one.getSpaceAfter() for one in self._paragraphs[:-1]) + 6
        with self.canv.artifact():
            self.canv.setFillColor(self._bar)
            self.canv.rect(0, 0, 4, height, stroke=0, fill=1)
        y = height - 3
        for paragraph, tall in zip(self._paragraphs, self._heights, strict=True):
            y -= tall
            paragraph.drawOn(self.canv, self._INDENT, y)
            y -= paragraph.getSpaceAfter()
